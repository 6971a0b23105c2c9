//! The style sheets of a picture as they hold in one color scheme: media queries decided, comments
//! and custom properties blanked out. The text keeps its length, so that places stay what they are.

use std::collections::BTreeMap;
use std::ops::Range;

/// A reader's color scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Whether a picture looks different in the two schemes.
#[must_use]
pub fn follows_scheme(text: &str) -> bool {
    text.contains("prefers-color-scheme") || text.contains("light-dark(")
}

/// A picture's text with the style sheets of one scheme, and its custom properties.
pub(super) struct Active {
    pub text: String,
    pub variables: BTreeMap<String, String>,
}

/// Decides the style sheets that stand in these ranges.
pub(super) fn activate(text: &str, sheets: &[Range<usize>], scheme: Scheme) -> Active {
    let mut bytes = text.as_bytes().to_vec();
    let mut variables = BTreeMap::new();
    for sheet in sheets {
        for (open, close) in
            [("/*", "*/"), ("<!--", "<!--"), ("-->", "-->"), ("<![CDATA[", "<![CDATA["), ("]]>", "]]>")]
        {
            blank_between(&mut bytes, sheet.clone(), open.as_bytes(), close.as_bytes());
        }
        decide(&mut bytes, sheet.clone(), scheme, 0);
        take_variables(&mut bytes, sheet.clone(), &mut variables);
    }
    // Only whole ASCII-delimited pieces were blanked: what is left is the text that it was.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    Active { text, variables }
}

/// Blanks out what begins with `open` and ends with `close`, which may be the same mark.
fn blank_between(bytes: &mut [u8], range: Range<usize>, open: &[u8], close: &[u8]) {
    let mut at = range.start;
    while let Some(start) = find(bytes, at..range.end, open) {
        let from = if open == close { start } else { start + open.len() };
        let end = find(bytes, from..range.end, close).map_or(range.end, |found| found + close.len());
        blank(bytes, start..end);
        at = end;
    }
}

/// Unwraps the at-rules that hold and blanks out the others.
fn decide(bytes: &mut [u8], range: Range<usize>, scheme: Scheme, depth: usize) {
    let mut at = range.start;
    while let Some(start) = find(bytes, at..range.end, b"@") {
        let stop = (start..range.end).find(|at| matches!(bytes[*at], b'{' | b';')).unwrap_or(range.end);
        if stop == range.end || bytes[stop] == b';' {
            blank(bytes, start..(stop + 1).min(range.end));
            at = stop;
            continue;
        }
        let end = closing_brace(bytes, stop..range.end);
        let prelude = String::from_utf8_lossy(&bytes[start..stop]).to_ascii_lowercase();
        if holds(&prelude, scheme) && depth < 8 {
            blank(bytes, start..stop + 1);
            decide(bytes, stop + 1..end, scheme, depth + 1);
            blank(bytes, end..(end + 1).min(range.end));
        } else {
            blank(bytes, start..(end + 1).min(range.end));
        }
        at = end;
    }
}

fn holds(prelude: &str, scheme: Scheme) -> bool {
    if prelude.starts_with("@supports") || prelude.starts_with("@layer") {
        return true;
    }
    let Some(query) = prelude.strip_prefix("@media") else { return false };
    let has = |word: &str| query.contains(word);
    if has("not ") || has("print") || has("width") || has("height") {
        return false;
    }
    if has("prefers-color-scheme") { has(scheme.word()) } else { !has("(") }
}

fn closing_brace(bytes: &[u8], range: Range<usize>) -> usize {
    let mut depth = 0usize;
    for at in range.clone() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at;
        }
    }
    range.end
}

/// Collects `--name: value`, which the parser of usvg does not know; the last one holds.
fn take_variables(bytes: &mut [u8], range: Range<usize>, variables: &mut BTreeMap<String, String>) {
    let mut at = range.start;
    while let Some(start) = find(bytes, at..range.end, b"--") {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let name_end = (start..range.end).find(|at| !is_name(bytes[*at])).unwrap_or(range.end);
        let colon = (name_end..range.end).find(|at| !bytes[*at].is_ascii_whitespace()).unwrap_or(range.end);
        at = name_end;
        if colon == range.end || bytes[colon] != b':' || start > 0 && is_name(bytes[start - 1]) {
            continue;
        }
        let end = (colon..range.end).find(|at| matches!(bytes[*at], b';' | b'}')).unwrap_or(range.end);
        let value = String::from_utf8_lossy(&bytes[colon + 1..end]).trim().to_owned();
        variables.insert(String::from_utf8_lossy(&bytes[start..name_end]).into_owned(), value);
        let after = if end < range.end && bytes[end] == b';' { end + 1 } else { end };
        blank(bytes, start..after);
        at = after;
    }
}

fn find(bytes: &[u8], range: Range<usize>, mark: &[u8]) -> Option<usize> {
    let (first, within) = (mark.first()?, bytes.get(range.clone())?);
    let mut at = 0;
    while let Some(next) = within[at..].iter().position(|byte| byte == first) {
        if within[at + next..].starts_with(mark) {
            return Some(range.start + at + next);
        }
        at += next + 1;
    }
    None
}

fn blank(bytes: &mut [u8], range: Range<usize>) {
    for byte in &mut bytes[range] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Whether no function stands in it that [`resolve_value`] replaces.
pub(super) fn is_resolved(value: &str) -> bool {
    !value.contains("var(") && !value.contains("light-dark(")
}

/// A value with `var(--name)` and `light-dark(a, b)` replaced by what they stand for.
pub(super) fn resolve_value(value: &str, variables: &BTreeMap<String, String>, scheme: Scheme) -> String {
    let mut value = value.to_owned();
    // Variables that name each other end somewhere; those that name themselves end here.
    for _ in 0..8 {
        let Some((range, replacement)) = next_function(&value, variables, scheme) else { break };
        value.replace_range(range, &replacement);
    }
    value
}

fn next_function(
    value: &str,
    variables: &BTreeMap<String, String>,
    scheme: Scheme,
) -> Option<(Range<usize>, String)> {
    let (start, name) =
        ["var(", "light-dark("].iter().filter_map(|name| Some((value.rfind(name)?, *name))).max()?;
    let inside = start + name.len();
    let end = inside + value[inside..].find(')')?;
    let (first, second) = match value[inside..end].split_once(',') {
        Some((first, second)) => (first.trim(), Some(second.trim())),
        None => (value[inside..end].trim(), None),
    };
    let replacement = match (name, scheme) {
        ("var(", _) => variables.get(first).map(String::as_str).or(second).unwrap_or("none"),
        (_, Scheme::Light) => first,
        (_, Scheme::Dark) => second.unwrap_or(first),
    };
    Some((start..end + 1, replacement.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn active(css: &str, scheme: Scheme) -> String {
        let range = 0..css.len();
        let made = activate(css, std::slice::from_ref(&range), scheme);
        assert_eq!(made.text.len(), css.len());
        made.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn media_queries_hold_in_their_scheme() {
        let css = "a{b:c} /* { */ @media (prefers-color-scheme: dark) { a{b:d} } @media print{a{b:e}} f{g:h}";
        assert_eq!(active(css, Scheme::Light), "a{b:c} f{g:h}");
        assert_eq!(active(css, Scheme::Dark), "a{b:c} a{b:d} f{g:h}");
        assert_eq!(active("@import url(x); a{b:c} @media", Scheme::Dark), "a{b:c}");
    }

    #[test]
    fn variables_and_schemes_are_resolved() {
        let css = ":root{--ink:#111;--soft: var(--ink)} a{b:c}";
        let range = 0..css.len();
        let made = activate(css, std::slice::from_ref(&range), Scheme::Light);
        assert!(!made.text.contains("--"), "{}", made.text);
        let value = |value: &str, scheme| resolve_value(value, &made.variables, scheme);
        assert_eq!(value("var(--soft)", Scheme::Light), "#111");
        assert_eq!(value("var(--none, #222)", Scheme::Light), "#222");
        assert_eq!(value("light-dark(var(--ink), #fff)", Scheme::Light), "#111");
        assert_eq!(value("light-dark(#000, #fff)", Scheme::Dark), "#fff");
    }
}
