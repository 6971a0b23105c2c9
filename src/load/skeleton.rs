//! Scenarios with everything but texts, stages and pages: what references need to be resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::concepts::ConceptIds;
use super::locals::{Collector, collect_locals};
use super::manifests::{Manifests, WrittenManifest};
use super::order::Slot;
use crate::diag::catalog::reference::UNRESOLVED_REFERENCE;
use crate::diag::{Diagnostic, Sink};
use crate::directive::shapes;
use crate::environment::default_panels;
use crate::ir::RichText;
use crate::manifest::scenario as declared;
use crate::manifest::track::Inline;
use crate::model::{Bridge, FixInfo, Plant, Scenario, Written};
use crate::source::Files;
use crate::syntax::document::{Document, parse_document};
use crate::syntax::yaml::{Id, closest};

/// A scenario's page as parsed, kept until it is lowered, and what was found on it.
#[derive(Default)]
pub struct ParsedPage {
    pub document: Option<Arc<Document>>,
    pub sink: Sink,
}

/// Builds all scenarios; their pages are parsed, and their parts are numbered. What is found on a page
/// is kept with it.
pub fn build_skeletons(
    files: &Files,
    manifests: &Manifests,
    slots: Vec<Slot>,
    concepts: &ConceptIds,
    sink: &Sink,
) -> (Vec<Scenario>, Vec<ParsedPage>) {
    let scenarios = slots.into_par_iter().map(|slot| match manifests.scenarios.get(&slot.id) {
        Some(written) => from_folder(written, slot, concepts, sink),
        None => from_entry(slot, concepts, sink),
    });
    let mut scenarios: Vec<Scenario> = scenarios.collect();
    let pages = scenarios.par_iter_mut().with_max_len(1).map(|scenario| {
        let sink = Sink::default();
        ParsedPage { document: load_page(files, scenario, &sink), sink }
    });
    let pages = pages.collect();
    (scenarios, pages)
}

/// Parses the page of a scenario, and fills in what it defines.
pub fn load_page(files: &Files, scenario: &mut Scenario, sink: &Sink) -> Option<Arc<Document>> {
    let written = scenario.written.as_mut()?;
    let file = files.find(written.source.join("scenario.md"))?;
    written.page = Some(file);
    super::tree::read_text(files, file, sink)?;
    let document = parse_document(files, file, &shapes(), sink);
    let Collector { locals, subsections, .. } = collect_locals(files, &document, sink);
    let count = written.manifest.fixes.len();
    written.fixes = written
        .manifest
        .fixes
        .iter()
        .enumerate()
        .map(|(at, fix)| FixInfo {
            id: fix.id.text.clone(),
            label: if count == 1 { "The fix".to_owned() } else { format!("Fix {}", at + 1) },
            title: subsections
                .iter()
                .find(|section| section.id == fix.id.text)
                .map_or_else(|| fix.id.text.clone(), |section| section.title.clone()),
            kept: fix.kept,
        })
        .collect();
    super::structure::check_structure(written, &locals, &subsections, sink);
    scenario.locals = locals;
    Some(document)
}

/// A scenario out of its scenario.yml.
pub fn from_folder(written: &WrittenManifest, slot: Slot, concepts: &ConceptIds, sink: &Sink) -> Scenario {
    let manifest = &written.manifest;
    let panels = if manifest.dashboard.is_empty() {
        default_panels(&manifest.metrics)
    } else {
        manifest.dashboard.clone()
    };
    Scenario {
        id: slot.id,
        place: slot.place,
        number: slot.number,
        folder: slot.folder,
        title: manifest.title.value.clone(),
        kind: manifest.kind,
        status: manifest.status,
        published: manifest.published.as_ref().map(|date| date.text.clone()),
        updated: manifest.updated.as_ref().map(|date| date.text.clone()),
        minutes: manifest.minutes,
        about: RichText::default(),
        summary: RichText::default(),
        why: RichText::default(),
        app_why: RichText::default(),
        teaches: Vec::new(),
        introduces: concepts.resolve(&manifest.introduces, sink),
        deepens: concepts.resolve(&manifest.deepens, sink),
        uses: concepts.resolve(&manifest.uses, sink),
        bridge: Bridge::default(),
        extends: None,
        metrics: manifest.metrics.clone(),
        panels,
        parameters: manifest.parameters.clone(),
        realized_by: None,
        goals: Vec::new(),
        was: ids(&manifest.was),
        span: manifest.title.span,
        written: Some(Written {
            source: written.folder.clone(),
            manifest: manifest.clone(),
            file: written.file,
            page: None,
            blocks: Vec::new(),
            definitions: Vec::new(),
            stages: Vec::new(),
            loadtests: manifest.loadtests.clone(),
            services: Vec::new(),
            fixes: Vec::new(),
            recorded: None,
            inputs: String::new(),
            devcontainer: None,
            assets: Vec::new(),
        }),
        locals: crate::model::Locals::default(),
    }
}

fn from_entry(slot: Slot, concepts: &ConceptIds, sink: &Sink) -> Scenario {
    let entry = slot.entry.as_ref();
    let list = |pick: fn(&Inline) -> &Vec<Id>| {
        entry.map(|entry| concepts.resolve(pick(entry), sink)).unwrap_or_default()
    };
    let metrics = entry.map(|entry| entry.metrics.clone()).unwrap_or_default();
    let declared_panels = entry.map(|entry| entry.dashboard.clone()).unwrap_or_default();
    let panels = if declared_panels.is_empty() { default_panels(&metrics) } else { declared_panels };
    let title = entry.and_then(|entry| entry.title.as_ref());
    Scenario {
        title: title.map(|title| title.value.clone()).unwrap_or_default(),
        kind: entry.and_then(|entry| entry.kind.as_ref()).map_or(declared::Kind::Exercise, |kind| kind.value),
        status: entry
            .and_then(|entry| entry.status.as_ref())
            .map_or(declared::Status::Planned, |status| status.value),
        published: None,
        updated: None,
        minutes: None,
        about: RichText::default(),
        summary: RichText::default(),
        why: RichText::default(),
        app_why: RichText::default(),
        teaches: Vec::new(),
        introduces: list(|entry| &entry.introduces),
        deepens: list(|entry| &entry.deepens),
        uses: list(|entry| &entry.uses),
        bridge: Bridge::default(),
        extends: None,
        metrics,
        panels,
        parameters: entry.map(|entry| entry.parameters.clone()).unwrap_or_default(),
        realized_by: None,
        goals: Vec::new(),
        was: entry.map(|entry| ids(&entry.was)).unwrap_or_default(),
        span: title.map_or(slot.span, |title| title.span),
        written: None,
        locals: crate::model::Locals::default(),
        id: slot.id,
        place: slot.place,
        number: slot.number,
        folder: slot.folder,
    }
}

fn ids(ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| id.text.clone()).collect()
}

/// Connects scenarios with each other: bridges, `extends`, `realized-by`.
pub fn connect(scenarios: &mut [Scenario], manifests: &Manifests, sink: &Sink) {
    let entries: BTreeMap<String, Inline> = manifests
        .tracks
        .iter()
        .flat_map(|(_, track)| &track.groups)
        .flat_map(|group| &group.scenarios)
        .map(|entry| (entry.0.id.text.clone(), entry.0.clone()))
        .collect();
    for scenario in scenarios.iter_mut() {
        let bridge = bridge_of(scenario, &entries);
        let plants = bridge.map(|bridge| bridge.plants.clone()).unwrap_or_default();
        scenario.bridge.plants = plants
            .iter()
            .map(|plant| Plant { id: plant.id.text.clone(), asks: RichText::default() })
            .collect();
    }
    for index in 0..scenarios.len() {
        let takes_up =
            bridge_of(&scenarios[index], &entries).map(|bridge| bridge.takes_up.clone()).unwrap_or_default();
        let taken = takes_up.iter().filter_map(|id| find_plant(scenarios, manifests, id, sink)).collect();
        scenarios[index].bridge.takes_up = taken;
        let extends = match &scenarios[index].written {
            Some(written) => written.manifest.extends.clone(),
            None => entries.get(&scenarios[index].id).and_then(|entry| entry.extends.clone()),
        };
        scenarios[index].extends = extends.and_then(|extends| {
            let target = find_scenario(scenarios, manifests, &extends.scenario, sink)?;
            Some((target, extends.stage.map(|stage| stage.text)))
        });
        let realized = entries.get(&scenarios[index].id).and_then(|entry| entry.realized_by.clone());
        scenarios[index].realized_by = realized.and_then(|id| find_scenario(scenarios, manifests, &id, sink));
    }
}

fn bridge_of<'a>(
    scenario: &'a Scenario,
    entries: &'a BTreeMap<String, Inline>,
) -> Option<&'a declared::Bridge> {
    match &scenario.written {
        Some(written) => written.manifest.bridge.as_ref(),
        None => entries.get(&scenario.id).and_then(|entry| entry.bridge.as_ref()),
    }
}

fn find_plant(
    scenarios: &[Scenario],
    manifests: &Manifests,
    id: &Id,
    sink: &Sink,
) -> Option<(usize, String)> {
    let found = scenarios
        .iter()
        .position(|scenario| scenario.bridge.plants.iter().any(|plant| plant.id == id.text))
        .map(|index| (index, id.text.clone()));
    // What cannot be read may plant it; that has its own finding.
    let hidden = manifests.lost_tracks() || !manifests.broken.is_empty();
    if found.is_none() && !hidden {
        let names =
            scenarios.iter().flat_map(|scenario| &scenario.bridge.plants).map(|plant| plant.id.as_str());
        let help = closest(id.as_str(), names).map_or_else(
            || "name an id from `bridge.plants` of an earlier scenario".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("no scenario plants the question `{id}`");
        sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, id.span, message).help(help));
    }
    found
}

fn find_scenario(scenarios: &[Scenario], manifests: &Manifests, id: &Id, sink: &Sink) -> Option<usize> {
    let found = scenarios.iter().position(|scenario| scenario.id == id.text);
    let hidden = manifests.lost_tracks() || manifests.broken.contains(id.as_str());
    if found.is_none() && !hidden {
        let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
        crate::directive::reference::report_unresolved(sink, id.span, "scenario", id.as_str(), &names);
    }
    found
}
