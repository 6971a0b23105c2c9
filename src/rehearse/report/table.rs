//! The end of a rehearsal for people: figures of every stage, then the checks, then the verdict.

use unicode_width::UnicodeWidthStr;

use super::grid::{Align, Column, plain, print_grid, wrap};
use crate::manifest::expectation::Measure;
use crate::rehearse::figure::{Spread, figure, measure_words, percent, ratio};
use crate::rehearse::judge::{At, Failures, cpu_medians, left_out, runs_of, share};
use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::plan::Plan;
use crate::rehearse::verdict::{Check, Judgement, Verdict};

/// The widest line, in columns of a terminal.
const WIDTH: usize = 100;

const MEASURES: [Measure; 4] = [Measure::Success, Measure::Rps, Measure::P50, Measure::P99];

const COLUMNS: [Column; 7] = [
    Column { heading: "stage", align: Align::Left, most: Some(24) },
    Column { heading: "success", align: Align::Right, most: Some(7) },
    Column { heading: "goodput", align: Align::Right, most: Some(9) },
    Column { heading: "p50", align: Align::Right, most: Some(9) },
    Column { heading: "p99", align: Align::Right, most: Some(9) },
    Column { heading: "main error", align: Align::Left, most: None },
    Column { heading: "busiest", align: Align::Left, most: Some(BUSIEST_WIDTH) },
];
const BUSIEST_WIDTH: usize = 14;

/// Everything that a rehearsal showed, as plain text: medians of the rounds, main errors and busiest
/// services for every stage and control; all checks with what was seen; a line with the verdict. No
/// line is wider than 100 columns.
#[must_use]
pub fn table(plan: &Plan, rehearsed: &Rehearsed, judgement: &Judgement) -> String {
    let mut out = String::new();
    for test in tests_of(plan) {
        out.push_str(&print_test(plan, rehearsed, test));
        out.push('\n');
    }
    for check in &judgement.checks {
        out.push_str(&print_check(check));
    }
    for stage in &plan.stages {
        for command in left_out(stage, rehearsed) {
            out.push_str(&wrap(&left_out_line(&stage.id, command), WIDTH, 4));
        }
    }
    out.push('\n');
    out.push_str(&wrap(&verdict_line(plan, judgement), WIDTH, 2));
    out
}

/// The ids of all load tests, in order.
fn tests_of(plan: &Plan) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for test in plan.stages.iter().flat_map(|stage| &stage.loadtests) {
        if !ids.contains(&test.id.as_str()) {
            ids.push(test.id.as_str());
        }
    }
    ids
}

fn print_test(plan: &Plan, rehearsed: &Rehearsed, test: &str) -> String {
    let stages = plan.stages.iter().map(|stage| (stage.id.clone(), At::Stage(&stage.id)));
    let controls = plan.controls.iter().enumerate();
    let controls = controls.map(|(at, control)| (format!("control: {}", control.title), At::Control(at)));
    let rows: Vec<(String, Vec<&TestRun>)> = stages
        .chain(controls)
        .map(|(name, at)| (name, runs_of(rehearsed, at, test)))
        .filter(|(_, runs)| !runs.is_empty())
        .collect();
    let all: Vec<&TestRun> = rows.iter().flat_map(|(_, runs)| runs.iter().copied()).collect();
    let cells: Vec<Vec<String>> = rows.iter().flat_map(|(name, runs)| print_rows(name, runs)).collect();
    let head = format!(
        "load test {test}: {} connections for {} s, medians of {}",
        range(all.iter().map(|run| run.connections)),
        range(all.iter().map(|run| run.seconds)),
        match rehearsed.rounds.len() {
            1 => "one round".to_owned(),
            rounds => format!("{rounds} rounds"),
        }
    );
    format!("{}{}", wrap(&head, WIDTH, 2), print_grid(&COLUMNS, &cells, WIDTH))
}

/// `50`, or `50–200` where stages differ.
fn range(values: impl Iterator<Item = u32> + Clone) -> String {
    match (values.clone().min(), values.max()) {
        (Some(min), Some(max)) if min != max => format!("{min}–{max}"),
        (min, _) => min.unwrap_or(0).to_string(),
    }
}

/// One row for a stage, and one for each request if there are several.
fn print_rows(name: &str, runs: &[&TestRun]) -> Vec<Vec<String>> {
    let mut row = vec![plain(name)];
    row.extend(MEASURES.map(|measure| cell(runs, measure, None)));
    row.push(main_error(runs));
    row.push(cpu_medians(runs).first().map(busiest).unwrap_or_default());
    let mut rows = vec![row];
    let requests = runs.first().map_or(&[][..], |run| run.load.requests.as_slice());
    if requests.len() > 1 {
        rows.extend(requests.iter().map(|request| {
            let mut row = vec![format!("  {}", request.id)];
            row.extend(MEASURES.map(|measure| cell(runs, measure, Some(&request.id))));
            row
        }));
    }
    rows
}

fn cell(runs: &[&TestRun], measure: Measure, request: Option<&str>) -> String {
    let values: Vec<f64> = runs.iter().filter_map(|run| figure(run, measure, request)).collect();
    Spread::of(&values).map_or_else(|| "–".to_owned(), |spread| measure_words(measure, spread.median))
}

/// `98.5 % sorry, too many …`: the share comes first, as the message is what can be cut.
fn main_error(runs: &[&TestRun]) -> String {
    let failures = Failures::of(runs.iter().copied());
    let silent = failures.silent();
    let (message, count) = match failures.kinds.first() {
        Some((message, count)) if *count >= silent => (plain(message), *count),
        _ if silent > 0 => ("(no message)".to_owned(), silent),
        _ => return String::new(),
    };
    format!("{} {message}", percent(share(count, failures.total())))
}

fn busiest((service, cores): &(&str, f64)) -> String {
    let cores = ratio(*cores);
    let name = super::grid::cut(&plain(service), BUSIEST_WIDTH.saturating_sub(cores.width() + 1));
    format!("{name} {cores}")
}

fn print_check(check: &Check) -> String {
    let mark = match check.verdict {
        Verdict::Passed => "✓",
        Verdict::Inconclusive => "?",
        Verdict::Failed => "✗",
    };
    wrap(&format!("{mark} {}: {}: {}", plain(&check.stage), check.what, check.detail), WIDTH, 4)
}

/// A command that could not be run is said to be so, and does not count.
fn left_out_line(stage: &str, command: &str) -> String {
    format!(
        "– {}: command `{command}`: left out: it is typed on the machine on which the containers run, and \
         here are none; `--driver compose` runs it",
        plain(stage)
    )
}

/// `A slow feed passed: 12 checks`.
fn verdict_line(plan: &Plan, judgement: &Judgement) -> String {
    let all = judgement.checks.len();
    let count = |verdict| judgement.checks.iter().filter(|check| check.verdict == verdict).count();
    let checks = if all == 1 { "1 check".to_owned() } else { format!("{all} checks") };
    match judgement.verdict() {
        Verdict::Passed => format!("{} passed: {checks}", plan.title),
        Verdict::Inconclusive => {
            format!("{} is inconclusive: {} of {checks}", plan.title, count(Verdict::Inconclusive))
        }
        Verdict::Failed => {
            let unsure = match count(Verdict::Inconclusive) {
                0 => String::new(),
                unsure => format!(", {unsure} inconclusive"),
            };
            format!("{} failed: {} of {checks}{unsure}", plan.title, count(Verdict::Failed))
        }
    }
}
