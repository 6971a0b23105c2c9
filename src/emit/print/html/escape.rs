//! Escaping text for HTML and for Markdown.

/// Text as it stands between tags and in attributes.
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_html_into(text, &mut out);
    out
}

/// The same at the end of what is there already.
pub(super) fn escape_html_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
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
        if "\\`*_[]<>&~|#".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
