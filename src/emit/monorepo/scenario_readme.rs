//! The README of a scenario's folder: what it is, how to open it, which files it holds. It leads to
//! SCENARIO.md and says nothing about causes or solutions.

use crate::emit::print::gfm::{
    GfmContext, Page, answered_questions, escape_text, heading_title, print_files, print_inline,
};
use crate::emit::print::words;
use crate::emit::rehearsed::rehearsed;
use crate::ir::{FileRow, Node, each_block};
use crate::model::{Course, Written};

/// The whole of a scenario's README.md.
#[must_use]
pub fn print_scenario_readme(course: &Course, index: usize, drafts: bool) -> String {
    let scenario = &course.scenarios[index];
    let cx = GfmContext::new(course, Page::Readme(index), drafts);
    let mut out = vec![format!("# {}", heading_title(course, index))];
    out.push(print_inline(&scenario.summary, &cx));
    if !scenario.about.is_empty() {
        out.push(format!("**The app:** {}", print_inline(&scenario.about, &cx)));
    }
    let mut start =
        "The exercise is in [SCENARIO.md](SCENARIO.md). Start there and read from the top.".to_owned();
    if let Some(minutes) = scenario.minutes {
        start.push_str(&format!(" It takes about {}.", words::minutes(minutes)));
    }
    out.push(start);
    let Some(written) = &scenario.written else { return finish(&out) };
    if written.devcontainer.is_some() {
        out.push(format!(
            "[Open {} in a Codespace]({}), and everything it needs starts by itself.",
            escape_text(&scenario.title),
            course.codespaces_link(&scenario.folder)
        ));
    }
    if let Some(found) = rehearsed(written) {
        out.push(format!("**Rehearsed:** {}", found.sentence()));
    }
    out.push("## Files".to_owned());
    out.push(print_file_list(written, &cx));
    finish(&out)
}

fn finish(blocks: &[String]) -> String {
    let blocks: Vec<&str> = blocks.iter().map(String::as_str).filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n") + "\n"
}

fn print_file_list(written: &Written, cx: &GfmContext<'_>) -> String {
    let mut lines = vec!["- `SCENARIO.md` — the exercise, step by step".to_owned()];
    if !answered_questions(&written.blocks).is_empty() {
        lines.push("- `ANSWERS.md` — model answers, for when you have written down your own".to_owned());
    }
    lines.extend(file_rows(written).map(|rows| print_files(rows, cx)).filter(|list| !list.is_empty()));
    lines.join("\n")
}

/// The list that the page shows, with its remarks.
fn file_rows(written: &Written) -> Option<&Vec<FileRow>> {
    let mut found = None;
    each_block(&written.blocks, &mut |block| {
        if let Node::Files(rows) = &block.node {
            found = found.or(Some(rows));
        }
    });
    found
}
