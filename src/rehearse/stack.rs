//! The services of a rendered compose file, as far as a rehearsal asks.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::fault::Fault;
use super::plan::StagePlan;
use crate::diag::Sink;
use crate::source::Files;
use crate::syntax::compose::{ComposeService, default_of, image_name, services_in};
use crate::syntax::yaml::{Node, Value, parse_yaml};

/// What a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A process of the learner's code.
    Code,
    Postgres,
    Redis,
    Nginx,
    Prometheus,
    /// Looks on, and changes nothing: it is left out. Its graphs are drawn from the same measurements,
    /// its image is by far the largest, and its work would count as the scenario's.
    Grafana,
    /// Any other image.
    Other,
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its name, also its host name.
    pub name: String,
    pub kind: Kind,
    /// The image that it runs; empty for one that is built.
    pub image: String,
    /// The program and its arguments; empty for what the image does by itself.
    pub command: Vec<String>,
    pub environment: BTreeMap<String, String>,
    /// Files and folders of the learner's folder, and where they are seen.
    pub mounts: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    /// How many CPU cores it may use.
    pub cpus: Option<f64>,
    pub needs: Vec<String>,
}

impl Service {
    /// Whether this file of the learner's folder is one of its settings, which it reads when it starts.
    /// Learners' code is watched instead.
    #[must_use]
    pub fn has_setting(&self, path: &Utf8Path) -> bool {
        let mut parts = self.mounts.iter().filter(|(source, _)| !source.as_str().is_empty());
        self.kind != Kind::Code && parts.any(|(source, _)| path.starts_with(source))
    }
}

/// The names under which Compose looks for its file, the first first.
const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/// The name of a stage's compose file.
#[must_use]
pub fn compose_name(stage: &StagePlan) -> Option<&'static str> {
    NAMES.into_iter().find(|name| stage.files.contains_key(Utf8Path::new(name)))
}

/// The text of a stage's compose file.
///
/// # Errors
/// [`Fault::Scenario`] if there is none.
pub fn compose_text(stage: &StagePlan) -> Result<&str, Fault> {
    let text = compose_name(stage).and_then(|name| stage.text(name));
    text.ok_or_else(|| Fault::scenario(format!("stage `{}` has no compose file", stage.id), ""))
}

/// The services of a stage that a rehearsal starts: all but those that only look on.
///
/// # Errors
/// Those of [`compose_text`] and [`read_stack`].
pub fn services_of(stage: &StagePlan) -> Result<Vec<Service>, Fault> {
    let text = compose_text(stage)?;
    let compose = read_compose(text)?;
    Ok(read_stack(text, &compose).into_iter().filter(|service| service.kind != Kind::Grafana).collect())
}

/// The names of the services that run the learner's code.
///
/// # Errors
/// Those of [`services_of`].
pub fn code_services_of(stage: &StagePlan) -> Result<Vec<String>, Fault> {
    let services = services_of(stage)?.into_iter();
    Ok(services.filter(|service| service.kind == Kind::Code).map(|service| service.name).collect())
}

/// The service in whose container the learner's terminal is: `app`, or the first that runs the
/// learner's code.
///
/// # Errors
/// Those of [`services_of`], and [`Fault::Scenario`] if there is none.
pub fn terminal_of(stage: &StagePlan) -> Result<String, Fault> {
    let code = code_services_of(stage)?;
    let app = code.iter().find(|name| *name == "app").or_else(|| code.first()).cloned();
    app.ok_or_else(|| Fault::scenario("no service runs the learner's code", ""))
}

/// A compose file with at least one service.
///
/// # Errors
/// [`Fault::Scenario`] for a file that is none.
pub fn read_compose(text: &str) -> Result<Arc<Node>, Fault> {
    let mut files = Files::default();
    let file = files.add_text("docker-compose.yml", text);
    let root = parse_yaml(&files, file, &Sink::default());
    let root = root.filter(|root| root.get("services").is_some_and(|node| !node.entries().is_empty()));
    root.ok_or_else(|| Fault::scenario("the compose file has no services", ""))
}

/// The services of a compose file in an order in which each comes after those that it needs; `text` is
/// that of the file, `compose` what it says.
#[must_use]
pub fn read_stack(text: &str, compose: &Node) -> Vec<Service> {
    in_order(services_in(text, compose).map(read_service).collect())
}

fn read_service(service: ComposeService<'_>) -> Service {
    let node = service.node;
    let image = service.image().filter(|_| node.get("build").is_none());
    let image = image.map(|(image, _)| default_of(image));
    let variables = service.environment().into_iter();
    let mounts = service.mounts().into_iter().map(|it| (default_of(&it.source), default_of(&it.target)));
    Service {
        name: service.name().to_owned(),
        kind: image.as_deref().map_or(Kind::Code, kind_of),
        image: image.unwrap_or_default(),
        command: node.get("command").map(words).unwrap_or_default(),
        environment: variables.map(|variable| (variable.name, default_of(&variable.value))).collect(),
        mounts: mounts
            .filter(|(source, _)| source.starts_with('.'))
            .map(|(source, target)| (clean(&source), Utf8PathBuf::from(target)))
            .collect(),
        cpus: cpus(node),
        needs: service.needs().into_iter().map(|(name, _, _)| name.to_owned()).collect(),
    }
}

fn kind_of(image: &str) -> Kind {
    match image_name(image) {
        "postgres" => Kind::Postgres,
        "redis" => Kind::Redis,
        "nginx" => Kind::Nginx,
        "prometheus" => Kind::Prometheus,
        "grafana" => Kind::Grafana,
        _ => Kind::Other,
    }
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(default_of(text)),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// A command line is split into words as a shell splits it, but no shell runs it.
fn words(node: &Node) -> Vec<String> {
    match scalar(node) {
        Some(line) => shlex::split(&line).unwrap_or_default(),
        None => node.items().iter().filter_map(scalar).collect(),
    }
}

fn clean(path: &str) -> Utf8PathBuf {
    Utf8Path::new(path).components().filter(|part| part.as_str() != ".").collect()
}

fn cpus(node: &Node) -> Option<f64> {
    let limits = |node: &'_ Node| -> Option<String> {
        scalar(node.get("deploy")?.get("resources")?.get("limits")?.get("cpus")?)
    };
    let text = node.get("cpus").and_then(scalar).or_else(|| limits(node))?;
    text.parse().ok().filter(|cpus| *cpus > 0.0)
}

/// Those that need nobody first. What needs each other keeps the order of the file.
fn in_order(mut waiting: Vec<Service>) -> Vec<Service> {
    let mut ordered: Vec<Service> = Vec::new();
    while !waiting.is_empty() {
        let is_waiting = |name: &String| waiting.iter().any(|service| service.name == *name);
        let next = waiting.iter().position(|service| !service.needs.iter().any(is_waiting)).unwrap_or(0);
        ordered.push(waiting.remove(next));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPOSE: &str = "services:\n  app:\n    build: .\n    command: [\"sh\", \"scripts/start.sh\", \"app\"]\n    volumes:\n      - ${SCENARIO_DIR:-.}:/app\n    environment:\n      PORT: \"3000\"\n      LIMIT: 5\n    cpus: 0.5\n    depends_on:\n      postgres:\n        condition: service_healthy\n  web:\n    image: nginx:1.28\n    volumes: [\"./config/nginx.conf:/etc/nginx/nginx.conf:ro\"]\n    depends_on: [app]\n  postgres:\n    image: postgres:15\n    command: postgres -c max_connections=20\n    deploy: {resources: {limits: {cpus: \"0.25\"}}}\n";

    fn read(text: &str) -> Vec<Service> {
        read_stack(text, &read_compose(text).expect("a compose file"))
    }

    #[test]
    fn services_come_after_what_they_need() {
        let services = read(COMPOSE);
        let names: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
        assert_eq!(names, ["postgres", "app", "web"]);
        let [postgres, app, web] = services.as_slice() else { panic!() };
        assert_eq!(postgres.command, ["postgres", "-c", "max_connections=20"]);
        assert_eq!((postgres.kind, postgres.cpus), (Kind::Postgres, Some(0.25)));
        assert_eq!(app.mounts, [(Utf8PathBuf::new(), Utf8PathBuf::from("/app"))]);
        assert_eq!(app.environment["LIMIT"], "5");
        assert_eq!((app.kind, app.cpus), (Kind::Code, Some(0.5)));
        assert_eq!(web.mounts[0].0, "config/nginx.conf");
    }

    #[test]
    fn services_are_known_by_what_they_run() {
        let kinds = |image: &str| read(&format!("services:\n  x: {{image: '{image}'}}\n"))[0].kind;
        let found = ["rabbitmq:4", "docker.io/grafana/grafana@sha256:00", "${IMAGE:-redis}:8"].map(kinds);
        assert_eq!(found, [Kind::Other, Kind::Grafana, Kind::Redis]);
        assert_eq!(read("services: {x: {build: ., image: 'nginx:1'}}")[0].kind, Kind::Code);
        for text in ["", "name: x", "services: 5", "a: [", "services:"] {
            assert!(matches!(read_compose(text), Err(Fault::Scenario { .. })), "{text}");
        }
    }

    #[test]
    fn settings_are_files_that_are_mounted_by_themselves() {
        let service = read("services:\n  nginx:\n    image: nginx:1\n    volumes: ['.:/all', '${D:-.}/config/nginx.conf:/etc/nginx/nginx.conf:ro', {type: bind, source: ./tls/, target: /c}, 'data:/d']\n").remove(0);
        let is_setting = ["config/nginx.conf", "tls/key.pem", "config/nginx.conf.md", "src/a.js", "data"]
            .map(|path| service.has_setting(path.into()));
        assert_eq!(is_setting, [true, true, false, false, false]);
        let code = Service { kind: Kind::Code, ..service };
        assert!(!code.has_setting("tls/key.pem".into()));
    }
}
