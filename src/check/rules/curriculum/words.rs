//! What a text is about: its words without those that every text has.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

/// Words that say nothing about a subject.
const EMPTY_WORDS: &str = "a about after again all also an and any are as at be because been before but by can could did do does each else for from get had has have how if in into is it its just like look many may me more most much no not now of off on once one only or other others our out over own same see so some still such take than that the their them then there these they thing things this those to too under until up upon use very was way we were what when where whether which while who whose why will with without would you your";

static EMPTY: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY_WORDS.split(' ').collect());

/// The words of a text without the empty ones, each cut to what its forms share.
pub fn words_of(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words.filter(|word| !EMPTY.contains(word)).map(stem).collect()
}

fn stem(word: &str) -> String {
    let endings = ["ings", "ing", "ers", "ed", "es", "er", "s", "e"];
    let cut =
        endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3));
    cut.unwrap_or(word).to_owned()
}
