//! Codes about scenario.md and other pages: directives, headings, code, regions.

use super::codes;

codes! {
    UNKNOWN_DIRECTIVE = "source/unknown-directive", Error {
        what: "A directive has a name that does not exist.",
        why: "Its content would appear as plain text in front of learners.",
        fix: "Use one of the directives of the format reference; `\\::` prints colons.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MALFORMED_DIRECTIVE = "source/malformed-directive", Error {
        what: "A line starts with `::` but is not a directive.",
        why: "It would appear as plain text in front of learners.",
        fix: "Write `:::name{key=value}` or `::name{…}`; `\\::` prints colons.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNKNOWN_ATTRIBUTE = "source/unknown-attribute", Error {
        what: "A directive, heading or fence has an attribute that it does not take.",
        why: "It would have no effect, and a typo would go unnoticed.",
        fix: "Use one of the attributes the message names.",
        source: "format.md",
        bad: [],
        good: [],
    }

    BAD_ATTRIBUTE_VALUE = "source/bad-attribute-value", Error {
        what: "An attribute's value is not one it can take.",
        why: "It could not be carried out.",
        fix: "Use a value of the kind the message names.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISSING_ATTRIBUTE = "source/missing-attribute", Error {
        what: "A required attribute is missing.",
        why: "Without it the directive says too little.",
        fix: "Add the attribute.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISPLACED_DIRECTIVE = "source/misplaced-directive", Error {
        what: "A directive stands where it is not allowed.",
        why: "It belongs to another directive and means nothing outside it.",
        fix: "Move it into the directive that the message names.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNCLOSED_DIRECTIVE = "source/unclosed-directive", Error {
        what: "A container directive is never closed.",
        why: "Everything that follows would fall into it.",
        fix: "Add `:::` on a line of its own where the content ends.",
        source: "format.md",
        bad: [],
        good: [],
    }

    STRAY_CLOSER = "source/stray-closer", Error {
        what: "A `:::` closes nothing, or `:::/name` closes something else.",
        why: "A container is closed too early or twice.",
        fix: "Remove it, or correct the name.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISSING_BODY = "source/missing-body", Error {
        what: "A directive that needs content has none.",
        why: "It would print an empty block.",
        fix: "Write the content between the opening line and `:::`, or remove the directive.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNEXPECTED_BODY = "source/unexpected-body", Error {
        what: "A directive without content was opened as a container.",
        why: "What follows would be swallowed.",
        fix: "Write it with two colons: `::name{…}`.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISSING_BLANK_LINE = "source/missing-blank-line", Warning {
        what: "A directive line has no blank line beside it.",
        why: "Markdown formatters pull it into the neighbouring paragraph or list.",
        fix: "Put a blank line before and after it.",
        source: "format.md",
        bad: [],
        good: [],
    }

    DIRECTIVE_IN_LIST = "source/directive-in-list", Warning {
        what: "A directive line is indented, or stands in a list or quote.",
        why: "Directives start in the first column; this one is printed as text.",
        fix: "Move it to column one, after the list.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNCLOSED_FENCE = "source/unclosed-fence", Error {
        what: "A code fence is never closed.",
        why: "Everything that follows, directives too, would be shown as code.",
        fix: "Write the closing fence on a line of its own, with as many marks as the opening one.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNCLOSED_COMMENT = "source/unclosed-comment", Error {
        what: "An HTML comment is never closed.",
        why: "Everything that follows would vanish from the page.",
        fix: "Write `-->` where the comment ends.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNKNOWN_ROLE = "source/unknown-role", Error {
        what: "A heading has a class that is no role.",
        why: "Roles give an exercise its order.",
        fix: "Use one of the roles that the message names, or `.unnumbered`.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISPLACED_HEADING = "source/misplaced-heading", Error {
        what: "A heading stands at a level that is not allowed there.",
        why: "The page's outline is made of H2 and H3; the title comes from scenario.yml.",
        fix: "Use the level that the message names.",
        source: "format.md",
        bad: [],
        good: [],
    }

    REGION_MISSING = "source/region-missing", Error {
        what: "A region that is quoted does not exist in the file.",
        why: "There is nothing to show.",
        fix: "Add `#region` markers to the file or correct the name.",
        source: "format.md",
        bad: [],
        good: [],
    }

    REGION_UNCLOSED = "source/region-unclosed", Error {
        what: "Region markers don't pair up.",
        why: "What belongs to the region is unclear.",
        fix: "Close each `#region id` with `#endregion`; regions nest and never cross.",
        source: "format.md",
        bad: [],
        good: [],
    }

    STALE_SNIPPET = "source/stale-snippet", Warning {
        what: "Quoted code differs from the file.",
        why: "Learners would compare it with a file that says something else.",
        fix: "Run `scenarist lint --fix`, or empty the fence so that it is filled in.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNDECLARED_CHANGE = "source/undeclared-change", Error {
        what: "Two stages differ where no `change` shows it.",
        why: "The learner would be told less than the fix does.",
        fix: "Put the changed lines into a region and show it with `:::change`, or take the difference back.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNCHANGED = "source/unchanged-change", Error {
        what: "A `change` shows code that its fix does not change.",
        why: "Before and after would be the same.",
        fix: "Change the file in the fix's overlay, or remove the directive.",
        source: "format.md",
        bad: [],
        good: [],
    }

    STRUCTURE = "source/page-structure", Error {
        what: "The page's parts contradict scenario.yml or each other.",
        why: "The exercise's order is made from its headings.",
        fix: "Do what the message says.",
        source: "format.md",
        bad: [],
        good: [],
    }

}
