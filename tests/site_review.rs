//! The review build: every finding once, at its block; nothing of it on the course site.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use cli_support::{course, edit, files_below, read, run};
use scenarist::build::{Compiled, Options, compile, review};
use scenarist::check::{all_specs, measure_scenarios};
use scenarist::diag::{Diagnostic, Sink};
use scenarist::emit::review::{FINDINGS_PAGE, REVIEW_MARKER, Review};
use scenarist::emit::site::emit_review;
use scenarist::emit::tree::OutputTree;
use scenarist::source::{Files, Origin, read_dir};

const PAGE: &str = "content/scenarios/deep-pages/scenario.md";
const MANIFEST: &str = "content/scenarios/deep-pages/scenario.yml";
const PICTURE: &str = "content/scenarios/deep-pages/diagrams/crowd.svg";
const CODE: &str = "content/scenarios/deep-pages/app/src/server.js";

/// A fault: the file, what stands there, and what an author in a hurry makes of it. A file where nothing
/// stood is new.
type Fault = (&'static str, &'static str, &'static str);

const FAULTS: [Fault; 9] = [
    (PAGE, "Today you measure the front", "Today you measure the the front"),
    (PAGE, "- **p50**: half of the answers", "- **p50**: half of of the answers"),
    (PAGE, "Only the second. A slow network", "Only the second. Needless to say, a slow network"),
    (PAGE, "Compare p50 of the two tests.", "Compare p50 of of the two tests."),
    (
        PAGE,
        "Open Grafana from the Ports tab",
        "<!-- allow prose/repeated-word: it is so -->\n\nOpen Grafana from the the Ports tab",
    ),
    (MANIFEST, "and its far end makes", "and and its far end makes"),
    ("content/course.yml", "No. Everything runs in", "No. Everything runs in in"),
    (PICTURE, "the catalogue asks PostgreSQL. Prometheus", "the catalogue asks asks PostgreSQL. Prometheus"),
    (CODE, "a package that was installed", "a package package that was installed"),
];

/// The files of the library course with faults in them.
fn planted(faults: &[Fault]) -> Files {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutations/course");
    let (read, broken) = read_dir(&folder);
    assert!(broken.is_empty(), "{folder} cannot be read");
    let own = read.iter().filter(|(_, entry)| entry.origin == Origin::Project);
    let mut tree: BTreeMap<Utf8PathBuf, Vec<u8>> =
        own.map(|(file, entry)| (entry.path.clone(), read.bytes(file).to_vec())).collect();
    for (path, old, new) in faults {
        if old.is_empty() {
            tree.insert(Utf8PathBuf::from(*path), new.as_bytes().to_vec());
            continue;
        }
        let bytes = tree.get_mut(Utf8Path::new(path)).expect("a file of the course");
        let text = String::from_utf8(bytes.clone()).expect("a text");
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {path}");
        *bytes = text.replacen(old, new, 1).into_bytes();
    }
    let mut files = Files::default();
    for (path, bytes) in tree {
        files.add(path, &bytes, Origin::Project, false);
    }
    files
}

fn compiled(faults: &[Fault]) -> Compiled {
    compile(planted(faults), &[], Options { drafts: true, no_previews: true })
}

type Site = BTreeMap<String, String>;

fn texts(tree: &OutputTree, folder: &str) -> Site {
    let inside = tree.iter().filter_map(|(path, file)| Some((path.strip_prefix(folder).ok()?, file)));
    inside
        .map(|(path, file)| (path.to_string(), String::from_utf8_lossy(&file.bytes()).into_owned()))
        .collect()
}

fn reviewed(compiled: &Compiled) -> Site {
    let (tree, faults) = review(compiled).expect("nothing blocks it");
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(tree.iter().all(|(path, _)| path.starts_with("dist/review")));
    texts(&tree, "dist/review")
}

fn places(compiled: &Compiled) -> Vec<String> {
    let all = compiled.findings.iter().chain(compiled.suppressed.iter().map(|it| &it.finding));
    let place = |finding: &Diagnostic| {
        let at = compiled.files.position(finding.span.file, finding.span.start);
        format!("{}:{}:{}", compiled.files.path(finding.span.file), at.line, at.column)
    };
    all.map(place).collect()
}

/// The foot of a finding at a place.
fn foot(place: &str) -> String {
    format!("</span><code>{place}</code>")
}

fn pages(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    site.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, html)| (path.as_str(), html.as_str()))
}

#[test]
fn every_finding_stands_once_on_its_page_and_once_in_the_list() {
    let compiled = compiled(&FAULTS);
    let site = reviewed(&compiled);
    let places = places(&compiled);
    assert!(places.len() >= FAULTS.len(), "{places:#?}");
    assert_eq!(compiled.suppressed.len(), 1, "{:#?}", compiled.suppressed);
    let list = format!("{FINDINGS_PAGE}index.html");
    for place in &places {
        let expected = places.iter().filter(|other| *other == place).count();
        let on_pages: usize = pages(&site)
            .filter(|(path, _)| *path != list)
            .map(|(_, html)| html.matches(&foot(place)).count())
            .sum();
        assert_eq!(on_pages, expected, "{place} on pages");
        assert_eq!(site[&list].matches(&foot(place)).count(), expected, "{place} in the list");
    }
    let boxes: usize = pages(&site)
        .filter(|(path, _)| *path != list)
        .map(|(_, html)| html.matches("<div class=\"finding\"").count())
        .sum();
    assert_eq!(boxes, places.len(), "no finding beside those that there are");
}

/// The line of a text, from 1.
fn line_of(text: &str, needle: &str) -> usize {
    let at = text.find(needle).unwrap_or_else(|| panic!("`{needle}`"));
    text[..at].matches('\n').count() + 1
}

#[test]
fn a_finding_stands_behind_the_paragraph_it_is_about() {
    let compiled = compiled(&FAULTS);
    let site = reviewed(&compiled);
    let html = &site["scenarios/deep-pages/index.html"];
    let text = compiled.files.text(compiled.files.find(PAGE).expect("the page")).expect("a text");
    let first_lines = [
        "Today you measure the the front",
        "- **Success rate**",
        "Only the second. Needless",
        "Compare p50 of of",
        "Open Grafana from the the",
    ];
    let faulty = ["Today you measure the the", "half of of", "Needless to say", "p50 of of", "from the the"];
    for (first, fault) in first_lines.iter().zip(faulty) {
        let line = line_of(text, fault);
        let foot = format!("</span><code>{PAGE}:{line}:");
        let at = html.find(&foot).unwrap_or_else(|| panic!("no finding at line {line}"));
        let (_, mark) = html[..at].rsplit_once("scenario.md:").expect("a position before it");
        let marked: usize = mark.split('<').next().expect("a number").parse().expect("a number");
        assert_eq!(marked, line_of(text, first), "the finding of line {line}");
        let between = &mark[..mark.find("<div class=\"finding\"").expect("the finding")];
        assert_eq!(between.matches('>').count(), 1, "right behind it: {between}");
    }
}

#[test]
fn findings_of_other_files_stand_on_top_of_their_page() {
    let site = reviewed(&compiled(&FAULTS));
    for (page, path) in [
        ("scenarios/deep-pages/index.html", MANIFEST),
        ("scenarios/deep-pages/index.html", PICTURE),
        ("scenarios/deep-pages/index.html", CODE),
        ("index.html", "content/course.yml"),
    ] {
        let (head, _) = site[page].split_once("<main ").expect("a main part");
        assert!(head.contains(&format!("</span><code>{path}:")), "{path} on top of {page}");
    }
}

#[test]
fn snippets_and_what_is_only_in_the_monorepo_are_reviewed_where_they_stand() {
    let faults: [Fault; 2] = [
        ("content/snippets/quiet.md", "", "First this.\n\nThen close close the door.\n"),
        (
            PAGE,
            "Today you measure the front",
            "::include{snippet=quiet}\n\n:::only{in=monorepo}\nThis file is is open.\n:::\n\nToday you measure the front",
        ),
    ];
    let compiled = compiled(&faults);
    assert_eq!(compiled.findings.len(), 2, "{:#?}", compiled.findings);
    let site = reviewed(&compiled);
    let html = &site["scenarios/deep-pages/index.html"];
    let (_, snippet) = html.split_once("Then close close the door.").expect("the snippet");
    let (between, _) = snippet.split_once(&foot("content/snippets/quiet.md:3:6")).expect("its finding");
    assert_eq!(between.matches("source-place").count(), 1, "right behind it: {between}");
    let (_, only) = html.split_once("<div class=\"only-monorepo\">").expect("what is not on the site");
    let (inside, _) = only.split_once("Today you measure").expect("the paragraph behind it");
    assert!(inside.contains("This file is is open.") && inside.contains("id=\"finding-2\""), "{inside}");
    let tree = compiled.tree.as_ref().expect("nothing blocks it");
    assert!(!texts(tree, "dist/site")["scenarios/deep-pages/index.html"].contains("is is open"));
}

#[test]
fn an_accepted_finding_is_shown_with_its_reason() {
    let site = reviewed(&compiled(&FAULTS));
    let html = &site["scenarios/deep-pages/index.html"];
    let (_, accepted) = html.split_once(" data-accepted ").expect("an accepted finding");
    let accepted = accepted.split("</div>").next().unwrap_or_default();
    assert!(accepted.contains("Accepted by a comment") && accepted.contains("it is so"), "{accepted}");
}

#[test]
fn findings_are_numbered_and_lead_to_each_other_and_to_their_rules() {
    let site = reviewed(&compiled(&FAULTS));
    let html = &site["scenarios/deep-pages/index.html"];
    let numbers: Vec<usize> = html
        .split("<div class=\"finding\" id=\"finding-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "in the order of the page");
    for number in &numbers {
        let links = html.matches(&format!("href=\"#finding-{number}\"")).count();
        // From the one before, from the one behind; the first from the banner.
        let ends = usize::from(*number == numbers.len());
        assert_eq!(links, 2 - ends, "{number}");
    }
    let rules = &site["rules/index.html"];
    for href in html.split("class=\"finding-code\" href=\"").skip(1).filter_map(|rest| rest.split('"').next())
    {
        let anchor = href.strip_prefix("../../rules/#").unwrap_or_else(|| panic!("{href}"));
        assert!(rules.contains(&format!("id=\"{anchor}\"")), "{href}");
    }
}

#[test]
fn every_block_says_where_it_comes_from() {
    let compiled = compiled(&[]);
    let site = reviewed(&compiled);
    let html = &site["scenarios/deep-pages/index.html"];
    let text = compiled.files.text(compiled.files.find(PAGE).expect("the page")).expect("a text");
    for start in [
        "## The slow end",
        "You look after",
        "> The terminals",
        "Today you measure",
        "### Playing a full",
        "![Forty played",
        "::environment",
        ":::question{#guess",
        "A page holds",
        "Any reason will do",
        "```bash\npsql",
        "::loadtest{#front-before",
    ] {
        let mark = format!(
            "<span class=\"source-folder\">content/scenarios/deep-pages/</span>scenario.md:{}<",
            line_of(text, start)
        );
        assert_eq!(html.matches(&mark).count(), 1, "`{start}`: {mark}");
    }
    assert!(!html.contains("/edit/"), "no repository is known to hold the sources");
    assert!(!html.contains(env!("CARGO_MANIFEST_DIR")), "no path of this machine");
}

#[test]
fn a_source_position_leads_to_where_it_can_be_edited() {
    let compiled = compiled(&FAULTS);
    let course = compiled.course.as_ref().expect("a course");
    let root = "https://github.com/owner/sources/edit/main/";
    let review = Review::new(
        course,
        &compiled.files,
        (&compiled.findings, &compiled.suppressed),
        measure_scenarios(course, &compiled.files),
        Some(root),
    );
    let (mut tree, sink) = (OutputTree::default(), Sink::default());
    emit_review(course, &compiled.files, &review, &all_specs(), &mut tree, &sink);
    assert!(sink.into_found().is_empty());
    let html = &texts(&tree, "dist/review")["scenarios/deep-pages/index.html"];
    assert!(html.contains(&format!("href=\"{root}{PAGE}#L")), "a link to the line");
}

#[test]
fn no_page_is_for_learners_or_search_engines() {
    let site = reviewed(&compiled(&FAULTS));
    for (path, html) in pages(&site) {
        assert_eq!(html.matches("<meta name=\"robots\"").count(), 1, "{path}");
        assert!(html.contains("content=\"noindex, nofollow\""), "{path}");
        assert!(html.contains("Review build, not for learners."), "{path}");
        assert!(!html.contains("rel=\"canonical\"") && !html.contains("og:"), "{path}");
        let is_moved = html.contains("http-equiv=\"refresh\"");
        assert!(is_moved || html.contains(" data-review>"), "{path}");
    }
    assert!(site["robots.txt"].contains("Disallow: /\n"));
    assert!(site[REVIEW_MARKER].contains("Do not publish"));
    assert!(!site.contains_key("sitemap.xml") && !site.keys().any(|path| path.ends_with("preview.png")));
}

#[test]
fn everything_is_open() {
    let site = reviewed(&compiled(&FAULTS));
    let html = &site["scenarios/deep-pages/index.html"];
    for class in ["hint", "answer"] {
        assert!(html.contains(&format!("<details class=\"{class}\" open>")), "{class}");
        assert!(!html.contains(&format!("<details class=\"{class}\">")), "{class}");
    }
}

#[test]
fn nothing_of_a_review_is_on_the_course_site() {
    let before = compiled(&FAULTS);
    let _ = reviewed(&before);
    let tree = before.tree.as_ref().expect("nothing blocks it");
    assert!(tree.iter().all(|(path, _)| !path.starts_with("dist/review")));
    for (path, text) in texts(tree, "dist/site") {
        for trace in [
            "data-review",
            "review.css",
            "source-place",
            "class=\"finding",
            "only-monorepo",
            "review_banner",
            "review_front",
            "<details class=\"answer\" open",
            "<details class=\"hint\" open",
        ] {
            // Scripts ask whether a page is one of a review build.
            let is_asked = trace == "data-review" && path.ends_with(".js");
            assert!(is_asked || !text.contains(trace), "`{trace}` in {path}");
        }
        let is_learners = path.ends_with("learn/review.js");
        assert!(is_learners || !path.contains("review"), "{path}");
    }
    let after = compiled(&FAULTS);
    let same = after.tree.as_ref().map(|tree| texts(tree, "dist")) == Some(texts(tree, "dist"));
    assert!(same, "a build is what it was");
}

#[test]
fn two_review_builds_are_equal() {
    assert!(reviewed(&compiled(&FAULTS)) == reviewed(&compiled(&FAULTS)));
}

#[test]
fn the_front_page_counts_what_is_there() {
    let compiled = compiled(&[]);
    let site = reviewed(&compiled);
    let html = &site["review/index.html"];
    let page = &site["scenarios/deep-pages/index.html"];
    assert!(site["index.html"].contains("The linter found nothing on this page."));
    let (_, questions) = html.split_once("id=\"questions\"").expect("a table of questions");
    let row = questions.split("<tbody>").nth(1).and_then(|rest| rest.split("</tr>").next()).expect("a row");
    for (at, kind) in scenarist::directive::QUESTION_KINDS.iter().enumerate() {
        let count = page.matches(&format!("data-kind=\"{kind}\" data-number")).count();
        let cell = row.split("<td").nth(at + 1).and_then(|rest| rest.split_once('>')).expect("a cell").1;
        assert!(cell.starts_with(&count.to_string()), "{kind}: {count} in {cell}");
    }
    let (_, matrix) = html.split_once("id=\"coverage\"").expect("the coverage");
    for concept in &compiled.course.as_ref().expect("a course").concepts {
        assert!(matrix.contains(&format!(">{}</a></th>", concept.name)), "{}", concept.name);
    }
    assert!(matrix.contains("<td class=\"cell cell-none\">0</td>"), "empty cells are visible");
}

#[test]
fn the_estimate_is_the_one_that_the_linter_judges_by() {
    let manifest: [Fault; 1] = [(MANIFEST, "minutes: [40, 60]", "minutes: [400, 600]")];
    let compiled = compiled(&manifest);
    let finding = compiled.findings.iter().find(|it| it.spec.code == "pedagogy/length-out-of-range");
    let finding = finding.expect("it says far more than it takes");
    let course = compiled.course.as_ref().expect("a course");
    let measures = measure_scenarios(course, &compiled.files);
    let about = (measures[0].1.time.total() / 5.0).round() * 5.0;
    assert!(finding.message.contains(&format!("about {about} minutes")), "{}", finding.message);
    let site = reviewed(&compiled);
    assert!(site["review/index.html"].contains("data-verdict=\"below\""));
}

#[test]
fn build_review_writes_its_folder_and_leaves_the_others_alone() {
    let (_guard, root) = course();
    run(&root, &["build"]).expect(0);
    let site = files_below(&root.join("dist"));
    let first = run(&root, &["build", "--review"]).expect(0);
    assert!(first.out.contains("dist/review: the review build"), "{}", first.out);
    let rest = |files: Vec<(String, Vec<u8>)>| -> Vec<(String, Vec<u8>)> {
        files.into_iter().filter(|(path, _)| !path.starts_with("review/")).collect()
    };
    assert_eq!(rest(files_below(&root.join("dist"))), site, "the other outputs stay");
    assert!(root.join("dist/review").join(REVIEW_MARKER).is_file());
    run(&root, &["build", "--check"]).expect(0);
    run(&root, &["build", "--review", "--check"]).expect(0);

    let review = files_below(&root.join("dist/review"));
    edit(&root, "content/course.yml", "title: My course", "title: Another name");
    run(&root, &["build"]).expect(0);
    assert_eq!(files_below(&root.join("dist/review")), review, "a build leaves the review alone");
    run(&root, &["build", "--review", "--check"]).expect(1);
    run(&root, &["build", "--review"]).expect(0);
    assert!(read(&root, "dist/review/index.html").contains("Another name"));
}

#[test]
fn build_review_shows_errors_that_forbid_a_build() {
    let (_guard, root) = course();
    edit(&root, "content/course.yml", "tagline: ", "tagline: https://example.org/bare and ");
    let course = read(&root, "content/course.yml");
    fs::write(root.join("content/course.yml"), course + "\nlint:\n  levels: {link/bare-url: error}\n")
        .expect("a file that can be written");
    run(&root, &["build"]).expect(1);
    assert!(!root.join("dist/site").exists(), "a build with errors writes nothing");
    run(&root, &["build", "--review"]).expect(1);
    assert!(read(&root, "dist/review/index.html").contains("link/bare-url"));
    assert!(!root.join("dist/site").exists());
    edit(&root, "content/course.yml", "tagline: ", "taglien: ");
    let blocked = run(&root, &["build", "--review"]).expect(1);
    assert!(blocked.out.contains("nothing was written"), "{}", blocked.out);
    run(&root, &["build", "--review", "--drafts"]).expect(2);
}
