//! Markdown inside a line that needs no parser: words, code between single backticks, emphasis around
//! words, and tags of our own. Whatever else could be a mark of Markdown makes it a matter for the
//! parser.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::syntax::letters::first_byte;

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inline<'t> {
    /// Words, as they stand.
    Text(&'t str),
    /// What stands between two backticks.
    Code(&'t str),
    /// Words between single asterisks.
    Emphasis(&'t str),
    /// Words between double asterisks.
    Strong(&'t str),
    /// A tag of HTML that was put there on purpose.
    Tag(&'t str),
}

/// Bytes that are words wherever they stand: no mark of Markdown, no beginning of an entity, nothing of
/// which addresses are made. A colon is one of these unless a slash follows.
///
/// Told without a branch, for many bytes at once.
const fn is_word(byte: u8) -> bool {
    let is_mark = (byte < b' ')
        | (byte.wrapping_sub(b'#') < 2)
        | (byte == b'&')
        | (byte.wrapping_sub(b'*') < 2)
        | (byte == b':')
        | (byte.wrapping_sub(b'<') < 3)
        | (byte == b'@')
        | (byte.wrapping_sub(b'[') < 6)
        | (byte.wrapping_sub(b'{') < 5);
    !is_mark
}

/// Whether a line is words alone, wherever it stands.
pub fn is_words(line: &str) -> bool {
    words_len(line.as_bytes()) == line.len() && !has_bare_address(line)
}

/// Whether there may be an address without a scheme, which becomes a link.
fn has_bare_address(line: &str) -> bool {
    static WWW: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("www."));
    WWW.find(line.as_bytes()).is_some()
}

/// How many of the first bytes are words.
fn words_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += first_byte(&bytes[at..], |byte| !is_word(byte));
        if bytes.get(at) != Some(&b':') || bytes.get(at + 1) == Some(&b'/') {
            return at;
        }
        at += 1;
    }
}

/// Cuts a line into its pieces, which are added to `pieces`. `false` if it takes a parser: `pieces` is
/// then of no use. `tags` are beginnings of HTML that may stand in it.
pub fn cut_line<'t>(line: &'t str, tags: &[String], pieces: &mut Vec<Inline<'t>>) -> bool {
    if has_bare_address(line) {
        return false;
    }
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &line[at..];
        let (piece, len) = match bytes[at] {
            b'`' => match code(rest) {
                Some(code) => (Inline::Code(code), code.len() + 2),
                None => return false,
            },
            b'*' => match emphasis(&line[..at], rest) {
                Some((piece, len)) => (piece, len),
                None => return false,
            },
            b'<' => match tag(rest, tags) {
                Some(tag) => (Inline::Tag(tag), tag.len()),
                None => return false,
            },
            _ => match words_len(rest.as_bytes()) {
                0 => return false,
                len => (Inline::Text(&rest[..len]), len),
            },
        };
        pieces.push(piece);
        at += len;
    }
    true
}

/// The code at the beginning of a text. Between spaces, it would lose one at either end.
fn code(text: &str) -> Option<&str> {
    let inside = &text[1..];
    let code = &inside[..inside.find('`')?];
    let is_longer = inside[code.len() + 1..].starts_with('`');
    (!code.is_empty() && !code.contains('\n') && !code.starts_with(' ') && !code.ends_with(' ') && !is_longer)
        .then_some(code)
}

/// The emphasis at the beginning of `text`, and its length with marks. Its marks stand between a space
/// and a letter, so that they can do nothing but open and close.
fn emphasis<'t>(before: &str, text: &'t str) -> Option<(Inline<'t>, usize)> {
    let marks = if text.starts_with("**") { 2 } else { 1 };
    let inside = &text[marks..];
    let words = &inside[..words_len(inside.as_bytes())];
    let behind = inside[words.len()..].strip_prefix(&text[..marks])?;
    let (first, last) = (words.bytes().next()?, words.bytes().next_back()?);
    let next = behind.bytes().next();
    let ends_word = next.is_none_or(|next| next == b' ');
    let opens =
        matches!(before.bytes().next_back(), None | Some(b' ' | b'(')) && first.is_ascii_alphanumeric();
    let closes = (last.is_ascii_alphanumeric() && next.is_none_or(|next| b" .,:;!?)".contains(&next)))
        || (b".,:;!?)".contains(&last) && ends_word);
    let piece = if marks == 2 { Inline::Strong(words) } else { Inline::Emphasis(words) };
    (opens && closes).then_some((piece, words.len() + 2 * marks))
}

/// The tag at the beginning of a text, if it is one of those that may stand there.
fn tag<'t>(text: &'t str, tags: &[String]) -> Option<&'t str> {
    const END: &str = "</a>";
    if tags.is_empty() {
        return None;
    }
    if text.starts_with(END) {
        return Some(END);
    }
    tags.iter().find(|tag| text.starts_with(tag.as_str()))?;
    let tag = &text[..=text.find('>')?];
    let mut rest = tag.strip_prefix("<a")?;
    while rest != ">" {
        let (name, value) = rest.strip_prefix(' ')?.split_once("=\"")?;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let (value, behind) = value.split_once('"')?;
        if !is_name || value.contains(['<', '`', '\n']) {
            return None;
        }
        rest = behind;
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::Inline::{Code, Emphasis, Strong, Tag, Text};
    use super::*;

    fn cut(line: &str) -> Option<Vec<Inline<'_>>> {
        let mut pieces = Vec::new();
        cut_line(line, &["<a href=\"x\">".to_owned()], &mut pieces).then_some(pieces)
    }

    #[test]
    fn words_are_letters_and_some_signs() {
        for byte in 0..=u8::MAX {
            let is_letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
            assert_eq!(is_word(byte), is_letter || b" ,.;?!()'\"/-%".contains(&byte), "{byte}");
        }
    }

    #[test]
    fn words_need_no_parser() {
        for line in ["A pool, that is (at most) 10 things.", "It's \"so\": 5 % - Größe – ok!"] {
            assert!(is_words(line), "{line}");
        }
        let marks =
            ["a `b`", "a *b*", "a_b_", "a [b](c)", "a <b>", "a &amp; b", "a \\ b", "a | b", "a ~~b~~"];
        for line in marks.into_iter().chain(["see https://e.org", "see www.e.org", "me@e.org", "# a", "a\tb"])
        {
            assert!(!is_words(line), "{line}");
        }
    }

    #[test]
    fn simple_marks_are_read() {
        assert_eq!(cut("a `b < *c*` d"), Some(vec![Text("a "), Code("b < *c*"), Text(" d")]));
        assert_eq!(cut("**Not** (*so*)."), Some(vec![Strong("Not"), Text(" ("), Emphasis("so"), Text(").")]));
        assert_eq!(cut("**Not yet.** b"), Some(vec![Strong("Not yet."), Text(" b")]));
        assert_eq!(
            cut("a <a href=\"x\">b</a>: c"),
            Some(vec![Text("a "), Tag("<a href=\"x\">"), Text("b"), Tag("</a>"), Text(": c")])
        );
    }

    #[test]
    fn other_marks_are_left_to_the_parser() {
        for line in [
            "a `b",
            "a ``b``",
            "a ` b ` c",
            "a `b``",
            "a*b*",
            "a *b*c",
            "a * b * c",
            "a *b",
            "a **b*",
            "***a***",
            "*a **b** c*",
            "*`a`*",
            "**a.**b",
            "\"*a*\"",
            "a <b>c</b>",
            "<a href=\"y\">b</a>",
            "a <a href=\"x\" title='>'>b</a>",
            "see `www.e.org`",
            "a [b](c)",
            "a ![b](c)",
        ] {
            assert_eq!(cut(line), None, "{line}");
        }
    }
}
