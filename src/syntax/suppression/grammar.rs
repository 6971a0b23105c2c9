//! What a comment must say to accept findings: `allow group/name, group/name: reason`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::comment::NamedCode;
use crate::diag::{group_of, is_group};

/// What a comment allows.
#[derive(Debug)]
pub(super) struct Allow {
    pub codes: Vec<NamedCode>,
    pub reason: Option<String>,
}

/// Whether a text may hold such a comment: cheap, and seldom wrong.
pub(super) fn may_allow(text: &str) -> bool {
    static WORD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("allow"));
    WORD.find_iter(text.as_bytes()).any(|at| {
        let rest = &text[at + WORD.needle().len()..];
        let name = rest.trim_start();
        let word = &name[..name.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(name.len())];
        name.len() < rest.len() && word.contains('/')
    })
}

/// Reads what stands in a comment, between its marks. `at` is the offset of `inside`.
///
/// An ordinary sentence may begin with "allow", so the names must have the form of codes. Where the
/// first is of a group that exists, the rest may be malformed: then somebody meant a suppression.
pub(super) fn parse_allow(inside: &str, at: usize) -> Option<Allow> {
    let lead = inside.len() - inside.trim_start().len();
    let rest = inside.trim_start().strip_prefix("allow")?;
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let rest_at = at + lead + "allow".len();
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let words = words(names, rest_at);
    let is_clean = words.iter().all(|word| word.is_whole && is_code(&word.name));
    let first = words.first()?;
    let is_meant = is_code(&first.name) && is_group(group_of(&first.name));
    if !is_clean && !is_meant {
        return None;
    }
    // After a name that goes on as a sentence nothing is a list any more.
    let listed = words.iter().position(|word| !word.is_whole).map_or(words.len(), |at| at + 1);
    let is_whole = listed == words.len() && words.iter().all(|word| word.is_whole);
    let codes = words.into_iter().take(listed).map(|word| NamedCode { name: word.name, at: word.at });
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = Some(reason).filter(|reason| is_whole && !reason.is_empty());
    Some(Allow { codes: codes.collect(), reason })
}

struct Word {
    name: String,
    at: Range<usize>,
    /// Whether nothing else stands up to the next comma.
    is_whole: bool,
}

fn words(names: &str, at: usize) -> Vec<Word> {
    let mut offset = at;
    let mut words = Vec::new();
    for part in names.split(',') {
        let start = offset + (part.len() - part.trim_start().len());
        offset += part.len() + 1;
        let part = part.trim();
        let name = part.split_whitespace().next().unwrap_or("");
        if !name.is_empty() {
            let at = start..start + name.len();
            words.push(Word { name: name.to_owned(), at, is_whole: name.len() == part.len() });
        }
    }
    words
}

/// Whether a word has the form of a code: `group/name-of-the-fault`.
fn is_code(word: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    word.split_once('/').is_some_and(|(group, name)| part(group) && part(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inside: &str) -> Option<(Vec<String>, Option<String>)> {
        let allow = parse_allow(inside, 0)?;
        for code in &allow.codes {
            assert_eq!(inside[code.at.clone()], code.name);
        }
        Some((allow.codes.into_iter().map(|code| code.name).collect(), allow.reason))
    }

    #[test]
    fn codes_and_a_reason_are_read() {
        let codes = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let why = || Some("a quotation, as it was said".to_owned());
        for (text, names, reason) in [
            (
                " allow prose/banned-phrase: a quotation,\n as it was said ",
                &["prose/banned-phrase"][..],
                why(),
            ),
            ("allow prose/a , link/b-c:a quotation, as it was said", &["prose/a", "link/b-c"], why()),
            ("allow prose/a", &["prose/a"], None),
            ("allow prose/a:  ", &["prose/a"], None),
            ("allow prose/a because it is fine", &["prose/a"], None),
            ("allow prose/a, nonsense: why", &["prose/a", "nonsense"], Some("why".to_owned())),
            ("allow unknown/name: why", &["unknown/name"], Some("why".to_owned())),
        ] {
            assert_eq!(read(text), Some((codes(names), reason)), "{text}");
        }
    }

    #[test]
    fn sentences_are_no_suppressions() {
        for text in [
            "allow everybody: it is a demo",
            "allow 10.0.0.0/8",
            "allow read/write access to the table",
            "allow https://example.org: it is ours",
            "allowed prose/a: x",
            "allow",
            "we allow prose/a: x",
            "allow , : x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_quick_look_misses_none() {
        assert!(may_allow("# allow a/b: c") && may_allow("allow\n  a/b"));
        assert!(!may_allow("Allowed and allow-listed; allow all: x/y"));
    }
}
