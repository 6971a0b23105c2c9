//! The search index and the catalogue as files: what can be found and what must not, where results
//! lead, which files travel together, and what the rule about leaking answers makes of it.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read files and say what they saw"
)]

mod site_course;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use scenarist::build::{Options, compile};
use scenarist::diag::Sink;
use scenarist::emit::site::emit_site;
use scenarist::emit::tree::OutputTree;
use scenarist::ir::{Node, RichText};
use scenarist::manifest::scenario::Kind;
use scenarist::model::{Course, Scenario};
use scenarist::source::{Files, builtin_files, read_dir};
use serde_json::{Map, Value};

const LIST: &str = "dist/site/search/index.json";

type Site = BTreeMap<String, String>;

fn build(course: &Course, mut files: Files) -> Site {
    builtin_files(&mut files);
    let sink = Sink::default();
    let mut tree = OutputTree::default();
    emit_site(course, &files, false, &[], &mut tree, &sink);
    let found = sink.into_sorted(&files);
    assert!(found.is_empty(), "{found:#?}");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    tree.iter().map(|(path, file)| (path.to_string(), text(&file.bytes()))).collect()
}

fn small() -> Site {
    let (course, files) = site_course::course();
    build(&course, files)
}

/// The shards in the order of the list: path and content.
fn shards(site: &Site) -> Vec<(String, Value)> {
    let list: Value = serde_json::from_str(&site[LIST]).expect("JSON");
    let names = list["shards"].as_array().expect("a list").iter();
    names
        .map(|name| {
            let path = format!("dist/site/search/{}", name.as_str().expect("a path"));
            let content = serde_json::from_str(&site[&path]).expect("JSON");
            (path, content)
        })
        .collect()
}

/// What can be found in a shard: address and what is stored.
fn documents(shard: &Value) -> Vec<(String, Map<String, Value>)> {
    let documents = shard["documents"].as_array().expect("documents").iter();
    documents
        .map(|document| {
            let mut fields = document.as_object().expect("fields").clone();
            let address = fields.remove("id").expect("an address");
            fields.remove("lengths");
            (address.as_str().expect("text").to_owned(), fields)
        })
        .collect()
}

fn all_documents(site: &Site) -> Vec<(String, Map<String, Value>)> {
    shards(site).iter().flat_map(|(_, shard)| documents(shard)).collect()
}

fn words(document: &Map<String, Value>, field: &str) -> String {
    document.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn document(site: &Site, address: &str) -> Map<String, Value> {
    let all = all_documents(site);
    let found = all.iter().find(|(own, _)| own == address);
    found
        .unwrap_or_else(|| panic!("{address} in {:#?}", all.iter().map(|(own, _)| own).collect::<Vec<_>>()))
        .1
        .clone()
}

#[test]
fn the_first_shard_names_all_pages_and_questions() {
    let site = small();
    let shards = shards(&site);
    let first: BTreeSet<String> = documents(&shards[0].1).into_iter().map(|(address, _)| address).collect();
    for address in [
        "tracks/entry/",
        "tracks/entry/#group-crawling",
        "scenarios/first/",
        "scenarios/indexes/",
        "scenarios/news/",
        "concepts/connection-pool/",
        "tutorials/prometheus/",
        "tutorials/prometheus/scraping/",
        "scenarios/first/#question-guess",
        "scenarios/first/#question-open",
    ] {
        assert!(first.contains(address), "{address} in {first:#?}");
    }
    let second: BTreeSet<String> = documents(&shards[1].1).into_iter().map(|(address, _)| address).collect();
    assert!(second.contains("scenarios/first/#reproduce") && second.contains("scenarios/indexes/#main"));
    let names: Vec<&str> = shards.iter().filter_map(|(path, _)| path.rsplit('/').next()).collect();
    assert_eq!(names, ["start.json", "track-entry.json", "tutorials.json"]);
}

#[test]
fn shards_lie_in_one_folder_with_a_hash_and_nothing_else_does() {
    let site = small();
    let shards = shards(&site);
    let folder = Utf8Path::new(&shards[0].0).parent().expect("a folder").to_owned();
    let hash = folder.file_name().expect("a name");
    assert!(hash.len() == 8 && hash.chars().all(|letter| letter.is_ascii_hexdigit()), "{hash}");
    let named: BTreeSet<&str> = shards.iter().map(|(path, _)| path.as_str()).chain([LIST]).collect();
    let there: BTreeSet<&str> =
        site.keys().map(String::as_str).filter(|path| path.starts_with("dist/site/search/")).collect();
    assert_eq!(named, there);

    let (mut course, files) = site_course::course();
    course.concepts[0].summary = RichText::plain("Another summary.");
    let other = build(&course, files);
    assert!(!other.keys().any(|path| path.contains(hash)), "another content, another folder");
}

#[test]
fn every_result_leads_to_a_place_on_a_page() {
    let site = small();
    let all = all_documents(&site);
    let addresses: BTreeSet<&str> = all.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(addresses.len(), all.len(), "each address is there once");
    for (address, _) in &all {
        let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
        let html = &site[&format!("dist/site/{page}index.html")];
        assert!(anchor.is_empty() || html.contains(&format!(" id=\"{anchor}\"")), "{address}");
        assert!(addresses.contains(page), "{page} names the place of {address}");
    }
}

#[test]
fn results_say_what_they_are() {
    let site = small();
    let scenario = document(&site, "scenarios/first/");
    assert_eq!(words(&scenario, "label"), "Scenario 1");
    assert_eq!(words(&scenario, "title"), "Diagnosing failures");
    assert_eq!(words(&scenario, "text"), "Pages take seconds. A shop");
    assert!(!scenario.contains_key("status"), "what is ready needs no mark");
    assert_eq!(words(&document(&site, "scenarios/indexes/"), "status"), "planned");
    assert_eq!(words(&document(&site, "scenarios/indexes/"), "title"), "Indexes & \"slow\" queries");
    let section = document(&site, "scenarios/first/#reproduce");
    assert_eq!(
        (words(&section, "label"), words(&section, "heading")),
        ("Step 1".to_owned(), "Reproduce it".to_owned())
    );
    assert_eq!(words(&section, "text"), "npm run loadtest");
    let question = document(&site, "scenarios/first/#question-guess");
    assert_eq!(words(&question, "kind"), "question");
    assert_eq!(words(&question, "label"), "Q1");
    assert_eq!(words(&question, "question"), "What do you expect when 200 people come?");
    let planned = document(&site, "scenarios/indexes/#main");
    assert_eq!(words(&planned, "text"), "It is next. You know shops. How to read a plan");
    let page = document(&site, "tutorials/prometheus/scraping/#scrape");
    assert_eq!(words(&page, "text"), "Prometheus asks every five seconds.");
}

#[test]
fn the_text_of_a_section_is_its_words() {
    let site = small();
    let text = words(&document(&site, "scenarios/first/#situation"), "text");
    for part in [
        "Welcome!",
        "A list:",
        "open",
        "A callout.",
        "The system",
        "App port 3000 The feed",
        "the whole app",
        "See Scenario 2",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for mark in ["const a", "allow x", "<", "[!TIP]", "**", "|", "](", "  "] {
        assert!(!text.contains(mark), "{mark} in {text}");
    }
}

#[test]
fn nothing_that_a_learner_should_find_out_is_in_it() {
    let site = small();
    let all: String = shards(&site).iter().map(|(path, _)| site[path].as_str()).collect();
    for secret in [
        "Most of them are turned away",
        "names the cause",
        "a measurement",
        "measurement",
        "refused",
        "It crashed",
        "Where is the pool created",
        "Share one pool",
        "new Pool",
        "goes from 1 to 10",
        "It is quick",
        "says what it costs",
        "A ceiling",
        "Seq Scan",
        "SELECT 1",
        "Only on the site",
        "Only in the monorepo",
        "solution",
        "Model answer",
    ] {
        assert!(!all.contains(secret), "{secret}");
    }
    for heading in ["One pool for everybody", "Compare", "Stuck?"] {
        assert!(all.contains(heading), "{heading}");
    }
    assert_eq!(words(&document(&site, "scenarios/first/#stuck"), "text"), "Really stuck");
}

/// A scenario with a page of these blocks.
fn with_blocks(blocks: Vec<Node>) -> Site {
    let (mut course, files) = site_course::course();
    let written = course.scenarios[0].written.as_mut().expect("a page");
    written.blocks = blocks.into_iter().map(site_course::block).collect();
    build(&course, files)
}

fn section(role: &'static str, markdown: &str) -> Vec<Node> {
    let heading = site_course::heading(2, role, "", "The heading", Some(role));
    vec![heading, Node::Prose(site_course::text(markdown))]
}

#[test]
fn what_comes_of_a_fix_is_found_by_its_headings_alone() {
    for (role, wanted) in [
        ("situation", "words"),
        ("diagnose", "words"),
        ("reflect", "words"),
        ("fix", ""),
        ("verify", ""),
        ("learned", ""),
        ("faq", ""),
        ("stuck", "the problem."),
    ] {
        let site = with_blocks(section(
            role,
            "words\n\n| Problem | What to do |\n|---|---|\n| the *problem* | the remedy |\n",
        ));
        let found = words(&document(&site, &format!("scenarios/first/#{role}")), "text");
        match wanted {
            "" => assert_eq!(found, "", "{role}"),
            "the problem." => assert_eq!(found, wanted, "{role}"),
            _ => assert!(found.contains("words") && found.contains("the remedy"), "{role}: {found}"),
        }
    }
}

#[test]
fn what_an_author_folds_away_is_not_found() {
    let markdown = "Before.\n\n<details><summary>The answer</summary>\n\nIt is the pool.\n\n<details>\n\nInner.\n\n</details>\n\nStill.\n\n</details>\n\nAfter <kbd>Ctrl</kbd>.";
    let site = with_blocks(section("observe", markdown));
    assert_eq!(words(&document(&site, "scenarios/first/#observe"), "text"), "Before. After Ctrl.");
}

#[test]
fn two_builds_are_equal() {
    assert_eq!(small(), small());
}

/// A course with many planned scenarios, and with many questions in one that is written.
fn large(scenarios: usize, questions: usize) -> Site {
    let (mut course, files) = site_course::course();
    for at in 0..scenarios {
        let id = format!("failure-{at}");
        let title = format!("What happens when part {at} of the system gives way under load");
        let summary = format!(
            "The queue number {at} grows, since its consumers are slower than its producers, and nobody \
             notices until the disk is full. You watch it happen, find the slowest consumer, and decide what to give up first."
        );
        course.scenarios.push(Scenario {
            kind: Kind::Failure,
            summary: RichText::plain(summary),
            ..site_course::scenario(&id, &title, (0, 0), None)
        });
        let last = course.scenarios.len() - 1;
        course.tracks[0].groups[0].scenarios.push(last);
    }
    let written = course.scenarios[0].written.as_mut().expect("a page");
    let question = written.blocks.iter().find_map(|block| match &block.node {
        Node::Question(question) => Some(question.clone()),
        _ => None,
    });
    let question = question.expect("a question");
    for at in 0..questions {
        let mut copy = question.clone();
        copy.id = format!("copy-{at}");
        written.blocks.push(site_course::block(Node::Question(copy)));
    }
    build(&course, files)
}

#[test]
fn a_large_course_keeps_its_first_shard_small() {
    let site = large(150, 3000);
    let shards = shards(&site);
    // A third of it travels; with 23 KB of code the budget is 100 KB.
    assert!(site[&shards[0].0].len() < 260_000, "{} bytes", site[&shards[0].0].len());
    let first = documents(&shards[0].1);
    assert!(first.iter().any(|(address, _)| address == "scenarios/failure-149/"));
    let is_question = |(_, document): &&(String, Map<String, Value>)| words(document, "kind") == "question";
    let in_first = first.iter().filter(is_question).count();
    let all = all_documents(&site);
    let questions = all.iter().filter(is_question).count();
    assert!(in_first > 0 && in_first < questions && questions >= 3000, "{in_first} of {questions}");
}

#[test]
fn the_catalogue_lists_everything_by_track() {
    let site = small();
    let html = &site["dist/site/catalogue/index.html"];
    assert_eq!(html.matches("<li class=\"entry\"").count(), 3);
    let first = html.split("<li class=\"entry\"").nth(1).expect("an entry");
    for part in [
        "id=\"entry-first\"",
        "data-status=\"ready\"",
        "data-kind=\"exercise\"",
        "data-tier=\"high\" data-level=\"crawling\"",
        "data-minutes=\"60\"",
        "data-concepts=\"connection-pool\"",
        "href=\"../scenarios/first/\"",
        "45–60 minutes",
    ] {
        assert!(first.contains(part), "{part} in {first}");
    }
    assert!(html.contains("data-concepts=\"database-index connection-pool\""), "introduced and used");
    assert!(html.contains("<section class=\"entries-of\" data-track=\"entry\">"));
    let template =
        html.split("<template").nth(1).and_then(|rest| rest.split("</template>").next()).expect("a template");
    let outside = html.replace(template, "");
    let main = outside.split("<main").nth(1).expect("the page itself");
    for control in ["<select", "<input", "<button"] {
        assert!(!main.contains(control), "{control} stands there without a script");
        assert!(template.contains(control), "{control}");
    }
    assert!(!template.contains("name=\"track\""), "with one track there is nothing to choose");
    for page in site.iter().filter(|(path, _)| path.ends_with("index.html") && !path.contains("slow-queries"))
    {
        let is_moved = page.1.contains("http-equiv=\"refresh\"");
        assert!(is_moved || page.1.contains("catalogue/\""), "{} leads there", page.0);
    }
}

#[test]
fn a_course_without_scenarios_has_no_catalogue() {
    let (mut course, files) = site_course::course();
    course.scenarios.clear();
    course.tracks[0].groups.clear();
    course.concepts.clear();
    course.tutorials.clear();
    let site = build(&course, files);
    assert!(!site.contains_key("dist/site/catalogue/index.html"));
    assert!(!site["dist/site/index.html"].contains("catalogue/"));
}

/// The rule looks at the site that is made, the search index included.
#[test]
fn an_answer_in_the_search_index_is_a_leak() {
    let (files, faults) = read_dir(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    let compiled = compile(files, &faults, Options { no_previews: true, drafts: false });
    let (course, tree) = (compiled.course.expect("a course"), compiled.tree.expect("outputs"));
    let leaks = |tree: &OutputTree| -> Vec<String> {
        let sink = Sink::default();
        let pages = scenarist::check::load_pages(&course, &compiled.files);
        scenarist::check::run(&course, &compiled.files, &pages, Some(tree), &sink);
        let found = sink.into_sorted(&compiled.files);
        let leaks = found.iter().filter(|finding| finding.spec.code == "pedagogy/answer-leak");
        leaks.map(|finding| finding.message.clone()).collect()
    };
    assert_eq!(leaks(&tree), [] as [String; 0]);
    let answer = "The route calls query(). That function creates a pool with new Pool, the pool opens a connection, and the SQL runs on that connection.";
    for (address, is_leak) in [
        ("scenarios/diagnosing-failures/#read", true),
        ("concepts/connection-pool/", true),
        ("scenarios/indexes/#main", false),
    ] {
        let shard = serde_json::json!({"documents": [{"id": address, "text": answer}]});
        let mut spoiled = tree.clone();
        spoiled.insert("dist/site/search/0a1b2c3d/start.json", shard.to_string(), None).expect("a new path");
        let found = leaks(&spoiled);
        assert_eq!(found.len(), usize::from(is_leak), "{address}: {found:?}");
    }
}
