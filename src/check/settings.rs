//! What a course sets for rules: numbers under `lint.settings` of course.yml, and under
//! `lint.overrides` for some paths.

use camino::Utf8Path;

use super::control::number_of;
use crate::diag::CodeSpec;
use crate::model::Course;

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

    /// A number of a code that holds for the whole course: what the course says, else the default
    /// of its specification.
    ///
    /// # Panics
    /// When the specification has no such parameter.
    #[must_use]
    pub fn number(&self, spec: &CodeSpec, name: &str) -> f64 {
        self.find(spec, name, None)
    }

    /// [`Settings::number`] for the file that is looked at.
    ///
    /// # Panics
    /// When the specification has no such parameter.
    #[must_use]
    pub fn number_for(&self, spec: &CodeSpec, name: &str, path: &Utf8Path) -> f64 {
        self.find(spec, name, Some(path))
    }

    fn find(&self, spec: &CodeSpec, name: &str, path: Option<&Utf8Path>) -> f64 {
        let param = spec.params.iter().find(|param| param.name == name);
        let default = param.unwrap_or_else(|| panic!("`{}` has no parameter `{name}`", spec.code)).default;
        let lint = self.course.manifest.lint.as_ref();
        lint.and_then(|lint| number_of(lint, spec.code, name, path)).unwrap_or(default)
    }
}
