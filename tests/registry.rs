//! The list of codes: each is unique, named and documented in one form, and every rule's file is
//! in the table.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::BTreeSet;
use std::fs;

use scenarist::check::{all_rules, all_specs};
use scenarist::diag::{group_of, is_group};

#[test]
fn codes_are_unique_and_sorted() {
    let codes: Vec<&str> = all_specs().iter().map(|spec| spec.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
}

#[test]
fn codes_are_a_group_and_the_name_of_the_fault() {
    for spec in all_specs() {
        let group = group_of(spec.code);
        assert!(is_group(group), "`{}` is of no group of rules.md", spec.code);
        let name = spec.code.strip_prefix(group).and_then(|rest| rest.strip_prefix('/')).unwrap_or("");
        let word = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(name.split('-').all(word), "`{}` is not of the form group/name-of-the-fault", spec.code);
    }
}

#[test]
fn codes_are_documented_in_whole_sentences() {
    for spec in all_specs() {
        for (part, text) in [("what", spec.what), ("why", spec.why), ("fix", spec.fix)] {
            let starts = text.starts_with(|c: char| c.is_uppercase() || c == '`');
            assert!(starts, "`{}`: {part} does not start like a sentence: {text}", spec.code);
            assert!(text.ends_with('.'), "`{}`: {part} has no full stop: {text}", spec.code);
            assert!(text.len() < 240, "`{}`: {part} is too long for a terminal", spec.code);
        }
        assert!(!spec.source.is_empty(), "`{}` does not say where it comes from", spec.code);
        let texts = [spec.what, spec.why, spec.fix];
        assert_eq!(BTreeSet::from(texts).len(), 3, "`{}` says one thing twice", spec.code);
    }
}

/// A rule is one file and one line in the table.
#[test]
fn every_rule_file_is_in_the_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check/rules");
    let mut files = BTreeSet::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(2).max_depth(2) {
        let entry = entry.expect("an entry");
        let group = entry.path().parent().and_then(|parent| parent.file_name()).expect("a group");
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.strip_suffix(".rs").filter(|stem| *stem != "mod" && has_spec(entry.path()));
        if let Some(stem) = stem {
            files.insert(format!("{}/{}", group.to_string_lossy(), stem.replace('_', "-")));
        }
    }
    let table: BTreeSet<String> = all_rules().map(|rule| rule.spec.code.to_owned()).collect();
    assert_eq!(files, table, "each file of `src/check/rules` is named after its code and is in `RULES`");
    assert_eq!(table.len(), all_rules().count(), "no rule is in the table twice");
}

/// What several rules of a group share lies beside them and has no code.
fn has_spec(path: &std::path::Path) -> bool {
    fs::read_to_string(path).expect("a rule's file").contains("pub static SPEC: CodeSpec")
}

/// A code that nothing reports is a promise that nobody keeps.
#[test]
fn every_code_of_the_catalogue_is_reported_somewhere() {
    let source = read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    for (path, text) in &source {
        if !path.contains("/diag/catalog/") {
            continue;
        }
        let declares = |line: &&str| {
            ["source", "lint", "adopt"].iter().any(|group| line.contains(&format!(" = \"{group}/")))
        };
        for line in text.lines().filter(declares).filter(|line| line.ends_with('{')) {
            let name = line.split_whitespace().next().unwrap_or_default();
            let used = source.iter().any(|(other, text)| other != path && text.contains(name));
            assert!(used, "nothing reports `{name}` of {path}");
        }
    }
}

fn read_all(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let path = entry.path().to_string_lossy().into_owned();
        if path.ends_with(".rs") {
            found.push((path.clone(), fs::read_to_string(&path).expect("a source file")));
        }
    }
    found
}
