//! Repairs over arbitrary content: nothing outside of an edit changes, a second run finds nothing to
//! do, no byte is lost, nothing panics. And comments for the linter in arbitrary text of every kind.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod support;

use proptest::prelude::*;
use scenarist::build::{Options, Repaired, repair};
use scenarist::diag::{Applicability, Diagnostic};
use scenarist::source::{Files, Origin, Replacement, edit_original};
use scenarist::syntax::suppression::{scan_suppressions, strip_prose, strip_suppressions};
use support::{PAGE, TUTORIAL_PAGE};

const BYTES: &[&str] = &["a", "bc", "ä", "🐛", " ", "\t", "\n", "\n", "\r\n", "\r\n", "\r", "{", "\u{301}"];
const WORDS: &[&str] = &["", "x", "ö", "\n", "a\nb", "\n\n", "🐛 "];

fn joined(parts: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(parts), 0..most).prop_map(|parts| parts.concat())
}

/// Where each character of the text begins in the original bytes; last the ends.
fn places(original: &str) -> Vec<(usize, usize)> {
    let mark = if original.starts_with('\u{FEFF}') { 3 } else { 0 };
    let mut places = Vec::new();
    let (mut at, mut in_text) = (mark, 0);
    while at < original.len() {
        places.push((in_text, at));
        let rest = &original[at..];
        let len = rest.chars().next().map_or(1, char::len_utf8);
        at += if rest.starts_with("\r\n") { 2 } else { len };
        in_text += if rest.starts_with('\r') { 1 } else { len };
    }
    places.push((in_text, at));
    places
}

/// Takes a text from the front of another whose line ends may be of any kind.
fn take<'a>(rest: &'a str, text: &str) -> Option<&'a str> {
    text.chars().try_fold(rest, |rest, c| match c {
        '\n' => ["\r\n", "\n", "\r"].iter().find_map(|end| rest.strip_prefix(end)),
        c => rest.strip_prefix(c),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_no_edit_touches_stays_byte_for_byte(
        mark in any::<bool>(),
        body in joined(BYTES, 30),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(WORDS)), 0..4),
        ends in prop::collection::vec(0..5_usize, 4),
    ) {
        let original = format!("{}{body}", if mark { "\u{FEFF}" } else { "" });
        let mut files = Files::default();
        let file = files.add("a.md", original.as_bytes(), Origin::Project, false);
        let text = files.text(file).expect("a text").to_owned();
        prop_assert_eq!(files.original(file), original.as_bytes());
        let places = places(&original);
        let mut starts: Vec<(usize, &str)> = cuts.iter().map(|(at, word)| (at.index(places.len()), *word)).collect();
        starts.sort_unstable();
        starts.dedup_by_key(|(at, _)| *at);
        let mut edits = Vec::new();
        for (index, (start, word)) in starts.iter().enumerate() {
            let limit = starts.get(index + 1).map_or(places.len() - 1, |(next, _)| *next);
            edits.push((*start, (start + ends[index]).min(limit), *word));
        }
        let replacements: Vec<Replacement<'_>> = edits
            .iter()
            .map(|(start, end, word)| Replacement { range: places[*start].0..places[*end].0, text: word })
            .collect();
        let made = edit_original(&text, original.as_bytes(), &replacements);
        let Some(made) = made else {
            // A lone carriage return can meet a line feed; nothing else is refused.
            prop_assert!(original.replace("\r\n", "").contains('\r'), "{:?} {:?}", original, edits);
            return Ok(());
        };
        let made = String::from_utf8(made).expect("UTF-8");
        let mut rest = made.as_str();
        let mut at = 0;
        for (start, end, word) in &edits {
            let kept = &original[at..places[*start].1];
            prop_assert!(rest.starts_with(kept), "{:?} {:?} {:?}", original, edits, made);
            rest = &rest[kept.len()..];
            rest = take(rest, word).expect("the new text");
            at = places[*end].1;
        }
        prop_assert_eq!(rest, &original[at..]);
    }
}

const PIECES: &[&str] = &[
    "Some words.\n",
    "\n",
    "\n",
    "## A heading\n",
    "### Another {#b}\n",
    "- an item\n",
    "- [](scenario:first) Q1\n",
    "As in Scenario 1, Step 2 and Q3, Fix 1.\n",
    "::environment\n",
    "::: hint\n",
    ":::hint\n",
    ":::question{#q kind=reflection}\n",
    ":::answer\n",
    ":::\n",
    ":::/hint\n",
    "```\n",
    "```js\n",
    "code();\n",
    "```js {file=src/server.js region=answer}\n",
    "[21](loadtest:connections) and [500](fact:posts)\n",
    "<!-- allow source/untagged-code-fence: output -->\n",
    "<!-- allow source/hand-numbered, source/empty-section: two -->\n",
    "<!-- allow source/hand-numbered -->\n",
    "<!-- allow -->\n",
    "  <!-- allow prose/repeated-word: in a list -->\n",
    "| a | b |\n|---|---|\n| the the | Scenario 1 |\n",
    "![A picture](diagrams/system.svg \"The system\")\n",
    "> quoted\u{a0}words the the\n",
    "ä 🐛 \u{200b}\n",
];

fn files_with(path: &str, text: &str) -> Files {
    let mut files = Files::default();
    files.add(path, text.as_bytes(), Origin::Project, false);
    for (known, text) in support::BASE {
        if known != path {
            files.add_text(known, text);
        }
    }
    files
}

fn repaired(path: &str, text: &str, with_unsafe: bool) -> Repaired {
    let options = Options { drafts: true, no_previews: true };
    repair(files_with(path, text), &[], options, with_unsafe, |compiled| compiled.findings.clone())
}

fn is_safe(finding: &&Diagnostic) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_second_run_has_nothing_to_repair(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 1..14),
        windows in any::<bool>(),
        mark in any::<bool>(),
        tutorial in any::<bool>(),
        with_unsafe in any::<bool>(),
    ) {
        let path = if tutorial { TUTORIAL_PAGE } else { PAGE };
        let base = if tutorial { "" } else { support::base_text(PAGE) };
        let mut text = format!("{base}{}", pieces.concat());
        if windows {
            text = text.replace('\n', "\r\n");
        }
        let text = format!("{}{text}", if mark { "\u{FEFF}" } else { "" });
        let first = repaired(path, &text, with_unsafe);
        let left: Vec<&Diagnostic> = first.compiled.findings.iter().filter(is_safe).collect();
        prop_assert!(left.is_empty(), "{:?}", left);
        for changed in first.changes.keys() {
            prop_assert_eq!(changed.as_str(), path);
        }
        let Some(change) = first.changes.get(camino::Utf8Path::new(path)) else {
            prop_assert!(first.fixed.is_empty());
            return Ok(());
        };
        let after = String::from_utf8(change.after.clone()).expect("UTF-8");
        prop_assert_eq!(after.starts_with('\u{FEFF}'), mark);
        if windows {
            prop_assert!(!after.replace("\r\n", "").contains('\n'), "{:?}", after);
        }
        let second = repaired(path, &after, with_unsafe);
        prop_assert!(second.changes.is_empty() && second.fixed.is_empty(), "{:?}\n{}", second.fixed, after);
    }
}

const COMMENTS: &[&str] = &[
    "// allow prose/a: b\n",
    "# allow prose/a: b\n",
    "-- allow prose/a, link/b\n",
    "<!-- allow prose/a: b -->\n",
    "/* allow prose/a: b */",
    "{/* allow prose/a: b */}\n",
    "x: 1 # allow prose/a: b\n",
    " # allow prose/a\n",
    "<!-- allow\n",
    "-->",
    "'",
    "`",
    "\"",
    "/*",
    "*/",
    "<g>",
    "</g>",
    "<svg>",
    "a: |\n",
    "  - b\n",
    "f({\n",
    "});\n",
    "const a = 1;\n",
    "SELECT 1;\n",
    "\\\n",
    "{",
    "}",
    "\n",
    "\r",
    "\t",
    "ä🐛",
    "allow ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn comments_are_found_in_anything(text in joined(COMMENTS, 24)) {
        for path in ["a.js", "a.jsx", "a.yml", "a.sql", "a.svg", "a.md", "a.conf", "Dockerfile", "a.yml.j2", "a.json", "a.css", "a"] {
            for found in scan_suppressions(path.into(), &text) {
                for range in [&found.comment, &found.removal, &found.covers] {
                    prop_assert!(text.get(range.clone()).is_some(), "{}: {:?}", path, found);
                }
                prop_assert!(found.removal.start <= found.comment.start && found.comment.end <= found.removal.end);
                prop_assert!(!found.codes.is_empty());
                for (index, code) in found.codes.iter().enumerate() {
                    prop_assert_eq!(&text[code.at.clone()], &code.name);
                    prop_assert!(text.get(found.without(index)).is_some());
                }
            }
            let stripped = strip_suppressions(path.into(), &text);
            prop_assert!(stripped.len() <= text.len());
        }
        prop_assert!(strip_prose(&text).len() <= text.len());
    }
}
