//! References: what `scenario:`, `question:`, `fact:`, `run:` and the others mean (format.md,
//! "References").

use super::context::Lower;
use crate::diag::catalog::reference::{STALE_VALUE, UNRESOLVED_REFERENCE};
use crate::diag::{Applicability, Diagnostic, Sink};
use crate::ir::{LocalKind, Target};
use crate::model::Scenario;
use crate::source::{Span, Spanned};
use crate::syntax::document::Link;
use crate::syntax::yaml::{Node, RelPath, Value, closest};

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
            return Some(value_reference(lower, scheme, &name, link, words));
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
    let found = scenarios.iter().position(|scenario| scenario.id == name);
    if found.is_some() {
        return found;
    }
    if let Some(renamed) = scenarios.iter().find(|scenario| scenario.was.iter().any(|was| was == name)) {
        let message = format!("scenario `{name}` is now called `{}`", renamed.id);
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, span, message);
        lower.sink.push(finding.help(format!("write `scenario:{}`", renamed.id)));
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
        Some((track, group)) => (lower.course.tracks.iter().position(|found| found.id == track), group),
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
                let message = format!("`{}` needs its scenario here", name.value);
                let help = format!("write `{what}:scenario-id/{}`", name.value);
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
    let scenario = lower.scenario?;
    let Ok(path) = RelPath::check(&name.value) else {
        let spec = &crate::diag::catalog::tree::PATH_LEAVES_TREE;
        lower.sink.push(Diagnostic::new(
            spec,
            name.span,
            format!("`{}` leaves the learner's folder", name.value),
        ));
        return None;
    };
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

fn solution_target(lower: &Lower<'_>, name: &Spanned<String>) -> Option<Target> {
    let scenario = lower.scenario?;
    let written = lower.written()?;
    let folder = written.source.join("solution");
    let path = RelPath::check(&name.value).ok()?;
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

fn value_reference(
    lower: &Lower<'_>,
    scheme: &str,
    name: &Spanned<String>,
    link: &Link,
    words: &str,
) -> Resolved {
    if let Some((value, at)) = find_value(lower, scheme, name) {
        check_text(lower, link, words, &value, at);
    }
    Resolved::Text(words.to_owned())
}

/// The value and where it is declared.
fn find_value(lower: &Lower<'_>, scheme: &str, name: &Spanned<String>) -> Option<(String, Option<Span>)> {
    let written = lower.written();
    match scheme {
        "fact" => {
            let facts = written.map(|written| &written.manifest.facts);
            let found = facts.and_then(|facts| facts.get(&name.value));
            if found.is_none() {
                let names: Vec<&str> = facts
                    .map(|facts| facts.iter().map(|(key, _)| key.value.as_str()).collect())
                    .unwrap_or_default();
                report_unresolved(lower.sink, name.span, "fact", &name.value, &names);
            }
            found.map(|fact| (fact.value.text.clone(), Some(fact.value.span)))
        }
        "port" => {
            let services = written.map_or(&[][..], |written| &written.services);
            let found = services.iter().find(|service| service.id == name.value);
            if found.is_none() {
                let names: Vec<&str> = services.iter().map(|service| service.id.as_str()).collect();
                report_unresolved(lower.sink, name.span, "service", &name.value, &names);
            }
            found.and_then(|service| Some((service.port?.to_string(), Some(service.span))))
        }
        "loadtest" => loadtest_value(lower, name),
        _ => run_value(lower, name),
    }
}

fn loadtest_value(lower: &Lower<'_>, name: &Spanned<String>) -> Option<(String, Option<Span>)> {
    let tests = lower.stage().map_or(&[][..], |stage| &stage.loadtests);
    let (test, field) = match name.value.split_once('.') {
        Some((test, field)) => (tests.iter().find(|found| found.id.as_str() == test), field),
        None => (tests.first(), name.value.as_str()),
    };
    let Some(test) = test else {
        let names: Vec<&str> = tests.iter().map(|test| test.id.as_str()).collect();
        report_unresolved(lower.sink, name.span, "load test", &name.value, &names);
        return None;
    };
    match field {
        "connections" => Some((test.connections.value.to_string(), Some(test.connections.span))),
        "seconds" => Some((test.seconds.value.to_string(), Some(test.seconds.span))),
        _ => {
            report_unresolved(
                lower.sink,
                name.span,
                "value of a load test",
                field,
                &["connections", "seconds"],
            );
            None
        }
    }
}

/// `stage.test.measure`, `stage.test.request.measure`, `stage.test.errors.1.share`.
fn run_value(lower: &Lower<'_>, name: &Spanned<String>) -> Option<(String, Option<Span>)> {
    let Some(run) = lower.recorded else {
        let message = "this scenario has no recorded run";
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, name.span, message);
        lower.sink.push(finding.help("rehearse it and record what it showed, in `recorded/run.yml`"));
        return None;
    };
    let parts: Vec<&str> = name.value.split('.').collect();
    let mut node = match parts.first() {
        Some(first) => step_into(lower, run.get("stages")?, first, name)?,
        None => return None,
    };
    for (depth, part) in parts.iter().enumerate().skip(1) {
        let child = if depth == 1 { node.get("loadtests")? } else { node };
        node = match child
            .get("by-request")
            .filter(|requests| child.get(part).is_none() && requests.get(part).is_some())
        {
            Some(requests) => step_into(lower, requests, part, name)?,
            None => step_into(lower, child, part, name)?,
        };
    }
    let value = match &node.value {
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        _ => {
            let names: Vec<&str> = node.entries().iter().map(|(key, _)| key.text.as_str()).collect();
            report_unresolved(lower.sink, name.span, "single figure", &name.value, &names);
            return None;
        }
    };
    Some((value, Some(node.span)))
}

fn step_into<'n>(lower: &Lower<'_>, node: &'n Node, part: &str, name: &Spanned<String>) -> Option<&'n Node> {
    if let (Value::List(items), Ok(number)) = (&node.value, part.parse::<usize>()) {
        return number.checked_sub(1).and_then(|at| items.get(at)).or_else(|| {
            report_unresolved(lower.sink, name.span, "entry", part, &[]);
            None
        });
    }
    node.get(part).or_else(|| {
        let names: Vec<&str> = node.entries().iter().map(|(key, _)| key.text.as_str()).collect();
        report_unresolved(lower.sink, name.span, "recorded figure", part, &names);
        None
    })
}

/// The text must say the value, to as many digits as it shows.
fn check_text(lower: &Lower<'_>, link: &Link, words: &str, value: &str, at: Option<Span>) {
    let Some(fresh) = refreshed(words, value) else { return };
    let message = if words.trim().is_empty() {
        format!("this value has no text; GitHub would show nothing where `{value}` is meant")
    } else {
        format!("the text says `{}`, the value is `{value}`", words.trim())
    };
    let mut finding = Diagnostic::new(&STALE_VALUE, link.span, message)
        .help(format!("write `[{fresh}]({})`", link.destination.value));
    if let Some(at) = at {
        finding = finding.also(at, "the value is declared here");
    }
    if lower.files.slice(link.text) == words {
        finding = finding.replace(Applicability::Safe, "write the value", link.text, fresh);
    }
    lower.sink.push(finding);
}

/// `None` when the text says the value; else the text as it should be.
fn refreshed(words: &str, value: &str) -> Option<String> {
    let Ok(number) = value.parse::<f64>() else {
        return (words.trim() != value).then(|| value.to_owned());
    };
    let Some(range) = number_range(words) else { return Some(value.to_owned()) };
    let shown = &words[range.clone()];
    let digits = shown.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let fresh = format!("{number:.digits$}");
    if shown.replace(',', "") == fresh {
        return None;
    }
    let fresh =
        if shown.contains(',') || (!words.contains(|c: char| c.is_ascii_digit()) && number >= 10_000.0) {
            with_thousands(&fresh)
        } else {
            fresh
        };
    Some(format!("{}{fresh}{}", &words[..range.start], &words[range.end..]))
}

fn number_range(words: &str) -> Option<std::ops::Range<usize>> {
    let start = words.find(|c: char| c.is_ascii_digit())?;
    let length = words[start..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    let end = length.map_or(words.len(), |length| start + length);
    Some(start..start + words[start..end].trim_end_matches(['.', ',']).len())
}

fn with_thousands(number: &str) -> String {
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::refreshed;

    #[test]
    fn a_text_that_says_the_value_is_left_alone() {
        assert_eq!(refreshed("10,000", "10000"), None);
        assert_eq!(refreshed("about 12 %", "12.3"), None);
        assert_eq!(refreshed("12.3 %", "12.3"), None);
        assert_eq!(refreshed("1.9 s", "1.87"), None);
        assert_eq!(refreshed("feedapp", "feedapp"), None);
    }

    #[test]
    fn a_text_that_says_something_else_is_rewritten_in_its_own_form() {
        assert_eq!(refreshed("9,000 rows", "10000"), Some("10,000 rows".to_owned()));
        assert_eq!(refreshed("12.4 %", "12.31"), Some("12.3 %".to_owned()));
        assert_eq!(refreshed("", "200"), Some("200".to_owned()));
        assert_eq!(refreshed("shop", "feedapp"), Some("feedapp".to_owned()));
    }
}
