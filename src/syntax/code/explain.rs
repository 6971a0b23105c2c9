//! Comments that explain code to people who don't know its language: `//:`, `#:`, `--:`,
//! `{/*: … */}`. Learners get them as ordinary comments, or the file is emitted without them.
//!
//! They stand on lines of their own; in JavaScript also at the end of a line. There the parser says
//! what is a comment, so that strings and templates are never touched; a file that it cannot read
//! stays as it is.

use std::ops::Range;

use camino::Utf8Path;

use super::comment::{CommentStyle, is_javascript, lines_of, markers_of};
use super::javascript::with_program;

/// What becomes of explaining comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explaining {
    /// Ordinary comments: `//: x` becomes `// x`.
    Plain,
    /// Those on their own lines vanish with the line, trailing ones with the space before them.
    Removed,
}

/// The explaining comments of a text.
pub struct ExplainingComments<'t> {
    text: &'t str,
    found: Vec<Comment>,
}

impl<'t> ExplainingComments<'t> {
    /// Finds those of a file, for which JavaScript is parsed.
    #[must_use]
    pub fn of(path: &Utf8Path, text: &'t str) -> Self {
        Self { text, found: find_comments(path, text) }
    }

    /// The text with them rewritten.
    #[must_use]
    pub fn rewrite(&self, how: Explaining) -> String {
        rewrite(self.text, &self.found, how)
    }
}

/// Rewrites the explaining comments of a file.
#[must_use]
pub fn rewrite_explaining(path: &Utf8Path, text: &str, how: Explaining) -> String {
    ExplainingComments::of(path, text).rewrite(how)
}

fn rewrite(text: &str, comments: &[Comment], how: Explaining) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for comment in comments {
        let cut = match how {
            Explaining::Plain => comment.colon..comment.colon + 1,
            Explaining::Removed => comment.removed.clone(),
        };
        // What stands on a line that has gone already is gone, too.
        if cut.start >= at {
            out.push_str(&text[at..cut.start]);
            at = cut.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a file holds explaining comments.
#[must_use]
pub fn has_explaining(path: &Utf8Path, text: &str) -> bool {
    !find_comments(path, text).is_empty()
}

struct Comment {
    /// The offset of the colon that makes it an explaining one.
    colon: usize,
    /// What goes when it is removed.
    removed: Range<usize>,
}

fn find_comments(path: &Utf8Path, text: &str) -> Vec<Comment> {
    // Most files have none, and need not be parsed to know that.
    if !["//:", "#:", "--:", "/*:"].iter().any(|mark| text.contains(mark)) {
        return Vec::new();
    }
    if is_javascript(path) { javascript_comments(path, text) } else { whole_lines(path, text) }
}

fn whole_lines(path: &Utf8Path, text: &str) -> Vec<Comment> {
    let marks = markers_of(path).iter().filter_map(|style| match style {
        CommentStyle::Slash => Some("//:"),
        CommentStyle::Hash => Some("#:"),
        CommentStyle::Dash => Some("--:"),
        CommentStyle::Block | CommentStyle::Markup => None,
    });
    let marks: Vec<&str> = marks.collect();
    lines_of(text)
        .filter_map(|(start, line)| {
            let content = line.trim_start();
            let mark = marks.iter().find(|mark| explains(content, mark))?;
            let colon = start + (line.len() - content.len()) + mark.len() - 1;
            Some(Comment { colon, removed: start..start + line.len() })
        })
        .collect()
}

/// Whether a comment starts with this mark. A second colon makes it something else; without that
/// rule a file rewritten twice would change twice.
fn explains(comment: &str, mark: &str) -> bool {
    comment.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(':'))
}

fn javascript_comments(path: &Utf8Path, text: &str) -> Vec<Comment> {
    let found = with_program(path, text, |program| {
        let ranges = program.comments.iter().map(|it| it.span.start as usize..it.span.end as usize);
        ranges.filter_map(|range| javascript_comment(text, range)).collect()
    });
    found.unwrap_or_default()
}

fn javascript_comment(text: &str, range: Range<usize>) -> Option<Comment> {
    let comment = text.get(range.clone())?;
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    let (before, after) = (&text[line_start..range.start], &text[range.end..line_end]);
    let colon = range.start + 2;
    if explains(comment, "//:") {
        let code = before.trim_end();
        let removed = if code.is_empty() { line_start..line_end } else { line_start + code.len()..range.end };
        return Some(Comment { colon, removed });
    }
    let alone = before.trim() == "{"
        && after.trim().strip_prefix('}').map(str::trim_start).is_some_and(|rest| {
            // A trailing comment that goes as well leaves this one alone on the line.
            rest.is_empty() || explains(rest, "//:")
        });
    (explains(comment, "/*:") && alone).then_some(Comment { colon, removed: line_start..line_end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(path: &str, text: &str) -> (String, String) {
        let rewrite = |how| rewrite_explaining(path.into(), text, how);
        (rewrite(Explaining::Plain), rewrite(Explaining::Removed))
    }

    #[test]
    fn whole_lines_are_rewritten_or_vanish() {
        for (path, text, plain, removed) in [
            ("a.js", "  //: why\nlet a;\n", "  // why\nlet a;\n", "let a;\n"),
            ("a.yml", "#: why\na: 1 #: not here\n", "# why\na: 1 #: not here\n", "a: 1 #: not here\n"),
            ("a.sql", "--: why\nSELECT 1;", "-- why\nSELECT 1;", "SELECT 1;"),
            ("a.json5", "//: why\n{}", "// why\n{}", "{}"),
            ("a.jsx", "x = <p>\n{/*: why */}\n</p>", "x = <p>\n{/* why */}\n</p>", "x = <p>\n</p>"),
        ] {
            assert_eq!(both(path, text), (plain.to_owned(), removed.to_owned()), "{text}");
            assert!(has_explaining(path.into(), text));
        }
    }

    #[test]
    fn trailing_ones_count_in_javascript() {
        let (plain, removed) = both("a.js", "const a = 1;  //: a constant\nb();\n");
        assert_eq!(plain, "const a = 1;  // a constant\nb();\n");
        assert_eq!(removed, "const a = 1;\nb();\n");
    }

    #[test]
    fn strings_templates_and_other_comments_are_left_alone() {
        for text in [
            "const a = 'x //: y';\n",
            "const a = `\n//: not a comment\n`;\n",
            "const a = /\\/\\/: x/;\n",
            "/*\n//: inside\n*/\n",
            "// plain: x\n",
            "//:: x\n",
            "let a; /*: x */\n",
            "const broken = (\n//: x\n",
        ] {
            assert_eq!(both("a.js", text), (text.to_owned(), text.to_owned()));
            assert!(!has_explaining("a.js".into(), text));
        }
    }

    #[test]
    fn brackets_without_end_are_no_reason_to_fail() {
        let nested =
            |depth: usize| format!("//: x\nconst a = {}1{};\n", "[(".repeat(depth), ")]".repeat(depth));
        assert!(has_explaining("a.js".into(), &nested(200)));
        assert!(!has_explaining("a.js".into(), &nested(20_000)));
    }
}
