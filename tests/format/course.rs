//! The smallest course that holds one of everything, in memory; tests lay files over it.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::diag::{Diagnostic, Sink};
use scenarist::ir::{Block, Node};
use scenarist::load::{ensure_file, load_course, report_faults};
use scenarist::model::{Course, Scenario, Stage, Viewpoint, Written, reference_label};
use scenarist::source::{Files, builtin_files};

pub const PAGE: &str = "content/scenarios/first/scenario.md";
pub const MANIFEST: &str = "content/scenarios/first/scenario.yml";
pub const APP: &str = "content/scenarios/first/app/src/server.js";
pub const FIXED: &str = "content/scenarios/first/solution/fast/src/server.js";
pub const TRACK: &str = "content/tracks/main.yml";
pub const COURSE: &str = "content/course.yml";

pub const COURSE_YML: &str = "\
title: A small course
repository: owner/name
tiers:
  - {id: crawling, name: Crawling, scaffolding: high}
  - {id: walking, name: Walking, scaffolding: medium}
tracks: [main, second]
";

pub const CONCEPTS_YML: &str = "\
concepts:
  - {id: waiting, name: waiting, summary: Time in which nothing happens., terms: [wait]}
";

pub const TRACK_YML: &str = "\
title: The main track
folder: 'scenario-{number:02}-{id}'
groups:
  - id: basics
    name: Basics
    tier: crawling
    scenarios:
      - {id: first, why: Because it comes first.}
      - {id: later, title: Later on, summary: Something breaks., introduces: []}
  - id: extra
    name: Extra
    bonus: true
    scenarios:
      - {id: more, title: Something more, summary: For those who want it.}
";

pub const SECOND_YML: &str = "\
title: The second track
folder: 'second-{number:02}-{id}'
groups:
  - id: basics
    name: Basics, again
    scenarios:
      - {id: elsewhere, title: Elsewhere, summary: Another start.}
";

pub const SCENARIO_YML: &str = "\
title: The slow answer
status: ready
minutes: 10
summary: A page answers late.
introduces: [waiting]
bridge: {plants: [{id: what-next, asks: What waits next?}]}
facts: {loops: {value: 5000, in: src/server.js}}
environment:
  stack: node-postgres
  app: {title: Small app, port: 3000, database: smallapp}
metrics:
  - {name: http_requests_total, type: counter, labels: [route], help: Requests.}
loadtests:
  - {id: main, requests: [{id: page, path: /}], connections: 20, seconds: 10}
fixes: [{id: fast}]
";

pub const SERVER_JS: &str = "\
const express = require('express');
//: express answers requests.
const app = express();

// #region answer
app.get('/', (req, res) => {
  for (let i = 0; i < 5_000; i++) Math.random(); //: work that nobody needs
  res.send('done');
});
// #endregion

app.listen(3000);
";

pub const FIXED_JS: &str = "\
const express = require('express');
//: express answers requests.
const app = express();

// #region answer
app.get('/', (req, res) => {
  res.send('done');
});
// #endregion

app.listen(3000);
";

pub const TOP: &str = "\
## The page is slow {.situation}

Nobody knows why.

## See it {.observe #see}

Look.

";

pub const FIX: &str = "\
## Fix it {.fix #fix-it}

### Answer at once {#fast}

::change{file=src/server.js region=answer}
";

/// A page with `body` between the symptoms and the fix.
pub fn page(body: &str) -> String {
    if body.contains("{.fix") { format!("{TOP}{body}") } else { format!("{TOP}{body}\n{FIX}") }
}

/// A course that was loaded.
pub struct Loaded {
    pub files: Files,
    pub course: Option<Course>,
    pub findings: Vec<Diagnostic>,
}

/// Loads the small course with other files laid over it; an empty text takes a file away.
pub fn load(over: &[(&str, &str)]) -> Loaded {
    let first = page("");
    let mut texts: BTreeMap<&str, &str> = BTreeMap::from([
        (COURSE, COURSE_YML),
        ("content/concepts.yml", CONCEPTS_YML),
        (TRACK, TRACK_YML),
        ("content/tracks/second.yml", SECOND_YML),
        (MANIFEST, SCENARIO_YML),
        (PAGE, first.as_str()),
        (APP, SERVER_JS),
        (FIXED, FIXED_JS),
    ]);
    texts.extend(over.iter().copied());
    texts.retain(|_, text| !text.is_empty());
    let mut files = Files::default();
    for (path, text) in texts {
        files.add_text(path, text);
    }
    let sink = Sink::default();
    report_faults(&mut files, &[], &sink);
    builtin_files(&mut files);
    let course_file = ensure_file(&mut files, Utf8Path::new(COURSE));
    let course = load_course(&files, course_file, &sink);
    let findings = sink.into_sorted(&files);
    Loaded { files, course, findings }
}

/// Loads the small course with `body` on the page of its scenario.
pub fn load_page(body: &str) -> Loaded {
    load(&[(PAGE, &page(body))])
}

/// Loads the small course with keys added to scenario.yml.
pub fn load_manifest(more: &str) -> Loaded {
    load(&[(MANIFEST, &format!("{SCENARIO_YML}{more}"))])
}

impl Loaded {
    /// "code: message" of each finding.
    pub fn lines(&self) -> Vec<String> {
        self.findings.iter().map(|it| format!("{}: {}", it.spec.code, it.message)).collect()
    }

    /// The codes of all findings without their group, in order.
    pub fn codes(&self) -> Vec<&str> {
        self.findings.iter().filter_map(|it| it.spec.code.strip_prefix("source/")).collect()
    }

    /// Nothing was found.
    #[track_caller]
    pub fn clean(self) -> Self {
        assert_eq!(self.lines(), Vec::<String>::new());
        self
    }

    /// Exactly these codes were found; gives the first finding's message and help in one text.
    #[track_caller]
    pub fn only(&self, codes: &[&str]) -> String {
        assert_eq!(self.codes(), codes, "{:#?}", self.lines());
        let first = &self.findings[0];
        format!("{} | {}", first.message, first.help.as_deref().unwrap_or_default())
    }

    /// The text under the first finding.
    pub fn place(&self) -> &str {
        self.files.slice(self.findings[0].span)
    }

    pub fn course(&self) -> &Course {
        self.course.as_ref().expect("the course loads")
    }

    pub fn scenario(&self, id: &str) -> &Scenario {
        self.course().scenarios.iter().find(|scenario| scenario.id == id).expect("there is such a scenario")
    }

    pub fn written(&self) -> &Written {
        self.scenario("first").written.as_ref().expect("it has a folder")
    }

    pub fn stage(&self, id: &str) -> &Stage {
        self.written().stages.iter().find(|stage| stage.id == id).expect("there is such a stage")
    }

    /// The text of a file at a stage, as learners get it.
    pub fn text(&self, stage: &str, path: &str) -> Option<&str> {
        self.stage(stage).text(&Utf8PathBuf::from(path))
    }

    /// All nodes of the page, also those inside others.
    pub fn nodes(&self) -> Vec<&Node> {
        let mut all = Vec::new();
        gather(&self.written().blocks, &mut all);
        all
    }

    /// The page's prose with every reference as its label.
    pub fn prose(&self) -> String {
        let index = self.course().scenarios.iter().position(|scenario| scenario.id == "first");
        let mut out = String::new();
        for node in self.nodes() {
            if let Node::Prose(text) = node {
                for piece in &text.pieces {
                    match piece {
                        scenarist::ir::Piece::Markdown(text) => out.push_str(text),
                        scenarist::ir::Piece::Reference(to) => {
                            out.push_str(&reference_label(
                                self.course(),
                                to,
                                index.map_or(Viewpoint::Elsewhere, Viewpoint::Scenario),
                            ));
                        }
                    }
                }
                out.push('\n');
            }
        }
        out
    }
}

fn gather<'a>(blocks: &'a [Block], all: &mut Vec<&'a Node>) {
    for block in blocks {
        all.push(&block.node);
        match &block.node {
            Node::Question(question) => {
                gather(&question.prompt, all);
                gather(&question.answer, all);
            }
            Node::Options(options) => gather(&options.body, all),
            Node::Disclosure(closed) => gather(&closed.body, all),
            Node::Change(change) => gather(&change.body, all),
            Node::Quote(quote) => gather(&quote.body, all),
            Node::Only { body, .. } => gather(body, all),
            _ => {}
        }
    }
}
