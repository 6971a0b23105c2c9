//! From panels as declared to PromQL, and the panels that metrics get by themselves.

use crate::manifest::measure::{Metric, MetricType, Panel, Quantile, Series, View};
use crate::source::{Span, Spanned};
use crate::syntax::yaml::{Entries, Id, OneOrMany, Text};

/// How often Prometheus reads the app's metrics.
pub const SCRAPE_INTERVAL_SECONDS: u32 = 5;

/// The window of every rate: six scrapes, so that one that is lost leaves no gap
/// (the rule `prometheus/rate-window-too-short` wants four).
pub const RATE_WINDOW: &str = "30s";

/// Panels for a scenario that declares none: a counter becomes a rate, a histogram its median and
/// its 99th percentile, a gauge its value.
#[must_use]
pub fn default_panels(metrics: &[Metric]) -> Vec<Panel> {
    metrics.iter().flat_map(default_of).collect()
}

fn default_of(metric: &Metric) -> Vec<Panel> {
    let name = &metric.name;
    let of = || Some(name.clone());
    let words = words_of(&name.value);
    match metric.type_ {
        MetricType::Counter => {
            let title = format!("{words} per second");
            let unit = rate_unit(metric);
            vec![panel(metric, "", title, unit, Series { rate: of(), ..empty(name.span) })]
        }
        MetricType::Gauge => {
            let unit = metric.unit.clone().unwrap_or_else(|| unit_of(&name.value).to_owned());
            vec![panel(metric, "", words, &unit, Series { gauge: of(), ..empty(name.span) })]
        }
        MetricType::Histogram => {
            let unit = metric.unit.clone().unwrap_or_else(|| unit_of(&name.value).to_owned());
            [(0.5, "p50"), (0.99, "p99")]
                .map(|(q, short)| {
                    let quantile = Quantile { of: name.clone(), q, by: None, span: name.span };
                    let series = Series { quantile: Some(quantile), ..empty(name.span) };
                    panel(metric, short, format!("{short}: {}", lower_first(&words)), &unit, series)
                })
                .into()
        }
    }
}

fn panel(metric: &Metric, suffix: &str, title: String, unit: &str, series: Series) -> Panel {
    let span = metric.name.span;
    let id = format!("{} {suffix}", metric.name.value).trim().replace(['_', ' ', ':'], "-").to_lowercase();
    let help = match (&metric.help, metric.type_) {
        (None, _) => default_help(metric, suffix),
        // Two panels of one metric: what they show is the same, how they sum it up is not.
        (Some(help), MetricType::Histogram) => format!("{} {}", help.value, default_help(metric, suffix)),
        (Some(help), _) => help.value.clone(),
    };
    Panel {
        id: Id { text: id, span },
        title: Spanned::new(title, span),
        view: View::Timeseries,
        unit: Some(Spanned::new(unit.to_owned(), span)),
        help: Some(Text { value: help, span }),
        thresholds: Entries::default(),
        series: vec![series],
        span,
    }
}

fn default_help(metric: &Metric, suffix: &str) -> String {
    match (metric.type_, suffix) {
        (MetricType::Counter, _) => format!("How fast `{}` grows.", metric.name.value),
        (MetricType::Gauge, _) => format!("The value of `{}`.", metric.name.value),
        (MetricType::Histogram, "p50") => "Half of the observations are below this, half above.".to_owned(),
        (MetricType::Histogram, _) => "Ninety-nine of a hundred observations are below this.".to_owned(),
    }
}

fn empty(span: Span) -> Series {
    Series {
        rate: None,
        ratio: None,
        quantile: None,
        gauge: None,
        promql: None,
        by: None,
        legend: None,
        span,
    }
}

/// "HTTP request duration" of `http_request_duration_ms`: without the unit, which the axis shows.
fn words_of(name: &str) -> String {
    let bare = name.strip_suffix("_total").unwrap_or(name);
    let bare = UNITS.iter().find_map(|(suffix, _)| bare.strip_suffix(suffix)).unwrap_or(bare);
    let words: Vec<String> = bare.split(['_', ':']).map(word_of).collect();
    upper_first(&words.join(" "))
}

fn word_of(word: &str) -> String {
    if ACRONYMS.contains(&word) { word.to_uppercase() } else { word.to_owned() }
}

/// Parts of metric names that are letters, not words.
const ACRONYMS: [&str; 17] = [
    "api", "cdn", "cpu", "db", "dns", "gc", "gpu", "grpc", "http", "id", "io", "jwt", "sql", "tcp", "tls",
    "ttl", "url",
];

/// What names of metrics end with, and Grafana's word for it.
const UNITS: [(&str, &str); 8] = [
    ("_milliseconds", "ms"),
    ("_bytes_per_sec", "Bps"),
    ("_bytes_per_second", "Bps"),
    ("_per_second", "cps"),
    ("_seconds", "s"),
    ("_percent", "percent"),
    ("_bytes", "bytes"),
    ("_ms", "ms"),
];

fn unit_of(name: &str) -> &'static str {
    UNITS.iter().find(|(suffix, _)| name.ends_with(suffix)).map_or("short", |(_, unit)| unit)
}

/// The unit of a counter's rate: what it counts, per second.
fn rate_unit(metric: &Metric) -> &'static str {
    let name = &metric.name.value;
    let bare = name.strip_suffix("_total").unwrap_or(name);
    match (metric.unit.as_deref(), unit_of(bare)) {
        (Some("bytes"), _) | (None, "bytes") => "Bps",
        _ if name.contains("request") => "reqps",
        _ => "cps",
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// "Request duration" inside a title; an acronym stays as it is.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let (Some(first), second) = (letters.next(), letters.clone().next()) else { return String::new() };
    if second.is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// The PromQL of each of a panel's series, in order. A series that says nothing gives an empty text.
#[must_use]
pub fn panel_expressions(panel: &Panel) -> Vec<String> {
    panel.series.iter().map(series_expression).collect()
}

/// How many of the keys that make a series are there; it must be one.
pub(super) fn kinds_of(series: &Series) -> usize {
    [
        series.rate.is_some(),
        series.ratio.is_some(),
        series.quantile.is_some(),
        series.gauge.is_some(),
        series.promql.is_some(),
    ]
    .into_iter()
    .filter(|present| *present)
    .count()
}

/// The labels that a series keeps apart.
pub(super) fn labels_of(series: &Series) -> Vec<&str> {
    let own = series.by.as_ref();
    let by = series.quantile.as_ref().and_then(|quantile| quantile.by.as_ref()).or(own);
    by.map_or(Vec::new(), label_names)
}

fn label_names(by: &OneOrMany<Spanned<String>>) -> Vec<&str> {
    by.0.iter().map(|label| label.value.as_str()).collect()
}

fn series_expression(series: &Series) -> String {
    let labels = labels_of(series);
    let sum = sum_by(&labels);
    if let Some(of) = &series.rate {
        let rate = format!("{sum}(rate({}[{RATE_WINDOW}]))", of.value);
        // A counter that has not counted yet does not exist; nothing happened, so the line is zero.
        return if labels.is_empty() { format!("{rate} or vector(0)") } else { rate };
    }
    if let Some([part, whole]) = series.ratio.as_deref() {
        let part = format!("{sum}(rate({}[{RATE_WINDOW}]))", part.value);
        let whole = format!("{sum}(rate({}[{RATE_WINDOW}]))", whole.value);
        // None of the whole is 0 %, and not an empty panel; a share of no traffic is no number at all.
        return format!("100 * ({part} or 0 * {whole}) / ({whole} > 0)");
    }
    if let Some(quantile) = &series.quantile {
        let mut labels = labels;
        labels.insert(0, "le");
        let of = with_suffix(&quantile.of.value, "_bucket");
        return format!("histogram_quantile({}, {}(rate({of}[{RATE_WINDOW}])))", quantile.q, sum_by(&labels));
    }
    if let Some(of) = &series.gauge {
        return format!("{sum}({})", of.value);
    }
    series.promql.as_ref().map(|own| own.value.trim().to_owned()).unwrap_or_default()
}

fn sum_by(labels: &[&str]) -> String {
    if labels.is_empty() { "sum".to_owned() } else { format!("sum by ({}) ", labels.join(", ")) }
}

/// `name{…}` with a suffix on the name.
fn with_suffix(selector: &str, suffix: &str) -> String {
    let selector = selector.trim();
    let at = selector.find('{').unwrap_or(selector.len());
    let (name, rest) = selector.split_at(at);
    let name = name.trim_end();
    if name.ends_with(suffix) { selector.to_owned() } else { format!("{name}{suffix}{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(change: impl FnOnce(&mut Series)) -> String {
        let mut series = empty(Span::nowhere());
        change(&mut series);
        series_expression(&series)
    }

    fn text(value: &str) -> Spanned<String> {
        Spanned::new(value.to_owned(), Span::nowhere())
    }

    #[test]
    fn titles_leave_the_unit_to_the_axis() {
        for (name, words, unit) in [
            ("http_request_duration_ms", "HTTP request duration", "ms"),
            ("db_cpu_percent", "DB CPU", "percent"),
            ("disk_bytes_per_sec", "Disk", "Bps"),
            ("replication_lag_seconds", "Replication lag", "s"),
            ("open_connections", "Open connections", "short"),
        ] {
            assert_eq!((words_of(name).as_str(), unit_of(name)), (words, unit));
        }
        assert_eq!(lower_first("Request duration"), "request duration");
        assert_eq!(lower_first("HTTP request duration"), "HTTP request duration");
    }

    #[test]
    fn rates_are_zero_where_nothing_happened() {
        let made = series(|series| series.rate = Some(text("hits_total{code=~\"5..\"}")));
        assert_eq!(made, "sum(rate(hits_total{code=~\"5..\"}[30s])) or vector(0)");
    }

    #[test]
    fn quantiles_keep_le_and_the_labels_asked_for() {
        let made = series(|series| {
            let by = Some(OneOrMany(vec![text("route")]));
            let of = text("took_ms{route=\"/feed\"}");
            series.quantile = Some(Quantile { of, q: 0.99, by, span: Span::nowhere() });
        });
        let expected =
            "histogram_quantile(0.99, sum by (le, route) (rate(took_ms_bucket{route=\"/feed\"}[30s])))";
        assert_eq!(made, expected);
    }

    #[test]
    fn every_kind_of_series_is_promql() {
        let by = || Some(OneOrMany(vec![text("route")]));
        let made = [
            series(|series| series.ratio = Some(vec![text("a_total{x=\"1\"}"), text("a_total")])),
            series(|series| {
                series.ratio = Some(vec![text("a_total{x=\"1\"}"), text("a_total")]);
                series.by = by();
            }),
            series(|series| series.gauge = Some(text("open"))),
            series(|series| {
                series.rate = Some(text("a_total"));
                series.by = by();
            }),
        ];
        for expression in made {
            assert!(promql_parser::parser::parse(&expression).is_ok(), "{expression}");
        }
    }
}
