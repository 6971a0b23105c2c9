//! Baselines: the findings that were there when a course adopted the linter, so that only new ones
//! are shown. A finding is known again by its code, its file, its words and the text of its line;
//! line numbers are not in it, so that it survives edits elsewhere.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::catalog::control::STALE_BASELINE_ENTRY;
use crate::diag::{Diagnostic, Identity};
use crate::source::{FileId, Files, Span};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::yaml::{Node, Value};

/// The format's version. It goes up when a key changes its meaning or vanishes.
const VERSION: u32 = 1;

/// A baseline as it is written: findings that are known, by path, code, message and text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "scenarist-baseline.json")]
struct Document {
    /// The format's version; 1.
    version: u32,
    /// The known findings, sorted.
    findings: Vec<Known>,
}

/// Findings that agree in everything but their place.
#[derive(Debug, Serialize, JsonSchema)]
struct Known {
    /// The file, relative to the project.
    path: String,
    /// The rule's code.
    code: String,
    /// What is wrong; line numbers are replaced by `…`.
    message: String,
    /// The line that the finding points at, with single spaces, cut after 160 characters.
    text: String,
    /// How many of them there are.
    count: usize,
}

/// The JSON Schema of a baseline.
#[must_use]
pub fn baseline_schema() -> serde_json::Value {
    schemars::schema_for!(Document).to_value()
}

/// Findings as a baseline. Those that forbid any output are left out: they cannot be accepted.
#[must_use]
pub fn print_baseline<'a>(findings: impl Iterator<Item = &'a Diagnostic>, files: &Files) -> (String, usize) {
    let mut counts: BTreeMap<Identity, usize> = BTreeMap::new();
    for finding in findings.filter(|finding| !finding.is_blocking()) {
        *counts.entry(Identity::of(finding, files)).or_default() += 1;
    }
    let total = counts.values().sum();
    let known = counts.into_iter().map(|(identity, count)| {
        let Identity { path, code, message, text } = identity;
        Known { path, code, message, text, count }
    });
    let document = Document { version: VERSION, findings: known.collect() };
    (serde_json::to_string_pretty(&document).unwrap_or_default() + "\n", total)
}

/// A baseline as read.
#[derive(Debug, Default)]
pub struct Baseline {
    pub entries: Vec<BaselineEntry>,
}

/// One entry, and where it stands.
#[derive(Debug)]
pub struct BaselineEntry {
    pub identity: Identity,
    pub count: usize,
    pub span: Span,
}

/// Reads a baseline.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse_baseline(files: &Files, file: FileId) -> Result<Baseline, String> {
    let text = files.text(file).map_err(|_| "it is not a UTF-8 text".to_owned())?;
    let (node, faults) = parse_json(text, file, Dialect::Strict);
    if let Some(fault) = faults.first() {
        let line = 1 + text[..fault.at.start.min(text.len())].matches('\n').count();
        return Err(format!("line {line}: {}", fault.message));
    }
    let node = node.ok_or("it is empty")?;
    match node.get("version").map(|node| &node.value) {
        Some(Value::Int(version)) if *version == i64::from(VERSION) => {}
        Some(Value::Int(version)) => {
            return Err(format!("its version is {version}, and this program knows {VERSION}"));
        }
        _ => return Err("it has no `version`".to_owned()),
    }
    let list = node.get("findings").ok_or("it has no `findings`")?;
    let entries = list.items().iter().enumerate().map(|(at, item)| {
        entry(item)
            .ok_or_else(|| format!("entry {} lacks `path`, `code`, `message`, `text` or `count`", at + 1))
    });
    Ok(Baseline { entries: entries.collect::<Result<_, _>>()? })
}

fn entry(item: &Node) -> Option<BaselineEntry> {
    let text = |key: &str| Some(item.get(key)?.as_text()?.to_owned());
    let Value::Int(count) = item.get("count")?.value else { return None };
    let identity =
        Identity { path: text("path")?, code: text("code")?, message: text("message")?, text: text("text")? };
    Some(BaselineEntry { identity, count: usize::try_from(count).ok()?, span: item.get("code")?.span })
}

impl Baseline {
    /// Parts findings into new and known ones.
    #[must_use]
    pub fn part(&self, findings: Vec<Diagnostic>, files: &Files) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let mut left: BTreeMap<&Identity, usize> = BTreeMap::new();
        for entry in &self.entries {
            *left.entry(&entry.identity).or_default() += entry.count;
        }
        findings.into_iter().partition(|finding| {
            let identity = Identity::of(finding, files);
            match left.get_mut(&identity) {
                Some(count) if *count > 0 && !finding.is_blocking() => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        })
    }

    /// Findings about entries that know more than there is. `known` are the findings that were
    /// recognised.
    #[must_use]
    pub fn stale(&self, known: &[Diagnostic], files: &Files) -> Vec<Diagnostic> {
        let mut seen: BTreeMap<Identity, usize> = BTreeMap::new();
        for finding in known {
            *seen.entry(Identity::of(finding, files)).or_default() += 1;
        }
        let stale = self.entries.iter().filter_map(|entry| {
            let found = seen.get_mut(&entry.identity);
            let there = found.as_ref().map_or(0, |count| (**count).min(entry.count));
            if let Some(count) = found {
                *count -= there;
            }
            (there < entry.count).then(|| stale_entry(entry, there))
        });
        stale.collect()
    }
}

fn stale_entry(entry: &BaselineEntry, there: usize) -> Diagnostic {
    let Identity { path, code, .. } = &entry.identity;
    let message = if there == 0 {
        format!("this finding of `{code}` in `{path}` is gone")
    } else {
        format!("of {} such findings of `{code}` in `{path}` {there} are left", entry.count)
    };
    Diagnostic::new(&STALE_BASELINE_ENTRY, entry.span, message)
        .help("write the baseline anew with `--write-baseline FILE`")
}
