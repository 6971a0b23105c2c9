//! A scenario's folder: its pages, the code base as learners find it, pictures, solutions; and the
//! devcontainer that opens it.

use std::sync::Arc;

use camino::Utf8Path;

use super::insert::Inserter;
use super::scenario_readme::print_scenario_readme;
use super::{ROOT, solution, twin};
use crate::emit::asset::asset_bytes;
use crate::emit::content::{Content, Keeper};
use crate::emit::print::gfm::{print_answers, print_scenario};
use crate::model::{Course, Stage};
use crate::source::{FileId, Files, Span};

const PAGE: &str = "SCENARIO.md";
const ANSWERS: &str = "ANSWERS.md";

/// What is printed of a scenario.
pub(super) struct Printed {
    page: Content,
    /// `None` if nothing is to be answered.
    answers: Option<Content>,
    readme: String,
    /// Pictures by name.
    assets: Vec<(String, FileId, Content)>,
}

pub(super) fn print_folder(
    course: &Course,
    files: &Files,
    index: usize,
    drafts: bool,
    keeper: &Keeper,
) -> Printed {
    let scenario = &course.scenarios[index];
    let assets = scenario.written.iter().flat_map(|written| &written.assets);
    let folder = Utf8Path::new(ROOT).join(&scenario.folder);
    let answers = print_answers(course, index, drafts);
    Printed {
        page: keeper.keep(folder.join(PAGE), print_scenario(course, index, drafts)),
        answers: (!answers.is_empty()).then(|| keeper.keep(folder.join(ANSWERS), answers)),
        readme: print_scenario_readme(course, index, drafts),
        assets: assets.map(|(name, file)| (name.clone(), *file, asset_bytes(files, *file).into())).collect(),
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
    out.file(folder.join(PAGE), printed.page, false, page);
    if let Some(answers) = printed.answers {
        out.file(folder.join(ANSWERS), answers, false, page);
    }
    out.text(folder.join("README.md"), printed.readme, scenario.span);
    if let Some(broken) = written.stages.first() {
        emit_stage(course, broken, folder, out);
    }
    for (name, file, content) in printed.assets {
        out.file(folder.join("assets").join(name), content, false, Span::file_start(file));
    }
    solution::emit_solutions(course, files, index, out);
    if let Some(devcontainer) = &written.devcontainer {
        out.text(devcontainer.path.clone(), devcontainer.text.clone(), scenario.span);
    }
}

fn emit_stage(course: &Course, stage: &Stage, folder: &Utf8Path, out: &mut Inserter<'_>) {
    for (path, file) in &stage.files {
        out.file(folder.join(path), Arc::clone(&file.bytes).into(), file.executable, file.origin);
        if let Some((path, text)) = twin::make_twin(course, path, &file.annotated) {
            out.text(folder.join(path), text, file.origin);
        }
    }
}
