//! The Grafana dashboard, made from the panels. Built as data rather than from a template: its
//! layout is computed, and every panel owes the same settings.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::json::json_number;
use super::panel::{default_panels, kinds_of, labels_of, panel_expressions};
use super::request::Request;
use crate::diag::catalog::manifest as codes;
use crate::diag::{Diagnostic, Sink};
use crate::manifest::measure::{Panel, Series, View};

/// "P" and the first 16 hex digits of SHA-256("Prometheus"): what Grafana itself would give a data
/// source of that name. Pinned, because panels find their data by it (format.md, Codespaces facts).
pub const DATASOURCE_UID: &str = "PBFA97CFB590B2093";

/// The version of the dashboard format that is written.
const SCHEMA_VERSION: u32 = 41;

/// Columns of Grafana's grid.
const GRID: u32 = 24;

/// The longest uid that Grafana takes.
const MAX_UID: usize = 40;

/// A dashboard's uid: the scenario's id, so that its address stays when the scenario moves.
#[must_use]
pub fn dashboard_uid(scenario: &str) -> String {
    scenario.chars().take(MAX_UID).collect::<String>().trim_end_matches('-').to_owned()
}

/// The dashboard of a request. Panels that draw nothing are reported.
pub fn build_dashboard(request: &Request, sink: &Sink) -> Value {
    let defaults;
    let panels = if request.panels.is_empty() {
        defaults = default_panels(request.metrics);
        &defaults[..]
    } else {
        request.panels
    };
    for panel in panels {
        report_faults(panel, sink);
    }
    let places = lay_out(panels);
    let drawn: Vec<Value> = panels
        .iter()
        .zip(places)
        .enumerate()
        .map(|(at, (panel, place))| draw(panel, at + 1, place))
        .collect();
    json!({
        "uid": dashboard_uid(request.scenario.id),
        "title": request.scenario.title,
        "tags": [],
        "timezone": "browser",
        "editable": true,
        "graphTooltip": 1,
        "refresh": "5s",
        "time": { "from": "now-15m", "to": "now" },
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "templating": { "list": [] },
        "annotations": { "list": [] },
        "links": [],
        "panels": drawn,
    })
}

/// A printed dashboard under another title, which is a line of its own.
#[must_use]
pub fn retitled(dashboard: &str, title: &str) -> String {
    let mut retitled = String::with_capacity(dashboard.len());
    for line in dashboard.split_inclusive('\n') {
        if line.starts_with("  \"title\": ") {
            let _ = writeln!(retitled, "  \"title\": {},", Value::from(title));
        } else {
            retitled.push_str(line);
        }
    }
    retitled
}

fn report_faults(panel: &Panel, sink: &Sink) {
    if panel.series.is_empty() {
        let message = format!("the panel `{}` draws nothing", panel.id.text);
        let help = "give it a series, for example `series: [{rate: http_requests_total}]`";
        sink.push(Diagnostic::new(&codes::BAD_VALUE, panel.span, message).help(help));
    }
    for series in &panel.series {
        let found = kinds_of(series);
        if found != 1 {
            let message = format!(
                "a series is one of `rate`, `ratio`, `quantile`, `gauge`, `promql`; this has {found}"
            );
            let help = if found == 0 { "add one of them" } else { "make it several series" };
            sink.push(Diagnostic::new(&codes::BAD_VALUE, series.span, message).help(help));
        }
        if let Some(ratio) = &series.ratio
            && ratio.len() != 2
        {
            let message = format!("a ratio has two parts, this has {}", ratio.len());
            let help = "write the part and the whole: `ratio: ['errors_total', 'requests_total']`";
            sink.push(Diagnostic::new(&codes::BAD_VALUE, series.span, message).help(help));
        }
        if let Some(quantile) = &series.quantile
            && !(0.0..=1.0).contains(&quantile.q)
        {
            let message = format!("a quantile lies between 0 and 1, not at {}", quantile.q);
            sink.push(Diagnostic::new(&codes::BAD_VALUE, quantile.span, message).help("write 0.99 for p99"));
        }
    }
}

/// Where each panel lies: x, y, width, height. Rows are filled to the edge by their last panel, so
/// that there are neither gaps nor overlaps.
fn lay_out(panels: &[Panel]) -> Vec<(u32, u32, u32, u32)> {
    let mut places: Vec<(u32, u32, u32, u32)> = Vec::new();
    let (mut row, mut x, mut y) = (0, 0, 0);
    for (at, panel) in panels.iter().enumerate() {
        let width = if is_small(panel) { GRID / 4 } else { GRID / 2 };
        if x + width > GRID {
            y += finish_row(panels, &mut places, row);
            (row, x) = (at, 0);
        }
        places.push((x, y, width, 0));
        x += width;
    }
    finish_row(panels, &mut places, row);
    places
}

/// Widens the last panel of the row that starts at panel `row` and gives all the same height.
fn finish_row(panels: &[Panel], places: &mut [(u32, u32, u32, u32)], row: usize) -> u32 {
    let height = if panels[row.min(panels.len())..places.len()].iter().all(is_small) { 4 } else { 8 };
    for place in &mut places[row..] {
        place.3 = height;
    }
    if let Some(last) = places[row..].last_mut() {
        last.2 = GRID - last.0;
    }
    height
}

fn is_small(panel: &Panel) -> bool {
    matches!(panel.view, View::Stat | View::Gauge)
}

fn draw(panel: &Panel, id: usize, (x, y, w, h): (u32, u32, u32, u32)) -> Value {
    let datasource = json!({ "type": "prometheus", "uid": DATASOURCE_UID });
    let expressions = panel_expressions(panel);
    let targets: Vec<Value> = panel
        .series
        .iter()
        .zip(expressions)
        .enumerate()
        .map(|(at, (series, expression))| {
            json!({
                "refId": reference_id(at),
                "datasource": datasource,
                "expr": expression,
                "legendFormat": legend(panel, series),
                "range": !matches!(panel.view, View::Table),
                "instant": matches!(panel.view, View::Table),
            })
        })
        .collect();
    json!({
        "id": id,
        "type": panel.view.word(),
        "title": panel.title.value,
        "description": panel.help.as_ref().map(|help| help.value.as_str()).unwrap_or_default(),
        "gridPos": { "x": x, "y": y, "w": w, "h": h },
        "datasource": datasource,
        "targets": targets,
        "fieldConfig": { "defaults": field_defaults(panel), "overrides": [] },
        "options": options(panel),
    })
}

/// A, B, … Z, then S26, S27, …
fn reference_id(at: usize) -> String {
    u8::try_from(at)
        .ok()
        .filter(|at| *at < 26)
        .map_or_else(|| format!("S{at}"), |at| char::from(b'A' + at).to_string())
}

/// What a line is called: as declared, else by the labels it keeps apart, else as the panel.
fn legend(panel: &Panel, series: &Series) -> String {
    if let Some(own) = &series.legend {
        return own.clone();
    }
    let labels =
        labels_of(series).iter().map(|label| format!("{{{{{label}}}}}")).collect::<Vec<_>>().join(" ");
    let quantile = series.quantile.as_ref().map(|quantile| format!("p{}", quantile.q * 100.0));
    match (quantile, labels.is_empty()) {
        (Some(name), true) => name,
        (Some(name), false) => format!("{name} {labels}"),
        (None, false) => labels,
        (None, true) => panel.title.value.clone(),
    }
}

fn field_defaults(panel: &Panel) -> Value {
    let unit = panel.unit.as_ref().map_or("short", |unit| unit.value.as_str());
    let mut defaults = Map::new();
    defaults.insert("unit".to_owned(), json!(unit));
    defaults.insert("min".to_owned(), json!(0));
    if unit == "percent" {
        defaults.insert("max".to_owned(), json!(100));
    }
    let by_value = !panel.thresholds.0.is_empty() && !matches!(panel.view, View::Timeseries);
    let mode = if by_value { "thresholds" } else { "palette-classic" };
    defaults.insert("color".to_owned(), json!({ "mode": mode }));
    defaults.insert("thresholds".to_owned(), json!({ "mode": "absolute", "steps": steps(panel) }));
    defaults.insert("noValue".to_owned(), json!("no data yet"));
    if panel.view == View::Timeseries {
        let custom = json!({
            "drawStyle": "line",
            "lineInterpolation": "linear",
            "lineWidth": 2,
            "fillOpacity": 10,
            "showPoints": "never",
            "spanNulls": false,
            "thresholdsStyle": { "mode": if panel.thresholds.0.is_empty() { "off" } else { "dashed" } },
        });
        defaults.insert("custom".to_owned(), custom);
    }
    Value::Object(defaults)
}

/// The lowest step has no value: it holds for everything below the second.
fn steps(panel: &Panel) -> Vec<Value> {
    let mut steps: Vec<(f64, &str)> =
        panel.thresholds.iter().map(|(color, from)| (*from, color.value.as_str())).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    if steps.is_empty() {
        return vec![json!({ "color": "green", "value": null })];
    }
    let value = |at: usize, from: f64| if at == 0 { Value::Null } else { json_number(from) };
    steps
        .iter()
        .enumerate()
        .map(|(at, (from, color))| json!({ "color": color, "value": value(at, *from) }))
        .collect()
}

fn options(panel: &Panel) -> Value {
    let reduce = json!({ "calcs": ["lastNotNull"], "fields": "", "values": false });
    match panel.view {
        View::Timeseries => json!({
            "legend": { "displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": [] },
            "tooltip": { "mode": "multi", "sort": "desc" },
        }),
        View::Stat => json!({
            "reduceOptions": reduce,
            "colorMode": "value",
            "graphMode": "area",
            "justifyMode": "auto",
            "orientation": "auto",
            "textMode": "auto",
        }),
        View::Gauge => json!({
            "reduceOptions": reduce,
            "orientation": "auto",
            "showThresholdLabels": false,
            "showThresholdMarkers": true,
        }),
        View::Table => json!({ "showHeader": true, "cellHeight": "sm" }),
    }
}
