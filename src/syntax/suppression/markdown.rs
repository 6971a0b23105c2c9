//! Comments inside a piece of Markdown: in a list, a quote, a table, a paragraph. Those that are
//! blocks of a page are read from the page's tree.

use std::ops::Range;

use super::comment::{Suppression, line_around, suppressions};
use super::grammar::{Allow, parse_allow};

/// The suppressions of a piece of Markdown; `range` is where it stands in the text.
pub(super) fn markdown_suppressions(text: &str, range: Range<usize>) -> Vec<Suppression> {
    let Some(piece) = text.get(range.clone()) else { return Vec::new() };
    let comments = comments(piece).into_iter().filter_map(|at| {
        let at = range.start + at.start..range.start + at.end;
        let allow = allow(text, &at)?;
        Some((at, allow))
    });
    suppressions(text, comments, |comment| item_end(text, comment.end, range.end))
}

/// What a comment allows, if it does.
pub(super) fn allow(text: &str, comment: &Range<usize>) -> Option<Allow> {
    let inside = comment.start + "<!--".len()..comment.end.saturating_sub("-->".len());
    parse_allow(text.get(inside.clone())?, inside.start)
}

/// Where the paragraph or list item ends that begins on the next line with text.
fn item_end(text: &str, from: usize, until: usize) -> usize {
    let mut at = line_around(text, from).end + 1;
    let mut first: Option<usize> = None;
    let mut last = from;
    while at < until {
        let line = line_around(text, at);
        let content = text[line.clone()].trim();
        let indent = text[line.clone()].len() - text[line.clone()].trim_start().len();
        match first {
            None if content.is_empty() => {}
            None => first = Some(indent),
            Some(own) if content.is_empty() || (starts_item(content) && indent <= own) => break,
            Some(_) => {}
        }
        if first.is_some() {
            last = line.end.min(until);
        }
        at = line.end + 1;
    }
    last
}

fn starts_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < line.len() && rest.starts_with(['.', ')']);
    (numbered && rest[1..].starts_with(' ')) || line.starts_with("- ") || line.starts_with("* ")
}

/// HTML comments outside of code, in order.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut unmatched = [false; 64];
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let run = run_at(bytes, at);
                let hopeless = unmatched.get(run).copied().unwrap_or(true);
                match if hopeless { None } else { closing(bytes, at + run, run) } {
                    Some(end) => at = end,
                    None => {
                        // A run of this length that closes nothing closes nothing later on either.
                        if let Some(seen) = unmatched.get_mut(run) {
                            *seen = true;
                        }
                        at += run;
                    }
                }
            }
            b'<' if text[at..].starts_with("<!--") => {
                let Some(end) = text[at..].find("-->") else { break };
                found.push(at..at + end + "-->".len());
                at += end + "-->".len();
            }
            _ => at += 1,
        }
    }
    found
}

fn run_at(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| **byte == b'`').count()
}

/// Where the run of exactly `run` backticks after `from` ends.
fn closing(bytes: &[u8], from: usize, run: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let here = run_at(bytes, at);
        if here == run {
            return Some(at + run);
        }
        at += here.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<String> {
        let found = markdown_suppressions(text, 0..text.len());
        found.into_iter().map(|it| text[it.comment.end..it.covers.end].replace('\n', "|")).collect()
    }

    #[test]
    fn in_a_list_the_next_item_is_covered() {
        let text = "- a\n<!-- allow a/b: c -->\n- b\n  more\n- c\n";
        assert_eq!(covered(text), ["|- b|  more"]);
        assert_eq!(
            covered("- a\n\n  <!-- allow a/b: c -->\n\n  text\n  more\n\n  other\n"),
            ["||  text|  more"]
        );
    }

    #[test]
    fn beside_text_it_covers_the_line() {
        let text = "one\ntwo <!-- allow a/b: c --> three\nfour\n";
        let found = markdown_suppressions(text, 0..text.len());
        assert_eq!(&text[found[0].covers.clone()], "two <!-- allow a/b: c --> three");
        assert_eq!(&text[found[0].removal.clone()], " <!-- allow a/b: c -->");
    }

    #[test]
    fn code_holds_no_comments() {
        for text in
            ["`<!-- allow a/b: c -->`", "- x\n  ```html\n  <!-- allow a/b: c -->\n  ```\n", "\\<!-- x"]
        {
            assert_eq!(covered(text), Vec::<String>::new(), "{text}");
        }
    }
}
