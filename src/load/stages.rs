//! Stages: the app, then one overlay after the other, each with its rendered environment. The one
//! function that makes them serves the build, the pages and the rehearsal.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::overlay::{Overlay, Tree};

use crate::diag::catalog::reference::{CYCLIC_REFERENCE, UNRESOLVED_REFERENCE};
use crate::diag::catalog::tree::{MISSING_FILE, OUTPUT_PATH_COLLISION};
use crate::diag::{Diagnostic, Sink};
use crate::environment::{Rendered, Request, ScenarioNames, Stack, load_stack, render_environment};
use crate::manifest::environment::Environment;
use crate::manifest::measure::{LoadTest, LoadTestPatch, Panel};
use crate::model::{Course, Scenario, Stage, StageFile, Viewpoint, Written, label};
use crate::source::{FileId, Files, Spanned};
use crate::syntax::yaml::{Decode, Entries, Node};

/// What a scenario's stages were made from.
pub struct Staged {
    pub stages: Vec<Stage>,
    pub stack: Option<Stack>,
    /// The first stage's environment as rendered.
    pub rendered: Option<Rendered>,
}

/// The stages of every written scenario, those that others start from first.
pub fn stage_all(files: &Files, course: &Course, sink: &Sink) -> BTreeMap<usize, Staged> {
    let mut done: BTreeMap<usize, Staged> = BTreeMap::new();
    for index in 0..course.scenarios.len() {
        let mut path = Vec::new();
        stage_one(files, course, index, &mut done, &mut path, sink);
    }
    done
}

fn stage_one(
    files: &Files,
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
            stage_one(files, course, *from, done, path, sink);
            base = base_of(course, *from, stage.as_deref(), done, scenario, sink);
        }
    }
    path.pop();
    let staged = Stager { files, course, scenario, written, sink }.run(base);
    done.insert(index, staged);
}

fn base_of(
    course: &Course,
    from: usize,
    stage: Option<&str>,
    done: &BTreeMap<usize, Staged>,
    scenario: &Scenario,
    sink: &Sink,
) -> Tree {
    let Some(staged) = done.get(&from) else { return Tree::new() };
    let written = course.scenarios[from].written.as_ref();
    let found = match stage {
        Some(id) => staged.stages.iter().find(|stage| stage.id == id),
        None => {
            written.and_then(|written| staged.stages.get(written.stage_before(written.manifest.fixes.len())))
        }
    };
    let Some(found) = found else {
        let span = scenario.written.as_ref().and_then(|written| written.manifest.extends.as_ref());
        let span = span.map_or(scenario.span, |extends| extends.span);
        let message = format!("`{}` has no stage `{}`", course.scenarios[from].id, stage.unwrap_or("broken"));
        let names: Vec<&str> = staged.stages.iter().map(|stage| stage.id.as_str()).collect();
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

/// Files of a scenario's folder that stand in for the stack's template of devcontainer.json.
pub const OWN_DEVCONTAINER: [&str; 2] = ["devcontainer.json", "devcontainer.json.j2"];

struct Stager<'a> {
    files: &'a Files,
    course: &'a Course,
    scenario: &'a Scenario,
    written: &'a Written,
    sink: &'a Sink,
}

/// What changes from stage to stage.
#[derive(Clone)]
struct Progress {
    tree: Tree,
    environment: Option<Node>,
    loadtests: Vec<LoadTest>,
    packages: Entries<String>,
}

impl Stager<'_> {
    fn run(&self, base: Tree) -> Staged {
        let manifest = &self.written.manifest;
        let overlay = Overlay {
            files: self.files,
            written: self.written,
            comments: self.course.comments,
            sink: self.sink,
        };
        let mut tree = base;
        overlay.lay(&self.written.source.join("app"), &mut tree);
        let mut now = Progress {
            tree,
            environment: manifest.environment.as_ref().map(|environment| environment.node.clone()),
            loadtests: manifest.loadtests.clone(),
            packages: Entries::default(),
        };
        let stack = now
            .environment
            .as_ref()
            .and_then(|node| Environment::decode(node, self.sink))
            .and_then(|environment| load_stack(self.files, &environment.stack, self.sink));
        // With `extends`, a base that is missing has its own finding.
        if now.environment.is_some() && now.tree.is_empty() && manifest.extends.is_none() {
            let span = manifest.environment.as_ref().map_or(self.scenario.span, |node| node.span);
            let message = format!("there is no app in `{}/app`", self.written.source);
            let finding = Diagnostic::new(&MISSING_FILE, span, message);
            self.sink.push(
                finding
                    .help("create the learner's code there, or start from another scenario with `extends`"),
            );
        }
        let (first, rendered) = self.stage("broken", &now, stack.as_ref());
        let mut stages = vec![first];
        for fix in &manifest.fixes {
            let before = (!fix.kept).then(|| now.clone());
            overlay.lay_fix(&fix.id.text, &mut now.tree);
            if let (Some(node), Some(patch)) = (&now.environment, &fix.environment) {
                now.environment = Some(node.merged(patch));
            }
            now.packages.0.extend(fix.packages.iter().cloned());
            if let Some(patch) = &fix.loadtest {
                now.loadtests.iter_mut().for_each(|test| patch_test(test, patch));
            }
            stages.push(self.stage(&fix.id.text, &now, stack.as_ref()).0);
            if let Some(before) = before {
                now = before;
            }
        }
        overlay.check_solution_folders();
        Staged { stages, stack, rendered }
    }

    fn stage(&self, id: &str, now: &Progress, stack: Option<&Stack>) -> (Stage, Option<Rendered>) {
        let environment = now.environment.as_ref().and_then(|node| Environment::decode(node, self.sink));
        let mut files = now.tree.clone();
        let rendered = stack.zip(environment.as_ref()).map(|(stack, environment)| {
            let label = label(self.course, self.scenario, Viewpoint::beside(self.scenario));
            let names = ScenarioNames {
                id: &self.scenario.id,
                title: &self.scenario.title,
                label: &label,
                folder: &self.scenario.folder,
            };
            render(self.files, self.course, self.scenario, stack, environment, names, now, self.sink)
        });
        if let (Some(rendered), Some(environment)) = (&rendered, &environment) {
            self.add_rendered(rendered, environment, &mut files);
        }
        let stage = Stage {
            id: id.to_owned(),
            files,
            environment,
            declared: now.environment.clone(),
            packages: now.packages.clone(),
            loadtests: now.loadtests.clone(),
        };
        (stage, rendered)
    }

    fn add_rendered(&self, rendered: &Rendered, environment: &Environment, files: &mut Tree) {
        for file in &rendered.files {
            let replaced = environment.replaces.iter().any(|path| path.path == file.path);
            if let Some(own) = files.get(&file.path) {
                if !replaced {
                    let message = format!("both the app and the stack have `{}`", file.path);
                    self.sink.push(
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
            files.insert(
                file.path.clone(),
                StageFile {
                    annotated: file.text.clone(),
                    bytes: file.text.clone().into_bytes(),
                    executable: file.executable,
                    rendered: true,
                    origin: file.origin,
                },
            );
        }
        for path in &environment.replaces {
            if !files.contains_key(&path.path) {
                let message = format!("`app/` has no file `{}` to replace the stack's", path.path);
                self.sink.push(
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

#[expect(
    clippy::too_many_arguments,
    reason = "one call renders for learners, one for the hash; both name everything"
)]
fn render(
    files: &Files,
    course: &Course,
    scenario: &Scenario,
    stack: &Stack,
    environment: &Environment,
    names: ScenarioNames<'_>,
    now: &Progress,
    sink: &Sink,
) -> Rendered {
    let Some(written) = &scenario.written else { unreachable!("only written scenarios have stages") };
    let manifest = &written.manifest;
    let panels: Vec<Panel> = super::texts::plain_panels(files, course, scenario, sink);
    let dropped: Vec<String> =
        manifest.fixes.iter().filter(|fix| !fix.kept).map(|fix| fix.id.text.clone()).collect();
    let request = Request {
        stack,
        scenario: names,
        environment,
        metrics: &manifest.metrics,
        panels: &panels,
        loadtests: &now.loadtests,
        rehearsal: &manifest.rehearsal,
        dropped_stages: &dropped,
        extra_packages: &now.packages,
        origin: manifest.environment.as_ref().map_or(scenario.span, |node| node.span),
        compose_root: None,
        devcontainer: own_devcontainer(files, written),
    };
    render_environment(files, &request, sink)
}

/// `devcontainer.json` beside scenario.yml, or its template.
fn own_devcontainer(files: &Files, written: &Written) -> Option<FileId> {
    OWN_DEVCONTAINER.iter().find_map(|name| files.find(written.source.join(name)))
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
        (Some(node), Some(patch)) => Some(node.merged(patch)),
        (node, _) => node.clone(),
    };
    let own = stage.files.iter().filter(|(_, file)| !file.rendered);
    let now = Progress {
        tree: own.map(|(path, file)| (path.clone(), file.clone())).collect(),
        environment,
        loadtests,
        packages: stage.packages.clone(),
    };
    let decoded = now.environment.as_ref().and_then(|node| Environment::decode(node, sink));
    let stack = decoded.and_then(|environment| load_stack(files, &environment.stack, sink));
    Stager { files, course, scenario, written, sink }.stage(&stage.id, &now, stack.as_ref()).0
}

/// The files of a scenario's environment with names that don't depend on its place, for the hash
/// of its inputs (format.md, `recorded/run.yml`).
pub fn render_unplaced(
    files: &Files,
    course: &Course,
    scenario: &Scenario,
    stack: &Stack,
    stage: &Stage,
) -> Vec<(Utf8PathBuf, String)> {
    let Some(environment) = &stage.environment else { return Vec::new() };
    let names =
        ScenarioNames { id: &scenario.id, title: &scenario.id, label: &scenario.id, folder: &scenario.id };
    let now = Progress {
        tree: Tree::new(),
        environment: None,
        loadtests: stage.loadtests.clone(),
        packages: stage.packages.clone(),
    };
    // Faults were reported when the stage was made.
    let quiet = Sink::default();
    let rendered = render(files, course, scenario, stack, environment, names, &now, &quiet);
    rendered.files.into_iter().map(|file| (file.path, file.text)).collect()
}
