//! Text in places where some of its characters would mean something else.

/// Plain text as Markdown: what would be read as markup is escaped, and nothing else, because
/// learners read the source, too.
#[must_use]
pub fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    for (at, found) in text.char_indices() {
        let after = text[at + found.len_utf8()..].chars().next();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_markup = match found {
            '\\' | '`' | '*' | '[' | ']' => true,
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
            '_' => !(in_word(before) && in_word(after)),
            '&' => begins_entity(&text[at..]),
            '~' => after == Some('~') || before == Some('~'),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(found);
        before = Some(found);
    }
    out
}

/// Whether text begins with something like `&amp;` or `&#38;`.
fn begins_entity(text: &str) -> bool {
    let name = text[1..].split(';').next().unwrap_or("");
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    is_name && !name.is_empty() && text.len() > name.len() + 1
}

/// Text of an image's description: brackets that are not escaped yet are.
pub(super) fn escape_alt(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for found in text.chars() {
        match found {
            '[' | ']' if !escaped => {
                out.push('\\');
                out.push(found);
            }
            '\n' => out.push(' '),
            _ => out.push(found),
        }
        escaped = found == '\\' && !escaped;
    }
    out
}

/// Text as HTML.
pub(super) fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A relative path as a link's destination.
#[must_use]
pub fn encode_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for found in path.chars() {
        if found.is_alphanumeric() || "/-_.~@+,=".contains(found) {
            out.push(found);
        } else {
            let mut bytes = [0; 4];
            for byte in found.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::markdown::plain_text;
    use super::*;

    #[test]
    fn only_markup_is_escaped() {
        assert_eq!(escape_text("p99_latency & *more* [x] <b>"), "p99_latency & \\*more\\* \\[x\\] \\<b>");
        assert_eq!(escape_text("_x_ &amp; R&D 10 < 20"), "\\_x\\_ \\&amp; R&D 10 < 20");
        assert_eq!(
            plain_text(&escape_text("_x_ &amp; R&D `a` ~~b~~ 10 < 20 \\")),
            "_x_ &amp; R&D `a` ~~b~~ 10 < 20 \\"
        );
    }

    #[test]
    fn paths_are_encoded() {
        assert_eq!(encode_path("src/a b(1).js"), "src/a%20b%281%29.js");
    }
}
