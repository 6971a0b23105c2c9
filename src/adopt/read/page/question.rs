//! Questions: a number or a label in bold words, a quote, a heading or an item, or nothing but the room for
//! an answer below. What stands before the words of one is read in `lead`.

use super::block::{Shape, quote_lines};
use super::boxes::{box_in, read_box};
use super::lead::{Lead, question_lead};
use super::view::{Found, View};
use crate::adopt::read::marks::{has_phrase, leading_bold, words};
use crate::adopt::read::numbers::labelled;
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{BOX_LANGUAGES, QUESTION};
use crate::adopt::{AnswerBox, Number, PartKind, Question};
use crate::source::Span;
use crate::syntax::document::{Item, List};

/// A question with its box, or the questions of a list.
pub(super) fn read_question(view: &View<'_>, at: usize) -> Option<Found> {
    if let Some(Shape::List(list)) = view.shape(at)
        && let Some(found) = list_questions(view, at, list)
    {
        return Some(found);
    }
    let (lead, lines, mut blocks) = lead_at(view, at)?;
    let (mut text, mut answer_box) = split_box(view, lines);
    // `### Q1` and its words in the paragraph below.
    if text.is_empty() && answer_box.is_none() {
        let (words, own_box) = split_box(view, view.paragraph(at + blocks)?.lines().map(Run::trim).collect());
        // Nothing parts the lines of one paragraph, so that they are one run.
        text.extend(words.first().zip(words.last()).map(|(first, last)| first.to(*last)));
        answer_box = own_box;
        blocks += 1;
    }
    let asks = text.last().is_some_and(|span| view.run(*span).text.trim_end().ends_with('?'));
    if answer_box.is_none() {
        answer_box = box_below(view, at + blocks, lead.is_sure || asks);
        blocks += usize::from(answer_box.is_some());
    }
    let is_question = lead.is_sure || answer_box.is_some() || (lead.label.is_some() && asks);
    if !is_question || text.is_empty() {
        return None;
    }
    let question = Question { number: lead.number, text, label: lead.label, answer_box };
    Some(Found::one(view, at, blocks, PartKind::Question(question)))
}

/// The box at a block. Below text that is no question for sure, only a fence counts.
fn box_below(view: &View<'_>, at: usize, is_sure: bool) -> Option<AnswerBox> {
    let found = read_box(view, at)?;
    (is_sure || matches!(view.shape(at), Some(Shape::Fence { .. }))).then_some(found)
}

/// The words of a question, and the box that its last lines are: "Your answer: ____".
fn split_box(view: &View<'_>, runs: Vec<Run<'_>>) -> (Vec<Span>, Option<AnswerBox>) {
    let mut text = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let lines: Vec<Run<'_>> = run.lines().map(Run::trim).collect();
        // The first line of all is the question, whatever it holds.
        let from = usize::from(at == 0);
        let rest = |line: usize| lines[line..].iter().chain(&runs[at + 1..]).copied();
        let is_short = runs.len() < MAX_LINES && lines.len() < MAX_LINES;
        let open =
            (from..lines.len()).find(|line| is_short && box_in(&rest(*line).collect::<Vec<_>>()).is_some());
        let Some(open) = open else {
            text.push(run.span);
            continue;
        };
        if open > 0 {
            text.push(lines[0].span.to(lines[open - 1].span));
        }
        let rows: Vec<Run<'_>> = rest(open).collect();
        let last = rows.last().map_or(lines[open].span, |row| row.span);
        let span = lines[open].span.to(last);
        let shape = box_in(&rows);
        return (text, shape.map(|shape| AnswerBox { span: whole_lines(view, span), shape }));
    }
    (text, None)
}

/// A paragraph of more lines holds no box.
const MAX_LINES: usize = 60;

/// From the start of the first line to the end of the last.
fn whole_lines(view: &View<'_>, span: Span) -> Span {
    let text = view.files.text(view.file).unwrap_or("");
    let range = span.range();
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    Span::new(view.file, start, end)
}

type LeadAt<'a> = (Lead<'a>, Vec<Run<'a>>, usize);

/// The lead of a block, the words that follow it, and how many blocks it takes.
fn lead_at<'a>(view: &View<'a>, at: usize) -> Option<LeadAt<'a>> {
    match view.shape(at)? {
        Shape::Paragraph => {
            let run = view.text(at).trim();
            let lead = question_lead(run).or_else(|| unnumbered(view, at, run))?;
            let text = lead.text.clone();
            Some((lead, text, 1))
        }
        Shape::Quote => {
            let lines: Vec<Run<'_>> = quote_lines(view.text(at)).map(Run::trim).collect();
            let (first, more) = lines.split_first()?;
            let lead = question_lead(*first).filter(|lead| lead.is_sure || lead.label.is_some())?;
            let more = more.iter().copied().filter(|line| !line.is_blank());
            let text = lead.text.iter().copied().chain(more).collect();
            Some((lead, text, 1))
        }
        Shape::Heading { level, .. } if *level >= view.section_level => {
            let (_, text) = view.heading(at)?;
            let found = labelled(text, &QUESTION)?;
            let text = Some(found.rest.trim()).filter(|rest| !rest.is_blank()).into_iter().collect();
            let lead = Lead {
                number: Some(found.number),
                label: None,
                text: Vec::new(),
                is_sure: true,
                is_bold: false,
            };
            Some((lead, text, 1))
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

/// Questions that are the items of a list: numbered by it, or each with a lead of its own.
fn list_questions(view: &View<'_>, at: usize, list: &List) -> Option<Found> {
    let mut questions: Vec<Question> = Vec::new();
    for item in &list.items {
        questions.push(item_question(view, list, item)?);
    }
    let is_sure = questions.iter().any(|question| question.answer_box.is_some())
        || list.items.iter().all(|item| first_lead(view, item).is_some_and(|lead| lead.is_sure))
        || is_announced(view, at);
    let mut blocks = 1;
    // The box below the list belongs to its last question.
    if let Some(last) = questions.last_mut().filter(|last| is_sure && last.answer_box.is_none()) {
        last.answer_box = box_below(view, at + 1, true);
        blocks += usize::from(last.answer_box.is_some());
    }
    let starts = list.items.iter().map(|item| whole_lines(view, item.span).range().start);
    let parts: Vec<_> = starts.zip(questions.into_iter().map(PartKind::Question)).collect();
    (is_sure && !parts.is_empty()).then_some(Found { parts, blocks })
}

fn first_lead<'a>(view: &View<'a>, item: &Item) -> Option<Lead<'a>> {
    question_lead(view.run(item.content).lines().next()?)
}

/// Words in the line above a list that make it one of questions.
const ANNOUNCED: [&str; 6] =
    ["questions", "answer these", "ask yourself", "discussion", "discuss", "think about it"];

/// Whether the heading or the paragraph above speaks of questions.
fn is_announced(view: &View<'_>, at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|above| match view.shape(above) {
        Some(Shape::Heading { .. } | Shape::Paragraph) => Some(words(view.text(above).text)),
        _ => None,
    });
    above.is_some_and(|plain| ANNOUNCED.iter().any(|phrase| has_phrase(&plain, phrase)))
}

fn item_question(view: &View<'_>, list: &List, item: &Item) -> Option<Question> {
    if item.checked.is_some() {
        return None;
    }
    let lines: Vec<Run<'_>> =
        view.run(item.content).lines().map(Run::trim).filter(|line| !line.is_blank()).collect();
    let (first, more) = lines.split_first()?;
    let lead = question_lead(*first);
    let own = lead.as_ref().map_or_else(|| vec![*first], |lead| lead.text.clone());
    let (text, answer_box) = split_box(view, own.into_iter().chain(more.iter().copied()).collect());
    let asks = text.last().is_some_and(|span| view.run(*span).text.trim_end_matches('*').ends_with('?'));
    let number = lead.as_ref().and_then(|lead| lead.number).or_else(|| marker(view, list, item));
    let is_question = !text.is_empty() && (asks || lead.as_ref().is_some_and(|lead| lead.is_sure));
    let label = lead.and_then(|lead| lead.label);
    is_question.then_some(Question { number, text, label, answer_box })
}

/// The number that an ordered list gives an item.
fn marker(view: &View<'_>, list: &List, item: &Item) -> Option<Number> {
    let marker = view.run(item.span);
    let digits = marker.text.bytes().take_while(u8::is_ascii_digit).count();
    let value = marker.text[..digits].parse().ok().filter(|_| list.ordered)?;
    Some(Number { value, minor: None, span: marker.to(digits).span })
}
