//! What `scenarist new` makes, built.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::fs;
use std::path::Path;

use cli_support::{course, files_below, read, run};

#[test]
fn a_new_course_builds_clean_from_nothing() {
    let (_guard, root) = course();
    let built = run(&root, &["build", "--deny", "info"]).expect(0);
    assert!(built.out.contains("no findings"), "{}", built.out);
    for path in [
        "dist/course.json",
        "dist/monorepo/README.md",
        "dist/site/index.html",
        "dist/site/tracks/first-steps/index.html",
        "dist/site/scenarios/everything-at-once/index.html",
        "dist/site/scenarios/finding-one-notice/index.html",
        "dist/site/concepts/pagination/index.html",
    ] {
        assert!(root.join(path).is_file(), "{path} is missing");
    }
    assert!(read(&root, "dist/site/index.html").contains("My course"));
}

#[test]
fn a_new_course_can_publish_its_site() {
    let (_guard, root) = course();
    let workflow = read(&root, ".github/workflows/site.yml");
    assert!(workflow.contains("path: dist/site\n"), "{workflow}");
    run(&root, &["build"]).expect(0);
    assert!(!root.join("dist/site/sitemap.xml").exists(), "it does not say yet where it is published");
    let file = root.join("content/course.yml");
    let text = read(&root, "content/course.yml");
    let more = "site: https://owner.github.io/course\nsource: {repository: owner/course, folder: sources}\n";
    fs::write(&file, format!("{text}\n{more}")).unwrap();
    run(&root, &["build", "--deny", "info"]).expect(0);
    assert!(read(&root, "dist/site/sitemap.xml").contains("<loc>https://owner.github.io/course/</loc>"));
    let page = read(&root, "dist/site/scenarios/everything-at-once/index.html");
    let source = "edit/main/sources/content/scenarios/everything-at-once/scenario.md";
    assert!(page.contains(&format!("https://github.com/owner/course/{source}")), "{page}");
    assert!(root.join(".scenarist/cards").is_dir());
    run(&root, &["build", "--check"]).expect(0);
}

#[test]
fn its_draft_reaches_the_monorepo_on_request() {
    let (_guard, root) = course();
    run(&root, &["build"]).expect(0);
    let folder = "dist/monorepo/scenario-01-everything-at-once";
    assert!(!root.join(folder).exists(), "a draft is not for learners");
    run(&root, &["build", "--drafts"]).expect(0);
    for file in [
        "SCENARIO.md",
        "ANSWERS.md",
        "src/server.js",
        "docker-compose.yml",
        "solution/first-page/src/server.js",
    ] {
        assert!(root.join(folder).join(file).is_file(), "{file} is missing");
    }
    let page = read(&root, &format!("{folder}/SCENARIO.md"));
    assert!(page.starts_with("# Scenario 1: Everything at once"), "{page}");
    run(&root, &["build"]).expect(0);
    assert!(!root.join(folder).exists(), "what is no longer made is removed");
}

#[test]
fn a_new_course_brings_its_schemas() {
    let (_guard, root) = course();
    for schema in scenarist::cli::SCHEMAS {
        let path = format!("docs/schemas/{}.json", schema.name);
        assert_eq!(read(&root, &path), scenarist::cli::print_schema(schema));
    }
    for (path, bytes) in files_below(&root.join("content")) {
        if !path.ends_with(".yml") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let named =
            text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema="));
        let named = named.unwrap_or_else(|| panic!("{path} names no schema"));
        let folder = root.join("content").join(&path).parent().unwrap().to_owned();
        assert!(folder.join(named).is_file(), "{path} names {named}");
    }
}

#[test]
fn a_title_and_a_repository_can_be_given() {
    let guard = tempfile::tempdir().unwrap();
    let title = "Queues: what \"full\" means";
    run(guard.path(), &["new", "course", "q", "--title", title, "--repository", "octo-org/queues"]).expect(0);
    let root = guard.path().join("q");
    run(&root, &["build"]).expect(0);
    assert!(read(&root, "dist/monorepo/README.md").starts_with(&format!("# {title}")));
    assert!(
        read(&root, "dist/site/tracks/first-steps/index.html").contains("octo-org/queues") || {
            let drafts = run(&root, &["build", "--drafts"]);
            drafts.code == 0 && read(&root, "dist/monorepo/README.md").contains("octo-org/queues")
        }
    );
}

#[test]
fn a_folder_that_is_in_use_is_refused() {
    let guard = tempfile::tempdir().unwrap();
    fs::write(guard.path().join("thesis.txt"), "years of work").unwrap();
    let refused = run(guard.path(), &["new", "course", "."]).expect(3);
    assert!(refused.err.contains("is not empty"), "{}", refused.err);
    assert_eq!(files_below(guard.path()).len(), 1);
    run(guard.path(), &["new", "course", "x", "--repository", "nobody"]).expect(2);
    assert_eq!(files_below(guard.path()).len(), 1);
}

#[test]
fn a_new_scenario_builds_with_its_gaps_marked() {
    let (_guard, root) = course();
    let track = read(&root, "content/tracks/first-steps.yml");
    let arguments = [
        "new",
        "scenario",
        "slow-search",
        "--track",
        "first-steps",
        "--group",
        "start",
        "--title",
        "Slow: search",
    ];
    let made = run(&root, &arguments).expect(0);
    assert!(made.out.contains("Slow: search"), "{}", made.out);
    let longer = read(&root, "content/tracks/first-steps.yml");
    assert_eq!(longer.replace("      - slow-search\n", ""), track, "the rest of the track stays as it was");
    let built = run(&root, &["build", "--drafts"]).expect(0);
    assert!(!built.out.contains("error"), "{}", built.out);
    let page = read(&root, "dist/monorepo/scenario-03-slow-search/SCENARIO.md");
    assert!(page.starts_with("# Scenario 3: Slow: search"), "{page}");
    assert!(page.contains("(to write: "), "{page}");
    run(&root, &arguments).expect(3);
}

#[test]
fn a_planned_scenario_keeps_its_title_and_place() {
    let (_guard, root) = course();
    let track = read(&root, "content/tracks/first-steps.yml");
    let arguments = ["new", "scenario", "finding-one-notice", "--track", "first-steps", "--group", "start"];
    let made = run(&root, &arguments).expect(0);
    assert!(made.out.contains("Finding one notice") && made.out.contains("it was planned"), "{}", made.out);
    assert_eq!(read(&root, "content/tracks/first-steps.yml"), track);
}

#[test]
fn a_scenario_needs_a_valid_id_and_a_place() {
    let (_guard, root) = course();
    let new = |id: &str, track: &str, group: &str| {
        run(&root, &["new", "scenario", id, "--track", track, "--group", group])
    };
    new("Slow_Search", "first-steps", "start").expect(2);
    let track = new("slow-search", "first-step", "start").expect(2);
    assert!(track.err.contains("did you mean `first-steps`?"), "{}", track.err);
    let group = new("slow-search", "first-steps", "strat").expect(3);
    assert!(group.err.contains("did you mean `start`?"), "{}", group.err);
    assert!(!root.join("content/scenarios/slow-search").exists());
}

/// The fix is a copy of the app with one line changed, in the region that the page shows.
#[test]
fn the_fix_of_the_scaffold_differs_in_one_line() {
    let scaffold = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/scaffold/app");
    let broken = read(&scaffold, "app/src/server.js");
    let fixed = read(&scaffold, "solution/first-page/src/server.js");
    let differing: Vec<_> = broken.lines().zip(fixed.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(broken.lines().count(), fixed.lines().count());
    assert_eq!(differing.len(), 1, "{differing:?}");
}
