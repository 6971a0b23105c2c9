//! Escaping text for HTML and for Markdown.

/// Text as it stands between tags and in attributes.
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
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
