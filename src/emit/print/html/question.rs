//! Questions, what learners write into, answers and rubrics.

use std::fmt::Write as _;

use crate::ir::{AnswerBox, Choice, Question, RichText, Rubric};
use crate::model::label;

use super::blocks::print_html;
use super::escape::{escape_attribute, escape_html};
use super::links::Links;
use super::markdown::{print_inline_html, print_mark, print_plain};
use super::note::open;
use super::table::{field_name, print_head};
use super::words;
use crate::emit::print::words::{GOOD_ANSWER, HOW_JUDGED, MODEL_ANSWER, taken_up};

/// A question as a card: number, prompt, box, and the answer closed below it.
pub(super) fn print_question(question: &Question, links: &Links<'_>) -> String {
    let id = escape_attribute(&question.id);
    let mut out = format!(
        "<div class=\"question\" id=\"question-{id}\" data-question=\"{id}\" data-kind=\"{}\" data-number=\"{}\"",
        question.kind, question.number
    );
    if !question.was.is_empty() {
        let _ = write!(out, " data-was=\"{}\"", escape_attribute(&question.was.join(" ")));
    }
    let _ = writeln!(
        out,
        ">\n<p class=\"question-head\"><span class=\"question-number\">Q{}.</span> \
         <span class=\"question-kind\" data-site>{}</span></p>",
        question.number,
        escape_html(words::question_kind(question.kind))
    );
    let _ = writeln!(
        out,
        "<div class=\"question-prompt\" id=\"prompt-{id}\">\n{}</div>",
        print_html(&question.prompt, links)
    );
    out.push_str(&print_box(question, links));
    out.push_str(&print_answer(question, links));
    out.push_str("</div>\n");
    out
}

fn print_box(question: &Question, links: &Links<'_>) -> String {
    let id = escape_attribute(&question.id);
    match &question.answer_box {
        AnswerBox::Free { label } => format!(
            "<p class=\"field\"><label for=\"answer-{id}\">{}</label>\n\
             <textarea id=\"answer-{id}\" rows=\"4\" data-answer=\"text\"></textarea></p>\n",
            escape_html(label)
        ),
        AnswerBox::Table { head, alignments: _, rows } => print_fill_table(head, rows, links),
        AnswerBox::List { items, ordered } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let mut out = format!("<{tag} class=\"fill-list\">\n");
            for item in 1..=*items {
                let _ = writeln!(
                    out,
                    "<li><input type=\"text\" data-answer=\"{item}\" aria-label=\"{} {item}\"></li>",
                    words::YOUR_ANSWER
                );
            }
            let _ = writeln!(out, "</{tag}>");
            out
        }
        AnswerBox::Lines { labels } => {
            let mut out = "<div class=\"fill-lines\">\n".to_owned();
            for (at, label) in (1..).zip(labels) {
                let _ = writeln!(
                    out,
                    "<p class=\"field\"><label for=\"answer-{id}-{at}\">{}</label>\n\
                     <input type=\"text\" id=\"answer-{id}-{at}\" data-answer=\"{at}\"></p>",
                    escape_html(label)
                );
            }
            out.push_str("</div>\n");
            out
        }
        AnswerBox::Choices { items } => print_choices(&id, items, links),
    }
}

/// Ticks do not tell how many are right, so these are boxes even where only one is.
fn print_choices(id: &str, items: &[Choice], links: &Links<'_>) -> String {
    let mut out = format!("<div class=\"choices\" role=\"group\" aria-labelledby=\"prompt-{id}\">\n");
    for (at, item) in (1..).zip(items) {
        let _ = writeln!(
            out,
            "<p class=\"choice\"><input type=\"checkbox\" id=\"answer-{id}-{at}\" data-answer=\"{at}\"> \
             <label for=\"answer-{id}-{at}\">{}</label></p>",
            print_inline_html(&item.text, links)
        );
    }
    out.push_str("</div>\n");
    out
}

/// A table of the author's whose empty cells are fields.
fn print_fill_table(head: &[RichText], rows: &[Vec<RichText>], links: &Links<'_>) -> String {
    let mut out = "<div class=\"scroll\" tabindex=\"0\">\n<table class=\"fill-table\">\n".to_owned();
    out.push_str(&print_head(head, links));
    out.push_str("<tbody>\n");
    let columns: Vec<String> = head.iter().map(|cell| print_plain(cell, links)).collect();
    for (line, row) in (1..).zip(rows) {
        let name = row.first().map(|cell| print_plain(cell, links)).unwrap_or_default();
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            if !cell.is_empty() {
                let _ = write!(out, "<td>{}</td>", print_inline_html(cell, links));
                continue;
            }
            let column = columns.get(at).map(String::as_str).unwrap_or_default();
            let mut label = field_name(&name, column);
            if label.is_empty() {
                label = words::YOUR_ANSWER.to_owned();
            }
            // Rows without a name of their own are told apart by their number.
            if name.is_empty() {
                let _ = write!(label, " {line}");
            }
            let _ = write!(
                out,
                "<td class=\"fill\"><input type=\"text\" size=\"9\" data-answer=\"{line}.{}\" aria-label=\"{}\"></td>",
                at + 1,
                escape_attribute(&label)
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    out
}

fn print_answer(question: &Question, links: &Links<'_>) -> String {
    let right = match &question.answer_box {
        AnswerBox::Choices { items } => print_right(items, links),
        AnswerBox::Free { .. }
        | AnswerBox::Table { .. }
        | AnswerBox::List { .. }
        | AnswerBox::Lines { .. } => String::new(),
    };
    let mut body = right + &print_html(&question.answer, links);
    let title = if body.is_empty() { HOW_JUDGED } else { MODEL_ANSWER };
    if let Some(rubric) = &question.rubric {
        body.push_str(&print_rubric(rubric, links));
    }
    if body.is_empty() {
        return print_planted(question, links);
    }
    if question.answer_inline {
        return format!("<div class=\"answer answer-open\">\n{body}</div>\n");
    }
    format!(
        "<details class=\"answer\"{}>\n<summary>{}</summary>\n<div class=\"answer-body\">\n{body}</div>\n</details>\n",
        open(links),
        title
    )
}

/// What stands in place of an answer that a later scenario gives.
fn print_planted(question: &Question, links: &Links<'_>) -> String {
    let (Some(planted), Some(from)) = (&question.planted, links.from.scenario()) else {
        return String::new();
    };
    let scenarios = &links.course.scenarios;
    let by = scenarios
        .iter()
        .position(|other| other.bridge.takes_up.iter().any(|(by, id)| *by == from && id == planted))
        .map(|index| label(links.course, &scenarios[index], links.from));
    format!("<p class=\"planted\">{}</p>\n", escape_html(&taken_up(by.as_deref())))
}

fn print_right(items: &[Choice], links: &Links<'_>) -> String {
    if !items.iter().any(|item| item.right) {
        return String::new();
    }
    let mut out = format!("<p class=\"right-title\">{}</p>\n<ul class=\"right\">\n", words::RIGHT_CHOICES);
    for (at, item) in (1..).zip(items).filter(|(_, item)| item.right) {
        let _ = writeln!(
            out,
            "<li data-right=\"{at}\">{}{}</li>",
            print_mark(true),
            print_inline_html(&item.text, links)
        );
    }
    out.push_str("</ul>\n");
    out
}

/// How an answer is judged.
pub(super) fn print_rubric(rubric: &Rubric, links: &Links<'_>) -> String {
    let mut out = "<div class=\"rubric\">\n".to_owned();
    match rubric {
        Rubric::Criteria(criteria) => {
            let _ = writeln!(out, "<p class=\"rubric-title\">{}</p>\n<ul>", GOOD_ANSWER);
            for (at, criterion) in (1..).zip(criteria) {
                let _ =
                    writeln!(out, "<li data-criterion=\"{at}\">{}</li>", print_inline_html(criterion, links));
            }
            out.push_str("</ul>\n");
        }
        Rubric::Levels { head, rows } => {
            out.push_str("<div class=\"scroll\" tabindex=\"0\">\n<table class=\"levels\">\n");
            out.push_str(&print_head(head, links));
            out.push_str("<tbody>\n");
            for (line, row) in (1..).zip(rows) {
                let _ = write!(out, "<tr data-criterion=\"{line}\">");
                for (at, cell) in row.iter().enumerate() {
                    let text = print_inline_html(cell, links);
                    let _ = match at {
                        0 => write!(out, "<th scope=\"row\">{text}</th>"),
                        _ => write!(out, "<td>{text}</td>"),
                    };
                }
                out.push_str("</tr>\n");
            }
            out.push_str("</tbody>\n</table>\n</div>\n");
        }
    }
    out.push_str("</div>\n");
    out
}
