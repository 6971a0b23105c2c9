//! The hints of a page in the groups in which they are printed, each with its words.

use super::reading::{ExercisePage, Kind};
use super::text::{Code, content_stems, is_gap, plain};
use crate::check::Checked;
use crate::source::Span;
use crate::syntax::document::{Block, BlockKind, Directive};

/// A hint's text.
pub struct HintText {
    /// Its first block of text or code, where an author changes it.
    pub place: Span,
    /// What stands in it as people read it, code included.
    pub text: String,
    /// The stems of its words that carry meaning.
    pub stems: Vec<String>,
    /// What stands between backticks or in fences, with its place.
    pub code: Vec<(String, Span)>,
}

/// The hints between two headings.
pub struct HintGroup {
    /// The section that they stand in.
    pub section: usize,
    /// The fixes that they can be about: one, or all of the section that they introduce.
    pub fixes: Vec<usize>,
    pub hints: Vec<HintText>,
}

/// The groups of a page in order; hints that are still to be written are left out.
pub fn hint_groups(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Vec<HintGroup> {
    let mut groups: Vec<HintGroup> = Vec::new();
    let mut is_open = false;
    for event in &page.events {
        match event.kind {
            Kind::Heading { level: ..=3, .. } => is_open = false,
            Kind::Hint(directive) => {
                if !is_open {
                    let fixes = fixes_of(page, event.fix, event.section);
                    groups.push(HintGroup { section: event.section, fixes, hints: Vec::new() });
                    is_open = true;
                }
                let hint = hint_text(checked, directive);
                if let Some(group) = groups.last_mut().filter(|_| !is_gap(&hint.text)) {
                    group.hints.push(hint);
                }
            }
            _ => {}
        }
    }
    groups
}

fn fixes_of(page: &ExercisePage<'_>, fix: Option<usize>, section: usize) -> Vec<usize> {
    if let Some(fix) = fix {
        return vec![fix];
    }
    let mut fixes: Vec<usize> =
        page.events.iter().filter(|event| event.section == section).filter_map(|event| event.fix).collect();
    fixes.dedup();
    fixes
}

fn hint_text(checked: &Checked<'_>, directive: &Directive) -> HintText {
    let mut text = String::new();
    let mut code = Vec::new();
    for block in &directive.children {
        text.push_str(&block_text(checked, block, &mut code));
        text.push_str("\n\n");
    }
    let stems = content_stems(&text);
    HintText { place: hint_place(directive), text, stems, code }
}

/// Where a hint says what it says, else its opening line.
pub fn hint_place(directive: &Directive) -> Span {
    let is_shown = |block: &&Block| !matches!(block.kind, BlockKind::Comment { .. } | BlockKind::Definition);
    directive.children.iter().find(is_shown).map_or(directive.opener, |block| block.span)
}

fn block_text(checked: &Checked<'_>, block: &Block, code: &mut Vec<(String, Span)>) -> String {
    let source = checked.files.slice(block.span);
    match &block.kind {
        BlockKind::Fence { body, .. } => {
            let text = checked.files.slice(*body).to_owned();
            code.push((text.clone(), *body));
            text
        }
        BlockKind::Comment { .. } | BlockKind::Definition => String::new(),
        _ => {
            // Every second part between backticks is code.
            let mut at = 0;
            for (index, part) in source.split('`').enumerate() {
                if index % 2 == 1 {
                    code.push((part.to_owned(), block.span.sub(at, at + part.len())));
                }
                at += part.len() + 1;
            }
            plain(source, block.span.start as usize, &block.links, Code::Kept)
        }
    }
}
