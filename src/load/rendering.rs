//! A stage's environment as files: what the scenario and the course give to its rendering, for
//! learners and for the hash over what a rehearsal runs.

use std::cell::OnceCell;
use std::sync::Arc;

use camino::Utf8PathBuf;

use super::texts::plain_panels;
use crate::diag::Sink;
use crate::environment::{Rendered, Renderer, Request, ScenarioNames, Stack};
use crate::manifest::environment::Environment;
use crate::manifest::measure::{LoadTest, Panel};
use crate::model::{Course, Scenario, Stage, Viewpoint, Written, label};
use crate::source::{FileId, Files};
use crate::syntax::yaml::{Decode, Entries, Node};

/// Files of a scenario's folder that stand in for the stack's template of devcontainer.json.
pub const OWN_DEVCONTAINER: [&str; 2] = ["devcontainer.json", "devcontainer.json.j2"];

/// What was made of a stage's environment.
pub struct Made {
    pub environment: Option<Arc<Environment>>,
    pub rendered: Option<Rendered>,
}

/// What an environment is made of, as far as stages differ in it.
pub struct Inputs<'a> {
    pub environment: Option<&'a Node>,
    pub loadtests: &'a [LoadTest],
    pub packages: &'a Entries<String>,
}

/// Makes the environments of one scenario's stages.
pub struct Maker<'a, 'f> {
    renderer: &'a Renderer<'f>,
    pub(super) course: &'a Course,
    pub(super) scenario: &'a Scenario,
    pub(super) written: &'a Written,
    pub(super) sink: &'a Sink,
    dropped_stages: Vec<String>,
    /// With their texts as a dashboard shows them.
    panels: OnceCell<Vec<Panel>>,
}

impl<'a, 'f> Maker<'a, 'f> {
    pub fn new(
        renderer: &'a Renderer<'f>,
        course: &'a Course,
        scenario: &'a Scenario,
        written: &'a Written,
        sink: &'a Sink,
    ) -> Self {
        let dropped = written.manifest.fixes.iter().filter(|fix| !fix.kept);
        let dropped_stages = dropped.map(|fix| fix.id.text.clone()).collect();
        Self { renderer, course, scenario, written, sink, dropped_stages, panels: OnceCell::new() }
    }

    /// Decodes and renders an environment.
    pub fn make(&self, stack: Option<&Stack>, inputs: &Inputs<'_>) -> Made {
        let environment = inputs.environment.and_then(|node| Environment::decode(node, self.sink));
        let rendered = stack.zip(environment.as_ref()).map(|(stack, environment)| {
            let label = label(self.course, self.scenario, Viewpoint::beside(self.scenario));
            let unplaced = self.unplaced(stack, environment, inputs);
            let scenario = ScenarioNames {
                id: &self.scenario.id,
                title: &self.scenario.title,
                label: &label,
                folder: &self.scenario.folder,
            };
            self.renderer.render(&Request { scenario, ..unplaced }, self.sink)
        });
        Made { environment: environment.map(Arc::new), rendered }
    }

    /// The files of a stage's environment with names that don't depend on the scenario's place, for
    /// the hash of its inputs (format.md, `recorded/run.yml`).
    pub fn render_unplaced(&self, stack: &Stack, stage: &Stage, made: &Made) -> Vec<(Utf8PathBuf, Arc<str>)> {
        let (Some(environment), Some(rendered)) = (&made.environment, &made.rendered) else {
            return Vec::new();
        };
        let inputs = Inputs { environment: None, loadtests: &stage.loadtests, packages: &stage.packages };
        self.renderer.rename(&self.unplaced(stack, environment, &inputs), rendered)
    }

    fn panels(&self) -> &[Panel] {
        let files = self.renderer.files();
        self.panels.get_or_init(|| plain_panels(files, self.course, self.scenario, self.sink))
    }

    /// A request in which the scenario's id stands for its title and for what its place gives it.
    fn unplaced<'r>(
        &'r self,
        stack: &'r Stack,
        environment: &'r Environment,
        inputs: &Inputs<'r>,
    ) -> Request<'r> {
        let Self { scenario, written, .. } = self;
        let manifest = &written.manifest;
        Request {
            stack,
            scenario: ScenarioNames {
                id: &scenario.id,
                title: &scenario.id,
                label: &scenario.id,
                folder: &scenario.id,
            },
            environment,
            metrics: &manifest.metrics,
            panels: self.panels(),
            loadtests: inputs.loadtests,
            rehearsal: &manifest.rehearsal,
            dropped_stages: &self.dropped_stages,
            extra_packages: inputs.packages,
            origin: manifest.environment.as_ref().map_or(scenario.span, |node| node.span),
            compose_root: None,
            devcontainer: own_devcontainer(self.renderer.files(), written),
        }
    }
}

/// `devcontainer.json` beside scenario.yml, or its template.
fn own_devcontainer(files: &Files, written: &Written) -> Option<FileId> {
    OWN_DEVCONTAINER.iter().find_map(|name| files.find(written.source.join(name)))
}
