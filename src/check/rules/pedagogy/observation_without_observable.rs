//! `pedagogy/observation-without-observable`.

use super::reading::{ExercisePage, exercise_pages};
use super::text::{is_gap, words};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/observation-without-observable",
    severity: Severity::Warning,
    what: "An observation question does not say what to look at.",
    why: "Without a panel, a figure or a command, learners write down an impression, and nothing can be compared with it.",
    fix: "Name the panel as `[](panel:id)`, the figure (`p99`, the success rate), or the command whose output is meant.",
    source: "platform-vision.md, Platform Assessment Layer",
    params: &[],
    bad: &[
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n",
            guess!(),
            ":::question{#what-you-see kind=«observation»}\nWhat do you notice? Describe it in your own words.\n\n:::answer\nThe requests wait for one another.\n:::\n:::\n\n",
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix!(),
            ":::question{#better kind=«observation»}\nIs it better now than it was in the morning?\n\n:::answer\nYes, see [](panel:http-request-duration-ms-p50).\n:::\n:::\n\n",
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            fix!(),
            ":::question{#better kind=observation}\nFill this in.\n\n:::box\n```text\nSuccess rate:\nThe slowest wait:\n```\n:::\n\n:::answer\nEverybody is served at once.\n:::\n:::\n\n",
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix!(),
            "```bash {#ask in=app}\ncurl -s localhost:3000/feed\n```\n\n:::question{#asked kind=observation}\nWhat did `curl` print?\n\n:::answer\nTwenty posts.\n:::\n:::\n\n:::question{#line kind=observation}\nHow steep is the line in Grafana?\n\n:::answer\nFlat.\n:::\n:::\n\n",
            after_fix!()
        ),
    ],
};

/// Words for what can be read off somewhere.
const OBSERVABLE: [&str; 42] = [
    "graph",
    "graphs",
    "panel",
    "panels",
    "dashboard",
    "grafana",
    "prometheus",
    "metric",
    "metrics",
    "p50",
    "p90",
    "p95",
    "p99",
    "latency",
    "percent",
    "percentage",
    "rate",
    "rates",
    "throughput",
    "seconds",
    "milliseconds",
    "ms",
    "log",
    "logs",
    "output",
    "prints",
    "printed",
    "plan",
    "table",
    "figures",
    "figure",
    "errors",
    "messages",
    "status",
    "count",
    "counts",
    "rows",
    "terminal",
    "cpu",
    "memory",
    "connections",
    "requests",
];

/// Looks at what the question asks, its box included; the answer is not read beforehand.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        for question in page.questions().filter(|question| question.kind() == "observation") {
            let text: String =
                question.prompt().map(|block| checked.files.slice(block.span)).collect::<Vec<_>>().join("\n");
            if names_something(&page, &text) {
                continue;
            }
            let message = "this question does not say what to look at";
            let help = match page.scenario.panels.first() {
                Some(panel) => {
                    format!("name a panel, such as `[](panel:{})`, a figure or a command", panel.id)
                }
                None => "name a panel, a figure or a command".to_owned(),
            };
            sink.push(Diagnostic::new(&SPEC, question.kind_span(), message).help(help));
        }
    }
}

fn names_something(page: &ExercisePage<'_>, text: &str) -> bool {
    if is_gap(text) || text.contains('`') || text.contains("](panel:") || text.contains("](run:") {
        return true;
    }
    let lower = text.to_lowercase();
    let named = |name: &str| lower.contains(&name.to_lowercase());
    if lower.contains("load test") || page.scenario.panels.iter().any(|panel| named(&panel.title.value)) {
        return true;
    }
    words(text).iter().any(|word| OBSERVABLE.contains(&word.text.as_ref()))
}
