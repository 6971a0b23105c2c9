//! The words of a running text, one after the other, as rules look for them: runs of letters and
//! digits. What is no running text can be passed over.

use std::ops::Range;

use crate::syntax::letters::Runs;

/// A word where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub range: Range<usize>,
    pub text: &'t str,
}

/// The words of a text, in order.
#[derive(Clone)]
pub struct Words<'t> {
    text: &'t str,
    runs: Runs<'t>,
    at: usize,
    /// Ascending, apart from each other: no word begins in them.
    passed_over: &'t [Range<usize>],
    /// Where the first of these begins, or the text ends.
    limit: usize,
    /// Whether an apostrophe behind a letter belongs to its word.
    apostrophes: bool,
}

impl<'t> Words<'t> {
    /// All words of a text.
    pub fn of(text: &'t str) -> Self {
        Self::outside(text, &[])
    }

    /// Those that begin outside of some parts, which are ascending and apart from each other.
    pub fn outside(text: &'t str, passed_over: &'t [Range<usize>]) -> Self {
        let limit = limit(text, passed_over);
        Self { text, runs: Runs::of(text.as_bytes()), at: 0, passed_over, limit, apostrophes: false }
    }

    /// The same, with "don't" as one word.
    pub fn with_apostrophes(self) -> Self {
        Self { apostrophes: true, ..self }
    }

    /// The text that they are words of.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The words behind a place, which is no part of a word.
    pub fn behind(&self, at: usize) -> Self {
        let passed = self.passed_over.partition_point(|part| part.end <= at);
        let passed_over = &self.passed_over[passed..];
        Self { at, passed_over, limit: limit(self.text, passed_over), ..self.clone() }
    }

    /// The word that begins at a place.
    pub fn at(&self, start: usize) -> Word<'t> {
        let rest = &self.text.as_bytes()[start..];
        let len = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        // Most words end here.
        let ends = rest.get(len).is_none_or(|byte| byte.is_ascii() && !(self.apostrophes && *byte == b'\''));
        let range = start..if ends { start + len } else { self.clone().end(start) };
        Word { text: &self.text[range.clone()], range }
    }

    /// Calls `visit` with where each word begins.
    #[inline]
    pub fn each_start(mut self, mut visit: impl FnMut(usize)) {
        loop {
            // Most words are told by bits alone: what begins among ASCII that is told together.
            if let Some((base, letters)) = self.runs.block(self.at) {
                let room = self.limit.saturating_sub(base);
                let is_free = room >= u64::BITS as usize;
                let before_limit = if is_free { u64::MAX } else { (1 << room) - 1 };
                let mut starts = letters & !(letters << 1) & before_limit;
                let last = starts.checked_ilog2();
                while starts != 0 {
                    visit(base + starts.trailing_zeros() as usize);
                    starts &= starts - 1;
                }
                let goes_on = is_free && letters >> (u64::BITS - 1) != 0;
                self.at = match (goes_on, last) {
                    (true, _) => self.end(base + u64::BITS as usize - 1),
                    (false, _) if is_free => base + u64::BITS as usize,
                    (false, Some(last)) => self.end(base + last as usize),
                    (false, None) => self.at,
                };
                if is_free {
                    continue;
                }
            }
            match self.next_range() {
                Some(range) => visit(range.start),
                None => return,
            }
        }
    }

    /// Where the next word stands.
    #[inline]
    fn next_range(&mut self) -> Option<Range<usize>> {
        let start = self.start()?;
        self.at = self.end(start);
        Some(start..self.at)
    }

    /// Where the next word begins.
    #[inline]
    fn start(&mut self) -> Option<usize> {
        let mut at = self.at;
        loop {
            at = self.runs.start(at);
            if at >= self.limit {
                let (part, rest) = self.passed_over.split_first()?;
                self.passed_over = rest;
                self.limit = limit(self.text, rest);
                at = at.max(part.end);
            } else if self.text.as_bytes()[at].is_ascii() {
                return Some(at);
            } else {
                match self.long_at(at)? {
                    (true, _) => return Some(at),
                    (false, len) => at += len,
                }
            }
        }
    }

    /// Where the word ends that goes on at a place.
    #[inline]
    fn end(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at = self.runs.end(at);
            match bytes.get(at) {
                None => return at,
                Some(b'\'') if self.apostrophes => at += 1,
                Some(byte) if byte.is_ascii() => return at,
                Some(_) => match self.long_at(at) {
                    Some((true, len)) => at += len,
                    Some((false, len)) if self.apostrophes && self.text[at..].starts_with('\u{2019}') => {
                        at += len;
                    }
                    _ => return at,
                },
            }
        }
    }

    /// Whether a character of several bytes is part of a word, and how many it has. Nearly all others
    /// have one.
    #[cold]
    fn long_at(&self, at: usize) -> Option<(bool, usize)> {
        self.text[at..].chars().next().map(|c| (c.is_alphanumeric(), c.len_utf8()))
    }
}

/// Where the next part begins that is passed over.
fn limit(text: &str, passed_over: &[Range<usize>]) -> usize {
    passed_over.first().map_or(text.len(), |part| part.start.min(text.len()))
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    #[inline]
    fn next(&mut self) -> Option<Word<'t>> {
        let range = self.next_range()?;
        Some(Word { text: &self.text[range.clone()], range })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'t>(words: Words<'t>) -> Vec<&'t str> {
        words.map(|word| word.text).collect()
    }

    #[test]
    fn apostrophes_join_what_they_stand_behind() {
        let text = "'Don't' isn\u{2019}t o'clock\u{2019}s 'n";
        assert_eq!(texts(Words::of(text)), ["Don", "t", "isn", "t", "o", "clock", "s", "n"]);
        let joined = ["Don't'", "isn\u{2019}t", "o'clock\u{2019}s", "n"];
        assert_eq!(texts(Words::of(text).with_apostrophes()), joined);
    }

    proptest::proptest! {
        #[test]
        fn words_are_runs_of_letters_and_digits(text in "[a-cé1λ .'\u{2019}-]{0,24}") {
            let slow = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            proptest::prop_assert_eq!(texts(Words::of(&text)), slow.collect::<Vec<_>>());
        }

        #[test]
        fn words_begin_where_they_are_found(
            text in "([a-c]{0,9}[ .'é]|[ab]{60,70}|<[a-c ]{0,9}>|\u{2019}){0,30}"
        ) {
            let open = text.match_indices('<').map(|(at, _)| at);
            let parts: Vec<_> = open.map(|at| at..at + text[at..].find('>').expect("closed") + 1).collect();
            let words = Words::outside(&text, &parts);
            let one_by_one: Vec<_> = words.clone().map(|word| word.range).collect();
            let mut together = Vec::new();
            words.clone().each_start(|start| together.push(words.at(start).range));
            proptest::prop_assert_eq!(&together, &one_by_one);
            for (number, range) in together.iter().enumerate() {
                let rest: Vec<_> = words.behind(range.end).map(|word| word.range).collect();
                proptest::prop_assert_eq!(&rest, &one_by_one[number + 1..]);
            }
        }

        #[test]
        fn no_word_begins_in_what_is_passed_over(text in "([a-cé] ?){0,12}( ?<[a-cé ]{0,6}> ?[a-cé ]{0,6}){0,4}") {
            let open = text.match_indices('<').map(|(at, _)| at);
            let parts: Vec<_> = open.map(|at| at..at + text[at..].find('>').expect("closed") + 1).collect();
            let all = Words::of(&text).filter(|word| !parts.iter().any(|part| part.contains(&word.range.start)));
            proptest::prop_assert_eq!(
                Words::outside(&text, &parts).collect::<Vec<_>>(),
                all.collect::<Vec<_>>()
            );
        }
    }
}
