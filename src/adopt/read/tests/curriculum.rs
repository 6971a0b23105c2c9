//! The README's tables and lists of scenarios.

use super::outline::readme_of;

const SCENARIOS: [&str; 2] = ["labs/01-a/SCENARIO.md", "labs/02-b/SCENARIO.md"];

#[test]
fn tables_have_any_columns() {
    let outline = readme_of(
        "# Course\n\nAbout it.\n\n## Beginner\n\nGoal.\n\n| Status | Exercise | You learn | Needs | Duration | Link |\n|---|---|---|---|---|---|\n| ✅ | [Lab 1: A](labs/01-a/) | x, y | — | 1 h | z |\n| 🚧 | `labs/02-b` | | A | | |\n| coming soon | C | | | | |\n",
        &SCENARIOS,
    );
    for line in [
        "group: Beginner | part of None | tier Some(\"Beginner\")",
        "goal: Goal.",
        "#1 «A» Some(Ready) -> Some(\"labs/01-a\") | x; y | needs  | Some((60, 60)) |  | app  | Link=z",
        "-> Some(\"labs/02-b\")",
        "#- «C» Some(Planned) -> None",
    ] {
        assert!(outline.contains(line), "{line}\n{outline}");
    }
}

#[test]
fn numbers_may_be_bold_and_a_column_may_lack_a_name() {
    let outline = readme_of(
        "# C\n\n## T\n\n| Lab | You learn | |\n|---|---|---|\n| **1.** [A](./labs/01-a) | x | ✅ |\n| **2.** B | y | 🚧 coming soon |\n",
        &SCENARIOS,
    );
    assert!(outline.contains("#1 «A» Some(Ready) -> Some(\"labs/01-a\") | x"), "{outline}");
    assert!(outline.contains("#2 «B» Some("), "{outline}");
}

#[test]
fn other_tables_are_none() {
    let outline = readme_of(
        "# C\n\n## Open it\n\n| Scenario | Link |\n|---|---|\n| 1 | [x](https://e.org) |\n",
        &SCENARIOS,
    );
    assert!(!outline.contains("group:"), "{outline}");
}

#[test]
fn a_number_may_stand_in_a_column_named_scenario() {
    let outline = readme_of(
        "# C\n\n## T\n\n| Scenario | Title | Status |\n|---|---|---|\n| 2 | B | ready |\n",
        &SCENARIOS,
    );
    assert!(outline.contains("#2 «B» Some(Ready)"), "{outline}");
}

#[test]
fn lists_may_be_flat() {
    let outline = readme_of(
        "# C\n\n## Scenarios\n\n1. [A](labs/01-a/SCENARIO.md) — it waits ✅\n2. **[B](labs/02-b)**: it breaks\n3. C (planned)\n\n## Rules\n\n- Be nice: always.\n- [Read](CODE.md) it.\n",
        &SCENARIOS,
    );
    for line in [
        "#1 «A» Some(Ready) -> Some(\"labs/01-a\")",
        "#2 «B» None -> Some(\"labs/02-b\")",
        "#3 «C» Some(Planned) -> None",
        "it breaks",
        "rest: ## Rules",
    ] {
        assert!(outline.contains(line), "{line}\n{outline}");
    }
}

#[test]
fn lists_may_be_nested() {
    let outline = readme_of(
        "# C\n\n## Curriculum\n\n- **Part 1: Walking** (with help)\n    - [01 · A](labs/01-a/SCENARIO.md)\n        - Status: done\n        - Concepts: x,\n          y\n    - 02 · B\n        - Status: planned\n        - Remark: none\n* **Later**\n  * 03 · C\n    * Status: draft\n",
        &SCENARIOS,
    );
    for line in [
        "group: Part 1: Walking | part of None | tier Some(\"Walking\")",
        "goal: (with help)",
        "#1 «A» Some(Ready) -> Some(\"labs/01-a\") | x; y |",
        "Remark=none",
        "group: Later",
        "#3 «C» Some(Draft)",
    ] {
        assert!(outline.contains(line), "{line}\n{outline}");
    }
}

#[test]
fn groups_may_be_gathered_in_tracks() {
    let outline = readme_of(
        "# C\n\n## Curriculum\n\n### Track 1: Entry\n\n#### Crawling\n\n| # | Scenario | Status |\n|---|---|---|\n| 1 | [A](labs/01-a/SCENARIO.md) | Ready |\n",
        &SCENARIOS,
    );
    assert!(outline.contains("group: Crawling | part of Some(\"Track 1: Entry\")"), "{outline}");
}
