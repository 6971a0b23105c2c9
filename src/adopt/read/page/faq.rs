//! Questions of an FAQ: bold words at the start of a paragraph or an item, headings, `<details>`.

use super::block::Shape;
use super::details::details_at;
use super::next::read_next;
use super::view::{Found, Place, View};
use crate::adopt::PartKind;
use crate::adopt::read::marks::leading_bold;
use crate::adopt::read::numbers::without_signs;
use crate::adopt::read::run::Run;
use crate::model::Role;
use crate::source::Span;

/// A question of the FAQ with its answer.
pub(super) fn read_faq(view: &View<'_>, at: usize, place: Place) -> Option<Found> {
    if place.role != Some(Role::Faq) {
        return None;
    }
    if let Shape::List(list) = view.shape(at)? {
        let parts: Option<Vec<(usize, PartKind)>> = list
            .items
            .iter()
            .map(|item| {
                let (question, rest) = run_in(view.run(item.content))?;
                let answer = rest.map(|rest| rest.span).into_iter().collect();
                Some((item.span.range().start, PartKind::Faq { question: question.span, answer }))
            })
            .collect();
        // The first part starts with the block, whatever its indentation.
        let mut parts = parts.filter(|parts| !parts.is_empty())?;
        parts[0].0 = view.text(at).span.range().start;
        return Some(Found { parts, blocks: 1 });
    }
    if let Some(details) = details_at(view, at) {
        let kind = PartKind::Faq { question: details.summary?.span, answer: details.text };
        return Some(Found::one(view, at, details.blocks, kind));
    }
    let (question, rest) = question_at(view, at)?;
    let mut answer: Vec<Span> = rest.map(|rest| rest.span).into_iter().collect();
    let end = answer_end(view, at + 1);
    if end > at + 1 {
        answer.push(view.span_of(at + 1, end - 1));
    }
    Some(Found::one(view, at, end - at, PartKind::Faq { question: question.span, answer }))
}

/// The question that a block begins with, and the rest of the block.
fn question_at<'a>(view: &View<'a>, at: usize) -> Option<(Run<'a>, Option<Run<'a>>)> {
    match view.shape(at)? {
        Shape::Paragraph => run_in(view.text(at)),
        Shape::Heading { level, .. } if *level > view.section_level => {
            view.heading(at).map(|(_, text)| (text.trim(), None))
        }
        _ => None,
    }
}

/// Bold words and what follows them; "**Q:** … **A:** …" as well.
fn run_in(run: Run<'_>) -> Option<(Run<'_>, Option<Run<'_>>)> {
    let bold = leading_bold(run)?;
    let rest = bold.rest.trim();
    if bold.inner.text.trim_end_matches([':', '.']).eq_ignore_ascii_case("q") {
        let rest = without_signs(rest).trim();
        let end = rest.text.find("**A").or_else(|| rest.text.find('\n')).unwrap_or(rest.text.len());
        let answer = rest.from(end);
        let answer = leading_bold(answer).map_or(answer, |bold| without_signs(bold.rest)).trim();
        return Some((rest.to(end).trim(), (!answer.is_blank()).then_some(answer)));
    }
    Some((bold.inner, (!rest.is_blank()).then_some(rest)))
}

/// The block at which the answer ends: the next question, heading, rule or the closing line.
fn answer_end(view: &View<'_>, from: usize) -> usize {
    let is_end = |at: &usize| {
        view.heading(*at).is_some()
            || question_at(view, *at).is_some()
            || matches!(view.shape(*at), Some(Shape::Break))
            || details_at(view, *at).is_some()
            || read_next(view, *at).is_some()
    };
    (from..view.blocks.len()).find(is_end).unwrap_or(view.blocks.len())
}
