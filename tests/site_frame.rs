//! What stands around every page of the site: addresses for search engines, cards for networks,
//! descriptions as data, links to the source, twins in Markdown.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod site_course;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use scenarist::check::all_specs;
use scenarist::diag::Sink;
use scenarist::emit::site::{Cards, emit_site_with};
use scenarist::emit::tree::OutputTree;
use scenarist::manifest::course::SourceRepository;
use scenarist::model::Course;
use scenarist::source::{Files, Origin, Span, Spanned, builtin_files};
use scenarist::syntax::svg::Markup;
use serde_json::Value as Json;

const SITE: &str = "https://example.org/course/";

/// The files of a site, below `dist/site/`; panics on findings.
fn build_with(course: &Course, mut files: Files, cards: Option<&Cards>) -> BTreeMap<String, Vec<u8>> {
    builtin_files(&mut files);
    let sink = Sink::default();
    let mut tree = OutputTree::default();
    emit_site_with(course, &files, cards, &all_specs(), &mut tree, &sink);
    let found = sink.into_sorted(&files);
    assert!(found.is_empty(), "{found:#?}");
    let below = |path: &Utf8Path| path.as_str().strip_prefix("dist/site/").expect("a site").to_owned();
    tree.iter().map(|(path, file)| (below(path), file.bytes().into_owned())).collect()
}

fn build(course: &Course, files: Files) -> BTreeMap<String, String> {
    let site = build_with(course, files, None);
    site.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

fn small() -> BTreeMap<String, String> {
    let (course, files) = site_course::course();
    build(&course, files)
}

/// The pages that are to be found, with their HTML.
/// Pages that people are to find: neither one that moved, nor what a learner wrote.
fn pages(site: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let all = site.iter().filter(|(path, _)| path.ends_with("index.html") && !path.starts_with("my-work/"));
    all.filter(|(_, html)| !html.contains("http-equiv=\"refresh\""))
        .map(|(path, html)| (path.as_str(), html.as_str()))
}

fn address_of(page: &str) -> String {
    format!("{SITE}{}", page.trim_end_matches("index.html"))
}

/// The content of a `meta` or the target of a `link`.
fn head<'h>(html: &'h str, name: &str, value: &str) -> Option<&'h str> {
    html.split_once(&format!("{name}\" {value}=\""))?.1.split('"').next()
}

#[test]
fn the_sitemap_lists_exactly_the_pages_that_are_to_be_found() {
    let site = small();
    let sitemap = Markup::parse(&site["sitemap.xml"]).expect("well-formed XML");
    let listed: BTreeSet<String> = sitemap
        .elements()
        .filter(|element| element.tag_name().name() == "loc")
        .filter_map(|element| element.text().map(str::to_owned))
        .collect();
    let wanted: BTreeSet<String> = pages(&site).map(|(path, _)| address_of(path)).collect();
    assert_eq!(listed, wanted);
    assert!(!site["sitemap.xml"].contains("404") && !site["sitemap.xml"].contains("slow-queries"));
    let dates = site["sitemap.xml"].matches("<lastmod>2026-11-21</lastmod>").count();
    assert_eq!(dates, 1, "only a scenario that says when it was published has a date");
    assert!(site["robots.txt"].contains(&format!("Sitemap: {SITE}sitemap.xml")));
}

#[test]
fn without_an_address_there_is_no_sitemap() {
    let (mut course, files) = site_course::course();
    course.site = None;
    let site = build(&course, files);
    assert!(!site.contains_key("sitemap.xml") && !site["robots.txt"].contains("Sitemap"));
    for (path, html) in pages(&site) {
        assert!(!html.contains("og:") && !html.contains("ld+json"), "{path}");
    }
}

#[test]
fn every_page_says_what_it_is_to_networks() {
    let (course, files) = site_course::course();
    let cards = Cards::default();
    let site = build_with(&course, files, Some(&cards));
    let text: BTreeMap<String, String> = site
        .iter()
        .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    for (path, html) in pages(&text) {
        let address = address_of(path);
        assert_eq!(head(html, "rel=\"canonical", "href"), Some(address.as_str()), "{path}");
        for name in ["title", "description", "type", "locale", "site_name", "image:alt"] {
            let value = head(html, &format!("property=\"og:{name}"), "content");
            assert!(value.is_some_and(|value| !value.is_empty()), "no og:{name} on {path}");
        }
        assert_eq!(head(html, "og:url", "content"), Some(address.as_str()), "{path}");
        assert_eq!(head(html, "og:locale", "content"), Some("en_US"));
        assert_eq!(
            head(html, "og:image", "content"),
            Some(format!("{address}preview.png").as_str()),
            "{path}"
        );
        assert_eq!(head(html, "og:image:width", "content"), Some("1200"));
        let png = &site[&path.replace("index.html", "preview.png")];
        assert_eq!(png[16..24], [0, 0, 4, 0xB0, 0, 0, 2, 0x76], "{path}: the picture is 1200 by 630");
    }
    let first = &text["scenarios/first/index.html"];
    assert_eq!(head(first, "article:published_time", "content"), Some("2026-11-21"));
    assert!(text["404.html"].contains("noindex") && !text["404.html"].contains("canonical"));
    assert!(!site.contains_key("scenarios/slow-queries/preview.png"), "a page that moved has none");
}

#[test]
fn pictures_that_are_known_are_not_drawn_again() {
    let (course, files) = site_course::course();
    let first = Cards::default();
    let drawn = build_with(&course, files, Some(&first));
    let kept: Vec<(String, Vec<u8>)> =
        first.fresh().into_iter().map(|(name, png)| (name, png.to_vec())).collect();
    assert!(!kept.is_empty());
    let second = Cards::new(kept.clone());
    let (mut course, files) = site_course::course();
    assert_eq!(build_with(&course, files, Some(&second)), drawn, "the same, byte for byte");
    assert!(second.fresh().is_empty());
    let third = Cards::new(kept.clone());
    course.scenarios[1].title = "Another name".to_owned();
    let (_, files) = site_course::course();
    build_with(&course, files, Some(&third));
    assert_eq!(third.fresh().len(), 1, "one page has another title");
    assert_eq!(kept.iter().filter(|(name, _)| !third.is_used(name)).count(), 1);
}

/// The data block of a page.
fn described(html: &str) -> Json {
    let start = "<script type=\"application/ld+json\">";
    let text = html.split_once(start).expect("a data block").1.split("</script>").next().expect("an end");
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn every_page_is_described_as_data() {
    let site = small();
    for (path, html) in pages(&site) {
        let graph = described(html)["@graph"].as_array().cloned().expect("a list");
        let kind = graph[0]["@type"].as_str().expect("a type");
        let is_course = path == "index.html" || path.starts_with("tracks/");
        assert_eq!(kind, if is_course { "Course" } else { "LearningResource" }, "{path}");
        assert_eq!(graph[0]["url"], address_of(path), "{path}");
        if path == "index.html" {
            assert_eq!(graph.len(), 1);
            assert_eq!(graph[0]["provider"]["name"], "owner");
            continue;
        }
        assert_eq!(graph[1]["@type"], "BreadcrumbList", "{path}");
        let steps = graph[1]["itemListElement"].as_array().cloned().expect("steps");
        for (at, step) in steps.iter().enumerate() {
            assert_eq!(step["position"], at + 1);
            let target = step["item"].as_str().expect("an address").split('#').next().expect("a page");
            let file = target.strip_prefix(SITE).expect("of the site");
            assert!(site.contains_key(&format!("{file}index.html")), "{target} on {path}");
        }
        assert_eq!(steps[0]["item"], SITE);
        assert_eq!(steps[steps.len() - 1]["item"], address_of(path));
    }
    let first = &described(&site["scenarios/first/index.html"])["@graph"][0];
    assert_eq!(first["timeRequired"], "PT60M");
    assert_eq!(first["educationalLevel"], "Crawling");
    assert_eq!(first["teaches"], serde_json::json!(["connection pool"]));
}

#[test]
fn no_title_can_end_the_data_block() {
    let (mut course, files) = site_course::course();
    let title = "</script><script>alert(1)</script> & <!-- \u{2028}";
    course.scenarios[1].title = title.to_owned();
    let site = build(&course, files);
    let html = &site["scenarios/indexes/index.html"];
    assert!(!html.contains("<script>alert"));
    let name = described(html)["@graph"][0]["name"].as_str().expect("a name").to_owned();
    assert!(name.ends_with(title), "{name}");
}

/// The course with sources on GitHub.
fn with_source() -> (Course, Files) {
    let (mut course, mut files) = site_course::course();
    let span = Span::nowhere();
    let repository = Spanned::new("author/source".to_owned(), span);
    let branch = "trunk".to_owned();
    course.manifest.source = Some(SourceRepository { repository, branch, folder: None, span });
    for path in
        ["content/tracks/entry.yml", "content/concepts.yml", "content/tutorials/prometheus/tutorial.yml"]
    {
        files.add(path, b"x", Origin::Project, false);
    }
    let page = files.add("content/scenarios/first/scenario.md", b"x", Origin::Project, false);
    course.scenarios[0].written.as_mut().expect("written").page = Some(page);
    course.scenarios[1].span = Span::file_start(files.find("content/tracks/entry.yml").expect("the track"));
    (course, files)
}

#[test]
fn pages_lead_to_their_source() {
    let (course, files) = with_source();
    let site = build(&course, files);
    for (page, source) in [
        ("index.html", "content/course.yml"),
        ("tracks/entry/index.html", "content/tracks/entry.yml"),
        ("scenarios/first/index.html", "content/scenarios/first/scenario.md"),
        ("scenarios/indexes/index.html", "content/tracks/entry.yml"),
        ("concepts/index.html", "content/concepts.yml"),
        ("concepts/queue/index.html", "content/concepts.yml"),
        ("tutorials/prometheus/index.html", "content/tutorials/prometheus/tutorial.yml"),
        ("tutorials/prometheus/queries/index.html", "content/tutorials/prometheus/tutorial.yml"),
    ] {
        let link = format!("href=\"https://github.com/author/source/edit/trunk/{source}\"");
        assert!(site[page].contains(&link), "{page} does not lead to {source}");
    }
    assert!(!site["rules/index.html"].contains("/edit/"), "nobody wrote this page");
    assert!(small().values().all(|html| !html.contains("/edit/")), "the course does not say where it lies");
}

#[test]
fn every_page_has_a_twin_whose_links_arrive() {
    let site = small();
    let mut links = 0;
    for (path, html) in pages(&site) {
        assert!(html.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"index.md\">"), "{path}");
        let folder = path.trim_end_matches("index.html");
        let twin = &site[&format!("{folder}index.md")];
        assert!(twin.starts_with("# ") && twin.ends_with('\n'), "{path}: {twin}");
        for link in twin.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()) {
            // The rules show references as code.
            if link.contains("://") || path.starts_with("rules/") {
                continue;
            }
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = resolve(folder, page);
            let found = site.get(&target).unwrap_or_else(|| panic!("{link} in the twin of {path}: {target}"));
            assert!(anchor.is_empty() || found.contains(&format!("id=\"{anchor}\"")), "{link} in {path}");
            links += 1;
        }
    }
    assert!(links > 40, "{links} links");
    assert!(!site.contains_key("scenarios/slow-queries/index.md"));
}

fn resolve(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if link.ends_with('/') || link.is_empty() {
        parts.push("index.html");
    }
    parts.join("/")
}

#[test]
fn the_twin_of_a_scenario_gives_nothing_away() {
    let twin = &small()["scenarios/first/index.md"];
    for part in ["# Scenario 1", "**Q1.", "What do you expect", "<details>", "](assets/architecture.svg)"] {
        assert!(twin.contains(part), "{part} is not in {twin}");
    }
    for part in [
        "turned away",
        "A good answer",
        "[x] It is",
        "blob/main/scenario-first/solution",
        ":::",
        "Only in the monorepo",
    ] {
        assert!(!twin.contains(part), "{part} is in {twin}");
    }
}
