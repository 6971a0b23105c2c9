//! The compose file of a rehearsal, made from the learner's. A second file with `ports: !reset []`
//! would be shorter, but depends on the version: Compose up to 2.17 ignores the mark, 2.18 heeds it
//! for the first service only, and both publish the ports without a word.

use serde_json::Value;

use crate::rehearse::fault::Fault;
use crate::rehearse::plan::StagePlan;
use crate::rehearse::stack::{Kind, Service, compose_text, read_compose, read_stack};

/// A compose file as a rehearsal runs it.
#[derive(Clone, Debug)]
pub struct Adapted {
    /// The whole file. Compose reads JSON as the YAML that it is.
    pub json: Value,
    /// Each after those that it needs.
    pub services: Vec<Service>,
}

/// A stage's compose file for a project of that name.
pub(super) fn adapt_stage(stage: &StagePlan, project: &str) -> Result<Adapted, Fault> {
    adapt(compose_text(stage)?, project)
}

/// The file without published ports and without names that another run may have taken.
///
/// # Errors
/// [`Fault::Scenario`] if it is no compose file.
pub fn adapt(text: &str, project: &str) -> Result<Adapted, Fault> {
    let compose = read_compose(text)?;
    let mut json = compose.to_json();
    json["name"] = project.into();
    if let Some(services) = json["services"].as_object_mut() {
        for service in services.values_mut().filter_map(Value::as_object_mut) {
            service.shift_remove("ports");
            service.shift_remove("container_name");
        }
    }
    Ok(Adapted { json, services: read_stack(text, &compose) })
}

impl Adapted {
    /// Those that a rehearsal starts: all but Grafana.
    pub fn started(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.kind != Kind::Grafana)
    }

    /// Those that run the learner's code.
    pub fn built(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.kind == Kind::Code)
    }

    /// Whether a service runs the learner's code, in the image that the scenario builds.
    pub(super) fn is_built(&self, name: &str) -> bool {
        self.built().any(|service| service.name == name)
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
        let started: Vec<&str> = adapted.started().map(|service| service.name.as_str()).collect();
        assert_eq!(started, ["app", "nginx"]);
        assert!(adapted.is_built("app") && !adapted.is_built("nginx"));
    }
}
