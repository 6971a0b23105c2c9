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
    let mut out = insert::Inserter::new(tree, sink);
    out.text("README.md", print_course_readme(course, drafts), origin);
    out.text(".gitignore", GITIGNORE.to_owned(), origin);
    let parts = (0..course.scenarios.len()).into_par_iter().map(|scenario| {
        let (mut part, found) = (OutputTree::default(), Sink::default());
        emit_scenario(course, files, scenario, drafts, &mut part, &found);
        (part, found.into_found())
    });
    for (part, found) in parts.collect::<Vec<_>>() {
        sink.extend(found);
        part.into_files().for_each(|(path, file)| out.take(path, file));
    }
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
        folder::emit_folder(course, files, scenario, drafts, &mut insert::Inserter::new(tree, sink));
    }
}

/// What a learner's machine leaves behind. Each scenario has its own list beside it; this one
/// covers what is done at the top.
const GITIGNORE: &str = "node_modules/\nlogs/\n*.log\n.DS_Store\n";
