//! Codes of `scenarist audit`: what only a repository that is written by hand can get wrong. Their examples
//! are files laid over the small repository in `tests/adopt/small/`.

use super::codes;
use crate::diag::Example;

codes! {
    NUMBER_GAP = "adopt/number-gap", Warning {
        what: "Numbers that count up leave one out, or come in another order than they stand.",
        why: "Learners look for the step or the question that is missing, and \"see Q8\" leads to a place that is not there.",
        fix: "Number anew from the place that is named, and correct what refers to the numbers behind it.",
        source: "hand-numbered pages",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nRun it.\n\n## Step «3» — Repair\n\nChange it.\n")]),
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n**Q1: How long does it take?**\n\n```text\nYour answer:\n```\n\n**Q«3»: Why does it?**\n\n```text\nYour answer:\n```\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 0 — Look around\n\nRead.\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
    }

    NUMBER_TWICE = "adopt/number-twice", Warning {
        what: "Two things of one kind have the same number.",
        why: "Nobody knows which of the two a reference means, nor to which question an answer belongs.",
        fix: "Give the second one a number of its own, and see what refers to it.",
        source: "hand-numbered pages",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nRun it.\n\n## Step «1» — Repair\n\nChange it.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nRun it.\n\n## Step 2 — Repair\n\nChange it.\n")]),
        ],
    }

    UNKNOWN_NUMBER = "adopt/unknown-number", Error {
        what: "A text refers to a step, question, figure, fix, option or scenario that does not exist.",
        why: "Learners search for it, and do not know whether they have missed something.",
        fix: "Write the number of what is meant. Such a reference is often left over when steps were moved.",
        source: "hand-numbered pages",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nKeep the figures; you need them in Step «4».\n\n## Step 2 — Repair\n\nChange it.\n")]),
            Example::file(&[("scenario-01-the-slow-list/README.md", "# Scenario 1: The Slow List\n\nDo Scenario «9» first.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nKeep the figures; you need them in Step 2. Step 7 of Scenario 2 is another matter.\n\n## Step 2 — Repair\n\nChange it.\n")]),
        ],
    }

    WRONG_NUMBER = "adopt/wrong-number", Warning {
        what: "A scenario has another number in its title or its figures than in the curriculum.",
        why: "References between scenarios go by these numbers; after scenarios were moved they mean others.",
        fix: "Write the number of the curriculum, and correct what refers to the old one.",
        source: "hand-numbered pages",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario «2»: The Slow List\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# The Slow List\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
    }

    ANSWER_DIFFERS = "adopt/answer-differs", Warning {
        what: "The answer key repeats a question in other words than the page asks it.",
        why: "One of the two was changed and the other was not: the answer may belong to an older question.",
        fix: "Read both, copy the words of the question into the key, and see whether the answer still fits.",
        source: "answer keys that repeat their questions",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n**Q1: How long does a list of one ship take?**\n\n```text\nYour answer:\n```\n\n## Answer Key\n\n**Q1: How long does a list of one «harbor» take?**\n\nAbout a second.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n**Q1: How long does a list of *one* ship take?**\n\n```text\nYour answer:\n```\n\n## Answer Key\n\n**Q1: How long does a list of one ship take?**\n\nAbout a second.\n")]),
        ],
    }

    ANSWER_WITHOUT_QUESTION = "adopt/answer-without-question", Warning {
        what: "The answer key has an entry for which there is no question.",
        why: "The question was removed or renumbered; what stands below it answers nothing, or the wrong thing.",
        fix: "Remove the entry, or put the question back.",
        source: "answer keys that repeat their questions",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n**Q1: How long does a list take?**\n\n```text\nYour answer:\n```\n\n## Answer Key\n\n**Q1: How long does a list take?**\n\nAbout a second.\n\n**Q«2»: Where does the time go?**\n\nInto the database.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n**Q1: How long does a list take?**\n\n```text\nYour answer:\n```\n\n## Answer Key\n\n**Q1: How long does a list take?**\n\nAbout a second.\n")]),
        ],
    }

    STALE_BEFORE = "adopt/stale-before", Error {
        what: "A block that shows the problem has a line that the learner's file does not have.",
        why: "Learners look for this line in the file, and do not find it.",
        fix: "Copy the lines of the file again. Comments and space do not have to be equal.",
        source: "code that is pasted into pages",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Repair\n\n### Fix 1: Read less\n\nIn `src/server.js`:\n\nBefore (the problem):\n\n```js\nconst list = await read();\n«send(list, 200);»\n```\n\nAfter (the fix):\n\n```js\nconst list = await read(50);\n```\n"),
                ("scenario-01-the-slow-list/src/server.js", "const list = await read();\nsend(list);\n"),
                ("scenario-01-the-slow-list/solution/server.fixed.js", "const list = await read(50);\nsend(list);\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Repair\n\n### Fix 1: Read less\n\nIn `src/server.js`:\n\nBefore (the problem):\n\n```js\n// How much is this?\nconst list = await read();\n```\n\nAfter (the fix):\n\n```js\nconst list = await read(50);\n```\n"),
                ("scenario-01-the-slow-list/src/server.js", "const list = await read();\nsend(list);\n"),
                ("scenario-01-the-slow-list/solution/server.fixed.js", "const list = await read(50);\nsend(list);\n"),
            ]),
        ],
    }

    STALE_AFTER = "adopt/stale-after", Error {
        what: "A block that shows the fix has a line that the solution does not have.",
        why: "Learners compare their file with the solution when they are stuck, and one of the two is wrong.",
        fix: "Decide which is right, and copy its lines to the other. Comments and space do not have to be equal.",
        source: "code that is pasted into pages",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Repair\n\n### Fix 1: Read less\n\nIn `src/server.js`:\n\nBefore (the problem):\n\n```js\nconst list = await read();\nsend(list);\n```\n\nAfter (the fix):\n\n```js\n«const list = await read(80);»\nsend(list);\n```\n"),
                ("scenario-01-the-slow-list/src/server.js", "const list = await read();\nsend(list);\n"),
                ("scenario-01-the-slow-list/solution/server.fixed.js", "const list = await read(50);\nsend(list);\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Repair\n\n### Fix 1: Read less\n\nIn `src/server.js`:\n\nBefore (the problem):\n\n```js\nconst list = await read();\n```\n\nAfter (the fix):\n\n```js\nconst list = await read(50); // enough\n```\n"),
                ("scenario-01-the-slow-list/src/server.js", "const list = await read();\nsend(list);\n"),
                ("scenario-01-the-slow-list/solution/server.fixed.js", "const list = await read(50);\nsend(list);\n"),
            ]),
        ],
    }

    STALE_COMMENTS = "adopt/stale-comments", Error {
        what: "A file with comments and its twin without them differ in more than comments.",
        why: "Who reads the commented file reads about another program than the one that runs.",
        fix: "Bring the code of the two files together. What stands in comments, and space, may differ.",
        source: "`server.comments.js` beside `server.js`",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/src/server.js", "const list = await read(50);\nsend(list);\n"),
                ("scenario-01-the-slow-list/src/server.comments.js", "// read() asks the database.\n«const list = await read(80);»\nsend(list);\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/src/server.js", "const list = await read(50);\nsend(list);\n"),
                ("scenario-01-the-slow-list/src/server.comments.js", "// read() asks the database.\nconst list = await read(50); // rows\nsend(list);\n"),
            ]),
        ],
    }

    STALE_NUMBER = "adopt/stale-number", Warning {
        what: "A text gives another number than the load test, the seed or the code.",
        why: "Learners compare what they read with what they see, and stop to wonder who is wrong.",
        fix: "Write the number that the files have, or change the files.",
        source: "numbers that are repeated in prose",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nThe library has «4,000» books.\n"),
                ("scenario-01-the-slow-list/db/seed.js", "const BOOKS = 5000;\n"),
            ]),
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nThe load test plays «60» drivers.\n"),
                ("scenario-01-the-slow-list/scripts/loadtest.js", "const autocannon = require('autocannon');\nautocannon({ url: 'http://localhost:3000', connections: 40, duration: 20 });\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nThe library has 5,000 books. If it had 80,000 books, the list would be longer.\n"),
                ("scenario-01-the-slow-list/db/seed.js", "const BOOKS = 5000;\n"),
            ]),
        ],
    }

    WRONG_PORT = "adopt/wrong-port", Error {
        what: "A page names an address with a port that no service of the compose file has.",
        why: "The command or the link fails, before learners have seen anything of the scenario.",
        fix: "Write the port that the compose file publishes.",
        source: "addresses that are repeated in prose",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nOpen `http://localhost:«3002»`.\n"),
                ("scenario-01-the-slow-list/docker-compose.yml", "services:\n  app:\n    image: node:24\n    ports:\n      - \"3000:3000\"\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nOpen `http://localhost:3000`.\n"),
                ("scenario-01-the-slow-list/docker-compose.yml", "services:\n  app:\n    image: node:24\n    ports:\n      - \"3000:3000\"\n"),
            ]),
        ],
    }

    WRONG_DATABASE = "adopt/wrong-database", Error {
        what: "A page connects to a database with a name that the compose file does not give to any.",
        why: "The command fails: the database does not exist.",
        fix: "Write the name that the compose file gives to it.",
        source: "names that are repeated in prose",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n```bash\npsql postgresql://postgres:postgres@postgres:5432/«harbour»\n```\n"),
                ("scenario-01-the-slow-list/docker-compose.yml", "services:\n  postgres:\n    image: postgres:17\n    environment:\n      POSTGRES_DB: harbor\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n```bash\npsql postgresql://postgres:postgres@postgres:5432/harbor\n```\n"),
                ("scenario-01-the-slow-list/docker-compose.yml", "services:\n  postgres:\n    image: postgres:17\n    environment:\n      POSTGRES_DB: harbor\n"),
            ]),
        ],
    }

    UNKNOWN_SCRIPT = "adopt/unknown-script", Error {
        what: "A command runs a script that package.json does not have, or a file that is not there.",
        why: "Learners type it and get an error that has nothing to do with the exercise.",
        fix: "Correct the name, or add the script.",
        source: "commands that are repeated in prose",
        bad: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n```bash\nnpm run «load»\n```\n"),
                ("scenario-01-the-slow-list/package.json", "{ \"scripts\": { \"loadtest\": \"node scripts/loadtest.js\" } }\n"),
            ]),
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nRun `node «scripts/load.js»`.\n"),
                ("scenario-01-the-slow-list/package.json", "{ \"scripts\": { } }\n"),
            ]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\n```bash\nnpm run loadtest\n```\n"),
                ("scenario-01-the-slow-list/package.json", "{ \"scripts\": { \"loadtest\": \"node scripts/loadtest.js\" } }\n"),
            ]),
        ],
    }

    TITLE_DIFFERS = "adopt/title-differs", Warning {
        what: "A scenario has another title in the curriculum or its README than on its page.",
        why: "Learners wonder whether they have opened the right one.",
        fix: "Use one title in all places.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: «The Late List»\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The *Slow* List\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
    }

    CONCEPTS_DIFFER = "adopt/concepts-differ", Warning {
        what: "A page lists other concepts than the curriculum does for it.",
        why: "What learners are told before and after they choose a scenario is not the same, and what later ones build on may be missing.",
        fix: "List the same concepts in both places.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n**Concepts:** «lock»\n**Time:** 30–40 minutes\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n**Concepts:** Index\n**Time:** 30–40 minutes\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
    }

    TIME_DIFFERS = "adopt/time-differs", Warning {
        what: "A page or its README gives another time than the curriculum.",
        why: "Learners plan an evening by it.",
        fix: "Write the same time in all places.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n**Concepts:** index\n**Time:** «50–70 minutes»\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n**Concepts:** index\n**Time:** 30–40 min\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
    }

    LEVEL_DIFFERS = "adopt/level-differs", Warning {
        what: "A page names another part of the curriculum as its level than the one that it is in.",
        why: "Learners expect more or less help than they get.",
        fix: "Name the part that the scenario is in, or move it.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n**Concepts:** index\n**Difficulty:** «Running»\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n**Concepts:** index\n**Difficulty:** Beginner (Crawling)\n\n## Step 1 — Measure\n\nRun it.\n")]),
        ],
    }

    ENTRY_WITHOUT_FOLDER = "adopt/entry-without-folder", Error {
        what: "The curriculum says that a scenario is ready, and there is no folder for it.",
        why: "Learners look for something that does not exist.",
        fix: "Link the folder, or say that the scenario is planned.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("README.md", "# Small Systems\n\n## Curriculum\n\n### Part 1: Crawling\n\n| # | Scenario | New concepts | Time | Status |\n|---|---|---|---|---|\n| 1 | [The Slow List](scenario-01-the-slow-list/README.md) | index | 30–40 min | ready |\n| 2 | [The Full Pool](scenario-02-the-full-pool/README.md) | connection pool | 40–50 min | ready |\n| 3 | «The Old Copy» | cache | 60 min | ready |\n")]),
            Example::file(&[("scenarist.yml", "order: [scenario-01-the-slow-list, «scenario-02-the-slow-pool»]\n")]),
        ],
        good: [
            Example::file(&[("README.md", "# Small Systems\n\n## Curriculum\n\n### Part 1: Crawling\n\n| # | Scenario | New concepts | Time | Status |\n|---|---|---|---|---|\n| 1 | [The Slow List](scenario-01-the-slow-list/README.md) | index | 30–40 min | ready |\n| 2 | [The Full Pool](scenario-02-the-full-pool/README.md) | connection pool | 40–50 min | ready |\n| 3 | The Old Copy | cache | 60 min | planned |\n")]),
        ],
    }

    STALE_STATUS = "adopt/stale-status", Warning {
        what: "The curriculum says that a scenario is planned, and it is there.",
        why: "Nobody opens it.",
        fix: "Say that it is ready, or call it a draft.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("README.md", "# Small Systems\n\n## Curriculum\n\n### Part 1: Crawling\n\n| # | Scenario | New concepts | Time | Status |\n|---|---|---|---|---|\n| 1 | [The Slow List](scenario-01-the-slow-list/README.md) | index | 30–40 min | ready |\n| 2 | [The Full Pool](scenario-02-the-full-pool/README.md) | connection pool | 40–50 min | «planned» |\n")]),
        ],
        good: [
            Example::file(&[("README.md", "# Small Systems\n\n## Curriculum\n\n### Part 1: Crawling\n\n| # | Scenario | New concepts | Time | Status |\n|---|---|---|---|---|\n| 1 | [The Slow List](scenario-01-the-slow-list/README.md) | index | 30–40 min | ready |\n| 2 | [The Full Pool](scenario-02-the-full-pool/README.md) | connection pool | 40–50 min | draft |\n")]),
        ],
    }

    FOLDER_WITHOUT_ENTRY = "adopt/folder-without-entry", Warning {
        what: "A scenario is in no table of the curriculum.",
        why: "Learners do not find it, and nobody knows what comes before it.",
        fix: "Add a row with a link to its folder.",
        source: "curriculum tables",
        bad: [
            Example::files(&[
                ("scenario-04-the-lost-mail/SCENARIO.md", "# Scenario 4: «The Lost Mail»\n\n## Step 1 — Measure\n\nRun it.\n"),
            ]),
        ],
        good: [
            Example::file(&[("scenario-04-notes/notes.md", "# Notes\n\nNothing for learners.\n")]),
        ],
    }

    WRONG_LINK = "adopt/wrong-link", Error {
        what: "A link of a scenario opens another one, or a Codespace that does not exist.",
        why: "Learners read one scenario and work in another.",
        fix: "Correct the link. The address of a Codespace names the path of a devcontainer.json.",
        source: "curriculum tables, Codespaces",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/README.md", "# Scenario 1: The Slow List\n\n[Open it in a Codespace](https://codespaces.new/school/systems?devcontainer_path=«.devcontainer%2Fslow%2Fdevcontainer.json»).\n")]),
        ],
        good: [
            Example::files(&[
                ("scenario-01-the-slow-list/README.md", "# Scenario 1: The Slow List\n\n[Open it in a Codespace](https://codespaces.new/school/systems?devcontainer_path=.devcontainer%2Fslow%2Fdevcontainer.json).\n"),
                (".devcontainer/slow/devcontainer.json", "{}\n"),
            ]),
        ],
    }

    NEXT_DIFFERS = "adopt/next-differs", Warning {
        what: "The closing line of a page names another scenario than the one that comes next.",
        why: "Learners look for a scenario that is called otherwise, or skip one.",
        fix: "Write number and title of the next row of the curriculum.",
        source: "curriculum tables",
        bad: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nRun it.\n\n---\n\n*Next: Scenario 2 — «The Empty Pool»*\n")]),
        ],
        good: [
            Example::file(&[("scenario-01-the-slow-list/SCENARIO.md", "# Scenario 1: The Slow List\n\n## Step 1 — Measure\n\nRun it.\n\n---\n\n*Next: Scenario 2 — The Full Pool*\n")]),
        ],
    }

    OUTLINE_DIFFERS = "adopt/outline-differs", Warning {
        what: "Another document has the curriculum as well, and says something else than README.md.",
        why: "Authors plan by one of the two, learners choose by the other.",
        fix: "Bring the two up to date with each other, or let one of them link to the other.",
        source: "VISION.md with the curriculum",
        bad: [
            Example::file(&[("VISION.md", "# Vision\n\n1. **The Slow List.** Introduces index.\n«2». **The Empty Pool.** Introduces connection pool.\n3. **The Old Copy.** Introduces cache.\n")]),
        ],
        good: [
            Example::file(&[("VISION.md", "# Vision\n\n1. **The Slow List.** Introduces index.\n2. **The Full Pool.** Introduces connection pool.\n3. **The Old Copy.** Introduces cache.\n")]),
        ],
    }
}
