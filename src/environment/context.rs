//! The names that templates may use, as one tree of values, and which of them a template can use.

use std::sync::OnceLock;

use memchr::memmem;
use minijinja::value::Serde;
use serde_json::{Map, Value, json};

use super::dashboard::{DATASOURCE_UID, dashboard_uid};
use super::json::json_number;
use super::panel::SCRAPE_INTERVAL_SECONDS;
use super::request::Request;
use super::service::{Made, Service};
use crate::diag::catalog::{manifest as codes, reference};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::expectation::{Expectation, Sign, parse_expectation};
use crate::manifest::measure::{LoadTest, Mode};
use crate::syntax::yaml::{Entries, Scalar, closest};

/// What a request gives to templates.
pub struct Context {
    /// The names, and what they stand for.
    names: Map<String, Value>,
    /// The same as the template engine reads it.
    value: OnceLock<minijinja::Value>,
}

impl Context {
    /// Builds the context; what scenario.yml names and nobody knows is reported.
    pub fn build(request: &Request, services: &[Service], sink: &Sink) -> Self {
        Self::new(names_of(request, services, sink))
    }

    /// # Panics
    /// If the names are no object.
    pub(super) fn new(names: Value) -> Self {
        let Value::Object(names) = names else { unreachable!("the names are made as an object") };
        Self { names, value: OnceLock::new() }
    }

    /// The context as the template engine reads it.
    pub fn value(&self) -> minijinja::Value {
        self.value.get_or_init(|| minijinja::Value::from(Serde(&self.names))).clone()
    }

    /// A hash over all of this context that a template can print: the values of the names that stand in
    /// its text, or of their parts where it names only those.
    pub fn hash_for(&self, template: &str) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        // A template that shows the engine's state shows everything.
        let names = |name: &str| memmem::find(template.as_bytes(), name.as_bytes()).is_some();
        let shows_all = names("debug");
        for (name, value) in &self.names {
            if !shows_all && !names(name) {
                continue;
            }
            match value.as_object() {
                Some(parts) if !shows_all && is_taken_apart(template, name) => {
                    let parts = parts.iter().map(|(part, value)| (format!("{name}.{part}"), value));
                    for (part, value) in parts.filter(|(part, _)| names(part)) {
                        add(&mut hasher, &part, value);
                    }
                }
                _ => add(&mut hasher, name, value),
            }
        }
        hasher.finalize()
    }
}

/// Whether a name stands in a template only in front of a part: `scenario.title`.
fn is_taken_apart(template: &str, name: &str) -> bool {
    let part = |rest: &str| rest.strip_prefix('.').is_some_and(|part| part.starts_with(char::is_alphabetic));
    memmem::find_iter(template.as_bytes(), name).all(|at| part(&template[at + name.len()..]))
}

fn add(hasher: &mut blake3::Hasher, name: &str, value: &Value) {
    let text = value.to_string();
    for part in [name, &text] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
}

fn names_of(request: &Request, services: &[Service], sink: &Sink) -> Value {
    let environment = request.environment;
    let app = &environment.app;
    let database = app.database.as_ref().map_or("app", |name| name.value.as_str());
    let root = request.compose_root.unwrap_or(".");
    // Docker runs outside of the app's container when the learner calls it from inside, so paths
    // of mounts must be those of the machine; devcontainer.json hands them over in SCENARIO_DIR.
    let mount = if environment.docker { format!("${{SCENARIO_DIR:-{root}}}") } else { root.to_owned() };
    json!({
        "scenario": {
            "id": request.scenario.id,
            "title": request.scenario.title,
            "label": request.scenario.label,
            "folder": request.scenario.folder,
        },
        "app": { "title": app.title.value, "port": app.port.value, "database": database },
        "database_url": format!("postgresql://postgres:postgres@postgres:5432/{database}"),
        "services": services.iter().map(service_value).collect::<Vec<_>>(),
        "has": has(request, services),
        "scrape": scrape(services),
        "scrape_interval": format!("{SCRAPE_INTERVAL_SECONDS}s"),
        "images": strings(&request.stack.manifest.images),
        "parameters": parameters(request, sink),
        "values": request.stack.manifest.values.as_ref().map_or(json!({}), crate::syntax::yaml::Node::to_json),
        "ready": environment.ready.as_ref().map(|ready| json!({
            "table": ready.table.value, "rows": ready.rows.value,
        })),
        "docker": environment.docker,
        "root": root,
        "mount": mount,
        "datasource": DATASOURCE_UID,
        "dashboard": dashboard_uid(request.scenario.id),
        "loadtests": loadtests(request, services, sink),
    })
}

fn service_value(service: &Service) -> Value {
    let kind = match &service.made {
        Made::App => "app",
        Made::Process => "process",
        Made::Stack(id) => id.as_str(),
    };
    let pairs = |entries: &[(String, String)]| -> Value {
        Value::Object(entries.iter().map(|(name, value)| (name.clone(), json!(value))).collect())
    };
    let needs: Vec<Value> =
        service.needs.iter().map(|(id, healthy)| json!({ "id": id, "healthy": healthy })).collect();
    json!({
        "id": service.id,
        "kind": kind,
        "title": service.title,
        "port": service.port,
        "command": service.command,
        "env": pairs(&service.env),
        "cpus": service.cpus,
        "mounts": pairs(&service.mounts),
        "needs": needs,
        "forwarded": service.forwarded,
        "code": service.runs_code(),
    })
}

/// Which services of the stack are there: a template asks before it names an optional one.
fn has(request: &Request, services: &[Service]) -> Value {
    let made = |id: &str| services.iter().any(|service| service.made == Made::Stack(id.to_owned()));
    let offered = request.stack.manifest.services.iter();
    Value::Object(offered.map(|offer| (offer.id.text.clone(), json!(made(&offer.id.text)))).collect())
}

fn scrape(services: &[Service]) -> Vec<Value> {
    let scraped = services.iter().filter(|service| service.scrape);
    scraped.filter_map(|service| Some(json!(format!("{}:{}", service.id, service.port?)))).collect()
}

fn strings(entries: &Entries<String>) -> Value {
    Value::Object(entries.iter().map(|(name, value)| (name.value.clone(), json!(value))).collect())
}

/// The stack's parameters with the scenario's values.
fn parameters(request: &Request, sink: &Sink) -> Value {
    let known = &request.stack.manifest.parameters;
    let names = || known.iter().map(|(name, _)| name.value.as_str());
    let value = |(name, scalar): &(_, Scalar)| {
        let name: &crate::source::Spanned<String> = name;
        (name.value.clone(), scalar.json.clone())
    };
    let mut all: Map<String, Value> = known.iter().map(value).collect();
    for entry in request.environment.parameters.iter() {
        if known.get(&entry.0.value).is_none() {
            let message = format!("the stack has no parameter `{}`", entry.0.value);
            let help = match closest(&entry.0.value, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its parameters are: {}", names().collect::<Vec<_>>().join(", ")),
            };
            sink.push(Diagnostic::new(&codes::UNKNOWN_KEY, entry.0.span, message).help(help));
            continue;
        }
        let (name, value) = value(entry);
        all.insert(name, value);
    }
    Value::Object(all)
}

fn loadtests(request: &Request, services: &[Service], sink: &Sink) -> Vec<Value> {
    request.loadtests.iter().filter_map(|test| loadtest(test, request, services, sink)).collect()
}

fn loadtest(test: &LoadTest, request: &Request, services: &[Service], sink: &Sink) -> Option<Value> {
    let target = services.iter().find(|service| service.id == test.target.value);
    let Some((target, port)) = target.and_then(|service| Some((service, service.port?))) else {
        let message = format!("there is no service `{}` that a load test could call", test.target.value);
        let near = closest(&test.target.value, services.iter().map(|service| service.id.as_str()));
        let span =
            if test.target.span == crate::source::Span::nowhere() { test.span } else { test.target.span };
        let help = near.map_or_else(
            || "name a service of the environment that has a port, with `target:`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        sink.push(Diagnostic::new(&reference::UNRESOLVED_REFERENCE, span, message).help(help));
        return None;
    };
    let requests: Vec<Value> = test.requests.iter().map(request_value).collect();
    let mut value = json!({
        "id": test.id.text,
        "url": format!("http://{}:{port}", target.id),
        "connections": test.connections.value,
        "seconds": test.seconds.value,
        "mode": match test.mode { Mode::Mix => "mix", Mode::Each => "each" },
        "requests": requests,
    });
    if let Some(healthy) = healthy_success(request, test) {
        value["healthy"] = json_number(healthy);
    }
    Some(value)
}

fn request_value(request: &crate::manifest::measure::Request) -> Value {
    let mut value =
        json!({ "id": request.id.text, "method": request.method.word(), "path": request.path.value });
    if request.weight != 1 {
        value["weight"] = json!(request.weight);
    }
    if let Some(body) = &request.body {
        value["body"] = body.to_json();
    }
    value
}

/// The percentage of successful requests from which the app counts as healthy: what the last stage
/// that stays must reach in this test.
fn healthy_success(request: &Request, test: &LoadTest) -> Option<f64> {
    let first = request.loadtests.first().map(|test| test.id.text.as_str());
    request
        .rehearsal
        .iter()
        .filter(|entry| entry.control.is_none() && entry.stage.value != "broken")
        .filter(|entry| !request.dropped_stages.contains(&entry.stage.value))
        .filter(|entry| {
            entry.test.as_ref().map(|id| id.text.as_str()).or(first) == Some(test.id.text.as_str())
        })
        .filter_map(|entry| at_least(&entry.expect.get("success")?.text))
        .next_back()
}

/// 99 of `>= 99%`.
fn at_least(expectation: &str) -> Option<f64> {
    match parse_expectation("success", expectation).ok()? {
        Expectation::Bound(bound) if bound.sign == Sign::AtLeast && bound.of.is_none() => Some(bound.limit),
        _ => None,
    }
}
