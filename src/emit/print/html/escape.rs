//! Escaping text for HTML and for Markdown.

use crate::syntax::letters::first_byte;

/// Text as it stands between tags and in attributes.
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_html_into(text, &mut out);
    out
}

/// The same at the end of what is there already.
pub fn escape_html_into(text: &str, out: &mut String) {
    let is_escaped = |byte: u8| (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"');
    let mut rest = text;
    loop {
        let at = first_byte(rest.as_bytes(), is_escaped);
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes().get(at) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(_) => "&quot;",
            None => return,
        });
        rest = &rest[at + 1..];
    }
}

/// Text as the value of an attribute in double quotes: line breaks become spaces, so that the
/// attribute survives inside Markdown.
#[must_use]
pub fn escape_attribute(text: &str) -> String {
    escape_html(text).replace('\n', " ")
}

/// Plain text as Markdown that shows it unchanged.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape_html;

    proptest::proptest! {
        #[test]
        fn every_mark_is_escaped_wherever_it_stands(text in "([a-z ]{0,20}[&<>\"é]?){0,4}") {
            let one_by_one = text.chars().map(|c| match c {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                c => c.to_string(),
            });
            proptest::prop_assert_eq!(escape_html(&text), one_by_one.collect::<String>());
        }
    }
}
