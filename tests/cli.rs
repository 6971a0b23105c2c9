//! The command line as people and scripts meet it: what is printed where, and the exit codes.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::fs;

use cli_support::{course, edit, files_below, program, read, run};

const PAGE: &str = "content/scenarios/everything-at-once/scenario.md";
const METADATA: &str = "content/scenarios/everything-at-once/scenario.yml";

#[test]
fn help_is_there_for_every_verb() {
    let folder = tempfile::tempdir().unwrap();
    let main = run(folder.path(), &["--help"]).expect(0);
    assert!(main.out.contains("Exit codes:"), "{}", main.out);
    for verb in scenarist::cli::command().get_subcommands() {
        let help = run(folder.path(), &[verb.get_name(), "--help"]).expect(0);
        assert!(help.out.contains("Examples:"), "{}", help.out);
    }
}

#[test]
fn wrong_usage_is_2_and_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = run(folder.path(), &["biuld"]).expect(2);
    assert!(wrong.err.contains("build"), "{}", wrong.err);
    run(folder.path(), &["lint", "--deny", "everything"]).expect(2);
    run(folder.path(), &["schema"]).expect(2);
    run(folder.path(), &["explain", "source/no-such-code-at-all"]).expect(2);
}

#[test]
fn without_a_course_the_way_to_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let lost = run(folder.path(), &["build"]).expect(3);
    assert!(
        lost.err.contains("content/course.yml") && lost.err.contains("scenarist new course"),
        "{}",
        lost.err
    );
    let empty = run(folder.path(), &["lint", "--root", "."]).expect(1);
    assert!(empty.out.contains("source/missing-file") && empty.out.contains("new course"), "{}", empty.out);
    run(folder.path(), &["lint", "--root", "nowhere"]).expect(3);
}

#[test]
fn the_course_is_found_from_any_folder_below() {
    let (_guard, root) = course();
    run(&root.join("content/scenarios"), &["build"]).expect(0);
    assert!(root.join("dist/site/index.html").is_file());
}

#[test]
fn a_build_says_what_it_wrote_and_the_second_writes_nothing() {
    let (_guard, root) = course();
    let first = run(&root, &["build"]).expect(0);
    assert!(first.out.contains(" files (") && first.out.contains(" 0 unchanged"), "{}", first.out);
    assert!(first.out.contains("\n  dist/site: the course site"), "{}", first.out);
    let before = files_below(&root.join("dist"));
    let second = run(&root, &["build"]).expect(0);
    assert!(
        second.out.contains("(0 new, 0 changed, ") && second.out.contains(", 0 removed)"),
        "{}",
        second.out
    );
    assert_eq!(before, files_below(&root.join("dist")));
    assert!(run(&root, &["build", "-q"]).expect(0).out.is_empty());
}

#[test]
fn two_checkouts_give_the_same_bytes() {
    let (_one, first) = course();
    let (_two, second) = course();
    run(&first, &["build", "--drafts"]).expect(0);
    run(&second, &["build", "--drafts"]).expect(0);
    assert_eq!(files_below(&first.join("dist")), files_below(&second.join("dist")));
}

#[test]
fn check_compares_and_writes_nothing() {
    let (_guard, root) = course();
    let missing = run(&root, &["build", "--check"]).expect(1);
    assert!(missing.out.contains("not up to date"), "{}", missing.out);
    assert!(!root.join("dist").exists());
    run(&root, &["build"]).expect(0);
    run(&root, &["build", "--check"]).expect(0);
    edit(&root, "dist/site/index.html", "<", "< ");
    let changed = run(&root, &["build", "--check"]).expect(1);
    assert!(changed.out.contains("differs: dist/site/index.html"), "{}", changed.out);
}

#[test]
fn an_error_leaves_the_last_build_as_it_was() {
    let (_guard, root) = course();
    run(&root, &["build"]).expect(0);
    let before = files_below(&root.join("dist"));
    edit(&root, PAGE, "](scenario:finding-one-notice)", "](scenario:finding-one-notise)");
    let broken = run(&root, &["build"]).expect(1);
    assert!(broken.out.contains(&format!("{PAGE}:")), "{}", broken.out);
    assert!(broken.out.contains("finding-one-notice"), "{}", broken.out);
    assert!(broken.out.trim_end().ends_with("nothing was written"), "{}", broken.out);
    assert_eq!(before, files_below(&root.join("dist")));
    assert!(run(&root, &["lint"]).expect(1).out.trim_end().ends_with("1 error"));
}

#[test]
fn all_faults_are_reported_in_one_run() {
    let (_guard, root) = course();
    edit(&root, METADATA, "about: A notice board", "abuot: A notice board");
    edit(&root, METADATA, "minutes: [20, 30]", "minutes: soon");
    edit(&root, "content/concepts.yml", "id: pagination", "id: load-testing");
    let broken = run(&root, &["lint"]).expect(1);
    for part in ["`abuot`", "did you mean `about`", "source/wrong-type", "source/duplicate-id"] {
        assert!(broken.out.contains(part), "no {part} in\n{}", broken.out);
    }
}

#[test]
fn findings_are_json_for_programs() {
    let (_guard, root) = course();
    edit(&root, METADATA, "about: A notice board", "abuot: A notice board");
    let broken = run(&root, &["build", "--format", "json"]).expect(1);
    let document: serde_json::Value =
        serde_json::from_str(&broken.out).expect("standard output is JSON alone");
    let finding = &document["findings"][0];
    assert_eq!(finding["code"], "source/unknown-key");
    assert_eq!(finding["at"]["path"], METADATA);
    assert!(broken.err.contains("nothing was written"), "{}", broken.err);
}

#[test]
fn lint_repairs_what_is_safe_to_repair() {
    let (_guard, root) = course();
    let whole = read(&root, PAGE);
    edit(&root, PAGE, "::environment\n\n", "::environment\n");
    let repaired = run(&root, &["lint", "--fix"]).expect(0);
    assert!(repaired.out.contains("source/missing-blank-line"), "{}", repaired.out);
    assert!(repaired.out.contains("1 repair made"), "{}", repaired.out);
    assert_eq!(read(&root, PAGE), whole);
    let again = run(&root, &["lint", "--fix"]).expect(0);
    assert!(!again.out.contains("repair"), "{}", again.out);
}

#[test]
fn a_lower_bar_fails_on_warnings() {
    let (_guard, root) = course();
    run(&root, &["lint", "--deny", "warning"]).expect(0);
    edit(&root, PAGE, "::environment\n\n", "::environment\n");
    run(&root, &["lint"]).expect(0);
    run(&root, &["lint", "--deny", "warning"]).expect(1);
}

#[test]
fn colors_come_when_they_are_wanted() {
    let (_guard, root) = course();
    edit(&root, METADATA, "about: A notice board", "abuot: A notice board");
    assert!(!run(&root, &["lint"]).out.contains('\x1b'), "no colors in a pipe");
    assert!(run(&root, &["lint", "--color", "always"]).out.contains('\x1b'));
    let asked = program(&root, &["lint", "--color", "never"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(!asked.stdout.contains(&0x1b));
}

#[test]
fn a_code_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let known = run(folder.path(), &["explain", "source/duplicate-id"]).expect(0);
    for part in ["source/duplicate-id (error)", "Why it matters", "What to do"] {
        assert!(known.out.contains(part), "no {part} in\n{}", known.out);
    }
    let list = run(folder.path(), &["explain"]).expect(0);
    for spec in scenarist::check::all_specs() {
        assert!(list.out.contains(spec.code), "{} is not listed", spec.code);
    }
    let group = run(folder.path(), &["explain", "source"]).expect(0);
    assert!(group.out.lines().count() > 10, "{}", group.out);
    let near = run(folder.path(), &["explain", "source/duplicat-id"]).expect(2);
    assert!(near.err.contains("did you mean `source/duplicate-id`?"), "{}", near.err);
}

#[test]
fn schemas_are_printed_and_written() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["schema", "--all", "--out", "out"]).expect(0);
    for schema in scenarist::cli::SCHEMAS {
        let printed = run(folder.path(), &["schema", schema.name]).expect(0).out;
        assert_eq!(printed, read(folder.path(), &format!("out/{}.json", schema.name)));
        let document: serde_json::Value = serde_json::from_str(&printed).expect("a schema is JSON");
        assert!(document["$schema"].is_string(), "{}", schema.name);
    }
}

#[test]
fn the_schemas_in_docs_are_up_to_date() {
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for schema in scenarist::cli::SCHEMAS {
        let path = format!("docs/schemas/{}.json", schema.name);
        let kept = fs::read_to_string(repository.join(&path)).unwrap_or_default();
        assert!(
            kept == scenarist::cli::print_schema(schema),
            "{path} is out of date: run `cargo run -- schema --all --out docs/schemas`"
        );
    }
}

#[test]
fn completions_know_the_verbs() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        let script = run(folder.path(), &["completions", shell]).expect(0).out;
        assert!(script.contains("explain"), "{shell}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let (_guard, root) = course();
    fs::write(root.join("dist"), "a file where a folder belongs").unwrap();
    let stopped = run(&root, &["build"]).expect(3);
    assert!(stopped.err.contains("`dist`"), "{}", stopped.err);
}

#[test]
fn lock_says_what_it_needs() {
    let (_guard, root) = course();
    let unknown = run(&root, &["lock", "everything-at-onse"]).expect(2);
    assert!(unknown.err.contains("everything-at-once"), "{}", unknown.err);
    let without_npm =
        program(&root, &["lock", "everything-at-once"]).env("PATH", "/nonexistent").output().unwrap();
    assert_eq!(without_npm.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&without_npm.stderr).contains("`npm` was not found"));
    let nothing = run(&root, &["lock"]).expect(0);
    assert!(nothing.out.contains("nothing to lock"), "{}", nothing.out);
}
