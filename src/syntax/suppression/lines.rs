//! Files that are read line by line: configuration, scripts, templates, and what no parser can read.

use std::collections::HashMap;
use std::ops::Range;

use super::comment::{Suppression, suppressions};
use super::grammar::parse_allow;
use crate::syntax::code::{CommentStyle, comment_text, lines_of};

/// How far a comment on a line of its own reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The next line, with those that are indented below it and its closing bracket.
    Indented,
    /// The same; items of a list may stand below their key without being indented.
    Yaml,
}

/// A line that ends with a backslash goes on; nobody writes more of them than this.
const MAX_CONTINUED: usize = 200;

/// The suppressions of a text. Nothing in `opaque` (ascending, apart from each other) is a comment.
/// With `trailing`, a `#` after a space begins a comment, too.
pub(super) fn line_suppressions(
    text: &str,
    styles: &[CommentStyle],
    reach: Reach,
    opaque: &[Range<usize>],
    trailing: bool,
) -> Vec<Suppression> {
    let lines: Vec<Line<'_>> = lines_of(text).map(|(start, line)| Line { start, text: line }).collect();
    let is_comment = |line: &Line<'_>| styles.iter().any(|style| line.comment(*style).is_some());
    let next = next_contents(&lines, is_comment);
    let mut comments = Vec::new();
    let mut ends: HashMap<usize, usize> = HashMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.text.contains("allow")) {
        let own = styles.iter().find_map(|style| line.comment(*style));
        let found = own.or_else(|| if trailing { line.trailing(opaque) } else { None });
        let Some((comment, inside)) = found.filter(|(at, _)| !is_in(opaque, at.start)) else { continue };
        let Some(allow) = parse_allow(&text[inside.clone()], inside.start) else { continue };
        let last = next[index].map_or(index, |first| block_end(&lines, first, reach, is_comment));
        ends.insert(comment.start, lines[last].end());
        comments.push((comment, allow));
    }
    suppressions(text, comments.into_iter(), |comment| ends[&comment.start])
}

#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

impl Line<'_> {
    /// Where it ends, without its line end.
    fn end(&self) -> usize {
        self.start + self.text.trim_end_matches('\n').len()
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The line as a comment: where it stands, and what is between its marks.
    fn comment(&self, style: CommentStyle) -> Option<(Range<usize>, Range<usize>)> {
        let trimmed = self.text.trim();
        let inside = comment_text(trimmed, style)?;
        let start = self.start + self.indent();
        let at = start + (inside.as_ptr() as usize - trimmed.as_ptr() as usize);
        Some((start..start + trimmed.len(), at..at + inside.len()))
    }

    /// A comment after `#` at the end of the line.
    fn trailing(&self, opaque: &[Range<usize>]) -> Option<(Range<usize>, Range<usize>)> {
        let line = self.text.trim_end();
        line.match_indices('#').find_map(|(at, _)| {
            let start = self.start + at;
            let follows_space = line[..at].ends_with([' ', '\t']);
            let (comment, inside) = (start..self.start + line.len(), start + 1..self.start + line.len());
            let is_free = follows_space && !is_in(opaque, start);
            let is_allow = is_free && parse_allow(&line[at + 1..], 0).is_some();
            is_allow.then_some((comment, inside))
        })
    }
}

/// Whether an offset lies in one of these ranges.
fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    next.checked_sub(1).is_some_and(|before| ranges[before].contains(&at))
}

/// For each line the next one below it that is neither blank nor a comment.
fn next_contents(lines: &[Line<'_>], is_comment: impl Fn(&Line<'_>) -> bool) -> Vec<Option<usize>> {
    let mut next = vec![None; lines.len()];
    let mut below = None;
    for (index, line) in lines.iter().enumerate().rev() {
        next[index] = below;
        if !line.is_blank() && !is_comment(line) {
            below = Some(index);
        }
    }
    next
}

/// The last line of the block that begins on a line.
fn block_end(
    lines: &[Line<'_>],
    first: usize,
    reach: Reach,
    is_comment: impl Fn(&Line<'_>) -> bool,
) -> usize {
    let indent = lines[first].indent();
    let starts_item = |line: &Line<'_>| line.text.trim_start().starts_with('-');
    let mut last = first;
    let mut continued = 0;
    for (index, line) in lines.iter().enumerate().skip(first + 1) {
        if line.is_blank() || (is_comment(line) && line.indent() <= indent) {
            continue;
        }
        let goes_on = lines[last].text.trim_end().ends_with('\\') && index == last + 1;
        let items = reach == Reach::Yaml && line.indent() == indent && starts_item(line);
        let closes = line.indent() == indent && line.text.trim_start().starts_with(['}', ']', ')']);
        continued += usize::from(goes_on);
        let inside = line.indent() > indent || (goes_on && continued <= MAX_CONTINUED);
        if inside || closes || (items && !starts_item(&lines[first])) {
            last = index;
        } else {
            break;
        }
        if closes {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, style: CommentStyle, trailing: bool) -> Vec<String> {
        let found = line_suppressions(text, &[style], Reach::Indented, &[], trailing);
        let clean = |range: Range<usize>| text[range].replace('\n', "|");
        found.into_iter().map(|it| clean(it.comment.end..it.covers.end)).collect()
    }

    #[test]
    fn the_next_line_is_covered_with_what_belongs_to_it() {
        use CommentStyle::{Hash, Slash};
        for (text, style, rest) in [
            ("# allow a/b: c\nFROM node\nRUN x\n", Hash, "|FROM node"),
            ("# allow a/b: c\nRUN x \\\n&& y \\\n&& z\nRUN w\n", Hash, "|RUN x \\|&& y \\|&& z"),
            (
                "  # allow a/b: c\n\n  # why\n  server {\n    listen 80;\n  }\n  x;\n",
                Hash,
                "||  # why|  server {|    listen 80;|  }",
            ),
            ("// allow a/b: c\n\"x\": [\n  1\n],\n\"y\": 2\n", Slash, "|\"x\": [|  1|],"),
            ("# allow a/b: c\n", Hash, ""),
        ] {
            assert_eq!(covered(text, style, false), [rest], "{text}");
        }
    }

    #[test]
    fn at_the_end_of_a_line_it_covers_the_line() {
        let text = "a: 1\nimage: x # allow a/b: c\nurl: x#allow\n";
        assert_eq!(covered(text, CommentStyle::Hash, false), Vec::<String>::new());
        let found = line_suppressions(text, &[CommentStyle::Hash], Reach::Yaml, &[], true);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].covers.clone()], "image: x # allow a/b: c");
        assert_eq!(&text[found[0].removal.clone()], " # allow a/b: c");
    }

    #[test]
    fn many_comments_are_no_reason_to_be_slow() {
        let text = "# allow a/b: c\nx \\\n".repeat(20_000);
        assert_eq!(covered(&text, CommentStyle::Hash, false).len(), 20_000);
        let text = "# allow a/b: c\n".repeat(40_000);
        assert_eq!(covered(&text, CommentStyle::Hash, false).len(), 40_000);
    }
}
