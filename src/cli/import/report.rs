//! What became of each block, for people, as Markdown, and as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::adopt::verify::{Difference, DifferenceKind};
use crate::adopt::{BlockReport, Conversion, Fate, Repository};
use crate::cli::terminal::Terminal;
use crate::source::Span;

/// How many lines of one kind a summary shows.
const SHOWN: usize = 12;

/// The report of one folder, or of what lies beside the folders.
struct Section<'a> {
    title: String,
    blocks: Vec<&'a BlockReport>,
}

/// Counts of converted, kept, generated and not understood.
fn counts(blocks: &[&BlockReport]) -> [usize; 4] {
    let mut counts = [0; 4];
    for block in blocks {
        counts[match block.fate {
            Fate::Converted(_) => 0,
            Fate::Kept(_) => 1,
            Fate::Generated(_) => 2,
            Fate::NotUnderstood(_) => 3,
        }] += 1;
    }
    counts
}

fn sections<'a>(repository: &Repository, conversion: &'a Conversion) -> Vec<Section<'a>> {
    let mut of_folders: BTreeMap<usize, Vec<&BlockReport>> = BTreeMap::new();
    let last = repository.folders.len();
    for block in &conversion.report {
        of_folders.entry(folder_of(repository, block.span).unwrap_or(last)).or_default().push(block);
    }
    let title = |index: usize| match repository.folders.get(index) {
        Some(folder) => format!("{} → content/scenarios/{}", folder.path, conversion.ids[index]),
        None => "the course".to_owned(),
    };
    of_folders
        .into_iter()
        .map(|(index, mut blocks)| {
            blocks.sort_by_key(|block| (block.span.file, block.span.start));
            Section { title: title(index), blocks }
        })
        .collect()
}

fn folder_of(repository: &Repository, span: Span) -> Option<usize> {
    if span == Span::nowhere() {
        return None;
    }
    let path = repository.files.path(span.file);
    let is_own = |folder: &crate::adopt::Folder| {
        folder.devcontainer == Some(span.file)
            || path.starts_with(&folder.path) && !folder.path.as_str().is_empty()
    };
    repository.folders.iter().position(is_own)
}

fn place(repository: &Repository, span: Span) -> String {
    if span == Span::nowhere() {
        return "the repository".to_owned();
    }
    let at = repository.files.position(span.file, span.start);
    format!("{}:{}", repository.files.path(span.file), at.line)
}

/// The summary: counts for each scenario, and the lines that somebody should look at.
pub fn print_summary(
    repository: &Repository,
    conversion: &Conversion,
    differences: Option<&[Difference]>,
    terminal: &Terminal,
) {
    for section in sections(repository, conversion) {
        let [converted, kept, generated, unclear] = counts(&section.blocks);
        terminal.status(&section.title);
        terminal.status(&format!(
            "  {converted} converted, {kept} kept as they are, {generated} made by the build, {unclear} not understood"
        ));
        let notes: Vec<String> = section.blocks.iter().filter_map(|block| note(repository, block)).collect();
        for line in notes.iter().take(SHOWN) {
            terminal.status(&format!("  {line}"));
        }
        if notes.len() > SHOWN {
            terminal.status(&format!("  … and {} more; --report FILE has them all", notes.len() - SHOWN));
        }
    }
    if let Some(differences) = differences {
        print_differences(repository, differences, terminal);
    }
}

/// A line about a block that was not understood, or kept for a reason.
fn note(repository: &Repository, block: &BlockReport) -> Option<String> {
    let (word, why) = match &block.fate {
        Fate::NotUnderstood(why) => ("not understood", why),
        Fate::Kept(Some(why)) => ("kept", why),
        Fate::Kept(None) | Fate::Converted(_) | Fate::Generated(_) => return None,
    };
    Some(format!("{}: {}: {word}: {why}", place(repository, block.span), block.what))
}

fn print_differences(repository: &Repository, differences: &[Difference], terminal: &Terminal) {
    let count = |kind| differences.iter().filter(|difference| difference.kind == kind).count();
    let counts: Vec<String> =
        DifferenceKind::ALL.iter().map(|kind| format!("{} {}", count(*kind), kind.phrase())).collect();
    terminal.status(&format!("\ncompared with what is built: {}", counts.join(", ")));
    for lost in differences.iter().filter(|difference| difference.kind == DifferenceKind::Lost) {
        terminal.line(&format!("{}: lost: {}", place(repository, lost.span), shortened(&lost.what)));
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 100 { text.to_owned() } else { text.chars().take(99).chain(['…']).collect() }
}

/// Every block, as Markdown.
pub fn markdown_report(
    repository: &Repository,
    conversion: &Conversion,
    differences: Option<&[Difference]>,
) -> String {
    let mut out = "# What became of each block\n".to_owned();
    for section in sections(repository, conversion) {
        let [converted, kept, generated, unclear] = counts(&section.blocks);
        out.push_str(&format!(
            "\n## {}\n\n{converted} converted, {kept} kept, {generated} made by the build, {unclear} not understood.\n\n\
             | Place | Block | What became of it |\n|---|---|---|\n",
            section.title
        ));
        for block in &section.blocks {
            let (word, rest) = words(&block.fate);
            let rest = if rest.is_empty() { String::new() } else { format!(": {rest}") };
            let cells = [place(repository, block.span), block.what.clone(), format!("{word}{rest}")];
            out.push_str(&format!(
                "| {} |\n",
                cells.map(|cell| cell.replace('|', "\\|").replace('\n', " ")).join(" | ")
            ));
        }
    }
    if let Some(differences) = differences {
        out.push_str("\n## Compared with what is built\n\n| Place | Kind | What |\n|---|---|---|\n");
        for it in differences {
            let cells = [place(repository, it.span), it.kind.phrase().to_owned(), it.what.clone()];
            out.push_str(&format!(
                "| {} |\n",
                cells.map(|cell| cell.replace('|', "\\|").replace('\n', " ")).join(" | ")
            ));
        }
    }
    out
}

fn words(fate: &Fate) -> (&'static str, &str) {
    match fate {
        Fate::Converted(into) => ("converted", into),
        Fate::Kept(why) => ("kept", why.as_deref().unwrap_or("")),
        Fate::Generated(why) => ("generated", why),
        Fate::NotUnderstood(why) => ("not-understood", why),
    }
}

/// Every block and every difference, as JSON.
pub fn json_report(
    repository: &Repository,
    conversion: &Conversion,
    differences: Option<&[Difference]>,
) -> String {
    let at = |span: Span| -> Value {
        if span == Span::nowhere() {
            return Value::Null;
        }
        let position = repository.files.position(span.file, span.start);
        json!({ "path": repository.files.path(span.file).as_str(), "line": position.line, "column": position.column })
    };
    let blocks: Vec<Value> = conversion
        .report
        .iter()
        .map(|block| {
            let (fate, detail) = words(&block.fate);
            json!({ "at": at(block.span), "what": block.what, "fate": fate, "detail": detail })
        })
        .collect();
    let folders: Vec<Value> = repository
        .folders
        .iter()
        .zip(&conversion.ids)
        .map(|(folder, id)| json!({ "folder": folder.path.as_str(), "id": id }))
        .collect();
    let differences = differences.map(|found| -> Vec<Value> {
        found
            .iter()
            .map(|it| json!({ "at": at(it.span), "kind": it.kind.phrase(), "what": it.what }))
            .collect()
    });
    let whole = json!({ "scenarios": folders, "blocks": blocks, "differences": differences });
    serde_json::to_string_pretty(&whole).unwrap_or_default()
}
