//! Ids made from words.

use std::collections::BTreeSet;

/// How long an id may get before words are left out at its end.
const LONGEST: usize = 48;

/// Words as an id: lower-case letters and digits, joined by hyphens; empty if there are none.
pub(super) fn slug(text: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => words.last_mut().expect("there is always one").push(c),
            // An apostrophe joins, everything else parts.
            '\'' | '’' => {}
            c => match plain_letters(c) {
                Some(letters) => words.last_mut().expect("there is always one").push_str(letters),
                None => words.push(String::new()),
            },
        }
    }
    let mut id = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        if !id.is_empty() && id.len() + word.len() > LONGEST {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    id.truncate(LONGEST.max(id.find('-').unwrap_or(LONGEST)));
    id.trim_matches('-').to_owned()
}

/// The letters that people write where they have no others.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ł' => "l",
        'ñ' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ś' | 'š' => "s",
        'ù' | 'ú' | 'û' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Ids of one kind, none of them twice.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// The id for these words; with a number behind it if it is taken, `fallback` if there are no letters.
    pub(super) fn take(&mut self, words: &str, fallback: &str) -> String {
        let wanted = slug(words);
        let wanted = if wanted.is_empty() { fallback.to_owned() } else { wanted };
        let mut id = wanted.clone();
        let mut number = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }

    /// Takes an id as it is; whether it was free.
    pub(super) fn reserve(&mut self, id: &str) -> bool {
        self.0.insert(id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::yaml::is_valid_id;

    #[test]
    fn words_become_ids() {
        for (text, id) in [
            ("The Late Quay Board", "the-late-quay-board"),
            ("It's 8 O'Clock!", "its-8-oclock"),
            ("N+1 queries", "n-1-queries"),
            ("Größe & Maß", "groesse-mass"),
            ("🔥", ""),
            ("`EXPLAIN ANALYZE`", "explain-analyze"),
        ] {
            assert_eq!(slug(text), id);
        }
    }

    #[test]
    fn ids_are_valid_short_and_unique() {
        let long = "a very long title that goes on and on until nobody knows where it began or will end";
        assert!(slug(long).len() <= LONGEST && is_valid_id(&slug(long)));
        assert!(is_valid_id(&slug(&"x".repeat(300))));
        let mut ids = Ids::default();
        assert_eq!(ids.take("One", "x"), "one");
        assert_eq!(ids.take("one!", "x"), "one-2");
        assert_eq!(ids.take("…", "x"), "x");
        assert!(!ids.reserve("x"));
    }
}
