//! Exercises as learners get them: the folder at each stage, the solution beside it, and the
//! devcontainer. Rules about the environment read these, not the templates, so that what holds
//! for a stack also holds for a file that somebody wrote by hand.

use std::collections::HashMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::file::{ExerciseFile, Parsed};
use super::scope::Scope;
use crate::model::{Course, Scenario, Stage, StageFile, Written};
use crate::source::{Files, PathMap, Span};
use crate::syntax::grafana::Queries;

/// One exercise.
#[derive(Debug)]
pub struct Exercise<'a> {
    /// Index in `Course::scenarios`.
    pub index: usize,
    pub scenario: &'a Scenario,
    pub written: &'a Written,
    /// The first is `broken`; then one for each fix.
    pub stages: Vec<StageFolder<'a>>,
    /// The distinct files of all stages, each with the index of the first that has it.
    distinct: Vec<(usize, Arc<ExerciseFile<'a>>)>,
    /// Files below `solution/` as written; their paths begin with `solution/`.
    pub solution: Vec<Arc<ExerciseFile<'a>>>,
    /// devcontainer.json of the first stage, with the path that it has in the monorepo.
    pub devcontainer: Option<Arc<ExerciseFile<'a>>>,
}

/// The learner's folder at one stage. Files that a stage shares with the one before are the same.
#[derive(Debug)]
pub struct StageFolder<'a> {
    /// `broken`, or the fix that made it.
    pub id: &'a str,
    pub stage: &'a Stage,
    /// Text files by path, relative to the folder.
    pub files: PathMap<Arc<ExerciseFile<'a>>>,
}

impl<'a> Exercise<'a> {
    /// The folder as learners find it.
    ///
    /// # Panics
    /// Never: every written scenario has the stage `broken`.
    #[must_use]
    pub fn broken(&self) -> &StageFolder<'a> {
        &self.stages[0]
    }

    /// Every distinct text file over all stages, the first stage's first; a file that a fix changes
    /// comes once for each of its texts.
    pub fn each_file(&self) -> impl Iterator<Item = (&StageFolder<'a>, &Arc<ExerciseFile<'a>>)> {
        self.distinct.iter().map(|(stage, file)| (&self.stages[*stage], file))
    }

    /// What its files were parsed into.
    pub fn parsed(&self) -> impl Iterator<Item = Arc<Parsed>> {
        let of_stages = self.distinct.iter().map(|(_, file)| file);
        of_stages.chain(&self.solution).chain(&self.devcontainer).map(|file| file.parsed())
    }
}

impl<'a> StageFolder<'a> {
    /// The file with this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&ExerciseFile<'a>> {
        self.files.get(Utf8Path::new(path)).map(Arc::as_ref)
    }
}

/// Every exercise of a part of the course that has stages, in course order.
#[must_use]
pub fn exercises<'a>(course: &'a Course, files: &'a Files, scope: Scope) -> Vec<Exercise<'a>> {
    let mut shared = Shared::default();
    let scenarios = course.scenarios.iter().enumerate().filter(|(index, _)| scope.has(*index));
    scenarios.filter_map(|(index, scenario)| exercise(files, index, scenario, &mut shared)).collect()
}

/// What rendered files are parsed into, by path and by where their text lies in memory: exercises
/// share what their stack makes alike.
#[derive(Default)]
struct Shared<'a> {
    parsed: HashMap<(&'a Utf8Path, *const str), Arc<Parsed>>,
    queries: Arc<Queries>,
}

impl<'a> Shared<'a> {
    fn file(&mut self, path: &'a Utf8Path, file: &'a StageFile) -> Arc<ExerciseFile<'a>> {
        let made = ExerciseFile::new(path, &file.annotated, file.rendered, file.origin);
        if !file.rendered {
            return Arc::new(made.with_code(Arc::clone(&file.code)));
        }
        let parsed = self.parsed.entry((path, Arc::as_ptr(&file.annotated)));
        let parsed = parsed.or_insert_with(|| Arc::new(Parsed::with_queries(Arc::clone(&self.queries))));
        Arc::new(made.with_parsed(Arc::clone(parsed)))
    }
}

fn exercise<'a>(
    files: &'a Files,
    index: usize,
    scenario: &'a Scenario,
    shared: &mut Shared<'a>,
) -> Option<Exercise<'a>> {
    let written = scenario.written.as_ref()?;
    // A challenge or a failure has a page, but nothing that runs.
    written.stages.first()?.environment.as_ref()?;
    let mut stages: Vec<StageFolder<'a>> = Vec::new();
    for stage in &written.stages {
        let folder = stage_folder(stage, stages.last(), shared);
        stages.push(folder);
    }
    Some(Exercise {
        index,
        scenario,
        written,
        distinct: distinct(&stages),
        solution: solution(files, written, &stages),
        stages,
        devcontainer: written.devcontainer.as_ref().map(|found| {
            let is_rendered = files.text(found.origin.file) != Ok(found.text.as_str());
            Arc::new(ExerciseFile::new(found.path.clone(), &found.text, is_rendered, found.origin))
        }),
    })
}

fn stage_folder<'a>(
    stage: &'a Stage,
    before: Option<&StageFolder<'a>>,
    shared: &mut Shared<'a>,
) -> StageFolder<'a> {
    let mut folder = PathMap::default();
    for (path, file) in &stage.files {
        if file.annotated.is_empty() && !file.bytes.is_empty() {
            continue;
        }
        let known = before.and_then(|before| before.files.get(path));
        let file = match known {
            Some(known) if known.is_same(&file.annotated, file.origin) => Arc::clone(known),
            _ => shared.file(path, file),
        };
        folder.insert(path.clone(), file);
    }
    StageFolder { id: &stage.id, stage, files: folder }
}

fn distinct<'a>(stages: &[StageFolder<'a>]) -> Vec<(usize, Arc<ExerciseFile<'a>>)> {
    let mut found: Vec<(usize, Arc<ExerciseFile<'a>>)> = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        for file in stage.files.values() {
            if !found.iter().any(|(_, known)| Arc::ptr_eq(known, file)) {
                found.push((at, Arc::clone(file)));
            }
        }
    }
    found
}

/// The files of fixes. Where a stage has one of them, both are parsed once.
fn solution<'a>(
    files: &'a Files,
    written: &Written,
    stages: &[StageFolder<'a>],
) -> Vec<Arc<ExerciseFile<'a>>> {
    let laid = |folder: &StageFolder<'a>, path: &Utf8Path, file| {
        // `solution/fast/src/server.js` is `src/server.js`.
        let path: Utf8PathBuf = path.components().skip(2).collect();
        let laid = folder.files.get(&path).filter(|laid| !laid.rendered && laid.source() == file)?;
        Some(laid.parsed())
    };
    let folder = written.source.join("solution");
    let below = files.below(&folder).filter_map(|(file, path)| {
        let inside = path.strip_prefix(&written.source).ok()?;
        let text = files.text(file).ok()?;
        let made = ExerciseFile::new(Utf8PathBuf::from(inside), text, false, Span::file_start(file));
        let parsed = stages.iter().find_map(|stage| laid(stage, inside, file));
        Some(Arc::new(parsed.into_iter().fold(made, ExerciseFile::with_parsed)))
    });
    below.collect()
}
