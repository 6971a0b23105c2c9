//! `<details>`: which block closes one, its summary, and the text inside.

use super::block::{PageBlock, Shape};
use super::view::View;
use crate::adopt::read::run::Run;
use crate::source::{Files, Span};

/// For each block that begins with `<details>`, the one that closes it, which may be the same.
pub(super) fn details_ends(files: &Files, blocks: &[PageBlock]) -> Vec<Option<usize>> {
    let mut ends = vec![None; blocks.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if !matches!(block.shape, Shape::Html) {
            continue;
        }
        let text = files.slice(block.span).to_ascii_lowercase();
        let opened = text.matches("<details").count();
        let closed = text.matches("</details").count();
        open.extend(std::iter::repeat_n(at, opened));
        for _ in 0..closed {
            // The outermost of those that a block opens is the last to be closed.
            if let Some(opener) = open.pop() {
                ends[opener] = Some(at);
            }
        }
    }
    ends.iter()
        .enumerate()
        .map(|(at, end)| {
            end.filter(|_| {
                files.slice(blocks[at].span).trim_start().to_ascii_lowercase().starts_with("<details")
            })
        })
        .collect()
}

/// A `<details>` from its tag to the closing one.
pub(super) struct Details<'a> {
    pub summary: Option<Run<'a>>,
    /// The text inside, each a whole run of bytes.
    pub text: Vec<Span>,
    /// The blocks between the tags.
    pub inner: std::ops::Range<usize>,
    /// How many blocks it takes.
    pub blocks: usize,
}

/// The `<details>` that begins at a block.
pub(super) fn details_at<'a>(view: &View<'a>, at: usize) -> Option<Details<'a>> {
    let end = (*view.details.get(at)?)?;
    let head = view.text(at);
    let lower = head.text.to_ascii_lowercase();
    let after_tag = lower.find('>').map_or(lower.len(), |end| end + 1);
    let summary = summary_in(head, &lower);
    let body = summary.map_or(after_tag, |(_, end)| end);
    let summary = summary.map(|(summary, _)| summary);
    if end == at {
        let close = lower.rfind("</details").unwrap_or(lower.len());
        let inside = head.sub(body..close).trim();
        let text = if inside.is_blank() { Vec::new() } else { vec![inside.span] };
        return Some(Details { summary, text, inner: at + 1..at + 1, blocks: 1 });
    }
    let rest = head.from(body).trim();
    let mut text: Vec<Span> = (!rest.is_blank()).then_some(rest.span).into_iter().collect();
    if end > at + 1 {
        text.push(view.span_of(at + 1, end - 1));
    }
    let last = view.text(end);
    let close = last.text.to_ascii_lowercase().find("</details").unwrap_or(0);
    let tail = last.to(close).trim();
    text.extend((!tail.is_blank()).then_some(tail.span));
    Some(Details { summary, text, inner: at + 1..end, blocks: end - at + 1 })
}

/// The summary and where its closing tag ends.
fn summary_in<'a>(head: Run<'a>, lower: &str) -> Option<(Run<'a>, usize)> {
    let open = lower.find("<summary")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = start + lower[start..].find("</summary")?;
    let after = end + lower[end..].find('>')? + 1;
    Some((head.sub(start..end).trim(), after))
}
