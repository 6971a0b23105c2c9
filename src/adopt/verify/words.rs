//! What a reader of Markdown sees: its words, without marks, addresses and comments.

use std::ops::Range;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub text: &'t str,
    pub at: usize,
}

/// Elements that people write into Markdown and readers do not see. Anything else in angle brackets may be
/// a part of code.
const ELEMENTS: [&str; 24] = [
    "details", "summary", "br", "p", "div", "span", "img", "b", "i", "em", "strong", "sub", "sup", "kbd",
    "a", "hr", "table", "tr", "td", "th", "ul", "ol", "li", "center",
];

/// The visible words of a Markdown text.
#[must_use]
pub fn visible_words(text: &str) -> Vec<Word<'_>> {
    let hidden = hidden(text);
    let mut next = hidden.iter().peekable();
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        while next.peek().is_some_and(|range| range.end <= at) {
            next.next();
        }
        let is_hidden = next.peek().is_some_and(|range| range.contains(&at));
        match start {
            None if c.is_alphanumeric() && !is_hidden => start = Some(at),
            Some(from) if !c.is_alphanumeric() || is_hidden => {
                words.push(Word { text: &text[from..at], at: from });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Comments, tags, addresses of links, languages of fences.
fn hidden(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut fence: Option<String> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '>']);
        let marks = inner
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))
            .map_or(0, |mark| inner.len() - inner.trim_start_matches(mark).len());
        match &fence {
            Some(open) if marks >= open.len() && inner.trim().len() == marks => fence = None,
            Some(_) => {}
            None if marks >= 3 && !inner[marks..].contains('`') => {
                fence = Some(inner[..marks].to_owned());
                ranges.push(at..at + line.len());
            }
            None => hidden_in(line, at, &mut ranges),
        }
        at += line.len();
    }
    for (start, _) in text.match_indices("<!--") {
        let end = text[start..].find("-->").map_or(text.len(), |end| start + end + 3);
        ranges.push(start..end);
    }
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges
}

fn hidden_in(line: &str, at: usize, ranges: &mut Vec<Range<usize>>) {
    for (start, _) in line.match_indices("](") {
        let mut depth = 0_u32;
        let end = line[start + 1..].char_indices().find_map(|(inner, c)| match c {
            '(' => {
                depth += 1;
                None
            }
            ')' => {
                depth -= 1;
                (depth == 0).then_some(start + 1 + inner + 1)
            }
            _ => None,
        });
        if let Some(end) = end {
            ranges.push(at + start..at + end);
        }
    }
    for (start, _) in line.match_indices('<') {
        let rest = &line[start + 1..];
        let name: String =
            rest.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        if let (true, Some(end)) = (ELEMENTS.contains(&name.to_lowercase().as_str()), rest.find('>')) {
            ranges.push(at + start..at + start + 1 + end + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        visible_words(text).iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_and_addresses_are_not_seen() {
        assert_eq!(words("## A **b** [c](d/e.md \"t\") ![f](g.svg)"), "A b c f");
        assert_eq!(words("<details><summary>H</summary>\n\nx <!-- y\nz --> w"), "H x w");
        assert_eq!(words("```js\nlet a = [b](c);\n```\nd"), "let a b c d");
        assert_eq!(words("`SELECT <id>` and > quote"), "SELECT id and quote");
    }
}
