//! Writing the output tree: what a run creates, changes, removes and leaves alone, also after one
//! that was cut off.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::fs;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::emit::content::{Content, Keeper};
use scenarist::emit::tree::{OutputFile, OutputTree};
use scenarist::write::{Manifest, Plan, Staging, WriteError, Written, apply_plan, plan_write};

const RECORD: &str = ".scenarist/manifest.json";

/// A project folder that is removed with the value.
struct Project {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8PathBuf::from_path_buf(folder.path().join("course")).expect("a UTF-8 path");
        fs::create_dir(&root).expect("a project folder");
        Self { _folder: folder, root }
    }

    fn at(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.at(path)).ok()
    }

    fn plan(&self, tree: &OutputTree) -> Result<Plan, WriteError> {
        plan_write(&self.root, tree, &Manifest::load(&self.root)?)
    }

    fn build(&self, tree: &OutputTree) -> Result<Written, WriteError> {
        self.build_staged(tree, &Staging::new(&self.root))
    }

    /// With what was staged for the tree.
    fn build_staged(&self, tree: &OutputTree, staging: &Staging) -> Result<Written, WriteError> {
        let manifest = Manifest::load(&self.root)?;
        let plan = plan_write(&self.root, tree, &manifest)?;
        let written = apply_plan(&self.root, tree, plan.clone(), &manifest, staging)?;
        assert_eq!(written.manifest, Manifest::load(&self.root)?, "the record is what was returned");
        let second = self.plan(tree)?;
        assert!(second.is_empty(), "nothing is left to do: {second:?}");
        Ok(written)
    }

    /// Everything below `dist/`, links not followed.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        for entry in walkdir::WalkDir::new(self.at("dist")).into_iter().filter_map(Result::ok) {
            if !entry.file_type().is_dir() {
                let path = entry.path().strip_prefix(&self.root).expect("below the root");
                found.push(path.to_string_lossy().into_owned());
            }
        }
        found.sort();
        found
    }
}

fn tree(files: &[(&str, &str)]) -> OutputTree {
    let mut tree = OutputTree::default();
    for (path, text) in files {
        tree.insert(*path, *text, None).expect("a free path");
    }
    tree
}

/// Created, updated, deleted, unchanged.
fn counts(written: &Written) -> (usize, usize, usize, usize) {
    (written.created, written.updated, written.deleted, written.unchanged)
}

fn paths(paths: &[Utf8PathBuf]) -> Vec<&str> {
    paths.iter().map(|path| path.as_str()).collect()
}

#[test]
fn the_first_run_creates_and_the_second_has_nothing_to_do() {
    let project = Project::new();
    let tree = tree(&[("dist/site/index.html", "<p>"), ("dist/monorepo/a/README.md", "# A")]);
    assert_eq!(counts(&project.build(&tree).expect("writes")), (2, 0, 0, 0));
    assert_eq!(project.text("dist/site/index.html").as_deref(), Some("<p>"));
    let record = fs::metadata(project.at(RECORD)).and_then(|meta| meta.modified()).expect("a record");
    assert_eq!(counts(&project.build(&tree).expect("writes")), (0, 0, 0, 2));
    let after = fs::metadata(project.at(RECORD)).and_then(|meta| meta.modified()).expect("a record");
    assert_eq!(record, after, "a run without changes writes nothing");
}

#[test]
fn only_the_changed_file_is_touched() {
    let project = Project::new();
    project.build(&tree(&[("dist/a", "1"), ("dist/b", "1")])).expect("writes");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in ["dist/a", "dist/b"] {
        let file = fs::File::options().write(true).open(project.at(path)).expect("a file");
        file.set_modified(old).expect("a time");
    }
    let written = project.build(&tree(&[("dist/a", "1"), ("dist/b", "2")])).expect("writes");
    assert_eq!(counts(&written), (0, 1, 0, 1));
    let time = |path| fs::metadata(project.at(path)).and_then(|meta| meta.modified()).expect("a time");
    assert_eq!(time("dist/a"), old);
    assert_ne!(time("dist/b"), old);
}

#[test]
fn an_output_changed_by_hand_is_put_right_and_named() {
    let project = Project::new();
    let tree = tree(&[("dist/a", "12"), ("dist/b", "12")]);
    project.build(&tree).expect("writes");
    project.put("dist/a", "21");
    let plan = project.plan(&tree).expect("a plan");
    assert_eq!((paths(&plan.update), paths(&plan.edited)), (vec!["dist/a"], vec!["dist/a"]));
    project.build(&tree).expect("writes");
    assert_eq!(project.text("dist/a").as_deref(), Some("12"));
}

#[test]
fn what_is_no_longer_made_goes_and_empty_folders_with_it() {
    let project = Project::new();
    project.build(&tree(&[("dist/a/b/c/d", "1"), ("dist/a/b/e", "1"), ("dist/x/y", "1")])).expect("writes");
    project.put("dist/x/mine", "kept");
    fs::create_dir(project.at("dist/empty")).expect("a folder");
    let written = project.build(&tree(&[("dist/a/b/e", "1")])).expect("writes");
    assert_eq!(counts(&written), (0, 0, 2, 1));
    assert_eq!(project.files(), ["dist/a/b/e", "dist/x/mine"]);
    assert!(!project.at("dist/a/b/c").exists());
    assert!(project.at("dist/empty").exists(), "no file of ours was ever in it");

    project.build(&tree(&[])).expect("writes");
    assert!(!project.at("dist/a").exists());
    assert_eq!(project.files(), ["dist/x/mine"]);
}

#[test]
fn foreign_files_stay_and_are_listed() {
    let project = Project::new();
    project.put("dist/README.md", "mine");
    project.put("dist/site/.git/HEAD", "mine");
    project.put("dist/site/notes.txt", "mine");
    project.put("dist/other/notes.txt", "mine");
    let tree = tree(&[("dist/site/index.html", "<p>")]);
    let plan = project.plan(&tree).expect("a plan");
    assert_eq!(paths(&plan.foreign), ["dist/README.md", "dist/site/notes.txt"]);
    project.build(&tree).expect("writes");
    project.build(&OutputTree::default()).expect("writes");
    let left = ["dist/README.md", "dist/other/notes.txt", "dist/site/.git/HEAD", "dist/site/notes.txt"];
    assert_eq!(project.files(), left);
}

#[test]
fn a_foreign_file_at_a_path_of_ours_is_replaced() {
    let project = Project::new();
    project.put("dist/a", "mine");
    let written = project.build(&tree(&[("dist/a", "ours")])).expect("writes");
    assert_eq!(counts(&written), (0, 1, 0, 0));
    assert_eq!(project.text("dist/a").as_deref(), Some("ours"));
}

#[test]
fn without_the_record_nothing_is_removed() {
    for damaged in [None, Some(""), Some("{\"dist/a\": "), Some("[1]"), Some("{\"dist/a\": 1}")] {
        let project = Project::new();
        project.build(&tree(&[("dist/a", "1"), ("dist/b", "1")])).expect("writes");
        match damaged {
            None => fs::remove_file(project.at(RECORD)).expect("removed"),
            Some(text) => project.put(RECORD, text),
        }
        let written = project.build(&tree(&[("dist/b", "1")])).expect("writes");
        assert_eq!(counts(&written), (0, 0, 0, 1), "{damaged:?}");
        assert_eq!(project.files(), ["dist/a", "dist/b"]);
    }
}

#[test]
fn a_record_that_names_files_outside_the_output_removes_none_of_them() {
    let project = Project::new();
    let sources = ["content/course.yml", "dist/../content/a.md", "README.md", "dist"];
    project.put("content/course.yml", "mine");
    project.put("content/a.md", "mine");
    project.put("README.md", "mine");
    project.put("dist/old", "ours");
    let outside = project.root.parent().expect("a folder").join("outside");
    fs::write(&outside, "mine").expect("a file");
    let entries = sources.iter().copied().chain(["../outside", outside.as_str(), "dist/old"]);
    let record: serde_json::Map<_, _> = entries.map(|path| (path.to_owned(), "0".into())).collect();
    project.put(RECORD, &serde_json::Value::Object(record).to_string());
    assert_eq!(project.build(&OutputTree::default()).expect("writes").deleted, 1);
    assert!(["content/course.yml", "content/a.md", "README.md"].iter().all(|path| project.at(path).exists()));
    assert!(outside.exists());
}

#[test]
fn the_record_is_sorted_json_with_a_hash_for_each_file() {
    let project = Project::new();
    project.build(&tree(&[("dist/b", "1"), ("dist/a/c", "2")])).expect("writes");
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let expected = format!("{{\n  \"dist/a/c\": \"{}\",\n  \"dist/b\": \"{}\"\n}}\n", hash("2"), hash("1"));
    assert_eq!(project.text(RECORD), Some(expected));
}

#[test]
fn a_run_that_was_cut_off_is_finished_by_the_next() {
    let project = Project::new();
    project.build(&tree(&[("dist/a", "1"), ("dist/old/b", "1")])).expect("writes");
    // As left behind by a run that got as far as its second file.
    project
        .put(RECORD, "{\"dist/a\": null, \"dist/new/c\": null, \"dist/new/d\": null, \"dist/old/b\": \"0\"}");
    project.put("dist/a", "2");
    project.put("dist/new/c", "2");
    project.put("dist/new/.scenarist-tmp-0", "hal");
    project.put(".scenarist/.scenarist-tmp-1", "{");
    project.put("dist/new/.scenarist-tmp-notes", "mine");
    let next = tree(&[("dist/a", "3"), ("dist/e", "3")]);
    let plan = project.plan(&next).expect("a plan");
    assert_eq!(paths(&plan.leftover), [".scenarist/.scenarist-tmp-1", "dist/new/.scenarist-tmp-0"]);
    assert_eq!(paths(&plan.delete), ["dist/new/c", "dist/old/b"]);
    assert_eq!(paths(&plan.edited), ["dist/old/b"], "a file that was under way is not an edited one");
    project.build(&next).expect("writes");
    assert_eq!(project.files(), ["dist/a", "dist/e", "dist/new/.scenarist-tmp-notes"]);
    assert!(!project.at(".scenarist/.scenarist-tmp-1").exists());
    assert!(!project.at("dist/old").exists());
}

#[test]
fn a_run_that_stops_at_an_error_keeps_what_it_wrote_on_record() {
    let project = Project::new();
    let first = tree(&[("dist/a", "1"), ("dist/b/c", "1"), ("dist/z", "1")]);
    let manifest = Manifest::load(&project.root).expect("a record");
    let plan = plan_write(&project.root, &first, &manifest).expect("a plan");
    // Comes into being between plan and apply.
    project.put("dist/b", "mine");
    let error = apply_plan(&project.root, &first, plan.clone(), &manifest, &Staging::new(&project.root))
        .expect_err("no folder can be there");
    assert!(matches!(&error, WriteError::Write { path, .. } if path == "dist/b/c"), "{error:?}");
    assert_eq!(project.files(), ["dist/a", "dist/b"]);
    assert!(Manifest::load(&project.root).expect("a record").contains("dist/a".into()));
    project.build(&OutputTree::default()).expect("writes");
    assert_eq!(project.files(), ["dist/b"]);
}

#[test]
fn what_another_build_wrote_since_the_plan_stays_on_record() {
    let project = Project::new();
    let ours = tree(&[("dist/a", "1")]);
    let manifest = Manifest::load(&project.root).expect("a record");
    let plan = plan_write(&project.root, &ours, &manifest).expect("a plan");
    project.build(&tree(&[("dist/b", "2")])).expect("writes");
    apply_plan(&project.root, &ours, plan.clone(), &manifest, &Staging::new(&project.root)).expect("writes");
    assert_eq!(project.files(), ["dist/a", "dist/b"]);
    project.build(&ours).expect("writes");
    assert_eq!(project.files(), ["dist/a"]);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let project = Project::new();
    project.build(&tree(&[("dist/a", "1"), ("dist/b/c/d", "1")])).expect("writes");
    fs::create_dir(project.at("dist/b/empty")).expect("a folder");
    let swapped = tree(&[("dist/a/x/y", "2"), ("dist/b", "2")]);
    assert_eq!(counts(&project.build(&swapped).expect("writes")), (2, 0, 2, 0));
    assert_eq!(project.files(), ["dist/a/x/y", "dist/b"]);
}

#[test]
fn a_foreign_file_in_the_place_of_a_folder_is_an_error_and_nothing_changes() {
    let project = Project::new();
    project.put("dist/a", "mine");
    let error = project.build(&tree(&[("dist/0", "1"), ("dist/a/b", "1")])).expect_err("in the way");
    assert!(matches!(&error, WriteError::FileInTheWay { path } if path == "dist/a"), "{error:?}");
    assert_eq!(project.files(), ["dist/a"]);
}

#[test]
fn a_folder_with_a_foreign_file_in_the_place_of_a_file_is_an_error_and_nothing_changes() {
    let project = Project::new();
    project.build(&tree(&[("dist/a/b", "1")])).expect("writes");
    project.put("dist/a/c/mine", "mine");
    let error = project.build(&tree(&[("dist/a", "1")])).expect_err("in the way");
    let words = "`dist/a` has to be a file, but a folder with `dist/a/c/mine` has this name";
    assert!(error.to_string().starts_with(words), "{error}");
    assert_eq!(project.files(), ["dist/a/b", "dist/a/c/mine"]);
}

#[test]
fn a_record_folder_that_is_a_file_is_an_error_with_its_path() {
    let project = Project::new();
    project.put(".scenarist", "mine");
    let error = project.build(&tree(&[("dist/a", "1")])).expect_err("no folder");
    assert!(matches!(&error, WriteError::Read { path, .. } if path == RECORD), "{error:?}");
}

#[test]
fn a_project_folder_that_is_a_file_is_an_error_and_nothing_is_written() {
    let project = Project::new();
    project.put("file", "mine");
    let tree = tree(&[("dist/a", "1")]);
    let root = project.at("file");
    let plan = plan_write(&root, &tree, &Manifest::default()).expect("nothing is there");
    let error = apply_plan(&root, &tree, plan.clone(), &Manifest::default(), &Staging::new(&root))
        .expect_err("no folder");
    assert!(matches!(&error, WriteError::Write { path, .. } if path == ".scenarist/lock"), "{error:?}");
    assert_eq!(project.text("file").as_deref(), Some("mine"));
}

#[test]
#[should_panic(expected = "is not below `dist/`")]
fn a_tree_with_a_path_outside_the_output_folder_is_a_bug() {
    let _ = Project::new().plan(&tree(&[("content/a", "1")]));
}

#[test]
fn many_files_in_deep_folders_come_and_go() {
    let project = Project::new();
    let mut all = OutputTree::default();
    for number in 0..500 {
        let path = format!("dist/{}/{}/{number}.md", number % 7, number % 5);
        all.insert(path, format!("{number}"), None).expect("a free path");
    }
    assert_eq!(project.build(&all).expect("writes").created, 500);
    assert_eq!(project.build(&all).expect("writes").unchanged, 500);
    assert_eq!(project.build(&OutputTree::default()).expect("writes").deleted, 500);
    assert!(!project.at("dist").exists());
}

/// The same tree as [`tree`], with contents that are kept by a staging folder; those are long.
fn staged(staging: &Staging, files: &[(&str, &str)]) -> OutputTree {
    let keeper = staging.keeper();
    let mut tree = OutputTree::kept_by(keeper.clone());
    for (path, text) in files {
        let content = keeper.keep(*path, text.repeat(LONG));
        let file = OutputFile { content, executable: false, origin: None };
        tree.insert_file((*path).into(), file).expect("a free path");
    }
    tree
}

const LONG: usize = 1000;
const STAGING: &str = ".scenarist/staging";

fn is_staged(tree: &OutputTree, path: &str) -> bool {
    matches!(&tree.get(path).expect("a file").content, Content::Stored(stored, _) if !stored.is_in_place())
}

fn is_in_place(tree: &OutputTree, path: &str) -> bool {
    tree.get(path).expect("a file").content.is_in_place()
}

#[test]
fn staged_contents_are_moved_and_those_that_are_there_stay() {
    let project = Project::new();
    let staging = Staging::new(&project.root);
    let first = staged(&staging, &[("dist/a/b", "1"), ("dist/c", "1"), ("dist/d", "1")]);
    assert!(is_staged(&first, "dist/a/b"));
    assert_eq!(first.text("dist/c").as_deref(), Some("1".repeat(LONG).as_str()));
    assert!(!project.at("dist").exists(), "nothing is written yet");
    let manifest = Manifest::default();
    let plan = plan_write(&project.root, &first, &manifest).expect("a plan");
    let written = apply_plan(&project.root, &first, plan.clone(), &manifest, &staging).expect("writes");
    assert_eq!(counts(&written), (3, 0, 0, 0));
    assert_eq!(written.manifest, Manifest::load(&project.root).expect("a record"));
    drop(staging);
    assert!(!project.at(STAGING).exists(), "nothing is left there");
    for path in ["dist/a/b", "dist/c", "dist/d"] {
        assert_eq!(project.text(path), Some("1".repeat(LONG)));
    }

    project.put("dist/d", &"2".repeat(LONG));
    let staging = Staging::new(&project.root);
    let second = staged(&staging, &[("dist/a/b", "1"), ("dist/c", "3"), ("dist/d", "1")]);
    assert!(is_in_place(&second, "dist/a/b"));
    assert!(is_staged(&second, "dist/c") && is_staged(&second, "dist/d"));
    let plan = project.plan(&second).expect("a plan");
    assert_eq!((paths(&plan.update), paths(&plan.edited)), (vec!["dist/c", "dist/d"], vec!["dist/d"]));
    assert_eq!(counts(&project.build(&second).expect("writes")), (0, 2, 0, 1));
    assert_eq!(project.text("dist/c"), Some("3".repeat(LONG)));
}

#[test]
fn nothing_but_outputs_comes_with_a_folder_that_is_new() {
    let project = Project::new();
    let staging = Staging::new(&project.root);
    let mut first = staged(&staging, &[("dist/a/b", "1"), ("dist/a/c/d", "1"), ("dist/e", "1")]);
    first.insert("dist/a/small", "1", None).expect("a free path");
    first.insert_executable("dist/f/run", "1", None).expect("a free path");
    // Made, but not an output; and made for an output that got another content.
    let _ = staging.keeper().keep("dist/a/gone", "1".repeat(LONG));
    let _ = staging.keeper().keep("dist/a/small", "2".repeat(LONG));
    let all = ["dist/a/b", "dist/a/c/d", "dist/a/small", "dist/e", "dist/f/run"];
    let manifest = Manifest::default();
    let plan = plan_write(&project.root, &first, &manifest).expect("a plan");
    apply_plan(&project.root, &first, plan.clone(), &manifest, &staging).expect("writes");
    assert_eq!(project.files(), all);
    drop(staging);

    // The same where all that was made is an output, with a folder that is there and holds a foreign file.
    fs::remove_dir_all(project.at("dist/a")).expect("a folder");
    fs::remove_dir_all(project.at("dist/f")).expect("a folder");
    project.put("dist/mine", "mine");
    let staging = Staging::new(&project.root);
    let mut second = staged(&staging, &[("dist/a/b", "1"), ("dist/a/c/d", "1"), ("dist/e", "1")]);
    second.insert("dist/a/small", "1", None).expect("a free path");
    second.insert_executable("dist/f/run", "1", None).expect("a free path");
    let manifest = Manifest::load(&project.root).expect("a record");
    let plan = plan_write(&project.root, &second, &manifest).expect("a plan");
    let written = apply_plan(&project.root, &second, plan.clone(), &manifest, &staging).expect("writes");
    assert_eq!(counts(&written), (4, 0, 0, 1));
    assert_eq!(project.files(), [&all[..], &["dist/mine"]].concat());
    assert_eq!(project.text("dist/a/small").as_deref(), Some("1"));
    assert!(project.plan(&second).expect("a plan").is_empty(), "rights and bytes are as they should be");
}

#[test]
fn nothing_is_staged_outside_of_its_folder() {
    let project = Project::new();
    let staging = Staging::new(&project.root);
    let bad = ["dist/../../../../../outside", "../outside", "/outside", "dist//a", "dist/./a"];
    for path in bad {
        let content = staging.keeper().keep(path, "1".repeat(LONG));
        assert!(matches!(content, Content::Stored(..)), "{path}");
        assert_eq!(content.read(), "1".repeat(LONG).as_bytes(), "{path}");
    }
    let staged = fs::read_dir(project.at(STAGING)).expect("a folder");
    let mut names: Vec<_> = staged.map(|entry| entry.expect("a file").file_name()).collect();
    names.sort();
    assert_eq!(names, ["0", "1", "2", "3", "4", "lock"]);
    assert_eq!(fs::read_dir(&project.root).expect("a folder").count(), 1);
    let around = project.root.parent().expect("a folder");
    assert_eq!(fs::read_dir(around).expect("a folder").count(), 1);
}

#[test]
fn two_contents_for_one_output_are_staged_apart() {
    let project = Project::new();
    let staging = Staging::new(&project.root);
    let first = staging.keeper().keep("dist/a", "1".repeat(LONG));
    let second = staging.keeper().keep("dist/a", "2".repeat(LONG));
    let below = staging.keeper().keep("dist/a/b", "3".repeat(LONG));
    for (content, digit) in [(&first, "1"), (&second, "2"), (&below, "3")] {
        assert_eq!(content.read(), digit.repeat(LONG).as_bytes());
    }
    let mut tree = OutputTree::default();
    let file = OutputFile { content: second, executable: false, origin: None };
    tree.insert_file("dist/a".into(), file).expect("a free path");
    project.build_staged(&tree, &staging).expect("writes");
    assert_eq!(project.files(), ["dist/a"]);
    assert_eq!(project.text("dist/a"), Some("2".repeat(LONG)));
}

#[test]
fn a_run_that_writes_nothing_leaves_nothing() {
    let project = Project::new();
    let staging = Staging::new(&project.root);
    let tree = staged(&staging, &[("dist/a", "1")]);
    assert!(is_staged(&tree, "dist/a"));
    drop(staging);
    assert_eq!(fs::read_dir(&project.root).expect("a folder").count(), 0);

    let staging = Staging::only_comparing(&project.root);
    let tree = staged(&staging, &[("dist/a", "1")]);
    assert!(matches!(tree.get("dist/a").expect("a file").content, Content::Held(_)));
    assert_eq!(fs::read_dir(&project.root).expect("a folder").count(), 0);
}

#[test]
fn what_a_run_that_was_cut_off_staged_goes_with_the_next() {
    let project = Project::new();
    project.put(&format!("{STAGING}/0"), "hal");
    project.put(&format!("{STAGING}/17"), "half");
    project.put(&format!("{STAGING}/lock"), "");
    project.put(&format!("{STAGING}/mine"), "mine");
    let staging = Staging::new(&project.root);
    project.build(&staged(&staging, &[("dist/a", "1")])).expect("writes");
    drop(staging);
    let left = fs::read_dir(project.at(STAGING)).expect("a folder");
    let left: Vec<_> = left.map(|entry| entry.expect("a file").file_name()).collect();
    assert_eq!(left, ["mine"]);
    assert_eq!(project.text("dist/a"), Some("1".repeat(LONG)));

    // Also if that one has nothing to stage.
    project.put(&format!("{STAGING}/3"), "half");
    fs::remove_file(project.at(&format!("{STAGING}/mine"))).expect("a file");
    let staging = Staging::new(&project.root);
    assert!(is_in_place(&staged(&staging, &[("dist/a", "1")]), "dist/a"));
    drop(staging);
    assert!(!project.at(STAGING).exists());
}

#[test]
fn beside_another_run_and_without_a_folder_contents_stay_in_memory() {
    let project = Project::new();
    let (first, second) = (Staging::new(&project.root), Staging::new(&project.root));
    let one = staged(&first, &[("dist/a", "1")]);
    let other = staged(&second, &[("dist/b", "2")]);
    assert!(is_staged(&one, "dist/a") && !is_staged(&other, "dist/b"));
    drop(second);
    project.build(&other).expect("writes");
    project.build(&one).expect("writes");
    assert_eq!(project.files(), ["dist/a"]);

    let project = Project::new();
    project.put(".scenarist", "mine");
    let staging = Staging::new(&project.root);
    let tree = staged(&staging, &[("dist/a", "1")]);
    assert!(!is_staged(&tree, "dist/a"));
    drop(staging);
    assert_eq!(project.text(".scenarist").as_deref(), Some("mine"));
}

#[test]
fn an_output_that_changes_while_a_build_runs_is_not_taken_for_what_it_was() {
    let project = Project::new();
    project.build(&staged(&Staging::new(&project.root), &[("dist/a", "1")])).expect("writes");
    let staging = Staging::new(&project.root);
    let tree = staged(&staging, &[("dist/a", "1")]);
    assert!(is_in_place(&tree, "dist/a"));
    project.put("dist/a", "changed");
    let error = project.build(&tree).expect_err("its content is lost");
    assert!(matches!(&error, WriteError::Read { path, .. } if path == "dist/a"), "{error:?}");
    assert_eq!(project.text("dist/a").as_deref(), Some("changed"));
    assert!(staging.check().is_ok(), "nobody was misled");
    assert_eq!(tree.text("dist/a").as_deref(), Some(""));
    let error = staging.check().expect_err("somebody was");
    assert!(matches!(&error, WriteError::Read { path, .. } if path == "dist/a"), "{error:?}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::{Command, Stdio};

    use super::*;

    fn mode(project: &Project, path: &str) -> u32 {
        fs::metadata(project.at(path)).expect("a file").permissions().mode()
    }

    #[test]
    fn a_script_can_be_run_and_other_files_cannot() {
        let project = Project::new();
        let mut outputs = tree(&[("dist/a.md", "1")]);
        outputs.insert_executable("dist/run.sh", "#!/bin/sh\n", None).expect("a free path");
        project.build(&outputs).expect("writes");
        assert_eq!(mode(&project, "dist/run.sh") & 0o100, 0o100);
        assert_eq!(mode(&project, "dist/a.md") & 0o111, 0);
        fs::set_permissions(project.at("dist/run.sh"), fs::Permissions::from_mode(0o644)).expect("set");
        assert_eq!(counts(&project.build(&outputs).expect("writes")), (0, 1, 0, 1));
        assert_eq!(mode(&project, "dist/run.sh") & 0o100, 0o100);
    }

    #[test]
    fn links_are_replaced_and_what_they_point_to_stays() {
        let project = Project::new();
        project.put("outside/a", "mine");
        project.put("outside/b/c", "mine");
        project.put("dist/z", "mine");
        symlink(project.at("outside/a"), project.at("dist/a")).expect("a link");
        symlink(project.at("outside/b"), project.at("dist/b")).expect("a link");
        symlink("nowhere", project.at("dist/broken")).expect("a link");
        let files =
            [("dist/a", "ours"), ("dist/b/c", "ours"), ("dist/b/d/e", "ours"), ("dist/broken", "ours")];
        let plan = project.plan(&tree(&files)).expect("a plan");
        assert_eq!(paths(&plan.links), ["dist/b"]);
        assert_eq!(paths(&plan.foreign), ["dist/z"]);
        project.build(&tree(&files)).expect("writes");
        assert_eq!(project.files(), ["dist/a", "dist/b/c", "dist/b/d/e", "dist/broken", "dist/z"]);
        assert!(files.iter().all(|(path, _)| project.text(path).as_deref() == Some("ours")));
        assert_eq!(project.text("outside/a").as_deref(), Some("mine"));
        assert_eq!(project.text("outside/b/c").as_deref(), Some("mine"));
        assert!(!project.at("outside/b/d").exists());
    }

    #[test]
    fn nothing_is_removed_through_a_link() {
        let project = Project::new();
        project.build(&tree(&[("dist/a/b/c", "1"), ("dist/d", "1"), ("dist/e", "1")])).expect("writes");
        fs::remove_dir_all(project.at("dist/a")).expect("removed");
        fs::remove_file(project.at("dist/d")).expect("removed");
        project.put("outside/b/c", "mine");
        symlink(project.at("outside"), project.at("dist/a")).expect("a link");
        symlink(project.at("outside/b/c"), project.at("dist/d")).expect("a link");
        project.build(&tree(&[("dist/e", "1")])).expect("writes");
        assert_eq!(project.text("outside/b/c").as_deref(), Some("mine"));
        assert_eq!(project.files(), ["dist/a", "dist/e"], "the link at a path of ours is gone");
    }

    #[test]
    fn a_linked_output_folder_is_an_error_and_nothing_is_written_there() {
        let project = Project::new();
        fs::create_dir(project.at("elsewhere")).expect("a folder");
        symlink(project.at("elsewhere"), project.at("dist")).expect("a link");
        let error = project.build(&tree(&[("dist/a", "1")])).expect_err("a link");
        assert!(matches!(&error, WriteError::LinkedOutput { path } if path == "dist"), "{error:?}");
        assert_eq!(fs::read_dir(project.at("elsewhere")).expect("a folder").count(), 0);
    }

    #[test]
    fn a_pipe_at_a_path_of_ours_is_replaced_and_not_waited_for() {
        let project = Project::new();
        fs::create_dir(project.at("dist")).expect("a folder");
        let made = Command::new("mkfifo").arg(project.at("dist/a")).status().expect("mkfifo runs");
        assert!(made.success());
        project.build(&tree(&[("dist/a", "1")])).expect("writes");
        assert_eq!(project.text("dist/a").as_deref(), Some("1"));
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_an_error_with_the_path() {
        let project = Project::new();
        project.put("dist/locked/mine", "mine");
        fs::set_permissions(project.at("dist/locked"), fs::Permissions::from_mode(0o555)).expect("set");
        if fs::write(project.at("dist/locked/try"), "").is_ok() {
            return; // The superuser may write everywhere.
        }
        let error = project.build(&tree(&[("dist/locked/a", "1")])).expect_err("not allowed");
        assert!(matches!(&error, WriteError::Write { path, .. } if path == "dist/locked/a"), "{error:?}");
    }

    #[test]
    fn nothing_is_staged_or_found_through_a_link() {
        let project = Project::new();
        project.put("outside/b", &"1".repeat(LONG));
        fs::create_dir(project.at("dist")).expect("a folder");
        symlink(project.at("outside"), project.at("dist/a")).expect("a link");
        symlink(project.at("outside/b"), project.at("dist/c")).expect("a link");
        let staging = Staging::new(&project.root);
        let tree = staged(&staging, &[("dist/a/b", "1"), ("dist/c", "1")]);
        assert!(is_staged(&tree, "dist/a/b") && is_staged(&tree, "dist/c"));
        project.build(&tree).expect("writes");
        assert_eq!(project.files(), ["dist/a/b", "dist/c"]);
        assert!(!project.at("dist/a").is_symlink() && !project.at("dist/c").is_symlink());
        drop(staging);

        fs::create_dir(project.at("elsewhere")).expect("a folder");
        symlink(project.at("elsewhere"), project.at(STAGING)).expect("a link");
        let staging = Staging::new(&project.root);
        assert!(!is_staged(&staged(&staging, &[("dist/d", "1")]), "dist/d"));
        drop(staging);
        assert_eq!(fs::read_dir(project.at("elsewhere")).expect("a folder").count(), 0);
    }

    #[test]
    fn a_folder_that_is_new_is_the_one_that_was_staged() {
        use std::os::unix::fs::MetadataExt;
        let project = Project::new();
        let staging = Staging::new(&project.root);
        let tree = staged(&staging, &[("dist/a/b", "1"), ("dist/c", "1")]);
        let place = |path: &str| fs::metadata(project.at(path)).expect("a folder").ino();
        let folder = place(".scenarist/staging/tree/dist/a");
        project.build_staged(&tree, &staging).expect("writes");
        assert_eq!(place("dist/a"), folder);
    }

    #[test]
    fn no_folder_is_staged_through_a_link() {
        let project = Project::new();
        fs::create_dir_all(project.at(STAGING)).expect("a folder");
        project.put("elsewhere/mine", "mine");
        symlink(project.at("elsewhere"), project.at(".scenarist/staging/tree")).expect("a link");
        let staging = Staging::new(&project.root);
        project.build_staged(&staged(&staging, &[("dist/a", "1")]), &staging).expect("writes");
        drop(staging);
        assert_eq!(fs::read_dir(project.at("elsewhere")).expect("a folder").count(), 1);
        assert_eq!(project.text("elsewhere/mine").as_deref(), Some("mine"));
        assert_eq!(project.text("dist/a"), Some("1".repeat(LONG)));
    }

    const CHILD: &str = "SCENARIST_TEST_WRITES_BELOW";
    const SIZE: usize = 20_000;

    /// `a` and `b` share most files, with other content, and swap a file for a folder.
    fn large(letter: &str, keeper: &Keeper) -> OutputTree {
        let mut tree = OutputTree::default();
        let content = letter.repeat(SIZE);
        let paths = (0..40).map(|number| format!("dist/{}/{number}", number % 4));
        let swapped = if letter == "a" { ["dist/s", "dist/t/t"] } else { ["dist/s/s", "dist/t"] };
        let swapped = swapped.map(str::to_owned).into_iter().chain([format!("dist/only-{letter}")]);
        for path in paths.chain(swapped) {
            let content = keeper.keep(&path, content.as_str());
            let file = OutputFile { content, executable: false, origin: None };
            tree.insert_file(path.into(), file).expect("a free path");
        }
        tree
    }

    /// Does nothing by itself: the next test starts it in a process of its own and ends that.
    #[test]
    fn child_that_writes_until_it_is_killed() {
        let Ok(root) = std::env::var(CHILD) else { return };
        let root = Utf8Path::new(&root);
        for letter in ["a", "b"].into_iter().cycle() {
            let staging = Staging::new(root);
            let tree = large(letter, &staging.keeper());
            let manifest = Manifest::load(root).expect("a record");
            let plan = plan_write(root, &tree, &manifest).expect("a plan");
            apply_plan(root, &tree, plan.clone(), &manifest, &staging).expect("writes");
        }
    }

    #[test]
    fn killed_at_any_moment_every_file_is_old_or_new_and_none_is_lost() {
        let project = Project::new();
        project.put("dist/mine", "mine");
        for round in 0..12 {
            let mut child = Command::new(std::env::current_exe().expect("this test"))
                .args(["--exact", "unix::child_that_writes_until_it_is_killed"])
                .env(CHILD, &project.root)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("a process");
            while !project.at("dist/3/39").exists() {
                std::thread::sleep(Duration::from_millis(1));
                assert!(child.try_wait().expect("a state").is_none(), "the child writes");
            }
            std::thread::sleep(Duration::from_millis(20 + 7 * round));
            child.kill().expect("killed");
            child.wait().expect("ended");
            for path in project.files() {
                let text = project.text(&path).expect("text");
                let whole = text == "mine" || text == "a".repeat(SIZE) || text == "b".repeat(SIZE);
                assert!(whole || path.contains(".scenarist-tmp-"), "{path}: {} bytes", text.len());
            }
        }
        let staging = Staging::new(&project.root);
        let last = large("a", &staging.keeper());
        project.build(&last).expect("writes");
        assert_eq!(project.files().len(), last.len() + 1);
        drop(staging);
        assert!(!project.at(STAGING).exists(), "nothing of the killed ones is left");
        project.build(&OutputTree::default()).expect("writes");
        assert_eq!(project.files(), ["dist/mine"]);
    }
}
