//! Text that is taken as it stands, but for the few marks that would mean something else in a source tree.

use std::ops::Range;

use crate::syntax::code_spans::code_and_tags;

/// A part of a text and what stands there afterwards.
pub(super) type Patch = (Range<usize>, String);

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Into {
    /// Into the page itself.
    Page,
    /// Into a directive, which a heading of level 1 to 3 would close.
    Directive,
}

/// What has to be changed so that a text means the same in a source tree; offsets are those of the text
/// plus `base`.
pub(super) fn marks(text: &str, base: usize, into: Into) -> Vec<Patch> {
    let mut patches = Vec::new();
    let mut fence: Option<String> = None;
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        match &fence {
            Some(open) if closes(content, open) => fence = None,
            Some(_) => {}
            None => {
                fence = opens(content);
                if fence.is_some() {
                    patches.extend(info_patch(content, at));
                } else {
                    patches.extend(line_patch(content, at, into));
                }
            }
        }
        at += line.len();
    }
    if let Some(open) = fence {
        let lead = if text.ends_with('\n') { "" } else { "\n" };
        patches.push((base + text.len()..base + text.len(), format!("{lead}{open}\n")));
    }
    patches
}

/// The marks of a fence that a line opens.
pub(super) fn opens(line: &str) -> Option<String> {
    let inner = line.trim_start_matches(' ');
    if line.len() - inner.len() > 3 {
        return None;
    }
    let mark = inner.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = inner.len() - inner.trim_start_matches(mark).len();
    let is_code_span = mark == '`' && inner[length..].contains('`');
    (length >= 3 && !is_code_span).then(|| mark.to_string().repeat(length))
}

/// Whether a line closes the fence with these marks.
pub(super) fn closes(line: &str, open: &str) -> bool {
    let inner = line.trim();
    let mark = open.chars().next().unwrap_or('`');
    inner.len() >= open.len()
        && inner.chars().all(|c| c == mark)
        && line.len() - line.trim_start_matches(' ').len() <= 3
}

/// Words behind a fence's language would be attributes.
fn info_patch(line: &str, at: usize) -> Option<Patch> {
    let marks = line.len() - line.trim_start_matches([' ', '`', '~']).len();
    let info = &line[marks..];
    let start = info.len() - info.trim_start().len();
    let words = &info[start..];
    let end = words.find(|c: char| c.is_whitespace() || c == '{' || c == ',').unwrap_or(words.len());
    let rest = at + marks + start + end..at + line.len();
    (!line[marks + start + end..].trim().is_empty()).then(|| (rest, String::new()))
}

fn line_patch(line: &str, at: usize, into: Into) -> Option<Patch> {
    if line.starts_with("::") {
        return Some((at..at, "\\".to_owned()));
    }
    let inner = line.trim_start_matches(' ');
    let lead = line.len() - inner.len();
    let level = inner.len() - inner.trim_start_matches('#').len();
    let is_heading = lead <= 3 && (1..=6).contains(&level) && inner[level..].starts_with([' ', '\t']);
    if is_heading {
        let wanted = match into {
            Into::Page => 2,
            Into::Directive => 4,
        };
        return (level < wanted).then(|| (at + lead..at + lead + level, "#".repeat(wanted)));
    }
    // A list's item that begins with a brace would have attributes.
    let item = inner.strip_prefix(['-', '*', '+']).map(str::trim_start)?;
    let brace = line.len() - item.len();
    (item.starts_with('{') && item.len() < inner.len() - 1).then(|| (at + brace..at + brace, "\\".to_owned()))
}

/// What has to be changed in the words of a heading, behind which attributes may stand: a brace that could
/// begin them is an ordinary one. A backslash in code would be shown, so code stays as it is.
pub(super) fn heading_marks(text: &str, base: usize) -> Vec<Patch> {
    let code = code_and_tags(text);
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let braces = text.match_indices('{').map(|(at, _)| at);
    braces
        .filter(|at| begins(*at) && !code.iter().any(|code| code.contains(at)))
        .map(|at| (base + at..base + at, "\\".to_owned()))
        .collect()
}

/// Whether a text is nothing but paragraphs, so that it can stand in a YAML file.
pub(super) fn is_plain_paragraphs(text: &str) -> bool {
    let special = |line: &str| {
        line.starts_with(['#', '|', '>', '`', '~', '<', ':', '='])
            || line.starts_with("- ")
            || line.starts_with("* ")
            || line.starts_with("![")
            || line.starts_with("---")
    };
    !text.is_empty() && !text.lines().any(|line| special(line.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(text: &str, into: Into) -> String {
        let mut out = text.to_owned();
        for (range, new) in marks(text, 0, into).into_iter().rev() {
            out.replace_range(range, &new);
        }
        out
    }

    #[test]
    fn a_brace_in_a_heading_begins_no_attributes() {
        let marked =
            |text: &str| heading_marks(text, 3).into_iter().map(|(at, _)| at.start).collect::<Vec<_>>();
        assert_eq!(marked("{a} b {c"), [3, 9]);
        assert!(marked("a{b} `x {y` \\{z").is_empty());
        assert_eq!(marked("a``` {"), [8]);
    }

    #[test]
    fn what_would_be_a_directive_or_attributes_is_not() {
        assert_eq!(patched("a\n::: tip\nb\n", Into::Page), "a\n\\::: tip\nb\n");
        assert_eq!(patched("```\n::x\n```\n", Into::Page), "```\n::x\n```\n");
        assert_eq!(patched("```js title=\"a\"\nx\n```\n", Into::Page), "```js\nx\n```\n");
        assert_eq!(patched("~~~ js {1,3}\nx\n~~~\n", Into::Page), "~~~ js\nx\n~~~\n");
        assert_eq!(patched("- {id} x\n", Into::Page), "- \\{id} x\n");
        assert_eq!(patched("# A\n\n## B\n", Into::Page), "## A\n\n## B\n");
        assert_eq!(patched("# A\n\n### B\n#c\n", Into::Directive), "#### A\n\n#### B\n#c\n");
    }

    #[test]
    fn a_fence_that_nothing_closes_is_closed() {
        assert_eq!(patched("````text\na\n```\n", Into::Page), "````text\na\n```\n````\n");
        assert_eq!(patched("`a` and ```b```\n", Into::Page), "`a` and ```b```\n");
    }
}
