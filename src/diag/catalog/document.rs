//! Codes about scenario.md and other pages: directives, headings, code, regions.

use super::codes;
use crate::diag::Example;

codes! {
    UNKNOWN_DIRECTIVE = "source/unknown-directive", Error {
        what: "A directive has a name that does not exist.",
        why: "Its content would appear as plain text in front of learners.",
        fix: "Use one of the directives of the format reference; `\\::` prints colons.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", ":::«hnt»\nLook at the log.\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", ":::«note»\nThe log is empty at first.\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "> [!NOTE]\n> The log is empty at first.\n")]),
        ],
    }

    MALFORMED_DIRECTIVE = "source/malformed-directive", Error {
        what: "A line starts with `::` but is not a directive.",
        why: "It would appear as plain text in front of learners.",
        fix: "Write `:::name{key=value}` or `::name{…}`; `\\::` prints colons.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«::: hint»\nLook at the log.\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "«::std::vector»\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "\\::std::vector\n")]),
        ],
    }

    UNKNOWN_ATTRIBUTE = "source/unknown-attribute", Error {
        what: "A directive, heading or fence has an attribute that it does not take.",
        why: "It would have no effect, and a typo would go unnoticed.",
        fix: "Use one of the attributes the message names.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint{«level»=2}\nLook at the log.\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "## The log {«rol»=observe}\n\nIt is empty.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n:::\n")]),
        ],
    }

    BAD_ATTRIBUTE_VALUE = "source/bad-attribute-value", Error {
        what: "An attribute's value is not one it can take.",
        why: "It could not be carried out.",
        fix: "Use a value of the kind the message names.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", ":::question{#why kind=«guess»}\nWhat comes next?\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", ":::only{in=«web»}\nClick the title.\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::question{#why kind=prediction}\nWhat comes next?\n:::\n")]),
        ],
    }

    MISSING_ATTRIBUTE = "source/missing-attribute", Error {
        what: "A required attribute is missing.",
        why: "Without it the directive says too little.",
        fix: "Add the attribute.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«:::question{#why}»\nWhat comes next?\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "«:::question{kind=prediction}»\nWhat comes next?\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::question{#why kind=prediction}\nWhat comes next?\n:::\n")]),
        ],
    }

    MISPLACED_DIRECTIVE = "source/misplaced-directive", Error {
        what: "A directive stands where it is not allowed.",
        why: "It belongs to another directive and means nothing outside it.",
        fix: "Move it into the directive that the message names.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", ":::«answer»\nBecause it is empty.\n:::\n")]),
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n«:::change{file=src/server.js region=answer}»\n- the loop is gone\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::question{#why kind=comprehension}\nWhy is nothing shown?\n\n:::answer\nBecause it is empty.\n:::\n:::\n")]),
        ],
    }

    UNCLOSED_DIRECTIVE = "source/unclosed-directive", Error {
        what: "A container directive is never closed.",
        why: "Everything that follows would fall into it.",
        fix: "Add `:::` on a line of its own where the content ends.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«:::hint»\nLook at the log.\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "«:::hint»\nLook at the log.\n\n## Next\n\nClose it.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n:::\n\n## Next\n\nClose it.\n")]),
        ],
    }

    STRAY_CLOSER = "source/stray-closer", Error {
        what: "A `:::` closes nothing, or `:::/name` closes something else.",
        why: "A container is closed too early or twice.",
        fix: "Remove it, or correct the name.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "Look at the log.\n\n«:::»\n")]),
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n«:::/answer»\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n:::/hint\n")]),
        ],
    }

    MISSING_BODY = "source/missing-body", Error {
        what: "A directive that needs content has none.",
        why: "It would print an empty block.",
        fix: "Write the content between the opening line and `:::`, or remove the directive.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«:::hint»\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "«::hint»\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nLook at the log.\n:::\n")]),
        ],
    }

    UNEXPECTED_BODY = "source/unexpected-body", Error {
        what: "A directive without content was opened as a container.",
        why: "What follows would be swallowed.",
        fix: "Write it with two colons: `::name{…}`.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n«:::files»\nWhat is in the folder.\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n::files\n")]),
        ],
    }

    MISSING_BLANK_LINE = "source/missing-blank-line", Warning {
        what: "A directive line has no blank line beside it.",
        why: "Markdown formatters pull it into the neighbouring paragraph or list.",
        fix: "Put a blank line before and after it.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "Look at the log.\n«:::hint»\nIt is in `logs/`.\n:::\n")]),
            Example::file(&[("content/tutorials/basics/start.md", ":::hint\nIt is in `logs/`.\n«:::»\nNow you know.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "Look at the log.\n\n:::hint\nIt is in `logs/`.\n:::\n\nNow you know.\n")]),
        ],
    }

    DIRECTIVE_IN_LIST = "source/directive-in-list", Warning {
        what: "A directive line is indented, or stands in a list or quote.",
        why: "Directives start in the first column; this one is printed as text.",
        fix: "Move it to column one, after the list.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "- Look at the log.\n\n  «:::hint»\n  It is in `logs/`.\n  :::\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "- Look at the log.\n\n:::hint\nIt is in `logs/`.\n:::\n")]),
        ],
    }

    UNCLOSED_FENCE = "source/unclosed-fence", Error {
        what: "A code fence is never closed.",
        why: "Everything that follows, directives too, would be shown as code.",
        fix: "Write the closing fence on a line of its own, with as many marks as the opening one.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«```bash»\nnpm start\n\nNow look at the log.\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "«```bash»\nnpm start\n\nIt prints:\n\n```text\nready\n```\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "A fence looks like this:\n\n````text\n```bash\nnpm start\n```\n````\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "```bash\nnpm start\n```\n\nNow look at the log.\n")]),
        ],
    }

    UNCLOSED_COMMENT = "source/unclosed-comment", Error {
        what: "An HTML comment is never closed.",
        why: "Everything that follows would vanish from the page.",
        fix: "Write `-->` where the comment ends.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«<!-- Is this still true?»\n\nNow look at the log.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "<!-- Is this still true? -->\n\nNow look at the log.\n")]),
        ],
    }

    UNKNOWN_ROLE = "source/unknown-role", Error {
        what: "A heading has a class that is no role.",
        why: "Roles give an exercise its order.",
        fix: "Use one of the roles that the message names, or `.unnumbered`.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "## Look at the log {.«observed»}\n\nIt is empty.\n")]),
            Example::file(&[("content/tutorials/basics/start.md", "## The log\n\nIt is empty.\n\n### Look at it {.«observe»}\n\nAgain.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "## Look at the log {.observe}\n\nIt is empty.\n\n## Notes {.unnumbered}\n\nNone.\n")]),
        ],
    }

    MISPLACED_HEADING = "source/misplaced-heading", Error {
        what: "A heading stands at a level that is not allowed there.",
        why: "The page's outline is made of H2 and H3; the title comes from scenario.yml.",
        fix: "Use the level that the message names.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«# Look at the log»\n\nIt is empty.\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", "## Look at the log\n\nIt is empty.\n")]),
        ],
    }

    REGION_MISSING = "source/region-missing", Error {
        what: "A region that is quoted does not exist in the file.",
        why: "There is nothing to show.",
        fix: "Add `#region` markers to the file or correct the name.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n```js {file=src/server.js region=«anwser»}\n```\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n```js {file=src/server.js region=answer}\n```\n")]),
        ],
    }

    REGION_UNCLOSED = "source/region-unclosed", Error {
        what: "Region markers don't pair up.",
        why: "What belongs to the region is unclear.",
        fix: "Close each `#region id` with `#endregion`; regions nest and never cross.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/app/db/seed.js", "«// #region posts»\nconst POSTS = 500;\n")]),
            Example::file(&[("content/scenarios/first/app/db/seed.js", "const POSTS = 500;\n«// #endregion»\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/app/db/seed.js", "// #region posts\nconst POSTS = 500;\n// #endregion posts\n")]),
        ],
    }

    STALE_SNIPPET = "source/stale-snippet", Warning {
        what: "Quoted code differs from the file.",
        why: "Learners would compare it with a file that says something else.",
        fix: "Run `scenarist lint --fix`, or empty the fence so that it is filled in.",
        source: "format.md",
        bad: [
            Example::files(&[("content/scenarios/first/app/db/seed.js", "const POSTS = 500;\n"), ("content/scenarios/first/scenario.md", "…\n\n«```js {file=db/seed.js}\nconst POSTS = 400;\n```»\n")]),
        ],
        good: [
            Example::files(&[("content/scenarios/first/app/db/seed.js", "const POSTS = 500;\n"), ("content/scenarios/first/scenario.md", "…\n\n```js {file=db/seed.js}\nconst POSTS = 500;\n```\n")]),
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n```js {file=db/seed.js}\n```\n")]),
        ],
    }

    UNDECLARED_CHANGE = "source/undeclared-change", Error {
        what: "Two stages differ where no `change` shows it.",
        why: "The learner would be told less than the fix does.",
        fix: "Put the changed lines into a region and show it with `:::change`, or take the difference back.",
        source: "format.md",
        bad: [
            Example::files(&[("content/scenarios/first/app/src/server.js", "const express = require('express');\nconst app = express();\n\napp.get('/feed', (req, res) => {\n  // #region answer\n  for (let i = 0; i < 1e9; i++);\n  res.json([]);\n  // #endregion\n});\n\napp.listen(3000);\n"), ("content/scenarios/first/solution/fast/src/server.js", "const express = require('express');\nconst app = express();\n\napp.get('/feed', (req, res) => {\n  // #region answer\n  res.json([]);\n  // #endregion\n});\n\n«app.listen(3001);»\n")]),
        ],
        good: [
            Example::files(&[("content/scenarios/first/app/src/server.js", "const express = require('express');\nconst app = express();\n\napp.get('/feed', (req, res) => {\n  // #region answer\n  for (let i = 0; i < 1e9; i++);\n  res.json([]);\n  // #endregion\n});\n\napp.listen(3000);\n"), ("content/scenarios/first/solution/fast/src/server.js", "const express = require('express');\nconst app = express();\n\napp.get('/feed', (req, res) => {\n  // #region answer\n  res.json([]);\n  // #endregion\n});\n\napp.listen(3000);\n")]),
        ],
    }

    UNCHANGED = "source/unchanged-change", Error {
        what: "A `change` shows code that its fix does not change.",
        why: "Before and after would be the same.",
        fix: "Change the file in the fix's overlay, or remove the directive.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/scenario.md", "## Change it {.fix}\n\n### Answer at once {#fast}\n\n:::change{file=src/server.js region=answer}\n- the loop is gone\n:::\n\n«:::change{file=db/seed.js}»\n- nothing, in truth\n:::\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/scenario.md", "## Change it {.fix}\n\n### Answer at once {#fast}\n\n:::change{file=src/server.js region=answer}\n- the loop is gone\n:::\n")]),
        ],
    }

    STRUCTURE = "source/page-structure", Error {
        what: "The page's parts contradict scenario.yml or each other.",
        why: "The exercise's order is made from its headings.",
        fix: "Do what the message says.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "«:::question{#which kind=choice}»\nWhich of the two is slower?\n:::\n")]),
            Example::file(&[("content/scenarios/first/scenario.md", "## Change it {.fix}\n\n### Answer at once {#fast}\n\n:::change{file=src/server.js region=answer}\n- the loop is gone\n:::\n\n«## Read the code {.understand}»\n\nIt is short.\n\n## Measure it {.observe}\n\n::loadtest{#baseline}\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/start.md", ":::question{#which kind=choice}\nWhich of the two is slower?\n\n- [x] the first\n- [ ] the second\n:::\n")]),
        ],
    }

}
