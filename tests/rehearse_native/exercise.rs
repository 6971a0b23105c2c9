//! The exercise that is rehearsed, in memory: an app with one connection to its database, which each
//! request keeps for a tenth of a second. Sixty people wait in line, and after a second they are sent
//! away, on any machine: at most ten per second are served.

use std::fs;
use std::path::Path;

use scenarist::build::{Compiled, Options, compile};
use scenarist::diag::Sink;
use scenarist::diag::render::print_human;
use scenarist::model::{Course, Scenario};
use scenarist::rehearse::plan::{Plan, plan_rehearsal};
use scenarist::source::Files;

pub const ID: &str = "box-office";
pub const MANIFEST: &str = "content/scenarios/box-office/scenario.yml";
pub const SERVER: &str = "content/scenarios/box-office/app/src/server.js";
pub const SEED: &str = "content/scenarios/box-office/app/db/seed.js";
pub const SOLUTION: &str = "content/scenarios/box-office/solution/no-waiting/src/server.js";
pub const STATEMENT: &str = "content/scenarios/box-office/solution/no-waiting/fix.sql";

macro_rules! course_files {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../course_rehearsed/", $path)))),*]
    };
}

const BASE: [(&str, &str); 11] = course_files![
    "content/course.yml",
    "content/concepts.yml",
    "content/tracks/main.yml",
    "content/scenarios/box-office/scenario.yml",
    "content/scenarios/box-office/scenario.md",
    "content/scenarios/box-office/app/src/server.js",
    "content/scenarios/box-office/app/db/seed.js",
    "content/scenarios/box-office/solution/no-waiting/src/server.js",
    "content/scenarios/box-office/solution/no-waiting/fix.sql",
    "content/scenarios/box-office/diagrams/system.svg",
    "content/scenarios/box-office/diagrams/line.svg",
];

/// The exercise with what was done to it.
pub struct Exercise {
    files: Vec<(&'static str, String)>,
}

impl Exercise {
    /// As it is: it breaks, and its fix fixes it.
    pub fn sound() -> Self {
        Self { files: BASE.iter().map(|(path, text)| (*path, (*text).to_owned())).collect() }
    }

    /// With another text in place of one that must be there.
    pub fn with(mut self, path: &str, old: &str, new: &str) -> Self {
        let file = self.files.iter_mut().find(|(known, _)| *known == path);
        let (_, text) = file.unwrap_or_else(|| panic!("there is no `{path}`"));
        assert!(text.contains(old), "`{old}` is not in {path}:\n{text}");
        *text = text.replace(old, new);
        self
    }

    /// With the text of one file in another.
    pub fn copied(mut self, from: &str, to: &str) -> Self {
        let text = |path: &str| self.files.iter().find(|(known, _)| *known == path).map(|(_, text)| text);
        let copy = text(from).expect("a file").clone();
        self.files.iter_mut().find(|(known, _)| *known == to).expect("a file").1 = copy;
        self
    }

    pub fn compile(&self) -> Compiled {
        let mut files = Files::default();
        for (path, text) in &self.files {
            files.add_text(*path, text);
        }
        compile(files, &[], Options { drafts: true, no_previews: true })
    }

    /// Lays the exercise into a folder, for the program.
    pub fn write_to(&self, folder: &Path) {
        for (path, text) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(&path, text).expect("a file");
        }
    }
}

/// The scenario and its plan.
pub fn plan(compiled: &Compiled) -> (&Course, &Scenario, Plan) {
    let Some(course) = &compiled.course else {
        let found: String =
            compiled.findings.iter().map(|finding| print_human(finding, &compiled.files, false)).collect();
        panic!("the exercise cannot be compiled:\n{found}");
    };
    let scenario = course.scenarios.iter().find(|scenario| scenario.id == ID).expect("the scenario");
    let plan = plan_rehearsal(&compiled.files, course, scenario, &Sink::default()).expect("a plan");
    (course, scenario, plan)
}
