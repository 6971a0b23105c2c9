//! A panel as pages show it. Part of the contract with themes.

use serde::Serialize;

use crate::emit::print::html::{Links, escape_html};
use crate::emit::site::fill::fill_word;
use crate::emit::site::measures::{help_html, unit_word};
use crate::emit::site::theme::Theme;
use crate::manifest::measure::{Panel, Series, View};
use crate::syntax::yaml::OneOrMany;

use super::curve::{Curve, curves};
use super::draw::draw_panel;

/// A panel.
#[derive(Clone, Debug, Serialize)]
pub struct PanelView {
    pub id: String,
    /// HTML, inline.
    pub title: String,
    /// HTML, inline: what it shows and what to look for.
    pub text: String,
    /// `timeseries`, `stat`, `gauge`, `table`.
    pub view: &'static str,
    /// The unit in words; empty if it has none.
    pub unit: String,
    /// What each of its lines is made from; HTML, inline.
    pub draws: Vec<String>,
    /// An example of its shape, as SVG.
    pub drawing: String,
}

pub(in crate::emit::site) fn panel_view(panel: &Panel, links: &Links<'_>, theme: &Theme) -> PanelView {
    let view = match panel.view {
        View::Timeseries => "timeseries",
        View::Stat => "stat",
        View::Gauge => "gauge",
        View::Table => "table",
    };
    let unit = panel.unit.as_ref().map(|unit| unit_word(&unit.value, theme)).unwrap_or_default();
    let curves = curves(panel);
    let title = fill_word(&theme.word("shape-title"), &[("panel", &panel.title.value)]);
    PanelView {
        id: panel.id.text.clone(),
        title: escape_html(&panel.title.value),
        text: help_html(panel.help.as_ref(), links),
        view,
        drawing: draw_panel(panel, &curves, &title, &describe(panel, &curves, theme), (&unit, theme)),
        unit,
        draws: panel
            .series
            .iter()
            .map(|series| made_from(series, theme))
            .filter(|text| !text.is_empty())
            .collect(),
    }
}

/// The drawing in words.
fn describe(panel: &Panel, curves: &[Curve], theme: &Theme) -> String {
    let mut sentences = vec![theme.word("shape-note")];
    let key = match panel.view {
        View::Timeseries => curves.first().map(|curve| curve.shape.word()),
        View::Stat => Some("shape-stat"),
        View::Gauge => Some("shape-gauge-view"),
        View::Table => Some("shape-table"),
    };
    sentences.extend(key.map(|key| theme.word(key)));
    sentences.join(" ")
}

/// "Increase per second of `http_requests_total`, for each route".
fn made_from(series: &Series, theme: &Theme) -> String {
    let code = |text: &str| format!("<code>{}</code>", escape_html(text));
    let (key, values, by) = if let Some(rate) = &series.rate {
        ("draws-rate", vec![("metric", code(&rate.value))], series.by.as_ref())
    } else if let Some(ratio) = &series.ratio {
        let part = |at: usize| ratio.get(at).map(|part| code(&part.value)).unwrap_or_default();
        ("draws-ratio", vec![("metric", part(0)), ("of", part(1))], series.by.as_ref())
    } else if let Some(quantile) = &series.quantile {
        let share = format!("p{}", quantile.q * 100.0);
        let by = quantile.by.as_ref().or(series.by.as_ref());
        ("draws-quantile", vec![("metric", code(&quantile.of.value)), ("quantile", share)], by)
    } else if let Some(gauge) = &series.gauge {
        ("draws-gauge", vec![("metric", code(&gauge.value))], series.by.as_ref())
    } else if let Some(promql) = &series.promql {
        return code(&promql.value);
    } else {
        return String::new();
    };
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let text = fill_word(&theme.word(key), &values);
    match by.map(|OneOrMany(labels)| labels.as_slice()) {
        Some(labels @ [_, ..]) => {
            let names: Vec<String> = labels.iter().map(|label| code(&label.value)).collect();
            format!("{text}{}", fill_word(&theme.word("draws-by"), &[("labels", &names.join(", "))]))
        }
        Some([]) | None => text,
    }
}
