//! `destination "title")`: the part of an inline link after `](`, as `CommonMark` reads it.

use std::ops::Range;

/// What follows the text of an inline link. Ranges are within the source that was read.
pub(super) struct Tail {
    pub destination: Range<usize>,
    /// Without its quotes.
    pub title: Option<Range<usize>>,
    /// After the `)`.
    pub end: usize,
}

/// Reads `destination "title")` from `at` on: what follows `](`.
pub(super) fn parse_tail(source: &str, at: usize) -> Option<Tail> {
    let start = skip_space(source, at);
    let (destination, after) = parse_destination(source, start)?;
    let next = skip_space(source, after);
    if source[next..].starts_with(')') {
        return Some(Tail { destination, title: None, end: next + 1 });
    }
    let close = match source[next..].chars().next()? {
        quote @ ('"' | '\'') if next > after => quote,
        '(' if next > after => ')',
        _ => return None,
    };
    let len = unescaped(&source[next + 1..], close)?;
    let title = next + 1..next + 1 + len;
    let end = skip_space(source, title.end + 1);
    source[end..].starts_with(')').then_some(Tail { destination, title: Some(title), end: end + 1 })
}

fn parse_destination(source: &str, start: usize) -> Option<(Range<usize>, usize)> {
    if source[start..].starts_with('<') {
        let len = unescaped(&source[start + 1..], '>')?;
        let inside = start + 1..start + 1 + len;
        let whole = inside.end + 1;
        return (!source[inside.clone()].contains('\n')).then_some((inside, whole));
    }
    let mut depth = 0;
    let mut escaped = false;
    for (at, c) in source[start..].char_indices() {
        let ends = c.is_ascii_whitespace() || c.is_ascii_control() || (c == ')' && depth == 0);
        if ends && !(escaped && c == ')') {
            return (depth == 0).then_some((start..start + at, start + at));
        }
        match c {
            '(' if !escaped => depth += 1,
            ')' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// The offset of the first `stop` that no backslash escapes.
fn unescaped(text: &str, stop: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == stop && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn skip_space(source: &str, at: usize) -> usize {
    source.len() - source[at..].trim_start_matches(|c: char| c.is_ascii_whitespace()).len()
}

/// Without the backslashes that escape punctuation.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        out.push(if escapes { chars.next().unwrap_or(c) } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Option<(&str, Option<&str>, usize)> {
        let tail = parse_tail(source, 0)?;
        Some((&source[tail.destination], tail.title.map(|title| &source[title]), tail.end))
    }

    #[test]
    fn destinations_and_titles_are_read() {
        assert_eq!(read("a) b"), Some(("a", None, 2)));
        assert_eq!(read(")"), Some(("", None, 1)));
        assert_eq!(read(" a(b) \"c \\\" d\" )"), Some(("a(b)", Some("c \\\" d"), 16)));
        assert_eq!(read("<a b> 'c')"), Some(("a b", Some("c"), 10)));
        assert_eq!(read("a\n(c))"), Some(("a", Some("c"), 6)));
        for bad in ["a b)", "a", "a(b)", "<a\nb>)", "a\"b\" c)", "a \"b)"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(unescape("a\\(b\\c\\\\"), "a(b\\c\\");
    }
}
