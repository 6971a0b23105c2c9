//! Themes that change a part of another, and content that could do harm on a page.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod site_course;

use std::collections::BTreeMap;

use scenarist::diag::Sink;
use scenarist::emit::site::emit_site;
use scenarist::emit::tree::OutputTree;
use scenarist::source::{Files, Origin, builtin_files};

use site_course::text;

/// The site with these files in the project, and its findings as `code path: message; help`.
fn build(theme: &str, own: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<String>) {
    let (mut course, mut files) = site_course::course();
    course.theme = theme.to_owned();
    for (path, text) in own {
        files.add(*path, text.as_bytes(), Origin::Project, false);
    }
    builtin_files(&mut files);
    let sink = Sink::default();
    let mut tree = OutputTree::default();
    emit_site(&course, &files, false, &[], &mut tree, &sink);
    (texts(&tree), findings(sink, &files))
}

fn texts(tree: &OutputTree) -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let below = |path: &str| path.strip_prefix("dist/site/").expect("a site").to_owned();
    tree.iter().map(|(path, file)| (below(path.as_str()), text(&file.bytes()))).collect()
}

fn findings(sink: Sink, files: &Files) -> Vec<String> {
    let found = sink.into_sorted(files).into_iter();
    found
        .map(|it| {
            let path = files.path(it.span.file);
            format!("{} {path}: {}; {}", it.spec.code, it.message, it.help.unwrap_or_default())
        })
        .collect()
}

fn clean(theme: &str, own: &[(&str, &str)]) -> BTreeMap<String, String> {
    let (site, found) = build(theme, own);
    assert_eq!(found, Vec::<String>::new());
    site
}

#[test]
fn one_file_of_a_theme_can_be_replaced() {
    let site = clean("ours", &[("themes/ours/static/icon.svg", "<svg/>")]);
    let (path, icon) = site.iter().find(|(path, _)| path.ends_with("/icon.svg")).expect("an icon");
    assert_eq!(icon, "<svg/>");
    assert!(site.contains_key(&path.replace("icon.svg", "style.css")), "the rest is the default theme's");
    let site = clean("ours", &[("themes/ours/templates/404.html", "<p>{{ page.title }}, lost</p>")]);
    assert_eq!(site["404.html"], "<p>Nothing here, lost</p>");
    assert!(site["index.html"].contains("<!DOCTYPE html>"));
}

#[test]
fn one_word_of_a_theme_can_be_replaced() {
    let words = ("themes/ours/words/en.yml", "concepts: Ideas\ncopy: Take\n");
    let site = clean("ours", &[words]);
    assert!(site["index.html"].contains(">Ideas<") && site["index.html"].contains("Skip to the text"));
    let module = site.iter().find(|(path, _)| path.ends_with("/words.js")).expect("the words").1;
    assert!(module.contains("\"copy\":\"Take\"") && module.contains("\"copied\":\"Copied\""), "{module}");
    let (_, found) = build("ours", &[("themes/ours/words/en.yml", "concepts: [a]\n")]);
    assert!(found.len() == 1 && found[0].contains("the word `concepts` is no text"), "{found:?}");
}

#[test]
fn a_theme_can_extend_another() {
    let own = [
        ("themes/evening/theme.yml", "extends: ours\n"),
        ("themes/evening/words/en.yml", "home: Start\n"),
        ("themes/ours/words/en.yml", "home: Anfang\nconcepts: Ideas\n"),
        ("themes/ours/templates/404.html", "ours"),
    ];
    let site = clean("evening", &own);
    assert_eq!(site["404.html"], "ours");
    assert!(
        site["concepts/index.html"].contains(">Start<") && site["concepts/index.html"].contains(">Ideas<")
    );
}

#[test]
fn a_template_can_build_on_the_one_that_it_replaces() {
    let own = "{% extends \"default/base.html\" %}{% block head %}<meta name=\"theme-color\" content=\"#123\">{% endblock head %}";
    let site = clean("ours", &[("themes/ours/templates/base.html", own)]);
    for page in ["index.html", "scenarios/first/index.html"] {
        assert!(site[page].contains("theme-color") && site[page].contains("<main"), "{page}");
    }
}

#[test]
fn faults_of_themes_are_findings() {
    for (theme, own, wanted) in [
        (
            "uors",
            vec![("themes/ours/words/en.yml", "home: x\n")],
            "there is no theme `uors`; did you mean `ours`?",
        ),
        ("a", vec![("themes/a/theme.yml", "extends: b\n")], "there is no theme `b`"),
        (
            "a",
            vec![("themes/a/theme.yml", "extends: b\n"), ("themes/b/theme.yml", "extends: a\n")],
            "a theme extends itself: `a` → `b` → `a`",
        ),
        ("a", vec![("themes/a/theme.yml", "extend: b\n")], "did you mean `extends`?"),
        ("a", vec![("themes/a/tempaltes/home.html", "x")], "did you mean `templates`?"),
    ] {
        let (_, found) = build(theme, &own);
        assert!(found.len() == 1 && found[0].contains(wanted), "{theme}: {found:?}");
    }
}

/// The page of the first scenario, with this as its summary.
fn page_with(markdown: &str) -> String {
    let (mut course, mut files) = site_course::course();
    course.scenarios[1].summary = text(markdown);
    course.scenarios[1].why = text(markdown);
    builtin_files(&mut files);
    let sink = Sink::default();
    let mut tree = OutputTree::default();
    emit_site(&course, &files, false, &[], &mut tree, &sink);
    texts(&tree).remove("scenarios/indexes/index.html").expect("the page")
}

#[test]
fn html_of_authors_is_harmless_on_a_page() {
    for (markdown, kept) in [
        ("a <kbd>b</kbd> H<sub>2</sub>O", "a <kbd>b</kbd> H<sub>2</sub>O"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<b onclick=\"x()\" style=\"y\" class=\"z\">w</b>", "<b class=\"z\">w</b>"),
        ("a <iframe src=\"https://example.org\">b</iframe>", "a b"),
        ("a <b>open", "a <b>open</b>"),
        ("[a](javascript:alert\\(1\\)) b", "a b"),
        ("[a](<java&#10;script:x>) b", "a b"),
        ("<javascript:alert(1)> b", "javascript:alert(1) b"),
        ("[a](data:text/html;base64,x) b", "a b"),
        ("![a](https://example.org/a.png)", "<a href=\"https://example.org/a.png\">a</a>"),
        ("![a](javascript:x)", "a"),
    ] {
        let page = page_with(markdown);
        assert!(page.contains(&format!(">{kept}<")), "{markdown}: {kept} is not in {page}");
        for harm in ["<script>alert", "onclick", " style=", "<iframe", "href=\"javascript:", "src=\"https"] {
            assert!(!page.contains(harm), "{markdown}: {harm}");
        }
        assert_eq!(page.matches("</main>").count(), 1);
    }
}

#[test]
fn what_is_left_open_does_not_swallow_the_page() {
    let page = page_with("a <div><section>b");
    let main = page.split_once("<main").expect("main").1.split_once("</main>").expect("its end").0;
    for element in ["div", "section", "p"] {
        let opened =
            main.matches(&format!("<{element}>")).count() + main.matches(&format!("<{element} ")).count();
        assert_eq!(opened, main.matches(&format!("</{element}>")).count(), "{element} in {main}");
    }
}

#[test]
fn pictures_come_out_harmless() {
    let (mut course, mut files) = site_course::course();
    let harm = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>Visitor</text>\
                <script>alert(1)</script><image href=\"https://a.b/c.png\"/></svg>";
    let file =
        files.add("content/scenarios/first/diagrams/harm.svg", harm.as_bytes(), Origin::Project, false);
    course.scenarios[0].written.as_mut().expect("written").assets[0].1 = file;
    builtin_files(&mut files);
    let mut tree = OutputTree::default();
    emit_site(&course, &files, false, &[], &mut tree, &Sink::default());
    let picture = &texts(&tree)["scenarios/first/assets/architecture.svg"];
    assert!(
        picture.contains("Visitor") && !picture.contains("script") && !picture.contains("a.b"),
        "{picture}"
    );
}
