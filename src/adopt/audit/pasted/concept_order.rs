//! `curriculum/concept-introduced-twice` and `curriculum/concept-used-before-introduced`: the columns of the
//! curriculum say which scenario introduces what.

use std::collections::HashMap;

use crate::adopt::audit::compare::{builds_on, entries, words};
use crate::adopt::{Entry, Repository};
use crate::check::rules::curriculum::{concept_introduced_twice, concept_used_before_introduced};
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// Follows the concepts through the entries.
pub fn check(repository: &Repository, sink: &Sink) {
    // Tracks are courses of their own: each may introduce what another does.
    let mut introduced: HashMap<(&str, String), (usize, Span)> = HashMap::new();
    let is_rare = is_rare(repository);
    for (at, (track, entry)) in entries_by_track(repository).enumerate() {
        for concept in &entry.concepts {
            let name = (track, words(&concept.value));
            match introduced.get(&name) {
                None => drop(introduced.insert(name, (at, concept.span))),
                Some((_, first)) if says_new(repository, entry) || is_rare => {
                    let message = format!("`{}` was introduced before", concept.value);
                    let spec = &concept_introduced_twice::SPEC;
                    let finding = Diagnostic::new(spec, concept.span, message).also(*first, "here");
                    sink.push(finding.help("list it as something that this scenario builds on"));
                }
                Some(_) => {}
            }
        }
    }
    for (at, (track, entry)) in entries_by_track(repository).enumerate() {
        let page = entry.folder.and_then(|folder| repository.folders[folder].page.as_ref());
        let on_page = page.and_then(builds_on).map(|(_, concepts)| concepts).unwrap_or_default();
        for concept in entry.builds_on.iter().chain(on_page) {
            // "read cache (03)"
            let name = concept.value.split('(').next().unwrap_or("");
            let Some((first, place)) = introduced.get(&(track, words(name))) else { continue };
            if *first <= at {
                continue;
            }
            let message = format!("`{}` is introduced only later", concept.value);
            let spec = &concept_used_before_introduced::SPEC;
            let finding = Diagnostic::new(spec, concept.span, message).also(*place, "here");
            sink.push(finding.help("move one of the two scenarios, or take the concept out of this row"));
        }
    }
}

/// Every entry with the heading that gathers its group with others.
fn entries_by_track(repository: &Repository) -> impl Iterator<Item = (&str, &Entry)> {
    repository.curriculum.groups.iter().flat_map(|group| {
        let track = group.part_of.as_ref().map_or("", |heading| heading.value.as_str());
        group.entries.iter().map(move |entry| (track, entry))
    })
}

/// Whether so few concepts come twice that a column seems to list each where it is new.
fn is_rare(repository: &Repository) -> bool {
    let names: Vec<String> =
        entries(repository).flat_map(|entry| &entry.concepts).map(|concept| words(&concept.value)).collect();
    let twice = names.iter().enumerate().filter(|(at, name)| names[..*at].contains(name)).count();
    names.len() >= 5 && twice * 5 <= names.len()
}

/// Whether the column of an entry's concepts is one of new concepts: its head or the word before them says
/// so.
fn says_new(repository: &Repository, entry: &Entry) -> bool {
    let text = repository.files.text(entry.span.file).unwrap_or("");
    let start = text[..entry.span.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let row = &text[start..entry.span.end as usize];
    let is_table = row.trim_start().starts_with('|');
    let head = || {
        let table: Vec<&str> =
            text[..start].lines().rev().take_while(|line| line.trim_start().starts_with('|')).collect();
        table.last().copied().unwrap_or("")
    };
    let said = if is_table { head() } else { row }.to_lowercase();
    ["new", "introduc", "teaches", "learn"].iter().any(|word| said.contains(word))
}
