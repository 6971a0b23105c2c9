//! Courses of any number of whole exercises, in memory, from the template of `scripts/bench`: names
//! and paragraphs differ from page to page, and are the same in every run.

use std::fmt::Write as _;

use scenarist::source::Files;

macro_rules! template {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../benches/corpus/exercise/", $path)))),*]
    };
}

const TEMPLATE: [(&str, &str); 14] = template![
    "scenario.yml",
    "scenario.md",
    "app/db/schema.sql",
    "app/db/seed.js",
    "app/src/database.js",
    "app/src/metrics.js",
    "app/src/server.js",
    "diagrams/bookmark.svg",
    "diagrams/crowd.svg",
    "diagrams/marks.svg",
    "diagrams/plan.svg",
    "solution/keyset/src/server.js",
    "solution/shelf-index/fix.sql",
    "solution/wider-pool/src/database.js",
];

const PER_GROUP: usize = 16;
const WORDS: [&str; 32] = [
    "reader", "shelf", "morning", "letter", "window", "table", "corner", "garden", "paper", "lamp", "stair",
    "bell", "door", "chair", "evening", "river", "stands", "waits", "turns", "opens", "carries", "finds",
    "keeps", "asks", "near", "behind", "under", "beside", "slowly", "again", "early", "once",
];
const CONSONANTS: &[u8] = b"bdfgklmnprstvz";
const VOWELS: &[u8] = b"aeiou";

/// A course of so many exercises.
pub fn course(count: usize) -> Files {
    let mut files = Files::default();
    for at in 0..count {
        for (path, text) in TEMPLATE {
            files.add_text(format!("content/scenarios/{}/{path}", id(at)), &filled(text, at, count));
        }
    }
    files.add_text("content/concepts.yml", &concepts(count));
    files.add_text("content/tracks/main.yml", &track(count));
    files.add_text("content/course.yml", COURSE);
    files
}

const COURSE: &str = "title: A course to measure with
tagline: Many pages of the same length.
about: Its words mean nothing.
repository: owner/pages
site: https://example.org/pages/
tiers:
  - {id: only, name: Only, scaffolding: high, summary: There is one.}
tracks: [main]
lint:
  levels: {rehearsal/not-recorded: off}
";

fn id(at: usize) -> String {
    format!("page-{:04}", at + 1)
}

/// Four syllables, different for every number: the stride shares no factor with their count.
fn name(number: usize) -> String {
    let syllables = CONSONANTS.len() * VOWELS.len();
    let mut rest = (number * 7919 + 1_234_567) % syllables.pow(4);
    let mut name = String::new();
    for _ in 0..4 {
        let syllable = rest % syllables;
        name.push(char::from(CONSONANTS[syllable / VOWELS.len()]));
        name.push(char::from(VOWELS[syllable % VOWELS.len()]));
        rest /= syllables;
    }
    name
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A text of the template with everything between `<<` and `>>` put in.
fn filled(text: &str, at: usize, count: usize) -> String {
    let thing = name(2 * at);
    let mut parts = text.split("<<");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (nth, part) in parts.enumerate() {
        let (key, rest) = part.split_once(">>").expect("the end of a name");
        match key {
            "thing" => out.push_str(&thing),
            "Thing" => out.push_str(&capital(&thing)),
            "place" => out.push_str(&name(2 * at + 1)),
            "next" => out.push_str(&id((at + 1) % count)),
            "other" => out.push_str(&id((at + 7) % count)),
            _ => {
                let words = key.strip_prefix("words ").and_then(|words| words.parse().ok());
                let words: usize = words.unwrap_or_else(|| panic!("the template has `{key}`"));
                out.push_str(&paragraph(at * 1000 + nth, words));
            }
        }
        out.push_str(rest);
    }
    out
}

/// Sentences of ten words, of which no two neighbors are the same.
fn paragraph(seed: usize, words: usize) -> String {
    let mut out = String::new();
    let mut at = seed % WORDS.len();
    for word in 0..words.next_multiple_of(10) {
        at = (at + 1 + (seed / 7 + word * word) % (WORDS.len() - 1)) % WORDS.len();
        if word % 10 == 0 {
            out.push_str(if word == 0 { "" } else { ". " });
            out.push_str(&capital(WORDS[at]));
        } else {
            out.push(' ');
            out.push_str(WORDS[at]);
        }
    }
    out.push('.');
    out
}

fn concepts(count: usize) -> String {
    let mut out = "concepts:\n".to_owned();
    for thing in (0..count).map(|at| name(2 * at)) {
        let _ = writeln!(
            out,
            "  - id: {thing}-bookmark\n    name: {thing} bookmark\n    summary: Asking for the rows that \
             follow the last {thing} you saw.\n    terms: [{thing} bookmark]"
        );
    }
    out
}

fn track(count: usize) -> String {
    let mut out =
        "title: The track\nfolder: \"{id}\"\nsummary: Pages one after the other.\nbefore: Nothing.\ngroups:\n"
            .to_owned();
    for at in 0..count {
        if at % PER_GROUP == 0 {
            let group = at / PER_GROUP + 1;
            let _ = writeln!(
                out,
                "  - id: group-{group}\n    name: Group {group}\n    tier: only\n    goal: Sixteen pages.\n    \
                 scenarios:"
            );
        }
        let _ = writeln!(out, "      - {{id: {}}}", id(at));
    }
    out
}
