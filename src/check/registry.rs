//! The table of groups, the list of all codes, and the run over a course.

use rayon::prelude::*;

use super::control::check_settings;
use super::exercise::{Exercise, exercises};
use super::page::{Page, load_pages};
use super::picture::{Picture, pictures};
use super::rules;
use super::settings::Settings;
use super::shared::Shared;
use crate::diag::catalog;
use crate::diag::{CodeSpec, Sink};
use crate::emit::tree::OutputTree;
use crate::model::Course;
use crate::source::Files;

/// What rules look at.
pub struct Checked<'a> {
    pub course: &'a Course,
    pub files: &'a Files,
    /// Every page of the project, parsed.
    pub pages: &'a [Page],
    /// The exercises as learners get them.
    pub exercises: &'a [Exercise<'a>],
    /// The pictures that pages show.
    pub pictures: &'a [Picture<'a>],
    /// Everything that would be written; `None` when a blocking finding stands.
    pub tree: Option<&'a OutputTree>,
    /// The numbers that rules go by.
    pub settings: Settings<'a>,
    /// What several rules work out alike.
    pub shared: Shared,
}

/// A rule: what it finds, and how.
#[derive(Clone, Copy)]
pub struct Rule {
    pub spec: &'static CodeSpec,
    pub check: fn(&Checked<'_>, &Sink),
}

/// The rules of every group. A new group is a folder in `rules/` and a line here.
static GROUPS: &[&[Rule]] = &[
    rules::source::RULES,
    rules::curriculum::RULES,
    rules::pedagogy::RULES,
    rules::solution::RULES,
    rules::grafana::RULES,
    rules::prometheus::RULES,
    rules::metrics::RULES,
    rules::devcontainer::RULES,
    rules::compose::RULES,
    rules::image::RULES,
    rules::code::RULES,
    rules::diagram::RULES,
    rules::link::RULES,
    rules::prose::RULES,
    rules::rehearsal::RULES,
];

/// Every rule, group by group.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.iter())
}

/// Every code there is, those of reading and resolving and those of rules, by name.
#[must_use]
pub fn all_specs() -> Vec<&'static CodeSpec> {
    let mut specs = catalog::all();
    specs.extend(all_rules().map(|rule| rule.spec));
    specs.sort_by_key(|spec| spec.code);
    specs
}

/// Runs every rule over a course and what would be written of it.
pub fn run(course: &Course, files: &Files, tree: Option<&OutputTree>, sink: &Sink) {
    if let Some(lint) = &course.manifest.lint {
        check_settings(lint, sink);
    }
    let rules: Vec<&Rule> = all_rules().collect();
    with_checked(course, files, tree, |checked| {
        // The first rule to look at pictures would measure all of them alone.
        checked.pictures.par_iter().for_each(Picture::measure);
        rules::prose::prepare(checked);
        rules::link::prepare(checked);
        rules.par_iter().for_each(|rule| (rule.check)(checked, sink));
    });
}

/// Gathers what rules look at, and calls `work` with it.
pub fn with_checked<T>(
    course: &Course,
    files: &Files,
    tree: Option<&OutputTree>,
    work: impl FnOnce(&Checked<'_>) -> T,
) -> T {
    let ((pages, exercises), pictures) =
        rayon::join(|| (load_pages(course, files), exercises(course, files)), || pictures(course, files));
    let settings = Settings::new(course);
    work(&Checked {
        course,
        files,
        pages: &pages,
        exercises: &exercises,
        pictures: &pictures,
        tree,
        settings,
        shared: Shared::default(),
    })
}
