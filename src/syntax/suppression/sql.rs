//! SQL. The tokenizer says what is a comment, and where the next statement ends.

use std::ops::Range;

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::{Location, Token, Tokenizer, Whitespace};

use super::comment::{Suppression, suppressions};
use super::grammar::parse_allow;

/// The suppressions of a script; `None` if it cannot be read.
pub(super) fn sql_suppressions(text: &str) -> Option<Vec<Suppression>> {
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, text).tokenize_with_location().ok()?;
    let mut cursor = Cursor { text, line: 1, start: 0 };
    let mut comments = Vec::new();
    // Ends of statements, ascending.
    let mut ends = Vec::new();
    let mut last = 0;
    for token in &tokens {
        let start = cursor.offset(token.span.start);
        match &token.token {
            Token::Whitespace(Whitespace::SingleLineComment { prefix, .. }) => {
                let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
                comments.push((start..start + text[start..end].trim_end().len(), prefix.len(), 0));
            }
            Token::Whitespace(Whitespace::MultiLineComment(_)) => {
                let end = cursor.offset(token.span.end).max(start);
                comments.push((start..end, 2, 2));
            }
            Token::Whitespace(_) => {}
            Token::SemiColon => {
                ends.push(start + 1);
                last = start + 1;
            }
            _ => last = cursor.offset(token.span.end).max(start),
        }
    }
    ends.push(last);
    let allowed = comments.into_iter().filter_map(|(comment, before, after)| {
        let inside: Range<usize> = comment.start + before..comment.end.saturating_sub(after);
        Some((comment, parse_allow(text.get(inside.clone())?, inside.start)?))
    });
    let reach = |comment: &Range<usize>| {
        ends.get(ends.partition_point(|end| *end <= comment.end)).copied().unwrap_or(comment.end)
    };
    Some(suppressions(text, allowed, reach))
}

/// From lines and columns in characters to bytes. Tokens come in order.
struct Cursor<'a> {
    text: &'a str,
    line: u64,
    start: usize,
}

impl Cursor<'_> {
    fn offset(&mut self, at: Location) -> usize {
        while self.line < at.line {
            let Some(newline) = self.text[self.start..].find('\n') else { return self.text.len() };
            self.start += newline + 1;
            self.line += 1;
        }
        let column = usize::try_from(at.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let rest = &self.text[self.start..];
        self.start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<String> {
        let found = sql_suppressions(text).expect("readable");
        found.into_iter().map(|it| text[it.covers].replace('\n', "|")).collect()
    }

    #[test]
    fn the_next_statement_is_covered() {
        let text = "SELECT 1;\n-- allow a/b: c\n-- why\nCREATE TABLE t (\n  a int\n);\nSELECT 2;\n";
        assert_eq!(covered(text), ["-- allow a/b: c|-- why|CREATE TABLE t (|  a int|);"]);
        assert_eq!(covered("/* allow a/b: c */\nSELECT 'ä'"), ["/* allow a/b: c */|SELECT 'ä'"]);
        assert_eq!(covered("SELECT 1; -- allow a/b: c\nSELECT 2;\n"), ["SELECT 1; -- allow a/b: c"]);
    }

    #[test]
    fn strings_are_no_comments() {
        assert_eq!(covered("SELECT '\n-- allow a/b: c\n';"), Vec::<String>::new());
        assert!(sql_suppressions("SELECT 'x\n-- allow a/b: c\n").is_none());
    }
}
