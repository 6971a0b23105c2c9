//! Metrics of prom-client: the objects that a file makes, and what it does with them.

use std::ops::Range;

use super::facts::{Call, Script};
use super::value::{Value, ValueKind};

/// A metric object: `new X.Counter({ name: …, … })`.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    pub class: MetricClass,
    pub at: Range<usize>,
    /// Its exported name and where it stands; `None` if it is computed.
    pub name: Option<(String, Range<usize>)>,
    /// `None` if they are computed.
    pub labels: Option<Vec<(String, Range<usize>)>>,
    /// The upper bounds and where they stand; `None` if they are computed or none are given.
    pub buckets: Option<(Vec<f64>, Range<usize>)>,
    pub has_buckets: bool,
    /// The variable or property that holds it.
    pub variable: Option<String>,
    /// Whether it fills itself when it is asked (`collect`).
    pub collects: bool,
}

/// The type of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricClass {
    Counter,
    Gauge,
    Histogram,
    Summary,
}

/// A call that changes a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricUse {
    /// The name of the object, without the way to it.
    pub object: String,
    pub method: String,
    pub at: Range<usize>,
    pub function: Option<usize>,
    /// The labels' values by name; empty if they are not written as an object.
    pub labels: Vec<(String, Value)>,
}

/// Methods that change a metric.
const CHANGES: [&str; 6] = ["inc", "dec", "set", "observe", "startTimer", "setToCurrentTime"];

impl MetricClass {
    /// The word that Prometheus uses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
            Self::Summary => "summary",
        }
    }

    fn of(class: &str) -> Option<Self> {
        match class.rsplit('.').next().unwrap_or("") {
            "Counter" => Some(Self::Counter),
            "Gauge" => Some(Self::Gauge),
            "Histogram" => Some(Self::Histogram),
            "Summary" => Some(Self::Summary),
            _ => None,
        }
    }
}

impl Script {
    /// The metric objects of the file.
    #[must_use]
    pub fn metrics(&self) -> Vec<Metric> {
        self.calls.iter().filter(|call| call.is_new).filter_map(|call| self.metric(call)).collect()
    }

    fn metric(&self, call: &Call) -> Option<Metric> {
        let class = MetricClass::of(&call.callee)?;
        let config = self.resolved(call.arguments.first()?);
        // Some other class of this name would not be made from an object with a name.
        if !matches!(config.kind, ValueKind::Object(_)) || config.get("name").is_none() {
            return None;
        }
        let name = config.get("name").and_then(|entry| {
            let text = self.resolved(&entry.value).as_text()?.to_owned();
            Some((text, entry.value.at.clone()))
        });
        let has_spread = matches!(&config.kind, ValueKind::Object(entries)
            if entries.iter().any(|entry| entry.key.is_none()));
        let labels = match config.get("labelNames") {
            Some(entry) => self.texts(&entry.value),
            None if has_spread => None,
            None => Some(Vec::new()),
        };
        let buckets = config.get("buckets");
        Some(Metric {
            class,
            at: call.at.clone(),
            name,
            labels,
            buckets: buckets.and_then(|entry| Some((self.bounds(&entry.value)?, entry.value.at.clone()))),
            has_buckets: buckets.is_some() || has_spread,
            variable: self.holder_of(call),
            collects: config.get("collect").is_some() || has_spread,
        })
    }

    /// The variable that a new object is put into.
    fn holder_of(&self, call: &Call) -> Option<String> {
        let is_it = |value: &Value| {
            let mut found = value.at == call.at;
            value.for_each(&mut |inner| found |= inner.at == call.at);
            found
        };
        let found = self.variables.iter().find(|(_, values)| values.iter().any(is_it))?;
        // In an object of metrics it goes by its key.
        let mut holder = found.0.clone();
        for value in found.1 {
            value.for_each(&mut |inner| {
                if let ValueKind::Object(entries) = &inner.kind
                    && let Some(entry) = entries.iter().find(|entry| entry.value.at == call.at)
                    && let Some(key) = &entry.key
                {
                    holder.clone_from(key);
                }
            });
        }
        Some(holder)
    }

    fn texts(&self, value: &Value) -> Option<Vec<(String, Range<usize>)>> {
        let ValueKind::List(items) = &self.resolved(value).kind else { return None };
        items.iter().map(|item| Some((self.resolved(item).as_text()?.to_owned(), item.at.clone()))).collect()
    }

    fn bounds(&self, value: &Value) -> Option<Vec<f64>> {
        match &self.resolved(value).kind {
            ValueKind::List(items) => items.iter().map(|item| self.resolved(item).as_number()).collect(),
            ValueKind::Call { callee, arguments } => {
                let numbers: Option<Vec<f64>> = arguments.iter().map(Value::as_number).collect();
                computed_bounds(callee.rsplit('.').next().unwrap_or(""), &numbers?)
            }
            _ => None,
        }
    }

    /// The calls that change metrics, whatever the object is.
    #[must_use]
    pub fn metric_uses(&self) -> Vec<MetricUse> {
        let changes = self.calls.iter().filter(|call| !call.is_new && CHANGES.contains(&call.method()));
        changes.filter_map(|call| self.metric_use(call)).collect()
    }

    fn metric_use(&self, call: &Call) -> Option<MetricUse> {
        let mut object = call.object();
        let mut labels = call.arguments.first();
        if let Some(before) = object.strip_suffix("()") {
            // `total.labels({ … }).inc()`
            object = before.strip_suffix(".labels")?;
            let inner = self.calls.iter().find(|inner| {
                inner.at.start == call.at.start && inner.at.end < call.at.end && inner.method() == "labels"
            });
            labels = inner.and_then(|inner| inner.arguments.first());
        }
        let object = object.rsplit('.').next().filter(|name| !name.is_empty())?.to_owned();
        Some(MetricUse {
            object,
            method: call.method().to_owned(),
            at: call.at.clone(),
            function: call.function,
            labels: labels.map(|labels| self.label_values(labels)).unwrap_or_default(),
        })
    }

    fn label_values(&self, labels: &Value) -> Vec<(String, Value)> {
        // A name such as `labels` may be used in several functions: all its objects count.
        let mut objects = vec![labels];
        if let Some(values) = labels.as_path().and_then(|name| self.variables.get(name)) {
            objects = values.iter().collect();
        }
        let mut found = Vec::new();
        for object in objects {
            if let ValueKind::Object(entries) = &object.kind {
                let named =
                    entries.iter().filter_map(|entry| Some((entry.key.clone()?, entry.value.clone())));
                found.extend(named);
            }
        }
        found
    }
}

fn computed_bounds(function: &str, numbers: &[f64]) -> Option<Vec<f64>> {
    let [start, step, count] = *numbers else { return None };
    if !(1.0..=1000.0).contains(&count) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 1000")]
    let count = count as usize;
    let next: fn(f64, f64) -> f64 = match function {
        "linearBuckets" => |bound, step| bound + step,
        "exponentialBuckets" => |bound, step| bound * step,
        _ => return None,
    };
    Some(std::iter::successors(Some(start), |bound| Some(next(*bound, step))).take(count).collect())
}
