//! Numbers that were typed by hand, with the word before them: "Step 2 —", "Q4:", "Fig 1.2".

use super::run::Run;
use crate::adopt::Number;

/// A number at the start of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labelled<'a> {
    /// The word before it; empty if there is none.
    pub word: Run<'a>,
    pub number: Number,
    /// What follows, without the signs between.
    pub rest: Run<'a>,
    /// Whether a sign such as `:` or `.` ended the label.
    pub is_closed: bool,
}

/// A text that begins with one of these words (in small letters) and a number.
pub(super) fn labelled<'a>(run: Run<'a>, words: &[&str]) -> Option<Labelled<'a>> {
    let run = without_ornament(run);
    let len = words.iter().filter_map(|word| prefix_len(run.text, word)).max()?;
    let after = run.from(len);
    let digits = after.trim_start_matches(|c| c.is_whitespace() || matches!(c, '#' | '№' | '.'));
    numbered_from(run.to(len), digits)
}

/// A text that begins with a number and a sign after it: "3. ", "01 · ".
pub(super) fn numbered(run: Run<'_>) -> Option<Labelled<'_>> {
    let run = without_ornament(run);
    numbered_from(run.to(0), run).filter(|found| found.is_closed)
}

fn numbered_from<'a>(word: Run<'a>, digits: Run<'a>) -> Option<Labelled<'a>> {
    let len = digits.text.bytes().take_while(u8::is_ascii_digit).count();
    let value = digits.text[..len].parse().ok()?;
    let mut end = len;
    let mut minor = None;
    if let Some(rest) = digits.text[len..].strip_prefix(['.', '-', '–']) {
        let more = rest.bytes().take_while(u8::is_ascii_digit).count();
        if more > 0 {
            end = digits.text.len() - rest.len() + more;
            minor = rest[..more].parse().ok();
        }
    }
    let after = digits.from(end);
    if after.text.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let rest = without_signs(after);
    let signs = after.text[..after.text.len() - rest.text.len()].trim_end();
    let number = Number { value, minor, span: digits.to(end).span };
    Some(Labelled { word, number, rest, is_closed: !signs.is_empty() })
}

/// The signs that part a label from what follows.
const SIGNS: [char; 11] = [':', '.', ')', '-', '–', '—', '·', '|', '/', '»', '→'];

/// Without white space and signs at the start. A dot or dash that belongs to a word stays: ".env".
pub(super) fn without_signs(run: Run<'_>) -> Run<'_> {
    let mut spaced = false;
    let mut chars = run.text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joined = matches!(c, '.' | '-') && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !(c.is_whitespace() || SIGNS.contains(&c)) || (spaced && joined) {
            return run.from(at);
        }
        spaced = c.is_whitespace();
    }
    run.from(run.text.len())
}

/// Without emoji and other signs before the first letter or digit.
pub(super) fn without_ornament(run: Run<'_>) -> Run<'_> {
    run.trim_start_matches(|c| {
        !c.is_alphanumeric() && !matches!(c, '`' | '*' | '_' | '[' | '!' | '(' | '<' | '"' | '“' | '«' | '\\')
    })
}

/// The length of a word at the start of a text, in any case, if it ends there.
pub(super) fn prefix_len(text: &str, word: &str) -> Option<usize> {
    let start = text.get(..word.len())?;
    let ends = text[word.len()..].chars().next().is_none_or(|c| !c.is_alphabetic());
    (start.eq_ignore_ascii_case(word) && ends).then_some(word.len())
}
