//! Codes about files: what cannot be read, found or written.

use super::codes;
use crate::diag::Example;

codes! {
    NOT_UTF8 = "source/not-utf8", Error {
        what: "A file that is meant as text is not UTF-8.",
        why: "Readers would see broken characters, and offsets would be wrong.",
        fix: "Save the file as UTF-8, or move it to where binary files belong.",
        source: "format.md",
        bad: [],
        good: [],
    }

    TEXT_TOO_LARGE = "source/text-too-large", Error {
        what: "A text file is larger than 5 MB.",
        why: "No exercise needs one; it is usually a log or a dump that slipped into the tree.",
        fix: "Remove the file, or generate its content in a seed script.",
        source: "format.md",
        bad: [],
        good: [],
    }

    LINK_LEAVES_TREE = "source/link-leaves-tree", Error {
        what: "A symbolic link points outside the project.",
        why: "The output must depend on the project alone, and a link could leak files of the machine.",
        fix: "Copy the file into the project instead of linking to it.",
        source: "format.md",
        bad: [],
        good: [],
    }

    BROKEN_LINK = "source/broken-link", Error {
        what: "A symbolic link points to nothing or to itself.",
        why: "The file it stands for would be missing without a word.",
        fix: "Repair or remove the link.",
        source: "format.md",
        bad: [],
        good: [],
    }

    UNREADABLE_FILE = "source/unreadable-file", Error {
        what: "A file or folder cannot be read.",
        why: "What is not read would be missing from the output without a word.",
        fix: "Check the file's permissions and its name.",
        source: "format.md",
        bad: [],
        good: [],
    }

    MISSING_FILE = "source/missing-file", Error {
        what: "A file that is named does not exist.",
        why: "The output would refer to something that is not there.",
        fix: "Create the file or correct the path.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "![The system](«diagrams/system.png» \"The system\")\n")]),
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nstatus: ready\npages:\n  - {id: «end», title: The end}\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/scenario.md", "…\n\n![The system again](diagrams/system.svg \"The system\")\n")]),
        ],
    }

    PATH_LEAVES_TREE = "source/path-leaves-tree", Error {
        what: "A path leaves its folder with `..` or is absolute.",
        why: "Content may only read and write inside its own folders.",
        fix: "Name the file relative to its folder.",
        source: "format.md",
        bad: [
            Example::file(&[("content/tutorials/basics/start.md", "![The system](«../../../secret.svg» \"The system\")\n")]),
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nstatus: ready\npages:\n  - {id: start, title: The start, file: «../start.md»}\n")]),
        ],
        good: [
            Example::file(&[("content/tutorials/basics/tutorial.yml", "title: The basics\nstatus: ready\npages:\n  - {id: begin, title: The start, file: start.md}\n")]),
        ],
    }

    UNUSED_FILE = "source/unused-file", Warning {
        what: "Nothing uses this file.",
        why: "A file that no page shows and no folder ships is a leftover or a forgotten reference.",
        fix: "Refer to it, move it, or delete it.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/diagrams/old.svg", "«»<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n")]),
            Example::file(&[("content/scenarios/first/notes.txt", "«»Ask about the second fix.\n")]),
        ],
        good: [
            Example::files(&[("content/scenarios/first/diagrams/old.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"), ("content/scenarios/first/scenario.md", "…\n\n![What was there before](diagrams/old.svg \"Before\")\n")]),
        ],
    }

    OUTPUT_PATH_COLLISION = "source/output-path-collision", Error {
        what: "Two sources produce the same output path.",
        why: "One would overwrite the other; on some file systems also when only the case differs.",
        fix: "Rename one of them.",
        source: "format.md",
        bad: [
            Example::file(&[("content/scenarios/first/app/package.json", "«»{\"name\": \"feed\"}\n")]),
            Example::file(&[("content/tracks/main.yml", "title: The track\nfolder: scenario-{number}\ngroups:\n  - {id: start, name: Start, tier: crawling, scenarios: [first]}\n  - {id: more, name: More, bonus: true, scenarios: [{id: «scenario-1», title: Another one}]}\nbonus-folder: \"{id}\"\n")]),
        ],
        good: [
            Example::file(&[("content/scenarios/first/app/src/package.json", "{\"name\": \"feed\"}\n")]),
        ],
    }

    TEMPLATE_ERROR = "source/template-error", Error {
        what: "A template cannot be parsed or rendered.",
        why: "Nothing can be emitted from it.",
        fix: "Correct the template at the line named.",
        source: "format.md",
        bad: [
            Example::file(&[("devcontainers/node-postgres/dashboard/prometheus.yml.j2", "global:\n  scrape_interval: [= «interval» =]\n")]),
        ],
        good: [
            Example::file(&[("devcontainers/node-postgres/dashboard/prometheus.yml.j2", "global:\n  scrape_interval: 5s\n")]),
        ],
    }

    INVALID_OUTPUT = "source/invalid-output", Error {
        what: "A rendered file is not valid in its own format.",
        why: "A learner's tools would refuse it.",
        fix: "Correct the template or the value that went into it.",
        source: "format.md",
        bad: [
            Example::file(&[("devcontainers/node-postgres/dashboard/prometheus.yml.j2", "global: scrape_interval«»: 5s\n")]),
            Example::file(&[("devcontainers/node-postgres/devcontainer.json.j2", "{\n  \"name\": [= scenario.label =],\n  \"service\": \"app\",\n  «»\"service\": \"postgres\"\n}\n")]),
        ],
        good: [
            Example::file(&[("devcontainers/node-postgres/dashboard/prometheus.yml.j2", "global:\n  scrape_interval: 5s\n")]),
        ],
    }

}
