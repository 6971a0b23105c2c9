//! What Prometheus collects: its configuration as a stage has it.

use std::ops::Range;
use std::time::Duration;

use crate::check::{ExerciseFile, StageFolder};
use crate::syntax::yaml::Node;

/// A configuration of Prometheus.
#[derive(Debug)]
pub struct Scrape<'s> {
    pub file: &'s ExerciseFile<'s>,
    pub targets: Vec<Target>,
    /// The longest interval between two scrapes, and where it stands if it is written.
    pub interval: Duration,
    pub interval_at: Option<Range<usize>>,
    /// Whether some targets are found in another way than by being listed.
    pub open: bool,
}

/// A target that is listed.
#[derive(Debug)]
pub struct Target {
    pub host: String,
    pub port: Option<u32>,
    pub at: Range<usize>,
    /// Where its metrics are, if it is not `/metrics`.
    pub path: Option<String>,
}

/// What Prometheus takes when nothing is said.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(60);

/// The configurations of a stage; nearly always one.
#[must_use]
pub fn scrapes_of<'s>(stage: &'s StageFolder<'_>) -> Vec<Scrape<'s>> {
    let files = stage.files.values().filter(|file| file.has_extension("yml") || file.has_extension("yaml"));
    files.filter_map(|file| scrape_of(file)).collect()
}

fn scrape_of<'s>(file: &'s ExerciseFile<'_>) -> Option<Scrape<'s>> {
    let root = file.yaml()?;
    let jobs = root.get("scrape_configs")?.items();
    let interval = |node: &Node| {
        let found = node.get("scrape_interval")?;
        Some((parse_duration(found.as_text()?)?, found.span.range()))
    };
    let global = root.get("global").and_then(interval);
    let slowest = jobs.iter().filter_map(interval).chain(global).max_by_key(|(length, _)| *length);
    let mut scrape = Scrape {
        file,
        targets: Vec::new(),
        interval: slowest.as_ref().map_or(DEFAULT_INTERVAL, |(length, _)| *length),
        interval_at: slowest.map(|(_, at)| at),
        open: false,
    };
    for job in jobs {
        scrape.open |= job
            .entries()
            .iter()
            .any(|(key, _)| key.text.ends_with("_sd_configs") || key.text == "relabel_configs");
        let path = job.get("metrics_path").and_then(Node::as_text).map(str::to_owned);
        let groups = job.get("static_configs").map_or(&[][..], Node::items);
        for target in groups.iter().filter_map(|group| group.get("targets")).flat_map(Node::items) {
            scrape.targets.extend(target_of(target, path.clone()));
        }
    }
    Some(scrape)
}

fn target_of(node: &Node, path: Option<String>) -> Option<Target> {
    let text = node.as_text()?;
    let address = text.rsplit_once("://").map_or(text, |(_, address)| address);
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (address, None),
    };
    Some(Target { host: host.to_owned(), port, at: node.span.range(), path })
}

/// `1m30s`, `500ms`, `15s`.
#[must_use]
fn parse_duration(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u32 = rest[..digits].parse().ok()?;
        let after = &rest[digits..];
        let letters = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let unit = match &after[..letters] {
            "ms" => Duration::from_millis(1),
            "s" => Duration::from_secs(1),
            "m" => Duration::from_secs(60),
            "h" => Duration::from_secs(3600),
            "d" => Duration::from_secs(86400),
            _ => return None,
        };
        total = total.checked_add(unit.checked_mul(number)?)?;
        rest = &after[letters..];
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        assert_eq!(parse_duration("1m30s"), Some(Duration::from_secs(90)));
        assert_eq!(parse_duration("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(parse_duration("5"), None);
        assert_eq!(parse_duration("5 parsecs"), None);
    }
}
