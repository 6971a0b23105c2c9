//! What a finding counts as: the rule's own severity, the levels of course.yml, and drafts.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::{CodeSpec, Severity, group_of};
use crate::manifest::course::{Level, Lint, Override};
use crate::manifest::scenario::Status;
use crate::model::Course;
use crate::syntax::yaml::Entries;

/// Groups whose errors are warnings while a scenario is being written.
const LENIENT_IN_DRAFTS: [&str; 2] = ["pedagogy", "curriculum"];

/// The levels of a course.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    base: Option<Entries<Level>>,
    overrides: Vec<Override>,
    /// Folders of scenarios and tutorials that are drafts.
    drafts: BTreeSet<Utf8PathBuf>,
    /// Whether every code can be lowered, because nothing is emitted.
    pub(super) nothing_blocks: bool,
}

impl Levels {
    /// The levels of a course.
    #[must_use]
    pub fn new(course: &Course) -> Self {
        let lint = course.manifest.lint.as_ref();
        let scenarios = course.scenarios.iter().filter(|scenario| scenario.status == Status::Draft);
        let scenarios = scenarios.filter_map(|scenario| Some(scenario.written.as_ref()?.source.clone()));
        let tutorials = course.tutorials.iter().filter(|tutorial| tutorial.status == Status::Draft);
        let tutorials =
            tutorials.map(|tutorial| Utf8PathBuf::from(format!("content/tutorials/{}", tutorial.id)));
        Self {
            base: lint.map(|lint| lint.levels.clone()),
            overrides: lint.map(|lint| lint.overrides.clone()).unwrap_or_default(),
            drafts: scenarios.chain(tutorials).collect(),
            nothing_blocks: false,
        }
    }

    /// What a finding of a code in this file counts as; `None` if it is switched off.
    #[must_use]
    pub fn severity(&self, spec: &CodeSpec, path: &Utf8Path) -> Option<Severity> {
        if spec.is_blocking() && !self.nothing_blocks {
            return Some(Severity::Error);
        }
        let fitting = self.overrides.iter().rev().filter(|it| applies(it, path)).map(|it| &it.levels);
        let level = fitting.chain(&self.base).find_map(|levels| level_of(levels, spec.code));
        let severity = match level {
            None => spec.severity,
            Some(Level::Error) => Severity::Error,
            Some(Level::Warning) => Severity::Warning,
            Some(Level::Info) => Severity::Info,
            Some(Level::Off) => return None,
        };
        let lenient = LENIENT_IN_DRAFTS.contains(&group_of(spec.code)) && self.is_draft(path);
        Some(if lenient { severity.min(Severity::Warning) } else { severity })
    }

    fn is_draft(&self, path: &Utf8Path) -> bool {
        path.ancestors().any(|folder| self.drafts.contains(folder))
    }
}

/// A code's own entry counts more than its group's.
fn level_of(levels: &Entries<Level>, code: &str) -> Option<Level> {
    levels.get(code).or_else(|| levels.get(group_of(code))).copied()
}

/// Whether an override holds for a path.
fn applies(entry: &Override, path: &Utf8Path) -> bool {
    entry.paths.0.iter().any(|pattern| pattern.matches(path))
}

/// The number that a course sets for a parameter of a code, for a file.
#[must_use]
pub fn number_of(lint: &Lint, code: &str, name: &str, path: Option<&Utf8Path>) -> Option<f64> {
    let overrides = lint.overrides.iter().rev();
    let fitting = overrides.filter(|it| path.is_some_and(|path| applies(it, path))).map(|it| &it.settings);
    fitting.chain([&lint.settings]).find_map(|settings| settings.get(code)?.get(name).copied())
}
