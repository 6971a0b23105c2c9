//! What is said about rules: which of them can repair, and the list that programs read.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use cli_support::run;
use scenarist::check::all_specs;
use scenarist::diag::{ABOUT_GROUPS, Applicability, group_of, repair_of};

#[test]
fn repairs_are_looked_up_by_the_whole_code() {
    assert_eq!(repair_of("source/missing-blank-line"), Some(Applicability::Safe));
    assert_eq!(repair_of("source/missing-blank"), None);
    assert_eq!(repair_of("source/not-utf8"), None);
}

#[test]
fn every_group_says_what_it_looks_at() {
    for spec in all_specs() {
        let group = group_of(spec.code);
        assert!(ABOUT_GROUPS.iter().any(|(name, _)| *name == group), "`{group}` is not in `ABOUT_GROUPS`");
    }
    for (name, about) in ABOUT_GROUPS {
        assert!(about.ends_with('.') && about.len() < 240, "{name}: {about}");
    }
}

#[test]
fn rules_are_listed_for_people_programs_and_documents() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = run(folder.path(), &["rules"]).expect(0).out;
    let page = run(folder.path(), &["rules", "--format", "md"]).expect(0).out;
    let json = run(folder.path(), &["rules", "--format", "json"]).expect(0).out;
    let document: serde_json::Value = serde_json::from_str(&json).expect("JSON alone");
    let schema = run(folder.path(), &["schema", "rules"]).expect(0).out;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a usable schema");
    let faults: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let groups = document["groups"].as_array().expect("a list");
    let rules: Vec<&serde_json::Value> =
        groups.iter().flat_map(|group| group["rules"].as_array().expect("a list")).collect();
    assert_eq!(rules.len(), all_specs().len());
    for spec in all_specs() {
        assert!(text.contains(spec.code) && page.contains(&format!("### `{}`", spec.code)), "{}", spec.code);
        let rule = rules.iter().find(|rule| rule["code"] == spec.code).expect("in the document");
        assert_eq!(rule["parameters"].as_array().map(Vec::len), Some(spec.params.len()));
        assert_eq!(rule["examples"]["bad"].as_array().map(Vec::len), Some(spec.bad.len()));
    }
}

#[test]
fn one_group_can_be_listed_and_others_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = run(folder.path(), &["rules", "diagram"]).expect(0).out;
    assert!(one.contains("diagram/low-contrast") && !one.contains("source/"), "{one}");
    assert!(one.contains("contrast = 4.5"), "{one}");
    let unknown = run(folder.path(), &["rules", "diagrams"]).expect(2).err;
    assert!(unknown.contains("the groups are source, "), "{unknown}");
    let code = run(folder.path(), &["rules", "diagram/low-contrast"]).expect(2).err;
    assert!(code.contains("scenarist explain diagram/low-contrast"), "{code}");
}

#[test]
fn a_code_is_explained_with_its_numbers_and_how_to_set_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let known = run(folder.path(), &["explain", "diagram/low-contrast"]).expect(0).out;
    for part in [
        "contrast = 4.5:",
        "levels: {diagram/low-contrast: off}",
        "settings: {diagram/low-contrast: {contrast: 4.5}}",
        "<!-- allow diagram/low-contrast: the reason -->",
        "-- allow diagram/low-contrast: the reason",
    ] {
        assert!(known.contains(part), "no {part} in\n{known}");
    }
    let blocking = run(folder.path(), &["explain", "source/duplicate-id"]).expect(0).out;
    assert!(!blocking.contains("allow source/"), "{blocking}");
    let repaired = run(folder.path(), &["explain", "source/missing-blank-line"]).expect(0).out;
    assert!(repaired.contains("`scenarist lint --fix` can do it"), "{repaired}");
}
