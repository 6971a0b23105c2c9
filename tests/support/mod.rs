//! The smallest clean course, in memory, and loading it with files laid over it. What follows the
//! disk's rules is tested with real folders in `bad_input.rs`.
#![allow(dead_code, reason = "each test file uses its own part")]

use scenarist::build::{Options, compile};
use scenarist::diag::{Diagnostic, group_of};
use scenarist::emit::tree::OutputTree;
use scenarist::model::Course;
use scenarist::source::{Files, Origin, ReadFault};

pub const COURSE: &str = "content/course.yml";
pub const TRACK: &str = "content/tracks/main.yml";
pub const MANIFEST: &str = "content/scenarios/first/scenario.yml";
pub const PAGE: &str = "content/scenarios/first/scenario.md";
pub const TUTORIAL_PAGE: &str = "content/tutorials/basics/start.md";
pub const SERVER: &str = "content/scenarios/first/app/src/server.js";

macro_rules! course_files {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../course_small/", $path)))),*]
    };
}

/// The course's files, by path from the project's root.
pub const BASE: [(&str, &str); 12] = course_files![
    "content/course.yml",
    "content/concepts.yml",
    "content/tracks/main.yml",
    "content/scenarios/first/scenario.yml",
    "content/scenarios/first/scenario.md",
    "content/scenarios/first/app/src/server.js",
    "content/scenarios/first/app/db/seed.js",
    "content/scenarios/first/solution/fast/src/server.js",
    "content/scenarios/first/diagrams/system.svg",
    "content/scenarios/first/diagrams/busy-loop.svg",
    "content/tutorials/basics/tutorial.yml",
    "content/tutorials/basics/start.md",
];

/// The text of one of the course's files.
pub fn base_text(path: &str) -> &'static str {
    let found = BASE.iter().find(|(known, _)| *known == path);
    found.unwrap_or_else(|| panic!("the small course has no `{path}`")).1
}

/// A loaded course with what was found.
pub struct Loaded {
    pub files: Files,
    pub course: Option<Course>,
    pub tree: Option<OutputTree>,
    pub findings: Vec<Diagnostic>,
}

impl Loaded {
    /// The codes found, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.spec.code).collect()
    }

    /// The findings of one code.
    pub fn of(&self, code: &str) -> Vec<&Diagnostic> {
        self.findings.iter().filter(|finding| finding.spec.code == code).collect()
    }

    /// All findings as a person reads them.
    pub fn print(&self) -> String {
        let print = |finding| scenarist::diag::render::print_human(finding, &self.files, false);
        self.findings.iter().map(print).collect()
    }

    /// Every finding says where, in a place that exists.
    pub fn check_places(&self) {
        for finding in &self.findings {
            let places = std::iter::once(finding.span).chain(finding.secondary.iter().map(|it| it.span));
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in places.chain(edits) {
                let text = self.files.text(span.file).unwrap_or("");
                assert!(
                    text.get(span.range()).is_some(),
                    "{} points outside of `{}`: {span:?}",
                    finding.spec.code,
                    self.files.path(span.file)
                );
            }
        }
    }
}

/// Compiles as a build does, drafts included, without preview pictures.
pub fn load(files: Files, faults: &[ReadFault]) -> Loaded {
    let compiled = compile(files, faults, Options { drafts: true, no_previews: true });
    let mut findings = compiled.findings;
    if !speaks_of_rehearsals(&compiled.files) {
        findings.retain(|finding| group_of(finding.spec.code) != "rehearsal");
    }
    Loaded { files: compiled.files, course: compiled.course, tree: compiled.tree, findings }
}

/// Whether an exercise declares what a rehearsal must see. The small course does not, and every
/// example would have to bring a recording of its own files: what lint says about that counts from
/// the first `rehearsal:` on.
fn speaks_of_rehearsals(files: &Files) -> bool {
    files.iter().any(|(file, entry)| {
        entry.path.ends_with("scenario.yml")
            && entry.origin == Origin::Project
            && files.text(file).is_ok_and(|text| text.contains("\nrehearsal:"))
    })
}

/// The small course with files laid over it. An empty text removes a file; a text that starts
/// with a line `…` is added to the end of the file, one that ends with a line `…` to its start.
pub fn overlaid(overlay: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    for (path, text) in overlay {
        let base = BASE.iter().find(|(known, _)| known == path).map_or("", |(_, text)| text);
        if let Some(more) = text.strip_prefix("…\n") {
            files.add_text(*path, &format!("{base}{more}"));
        } else if let Some(more) = text.strip_suffix("…\n") {
            files.add_text(*path, &format!("{more}{base}"));
        } else if !text.is_empty() {
            files.add_text(*path, text);
        }
    }
    for (path, text) in BASE.iter() {
        if !overlay.iter().any(|(over, _)| over == path) {
            files.add_text(*path, text);
        }
    }
    files
}

/// Stands in examples for the hash of a recording that belongs to its inputs.
const CURRENT_INPUTS: &str = "(current)";

/// Loads the small course with files laid over it.
pub fn load_overlaid(overlay: &[(&str, &str)]) -> Loaded {
    let loaded = load(overlaid(overlay), &[]);
    if !overlay.iter().any(|(_, text)| text.contains(CURRENT_INPUTS)) {
        return loaded;
    }
    let written = loaded.course.as_ref().and_then(|course| course.scenarios[0].written.as_ref());
    let inputs = written.map_or("", |written| &written.inputs);
    let current: Vec<(&str, String)> =
        overlay.iter().map(|(path, text)| (*path, text.replace(CURRENT_INPUTS, inputs))).collect();
    let current: Vec<(&str, &str)> = current.iter().map(|(path, text)| (*path, text.as_str())).collect();
    load(overlaid(&current), &[])
}
