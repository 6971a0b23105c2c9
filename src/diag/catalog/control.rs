//! Codes about the linter itself: what its settings and its suppressions say.

use super::codes;
use crate::diag::Example;

codes! {
    UNKNOWN_RULE = "lint/unknown-rule", Warning {
        what: "The linter's settings or a suppression name a rule, a group or a parameter that there is not.",
        why: "What is misspelled has no effect: the finding stays, or the level is not what you think.",
        fix: "Correct the name; `scenarist explain` lists all codes.",
        source: "rules.md",
        bad: [
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {«source/untagged-code-fense»: off}\n")]),
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {«sources»: warning}\n")]),
            Example::file(&[("content/course.yml", "…\nlint:\n  settings: {source/unused-file: {«most»: 3}}\n")]),
            Example::file(&[("content/course.yml", "…\nlint:\n  overrides:\n    - paths: content/tutorials\n      levels: {«prose/banned-frase-x»: off}\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow «source/untaged-code-fence»: it is output -->\n\n```text\nx\n```\n")]),
        ],
        good: [
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {source/untagged-code-fence: info, prose: warning}\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow read access to everybody: it is a demo -->\n\n```text\nx\n```\n")]),
        ],
    }

    CANNOT_BE_LOWERED = "lint/cannot-be-lowered", Warning {
        what: "The settings lower, or a comment suppresses, an error that nothing can be built with.",
        why: "An error of the group `source` means that the course cannot be understood; not seeing it would not change that.",
        fix: "Remove the entry, and repair what the finding names.",
        source: "architecture.md",
        bad: [
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {«source/duplicate-id»: warning}\n")]),
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {«source»: off}\n")]),
            Example::file(&[("content/course.yml", "…\nlint:\n  allow: [{code: «source/duplicate-id», reason: We like both.}]\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow «source/unresolved-reference»: it will come -->\n\nHello.\n")]),
        ],
        good: [
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {source/unused-file: off, source/stale-value: error, source: error}\n")]),
        ],
    }

    SUPPRESSION_WITHOUT_REASON = "lint/suppression-without-reason", Warning {
        what: "A suppression does not say why.",
        why: "Whoever meets it later cannot tell whether it still holds.",
        fix: "Write the reason after a colon: `allow group/name: reason`.",
        source: "rules.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«<!-- allow source/untagged-code-fence -->»\n\n```\nx\n```\n")]),
            Example::files(&[("content/course.yml", "…\nlint:\n  allow:\n    - {code: source/untagged-code-fence, path: content/tutorials, reason: «\"\"»}\n"), ("content/tutorials/basics/start.md", "```\nx\n```\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow source/untagged-code-fence: it shows what no language is -->\n\n```\nx\n```\n")]),
        ],
    }

    UNUSED_SUPPRESSION = "lint/unused-suppression", Warning {
        what: "A suppression accepts a finding that there is not.",
        why: "It would hide the next finding of its kind, which nobody has looked at.",
        fix: "Remove it; `scenarist lint --fix` does.",
        source: "rules.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow «source/untagged-code-fence»: it was output -->\n\n```text\nx\n```\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow source/untagged-code-fence, «source/empty-section»: both at once -->\n\n```\nx\n```\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow «source/untagged-code-fence»: only the next block counts -->\n\nHello.\n\n<!-- allow source/untagged-code-fence: this one -->\n\n```\nx\n```\n")]),
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\n# allow «source/unused-file»: there was one\nstatus: ready\npages: [{id: start, title: The start}]\n")]),
            Example::file(&[("content/course.yml", "…\nlint:\n  allow:\n    - {code: «source/untagged-code-fence», path: content/tutorials, reason: Output has no language.}\n")]),
        ],
        good: [
            Example::file(&[("content/course.yml", "…\nlint:\n  levels: {source/untagged-code-fence: off}\n  allow:\n    - {code: source/untagged-code-fence, reason: Not looked for today.}\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "<!-- allow source/untagged-code-fence: it is output -->\n<!-- a remark -->\n\n```\nx\n```\n")]),
        ],
    }

    STALE_BASELINE_ENTRY = "lint/stale-baseline-entry", Info {
        what: "The baseline names a finding that there is not any more.",
        why: "It would hide the same fault when it comes back.",
        fix: "Write the baseline anew with `scenarist lint --write-baseline FILE`.",
        source: "rules.md",
        bad: [],
        good: [],
    }
}
