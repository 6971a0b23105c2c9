//! Concepts: what the curriculum and the pages name, in the order of introduction, and what each scenario
//! does with them.

use std::collections::BTreeMap;

use super::ids::slug;
use super::places::Places;
use crate::adopt::{Entry, FieldKind, Page, PartKind, Repository};
use crate::source::{Files, Span, Spanned};

/// A concept of the course.
#[derive(Debug)]
pub(super) struct Concept {
    pub id: String,
    pub name: Spanned<String>,
    /// A sentence of the page that explains it.
    pub summary: Option<Spanned<String>>,
}

/// The registry.
#[derive(Debug, Default)]
pub(super) struct Concepts {
    pub list: Vec<Concept>,
    /// By id of a scenario.
    pub of_scenarios: BTreeMap<String, Uses>,
}

/// What a scenario does with concepts: their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    pub introduces: Vec<String>,
    pub deepens: Vec<String>,
    pub uses: Vec<String>,
}

/// Collects the concepts of a course.
pub(super) fn collect_concepts(repository: &Repository, places: &Places) -> Concepts {
    let mut concepts = Concepts::default();
    let groups = || places.tracks.iter().flat_map(|track| &track.groups);
    let all = || groups().flat_map(|group| group.entries.iter().map(move |entry| (group, entry)));
    let listed = |group: Option<usize>, at: Option<usize>| {
        group.zip(at).map(|(group, at)| &repository.curriculum.groups[group].entries[at])
    };
    let page = |folder: Option<usize>| folder.and_then(|index| repository.folders[index].page.as_ref());
    // Who introduces a concept is known of all before anybody builds on it.
    for (group, entry) in all() {
        let uses = concepts.add_introduced(
            &repository.files,
            listed(group.source, entry.source),
            page(entry.folder),
        );
        concepts.of_scenarios.insert(entry.id.clone(), uses);
    }
    for (group, entry) in all() {
        let mut uses = concepts.of_scenarios.remove(&entry.id).unwrap_or_default();
        concepts.add_used(listed(group.source, entry.source), page(entry.folder), &mut uses);
        concepts.of_scenarios.insert(entry.id.clone(), uses);
    }
    concepts
}

impl Concepts {
    fn add_introduced(&mut self, files: &Files, listed: Option<&Entry>, page: Option<&Page>) -> Uses {
        let mut uses = Uses::default();
        let before = self.list.len();
        for name in listed.map(|entry| entry.concepts.as_slice()).unwrap_or_default() {
            if let Some(at) = self.add(name) {
                let id = self.list[at].id.clone();
                let list = if at >= before { &mut uses.introduces } else { &mut uses.deepens };
                push(list, id);
            }
        }
        let all = page.into_iter().flat_map(|page| &page.parts).flat_map(fields);
        let named = all.filter_map(|field| match &field.kind {
            FieldKind::Concepts(names) => Some(names),
            _ => None,
        });
        for name in named.flatten() {
            let Some(at) = self.add(name) else { continue };
            let id = self.list[at].id.clone();
            if at >= before {
                push(&mut uses.introduces, id);
            } else if !uses.introduces.contains(&id) {
                push(&mut uses.deepens, id);
            }
        }
        if let Some(page) = page {
            for concept in &mut self.list[before..] {
                concept.summary = explanation(files, page, &concept.name.value);
            }
        }
        uses
    }

    fn add_used(&mut self, listed: Option<&Entry>, page: Option<&Page>, uses: &mut Uses) {
        let all = page.into_iter().flat_map(|page| &page.parts).flat_map(fields);
        let builds_on = all.filter_map(|field| match &field.kind {
            FieldKind::BuildsOn(names) => Some(names),
            _ => None,
        });
        let listed = listed.map(|entry| entry.builds_on.as_slice()).unwrap_or_default();
        for name in listed.iter().chain(builds_on.flatten()) {
            if names_a_scenario(&name.value) {
                continue;
            }
            let Some(at) = self.add(name) else { continue };
            let id = self.list[at].id.clone();
            if !uses.introduces.contains(&id) && !uses.deepens.contains(&id) {
                push(&mut uses.uses, id);
            }
        }
    }

    /// The place of the concept with this name in the list, where it is put if it is new.
    fn add(&mut self, name: &Spanned<String>) -> Option<usize> {
        let name = &without_place(name);
        let id = slug(&name.value);
        if id.is_empty() {
            return None;
        }
        if let Some(at) = self.find(&id) {
            return Some(at);
        }
        self.list.push(Concept { id, name: name.clone(), summary: None });
        Some(self.list.len() - 1)
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.list.iter().position(|concept| same(&concept.id, id))
    }

    /// The concept that a heading explains by naming it.
    pub(super) fn named(&self, heading: &str) -> Option<&Concept> {
        let id = bare(&slug(heading));
        self.list.iter().find(|concept| same(&concept.id, &id))
    }
}

/// "Percentile (01)" without the scenario that it comes from.
fn without_place(name: &Spanned<String>) -> Spanned<String> {
    let cut = name.value.rsplit_once(" (").filter(|(_, inside)| {
        let inside = inside.trim_end_matches(')').to_lowercase();
        inside.starts_with(|c: char| c.is_ascii_digit())
            || inside.contains("scenario")
            || inside.contains("exercise")
    });
    Spanned::new(cut.map_or_else(|| name.value.clone(), |(name, _)| name.to_owned()), name.span)
}

fn push(list: &mut Vec<String>, id: String) {
    if !list.contains(&id) {
        list.push(id);
    }
}

/// Equal but for the plural.
fn same(a: &str, b: &str) -> bool {
    a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a) || stem(a) == stem(b)
}

fn stem(id: &str) -> String {
    id.strip_suffix("ies").map_or_else(|| id.to_owned(), |stem| format!("{stem}y"))
}

/// Without the article or the question word in front.
fn bare(id: &str) -> String {
    let words =
        ["a-", "an-", "the-", "what-is-a-", "what-is-an-", "what-is-the-", "what-is-", "what-are-", "about-"];
    let longest = words.iter().filter(|word| id.starts_with(**word)).max_by_key(|word| word.len());
    longest.map_or(id, |word| &id[word.len()..]).to_owned()
}

fn fields(part: &crate::adopt::Part) -> &[crate::adopt::Field] {
    if let PartKind::Fields(fields) = &part.kind { fields } else { &[] }
}

fn names_a_scenario(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["scenario", "exercise", "lesson", "chapter", "nothing", "none"]
        .iter()
        .any(|word| lower.starts_with(word))
        || lower.chars().all(|c| !c.is_alphabetic())
}

/// The first sentence below the heading that names a concept.
fn explanation(files: &Files, page: &Page, name: &str) -> Option<Spanned<String>> {
    let wanted = slug(name);
    let at = page.parts.iter().position(|part| {
        let title = match &part.kind {
            PartKind::Heading { text, .. } => files.slice(*text),
            PartKind::Section(heading) => heading.title.value.as_str(),
            _ => return false,
        };
        same(&bare(&slug(title)), &wanted)
    })?;
    let text = page.parts[at + 1..].iter().find(|part| matches!(part.kind, PartKind::Prose))?;
    let (range, sentence) = first_sentence(files.slice(text.span))?;
    Some(Spanned::new(sentence, text.span.sub(range.start, range.end)))
}

/// The first sentence of the first paragraph, if that begins like one, on one line.
pub(super) fn first_sentence(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let start = text.len() - text.trim_start().len();
    let paragraph = text[start..].split("\n\n").next()?;
    if !paragraph.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '`' | '"' | '_' | '“')) {
        return None;
    }
    let mut end = paragraph.trim_end().len();
    for (at, mark) in paragraph.match_indices(['.', '!', '?']) {
        let after = &paragraph[at + mark.len()..];
        if after.is_empty() || after.starts_with([' ', '\n']) {
            end = at + mark.len();
            break;
        }
    }
    let sentence = paragraph[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    // Half a code span or half a bold word says nothing well.
    let balanced = sentence.matches('`').count() % 2 == 0 && sentence.matches("**").count() % 2 == 0;
    (balanced && !sentence.contains("](")).then_some((start..start + end, sentence))
}

/// Where a concept is first named.
pub(super) fn about(concept: &Concept) -> Span {
    concept.name.span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_concepts_with_articles_and_plurals() {
        let mut concepts = Concepts::default();
        for name in ["connection pool", "N+1 queries", "query"] {
            concepts.add(&Spanned::new(name.to_owned(), Span::nowhere()));
        }
        let named = |heading: &str| concepts.named(heading).map(|concept| concept.id.as_str());
        assert_eq!(named("A connection pool"), Some("connection-pool"));
        assert_eq!(named("What is a connection pool?"), Some("connection-pool"));
        assert_eq!(named("The N+1 query"), Some("n-1-queries"));
        assert_eq!(named("Queries"), Some("query"));
        assert_eq!(named("Something else"), None);
    }

    #[test]
    fn a_summary_is_a_whole_sentence() {
        let sentence = |text: &str| first_sentence(text).map(|found| found.1);
        assert_eq!(
            sentence("A table is a\nrow of pages. More."),
            Some("A table is a row of pages.".to_owned())
        );
        assert_eq!(sentence("Version 1.5 is it! Yes"), Some("Version 1.5 is it!".to_owned()));
        assert_eq!(sentence("| a | b |"), None);
        assert_eq!(sentence("See [this](x.md). Yes"), None);
    }
}
