//! Which reader a file gets, by its name; and texts without their suppressions.

use std::borrow::Cow;

use camino::Utf8Path;

use super::comment::{Suppression, whole_lines, with_space_before};
use super::grammar::may_allow;
use super::javascript::javascript_suppressions;
use super::lines::{Reach, line_suppressions};
use super::markdown::{allow, comments, markdown_suppressions};
use super::markup::markup_suppressions;
use super::sql::sql_suppressions;
use super::yaml::yaml_suppressions;
use crate::syntax::code::{is_javascript, markers_of};

/// The suppressions of a file that is no page, in order. A template (`.j2`) is read like what it
/// becomes, but line by line.
#[must_use]
pub fn scan_suppressions(path: &Utf8Path, text: &str) -> Vec<Suppression> {
    if !may_allow(text) {
        return Vec::new();
    }
    let is_template = path.extension() == Some("j2");
    let made = if is_template { path.with_extension("") } else { path.to_owned() };
    let styles = markers_of(&made);
    let extension = made.extension().unwrap_or("").to_ascii_lowercase();
    let is_yaml = matches!(extension.as_str(), "yml" | "yaml");
    let by_line = || {
        let reach = if is_yaml { Reach::Yaml } else { Reach::Indented };
        line_suppressions(text, styles, reach, &[], is_yaml)
    };
    let parsed = match extension.as_str() {
        _ if is_template => None,
        _ if is_javascript(path) => javascript_suppressions(path, text),
        "yml" | "yaml" => Some(yaml_suppressions(text)),
        "sql" => sql_suppressions(text),
        "svg" | "xml" | "html" | "htm" => markup_suppressions(text),
        "md" => Some(markdown_suppressions(text, 0..text.len())),
        _ => None,
    };
    parsed.unwrap_or_else(by_line)
}

/// A file without its suppressions, as learners get it.
#[must_use]
pub fn strip_suppressions<'a>(path: &Utf8Path, text: &'a str) -> Cow<'a, str> {
    let found = scan_suppressions(path, text);
    without(text, found.into_iter().map(|suppression| suppression.removal))
}

/// A piece of a page's Markdown without the suppressions in it.
#[must_use]
pub fn strip_prose(text: &str) -> Cow<'_, str> {
    if !may_allow(text) {
        return Cow::Borrowed(text);
    }
    let found = comments(text).into_iter().filter(|comment| allow(text, comment).is_some());
    without(
        text,
        found.map(|comment| whole_lines(text, &comment).unwrap_or_else(|| with_space_before(text, &comment))),
    )
}

fn without(text: &str, cuts: impl Iterator<Item = std::ops::Range<usize>>) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut at = 0;
    for cut in cuts {
        if cut.start >= at {
            kept.push_str(&text[at..cut.start]);
            at = cut.end;
        } else {
            at = at.max(cut.end);
        }
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[at..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_loses_its_suppressions_and_nothing_else() {
        for (path, text, stripped) in [
            ("a.js", "a();\n// allow a/b: c\nb(); // allow a/b: c\n", "a();\nb();\n"),
            ("a.js", "const a = '// allow a/b: c';\n", "const a = '// allow a/b: c';\n"),
            ("a.yml", "a: 1\n  # allow a/b: c\nb: 2 # allow a/b: c\n", "a: 1\nb: 2\n"),
            ("a.sql", "-- allow a/b: c\nSELECT 1;\n", "SELECT 1;\n"),
            ("a.svg", "<svg>\n<!-- allow a/b: c -->\n<g/></svg>", "<svg>\n<g/></svg>"),
            ("Dockerfile", "# allow a/b: c\nFROM x\n", "FROM x\n"),
            ("nginx.conf", "# allow 10.0.0.0/8: us\n", "# allow 10.0.0.0/8: us\n"),
            ("c.yml.j2", "# allow a/b: c\nx: [= y =] # allow a/b: c\n", "x: [= y =]\n"),
            ("d.json.j2", "{\n  // allow a/b: c\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}\n"),
            ("README.md", "a\n\n<!-- allow a/b: c -->\n\nb\n", "a\n\nb\n"),
        ] {
            assert_eq!(strip_suppressions(path.into(), text), stripped, "{path}");
        }
    }

    #[test]
    fn prose_loses_them_too() {
        assert_eq!(strip_prose("- a\n<!-- allow a/b: c -->\n- b <!-- allow a/b: c -->\n"), "- a\n- b\n");
        assert_eq!(
            strip_prose("`<!-- allow a/b: c -->` <!-- why -->"),
            "`<!-- allow a/b: c -->` <!-- why -->"
        );
    }
}
