//! Tables of words, hashed when the program is compiled. Looking one up costs a hash over five
//! bytes and one comparison.

use super::class::Class;

const SLOTS: usize = 512;

/// So many words leave enough free slots that a search ends soon.
const MOST: usize = 384;

#[derive(Clone, Copy)]
struct Slot {
    group: u8,
    len: u8,
    start: u16,
}

/// Words and what they are.
pub(super) struct Words {
    groups: &'static [(Class, &'static str)],
    slots: [Slot; SLOTS],
    longest: usize,
    /// Upper and lower case are the same.
    folds: bool,
}

impl Words {
    /// Takes groups of lower-case words with spaces between them; gives the table. A word that
    /// stands twice keeps its first class.
    pub(super) const fn new(groups: &'static [(Class, &'static str)], folds: bool) -> Self {
        let mut words =
            Self { groups, slots: [Slot { group: 0, len: 0, start: 0 }; SLOTS], longest: 0, folds };
        let mut count = 0;
        let mut group = 0;
        while group < groups.len() {
            let text = groups[group].1.as_bytes();
            let mut at = 0;
            while at < text.len() {
                let start = at;
                while at < text.len() && text[at] != b' ' {
                    at += 1;
                }
                let len = at - start;
                at += 1;
                if len == 0 {
                    continue;
                }
                assert!(len < 256 && start < 65_536 && group < 256);
                let (_, rest) = text.split_at(start);
                let (word, _) = rest.split_at(len);
                let mut slot = hash(word);
                while words.slots[slot].len != 0 {
                    slot = (slot + 1) % SLOTS;
                }
                #[allow(clippy::cast_possible_truncation, reason = "asserted above")]
                let made = Slot { group: group as u8, len: len as u8, start: start as u16 };
                words.slots[slot] = made;
                count += 1;
                if len > words.longest {
                    words.longest = len;
                }
            }
            group += 1;
        }
        assert!(count <= MOST, "too many words for the table");
        words
    }

    /// Takes a word; gives its class, if it has one.
    pub(super) fn class_of(&self, word: &[u8]) -> Option<Class> {
        if word.is_empty() || word.len() > self.longest {
            return None;
        }
        let mut at = hash(word);
        loop {
            let slot = self.slots[at];
            if slot.len == 0 {
                return None;
            }
            if usize::from(slot.len) == word.len() {
                let (class, text) = self.groups[usize::from(slot.group)];
                let start = usize::from(slot.start);
                let known = &text.as_bytes()[start..start + word.len()];
                if known == word || self.folds && known.eq_ignore_ascii_case(word) {
                    return Some(class);
                }
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// Bit 5 is what tells upper from lower case, so it is set for every byte.
const fn hash(word: &[u8]) -> usize {
    const fn byte(word: &[u8], at: usize) -> usize {
        (word[at] | 0x20) as usize
    }
    let len = word.len();
    let mixed = byte(word, 0)
        .wrapping_mul(7)
        .wrapping_add(byte(word, len / 4).wrapping_mul(61))
        .wrapping_add(byte(word, len / 2).wrapping_mul(131))
        .wrapping_add(byte(word, len * 3 / 4).wrapping_mul(263))
        .wrapping_add(byte(word, len - 1).wrapping_mul(31))
        .wrapping_add(len.wrapping_mul(1009));
    (mixed ^ (mixed >> 9)) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    static WORDS: Words = Words::new(&[(Class::Keyword, "select from"), (Class::Type, "text from")], true);
    static EXACT: Words = Words::new(&[(Class::Keyword, "if")], false);

    #[test]
    fn words_are_found_whole_and_in_the_case_that_the_language_has() {
        assert_eq!(WORDS.class_of(b"SELECT"), Some(Class::Keyword));
        assert_eq!(WORDS.class_of(b"text"), Some(Class::Type));
        assert_eq!(WORDS.class_of(b"from"), Some(Class::Keyword), "the first group wins");
        assert_eq!(WORDS.class_of(b"selec"), None);
        assert_eq!(WORDS.class_of(b""), None);
        assert_eq!(EXACT.class_of(b"if"), Some(Class::Keyword));
        assert_eq!(EXACT.class_of(b"IF"), None);
    }
}
