//! The table of rules, the list of all codes, and the run over a course.

use super::page::{Page, load_pages};
use super::rules;
use crate::diag::catalog;
use crate::diag::{CodeSpec, Sink};
use crate::model::Course;
use crate::source::Files;

/// What rules look at.
pub struct Checked<'a> {
    pub course: &'a Course,
    pub files: &'a Files,
    /// Every page of the project, parsed.
    pub pages: &'a [Page],
}

/// A rule: what it finds, and how.
pub struct Rule {
    pub spec: &'static CodeSpec,
    pub check: fn(&Checked<'_>, &Sink),
}

/// Every rule. A new one is a file in `rules/` and a line here.
pub static RULES: &[Rule] = &[
    Rule { spec: &rules::hand_numbered::SPEC, check: rules::hand_numbered::check },
    Rule { spec: &rules::untagged_code_fence::SPEC, check: rules::untagged_code_fence::check },
    Rule { spec: &rules::skipped_heading_level::SPEC, check: rules::skipped_heading_level::check },
    Rule { spec: &rules::duplicate_heading::SPEC, check: rules::duplicate_heading::check },
    Rule { spec: &rules::empty_section::SPEC, check: rules::empty_section::check },
    Rule { spec: &rules::not_well_formed::SPEC, check: rules::not_well_formed::check },
    Rule { spec: &rules::unfinished::SPEC, check: rules::unfinished::check },
    Rule { spec: &rules::unused_region::SPEC, check: rules::unused_region::check },
];

/// Every code there is, those of reading and resolving and those of rules, by name.
#[must_use]
pub fn all_specs() -> Vec<&'static CodeSpec> {
    let mut specs = catalog::all();
    specs.extend(RULES.iter().map(|rule| rule.spec));
    specs.sort_by_key(|spec| spec.code);
    specs
}

/// Runs every rule over a course.
pub fn run(course: &Course, files: &Files, sink: &Sink) {
    let pages = load_pages(course, files);
    let checked = Checked { course, files, pages: &pages };
    for rule in RULES {
        (rule.check)(&checked, sink);
    }
}
