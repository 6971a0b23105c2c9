//! `grafana/unknown-label-value`.

use super::unknown_route::for_each_asked;
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/unknown-label-value",
    severity: Severity::Error,
    what: "A panel asks for a value that a label never has.",
    why: "The code sets this label to a few constant values; any other matches nothing, and the panel stays empty.",
    fix: "Write one of the values that the code sets.",
    source: "beside grafana/unknown-route, for labels that hold something else than a route",
    params: &[],
    bad: &[
        panel!("{rate: 'http_requests_total{method=\"«get»\"}'}"),
        panel!("{promql: 'sum(rate(http_requests_total{method=~\"GET|«CREATE»\"}[30s]))'}"),
    ],
    good: &[
        panel!("{rate: 'http_requests_total{method=~\"GET|POST\"}'}"),
        panel!("{rate: 'http_requests_total{method=~\"P.*\",status_code=\"299\"}'}"),
    ],
};

/// Compares the values that panels ask for with those that the code sets.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_asked(checked, |read, matcher, values| {
        if values.routes {
            return;
        }
        for (choice, at) in matcher.choices() {
            if choice.is_empty() || values.all.iter().any(|value| matcher.choice_accepts(&choice, value)) {
                continue;
            }
            let message = format!("the label `{}` never has the value `{choice}`", matcher.label);
            let help = match closest(&choice, values.all.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "its values are {}",
                    values.all.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
                ),
            };
            sink.push(read.shown.finding(checked.files, &SPEC, at, message).help(help));
        }
    });
}
