//! Code before and after a fix: two fences, each introduced by a line, or by a comment in its first line.

use super::block::Shape;
use super::view::{Found, View};
use crate::adopt::read::marks::{code_texts, has_phrase, leading_bold, unmarked, words};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{AFTER, BEFORE};
use crate::adopt::{Change, PartKind, Unclear};
use crate::source::{Span, Spanned};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// A fence with what says on which side of a change it is.
struct Sided<'a> {
    side: Side,
    label: Option<Run<'a>>,
    /// Whether the line says more than "before".
    says_more: bool,
    language: Spanned<String>,
    /// Without the comment that names the side.
    body: Run<'a>,
    /// A path in that comment.
    file: Option<Run<'a>>,
    blocks: usize,
}

/// How many blocks may stand between the two.
const MAX_BETWEEN: usize = 3;

/// A change, or one side of it alone.
pub(super) fn read_change(view: &View<'_>, at: usize) -> Option<Found> {
    let first = sided_at(view, at)?;
    if first.side == Side::After {
        // "becomes:" may stand above any code.
        is_named(&first).then_some(())?;
        let why = "code after a change, without the code before it".to_owned();
        return Some(Found::one(view, at, first.blocks, PartKind::Unclear(Unclear { why })));
    }
    let from = at + first.blocks;
    let second = (from..=from + MAX_BETWEEN)
        .take_while(|at| *at == from || is_between(view, at - 1))
        .find_map(|at| sided_at(view, at).filter(|found| found.side == Side::After).map(|found| (at, found)));
    let Some((second_at, second)) = second else {
        is_named(&first).then_some(())?;
        let why = "code before a change, without the code after it".to_owned();
        return Some(Found::one(view, at, first.blocks, PartKind::Unclear(Unclear { why })));
    };
    let between: Vec<Span> = (from..second_at).map(|at| view.text(at).span).collect();
    let blocks = second_at + second.blocks - at;
    let change = change_of(view, at, &first, &second, between);
    Some(Found::one(view, at, blocks, PartKind::Change(change)))
}

/// Whether one side alone is a fault: it is called "before" or "after", or the problem or the fix.
fn is_named(sided: &Sided<'_>) -> bool {
    let said = sided.label.map_or_else(|| "before".to_owned(), |label| words(label.text));
    ["before", "after", "the problem", "the fix"].iter().any(|phrase| has_phrase(&said, phrase))
}

fn change_of(
    view: &View<'_>,
    at: usize,
    first: &Sided<'_>,
    second: &Sided<'_>,
    between: Vec<Span>,
) -> Change {
    let sides = [first, second];
    let labels =
        sides.iter().filter(|side| !side.says_more).filter_map(|side| side.label).map(|run| run.span);
    let mut prose: Vec<Span> = between;
    prose
        .extend(sides.iter().filter(|side| side.says_more).filter_map(|side| side.label).map(|run| run.span));
    prose.sort_by_key(|span| span.start);
    let named = sides.iter().find_map(|side| side.file.and_then(|file| path_in(view, file)));
    let body = |side: &Sided<'_>| (!side.body.is_blank()).then_some(side.body.span);
    let language = if first.language.is_empty() { &second.language } else { &first.language };
    Change {
        file: named
            .or_else(|| sides.iter().find_map(|side| side.label.and_then(|label| file_of(view, label))))
            .or_else(|| file_above(view, at)),
        language: language.value.clone(),
        before: body(first),
        after: body(second),
        labels: labels.collect(),
        prose,
    }
}

fn is_between(view: &View<'_>, at: usize) -> bool {
    matches!(view.shape(at), Some(Shape::Paragraph | Shape::List(_) | Shape::Comment))
        && label_at(view, at).is_none()
}

fn sided_at<'a>(view: &View<'a>, at: usize) -> Option<Sided<'a>> {
    if let Some((side, label, says_more)) = label_at(view, at) {
        let (language, body) = fence_at(view, at + 1)?;
        let (file, body) = match side_in_code(body) {
            Some((found, file, rest)) if found == side => (file, rest),
            _ => (None, body),
        };
        return Some(Sided { side, label: Some(label), says_more, language, body, file, blocks: 2 });
    }
    let (language, body) = fence_at(view, at)?;
    let (side, file, body) = side_in_code(body)?;
    Some(Sided { side, label: None, says_more: false, language, body, file, blocks: 1 })
}

fn fence_at<'a>(view: &View<'a>, at: usize) -> Option<(Spanned<String>, Run<'a>)> {
    match view.shape(at)? {
        Shape::Fence { language, body } => Some((language.clone(), view.run(*body))),
        _ => None,
    }
}

/// The side that a line names, and whether it says more than that.
fn label_at<'a>(view: &View<'a>, at: usize) -> Option<(Side, Run<'a>, bool)> {
    let run = match view.shape(at)? {
        Shape::Paragraph => view.text(at),
        Shape::Heading { level, .. } if *level > view.section_level => {
            let (_, text) = view.heading(at)?;
            return side_of(text)
                .map(|(side, says_more)| (side, if says_more { text } else { view.text(at) }, says_more));
        }
        _ => return None,
    };
    side_of(run).map(|(side, says_more)| (side, run, says_more))
}

fn side_of(run: Run<'_>) -> Option<(Side, bool)> {
    let run = run.trim();
    if run.text.contains("\n\n") || run.text.len() > 300 {
        return None;
    }
    if let Some(bold) = leading_bold(run)
        && let Some(side) = side_named(bold.inner.text)
    {
        return Some((side, !words(bold.rest.text).is_empty() && !is_aside(bold.rest.text)));
    }
    let plain = unmarked(run.text);
    let head = plain.split([':', '—', '–', '(']).next().unwrap_or("");
    if let Some(side) = side_named(head) {
        let rest = &plain[head.len()..];
        return Some((side, !words(rest).is_empty() && !is_aside(rest)));
    }
    let is_line = plain.ends_with(':') && plain.split_whitespace().count() <= 14 && !plain.contains('\n');
    let said = words(&plain);
    let (last, first) = (said.rsplit(' ').next(), said.split(' ').next());
    match (last, first) {
        (Some("before"), _) if is_line => Some((Side::Before, false)),
        (Some("after"), _) if is_line => Some((Side::After, false)),
        (_, Some("replace")) if is_line && !said.contains(" with ") => Some((Side::Before, false)),
        _ => None,
    }
}

/// Words in brackets: "(the problem)".
fn is_aside(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', '.']).trim_start_matches([':', '—', '–']).trim();
    text.starts_with('(') && text.ends_with(')') && text.split_whitespace().count() <= 5
}

fn side_named(text: &str) -> Option<Side> {
    let text = text.split('(').next().unwrap_or("");
    let said = words(text);
    if BEFORE.contains(&said.as_str()) {
        return Some(Side::Before);
    }
    AFTER.contains(&said.as_str()).then_some(Side::After)
}

/// "// before: app/server.js" in the first line of a fence: the side, the path and the lines after it.
fn side_in_code(body: Run<'_>) -> Option<(Side, Option<Run<'_>>, Run<'_>)> {
    let blank = body.text.len() - body.text.trim_start_matches('\n').len();
    let line = body.from(blank).lines().next()?;
    let comment = line.trim();
    let mark =
        ["//", "#", "--", "/*", "<!--", ";"].into_iter().find(|mark| comment.text.starts_with(mark))?;
    let said = comment
        .from(mark.len())
        .trim_matches(|c| c.is_whitespace() || matches!(c, '*' | '/' | '-' | '>' | '=' | '#'));
    let end = said.text.find([':', '(', '—', '–']).unwrap_or(said.text.len());
    let side = match words(said.to(end).text).as_str() {
        "before" | "before the fix" => Side::Before,
        "after" | "after the fix" => Side::After,
        _ => return None,
    };
    let rest = said.from(end).trim_matches(|c| c.is_whitespace() || matches!(c, ':' | '(' | ')' | '—' | '–'));
    let after = (blank + line.text.len() + 1).min(body.text.len());
    Some((side, Some(rest).filter(|rest| !rest.is_blank()), body.from(after)))
}

/// The file that the text above the change names, back to the last heading.
fn file_above(view: &View<'_>, at: usize) -> Option<Spanned<String>> {
    (0..at)
        .rev()
        .take(40)
        .take_while(|above| !matches!(view.shape(*above), Some(Shape::Heading { level, .. }) if *level <= view.section_level + 1))
        .filter(|above| matches!(view.shape(*above), Some(Shape::Paragraph)))
        .find_map(|above| file_of(view, view.text(above)))
}

/// The last file that a text names between backticks.
fn file_of(view: &View<'_>, run: Run<'_>) -> Option<Spanned<String>> {
    code_texts(run).filter_map(|code| path_in(view, code)).last()
}

/// A path as the scenario knows it: as written, or the one file of that name.
fn path_in(view: &View<'_>, run: Run<'_>) -> Option<Spanned<String>> {
    let written = run.text.trim_start_matches("./");
    let has_end = written.rsplit('/').next().is_some_and(|name| name.contains('.') || name == "Dockerfile");
    if written.is_empty() || !has_end || written.contains(char::is_whitespace) {
        return None;
    }
    let mut ending = view.paths.iter().filter(|path| path.ends_with(written));
    if let Some(known) = view.paths.iter().find(|path| path.as_str() == written) {
        return Some(Spanned::new(known.to_string(), run.span));
    }
    match (ending.next(), ending.next()) {
        (Some(known), None) => Some(Spanned::new(known.to_string(), run.span)),
        _ => None,
    }
}
