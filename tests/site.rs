//! The course site as files: addresses, links, what is and what is not on a page.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod site_course;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use scenarist::check::all_specs;
use scenarist::diag::{CodeSpec, Sink};
use scenarist::emit::site::emit_site;
use scenarist::emit::tree::OutputTree;
use scenarist::model::Course;
use scenarist::source::{Files, Origin, builtin_files};

/// The site of the small course; panics on findings.
fn build(course: &Course, files: Files) -> BTreeMap<String, String> {
    build_with(course, files, &[])
}

fn build_with(course: &Course, mut files: Files, rules: &[&CodeSpec]) -> BTreeMap<String, String> {
    builtin_files(&mut files);
    let sink = Sink::default();
    let mut tree = OutputTree::default();
    emit_site(course, &files, true, rules, &mut tree, &sink);
    let found = sink.into_sorted(&files);
    assert!(found.is_empty(), "{found:#?}");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    tree.iter().map(|(path, file)| (path.to_string(), text(&file.bytes()))).collect()
}

fn small() -> BTreeMap<String, String> {
    let (course, files) = site_course::course();
    build(&course, files)
}

/// The values of an attribute in document order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_kind_of_page_is_there() {
    let site = small();
    for path in [
        "index.html",
        "404.html",
        "tracks/entry/index.html",
        "tracks/beginners/index.html",
        "scenarios/first/index.html",
        "scenarios/first/assets/architecture.svg",
        "scenarios/indexes/index.html",
        "scenarios/slow-queries/index.html",
        "concepts/index.html",
        "concepts/connection-pool/index.html",
        "concepts/pool/index.html",
        "tutorials/index.html",
        "tutorials/prometheus/index.html",
        "tutorials/prometheus/scraping/index.html",
        "tutorials/metrics/index.html",
    ] {
        assert!(site.contains_key(&format!("dist/site/{path}")), "{path} in {:#?}", site.keys());
    }
}

/// The same with the page of all rules, whose examples show the source format.
fn with_rules() -> BTreeMap<String, String> {
    let (course, files) = site_course::course();
    build_with(&course, files, &all_specs())
}

#[test]
fn every_rule_is_on_the_page_of_rules() {
    let site = with_rules();
    let page = &site["dist/site/rules/index.html"];
    let ids: BTreeSet<&str> = values(page, "id").into_iter().collect();
    for spec in all_specs() {
        let anchor = spec.code.replace('/', "-");
        assert!(ids.contains(anchor.as_str()), "{anchor} is missing");
        assert!(page.contains(&format!("href=\"#{anchor}\"")), "nothing leads to {anchor}");
    }
    assert!(!page.contains(" style="), "a style attribute");
    for (path, html) in site.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let is_moved = html.contains("http-equiv=\"refresh\"");
        assert!(is_moved || values(html, "href").iter().any(|href| href.ends_with("rules/")), "{path}");
    }
    assert!(!small().contains_key("dist/site/rules/index.html"), "without rules there is no page");
}

#[test]
fn every_relative_link_arrives() {
    let site = with_rules();
    let anchors = |path: &str| -> BTreeSet<&str> { values(&site[path], "id").into_iter().collect() };
    for (path, html) in site.iter().filter(|(path, _)| path.ends_with("index.html")) {
        for link in values(html, "href").into_iter().chain(values(html, "src")) {
            if link.starts_with("https://") {
                continue;
            }
            assert!(!link.starts_with('/'), "{link} on {path} is not relative");
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if page.is_empty() { path.clone() } else { resolve(path, page) };
            assert!(site.contains_key(&target), "{link} on {path} leads to {target}");
            assert!(anchor.is_empty() || anchors(&target).contains(anchor), "{link} on {path}");
        }
    }
}

fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = Utf8Path::new(from).parent().map_or("", Utf8Path::as_str).split('/').collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if link.ends_with('/') { format!("{path}/index.html") } else { path }
}

#[test]
fn ids_are_unique_and_labels_have_fields() {
    for (path, html) in with_rules().iter().filter(|(path, _)| path.ends_with(".html")) {
        let ids = values(html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: {ids:?}");
        for label in values(html, "for") {
            assert!(unique.contains(label), "{path}: no field for {label}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
    }
}

#[test]
fn only_commands_can_be_copied() {
    let site = small();
    let html = &site["dist/site/scenarios/first/index.html"];
    let copied: Vec<&str> =
        html.split("data-copy>").skip(1).filter_map(|rest| rest.split("</figure>").next()).collect();
    assert_eq!(copied.len(), 1, "{copied:?}");
    assert!(copied[0].contains("npm"));
}

#[test]
fn answers_and_hints_are_closed_and_right_choices_stand_in_the_answer() {
    let site = small();
    let html = &site["dist/site/scenarios/first/index.html"];
    assert!(!html.contains("<details open"));
    assert_eq!(html.matches("<summary>Model answer</summary>").count(), 6);
    assert!(html.contains("A good answer …"));
    let (question, answer) = html.split_once("data-right=\"1\"").expect("the right choice is named");
    assert!(question.trim_end().ends_with("<li"), "in a list");
    assert!(answer.contains("It is <em>refused</em>."));
    assert!(!question.contains("checked"));
}

#[test]
fn nothing_of_the_source_format_is_left_over() {
    for (path, html) in small().iter().filter(|(path, _)| path.ends_with(".html")) {
        for mark in [":::", "{#", "**", "<!-- allow", "Only in the monorepo", "](", "{{", "{%"] {
            assert!(!html.contains(mark), "{mark} on {path}");
        }
        assert!(!html.contains(" style="), "a style attribute on {path}");
    }
}

#[test]
fn files_and_solutions_lead_to_the_repository() {
    let site = small();
    let html = &site["dist/site/scenarios/first/index.html"];
    for link in [
        "https://github.com/owner/name/blob/main/scenario-first/solution/shared-pool/src/server.js",
        "https://github.com/owner/name/blob/main/scenario-first/db/seeds/seed.js",
        "https://codespaces.new/owner/name?devcontainer_path=.devcontainer%2Fscenario-first%2Fdevcontainer.json",
    ] {
        assert!(html.contains(link), "{link}");
    }
    let planned = &site["dist/site/scenarios/indexes/index.html"];
    assert!(!planned.contains("codespaces.new") && planned.contains("This one is planned"));
    assert!(planned.contains("Which columns deserve an index?"));
}

#[test]
fn the_page_of_ones_work_knows_the_questions_and_no_answer() {
    let site = small();
    let page = &site["dist/site/my-work/index.html"];
    assert!(page.contains("data-kind=\"work\"") && page.contains("needs JavaScript"));
    let home = &site["dist/site/index.html"];
    assert!(values(home, "href").iter().any(|href| href.contains("my-work")), "it is in the navigation");
    let data = &site["dist/site/my-work/course.json"];
    let known: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    let first = &known["places"][0];
    assert_eq!(first["id"], "first");
    assert_eq!(first["href"], "scenarios/first/");
    let ids: Vec<_> =
        first["questions"].as_array().into_iter().flatten().map(|it| it["id"].clone()).collect();
    assert_eq!(ids, ["guess", "figures", "list", "lines", "fits", "levels", "planted", "open"]);
    let fields = |at: usize| first["questions"][at]["fields"].to_string();
    assert_eq!(fields(1), r#"[["1.2","p50, Before:"],["1.3","p50, After:"],["2.1",""],["2.3","After:"]]"#);
    assert_eq!(fields(4), r#"[["1","It is refused."],["2","It crashed."]]"#);
    assert_eq!(first["questions"][4]["quiz"], true);
    for answer in ["Most of them are turned away", "names the cause", "a measurement", "right"] {
        assert!(!data.contains(answer), "{answer} is told");
    }
    // Every field that the data name is on the page, so that answers find their labels.
    let html = &site["dist/site/scenarios/first/index.html"];
    for name in ["text", "1.2", "2.3", "1", "2"] {
        assert!(html.contains(&format!("data-answer=\"{name}\"")), "{name}");
    }
}

#[test]
fn scripts_come_without_comments_and_with_their_words() {
    let site = small();
    let script = |name: &str| {
        let found = site.iter().find(|(path, _)| path.ends_with(name)).map(|(_, text)| text.clone());
        found.unwrap_or_default()
    };
    let store = script("/learn/store.js");
    assert!(store.contains("export function read(name) {") && !store.contains("// "), "{store}");
    let words = script("/words.js");
    assert!(words.contains("\"learn_quiz_right\"") && words.contains("\"work_plan_newer\""), "{words}");
    assert!(!words.contains("planned_text"), "words of templates alone stay out");
}

#[test]
fn two_builds_are_equal() {
    assert_eq!(small(), small());
}

#[test]
fn addresses_on_the_web_are_named_only_when_they_are_known() {
    let (mut course, files) = site_course::course();
    assert!(
        small()["dist/site/scenarios/first/index.html"]
            .contains("https://example.org/course/scenarios/first/")
    );
    course.site = None;
    let site = build(&course, files);
    let html = &site["dist/site/scenarios/first/index.html"];
    assert!(!html.contains("canonical") && !html.contains("og:"));
}

/// The findings of a build with one file of a theme replaced.
fn faults(path: &str, text: &str) -> Vec<(String, u32, String)> {
    let (mut course, mut files) = site_course::course();
    course.theme = "own".to_owned();
    files.add(format!("themes/own/{path}"), text.as_bytes(), Origin::Project, false);
    builtin_files(&mut files);
    let sink = Sink::default();
    emit_site(&course, &files, true, &[], &mut OutputTree::default(), &sink);
    let found = sink.into_sorted(&files);
    found
        .into_iter()
        .map(|finding| {
            let place = files.position(finding.span.file, finding.span.start);
            (format!("{} {}", finding.spec.code, files.path(finding.span.file)), place.line, finding.message)
        })
        .collect()
}

#[test]
fn faults_of_a_template_are_found_at_their_line() {
    let path = "templates/concepts.html";
    for (template, line) in [
        ("<p>\n{{ page.title | no_such_filter }}</p>", 2),
        ("<p>\n\n{{ page.no_such_field }}</p>", 3),
        ("<p>\n{% if page.title %}</p>", 2),
        ("{% extends \"no-such.html\" %}", 1),
    ] {
        let found = faults(path, template);
        assert_eq!(found.len(), 1, "{template}: {found:?}");
        assert_eq!(found[0].0, format!("source/template-error themes/own/{path}"), "{found:?}");
        assert_eq!(found[0].1, line, "{template}: {found:?}");
    }
}

#[test]
fn a_theme_may_replace_one_file() {
    assert_eq!(faults("templates/404.html", "<h1>{{ page.title }}</h1>"), []);
}
