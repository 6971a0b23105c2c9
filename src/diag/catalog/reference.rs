//! Codes about references: between scenarios, to values, to recorded figures.

use super::codes;

codes! {
    UNRESOLVED_REFERENCE = "source/unresolved-reference", Error {
        what: "A reference names something that does not exist.",
        why: "Learners would meet a dead link.",
        fix: "Correct the id; the message names near ones.",
        source: "format.md",
        bad: [],
        good: [],
    }

    STALE_VALUE = "source/stale-value", Error {
        what: "A value in the text differs from the one it refers to.",
        why: "The prose would contradict the code, the load test or the recorded run.",
        fix: "Run `scenarist lint --fix`, or correct the text.",
        source: "format.md",
        bad: [],
        good: [],
    }

    STALE_FACT = "source/stale-fact", Error {
        what: "A declared fact does not stand in the file it names.",
        why: "Every text that uses the fact would be wrong.",
        fix: "Correct the fact's value or the file.",
        source: "format.md",
        bad: [],
        good: [],
    }

    STALE_RECORDING = "source/stale-recording", Warning {
        what: "The recorded run belongs to other files than these.",
        why: "Its figures may no longer be true.",
        fix: "Rehearse the scenario again and record it.",
        source: "format.md",
        bad: [],
        good: [],
    }

    CYCLIC_REFERENCE = "source/cyclic-reference", Error {
        what: "Entries refer to each other in a circle.",
        why: "There is no order in which they could be resolved.",
        fix: "Break the circle at one of the places named.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNKNOWN_CONCEPT = "source/unknown-concept", Error {
        what: "A concept is not in the registry.",
        why: "Nothing could be linked, explained or checked.",
        fix: "Add it to concepts.yml or correct the id.",
        source: "format.md",
        bad: [],
        good: [],
    }

}
