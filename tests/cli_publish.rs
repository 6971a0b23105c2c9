//! `scenarist publish` as people and CI meet it, with a real git.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cli_support::{Run, course, edit, files_below, program, read, run};
use snapbox::assert_data_eq;
use snapbox::str;
use tempfile::TempDir;

const TRACK: &str = "content/tracks/first-steps.yml";
const FOLDER: &str = "scenario-01-everything-at-once";

/// A course beside a checkout of the learners' repository.
struct Team {
    _guard: TempDir,
    course: PathBuf,
    learners: PathBuf,
}

impl Team {
    fn new() -> Self {
        let (guard, course) = course();
        let learners = guard.path().join("learners");
        fs::create_dir(&learners).expect("a folder");
        let team = Self { _guard: guard, course, learners };
        team.git(&["init", "--quiet"]);
        team
    }

    /// One that was published to, with everything committed.
    fn published() -> Self {
        let team = Self::new();
        team.publish(&[]).expect(0);
        team.commit();
        team
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
            .arg("-C")
            .arg(&self.learners)
            .args(arguments)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "--quiet", "-m", "x"]);
    }

    fn publish(&self, arguments: &[&str]) -> Run {
        let all = [&["publish", "--to", "../learners", "--drafts"], arguments].concat();
        run(&self.course, &all)
    }

    /// Everything in the checkout but git's own files.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = files_below(&self.learners);
        files.retain(|(path, _)| !path.starts_with(".git/"));
        files
    }
}

#[test]
fn the_first_publish_says_what_it_does_and_what_to_do_next() {
    let team = Team::new();
    let first = team.publish(&[]).expect(0);
    assert_data_eq!(
        first.out,
        str![[r#"
plan for ../learners, for the first time
  create  .devcontainer/scenario-01-everything-at-once/devcontainer.json
  create  .github/workflows/audit.yml
  create  .gitignore
  create  README.md
  create  scenario-01-everything-at-once/.dockerignore
  create  scenario-01-everything-at-once/.gitignore
  create  scenario-01-everything-at-once/ANSWERS.md
  create  scenario-01-everything-at-once/Dockerfile
  create  scenario-01-everything-at-once/README.md
  create  scenario-01-everything-at-once/SCENARIO.md
  create  … and [..] more
  [..] to create
published to ../learners ([..] created, 0 updated, 0 deleted), no findings
  look at it:  git -C ../learners status
  commit it:   git -C ../learners add -A && git -C ../learners commit -m "Publish the course"

"#]]
    );
    assert_eq!(first.err, "");
    assert!(team.git(&["diff", "--cached", "--name-only"]).is_empty(), "the index is git's");
    let built = run(&team.course, &["build", "--drafts"]).expect(0);
    assert!(built.out.contains("dist/monorepo"));
    let expected = files_below(&team.course.join("dist/monorepo"));
    let mut found = team.files();
    found.retain(|(path, _)| path != scenarist::publish::MANIFEST);
    assert!(expected == found, "what is published is what is built");
    let again = team.publish(&[]).expect(0);
    assert_data_eq!(
        again.out,
        str![
            "../learners is up to date ([..] files), no findings

"
        ]
    );
    team.commit();
    team.publish(&["--check"]).expect(0);
}

#[test]
fn a_hand_edit_is_shown_and_refused_until_somebody_decides() {
    let team = Team::published();
    edit(&team.learners, &format!("{FOLDER}/README.md"), "## Files", "## The files");
    fs::remove_file(team.learners.join(FOLDER).join("Dockerfile")).expect("removed");
    team.commit();
    let before = team.files();
    let refused = team.publish(&[]).expect(1);
    assert_data_eq!(
        &refused.out,
        str![[r#"
plan for ../learners
  2 to be decided about, [..] unchanged

scenario-01-everything-at-once/Dockerfile was removed from the repository since it was published
  --keep scenario-01-everything-at-once/Dockerfile       leave it as it is
  --overwrite scenario-01-everything-at-once/Dockerfile  put there what is built

scenario-01-everything-at-once/README.md was edited in the repository since it was published
--- scenario-01-everything-at-once/README.md (built)
+++ scenario-01-everything-at-once/README.md (in the repository)
@@ [..] @@
...
-## Files
+## The files
...
  --keep scenario-01-everything-at-once/README.md       leave it as it is
  --overwrite scenario-01-everything-at-once/README.md  put there what is built
  or make the edit in content/scenarios/everything-at-once/scenario.yml, from which it is made

2 files have to be decided about; nothing was published

"#]]
    );
    assert!(team.files() == before);
    assert_eq!(team.publish(&["--check"]).expect(1).out, refused.out);

    let (keep, overwrite) = (format!("{FOLDER}/README.md"), format!("../learners/{FOLDER}/Dockerfile"));
    let decided = team.publish(&["--keep", &keep, "--overwrite", &overwrite]).expect(0);
    assert!(decided.out.contains("create  scenario-01-everything-at-once/Dockerfile\n"), "{}", decided.out);
    assert!(decided.out.contains("README.md (as it is in the repository)\n"), "{}", decided.out);
    assert!(read(&team.learners, &keep).contains("## The files"));
    let later = team.publish(&[]).expect(0);
    assert!(later.out.contains("1 of them kept as the repository has it"), "{}", later.out);
    team.publish(&["--check"]).expect(0);
}

#[test]
fn an_edit_of_a_copy_is_taken_into_its_source() {
    let team = Team::published();
    let path = format!("{FOLDER}/db/schema.sql");
    let source = "content/scenarios/everything-at-once/app/db/schema.sql";
    let text = read(&team.learners, &path);
    fs::write(team.learners.join(&path), format!("{text}-- by hand\n")).expect("written");
    team.commit();
    let refused = team.publish(&[]).expect(1);
    let offer = format!("  --take {path}       write the edit into {source}\n");
    assert!(refused.out.contains(&offer), "{}", refused.out);
    let dry = team.publish(&["--take", &path, "--dry-run"]).expect(0);
    assert!(dry.out.contains(&format!("the edit would go into {source}\n")), "{}", dry.out);
    assert_eq!(read(&team.course, source), text);

    let taken = team.publish(&["--take", &path]).expect(0);
    assert!(taken.out.contains(&format!("the edit went into {source}\n")), "{}", taken.out);
    assert_eq!(read(&team.course, source), format!("{text}-- by hand\n"));
    team.commit();
    team.publish(&["--check"]).expect(0);

    edit(&team.learners, &format!("{FOLDER}/README.md"), "## Files", "## The files");
    team.commit();
    let made = team.publish(&["--take", &format!("{FOLDER}/README.md")]).expect(2);
    let why = "it is no copy of `content/scenarios/everything-at-once/scenario.yml` but made from it";
    assert!(made.err.contains(why), "{}", made.err);
}

#[test]
fn a_repository_made_by_hand_is_asked_about_file_by_file() {
    let made = Team::published();
    let team = Team::new();
    let all: Vec<String> = made.files().into_iter().map(|(path, _)| path).collect();
    let of_hand: Vec<&String> = all.iter().filter(|path| path.starts_with(FOLDER)).take(12).collect();
    for path in &of_hand {
        let path = team.learners.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, "by hand\n").expect("written");
    }
    fs::copy(made.learners.join("README.md"), team.learners.join("README.md")).expect("copied");
    fs::write(team.learners.join("LICENSE"), "theirs\n").expect("written");
    team.commit();
    let refused = team.publish(&[]).expect(1);
    assert!(refused.out.contains("  adopt   README.md (already as it is built)\n"), "{}", refused.out);
    let differences = refused.out.matches("\n+++ ").count();
    let more =
        "\n2 more, whose differences are shown once these are decided:\n  scenario-01-everything-at-once/";
    assert!(differences == 10 && refused.out.contains(more), "{}", refused.out);
    let words =
        [&["--overwrite"], of_hand.iter().map(|path| path.as_str()).collect::<Vec<_>>().as_slice()].concat();
    team.publish(&words).expect(0);
    team.commit();
    team.publish(&["--check"]).expect(0);
    assert_eq!(read(&team.learners, "LICENSE"), "theirs\n");
    assert_eq!(team.files().len(), made.files().len() + 1);
}

#[test]
fn words_are_about_files_that_need_them() {
    let team = Team::published();
    edit(&team.learners, &format!("{FOLDER}/README.md"), "## Files", "## The files");
    let near = team.publish(&["--keep", &format!("{FOLDER}/READNE.md")]).expect(2);
    assert_data_eq!(
        near.err,
        str![[r#"
error: `--keep scenario-01-everything-at-once/READNE.md`: nothing has to be decided about this file
help: did you mean `scenario-01-everything-at-once/README.md`?

"#]]
    );
    let path = format!("{FOLDER}/README.md");
    team.publish(&["--keep", &path, "--overwrite", &path]).expect(2);
    team.publish(&["--check", "--keep", &path]).expect(2);
}

#[test]
fn uncommitted_work_is_not_mixed_with_ours_unless_that_is_said() {
    let team = Team::new();
    fs::write(team.learners.join("notes.md"), "one").expect("written");
    team.commit();
    fs::write(team.learners.join("notes.md"), "two").expect("written");
    fs::write(team.learners.join("untracked.md"), "x").expect("written");
    let dry = team.publish(&["--dry-run"]).expect(0);
    assert!(
        dry.out.ends_with("changes that are not committed:\n  notes.md\nnothing was changed (--dry-run)\n")
    );
    let refused = team.publish(&[]).expect(1);
    let (_, said) = refused.out.split_once(" to create\n").expect("a plan");
    assert_data_eq!(
        said,
        str![[r#"
../learners has changes that are not committed:
  notes.md
nothing was published; commit them, put them aside (`git -C ../learners stash`), or say --dirty

"#]]
    );
    assert_eq!(team.files().len(), 2);
    let published = team.publish(&["--dirty"]).expect(0);
    let (_, said) = published.out.split_once("Publish the course\"\n").expect("what to do next");
    assert_eq!(said, "  `git add -A` also adds what is not ours:\n    untracked.md\n");
    assert_eq!(read(&team.learners, "notes.md"), "two");
    edit(&team.course, TRACK, "Two small systems", "Three small systems");
    team.publish(&[]).expect(1);
    team.git(&["commit", "--quiet", "-m", "x", "notes.md"]);
    team.publish(&[]).expect(0);
}

#[test]
fn published_files_that_are_not_committed_yet_are_no_uncommitted_work() {
    let team = Team::published();
    for words in ["Three small systems", "Four small systems"] {
        let before = read(&team.course, TRACK);
        let start = before.find("summary: ").expect("a summary") + "summary: ".len();
        let end = start + before[start..].find(" that").expect("its next words");
        fs::write(team.course.join(TRACK), format!("{}{words}{}", &before[..start], &before[end..]))
            .expect("written");
        team.publish(&[]).expect(0);
    }
    // Removed by a publish, and that is not committed either.
    run(&team.course, &["publish", "--to", "../learners"]).expect(0);
    assert!(!team.learners.join(FOLDER).exists());
    team.publish(&[]).expect(0);
}

#[test]
fn check_says_what_is_out_of_date_and_writes_nothing() {
    let team = Team::new();
    let missing = team.publish(&["--check"]).expect(1);
    assert!(missing.out.ends_with("../learners is not up to date; nothing was changed\n"), "{}", missing.out);
    assert!(team.files().is_empty() && !team.learners.join(".git/scenarist").exists());
    team.publish(&[]).expect(0);
    team.commit();
    edit(&team.course, TRACK, "Two small systems", "Three small systems");
    let changed = team.publish(&["--check"]).expect(1);
    assert_data_eq!(
        changed.out,
        str![[r#"
plan for ../learners
  update  README.md
  1 to update, [..] unchanged
../learners is not up to date; nothing was changed

"#]]
    );
}

#[test]
fn a_moved_scenario_is_named_and_leaves_a_readme() {
    let team = Team::published();
    edit(&team.course, TRACK, "\"scenario-{number:02}-{id}\"", "\"exercise-{number:02}-{id}\"");
    let moved = team.publish(&[]).expect(0);
    let line =
        "  move    scenario-01-everything-at-once → exercise-01-everything-at-once; a README stays there\n";
    assert!(moved.out.contains(line), "{}", moved.out);
    let files: Vec<String> = team.files().into_iter().map(|(path, _)| path).collect();
    let old: Vec<&String> = files.iter().filter(|path| path.contains(FOLDER)).collect();
    assert_eq!(old, [&format!("{FOLDER}/README.md")]);
    let pointer = read(&team.learners, &format!("{FOLDER}/README.md"));
    assert!(pointer.contains("](../exercise-01-everything-at-once/README.md)"), "{pointer}");
    team.commit();
    team.publish(&["--check"]).expect(0);
}

#[test]
fn an_edit_in_a_folder_that_has_moved_is_compared_with_its_new_place() {
    let team = Team::published();
    let path = format!("{FOLDER}/db/schema.sql");
    let text = read(&team.learners, &path);
    fs::write(team.learners.join(&path), format!("{text}-- by hand\n")).expect("written");
    team.commit();
    edit(&team.course, TRACK, "\"scenario-{number:02}-{id}\"", "\"exercise-{number:02}-{id}\"");
    let refused = team.publish(&[]).expect(1);
    let (_, said) = refused.out.split_once("\n\n").expect("a question");
    assert_data_eq!(
        said,
        str![[r#"
scenario-01-everything-at-once/db/schema.sql was edited in the repository since it was published, and has moved to exercise-01-everything-at-once/db/schema.sql
--- exercise-01-everything-at-once/db/schema.sql (built)
+++ scenario-01-everything-at-once/db/schema.sql (in the repository)
...
+-- by hand
  --keep scenario-01-everything-at-once/db/schema.sql       leave it there; it is yours then
  --overwrite scenario-01-everything-at-once/db/schema.sql  remove it
  or make the edit in content/scenarios/everything-at-once/app/db/schema.sql, from which it is made

1 file has to be decided about; nothing was published

"#]]
    );
}

#[test]
fn the_course_itself_is_no_place_to_publish_to() {
    let team = Team::new();
    let init = Command::new("git").args(["init", "--quiet"]).arg(&team.course).status().expect("git runs");
    assert!(init.success());
    let refused = run(&team.course, &["publish", "--to", "."]).expect(2);
    assert!(refused.err.contains("`.` is the course itself"), "{}", refused.err);
    run(&team.course, &["publish", "--to", "content"]).expect(3);
}

#[test]
fn a_disk_that_does_not_know_what_can_be_run_asks_nothing() {
    let team = Team::published();
    let path = team.learners.join("README.md");
    let mut command = Command::new("chmod");
    assert!(command.arg("+x").arg(&path).status().is_ok_and(|status| status.success()));
    team.publish(&["--check"]).expect(1);
    team.git(&["config", "core.fileMode", "false"]);
    team.publish(&["--check"]).expect(0);
}

#[test]
fn how_it_went_is_json_for_programs() {
    let team = Team::published();
    let schema = scenarist::publish::ending_schema();
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let ended = |arguments: &[&str], code: i32| {
        let run = team.publish(&[arguments, &["--format", "json"]].concat()).expect(code);
        let document: serde_json::Value =
            serde_json::from_str(&run.out).expect("standard output is JSON alone");
        let faults: Vec<String> = schema.iter_errors(&document).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        (document, run.err)
    };
    assert_eq!(ended(&["--check"], 0).0["outcome"], "up-to-date");
    edit(&team.learners, &format!("{FOLDER}/README.md"), "## Files", "## The files");
    let (undecided, beside) = ended(&[], 1);
    assert_eq!(undecided["outcome"], "undecided");
    assert_eq!(
        undecided["decide"],
        serde_json::json!([{"path": format!("{FOLDER}/README.md"), "cause": "edited"}])
    );
    assert!(beside.contains("+## The files"), "{beside}");
    assert_eq!(ended(&["--keep", &format!("{FOLDER}/README.md")], 1).0["outcome"], "uncommitted");
    let (published, _) = ended(&["--keep", &format!("{FOLDER}/README.md"), "--dirty"], 0);
    assert_eq!(
        (&published["outcome"], &published["keep"][0]["outdated"]),
        (&"published".into(), &false.into())
    );
    edit(&team.course, TRACK, "Two small systems", "Three small systems");
    assert_eq!(ended(&["--check"], 1).0["outcome"], "out-of-date");
    assert_eq!(ended(&["--dry-run"], 0).0["update"], serde_json::json!(["README.md"]));
    edit(&team.course, TRACK, "id: everything-at-once", "id: nothing-at-all");
    assert_eq!(ended(&[], 1).0["outcome"], "errors");
}

#[test]
fn errors_in_the_course_publish_nothing() {
    let team = Team::published();
    let before = team.files();
    let page = "content/scenarios/everything-at-once/scenario.md";
    edit(&team.course, page, "](scenario:finding-one-notice)", "](scenario:finding-one-notise)");
    let broken = team.publish(&[]).expect(1);
    assert!(
        broken.out.contains(page) && broken.out.ends_with("1 error; nothing was published\n"),
        "{}",
        broken.out
    );
    assert!(team.files() == before);
}

#[test]
fn an_edit_that_would_not_come_out_again_is_not_taken() {
    let team = Team::published();
    let (path, source) =
        (format!("{FOLDER}/db/schema.sql"), "content/scenarios/everything-at-once/app/db/schema.sql");
    let text = read(&team.learners, &path);
    let take = |edited: String| {
        fs::write(team.learners.join(&path), edited).expect("written");
        let run = team.publish(&["--dirty", "--take", &path]);
        assert_eq!(read(&team.course, source), text, "no source was changed");
        run
    };
    let broken = take(format!("-- #region x\n{text}")).expect(1);
    assert!(broken.out.ends_with("that were to be taken; no source was changed\n"), "{}", broken.out);
    let stripped = take(format!("-- #region x\n{text}-- #endregion\n")).expect(2);
    assert!(
        stripped.err.contains("does not help there: a build would not make of the edit"),
        "{}",
        stripped.err
    );
}

#[test]
fn a_folder_that_is_no_checkout_is_refused_with_what_to_type() {
    let team = Team::published();
    let refused = |to: &str| run(&team.course, &["publish", "--to", to]).expect(3).err;
    let nowhere = refused("../nowhere");
    assert!(nowhere.contains("help: `git clone <ADDRESS> ../nowhere`"), "{nowhere}");
    fs::create_dir(team.course.join("plain")).expect("a folder");
    let plain = refused("plain");
    assert!(
        plain.contains("error: `plain` is not a git checkout") && plain.contains("git init plain"),
        "{plain}"
    );
    let inside = refused(&format!("../learners/{FOLDER}"));
    assert!(inside.contains("is a folder inside the checkout `"), "{inside}");
    let bare = refused("../learners/.git");
    assert!(bare.contains("is a bare repository"), "{bare}");
    run(&team.course, &["publish"]).expect(2);
    // As in a hook of another repository.
    let hook = program(&team.course, &["publish", "--to", "../learners", "--drafts", "--check"])
        .env("GIT_DIR", "/nonexistent")
        .output();
    assert!(hook.expect("the program starts").status.success());
    let no_git =
        program(&team.course, &["publish", "--to", "../learners"]).env("PATH", "/nonexistent").output();
    let no_git = no_git.expect("the program starts");
    assert_eq!(no_git.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&no_git.stderr).contains("`git` was not found"));
}

#[test]
fn ignored_files_are_named() {
    let team = Team::new();
    fs::write(team.learners.join(".git/info/exclude"), "*.svg\n").expect("written");
    let published = team.publish(&[]).expect(0);
    let named = "`git -C ../learners add -f <PATH>` adds them:\n    scenario-01-everything-at-once/assets/crowd.svg\n";
    assert!(published.out.contains(named), "{}", published.out);
}

#[test]
fn work_trees_have_journals_of_their_own() {
    let team = Team::published();
    let tree = team.learners.with_file_name("tree");
    team.git(&["worktree", "add", "--quiet", tree.to_str().expect("UTF-8"), "-b", "next"]);
    edit(&team.course, TRACK, "Two small systems", "Three small systems");
    run(&team.course, &["publish", "--to", "../tree", "--drafts"]).expect(0);
    assert!(read(&tree, "README.md").contains("Three small systems"));
    assert!(read(&team.learners, "README.md").contains("Two small systems"));
    assert!(team.learners.join(".git/worktrees/tree/scenarist/lock").exists());
}

#[test]
fn two_runs_wait_for_each_other() {
    let team = Team::published();
    edit(&team.course, TRACK, "Two small systems", "Three small systems");
    let to = camino::Utf8PathBuf::from_path_buf(team.learners.clone()).expect("UTF-8");
    let checkout = scenarist::publish::Checkout::open(&to).expect("a checkout");
    let claim = checkout.claim().expect("nobody else publishes");
    let mut waiting = program(&team.course, &["publish", "--to", "../learners", "--drafts"])
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert!(waiting.try_wait().expect("a state").is_none(), "it waits");
    assert!(read(&team.learners, "README.md").contains("Two small systems"));
    // Whoever only looks does not wait.
    team.publish(&["--check"]).expect(1);
    drop(claim);
    assert!(waiting.wait().expect("it ends").success());
    assert!(read(&team.learners, "README.md").contains("Three small systems"));
}

#[cfg(unix)]
#[test]
fn a_run_that_the_disk_stops_is_finished_once_it_can_be() {
    use std::os::unix::fs::PermissionsExt;
    let team = Team::published();
    let locked = team.learners.join(FOLDER);
    let set = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).expect("set");
    edit(&team.course, TRACK, "Two small systems", "Three small systems");
    edit(
        &team.course,
        "content/scenarios/everything-at-once/scenario.yml",
        "A notice board",
        "A big notice board",
    );
    set(0o555);
    if fs::write(locked.join("try"), "").is_ok() {
        set(0o755);
        return println!("skipped: the superuser may write everywhere");
    }
    let stopped = team.publish(&[]).expect(3);
    assert!(stopped.out.ends_with("`scenarist publish --to ../learners` finishes it\n"), "{}", stopped.out);
    assert!(
        stopped.err.starts_with("error: cannot write `scenario-01-everything-at-once/"),
        "{}",
        stopped.err
    );
    team.publish(&["--check"]).expect(1);
    set(0o755);
    team.publish(&[]).expect(0);
    team.commit();
    team.publish(&["--check"]).expect(0);
}

/// The journal appears before the first file does, so this catches runs at different points of their work.
#[cfg(unix)]
#[test]
fn killed_for_real_it_says_unfinished_and_is_finished_by_the_next() {
    let reference = Team::published();
    let mut unfinished = 0;
    for round in 0..6 {
        let team = Team::new();
        let arguments = ["publish", "--to", "../learners", "--drafts"];
        let mut command = program(&team.course, &arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        let journal = team.learners.join(".git/scenarist/publish/journal.json");
        let is_over = |child: &mut std::process::Child| child.try_wait().expect("a state").is_some();
        while !journal.exists() && !is_over(&mut child) {
            std::hint::spin_loop();
        }
        std::thread::sleep(std::time::Duration::from_micros(300 * round));
        // SIGKILL: nothing of it runs any more.
        child.kill().expect("killed");
        child.wait().expect("ended");
        if journal.exists() {
            unfinished += 1;
            let check = team.publish(&["--check"]).expect(1);
            assert_data_eq!(
                check.out,
                str![[r#"
unfinished: a publish to ../learners was cut off, or is going on; `scenarist publish --to ../learners` finishes it

"#]]
            );
            let before = team.files();
            assert_eq!(team.publish(&["--dry-run"]).expect(1).out.lines().count(), 1);
            assert!(team.files() == before);
            let finished = team.publish(&[]).expect(0);
            assert!(finished.out.starts_with("finished a publish that was cut off: "), "{}", finished.out);
        } else {
            team.publish(&[]).expect(0);
        }
        assert!(is_same(&team.learners, &reference.learners), "round {round}");
        team.publish(&["--check"]).expect(0);
    }
    println!("{unfinished} of 6 runs were cut off in the middle");
}

fn is_same(one: &Path, other: &Path) -> bool {
    let files = |root: &Path| {
        let mut files = files_below(root);
        files.retain(|(path, _)| !path.starts_with(".git/"));
        files
    };
    files(one) == files(other)
}
