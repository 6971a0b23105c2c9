//! References: what `scenario:`, `question:`, `fact:`, `run:` and the others mean (format.md,
//! "References").

use super::context::Lower;
use super::value::check_value;
use crate::diag::catalog::reference::UNRESOLVED_REFERENCE;
use crate::diag::{Diagnostic, Sink};
use crate::ir::{LocalKind, Target};
use crate::model::{Scenario, Written};
use crate::source::{Span, Spanned};
use crate::syntax::document::Link;
use crate::syntax::yaml::{RelPath, closest};

/// Schemes of references, for messages and for the reference page.
pub const SCHEMES: &[(&str, &str)] = &[
    ("scenario", "a scenario; `scenario:a..b` is a range"),
    ("track", "a track"),
    ("tier", "a tier"),
    ("group", "a group; `group:track/id` names one of another track"),
    ("concept", "a concept"),
    ("tutorial", "a tutorial"),
    ("step", "a section of the page"),
    ("fix", "a fix"),
    ("question", "a question"),
    ("option", "an option"),
    ("figure", "a figure; its id is the file's name without ending"),
    ("panel", "a panel of the dashboard"),
    ("service", "a service of the environment"),
    ("file", "a file of the learner's folder"),
    ("solution", "a file of `solution/`"),
    ("fact", "a declared fact; written with its text"),
    (
        "loadtest",
        "a value of a load test (`connections`, `seconds`, or `test.connections`); written with its text",
    ),
    ("port", "a service's port; written with its text"),
    ("run", "a figure of the recorded run, `stage.test.measure`; written with its text"),
];

/// What a reference stands for.
pub enum Resolved {
    Target(Target),
    /// Printed as it is written.
    Text(String),
}

/// Resolves a link if its destination is a reference; `None` for ordinary links. A reference that
/// does not resolve is reported and printed as its text.
#[must_use]
pub fn resolve_reference(lower: &Lower<'_>, link: &Link, words: &str) -> Option<Resolved> {
    let (scheme, rest) = link.destination.value.split_once(':')?;
    let name = Spanned::new(rest.to_owned(), link.destination.span);
    let target = match scheme {
        "scenario" => scenario_target(lower, &name),
        "track" => {
            index_target(lower, &name, "track", &lower.course.tracks, |track| &track.id).map(Target::Track)
        }
        "tier" => index_target(lower, &name, "tier", &lower.course.tiers, |tier| &tier.id).map(Target::Tier),
        "group" => group_target(lower, &name),
        "concept" => index_target(lower, &name, "concept", &lower.course.concepts, |concept| &concept.id)
            .map(Target::Concept),
        "tutorial" => {
            index_target(lower, &name, "tutorial", &lower.course.tutorials, |it| &it.id).map(Target::Tutorial)
        }
        "step" => local_target(lower, &name, LocalKind::Step, "step"),
        "fix" => local_target(lower, &name, LocalKind::Fix, "fix"),
        "question" => local_target(lower, &name, LocalKind::Question, "question"),
        "option" => local_target(lower, &name, LocalKind::Option, "option"),
        "figure" => local_target(lower, &name, LocalKind::Figure, "figure"),
        "panel" => local_target(lower, &name, LocalKind::Panel, "panel"),
        "service" => local_target(lower, &name, LocalKind::Service, "service"),
        "file" => file_target(lower, &name),
        "solution" => solution_target(lower, &name),
        "fact" | "loadtest" | "port" | "run" => {
            return Some(Resolved::Text(check_value(lower, scheme, &name, link, words)));
        }
        _ => return None,
    };
    Some(target.map_or_else(|| Resolved::Text(words.to_owned()), Resolved::Target))
}

/// Reports a name that does not exist, with a near one.
pub fn report_unresolved(sink: &Sink, span: Span, what: &str, name: &str, names: &[&str]) {
    let message = format!("there is no {what} `{name}`");
    let help = match (closest(name, names.iter().copied()), names.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, true) => format!("no {what} is defined here"),
        (None, false) if names.len() == 1 => format!("there is only `{}`", names[0]),
        (None, false) if names.len() <= 12 => {
            format!(
                "there are {}",
                names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            )
        }
        (None, false) => format!("none of the {} names is near it", names.len()),
    };
    sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, span, message).help(help));
}

fn index_target<T>(
    lower: &Lower<'_>,
    name: &Spanned<String>,
    what: &str,
    items: &[T],
    id: impl Fn(&T) -> &String,
) -> Option<usize> {
    let found = items.iter().position(|item| *id(item) == name.value);
    if found.is_none() {
        let names: Vec<&str> = items.iter().map(|item| id(item).as_str()).collect();
        report_unresolved(lower.sink, name.span, what, &name.value, &names);
    }
    found
}

fn find_scenario(lower: &Lower<'_>, name: &str, span: Span) -> Option<usize> {
    let scenarios = &lower.course.scenarios;
    let found = lower.course.scenario_index(name);
    if found.is_some() {
        return found;
    }
    if let Some(renamed) = scenarios.iter().find(|scenario| scenario.was.iter().any(|was| was == name)) {
        let message = format!("scenario `{name}` is now called `{}`", renamed.id);
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, span, message);
        lower.sink.push(finding.help(format!("write `scenario:{}`", renamed.id)));
        return None;
    }
    // A file that cannot be used has its own finding; what refers to it is not at fault.
    if lower.course.lost_tracks || lower.course.broken.contains(name) {
        return None;
    }
    let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    report_unresolved(lower.sink, span, "scenario", name, &names);
    None
}

fn scenario_target(lower: &Lower<'_>, name: &Spanned<String>) -> Option<Target> {
    let Some((first, last)) = name.value.split_once("..") else {
        return find_scenario(lower, &name.value, name.span).map(Target::Scenario);
    };
    let first = find_scenario(lower, first, name.span)?;
    let last = find_scenario(lower, last, name.span)?;
    let track = |index: usize| lower.course.scenarios[index].place.map(|place| place.0);
    if first > last || track(first) != track(last) {
        let message = "a range goes forward inside one track";
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, name.span, message);
        lower.sink.push(finding.help("name the earlier scenario first, or refer to both"));
        return None;
    }
    Some(Target::Scenarios(first, last))
}

fn group_target(lower: &Lower<'_>, name: &Spanned<String>) -> Option<Target> {
    let own = lower.scenario().and_then(|scenario| scenario.place).map(|place| place.0);
    let (track, group) = match name.value.split_once('/') {
        Some((track, group)) => {
            let track = Spanned::new(track.to_owned(), name.span);
            (Some(index_target(lower, &track, "track", &lower.course.tracks, |track| &track.id)?), group)
        }
        None => (own, name.value.as_str()),
    };
    let tracks = &lower.course.tracks;
    let candidates: Vec<(usize, usize)> = (0..tracks.len())
        .filter(|index| track.is_none_or(|track| track == *index))
        .flat_map(|index| (0..tracks[index].groups.len()).map(move |group| (index, group)))
        .filter(|(index, at)| tracks[*index].groups[*at].id == group)
        .collect();
    match candidates.as_slice() {
        [(track, group)] => Some(Target::Group(*track, *group)),
        [] => {
            let names: Vec<&str> =
                tracks.iter().flat_map(|track| &track.groups).map(|group| group.id.as_str()).collect();
            report_unresolved(lower.sink, name.span, "group", group, &names);
            None
        }
        _ => {
            let message = format!("several tracks have a group `{group}`");
            let first = &tracks[candidates[0].0].id;
            let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, name.span, message);
            lower.sink.push(finding.help(format!("name the track: `group:{first}/{group}`")));
            None
        }
    }
}

/// `local-id`, or `scenario-id/local-id`.
fn local_target(lower: &Lower<'_>, name: &Spanned<String>, kind: LocalKind, what: &str) -> Option<Target> {
    let (scenario, id) = match name.value.split_once('/') {
        Some((scenario, id)) => (find_scenario(lower, scenario, name.span)?, id),
        None => match lower.scenario {
            Some(scenario) => (scenario, name.value.as_str()),
            None => {
                let message = format!("`{what}:{}` stands outside a scenario's page", name.value);
                let help = format!(
                    "for one of a scenario, write `{what}:scenario-id/{}`; for one of this page, use words or a link",
                    name.value
                );
                lower.sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, name.span, message).help(help));
                return None;
            }
        },
    };
    let names = local_names(&lower.course.scenarios[scenario], kind);
    if names.contains(&id) {
        return Some(Target::Local { scenario, kind, id: id.to_owned() });
    }
    report_unresolved(lower.sink, name.span, what, id, &names);
    None
}

fn local_names(scenario: &Scenario, kind: LocalKind) -> Vec<&str> {
    let locals = &scenario.locals;
    let written = scenario.written.as_ref();
    match kind {
        LocalKind::Step => locals.steps.iter().map(|step| step.id.as_str()).collect(),
        LocalKind::Question => locals.questions.iter().map(|question| question.id.as_str()).collect(),
        LocalKind::Option => locals.options.iter().map(|option| option.id.as_str()).collect(),
        LocalKind::Figure => locals.figures.iter().map(|figure| figure.id.as_str()).collect(),
        LocalKind::Panel => scenario.panels.iter().map(|panel| panel.id.as_str()).collect(),
        LocalKind::Fix => written
            .map(|written| written.fixes.iter().map(|fix| fix.id.as_str()).collect())
            .unwrap_or_default(),
        LocalKind::Service => written
            .map(|written| written.services.iter().map(|service| service.id.as_str()).collect())
            .unwrap_or_default(),
    }
}

fn file_target(lower: &Lower<'_>, name: &Spanned<String>) -> Option<Target> {
    let (scenario, _) = written_scenario(lower, name, "file")?;
    let path = inside(lower, name)?;
    let is_there = |path: &camino::Utf8Path| {
        lower.stages().iter().any(|stage| {
            stage.files.contains_key(path) || stage.files.keys().any(|file| file.starts_with(path))
        })
    };
    if is_there(&path) {
        return Some(Target::File { scenario, path });
    }
    let names: Vec<&str> =
        lower.stages().iter().flat_map(|stage| stage.files.keys()).map(|path| path.as_str()).collect();
    report_unresolved(lower.sink, name.span, "file", path.as_str(), &names);
    None
}

/// The scenario whose folder is meant: files have no name outside of it.
fn written_scenario<'a>(
    lower: &Lower<'a>,
    name: &Spanned<String>,
    scheme: &str,
) -> Option<(usize, &'a Written)> {
    let found = lower.scenario.zip(lower.written());
    if found.is_none() {
        let message = format!("`{scheme}:{}` belongs to no scenario with a folder here", name.value);
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, name.span, message);
        lower.sink.push(finding.help("refer to the scenario with `scenario:`, or write the name as code"));
    }
    found
}

/// A path inside the folder that the scheme means; others are reported.
fn inside(lower: &Lower<'_>, name: &Spanned<String>) -> Option<camino::Utf8PathBuf> {
    let path = RelPath::check(&name.value);
    if let Err(message) = &path {
        let spec = &crate::diag::catalog::tree::PATH_LEAVES_TREE;
        let finding = Diagnostic::new(spec, name.span, message.clone());
        lower.sink.push(finding.help("name a file inside the folder, without `..`"));
    }
    path.ok()
}

fn solution_target(lower: &Lower<'_>, name: &Spanned<String>) -> Option<Target> {
    let (scenario, written) = written_scenario(lower, name, "solution")?;
    let folder = written.source.join("solution");
    let path = inside(lower, name)?;
    if lower.files.find(folder.join(&path)).is_some() {
        return Some(Target::Solution { scenario, path });
    }
    // A fix that changes the environment has its rendered files there, too.
    let rendered = path.as_str().split_once('/').is_some_and(|(fix, rest)| {
        lower.stages().iter().any(|stage| {
            stage.id == fix && stage.files.get(camino::Utf8Path::new(rest)).is_some_and(|file| file.rendered)
        })
    });
    if rendered {
        return Some(Target::Solution { scenario, path });
    }
    let names: Vec<String> = lower
        .files
        .below(&folder)
        .filter_map(|(_, found)| found.strip_prefix(&folder).ok().map(ToString::to_string))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    report_unresolved(lower.sink, name.span, "solution file", path.as_str(), &names);
    None
}
