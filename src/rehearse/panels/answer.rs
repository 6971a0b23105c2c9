//! From what Prometheus answers to what a panel shows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::rehearse::measured::{MetricSeen, PanelRun, Series};
use crate::syntax::yaml::closest;

use super::grafana::legend_name;
use super::{PanelQuery, metrics_of};

type Labels = BTreeMap<String, String>;

/// What the script prints.
#[derive(Deserialize)]
struct Answers {
    /// One for each query.
    answers: Vec<Answered>,
    metrics: Vec<Exported>,
    /// Every metric that has series; only filled if one of the others has none.
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Answered {
    range: Response,
    /// For quantiles, the value over the whole load test.
    whole: Option<Response>,
}

/// An answer of Prometheus.
#[derive(Deserialize)]
struct Response {
    data: Option<Data>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "resultType", content = "result", rename_all = "lowercase")]
enum Data {
    Matrix(Vec<Line>),
    Vector(Vec<Point>),
    Scalar(Sample),
}

#[derive(Deserialize)]
struct Line {
    metric: Labels,
    values: Vec<Sample>,
}

#[derive(Deserialize)]
struct Point {
    metric: Labels,
    value: Sample,
}

/// A time, and a value as text: it may be `NaN` or `+Inf`.
#[derive(Deserialize)]
struct Sample(f64, String);

#[derive(Deserialize)]
struct Exported {
    name: String,
    series: Vec<Labels>,
}

/// The panels, from the answers to their queries. Points are counted from `begin`.
pub fn read_answers(
    queries: &[PanelQuery],
    text: &str,
    begin: f64,
) -> Result<Vec<PanelRun>, serde_json::Error> {
    let answers: Answers = serde_json::from_str(text)?;
    let seen: Vec<MetricSeen> =
        answers.metrics.into_iter().map(|found| seen_of(found, &answers.names)).collect();
    let mut panels: Vec<PanelRun> = Vec::new();
    for (query, answered) in queries.iter().zip(answers.answers) {
        if query.panel == panels.len() {
            let own = metrics_of(queries.iter().filter(|other| other.panel == query.panel));
            panels.push(PanelRun {
                title: query.title.clone(),
                unit: query.unit.clone(),
                kind: query.kind.clone(),
                reads: seen.iter().filter(|seen| own.contains(seen.name.as_str())).cloned().collect(),
                ..PanelRun::default()
            });
        }
        let Some(panel) = panels.last_mut() else { continue };
        if let Some(error) = &answered.range.error {
            panel.fault.get_or_insert_with(|| format!("{error}, in `{}`", query.expr));
        }
        panel.series.extend(series_of(query, answered, begin));
    }
    Ok(panels)
}

fn series_of(query: &PanelQuery, answered: Answered, begin: f64) -> Vec<Series> {
    let lines = match answered.range.data {
        Some(Data::Matrix(lines)) => lines,
        _ => Vec::new(),
    };
    let wholes = match answered.whole.and_then(|whole| whole.data) {
        Some(Data::Vector(points)) => points,
        Some(Data::Scalar(value)) => vec![Point { metric: Labels::new(), value }],
        _ => Vec::new(),
    };
    let series = lines.into_iter().map(|line| {
        let whole = wholes.iter().find(|point| point.metric == line.metric);
        let points = line.values.iter().filter_map(|sample| Some((sample.0 - begin, sample.number()?)));
        Series {
            expr: query.expr.clone(),
            name: legend_name(query.legend.as_deref(), &line.metric, &query.expr),
            points: points.collect(),
            whole: whole.and_then(|point| point.value.number()),
            labels: line.metric,
        }
    });
    series.collect()
}

impl Sample {
    /// The value, if it is a number that can be drawn.
    fn number(&self) -> Option<f64> {
        self.1.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

fn seen_of(found: Exported, names: &[String]) -> MetricSeen {
    let mut bounds: Vec<f64> = found
        .series
        .iter()
        .filter_map(|labels| labels.get("le")?.parse().ok())
        .filter(|bound: &f64| bound.is_finite())
        .collect();
    bounds.sort_by(f64::total_cmp);
    bounds.dedup();
    let plain = |mut labels: Labels| {
        labels.retain(|name, _| name != "le" && name != "__name__");
        labels
    };
    let series: BTreeSet<Labels> = found.series.into_iter().map(plain).collect();
    let similar = closest(&found.name, names.iter().map(String::as_str)).filter(|_| series.is_empty());
    MetricSeen { similar: similar.map(str::to_owned), name: found.name, series, bounds }
}
