//! A dashboard of Grafana as far as rules ask: panels, where they lie, what they query.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::promql::{Query, parse_promql};
use super::yaml::{Node, Value};

/// A dashboard.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// Its uid and where it stands.
    pub uid: Option<(String, Range<usize>)>,
    /// Where a finding about the whole of it points: the title.
    pub at: Range<usize>,
    /// In order; those inside of a row follow it.
    pub panels: Vec<BoardPanel>,
    /// Uids of data sources that are chosen by a variable.
    pub has_variables: bool,
}

/// A panel.
#[derive(Clone, Debug)]
pub struct BoardPanel {
    pub kind: String,
    pub title: String,
    /// The title's place, or the panel's if it has none.
    pub at: Range<usize>,
    pub id: Option<(i64, Range<usize>)>,
    pub description: Option<String>,
    pub unit: Option<String>,
    /// Where the axis begins and ends, if that is fixed.
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// Colors by name with the value from which they hold, lowest first; the first has none.
    pub thresholds: Vec<(Option<f64>, String)>,
    /// What stands in place of a value that is not there.
    pub no_value: Option<String>,
    pub grid: Option<Grid>,
    pub datasource: Datasource,
    pub targets: Vec<Target>,
    /// The row that holds it; panels of different rows never lie side by side.
    pub row: Option<usize>,
}

/// Where a panel lies.
#[derive(Clone, Debug)]
pub struct Grid {
    pub at: Range<usize>,
    pub x: i64,
    pub y: i64,
    pub w: i64,
    pub h: i64,
}

/// Where a panel or a target gets its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datasource {
    /// Not said.
    Unsaid,
    /// By name or by type alone, at this place.
    Unpinned(Range<usize>),
    Uid(String, Range<usize>),
}

/// A query of a panel.
#[derive(Clone, Debug)]
pub struct Target {
    pub expr: String,
    /// With its quotes.
    pub expr_at: Range<usize>,
    /// What the parser says of an expression that is none.
    pub query: Result<Query, String>,
    /// The pattern of the names in the legend.
    pub legend: Option<String>,
    pub datasource: Datasource,
}

impl Target {
    /// The expression as read.
    #[must_use]
    pub fn read(&self) -> Option<&Query> {
        self.query.as_ref().ok()
    }
}

impl Grid {
    /// Whether two panels share some room.
    #[must_use]
    pub fn overlaps(&self, other: &Grid) -> bool {
        let apart = |a: i64, len: i64, b: i64| a.saturating_add(len) <= b;
        !(apart(self.x, self.w, other.x)
            || apart(other.x, other.w, self.x)
            || apart(self.y, self.h, other.y)
            || apart(other.y, other.h, self.y))
    }
}

/// Whether a text can hold a dashboard: a lockfile is long, and need not be parsed to know.
#[must_use]
pub fn may_be_dashboard(json: &str) -> bool {
    json.contains("panels") || json.contains("\\u")
}

/// Expressions that were read: the dashboards of a course hardly differ in theirs.
#[derive(Debug, Default)]
pub struct Queries(Mutex<HashMap<String, Result<Query, String>>>);

impl Queries {
    fn read(&self, expr: &str) -> Result<Query, String> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(query) = known().get(expr) {
            return query.clone();
        }
        let query = parse_promql(expr);
        known().insert(expr.to_owned(), query.clone());
        query
    }
}

/// Reads a dashboard; `None` if the document is none.
#[must_use]
pub fn read_dashboard(root: &Node, queries: &Queries) -> Option<Dashboard> {
    let list = root.get("panels").filter(|list| matches!(list.value, Value::List(_)))?;
    if root.get("schemaVersion").is_none() && root.get("title").is_none() && root.get("uid").is_none() {
        return None;
    }
    let mut panels = Vec::new();
    for node in list.items() {
        let at = panels.len();
        panels.push(read_panel(node, None, queries));
        let inside = node.get("panels").map_or(&[][..], Node::items);
        panels.extend(inside.iter().map(|inner| read_panel(inner, Some(at), queries)));
    }
    let variables = root.get("templating").and_then(|templating| templating.get("list"));
    Some(Dashboard {
        uid: text_at(root, "uid").filter(|(uid, _)| !uid.is_empty()),
        at: root.get("title").map_or(0..0, |title| title.span.range()),
        panels,
        has_variables: variables.is_some_and(|list| !list.items().is_empty()),
    })
}

fn text_at(node: &Node, key: &str) -> Option<(String, Range<usize>)> {
    let found = node.get(key)?;
    Some((found.as_text()?.to_owned(), found.span.range()))
}

fn read_panel(node: &Node, row: Option<usize>, queries: &Queries) -> BoardPanel {
    let title = text_at(node, "title");
    let number = |key: &str| match node.get(key).map(|found| (&found.value, found.span.range())) {
        Some((Value::Int(number), at)) => Some((*number, at)),
        _ => None,
    };
    let defaults = node.get("fieldConfig").and_then(|config| config.get("defaults"));
    let targets = node.get("targets").map_or(&[][..], Node::items);
    BoardPanel {
        kind: text_at(node, "type").map_or_else(String::new, |(kind, _)| kind),
        at: title.as_ref().map_or_else(|| node.span.range(), |(_, at)| at.clone()),
        title: title.map_or_else(String::new, |(title, _)| title),
        id: number("id"),
        description: text_at(node, "description").map(|(text, _)| text),
        unit: defaults.and_then(|defaults| text_at(defaults, "unit")).map(|(unit, _)| unit),
        min: defaults.and_then(|defaults| number_at(defaults, "min")),
        max: defaults.and_then(|defaults| number_at(defaults, "max")),
        thresholds: defaults.map_or_else(Vec::new, read_thresholds),
        no_value: defaults.and_then(|defaults| text_at(defaults, "noValue")).map(|(text, _)| text),
        grid: node.get("gridPos").and_then(read_grid),
        datasource: read_datasource(node),
        targets: targets.iter().filter_map(|target| read_target(target, queries)).collect(),
        row,
    }
}

fn number_at(node: &Node, key: &str) -> Option<f64> {
    match node.get(key)?.value {
        #[expect(clippy::cast_precision_loss, reason = "no axis ends beyond 2^53")]
        Value::Int(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    }
}

fn read_thresholds(defaults: &Node) -> Vec<(Option<f64>, String)> {
    let steps = defaults.get("thresholds").and_then(|thresholds| thresholds.get("steps"));
    let steps = steps.map_or(&[][..], Node::items).iter();
    steps.filter_map(|step| Some((number_at(step, "value"), text_at(step, "color")?.0))).collect()
}

fn read_grid(node: &Node) -> Option<Grid> {
    let number = |key: &str| match node.get(key)?.value {
        Value::Int(number) => Some(number),
        _ => None,
    };
    Some(Grid { at: node.span.range(), x: number("x")?, y: number("y")?, w: number("w")?, h: number("h")? })
}

fn read_datasource(node: &Node) -> Datasource {
    let Some(found) = node.get("datasource") else { return Datasource::Unsaid };
    if matches!(found.value, Value::Null) {
        return Datasource::Unsaid;
    }
    match text_at(found, "uid").filter(|(uid, _)| !uid.is_empty()) {
        Some((uid, at)) => Datasource::Uid(uid, at),
        None => Datasource::Unpinned(found.span.range()),
    }
}

fn read_target(node: &Node, queries: &Queries) -> Option<Target> {
    let (expr, expr_at) = text_at(node, "expr")?;
    let query = queries.read(&expr);
    let legend = text_at(node, "legendFormat").map(|(text, _)| text);
    Some(Target { query, expr, expr_at, legend, datasource: read_datasource(node) })
}

/// The place in a JSON string, quotes included, that a place of its value comes from.
#[must_use]
pub fn place_in_json(written: &str, at: Range<usize>) -> Range<usize> {
    let mut value_at = 0;
    let mut start = None;
    let mut rest = written.char_indices().skip(1).peekable();
    let mut end = written.len();
    while let Some((raw, letter)) = rest.next() {
        if value_at >= at.start && start.is_none() {
            start = Some(raw);
        }
        if value_at >= at.end {
            end = raw;
            break;
        }
        let len = match letter {
            '\\' => match rest.next() {
                Some((_, 'u')) => {
                    let digits: String = (0..4).filter_map(|_| rest.next().map(|(_, digit)| digit)).collect();
                    u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).map_or(0, char::len_utf8)
                }
                _ => 1,
            },
            letter => letter.len_utf8(),
        };
        value_at += len;
    }
    start.map_or(0..written.len(), |start| start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_json_strings_pass_over_escapes() {
        let written = r#""a\"b\u00e4cd""#;
        assert_eq!(&written[place_in_json(written, 5..7)], "cd");
        assert_eq!(&written[place_in_json(written, 0..1)], "a");
        assert_eq!(&written[place_in_json(written, 2..3)], "b");
    }
}
