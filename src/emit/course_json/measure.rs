//! The shape of what is measured: metrics, panels, load tests, recorded figures.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::manifest::measure::{LoadTest, Metric, Panel, Parameter};
use crate::manifest::run::{Figures, RequestFigures, Run};
use crate::syntax::yaml::{Entries, Text};

/// A number that is written without a fraction when it has none.
#[derive(Clone, Copy, Debug, JsonSchema)]
#[schemars(transparent)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if self.0.fract() == 0.0 && self.0.abs() < EXACT {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            return serializer.serialize_i64(self.0 as i64);
        }
        serializer.serialize_f64(self.0)
    }
}

/// A metric that the app exports.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MetricData {
    pub name: String,
    /// `counter`, `gauge` or `histogram`.
    #[serde(rename = "type")]
    pub type_: String,
    pub labels: Vec<String>,
    /// Upper bounds of a histogram's buckets.
    pub buckets: Vec<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A panel of the dashboard.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PanelData {
    pub id: String,
    pub title: String,
    /// `timeseries`, `stat`, `gauge` or `table`.
    pub view: String,
    /// As Grafana names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What it draws, each as the author wrote it: a selector with its function, or PromQL.
    pub series: Vec<SeriesData>,
}

/// A line of a panel.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeriesData {
    /// `rate`, `ratio`, `quantile`, `gauge` or `promql`.
    pub function: String,
    /// What it applies to: one selector or expression, for a ratio two.
    pub of: Vec<String>,
    /// Which quantile, between 0 and 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantile: Option<Number>,
    /// Labels that are kept apart.
    pub by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legend: Option<String>,
}

/// A load test.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadTestData {
    pub id: String,
    /// The service that it calls.
    pub target: String,
    /// `mix` or `each`.
    pub mode: String,
    pub connections: u32,
    pub seconds: u32,
    pub requests: Vec<RequestData>,
}

/// A request of a load test.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestData {
    pub id: String,
    pub method: String,
    pub path: String,
    pub weight: u32,
}

/// Something that can be turned.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ParameterData {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A string, a number or a boolean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The values it can take, where they are listed.
    pub values: Vec<serde_json::Value>,
}

/// What the last rehearsal saw.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunData {
    /// The day, `2026-11-20`.
    pub on: String,
    /// `native` or `compose`.
    pub driver: String,
    pub cores: u32,
    /// The inputs that it ran on; figures are current when this equals the scenario's `inputs`.
    pub inputs: String,
    pub stages: Vec<RunStageData>,
}

/// What one stage showed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunStageData {
    /// `broken`, or the id of a fix.
    pub stage: String,
    pub loadtests: Vec<FiguresData>,
}

/// The figures of a load test, or of one of its requests.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FiguresData {
    /// Id of the load test or of the request.
    pub id: String,
    /// Percentage answered with success.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<Number>,
    /// Successful answers per second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rps: Option<Number>,
    /// Median latency in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<Number>,
    /// 99th percentile of the latency in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p99: Option<Number>,
    /// The same by request.
    pub requests: Vec<FiguresData>,
}

fn text(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

pub(super) fn metric_data(metric: &Metric) -> MetricData {
    MetricData {
        name: metric.name.value.clone(),
        type_: metric.type_.word().to_owned(),
        labels: metric.labels.iter().map(|label| label.value.clone()).collect(),
        buckets: metric.buckets.iter().copied().map(Number).collect(),
        unit: metric.unit.clone(),
        help: text(metric.help.as_ref()),
    }
}

pub(super) fn panel_data(panel: &Panel) -> PanelData {
    PanelData {
        id: panel.id.text.clone(),
        title: panel.title.value.clone(),
        view: panel.view.word().to_owned(),
        unit: panel.unit.as_ref().map(|unit| unit.value.clone()),
        help: text(panel.help.as_ref()),
        series: panel.series.iter().filter_map(series_data).collect(),
    }
}

fn series_data(series: &crate::manifest::measure::Series) -> Option<SeriesData> {
    let quantile = series.quantile.as_ref();
    let single = [("rate", &series.rate), ("gauge", &series.gauge), ("promql", &series.promql)]
        .into_iter()
        .find_map(|(function, of)| of.as_ref().map(|of| (function, vec![of.value.clone()])));
    let ratio =
        || series.ratio.as_ref().map(|of| ("ratio", of.iter().map(|part| part.value.clone()).collect()));
    let (function, of) =
        single.or_else(ratio).or_else(|| quantile.map(|q| ("quantile", vec![q.of.value.clone()])))?;
    let by = series.by.as_ref().or(quantile.and_then(|quantile| quantile.by.as_ref()));
    Some(SeriesData {
        function: function.to_owned(),
        of,
        quantile: quantile.map(|quantile| Number(quantile.q)),
        by: by.map(|by| by.0.iter().map(|label| label.value.clone()).collect()).unwrap_or_default(),
        legend: series.legend.clone(),
    })
}

pub(super) fn loadtest_data(test: &LoadTest) -> LoadTestData {
    let request = |request: &crate::manifest::measure::Request| RequestData {
        id: request.id.text.clone(),
        method: request.method.word().to_owned(),
        path: request.path.value.clone(),
        weight: request.weight,
    };
    LoadTestData {
        id: test.id.text.clone(),
        target: test.target.value.clone(),
        mode: test.mode.word().to_owned(),
        connections: test.connections.value,
        seconds: test.seconds.value,
        requests: test.requests.iter().map(request).collect(),
    }
}

pub(super) fn parameter_data(parameter: &Parameter) -> ParameterData {
    ParameterData {
        name: parameter.name.value.clone(),
        help: text(parameter.help.as_ref()),
        default: parameter.default.as_ref().map(|value| value.json.clone()),
        min: parameter.min.map(Number),
        max: parameter.max.map(Number),
        unit: parameter.unit.clone(),
        values: parameter.values.iter().map(|value| value.json.clone()).collect(),
    }
}

pub(super) fn run_data(run: &Run) -> RunData {
    let stages = run.stages.iter().map(|(stage, seen)| RunStageData {
        stage: stage.value.clone(),
        loadtests: seen.loadtests.iter().map(|(id, figures)| figures_data(&id.value, figures)).collect(),
    });
    RunData {
        on: run.recorded.on.text.clone(),
        driver: run.recorded.driver.word().to_owned(),
        cores: run.recorded.cores,
        inputs: run.inputs.value.clone(),
        stages: stages.collect(),
    }
}

fn figures_data(id: &str, figures: &Figures) -> FiguresData {
    FiguresData {
        id: id.to_owned(),
        success: figures.success.map(Number),
        rps: figures.rps.map(Number),
        p50: figures.p50.map(Number),
        p99: figures.p99.map(Number),
        requests: request_figures(&figures.by_request),
    }
}

fn request_figures(by_request: &Entries<RequestFigures>) -> Vec<FiguresData> {
    let figures = |(id, figures): &(crate::source::Spanned<String>, RequestFigures)| FiguresData {
        id: id.value.clone(),
        success: figures.success.map(Number),
        rps: figures.rps.map(Number),
        p50: figures.p50.map(Number),
        p99: figures.p99.map(Number),
        requests: Vec::new(),
    };
    by_request.iter().map(figures).collect()
}
