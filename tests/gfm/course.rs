//! A small course made in memory: two tracks, a bonus, scenarios of every status, and one page that
//! uses every node.

use std::collections::BTreeMap;

use scenarist::diag::Sink;
use scenarist::ir::{
    AnswerBox, Block, Cell, Change, Choice, Code, CodeUse, Disclosure, DisclosureKind, Figure, FileRow,
    Heading, LocalKind, Node, OptionItem, Options, Output, Piece, Question, Quote, Reference, RichText,
    Rubric, Table, TableUse, Target,
};
use scenarist::manifest;
use scenarist::manifest::measure::Minutes;
use scenarist::manifest::scenario::{Kind, Status};
use scenarist::model::{
    Bridge, Concept, Course, FixInfo, Group, LocalFigure, LocalOption, LocalQuestion, LocalStep, Locals,
    Plant, Role, Scenario, Stage, StageFile, Tier, Track, Tutorial, TutorialPage, Written,
};
use scenarist::source::{Files, Span};
use scenarist::syntax::yaml::{Decode, parse_yaml};

pub const COURSE: &str = "
title: Broken Systems
repository: example/systems
site: https://example.org/course/
tiers: [{id: crawling, name: Crawling, scaffolding: high}]
tracks: [entry]
";

const SCENARIO: &str = "
title: Diagnosing failures
status: ready
metrics:
  - {name: http_requests_total, type: counter, labels: [route]}
  - {name: latency_ms, type: histogram, labels: [route], buckets: [5, 12.5], unit: ms}
dashboard:
  - {id: errors, title: Errors per second, unit: reqps, series: [{rate: 'http_requests_total{status=~\"5..\"}'}]}
  - {id: p99, title: p99 latency, series: [{quantile: {of: latency_ms, q: 0.99, by: route}}]}
  - {id: success, title: Success, view: stat, series: [{ratio: [a_total, b_total]}]}
loadtests: [{id: main, requests: [{id: feed, path: /feed}], connections: 200, seconds: 30}]
fixes: [{id: shared-pool}, {id: bigger-pool, kept: false}, {id: feed-index, sql: [fix.sql]}]
parameters: [{name: delay, default: 5, min: 0, max: 10.5}]
";

const RUN: &str = "
recorded: {on: 2026-11-20, driver: native, cores: 2, versions: {}}
inputs: abc
stages:
  broken: {loadtests: {main: {success: 1.3, rps: 10, p50: 221, p99: 873}}}
  feed-index: {loadtests: {main: {success: 99.9, rps: 3090, p50: 63, p99: 93}}}
";

/// Decodes a YAML text; a fault in it is a mistake of the test.
pub fn decode<T: Decode>(files: &mut Files, path: &str, text: &str) -> T {
    let file = files.add_text(path, text);
    let sink = Sink::default();
    let node = parse_yaml(files, file, &sink).expect("valid YAML");
    let value = T::decode(&node, &sink);
    let found = sink.into_sorted(files);
    assert!(
        found.is_empty(),
        "{path}: {:?}",
        found.iter().map(|finding| &finding.message).collect::<Vec<_>>()
    );
    value.expect("a value")
}

pub fn md(text: &str) -> RichText {
    RichText::plain(text)
}

pub fn reference(target: Target) -> Piece {
    Piece::Reference(Box::new(Reference { target, text: None }))
}

pub fn local(kind: LocalKind, id: &str) -> Target {
    Target::Local { scenario: 0, kind, id: id.to_owned() }
}

/// `before`, a reference, `after`.
pub fn around(before: &str, target: Target, after: &str) -> RichText {
    let mut pieces = vec![Piece::Markdown(before.into()), reference(target)];
    pieces.push(Piece::Markdown(after.into()));
    RichText { pieces }
}

pub fn block(node: Node) -> Block {
    Block { span: Span::nowhere(), node }
}

pub fn prose(text: &str) -> Block {
    block(Node::Prose(md(text)))
}

pub fn heading(level: u8, id: &str, prefix: &str, text: &str, role: Option<&'static str>) -> Block {
    let heading = Heading {
        level,
        id: id.to_owned(),
        prefix: prefix.to_owned(),
        text: md(text),
        role,
        was: Vec::new(),
    };
    block(Node::Heading(Box::new(heading)))
}

pub fn code(language: &str, text: &str, use_: CodeUse) -> Code {
    Code {
        id: None,
        language: language.to_owned(),
        text: text.to_owned(),
        use_,
        file: None,
        place: None,
        stage: None,
        expect: None,
        test: None,
    }
}

pub fn question(number: u32, id: &str, prompt: &str) -> Question {
    Question {
        id: id.to_owned(),
        was: Vec::new(),
        number,
        kind: "comprehension",
        prompt: vec![prose(prompt)],
        answer_box: AnswerBox::Free { label: "Your answer:".to_owned() },
        answer: vec![prose("SECRET answer.")],
        answer_inline: false,
        rubric: None,
        planted: None,
        section: Some(("Step 1 — ".to_owned(), md("Reproduce the failure"))),
    }
}

pub fn questions() -> Vec<Question> {
    let guess = Question {
        kind: "prediction",
        prompt: vec![block(Node::Prose(RichText::plain(
            "What do you expect when 200 people open the feed?",
        )))],
        answer_box: AnswerBox::Free { label: "Your guess:".to_owned() },
        ..question(1, "first-guess", "")
    };
    let observed = Question {
        kind: "observation",
        prompt: vec![prose("Look **closely** at the figures.\n\nThen fill in:"), prose("- one\n- two")],
        answer_box: AnswerBox::Lines { labels: vec!["p50:".to_owned(), "Errors | peak".to_owned()] },
        ..question(2, "what-you-saw", "")
    };
    let fits = Question {
        kind: "choice",
        answer_box: AnswerBox::Choices {
            items: vec![
                Choice { text: md("Something allows `100`."), right: true },
                Choice { text: md("It has crashed."), right: false },
            ],
        },
        ..question(3, "which-fits", "Which of these fit?")
    };
    let table = Question {
        answer_box: AnswerBox::Table {
            head: vec![md("Route"), md("Errors")],
            alignments: vec!["left", "right"],
            rows: vec![vec![md("`/feed`"), md("")], vec![md("a | b"), md("")]],
        },
        answer_inline: true,
        answer: vec![prose("It stands openly here.")],
        section: Some(("Step 2 — ".to_owned(), md("Fix it"))),
        ..question(4, "routes", "Which *route* fails?")
    };
    let option = Question {
        kind: "reflection",
        answer_box: AnswerBox::List { items: 3, ordered: true },
        answer: vec![block(Node::Prose(around("Take ", local(LocalKind::Option, "share"), ".")))],
        rubric: Some(Rubric::Criteria(vec![
            md("names the cause"),
            around("cites ", local(LocalKind::Panel, "errors"), ""),
        ])),
        section: Some(("Step 2 — ".to_owned(), md("Fix it"))),
        ..question(5, "which-option", "Which one removes the cause?")
    };
    let open = Question {
        kind: "reflection",
        answer: Vec::new(),
        planted: Some("more".to_owned()),
        section: Some(("Step 3 — ".to_owned(), md("Think"))),
        ..question(6, "next-question", "What comes next?")
    };
    vec![guess, observed, fits, table, option, open]
}

/// A page with every node.
pub fn page() -> Vec<Block> {
    let [guess, observed, fits, table, option, open]: [Question; 6] =
        questions().try_into().expect("six questions");
    let ask = |question| block(Node::Question(Box::new(question)));
    let mut page = vec![
        heading(2, "situation", "", "The feed is falling over", Some("situation")),
        prose("Your tech lead writes:\n\n> [!TIP]\n> Look first.\n\n<!-- kept -->"),
        prose("<!-- allow prose/repeated-word: on purpose -->"),
        block(figure()),
        heading(2, "environment", "", "Your environment", Some("environment")),
        block(services()),
        block(Node::Files(file_rows())),
        heading(2, "reproduce", "Step 1 — ", "Reproduce the failure", Some("observe")),
        ask(guess),
        block(Node::Code(Box::new(code("bash", "npm run loadtest\n", CodeUse::Command)))),
        block(results()),
        ask(observed),
        ask(fits),
        heading(2, "fix", "Step 2 — ", "Fix it", Some("fix")),
        heading(3, "shared-pool", "Fix 1: ", "One pool for everybody", None),
        block(options(vec![ask(option)])),
        block(hint()),
        block(change()),
        ask(table),
        block(expectation()),
    ];
    page.extend([
        block(Node::Only { output: Output::Monorepo, body: vec![prose("Only in the monorepo.")] }),
        block(Node::Only { output: Output::Site, body: vec![prose("Only on the site.")] }),
        block(Node::Rubric(Box::new(levels()))),
        block(Node::Prose(references())),
        heading(2, "think", "Step 3 — ", "Think", Some("reflect")),
        ask(open),
        heading(2, "learned", "", "What you learned", Some("learned")),
        prose("- one\n- two"),
        prose("- another list\n"),
        heading(2, "stuck", "", "Stuck?", Some("stuck")),
        block(stuck()),
    ]);
    page
}

pub fn figure() -> Node {
    Node::Figure(Box::new(Figure {
        id: "architecture".to_owned(),
        label: "Fig 1.1".to_owned(),
        alt: "A request [and] its way".to_owned(),
        caption: md("The system *you* are looking at"),
        asset: "architecture.svg".to_owned(),
    }))
}

pub fn services() -> Node {
    let row = |name: &str, place: &str, about: &str| {
        [name, place, about].map(|text| Cell::Text(md(text))).into_iter().collect::<Vec<_>>()
    };
    Node::Table(Box::new(Table {
        use_: TableUse::Services,
        head: ["Service", "Where", "What it is"].map(md).into_iter().collect(),
        rows: vec![row("App", "port 3000", "The feed"), row("Grafana", "port 3001", "reads `a | b`")],
    }))
}

pub fn results() -> Node {
    let mut cells = vec![Cell::Text(md("Broken"))];
    cells.extend((0..4).map(|at| Cell::Input { key: format!("main/broken/{at}") }));
    Node::Table(Box::new(Table {
        use_: TableUse::Results { id: "baseline".to_owned() },
        head: ["", "Success rate", "Requests/s", "p50", "p99"].map(md).into_iter().collect(),
        rows: vec![cells],
    }))
}

pub fn stuck() -> Node {
    let text = |text: &str| Cell::Text(md(text));
    let solution = Target::Solution { scenario: 0, path: "shared-pool/src/server.js".into() };
    Node::Table(Box::new(Table {
        use_: TableUse::Stuck,
        head: vec![md("Problem"), md("What to do")],
        rows: vec![
            vec![text("No data"), text("Run the load test first")],
            vec![text("Really stuck"), Cell::Text(around("Open ", solution, ""))],
        ],
    }))
}

pub fn options(body: Vec<Block>) -> Node {
    let item = |id: &str, label: &str, text: RichText| OptionItem {
        id: id.to_owned(),
        label: label.to_owned(),
        text,
    };
    Node::Options(Box::new(Options {
        title: "Before you change anything — what could you do?".to_owned(),
        items: vec![
            item("share", "Option A", md("**Share one pool.** Connections are reused.\nRequests wait.")),
            item(
                "raise",
                "Option B",
                around("Raise the limit, as in ", local(LocalKind::Step, "reproduce"), "."),
            ),
        ],
        body,
    }))
}

pub fn hint() -> Node {
    Node::Disclosure(Box::new(Disclosure {
        kind: DisclosureKind::Hint,
        summary: "Hint 1 of 2".to_owned(),
        body: vec![prose("> [!NOTE]\n> Where is the pool created?"), prose("Look at `query()`.")],
    }))
}

pub fn change() -> Node {
    Node::Change(Box::new(Change {
        file: "src/server.js".into(),
        lead: "In `src/server.js`, before:".to_owned(),
        before: Some(code("js", "function connect() {}\n", CodeUse::Shown)),
        between: "after:".to_owned(),
        after: Some(code("js", "const pool = new Pool();\n", CodeUse::Typed)),
        body: vec![prose("- The pool is made **once**.")],
    }))
}

pub fn expectation() -> Node {
    Node::Quote(Box::new(Quote {
        kind: "expect",
        title: "What you should see".to_owned(),
        body: vec![
            prose("Two lines:"),
            block(Node::Code(Box::new(code("text", "a\n\nb\n", CodeUse::Printed)))),
        ],
    }))
}

pub fn levels() -> Rubric {
    Rubric::Levels {
        head: ["Criterion", "Weak", "Strong"].map(md).into_iter().collect(),
        rows: vec![["Cause", "guesses", "proves"].map(md).into_iter().collect()],
    }
}

pub fn file_rows() -> Vec<FileRow> {
    let row = |depth, name: &str, remark: &str| FileRow { depth, name: name.to_owned(), remark: md(remark) };
    vec![row(0, "src/", ""), row(1, "server.js", "the app"), row(0, "package.json", "its packages")]
}

/// One of each kind of reference.
pub fn references() -> RichText {
    let mut text = md("See ");
    let targets = [
        Target::Scenario(1),
        Target::Scenario(3),
        Target::Scenario(5),
        Target::Scenarios(0, 1),
        Target::Track(1),
        Target::Tier(0),
        Target::Group(0, 0),
        Target::Concept(0),
        Target::Tutorial(0),
        local(LocalKind::Step, "reproduce"),
        local(LocalKind::Fix, "shared-pool"),
        local(LocalKind::Question, "first-guess"),
        local(LocalKind::Option, "raise"),
        local(LocalKind::Figure, "architecture"),
        local(LocalKind::Panel, "errors"),
        Target::File { scenario: 0, path: "src/server.js".into() },
        Target::Solution { scenario: 0, path: "feed-index/fix.sql".into() },
    ];
    for target in targets {
        text.push(RichText { pieces: vec![reference(target), Piece::Markdown(",\n".into())] });
    }
    let own = Reference { target: Target::Scenario(1), text: Some("the *next* one".to_owned()) };
    text.push(RichText { pieces: vec![Piece::Reference(Box::new(own)), Piece::Markdown(".".into())] });
    text
}

/// The course and the files that it was made from.
pub fn course() -> (Course, Files) {
    let mut files = Files::default();
    let manifest: manifest::course::Course = decode(&mut files, "content/course.yml", COURSE);
    let span = manifest.span;
    let mut first = planned("diagnosing-failures", "Diagnosing failures", Some((0, 0)), Some(1), span);
    first.status = Status::Ready;
    first.minutes = Some(Minutes { from: 45, to: 60 });
    first.introduces = vec![0, 1];
    first.bridge.plants = vec![Plant { id: "more".to_owned(), asks: md("What comes next?") }];
    first.locals = locals(span);
    let written = written(&mut files);
    first.metrics = written.manifest.metrics.clone();
    first.panels = written.manifest.dashboard.clone();
    first.parameters = written.manifest.parameters.clone();
    first.written = Some(written);
    let mut second = planned("indexes", "Indexes & _slow_ queries", Some((0, 0)), Some(2), span);
    second.status = Status::Ready;
    second.bridge.takes_up = vec![(0, "more".to_owned())];
    second.locals.steps = vec![step("recap", None, "Before", Role::Recap, span)];
    second.written = Some(bare(&mut files, "indexes"));
    let mut third = planned("pooling", "Connection pooling", Some((0, 0)), Some(3), span);
    third.status = Status::Draft;
    third.written = Some(bare(&mut files, "pooling"));
    let scenarios = vec![
        first,
        second,
        third,
        planned("scaling", "Horizontal scaling", Some((0, 0)), Some(4), span),
        planned("news-feed", "News feed", Some((0, 1)), None, span),
        planned("chat", "Chat system", Some((1, 0)), Some(1), span),
    ];
    (assemble(manifest, scenarios, span), files)
}

fn assemble(manifest: manifest::course::Course, scenarios: Vec<Scenario>, span: Span) -> Course {
    let mut about = md("Each scenario breaks. Begin with ");
    about.push(RichText { pieces: vec![reference(Target::Scenario(0)), Piece::Markdown(".".into())] });
    Course {
        title: manifest.title.value.clone(),
        tagline: md("Real systems that break."),
        about,
        repository: manifest.repository.value.clone(),
        branch: manifest.branch.clone(),
        site: manifest.site.as_ref().map(|site| site.value.clone()),
        language: "en".to_owned(),
        theme: "default".to_owned(),
        comments: manifest.comments,
        tiers: vec![Tier {
            id: "crawling".to_owned(),
            name: "Crawling".to_owned(),
            emoji: None,
            scaffolding: manifest::course::Scaffolding::High,
            summary: md(""),
        }],
        tracks: vec![
            track(
                "entry",
                "Entry to mid",
                1,
                vec![group("crawling", false, vec![0, 1, 2, 3]), group("bonus", true, vec![4])],
            ),
            track("senior", "Mid to senior", 2, vec![group("crawling", false, vec![5])]),
        ],
        by_id: Course::index_of(&scenarios),
        scenarios,
        concepts: vec![
            concept("connection-pool", "connection pool", span),
            concept("database-index", "database index", span),
        ],
        tutorials: vec![tutorial()],
        opening: vec![md("Click **Code**."), md("Choose a scenario.")],
        how: vec![(md("A load test"), md("It plays the crowd.")), (md("Stuck?"), md("There are hints."))],
        broken: std::collections::BTreeSet::new(),
        lost_tracks: false,
        faq: vec![
            (md("Do I need JavaScript?"), md("Some.")),
            (md("In which order?"), around("As in ", Target::Track(0), ".")),
        ],
        manifest,
    }
}

fn tutorial() -> Tutorial {
    let page = TutorialPage {
        id: "first".to_owned(),
        title: "First steps".to_owned(),
        summary: md(""),
        blocks: vec![block(Node::Question(Box::new(question(1, "why", "Why?"))))],
        definitions: Vec::new(),
    };
    Tutorial {
        id: "psql".to_owned(),
        title: "Using psql".to_owned(),
        status: Status::Ready,
        summary: md("A tour."),
        objectives: vec![md("ask the database")],
        prerequisites: Vec::new(),
        uses: vec![1],
        pages: vec![page],
        further: Vec::new(),
        assets: Vec::new(),
        was: Vec::new(),
    }
}

fn track(id: &str, title: &str, number: u32, groups: Vec<Group>) -> Track {
    Track {
        id: id.to_owned(),
        title: title.to_owned(),
        number,
        noun: "Scenario".to_owned(),
        summary: md("A way through."),
        audience: md("You."),
        before: md(""),
        change: md(""),
        groups,
        was: Vec::new(),
    }
}

fn group(id: &str, bonus: bool, scenarios: Vec<usize>) -> Group {
    let name = if bonus { "Bonus" } else { "Crawling" };
    let tier = (!bonus).then_some(0);
    let (goal, why, guidance) = (md("Know one server."), md(""), md(""));
    Group { id: id.to_owned(), name: name.to_owned(), tier, goal, why, guidance, bonus, scenarios }
}

fn concept(id: &str, name: &str, span: Span) -> Concept {
    Concept {
        id: id.to_owned(),
        name: name.to_owned(),
        summary: md("What it is."),
        terms: Vec::new(),
        requires: Vec::new(),
        introduced_in: vec![0],
        deepened_in: Vec::new(),
        used_in: Vec::new(),
        was: Vec::new(),
        span,
    }
}

fn planned(
    id: &str,
    title: &str,
    place: Option<(usize, usize)>,
    number: Option<u32>,
    span: Span,
) -> Scenario {
    let folder = number.map_or_else(|| format!("bonus-{id}"), |number| format!("scenario-{number:02}-{id}"));
    Scenario {
        id: id.to_owned(),
        place,
        number,
        folder,
        title: title.to_owned(),
        kind: Kind::Exercise,
        status: Status::Planned,
        published: None,
        updated: None,
        minutes: None,
        about: md("A social feed"),
        summary: md(""),
        why: md(""),
        app_why: md(""),
        teaches: Vec::new(),
        introduces: Vec::new(),
        deepens: Vec::new(),
        uses: Vec::new(),
        bridge: Bridge::default(),
        extends: None,
        metrics: Vec::new(),
        panels: Vec::new(),
        parameters: Vec::new(),
        realized_by: None,
        goals: Vec::new(),
        was: Vec::new(),
        span,
        written: None,
        locals: Locals::default(),
    }
}

fn step(id: &str, number: Option<u32>, title: &str, role: Role, span: Span) -> LocalStep {
    LocalStep { id: id.to_owned(), number, title: title.to_owned(), role: Some(role), was: Vec::new(), span }
}

fn locals(span: Span) -> Locals {
    let asked = |question: &Question| LocalQuestion {
        id: question.id.clone(),
        number: question.number,
        section: "reproduce".to_owned(),
        was: Vec::new(),
        span,
    };
    let option =
        |id: &str, letter| LocalOption { id: id.to_owned(), letter, section: "fix".to_owned(), span };
    Locals {
        steps: vec![
            step("situation", None, "The feed is falling over", Role::Situation, span),
            step("reproduce", Some(1), "Reproduce the failure", Role::Observe, span),
            step("fix", Some(2), "Fix it", Role::Fix, span),
            step("think", Some(3), "Think", Role::Reflect, span),
        ],
        questions: questions().iter().map(asked).collect(),
        options: vec![option("share", 'A'), option("raise", 'B')],
        figures: vec![LocalFigure {
            id: "architecture".to_owned(),
            number: 1,
            section: "situation".to_owned(),
            span,
        }],
    }
}

/// A written scenario with a page of one paragraph and no stages.
fn bare(files: &mut Files, id: &str) -> Written {
    let path = format!("content/scenarios/{id}/scenario.yml");
    let manifest: manifest::scenario::Scenario = decode(files, &path, "title: Bare\n");
    Written {
        definitions: Vec::new(),
        source: format!("content/scenarios/{id}").into(),
        file: manifest.title.span.file,
        manifest,
        page: None,
        blocks: vec![heading(2, "recap", "", "Before", Some("recap")), prose("Nothing yet.")],
        stages: Vec::new(),
        loadtests: Vec::new(),
        services: Vec::new(),
        fixes: Vec::new(),
        recorded: None,
        inputs: String::new(),
        devcontainer: None,
        assets: Vec::new(),
    }
}

fn written(files: &mut Files) -> Written {
    let base = "content/scenarios/diagnosing-failures";
    let manifest: manifest::scenario::Scenario = decode(files, &format!("{base}/scenario.yml"), SCENARIO);
    let page = files.add_text(format!("{base}/scenario.md"), "## The feed is falling over\n");
    let svg = files.add_text(format!("{base}/diagrams/architecture.svg"), "<svg/>\n");
    files.add_text(
        format!("{base}/solution/feed-index/fix.sql"),
        "-- #region index\n--: an index is a sorted copy\nCREATE INDEX i ON posts (created_at);\n-- #endregion\n",
    );
    let fix = |id: &str, label: &str, kept| FixInfo {
        id: id.to_owned(),
        label: label.to_owned(),
        title: id.to_owned(),
        kept,
    };
    Written {
        source: base.into(),
        file: manifest.title.span.file,
        page: Some(page),
        blocks: page_blocks(),
        definitions: Vec::new(),
        stages: stages(manifest.span),
        loadtests: manifest.loadtests.clone(),
        services: Vec::new(),
        fixes: vec![
            fix("shared-pool", "Fix 1", true),
            fix("bigger-pool", "Fix 2", false),
            fix("feed-index", "Fix 3", true),
        ],
        recorded: Some(decode(files, &format!("{base}/recorded/run.yml"), RUN)),
        inputs: "abc".to_owned(),
        devcontainer: Some(scenarist::model::Devcontainer {
            path: ".devcontainer/first/devcontainer.json".into(),
            text: "{}\n".to_owned(),
            origin: scenarist::source::Span::nowhere(),
        }),
        assets: vec![("architecture.svg".to_owned(), svg)],
        manifest,
    }
}

fn page_blocks() -> Vec<Block> {
    page()
}

/// `broken`; a fix of the code; a dropped one that changes the environment; one that is a statement.
fn stages(origin: Span) -> Vec<Stage> {
    let file = |annotated: &str, bytes: &str| StageFile {
        annotated: annotated.into(),
        bytes: bytes.as_bytes().into(),
        code: bytes.into(),
        executable: false,
        rendered: false,
        origin,
    };
    let stage = |id: &str, server: &str, compose: &str| Stage {
        id: id.to_owned(),
        files: BTreeMap::from([
            (
                "src/server.js".into(),
                file(&format!("//: explained\n{server}"), &format!("// explained\n{server}")),
            ),
            ("docker-compose.yml".into(), file(compose, compose)),
            ("start.sh".into(), StageFile { executable: true, ..file("#!/bin/sh\n", "#!/bin/sh\n") }),
        ]),
        environment: None,
        declared: None,
        packages: Default::default(),
        loadtests: Vec::new(),
    };
    let (broken, shared) = ("connect()\n", "pool()\n");
    let (small, large) = ("services: {}\n", "services: {db: {}}\n");
    vec![
        stage("broken", broken, small),
        stage("shared-pool", shared, small),
        stage("bigger-pool", shared, large),
        stage("feed-index", shared, small),
    ]
}
