//! The order of scenarios: numbers and folders come from it and from nothing else (format.md,
//! "Ids and numbers").

use std::collections::BTreeMap;

use super::manifests::Manifests;
use crate::diag::catalog::manifest::{BAD_VALUE, DUPLICATE_ID, MISSING_KEY};
use crate::diag::catalog::reference::UNRESOLVED_REFERENCE;
use crate::diag::catalog::tree::{OUTPUT_PATH_COLLISION, UNUSED_FILE};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::track::{Inline, Track};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::closest;

/// A scenario's place.
pub struct Slot {
    pub id: String,
    /// Indices of track and group.
    pub place: Option<(usize, usize)>,
    pub number: Option<u32>,
    pub folder: String,
    /// Its entry in the track.
    pub entry: Option<Inline>,
    pub span: Span,
}

/// All scenarios in course order; those that no track lists come last.
pub fn order_scenarios(manifests: &Manifests, sink: &Sink) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (track_index, (_, track)) in manifests.tracks.iter().enumerate() {
        check_folder(&track.folder, "scenario-{number:02}-{id}", sink);
        check_folder(&track.bonus_folder, "bonus-{id}", sink);
        let mut number = 0;
        for (group_index, group) in track.groups.iter().enumerate() {
            for entry in &group.scenarios {
                let entry = &entry.0;
                if let Some(first) = seen.get(&entry.id.text) {
                    let message = format!("the scenario `{}` is listed twice", entry.id);
                    sink.push(
                        Diagnostic::new(&DUPLICATE_ID, entry.id.span, message)
                            .also(*first, "first here")
                            .help("list it once; `realized-by` lets another entry point to it"),
                    );
                    continue;
                }
                seen.insert(entry.id.text.clone(), entry.id.span);
                if !check_entry(manifests, entry, sink) {
                    continue;
                }
                if !group.bonus {
                    number += 1;
                }
                let number = (!group.bonus).then_some(number);
                slots.push(Slot {
                    id: entry.id.text.clone(),
                    place: Some((track_index, group_index)),
                    number,
                    folder: folder_name(track, &entry.id.text, number),
                    entry: Some(entry.clone()),
                    span: entry.id.span,
                });
            }
        }
    }
    // Without a track nobody knows what it lists; its own fault is reported.
    let lost = manifests.lost_tracks();
    for (id, written) in &manifests.scenarios {
        if !seen.contains_key(id) {
            if !lost {
                let message = format!("no track lists the scenario `{id}`");
                let finding = Diagnostic::new(&UNUSED_FILE, Span::file_start(written.file), message);
                sink.push(finding.help(format!("add `{id}` to a group of a file in `content/tracks/`")));
            }
            let span = written.manifest.title.span;
            slots.push(Slot {
                id: id.clone(),
                place: None,
                number: None,
                folder: id.clone(),
                entry: None,
                span,
            });
        }
    }
    check_collisions(&slots, sink);
    slots
}

/// An entry is either a folder's id alone, or a description with a title.
fn check_entry(manifests: &Manifests, entry: &Inline, sink: &Sink) -> bool {
    let id = entry.id.as_str();
    if manifests.broken.contains(id) {
        return false;
    }
    if manifests.scenarios.contains_key(id) {
        if let Some(title) = &entry.title {
            let message = format!("`{id}` has its own folder; its title stands in its scenario.yml");
            let finding = Diagnostic::new(&BAD_VALUE, title.span, message);
            sink.push(finding.help("keep only `id`, `why` and `app-why` here: every fact stands once"));
        }
        return true;
    }
    if entry.title.is_some() {
        return true;
    }
    let described = entry.summary.is_some() || entry.about.is_some() || !entry.introduces.is_empty();
    if described {
        let message = format!("the planned scenario `{id}` needs the key `title`");
        sink.push(Diagnostic::new(&MISSING_KEY, entry.id.span, message).help("add `title:`"));
        return false;
    }
    let names = manifests.scenarios.keys().map(String::as_str);
    let help = closest(id, names).map_or_else(
        || format!("create it with `scenarist new scenario {id}`, or describe it here with `title:` and `summary:`"),
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("there is no scenario `{id}` in `content/scenarios/`");
    sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, entry.id.span, message).help(help));
    false
}

fn check_folder(folder: &Spanned<String>, like: &str, sink: &Sink) {
    let pattern = &folder.value;
    let filled = fill(pattern, "id", Some(1));
    let problem = if filled.contains(['{', '}']) {
        Some("only `{number}`, `{number:02}`, `{number:03}` and `{id}` can stand in braces")
    } else if filled.contains(['/', '\\', ' ']) || filled.starts_with('.') {
        Some("a folder is one level deep: Codespaces does not look further")
    } else if !pattern.contains("{id}") && !pattern.contains("{number") {
        Some("without `{id}` or `{number}` all scenarios would share one folder")
    } else {
        None
    };
    if let Some(problem) = problem {
        let message = format!("`{pattern}` does not give folder names: {problem}");
        let finding = Diagnostic::new(&BAD_VALUE, folder.span, message);
        sink.push(finding.help(format!("write it like `{like}`")));
    }
}

fn folder_name(track: &Track, id: &str, number: Option<u32>) -> String {
    match number {
        Some(_) => fill(&track.folder.value, id, number),
        None => fill(&track.bonus_folder.value, id, number),
    }
}

fn fill(pattern: &str, id: &str, number: Option<u32>) -> String {
    let number = number.unwrap_or_default();
    pattern
        .replace("{number:02}", &format!("{number:02}"))
        .replace("{number:03}", &format!("{number:03}"))
        .replace("{number}", &number.to_string())
        .replace("{id}", id)
}

fn check_collisions(slots: &[Slot], sink: &Sink) {
    let mut seen: BTreeMap<String, &Slot> = BTreeMap::new();
    for slot in slots {
        if let Some(first) = seen.insert(slot.folder.to_lowercase(), slot) {
            let message = format!("`{}` and `{}` get the same folder `{}`", first.id, slot.id, slot.folder);
            sink.push(
                Diagnostic::new(&OUTPUT_PATH_COLLISION, slot.span, message)
                    .also(first.span, "the other one")
                    .help("give the tracks different `folder:` patterns"),
            );
        }
    }
}
