//! Pieces of Markdown syntax: emphasis that is known to take effect, fences, tables, escapes.

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use crate::emit::print::inline::is_words;
use crate::emit::print::plain::is_of_paragraph;

/// The extensions that GitHub has switched on.
pub(super) fn github_options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options
}

/// `**text**`, if Markdown reads that as one strong text; else `None`. Emphasis has rules about the
/// characters beside it, so the result is tried instead of guessed.
#[must_use]
pub fn strong(text: &str) -> Option<String> {
    let candidate = format!("**{text}**");
    if is_word_to_word(text) {
        return Some(candidate);
    }
    wraps_all(&candidate, |value| matches!(value, NodeValue::Strong)).then_some(candidate)
}

/// `*text*`, or the text alone where emphasis would not take effect.
#[must_use]
pub fn emphasize(text: &str) -> String {
    if is_word_to_word(text) {
        return format!("*{text}*");
    }
    let marks = if text.contains('*') { ["_", "*"] } else { ["*", "_"] };
    marks
        .iter()
        .map(|mark| format!("{mark}{text}{mark}"))
        .find(|candidate| wraps_all(candidate, |value| matches!(value, NodeValue::Emph)))
        .unwrap_or_else(|| text.to_owned())
}

/// Whether nothing but words stands in a text, from its first letter to its last: marks around it take
/// effect.
fn is_word_to_word(text: &str) -> bool {
    is_words(text) && text.starts_with(is_letter) && text.ends_with(is_letter)
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn wraps_all(candidate: &str, is_wanted: impl Fn(&NodeValue) -> bool) -> bool {
    let arena = Arena::new();
    let root = parse_document(&arena, candidate, &github_options());
    let Some(paragraph) = only_child(root) else { return false };
    let is_paragraph = matches!(paragraph.data.borrow().value, NodeValue::Paragraph);
    is_paragraph && only_child(paragraph).is_some_and(|child| is_wanted(&child.data.borrow().value))
}

fn only_child<'a>(node: Node<'a>) -> Option<Node<'a>> {
    let mut children = node.children();
    let first = children.next()?;
    children.next().is_none().then_some(first)
}

/// Divides Markdown after its first paragraph. The first part is empty when it begins with
/// something else.
pub(super) fn split_first_paragraph(text: &str) -> (&str, &str) {
    let text = text.trim_matches('\n');
    let arena = Arena::new();
    let root = parse_document(&arena, text, &github_options());
    let Some(first) = root.first_child() else { return ("", text) };
    let data = first.data.borrow();
    if !matches!(data.value, NodeValue::Paragraph) {
        return ("", text);
    }
    let end: usize = text.split_inclusive('\n').take(data.sourcepos.end.line).map(str::len).sum();
    let (paragraph, rest) = text.split_at(end.min(text.len()));
    (paragraph.trim(), rest.trim_matches('\n'))
}

/// Whether Markdown begins or ends with a list: two lists in a row would become one.
pub(super) fn list_edges(text: &str) -> (bool, bool) {
    if has_no_list_at_edges(text) {
        return (false, false);
    }
    parsed_list_edges(text)
}

fn parsed_list_edges(text: &str) -> (bool, bool) {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &github_options());
    let is_list = |node: Option<Node<'_>>| {
        node.is_some_and(|node| matches!(node.data.borrow().value, NodeValue::List(_)))
    };
    (is_list(root.first_child()), is_list(root.last_child()))
}

/// What can be told without the parser. A line at the left edge after a blank line ends every list, and
/// definitions are no blocks.
fn has_no_list_at_edges(text: &str) -> bool {
    let blank = |line: &str| line.trim_matches([' ', '\t']).is_empty();
    let mut rest = text.lines().skip_while(|line| blank(line));
    let begins = rest.next().is_some_and(|line| may_be_item(line) || line.trim_start().starts_with('['));
    let mut last =
        text.lines().rev().skip_while(|line| blank(line)).take_while(|line| !blank(line)).peekable();
    let mut ends = false;
    while let Some(line) = last.next() {
        let is_indented = last.peek().is_none() && line.starts_with([' ', '\t']);
        ends |= is_indented || may_be_item(line) || line.contains("]:");
    }
    !begins && !ends
}

/// Whether a line begins as items of lists do.
fn may_be_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = if number.len() < line.len() {
        number.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// What a reader sees of inline Markdown: without marks, link targets and HTML.
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    if is_of_paragraph(markdown) {
        return markdown.to_owned();
    }
    let arena = Arena::new();
    text_below(parse_document(&arena, markdown, &github_options()))
}

/// The words below a node.
pub(super) fn text_below(root: Node<'_>) -> String {
    let mut out = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// A fenced block whose fence is longer than any run of backticks inside.
pub(super) fn fence(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat((longest + 1).max(3));
    let body = text.strip_suffix('\n').unwrap_or(text);
    if text.is_empty() {
        format!("{marks}{language}\n{marks}")
    } else {
        format!("{marks}{language}\n{body}\n{marks}")
    }
}

/// A table. Cells are Markdown on one line; alignments are `left`, `center`, `right` or anything
/// else for none.
#[must_use]
pub fn table(head: &[String], alignments: &[&str], rows: &[Vec<String>]) -> String {
    let rule = (0..head.len()).map(|column| match alignments.get(column).copied() {
        Some("left") => ":---",
        Some("center") => ":---:",
        Some("right") => "---:",
        _ => "---",
    });
    let mut lines = vec![row(head.len(), head), format!("|{}|", rule.collect::<Vec<_>>().join("|"))];
    lines.extend(rows.iter().map(|cells| row(head.len(), cells)));
    lines.join("\n")
}

fn row(columns: usize, cells: &[String]) -> String {
    let mut out = "|".to_owned();
    for column in 0..columns.max(cells.len()) {
        let cell = cells.get(column).map(|cell| escape_pipes(cell.trim())).unwrap_or_default();
        out.push(' ');
        out.push_str(&cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out
}

/// Escapes the pipes that are not escaped yet; line ends become spaces.
fn escape_pipes(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut escaped = false;
    for found in cell.chars() {
        match found {
            '|' if !escaped => out.push_str("\\|"),
            '\n' => out.push(' '),
            _ => out.push(found),
        }
        escaped = found == '\\' && !escaped;
    }
    out
}

/// Turns alerts into quotes with a bold word: GitHub shows alerts at the top level only.
pub(super) fn flatten_alerts(text: &str) -> String {
    const ALERTS: [&str; 5] = ["Note", "Tip", "Important", "Warning", "Caution"];
    let mut out = Vec::new();
    for line in text.split('\n') {
        let word = line
            .strip_prefix('>')
            .and_then(|rest| rest.trim().strip_prefix("[!")?.strip_suffix(']'))
            .and_then(|word| ALERTS.iter().find(|alert| alert.eq_ignore_ascii_case(word)));
        match word {
            Some(word) => out.extend([format!("> **{word}**"), ">".to_owned()]),
            None => out.push(line.to_owned()),
        }
    }
    out.join("\n")
}

/// Puts every line into a quote.
pub(super) fn quote(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A list item: continuation lines are indented to stand below the text.
pub(super) fn item(marker: &str, text: &str) -> String {
    let indent = " ".repeat(marker.chars().count() + 1);
    let mut lines = text.trim().split('\n');
    let mut out = format!("{marker} {}", lines.next().unwrap_or("")).trim_end().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_is_given_only_where_it_takes_effect() {
        assert_eq!(strong("Q1. What **now**, then?").as_deref(), Some("**Q1. What **now**, then?**"));
        assert_eq!(strong("Q1. What does `a * b` do?").as_deref(), Some("**Q1. What does `a * b` do?**"));
        assert_eq!(strong("ends with a space "), None);
        assert_eq!(strong("two\n\nparagraphs"), None);
        assert_eq!(strong("open `code"), Some("**open `code**".to_owned()));
    }

    #[test]
    fn a_caption_keeps_its_own_emphasis() {
        assert_eq!(emphasize("Fig 1.1 — plain"), "*Fig 1.1 — plain*");
        assert_eq!(emphasize("Fig 1.1 — a *b* c"), "_Fig 1.1 — a *b* c_");
        assert_eq!(emphasize("spaced "), "spaced ");
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fence("js", "a\n"), "```js\na\n```");
        assert_eq!(fence("", ""), "```\n```");
        assert_eq!(fence("md", "````js\nx\n````\n"), "`````md\n````js\nx\n````\n`````");
        assert_eq!(fence("text", "Your guess:\n\n\n"), "```text\nYour guess:\n\n\n```");
    }

    #[test]
    fn pipes_are_escaped_once() {
        let cells = [vec!["`a | b`".to_owned(), "c \\| d".to_owned()]];
        let head = ["x".to_owned(), String::new()];
        assert_eq!(table(&head, &["right"], &cells), "| x | |\n|---:|---|\n| `a \\| b` | c \\| d |");
    }

    #[test]
    fn the_first_paragraph_is_divided_from_what_follows() {
        assert_eq!(split_first_paragraph("\na\nb\n\n- c\n"), ("a\nb", "- c"));
        assert_eq!(split_first_paragraph("a\n- c"), ("a", "- c"));
        assert_eq!(split_first_paragraph("- c\n\na"), ("", "- c\n\na"));
        assert_eq!(split_first_paragraph(""), ("", ""));
    }

    #[test]
    fn alerts_become_quotes() {
        assert_eq!(flatten_alerts("> [!TIP]\n> Look."), "> **Tip**\n>\n> Look.");
        assert_eq!(flatten_alerts("> [!OTHER]\n> Look."), "> [!OTHER]\n> Look.");
    }

    #[test]
    fn lists_at_the_edges_are_found() {
        for (text, edges) in [
            ("- a", (true, true)),
            ("a\n- b", (false, true)),
            ("1. a\n\nb", (true, false)),
            ("- a\n\n  b", (true, true)),
            ("a\n\n    - b", (false, false)),
            ("```\n- a\n```", (false, false)),
            ("- a\n\n[x]: y", (true, true)),
            ("[x]: y\n- a", (true, true)),
            ("**a** b\n\n-c", (false, false)),
            ("a\n\n*", (false, true)),
        ] {
            assert_eq!(list_edges(text), edges, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_can_be_told_without_the_parser_is_true(
            lines in proptest::collection::vec("(|- a|  - a|    - a|1\\. a|  a|\ta|a|> a|```|~~~|\\[x\\]: y|\\[\\^1\\]: y|a\\[\\^1\\]|# a|---|<div>|</div>|<!--|-->|\\|a\\||\\|-\\||-|\u{a0})", 1..9)
        ) {
            let text = lines.join("\n");
            if has_no_list_at_edges(&text) {
                proptest::prop_assert_eq!(parsed_list_edges(&text), (false, false));
            }
        }
    }
}
