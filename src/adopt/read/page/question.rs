//! Questions: a number or a label in bold words, a quote, a heading or an item, or nothing but the room for
//! an answer below.

use super::block::{Shape, quote_lines};
use super::boxes::read_box;
use super::view::{Found, View};
use crate::adopt::read::marks::{leading_bold, words};
use crate::adopt::read::numbers::{Labelled, labelled, numbered, without_ornament, without_signs};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{BOX_LANGUAGES, QUESTION, THINK};
use crate::adopt::{AnswerBox, Number, PartKind, Question};
use crate::source::{Span, Spanned};

/// What stands before the words of a question.
#[derive(Clone, Debug)]
pub(super) struct Lead<'a> {
    pub number: Option<Number>,
    pub label: Option<Spanned<String>>,
    /// The words of the first line, or of the first paragraph, that follow.
    pub text: Vec<Run<'a>>,
    /// Whether the number or the label says by itself that this is a question.
    pub is_sure: bool,
    /// Whether all of the text is bold.
    pub is_bold: bool,
}

/// A question with its box.
pub(super) fn read_question(view: &View<'_>, at: usize) -> Option<Found> {
    let (lead, more, mut blocks) = lead_at(view, at)?;
    let mut text: Vec<Span> = lead.text.iter().map(|run| run.span).collect();
    text.extend(more.iter().map(|run| run.span));
    // `### Q1` and its words in the paragraph below.
    if text.is_empty() && view.paragraph(at + blocks).is_some() {
        text.push(view.text(at + blocks).trim().span);
        blocks += 1;
    }
    let is_last_line_open = text.last().is_some_and(|span| view.run(*span).text.trim_end().ends_with('?'));
    let answer_box = box_below(view, at + blocks, lead.is_sure || is_last_line_open);
    let is_question = lead.is_sure || answer_box.is_some() || (lead.label.is_some() && is_last_line_open);
    if !is_question || text.is_empty() {
        return None;
    }
    blocks += usize::from(answer_box.is_some());
    let question = Question { number: lead.number, text, label: lead.label, answer_box };
    Some(Found::one(view, at, blocks, PartKind::Question(question)))
}

/// The box at a block. Below text that is no question for sure, only a fence counts.
fn box_below(view: &View<'_>, at: usize, is_sure: bool) -> Option<AnswerBox> {
    let found = read_box(view, at)?;
    (is_sure || matches!(view.shape(at), Some(Shape::Fence { .. }))).then_some(found)
}

type LeadAt<'a> = (Lead<'a>, Vec<Run<'a>>, usize);

/// The lead of a block, further lines of it, and how many blocks it takes.
fn lead_at<'a>(view: &View<'a>, at: usize) -> Option<LeadAt<'a>> {
    match view.shape(at)? {
        Shape::Paragraph => {
            let run = view.text(at).trim();
            let lead = question_lead(run).or_else(|| unnumbered(view, at, run))?;
            Some((lead, Vec::new(), 1))
        }
        Shape::Quote => {
            let lines: Vec<Run<'_>> = quote_lines(view.text(at)).map(Run::trim).collect();
            let (first, more) = lines.split_first()?;
            let lead = question_lead(*first).filter(|lead| lead.is_sure || lead.label.is_some())?;
            let more = more.iter().copied().filter(|line| !line.is_blank()).collect();
            Some((lead, more, 1))
        }
        Shape::Heading { level, .. } if *level >= view.section_level => {
            let (_, text) = view.heading(at)?;
            let found = labelled(text, &QUESTION)?;
            let text = Some(found.rest.trim()).filter(|rest| !rest.is_blank()).into_iter().collect();
            Some((
                Lead { number: Some(found.number), label: None, text, is_sure: true, is_bold: false },
                Vec::new(),
                1,
            ))
        }
        Shape::List(list) => {
            let [item] = list.items.as_slice() else { return None };
            let mut lines = view.run(item.content).lines().map(Run::trim);
            let lead = question_lead(lines.next()?).filter(|lead| lead.is_sure)?;
            Some((lead, lines.filter(|line| !line.is_blank()).collect(), 1))
        }
        _ => None,
    }
}

/// A paragraph that only its box makes a question: bold as a whole, or ending with a question mark.
fn unnumbered<'a>(view: &View<'a>, at: usize, run: Run<'a>) -> Option<Lead<'a>> {
    let bold = leading_bold(run).filter(|bold| bold.rest.is_blank());
    let text = bold.map_or(run, |bold| bold.inner);
    let asks = bold.is_some() || text.text.ends_with('?');
    let is_box = || match view.shape(at + 1) {
        Some(Shape::Fence { language, .. }) => {
            BOX_LANGUAGES.contains(&language.as_str()) && read_box(view, at + 1).is_some()
        }
        _ => false,
    };
    (asks && is_box()).then(|| Lead {
        number: None,
        label: None,
        text: vec![text],
        is_sure: false,
        is_bold: bold.is_some(),
    })
}

/// The number or label at the start of a text, bold or followed by a sign.
pub(super) fn question_lead(run: Run<'_>) -> Option<Lead<'_>> {
    let run = without_ornament(run.trim());
    let Some(bold) = leading_bold(run) else {
        let found = labelled(run, &QUESTION).filter(|found| found.is_closed)?;
        return Some(numbered_lead(found, None, false));
    };
    let rest = Some(without_signs(bold.rest).trim()).filter(|rest| !rest.is_blank());
    let is_bold = rest.is_none();
    if let Some(found) = labelled(bold.inner, &QUESTION) {
        return Some(numbered_lead(found, rest, is_bold));
    }
    if let Some(label) = label_of(bold.inner) {
        let text = [label.1.trim()].into_iter().filter(|text| !text.is_blank()).chain(rest).collect();
        return Some(Lead { number: None, label: Some(label.0.spanned()), text, is_sure: false, is_bold });
    }
    let found = numbered(bold.inner)?;
    Some(Lead { is_sure: false, ..numbered_lead(found, rest, is_bold) })
}

fn numbered_lead<'a>(found: Labelled<'a>, rest: Option<Run<'a>>, is_bold: bool) -> Lead<'a> {
    let first = Some(found.rest.trim()).filter(|text| !text.is_blank());
    let text = first.into_iter().chain(rest).collect();
    Lead { number: Some(found.number), label: None, text, is_sure: true, is_bold }
}

/// "Think:" and what follows it inside of the bold words.
fn label_of(inner: Run<'_>) -> Option<(Run<'_>, Run<'_>)> {
    let inner = without_ornament(inner);
    let end = inner.text.find([':', '.', '—', '–']).unwrap_or(inner.text.len());
    let label = inner.to(end).trim();
    THINK.contains(&words(label.text).as_str()).then(|| (label, without_signs(inner.from(end))))
}
