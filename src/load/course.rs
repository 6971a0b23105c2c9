//! The order of loading.

use super::concepts::{load_concepts, note_uses};
use super::manifests::{Manifests, load_manifests};
use super::order::order_scenarios;
use super::pages::lower_pages;
use super::rehearsal::check_rehearsals;
use super::skeleton::{build_skeletons, connect};
use super::stages::stage_all;
use super::texts::fill_texts;
use super::tree::check_snippets;
use super::tutorials::{fill_tutorials, tutorial_skeletons};
use crate::diag::catalog::manifest::{BAD_VALUE, DUPLICATE_ID};
use crate::diag::catalog::reference::UNRESOLVED_REFERENCE;
use crate::diag::{Diagnostic, Sink};
use crate::environment::Renderer;
use crate::ir::RichText;
use crate::model::{Course, Group, Tier, Track};
use crate::source::{FileId, Files, Spanned};
use crate::syntax::yaml::closest;

/// Loads a course. Faults are reported; `None` when course.yml cannot be used at all.
pub fn load_course(files: &Files, course_file: FileId, sink: &Sink) -> Option<Course> {
    let (course, of_pages) = load_with_pages(files, course_file, sink)?;
    sink.extend(of_pages.into_iter().flatten());
    Some(course)
}

/// The same, but what is found on the page of a scenario is not reported: it is given back, by the
/// scenario's index.
pub fn load_with_pages(
    files: &Files,
    course_file: FileId,
    sink: &Sink,
) -> Option<(Course, Vec<Vec<Diagnostic>>)> {
    check_snippets(files, sink);
    let manifests = load_manifests(files, course_file, sink)?;
    let (concepts, ids) = load_concepts(&manifests.concepts, manifests.concepts_are_broken, sink);
    let slots = order_scenarios(&manifests, sink);
    let (mut scenarios, pages) = build_skeletons(files, &manifests, slots, &ids, sink);
    connect(&mut scenarios, &manifests, sink);
    let tutorials = tutorial_skeletons(&manifests, &ids, sink);
    let mut course = assemble(&manifests, concepts, scenarios, sink);
    course.tutorials = tutorials;
    note_uses(&mut course.concepts, &course.scenarios);
    let renderer = Renderer::new(files);
    let mut staged = stage_all(&renderer, &course, sink);
    for (index, staged) in &mut staged {
        staged.store(&mut course.scenarios[*index]);
    }
    check_rehearsals(&course, sink);
    fill_texts(files, &mut course, &manifests, sink);
    lower_pages(&renderer, &mut course, &pages, &staged, sink);
    fill_tutorials(files, &mut course, &manifests, sink);
    Some((course, pages.into_iter().map(|page| page.sink.into_found()).collect()))
}

fn assemble(
    manifests: &Manifests,
    concepts: Vec<crate::model::Concept>,
    scenarios: Vec<crate::model::Scenario>,
    sink: &Sink,
) -> Course {
    let manifest = &manifests.course;
    check_course(manifest, sink);
    let tiers: Vec<Tier> = manifest
        .tiers
        .iter()
        .map(|tier| Tier {
            id: tier.id.text.clone(),
            name: tier.name.clone(),
            emoji: tier.emoji.clone(),
            scaffolding: tier.scaffolding,
            summary: RichText::default(),
        })
        .collect();
    let tracks = manifests
        .tracks
        .iter()
        .enumerate()
        .map(|(index, (id, track))| Track {
            id: id.clone(),
            title: track.title.value.clone(),
            number: u32::try_from(index + 1).unwrap_or(u32::MAX),
            noun: track.noun.clone(),
            summary: RichText::default(),
            audience: RichText::default(),
            before: RichText::default(),
            change: RichText::default(),
            groups: groups_of(index, track, &tiers, &scenarios, sink),
            was: track.was.iter().map(|id| id.text.clone()).collect(),
        })
        .collect();
    let site = manifest.site.as_ref().map(|site| format!("{}/", site.value.trim_end_matches('/')));
    Course {
        title: manifest.title.value.clone(),
        tagline: RichText::default(),
        about: RichText::default(),
        repository: manifest.repository.value.clone(),
        branch: manifest.branch.clone(),
        site,
        language: manifest.language.clone(),
        theme: manifest.theme.as_ref().map_or_else(|| "default".to_owned(), |theme| theme.value.clone()),
        comments: manifest.comments,
        tiers,
        tracks,
        by_id: Course::index_of(&scenarios),
        scenarios,
        concepts,
        tutorials: Vec::new(),
        opening: Vec::new(),
        how: Vec::new(),
        faq: Vec::new(),
        broken: manifests.broken.clone(),
        lost_tracks: manifests.lost_tracks(),
        manifest: manifest.clone(),
    }
}

fn check_course(manifest: &crate::manifest::course::Course, sink: &Sink) {
    check_repository(&manifest.repository, sink);
    if let Some(source) = &manifest.source {
        check_repository(&source.repository, sink);
    }
    if let Some(site) = &manifest.site
        && !site.value.starts_with("https://")
        && !site.value.starts_with("http://")
    {
        let message = format!("`{}` is not a web address", site.value);
        sink.push(Diagnostic::new(&BAD_VALUE, site.span, message).help("write it with `https://`"));
    }
    for (at, tier) in manifest.tiers.iter().enumerate() {
        if let Some(first) = manifest.tiers[..at].iter().find(|first| first.id.text == tier.id.text) {
            let message = format!("the tier `{}` is defined twice", tier.id);
            let finding = Diagnostic::new(&DUPLICATE_ID, tier.id.span, message);
            sink.push(finding.also(first.id.span, "first here").help("rename one of them"));
        }
    }
}

fn check_repository(repository: &Spanned<String>, sink: &Sink) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let valid = repository.value.split_once('/').is_some_and(|(owner, name)| {
        !owner.is_empty() && !name.is_empty() && owner.chars().chain(name.chars()).all(allowed)
    });
    if !valid {
        let message = format!("`{}` is not a GitHub repository", repository.value);
        sink.push(Diagnostic::new(&BAD_VALUE, repository.span, message).help("write it as `owner/name`"));
    }
}

fn groups_of(
    track_index: usize,
    track: &crate::manifest::track::Track,
    tiers: &[Tier],
    scenarios: &[crate::model::Scenario],
    sink: &Sink,
) -> Vec<Group> {
    for (at, group) in track.groups.iter().enumerate() {
        if let Some(first) = track.groups[..at].iter().find(|first| first.id.text == group.id.text) {
            let message = format!("the group `{}` is defined twice in this track", group.id);
            let finding = Diagnostic::new(&DUPLICATE_ID, group.id.span, message);
            sink.push(finding.also(first.id.span, "first here").help("rename one of them"));
        }
    }
    let tier_of = |group: &crate::manifest::track::Group| {
        let id = group.tier.as_ref()?;
        let found = tiers.iter().position(|tier| tier.id == id.text);
        if found.is_none() {
            let near = closest(id.as_str(), tiers.iter().map(|tier| tier.id.as_str()));
            let help = near.map_or_else(
                || "define it in course.yml under `tiers`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("there is no tier `{id}`");
            sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, id.span, message).help(help));
        }
        found
    };
    track
        .groups
        .iter()
        .enumerate()
        .map(|(index, group)| Group {
            id: group.id.text.clone(),
            name: group.name.value.clone(),
            tier: tier_of(group),
            goal: RichText::default(),
            why: RichText::default(),
            guidance: RichText::default(),
            bonus: group.bonus,
            scenarios: (0..scenarios.len())
                .filter(|at| scenarios[*at].place == Some((track_index, index)))
                .collect(),
        })
        .collect()
}
