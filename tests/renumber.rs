//! Moving a scenario renumbers every output, and nothing keeps the old number (format.md, "Ids and
//! numbers").

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use scenarist::build::{Compiled, Options, compile};
use scenarist::source::{Files, Origin, read_dir};

const TRACK: &str = "content/tracks/entry-to-mid.yml";

/// This repository's own course.
fn project_files() -> Files {
    let (files, faults) = read_dir(env!("CARGO_MANIFEST_DIR").into());
    assert!(faults.is_empty(), "{faults:?}");
    files
}

/// The project with `diagnosing-failures` moved from the first place of its group to the third.
fn moved() -> Compiled {
    let files = project_files();
    let mut changed = Files::default();
    for (id, entry) in files.iter() {
        let mut bytes = files.bytes(id).to_vec();
        if entry.path == TRACK {
            bytes = move_entry(std::str::from_utf8(&bytes).expect("a text file")).into_bytes();
        }
        changed.add(entry.path.clone(), &bytes, Origin::Project, entry.executable);
    }
    compile(changed, &[], Options::default())
}

/// Cuts the first entry of the first group out and puts it before the fourth.
fn move_entry(text: &str) -> String {
    let starts: Vec<usize> = text.match_indices("\n      - id: ").map(|(at, _)| at + 1).collect();
    let entry = &text[starts[0]..starts[1]];
    assert!(entry.contains("diagnosing-failures"), "the first entry is the scenario that moves");
    let mut moved = String::from(&text[..starts[0]]);
    moved.push_str(&text[starts[1]..starts[3]]);
    moved.push_str(entry);
    moved.push_str(&text[starts[3]..]);
    moved
}

#[test]
fn every_output_follows_a_moved_scenario() {
    let before = compile(project_files(), &[], Options::default());
    let after = moved();
    let tree = after.tree.as_ref().expect("the moved course compiles");
    assert!(
        tree.iter().any(|(path, _)| path.as_str().contains("scenario-03-diagnosing-failures/SCENARIO.md"))
    );
    let mut stale = Vec::new();
    for (path, file) in tree.iter() {
        let bytes = file.bytes();
        let text = String::from_utf8_lossy(&bytes);
        let own = path.as_str().contains("diagnosing-failures");
        for (number, line) in text.lines().enumerate() {
            if names_old_number(line, own) || path.as_str().contains("scenario-01-diagnosing") {
                stale.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(stale.is_empty(), "{} places keep the old number:\n{}", stale.len(), stale.join("\n"));
    assert_eq!(blocking(&after), blocking(&before), "nothing dangles after the move");
}

/// `own` is true for outputs of the scenario itself, where its number stands without its name.
fn names_old_number(line: &str, own: bool) -> bool {
    let lower = line.to_lowercase();
    let named = [
        "scenario-01-diagnosing",
        "scenario 1 — diagnosing",
        "scenario 1: diagnosing",
        "scenario 1 - diagnosing",
    ]
    .iter()
    .any(|old| lower.contains(old));
    let figure = own && lower.match_indices("fig 1.").next().is_some();
    let alone = own
        && lower.match_indices("scenario 1").any(|(at, found)| {
            let rest = &lower[at + found.len()..];
            let longer = rest.starts_with(|c: char| c.is_ascii_digit());
            // The scenario that has this number now may be named, with its title.
            !longer && !rest.contains("indexes") && !lower[..at].contains("track 2")
        });
    named || figure || alone
}

fn blocking(compiled: &Compiled) -> Vec<String> {
    compiled
        .findings
        .iter()
        .filter(|finding| finding.is_blocking())
        .map(|finding| finding.message.clone())
        .collect()
}

#[test]
fn a_moved_scenario_keeps_its_inputs() {
    let inputs = |compiled: &Compiled| {
        let course = compiled.course.as_ref().expect("the course compiles");
        let scenario = course.scenarios.iter().find(|scenario| scenario.id == "diagnosing-failures");
        scenario.and_then(|scenario| scenario.written.as_ref()).map(|written| written.inputs.clone())
    };
    let before = compile(project_files(), &[], Options::default());
    assert_eq!(inputs(&before), inputs(&moved()), "a recording stays valid when a scenario moves");
}

#[test]
fn two_builds_are_equal_to_the_byte() {
    let (first, second) = (
        compile(project_files(), &[], Options::default()),
        compile(project_files(), &[], Options::default()),
    );
    let (first, second) = (first.tree.expect("compiles"), second.tree.expect("compiles"));
    assert_eq!(first.len(), second.len());
    for ((path, one), (other_path, other)) in first.iter().zip(second.iter()) {
        assert_eq!(path, other_path);
        assert!(one.bytes() == other.bytes(), "`{path}` differs between two builds of the same sources");
    }
}
