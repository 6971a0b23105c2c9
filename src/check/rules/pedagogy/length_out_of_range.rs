//! `pedagogy/length-out-of-range`.

use super::fix_code::is_command;
use super::reading::{Event, ExercisePage, Kind, exercise_pages, manifest_of};
use super::text::{Code, plain_text, words};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::emit::review::TimeEstimate;
use crate::model::Role;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/length-out-of-range",
    severity: Severity::Warning,
    what: "An exercise takes far more or far less time than `minutes` says.",
    why: "Learners plan their evening by this number, and stop in the middle when it is wrong.",
    fix: "Correct `minutes`, or shorten the page. The estimate counts words, questions, commands, changes and the seconds of load tests.",
    source: "rules.md; platform-vision.md, The Curriculum",
    params: &[
        Param {
            name: "factor",
            default: 2.0,
            doc: "how many times longer or shorter than `minutes` an estimate may be",
        },
        Param { name: "words-per-minute", default: 180.0, doc: "how many words a learner reads in a minute" },
        Param { name: "command", default: 1.0, doc: "minutes to run a command and look at what it prints" },
        Param { name: "change", default: 3.0, doc: "minutes to make a change in the code" },
    ],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            "title: A slow answer\nstatus: ready\nminutes: «[120, 150]»\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            "title: A slow answer\nstatus: ready\nminutes: «5»\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n",
        )]),
    ],
    good: &[Example::file(&[(
        "content/scenarios/first/scenario.yml",
        "title: A slow answer\nstatus: ready\nminutes: [30, 45]\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n",
    )])],
};

/// Minutes until the environment runs and everything is open.
const START: f64 = 3.0;

/// Only where enough is given away that the page says how long it takes: from Running on, finding
/// the fault is most of the work.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    use crate::manifest::course::Scaffolding::{High, Medium};
    let factor = checked.settings.number(&SPEC, "factor").max(1.0);
    for page in exercise_pages(checked).filter(|page| matches!(page.scaffolding, High | Medium)) {
        let Some(minutes) = page.scenario.minutes.filter(|_| !page.is_unfinished(checked.files)) else { continue };
        let estimate = estimate(checked, &page).total();
        let (from, to) = (f64::from(minutes.from), f64::from(minutes.to));
        if estimate >= from / factor && estimate <= to * factor {
            continue;
        }
        let Some(node) = manifest_of(checked, page.written).and_then(|node| node.get("minutes").cloned())
        else {
            continue;
        };
        let about = (estimate / 5.0).round().max(1.0) * 5.0;
        let message = format!("the page takes about {about} minutes");
        let help = format!(
            "write `[{}, {}]`, or change how long the page is",
            (about * 0.8 / 5.0).round() * 5.0,
            (about * 1.2 / 5.0).round() * 5.0
        );
        sink.push(Diagnostic::new(&SPEC, node.span, message).help(help));
    }
}

/// How many minutes a page takes, and with what.
pub(super) fn estimate(checked: &Checked<'_>, page: &ExercisePage<'_>) -> TimeEstimate {
    let number = |name| checked.settings.number(&SPEC, name);
    let speed = number("words-per-minute").max(1.0);
    let mut time = TimeEstimate { words_per_minute: speed, start: START, ..TimeEstimate::default() };
    // Common questions and ways out are for those who need them.
    let is_read =
        |event: &&Event<'_>| !event.part.hidden && !matches!(event.role, Some(Role::Faq | Role::Stuck));
    for event in page.events.iter().filter(is_read) {
        match event.kind {
            Kind::Prose => {
                let words = word_count(checked, event);
                time.words += words;
                time.reading += words / speed;
            }
            Kind::Figure { .. } => time.looking += 0.3,
            Kind::Fence { language, attributes, .. } => {
                let is_typed = is_command(language) && attributes.get("output").is_none();
                if is_typed { time.commands += number("command") } else { time.looking += 0.5 }
            }
            Kind::Question(directive) => {
                let kind = directive.attributes.get("kind").map_or("", |kind| kind.value.as_str());
                *time.questions.entry(kind.to_owned()).or_default() += question_minutes(kind);
            }
            Kind::Change(_) => time.changes += number("change"),
            Kind::Loadtest(directive) => {
                let test = directive.attributes.get("test").map(|test| test.value.as_str());
                time.loadtests += number("command") + seconds(page, test) / 60.0;
            }
            Kind::Results(_) => time.loadtests += 2.0,
            Kind::Heading { .. } | Kind::Options(_) | Kind::Hint(_) => {}
        }
    }
    time
}

#[expect(clippy::cast_precision_loss, reason = "pages are short")]
fn word_count(checked: &Checked<'_>, event: &Event<'_>) -> f64 {
    words(&plain_text(checked.files, event.block, Code::Folded)).len() as f64
}

/// Thinking and writing takes longer than reading.
fn question_minutes(kind: &str) -> f64 {
    match kind {
        "prediction" | "choice" => 1.0,
        "reflection" => 3.0,
        "design" => 15.0,
        _ => 1.5,
    }
}

fn seconds(page: &ExercisePage<'_>, test: Option<&str>) -> f64 {
    let tests = &page.written.loadtests;
    let found = test.map_or(tests.first(), |id| tests.iter().find(|test| test.id.as_str() == id));
    found.map_or(0.0, |test| f64::from(test.seconds.value))
}
