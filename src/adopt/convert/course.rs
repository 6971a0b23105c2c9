//! course.yml, concepts.yml and the tracks.

use super::beside::{Beside, write_beside};
use super::concepts::{Concepts, about};
use super::pieces::Pieces;
use super::places::{EntryPlan, GroupPlan, Places, TrackPlan};
use super::settings::Stated;
use super::yaml::{list, scalar};
use crate::adopt::{MadeFile, Repository};
use crate::manifest::scenario::Status;
use crate::source::{Span, Spanned};

/// How much help the tiers give, from the first on.
const SCAFFOLDING: [&str; 4] = ["high", "medium", "low", "none"];

/// A tier by the word that the curriculum has for it.
#[derive(Debug)]
pub(super) struct TierPlan {
    pub id: String,
    pub name: Spanned<String>,
    pub scaffolding: &'static str,
}

/// The tiers in the order in which the curriculum comes to them.
pub(super) fn plan_tiers(repository: &Repository) -> Vec<TierPlan> {
    let mut tiers: Vec<TierPlan> = Vec::new();
    for tier in repository.curriculum.groups.iter().filter_map(|group| group.tier.as_ref()) {
        let id = super::ids::slug(&tier.value);
        if id.is_empty() || tiers.iter().any(|known| known.id == id) {
            continue;
        }
        let scaffolding = SCAFFOLDING[tiers.len().min(SCAFFOLDING.len() - 1)];
        tiers.push(TierPlan { id, name: tier.clone(), scaffolding });
    }
    tiers
}

/// The tier of a group.
pub(super) fn tier_of<'t>(
    repository: &Repository,
    group: &GroupPlan,
    tiers: &'t [TierPlan],
) -> Option<&'t TierPlan> {
    let word = repository.curriculum.groups.get(group.source?)?.tier.as_ref()?;
    let id = super::ids::slug(&word.value);
    tiers.iter().find(|tier| tier.id == id)
}

/// The place of what the whole repository says.
pub(super) fn top(repository: &Repository) -> Span {
    let first = repository
        .readme
        .or(repository.settings.as_ref().map(|settings| settings.file))
        .or_else(|| repository.files.iter().next().map(|(id, _)| id));
    first.map_or_else(Span::nowhere, Span::file_start)
}

/// The repository on GitHub; a made-up one if nothing says it.
fn github(repository: &Repository, stated: &Stated) -> Spanned<String> {
    let valid = |text: &str| {
        let part = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        };
        text.split_once('/').is_some_and(|(owner, name)| part(owner) && part(name))
    };
    let known = stated.repository.clone().or_else(|| repository.github.clone());
    known
        .filter(|found| valid(&found.value))
        .unwrap_or_else(|| Spanned::new("your-name/your-repository".to_owned(), top(repository)))
}

/// course.yml.
pub(super) fn write_course(
    repository: &Repository,
    stated: &Stated,
    places: &Places,
    tiers: &[TierPlan],
    beside: &Beside,
) -> MadeFile {
    let files = &repository.files;
    let top = top(repository);
    let mut out = Pieces::new(files);
    let title = repository.curriculum.title.clone().or_else(|| stated.title.clone());
    let title = title.unwrap_or_else(|| Spanned::new("Scenarios".to_owned(), top));
    out.write(format!("title: {}\n", scalar(&title.value)), title.span);
    let github = github(repository, stated);
    out.write(format!("repository: {}\n", scalar(&github.value)), github.span);
    write_about(repository, &mut out);
    if !tiers.is_empty() {
        out.write("tiers:\n", top);
        for tier in tiers {
            let name = scalar(&tier.name.value);
            let line = format!("  - {{id: {}, name: {name}, scaffolding: {}}}\n", tier.id, tier.scaffolding);
            out.write(line, tier.name.span);
        }
    }
    let tracks = places.tracks.iter().map(|track| track.id.as_str());
    out.write(format!("tracks: {}\n", list(tracks)), top);
    write_beside(repository, beside, &mut out);
    if let Some(lint) = stated.lint {
        out.copy(lint);
        out.end_line(lint);
    }
    out.into_file("content/course.yml")
}

fn write_about(repository: &Repository, out: &mut Pieces<'_>) {
    let about = &repository.curriculum.about;
    let Some(first) = about.first() else { return };
    let words = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let paragraphs = about.iter().flat_map(|span| repository.files.slice(*span).trim().split("\n\n"));
    let plain =
        about.iter().all(|span| super::prose::is_plain_paragraphs(repository.files.slice(*span).trim()));
    let text = paragraphs.map(words).collect::<Vec<_>>().join("\n\n");
    // Addresses are those of the README, and the course is told in other places, too.
    if plain && !text.replace("](http", "").contains("](") {
        out.write(format!("about: {}\n", scalar(&text)), *first);
    }
}

/// concepts.yml, if there are any.
pub(super) fn write_concepts(
    repository: &Repository,
    stated: &Stated,
    concepts: &Concepts,
) -> Option<MadeFile> {
    let first = concepts.list.first()?;
    let mut out = Pieces::new(&repository.files);
    out.write("concepts:\n", about(first));
    for concept in &concepts.list {
        let said = stated.concept(&concept.name.value);
        let place = about(concept);
        out.write(format!("  - id: {}\n    name: {}\n", concept.id, scalar(&concept.name.value)), place);
        let summary = said
            .and_then(|said| said.summary.as_ref().map(|text| Spanned::new(text.value.clone(), text.span)))
            .or_else(|| concept.summary.clone())
            .unwrap_or_else(|| Spanned::new(sentence(&concept.name.value), place));
        out.write(format!("    summary: {}\n", scalar(&summary.value)), summary.span);
        if let Some(said) = said.filter(|said| !said.terms.is_empty()) {
            let terms = list(said.terms.iter().map(|term| term.value.as_str()));
            out.write(format!("    terms: {terms}\n"), said.terms[0].span);
        }
    }
    Some(out.into_file("content/concepts.yml"))
}

/// What stands where nothing explains a concept.
fn sentence(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// A track.
pub(super) fn write_track(
    repository: &Repository,
    track: &TrackPlan,
    number: usize,
    tiers: &[TierPlan],
    concepts: &Concepts,
) -> MadeFile {
    let top = top(repository);
    let mut out = Pieces::new(&repository.files);
    let course = repository.curriculum.title.as_ref();
    let title = match (number, course) {
        (1, Some(title)) => title.clone(),
        _ => Spanned::new(format!("Track {number}"), top),
    };
    out.write(format!("title: {}\n", scalar(&title.value)), title.span);
    out.write(format!("folder: {}\n", scalar(&track.folder)), top);
    out.write("groups:\n", top);
    for group in &track.groups {
        write_group(repository, group, tiers, concepts, &mut out);
    }
    out.into_file(format!("content/tracks/{}.yml", track.id))
}

fn write_group(
    repository: &Repository,
    group: &GroupPlan,
    tiers: &[TierPlan],
    concepts: &Concepts,
    out: &mut Pieces<'_>,
) {
    let top = top(repository);
    let source = group.source.map(|index| &repository.curriculum.groups[index]);
    let name = source.map_or_else(|| Spanned::new("Scenarios".to_owned(), top), |group| group.name.clone());
    out.write(format!("  - id: {}\n    name: {}\n", group.id, scalar(&name.value)), name.span);
    if let Some(tier) = tier_of(repository, group, tiers) {
        out.write(format!("    tier: {}\n", tier.id), tier.name.span);
    }
    if let Some(goal) = source.and_then(|group| group.goal) {
        let text = repository.files.slice(goal).trim();
        if super::prose::is_plain_paragraphs(text) {
            out.write(format!("    goal: {}\n", scalar(text)), goal);
        }
    }
    if group.entries.is_empty() {
        out.write("    scenarios: []\n", name.span);
        return;
    }
    out.write("    scenarios:\n", name.span);
    for entry in &group.entries {
        write_entry(repository, group, entry, concepts, out);
    }
}

fn write_entry(
    repository: &Repository,
    group: &GroupPlan,
    entry: &EntryPlan,
    concepts: &Concepts,
    out: &mut Pieces<'_>,
) {
    let listed =
        group.source.zip(entry.source).map(|(at, inner)| &repository.curriculum.groups[at].entries[inner]);
    let place = listed.map_or_else(|| top(repository), |listed| listed.span);
    let Some(listed) = listed.filter(|_| entry.folder.is_none()) else {
        out.write(format!("      - {}\n", entry.id), place);
        return;
    };
    let title = scalar(&listed.title.value);
    out.write(format!("      - id: {}\n        title: {title}\n", entry.id), listed.title.span);
    // Without a folder it cannot be further than planned, whatever the row says.
    if let Some(status) = listed.status.as_ref().filter(|status| status.value == Status::Planned) {
        out.write("        status: planned\n", status.span);
    }
    let texts = [("summary", listed.summary), ("about", listed.app)];
    for (key, span) in texts.into_iter().filter_map(|(key, span)| Some((key, span?))) {
        let text = repository.files.slice(span).trim();
        if !text.is_empty() {
            out.write(format!("        {key}: {}\n", scalar(text)), span);
        }
    }
    let uses = concepts.of_scenarios.get(&entry.id).cloned().unwrap_or_default();
    for (key, ids) in [("introduces", uses.introduces), ("deepens", uses.deepens), ("uses", uses.uses)] {
        if !ids.is_empty() {
            out.write(format!("        {key}: {}\n", list(ids)), place);
        }
    }
}
