//! Answers: an answer key on the page, or a file of answers beside it. An answer begins with the number or
//! the words of its question, in bold, in a heading, in an item or in a summary.

use super::block::{Shape, filled, quote_lines};
use super::details::details_at;
use super::lead::question_lead;
use super::next::read_next;
use super::view::{Found, View};
use crate::adopt::read::marks::{emphasised, leading_bold, unmarked, words};
use crate::adopt::read::numbers::{labelled, without_ornament};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{ANSWER, ANSWER_KEY};
use crate::adopt::{Answer, Number, PartKind};
use crate::source::{FileId, Files, Span, Spanned};
use crate::syntax::document::List;

/// An answer key: a heading that says so and all below it, or a `<details>`.
pub(super) fn read_answer_key(view: &View<'_>, at: usize, answers: &mut Vec<Answer>) -> Option<Found> {
    if let Some((level, _)) = view.heading(at).filter(|(_, text)| is_key(text.text)) {
        let mut end = view.section_end(at, level);
        if let Some(next) = (at + 1..end).rev().take(3).find(|at| read_next(view, *at).is_some()) {
            end = next;
            // The rule above belongs to the closing line.
            end -= usize::from(end > at + 1 && matches!(view.shape(end - 1), Some(Shape::Break)));
        }
        collect(view, at + 1, end, answers);
        return Some(Found::one(view, at, end - at, PartKind::AnswerKey));
    }
    let details = details_at(view, at)?;
    details.summary.filter(|summary| is_key(summary.text))?;
    let before = answers.len();
    collect(view, details.inner.start, details.inner.end, answers);
    if answers.len() == before && !details.text.is_empty() {
        // An answer right below its question; the caller knows which that is.
        let span = view.span_of(at, at + details.blocks - 1);
        answers.push(Answer { span, number: None, question: None, text: details.text, answers: None });
    }
    Some(Found::one(view, at, details.blocks, PartKind::AnswerKey))
}

fn is_key(text: &str) -> bool {
    ANSWER_KEY.contains(&words(text).as_str())
}

/// The answers of a file that holds nothing else.
pub(in crate::adopt::read) fn read_answers_file(files: &Files, file: FileId) -> Vec<Answer> {
    let view = View::new(files, file, Vec::new());
    let mut answers = Vec::new();
    collect(&view, 0, view.blocks.len(), &mut answers);
    answers
}

/// The beginning of an answer.
struct Start<'a> {
    number: Option<Number>,
    question: Option<Spanned<String>>,
    /// The answer's first words, where they stand in the same block.
    text: Option<Run<'a>>,
    blocks: usize,
}

fn collect(view: &View<'_>, from: usize, to: usize, answers: &mut Vec<Answer>) {
    let mut at = from;
    while at < to {
        if let Some(Shape::List(list)) = view.shape(at)
            && let Some(found) = list_answers(view, list)
        {
            answers.extend(found);
            at += 1;
            continue;
        }
        let Some(start) = start_at(view, at) else {
            at += 1;
            continue;
        };
        let body = at + start.blocks;
        let end = (body..to).find(|at| is_end(view, *at)).unwrap_or(to);
        let mut text: Vec<Span> = start.text.map(|run| run.span).into_iter().collect();
        text.extend(runs_of(view, body, end));
        let last = end.max(at + 1) - 1;
        answers.push(Answer {
            span: view.span_of(at, last),
            number: start.number,
            question: start.question,
            text,
            answers: None,
        });
        at = end.max(at + 1);
    }
}

/// A heading of any kind ends an answer, and so does the beginning of the next one.
fn is_end(view: &View<'_>, at: usize) -> bool {
    match view.shape(at) {
        Some(Shape::Heading { level, .. }) => *level <= 3 || start_at(view, at).is_some(),
        Some(Shape::List(list)) => list_answers(view, list).is_some_and(|found| {
            found.iter().all(|it| it.number.is_some()) && found.len() > 1 && starts_lettered(view, list)
        }),
        _ => start_at(view, at).is_some(),
    }
}

/// Whether the items carry the word for a question, and are no list inside of an answer.
fn starts_lettered(view: &View<'_>, list: &List) -> bool {
    list.items.iter().all(|item| question_lead(view.run(item.content)).is_some_and(|lead| lead.is_sure))
}

/// The blocks of an answer as runs: rules and the tags of `<details>` part them.
fn runs_of(view: &View<'_>, from: usize, to: usize) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let mut is_open = false;
    for at in from..to {
        let is_mark = match view.shape(at) {
            Some(Shape::Break) => true,
            Some(Shape::Html) => is_details_tag(view.text(at).text),
            _ => false,
        };
        if is_mark {
            is_open = false;
            continue;
        }
        let span = view.text(at).span;
        match runs.last_mut().filter(|_| is_open) {
            Some(run) => *run = run.to(span),
            None => runs.push(span),
        }
        is_open = true;
    }
    runs
}

fn is_details_tag(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    lower.starts_with("</details") || lower.starts_with("<details") || lower.starts_with("<summary")
}

fn start_at<'a>(view: &View<'a>, at: usize) -> Option<Start<'a>> {
    match view.shape(at)? {
        Shape::Heading { level, .. } if *level >= 2 => heading_start(view, at),
        Shape::Paragraph => paragraph_start(view.text(at)),
        Shape::Html => {
            let details = details_at(view, at)?;
            let summary = without_ornament(details.summary?);
            let found = labelled(summary, &ANSWER)?;
            let question = question_of(found.rest);
            let text =
                (details.blocks == 1).then(|| details.text.first().map(|span| view.run(*span))).flatten();
            Some(Start { number: Some(found.number), question, text, blocks: 1 })
        }
        _ => None,
    }
}

/// `## Question 3`, `## Think: …`, with the question quoted below it.
fn heading_start<'a>(view: &View<'a>, at: usize) -> Option<Start<'a>> {
    let (_, text) = view.heading(at)?;
    let labelled = labelled(text, &ANSWER);
    let is_named = labelled.is_some() || question_lead(text).is_some() || is_thinking(text);
    let quoted = match view.shape(at + 1) {
        Some(Shape::Quote) => quoted_question(view.text(at + 1)),
        // The question in italics.
        Some(Shape::Paragraph) if is_named => emphasised(view.text(at + 1)).and_then(question_of),
        _ => None,
    };
    if !is_named && quoted.is_none() {
        return None;
    }
    let blocks = 1 + usize::from(quoted.is_some());
    let own = labelled.map_or(Some(text), |found| Some(found.rest)).and_then(question_of);
    Some(Start { number: labelled.map(|found| found.number), question: quoted.or(own), text: None, blocks })
}

fn is_thinking(text: Run<'_>) -> bool {
    let head = text.text.split([':', '—', '–']).next().unwrap_or("");
    crate::adopt::read::vocabulary::THINK.contains(&words(head).as_str())
}

/// The whole of a quote as a question: its lines joined.
fn quoted_question(quote: Run<'_>) -> Option<Spanned<String>> {
    let lines = filled(quote_lines(quote));
    let first = lines.first()?;
    // An alert is no question.
    if first.text.starts_with("[!") {
        return None;
    }
    let lead = question_lead(*first);
    let text: Vec<String> = match &lead {
        Some(lead) => lead
            .text
            .iter()
            .copied()
            .chain(lines[1..].iter().copied())
            .map(|run| unmarked(run.text))
            .collect(),
        None => lines.iter().map(|run| unmarked(run.text)).collect(),
    };
    let span = first.span.to(lines.last()?.span);
    Some(Spanned::new(text.join(" "), span))
}

/// `**Q4: the question?**`, `**Q4:** the answer`, `Q4: the answer`, `**The question?**`.
fn paragraph_start(run: Run<'_>) -> Option<Start<'_>> {
    let run = without_ornament(run.trim());
    let Some(bold) = leading_bold(run) else {
        let found = labelled(run, &ANSWER).filter(|found| found.is_closed && found.word.text.len() < 12)?;
        return Some(Start {
            number: Some(found.number),
            question: None,
            text: filled_run(found.rest),
            blocks: 1,
        });
    };
    let rest = filled_run(bold.rest.trim_start_matches(|c| matches!(c, ':' | ' ' | '\n' | '—' | '–')));
    if let Some(found) = labelled(bold.inner, &ANSWER) {
        return Some(Start {
            number: Some(found.number),
            question: question_of(found.rest),
            text: rest,
            blocks: 1,
        });
    }
    // "**1.** …", and a whole bold question.
    if let Some(lead) = question_lead(run).filter(|lead| lead.number.is_some() || lead.label.is_some()) {
        let question = lead.is_bold.then(|| lead.text.first().copied().and_then(question_of)).flatten();
        let text = if lead.is_bold { None } else { lead.text.last().copied() };
        return Some(Start { number: lead.number, question, text, blocks: 1 });
    }
    let asks = bold.inner.text.ends_with('?');
    asks.then(|| Start { number: None, question: question_of(bold.inner), text: rest, blocks: 1 })
}

fn filled_run(run: Run<'_>) -> Option<Run<'_>> {
    Some(run.trim()).filter(|run| !run.is_blank())
}

fn question_of(run: Run<'_>) -> Option<Spanned<String>> {
    filled_run(run).map(|run| Spanned::new(unmarked(run.text), run.span))
}

/// The items of a list that are answers: each begins with a number, its own or the list's.
fn list_answers(view: &View<'_>, list: &List) -> Option<Vec<Answer>> {
    let answers: Option<Vec<Answer>> = list
        .items
        .iter()
        .map(|item| {
            let content = view.run(item.content).trim();
            let start = paragraph_start(content).filter(|start| start.number.is_some());
            if let Some(start) = start {
                let text = start.text.map(|run| run.span).into_iter().collect();
                return Some(Answer {
                    span: item.span,
                    number: start.number,
                    question: start.question,
                    text,
                    answers: None,
                });
            }
            let marker = view.run(item.span);
            let digits = marker.text.bytes().take_while(u8::is_ascii_digit).count();
            let value = marker.text[..digits].parse().ok().filter(|_| list.ordered && !content.is_blank())?;
            let number = Some(Number { value, minor: None, span: marker.to(digits).span });
            Some(Answer { span: item.span, number, question: None, text: vec![content.span], answers: None })
        })
        .collect();
    answers.filter(|answers| !answers.is_empty())
}
