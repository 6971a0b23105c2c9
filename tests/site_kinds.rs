//! Pages of every kind in every state: what each says, what is drawn on it, and what scripts find.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use scenarist::build::{Options, compile};
use scenarist::diag::Severity;
use scenarist::source::read_dir;

type Site = BTreeMap<String, String>;

/// The pages of a course, by their address below the site; panics on errors in it.
fn build(folder: &str) -> Site {
    let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
    let (files, faults) = read_dir(folder.trim_end_matches('/').into());
    let compiled = compile(files, &faults, Options { no_previews: true, ..Options::default() });
    let errors: Vec<_> =
        compiled.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let tree = compiled.tree.expect("the course compiles");
    let pages = tree.iter().filter_map(|(path, file)| {
        let address = path.as_str().strip_prefix("dist/site/")?.strip_suffix("index.html")?;
        Some((address.to_owned(), String::from_utf8_lossy(&file.bytes()).into_owned()))
    });
    pages.collect()
}

fn kinds() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| build("tests/course_kinds"))
}

fn page(address: &str) -> &'static str {
    kinds().get(address).unwrap_or_else(|| panic!("{address} in {:?}", kinds().keys()))
}

/// The values of an attribute in document order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What stands between two marks, each time.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

const SCENARIOS: [(&str, &str, &str); 9] = [
    ("uploads", "challenge", "ready"),
    ("review", "challenge", "draft"),
    ("priorities", "challenge", "planned"),
    ("retry-storm", "failure", "ready"),
    ("slow-consumer", "failure", "draft"),
    ("poison-message", "failure", "planned"),
    ("shortener", "case-study", "ready"),
    ("chat", "case-study", "draft"),
    ("map-tiles", "case-study", "planned"),
];

#[test]
fn every_kind_has_a_page_in_every_state() {
    for (id, kind, status) in SCENARIOS {
        let html = page(&format!("scenarios/{id}/"));
        let article = between(html, "<article class=\"scenario\"", ">")[0];
        assert!(article.contains(&format!(" data-kind=\"{kind}\"")), "{article}");
        assert!(article.contains(&format!(" data-status=\"{status}\"")), "{article}");
        assert!(article.contains(" data-title=\"") && article.contains(" data-label=\""), "{article}");
        assert_eq!(html.contains("<div class=\"banner\""), status == "planned", "{id}");
        assert_eq!(html.contains("This is a draft"), status == "draft", "{id}");
        assert!(!html.contains("codespaces.new"), "{id} has nothing to run");
        assert!(!html.contains(" style="), "a style attribute on {id}");
    }
    assert!(page("scenarios/uploads/").contains(" data-was=\"user-uploads\""));
    assert!(page("scenarios/shortener/").contains("What to leave out"), "what it teaches");
    assert!(page("scenarios/priorities/").contains("This challenge has its place in the course"));
}

#[test]
fn concepts_in_a_head_carry_their_summary() {
    let html = page("scenarios/uploads/");
    let links = between(html, "<a class=\"concept\"", ">");
    assert!(links.len() >= 2, "{links:?}");
    for link in links {
        assert!(!values(link, "data-summary")[0].is_empty() && !values(link, "data-concept")[0].is_empty());
    }
}

#[test]
fn a_bridge_names_both_of_its_ends() {
    let first = page("scenarios/uploads/");
    assert!(first.contains("Which one do you repair first?") && first.contains("taken up by"));
    assert!(values(first, "href").contains(&"../../scenarios/priorities/"), "it leads to who takes it up");
    let last = page("scenarios/priorities/");
    assert!(last.contains("Which one do you repair first?") && last.contains("left open by"));
}

#[test]
fn the_first_of_a_track_says_what_to_know() {
    assert!(page("scenarios/shortener/").contains("You have built a small backend."));
    assert!(!page("scenarios/uploads/").contains("You have built a small backend."));
}

#[test]
fn failures_show_metrics_panels_and_parameters_in_every_state() {
    for (id, metrics, panels, parameters) in
        [("retry-storm", 3, 7, 3), ("slow-consumer", 1, 1, 0), ("poison-message", 3, 4, 2)]
    {
        let html = page(&format!("scenarios/{id}/"));
        assert_eq!(html.matches("class=\"measure-kind\"").count(), metrics, "{id}");
        assert_eq!(html.matches("<figure class=\"panel\"").count(), panels, "{id}");
        assert_eq!(html.matches("<svg class=\"shape\"").count(), panels, "{id}");
        let found = html.split("What you can turn").nth(1).map_or(0, |rest| rest.matches("<dt>").count());
        assert_eq!(found, parameters, "{id}");
    }
    let html = page("scenarios/retry-storm/");
    for words in [
        "6 buckets, 10–5,000\u{a0}ms",
        "Range: 0–5,000\u{a0}ms",
        "none, half, full",
        "Increase per second of <code>calls_total</code>, one line for each <code>attempt</code>",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn a_panel_s_drawing_says_that_it_is_an_example() {
    for address in ["scenarios/retry-storm/", "scenarios/poison-message/"] {
        for panel in between(page(address), "<figure class=\"panel\"", "</figure>") {
            assert!(panel.contains("Example shape, nothing measured"), "{panel}");
            let drawing = between(panel, "<svg class=\"shape\"", "</svg>")[0];
            assert!(drawing.contains("role=\"img\"") && drawing.contains("<title>Example of the panel"));
            assert!(drawing.contains("<desc>A drawing of the shape to expect, not a measurement."));
            assert!(!drawing.contains("NaN") && !drawing.contains("inf"), "{drawing}");
        }
    }
}

#[test]
fn the_graph_links_each_concept_once() {
    let html = page("concepts/");
    let graphs = between(html, "<svg class=\"graph\"", "</svg>");
    assert_eq!(graphs.len(), 2, "two families");
    let nodes: Vec<&str> = graphs.iter().flat_map(|graph| values(graph, "href")).collect();
    let unique: BTreeSet<&str> = nodes.iter().copied().collect();
    assert_eq!((nodes.len(), unique.len()), (8, 8), "{nodes:?}");
    assert_eq!(graphs.concat().matches("class=\"graph-way\"").count(), 7);
    assert!(graphs[0].contains("retry storm leads to circuit breaker."), "{}", graphs[0]);
    assert!(!nodes.contains(&"alone/"));
    assert!(html.split("These stand on their own:").nth(1).is_some_and(|rest| rest.contains("rubber duck")));
}

#[test]
fn the_page_of_a_concept_shows_its_neighbors_and_its_figure() {
    let html = page("concepts/retry-storm/");
    let graph = between(html, "<svg class=\"graph\"", "</svg>")[0];
    assert_eq!(
        values(graph, "href"),
        ["../../concepts/backlog/", "../../concepts/retry/", "../../concepts/circuit-breaker/"],
        "{graph}"
    );
    assert_eq!(graph.matches("graph-here").count(), 1);
    assert!(
        html.contains("src=\"../../scenarios/retry-storm/assets/storm.svg\""),
        "the figure of its section"
    );
    assert!(html.contains(" width=\"480\" height=\"120\""), "and its size");
    assert!(values(html, "href").contains(&"../../scenarios/retry-storm/#retry-storm"));
    let lonely = page("concepts/alone/");
    assert!(!lonely.contains("<svg class=\"graph\"") && !lonely.contains("concept-diagram"));
}

#[test]
fn a_tutorial_knows_its_pages() {
    let first = page("tutorials/prometheus/");
    assert!(first.contains(" data-tutorial=\"prometheus\"") && first.contains(" data-was=\"metrics\""));
    assert_eq!(values(first, "data-page"), ["counting", "rates", "reading"]);
    assert!(first.contains("Start with page 1") && first.contains("1 question<"), "{first}");
    for (old, new) in
        [("", "../../tutorials/prometheus/"), ("rates/", "../../../tutorials/prometheus/rates/")]
    {
        let moved = page(&format!("tutorials/metrics/{old}"));
        assert!(values(moved, "href").contains(&new), "{moved}");
    }
    let inner = page("tutorials/prometheus/rates/");
    assert!(
        inner.contains("<article class=\"tutorial-page\" data-tutorial=\"prometheus\" data-page=\"rates\"")
    );
    assert!(
        inner.contains("Page 2 of 3") && inner.contains("rel=\"prev\"") && inner.contains("rel=\"next\"")
    );
    let steps = between(inner, "<nav class=\"page-steps\"", "</nav>")[0];
    assert_eq!(between(steps, "aria-current=\"page\">", "<"), ["2"]);
    assert!(!inner.contains("Where to read on"));
    let last = page("tutorials/prometheus/reading/");
    assert!(last.contains("Where to read on") && !last.contains("rel=\"next\""));
    let quiz = page("tutorials/prometheus/counting/");
    assert!(quiz.contains("data-kind=\"choice\"") && quiz.contains(">Q1.</span>"), "questions are numbered");
    assert!(!last.contains("class=\"outline\"") && quiz.contains("class=\"outline\""));
}

#[test]
fn a_planned_tutorial_is_honest() {
    let html = page("tutorials/docker/");
    assert!(
        html.contains("This tutorial has its place in the course") && !html.contains("Start with page 1")
    );
    assert!(html.contains("It is a process") && html.contains("You can say what a container shares"));
    assert!(page("tutorials/docker/files/").contains("This page is planned and not written yet."));
    assert!(page("tutorials/grafana/").contains("This is a draft"));
}

#[test]
fn two_builds_draw_the_same() {
    assert_eq!(*kinds(), build("tests/course_kinds"));
}

#[test]
fn an_exercise_has_services_and_a_rehearsal_that_gives_nothing_away() {
    let site = build("");
    let html = &site["scenarios/diagnosing-failures/"];
    let services = between(html, "<table class=\"services\">", "</table>")[0];
    for words in ["<th scope=\"row\">PostgreSQL</th>", "<code>5432</code>", "<code>3000</code>"] {
        assert!(services.contains(words), "{words} in {services}");
    }
    assert!(html.contains("In the list it is called: <strong>"));
    let box_ = between(html, "<div class=\"rehearsal\">", "</header>")[0];
    let (open, closed) = box_.split_once("<details>").expect("the figures are closed");
    assert!(!open.contains('%') && open.contains("it failed as promised"), "{open}");
    let table = closed.split("</details>").next().expect("it ends");
    assert!(
        table.contains("100\u{a0}%") && table.contains("As you find it") && table.contains("After Fix 1")
    );
    assert!(!table.contains("pool"), "no fix is named: {table}");
    let facts = between(html, "<dl class=\"facts\">", "</dl>")[0];
    assert!(!facts.contains('%'), "{facts}");
    assert!(html.contains("<svg class=\"shape\""), "its panels are drawn");
}
