//! What a course sets for rules: numbers under `lint.settings` of course.yml.

use crate::diag::CodeSpec;
use crate::model::Course;
use crate::syntax::yaml::Value;

/// The numbers that rules go by.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    course: &'a Course,
}

impl<'a> Settings<'a> {
    /// The settings of a course.
    #[must_use]
    pub fn new(course: &'a Course) -> Self {
        Self { course }
    }

    /// A number of a code: what the course says, else the default of its specification.
    ///
    /// # Panics
    /// When the specification has no such parameter.
    #[must_use]
    pub fn number(&self, spec: &CodeSpec, name: &str) -> f64 {
        let param = spec.params.iter().find(|param| param.name == name);
        let default = param.unwrap_or_else(|| panic!("`{}` has no parameter `{name}`", spec.code)).default;
        let lint = self.course.manifest.lint.as_ref();
        let set = lint.and_then(|lint| lint.settings.get(spec.code)).and_then(|node| node.get(name));
        match set.map(|node| &node.value) {
            #[expect(clippy::cast_precision_loss, reason = "settings are small numbers")]
            Some(Value::Int(number)) => *number as f64,
            Some(Value::Float(number)) => *number,
            _ => default,
        }
    }
}
