//! `source/changed-id`: ids of another revision that are gone, or mean something else now.

use std::collections::HashMap;

use camino::Utf8Path;

use super::ids::{DeclaredId, IdKind, Ids};
use crate::diag::catalog::reference::CHANGED_ID;
use crate::diag::{Diagnostic, Sink};
use crate::source::{Files, Origin, Span};
use crate::syntax::yaml::{Node, parse_yaml};

/// The revision that a course is compared with.
#[derive(Debug)]
pub struct Base<'a> {
    /// As it was asked for.
    pub revision: &'a str,
    pub files: &'a Files,
    pub ids: &'a Ids,
}

/// Compares the ids of two revisions. Files of the base that a finding shows are added to `files`,
/// under the name that git has for them, `revision:path`. `found` says which files could not be read.
#[must_use]
pub fn check_changed_ids(
    base: &Base<'_>,
    ids: &Ids,
    files: &mut Files,
    found: &[Diagnostic],
) -> Vec<Diagnostic> {
    let blocked: Vec<String> = found
        .iter()
        .filter(|finding| finding.is_blocking())
        .map(|finding| files.path(finding.span.file).to_string())
        .collect();
    let index = Index::new(ids);
    let comparison = Comparison { base, ids, index, before: Index::new(base.ids), blocked };
    let changes: Vec<Change<'_>> = base.ids.all.iter().filter_map(|old| comparison.change(old)).collect();
    changes.into_iter().map(|change| report(&change, base, ids, files)).collect()
}

/// Ids by kind, scope and name.
struct Index<'a>(HashMap<(IdKind, &'a str, &'a str), &'a DeclaredId>);

impl<'a> Index<'a> {
    fn new(ids: &'a Ids) -> Self {
        Self(ids.all.iter().map(|it| ((it.kind, it.scope.as_str(), it.id.as_str()), it)).collect())
    }

    fn get(&self, kind: IdKind, scope: &str, id: &str) -> Option<&'a DeclaredId> {
        self.0.get(&(kind, scope, id)).copied()
    }
}

struct Comparison<'a> {
    base: &'a Base<'a>,
    ids: &'a Ids,
    index: Index<'a>,
    before: Index<'a>,
    blocked: Vec<String>,
}

/// What became of an id.
enum Fate<'a> {
    Gone,
    /// It names something of another kind.
    Reused(&'a DeclaredId),
    /// Its thing was renamed, and the name was given away.
    GivenAway {
        now: &'a DeclaredId,
        renamed: &'a DeclaredId,
    },
}

struct Change<'a> {
    old: &'a DeclaredId,
    /// The scenario or tutorial, by its name of today.
    scope: String,
    fate: Fate<'a>,
}

impl<'a> Comparison<'a> {
    fn change(&self, old: &'a DeclaredId) -> Option<Change<'a>> {
        if old.draft || self.is_unreadable(old) {
            return None;
        }
        let scope = self.scope_of(old)?;
        let change = |fate| Some(Change { old, scope: scope.clone(), fate });
        let renamed = self.ids.all.iter().find(|it| {
            it.kind == old.kind && it.scope == scope && it.id != old.id && it.was.contains(&old.id)
        });
        match (self.index.get(old.kind, &scope, &old.id), renamed) {
            (Some(now), Some(renamed)) => change(Fate::GivenAway { now, renamed }),
            (Some(_), None) | (None, Some(_)) => None,
            (None, None) if self.ids.was_on_pages.contains(&(scope.clone(), old.id.clone())) => None,
            (None, None) => change(self.taken_by(old, &scope).map_or(Fate::Gone, Fate::Reused)),
        }
    }

    /// What belongs to a scenario that is gone goes with it.
    fn scope_of(&self, old: &DeclaredId) -> Option<String> {
        if old.scope.is_empty() {
            return Some(String::new());
        }
        let kind = if old.kind == IdKind::TutorialPage { IdKind::Tutorial } else { IdKind::Scenario };
        let same = self.index.get(kind, "", &old.scope);
        let now =
            same.or_else(|| self.ids.all.iter().find(|it| it.kind == kind && it.was.contains(&old.scope)))?;
        Some(now.id.clone())
    }

    /// Something else in the same scenario that has the id now and did not have it before.
    fn taken_by(&self, old: &DeclaredId, scope: &str) -> Option<&'a DeclaredId> {
        let of_course = old.scope.is_empty();
        self.ids.all.iter().find(|it| {
            !of_course
                && it.scope == scope
                && it.id == old.id
                && it.kind != old.kind
                && self.before.get(it.kind, &old.scope, &old.id).is_none()
        })
    }

    /// Whether the file that would declare it has faults of its own.
    fn is_unreadable(&self, old: &DeclaredId) -> bool {
        let is_blocked = |path: &str| self.blocked.iter().any(|blocked| blocked == path);
        let path = self.base.files.path(old.span.file).as_str();
        match old.kind {
            IdKind::Track | IdKind::Scenario if self.ids.lost_tracks => true,
            IdKind::Scenario => self.ids.broken.contains(&old.id),
            IdKind::Track | IdKind::Concept | IdKind::Tutorial | IdKind::TutorialPage => is_blocked(path),
            _ => self.ids.broken.contains(&old.scope),
        }
    }
}

fn report(change: &Change<'_>, base: &Base<'_>, ids: &Ids, files: &mut Files) -> Diagnostic {
    let Change { old, fate, .. } = change;
    let (id, kind, revision) = (&old.id, old.kind.word(), base.revision);
    let finding = match fate {
        Fate::Gone => {
            let message = format!("`{id}`, {kind} at `{revision}`, is gone");
            Diagnostic::new(&CHANGED_ID, owner(change, ids, files), message).help(help(old))
        }
        Fate::Reused(now) => {
            let message = format!("`{id}` was {kind} at `{revision}` and is {} now", now.kind.word());
            Diagnostic::new(&CHANGED_ID, now.span, message)
                .help(format!("give this one another id, and `{id}` back to {kind}"))
        }
        Fate::GivenAway { now, renamed } => {
            let message = format!(
                "`{id}`, {kind} at `{revision}`, is called `{}` now, and its old id names something else",
                renamed.id
            );
            Diagnostic::new(&CHANGED_ID, now.span, message)
                .also(renamed.span, "this one was called so")
                .help("give this one another id: links to the old one would lead to two places")
        }
    };
    let there = shown(old.span, base, files);
    finding.also(there, format!("declared here at `{revision}`"))
}

/// What to type.
fn help(old: &DeclaredId) -> String {
    let id = &old.id;
    match old.kind {
        IdKind::Step | IdKind::Question | IdKind::Fix => {
            format!("if it was renamed, write `was={id}` in the braces of its new id")
        }
        IdKind::Track | IdKind::Scenario | IdKind::Concept | IdKind::Tutorial => {
            format!("if it was renamed, write `was: [{id}]` where it is declared now")
        }
        IdKind::TutorialPage
        | IdKind::Choice
        | IdKind::Figure
        | IdKind::Panel
        | IdKind::Metric
        | IdKind::LoadTest => {
            "give it its id back, or accept the loss under `lint.allow` in course.yml, with the reason"
                .to_owned()
        }
    }
}

/// Where it should be declared now: its section, or the key of the manifest.
fn owner(change: &Change<'_>, ids: &Ids, files: &Files) -> Span {
    let Change { old, scope, .. } = change;
    let scenario = |name: &str| format!("content/scenarios/{scope}/{name}");
    match old.kind {
        IdKind::Track => key_span(files, "content/course.yml", "tracks"),
        IdKind::Scenario => ids.all.iter().find(|it| it.kind == IdKind::Track).map_or_else(
            || key_span(files, "content/course.yml", "tracks"),
            |track| key_span(files, files.path(track.span.file).as_str(), "groups"),
        ),
        IdKind::Concept => key_span(files, "content/concepts.yml", "concepts"),
        IdKind::Tutorial => key_span(files, "content/course.yml", "title"),
        IdKind::TutorialPage => key_span(files, &format!("content/tutorials/{scope}/tutorial.yml"), "pages"),
        IdKind::Step | IdKind::Question | IdKind::Choice | IdKind::Figure => {
            let section = ids
                .all
                .iter()
                .find(|it| it.kind == IdKind::Step && it.scope == *scope && it.id == old.section);
            section.map_or_else(|| key_span(files, &scenario("scenario.md"), ""), |step| step.span)
        }
        IdKind::Fix => key_span(files, &scenario("scenario.yml"), "fixes"),
        IdKind::Panel => key_span(files, &scenario("scenario.yml"), "dashboard"),
        IdKind::Metric => key_span(files, &scenario("scenario.yml"), "metrics"),
        IdKind::LoadTest => key_span(files, &scenario("scenario.yml"), "loadtests"),
    }
}

/// A key at the top of a manifest; the file if there is no such key, and course.yml if there is no
/// such file.
fn key_span(files: &Files, path: &str, key: &str) -> Span {
    let Some(file) = files.find(path).or_else(|| files.find("content/course.yml")) else {
        return Span::nowhere();
    };
    let is_yaml = Utf8Path::new(path).extension() == Some("yml");
    let node = is_yaml.then(|| parse_yaml(files, file, &Sink::default())).flatten();
    let found = node.as_deref().map(Node::entries).unwrap_or_default();
    let found = found.iter().find(|(found, _)| found.text == key).map(|(key, _)| key.span);
    found.unwrap_or_else(|| Span::file_start(file))
}

/// A place of the base among the files of today.
fn shown(span: Span, base: &Base<'_>, files: &mut Files) -> Span {
    let path = format!("{}:{}", base.revision, base.files.path(span.file));
    let file = files.add(path, base.files.bytes(span.file), Origin::Aside, false);
    Span { file, ..span }
}
