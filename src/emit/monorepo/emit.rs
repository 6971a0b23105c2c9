//! The order in which the monorepo is put together.

use rayon::prelude::*;

use super::{folder, insert, print_course_readme};
use crate::diag::Sink;
use crate::emit::print::gfm::{GfmContext, Page};
use crate::emit::tree::OutputTree;
use crate::model::Course;
use crate::source::Files;

/// Emits the monorepo. With `drafts`, scenarios that are not finished get their folder, too.
pub fn emit_monorepo(course: &Course, files: &Files, drafts: bool, tree: &mut OutputTree, sink: &Sink) {
    let origin = course.manifest.span;
    let keeper = tree.keeper();
    emit_readme(course, drafts, tree, sink);
    let mut out = insert::Inserter::new(tree, sink);
    out.text(".gitignore", GITIGNORE.to_owned(), origin);
    out.text(".github/workflows/audit.yml", AUDIT.to_owned(), origin);
    let cx = GfmContext::new(course, Page::Root { track: None }, drafts);
    let shown = (0..course.scenarios.len()).filter(|&index| cx.has_folder(&course.scenarios[index]));
    let shown: Vec<usize> = shown.collect();
    let print = |&index: &usize| (index, folder::print_folder(course, files, index, drafts, &keeper));
    for (index, printed) in shown.par_iter().with_max_len(1).map(print).collect::<Vec<_>>() {
        folder::emit_folder(course, files, index, printed, &mut out);
    }
}

/// Emits the page at the monorepo's root, which lists its scenarios.
pub fn emit_readme(course: &Course, drafts: bool, tree: &mut OutputTree, sink: &Sink) {
    let mut out = insert::Inserter::new(tree, sink);
    out.text("README.md", print_course_readme(course, drafts), course.manifest.span);
}

/// Emits the folder of one scenario and its devcontainer.
pub fn emit_scenario(
    course: &Course,
    files: &Files,
    scenario: usize,
    drafts: bool,
    tree: &mut OutputTree,
    sink: &Sink,
) {
    let cx = GfmContext::new(course, Page::Root { track: None }, drafts);
    if cx.has_folder(&course.scenarios[scenario]) {
        let printed = folder::print_folder(course, files, scenario, drafts, &tree.keeper());
        let mut out = insert::Inserter::new(tree, sink);
        folder::emit_folder(course, files, scenario, printed, &mut out);
    }
}

/// The workflow that looks at what was published, with the action of this repository.
const AUDIT: &str = include_str!("audit.yml");

/// What a learner's machine leaves behind. Each scenario has its own list beside it; this one
/// covers what is done at the top.
const GITIGNORE: &str = "node_modules/\nlogs/\n*.log\n.DS_Store\n";
