//! Metrics and parameters as pages show them. Part of the contract with themes.

use serde::Serialize;

use crate::directive::with_thousands;
use crate::emit::print::html::{Links, escape_html, print_inline_html};
use crate::ir::RichText;
use crate::manifest::measure::{Metric, MetricType, Parameter};
use crate::syntax::yaml::{Scalar, Text};

use super::fill::fill_word;
use super::theme::Theme;

/// Between a number and its unit: they stay on one line.
const NO_BREAK: char = '\u{a0}';

/// A metric.
#[derive(Clone, Debug, Serialize)]
pub struct MetricView {
    /// HTML, inline: its name.
    pub title: String,
    /// HTML, inline: what it counts.
    pub text: String,
    /// `counter`, `gauge`, `histogram`.
    pub kind: &'static str,
    pub labels: Vec<String>,
    /// The unit in words; empty if it has none.
    pub unit: String,
    /// The buckets of a histogram in words; empty if none are given.
    pub buckets: String,
}

/// Something that can be turned.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterView {
    /// HTML, inline: its name.
    pub title: String,
    /// HTML, inline: what it does.
    pub text: String,
    /// Its value at the start; empty if not given.
    pub default: String,
    /// "1–100 ms", or the values one by one; empty if not given.
    pub range: String,
}

pub(super) fn metric_view(metric: &Metric, links: &Links<'_>, theme: &Theme) -> MetricView {
    let kind = match metric.type_ {
        MetricType::Counter => "counter",
        MetricType::Gauge => "gauge",
        MetricType::Histogram => "histogram",
    };
    let unit = metric.unit.as_deref().map(|unit| unit_word(unit, theme)).unwrap_or_default();
    let buckets = match &metric.buckets[..] {
        [] => String::new(),
        [only] => with_unit(&grouped(*only), &unit),
        [first, .., last] => fill_word(
            &theme.word("metric-buckets"),
            &[
                ("count", &metric.buckets.len().to_string()),
                ("from", &grouped(*first)),
                ("to", &with_unit(&grouped(*last), &unit)),
            ],
        ),
    };
    MetricView {
        title: format!("<code>{}</code>", escape_html(&metric.name.value)),
        text: help_html(metric.help.as_ref(), links),
        kind,
        labels: metric.labels.iter().map(|label| label.value.clone()).collect(),
        unit,
        buckets,
    }
}

pub(super) fn parameter_view(parameter: &Parameter, links: &Links<'_>, theme: &Theme) -> ParameterView {
    let unit = parameter.unit.as_deref().map(|unit| unit_word(unit, theme)).unwrap_or_default();
    let values: Vec<&str> = parameter.values.iter().map(|value| value.text.as_str()).collect();
    let range = match (parameter.min, parameter.max) {
        _ if !values.is_empty() => with_unit(&values.join(", "), &unit),
        (Some(min), Some(max)) => with_unit(&format!("{}–{}", grouped(min), grouped(max)), &unit),
        (Some(min), None) => fill_word(&theme.word("from-on"), &[("from", &with_unit(&grouped(min), &unit))]),
        (None, Some(max)) => fill_word(&theme.word("up-to"), &[("to", &with_unit(&grouped(max), &unit))]),
        (None, None) => String::new(),
    };
    let default = |value: &Scalar| with_unit(&value.text, &unit);
    ParameterView {
        title: format!("<code>{}</code>", escape_html(&parameter.name.value)),
        text: help_html(parameter.help.as_ref(), links),
        default: parameter.default.as_ref().map(default).unwrap_or_default(),
        range,
    }
}

/// A text of scenario.yml as HTML.
pub(super) fn help_html(help: Option<&Text>, links: &Links<'_>) -> String {
    let help = help.map(|help| help.value.as_str()).unwrap_or_default();
    print_inline_html(&RichText::plain(help), links)
}

/// A number as people write it: `9.9`, `3,090`.
pub(super) fn grouped(value: f64) -> String {
    let number = value.to_string();
    if value < 1000.0 { number } else { with_thousands(&number) }
}

/// A number and its unit on one line.
pub(super) fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.to_owned() } else { format!("{number}{NO_BREAK}{unit}") }
}

/// A unit as Grafana names it, in words; one that the theme has no word for stays as it is.
pub(super) fn unit_word(unit: &str, theme: &Theme) -> String {
    let key = format!("unit-{}", unit.to_lowercase());
    let word = theme.word(&key);
    if word == key { unit.to_owned() } else { word }
}
