//! All manifests of a project, read at once so that one run reports the faults of each.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use rayon::prelude::*;

use super::tree::read_manifest;
use crate::diag::catalog::manifest::{DUPLICATE_ID, INVALID_ID};
use crate::diag::catalog::tree::{MISSING_FILE, UNUSED_FILE};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::{concepts, course, scenario, track, tutorial};
use crate::source::{FileId, Files, Span};
use crate::syntax::yaml::{Id, closest, is_valid_id};

/// Everything the YAML files say.
pub struct Manifests {
    pub course: course::Course,
    pub concepts: Vec<concepts::Concept>,
    /// concepts.yml could not be used: concepts that are missing are not reported again.
    pub concepts_are_broken: bool,
    /// In course order.
    pub tracks: Vec<(String, track::Track)>,
    /// By id, for each folder of `content/scenarios/`.
    pub scenarios: BTreeMap<String, WrittenManifest>,
    /// Folders whose scenario.yml could not be used: references to them are not reported again.
    pub broken: BTreeSet<String>,
    pub tutorials: Vec<(String, tutorial::Tutorial, FileId)>,
}

impl Manifests {
    /// Whether a track that course.yml lists could not be used: what it would list is not known.
    pub fn lost_tracks(&self) -> bool {
        let listed: BTreeSet<&str> = self.course.tracks.iter().map(|id| id.text.as_str()).collect();
        self.tracks.len() < listed.len()
    }
}

/// A scenario.yml with its place.
pub struct WrittenManifest {
    pub manifest: scenario::Scenario,
    pub file: FileId,
    pub folder: Utf8PathBuf,
}

/// Reads them all. `None` when there is no usable course.yml.
pub fn load_manifests(files: &Files, course_file: FileId, sink: &Sink) -> Option<Manifests> {
    report_strays(files, sink);
    let course = read_manifest::<course::Course>(files, course_file, sink).map(|(course, _)| course);
    let (concepts, concepts_are_broken) = load_concepts(files, sink);
    // A track that lists thousands of scenarios takes one core long.
    let ((scenarios, broken), tracks) =
        rayon::join(|| load_scenarios(files, sink), || load_tracks(files, course.as_ref(), sink));
    let mut tutorials = load_tutorials(files, sink);
    if let Some(course) = &course {
        order_tutorials(&mut tutorials, &course.tutorials, sink);
    }
    Some(Manifests { course: course?, concepts, concepts_are_broken, tracks, scenarios, broken, tutorials })
}

/// The registry, and whether it is there but cannot be used.
fn load_concepts(files: &Files, sink: &Sink) -> (Vec<concepts::Concept>, bool) {
    let Some(file) = files.find("content/concepts.yml") else { return (Vec::new(), false) };
    match read_manifest::<concepts::Concepts>(files, file, sink) {
        Some((found, _)) => (found.concepts, false),
        None => (Vec::new(), true),
    }
}

fn load_tracks(files: &Files, course: Option<&course::Course>, sink: &Sink) -> Vec<(String, track::Track)> {
    let there: Vec<(String, FileId)> = files
        .below("content/tracks".into())
        .filter_map(|(file, path)| {
            let direct = path.parent().is_some_and(|parent| parent == "content/tracks");
            let yaml = matches!(path.extension(), Some("yml" | "yaml"));
            (direct && yaml).then(|| (path.file_stem().unwrap_or_default().to_owned(), file))
        })
        .collect();
    let listed = course.map(|course| course.tracks.as_slice()).unwrap_or_default();
    let mut decoded: BTreeMap<&str, track::Track> = BTreeMap::new();
    for (at, (id, file)) in there.iter().enumerate() {
        if let Some((_, first)) = there[..at].iter().find(|(other, _)| other == id) {
            let message = format!("the track `{id}` has two files");
            let finding = Diagnostic::new(&DUPLICATE_ID, Span::file_start(*file), message);
            sink.push(finding.also(Span::file_start(*first), "the other one").help("keep one of the two"));
            continue;
        }
        check_name(id, *file, "file", sink);
        if let Some((track, _)) = read_manifest::<track::Track>(files, *file, sink) {
            decoded.insert(id, track);
        }
        if course.is_some() && !listed.iter().any(|found| found.text == *id) {
            let message = format!("course.yml does not list the track `{id}`");
            let finding = Diagnostic::new(&UNUSED_FILE, Span::file_start(*file), message);
            sink.push(finding.help(format!("add `{id}` to `tracks:` in course.yml")));
        }
    }
    let mut tracks = Vec::new();
    for (at, id) in listed.iter().enumerate() {
        if let Some(first) = listed[..at].iter().find(|first| first.text == id.text) {
            let message = format!("the track `{id}` is listed twice");
            let finding = Diagnostic::new(&DUPLICATE_ID, id.span, message);
            sink.push(finding.also(first.span, "first here").help("list it once"));
            continue;
        }
        match decoded.remove(id.as_str()) {
            Some(track) => tracks.push((id.text.clone(), track)),
            None if there.iter().any(|(found, _)| *found == id.text) => {}
            None => {
                let message = format!("there is no file `content/tracks/{id}.yml`");
                let near = closest(id.as_str(), there.iter().map(|(id, _)| id.as_str()));
                let help =
                    near.map_or_else(|| "create it".to_owned(), |near| format!("did you mean `{near}`?"));
                sink.push(Diagnostic::new(&MISSING_FILE, id.span, message).help(help));
            }
        }
    }
    tracks
}

fn load_scenarios(files: &Files, sink: &Sink) -> (BTreeMap<String, WrittenManifest>, BTreeSet<String>) {
    let root = Utf8PathBuf::from("content/scenarios");
    let read = |id: String| {
        let folder = root.join(&id);
        let Some(file) = files.find(folder.join("scenario.yml")) else {
            report_missing(files, &folder, "scenario.yml", sink);
            return (id, None);
        };
        check_name(&id, file, "folder", sink);
        let manifest = read_manifest::<scenario::Scenario>(files, file, sink);
        (id, manifest.map(|(manifest, _)| WrittenManifest { manifest, file, folder }))
    };
    let read: Vec<_> = files.folders_in(&root).into_par_iter().with_max_len(1).map(read).collect();
    let (mut scenarios, mut broken) = (BTreeMap::new(), BTreeSet::new());
    for (id, manifest) in read {
        match manifest {
            Some(manifest) => {
                scenarios.insert(id, manifest);
            }
            None => {
                broken.insert(id);
            }
        }
    }
    (scenarios, broken)
}

fn load_tutorials(files: &Files, sink: &Sink) -> Vec<(String, tutorial::Tutorial, FileId)> {
    let root = Utf8PathBuf::from("content/tutorials");
    let mut tutorials = Vec::new();
    for id in files.folders_in(&root) {
        let folder = root.join(&id);
        let Some(file) = files.find(folder.join("tutorial.yml")) else {
            report_missing(files, &folder, "tutorial.yml", sink);
            continue;
        };
        check_name(&id, file, "folder", sink);
        if let Some((manifest, _)) = read_manifest::<tutorial::Tutorial>(files, file, sink) {
            tutorials.push((id, manifest, file));
        }
    }
    tutorials
}

/// Those that course.yml names come first, in its order.
fn order_tutorials(tutorials: &mut [(String, tutorial::Tutorial, FileId)], wanted: &[Id], sink: &Sink) {
    for (at, id) in wanted.iter().enumerate() {
        if wanted[..at].iter().any(|earlier| earlier.text == id.text) {
            let message = format!("the tutorial `{id}` is listed twice");
            sink.push(Diagnostic::new(&DUPLICATE_ID, id.span, message).help("keep it once"));
        } else if !tutorials.iter().any(|(found, _, _)| *found == id.text) {
            let message = format!("there is no folder `content/tutorials/{id}`");
            let help = closest(id.as_str(), tutorials.iter().map(|(found, _, _)| found.as_str()))
                .map_or_else(|| "create it".to_owned(), |near| format!("did you mean `{near}`?"));
            sink.push(Diagnostic::new(&MISSING_FILE, id.span, message).help(help));
        }
    }
    let place = |id: &str| wanted.iter().position(|wanted| wanted.text == id).unwrap_or(usize::MAX);
    tutorials.sort_by_key(|(id, _, _)| place(id));
}

/// Ids of scenarios, tutorials and tracks are names on disk; addresses are made of them.
fn check_name(id: &str, file: FileId, what: &str, sink: &Sink) {
    if !is_valid_id(id) {
        let message = format!("the {what} name `{id}` is not a valid id");
        let help = format!("rename the {what}: lower-case letters, digits and single hyphens");
        sink.push(Diagnostic::new(&INVALID_ID, Span::file_start(file), message).help(help));
    }
}

fn report_missing(files: &Files, folder: &camino::Utf8Path, name: &str, sink: &Sink) {
    if let Some((first, _)) = files.below(folder).next() {
        let message = format!("the folder `{folder}` has no `{name}`");
        let finding = Diagnostic::new(&MISSING_FILE, Span::file_start(first), message);
        sink.push(finding.help(format!("create `{folder}/{name}`, or move these files elsewhere")));
    }
}

/// What `content/` is made of (format.md, "The source format").
const PARTS: [&str; 7] =
    ["course.yml", "concepts.yml", "tracks", "scenarios", "diagrams", "tutorials", "snippets"];

/// Reports files beside the known ones: a misspelt folder would be passed over without a word.
fn report_strays(files: &Files, sink: &Sink) {
    let root = camino::Utf8Path::new("content");
    let mut seen = BTreeSet::new();
    for (file, path) in files.below(root) {
        let name = path.strip_prefix(root).ok().and_then(|inside| inside.components().next());
        let Some(name) = name.map(|name| name.as_str()) else { continue };
        if PARTS.contains(&name) || name.starts_with("README") || !seen.insert(name.to_owned()) {
            continue;
        }
        let help = closest(name, PARTS).map_or_else(
            || "move it to where it belongs, or delete it".to_owned(),
            |near| format!("did you mean `content/{near}`?"),
        );
        let message = format!("nothing reads `content/{name}`");
        sink.push(Diagnostic::new(&UNUSED_FILE, Span::file_start(file), message).help(help));
    }
}
