//! Codes about YAML and JSON files: syntax, keys, types, ids.

use super::codes;

codes! {
    INVALID_YAML = "source/invalid-yaml", Error {
        what: "A YAML file cannot be parsed.",
        why: "Nothing in it can be used.",
        fix: "Correct the syntax at the place named; quote strings that hold `: ` or `#`.",
        source: "format.md",
        bad: [],
        good: [],
    }

    DUPLICATE_KEY = "source/duplicate-key", Error {
        what: "A key stands twice in one mapping.",
        why: "YAML and JSON readers silently keep one of the two.",
        fix: "Remove one of them.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNKNOWN_KEY = "source/unknown-key", Error {
        what: "A key is not part of this file's format.",
        why: "It would have no effect, and a typo would go unnoticed.",
        fix: "Use one of the keys the message names, or remove it.",
        source: "format.md",
        bad: [],
        good: [],
    }

    WRONG_TYPE = "source/wrong-type", Error {
        what: "A value has another type than its key takes.",
        why: "It could only be guessed what is meant.",
        fix: "Write a value of the type the message names.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISSING_KEY = "source/missing-key", Error {
        what: "A required key is missing.",
        why: "Without it the entry is incomplete.",
        fix: "Add the key.",
        source: "format.md",
        bad: [],
        good: [],
    }

    BAD_VALUE = "source/bad-value", Error {
        what: "A value is of the right type but not allowed here.",
        why: "It could not be carried out.",
        fix: "Use one of the values the message names.",
        source: "format.md",
        bad: [],
        good: [],
    }

    INVALID_ID = "source/invalid-id", Error {
        what: "An id is not of the form `words-with-hyphens`.",
        why: "Ids become folder names, anchors and URLs.",
        fix: "Use lower-case letters, digits and single hyphens.",
        source: "format.md",
        bad: [],
        good: [],
    }

    DUPLICATE_ID = "source/duplicate-id", Error {
        what: "An id is used twice.",
        why: "A reference to it could mean either.",
        fix: "Rename one of them; `was: [old]` keeps old links and answers.",
        source: "format.md",
        bad: [],
        good: [],
    }

}
