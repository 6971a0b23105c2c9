//! What is measured: metrics, dashboard panels, load tests, expectations, parameters.

use crate::diag::Sink;
use crate::source::Spanned;
use crate::syntax::yaml::{Decode, Defs, Entries, Id, Node, OneOrMany, Scalar, Text, Value, choice, record};

choice! {
    /// A Prometheus metric's type.
    pub enum MetricType {
        /// Only goes up.
        Counter = "counter",
        /// Goes up and down.
        Gauge = "gauge",
        /// Observations counted in buckets.
        Histogram = "histogram",
    }
}

record! {
    /// A metric that the app exports; default panels are made from it.
    pub struct Metric as "a metric" {
        /// Its name as exported.
        name: Spanned<String>,
        /// Its type.
        type_: MetricType,
        /// Its labels.
        labels: Vec<Spanned<String>>,
        /// Upper bounds of a histogram's buckets.
        buckets: Vec<f64>,
        /// What it counts, in one sentence.
        help: Option<Text>,
        /// The unit of its values, as Grafana names it (`ms`, `s`, `bytes`, `percent`, …).
        unit: Option<String>,
    }
}

choice! {
    /// How a panel shows its values.
    pub enum View {
        /// Lines over time.
        Timeseries = "timeseries",
        /// One number.
        Stat = "stat",
        /// A dial.
        Gauge = "gauge",
        /// Rows and columns.
        Table = "table",
    }
}

record! {
    /// A panel of the dashboard.
    pub struct Panel as "a panel" {
        /// Its id.
        id: Id,
        /// Its title.
        title: Spanned<String>,
        /// How it shows its values.
        view: View = View::Timeseries,
        /// The unit, as Grafana names it (`reqps`, `ms`, `percent`, `short`, …).
        unit: Option<Spanned<String>>,
        /// What it shows and what to look for, in a sentence or two.
        help: Option<Text>,
        /// Colors from a value on: `{red: 0, green: 95}`.
        thresholds: Entries<f64>,
        /// What it draws.
        series: Vec<Series>,
    }
}

record! {
    /// One line of a panel: exactly one of `rate`, `ratio`, `quantile`, `gauge`, `promql`.
    pub struct Series as "a series" {
        /// A counter, with a selector: its increase per second.
        rate: Option<Spanned<String>>,
        /// Two counters with selectors: the first as a percentage of the second.
        ratio: Option<Vec<Spanned<String>>>,
        /// A quantile of a histogram.
        quantile: Option<Quantile>,
        /// A gauge, with a selector.
        gauge: Option<Spanned<String>>,
        /// An expression of your own, where the others are not enough.
        promql: Option<Spanned<String>>,
        /// Labels to keep apart.
        by: Option<OneOrMany<Spanned<String>>>,
        /// The line's name; `{{label}}` is filled in by Grafana.
        legend: Option<String>,
    }
}

record! {
    /// A quantile of a histogram.
    pub struct Quantile as "a quantile" {
        /// The histogram, with a selector if needed.
        of: Spanned<String>,
        /// Which quantile, between 0 and 1.
        q: f64,
        /// Labels to keep apart.
        by: Option<OneOrMany<Spanned<String>>>,
    }
}

choice! {
    /// How a load test uses its requests.
    pub enum Mode {
        /// All requests at once, mixed evenly.
        Mix = "mix",
        /// One request after the other, each for the whole time.
        Each = "each",
    }
}

choice! {
    /// An HTTP method.
    pub enum Method {
        /// Read.
        Get = "GET",
        /// Create.
        Post = "POST",
        /// Replace.
        Put = "PUT",
        /// Change.
        Patch = "PATCH",
        /// Remove.
        Delete = "DELETE",
    }
}

record! {
    /// A load test.
    pub struct LoadTest as "a load test" {
        /// Its id.
        id: Id,
        /// The service that it calls.
        target: Spanned<String> = Spanned::new("app".to_owned(), crate::source::Span::nowhere()),
        /// How it uses its requests.
        mode: Mode = Mode::Mix,
        /// The requests.
        requests: Vec<Request>,
        /// Connections kept open at the same time.
        connections: Spanned<u32>,
        /// How long it runs.
        seconds: Spanned<u32>,
    }
}

record! {
    /// What a fix changes in every load test.
    pub struct LoadTestPatch as "a change of the load tests" {
        /// The service that they call.
        target: Option<Spanned<String>>,
        /// Connections kept open at the same time.
        connections: Option<Spanned<u32>>,
        /// How long they run.
        seconds: Option<Spanned<u32>>,
    }
}

record! {
    /// A request of a load test.
    pub struct Request as "a request" {
        /// Its id.
        id: Id,
        /// Its path.
        path: Spanned<String>,
        /// Its method.
        method: Method = Method::Get,
        /// Its JSON body.
        body: Option<Node>,
        /// How often it is sent compared with the others.
        weight: u32 = 1,
    }
}

record! {
    /// What a rehearsal expects of one stage.
    pub struct Rehearsal as "an entry of `rehearsal`" {
        /// The stage: `broken` or a fix.
        stage: Spanned<String>,
        /// The load test; the first one if not given.
        test: Option<Id>,
        /// Measures and what they must be: `success: ">= 99%"`; ratios between stages, such as
        /// `p50: "<= 0.5 of broken"` or `rps@feed: ">= 1.5 of broken"` for one request; `cause`, the
        /// message of most errors; `busiest`, the service that uses the most CPU.
        expect: Entries<Scalar>,
        /// Fixes and settings that are tried here although the exercise does not: a negative control.
        control: Option<Text>,
        /// What the control changes, as a merge patch on `environment`.
        environment: Option<Node>,
    }
}

record! {
    /// Something that can be turned in a failure.
    pub struct Parameter as "a parameter" {
        /// Its name.
        name: Spanned<String>,
        /// What it does.
        help: Option<Text>,
        /// Its value at the start.
        default: Option<Scalar>,
        /// The smallest value.
        min: Option<f64>,
        /// The largest value.
        max: Option<f64>,
        /// The unit of its values.
        unit: Option<String>,
        /// The values it can take.
        values: Vec<Scalar>,
    }
}

/// A number or a pair `[from, to]`, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes {
    pub from: u32,
    pub to: u32,
}

fn positive(node: &Node, sink: &Sink) -> Option<u32> {
    let value = u32::decode(node, sink)?;
    if value == 0 {
        let spec = &crate::diag::catalog::manifest::BAD_VALUE;
        let message = "nothing takes 0 minutes";
        sink.push(crate::diag::Diagnostic::new(spec, node.span, message).help("write a number from 1 on"));
    }
    Some(value)
}

impl Decode for Minutes {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        if let Value::List(items) = &node.value
            && items.len() == 2
        {
            let from = positive(&items[0], sink)?;
            let to = positive(&items[1], sink)?;
            if from > to {
                let message = format!("{from} is more than {to}");
                let spec = &crate::diag::catalog::manifest::BAD_VALUE;
                let help = format!("write `[{to}, {from}]`");
                sink.push(crate::diag::Diagnostic::new(spec, node.span, message).help(help));
            }
            return Some(Self { from, to: to.max(from) });
        }
        if let Value::List(_) = &node.value {
            let spec = &crate::diag::catalog::manifest::WRONG_TYPE;
            let message = "expected two numbers, from and to";
            sink.push(crate::diag::Diagnostic::new(spec, node.span, message).help("write `[45, 60]`"));
            return None;
        }
        positive(node, sink).map(|value| Self { from: value, to: value })
    }

    fn schema(_: &mut Defs) -> serde_json::Value {
        let number = serde_json::json!({ "type": "integer", "minimum": 1 });
        serde_json::json!({
            "anyOf": [number, { "type": "array", "items": number, "minItems": 2, "maxItems": 2 }]
        })
    }

    fn expects() -> String {
        "minutes: a number, or `[from, to]`".to_owned()
    }
}
