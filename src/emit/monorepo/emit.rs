//! The order in which the monorepo is put together.

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
    let cx = GfmContext::new(course, Page::Root { track: None }, drafts);
    for (index, scenario) in course.scenarios.iter().enumerate() {
        if cx.has_folder(scenario) {
            folder::emit_folder(course, files, index, drafts, &mut out);
        }
    }
}

/// What a learner's machine leaves behind. Each scenario has its own list beside it; this one
/// covers what is done at the top.
const GITIGNORE: &str = "node_modules/\nlogs/\n*.log\n.DS_Store\n";
