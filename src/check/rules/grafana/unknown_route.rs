//! `grafana/unknown-route`.

use std::collections::BTreeSet;

use super::query::{Read, for_each_read};
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::promql::Matcher;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/unknown-route",
    severity: Severity::Error,
    what: "A panel asks for a route that the app does not have.",
    why: "The label holds the route's pattern as the code writes it, so another spelling never matches and the panel stays empty.",
    fix: "Write the pattern as it stands in the code, such as `/posts/:id`.",
    source: "rules.md",
    params: &[],
    bad: &[
        panel!("{rate: 'http_requests_total{route=\"«/feeds»\"}'}"),
        panel!("{quantile: {of: 'http_request_duration_ms{route=\"«/feed/»\"}', q: 0.5}}"),
        panel!("{promql: 'sum(rate(http_requests_total{route=~\"/feed|«/posts»\"}[30s])) or vector(0)'}"),
        panel!(
            "{promql: 'sum(rate(http_requests_total{method=\"GET\", route=~\"«/api/.+»\"}[30s])) or vector(0)'}"
        ),
    ],
    good: &[
        panel!("{rate: 'http_requests_total{route=\"/feed\"}'}"),
        panel!("{rate: 'http_requests_total{route=~\"/f.*|unmatched\"}'}"),
        panel!("{rate: 'http_requests_total{route!=\"/favicon.ico\",route!~\"/internal/.*\"}'}"),
        panel!("{promql: 'sum(rate(http_requests_total{route=~\".+\"}[30s]))'}"),
    ],
};

/// Compares the routes that panels ask for with those of the code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_asked(checked, |read, matcher, values| {
        if values.routes {
            report(checked, read, matcher, &values.all, sink);
        }
    });
}

/// All values that a label can take.
pub struct Known {
    pub all: BTreeSet<String>,
    /// Routes are among them.
    pub routes: bool,
}

/// Calls `visit` for everything that a panel asks of a label whose values the code tells.
pub fn for_each_asked(checked: &Checked<'_>, mut visit: impl FnMut(&Read<'_>, &Matcher, &Known)) {
    for_each_read(checked, |read| {
        let Some((_, exported)) = read.exported().filter(|_| !read.exports.open) else { return };
        for matcher in read.selector.matchers.iter().filter(|matcher| matcher.asks()) {
            let Some(values) = exported.labels.get(&matcher.label) else { continue };
            // An empty value asks for series without the label; a variable can be anything.
            if matcher.value.is_empty() || matcher.value.contains('$') {
                continue;
            }
            if let Some(all) = read.exports.values_of(values) {
                visit(&read, matcher, &Known { all, routes: values.routes || values.addresses });
            }
        }
    });
}

fn report(checked: &Checked<'_>, read: &Read<'_>, matcher: &Matcher, all: &BTreeSet<String>, sink: &Sink) {
    for (choice, at) in matcher.choices() {
        if choice.is_empty() || all.iter().any(|value| matcher.choice_accepts(&choice, value)) {
            continue;
        }
        let message = format!("no route of the app gives `{}` the value `{choice}`", matcher.label);
        let routes = || all.iter().map(String::as_str).filter(|value| *value != "/metrics");
        let help = match closest(&choice, routes()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "its values are {}",
                routes().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        sink.push(read.shown.finding(checked.files, &SPEC, at, message).help(help));
    }
}
