//! A publish that is killed at any of its writes: the next run finishes it or throws it away, nothing of
//! others is touched, and what somebody did in between is not lost.

#![allow(clippy::disallowed_methods, reason = "tests make files")]

mod publish_support;

use camino::Utf8PathBuf;
use publish_support::{HOME, Kill, Repository, Snapshot, built, words};
use rayon::prelude::*;
use scenarist::publish::{Built, MANIFEST, Recovered, Word, Words};

const HOMES_BEFORE: [(&str, &str); 2] = [("a", "s1-a"), ("b", "s2-b")];
const HOMES_AFTER: [(&str, &str); 2] = [("a", "s3-a"), ("b", "s2-b")];

/// Files that nobody but their authors may touch.
const OTHERS: [(&str, &str); 4] = [
    ("mine.txt", "mine"),
    ("s1-a/notes.txt", "mine"),
    ("swap-2/mine", "mine"),
    ("s2-b/SCENARIO.md", "edited"),
];

fn first() -> Built {
    let files = [
        ("README.md", "course 1"),
        (".devcontainer/s1-a/devcontainer.json", "{}"),
        ("s1-a/README.md", "a 1"),
        ("s1-a/SCENARIO.md", "page a"),
        ("!s1-a/run.sh", "#!/bin/sh"),
        ("s1-a/deep/er/x", "x"),
        ("s2-b/README.md", "b 1"),
        ("s2-b/SCENARIO.md", "page b 1"),
        ("!s2-b/run.sh", "#!/bin/sh"),
        ("swap/inner/file", "1"),
        ("flat", "1"),
    ];
    built(&files, &HOMES_BEFORE)
}

fn second() -> Built {
    let files = [
        ("README.md", "course 2"),
        (".devcontainer/s3-a/devcontainer.json", "{}"),
        ("s3-a/README.md", "a 2"),
        ("s3-a/SCENARIO.md", "page a"),
        ("!s3-a/run.sh", "#!/bin/sh"),
        ("s3-a/deep/er/x", "x"),
        ("s2-b/README.md", "b 2"),
        ("s2-b/SCENARIO.md", "page b 2"),
        ("s2-b/run.sh", "#!/bin/sh"),
        ("swap", "2"),
        ("flat/inner/file", "2"),
        ("taken/over", "ours"),
        ("!taken/same.sh", "same"),
        ("new", ""),
    ];
    built(&files, &HOMES_AFTER)
}

/// Something of everything: moves, swaps of files and folders, a kept file, a foreign one that is
/// overruled.
fn prepared() -> (Repository, Words) {
    let repository = Repository::new();
    repository.publish_all(&first());
    for (path, text) in OTHERS {
        repository.put(path, text);
    }
    let keep = words(&[("s2-b/SCENARIO.md", Word::Keep)]);
    let ran = repository.publish(&first(), &keep).expect("publishes");
    assert!(!ran.plan.is_blocked() && ran.plan.kept.len() == 1, "{:#?}", ran.plan);
    repository.put("taken/over", "foreign");
    (repository, words(&[("taken/over", Word::Overwrite)]))
}

/// The repository after a run that nothing stopped, and how many changes that took.
fn finished(prepared: &Repository, words: &Words) -> (Snapshot, usize) {
    let repository = prepared.copy();
    let kill = Kill::never(&repository.root);
    let ran = repository.publish_with(&second(), words, &|change| kill.before(change)).expect("publishes");
    assert!(!ran.plan.is_blocked(), "{:#?}", ran.plan);
    assert!(repository.plan(&second(), &Words::default()).expect("a plan").is_up_to_date());
    (repository.files(), kill.seen())
}

fn killed(prepared: &Repository, words: &Words, at: usize, half: bool) -> Repository {
    let repository = prepared.copy();
    let kill = Kill::new(&repository.root, at, half);
    let ran = repository.publish_with(&second(), words, &|change| kill.before(change));
    assert!(ran.is_err() && kill.has_struck(), "at {at}: {ran:?}");
    for (path, text) in OTHERS {
        assert_eq!(repository.text(path).as_deref(), Some(text), "at {at}: {path}");
    }
    repository
}

/// Every file is what it was before the run or what it is after it.
fn assert_old_or_new(repository: &Repository, old: &Snapshot, new: &Snapshot, what: &str) {
    for (path, content) in repository.files() {
        let is_temporary = path.file_name().is_some_and(|name| name.starts_with(".scenarist-tmp-"));
        let is_known = [old, new].iter().any(|all| all.get(&path) == Some(&content));
        assert!(is_temporary || is_known, "{what}: {path} is {:?}", String::from_utf8_lossy(&content.0));
    }
}

fn assert_finished(repository: &Repository, expected: &Snapshot, what: &str) {
    let found = repository.files();
    let differs = |path: &&Utf8PathBuf| found.get(*path) != expected.get(*path);
    let wrong: Vec<&Utf8PathBuf> = found.keys().chain(expected.keys()).filter(differs).collect();
    assert!(wrong.is_empty(), "{what}: {wrong:?}");
    assert!(!repository.is_unfinished(), "{what}");
    let home = repository.root.join(HOME);
    let left: Vec<String> = home
        .read_dir_utf8()
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_owned())
        .collect();
    assert_eq!(left, ["lock"], "{what}");
    assert!(repository.plan(&second(), &Words::default()).expect("a plan").is_up_to_date(), "{what}");
}

#[test]
fn killed_at_every_write_the_next_run_finishes_or_starts_afresh() {
    let (prepared, words) = prepared();
    let old = prepared.files();
    let (new, changes) = finished(&prepared, &words);
    assert!(changes > 25, "{changes} changes");
    let finished: usize = (0..changes)
        .into_par_iter()
        .flat_map(|at| [(at, false), (at, true)])
        .map(|(at, half)| {
            let what = format!("killed at {at}{}", if half { ", half way" } else { "" });
            let repository = killed(&prepared, &words, at, half);
            assert_old_or_new(&repository, &old, &new, &what);
            let journal = repository.root.join(HOME).join("publish/journal.json").exists();
            assert_eq!(repository.is_unfinished(), journal, "{what}");
            if !journal && repository.files() != new {
                assert_eq!(repository.files(), old, "{what}: nothing had changed");
            }
            let again = repository.publish(&second(), &words).map_err(|error| error.to_string());
            // Killed after the journal was gone, everything was done, and the word is about nothing.
            let was_done = again.as_ref().is_err_and(|error| error.contains("nothing has to be decided"));
            let ran = if was_done {
                repository.publish(&second(), &Words::default())
            } else {
                Ok(again.expect(&what))
            };
            let ran = ran.expect(&what);
            assert_eq!(
                matches!(ran.recovered, Recovered::Finished { .. }),
                journal,
                "{what}: {:?}",
                ran.recovered
            );
            assert_finished(&repository, &new, &what);
            usize::from(journal)
        })
        .sum();
    assert!(finished > changes, "{finished} of {changes} were finished");
}

#[test]
fn killed_again_while_it_finishes_it_is_finished_all_the_same() {
    let (prepared, words) = prepared();
    let old = prepared.files();
    let (new, changes) = finished(&prepared, &words);
    let twice: usize = (0..changes)
        .into_par_iter()
        .map(|at| {
            let half = at % 2 == 0;
            let once = killed(&prepared, &words, at, half);
            for second_at in 0.. {
                let what = format!("killed at {at} and {second_at}");
                let repository = once.copy();
                let kill = Kill::new(&repository.root, second_at, !half);
                let claim = repository.checkout.claim().expect(&what);
                let recovered = scenarist::publish::recover(&claim, &|change| kill.before(change));
                drop(claim);
                if !kill.has_struck() {
                    recovered.expect(&what);
                    return second_at;
                }
                assert_old_or_new(&repository, &old, &new, &what);
                let was_begun = repository.is_unfinished();
                if repository.publish(&second(), &words).is_ok() {
                    assert_finished(&repository, &new, &what);
                } else {
                    assert!(!was_begun, "{what}");
                    repository.publish_all(&second());
                    assert_finished(&repository, &new, &what);
                }
            }
            0
        })
        .sum();
    assert!(twice > 10 * changes, "{twice} double kills");
}

#[test]
fn what_somebody_edits_after_a_kill_is_not_lost() {
    let (prepared, words) = prepared();
    let (new, changes) = finished(&prepared, &words);
    let old = prepared.files();
    let mut paths: Vec<Utf8PathBuf> = old.keys().chain(new.keys()).cloned().collect();
    paths.retain(|path| *path != MANIFEST && OTHERS.iter().all(|(other, _)| path != other));
    paths.sort();
    paths.dedup();
    let edited: usize = (0..changes)
        .into_par_iter()
        .map(|at| {
            let once = killed(&prepared, &words, at, at % 2 == 0);
            let mut edited = 0;
            for path in &paths {
                let repository = once.copy();
                let target = repository.root.join(path);
                let is_blocked = target.is_dir() || !target.parent().is_some_and(|folder| folder.is_dir());
                if is_blocked {
                    continue;
                }
                edited += 1;
                let what = format!("killed at {at}, then {path} edited");
                repository.put(path, "by hand");
                let claim = repository.checkout.claim().expect(&what);
                scenarist::publish::recover(&claim, &|_| Ok(())).expect(&what);
                drop(claim);
                let ran = repository.publish(&second(), &Words::default()).expect(&what);
                assert_eq!(repository.text(path).as_deref(), Some("by hand"), "{what}");
                let is_asked = ran.plan.conflicts.iter().any(|conflict| conflict.path == *path)
                    || ran
                        .plan
                        .obstacles
                        .iter()
                        .any(|it| path.starts_with(it.path()) || it.path().starts_with(path));
                assert!(is_asked || !new.contains_key(path), "{what}: {:#?}", ran.plan);
                assert!(!repository.is_unfinished(), "{what}");
            }
            edited
        })
        .sum();
    assert!(edited > 10 * changes, "{edited} edits");
}

#[test]
fn at_another_commit_an_unfinished_run_is_dropped_and_changes_nothing() {
    let (prepared, words) = prepared();
    let (_, changes) = finished(&prepared, &words);
    let repository = killed(&prepared, &words, changes - 8, true);
    assert!(repository.is_unfinished());
    // As after `git checkout` of another branch.
    let manifest = repository.text(MANIFEST).expect("a manifest").replace("\"s1-a\"", "\"s9-a\"");
    repository.put(MANIFEST, manifest);
    let mut before = repository.files();
    let all = before.len();
    before.retain(|path, _| !path.as_str().contains(".scenarist-tmp-"));
    assert_eq!(before.len(), all - 1, "a file is unfinished");
    let claim = repository.checkout.claim().expect("a lock");
    let recovered = scenarist::publish::recover(&claim, &|_| Ok(())).expect("recovers");
    assert_eq!(recovered, Recovered::Abandoned);
    assert_eq!(repository.files(), before);
    assert!(!repository.is_unfinished());
}

#[test]
fn a_damaged_journal_is_not_gone_by() {
    let (prepared, words) = prepared();
    let (_, changes) = finished(&prepared, &words);
    let journal = format!("{HOME}/publish/journal.json");
    let staged = format!("{HOME}/publish/staged");
    let once = killed(&prepared, &words, changes / 2, false);
    let text = once.text(&journal).expect("a journal");
    let elsewhere = text.replacen("README.md", "../READ.md", 1);
    let into_git = text.replacen("README.md", ".git/conf", 1);
    assert!(elsewhere != text && into_git != text);
    for (path, content) in [(&journal, "{"), (&journal, &elsewhere), (&journal, &into_git), (&staged, "")] {
        let repository = once.copy();
        repository.put(path, content);
        let before = repository.files();
        let claim = repository.checkout.claim().expect("a lock");
        let recovered = scenarist::publish::recover(&claim, &|_| Ok(())).expect("recovers");
        assert_eq!(recovered, Recovered::Abandoned);
        assert_eq!(repository.files(), before);
    }
    once.put(&journal, text.replacen("\"version\":1", "\"version\":2", 1));
    let claim = once.checkout.claim().expect("a lock");
    let refused = scenarist::publish::recover(&claim, &|_| Ok(())).expect_err("refused");
    assert!(refused.to_string().contains("newer version"), "{refused}");
    assert!(once.is_unfinished());
}

#[test]
fn a_file_that_changes_between_plan_and_execution_stays() {
    let (repository, words) = prepared();
    let claim = repository.checkout.claim().expect("a lock");
    let plan = repository.plan(&second(), &words).expect("a plan");
    repository.put("README.md", "just now");
    repository.put("new", "just now");
    repository.put("s1-a/SCENARIO.md", "just now");
    let left = scenarist::publish::publish(&claim, &plan, &|_| Ok(())).expect("publishes");
    drop(claim);
    assert_eq!(left, ["s1-a/SCENARIO.md", "README.md", "new"]);
    for path in &left {
        assert_eq!(repository.text(path).as_deref(), Some("just now"), "{path}");
    }
    let asked = repository.plan(&second(), &Words::default()).expect("a plan");
    let asked: Vec<&str> = asked.conflicts.iter().map(|conflict| conflict.path.as_str()).collect();
    assert_eq!(asked, ["README.md", "new"], "the third is no longer ours, and nobody's business");
}
