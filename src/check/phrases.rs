//! Phrases in running text: whole words, whatever their case, also where a line ends between them,
//! and nothing that is part of a longer word, a path or an address.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::beginnings::{Beginnings, Openings};
use super::words::{Word, Words};

/// What is looked for.
pub struct Phrases {
    forms: Forms,
    by_first: FxHashMap<String, Vec<Phrase>>,
    openings: Openings,
}

/// In which forms a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// As it is written.
    Written,
    /// Its last word in the plural, too; a hyphen for a space.
    Bent,
}

/// A phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub range: Range<usize>,
    /// Who is looked for; more than one when they share the phrase.
    pub keys: Vec<usize>,
}

struct Phrase {
    key: usize,
    words: Vec<String>,
    gaps: Vec<Gap>,
}

/// What stands between two words of a phrase. A hyphen makes one word of two ("exactly-once"), which
/// the two alone need not mean; a space may become a hyphen where the phrase stands before a noun.
#[derive(Clone, Copy)]
enum Gap {
    Space,
    Hyphen,
    Slash,
    Apostrophe,
}

impl Phrases {
    /// Phrases, each with the key under which it is reported.
    pub fn new<'p>(forms: Forms, phrases: impl IntoIterator<Item = (usize, &'p str)>) -> Self {
        let mut by_first: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
        for phrase in phrases.into_iter().filter_map(|(key, text)| Phrase::read(key, text)) {
            by_first.entry(phrase.words[0].to_lowercase()).or_default().push(phrase);
        }
        let openings = Openings::new(by_first.keys());
        Self { forms, by_first, openings }
    }

    /// With what they begin.
    pub fn openings(&self) -> &Openings {
        &self.openings
    }

    /// All phrases that are made of these words. Where one lies in a longer one, the longer is meant.
    pub fn find(&self, words: &Words<'_>) -> Vec<Hit> {
        self.find_at(words, &Beginnings::of(words.clone(), &self.openings))
    }

    /// The same, where it is known at which words a phrase may begin.
    pub fn find_at(&self, words: &Words<'_>, beginnings: &Beginnings) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let text = words.text().as_bytes();
        for start in beginnings.of_phrases().filter(|start| self.openings.may_begin(text, *start)) {
            self.add_from(start, words, &mut hits);
        }
        hits
    }

    /// Adds what begins with the word at a place.
    fn add_from(&self, start: usize, words: &Words<'_>, hits: &mut Vec<Hit>) {
        let first = words.at(start);
        let Some(hit) = self.longest_from(&first, &words.behind(first.range.end)) else { return };
        match hits.last_mut() {
            Some(last) if hit.range.start < last.range.end => {
                if hit.range.len() > last.range.len() {
                    *last = hit;
                }
            }
            _ => hits.push(hit),
        }
    }

    /// The longest phrase that begins with a word, and goes on with those behind it.
    fn longest_from(&self, first: &Word<'_>, rest: &Words<'_>) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        let lower = lower(first.text);
        let mut behind = rest.clone();
        let second = LazyCell::new(|| behind.next());
        for singular in singulars(&lower, self.forms) {
            for phrase in self.by_first.get(singular.as_ref()).into_iter().flatten() {
                // Most that begin with this word do not go on with the next one.
                let goes_on = |wanted: &String| {
                    let may_be_plural = self.forms == Forms::Bent && phrase.words.len() == 2;
                    second.as_ref().is_some_and(|word| is_same_word(wanted, word.text, may_be_plural))
                };
                if !phrase.words.get(1).is_none_or(goes_on) {
                    continue;
                }
                let Some(end) = phrase.ends_at(first, rest, self.forms) else { continue };
                match &mut best {
                    Some(best) if best.range.end > end => {}
                    Some(best) if best.range.end == end => {
                        if !best.keys.contains(&phrase.key) {
                            best.keys.push(phrase.key);
                        }
                    }
                    _ => best = Some(Hit { range: first.range.start..end, keys: vec![phrase.key] }),
                }
            }
        }
        best.filter(|hit| stands_alone(rest.text(), &hit.range))
    }
}

/// Most words of a text are in lower case already.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

impl Phrase {
    /// A phrase as somebody wrote it down; `None` without a word in it.
    fn read(key: usize, text: &str) -> Option<Self> {
        let words: Vec<Word<'_>> = Words::of(text).collect();
        words.first()?;
        let pairs = words.iter().zip(words.iter().skip(1));
        let gaps = pairs.map(|(a, b)| match text[a.range.end..b.range.start].trim() {
            "/" => Gap::Slash,
            "-" => Gap::Hyphen,
            "'" | "\u{2019}" => Gap::Apostrophe,
            _ => Gap::Space,
        });
        let gaps = gaps.collect();
        Some(Self { key, words: words.iter().map(|word| word.text.to_owned()).collect(), gaps })
    }

    /// The end of the phrase if a word and those behind it are the phrase's.
    fn ends_at(&self, first: &Word<'_>, rest: &Words<'_>, forms: Forms) -> Option<usize> {
        let may_be_plural = |index: usize| forms == Forms::Bent && index + 1 == self.words.len();
        let mut rest = rest.clone();
        let mut end = first.range.end;
        if !is_same_word(self.words.first()?, first.text, may_be_plural(0)) {
            return None;
        }
        for (index, (wanted, gap)) in self.words.iter().skip(1).zip(&self.gaps).enumerate() {
            let word = rest.next()?;
            if !is_same_word(wanted, word.text, may_be_plural(index + 1))
                || !is_gap(&rest.text()[end..word.range.start], *gap, forms)
            {
                return None;
            }
            end = word.range.end;
        }
        Some(end)
    }
}

/// A word and what it may be the plural of.
fn singulars(word: &str, forms: Forms) -> impl Iterator<Item = Cow<'_, str>> {
    let bent = Some(word).filter(|_| forms == Forms::Bent);
    let without = move |ending: &str| bent?.strip_suffix(ending);
    let y = without("ies").map(|stem| Cow::Owned(format!("{stem}y")));
    let shorter = [without("s"), without("es")].into_iter().flatten();
    std::iter::once(word).chain(shorter).map(Cow::Borrowed).chain(y)
}

/// Capitals throughout are part of what is looked for: `FOR UPDATE` is not "for update".
fn is_same_word(wanted: &str, found: &str, may_be_plural: bool) -> bool {
    let is_shouted = wanted.len() > 1 && !wanted.chars().any(char::is_lowercase);
    let same = |found: &str| {
        if is_shouted { found == wanted } else { is_same_but_for_case(found, wanted) }
    };
    let plural = || {
        let y = || found.strip_suffix("ies").is_some_and(|stem| same(&format!("{stem}y")));
        found.strip_suffix('s').is_some_and(same) || found.strip_suffix("es").is_some_and(same) || y()
    };
    same(found) || (may_be_plural && plural())
}

fn is_same_but_for_case(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        a.to_lowercase() == b.to_lowercase()
    }
}

/// What may stand between the words. A space may run over one line end, with the mark of a comment or
/// a quotation after it.
fn is_gap(gap: &str, wanted: Gap, forms: Forms) -> bool {
    const MARKS: [&str; 8] = ["//", "//:", "#", "#:", "--", "--:", "*", ">"];
    let is_hyphen = ["-", "\u{2010}", "\u{2011}"].contains(&gap);
    match wanted {
        Gap::Slash => gap.trim() == "/",
        Gap::Apostrophe => ["'", "\u{2019}"].contains(&gap),
        Gap::Hyphen => is_hyphen,
        Gap::Space if is_hyphen => forms == Forms::Bent,
        Gap::Space => {
            let (mark, over_line) = (gap.trim(), gap.matches('\n').count());
            let has_space = gap.chars().any(char::is_whitespace);
            has_space && ((mark.is_empty() && over_line < 2) || (over_line == 1 && MARKS.contains(&mark)))
        }
    }
}

/// Whether the text around does not make it part of a path, an address or an identifier.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let (next, second) = (after.next(), after.next());
    let joins_before = before.is_some_and(|c| "-_/.@#$".contains(c));
    let joins_after = match next {
        Some('_' | '@') => true,
        Some('.' | '/' | ':') => second.is_some_and(char::is_alphanumeric),
        _ => false,
    };
    !joins_before && !joins_after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(forms: Forms, list: &[&str], text: &'t str) -> Vec<&'t str> {
        let phrases = Phrases::new(forms, list.iter().copied().enumerate());
        phrases.find(&Words::of(text)).into_iter().map(|hit| &text[hit.range]).collect()
    }

    #[test]
    fn phrases_are_found_in_every_form() {
        let list = ["load balancer", "round-robin", "pub/sub", "CREATE INDEX", "SLO", "query", "nginx"];
        let found = |text| found(Forms::Bent, &list, text);
        assert_eq!(found("Two Load balancers."), ["Load balancers"]);
        assert_eq!(found("a load-balancer, a load\n  balancer"), ["load-balancer", "load\n  balancer"]);
        assert_eq!(found("// a load\n// balancer"), ["load\n// balancer"]);
        assert_eq!(found("Round-robin and Pub/Sub"), ["Round-robin", "Pub/Sub"]);
        assert_eq!(found("SLOs, queries, nginx's"), ["SLOs", "queries", "nginx"]);
    }

    #[test]
    fn other_words_are_not_found() {
        let list = ["load balancer", "CREATE INDEX", "nginx", "pool", "exactly-once"];
        for text in [
            "a balancer",
            "load a balancer",
            "load\n\nbalancer",
            "to create index entries",
            "nginx.conf and conf/nginx and my-nginx",
            "carpool",
            "pool_size",
            "it happens exactly once",
        ] {
            assert_eq!(found(Forms::Bent, &list, text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn the_longer_phrase_is_meant() {
        let list = ["fan-out", "fan-out-on-write", "rate limiting", "distributed rate limiting"];
        assert_eq!(found(Forms::Bent, &list, "fan-out-on-write, fan-out"), ["fan-out-on-write", "fan-out"]);
        assert_eq!(found(Forms::Bent, &list, "distributed rate limiting"), ["distributed rate limiting"]);
    }

    #[test]
    fn written_phrases_are_not_bent() {
        let list = ["of course", "it's easy"];
        assert_eq!(found(Forms::Written, &list, "Of\ncourse it’s easy"), ["Of\ncourse", "it’s easy"]);
        assert_eq!(found(Forms::Written, &list, "of courses, of-course"), Vec::<&str>::new());
    }
}
