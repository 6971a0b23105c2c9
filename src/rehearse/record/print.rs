//! A recorded run as YAML. What is read back is what was printed, whatever a command printed.

use std::fmt::Write as _;

use crate::manifest::run::{ErrorCount, Figures, RequestFigures, Run, RunStage};
use crate::syntax::yaml::Entries;
use crate::syntax::yaml::{needs_escape, quoted};

/// Where editors find the schema; the path leads from the recording to the project's `docs/`.
const SCHEMA: &str = "# yaml-language-server: $schema=../../../../docs/schemas/run.json\n";

/// The text of `recorded/run.yml`.
#[must_use]
pub fn print_run(run: &Run) -> String {
    let recorded = &run.recorded;
    let mut out = SCHEMA.to_owned();
    out.push_str("recorded:\n");
    let fields = [
        ("on", recorded.on.text.clone()),
        ("driver", recorded.driver.word().to_owned()),
        ("cores", recorded.cores.to_string()),
        ("rounds", recorded.rounds.to_string()),
        ("verdict", recorded.verdict.word().to_owned()),
    ];
    for (key, value) in fields {
        line(&mut out, 1, &format!("{key}: {value}"));
    }
    let versions = recorded.versions.iter().map(|(name, version)| (&name.value, quoted(&version.text)));
    line(&mut out, 1, &format!("versions: {}", mapping(versions)));
    let _ = writeln!(out, "inputs: {}", plain(&run.inputs.value));
    entries(&mut out, 0, "stages", &run.stages, print_stage);
    out
}

/// A key with one block per entry, or `{}`.
fn entries<T>(
    out: &mut String,
    depth: usize,
    key: &str,
    entries: &Entries<T>,
    print: impl Fn(&mut String, usize, &T),
) {
    if entries.0.is_empty() {
        line(out, depth, &format!("{key}: {{}}"));
        return;
    }
    line(out, depth, &format!("{key}:"));
    for (name, value) in entries.iter() {
        line(out, depth + 1, &format!("{}:", plain(&name.value)));
        print(out, depth + 2, value);
    }
}

fn print_stage(out: &mut String, depth: usize, stage: &RunStage) {
    entries(out, depth, "loadtests", &stage.loadtests, print_test);
    entries(out, depth, "commands", &stage.commands, |out, depth, output| {
        print_output(out, depth, &output.output);
    });
}

fn print_test(out: &mut String, depth: usize, test: &Figures) {
    let figures = [
        ("connections", test.connections),
        ("seconds", test.seconds),
        ("requests", test.requests),
        ("success", test.success),
        ("rps", test.rps),
        ("p50", test.p50),
        ("p99", test.p99),
        ("success-p50", test.success_p50),
        ("success-p99", test.success_p99),
    ];
    for (key, value) in known(&figures) {
        line(out, depth, &format!("{key}: {value}"));
    }
    if test.errors.is_empty() {
        line(out, depth, "errors: []");
    } else {
        line(out, depth, "errors:");
        test.errors.iter().for_each(|error| line(out, depth + 1, &print_error(error)));
    }
    if !test.cpu.0.is_empty() {
        let cores = test.cpu.iter().map(|(service, cores)| (&service.value, cores.to_string()));
        line(out, depth, &format!("cpu: {}", mapping(cores)));
    }
    if !test.by_request.0.is_empty() {
        line(out, depth, "by-request:");
        for (request, figures) in test.by_request.iter() {
            line(out, depth + 1, &format!("{}: {}", plain(&request.value), print_request(figures)));
        }
    }
}

fn print_error(error: &ErrorCount) -> String {
    let share = error.share.map(|share| format!(", share: {share}")).unwrap_or_default();
    format!("- {{message: {}, count: {}{share}}}", quoted(&error.message), error.count)
}

fn print_request(figures: &RequestFigures) -> String {
    let all = [
        ("success", figures.success),
        ("rps", figures.rps),
        ("p50", figures.p50),
        ("p99", figures.p99),
        ("success-p50", figures.success_p50),
        ("success-p99", figures.success_p99),
    ];
    mapping(known(&all))
}

fn known<'k>(figures: &[(&'k str, Option<f64>)]) -> impl Iterator<Item = (&'k str, String)> {
    figures.iter().filter_map(|(key, value)| Some((*key, (*value)?.to_string())))
}

/// An output: as it looked in the terminal where YAML can hold it so, else in quotes.
fn print_output(out: &mut String, depth: usize, text: &str) {
    if !fits_block(text) {
        line(out, depth, &format!("output: {}", quoted(text)));
        return;
    }
    // The text may begin with blanks, so the block says how deep it is.
    line(out, depth, "output: |2-");
    for text in text.split('\n') {
        if text.is_empty() {
            out.push('\n');
        } else {
            line(out, depth + 1, text);
        }
    }
}

/// Whether a block scalar gives back the text: it has something in its first and last line, no
/// line end of its own at the end, and nothing that a terminal would not show as it is.
fn fits_block(text: &str) -> bool {
    let shown = |c: char| c == '\n' || c == '\t' || !needs_escape(c);
    let filled = |line: Option<&str>| line.is_some_and(|line| !line.trim().is_empty());
    filled(text.split('\n').next()) && filled(text.rsplit('\n').next()) && text.chars().all(shown)
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{:1$}{text}", "", depth * 2);
}

fn mapping(pairs: impl IntoIterator<Item = (impl AsRef<str>, String)>) -> String {
    let pairs: Vec<String> =
        pairs.into_iter().map(|(key, value)| format!("{}: {value}", plain(key.as_ref()))).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// A key or a hash without quotes where nothing else could be meant.
fn plain(text: &str) -> String {
    const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];
    let simple = text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with(':')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | ':'))
        && !WORDS.contains(&text);
    if simple { text.to_owned() } else { quoted(text) }
}
