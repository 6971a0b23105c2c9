//! Stages: the app, then one overlay after the other, each with its rendered environment. The one
//! function that makes them serves the build, the pages and the rehearsal.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::overlay::{Overlay, Tree};
use super::rendering::{Inputs, Made, Maker};
use crate::diag::catalog::reference::{CYCLIC_REFERENCE, UNRESOLVED_REFERENCE};
use crate::diag::catalog::tree::{MISSING_FILE, OUTPUT_PATH_COLLISION};
use crate::diag::{Diagnostic, Sink};
use crate::environment::{Rendered, Renderer, Stack, load_stack};
use crate::manifest::environment::Environment;
use crate::manifest::measure::{LoadTest, LoadTestPatch};
use crate::manifest::scenario::Fix;
use crate::model::{Course, Devcontainer, Scenario, Stage, StageFile, Written};
use crate::source::{Files, Spanned};
use crate::syntax::yaml::{Decode, Entries, Node};

/// What a scenario's stages were made from.
pub struct Staged {
    pub stages: Vec<Stage>,
    pub stack: Option<Stack>,
    /// What was made of each stage's environment; stages that have it alike share it.
    pub made: Vec<Arc<Made>>,
}

/// The stages of every written scenario: first of those that start from nothing, then of the others in
/// the order in which they start from each other.
pub fn stage_all(renderer: &Renderer<'_>, course: &Course, sink: &Sink) -> BTreeMap<usize, Staged> {
    let all = course.scenarios.par_iter().with_max_len(1).enumerate();
    let alone = all.filter_map(|(index, scenario)| {
        let written = scenario.written.as_ref().filter(|_| scenario.extends.is_none())?;
        Some((index, Stager::new(renderer, course, scenario, written, sink).run(Tree::new())))
    });
    let mut done: BTreeMap<usize, Staged> = alone.collect();
    for index in 0..course.scenarios.len() {
        let mut path = Vec::new();
        stage_one(renderer, course, index, &mut done, &mut path, sink);
    }
    done
}

fn stage_one(
    renderer: &Renderer<'_>,
    course: &Course,
    index: usize,
    done: &mut BTreeMap<usize, Staged>,
    path: &mut Vec<usize>,
    sink: &Sink,
) {
    let scenario = &course.scenarios[index];
    let Some(written) = &scenario.written else { return };
    if done.contains_key(&index) {
        return;
    }
    path.push(index);
    let mut base = Tree::new();
    if let Some((from, stage)) = &scenario.extends {
        if path.contains(from) {
            let names: Vec<&str> = path.iter().map(|at| course.scenarios[*at].id.as_str()).collect();
            let message = format!("`extends` goes in a circle: {}", names.join(" → "));
            let span = written.manifest.extends.as_ref().map_or(scenario.span, |extends| extends.span);
            sink.push(
                Diagnostic::new(&CYCLIC_REFERENCE, span, message)
                    .help("let one of them start from its own app"),
            );
        } else {
            stage_one(renderer, course, *from, done, path, sink);
            if let Some(staged) = done.get(from) {
                base = base_of(course, *from, stage.as_deref(), &staged.stages, scenario, sink);
            }
        }
    }
    path.pop();
    let staged = Stager::new(renderer, course, scenario, written, sink).run(base);
    done.insert(index, staged);
}

fn base_of(
    course: &Course,
    from: usize,
    stage: Option<&str>,
    stages: &[Stage],
    scenario: &Scenario,
    sink: &Sink,
) -> Tree {
    let written = course.scenarios[from].written.as_ref();
    let found = match stage {
        Some(id) => stages.iter().find(|stage| stage.id == id),
        None => written.and_then(|written| stages.get(written.stage_before(written.manifest.fixes.len()))),
    };
    let Some(found) = found else {
        let span = scenario.written.as_ref().and_then(|written| written.manifest.extends.as_ref());
        let span = span.map_or(scenario.span, |extends| extends.span);
        let message = format!("`{}` has no stage `{}`", course.scenarios[from].id, stage.unwrap_or("broken"));
        let names: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
        let help = format!("its stages are {}", names.join(", "));
        sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, span, message).help(help));
        return Tree::new();
    };
    found
        .files
        .iter()
        .filter(|(_, file)| !file.rendered)
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect()
}

/// The stages of one scenario again; those of the scenario that it starts from are in the course.
pub fn stage_again(
    renderer: &Renderer<'_>,
    course: &Course,
    scenario: &Scenario,
    sink: &Sink,
) -> Option<Staged> {
    let written = scenario.written.as_ref()?;
    let base = match &scenario.extends {
        Some((from, stage)) => {
            let stages = &course.scenarios[*from].written.as_ref()?.stages;
            base_of(course, *from, stage.as_deref(), stages, scenario, sink)
        }
        None => Tree::new(),
    };
    Some(Stager::new(renderer, course, scenario, written, sink).run(base))
}

impl Staged {
    /// Moves the stages into their scenario, with what their environment tells of it.
    pub fn store(&mut self, scenario: &mut Scenario) {
        let Some(written) = &mut scenario.written else { return };
        written.stages = std::mem::take(&mut self.stages);
        let Some(rendered) = self.made.first().and_then(|made| made.rendered.as_ref()) else { return };
        written.services.clone_from(&rendered.services);
        let path = Devcontainer::path_for(&scenario.folder);
        written.devcontainer = rendered.devcontainer.as_ref().map(|file| Devcontainer {
            path,
            text: file.text.to_string(),
            origin: file.origin,
        });
    }
}

struct Stager<'a, 'f> {
    files: &'f Files,
    maker: Maker<'a, 'f>,
}

/// What changes from stage to stage.
#[derive(Clone)]
struct Progress {
    tree: Tree,
    environment: Option<Arc<Node>>,
    loadtests: Vec<LoadTest>,
    packages: Entries<String>,
    /// What was made of the last three; `None` when one of them has changed since.
    made: Option<Arc<Made>>,
}

impl Progress {
    /// What a fix changes beside files.
    fn patch(&mut self, fix: &Fix) {
        if fix.environment.is_some() || fix.loadtest.is_some() || !fix.packages.0.is_empty() {
            self.made = None;
        }
        if let (Some(node), Some(patch)) = (&self.environment, &fix.environment) {
            self.environment = Some(Arc::new(node.merged(patch)));
        }
        self.packages.0.extend(fix.packages.iter().cloned());
        if let Some(patch) = &fix.loadtest {
            self.loadtests.iter_mut().for_each(|test| patch_test(test, patch));
        }
    }
}

impl<'a, 'f> Stager<'a, 'f> {
    fn new(
        renderer: &'a Renderer<'f>,
        course: &'a Course,
        scenario: &'a Scenario,
        written: &'a Written,
        sink: &'a Sink,
    ) -> Self {
        let maker = Maker::new(renderer, course, scenario, written, sink);
        Self { files: renderer.files(), maker }
    }

    fn run(&self, base: Tree) -> Staged {
        let manifest = &self.maker.written.manifest;
        let overlay = Overlay {
            files: self.files,
            written: self.maker.written,
            comments: self.maker.course.comments,
            sink: self.maker.sink,
        };
        let mut tree = base;
        overlay.lay(&self.maker.written.source.join("app"), &mut tree);
        let environment = manifest.environment.as_ref().map(|environment| Arc::new(environment.node.clone()));
        let (loadtests, packages) = (manifest.loadtests.clone(), Entries::default());
        let mut now = Progress { tree, environment, loadtests, packages, made: None };
        let stack = self.stack(&now);
        self.report_no_app(&now);
        let mut stages = vec![self.stage("broken", &mut now, stack.as_ref())];
        for fix in &manifest.fixes {
            let before = (!fix.kept).then(|| now.clone());
            overlay.lay_fix(&fix.id.text, &mut now.tree);
            now.patch(fix);
            stages.push(self.stage(&fix.id.text, &mut now, stack.as_ref()));
            if let Some(before) = before {
                now = before;
            }
        }
        overlay.check_solution_folders();
        let (stages, made) = stages.into_iter().unzip();
        Staged { stages, stack, made }
    }

    fn stack(&self, now: &Progress) -> Option<Stack> {
        let environment = Environment::decode(now.environment.as_ref()?, self.maker.sink)?;
        load_stack(self.files, &environment.stack, self.maker.sink)
    }

    /// With `extends`, a base that is missing has its own finding.
    fn report_no_app(&self, now: &Progress) {
        let manifest = &self.maker.written.manifest;
        if now.environment.is_none() || !now.tree.is_empty() || manifest.extends.is_some() {
            return;
        }
        let span = manifest.environment.as_ref().map_or(self.maker.scenario.span, |node| node.span);
        let message = format!("there is no app in `{}/app`", self.maker.written.source);
        let help = "create the learner's code there, or start from another scenario with `extends`";
        self.maker.sink.push(Diagnostic::new(&MISSING_FILE, span, message).help(help));
    }

    fn stage(&self, id: &str, now: &mut Progress, stack: Option<&Stack>) -> (Stage, Arc<Made>) {
        let inputs = Inputs {
            environment: now.environment.as_deref(),
            loadtests: &now.loadtests,
            packages: &now.packages,
        };
        let make = || Arc::new(self.maker.make(stack, &inputs));
        let made = Arc::clone(now.made.get_or_insert_with(make));
        let mut files = now.tree.clone();
        if let (Some(rendered), Some(environment)) = (&made.rendered, &made.environment) {
            self.add_rendered(rendered, environment, &mut files);
        }
        let stage = Stage {
            id: id.to_owned(),
            files,
            environment: made.environment.clone(),
            declared: now.environment.clone(),
            packages: now.packages.clone(),
            loadtests: now.loadtests.clone(),
        };
        (stage, made)
    }

    fn add_rendered(&self, rendered: &Rendered, environment: &Environment, files: &mut Tree) {
        for file in &rendered.files {
            let replaced = environment.replaces.iter().any(|path| path.path == file.path);
            if let Some(own) = files.get(&file.path) {
                if !replaced {
                    let message = format!("both the app and the stack have `{}`", file.path);
                    self.maker.sink.push(
                        Diagnostic::new(&OUTPUT_PATH_COLLISION, own.origin, message)
                            .also(file.origin, "the stack's")
                            .help(format!(
                                "add `{}` to `environment.replaces`, or rename the app's file",
                                file.path
                            )),
                    );
                }
                continue;
            }
            let made = StageFile::rendered(&file.text, file.executable, file.origin);
            files.insert(file.path.clone(), made);
        }
        for path in &environment.replaces {
            if !files.contains_key(&path.path) {
                let message = format!("`app/` has no file `{}` to replace the stack's", path.path);
                self.maker.sink.push(
                    Diagnostic::new(&MISSING_FILE, path.span, message).help("create it, or remove the entry"),
                );
            }
        }
    }
}

fn patch_test(test: &mut LoadTest, patch: &LoadTestPatch) {
    let set = |value: &mut Spanned<u32>, change: &Option<Spanned<u32>>| {
        if let Some(change) = change {
            *value = *change;
        }
    };
    if let Some(target) = &patch.target {
        test.target = target.clone();
    }
    set(&mut test.connections, &patch.connections);
    set(&mut test.seconds, &patch.seconds);
}

/// A stage with other load tests, and with a merge patch on its environment: what a rehearsal tries
/// although the exercise does not. Faults of the patch are reported.
pub fn vary_stage(
    files: &Files,
    course: &Course,
    scenario: &Scenario,
    stage: &Stage,
    patch: Option<&Node>,
    loadtests: Vec<LoadTest>,
    sink: &Sink,
) -> Stage {
    let Some(written) = &scenario.written else { return stage.clone() };
    let environment = match (&stage.declared, patch) {
        (Some(node), Some(patch)) => Some(Arc::new(node.merged(patch))),
        (node, _) => node.clone(),
    };
    let own = stage.files.iter().filter(|(_, file)| !file.rendered);
    let tree = own.map(|(path, file)| (path.clone(), file.clone())).collect();
    let mut now = Progress { tree, environment, loadtests, packages: stage.packages.clone(), made: None };
    let renderer = Renderer::new(files);
    let stager = Stager::new(&renderer, course, scenario, written, sink);
    let stack = stager.stack(&now);
    stager.stage(&stage.id, &mut now, stack.as_ref()).0
}
