//! `scenarist import` as people meet it: a small monorepo that somebody wrote by hand.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests make files")]

mod cli_support;

use std::fs;
use std::path::Path;

use cli_support::{edit, files_below, read, run};

const README: &str = "# Small systems\n\nTwo things that break.\n\n## Curriculum\n\n### Beginners\n\n| # | Scenario | What breaks | New concepts | Time | Status |\n|---|---|---|---|---|---|\n| 1 | [The Slow List](scenario-01-slow-list/README.md) | A list is slow. | index | 30 min | ready |\n| 2 | The Full Pool | Requests fail. | connection pool | 40 min | planned |\n";

const PAGE: &str = "# Scenario 1: The Slow List\n\n**Concepts:** index\n**Time:** 30 minutes\n\n## The Situation\n\nSomebody waits.\n\n## Quick Recap\n\n### An index\n\nAn index is a sorted list beside a table. It is quick.\n\n## Step 1 — Measure\n\n**Q1: How long does it take? Guess.**\n\n```text\nYour answer:\n\n```\n\n```bash\nnpm run loadtest\n```\n\n## Step 2 — Repair\n\n### Fix 1: Ask Once\n\nBefore (the problem):\n\n```js\nconst rows = all().map(one);\n```\n\nAfter (the fix):\n\n```js\nconst rows = all();\n```\n\nCompare it with `solution/server.fixed.js`, and with your guess in Q1.\n\n> Whoever reads this knows what :::strange means.\n\n## Answer Key\n\n**Q1: How long does it take? Guess.**\n\nA second.\n\n---\n\n*Next: Scenario 2 — The Full Pool*\n";

const SERVER: &str = "const express = require('express');\nconst app = express();\napp.get('/list', (req, res) => {\n  const rows = all().map(one);\n  res.json(rows);\n});\napp.listen(3000);\n";

const LOADTEST: &str = "const autocannon = require('autocannon');\n\nautocannon({ url: 'http://localhost:3000/list', connections: 20, duration: 10 });\n";

const COMPOSE: &str = "services:\n  app:\n    image: node:24-bookworm-slim\n    volumes: [\".:/app\"]\n    ports: [\"3000:3000\"]\n";

const DEVCONTAINER: &str = "// Opens it.\n{\n  \"name\": \"Scenario 1\",\n  \"dockerComposeFile\": \"../../scenario-01-slow-list/docker-compose.yml\",\n  \"service\": \"app\",\n  \"workspaceFolder\": \"/app\"\n}\n";

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn monorepo(root: &Path) {
    let folder = "scenario-01-slow-list";
    for (path, text) in [
        ("README.md".to_owned(), README.to_owned()),
        (format!("{folder}/SCENARIO.md"), PAGE.to_owned()),
        (format!("{folder}/README.md"), "# The Slow List\n".to_owned()),
        (format!("{folder}/src/server.js"), SERVER.to_owned()),
        (format!("{folder}/solution/server.fixed.js"), SERVER.replace(".map(one)", "")),
        (format!("{folder}/scripts/loadtest.js"), LOADTEST.to_owned()),
        (format!("{folder}/docker-compose.yml"), COMPOSE.to_owned()),
        (format!(".devcontainer/{folder}/devcontainer.json"), DEVCONTAINER.to_owned()),
    ] {
        put(&root.join("mono"), &path, &text);
    }
}

#[test]
fn a_monorepo_becomes_a_source_tree_that_builds() {
    let guard = tempfile::tempdir().unwrap();
    let root = guard.path();
    monorepo(root);
    let before = files_below(&root.join("mono"));
    let made = run(root, &["import", "mono", "--into", "course", "--verify"]).expect(0);
    for words in [
        "scenario-01-slow-list → content/scenarios/slow-list\n",
        " converted, ",
        " 0 not understood\n",
        ", 0 lost\n",
        "made a source tree of `mono` in course: ",
        "next:\n  cd course\n  scenarist lint\n",
    ] {
        assert!(made.out.contains(words), "`{words}` in\n{}", made.out);
    }
    assert_eq!(files_below(&root.join("mono")), before, "the repository stays as it is");
    let page = read(root, "course/content/scenarios/slow-list/scenario.md");
    for words in [
        "## Measure {.observe}\n",
        ":::question{#how-long-does-it-take-guess kind=prediction}\n",
        ":::answer\n\nA second.\n\n:::\n",
        "### Ask Once {#ask-once}\n",
        "::change{file=src/server.js region=ask-once}\n",
        "Compare it with [](solution:ask-once/src/server.js), and with your guess in [](question:how-long-does-it-take-guess).",
    ] {
        assert!(page.contains(words), "`{words}` in\n{page}");
    }
    let app = read(root, "course/content/scenarios/slow-list/app/src/server.js");
    assert!(app.contains("// #region ask-once\n  const rows = all().map(one);\n// #endregion\n"), "{app}");
    let manifest = read(root, "course/content/scenarios/slow-list/scenario.yml");
    assert!(manifest.contains("    connections: 20\n    seconds: 10\n"), "{manifest}");
    run(&root.join("course"), &["build", "--no-cards"]).expect(0);
    let built = root.join("course/dist/monorepo");
    assert_eq!(read(&built, "scenario-01-slow-list/src/server.js"), SERVER);
    assert_eq!(read(&built, ".devcontainer/scenario-01-slow-list/devcontainer.json"), DEVCONTAINER);
}

#[test]
fn nothing_is_overwritten() {
    let guard = tempfile::tempdir().unwrap();
    let root = guard.path();
    monorepo(root);
    put(root, "course/content/course.yml", "title: Mine\n");
    let refused = run(root, &["import", "mono", "--into", "course"]).expect(3);
    assert!(
        refused.err.contains("`course/content` is there already, and nothing was written"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("--into course-course"), "{}", refused.err);
    assert_eq!(files_below(&root.join("course")).len(), 1);
    // The folder `content` stands for the project around it.
    run(root, &["import", "mono", "--into", "other/content"]).expect(0);
    assert!(root.join("other/content/course.yml").is_file());
    assert!(fs::read_dir(root.join("other")).unwrap().count() == 2, "content and devcontainers");
}

#[test]
fn reports_are_for_people_and_for_programs() {
    let guard = tempfile::tempdir().unwrap();
    let root = guard.path();
    monorepo(root);
    edit(
        root,
        "mono/scenario-01-slow-list/solution/server.fixed.js",
        "app.listen(3000);",
        "app.listen(3001);",
    );
    let made = run(root, &["import", "mono", "--verify", "--report", "import.md"]).expect(0);
    assert!(!root.join("content").exists() && made.out.contains("0 lost"), "{}", made.out);
    let report = read(root, "import.md");
    assert!(report.contains("| scenario-01-slow-list/SCENARIO.md:18 | question | converted: "), "{report}");
    assert!(report.contains("\n## Compared with what is built\n"), "{report}");
    let json = run(root, &["import", "mono", "--verify", "--format", "json"]).expect(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(json["scenarios"][0]["id"], "slow-list");
    assert!(json["blocks"].as_array().is_some_and(|blocks| blocks.len() > 10));
}

#[test]
fn what_is_no_monorepo_is_refused() {
    let guard = tempfile::tempdir().unwrap();
    let root = guard.path();
    put(root, "empty/notes.txt", "nothing\n");
    let refused = run(root, &["import", "empty", "--into", "course"]).expect(3);
    assert!(refused.err.contains("there is no scenario in `empty`"), "{}", refused.err);
    assert!(!root.join("course").exists());
    run(root, &["import", "nowhere", "--into", "course"]).expect(3);
    run(root, &["import", "empty"]).expect(2);
}
