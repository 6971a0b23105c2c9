//! What publishing does with each kind of file: ours, edited, removed, foreign, linked, moved.

#![allow(clippy::disallowed_methods, reason = "tests make files")]

mod publish_support;

use camino::Utf8PathBuf;
use publish_support::{Repository, built, home, words};
use scenarist::emit::tree::OutputFile;
use scenarist::publish::{Built, Cause, MANIFEST, Obstacle, Plan, PublishError, Word, Words};

const NONE: [(&str, &str); 0] = [];

fn of(files: &[(&str, &str)]) -> Built {
    built(files, &NONE)
}

fn paths(paths: &[Utf8PathBuf]) -> Vec<&str> {
    paths.iter().map(|path| path.as_str()).collect()
}

fn conflicts(plan: &Plan) -> Vec<(&str, Cause)> {
    plan.conflicts.iter().map(|conflict| (conflict.path.as_str(), conflict.cause)).collect()
}

/// Publishes; the plan must ask for nothing.
#[track_caller]
fn publish(repository: &Repository, built: &Built, said: &[(&str, Word)]) -> Plan {
    let ran = repository.publish(built, &words(said)).expect("publishes");
    assert!(!ran.plan.is_blocked(), "{:#?}", ran.plan);
    ran.plan
}

#[test]
fn the_first_publish_creates_and_the_second_has_nothing_to_do() {
    let repository = Repository::new();
    let all = of(&[("README.md", "1"), ("a/b/c", "1"), ("!a/run.sh", "1")]);
    let plan = repository.publish_all(&all);
    assert!(plan.is_first);
    assert_eq!(paths(&plan.create), ["README.md", "a/b/c", "a/run.sh"]);
    assert_eq!(repository.text("a/b/c").as_deref(), Some("1"));
    assert!(!cfg!(unix) || publish_support::is_executable(&repository.root.join("a/run.sh")));
    let again = repository.publish_all(&all);
    assert!(!again.is_first && again.is_up_to_date() && again.unchanged == 3);
}

#[test]
fn what_changes_is_updated_and_what_is_no_longer_built_goes() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1"), ("b/c/d", "1"), ("b/e", "1"), ("!x", "1")]));
    repository.put("b/mine", "mine");
    let plan = repository.publish_all(&of(&[("a", "2"), ("x", "1"), ("new", "1")]));
    assert_eq!(paths(&plan.create), ["new"]);
    assert_eq!(paths(&plan.update), if cfg!(unix) { vec!["a", "x"] } else { vec!["a"] });
    assert_eq!(paths(&plan.delete), ["b/c/d", "b/e"]);
    assert_eq!(repository.paths(), ["a", "b/mine", "new", "x"]);
    assert!(!repository.root.join("b/c").exists(), "an empty folder goes");
}

#[test]
fn a_hand_edit_is_asked_about_whether_or_not_the_source_has_changed() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"), ("e", "1")]));
    for path in ["a", "b", "c"] {
        repository.put(path, "by hand");
    }
    repository.remove("d");
    repository.remove("e");
    let next = of(&[("a", "1"), ("b", "2"), ("d", "1")]);
    let ran = repository.publish(&next, &Words::default()).expect("a plan");
    let expected =
        [("a", Cause::Edited), ("b", Cause::BothChanged), ("c", Cause::EditedAndGone), ("d", Cause::Removed)];
    assert_eq!(conflicts(&ran.plan), expected);
    assert_eq!(ran.plan.conflicts[0].theirs.as_deref(), Some(b"by hand".as_slice()));
    assert_eq!(ran.plan.conflicts[0].ours.as_deref(), Some(b"1".as_slice()));
    assert_eq!(repository.paths(), ["a", "b", "c"], "nothing was done");
    assert_eq!(repository.text("b").as_deref(), Some("by hand"));
}

#[test]
fn an_edit_that_equals_what_is_built_is_taken_silently() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1"), ("b", "1")]));
    repository.put("a", "2");
    let plan = repository.publish_all(&of(&[("a", "2"), ("b", "1")]));
    assert_eq!(paths(&plan.adopted), ["a"]);
    repository.publish_all(&of(&[("a", "3"), ("b", "1")]));
    assert_eq!(repository.text("a").as_deref(), Some("3"), "it is ours again");
}

#[test]
fn a_foreign_file_is_adopted_if_it_is_equal_and_asked_about_if_not() {
    let repository = Repository::new();
    repository.put("a", "1");
    repository.put("b", "theirs");
    let all = of(&[("a", "1"), ("b", "1")]);
    let plan = repository.plan(&all, &Words::default()).expect("a plan");
    assert_eq!((paths(&plan.adopted), conflicts(&plan)), (vec!["a"], vec![("b", Cause::Foreign)]));
    publish(&repository, &all, &[("b", Word::Overwrite)]);
    assert_eq!(repository.text("b").as_deref(), Some("1"));
    repository.publish_all(&of(&[]));
    assert_eq!(repository.paths(), NONE.map(|_| ""), "both were ours");
}

#[test]
fn a_kept_file_stays_until_it_is_built_so_or_overruled() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1"), ("b", "1")]));
    repository.put("a", "by hand");
    let plan = publish(&repository, &of(&[("a", "1"), ("b", "1")]), &[("a", Word::Keep)]);
    assert_eq!(plan.kept.len(), 1);
    for (text, is_outdated) in [("1", false), ("2", true)] {
        let plan = repository.publish_all(&of(&[("a", text), ("b", "1")]));
        let kept: Vec<_> = plan.kept.iter().map(|kept| (kept.path.as_str(), kept.is_outdated)).collect();
        assert_eq!(kept, [("a", is_outdated)]);
    }
    repository.put("a", "by another hand");
    let again = publish(&repository, &of(&[("a", "2"), ("b", "1")]), &[("a", Word::Keep)]);
    assert!(again.is_up_to_date(), "said twice, it changes nothing");
    assert_eq!(repository.text("a").as_deref(), Some("by another hand"));

    let built_so = repository.copy();
    assert_eq!(paths(&built_so.publish_all(&of(&[("a", "by another hand"), ("b", "1")])).adopted), ["a"]);
    built_so.publish_all(&of(&[("a", "3"), ("b", "1")]));
    assert_eq!(built_so.text("a").as_deref(), Some("3"));

    let overruled = repository.copy();
    publish(&overruled, &of(&[("a", "2"), ("b", "1")]), &[("a", Word::Overwrite)]);
    assert_eq!(overruled.text("a").as_deref(), Some("2"));
    assert!(overruled.publish_all(&of(&[("a", "2"), ("b", "1")])).kept.is_empty());

    let plan = repository.publish_all(&of(&[("b", "1")]));
    assert_eq!(paths(&plan.left), ["a"]);
    assert_eq!(repository.text("a").as_deref(), Some("by another hand"), "no longer ours, and left alone");
    let plan = repository.plan(&of(&[("a", "2"), ("b", "1")]), &Words::default()).expect("a plan");
    assert_eq!(conflicts(&plan), [("a", Cause::Foreign)]);
}

#[test]
fn a_file_removed_by_hand_stays_away_if_that_is_kept() {
    let repository = Repository::new();
    let all = of(&[("a", "1"), ("b", "1")]);
    repository.publish_all(&all);
    repository.remove("a");
    publish(&repository, &all, &[("a", Word::Keep)]);
    repository.publish_all(&of(&[("a", "2"), ("b", "1")]));
    assert_eq!(repository.paths(), ["b"]);
    publish(&repository, &all, &[("a", Word::Overwrite)]);
    assert_eq!(repository.paths(), ["a", "b"]);
}

#[test]
fn an_edited_file_that_is_no_longer_built_is_left_or_removed_as_decided() {
    for (word, left) in [(Word::Keep, vec!["a", "b"]), (Word::Overwrite, vec!["b"])] {
        let repository = Repository::new();
        repository.publish_all(&of(&[("a", "1"), ("b", "1")]));
        repository.put("a", "by hand");
        publish(&repository, &of(&[("b", "1")]), &[("a", word)]);
        assert_eq!(repository.paths(), left);
        assert!(repository.publish_all(&of(&[("b", "1")])).is_up_to_date());
    }
}

#[test]
fn a_word_about_a_file_that_needs_none_is_refused_with_the_nearest_that_does() {
    let repository = Repository::new();
    let all = of(&[("folder/README.md", "1"), ("b", "1")]);
    repository.publish_all(&all);
    repository.put("folder/README.md", "by hand");
    let refused = repository.plan(&all, &words(&[("folder/README", Word::Keep)])).expect_err("refused");
    assert!(refused.is_usage());
    assert!(refused.to_string().ends_with("did you mean `folder/README.md`?"), "{refused}");
    let folder = repository.plan(&all, &words(&[("folder", Word::Keep)])).expect_err("refused");
    assert!(folder.to_string().ends_with("it is a folder; name the files in it"), "{folder}");
    for path in ["b", "*", "folder", "../x"] {
        let refused = repository.plan(&all, &words(&[(path, Word::Overwrite)])).expect_err("refused");
        assert!(matches!(refused, PublishError::NothingToDecide { .. }), "{path}: {refused}");
    }
    let mut two = words(&[("b", Word::Keep)]);
    assert!(two.say("b".into(), Word::Keep).is_ok());
    assert!(two.say("b".into(), Word::Overwrite).expect_err("refused").is_usage());
}

#[test]
fn files_of_others_stay_also_in_folders_that_become_empty() {
    let repository = Repository::new();
    repository.put("mine", "mine");
    repository.publish_all(&of(&[("a/b", "1"), ("c/d", "1")]));
    repository.put("a/mine", "mine");
    repository.put("a/deep/mine", "mine");
    repository.publish_all(&of(&[]));
    assert_eq!(repository.paths(), ["a/deep/mine", "a/mine", "mine"]);
    assert!(!repository.root.join("c").exists());
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1"), ("b/c/d", "1")]));
    repository.publish_all(&of(&[("a/x/y", "2"), ("b", "2")]));
    assert_eq!(repository.paths(), ["a/x/y", "b"]);
}

#[test]
fn what_stands_in_the_way_of_a_folder_or_a_file_is_named() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("c/d", "1")]));
    repository.put("a", "mine");
    repository.put("b/x/mine", "mine");
    repository.put("c/mine", "mine");
    let next = of(&[("a/b/c", "1"), ("a/d", "1"), ("b", "1"), ("c", "1")]);
    let plan = repository.plan(&next, &Words::default()).expect("a plan");
    let expected = [
        Obstacle::NoFolder { path: "a".into(), is_link: false },
        Obstacle::Folder { path: "b".into(), foreign: "b/x".into() },
        Obstacle::Folder { path: "c".into(), foreign: "c/mine".into() },
    ];
    assert_eq!(plan.obstacles, expected);
    let refused = repository.plan(&next, &words(&[("a", Word::Overwrite)])).expect_err("refused");
    assert!(refused.to_string().contains("move it away"), "{refused}");
    assert_eq!(repository.paths(), ["a", "b/x/mine", "c/d", "c/mine"]);
}

#[test]
fn an_edited_file_in_the_way_is_asked_about_once() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1"), ("b/c", "1")]));
    repository.put("a", "by hand");
    repository.put("b/c", "by hand");
    let next = of(&[("a/x", "1"), ("b", "1")]);
    let plan = repository.plan(&next, &Words::default()).expect("a plan");
    assert_eq!(conflicts(&plan), [("a", Cause::EditedAndGone), ("b/c", Cause::EditedAndGone)]);
    assert_eq!(plan.obstacles, []);
    publish(&repository, &next, &[("a", Word::Overwrite), ("b/c", Word::Overwrite)]);
    assert_eq!(repository.paths(), ["a/x", "b"]);
}

#[test]
fn line_ends_that_git_made_on_windows_are_no_edit() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1\n2\n"), ("b", "1\n")]));
    repository.put("a", "1\r\n2\r\n");
    assert!(
        repository
            .plan(&of(&[("a", "1\n2\n"), ("b", "1\n")]), &Words::default())
            .expect("a plan")
            .is_up_to_date()
    );
    repository.publish_all(&of(&[("a", "3\n"), ("b", "1\n")]));
    assert_eq!(repository.text("a").as_deref(), Some("3\n"));
}

#[test]
fn a_moved_scenario_leaves_a_pointer_that_follows_it() {
    let repository = Repository::new();
    let at = |folder: &str| {
        let files = [
            format!("{folder}/README.md"),
            format!("{folder}/app.js"),
            format!(".devcontainer/{folder}/d.json"),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|path| (path.as_str(), "text")).collect();
        built(&files, &[("a", folder)])
    };
    repository.publish_all(&at("s1-a"));
    repository.put("s1-a/notes.txt", "a learner's");
    let plan = repository.publish_all(&at("s2-a"));
    assert_eq!(plan.moved.len(), 1);
    let expected =
        [".devcontainer/s2-a/d.json", "s1-a/README.md", "s1-a/notes.txt", "s2-a/README.md", "s2-a/app.js"];
    assert_eq!(repository.paths(), expected);
    let pointer = |folder: &str| repository.text(format!("{folder}/README.md")).expect("a pointer");
    assert!(pointer("s1-a").contains("[s2-a](../s2-a/README.md)"), "{}", pointer("s1-a"));

    repository.publish_all(&at("s3-a"));
    assert!(pointer("s1-a").contains("../s3-a/") && pointer("s2-a").contains("../s3-a/"));
    repository.publish_all(&at("s1-a"));
    assert_eq!(pointer("s1-a"), "text");
    assert!(pointer("s2-a").contains("../s1-a/") && pointer("s3-a").contains("../s1-a/"));
    repository.publish_all(&of(&[("README.md", "1")]));
    assert_eq!(repository.paths(), ["README.md", "s1-a/notes.txt"], "a pointer to nothing goes, too");
}

#[test]
fn two_scenarios_that_swap_their_folders_need_no_pointers() {
    let repository = Repository::new();
    let files = [("s1/README.md", "x"), ("s2/README.md", "y")];
    repository.publish_all(&built(&files, &[("a", "s1"), ("b", "s2")]));
    let swapped = [("s1/README.md", "y"), ("s2/README.md", "x")];
    let plan = repository.publish_all(&built(&swapped, &[("b", "s1"), ("a", "s2")]));
    assert_eq!((plan.moved.len(), paths(&plan.update)), (2, vec!["s1/README.md", "s2/README.md"]));
    assert_eq!(repository.text("s1/README.md").as_deref(), Some("y"));
}

#[test]
fn a_record_that_cannot_be_used_stops_everything() {
    let repository = Repository::new();
    repository.publish_all(&of(&[("a", "1")]));
    for text in [
        "",
        "{",
        "<<<<<<< HEAD",
        "{\"version\": 1, \"scenarios\": {}, \"files\": {\"../a\": {\"blake3\": \"0\"}}}",
    ] {
        repository.put(MANIFEST, text);
        let refused = repository.plan(&of(&[("a", "2")]), &Words::default()).expect_err("refused");
        assert!(matches!(refused, PublishError::BadManifest { .. }), "{refused}");
    }
}

#[test]
fn paths_of_git_and_of_the_record_are_refused() {
    for path in [".git/hooks/post-checkout", "a/.Git/x", MANIFEST] {
        let file = OutputFile { content: b"".as_slice().into(), executable: true, origin: None };
        let refused = Built::new([(path.into(), file)], [home("a", "s1")]).expect_err("refused");
        assert!(matches!(refused, PublishError::ReservedPath(_)), "{refused}");
    }
}

#[test]
fn the_record_says_what_was_published() {
    let repository = Repository::new();
    repository.publish_all(&built(&[("s1/README.md", "1"), ("!x.sh", "1")], &[("a", "s1")]));
    let hash = blake3::hash(b"1").to_hex();
    let record: serde_json::Value =
        serde_json::from_str(&repository.text(MANIFEST).expect("a record")).expect("JSON");
    assert_eq!(record["scenarios"], serde_json::json!({"a": "s1"}));
    assert_eq!(record["files"]["s1/README.md"], serde_json::json!({"blake3": hash.as_str()}));
    assert_eq!(record["files"]["x.sh"]["executable"], true);
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_are_never_followed_or_written_through() {
        let repository = Repository::new();
        repository.publish_all(&of(&[("a", "1"), ("b/c", "1"), ("d/e", "1")]));
        let outside = repository.root.parent().expect("a folder").join("outside");
        fs::create_dir(&outside).expect("a folder");
        fs::write(outside.join("c"), "theirs").expect("a file");
        fs::write(outside.join("e"), "1").expect("a file");
        for (path, target) in [("a", "c"), ("b", ""), ("d", "")] {
            let path = repository.root.join(path);
            if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.expect("removed");
            symlink(outside.join(target), &path).expect("a link");
        }
        let next = of(&[("a", "2"), ("b/c", "2")]);
        let plan = repository.plan(&next, &Words::default()).expect("a plan");
        assert_eq!(conflicts(&plan), [("a", Cause::Link)]);
        assert_eq!(plan.obstacles, [Obstacle::NoFolder { path: "b".into(), is_link: true }]);
        assert_eq!(paths(&plan.delete), NONE.map(|_| ""), "nothing is removed through a link");

        fs::remove_file(repository.root.join("b")).expect("removed");
        let asked = repository.plan(&next, &Words::default()).expect("a plan");
        assert_eq!(conflicts(&asked), [("a", Cause::Link), ("b/c", Cause::Removed)]);
        publish(&repository, &next, &[("a", Word::Overwrite), ("b/c", Word::Overwrite)]);
        assert!(!repository.root.join("a").is_symlink());
        assert_eq!(fs::read_to_string(outside.join("c")).expect("a file"), "theirs");
        assert_eq!(fs::read_to_string(outside.join("e")).expect("a file"), "1");
        assert!(repository.root.join("d").is_symlink(), "a link of others stays");
    }

    #[test]
    fn a_kept_link_stays() {
        let repository = Repository::new();
        symlink("elsewhere", repository.root.join("a")).expect("a link");
        publish(&repository, &of(&[("a", "1")]), &[("a", Word::Keep)]);
        repository.publish_all(&of(&[("a", "2")]));
        assert!(repository.root.join("a").is_symlink());
        repository.publish_all(&of(&[]));
        assert!(repository.root.join("a").is_symlink());
    }

    #[test]
    fn a_record_that_is_a_link_is_refused() {
        let repository = Repository::new();
        symlink("elsewhere", repository.root.join(MANIFEST)).expect("a link");
        let refused = repository.plan(&of(&[("a", "1")]), &Words::default()).expect_err("refused");
        assert!(refused.to_string().contains("no plain file"), "{refused}");
    }

    #[test]
    fn another_right_to_run_is_an_edit() {
        let repository = Repository::new();
        let all = of(&[("!run.sh", "1")]);
        repository.publish_all(&all);
        fs::set_permissions(repository.root.join("run.sh"), fs::Permissions::from_mode(0o644)).expect("set");
        let plan = repository.plan(&all, &Words::default()).expect("a plan");
        assert_eq!(conflicts(&plan), [("run.sh", Cause::Edited)]);
        assert_eq!(plan.conflicts[0].executable, (false, true));
        publish(&repository, &all, &[("run.sh", Word::Overwrite)]);
        assert!(publish_support::is_executable(&repository.root.join("run.sh")));
    }
}
