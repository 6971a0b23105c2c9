//! Markdown that needs no parser: paragraphs, lists and tables of words with simple marks between them, and
//! fenced code.
//! Most text is such, and parsing it takes longer than anything else that a page needs.

use memchr::{memchr, memchr_iter, memchr2_iter};

use super::inline::{Inline, cut_line, is_words};

mod list;
mod table;

pub use list::List;
pub use table::Table;

/// A part of a piece of Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// A paragraph. Between two of its lines stands a text of one line end.
    Paragraph(Vec<Inline<'t>>),
    /// Fenced code: what stands behind the opening fence, and the lines.
    Fence {
        info: &'t str,
        code: &'t str,
    },
    List(List<'t>),
    Table(Table<'t>),
    /// Anything else: one block or more.
    Other(&'t str),
}

/// Whether a line is part of a paragraph of words: no mark of a list or another block stands before it,
/// and no space that could end the line.
pub fn is_of_paragraph(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphabetic()) && !line.ends_with(' ') && is_words(line)
}

/// Cuts Markdown into what needs no parser and what lies between. `tags` are beginnings of HTML that may
/// stand in it; with any other, and where the parts could hang together, there is one part.
pub fn parts<'t>(markdown: &'t str, tags: &[String]) -> Vec<Part<'t>> {
    Cutter { markdown, tags, parts: Vec::new(), other: None, list: None, block: None }
        .cut()
        .unwrap_or_else(|| vec![Part::Other(markdown)])
}

/// The block to which the lines at hand belong.
enum Open<'t> {
    Paragraph(Vec<Inline<'t>>),
    Fence {
        info: &'t str,
        code: usize,
        /// Where its code ends, once it is closed.
        end: Option<usize>,
    },
    List(List<'t>),
    Table(Table<'t>),
    Other,
}

struct Cutter<'t, 'o> {
    markdown: &'t str,
    tags: &'o [String],
    parts: Vec<Part<'t>>,
    /// Where the blocks begin that take a parser.
    other: Option<usize>,
    /// A list and where it begins, until what comes behind the blank line tells that it has ended.
    list: Option<(usize, List<'t>)>,
    /// Where the block begins to which the lines belong.
    block: Option<(usize, Open<'t>)>,
}

impl<'t> Cutter<'t, '_> {
    fn cut(mut self) -> Option<Vec<Part<'t>>> {
        // The mark of a fence that is open, in whatever block.
        let mut fence: Option<&str> = None;
        let mut at = 0;
        while at < self.markdown.len() {
            let rest = &self.markdown[at..];
            let end = memchr(b'\n', rest.as_bytes());
            let (line, next) =
                (&rest[..end.unwrap_or(rest.len())], at + end.map_or(rest.len(), |end| end + 1));
            if let Some(open) = fence {
                if closes_fence(line, open).ok()? {
                    fence = None;
                    self.close_fence(at);
                }
            } else if is_blank(line) {
                self.end_block();
            } else {
                fence = opened_fence(line).ok()?;
                // Notes are numbered over all parts, definitions hold for all of them, and HTML may reach
                // over blank lines.
                let is_far = || has_notes(line) || has_other_tags(line, self.tags);
                if fence.is_none() && is_far() {
                    return None;
                }
                self.add_line(at, line, fence, next);
            }
            at = next;
        }
        self.end_block();
        self.end_list(false);
        self.end_other(at);
        Some(self.parts)
    }

    fn add_line(&mut self, at: usize, line: &'t str, fence: Option<&'t str>, next: usize) {
        let Some((_, open)) = &mut self.block else {
            self.end_list(list::may_go_on(line));
            let open = match fence {
                // Spaces of ASCII alone, here and below: others are part of what is said.
                Some(mark) => Open::Fence { info: line[mark.len()..].trim_ascii(), code: next, end: None },
                None => self.open_block(line),
            };
            self.block = Some((at, open));
            return;
        };
        let is_simple = fence.is_none()
            && match open {
                Open::Paragraph(pieces) => {
                    pieces.push(Inline::Text("\n"));
                    cut_line_of_paragraph(line, self.tags, pieces)
                }
                Open::List(list) => list.add(line, self.tags),
                Open::Table(table) => table.add(line, self.tags),
                Open::Fence { .. } | Open::Other => false,
            };
        if !is_simple {
            *open = Open::Other;
        }
    }

    fn open_block(&self, line: &'t str) -> Open<'t> {
        let mut pieces = Vec::new();
        if cut_line_of_paragraph(line, self.tags, &mut pieces) {
            return Open::Paragraph(pieces);
        }
        // Behind blocks that only the parser knows, it may be the rest of one of them.
        let list = || List::open(line, self.tags).filter(|_| self.other.is_none()).map(Open::List);
        let table = || Table::open(line, self.tags).map(Open::Table);
        list().or_else(table).unwrap_or(Open::Other)
    }

    /// Its closing line begins at `at`.
    fn close_fence(&mut self, at: usize) {
        if let Some((_, Open::Fence { end, .. })) = &mut self.block {
            *end = Some(at);
        }
    }

    fn end_block(&mut self) {
        let Some((start, open)) = self.block.take() else { return };
        let part = match open {
            Open::Paragraph(pieces) => Part::Paragraph(pieces),
            // Escapes and entities count in what stands behind a fence.
            Open::Fence { info, code, end: Some(end), .. } if !info.contains(['\\', '&']) => {
                Part::Fence { info, code: &self.markdown[code..end] }
            }
            Open::List(list) => {
                self.list = Some((start, list));
                return;
            }
            Open::Table(table) if table.is_whole() => Part::Table(table),
            _ => {
                self.other = self.other.or(Some(start));
                return;
            }
        };
        self.end_other(start);
        self.parts.push(part);
    }

    /// Ends the list before the block at hand. What goes on there is for the parser.
    fn end_list(&mut self, goes_on: bool) {
        let Some((start, list)) = self.list.take() else { return };
        if goes_on {
            self.other = self.other.or(Some(start));
        } else {
            self.end_other(start);
            self.parts.push(Part::List(list));
        }
    }

    fn end_other(&mut self, at: usize) {
        if let Some(start) = self.other.take() {
            self.parts.push(Part::Other(&self.markdown[start..at]));
        }
    }
}

/// A line of spaces, as Markdown knows them.
fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| byte == b' ' || byte == b'\t')
}

/// Cuts a line of a paragraph; `false` if it could open or end another block.
fn cut_line_of_paragraph<'t>(line: &'t str, tags: &[String], pieces: &mut Vec<Inline<'t>>) -> bool {
    let begins = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '`' || c == '*');
    begins && !line.ends_with(' ') && cut_line(line, tags, pieces)
}

/// A line of which it takes a parser to tell what it opens or closes.
struct Odd;

/// The mark of the fence that a line opens.
fn opened_fence(line: &str) -> Result<Option<&str>, Odd> {
    let inside = line.trim_start();
    if !inside.starts_with("```") && !inside.starts_with("~~~") {
        return Ok(None);
    }
    let info = inside.trim_start_matches(&inside[..1]);
    let is_plain = inside.len() == line.len() && !info.contains('`');
    if is_plain { Ok(Some(&line[..line.len() - info.len()])) } else { Err(Odd) }
}

/// Whether a line closes the fence with this mark.
fn closes_fence(line: &str, open: &str) -> Result<bool, Odd> {
    // Most lines of code begin with something else.
    let first = line.bytes().find(|byte| !matches!(byte, b' ' | b'\t'));
    if first != open.bytes().next() {
        return Ok(false);
    }
    let inside = line.trim_matches([' ', '\t']);
    let closes = inside.starts_with(open) && inside.trim_start_matches(&open[..1]).is_empty();
    if closes && !line.starts_with(open) { Err(Odd) } else { Ok(closes) }
}

/// Whether a note or a definition may stand in a line.
fn has_notes(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr2_iter(b'[', b']', bytes)
        .any(|at| matches!((bytes[at], bytes.get(at + 1)), (b'[', Some(b'^')) | (b']', Some(b':'))))
}

fn has_other_tags(line: &str, tags: &[String]) -> bool {
    let known =
        |rest: &str| tags.iter().any(|tag| rest.starts_with(tag.as_str()) || rest.starts_with("</a>"));
    memchr_iter(b'<', line.as_bytes()).any(|at| !known(&line[at..]))
}

#[cfg(test)]
mod tests {
    use super::Inline::{Code, Text};
    use super::Part::{Fence, Other, Paragraph};
    use super::*;
    use crate::syntax::document::Alignment;

    fn cut(markdown: &str) -> Vec<Part<'_>> {
        parts(markdown, &[])
    }

    fn words(text: &str) -> Part<'_> {
        Paragraph(vec![Text(text)])
    }

    #[test]
    fn paragraphs_of_words_are_cut_out() {
        assert_eq!(
            cut("One\ntwo.\n\nThree"),
            [Paragraph(vec![Text("One"), Text("\n"), Text("two.")]), words("Three")]
        );
        assert_eq!(
            cut("One.\n\n- two\n\n  three\n\nFour.\n\n_five_\n\n    six\n"),
            [words("One."), Other("- two\n\n  three\n\n"), words("Four."), Other("_five_\n\n    six\n")]
        );
        assert_eq!(cut("`one` two"), [Paragraph(vec![Code("one"), Text(" two")])]);
        assert_eq!(cut("One\n---\n\nTwo \nthree\n\n1. Four"), [Other("One\n---\n\nTwo \nthree\n\n1. Four")]);
        assert_eq!(cut("One\n\u{a0}\ntwo"), [Other("One\n\u{a0}\ntwo")]);
    }

    #[test]
    fn lists_are_cut_out() {
        let list = |text| match &cut(text)[..] {
            [Part::List(list)] => Some((list.start, list.items.clone())),
            _ => None,
        };
        let items = || vec![vec![Text("One")], vec![Text("two"), Text("\n"), Text("and a half")]];
        assert_eq!(list("- One\n- two\n  and a half\n\n"), Some((None, items())));
        assert_eq!(list("9. One\n10. two\n    and a half"), Some((Some("9"), items())));
        assert_eq!(cut("- one\n\n## two\n\nThree.").len(), 3);
        // What follows may belong to it, or it is of another kind than it seems.
        for text in [
            "- one\n\n- two",
            "- one\n\n  two",
            "- one\n\n1. two",
            "- one\n* two",
            "1. one\n- two",
            "- one\ntwo",
            "- one\n   two",
            "- one\n  - two",
            "-  one",
            "- # one",
            "- - one",
            "- one  \n- two",
            "- _one_\n\n- two",
            "01. one",
            "1234567890. one",
        ] {
            assert_eq!(cut(text), [Other(text)], "{text}");
        }
    }

    #[test]
    fn tables_are_cut_out() {
        let text = "| A | b |\n|---|:-:|\n| 1 `c` |  |\n\nThree.";
        let [Part::Table(table), Paragraph(_)] = &cut(text)[..] else { panic!("{:?}", cut(text)) };
        assert_eq!(table.head, [[Text("A")], [Text("b")]]);
        assert_eq!(table.alignments, [Alignment::None, Alignment::Center]);
        assert_eq!(table.rows, [[vec![Text("1 "), Code("c")], vec![]]]);
        for text in [
            "| a | b |",
            "| a | b |\n|---|",
            "| a | b |\n| c | d |",
            "| a | b |\n|---|---|\n| c |",
            "| a | b |\n|---|---|\nc | d",
            "| a | b |\n|---|---|\n| c\\| | d |",
            "a | b\n--- | ---",
        ] {
            assert_eq!(cut(text), [Other(text)], "{text}");
        }
    }

    #[test]
    fn fenced_code_is_cut_out() {
        assert_eq!(
            cut("```js\na\n\nb < c\n```\n\nTwo."),
            [Fence { info: "js", code: "a\n\nb < c\n" }, words("Two.")]
        );
        assert_eq!(cut("~~~ js {x}\n~~~~\n"), [Fence { info: "js {x}", code: "" }]);
        assert_eq!(cut("- _a_\n\n```\nb\n```\n"), [Other("- _a_\n\n"), Fence { info: "", code: "b\n" }]);
        // Text follows at once, something escaped, no end.
        assert_eq!(cut("````\n```\n\na\n````\nb\n\nc"), [Other("````\n```\n\na\n````\nb\n\n"), words("c")]);
        assert_eq!(cut("``` a\\*b\n```\n"), [Other("``` a\\*b\n```\n")]);
        assert_eq!(cut("a\n```\nb\n```\n"), [Other("a\n```\nb\n```\n")]);
        assert_eq!(cut("```\na"), [Other("```\na")]);
        assert_eq!(cut("```\u{a0}\na\n```"), [Fence { info: "\u{a0}", code: "a\n" }]);
        assert_eq!(cut("```\na\n```\u{a0}\nb\n```"), [Fence { info: "", code: "a\n```\u{a0}\nb\n" }]);
    }

    #[test]
    fn what_hangs_together_stays_together() {
        for text in [
            "a\n\n<!--\n\nb\n\n-->",
            "a[^1]\n\nb\n\n[^1]: c",
            "a\n\n  ```\n\nb\n\n  ```",
            "- ```\n  a\n\nb\n\n  ```",
            "```\na\n  ```\n\nb\n\n```\nc\n\nd\n```",
            "a [b]\n\nc\n\n[b]: d",
            "a\n\n<details>\n\nb\n\n</details>",
        ] {
            assert_eq!(cut(text), [Other(text)], "{text}");
        }
        assert_eq!(cut("```\n\na"), [Other("```\n\na")]);
        let tags = ["<a href=\"x\">".to_owned()];
        assert_eq!(
            parts("b <a href=\"x\">c</a>\n\nd", &tags),
            [
                Paragraph(vec![Text("b "), Inline::Tag("<a href=\"x\">"), Text("c"), Inline::Tag("</a>")]),
                words("d")
            ]
        );
        assert_eq!(parts("b <a href=\"y\">c</a>\n\nd", &tags).len(), 1);
    }
}
