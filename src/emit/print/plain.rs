//! Markdown that needs no parser: paragraphs in which nothing but words stands. Most text is such, and
//! parsing it takes longer than anything else that a page needs.

/// A part of a piece of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// A paragraph of words.
    Words(&'t str),
    /// Anything else: one block or more.
    Other(&'t str),
}

/// Whether a line is words alone, wherever it stands. Whatever could be a mark of Markdown, start an
/// entity or be taken for an address is none.
pub fn is_words(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_word = |(at, byte): (usize, &u8)| match byte {
        b':' => bytes.get(at + 1) != Some(&b'/'),
        b' ' | b',' | b'.' | b';' | b'?' | b'!' | b'(' | b')' | b'\'' | b'"' | b'/' | b'-' | b'%' => true,
        byte => byte.is_ascii_alphanumeric() || !byte.is_ascii(),
    };
    bytes.iter().enumerate().all(is_word) && !line.contains("www.")
}

/// Whether a line is part of a paragraph of words: no mark of a list or another block stands before it,
/// and no space that could end the line.
pub fn is_of_paragraph(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphabetic()) && !line.ends_with(' ') && is_words(line)
}

/// Cuts Markdown into its paragraphs of words and what lies between them. `tags` are beginnings of HTML
/// that may stand in it; with any other, and where the parts could hang together, there is one part.
pub fn parts<'t>(markdown: &'t str, tags: &[String]) -> Vec<Part<'t>> {
    cut(markdown, tags).unwrap_or_else(|| vec![Part::Other(markdown)])
}

fn cut<'t>(markdown: &'t str, tags: &[String]) -> Option<Vec<Part<'t>>> {
    let mut cutter = Cutter { markdown, parts: Vec::new(), other: None, paragraph: None };
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for whole in markdown.split_inclusive('\n') {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        if let Some(open) = fence {
            if closes_fence(line, open).ok()? {
                fence = None;
            }
        } else if line.trim().is_empty() {
            cutter.end_block(at);
        } else {
            fence = opened_fence(line).ok()?;
            // Notes are numbered over all parts, definitions hold for all of them, and HTML may reach over
            // blank lines.
            let is_far = || line.contains("[^") || line.contains("]:") || has_other_tags(line, tags);
            if fence.is_none() && is_far() {
                return None;
            }
            cutter.add_line(at, fence.is_none() && is_of_paragraph(line));
        }
        at += whole.len();
    }
    cutter.end_block(at);
    cutter.end_other(at);
    Some(cutter.parts)
}

struct Cutter<'t> {
    markdown: &'t str,
    parts: Vec<Part<'t>>,
    /// Where the blocks begin that are no paragraphs of words.
    other: Option<usize>,
    /// Where the block begins to which the lines belong, and whether all of them are words.
    paragraph: Option<(usize, bool)>,
}

impl Cutter<'_> {
    fn add_line(&mut self, at: usize, is_words: bool) {
        let (start, were_words) = self.paragraph.unwrap_or((at, true));
        self.paragraph = Some((start, were_words && is_words));
    }

    fn end_block(&mut self, at: usize) {
        match self.paragraph.take() {
            Some((start, true)) => {
                self.end_other(start);
                self.parts.push(Part::Words(self.markdown[start..at].trim_end()));
            }
            Some((start, false)) => self.other = self.other.or(Some(start)),
            None => {}
        }
    }

    fn end_other(&mut self, at: usize) {
        if let Some(start) = self.other.take() {
            self.parts.push(Part::Other(&self.markdown[start..at]));
        }
    }
}

/// A line of which it takes a parser to tell what it opens or closes.
struct Odd;

/// The mark of the fence that a line opens.
fn opened_fence(line: &str) -> Result<Option<&str>, Odd> {
    let inside = line.trim_start();
    if !inside.starts_with("```") && !inside.starts_with("~~~") {
        return Ok(None);
    }
    let info = inside.trim_start_matches(&inside[..1]);
    let is_plain = inside.len() == line.len() && !info.contains('`');
    if is_plain { Ok(Some(&line[..line.len() - info.len()])) } else { Err(Odd) }
}

/// Whether a line closes the fence with this mark.
fn closes_fence(line: &str, open: &str) -> Result<bool, Odd> {
    let inside = line.trim();
    let closes = inside.starts_with(open) && inside.trim_start_matches(&open[..1]).is_empty();
    if closes && !line.starts_with(open) { Err(Odd) } else { Ok(closes) }
}

fn has_other_tags(line: &str, tags: &[String]) -> bool {
    let known =
        |rest: &str| tags.iter().any(|tag| rest.starts_with(tag.as_str()) || rest.starts_with("</a>"));
    line.match_indices('<').any(|(at, _)| !known(&line[at..]))
}

#[cfg(test)]
mod tests {
    use super::Part::{Other, Words};
    use super::*;

    fn cut(markdown: &str) -> Vec<Part<'_>> {
        parts(markdown, &[])
    }

    #[test]
    fn words_need_no_parser() {
        for line in ["A pool, that is (at most) 10 things.", "It's \"so\": 5 % - Größe – ok!"] {
            assert!(is_words(line), "{line}");
        }
        let marks =
            ["a `b`", "a *b*", "a_b_", "a [b](c)", "a <b>", "a &amp; b", "a \\ b", "a | b", "a ~~b~~"];
        for line in marks.into_iter().chain(["see https://e.org", "see www.e.org", "me@e.org", "# a", "a\tb"])
        {
            assert!(!is_words(line), "{line}");
        }
    }

    #[test]
    fn paragraphs_of_words_are_cut_out() {
        assert_eq!(cut("One\ntwo.\n\nThree"), [Words("One\ntwo."), Words("Three")]);
        assert_eq!(
            cut("One.\n\n- two\n\n  three\n\nFour.\n\n`five`\n\n    six\n"),
            [Words("One."), Other("- two\n\n  three\n\n"), Words("Four."), Other("`five`\n\n    six\n")]
        );
        assert_eq!(cut("One\n---\n\nTwo \nthree\n\n1. Four"), [Other("One\n---\n\nTwo \nthree\n\n1. Four")]);
        assert_eq!(
            cut("```js\na\n\nb < c\n```\n\nTwo."),
            [Other("```js\na\n\nb < c\n```\n\n"), Words("Two.")]
        );
        assert_eq!(cut("````\n```\n\na\n````\nb\n\nc"), [Other("````\n```\n\na\n````\nb\n\n"), Words("c")]);
    }

    #[test]
    fn what_hangs_together_stays_together() {
        for text in [
            "a\n\n<!--\n\nb\n\n-->",
            "a[^1]\n\nb\n\n[^1]: c",
            "a\n\n  ```\n\nb\n\n  ```",
            "- ```\n  a\n\nb\n\n  ```",
            "```\na\n  ```\n\nb\n\n```\nc\n\nd\n```",
            "a [b]\n\nc\n\n[b]: d",
            "a\n\n<details>\n\nb\n\n</details>",
        ] {
            assert_eq!(cut(text), [Other(text)], "{text}");
        }
        assert_eq!(cut("```\n\na"), [Other("```\n\na")]);
        let tags = ["<a href=\"x\">".to_owned()];
        assert_eq!(
            parts("b <a href=\"x\">c</a>\n\nd", &tags),
            [Other("b <a href=\"x\">c</a>\n\n"), Words("d")]
        );
        assert_eq!(parts("b <a href=\"y\">c</a>\n\nd", &tags).len(), 1);
    }
}
