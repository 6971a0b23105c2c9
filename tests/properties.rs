//! No bytes make loading panic or hang, and every finding points into its file. Inputs are
//! arbitrary, and real files with pieces taken out, doubled, moved and replaced.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod support;

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scenarist::source::{Files, Origin};
use support::{BASE, PAGE, base_text, load, load_overlaid};

/// The texts that pieces come from: the words of the format.
const PIECES: [&str; 30] = [
    ":::",
    "::",
    ":::hint\n",
    ":::question{#a kind=choice}\n",
    ":::/hint\n",
    "{#x .fix}",
    "## ",
    "### ",
    "\n\n",
    "```js {file=src/server.js region=answer}\n",
    "```",
    "<!-- ",
    "-->",
    "[](step:measure)",
    "[5](loadtest:seconds)",
    "| a | b |\n|---|---|\n",
    "- {#o} x\n",
    "- [x] y\n",
    "![a](diagrams/system.svg \"b\")",
    "// #region answer\n",
    "// #endregion\n",
    "//: why\n",
    "&a ",
    "*a",
    "- {id: ",
    "}: [",
    "\u{feff}",
    "ä\u{1F41B}\u{0301}",
    "\\",
    "Q1 Step 2 ",
];

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

/// The small course with one file's bytes replaced: loads, and all places are sound.
fn load_with(path: &str, bytes: &[u8]) {
    let mut files = Files::default();
    files.add(path, bytes, Origin::Project, false);
    for (known, text) in BASE.iter().filter(|(known, _)| *known != path) {
        files.add_text(*known, text);
    }
    load(files, &[]).check_places();
}

/// A change at a place (in thousandths of the text).
#[derive(Clone, Debug)]
enum Change {
    Insert(usize, usize),
    Remove(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = 0..1000_usize;
    let change = prop_oneof![
        (place.clone(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (place.clone(), 1..40_usize).prop_map(|(at, len)| Change::Remove(at, len)),
        (place.clone(), 1..200_usize).prop_map(|(at, len)| Change::Repeat(at, len)),
        (place.clone(), place).prop_map(|(from, to)| Change::Swap(from, to)),
    ];
    prop::collection::vec(change, 1..8)
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for change in changes {
        let len = chars.len();
        let at = |place: usize| place * len / 1000;
        match change {
            Change::Insert(place, piece) => {
                let start = at(*place);
                chars.splice(start..start, PIECES[*piece].chars());
            }
            Change::Remove(place, count) => {
                let start = at(*place);
                chars.drain(start..(start + count).min(len));
            }
            Change::Repeat(place, count) => {
                let start = at(*place);
                let piece = chars[start..(start + count).min(len)].to_vec();
                chars.splice(start..start, piece);
            }
            Change::Swap(from, to) if len > 0 => chars.swap(at(*from), at(*to)),
            Change::Swap(..) => {}
        }
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn any_bytes_as_any_file(file in 0..BASE.len(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        load_with(BASE[file].0, &bytes);
    }

    #[test]
    fn any_text_as_any_file(file in 0..BASE.len(), text in "\\PC{0,300}") {
        load_with(BASE[file].0, text.as_bytes());
    }

    #[test]
    fn pieces_of_the_format_in_any_order(
        file in 0..BASE.len(),
        pieces in prop::collection::vec(0..PIECES.len(), 1..40),
    ) {
        let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
        load_with(BASE[file].0, text.as_bytes());
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn real_files_with_changes(file in 0..BASE.len(), changes in changes()) {
        load_with(BASE[file].0, changed(BASE[file].1, &changes).as_bytes());
    }
}

#[test]
fn a_heading_that_names_steps_is_a_heading() {
    let names = "## Measure it [](step:measure) and [](step:compare) {.observe #measure}\n";
    let page = base_text(PAGE).replace("## Measure it {.observe #measure}\n", names);
    // Two without a number, each with the other in its title.
    let page = page
        .replace("## The page is slow {", "## The page [](step:before-you-start) is slow [](step:measure) {");
    let page = page.replace("## Before you start {", "## Before you start [](step:slow) {");
    let page = page
        .replace("{.situation}", "{.situation #slow}")
        .replace("{.concepts}", "{.concepts #before-you-start}");
    let page = page.replace("Your team wants", "[](step:slow): your team wants");
    let loaded = load_overlaid(&[(PAGE, &page)]);
    assert_eq!(loaded.codes(), Vec::<&str>::new(), "{}", loaded.print());
    let tree = loaded.tree.expect("it builds");
    let (_, printed) = tree.iter().find(|(path, _)| path.ends_with("SCENARIO.md")).expect("a page");
    let data = tree.text("dist/course.json").expect("the course as data");
    assert!(data.contains("\"title\": \"Measure it Step 1 and Step 4\""));
    let heading = "\n## Step 1 — Measure it [Step 1](#step-1--measure-it-step-1-and-step-4) and [Step 4](#step-4--compare)\n";
    assert!(String::from_utf8_lossy(&printed.bytes()).contains(heading));
}

/// What can be named in a heading, and that it can name itself, is not left to chance.
#[test]
fn every_line_of_a_page_may_name_a_step() {
    let page = base_text(PAGE);
    let starts = page.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < page.len());
    for start in std::iter::once(0).chain(starts) {
        let line = page[start..].lines().next().unwrap_or("");
        let middle = start + line.find(' ').map_or(0, |space| space + 1);
        for name in ["[](step:measure)", "[](fix:fast)"] {
            let text = format!("{}{name} {}", &page[..middle], &page[middle..]);
            load_with(PAGE, text.as_bytes());
        }
    }
}

/// The real scenario is longer and has everything; its page and its manifest are changed.
mod real {
    use super::*;
    use camino::Utf8Path;
    use scenarist::source::read_dir;

    proptest! {
        #![proptest_config(config(12))]

        #[test]
        fn real_pages_with_changes(page in any::<bool>(), changes in changes()) {
            let name = if page { "scenario.md" } else { "scenario.yml" };
            let path = format!("content/scenarios/diagnosing-failures/{name}");
            let (content, faults) = read_dir(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
            let text = content.find(&path).and_then(|file| content.text(file).ok()).expect("the real scenario");
            let mut files = Files::default();
            files.add_text(path.as_str(), &changed(text, &changes));
            for (file, entry) in content.iter().filter(|(_, entry)| entry.path != path) {
                files.add(entry.path.clone(), content.bytes(file), Origin::Project, entry.executable);
            }
            load(files, &faults).check_places();
        }
    }
}
