//! What Grafana does to an expression before Prometheus gets it, and to the labels that come back.

use std::collections::BTreeMap;

use crate::syntax::promql::parse_promql;

/// Scrapes that fit into `$__rate_interval`.
const RATE_SCRAPES: u32 = 4;

/// What stands behind Grafana's variables.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// Seconds between two points, `$__interval`; here the same as between two scrapes, which is what
    /// Grafana takes for any range that is short enough to show every scrape.
    pub interval: u32,
    /// Seconds that are shown, `$__range`.
    pub range: u32,
}

/// An expression with the values of Grafana's variables.
pub fn fill_variables(expr: &str, times: Times) -> String {
    let Times { interval, range } = times;
    // At least four scrapes, and one more than an interval holds.
    let rate = (2 * interval).max(RATE_SCRAPES * interval);
    // Names that begin with another stand before it.
    let values = [
        ("__rate_interval", format!("{rate}s")),
        ("__interval_ms", (u64::from(interval) * 1000).to_string()),
        ("__interval", format!("{interval}s")),
        ("__range_ms", (u64::from(range) * 1000).to_string()),
        ("__range_s", range.to_string()),
        ("__range", format!("{range}s")),
    ];
    let mut out = expr.to_owned();
    for (name, value) in values {
        for written in [format!("${{{name}}}"), format!("[[{name}]]"), format!("${name}")] {
            out = out.replace(&written, &value);
        }
    }
    out
}

/// An expression in which every window is as long as a load test, in seconds: asked at its end, it
/// says what holds for the whole of it. `None` if it is none or has no window.
pub fn over_whole_test(expr: &str, seconds: u32) -> Option<String> {
    let query = parse_promql(expr).ok()?;
    let mut windows: Vec<_> =
        query.selectors.iter().filter_map(|selector| Some(selector.window.as_ref()?.1.clone())).collect();
    windows.sort_by_key(|at| std::cmp::Reverse(at.start));
    let mut out = expr.to_owned();
    for at in &windows {
        out.get(at.clone())?;
        out.replace_range(at.clone(), &format!("{seconds}s"));
    }
    (!windows.is_empty()).then_some(out)
}

/// A series' name in the legend.
pub fn legend_name(pattern: Option<&str>, labels: &BTreeMap<String, String>, expr: &str) -> String {
    let own = || labels.iter().filter(|(name, _)| *name != "__name__");
    match pattern {
        Some("__auto") if own().count() == 1 => own().map(|(_, value)| value.clone()).collect(),
        Some("__auto") if labels.is_empty() => expr.to_owned(),
        None | Some("" | "__auto") => {
            let metric = labels.get("__name__").map_or("", String::as_str);
            let pairs: Vec<String> = own().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
            match (metric, pairs.is_empty()) {
                ("", true) => expr.to_owned(),
                (metric, true) => metric.to_owned(),
                (metric, false) => format!("{metric}{{{}}}", pairs.join(", ")),
            }
        }
        Some(pattern) => fill_legend(pattern, labels),
    }
}

/// `{{label}}` becomes its value, or nothing for a label that is not there.
fn fill_legend(pattern: &str, labels: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find("{{") {
        let Some(len) = rest[open..].find("}}") else { break };
        out.push_str(&rest[..open]);
        out.push_str(labels.get(rest[open + 2..open + len].trim()).map_or("", String::as_str));
        rest = &rest[open + len + 2..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_get_the_values_that_grafana_gives_them() {
        let times = Times { interval: 5, range: 30 };
        let filled = |expr| fill_variables(expr, times);
        assert_eq!(filled("rate(a[$__rate_interval])"), "rate(a[20s])");
        assert_eq!(filled("rate(a[${__interval}]) * $__interval_ms"), "rate(a[5s]) * 5000");
        assert_eq!(
            filled("increase(a[$__range]) / $__range_s + $__range_ms"),
            "increase(a[30s]) / 30 + 30000"
        );
        assert_eq!(filled("rate(a[[[__interval]]])"), "rate(a[5s])");
        assert_eq!(filled("rate(a{p=~\"^/x$\"}[1m])"), "rate(a{p=~\"^/x$\"}[1m])");
    }

    #[test]
    fn every_window_becomes_the_load_test() {
        let whole = |expr| over_whole_test(expr, 35);
        let expr = "histogram_quantile(0.99, sum by (le) (rate(a_bucket[$__rate_interval])))";
        assert_eq!(
            whole(expr).as_deref(),
            Some("histogram_quantile(0.99, sum by (le) (rate(a_bucket[35s])))")
        );
        assert_eq!(
            whole("rate(a[1m]) / rate(b{x=\"[5m]\"}[5m])").as_deref(),
            Some("rate(a[35s]) / rate(b{x=\"[5m]\"}[35s])")
        );
        assert_eq!(whole("up"), None);
        assert_eq!(whole("rate(a[1m]"), None);
    }

    #[test]
    fn legends_are_filled_as_grafana_does() {
        let labels: BTreeMap<String, String> =
            [("route", "/feed"), ("method", "GET")].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        let name = |pattern| legend_name(pattern, &labels, "expr");
        assert_eq!(name(Some("p99 {{route}}")), "p99 /feed");
        assert_eq!(name(Some("{{ method }} {{absent}}{{")), "GET {{");
        assert_eq!(name(None), "{method=\"GET\", route=\"/feed\"}");
        let one: BTreeMap<String, String> = [("route".to_owned(), "/feed".to_owned())].into();
        assert_eq!(legend_name(Some("__auto"), &one, "expr"), "/feed");
        assert_eq!(legend_name(Some("__auto"), &BTreeMap::new(), "expr"), "expr");
        let named: BTreeMap<String, String> = [("__name__".to_owned(), "up".to_owned())].into();
        assert_eq!(legend_name(Some(""), &named, "expr"), "up");
    }
}
