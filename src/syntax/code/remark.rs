//! Where the comments of a file are. In JavaScript the parser says so; elsewhere lines are read, and
//! what stands in quotes is no comment.

use std::ops::Range;
use std::sync::Arc;

use camino::Utf8Path;
use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::SourceType;

use super::comment::{CommentStyle, is_javascript, lines_of, markers_of};
use super::javascript::is_too_deep;
use crate::source::{FileId, Files};

/// The comments of a file, with their marks, in order. Comments on neighbouring lines are one: a
/// sentence runs on from line to line.
#[must_use]
pub fn comments_of(path: &Utf8Path, text: &str) -> Vec<Range<usize>> {
    let found = if is_javascript(path) { in_javascript(path, text) } else { in_lines(path, text) };
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in found {
        match joined.last_mut() {
            Some(last) if follows(text, last, &range) => last.end = range.end,
            _ => joined.push(range),
        }
    }
    joined
}

/// The comments of a file of the project, looked for once.
pub struct Comments(Vec<Range<usize>>);

impl Comments {
    /// None where the file is no text.
    #[must_use]
    pub fn in_file(files: &Files, file: FileId) -> Arc<Self> {
        files.parsed(file, || {
            let comments = files.text(file).map(|text| comments_of(files.path(file), text));
            Self(comments.unwrap_or_default())
        })
    }

    /// As [`comments_of`] gives them.
    #[must_use]
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }
}

/// Whether one comment goes on with another: both alone on lines that follow each other.
fn follows(text: &str, before: &Range<usize>, range: &Range<usize>) -> bool {
    let between = &text[before.end..range.start];
    let line = text[..before.start].rfind('\n').map_or(0, |at| at + 1);
    let is_alone = text[line..before.start].trim().is_empty();
    is_alone && between.trim().is_empty() && between.matches('\n').count() == 1
}

fn in_javascript(path: &Utf8Path, text: &str) -> Vec<Range<usize>> {
    if is_too_deep(text) {
        return Vec::new();
    }
    let source_type = SourceType::from_path(path.as_std_path()).unwrap_or_else(|_| SourceType::mjs());
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, source_type).parse();
    let comments = parsed.program.comments.iter();
    comments
        .map(|it| it.span.start as usize..it.span.end as usize)
        .filter(|it| it.end <= text.len())
        .collect()
}

fn in_lines(path: &Utf8Path, text: &str) -> Vec<Range<usize>> {
    let styles = markers_of(path);
    let has = |style| styles.contains(&style);
    let marks: Vec<&str> =
        [(CommentStyle::Hash, "#"), (CommentStyle::Dash, "--"), (CommentStyle::Slash, "//")]
            .into_iter()
            .filter_map(|(style, mark)| has(style).then_some(mark))
            .collect();
    let pairs: Vec<(&str, &str)> = [(CommentStyle::Block, "/*", "*/"), (CommentStyle::Markup, "<!--", "-->")]
        .into_iter()
        .filter_map(|(style, open, close)| has(style).then_some((open, close)))
        .collect();
    let mut found = Vec::new();
    let mut inside_until = 0;
    for (start, line) in lines_of(text) {
        let end = start + line.trim_end().len();
        let mut at = start.max(inside_until);
        while at < end {
            let Some((from, mark)) = next_mark(text, at..end, &marks, &pairs) else { break };
            let close = pairs.iter().find(|(open, _)| *open == mark).map(|(_, close)| *close);
            let until = match close {
                Some(close) => text[from + mark.len()..]
                    .find(close)
                    .map_or(text.len(), |len| from + mark.len() + len + close.len()),
                None => end,
            };
            found.push(from..until);
            at = until;
            inside_until = until;
        }
    }
    found
}

/// The first comment mark of a line outside of quotes. A mark of one line is one only at the start of
/// a word: `a#b` and `http://` hold none.
fn next_mark<'m>(
    text: &str,
    line: Range<usize>,
    marks: &[&'m str],
    pairs: &[(&'m str, &'m str)],
) -> Option<(usize, &'m str)> {
    let mut quote = None;
    let mut before = ' ';
    for (offset, c) in text[line.clone()].char_indices() {
        let at = line.start + offset;
        let starts_word = before.is_whitespace() || before == ';' || before == ',';
        before = c;
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => {
                let rest = &text[at..line.end];
                if let Some((open, _)) = pairs.iter().find(|(open, _)| rest.starts_with(open)) {
                    return Some((at, open));
                }
                if let Some(mark) = marks.iter().find(|mark| starts_word && rest.starts_with(**mark)) {
                    return Some((at, mark));
                }
                // An apostrophe inside a word opens nothing.
                if matches!(c, '"' | '\'')
                    && (starts_word || "([{=:".contains(text[..at].chars().next_back().unwrap_or(' ')))
                {
                    quote = Some(c);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments<'t>(path: &str, text: &'t str) -> Vec<&'t str> {
        comments_of(path.into(), text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn comments_are_found_in_each_language() {
        assert_eq!(
            comments("a.js", "// one\n// two\nlet a = '// no'; // three\n/* four */"),
            ["// one\n// two", "// three", "/* four */"]
        );
        assert_eq!(
            comments("a.sql", "-- one\nSELECT '-- no'; -- two\n/* a\n b */"),
            ["-- one", "-- two", "/* a\n b */"]
        );
        assert_eq!(comments("a.yml", "# one\na: \"# no\" # two\nb: x#no\n"), ["# one", "# two"]);
        assert_eq!(comments("Dockerfile", "# one\nFROM x\n"), ["# one"]);
        assert_eq!(comments("a.css", "a { } /* one"), ["/* one"]);
    }

    #[test]
    fn a_file_that_cannot_be_parsed_gives_what_was_read() {
        assert_eq!(comments("a.js", ""), Vec::<&str>::new());
        let _ = comments("a.js", "let = ( // x\n`");
    }
}
