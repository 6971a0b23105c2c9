//! Attribute blocks, `{#id .class key=value key="two words"}`, as they stand on directives,
//! headings, fences and list items. Which attributes a thing takes is not known here.

use crate::diag::catalog::document::{BAD_ATTRIBUTE_VALUE, MALFORMED_DIRECTIVE};
use crate::diag::catalog::manifest::INVALID_ID;
use crate::diag::{Diagnostic, Sink};
use crate::source::{Span, Spanned};

/// What stands between the braces, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// With the braces. Empty, and at the place where the block could stand, if there is none.
    pub span: Span,
    pub id: Option<Spanned<String>>,
    pub classes: Vec<Spanned<String>>,
    /// Keys are unique. A value's span lies inside its quotes.
    pub pairs: Vec<(Spanned<String>, Spanned<String>)>,
}

impl Attributes {
    /// No attributes, written nowhere: `span` says where they would stand.
    #[must_use]
    pub fn empty(span: Span) -> Self {
        Self { span, id: None, classes: Vec::new(), pairs: Vec::new() }
    }

    /// Whether there is neither id nor class nor pair.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Spanned<String>> {
        self.pairs.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }
}

/// Whether a text has the form of an id: lower-case words and numbers, joined by single hyphens.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('-').all(part)
}

/// Where the block that opens at the start of `text` ends: the offset after its `}`. Braces in
/// quotes don't count. `None` if it does not end.
#[must_use]
pub fn attributes_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    let mut before = b'{';
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if byte == b'\\' => escaped = true,
            Some(open) if byte == open => quote = None,
            None if byte == b'}' => return Some(at + 1),
            // A quote opens a value only after `=`: `{#don't}` is one bad id, not an open string.
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        before = byte;
    }
    None
}

/// Reads a block. `text` is the source with its braces, `span` where it stands. Faults are
/// reported; what could be read is returned.
#[must_use]
pub fn parse_attributes(text: &str, span: Span, sink: &Sink) -> Attributes {
    let at = usize::from(text.starts_with('{'));
    let mut reader = Reader { text, at, span, sink, found: Attributes::empty(span), is_cut_off: false };
    reader.read();
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    span: Span,
    sink: &'a Sink,
    found: Attributes,
    /// A quote ran to the end of the text.
    is_cut_off: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while !self.is_cut_off {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            let Some(first) = self.text[self.at..].chars().next() else {
                self.malformed(0, self.text.len(), "the attributes have no closing `}`", "add `}`".into());
                return;
            };
            match first {
                '}' => return,
                '#' => self.read_id(),
                '.' => self.read_class(),
                _ => self.read_pair(),
            }
        }
    }

    /// The text up to white space or `}`, and its start.
    fn word(&mut self) -> (usize, &'a str) {
        let start = self.at;
        let rest = &self.text[start..];
        let len = rest.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(rest.len());
        self.at += len;
        (start, &rest[..len])
    }

    fn spanned(&self, text: &str, start: usize) -> Spanned<String> {
        Spanned::new(text.to_owned(), self.span.sub(start, start + text.len()))
    }

    fn read_id(&mut self) {
        let (start, word) = self.word();
        let id = self.spanned(&word[1..], start + 1);
        let place = self.span.sub(start, start + word.len());
        if id.is_empty() {
            self.malformed(
                start,
                start + 1,
                "`#` is followed by no id",
                "write the id right after `#`".into(),
            );
        } else if let Some(first) = &self.found.id {
            let message = format!("a second id, `#{}`", id.value);
            self.sink.push(
                Diagnostic::new(&BAD_ATTRIBUTE_VALUE, place, message)
                    .also(first.span, "the first id")
                    .help("keep one of the two"),
            );
        } else {
            if !is_id(&id) {
                self.sink.push(invalid_id(&id));
            }
            self.found.id = Some(id);
        }
    }

    fn read_class(&mut self) {
        let (start, word) = self.word();
        if word.len() == 1 {
            let help = "write the class right after `.`";
            self.malformed(start, start + 1, "`.` is followed by no class", help.into());
        } else {
            let class = self.spanned(&word[1..], start + 1);
            self.found.classes.push(class);
        }
    }

    fn read_pair(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let key_len = rest.find(|c: char| !is_key_char(c)).unwrap_or(rest.len());
        if key_len == 0 || !rest[key_len..].starts_with('=') {
            let (_, word) = self.word();
            let message = format!("`{word}` is no id, class or `key=value`");
            let help = if word.chars().all(is_key_char) {
                format!("write `.{word}` for a class, `#{word}` for an id, `{word}=…` for a value")
            } else {
                "attributes look like `{#id .class key=value key=\"two words\"}`".to_owned()
            };
            self.malformed(start, start + word.len(), message, help);
            return;
        }
        let key = self.spanned(&rest[..key_len], start);
        self.at = start + key_len + 1;
        if let Some(value) = self.read_value(&key) {
            self.keep(key, value);
        }
    }

    fn read_value(&mut self, key: &Spanned<String>) -> Option<Spanned<String>> {
        let open = self.text.as_bytes().get(self.at).copied();
        if let Some(open @ (b'"' | b'\'')) = open {
            return self.read_quoted(open);
        }
        let (start, word) = self.word();
        if word.is_empty() {
            let message = format!("`{}=` has no value", key.value);
            let help = format!("write `{}=value`, or `{}=\"two words\"`", key.value, key.value);
            let from = start - key.len() - 1;
            self.malformed(from, start, message, help);
            return None;
        }
        Some(self.spanned(word, start))
    }

    fn read_quoted(&mut self, open: u8) -> Option<Spanned<String>> {
        let start = self.at + 1;
        let mut value = String::new();
        let mut escaped = false;
        for (offset, c) in self.text[start..].char_indices() {
            if escaped {
                if c != char::from(open) && c != '\\' {
                    value.push('\\');
                }
                value.push(c);
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == char::from(open) {
                self.at = start + offset + 1;
                return Some(Spanned::new(value, self.span.sub(start, start + offset)));
            } else {
                value.push(c);
            }
        }
        let quote = char::from(open);
        self.malformed(start - 1, self.text.len(), "a quoted value does not end", format!("add `{quote}`"));
        self.at = self.text.len();
        // One fault, one finding: the missing brace follows from the missing quote.
        self.is_cut_off = true;
        None
    }

    fn keep(&mut self, key: Spanned<String>, value: Spanned<String>) {
        let Some((first, _)) = self.found.pairs.iter().find(|(name, _)| name.value == key.value) else {
            self.found.pairs.push((key, value));
            return;
        };
        let message = format!("`{}` is given twice", key.value);
        self.sink.push(
            Diagnostic::new(&BAD_ATTRIBUTE_VALUE, key.span, message)
                .also(first.span, "given here first")
                .help("keep one of the two"),
        );
    }

    fn malformed(&self, start: usize, end: usize, message: impl Into<String>, help: String) {
        let place = self.span.sub(start, end);
        self.sink.push(Diagnostic::new(&MALFORMED_DIRECTIVE, place, message).help(help));
    }
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')
}

fn invalid_id(id: &Spanned<String>) -> Diagnostic {
    let mut words: Vec<String> = Vec::new();
    for word in id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push(word.to_ascii_lowercase());
    }
    let help = if words.is_empty() {
        "use lower-case letters, digits and single hyphens".to_owned()
    } else {
        format!("write `#{}`", words.join("-"))
    };
    Diagnostic::new(&INVALID_ID, id.span, format!("`{}` is not a valid id", id.value)).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn parse(text: &str) -> (Attributes, Vec<(&'static str, String)>) {
        let mut files = Files::default();
        let file = files.add_text("a.md", text);
        let sink = Sink::default();
        let found = parse_attributes(text, Span::new(file, 0, text.len()), &sink);
        let faults = sink
            .into_sorted(&files)
            .into_iter()
            .map(|fault| (fault.spec.code, files.slice(fault.span).to_owned()))
            .collect();
        (found, faults)
    }

    #[test]
    fn all_kinds_are_read_with_their_places() {
        let text = r#"{#first-guess .fix kind=prediction  extra="Index \"x\" }?" file='a b'}"#;
        let (found, faults) = parse(text);
        assert_eq!(faults, []);
        assert_eq!(found.id.as_ref().map(|id| id.as_str()), Some("first-guess"));
        assert_eq!(&text[found.id.as_ref().unwrap().span.range()], "first-guess");
        assert_eq!(found.classes[0].value, "fix");
        assert_eq!(found.get("kind").unwrap().value, "prediction");
        assert_eq!(found.get("extra").unwrap().value, "Index \"x\" }?");
        assert_eq!(&text[found.get("extra").unwrap().span.range()], r#"Index \"x\" }?"#);
        assert_eq!(found.get("file").unwrap().value, "a b");
        assert_eq!(found.get("nothing"), None);
        assert!(!found.is_empty());
    }

    #[test]
    fn empty_blocks_are_fine() {
        for text in ["{}", "{  }", "{#a}"] {
            assert_eq!(parse(text).1, [], "{text}");
        }
        assert!(parse("{ }").0.is_empty());
    }

    #[test]
    fn a_second_id_or_key_is_one_finding_and_the_first_stays() {
        let (found, faults) = parse("{#one #two}");
        assert_eq!(faults, [("source/bad-attribute-value", "#two".to_owned())]);
        assert_eq!(found.id.unwrap().value, "one");
        let (found, faults) = parse("{kind=a kind=b}");
        assert_eq!(faults, [("source/bad-attribute-value", "kind".to_owned())]);
        assert_eq!(found.get("kind").unwrap().value, "a");
    }

    #[test]
    fn bad_ids_are_found_with_a_proposal() {
        for id in ["First", "a--b", "-a", "a-", "a_b", "ä", "don't"] {
            let (_, faults) = parse(&format!("{{#{id}}}"));
            assert_eq!(faults, [("source/invalid-id", id.to_owned())]);
        }
        assert!(is_id("a") && is_id("4-golden-signals") && !is_id(""));
    }

    #[test]
    fn bad_syntax_is_one_finding_each() {
        for (text, place) in [
            ("{situation}", "situation"),
            ("{#}", "#"),
            ("{.}", "."),
            ("{kind=}", "kind="),
            ("{kind= a=b}", "kind="),
            ("{=x}", "=x"),
            ("{a=\"open}", "\"open}"),
            ("{#a", "{#a"),
            ("{ö=x}", "ö=x"),
        ] {
            let (_, faults) = parse(text);
            assert_eq!(faults, [("source/malformed-directive", place.to_owned())], "{text}");
        }
    }

    #[test]
    fn the_end_of_a_block_respects_quotes() {
        assert_eq!(attributes_end("{a=\"}\"} x"), Some(7));
        assert_eq!(attributes_end("{#don't} x"), Some(8));
        assert_eq!(attributes_end("{a=\"} x"), None);
    }
}
