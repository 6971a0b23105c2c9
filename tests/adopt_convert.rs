//! Repositories that were made by hand become source trees that load, and what learners can read in them
//! is still there after a build.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read their fixtures")]

use camino::Utf8Path;
use proptest::prelude::*;
use scenarist::adopt::verify::{Difference, DifferenceKind, verify};
use scenarist::adopt::{Conversion, Purpose, Repository, accept, convert, read_repository};
use scenarist::build::{Compiled, Options, compile, load};
use scenarist::diag::{Diagnostic, Severity};
use scenarist::ir::{Node, each_block};
use scenarist::manifest::scenario::Status;
use scenarist::model::{Course, Scenario};
use scenarist::source::{Files, Origin, read_dir, read_repository_dir};

fn repository(folder: &str) -> Repository {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (files, faults) = read_repository_dir(&root);
    assert!(faults.is_empty(), "{faults:?}");
    read_repository(files)
}

fn made_files(repository: &Repository, conversion: &Conversion) -> Files {
    let mut files = Files::default();
    for file in &conversion.made {
        files.add(file.path.clone(), &file.bytes(&repository.files), Origin::Project, file.executable);
    }
    files
}

fn compiled(repository: &Repository, conversion: &Conversion) -> Compiled {
    let options = Options { drafts: true, no_previews: true };
    compile(made_files(repository, conversion), &[], options)
}

fn print(finding: &Diagnostic, files: &Files) -> String {
    let at = files.position(finding.span.file, finding.span.start);
    format!(
        "{}:{}:{} {}: {}",
        files.path(finding.span.file),
        at.line,
        at.column,
        finding.spec.code,
        finding.message
    )
}

/// What differs between a repository and what is built from its source tree, which must build.
fn differences(repository: &Repository) -> Vec<Difference> {
    let mut conversion = convert(repository, Purpose::Import);
    let first = compiled(repository, &conversion);
    let blocking: Vec<String> =
        first.findings.iter().filter(|it| it.is_blocking()).map(|it| print(it, &first.files)).collect();
    assert_eq!(blocking, Vec::<String>::new(), "nothing stands in the way of a build");
    let errors = first.findings.iter().filter(|it| it.severity == Severity::Error);
    let errors =
        errors.map(|it| (it.spec.code.to_owned(), first.files.path(it.span.file).to_string())).collect();
    accept(&mut conversion, &repository.files, &errors);
    let compiled = compiled(repository, &conversion);
    let errors = compiled.findings.iter().filter(|it| it.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|it| print(it, &compiled.files)).collect();
    assert_eq!(errors, Vec::<String>::new(), "what is accepted is no error");
    let (Some(course), Some(tree)) = (&compiled.course, &compiled.tree) else { panic!("it builds") };
    verify(repository, &conversion, course, tree)
}

fn lost(repository: &Repository, differences: &[Difference]) -> Vec<String> {
    let lost = differences.iter().filter(|it| it.kind == DifferenceKind::Lost);
    lost.map(|it| {
        let at = repository.files.position(it.span.file, it.span.start);
        format!("{}:{}: {}", repository.files.path(it.span.file), at.line, it.what)
    })
    .collect()
}

fn report(name: &str, differences: &[Difference]) {
    let count = |kind| differences.iter().filter(|it| it.kind == kind).count();
    let counts = DifferenceKind::ALL.map(|kind| format!("{} {}", count(kind), kind.phrase()));
    println!("{name}: {}", counts.join(", "));
}

#[test]
fn nothing_that_learners_can_read_is_lost() {
    for fixture in ["harbor", "bakery"] {
        let repository = repository(&format!("tests/adopt/{fixture}/clean"));
        let differences = differences(&repository);
        report(fixture, &differences);
        assert_eq!(lost(&repository, &differences), Vec::<String>::new(), "{fixture}");
    }
}

/// The course of this repository, built and imported again.
///
/// These are the normalisations: what a monorepo does not say cannot come back. Facts, bridges, recorded runs,
/// expectations of rehearsals, and references to values become plain text; load tests, results and lists of files
/// become commands, tables and lists; environments, dashboards and package files become files of the app;
/// tutorials are not in a monorepo; attempts in SQL are kept like other fixes.
#[test]
fn what_scenarist_makes_can_be_imported_again() {
    let (files, faults) = read_dir(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(faults.is_empty(), "{faults:?}");
    let original = compile(files, &[], Options { drafts: false, no_previews: true });
    let (Some(course), Some(tree)) = (&original.course, &original.tree) else { panic!("the course builds") };
    let mut files = Files::default();
    for (path, file) in tree.iter() {
        if let Ok(inside) = path.strip_prefix("dist/monorepo") {
            files.add(inside, &file.bytes(), Origin::Project, file.executable);
        }
    }
    let repository = read_repository(files);
    let differences = differences(&repository);
    report("this course", &differences);
    assert_eq!(lost(&repository, &differences), Vec::<String>::new());
    let conversion = convert(&repository, Purpose::Import);
    let again = compiled(&repository, &conversion);
    let again = again.course.expect("it builds");
    let written = |course: &Course| -> Vec<Kept> {
        let ready = course.scenarios.iter().filter(|it| it.written.is_some() && it.status == Status::Ready);
        ready.map(Kept::of).collect()
    };
    assert_eq!(written(course), written(&again));
}

/// What of a scenario comes back as it was.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    id: String,
    folder: String,
    number: Option<u32>,
    title: String,
    minutes: Option<(u32, u32)>,
    questions: usize,
    /// Questions with an answer of some kind; that one stays open on purpose is an answer, too.
    answers: usize,
    steps: Vec<(Option<u32>, String)>,
    fixes: usize,
    metrics: Vec<String>,
    loadtests: Vec<(u32, u32, Vec<String>)>,
}

impl Kept {
    fn of(scenario: &Scenario) -> Self {
        let written = scenario.written.as_ref().expect("a folder");
        let mut answers = 0;
        each_block(&written.blocks, &mut |block| {
            let Node::Question(it) = &block.node else { return };
            answers += usize::from(!it.answer.is_empty() || it.rubric.is_some() || it.planted.is_some());
        });
        let steps = scenario.locals.steps.iter().filter(|step| step.number.is_some());
        let tests = written.loadtests.iter().map(|test| {
            let paths = test.requests.iter().map(|request| request.path.value.clone()).collect();
            (test.connections.value, test.seconds.value, paths)
        });
        Self {
            id: scenario.id.clone(),
            folder: scenario.folder.clone(),
            number: scenario.number,
            title: scenario.title.clone(),
            minutes: scenario.minutes.map(|minutes| (minutes.from, minutes.to)),
            questions: scenario.locals.questions.len(),
            answers,
            steps: steps.map(|step| (step.number, step.title.clone())).collect(),
            fixes: written.fixes.len(),
            metrics: scenario.metrics.iter().map(|metric| metric.name.value.clone()).collect(),
            loadtests: tests.collect(),
        }
    }
}

/// Codes that would say that a page of our own making is malformed.
const OF_OUR_MAKING: [&str; 8] = [
    "source/malformed-directive",
    "source/unclosed-directive",
    "source/stray-closer",
    "source/unknown-directive",
    "source/missing-blank-line",
    "source/duplicate-id",
    "source/unknown-attribute",
    "source/unknown-role",
];

fn holds_together(repository: &Repository) {
    for purpose in [Purpose::Import, Purpose::Audit] {
        let conversion = convert(repository, purpose);
        let loaded = load(made_files(repository, &conversion), &[]);
        assert!(loaded.course.is_some(), "{purpose:?}");
        let ours = loaded.findings.iter().filter(|it| OF_OUR_MAKING.contains(&it.spec.code));
        let ours: Vec<String> = ours.map(|it| print(it, &loaded.files)).collect();
        assert_eq!(ours, Vec::<String>::new(), "{purpose:?}");
    }
}

#[test]
fn faulty_repositories_become_source_trees_as_well() {
    for fixture in ["harbor", "bakery"] {
        holds_together(&repository(&format!("tests/adopt/{fixture}/faulty")));
    }
}

/// Harbor with its page of one scenario changed.
fn edited(change: impl Fn(&str) -> String) -> Repository {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adopt/harbor/clean");
    let (read, _) = read_repository_dir(&root);
    let mut files = Files::default();
    for (_, entry) in read.iter().filter(|(_, entry)| !entry.path.as_str().contains("scenario-02")) {
        let file = read.find(&entry.path).expect("the file");
        if entry.path.as_str() == "scenario-01-the-late-quay-board/SCENARIO.md" {
            files.add_text(entry.path.clone(), &change(read.text(file).expect("text")));
        } else {
            files.add(entry.path.clone(), read.bytes(file), Origin::Project, entry.executable);
        }
    }
    read_repository(files)
}

#[test]
fn names_that_stand_for_themselves_end() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adopt/bakery/clean");
    let (read, _) = read_repository_dir(&root);
    let path = "exercises/03-map-at-noon/scripts/loadtest.js";
    let text = read.text(read.find(path).expect("a load test")).expect("text");
    let circle = "const connections = Number(most ?? 60);\nconst most = connections || most;\n\
                  const base = `http://${base}/${base}`;\n";
    let address = "'http://nginx:8080/stations'";
    assert!(text.contains("const connections = 60;\n") && text.contains(address), "both are replaced");
    let changed = text.replace("const connections = 60;\n", circle);
    let changed = changed.replace(address, "`${base}/stations`");
    let mut files = Files::default();
    files.add_text(path, &changed);
    for (file, entry) in read.iter().filter(|(_, entry)| entry.path != path) {
        files.add(entry.path.clone(), read.bytes(file), Origin::Project, entry.executable);
    }
    let repository = read_repository(files);
    holds_together(&repository);
    let conversion = convert(&repository, Purpose::Import);
    let scenario = conversion.made.iter().find(|file| file.path.ends_with("map-at-noon/scenario.yml"));
    let scenario = scenario.expect("a manifest").bytes(&repository.files);
    assert!(String::from_utf8_lossy(&scenario).contains("\n    connections: 60\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_page_holds_there_is_a_source_tree(
        cuts in proptest::collection::vec((0.0..1.0f64, 0.0..1.0f64), 0..4),
        strange in "(::: ?[a-z]{0,4}|```[a-z]{0,2} ?[{]?|# a|<details>|</details>|> |- [{]x|[*]{2}Q9: ?|!\\[a\\]\\(b|[|] a [|]|\\{#x\\}|\\PC{0,9}\n){0,6}",
    ) {
        holds_together(&edited(|text| {
            let mut text = text.to_owned();
            for (at, length) in &cuts {
                let point = |share: f64| {
                    let mut at = (share * text.len() as f64) as usize;
                    while !text.is_char_boundary(at) {
                        at -= 1;
                    }
                    at
                };
                let (start, end) = (point(*at), point((at + length * 0.1).min(1.0)));
                text.replace_range(start..end, &format!("\n{strange}\n"));
            }
            text
        }));
    }
}
