//! The compose file of a rehearsal, made from the learner's. A second file with `ports: !reset []`
//! would be shorter, but depends on the version: Compose up to 2.17 ignores the mark, 2.18 heeds it
//! for the first service only, and both publish the ports without a word.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};

use crate::diag::Sink;
use crate::rehearse::fault::Fault;
use crate::rehearse::plan::StagePlan;
use crate::source::Files;
use crate::syntax::yaml::parse_yaml;

/// The names under which Compose looks for its file, the first first.
const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/// A compose file as a rehearsal runs it.
#[derive(Clone, Debug)]
pub struct Adapted {
    /// The whole file. Compose reads JSON as the YAML that it is.
    pub json: Value,
    /// In the order of the file.
    pub services: Vec<Service>,
}

/// What a rehearsal needs to know of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub id: String,
    /// Its image is built from the scenario's folder: it runs the learner's code.
    pub is_built: bool,
    /// It only draws what others measure.
    pub is_grafana: bool,
    /// Files and folders of the scenario that are mounted into it, except the whole folder.
    pub mounts: Vec<Utf8PathBuf>,
}

/// The name of a stage's compose file.
#[must_use]
pub(super) fn compose_name(stage: &StagePlan) -> Option<&'static str> {
    NAMES.into_iter().find(|name| stage.files.contains_key(Utf8Path::new(name)))
}

/// A stage's compose file for a project of that name.
pub(super) fn adapt_stage(stage: &StagePlan, project: &str) -> Result<Adapted, Fault> {
    let text = compose_name(stage).and_then(|name| stage.text(name));
    let text =
        text.ok_or_else(|| Fault::scenario(format!("stage `{}` has no compose file", stage.id), ""))?;
    adapt(text, project)
}

/// The file without published ports and without names that another run may have taken.
///
/// # Errors
/// [`Fault::Scenario`] if it is no compose file.
pub fn adapt(text: &str, project: &str) -> Result<Adapted, Fault> {
    let mut files = Files::default();
    let file = files.add_text("docker-compose.yml", text);
    let node = parse_yaml(&files, file, &Sink::default());
    let Some(Value::Object(mut json)) = node.map(|node| node.to_json()) else {
        return Err(Fault::scenario("the compose file cannot be read", ""));
    };
    json.insert("name".to_owned(), project.into());
    let Some(Value::Object(services)) = json.get_mut("services") else {
        return Err(Fault::scenario("the compose file has no services", ""));
    };
    let mut found = Vec::new();
    for (id, service) in services.iter_mut() {
        let Value::Object(service) = service else { continue };
        service.shift_remove("ports");
        service.shift_remove("container_name");
        found.push(describe(id, service));
    }
    Ok(Adapted { json: Value::Object(json), services: found })
}

fn describe(id: &str, service: &Map<String, Value>) -> Service {
    let image = service.get("image").and_then(Value::as_str).unwrap_or_default();
    let volumes = service.get("volumes").and_then(Value::as_array);
    Service {
        id: id.to_owned(),
        is_built: service.contains_key("build"),
        is_grafana: image.split([':', '@']).next().is_some_and(|name| name.ends_with("grafana/grafana")),
        mounts: volumes.into_iter().flatten().filter_map(mounted).collect(),
    }
}

/// The path below the scenario's folder that a volume mounts. The folder itself is `.`, or the
/// default of a variable, as in `${SCENARIO_DIR:-.}`.
fn mounted(volume: &Value) -> Option<Utf8PathBuf> {
    let text = volume.as_str().or_else(|| volume.get("source")?.as_str())?;
    let rest = match text.strip_prefix("${") {
        Some(variable) => variable.split_once('}')?.1,
        None => text.strip_prefix('.')?,
    };
    let path = rest.split(':').next()?.trim_matches('/');
    (!path.is_empty()).then(|| Utf8PathBuf::from(path))
}

impl Adapted {
    /// Those that a rehearsal starts: all but Grafana. Its picture is drawn from the same
    /// measurements, its image is by far the largest, and its work would count as the scenario's.
    pub fn started(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| !service.is_grafana)
    }

    /// Those that run the learner's code.
    pub fn built(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.is_built)
    }

    /// Whether a service runs the learner's code, in the image that the scenario builds.
    pub(super) fn is_built(&self, id: &str) -> bool {
        self.built().any(|service| service.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FILE: &str = r#"
name: scenario-01-first
services:
  app:
    build: .
    container_name: app
    ports: ["3000:3000"]
    volumes: ["${SCENARIO_DIR:-.}:/app"]
    cpus: 0.5
    environment: {PRICE: "5$$", ON: "on"}
  nginx:
    image: nginx:1.28.0
    ports: [{target: 8080, published: "8080"}]
    volumes: [".:/all", "./config/nginx.conf:/etc/nginx/nginx.conf:ro", {type: bind, source: ./certificates/, target: /c}, "data:/d"]
  drawn: {image: "docker.io/grafana/grafana@sha256:00", ports: ["3001:3001"]}
volumes: {data: {}}
"#;

    #[test]
    fn nothing_is_published_and_everything_else_stays() {
        let adapted = adapt(FILE, "scenarist-first-1").expect("a compose file");
        let expected = json!({
            "name": "scenarist-first-1",
            "services": {
                "app": {"build": ".", "volumes": ["${SCENARIO_DIR:-.}:/app"], "cpus": 0.5, "environment": {"PRICE": "5$$", "ON": "on"}},
                "nginx": {"image": "nginx:1.28.0", "volumes": [".:/all", "./config/nginx.conf:/etc/nginx/nginx.conf:ro", {"type": "bind", "source": "./certificates/", "target": "/c"}, "data:/d"]},
                "drawn": {"image": "docker.io/grafana/grafana@sha256:00"},
            },
            "volumes": {"data": {}},
        });
        assert_eq!(adapted.json, expected);
    }

    #[test]
    fn services_are_known_by_what_they_run() {
        let adapted = adapt(FILE, "x").expect("a compose file");
        let started: Vec<&str> = adapted.started().map(|service| service.id.as_str()).collect();
        assert_eq!(started, ["app", "nginx"]);
        assert!(adapted.is_built("app") && !adapted.is_built("nginx"));
        assert!(adapted.services[0].mounts.is_empty());
        assert_eq!(adapted.services[1].mounts, ["config/nginx.conf", "certificates"]);
    }

    #[test]
    fn what_is_no_compose_file_is_a_fault_of_the_scenario() {
        for text in ["", "services: 5", "a: [", "services:"] {
            assert!(matches!(adapt(text, "x"), Err(Fault::Scenario { .. })), "{text}");
        }
    }
}
