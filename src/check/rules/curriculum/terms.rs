//! The words that give concepts away, and where they stand in a text. Nothing shorter than a term
//! counts: "pool" is no connection pool.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Concept, Course};

/// The terms of a course, by their first word.
pub struct Terms {
    by_first: BTreeMap<String, Vec<Term>>,
}

struct Term {
    concept: usize,
    words: Vec<String>,
    /// What stands between the words: a slash stays a slash, hyphens and spaces are one.
    slashes: Vec<bool>,
}

/// A term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub range: Range<usize>,
    /// More than one when concepts share the term.
    pub concepts: Vec<usize>,
}

struct Word<'t> {
    range: Range<usize>,
    text: &'t str,
}

impl Terms {
    /// The terms of all concepts.
    pub fn new(course: &Course) -> Self {
        let mut by_first: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        for (index, concept) in course.concepts.iter().enumerate() {
            for text in terms_of(concept) {
                let words = words_of(text);
                let Some(first) = words.first() else { continue };
                let gaps = words.iter().zip(words.iter().skip(1));
                let slashes = gaps.map(|(a, b)| text[a.range.end..b.range.start].contains('/')).collect();
                let term = Term {
                    concept: index,
                    words: words.iter().map(|word| word.text.to_owned()).collect(),
                    slashes,
                };
                by_first.entry(first.text.to_lowercase()).or_default().push(term);
            }
        }
        Self { by_first }
    }

    /// All terms of a text. Where one lies in a longer one, the longer is meant.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let words = words_of(text);
        let mut hits: Vec<Hit> = Vec::new();
        for at in 0..words.len() {
            let Some(hit) = self.longest_at(text, &words, at) else { continue };
            match hits.last_mut() {
                Some(last) if hit.range.start < last.range.end => {
                    if hit.range.len() > last.range.len() {
                        *last = hit;
                    }
                }
                _ => hits.push(hit),
            }
        }
        hits
    }

    fn longest_at(&self, text: &str, words: &[Word<'_>], at: usize) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        for key in singulars(&words[at].text.to_lowercase()) {
            for term in self.by_first.get(&key).into_iter().flatten() {
                let Some(end) = term.ends_at(text, words, at) else { continue };
                match &mut best {
                    Some(best) if best.range.end > end => {}
                    Some(best) if best.range.end == end => {
                        if !best.concepts.contains(&term.concept) {
                            best.concepts.push(term.concept);
                        }
                    }
                    _ => {
                        best = Some(Hit { range: words[at].range.start..end, concepts: vec![term.concept] });
                    }
                }
            }
        }
        best.filter(|hit| stands_alone(text, &hit.range) && !is_in_name(text, words, at, hit))
    }
}

impl Term {
    /// The end of the term if it begins with a word of the text.
    fn ends_at(&self, text: &str, words: &[Word<'_>], at: usize) -> Option<usize> {
        let found = words.get(at..at + self.words.len())?;
        for (index, (wanted, word)) in self.words.iter().zip(found).enumerate() {
            let is_last = index + 1 == self.words.len();
            if !is_same_word(wanted, word.text, is_last) {
                return None;
            }
            if let Some(next) = found.get(index + 1) {
                let gap = &text[word.range.end..next.range.start];
                if !is_gap(gap, self.slashes[index]) {
                    return None;
                }
            }
        }
        found.last().map(|word| word.range.end)
    }
}

/// The words that give a concept away: its terms, else its name. A name of one everyday word
/// ("topic", "pool") means too much else; those who want it looked for list it as a term.
pub fn terms_of(concept: &Concept) -> impl Iterator<Item = &str> {
    let is_everyday = concept.name.chars().all(char::is_lowercase);
    let name = (concept.terms.is_empty() && !is_everyday).then_some(concept.name.as_str());
    concept.terms.iter().map(String::as_str).chain(name)
}

fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { range: from..at, text: &text[from..at] });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(Word { range: from..text.len(), text: &text[from..] });
    }
    words
}

/// A word and what it may be the plural of.
fn singulars(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    forms.extend(word.strip_suffix('s').map(str::to_owned));
    forms.extend(word.strip_suffix("es").map(str::to_owned));
    forms.extend(word.strip_suffix("ies").map(|stem| format!("{stem}y")));
    forms
}

/// Capitals are part of what is looked for: `FOR UPDATE` is not "for update".
fn is_same_word(wanted: &str, found: &str, may_be_plural: bool) -> bool {
    let is_shouted = wanted.len() > 1 && !wanted.chars().any(char::is_lowercase);
    let same = |found: &str| {
        if is_shouted { found == wanted } else { found.to_lowercase() == wanted.to_lowercase() }
    };
    let plural = || {
        let y = || found.strip_suffix("ies").is_some_and(|stem| same(&format!("{stem}y")));
        found.strip_suffix('s').is_some_and(same) || found.strip_suffix("es").is_some_and(same) || y()
    };
    same(found) || (may_be_plural && plural())
}

/// What may stand between the words of a term: a hyphen, or space that runs over at most one line
/// end, with the mark of a comment or a quotation after it.
fn is_gap(gap: &str, slash: bool) -> bool {
    if slash {
        return gap.trim() == "/";
    }
    if gap == "-" || gap == "\u{2010}" || gap == "\u{2011}" {
        return true;
    }
    let has_space = gap.chars().any(char::is_whitespace);
    let mark = gap.trim();
    let over_line = gap.matches('\n').count();
    has_space
        && (mark.is_empty() && over_line < 2
            || over_line == 1 && ["//", "//:", "#", "#:", "--", "--:", "*", ">"].contains(&mark))
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

/// Whether a single word is part of a proper name: "Redis Labs", "Index Ventures".
fn is_in_name(text: &str, words: &[Word<'_>], at: usize, hit: &Hit) -> bool {
    let is_name = |word: &Word<'_>| {
        let mut chars = word.text.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
    };
    if words[at].range != hit.range || !is_name(&words[at]) {
        return false;
    }
    let next =
        words.get(at + 1).is_some_and(|next| &text[hit.range.end..next.range.start] == " " && is_name(next));
    next || at >= 2 && {
        // A sentence begins with a capital, too: only one inside it makes a name.
        let (first, before) = (&words[at - 2], &words[at - 1]);
        let is_inside = &text[first.range.end..before.range.start] == " ";
        is_inside && &text[before.range.end..hit.range.start] == " " && is_name(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(terms: &[&str]) -> Terms {
        let mut by_first: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        for (concept, text) in terms.iter().enumerate() {
            let words = words_of(text);
            let gaps = words.iter().zip(words.iter().skip(1));
            let slashes = gaps.map(|(a, b)| text[a.range.end..b.range.start].contains('/')).collect();
            let term =
                Term { concept, words: words.iter().map(|word| word.text.to_owned()).collect(), slashes };
            by_first.entry(words[0].text.to_lowercase()).or_default().push(term);
        }
        Terms { by_first }
    }

    fn found<'t>(list: &[&str], text: &'t str) -> Vec<&'t str> {
        terms(list).find(text).into_iter().map(|hit| &text[hit.range]).collect()
    }

    #[test]
    fn terms_are_found_in_every_form() {
        let list = ["load balancer", "round-robin", "pub/sub", "CREATE INDEX", "SLO", "query", "nginx"];
        assert_eq!(found(&list, "Two Load balancers."), ["Load balancers"]);
        assert_eq!(
            found(&list, "a load-balancer, a load\n  balancer"),
            ["load-balancer", "load\n  balancer"]
        );
        assert_eq!(found(&list, "// a load\n// balancer"), ["load\n// balancer"]);
        assert_eq!(found(&list, "round robin and Pub/Sub"), ["round robin", "Pub/Sub"]);
        assert_eq!(found(&list, "Ask. With Nginx it works."), ["Nginx"]);
        assert_eq!(found(&list, "SLOs, queries, nginx's"), ["SLOs", "queries", "nginx"]);
    }

    #[test]
    fn other_words_are_not_found() {
        let list = ["load balancer", "CREATE INDEX", "redis", "nginx", "pool"];
        for text in [
            "a balancer",
            "load a balancer",
            "load\n\nbalancer",
            "to create index entries",
            "Redis Labs",
            "ask Acme Redis",
            "nginx.conf and conf/nginx and my-nginx",
            "carpool",
            "pool_size",
        ] {
            assert_eq!(found(&list, text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn the_longer_term_is_meant() {
        let list = ["fan-out", "fan-out on write", "rate limiting", "distributed rate limiting"];
        assert_eq!(found(&list, "fan-out-on-write, fan-out"), ["fan-out-on-write", "fan-out"]);
        assert_eq!(found(&list, "distributed rate limiting"), ["distributed rate limiting"]);
    }
}
