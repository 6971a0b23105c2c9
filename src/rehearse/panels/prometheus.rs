//! Where the Prometheus of a stage listens, and how often it collects, from the stage's own files.

use crate::diag::Sink;
use crate::rehearse::plan::StagePlan;
use crate::source::Files;
use crate::syntax::compose::{ComposeService, default_of, services_in};
use crate::syntax::yaml::{Node, Value, parse_yaml};

/// The Prometheus of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prometheus {
    /// As other services reach it: `http://prometheus:9090`.
    pub url: String,
    /// Seconds between two scrapes.
    pub interval: u32,
}

const COMPOSE_NAMES: [&str; 4] = ["docker-compose.yml", "docker-compose.yaml", "compose.yaml", "compose.yml"];

/// Where it listens if nothing is said.
const DEFAULT_PORT: u16 = 9090;

/// How often it collects if nothing is said.
const DEFAULT_INTERVAL: u32 = 60;

/// The Prometheus of a stage's compose file, if there is one.
pub fn find_prometheus(stage: &StagePlan) -> Option<Prometheus> {
    let text = COMPOSE_NAMES.iter().find_map(|name| stage.text(name))?;
    let compose = read_yaml(text)?;
    let service = services_in(text, &compose).find(|service| is_prometheus(service.node))?;
    let port = port_of(service.node).unwrap_or(DEFAULT_PORT);
    let configurations = configurations(&service);
    let interval = configurations.iter().find_map(|path| interval_of(&read_yaml(stage.text(path)?)?));
    Some(Prometheus {
        url: format!("http://{}:{port}", service.name()),
        interval: interval.unwrap_or(DEFAULT_INTERVAL),
    })
}

fn read_yaml(text: &str) -> Option<Node> {
    let mut files = Files::default();
    let file = files.add_text("stage.yml", text);
    parse_yaml(&files, file, &Sink::default()).map(|node| (*node).clone())
}

fn is_prometheus(service: &Node) -> bool {
    let image = service.get("image").and_then(Node::as_text).unwrap_or("");
    let name = image.split('@').next().unwrap_or("").rsplit('/').next().unwrap_or("");
    name.split(':').next() == Some("prometheus")
}

/// The port of its command line, else the one that is opened to the machine.
fn port_of(service: &Node) -> Option<u16> {
    let command = service.get("command");
    let line = command.and_then(Node::as_text).map(str::to_owned);
    let words = command.map_or(&[][..], Node::items).iter().filter_map(Node::as_text);
    let line = line.unwrap_or_else(|| words.collect::<Vec<_>>().join(" "));
    let listens = line.split("--web.listen-address").nth(1).and_then(|rest| {
        let address = rest.trim_start_matches(['=', ' ']).split_whitespace().next()?;
        address.rsplit(':').next()?.parse().ok()
    });
    listens.or_else(|| published_port(service.get("ports")?.items().first()?))
}

/// The container's side of an entry of `ports`.
fn published_port(entry: &Node) -> Option<u16> {
    let entry = entry.get("target").unwrap_or(entry);
    match &entry.value {
        Value::Int(port) => u16::try_from(*port).ok(),
        Value::Text(text) => text.split('/').next()?.rsplit(':').next()?.parse().ok(),
        _ => None,
    }
}

/// Files of the stage that are mounted into the container, as paths in the learner's folder.
fn configurations(service: &ComposeService<'_>) -> Vec<String> {
    let mounts = service.mounts().into_iter();
    let sources = mounts.map(|mount| default_of(&mount.source).trim_start_matches("./").to_owned());
    sources.filter(|path| path.ends_with(".yml") || path.ends_with(".yaml")).collect()
}

/// The longest interval of a configuration, in whole seconds.
fn interval_of(configuration: &Node) -> Option<u32> {
    let jobs = configuration.get("scrape_configs")?.items();
    let seconds = |node: &Node| parse_seconds(node.get("scrape_interval")?.as_text()?);
    jobs.iter().filter_map(seconds).chain(configuration.get("global").and_then(seconds)).max()
}

/// `5s`, `1m30s`; a part of a second counts as a whole one.
fn parse_seconds(text: &str) -> Option<u32> {
    let length = promql_parser::util::parse_duration(text.trim()).ok()?;
    let up = u64::from(length.subsec_nanos() > 0);
    u32::try_from(length.as_secs() + up).ok().filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::stage_with;
    use super::*;

    fn found(compose: &str, configuration: &str) -> Option<Prometheus> {
        let files = [("docker-compose.yml", compose), ("dashboard/prometheus.yml", configuration)];
        find_prometheus(&stage_with(&files))
    }

    #[test]
    fn service_port_and_interval_come_from_the_files() {
        let compose = "services:\n  app: {build: .}\n  metrics:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      \
            - ./dashboard/prometheus.yml:/etc/prometheus/prometheus.yml:ro\n    ports: [\"19090:9090\"]\n";
        let own =
            "global: {scrape_interval: 5s}\nscrape_configs:\n  - {job_name: app, scrape_interval: 10s}\n";
        let expected = Prometheus { url: "http://metrics:9090".to_owned(), interval: 10 };
        assert_eq!(found(compose, own), Some(expected));
        // As a stack writes it whose services are started beside the editor.
        let beside = compose.replace("- ./dashboard", "- ${SCENARIO_DIR:-.}/dashboard");
        assert_eq!(found(&beside, own).map(|found| found.interval), Some(10));
        let silent = Prometheus { url: "http://metrics:9090".to_owned(), interval: 60 };
        assert_eq!(found(compose, "scrape_configs: []"), Some(silent));
    }

    #[test]
    fn its_command_line_says_where_it_listens() {
        let compose = |command: &str| {
            format!(
                "services:\n  p:\n    image: quay.io/prometheus/prometheus@sha256:ab\n    command: {command}\n    ports: [\"1:2\"]\n"
            )
        };
        let url = |command: &str| found(&compose(command), "").map(|found| found.url);
        assert_eq!(url("[\"--web.listen-address=0.0.0.0:9191\"]").as_deref(), Some("http://p:9191"));
        assert_eq!(url("--config.file=x --web.listen-address :9292").as_deref(), Some("http://p:9292"));
        assert_eq!(url("[\"--config.file=x\"]").as_deref(), Some("http://p:2"));
    }

    #[test]
    fn a_stage_without_prometheus_has_none() {
        assert_eq!(found("services:\n  app: {build: .}\n  node: {image: prom/node-exporter:v1}\n", ""), None);
        assert_eq!(found("services: [", ""), None);
    }
}
