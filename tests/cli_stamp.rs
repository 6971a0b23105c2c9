//! The stamp of a clean build: what the next build may pass over, and what it may not.

#![allow(clippy::disallowed_methods, reason = "tests make files")]

mod cli_support;

use std::fs::{self, File};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use cli_support::{course, edit, files_below, read, run};

const STAMP: &str = ".scenarist/stamp.json";
const METADATA: &str = "content/scenarios/everything-at-once/scenario.yml";
const PAGE: &str = "content/scenarios/everything-at-once/scenario.md";
const OUTPUT: &str = "dist/site/index.html";

/// A course that was built, with its stamp. Files that have only just been changed give no stamp.
fn built() -> (tempfile::TempDir, std::path::PathBuf) {
    let (guard, root) = course();
    sleep(Duration::from_millis(120));
    let first = run(&root, &["build"]).expect(0);
    assert!(first.out.contains("no findings"), "{}", first.out);
    assert!(root.join(STAMP).is_file());
    (guard, root)
}

/// Writes a file so that it looks as before: same length, same time.
fn replace_unseen(root: &Path, path: &str, old: &str, new: &str) {
    assert_eq!(old.len(), new.len());
    let file = root.join(path);
    let time = fs::metadata(&file).and_then(|meta| meta.modified()).expect("a file");
    edit(root, path, old, new);
    let opened = File::options().append(true).open(&file).expect("it can be opened");
    opened.set_modified(time).expect("its time can be set");
}

#[test]
fn what_looks_unchanged_is_not_read_again() {
    let (_guard, root) = built();
    let title =
        read(&root, METADATA).lines().find_map(|line| line.strip_prefix("title: ").map(str::to_owned));
    let title = title.expect("a title");
    replace_unseen(&root, METADATA, &title, &title.to_uppercase());
    let second = run(&root, &["build"]).expect(0);
    assert!(second.out.contains("(0 new, 0 changed, "), "{}", second.out);
    assert!(second.out.contains("\n  dist/site: the course site"), "{}", second.out);
    let check = run(&root, &["build", "--check"]).expect(0);
    assert!(check.out.contains("dist/ is up to date, no findings"), "{}", check.out);
    // Other formats say more, and so look.
    let json = run(&root, &["build", "--format", "json"]).expect(0);
    assert!(json.err.contains(" changed"), "{}", json.err);
    assert!(!json.err.contains(" 0 changed"), "{}", json.err);
}

#[test]
fn outputs_that_are_in_place_are_named_as_they_are() {
    let (_guard, root) = built();
    // Among them parts of the search, whose paths come of what is in them.
    for again in 0..2 {
        fs::remove_file(root.join(STAMP)).expect("a stamp");
        run(&root, &["build"]).expect(0);
        let at = |path: &str| fs::metadata(root.join(path)).and_then(|meta| meta.modified()).expect("a file");
        let stamped = at(STAMP);
        run(&root, &["build"]).expect(0);
        assert_eq!(at(STAMP), stamped, "nothing had changed, the {again}. time");
    }
}

#[test]
fn whatever_differs_is_built() {
    let (_guard, root) = built();
    let clean = files_below(&root.join("dist"));

    edit(&root, PAGE, "\n## ", "\nOne more sentence.\n\n## ");
    assert!(!run(&root, &["build"]).expect(0).out.contains(" 0 changed"));
    assert_ne!(clean, files_below(&root.join("dist")));
    edit(&root, PAGE, "\nOne more sentence.\n\n## ", "\n## ");
    run(&root, &["build"]).expect(0);
    assert_eq!(clean, files_below(&root.join("dist")));

    sleep(Duration::from_millis(120));
    run(&root, &["build"]).expect(0);
    fs::write(root.join(OUTPUT), "by hand").expect("it can be written");
    assert!(run(&root, &["build", "--check"]).expect(1).out.contains("differs: dist/site/index.html"));
    assert!(run(&root, &["build"]).expect(0).out.contains(" 1 changed"));
    fs::remove_file(root.join(OUTPUT)).expect("it can be removed");
    assert!(run(&root, &["build"]).expect(0).out.contains("(1 new"));
    assert_eq!(clean, files_below(&root.join("dist")));

    // A new file, and one that is gone.
    fs::create_dir_all(root.join("themes/ours/words")).expect("a folder");
    fs::write(root.join("themes/ours/words/en.yml"), "menu: Bill of fare\n").expect("a file");
    edit(&root, "content/course.yml", "title: My course", "theme: ours\ntitle: My course");
    run(&root, &["build"]).expect(0);
    assert!(read(&root, OUTPUT).contains("Bill of fare"));
    sleep(Duration::from_millis(120));
    run(&root, &["build"]).expect(0);
    fs::remove_file(root.join("themes/ours/words/en.yml")).expect("it can be removed");
    let gone = run(&root, &["build"]);
    assert!(gone.code != 0 || !gone.out.contains("(0 new, 0 changed, "), "{}", gone.out);
}

#[test]
fn another_request_is_another_build() {
    let (_guard, root) = built();
    // The scenario of a new course is a draft.
    assert!(!run(&root, &["build", "--drafts"]).expect(0).out.contains("(0 new"));
    assert!(!run(&root, &["build"]).expect(0).out.contains(" 0 removed"));
}

#[test]
fn findings_leave_no_stamp() {
    let (_guard, root) = built();
    edit(&root, PAGE, "\n## ", "\nThe the word stands twice.\n\n## ");
    sleep(Duration::from_millis(120));
    for _ in 0..2 {
        let run = run(&root, &["build"]).expect(0);
        assert!(run.out.contains("prose/repeated-word"), "{}", run.out);
    }
    assert!(!root.join(STAMP).is_file());
}

#[test]
fn a_damaged_stamp_is_none() {
    let (_guard, root) = built();
    for damaged in ["", "{}", "[1]", "{\"made_by\": 3}"] {
        fs::write(root.join(STAMP), damaged).expect("it can be written");
        assert!(run(&root, &["build"]).expect(0).out.contains("(0 new, 0 changed, "));
    }
    assert!(read(&root, STAMP).contains("made_by"));
}
