//! A comment that accepts findings: what it takes away, and what it covers.

use std::ops::Range;

use super::grammar::Allow;

/// A comment that accepts findings. All ranges are bytes of the text that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment, without the space and the line end around it.
    pub comment: Range<usize>,
    /// What goes with it when it is removed: its lines if it stands alone on them.
    pub removal: Range<usize>,
    /// Findings that begin here, ends included, are accepted.
    pub covers: Range<usize>,
    /// The codes that it names; at least one.
    pub codes: Vec<NamedCode>,
    /// Why, if it says so.
    pub reason: Option<String>,
}

/// A code as it is written in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCode {
    pub name: String,
    pub at: Range<usize>,
}

impl Suppression {
    /// What to remove so that one of the codes goes: all of it if there is no other.
    #[must_use]
    pub fn without(&self, code: usize) -> Range<usize> {
        let at = |index: usize| &self.codes[index].at;
        match (self.codes.len(), code) {
            (0 | 1, _) => self.removal.clone(),
            (count, _) if code + 1 < count => at(code).start..at(code + 1).start,
            _ => at(code - 1).end..at(code).end,
        }
    }
}

/// The lines of a range, line ends included, if nothing else stands on them. Of two blank lines
/// that would meet, one goes as well.
pub(super) fn whole_lines(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1);
    let alone = text[start..range.start].trim().is_empty() && text[range.end..end].trim().is_empty();
    let blank_before = start == 0 || text[..start].ends_with("\n\n");
    let blank_after = text[end..].starts_with('\n');
    alone.then_some(start..if blank_before && blank_after { end + 1 } else { end })
}

/// A comment and the space between it and what stands before it on its line.
pub(super) fn with_space_before(text: &str, range: &Range<usize>) -> Range<usize> {
    text[..range.start].trim_end_matches([' ', '\t']).len()..range.end
}

/// The line on which an offset lies, without its line end.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// The comments of a text, each with what it allows, as suppressions: `reach` says where the cover
/// of one that stands alone on its lines ends; any other covers its line.
pub(super) fn suppressions(
    text: &str,
    comments: impl Iterator<Item = (Range<usize>, Allow)>,
    mut reach: impl FnMut(&Range<usize>) -> usize,
) -> Vec<Suppression> {
    comments
        .map(|(comment, Allow { codes, reason })| {
            let (removal, covers) = match whole_lines(text, &comment) {
                Some(lines) => (lines, comment.start..reach(&comment).max(comment.end)),
                None => (with_space_before(text, &comment), line_around(text, comment.start)),
            };
            Suppression { comment, removal, covers, codes, reason }
        })
        .collect()
}
