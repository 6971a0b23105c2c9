//! `metrics/not-exported`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::calls::{answers_at, is_promise_sent, is_register, is_used, place_of_package};
use super::usage::{is_of_requests, is_unmeasured, unfilled};
use crate::check::Checked;
use crate::check::telemetry::{CodeFile, MetricInCode, ScrapeTarget, ServiceCode, scraped_code};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Files;
use crate::syntax::script::{Call, MetricUse, Value, ValueKind};

pub static SPEC: CodeSpec = CodeSpec {
    code: "metrics/not-exported",
    severity: Severity::Error,
    what: "The app does not export what it measures, or measures it at the wrong moment.",
    why: "Counting has to happen when an answer is complete, in a middleware before the routes; what comes later or earlier sees no requests, or no status.",
    fix: "Register the middleware before the routes, count in `res.on('finish', …)`, and answer `GET /metrics` with `await register.metrics()`.",
    source: "rules.md",
    params: &[],
    bad: &[
        // Nothing answers /metrics; the route is there under a wrong name.
        server!(
            concat!(
                head!(),
                metrics!(),
                middleware!(),
                database!(),
                routes_header!(),
                "//: `await` waits for a result; a function that does so is marked `async`.\napp.get(«'/metric'», async (req, res) => {\n  res.set('Content-Type', prometheus.register.contentType);\n  res.send(await prometheus.register.metrics());\n});\n\n",
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        // The middleware comes after the routes.
        server!(
            concat!(head!(), metrics!(), database!(), routes_header!(), metrics_route!(), feed_route!()),
            concat!(
                feed_end!(),
                "//: next() hands the request on.\n«app.use»((req, res, next) => {\n  const start = performance.now();\n  res.on('finish', () => {\n    //: `?.` and `??`: if no route matched, use 'unmatched'.\n    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };\n    requestsTotal.inc(labels);\n    requestDuration.observe(labels, performance.now() - start);\n  });\n  next();\n});\n\n",
                start!()
            )
        ),
        // It counts before there is an answer.
        server!(
            concat!(
                head!(),
                metrics!(),
                "//: next() hands the request on.\napp.use((req, res, next) => {\n  const start = performance.now();\n  //: `?.` and `??`: if no route matched, use 'unmatched'.\n  const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };\n  «requestsTotal.inc(labels)»;\n  res.on('finish', () => requestDuration.observe(labels, performance.now() - start));\n  next();\n});\n\n",
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        // No middleware at all.
        server!(
            concat!(
                head!(),
                "// METRICS\nconst requestsTotal = new prometheus.Counter({\n  name: «'http_requests_total'»,\n  help: 'Answered requests',\n  labelNames: ['method', 'route', 'status_code'],\n});\n\nconst requestDuration = new prometheus.Histogram({\n  name: 'http_request_duration_ms',\n  help: 'Time to the end of an answer',\n  labelNames: ['method', 'route', 'status_code'],\n  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],\n});\n\n",
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        // The numbers come as a promise.
        server!(
            concat!(
                head!(),
                metrics!(),
                middleware!(),
                database!(),
                routes_header!(),
                "app.get('/metrics', (req, res) => {\n  res.send(«prometheus.register.metrics()»);\n});\n\n//: `await` waits for a result; a function that does so is marked `async`.\n",
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
        // Listens to an event that never comes.
        server!(
            concat!(
                head!(),
                metrics!(),
                "//: next() hands the request on.\napp.use((req, res, next) => {\n  const start = performance.now();\n  res.on(«'finished'», () => {\n    //: `?.` and `??`: if no route matched, use 'unmatched'.\n    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };\n    requestsTotal.inc(labels);\n    requestDuration.observe(labels, performance.now() - start);\n  });\n  next();\n});\n\n",
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        ),
    ],
    good: &[
        // A named middleware from another file, /metrics and /health before it on purpose.
        Example::files(&[
            (
                "content/scenarios/first/app/src/measure.js",
                "//: prom-client keeps numbers.\nconst prometheus = require('prom-client');\nconst requestsTotal = new prometheus.Counter({ name: 'http_requests_total', help: 'Answered', labelNames: ['method', 'route', 'status_code'] });\nconst requestDuration = new prometheus.Histogram({ name: 'http_request_duration_ms', help: 'Time', labelNames: ['method', 'route', 'status_code'], buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000] });\n\nfunction record(req, res, end) {\n  //: `?.` and `??`: if no route matched, use 'unmatched'.\n  const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };\n  requestsTotal.inc(labels);\n  end(labels);\n}\n\n//: next() hands the request on.\nfunction measure(req, res, next) {\n  const end = requestDuration.startTimer();\n  res.on('close', () => record(req, res, end));\n  next();\n}\n\nmodule.exports = { measure };\n",
            ),
            (
                "content/scenarios/first/app/src/server.js",
                concat!(
                    head!(),
                    "// METRICS\nconst { measure } = require('./measure'); //: takes one thing out of the file (destructuring)\n\n//: `await` waits for a result; a function that does so is marked `async`.\napp.get('/metrics', (req, res) => prometheus.register.metrics().then((text) => res.send(text)));\napp.get('/healthz', (req, res) => res.send('ok'));\napp.use(measure);\n\n",
                    database!(),
                    routes_header!(),
                    feed_route!(),
                    "  // Intentional problem: who waits while this line runs?\n  for (let i = 0; i < 1e9; i++);\n",
                    feed_end!(),
                    start!()
                ),
            ),
            (
                "content/scenarios/first/solution/fast/src/server.js",
                concat!(
                    head!(),
                    "// METRICS\nconst { measure } = require('./measure'); //: takes one thing out of the file (destructuring)\n\n//: `await` waits for a result; a function that does so is marked `async`.\napp.get('/metrics', (req, res) => prometheus.register.metrics().then((text) => res.send(text)));\napp.get('/healthz', (req, res) => res.send('ok'));\napp.use(measure);\n\n",
                    database!(),
                    routes_header!(),
                    feed_route!(),
                    feed_end!(),
                    start!()
                ),
            ),
        ]),
    ],
};

/// Routes that may stand before the middleware, since nobody wants them counted.
const UNCOUNTED: [&str; 6] = ["/metrics", "/health", "/ready", "/live", "/ping", "/favicon"];

/// Events of an answer.
const EVENTS: [&str; 6] = ["finish", "close", "error", "drain", "pipe", "unpipe"];

/// Packages that measure and answer by themselves.
const MEASURING: [&str; 4] = ["prom-bundle", "prometheus-middleware", "prometheus-api", "opentelemetry"];

/// Looks at the code that Prometheus reads from.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let mut seen = BTreeSet::new();
        for stage in &exercise.stages {
            for (code, target) in scraped_code(stage) {
                let is_readable = code.files.iter().all(|file| file.script.faults.is_empty());
                if !is_readable || code.loads(&MEASURING) {
                    continue;
                }
                let looked = Looked { files: checked.files, code: &code, target: &target };
                for (path, finding) in looked.findings() {
                    if seen.insert((path, finding.message.clone())) {
                        sink.push(finding);
                    }
                }
            }
        }
    }
}

struct Looked<'c, 's> {
    files: &'c Files,
    code: &'c ServiceCode<'s>,
    target: &'c ScrapeTarget,
}

type Found = (String, Diagnostic);

impl<'s> Looked<'_, 's> {
    fn findings(&self) -> Vec<Found> {
        let mut found: Vec<Found> = self.endpoint().into_iter().chain(self.unmeasured()).collect();
        let metrics = self.code.metrics();
        let of_requests: Vec<&MetricInCode<'_>> =
            metrics.iter().filter(|found| is_of_requests(found)).collect();
        let mut late = false;
        for (file, call) in self.code.metric_uses() {
            if !of_requests.iter().any(|metric| metric.names.contains(&call.object)) {
                continue;
            }
            found.extend(self.wrong_event(file, &call));
            found.extend(self.too_early(file, &call));
            // One middleware, however many metrics it fills.
            if !late && let Some(finding) = self.too_late(file, &call) {
                late = true;
                found.push(finding);
            }
        }
        found
    }

    fn finding(&self, file: CodeFile<'_>, at: Range<usize>, message: String, help: &str) -> Found {
        let finding = file.file.finding(self.files, &SPEC, at, message).help(help);
        (file.file.path.to_string(), finding)
    }

    /// Whether the address that Prometheus asks for is answered with the numbers.
    fn endpoint(&self) -> Option<Found> {
        let asked = self.target.path.as_deref().unwrap_or("/metrics");
        let entry = *self.code.files.first()?;
        let calls = || {
            self.code.files.iter().flat_map(|file| file.script.calls.iter().map(move |call| (*file, call)))
        };
        let gives = || calls().filter(|(_, call)| call.method() == "metrics" && is_register(call.object()));
        if let Some((file, call)) = gives().find(|(file, call)| is_promise_sent(*file, call)) {
            let message = "the numbers are sent before they are there";
            return Some(self.finding(
                file,
                call.at.clone(),
                message.to_owned(),
                "write `await` before it, in an `async` function",
            ));
        }
        let is_express = self.code.loads(&["express", "fastify", "koa"]);
        let answers = calls().any(|(file, call)| answers_at(file, call, asked));
        let mentions = self
            .code
            .files
            .iter()
            .flat_map(|file| &file.script.strings)
            .any(|text| text.value.contains(asked));
        if answers || (!is_express && (mentions || gives().next().is_some())) {
            if gives().next().is_some() || !is_express {
                return None;
            }
            let route = self.route_at(asked)?;
            let message = format!("the answer to `{asked}` does not hold the numbers");
            return Some(self.finding(
                route.0,
                route.1,
                message,
                "send `await prometheus.register.metrics()`",
            ));
        }
        let message =
            format!("nothing answers `GET {asked}`, which Prometheus asks `{}` for", self.target.host);
        let help = format!(
            "write `app.get('{asked}', async (req, res) => {{ res.set('Content-Type', prometheus.register.contentType); res.send(await prometheus.register.metrics()); }})`"
        );
        // The route that gives the numbers under another name, else what keeps them.
        let other = gives().find_map(|(file, call)| {
            let route = file
                .script
                .routes()
                .into_iter()
                .find(|route| route.at.start <= call.at.start && call.at.end <= route.at.end)?;
            Some((file, route.path_at))
        });
        let (file, at) = other.unwrap_or_else(|| (entry, place_of_package(&entry)));
        Some(self.finding(file, at, message, &help))
    }

    fn route_at(&self, path: &str) -> Option<(CodeFile<'s>, Range<usize>)> {
        self.code.files.iter().find_map(|file| {
            let route = file.script.routes().into_iter().find(|route| route.path.as_deref() == Some(path))?;
            Some((*file, route.path_at))
        })
    }

    /// Metrics of requests are made, and nothing ever counts a request.
    fn unmeasured(&self) -> Option<Found> {
        let unfilled = unfilled(self.code);
        if !is_unmeasured(self.code, &unfilled) {
            return None;
        }
        let first = unfilled.iter().find(|found| is_of_requests(found))?;
        let (name, at) = first.metric.name.as_ref()?;
        let message = format!("no middleware fills `{name}` and the other metrics of requests");
        let help =
            "add `app.use((req, res, next) => { res.on('finish', () => { … }); next(); })` before the routes";
        Some(self.finding(first.code, at.clone(), message, help))
    }

    fn wrong_event(&self, file: CodeFile<'_>, call: &MetricUse) -> Option<Found> {
        let passed = file.script.around(call.function).find_map(|function| function.passed.as_ref())?;
        let event = passed.first.as_deref()?;
        let is_listener = passed.callee.starts_with("res")
            && (passed.callee.ends_with(".on") || passed.callee.ends_with(".once"));
        if !is_listener || EVENTS.contains(&event) {
            return None;
        }
        let mut listener = file.script.calls.iter().filter(|outer| outer.callee == passed.callee);
        let outer = listener.rfind(|outer| outer.at.start <= call.at.start && call.at.end <= outer.at.end)?;
        let message = format!("an answer has no event `{event}`, so this never runs");
        Some(self.finding(file, outer.arguments.first()?.at.clone(), message, "write `res.on('finish', …)`"))
    }

    /// In the middleware itself there is no status and no duration yet.
    fn too_early(&self, file: CodeFile<'_>, call: &MetricUse) -> Option<Found> {
        let function = call.function?;
        let inner = file.script.functions.get(function)?;
        let is_middleware =
            is_used(&file, inner.name.as_deref(), inner.passed.as_ref().map(|it| it.callee.as_str()));
        let waits = file
            .script
            .calls
            .iter()
            .any(|other| other.function == Some(function) && other.callee == "next" && other.awaited);
        let of_answer = |value: &Value| {
            let mut found = false;
            value.for_each(&mut |part| {
                found |= part
                    .as_path()
                    .is_some_and(|path| path.ends_with("statusCode") || path.ends_with("route.path"));
            });
            found
        };
        // A status that is written down before there is one is a guess.
        let guesses = call.labels.iter().any(|(name, _)| name.contains("status"));
        let knows =
            guesses || call.method == "observe" || call.labels.iter().any(|(_, value)| of_answer(value));
        if !is_middleware || waits || !knows || call.method == "startTimer" {
            return None;
        }
        let message = format!("`{}` is filled before the answer is there", call.object);
        let help =
            "move it into `res.on('finish', () => { … })`: only then are status, route and duration known";
        Some(self.finding(file, call.at.clone(), message, help))
    }

    /// A middleware sees the requests of the routes behind it alone.
    fn too_late(&self, file: CodeFile<'_>, call: &MetricUse) -> Option<Found> {
        let chain: Vec<_> = file.script.around(call.function).collect();
        let outermost = chain.last()?;
        let (home, used) = self.use_of(file, outermost.name.as_deref(), &outermost.at)?;
        let is_counted = |path: &str| !UNCOUNTED.iter().any(|prefix| path.starts_with(prefix));
        let routes = home.script.routes().into_iter().filter(|route| route.object == used.object());
        let first = routes
            .filter(|route| route.path.as_deref().is_none_or(is_counted))
            .find(|route| route.at.start < used.at.start)?;
        let path = first.path.as_deref().unwrap_or("a route");
        let message = format!("this middleware comes after `{path}`, whose requests it never sees");
        let (file, finding) =
            self.finding(home, used.callee_at.clone(), message, "move it above the first route");
        Some((file, finding.also(home.file.span(self.files, first.path_at), "this route answers first")))
    }

    /// The `app.use(…)` that a function is handed to.
    fn use_of(
        &self,
        file: CodeFile<'s>,
        name: Option<&str>,
        at: &Range<usize>,
    ) -> Option<(CodeFile<'s>, &'s Call)> {
        let names = |value: &Value| match (&value.kind, name) {
            (ValueKind::Path(path), Some(name)) => path.rsplit('.').next() == Some(name),
            (ValueKind::Call { callee, .. }, Some(name)) => callee.rsplit('.').next() == Some(name),
            _ => false,
        };
        let uses = |file: &CodeFile<'s>| {
            let file = *file;
            file.script
                .calls
                .iter()
                .filter(|call| call.method() == "use" && !call.object().is_empty())
                .map(move |call| (file, call))
        };
        self.code.files.iter().flat_map(uses).find(|(home, call)| {
            let inside =
                home.file.path == file.file.path && call.at.start <= at.start && at.end <= call.at.end;
            inside || call.arguments.iter().any(names)
        })
    }
}
