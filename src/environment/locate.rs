//! From a place in a rendered file back to what an author can edit. A template's line may hold
//! values, be repeated or be left out, so its literal parts are looked for; where no single line
//! fits, the answer is the place that the whole file came from.

use std::ops::Range;

use camino::Utf8Path;

use crate::source::{Files, Span};
use crate::syntax::suppression::scan_suppressions;

/// How many lines before a place help to tell equal lines apart.
const CONTEXT: usize = 8;

/// Where in the source the place `at` of a rendered text comes from. `origin` is the template, or
/// the block of a manifest that the file was made from.
#[must_use]
pub fn locate_rendered(files: &Files, origin: Span, rendered: &str, at: Range<usize>) -> Span {
    let Ok(template) = files.text(origin.file) else { return origin };
    if origin.start != 0 || at.start > rendered.len() {
        return origin;
    }
    // What was only copied has every place where it was.
    if template == rendered {
        return Span::new(origin.file, at.start, at.end);
    }
    let line_start = rendered[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = line_at(rendered, line_start);
    if line.trim().is_empty() {
        return origin;
    }
    let lines = template_lines(files.path(origin.file), template);
    let before: Vec<&str> = rendered[..line_start].lines().rev().take(CONTEXT).collect();
    let best = (0..lines.len())
        .filter_map(|index| {
            let literal = lines[index].fits(line)?;
            // A line that stands there word for word was hardly printed by one with values.
            Some(((lines[index].is_verbatim(), agreement(&lines[..index], &before), literal), index))
        })
        .max_by_key(|(score, index)| (*score, std::cmp::Reverse(*index)));
    let Some((_, index)) = best else { return origin };
    let found = &lines[index];
    // A line without values is the same in both, so the place inside it is, too.
    if found.text.trim_end() == line.trim_end() {
        let start = found.start + (at.start - line_start);
        let end = found.start + (at.end.max(at.start) - line_start).min(found.text.trim_end().len());
        return Span::new(origin.file, start, end.max(start));
    }
    let lead = found.text.len() - found.text.trim_start().len();
    Span::new(origin.file, found.start + lead, found.start + found.text.trim_end().len())
}

/// The text of the line that starts at an offset.
#[must_use]
pub fn line_at(text: &str, start: usize) -> &str {
    text[start..].split('\n').next().unwrap_or("")
}

struct Line<'a> {
    start: usize,
    text: &'a str,
    /// What stands between values; `None` for a line that is an instruction.
    literals: Option<Vec<&'a str>>,
}

fn template_lines<'a>(path: &Utf8Path, template: &'a str) -> Vec<Line<'a>> {
    let mut suppressions = scan_suppressions(path, template).into_iter().peekable();
    let mut at = 0;
    let mut lines = Vec::new();
    for text in template.split_inclusive('\n') {
        let (start, end) = (at, at + text.len());
        at = end;
        let text = text.trim_end_matches('\n');
        while suppressions.peek().is_some_and(|it| it.comment.end < start) {
            suppressions.next();
        }
        // A comment for the linter is not printed, be it the whole line or its end.
        let comment = suppressions.peek().filter(|it| it.comment.start < end);
        let line = match comment.map(|it| it.removal.start.max(start) - start) {
            Some(0) => Line { start, text: "", literals: None },
            Some(cut) => Line { start, text: &text[..cut], literals: literals(text[..cut].trim_end()) },
            None => Line { start, text, literals: literals(text.trim_end()) },
        };
        lines.push(line);
    }
    lines
}

/// A line cut at its values, `[= … =]`; lines with `[% … %]` or `[# … #]` print nothing of their own.
fn literals(line: &str) -> Option<Vec<&str>> {
    if line.trim_start().starts_with("[%") || line.trim_start().starts_with("[#") {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find("[=") {
        parts.push(&rest[..open]);
        rest = rest[open..].find("=]").map_or("", |close| &rest[open + close + 2..]);
    }
    parts.push(rest);
    Some(parts)
}

impl Line<'_> {
    fn is_verbatim(&self) -> bool {
        self.literals.as_ref().is_some_and(|literals| literals.len() == 1)
    }

    /// How many literal characters agree if this line can have printed the other.
    fn fits(&self, printed: &str) -> Option<usize> {
        let literals = self.literals.as_ref()?;
        let printed = printed.trim_end();
        let [first, rest @ ..] = literals.as_slice() else { return None };
        let mut left = printed.strip_prefix(first)?;
        // Values do not begin with the space that a line is indented by.
        if first.trim().is_empty() && left.starts_with(' ') && !rest.is_empty() {
            return None;
        }
        if let [middle @ .., last] = rest {
            for part in middle {
                left = &left[left.find(part)? + part.len()..];
            }
            left.strip_suffix(last)?;
        } else if !left.is_empty() {
            return None;
        }
        let agreed = literals.iter().map(|part| part.trim().len()).sum();
        // A line that is all value fits everything and says nothing.
        (agreed > 0).then_some(agreed)
    }
}

/// How many of the rendered lines before a place follow, nearest first, from the template's lines.
fn agreement(lines: &[Line<'_>], before: &[&str]) -> usize {
    let mut printed = before.iter();
    let mut agreed = 0;
    for line in lines.iter().rev().filter(|line| line.literals.is_some()) {
        match printed.next() {
            Some(text) if line.text.trim().is_empty() && text.trim().is_empty() => agreed += 1,
            Some(text) if line.fits(text).is_some() => agreed += 1,
            _ => break,
        }
    }
    agreed
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "services:\n  db:\n    image: [= images.db =]\n  web:\n    image: [= images.web =]\n    ports:\n[% for port in ports %]\n      - \"[= port =]\"\n[% endfor %]\n";
    const RENDERED: &str = "services:\n  db:\n    image: postgres:15\n  web:\n    image: nginx:1\n    ports:\n      - \"80\"\n      - \"81\"\n";

    fn found(needle: &str) -> String {
        let mut files = Files::default();
        let file = files.add_text("compose.j2", TEMPLATE);
        let at = RENDERED.find(needle).expect("a needle");
        let span = locate_rendered(&files, Span::file_start(file), RENDERED, at..at + needle.len());
        let line = files.position(file, span.start).line;
        format!("{line}: {}", files.slice(span))
    }

    #[test]
    fn equal_lines_keep_the_place() {
        assert_eq!(found("db"), "2: db");
    }

    #[test]
    fn lines_with_values_are_told_apart_by_what_stands_before() {
        assert_eq!(found("postgres:15"), "3: image: [= images.db =]");
        assert_eq!(found("nginx:1"), "5: image: [= images.web =]");
        assert_eq!(found("\"81\""), "8: - \"[= port =]\"");
    }

    #[test]
    fn a_line_without_values_comes_before_one_that_fits_as_well() {
        let mut files = Files::default();
        let template = "services:\n  [= name =]:\n    image: [= image =]\n[% if cpus %]\n    cpus: [= cpus =]\n[% endif %]\n    needs:\n";
        let file = files.add_text("compose.j2", template);
        let rendered = "services:\n  db:\n    image: postgres:15\n    needs:\n";
        let at = rendered.find("needs").expect("a key");
        let span = locate_rendered(&files, Span::file_start(file), rendered, at..at + 5);
        assert_eq!(files.slice(span), "needs");
        assert_eq!(files.position(file, span.start).line, 7);
    }

    #[test]
    fn a_place_that_no_line_printed_is_the_files() {
        let mut files = Files::default();
        let file = files.add_text("compose.j2", "[= everything =]\n");
        let span = locate_rendered(&files, Span::file_start(file), "a: 1\n", 0..1);
        assert_eq!(span, Span::file_start(file));
    }
}
