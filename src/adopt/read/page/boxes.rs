//! The room for an answer below a question.

use super::block::{Shape, filled, quote_lines};
use super::view::View;
use crate::adopt::read::marks::{unmarked, words};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{ANSWER_LINES, BOX_LANGUAGES};
use crate::adopt::{AnswerBox, BoxShape};
use crate::source::Span;
use crate::syntax::document::{List, Table};

/// The box that a block is, if it is one.
pub(super) fn read_box(view: &View<'_>, at: usize) -> Option<AnswerBox> {
    let shape = match view.shape(at)? {
        Shape::Fence { language, body } => {
            let may_be = BOX_LANGUAGES.contains(&language.to_lowercase().as_str());
            lines_shape(&filled(view.run(*body).lines())).filter(|_| may_be)?
        }
        Shape::List(list) => list_shape(view, list)?,
        Shape::Table(table) => is_open_table(view, table, 1).then_some(BoxShape::Table)?,
        Shape::Paragraph => box_in(&filled(view.text(at).lines()))?,
        Shape::Quote => box_in(&filled(quote_lines(view.text(at))))?,
        Shape::Comment => {
            let text = view.text(at).text.trim_start_matches("<!--").trim_end_matches("-->");
            is_answer_line(text).then_some(BoxShape::Empty)?
        }
        Shape::Html => {
            let rest = view.text(at).text.to_ascii_lowercase();
            let is_room = rest.contains("<textarea") || without_breaks(&rest).trim().is_empty();
            is_room.then_some(BoxShape::Empty)?
        }
        _ => return None,
    };
    Some(AnswerBox { span: view.text(at).span, shape })
}

fn without_breaks(text: &str) -> String {
    text.replace("<br>", "").replace("<br/>", "").replace("<br />", "")
}

/// The box in a fence: nothing, "Your answer:", or a form.
fn lines_shape(lines: &[Run<'_>]) -> Option<BoxShape> {
    let rest = match lines.split_first() {
        None => return Some(BoxShape::Empty),
        Some((first, rest)) if is_answer_line(first.text) => rest,
        Some(_) => lines,
    };
    if rest.iter().all(|line| is_filler(line.text)) {
        return Some(BoxShape::Empty);
    }
    let is_form = rest.iter().all(|line| has_room(*line) || ends_with_colon(line.text));
    is_form.then(|| BoxShape::Form(spans(rest)))
}

/// A box without a fence has to show its room: "Your answer: ____".
pub(super) fn box_in(lines: &[Run<'_>]) -> Option<BoxShape> {
    let (first, rest) = lines.split_first()?;
    if rest.iter().all(|line| is_filler(line.text)) && (is_answer_line(first.text) || is_filler(first.text)) {
        return Some(BoxShape::Empty);
    }
    lines.iter().all(|line| has_room(*line)).then(|| BoxShape::Form(spans(lines)))
}

fn list_shape(view: &View<'_>, list: &List) -> Option<BoxShape> {
    if list.items.is_empty() {
        return None;
    }
    if list.items.iter().all(|item| item.checked == Some(false)) {
        return Some(BoxShape::Choice);
    }
    let lines: Vec<Run<'_>> = list.items.iter().map(|item| view.run(item.content).trim()).collect();
    if lines.iter().all(|line| line.is_blank()) {
        return Some(BoxShape::Empty);
    }
    let is_form =
        lines.iter().all(|line| has_room(*line) || (ends_with_colon(line.text) && !line.text.contains('\n')));
    is_form.then(|| BoxShape::Form(spans(&lines)))
}

fn spans(lines: &[Run<'_>]) -> Vec<Span> {
    lines.iter().map(|line| line.span).collect()
}

/// "Your answer:", with or without room after it.
fn is_answer_line(text: &str) -> bool {
    let plain = words(text.trim_end_matches(|c: char| !c.is_alphanumeric()));
    ANSWER_LINES.contains(&plain.as_str())
}

/// Nothing but room: underscores, dots.
fn is_filler(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['>', '-', '*']).trim();
    text.chars().all(|c| matches!(c, '_' | '.' | '…' | ' ' | '\\'))
}

/// The same in a table, where a dash says that there is nothing.
fn is_open_cell(text: &str) -> bool {
    is_filler(text) && !text.trim_start().starts_with('-')
}

/// A line in which something is left to be written, as in `p50: ____ ms`.
pub(super) fn has_room(line: Run<'_>) -> bool {
    !line.text.contains('\n')
        && (line.text.contains("___")
            || line.text.contains("……")
            || line.text.contains("....")
            || line.text.ends_with(": …"))
}

fn ends_with_colon(text: &str) -> bool {
    let plain = unmarked(text);
    plain.ends_with(':') && plain.len() < 120
}

/// A table that is to be filled in: at least so many empty cells, and more empty than full ones beside the
/// first column.
pub(super) fn is_open_table(view: &View<'_>, table: &Table, least: usize) -> bool {
    let cells = || table.rows.iter().flat_map(|row| row.iter().skip(1));
    let empty = cells().filter(|cell| is_open_cell(view.run(cell.span).text)).count();
    empty >= least && empty * 2 >= cells().count()
}
