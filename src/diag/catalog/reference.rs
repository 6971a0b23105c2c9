//! Codes about references: between scenarios, to values, to recorded figures.

use super::codes;
use crate::diag::Example;

codes! {
    UNRESOLVED_REFERENCE = "source/unresolved-reference", Error {
        what: "A reference names something that does not exist.",
        why: "Learners would meet a dead link.",
        fix: "Correct the id; the message names near ones.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "Go on with [](«scenario:frist»).\n")]),
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\nCompare it with [](«step:mesure»).\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: «quick», expect: {success: \">= 99%\"}}\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: fast, test: «mian», expect: {success: \">= 99%\"}}\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: fast, expect: {«p50@fed»: \"<= 0.5 of broken\"}}\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: fast, expect: {p50: «\"<= 0.5 of borken\"»}}\n")]),
            Example::file(&[("content/scenarios/first/scenario.yml", "…\nrehearsal:\n  - {stage: broken, expect: {busiest: «postgre»}}\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "Go on with [](scenario:first).\n")]),
        ],
    }

    STALE_VALUE = "source/stale-value", Error {
        what: "A value in the text differs from the one it refers to.",
        why: "The prose would contradict the code, the load test or the recorded run.",
        fix: "Run `scenarist lint --fix`, or correct the text.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\nThere are «[30](loadtest:connections)» people at once.\n")]),
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\nThere are «[](fact:posts)» posts.\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\nThere are [20](loadtest:connections) people at once and [500](fact:posts) posts.\n")]),
        ],
    }

    NOT_RECORDED = "source/not-recorded", Error {
        what: "A text quotes a figure or an output that no rehearsal has recorded.",
        why: "Every number of a page was seen in a run. This one would have to be made up.",
        fix: "Rehearse the scenario and record it: `scenarist rehearse <id> --record`; or correct the name of the figure.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\nOnly [4 %](«run:broken.main.success») of the requests succeed.\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\nOnly a few of the requests succeed.\n")]),
        ],
    }

    STALE_FACT = "source/stale-fact", Error {
        what: "A declared fact does not stand in the file it names.",
        why: "Every text that uses the fact would be wrong.",
        fix: "Correct the fact's value or the file.",
        source: "format.md",
        bad: [
            Example::files(&[("content/scenarios/first/scenario.yml", "title: A slow answer\nkind: challenge\nminutes: 20\nfacts: {posts: {value: «600», in: db/seed.js}}\n"), ("content/scenarios/first/scenario.md", "## Think {.situation}\n\nWhat would you change?\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/app/db/seed.js", "const POSTS = 500; // 600 would do as well\n")]),
        ],
    }

    STALE_RECORDING = "source/stale-recording", Warning {
        what: "The recorded run belongs to other files than these.",
        why: "Its figures may no longer be true.",
        fix: "Run `scenarist rehearse <id> --record`.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/recorded/run.yml", "recorded: {on: 2026-11-20, driver: native, cores: 2}\ninputs: «blake3:0123456789abcdef0123456789abcdef»\nstages: {}\n")]),
        ],
        good: [],
    }

    CYCLIC_REFERENCE = "source/cyclic-reference", Error {
        what: "Entries refer to each other in a circle.",
        why: "There is no order in which they could be resolved.",
        fix: "Break the circle at one of the places named.",
        source: "format.md",
        bad: [
            Example::file(&[("content/concepts.yml", "concepts:\n  - {id: «busy-loop», name: busy loop, summary: Code that keeps others waiting., requires: [busy-loop]}\n")]),
            Example::files(&[("content/snippets/log.md", "Look at the log.\n\n::include{snippet=«log»}\n"), ("content/tutorials/basics/start.md", "::include{snippet=log}\n")]),
        ],
        good: [
            Example::files(&[("content/snippets/log.md", "Look at the log.\n"), ("content/tutorials/basics/start.md", "::include{snippet=log}\n")]),
        ],
    }

    CHANGED_ID = "source/changed-id", Error {
        what: "An id of the base revision has vanished, or means something else now.",
        why: "Addresses, links and the answers that learners saved hang on ids; without `was` they are lost.",
        fix: "Name the old id under `was` where it is declared now, give it back, or accept the loss in course.yml.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNKNOWN_CONCEPT = "source/unknown-concept", Error {
        what: "A concept is not in the registry.",
        why: "Nothing could be linked, explained or checked.",
        fix: "Add it to concepts.yml or correct the id.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nuses: [«busy-lop»]\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nuses: [busy-loop]\n")]),
        ],
    }

}
