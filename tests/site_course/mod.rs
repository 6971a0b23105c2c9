//! A small course in memory that uses every node of a page and every kind of page.

use camino::Utf8PathBuf;
use scenarist::diag::Sink;
use scenarist::ir::{
    AnswerBox, Block, Cell, Change, Choice, Code, CodeUse, Disclosure, DisclosureKind, Figure, FileRow,
    Heading, LocalKind, Node, OptionItem, Options, Output, Piece, Question, Quote, Reference, RichText,
    Rubric, Table, TableUse, Target,
};
use scenarist::manifest::course::{Comments, Scaffolding};
use scenarist::manifest::measure::Minutes;
use scenarist::manifest::scenario::{Kind, Status};
use scenarist::model::{
    Bridge, Concept, Course, Devcontainer, FixInfo, Group, LocalFigure, LocalOption, LocalQuestion,
    LocalStep, Locals, Plant, Role, Scenario, Tier, Track, Tutorial, TutorialPage, Written,
};
use scenarist::source::{FileId, Files, Span};
use scenarist::syntax::yaml::{Decode, parse_yaml};

const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120" width="600" height="120">
<title>The system</title><rect x="2" y="2" width="596" height="116" fill="white" stroke="gray"/>
<text x="40" y="66" font-size="20">Visitor → app → database</text></svg>
"#;

/// The course, and the files that it refers to.
pub fn course() -> (Course, Files) {
    let mut files = Files::default();
    let svg = files.add_text("content/scenarios/first/diagrams/architecture.svg", SVG);
    let manifest = decode(&mut files, "content/course.yml", "title: Small course\nrepository: owner/name\n");
    let scenarios = vec![first(&mut files, svg), second(), bonus()];
    let course = Course {
        title: "Small course".to_owned(),
        tagline: text("Systems that break, and **why** they do."),
        about: text("One paragraph.\n\nAnother one with `code`."),
        repository: "owner/name".to_owned(),
        branch: "main".to_owned(),
        site: Some("https://example.org/course/".to_owned()),
        language: "en".to_owned(),
        theme: "default".to_owned(),
        comments: Comments::Inline,
        tiers: tiers(),
        tracks: vec![track()],
        by_id: Course::index_of(&scenarios),
        scenarios,
        concepts: concepts(),
        tutorials: vec![tutorial()],
        opening: vec![text("Click the green **Code** button.")],
        how: vec![(text("A load test"), text("One command plays a crowd."))],
        broken: std::collections::BTreeSet::new(),
        lost_tracks: false,
        faq: vec![(text("Do I need *Docker*?"), text("No, take a `Codespace`."))],
        manifest,
    };
    (course, files)
}

fn decode<T: Decode>(files: &mut Files, path: &str, yaml: &str) -> T {
    let sink = Sink::default();
    let file = files.add_text(path, yaml);
    let node = parse_yaml(files, file, &sink).expect("the test's YAML is well formed");
    T::decode(&node, &sink).expect("the test's YAML fits the record")
}

pub fn text(markdown: &str) -> RichText {
    RichText::plain(markdown)
}

fn reference(target: Target) -> RichText {
    RichText { pieces: vec![Piece::Reference(Box::new(Reference { target, text: None }))] }
}

fn sentence(parts: Vec<RichText>) -> RichText {
    let mut out = RichText::default();
    parts.into_iter().for_each(|part| out.push(part));
    out
}

fn tiers() -> Vec<Tier> {
    let tier = |id: &str, name: &str, scaffolding| Tier {
        id: id.to_owned(),
        name: name.to_owned(),
        emoji: Some("🐛".to_owned()),
        scaffolding,
        summary: text("How much it helps."),
    };
    vec![
        tier("crawling", "Crawling", Scaffolding::High),
        tier("walking", "Walking", Scaffolding::Medium),
        tier("running", "Running", Scaffolding::Low),
        tier("sprinting", "Sprinting", Scaffolding::None),
    ]
}

fn track() -> Track {
    let group = |id: &str, tier, bonus, scenarios| Group {
        id: id.to_owned(),
        name: "Crawling".to_owned(),
        tier,
        goal: text("You know one server."),
        why: text("Layer by layer."),
        guidance: text("A lot of help."),
        bonus,
        scenarios,
    };
    Track {
        id: "entry".to_owned(),
        title: "Entry to mid".to_owned(),
        number: 1,
        noun: "Scenario".to_owned(),
        summary: text("From one server to systems."),
        audience: text("You are new."),
        before: text("Some JavaScript."),
        change: text("You will have seen it."),
        groups: vec![group("crawling", Some(0), false, vec![0, 1]), group("extra", Some(2), true, vec![2])],
        was: vec!["beginners".to_owned()],
    }
}

fn concepts() -> Vec<Concept> {
    let concept = |id: &str, name: &str, requires, introduced_in, used_in, was: &[&str]| Concept {
        id: id.to_owned(),
        name: name.to_owned(),
        summary: text("Connections that are *shared*."),
        terms: Vec::new(),
        requires,
        introduced_in,
        deepened_in: Vec::new(),
        used_in,
        was: was.iter().map(|was| (*was).to_owned()).collect(),
        span: Span::nowhere(),
    };
    vec![
        concept("connection-pool", "connection pool", vec![], vec![0], vec![1], &["pool"]),
        concept("database-index", "database index", vec![0], vec![1], vec![], &[]),
        concept("queue", "queue", vec![], vec![], vec![], &[]),
    ]
}

fn tutorial() -> Tutorial {
    let page = |id: &str, title: &str, blocks| TutorialPage {
        id: id.to_owned(),
        title: title.to_owned(),
        summary: text("What it covers."),
        blocks,
        definitions: Vec::new(),
    };
    let written = vec![
        block(heading(2, "scrape", "", "How it scrapes", None)),
        block(Node::Prose(text("Prometheus asks every five seconds."))),
    ];
    Tutorial {
        id: "prometheus".to_owned(),
        title: "Prometheus in an hour".to_owned(),
        status: Status::Draft,
        summary: text("Numbers over time."),
        objectives: vec![text("Read a graph.")],
        prerequisites: vec![text("A terminal.")],
        uses: vec![0],
        pages: vec![page("scraping", "Scraping", written), page("queries", "Queries", Vec::new())],
        further: vec![text("[The manual](https://prometheus.io/docs/)")],
        assets: Vec::new(),
        was: vec!["metrics".to_owned()],
    }
}

pub fn scenario(id: &str, title: &str, place: (usize, usize), number: Option<u32>) -> Scenario {
    Scenario {
        id: id.to_owned(),
        place: Some(place),
        number,
        folder: format!("scenario-{id}"),
        title: title.to_owned(),
        kind: Kind::Exercise,
        status: Status::Planned,
        published: None,
        updated: None,
        minutes: None,
        about: text("A shop"),
        summary: text("Pages take **seconds**."),
        why: text("It is next."),
        app_why: text("You know shops."),
        teaches: vec![text("How to read a plan")],
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
        span: Span::nowhere(),
        written: None,
        locals: Locals::default(),
    }
}

fn second() -> Scenario {
    Scenario {
        introduces: vec![1],
        uses: vec![0],
        bridge: Bridge { takes_up: vec![(0, "which-index".to_owned())], plants: Vec::new() },
        was: vec!["slow-queries".to_owned()],
        ..scenario("indexes", "Indexes & \"slow\" queries", (0, 0), Some(2))
    }
}

fn bonus() -> Scenario {
    Scenario { realized_by: Some(0), kind: Kind::Failure, ..scenario("news", "News feed", (0, 1), None) }
}

fn first(files: &mut Files, svg: FileId) -> Scenario {
    let manifest: scenarist::manifest::scenario::Scenario =
        decode(files, "content/scenarios/first/scenario.yml", "title: Diagnosing failures\n");
    let written = Written {
        source: Utf8PathBuf::from("content/scenarios/first"),
        file: manifest.title.span.file,
        manifest,
        page: None,
        blocks: blocks(),
        definitions: Vec::new(),
        stages: Vec::new(),
        loadtests: Vec::new(),
        services: Vec::new(),
        fixes: vec![FixInfo {
            id: "shared-pool".to_owned(),
            label: "Fix 1".to_owned(),
            title: "One pool".to_owned(),
            kept: true,
        }],
        recorded: None,
        inputs: String::new(),
        devcontainer: Some(Devcontainer {
            path: Devcontainer::path_for("scenario-01-diagnosing-failures"),
            text: "{}".to_owned(),
            origin: Span::nowhere(),
        }),
        assets: vec![("architecture.svg".to_owned(), svg)],
    };
    Scenario {
        status: Status::Ready,
        published: Some("2026-11-21".to_owned()),
        minutes: Some(Minutes { from: 45, to: 60 }),
        introduces: vec![0],
        bridge: Bridge {
            takes_up: Vec::new(),
            plants: vec![Plant {
                id: "which-index".to_owned(),
                asks: text("Which columns deserve an index?"),
            }],
        },
        written: Some(written),
        locals: locals(),
        ..scenario("first", "Diagnosing failures", (0, 0), Some(1))
    }
}

fn locals() -> Locals {
    let span = Span::nowhere();
    let section = || "reproduce".to_owned();
    Locals {
        steps: vec![LocalStep {
            id: section(),
            number: Some(1),
            title: "Reproduce it".to_owned(),
            role: Some(Role::Observe),
            was: Vec::new(),
            span,
        }],
        questions: vec![LocalQuestion {
            id: "guess".to_owned(),
            number: 1,
            section: section(),
            was: Vec::new(),
            span,
        }],
        options: vec![LocalOption { id: "share".to_owned(), letter: 'A', section: section(), span }],
        figures: vec![LocalFigure { id: "architecture".to_owned(), number: 1, section: section(), span }],
    }
}

pub fn block(node: Node) -> Block {
    Block { span: Span::nowhere(), node }
}

fn prose(markdown: &str) -> Block {
    block(Node::Prose(text(markdown)))
}

pub fn heading(level: u8, id: &str, prefix: &str, words: &str, role: Option<&'static str>) -> Node {
    Node::Heading(Box::new(Heading {
        level,
        id: id.to_owned(),
        prefix: prefix.to_owned(),
        text: text(words),
        role,
        was: Vec::new(),
    }))
}

fn code(language: &str, source: &str, use_: CodeUse) -> Code {
    Code {
        id: None,
        language: language.to_owned(),
        text: source.to_owned(),
        use_,
        file: None,
        place: (use_ == CodeUse::Command).then_some("app"),
        stage: None,
        expect: None,
        test: None,
    }
}

fn question(id: &str, number: u32, kind: &'static str, answer_box: AnswerBox) -> Question {
    Question {
        id: id.to_owned(),
        was: Vec::new(),
        number,
        kind,
        prompt: vec![prose("What do you expect when **200** people come?")],
        answer_box,
        answer: vec![prose("Most of them are turned away.")],
        answer_inline: false,
        rubric: None,
        planted: None,
        section: None,
    }
}

fn blocks() -> Vec<Block> {
    let mut out = vec![
        block(heading(2, "situation", "", "The feed that fell over", Some("situation"))),
        prose(
            "> Welcome!\n\nA list:\n\n- [ ] open\n- [x] done\n\n<!-- allow x: y -->\n\n| a | b |\n|---|--:|\n| 1 | 2 |",
        ),
        prose("> [!TIP]\n> A callout.\n\n```js\nconst a = 1;\n```\n"),
        block(Node::Figure(Box::new(Figure {
            id: "architecture".to_owned(),
            label: "Fig 1.1".to_owned(),
            alt: "A visitor asks the app & the app asks the database".to_owned(),
            caption: text("The *system*"),
            asset: "architecture.svg".to_owned(),
        }))),
        block(Node::Prose(references())),
        block(Node::Table(Box::new(Table {
            use_: TableUse::Services,
            head: vec![text("Service"), text("Where"), text("What it is")],
            rows: vec![vec![
                Cell::Text(text("App")),
                Cell::Text(text("port 3000")),
                Cell::Text(text("The feed")),
            ]],
        }))),
        block(Node::Files(files_rows())),
        block(heading(2, "reproduce", "Step 1 — ", "Reproduce it", Some("observe"))),
        block(Node::Code(Box::new(code("bash", "npm run loadtest\n", CodeUse::Command)))),
        block(Node::Code(Box::new(code("sql", "SELECT 1 < 2;\n", CodeUse::Command)))),
        block(Node::Code(Box::new(code("text", "Seq Scan on posts (cost=0..1)\n", CodeUse::Printed)))),
    ];
    out.extend(questions());
    out.extend(repair());
    out
}

fn references() -> RichText {
    let local = |kind, id: &str| Target::Local { scenario: 0, kind, id: id.to_owned() };
    let own_words = RichText {
        pieces: vec![Piece::Reference(Box::new(Reference {
            target: Target::Scenario(1),
            text: Some("the *next* one".to_owned()),
        }))],
    };
    sentence(vec![
        text("See "),
        reference(Target::Scenario(1)),
        text(", "),
        own_words,
        text(", "),
        reference(Target::Concept(0)),
        text(", "),
        reference(local(LocalKind::Step, "reproduce")),
        text(", "),
        reference(local(LocalKind::Fix, "shared-pool")),
        text(", "),
        reference(local(LocalKind::Question, "guess")),
        text(", "),
        reference(local(LocalKind::Option, "share")),
        text(", "),
        reference(local(LocalKind::Figure, "architecture")),
        text(", "),
        reference(Target::Track(0)),
        text(", "),
        reference(Target::Group(0, 1)),
        text(", "),
        reference(Target::Tutorial(0)),
        text(", "),
        reference(Target::File { scenario: 0, path: "src/server.js".into() }),
        text("."),
    ])
}

fn files_rows() -> Vec<FileRow> {
    let row =
        |depth, name: &str, remark: &str| FileRow { depth, name: name.to_owned(), remark: text(remark) };
    vec![
        row(0, "src/", ""),
        row(1, "server.js", "the whole app"),
        row(0, "db/", ""),
        row(1, "seeds/", ""),
        row(2, "seed.js", "fills the database"),
        row(0, "package.json", "scripts and *packages*"),
    ]
}

fn questions() -> Vec<Block> {
    let choice = |words: &str, right| Choice { text: text(words), right };
    let mut levels =
        question("levels", 6, "reflection", AnswerBox::Free { label: "Your answer:".to_owned() });
    levels.rubric = Some(Rubric::Levels {
        head: vec![text("Criterion"), text("weak"), text("strong")],
        rows: vec![vec![text("Evidence"), text("none"), text("a *measurement*")]],
    });
    let mut planted =
        question("planted", 7, "reflection", AnswerBox::Free { label: "Your answer:".to_owned() });
    planted.answer.clear();
    planted.planted = Some("which-index".to_owned());
    let mut open = question("open", 8, "comprehension", AnswerBox::Free { label: "Your answer:".to_owned() });
    open.answer_inline = true;
    open.rubric = Some(Rubric::Criteria(vec![text("names the cause")]));
    let table = AnswerBox::Table {
        head: vec![text(""), text("Before"), text("After")],
        alignments: vec!["", "", ""],
        rows: vec![vec![text("p50"), text(""), text("")], vec![text(""), text("12 ms"), text("")]],
    };
    let all = vec![
        question("guess", 1, "prediction", AnswerBox::Free { label: "Your guess:".to_owned() }),
        question("figures", 2, "observation", table),
        question("list", 3, "observation", AnswerBox::List { items: 2, ordered: true }),
        question(
            "lines",
            4,
            "observation",
            AnswerBox::Lines { labels: vec!["p50:".to_owned(), "p99:".to_owned()] },
        ),
        question(
            "fits",
            5,
            "choice",
            AnswerBox::Choices {
                items: vec![choice("It is *refused*.", true), choice("It crashed.", false)],
            },
        ),
        levels,
        planted,
        open,
    ];
    all.into_iter().map(|question| block(Node::Question(Box::new(question)))).collect()
}

fn repair() -> Vec<Block> {
    let hint = |summary: &str| {
        let body = vec![prose("Where is the pool created?")];
        block(Node::Disclosure(Box::new(Disclosure {
            kind: DisclosureKind::Hint,
            summary: summary.to_owned(),
            body,
        })))
    };
    let mut before = code("js", "const pool = new Pool({ max: 1 });\n", CodeUse::Shown);
    before.file = Some("src/server.js".into());
    let after = code("js", "const pool = new Pool({ max: 10 });\n", CodeUse::Typed);
    let solution = reference(Target::Solution { scenario: 0, path: "shared-pool/src/server.js".into() });
    vec![
        block(heading(2, "repair", "Step 2 — ", "Repair it", Some("fix"))),
        block(heading(3, "shared-pool", "Fix 1: ", "One pool for everybody", None)),
        block(Node::Options(Box::new(Options {
            title: "Before you change anything — what could you do?".to_owned(),
            items: vec![OptionItem {
                id: "share".to_owned(),
                label: "Option A".to_owned(),
                text: text("**Share one pool.** Requests wait."),
            }],
            body: vec![prose("Which one?")],
        }))),
        hint("Hint 1 of 2"),
        hint("Hint 2 of 2"),
        block(Node::Change(Box::new(Change {
            file: "src/server.js".into(),
            lead: "In `src/server.js`, before:".to_owned(),
            before: Some(before),
            between: "after:".to_owned(),
            after: Some(after),
            body: vec![prose("- `max` goes from 1 to 10")],
        }))),
        block(heading(2, "compare", "Step 3 — ", "Compare", Some("verify"))),
        block(Node::Table(Box::new(Table {
            use_: TableUse::Results { id: "final".to_owned() },
            head: vec![text(""), text("Success rate"), text("p99")],
            rows: vec![vec![
                Cell::Text(text("Broken")),
                Cell::Input { key: "main/broken/success".to_owned() },
                Cell::Input { key: "main/broken/p99".to_owned() },
            ]],
        }))),
        block(Node::Quote(Box::new(Quote {
            kind: "expect",
            title: "Expected".to_owned(),
            body: vec![prose("It is quick.")],
        }))),
        block(Node::Rubric(Box::new(Rubric::Criteria(vec![text("says what it costs")])))),
        block(Node::Disclosure(Box::new(Disclosure {
            kind: DisclosureKind::Reveal,
            summary: "What we saw".to_owned(),
            body: vec![prose("A ceiling.")],
        }))),
        block(Node::Only { output: Output::Site, body: vec![prose("Only on the site.")] }),
        block(Node::Only { output: Output::Monorepo, body: vec![prose("Only in the monorepo.")] }),
        block(heading(2, "stuck", "", "Stuck?", Some("stuck"))),
        block(Node::Table(Box::new(Table {
            use_: TableUse::Stuck,
            head: vec![text("Problem"), text("What to do")],
            rows: vec![vec![
                Cell::Text(text("Really stuck")),
                Cell::Text(sentence(vec![text("Open "), solution])),
            ]],
        }))),
    ]
}
