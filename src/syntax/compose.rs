//! Services of a compose file: their images, ports, mounts and variables in whichever of the format's
//! two forms they are written, each with its place.

use std::ops::Range;

use super::yaml::{Key, Node, Value};

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

/// The services of a compose file in order; `text` is that of the file, `root` what it says.
pub fn services_in<'n>(text: &'n str, root: &'n Node) -> impl Iterator<Item = ComposeService<'n>> {
    let services = root.get("services").map_or(&[][..], Node::entries);
    services.iter().map(move |(key, node)| ComposeService { key, node, text })
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

/// An image's name without registry, folder and tag: `postgres`, `grafana`.
#[must_use]
pub fn image_name(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or("");
    let slash = image.rfind('/').map_or(0, |at| at + 1);
    image[slash..].split(':').next().unwrap_or("")
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
        self.image().map_or("", |(image, _)| image_name(image))
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

/// The text with `${NAME:-default}` replaced by its default, and `$$` by the dollar that it stands for:
/// nothing of this machine decides what a compose file says.
#[must_use]
pub fn default_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let variable = after.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        rest = if let Some((inner, after)) = variable {
            let default = inner.split_once(":-").or_else(|| inner.split_once('-'));
            out.push_str(default.map_or("", |(_, default)| default));
            after
        } else {
            out.push('$');
            after.strip_prefix('$').unwrap_or(after)
        };
    }
    out + rest
}

/// Whether a mount's source is the folder that the compose file lies in; from a fix's folder it is
/// two levels up.
#[must_use]
pub fn is_folder_itself(source: &str) -> bool {
    let with_default = default_of(source);
    let path = with_default.trim_end_matches('/');
    matches!(path, "." | "../..") || ["${PWD}", "$PWD"].contains(&source.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_have_their_defaults() {
        assert_eq!(default_of("${A:-x}/$$HOME/${B}/$C/${D"), "x/$HOME//$C/${D");
        assert_eq!(default_of("$${A}"), "${A}");
    }

    #[test]
    fn images_have_a_name() {
        let names =
            ["postgres:15", "docker.io/grafana/grafana@sha256:00", "localhost:5000/a/redis"].map(image_name);
        assert_eq!(names, ["postgres", "grafana", "redis"]);
    }
}
