//! The services of a rendered compose file, as far as a rehearsal asks.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::fault::Fault;
use super::plan::StagePlan;
use crate::diag::Sink;
use crate::source::Files;
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
    /// Looks on, and changes nothing: it is left out.
    Grafana,
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its name, also its host name.
    pub name: String,
    pub kind: Kind,
    /// The program and its arguments; empty for what the image does by itself.
    pub command: Vec<String>,
    pub environment: BTreeMap<String, String>,
    /// Files and folders of the learner's folder, and where they are seen.
    pub mounts: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    /// How many CPU cores it may use.
    pub cpus: Option<f64>,
    pub needs: Vec<String>,
}

const COMPOSE_FILE: &str = "docker-compose.yml";

/// The services of a stage that a rehearsal starts: all but those that only look on.
///
/// # Errors
/// Those of [`read_stack`], and [`Fault::Scenario`] without a compose file.
pub fn services_of(stage: &StagePlan) -> Result<Vec<Service>, Fault> {
    let text = stage.text(COMPOSE_FILE);
    let text = text.ok_or_else(|| Fault::scenario(format!("there is no `{COMPOSE_FILE}`"), ""))?;
    let services = read_stack(text)?;
    Ok(services.into_iter().filter(|service| service.kind != Kind::Grafana).collect())
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

/// The services of a compose file in an order in which each comes after those that it needs.
///
/// # Errors
/// [`Fault::Machine`] for an image that no program here stands in for, [`Fault::Scenario`] for a file
/// that is none.
pub fn read_stack(text: &str) -> Result<Vec<Service>, Fault> {
    let mut files = Files::default();
    let file = files.add_text("docker-compose.yml", text);
    let unusable = || Fault::scenario("`docker-compose.yml` has no services", "");
    let root = parse_yaml(&files, file, &Sink::default()).ok_or_else(unusable)?;
    let services = root.get("services").ok_or_else(unusable)?;
    let mut found = Vec::new();
    for (key, node) in services.entries() {
        found.push(read_service(&key.text, node)?);
    }
    Ok(in_order(found))
}

fn read_service(name: &str, node: &Node) -> Result<Service, Fault> {
    let kind = match node.get("image").and_then(Node::as_text) {
        Some(image) if node.get("build").is_none() => kind_of(&filled(image)).ok_or_else(|| {
            Fault::machine(
                format!("the service `{name}` runs the image `{image}`, which no program of this machine stands in for"),
                "rehearse with `--driver compose`",
            )
        })?,
        _ => Kind::Code,
    };
    Ok(Service {
        name: name.to_owned(),
        kind,
        command: node.get("command").map(words).unwrap_or_default(),
        environment: node.get("environment").map(variables).unwrap_or_default(),
        mounts: node.get("volumes").map(mounts).unwrap_or_default(),
        cpus: cpus(node),
        needs: node.get("depends_on").map(names).unwrap_or_default(),
    })
}

fn kind_of(image: &str) -> Option<Kind> {
    let name = image.split('@').next().unwrap_or(image).rsplit('/').next().unwrap_or(image);
    match name.split(':').next().unwrap_or(name) {
        "postgres" => Some(Kind::Postgres),
        "redis" => Some(Kind::Redis),
        "nginx" => Some(Kind::Nginx),
        "prometheus" => Some(Kind::Prometheus),
        "grafana" => Some(Kind::Grafana),
        _ => None,
    }
}

/// A text with its variables at their defaults: `${SCENARIO_DIR:-.}` is `.`. Nothing of this machine
/// decides what runs.
fn filled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
        } else if let Some((inside, after)) = rest.strip_prefix('{').and_then(|inside| inside.split_once('}'))
        {
            let default = inside.split_once(":-").or_else(|| inside.split_once('-'));
            out.push_str(default.map_or("", |(_, default)| default));
            rest = after;
        }
    }
    out + rest
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(filled(text)),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

fn items(node: &Node) -> &[Node] {
    if let Value::List(items) = &node.value { items } else { &[] }
}

/// A command line is split into words as a shell splits it, but no shell runs it.
fn words(node: &Node) -> Vec<String> {
    match scalar(node) {
        Some(line) => shlex::split(&line).unwrap_or_default(),
        None => items(node).iter().filter_map(scalar).collect(),
    }
}

fn variables(node: &Node) -> BTreeMap<String, String> {
    let pairs =
        node.entries().iter().map(|(key, value)| (key.text.clone(), scalar(value).unwrap_or_default()));
    let lines = items(node)
        .iter()
        .filter_map(scalar)
        .filter_map(|line| line.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())));
    pairs.chain(lines).collect()
}

fn mounts(node: &Node) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let mount = |node: &Node| {
        if let Some(line) = scalar(node) {
            let mut parts = line.split(':');
            return Some((parts.next()?.to_owned(), parts.next()?.to_owned()));
        }
        Some((scalar(node.get("source")?)?, scalar(node.get("target")?)?))
    };
    let own = items(node).iter().filter_map(mount).filter(|(source, _)| source.starts_with('.'));
    own.map(|(source, target)| (clean(&source), Utf8PathBuf::from(target))).collect()
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

fn names(node: &Node) -> Vec<String> {
    let listed = items(node).iter().filter_map(scalar);
    listed.chain(node.entries().iter().map(|(key, _)| key.text.clone())).collect()
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

    #[test]
    fn services_come_after_what_they_need() {
        let services = read_stack(COMPOSE).expect("a stack");
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
    fn an_unknown_image_is_refused() {
        let fault = read_stack("services:\n  queue:\n    image: rabbitmq:4\n");
        assert!(fault.is_err_and(|fault| fault.to_string().contains("`rabbitmq:4`")));
        assert!(read_stack("name: x\n").is_err());
    }

    #[test]
    fn variables_have_their_defaults() {
        assert_eq!(filled("${A:-x}/$$HOME/${B}"), "x/$HOME/");
    }
}
