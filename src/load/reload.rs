//! Loading one scenario of a course again after an edit: its page, or its scenario.yml where only texts
//! for people differ. What other parts of the course hold of it stays; whether it may is the caller's
//! business.

use std::collections::BTreeMap;

use super::concepts::ConceptIds;
use super::inputs::{check_recording, hash_inputs};
use super::manifests::WrittenManifest;
use super::order::Slot;
use super::pages::{check_written, load_run, lower_one};
use super::rehearsal::check_rehearsal;
use super::skeleton::{from_folder, load_page};
use super::stages::stage_again;
use super::texts::{ScenarioTexts, text_context};
use super::tree::read_manifest;
use crate::diag::{Diagnostic, Sink};
use crate::environment::{Renderer, Stack, load_stack};
use crate::manifest::environment::Environment;
use crate::manifest::scenario as declared;
use crate::model::{Course, Scenario};
use crate::source::Files;
use crate::syntax::document::Document;
use crate::syntax::yaml::{Decode, Key, Node};

/// Keys of scenario.yml whose values are shown to people, and to nobody else.
const SHOWN: [&str; 6] = ["title", "minutes", "about", "summary", "teaches", "goals"];

/// Whether two texts of a scenario.yml differ in nothing but what is shown to people.
#[must_use]
pub fn differs_in_shown_texts_alone(before: &Node, after: &Node) -> bool {
    let other = |(key, _): &&(Key, Node)| !SHOWN.contains(&key.text.as_str());
    let [ours, theirs] = [before, after].map(|node| node.entries().iter().filter(other).collect::<Vec<_>>());
    let is_same = |(a, b): (&&(Key, Node), &&(Key, Node))| a.0.text == b.0.text && a.1.holds_the_same(&b.1);
    ours.len() == theirs.len() && ours.iter().zip(&theirs).all(is_same)
}

/// Loads the page of a scenario again after its text changed, with what is found on it. `None` if it
/// cannot be read.
#[must_use]
pub fn reload_page(files: &Files, course: &mut Course, index: usize) -> Option<Vec<Diagnostic>> {
    let (sink, quiet) = (Sink::default(), Sink::default());
    let document = load_page(files, &mut course.scenarios[index], &sink)?;
    let written = course.scenarios[index].written.as_ref()?;
    let environment = written.manifest.environment.as_ref();
    let environment = environment.and_then(|found| Environment::decode(&found.node, &quiet));
    let stack = environment.and_then(|found| load_stack(files, &found.stack, &quiet));
    lower_again(files, course, index, &document, stack.as_ref(), &sink)?;
    Some(sink.into_found())
}

/// Loads a scenario again of whose scenario.yml only shown texts changed
/// ([`differs_in_shown_texts_alone`]), with what is found on its page. `None` if it cannot be read, or if
/// something else is found.
#[must_use]
pub fn reload_scenario(files: &Files, course: &mut Course, index: usize) -> Option<Vec<Diagnostic>> {
    let (sink, on_page) = (Sink::default(), Sink::default());
    let mut scenario = skeleton_again(files, course, index, &sink)?;
    let document = load_page(files, &mut scenario, &on_page)?;
    course.scenarios[index] = scenario;
    let renderer = Renderer::new(files);
    let mut staged = stage_again(&renderer, course, &course.scenarios[index], &sink)?;
    staged.store(&mut course.scenarios[index]);
    check_rehearsal(course.scenarios[index].written.as_ref()?, &sink);
    lower_again(files, course, index, &document, staged.stack.as_ref(), &on_page)?;
    let inputs = hash_inputs(&renderer, course, &course.scenarios[index], &staged);
    let Scenario { id, written, .. } = &mut course.scenarios[index];
    let written = written.as_mut()?;
    if let Some((run, _)) = load_run(files, written, &sink) {
        check_recording(&run, id, &inputs, &sink);
        written.recorded = Some(run);
    }
    written.inputs = inputs;
    sink.into_found().is_empty().then(|| on_page.into_found())
}

/// The scenario with what its scenario.yml says now, and with what others say of it as before.
fn skeleton_again(files: &Files, course: &mut Course, index: usize, sink: &Sink) -> Option<Scenario> {
    let old = &course.scenarios[index];
    let written = old.written.as_ref()?;
    let (manifest, _) = read_manifest::<declared::Scenario>(files, written.file, sink)?;
    let again = WrittenManifest { manifest, file: written.file, folder: written.source.clone() };
    let slot = Slot {
        id: old.id.clone(),
        place: old.place,
        number: old.number,
        folder: old.folder.clone(),
        entry: None,
        span: old.span,
    };
    let mut new = from_folder(&again, slot, &ConceptIds::of(&course.concepts), sink);
    let old = &mut course.scenarios[index];
    new.bridge = std::mem::take(&mut old.bridge);
    new.extends = old.extends.take();
    new.realized_by = old.realized_by;
    let (why, app_why) = (std::mem::take(&mut old.why), std::mem::take(&mut old.app_why));
    let lower = text_context(files, course, Some(index), sink);
    ScenarioTexts::resolve(&lower, &new, &BTreeMap::new()).store(&mut new);
    (new.why, new.app_why) = (why, app_why);
    Some(new)
}

fn lower_again(
    files: &Files,
    course: &mut Course,
    index: usize,
    document: &Document,
    stack: Option<&Stack>,
    sink: &Sink,
) -> Option<()> {
    let run = load_run(files, course.scenarios[index].written.as_ref()?, &Sink::default());
    let recorded = run.as_ref().map(|(_, node)| node.as_ref());
    let page = lower_one(files, course, index, document, stack, recorded, sink);
    check_written(files, &course.scenarios[index], Some(&page.shown), sink);
    page.store(course.scenarios[index].written.as_mut()?);
    Some(())
}
