//! What a fix consists of: the SQL that is typed, the commands, the lines that become different;
//! and where a page first shows any of it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::{Token, Tokenizer};

use crate::check::Checked;
use crate::model::{Stage, StageFile, Written};
use crate::source::Span;
use crate::syntax::attributes::Attributes;
use crate::syntax::code::{dedent, region_text, scan_regions};

use super::reading::{Event, Kind, Reading};
use super::text::words;

/// A fix as code.
#[derive(Debug, Default)]
pub struct FixCode {
    /// SQL statements as words with spaces between.
    pub statements: Vec<String>,
    /// Commands as words with spaces between.
    pub commands: Vec<String>,
    /// Lines that no file had before, trimmed, without comments and lines of marks alone.
    pub added: BTreeSet<String>,
    /// Lines that no file has any more.
    pub removed: BTreeSet<String>,
}

/// How many runs of a piece of code are looked at: hints are short.
const MAX_RUNS: usize = 500;

/// How many words in a row make a piece of code part of a line.
const LINE_RUN: usize = 6;

impl FixCode {
    /// Whether a piece of code is a statement of the fix (`names` is the share of its names that
    /// must agree), or what the fix writes into a file. A line that is there before only shows the
    /// place, unless taking lines away is all that the fix does.
    #[expect(clippy::cast_precision_loss, reason = "statements are short")]
    #[must_use]
    pub fn is_solution(&self, piece: &str, names: f64) -> bool {
        let piece = loose(piece);
        let words: Vec<&str> = piece.split(' ').collect();
        let is_statement = |statement: &String| {
            let kind = kind_of(statement);
            let rest: BTreeSet<&str> =
                statement[kind.len()..].split(' ').filter(|word| !word.is_empty()).collect();
            let known = rest.iter().filter(|word| words.contains(*word)).count() as f64;
            holds(&piece, kind) && known >= names * rest.len() as f64
        };
        self.statements.iter().any(is_statement)
            || self.commands.iter().any(|command| holds(&piece, command))
            || self.is_written(&piece, &words)
    }

    fn is_written(&self, piece: &str, words: &[&str]) -> bool {
        let lines = if self.added.is_empty() { &self.removed } else { &self.added };
        let other = if self.added.is_empty() { &self.added } else { &self.removed };
        let other: Vec<String> = other.iter().map(|line| loose(line)).collect();
        let is_new = |run: &str| !other.iter().any(|line| holds(line, run));
        lines.iter().map(|line| loose(line)).any(|line| {
            let is_whole = words.len() >= 4 && is_new(&line) && (holds(piece, &line) || holds(&line, piece));
            let shares = |run: &[&str]| holds(&line, &run.join(" ")) && is_new(&run.join(" "));
            is_whole || words.windows(LINE_RUN).take(MAX_RUNS).any(shares)
        })
    }
}

/// What every fix does, by the folder of its scenario and its index.
struct FixCodes(BTreeMap<Utf8PathBuf, Vec<Arc<FixCode>>>);

/// What a fix does, by its index. Worked out once for all rules.
pub fn fix_code(checked: &Checked<'_>, written: &Written, fix: usize) -> Arc<FixCode> {
    let all = checked.shared.get(|| {
        let written = checked.scenarios().filter_map(|(_, scenario)| scenario.written.as_ref());
        let codes = |written: &Written| {
            let fixes = 0..written.manifest.fixes.len();
            fixes.map(|fix| Arc::new(read_fix(checked, written, fix))).collect()
        };
        FixCodes(written.map(|written| (written.source.clone(), codes(written))).collect())
    });
    all.0.get(&written.source).and_then(|codes| codes.get(fix)).cloned().unwrap_or_default()
}

fn read_fix(checked: &Checked<'_>, written: &Written, fix: usize) -> FixCode {
    let mut code = FixCode::default();
    let Some(manifest) = written.manifest.fixes.get(fix) else { return code };
    let folder = written.source.join("solution").join(manifest.id.as_str());
    for sql in &manifest.sql {
        let file = checked.files.find(folder.join(&sql.path));
        let text = file.and_then(|file| checked.files.text(file).ok()).unwrap_or_default();
        code.statements.extend(statements(text));
    }
    code.commands = manifest.commands.iter().map(|command| loose(&command.value)).collect();
    if let Some((before, after)) = stages_of(written, fix) {
        (code.added, code.removed) = (lines_beyond(after, before), lines_beyond(before, after));
    }
    code
}

/// The stage that a fix starts from, and the one that it makes.
pub fn stages_of(written: &Written, fix: usize) -> Option<(&Stage, &Stage)> {
    Some((written.stages.get(written.stage_before(fix))?, written.stages.get(fix + 1)?))
}

/// The lines of a stage that another has nowhere. Files that both have alike need not be looked at.
fn lines_beyond(stage: &Stage, other: &Stage) -> BTreeSet<String> {
    let is_shared = |path: &Utf8PathBuf, file: &StageFile| {
        other.files.get(path).is_some_and(|other| !other.rendered && other.bytes == file.bytes)
    };
    let changed = own_files(stage).filter(|(path, file)| !is_shared(path, file));
    let mut found: HashSet<&str> = changed.flat_map(|(_, file)| lines_of(file)).collect();
    if !found.is_empty() {
        own_files(other).flat_map(|(_, file)| lines_of(file)).for_each(|line| {
            found.remove(line);
        });
    }
    found.into_iter().map(str::to_owned).collect()
}

/// A stage's own files: what the stack renders is not a learner's work.
fn own_files(stage: &Stage) -> impl Iterator<Item = (&Utf8PathBuf, &StageFile)> {
    stage.files.iter().filter(|(_, file)| !file.rendered)
}

fn lines_of(file: &StageFile) -> impl Iterator<Item = &str> {
    std::str::from_utf8(&file.bytes).unwrap_or_default().lines().filter_map(telling_line)
}

/// A line of code that says something by itself.
fn telling_line(line: &str) -> Option<&str> {
    let line = line.trim();
    let is_comment = ["//", "#", "--", "/*", "*"].iter().any(|mark| line.starts_with(mark));
    let letters = line.chars().filter(|c| c.is_alphanumeric()).take(8).count();
    (!is_comment && letters == 8).then_some(line)
}

/// The statements of an SQL text, each as words.
fn statements(sql: &str) -> Vec<String> {
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, sql).tokenize().unwrap_or_default();
    let mut found = Vec::new();
    let mut statement = String::new();
    for token in tokens {
        match token {
            Token::SemiColon => found.push(std::mem::take(&mut statement)),
            Token::Whitespace(_) => statement.push(' '),
            other => statement.push_str(&other.to_string()),
        }
    }
    found.push(statement);
    found.iter().map(|statement| loose(statement)).filter(|words| !words.is_empty()).collect()
}

/// The words of a piece of code with one space between: layout and marks don't matter.
pub fn loose(code: &str) -> String {
    let words: Vec<_> = words(code).into_iter().map(|word| word.text).collect();
    words.join(" ")
}

/// Whether loose code holds a run of whole words.
pub fn holds(code: &str, run: &str) -> bool {
    !run.is_empty() && format!(" {code} ").contains(&format!(" {run} "))
}

/// What a statement does, without its names: `create index`, `alter table`.
pub fn kind_of(statement: &str) -> &str {
    let second = statement.match_indices(' ').nth(1).map_or(statement.len(), |(at, _)| at);
    &statement[..second]
}

/// Whether an event shows code of a fix: a `change`, a statement or command of it, or code that
/// stands only in the stage that it makes.
pub fn shows_fix(
    checked: &Checked<'_>,
    written: &Written,
    fix: usize,
    code: &FixCode,
    event: &Event<'_>,
) -> bool {
    match event.kind {
        Kind::Change(_) => event.fix == Some(fix),
        Kind::Fence { language, attributes, body } if attributes.get("output").is_none() => {
            let text = checked.files.slice(body);
            match attributes.get("file") {
                Some(file) => quotes_fix(written, fix, event, attributes, Utf8Path::new(&file.value)),
                None if is_command(language) => types_fix(text, code),
                None => text.lines().any(|line| code.added.contains(line.trim())),
            }
        }
        _ => false,
    }
}

/// Whether a fence of this language is typed rather than read.
pub fn is_command(language: &str) -> bool {
    matches!(language, "bash" | "sh" | "shell" | "console" | "sql")
}

/// Whether typed text holds a statement or command of the fix; the names in it may differ.
fn types_fix(text: &str, code: &FixCode) -> bool {
    let typed = loose(text);
    let does = |statement: &String| holds(&typed, kind_of(statement));
    code.statements.iter().any(does) || code.commands.iter().any(|command| holds(&typed, command))
}

/// Whether a quotation shows something that the fix made different.
fn quotes_fix(
    written: &Written,
    fix: usize,
    event: &Event<'_>,
    attributes: &Attributes,
    path: &Utf8Path,
) -> bool {
    let Some((before, after)) = stages_of(written, fix) else { return false };
    let is_after = match attributes.get("stage") {
        Some(stage) => stage.value == after.id,
        None => event.fix == Some(fix),
    };
    let region = attributes.get("region").map(|region| region.value.as_str());
    let old = part_of(before, path, region);
    let new = part_of(after, path, region);
    is_after && new.is_some() && old != new
}

/// The text of a file of a stage, or of a region of it.
pub fn part_of(stage: &Stage, path: &Utf8Path, region: Option<&str>) -> Option<String> {
    let file = stage.files.get(path)?;
    let Some(region) = region else { return Some(file.annotated.to_string()) };
    let scan = scan_regions(path, &file.annotated);
    let found = scan.regions.iter().find(|found| found.id == region)?;
    Some(dedent(&region_text(&file.annotated, found)))
}

/// The index of the event that first shows a fix's code, below its heading.
pub fn first_shown(
    checked: &Checked<'_>,
    written: &Written,
    fix: usize,
    reading: &Reading<'_>,
) -> Option<usize> {
    let code = fix_code(checked, written, fix);
    let shows = |event: &Event<'_>| {
        event.fix == Some(fix) && !event.part.hidden && shows_fix(checked, written, fix, &code, event)
    };
    reading.events.iter().position(shows)
}

/// Where the event that shows a fix's code is reported: in code that is written out, the first line of
/// the fix, else its opening line.
pub fn shown_at(checked: &Checked<'_>, written: &Written, fix: usize, event: &Event<'_>) -> Span {
    let Kind::Fence { language, attributes, body } = event.kind else { return opener(checked, event) };
    if attributes.get("file").is_some() || is_command(language) {
        return opener(checked, event);
    }
    let code = fix_code(checked, written, fix);
    let text = checked.files.slice(body);
    let line = text.lines().map(str::trim).find(|line| code.added.contains(*line));
    line.map_or_else(
        || opener(checked, event),
        |line| {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            body.sub(start, start + line.len())
        },
    )
}

/// Where an event that shows code is reported: a directive's or a fence's opening line.
pub fn opener(checked: &Checked<'_>, event: &Event<'_>) -> Span {
    match event.kind {
        Kind::Change(directive)
        | Kind::Hint(directive)
        | Kind::Options(directive)
        | Kind::Question(directive)
        | Kind::Loadtest(directive)
        | Kind::Results(directive) => directive.opener,
        _ => {
            let line = checked.files.slice(event.block.span).lines().next().unwrap_or("");
            event.block.span.sub(line.len() - line.trim_start().len(), line.trim_end().len())
        }
    }
}
