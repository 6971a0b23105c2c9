//! Which folders are scenarios, and what their files are for.

use super::outline::outline_repository;
use crate::adopt::read::read_repository;
use crate::source::{Files, Origin};

fn outline(contents: &[(&str, &str)]) -> String {
    let mut files = Files::default();
    for (path, text) in contents {
        files.add_text(*path, text);
    }
    files.add("x/logo.png", b"\x89PNG\xff", Origin::Project, false);
    outline_repository(&read_repository(files))
}

const PAGE: &str =
    "# Lab\n\n## Step 1 — See\n\n**Q1: Why?**\n\nSee [ours](notes/my-answers.md) and ![a](assets/a.svg).\n";

#[test]
fn files_are_sorted_by_name_and_place() {
    let found = outline(&[
        ("README.md", "# C\n"),
        ("scenarist.yml", ""),
        ("week/lab-7-x/scenario.md", PAGE),
        ("week/lab-7-x/README.md", ""),
        ("week/lab-7-x/compose.yaml", ""),
        ("week/lab-7-x/app/server.js", ""),
        ("week/lab-7-x/app/server.annotated.js", ""),
        ("week/lab-7-x/assets/a.svg", ""),
        ("week/lab-7-x/notes/my-answers.md", "**Q1:** So.\n"),
        ("week/lab-7-x/solutions/server.js", ""),
        (
            ".devcontainer/seven/devcontainer.json",
            "{ // x\n \"dockerComposeFile\": [\"../../week/lab-7-x/compose.yaml\"], }",
        ),
        (".devcontainer/devcontainer.json", "{"),
    ]);
    for line in [
        "folder: week/lab-7-x (number Some(7))",
        "page: week/lab-7-x/scenario.md",
        "readme: week/lab-7-x/README.md",
        "answers: week/lab-7-x/notes/my-answers.md",
        "devcontainer: .devcontainer/seven/devcontainer.json",
        "compose: week/lab-7-x/compose.yaml",
        "app: week/lab-7-x/app/server.js, week/lab-7-x/assets/a.svg, week/lab-7-x/compose.yaml",
        "pictures: week/lab-7-x/assets/a.svg",
        "solution: week/lab-7-x/solutions/server.js for app/server.js, fix None",
        "twin: week/lab-7-x/app/server.annotated.js of week/lab-7-x/app/server.js",
        "loose: .devcontainer/devcontainer.json, x/logo.png",
    ] {
        assert!(found.contains(line), "{line}\n{found}");
    }
}

#[test]
fn a_readme_is_a_page_beside_an_environment() {
    let found = outline(&[
        ("a/README.md", PAGE),
        ("a/docker-compose.yml", ""),
        ("b/README.md", PAGE),
        ("c/README.md", "# Text\n"),
        ("c/docker-compose.yml", ""),
        ("d/solution/SCENARIO.md", PAGE),
        (".devcontainer/e/SCENARIO.md", PAGE),
    ]);
    assert_eq!(found.matches("folder: ").count(), 1, "{found}");
    assert!(found.contains("folder: a") && found.contains("page: a/README.md\n  readme: none"), "{found}");
}

#[test]
fn a_devcontainer_is_found_by_its_folder_before_what_it_says() {
    let found = outline(&[
        ("a/SCENARIO.md", PAGE),
        ("a/docker-compose.yml", ""),
        ("b/SCENARIO.md", PAGE),
        ("b/docker-compose.yml", ""),
        (".devcontainer/a/devcontainer.json", "{\"dockerComposeFile\": \"../../b/docker-compose.yml\"}"),
        (".devcontainer/second/devcontainer.json", "{\"workspaceFolder\": \"/workspaces/course/b\"}"),
    ]);
    assert!(found.contains("devcontainer: .devcontainer/a/devcontainer.json"), "{found}");
    assert!(found.contains("devcontainer: .devcontainer/second/devcontainer.json"), "{found}");
}

#[test]
fn a_repository_may_be_one_scenario() {
    let found = outline(&[("SCENARIO.md", PAGE), ("README.md", "# R\n"), ("docker-compose.yml", "")]);
    assert!(found.contains("folder:  (number None)\n  page: SCENARIO.md\n  readme: README.md"), "{found}");
}

#[test]
fn an_empty_repository_is_one() {
    assert!(outline(&[]).contains("loose: x/logo.png"));
}

#[test]
fn a_solution_with_two_candidates_is_the_like_one() {
    let found = outline(&[
        ("a/SCENARIO.md", PAGE),
        ("a/registry/server.js", "const registry = 1;\nlisten(4000);\n"),
        ("a/src/server.js", "const pool = 1;\nlisten(3000);\n"),
        ("a/solution/server.fixed.js", "const pool = 2;\nlisten(3000);\n"),
    ]);
    assert!(found.contains("solution: a/solution/server.fixed.js for src/server.js"), "{found}");
}

#[test]
fn the_code_on_the_page_numbers_folders_of_a_solution() {
    let page = "# T\n\n## Step 1 — Repair it\n\n### Fix 1: X\n\n```sql\nCREATE INDEX a ON b (c);\n```\n\n### Fix 2: Y\n\nBefore:\n\n```js\nconst pool = 1;\n```\n\nAfter:\n\n```js\nconst pool = 2000;\n```\n";
    let found = outline(&[
        ("a/SCENARIO.md", page),
        ("a/src/server.js", "const pool = 1;\n"),
        ("a/solution/big/src/server.js", "  const pool = 2000;\n"),
        ("a/solution/index/fix.sql", "CREATE INDEX a ON b (c);\n"),
    ]);
    assert!(found.contains("solution/big/src/server.js for src/server.js, fix Some(2)"), "{found}");
    assert!(found.contains("solution/index/fix.sql for typed, fix Some(1)"), "{found}");
}
