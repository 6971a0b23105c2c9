//! Compose files as rules read them: services with their images, ports, mounts and variables in
//! whichever of the format's two forms they are written.

use std::ops::Range;

use super::exercise::{Exercise, StageFolder};
use super::file::ExerciseFile;
use crate::syntax::yaml::{Key, Node, Value};

/// A compose file of a stage. A file that several stages share comes once, with the first of them.
pub struct ComposeFile<'e, 'a> {
    pub exercise: &'e Exercise<'a>,
    pub stage: &'e StageFolder<'a>,
    pub file: &'e ExerciseFile<'a>,
    pub root: &'e Node,
}

/// A service of a compose file.
#[derive(Clone, Copy)]
pub struct ComposeService<'n> {
    pub key: &'n Key,
    pub node: &'n Node,
    text: &'n str,
}

/// A port that a service opens.
pub struct Port {
    /// The port of the machine; `None` where the engine chooses one.
    pub published: Option<u32>,
    pub target: u32,
    pub at: Range<usize>,
}

/// A file or folder of the machine that a service sees.
pub struct Mount {
    pub source: String,
    pub target: String,
    /// The source alone.
    pub at: Range<usize>,
}

/// A variable of a service.
pub struct Variable<'n> {
    pub name: String,
    pub value: String,
    /// Where the value stands, without quotes.
    pub at: Range<usize>,
    /// The value, if it has a node of its own.
    pub node: Option<&'n Node>,
}

/// Every compose file of an exercise.
pub fn compose_files<'e, 'a>(exercise: &'e Exercise<'a>) -> impl Iterator<Item = ComposeFile<'e, 'a>> {
    exercise.each_file().filter_map(move |(stage, file)| {
        let yaml = file.has_extension("yml") || file.has_extension("yaml");
        let stem = file.path.file_stem().unwrap_or("");
        let named = ["docker-compose", "compose"]
            .iter()
            .any(|name| stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
        let root = (yaml && named).then(|| file.yaml()).flatten()?;
        Some(ComposeFile { exercise, stage, file: file.as_ref(), root })
    })
}

impl<'e> ComposeFile<'e, '_> {
    /// Its services in order.
    pub fn services(&self) -> impl Iterator<Item = ComposeService<'e>> {
        let text: &'e str = self.file.text;
        let services = self.root.get("services").map_or(&[][..], Node::entries);
        services.iter().map(move |(key, node)| ComposeService { key, node, text })
    }

    /// The service of this name.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<ComposeService<'e>> {
        self.services().find(|service| service.key.text == name)
    }
}

/// The range of a value in its file, without quotes.
#[must_use]
pub fn inner_range(text: &str, node: &Node) -> Range<usize> {
    let range = node.span.range();
    let raw = text.get(range.clone()).unwrap_or("");
    let quoted = raw.len() >= 2
        && (raw.starts_with('"') && raw.ends_with('"') || raw.starts_with('\'') && raw.ends_with('\''));
    if quoted { range.start + 1..range.end - 1 } else { range }
}

impl<'n> ComposeService<'n> {
    /// The service's name.
    #[must_use]
    pub fn name(&self) -> &'n str {
        &self.key.text
    }

    /// The image that it runs, with its node.
    #[must_use]
    pub fn image(&self) -> Option<(&'n str, &'n Node)> {
        let node = self.node.get("image")?;
        Some((node.as_text()?, node))
    }

    /// The name of its image without registry and tag: `postgres`, `prom/prometheus`.
    #[must_use]
    pub fn image_name(&self) -> &'n str {
        let image = self.image().map_or("", |(image, _)| image);
        let image = image.split('@').next().unwrap_or("");
        let slash = image.rfind('/').map_or(0, |at| at + 1);
        image[slash..].split(':').next().unwrap_or("")
    }

    /// The folder that its image is built from.
    #[must_use]
    pub fn build_context(&self) -> Option<(&'n str, &'n Node)> {
        let build = self.node.get("build")?;
        let node = if build.as_text().is_some() { build } else { build.get("context")? };
        Some((node.as_text()?, node))
    }

    /// Whether it runs the learner's code: its image is built from the exercise's folder.
    #[must_use]
    pub fn runs_code(&self) -> bool {
        self.build_context().is_some_and(|(context, _)| {
            let context = default_of(context);
            ["", "."].contains(&context.trim_start_matches("./").trim_end_matches('/')) || context == "../.."
        })
    }

    /// The ports that it opens to the machine.
    #[must_use]
    pub fn ports(&self) -> Vec<Port> {
        let items = self.node.get("ports").map_or(&[][..], Node::items);
        items.iter().filter_map(|item| self.port(item)).collect()
    }

    fn port(&self, item: &Node) -> Option<Port> {
        let at = inner_range(self.text, item);
        let number = |node: &Node| match &node.value {
            Value::Int(number) => u32::try_from(*number).ok(),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        if let Value::Map(_) = item.value {
            let target = number(item.get("target")?)?;
            let published = item.get("published");
            let at = published.map_or(at, |node| inner_range(self.text, node));
            return Some(Port { published: published.and_then(number), target, at });
        }
        if let Value::Int(_) = item.value {
            return Some(Port { published: None, target: number(item)?, at });
        }
        let text = item.as_text()?.split('/').next().unwrap_or("");
        let mut parts = text.rsplitn(3, ':');
        let target = parts.next()?.parse().ok()?;
        let published = parts.next().and_then(|part| part.parse().ok());
        Some(Port { published, target, at })
    }

    /// What it sees of the machine; volumes that the engine keeps are not among it.
    #[must_use]
    pub fn mounts(&self) -> Vec<Mount> {
        let items = self.node.get("volumes").map_or(&[][..], Node::items);
        items.iter().filter_map(|item| self.mount(item)).collect()
    }

    fn mount(&self, item: &Node) -> Option<Mount> {
        if let Value::Map(_) = item.value {
            let source = item.get("source")?;
            if item.get("type")?.as_text()? != "bind" {
                return None;
            }
            let target = item.get("target")?.as_text()?.to_owned();
            let at = inner_range(self.text, source);
            return Some(Mount { source: source.as_text()?.to_owned(), target, at });
        }
        let text = item.as_text()?;
        // `${DIR:-.}` holds a colon of its own.
        let skipped = text.rfind('}').map_or(0, |at| at + 1);
        let colon = skipped + text[skipped..].find(':')?;
        let source = &text[..colon];
        let start = inner_range(self.text, item).start;
        let target = text[colon + 1..].split(':').next().unwrap_or("").to_owned();
        Some(Mount { source: source.to_owned(), target, at: start..start + source.len() })
    }

    /// The variables that are set for it.
    #[must_use]
    pub fn environment(&self) -> Vec<Variable<'n>> {
        let Some(node) = self.node.get("environment") else { return Vec::new() };
        let map = node.entries().iter().map(|(key, value)| {
            let at = inner_range(self.text, value);
            let raw = self.text.get(at.clone()).unwrap_or("");
            let text = value.as_text().unwrap_or(raw).to_owned();
            Variable { name: key.text.clone(), value: text, at, node: Some(value) }
        });
        let list = node.items().iter().filter_map(|item| {
            let (name, value) = item.as_text()?.split_once('=')?;
            let start = inner_range(self.text, item).start + name.len() + 1;
            let at = start..start + value.len();
            Some(Variable { name: name.to_owned(), value: value.to_owned(), at, node: None })
        });
        map.chain(list).collect()
    }

    /// The value of a variable.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Variable<'n>> {
        self.environment().into_iter().find(|variable| variable.name == name)
    }

    /// The services that it waits for: name, condition, and the node to point at.
    #[must_use]
    pub fn needs(&self) -> Vec<(&'n str, Option<&'n str>, Range<usize>)> {
        let Some(node) = self.node.get("depends_on") else { return Vec::new() };
        let map = node.entries().iter().map(|(key, value)| {
            let condition = value.get("condition");
            let at = condition.map_or(key.span.range(), |node| inner_range(self.text, node));
            (key.text.as_str(), condition.and_then(Node::as_text), at)
        });
        let list = node
            .items()
            .iter()
            .filter_map(|item| Some((item.as_text()?, None, inner_range(self.text, item))));
        map.chain(list).collect()
    }

    /// Where the folder of the exercise, or a part of it, lies in its container.
    #[must_use]
    pub fn workspace(&self) -> Option<String> {
        let mounts = self.mounts();
        let whole = mounts.iter().find(|mount| is_folder_itself(&mount.source));
        whole.map(|mount| mount.target.trim_end_matches('/').to_owned())
    }

    /// The ports that it listens on inside its container.
    #[must_use]
    pub fn listens_on(&self) -> Vec<u32> {
        let mut ports: Vec<u32> = self.ports().iter().map(|port| port.target).collect();
        for name in ["PORT", "GF_SERVER_HTTP_PORT", "PGPORT"] {
            ports.extend(self.variable(name).and_then(|found| found.value.parse::<u32>().ok()));
        }
        let expose = self.node.get("expose").map_or(&[][..], Node::items);
        ports.extend(expose.iter().filter_map(|item| match &item.value {
            Value::Int(port) => u32::try_from(*port).ok(),
            _ => item.as_text()?.parse().ok(),
        }));
        let usual = USUAL_PORTS.iter().find(|(image, _)| *image == self.image_name());
        if let Some((_, port)) = usual
            && (ports.is_empty() || *port != 3000)
        {
            ports.push(*port);
        }
        ports.sort_unstable();
        ports.dedup();
        ports
    }
}

/// Whether a file is a Dockerfile by its name.
#[must_use]
pub fn is_dockerfile(file: &ExerciseFile<'_>) -> bool {
    let name = file.name();
    name == "Dockerfile" || name.starts_with("Dockerfile.") || name.ends_with(".dockerfile")
}

/// What images listen on by themselves.
const USUAL_PORTS: [(&str, u32); 14] = [
    ("postgres", 5432),
    ("postgis", 5432),
    ("pgbouncer", 6432),
    ("redis", 6379),
    ("valkey", 6379),
    ("memcached", 11211),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("mongo", 27017),
    ("rabbitmq", 5672),
    ("prometheus", 9090),
    ("grafana", 3000),
    ("alertmanager", 9093),
    ("nginx", 80),
];

/// The text with `${NAME:-default}` replaced by its default.
#[must_use]
pub fn default_of(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("${") {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 2..];
        let Some(close) = inner.find('}') else { break };
        let name = &inner[..close];
        out.push_str(
            name.split_once(":-").or_else(|| name.split_once('-')).map_or("", |(_, default)| default),
        );
        rest = &inner[close + 1..];
    }
    out.push_str(rest);
    out
}

/// Whether a mount's source is the folder that the compose file lies in; from a fix's folder it is
/// two levels up.
#[must_use]
pub fn is_folder_itself(source: &str) -> bool {
    let with_default = default_of(source);
    let path = with_default.trim_end_matches('/');
    matches!(path, "." | "../..") || ["${PWD}", "$PWD"].contains(&source.trim_end_matches('/'))
}
