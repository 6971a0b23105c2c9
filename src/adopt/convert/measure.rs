//! What is measured: metrics that the app's code makes with prom-client, and load tests made with autocannon,
//! as far as both are written plainly.

use camino::Utf8Path;

use super::ids::Ids;
use super::pieces::Pieces;
use super::report::Report;
use super::yaml::{list, number, scalar};
use crate::adopt::{Folder, Repository};
use crate::source::{FileId, Span};
use crate::syntax::script::{MetricClass, Script, Value, ValueKind, is_script, parse_script};

/// A script of a folder, read.
struct Read {
    file: FileId,
    script: Script,
}

/// Metrics and load tests of a scenario as lines of scenario.yml.
pub(super) fn write_measures(
    repository: &Repository,
    folder: &Folder,
    out: &mut Pieces<'_>,
    report: &mut Report,
) {
    let scripts: Vec<Read> = folder
        .app
        .iter()
        .filter_map(|&file| {
            let path = repository.files.path(file);
            let is_twin = folder.twins.iter().any(|twin| twin.commented == file);
            let text = repository.files.text(file).ok().filter(|_| is_script(path) && !is_twin)?;
            Some(Read { file, script: parse_script(path, text) })
        })
        .collect();
    write_metrics(&scripts, out, report);
    write_loadtests(repository, folder, &scripts, out, report);
}

fn write_metrics(scripts: &[Read], out: &mut Pieces<'_>, report: &mut Report) {
    let mut names: Vec<String> = Vec::new();
    for Read { file, script } in scripts {
        for metric in script.metrics() {
            let at = Span::new(*file, metric.at.start, metric.at.end);
            let Some((name, _)) = &metric.name else { continue };
            let plain = metric.labels.as_ref().filter(|_| metric.class != MetricClass::Summary);
            let computed = metric.has_buckets && metric.buckets.is_none();
            let (Some(labels), false) = (plain, computed) else {
                report.kept_because(at, format!("metric `{name}`"), "its labels or buckets are computed");
                continue;
            };
            if names.contains(name) {
                continue;
            }
            if names.is_empty() {
                out.write("metrics:\n", at);
            }
            names.push(name.clone());
            out.write(format!("  - name: {}\n    type: {}\n", scalar(name), metric.class.word()), at);
            if !labels.is_empty() {
                out.write(format!("    labels: {}\n", list(labels.iter().map(|label| &label.0))), at);
            }
            if let Some(help) = help_of(script, &metric.at) {
                out.write(format!("    help: {}\n", scalar(&help)), at);
            }
            if let Some((bounds, place)) = &metric.buckets {
                let bounds: Vec<String> = bounds.iter().map(|bound| number(*bound)).collect();
                let place = Span::new(*file, place.start, place.end);
                out.write(format!("    buckets: [{}]\n", bounds.join(", ")), place);
            }
            report.converted(at, format!("metric `{name}`"), "`metrics`");
        }
    }
}

fn help_of(script: &Script, at: &std::ops::Range<usize>) -> Option<String> {
    let call = script.calls.iter().find(|call| call.at == *at)?;
    let help = script.resolved(call.arguments.first()?).get("help")?;
    Some(script.resolved(&help.value).as_text()?.to_owned()).filter(|help| !help.trim().is_empty())
}

/// A load test as its script says it.
struct Found {
    about: Span,
    id: Option<String>,
    each: bool,
    connections: u32,
    seconds: u32,
    requests: Vec<Sent>,
    /// Whether values are put into its paths while it runs.
    is_filled: bool,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    id: Option<String>,
    method: String,
    path: String,
    weight: u32,
}

fn write_loadtests(
    repository: &Repository,
    folder: &Folder,
    scripts: &[Read],
    out: &mut Pieces<'_>,
    report: &mut Report,
) {
    let mut found: Vec<Found> = scripts.iter().flat_map(tests_of).collect();
    for test in &found {
        let into =
            if test.is_filled { "`loadtests`, with 1 for what is put into its paths" } else { "`loadtests`" };
        report.converted(test.about, "load test", into);
    }
    if found.is_empty() {
        let about = loadtest_file(repository, folder).map(Span::file_start);
        let about = about.or_else(|| folder.page.as_ref().map(|page| Span::file_start(page.file)));
        let about = about.unwrap_or_else(|| super::course::top(repository));
        report.kept_because(
            about,
            "load test",
            "its connections and seconds are not written as numbers: `loadtests` holds a guess",
        );
        found.push(Found::new(about, 10, 10));
    }
    out.write("loadtests:\n", found[0].about);
    let mut ids = Ids::default();
    for (at, test) in found.iter().enumerate() {
        let words = test.id.clone().unwrap_or_else(|| if at == 0 { "main" } else { "test" }.to_owned());
        out.write(format!("  - id: {}\n", ids.take(&words, "test")), test.about);
        if test.each {
            out.write("    mode: each\n", test.about);
        }
        test.write_requests(out);
        let numbers = format!("    connections: {}\n    seconds: {}\n", test.connections, test.seconds);
        out.write(numbers, test.about);
    }
}

fn loadtest_file(repository: &Repository, folder: &Folder) -> Option<FileId> {
    let is_test =
        |file: &&FileId| repository.files.path(**file).file_stem().is_some_and(|stem| stem.contains("load"));
    folder.app.iter().find(is_test).copied()
}

fn tests_of(read: &Read) -> Vec<Found> {
    let script = &read.script;
    let mut bindings = script.imports.iter().filter(|import| import.from == "autocannon").peekable();
    if bindings.peek().is_none() {
        return Vec::new();
    }
    let names: Vec<&str> =
        bindings.flat_map(|import| &import.bindings).map(|binding| binding.name.as_str()).collect();
    let calls = script.calls.iter().filter(|call| names.contains(&call.callee.as_str()));
    let called: Vec<Found> =
        calls.filter_map(|call| test_of(read, call.arguments.first()?, &call.at)).collect();
    if !called.is_empty() {
        return called;
    }
    // A list of tests, each of which is handed on piece by piece.
    let lists = script.variables.values().flatten().filter_map(|value| match &value.kind {
        ValueKind::List(items) => Some(items),
        _ => None,
    });
    lists.flatten().filter_map(|item| test_of(read, item, &item.at)).collect()
}

fn test_of(read: &Read, config: &Value, at: &std::ops::Range<usize>) -> Option<Found> {
    let script = &read.script;
    let config = script.resolved(config);
    let connections = whole(script, &config.get("connections")?.value)?;
    let duration = config.get("duration").or_else(|| config.get("seconds"));
    // A test can end after so many requests as well.
    let seconds = match (duration, config.get("amount")) {
        (Some(duration), _) => whole(script, &duration.value)?,
        (None, Some(_)) => 10,
        (None, None) => return None,
    };
    let text = |key: &str| Some(script.resolved(&config.get(key)?.value).as_text()?.to_owned());
    let mut test = Found::new(Span::new(read.file, at.start, at.end), connections, seconds);
    test.id = text("id").or_else(|| text("name"));
    test.each = text("mode").as_deref() == Some("each");
    if let Some(requests) = config.get("requests") {
        let list = script.resolved(&requests.value);
        if let ValueKind::List(items) = &list.kind {
            items.iter().for_each(|item| test.add(script, script.resolved(item)));
        }
        // A list that is filled in a loop.
        let name = requests.value.as_path().unwrap_or("requests");
        let inside = |at: &std::ops::Range<usize>| {
            requests.value.at.start <= at.start && at.end <= requests.value.at.end
        };
        let made = script
            .functions
            .iter()
            .filter(|function| inside(&function.at))
            .flat_map(|function| &function.returns);
        made.for_each(|item| test.add(script, script.resolved(item)));
        let pushes = script.calls.iter().filter(|call| call.object() == name && call.method() == "push");
        pushes.flat_map(|call| &call.arguments).for_each(|item| test.add(script, script.resolved(item)));
    }
    if test.requests.is_empty() {
        test.add(script, config);
    }
    Some(test)
}

impl Found {
    fn new(about: Span, connections: u32, seconds: u32) -> Self {
        Self { about, id: None, each: false, connections, seconds, requests: Vec::new(), is_filled: false }
    }

    fn add(&mut self, script: &Script, request: &Value) {
        let path = request.get("path").or_else(|| request.get("url"));
        let Some((path, filled)) = path.and_then(|entry| path_of(script, &entry.value)) else { return };
        let text = |key: &str| Some(script.resolved(&request.get(key)?.value).as_text()?.to_owned());
        let method = text("method").unwrap_or_default().to_uppercase();
        let known = ["POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str());
        let method = if known { method } else { "GET".to_owned() };
        let weight = request.get("weight").and_then(|entry| whole(script, &entry.value)).unwrap_or(1);
        let sent = Sent { id: text("id"), method, path, weight };
        if !self.requests.contains(&sent) {
            self.is_filled |= filled;
            self.requests.push(sent);
        }
    }

    fn write_requests(&self, out: &mut Pieces<'_>) {
        out.write("    requests:\n", self.about);
        if self.requests.is_empty() {
            out.write("      - {id: home, path: /}\n", self.about);
        }
        let mut ids = Ids::default();
        for sent in &self.requests {
            let id = ids.take(sent.id.as_ref().unwrap_or(&sent.path), "home");
            let method =
                if sent.method == "GET" { String::new() } else { format!(", method: {}", sent.method) };
            let weight = if sent.weight == 1 { String::new() } else { format!(", weight: {}", sent.weight) };
            let line = format!("      - {{id: {id}, path: {}{method}{weight}}}\n", scalar(&sent.path));
            out.write(line, self.about);
        }
    }
}

/// From how many parts an address is put together.
const MAX_PARTS: u32 = 1000;

/// The path of an address, with 1 for each value that is put in; whether there is one.
fn path_of(script: &Script, value: &Value) -> Option<(String, bool)> {
    let (text, filled) = text_of(script, value, &mut { MAX_PARTS })?;
    let path = match text.find("://") {
        Some(at) => text[at + 3..]
            .find('/')
            .map(|slash| text[at + 3 + slash..].to_owned())
            .unwrap_or_else(|| "/".to_owned()),
        None => text.find('/').map(|slash| text[slash..].to_owned())?,
    };
    Utf8Path::new(&path).is_absolute().then_some((path, filled))
}

/// The text of a value, with 1 for each value that is put in, and whether there is one. It is put
/// together from `left` parts at most: one that names itself has no end.
fn text_of(script: &Script, value: &Value, left: &mut u32) -> Option<(String, bool)> {
    script.alternatives(value).into_iter().rev().find_map(|value| match &value.kind {
        ValueKind::Text(text) => Some((text.clone(), false)),
        ValueKind::Joined(parts) => {
            let mut filled = false;
            let mut text = String::new();
            for part in parts {
                *left = left.checked_sub(1)?;
                let (known, inner) = text_of(script, part, left).unwrap_or(("1".to_owned(), true));
                filled |= inner;
                text.push_str(&known);
            }
            Some((text, filled))
        }
        _ => None,
    })
}

/// A whole number, also one that the environment may replace.
fn whole(script: &Script, value: &Value) -> Option<u32> {
    script.alternatives(value).into_iter().rev().find_map(|value| match &value.kind {
        ValueKind::Number(number) if number.fract() == 0.0 && (1.0..=1e6).contains(number) => {
            format!("{number:.0}").parse().ok()
        }
        ValueKind::Text(text) => text.trim().parse().ok(),
        _ => None,
    })
}
