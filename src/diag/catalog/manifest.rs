//! Codes about YAML and JSON files: syntax, keys, types, ids.

use super::codes;
use crate::diag::Example;

codes! {
    INVALID_YAML = "source/invalid-yaml", Error {
        what: "A YAML file cannot be parsed.",
        why: "Nothing in it can be used.",
        fix: "Correct the syntax at the place named; quote strings that hold `: ` or `#`.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nsummary: Two words«»: many meanings\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nsummary: \"Two words: many meanings\"\n")]),
        ],
    }

    DUPLICATE_KEY = "source/duplicate-key", Error {
        what: "A key stands twice in one mapping.",
        why: "YAML and JSON readers silently keep one of the two.",
        fix: "Remove one of them.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\n«title»: The start\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\n")]),
        ],
    }

    UNKNOWN_KEY = "source/unknown-key", Error {
        what: "A key is not part of this file's format.",
        why: "It would have no effect, and a typo would go unnoticed.",
        fix: "Use one of the keys the message names, or remove it.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\n«sumary»: How to begin.\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: fast, expect: {«succes»: \">= 99%\"}}\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nsummary: How to begin.\n")]),
        ],
    }

    WRONG_TYPE = "source/wrong-type", Error {
        what: "A value has another type than its key takes.",
        why: "It could only be guessed what is meant.",
        fix: "Write a value of the type the message names.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nobjectives: «how to begin»\n")]),
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: «2026»\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nobjectives: [how to begin]\n")]),
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: \"2026\"\n")]),
        ],
    }

    MISSING_KEY = "source/missing-key", Error {
        what: "A required key is missing.",
        why: "Without it the entry is incomplete.",
        fix: "Add the key.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "«summary»: How to begin.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nsummary: How to begin.\n")]),
        ],
    }

    BAD_VALUE = "source/bad-value", Error {
        what: "A value is of the right type but not allowed here.",
        why: "It could not be carried out.",
        fix: "Use one of the values the message names.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nstatus: «redy»\n")]),
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\npublished: «tomorrow»\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: fast, expect: {success: \">= 99%\", p50: «\"<= 300ms\"»}}\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: fast, expect: {p50: «\"<= 0.5 of fast\"»}}\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nstatus: ready\npublished: 2026-11-20\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: broken, expect: {success: \"<= 50%\", cause: too many clients, busiest: postgres}}\n  - {stage: fast, expect: {success: \">= 99%\", p50@feed: \"<= 0.5 of broken\"}}\n")]),
        ],
    }

    INVALID_ID = "source/invalid-id", Error {
        what: "An id is not of the form `words-with-hyphens`.",
        why: "Ids become folder names, anchors and URLs.",
        fix: "Use lower-case letters, digits and single hyphens.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\npages:\n  - {id: «Start Here», title: Start here}\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "## Look {#«the_log»}\n\nIt is empty.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nstatus: planned\npages:\n  - {id: start-here, title: Start here, summary: How to begin.}\n")]),
        ],
    }

    DUPLICATE_ID = "source/duplicate-id", Error {
        what: "An id is used twice.",
        why: "A reference to it could mean either.",
        fix: "Rename one of them; `was: [old]` keeps old links and answers.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "## Look at the log {#log}\n\nIt is empty.\n\n## Look again {#«log»}\n\nIt is full.\n")]),
            Example::file(&[("content/concepts.yml", "concepts:\n  - {id: busy-loop, name: busy loop, summary: Code that keeps others waiting.}\n  - {id: «busy-loop», name: loop, summary: Code that comes again.}\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "## Look at the log {#log}\n\nIt is empty.\n\n## Look again {#log-again}\n\nIt is full.\n")]),
        ],
    }

}
