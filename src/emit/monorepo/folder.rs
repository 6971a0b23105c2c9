//! A scenario's folder: its pages, the code base as learners find it, pictures, solutions; and the
//! devcontainer that opens it.

use std::sync::Arc;

use camino::Utf8Path;

use super::insert::Inserter;
use super::scenario_readme::print_scenario_readme;
use super::{solution, twin};
use crate::emit::asset::asset_bytes;
use crate::emit::print::gfm::{print_answers, print_scenario};
use crate::model::{Course, Stage};
use crate::source::{FileId, Files, Span};

/// What is printed of a scenario.
pub(super) struct Printed {
    page: String,
    answers: String,
    readme: String,
    /// Pictures by name.
    assets: Vec<(String, FileId, Arc<[u8]>)>,
}

pub(super) fn print_folder(course: &Course, files: &Files, index: usize, drafts: bool) -> Printed {
    let assets = course.scenarios[index].written.iter().flat_map(|written| &written.assets);
    Printed {
        page: print_scenario(course, index, drafts),
        answers: print_answers(course, index, drafts),
        readme: print_scenario_readme(course, index, drafts),
        assets: assets.map(|(name, file)| (name.clone(), *file, asset_bytes(files, *file))).collect(),
    }
}

pub(super) fn emit_folder(
    course: &Course,
    files: &Files,
    index: usize,
    printed: Printed,
    out: &mut Inserter<'_>,
) {
    let scenario = &course.scenarios[index];
    let Some(written) = &scenario.written else { return };
    let folder = Utf8Path::new(&scenario.folder);
    let page = written.page.map_or(scenario.span, Span::file_start);
    out.text(folder.join("SCENARIO.md"), printed.page, page);
    if !printed.answers.is_empty() {
        out.text(folder.join("ANSWERS.md"), printed.answers, page);
    }
    out.text(folder.join("README.md"), printed.readme, scenario.span);
    if let Some(broken) = written.stages.first() {
        emit_stage(course, broken, folder, out);
    }
    for (name, file, bytes) in printed.assets {
        out.file(folder.join("assets").join(name), bytes, false, Span::file_start(file));
    }
    solution::emit_solutions(course, files, index, out);
    if let Some(devcontainer) = &written.devcontainer {
        out.text(devcontainer.path.clone(), devcontainer.text.clone(), scenario.span);
    }
}

fn emit_stage(course: &Course, stage: &Stage, folder: &Utf8Path, out: &mut Inserter<'_>) {
    for (path, file) in &stage.files {
        out.file(folder.join(path), Arc::clone(&file.bytes), file.executable, file.origin);
        if let Some((path, text)) = twin::make_twin(course, path, &file.annotated) {
            out.text(folder.join(path), text, file.origin);
        }
    }
}
