//! The environment: the services that compose files run, as a stack without templates, and for each scenario
//! its app and its own devcontainer.

use std::collections::BTreeMap;

use super::course::top;
use super::ids::{Ids, slug};
use super::pieces::Pieces;
use super::yaml::scalar;
use crate::adopt::{Folder, Made, MadeFile, Purpose, Repository};
use crate::diag::Sink;
use crate::source::Span;
use crate::syntax::compose::{ComposeService, image_name, services_in};
use crate::syntax::yaml::parse_yaml;

/// A service of a compose file.
#[derive(Clone, Debug)]
pub(super) struct Service {
    pub id: String,
    pub title: String,
    pub port: u32,
    pub published: bool,
    pub runs_code: bool,
    pub about: Span,
}

/// The environment of all scenarios.
#[derive(Debug)]
pub(super) struct Environments {
    pub stack: String,
    /// For each folder the services of its compose file.
    pub services: Vec<Vec<Service>>,
    /// By id of a service: whether all folders with an environment have it.
    offered: BTreeMap<String, (Service, bool)>,
}

/// For scenarios that have no devcontainer of their own: enough for a Codespace to start.
const DEVCONTAINER: &str = r#"{
  "name": [= scenario.label =],
  "dockerComposeFile": [= "../../" ~ scenario.folder ~ "/docker-compose.yml" =],
  "service": "app",
  "forwardPorts": [= services|selectattr("forwarded")|map(attribute="port")|list =]
}
"#;

/// What a scenario says about its environment.
pub(super) struct App {
    pub title: String,
    pub port: u32,
    pub database: Option<String>,
    pub about: Span,
}

/// Reads the services of all compose files.
pub(super) fn plan_environments(repository: &Repository, name: &str) -> Environments {
    let services: Vec<Vec<Service>> =
        repository.folders.iter().map(|folder| services_of(repository, folder)).collect();
    let mut offered: BTreeMap<String, (Service, bool)> = BTreeMap::new();
    let with_any = services.iter().filter(|found| !found.is_empty()).count();
    for service in services.iter().flatten() {
        let count = services.iter().filter(|found| found.iter().any(|other| other.id == service.id)).count();
        offered.entry(service.id.clone()).or_insert_with(|| (service.clone(), count == with_any));
    }
    let id = slug(name);
    let stack = if id.is_empty() || id == "node-postgres" { "own".to_owned() } else { id };
    Environments { stack, services, offered }
}

fn services_of(repository: &Repository, folder: &Folder) -> Vec<Service> {
    let Some(file) = folder.compose else { return Vec::new() };
    let Ok(text) = repository.files.text(file) else { return Vec::new() };
    let sink = Sink::default();
    let Some(root) = parse_yaml(&repository.files, file, &sink) else { return Vec::new() };
    let mut ids = Ids::default();
    let mut found: Vec<Service> = Vec::new();
    for service in services_in(text, &root) {
        let id = ids.take(service.name(), "service");
        found.push(read_service(&service, id));
    }
    found
}

fn read_service(service: &ComposeService<'_>, id: String) -> Service {
    let image = service.image().map_or("", |(image, _)| image_name(image));
    let ports = service.ports();
    let published = ports.first().map(|port| port.published.unwrap_or(port.target));
    let variable = service.variable("PORT");
    let listens = variable.and_then(|variable| variable.value.parse().ok());
    let port =
        published.or(listens).or_else(|| usual_port(image)).or_else(|| usual_port(&id)).unwrap_or(3000);
    Service {
        title: title_of(service.name(), image),
        port,
        published: published.is_some(),
        runs_code: service.build_context().is_some(),
        about: service.key.span,
        id,
    }
}

fn usual_port(name: &str) -> Option<u32> {
    Some(match name {
        "postgres" | "db" | "database" => 5432,
        "mysql" | "mariadb" => 3306,
        "redis" | "valkey" => 6379,
        "mongo" => 27017,
        "rabbitmq" => 5672,
        "prometheus" => 9090,
        "grafana" => 3000,
        "nginx" => 80,
        _ => return None,
    })
}

fn title_of(name: &str, image: &str) -> String {
    match image {
        "postgres" => "PostgreSQL".to_owned(),
        "nginx" => "nginx".to_owned(),
        "rabbitmq" => "RabbitMQ".to_owned(),
        "mysql" => "MySQL".to_owned(),
        "mongo" => "MongoDB".to_owned(),
        _ => {
            let words = name.replace(['-', '_'], " ");
            let mut letters = words.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

impl Environments {
    /// The stack: its services, and a devcontainer for scenarios that have none of their own.
    pub(super) fn write_stack(&self, repository: &Repository, purpose: Purpose) -> Vec<MadeFile> {
        let top = top(repository);
        let folder = format!("devcontainers/{}", self.stack);
        let mut out = Pieces::new(&repository.files);
        out.write("title: The environment of these scenarios\n", top);
        if !self.offered.is_empty() {
            out.write("services:\n", top);
        }
        for (service, everywhere) in self.offered.values() {
            let line = format!(
                "  - id: {}\n    title: {}\n    port: {}\n    about: {}\n",
                service.id,
                scalar(&service.title),
                service.port,
                scalar(&format!("The service `{}` of the compose file.", service.id)),
            );
            out.write(line, service.about);
            if !service.published {
                out.write("    internal: true\n", service.about);
            }
            if !everywhere {
                out.write("    optional: true\n", service.about);
            }
        }
        let needs_template = purpose == Purpose::Import
            && repository
                .folders
                .iter()
                .any(|folder| folder.devcontainer.is_none() && folder.compose.is_some());
        if needs_template {
            out.write("devcontainer: devcontainer.json.j2\n", top);
        }
        let mut made = vec![out.into_file(format!("{folder}/stack.yml"))];
        if needs_template {
            let mut template = Pieces::new(&repository.files);
            template.write(DEVCONTAINER, top);
            made.push(template.into_file(format!("{folder}/devcontainer.json.j2")));
        }
        made
    }

    /// The lines of scenario.yml about the environment; none for a folder that nothing runs in.
    pub(super) fn write_environment(
        &self,
        repository: &Repository,
        index: usize,
        title: &str,
        out: &mut Pieces<'_>,
    ) {
        let app = self.app(repository, index, title);
        out.write(format!("environment:\n  stack: {}\n", self.stack), app.about);
        let database = app.database.map(|name| format!(", database: {}", scalar(&name))).unwrap_or_default();
        let line = format!("  app: {{title: {}, port: {}{database}}}\n", scalar(&app.title), app.port);
        out.write(line, app.about);
        let mut extra = self.services[index]
            .iter()
            .filter(|service| self.offered.get(&service.id).is_some_and(|(_, everywhere)| !everywhere));
        if let Some(first) = extra.next() {
            out.write("  services:\n", first.about);
            for service in std::iter::once(first).chain(extra) {
                let line = format!(
                    "    - {{id: {}, title: {}, port: {}}}\n",
                    service.id,
                    scalar(&service.title),
                    service.port
                );
                out.write(line, service.about);
            }
        }
    }

    fn app(&self, repository: &Repository, index: usize, title: &str) -> App {
        let folder = &repository.folders[index];
        let services = &self.services[index];
        let named = services.iter().find(|service| service.id == "app");
        let running =
            named.or_else(|| services.iter().find(|service| service.runs_code)).or(services.first());
        let page = folder.page.as_ref().map(|page| Span::file_start(page.file));
        let about = running.map(|service| service.about).or(page).unwrap_or_else(|| top(repository));
        App {
            title: title.to_owned(),
            port: running.map_or(3000, |service| service.port),
            database: database_of(repository, folder),
            about,
        }
    }
}

/// The database that the compose file makes.
fn database_of(repository: &Repository, folder: &Folder) -> Option<String> {
    let file = folder.compose?;
    let text = repository.files.text(file).ok()?;
    let root = parse_yaml(&repository.files, file, &Sink::default())?;
    let names = ["POSTGRES_DB", "MYSQL_DATABASE", "MARIADB_DATABASE"];
    services_in(text, &root)
        .flat_map(|service| service.environment())
        .find(|variable| names.contains(&variable.name.as_str()) && !variable.value.is_empty())
        .map(|variable| variable.value)
}

/// The scenario's own devcontainer: as it is, or as a template that knows the folder's name.
pub(super) fn write_devcontainer(
    repository: &Repository,
    folder: &Folder,
    scenario: &str,
    purpose: Purpose,
) -> Option<MadeFile> {
    let file = folder.devcontainer?;
    let path = format!("{scenario}/devcontainer.json");
    let copy = MadeFile { path: path.clone().into(), executable: false, made: Made::Copy(file) };
    let Ok(text) = repository.files.text(file) else { return Some(copy) };
    let has_marks = ["[=", "[%", "[#"].iter().any(|mark| text.contains(mark));
    let name = folder.path.as_str();
    if purpose == Purpose::Audit || has_marks || !text.contains(name) {
        return Some(copy);
    }
    let mut out = Pieces::new(&repository.files);
    let patches: Vec<_> = text
        .match_indices(name)
        .filter(|(at, found)| stands_alone(text, *at, found.len()))
        .map(|(at, found)| (at..at + found.len(), "[= scenario.folder|safe =]".to_owned()))
        .collect();
    out.copy_with(Span::new(file, 0, text.len()), &patches);
    Some(out.into_file(format!("{path}.j2")))
}

/// Whether a name in a path is a whole part of it.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let before = text[..at].chars().next_back().is_some_and(word);
    let after = text[at + length..].chars().next().is_some_and(word);
    !before && !after
}
