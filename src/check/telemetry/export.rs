//! What the code that Prometheus asks exports over all stages of an exercise: metrics, their labels
//! and the values of these. A panel may show what only a fix brings.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{ServiceCode, scraped_code};
use super::label::LabelValues;
use super::scrape::scrapes_of;
use crate::check::Exercise;
use crate::syntax::script::{MetricClass, ValueKind};

/// What can be queried.
#[derive(Debug, Default)]
pub struct Exports {
    pub metrics: BTreeMap<String, Exported>,
    /// Something exports metrics that the code does not name in so many words.
    pub open: bool,
    /// prom-client's own metrics are there.
    pub defaults: bool,
    /// Labels that every metric has.
    pub common_labels: BTreeSet<String>,
    /// The patterns of all routes, with and without the prefix where they are mounted.
    pub routes: BTreeSet<String>,
    /// Some routes are computed.
    pub routes_open: bool,
}

/// A metric.
#[derive(Debug, Default)]
pub struct Exported {
    pub classes: Vec<MetricClass>,
    pub labels: BTreeMap<String, LabelValues>,
    /// Some labels are computed.
    pub labels_open: bool,
}

/// Labels that Prometheus adds.
const TARGET_LABELS: [&str; 3] = ["job", "instance", "__name__"];

/// What an exercise's code exports.
#[must_use]
pub fn exports_of(exercise: &Exercise<'_>) -> Exports {
    let mut exports = Exports::default();
    for stage in &exercise.stages {
        let code = scraped_code(stage);
        let scrapes = scrapes_of(stage);
        let targets = scrapes.iter().flat_map(|scrape| &scrape.targets);
        // Some other exporter, whose metrics nobody here knows.
        let known = |host: &str| host == "localhost" || code.iter().any(|(code, _)| code.id == host);
        exports.open |= targets.into_iter().any(|target| !known(&target.host));
        exports.open |= scrapes.iter().any(|scrape| scrape.open) || code.is_empty();
        code.iter().for_each(|(code, _)| exports.add(code));
    }
    exports
}

impl Exports {
    fn add(&mut self, code: &ServiceCode<'_>) {
        self.open |= code.loads(&["prom-bundle", "prometheus-middleware", "prometheus-api", "opentelemetry"])
            || code.files.iter().any(|file| !file.script.faults.is_empty());
        for file in &code.files {
            for call in file.script.calls.iter().filter(|call| !call.is_new) {
                match call.method() {
                    "collectDefaultMetrics" => self.defaults = true,
                    "setDefaultLabels" => self.add_common(call.arguments.first()),
                    _ => {}
                }
            }
            self.add_routes(file.script);
        }
        let uses = code.metric_uses();
        for found in code.metrics() {
            let Some((name, _)) = &found.metric.name else {
                self.open = true;
                continue;
            };
            let exported = self.metrics.entry(name.clone()).or_default();
            exported.classes.push(found.metric.class);
            match &found.metric.labels {
                Some(labels) => labels.iter().for_each(|(label, _)| {
                    exported.labels.entry(label.clone()).or_default();
                }),
                None => exported.labels_open = true,
            }
            let own = uses.iter().filter(|(_, call)| found.names.contains(&call.object));
            for (_, call) in own {
                for (label, values) in &mut exported.labels {
                    match call.labels.iter().filter(|(name, _)| name == label).collect::<Vec<_>>() {
                        written if written.is_empty() => values.open |= call.labels.is_empty(),
                        written => written.iter().for_each(|(_, value)| values.add(code, value)),
                    }
                }
            }
        }
    }

    fn add_common(&mut self, labels: Option<&crate::syntax::script::Value>) {
        match labels.map(|labels| &labels.kind) {
            Some(ValueKind::Object(entries)) => {
                self.common_labels.extend(entries.iter().filter_map(|entry| entry.key.clone()));
            }
            _ => self.metrics.values_mut().for_each(|metric| metric.labels_open = true),
        }
    }

    fn add_routes(&mut self, script: &crate::syntax::script::Script) {
        let routes = script.routes();
        self.routes_open |= routes.iter().any(|route| route.path.is_none());
        let own: Vec<String> = routes.into_iter().filter_map(|route| route.path).collect();
        self.routes.extend(own);
        let prefixes: Vec<String> = script.mounts().into_iter().filter_map(|mount| mount.path).collect();
        let plain: Vec<String> = self.routes.iter().cloned().collect();
        for prefix in prefixes.iter().map(|prefix| prefix.trim_end_matches('/')) {
            self.routes.insert(prefix.to_owned());
            // Any router may be mounted there; a prefix too many finds nothing that is right.
            self.routes.extend(plain.iter().map(|route| format!("{prefix}{}", route.trim_end_matches('/'))));
        }
    }

    /// The metric whose series a name is: `took_ms` of `took_ms_bucket`.
    #[must_use]
    pub fn metric_of(&self, series: &str) -> Option<(&str, &Exported)> {
        let found = |name: &str| self.metrics.get_key_value(name);
        let spread = |exported: &Exported| {
            exported
                .classes
                .iter()
                .any(|class| matches!(class, MetricClass::Histogram | MetricClass::Summary))
        };
        let whole = found(series)
            .filter(|(_, exported)| exported.classes.iter().any(|class| *class != MetricClass::Histogram));
        let part = || {
            let base = ["_bucket", "_sum", "_count"].iter().find_map(|suffix| series.strip_suffix(suffix))?;
            found(base).filter(|(_, exported)| spread(exported))
        };
        whole.or_else(part).map(|(name, exported)| (name.as_str(), exported))
    }

    /// Whether a series is one of Prometheus' own or of prom-client's default metrics.
    #[must_use]
    pub fn is_built_in(&self, series: &str) -> bool {
        let own = ["up", "scrape_", "prometheus_", "promhttp_", "go_", "net_conntrack_", "ALERTS"];
        own.iter().any(|prefix| series == *prefix || (prefix.len() > 2 && series.starts_with(prefix)))
            || (self.defaults && (series.contains("process_") || series.contains("nodejs_")))
    }

    /// Whether a metric has a label, or may have it.
    #[must_use]
    pub fn has_label(&self, exported: &Exported, series: &str, label: &str) -> bool {
        exported.labels_open
            || exported.labels.contains_key(label)
            || self.common_labels.contains(label)
            || TARGET_LABELS.contains(&label)
            || (label == "le" && series.ends_with("_bucket"))
            || (label == "quantile" && exported.classes.contains(&MetricClass::Summary))
    }

    /// All values that a label can take, if the code says so; routes become their patterns.
    #[must_use]
    pub fn values_of(&self, values: &LabelValues) -> Option<BTreeSet<String>> {
        let says_nothing = !values.routes && values.known.is_empty();
        if values.open || says_nothing || (values.routes && self.routes_open) {
            return None;
        }
        let mut all = values.known.clone();
        if values.routes {
            all.extend(self.routes.iter().cloned());
        }
        if values.addresses {
            all.extend(self.routes.iter().map(|route| example_of(route)));
            all.extend(self.routes.iter().cloned());
        }
        Some(all)
    }
}

/// An address that a pattern answers.
fn example_of(route: &str) -> String {
    let part = |part: &str| if part.starts_with(':') { "1".to_owned() } else { part.to_owned() };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}
