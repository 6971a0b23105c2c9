//! References and values in prose.

use scenarist::build::{Options, refresh_recorded};
use scenarist::directive::reference::SCHEMES;

use crate::course::{COURSE, COURSE_YML, PAGE, load, load_manifest, load_page, page};

/// A reference of each scheme that names something of the small course, and how it reads.
const GOOD: &[(&str, &str)] = &[
    ("[](scenario:later)", "Scenario 2 — Later on"),
    ("[](scenario:first..later)", "Scenarios 1–2"),
    ("[](track:main)", "Track 1 — The main track"),
    ("[](tier:crawling)", "Crawling"),
    ("[](group:basics)", "Basics"),
    ("[](group:second/basics)", "Basics, again"),
    ("[](concept:waiting)", "waiting"),
    ("[](tutorial:patience)", "Patience"),
    ("[](step:see)", "Step 1"),
    ("[](fix:fast)", "The fix"),
    ("[](question:why)", "Q1"),
    ("[](option:one)", "Option A"),
    ("[](figure:loop)", "Fig 1.1"),
    ("[](panel:mine)", "Mine"),
    ("[](service:grafana)", "Grafana"),
    ("[](file:src/server.js)", "`src/server.js`"),
    ("[](solution:fast/src/server.js)", "`solution/fast/src/server.js`"),
    ("[5,000](fact:loops)", "5,000"),
    ("[20](loadtest:connections)", "20"),
    ("[10](loadtest:main.seconds)", "10"),
    ("[3000](port:app)", "3000"),
    ("[12.3 %](run:broken.main.success)", "12.3 %"),
];

const RUN: &str = "\
recorded: {on: '2026-11-20', driver: native, cores: 2, versions: {node: 24.0.0}}
inputs: HASH
stages:
  broken:
    loadtests: {main: {success: 12.31, p50: 221}}
    commands: {count: {output: \"three\\n\"}}
";

fn course(body: &str) -> crate::course::Loaded {
    let things = "![A loop](diagrams/loop.svg \"Round\")\n\n:::question{#why kind=comprehension}\nWhy?\n\n\
        :::answer\nBecause.\n:::\n:::\n\n:::options\n- {#one} **One.** Fast.\n:::\n\n";
    let manifest = format!(
        "{}dashboard: [{{id: mine, title: Mine, unit: reqps, help: Help., series: [{{rate: http_requests_total}}]}}]\n",
        crate::course::SCENARIO_YML
    );
    let over = |hash: &str| {
        load(&[
            (PAGE, &page(&format!("{things}{body}"))),
            (crate::course::MANIFEST, &manifest),
            ("content/scenarios/first/diagrams/loop.svg", "<svg/>"),
            ("content/scenarios/first/recorded/run.yml", &RUN.replace("HASH", hash)),
            ("content/tutorials/patience/tutorial.yml", "title: Patience\nstatus: planned\n"),
        ])
    };
    let hash = over("blake3:0").written().inputs.clone();
    over(&hash)
}

#[test]
fn every_scheme_resolves_and_reads_as_its_target() {
    for (scheme, _) in SCHEMES {
        let start = format!("]({scheme}:");
        assert!(GOOD.iter().any(|(written, _)| written.contains(&start)), "no example of `{scheme}:`");
    }
    for (written, read) in GOOD {
        let loaded = course(&format!("Before {written} after.\n")).clean();
        let expected = format!("Before {read} after.");
        assert!(loaded.prose().contains(&expected), "{written}: {}", loaded.prose());
    }
}

#[test]
fn text_that_is_given_is_kept() {
    assert!(load_page("See [what comes](scenario:later).\n").clean().prose().contains("See what comes."));
}

#[test]
fn what_does_not_resolve_comes_with_a_suggestion() {
    let text = load_page("See [](scenario:latr).\n");
    assert!(text.only(&["unresolved-reference"]).contains("did you mean `later`?"));
    for (written, _) in GOOD {
        let (scheme, _) = written.split_once(":").expect("a scheme");
        let (_, scheme) = scheme.split_once("](").expect("a link");
        let loaded = course(&format!("See [x]({scheme}:nothing.at.all).\n"));
        let code = if scheme == "run" { "not-recorded" } else { "unresolved-reference" };
        assert_eq!(loaded.codes(), [code], "{scheme}: {:?}", loaded.lines());
    }
}

#[test]
fn things_of_another_scenario_are_named_with_it() {
    let text = load(&[
        (COURSE, &format!("{COURSE_YML}about: See [](question:first/why).\n")),
        (PAGE, &page(":::question{#why kind=comprehension}\nWhy?\n\n:::answer\nBecause.\n:::\n:::\n")),
    ]);
    text.clean();
    let text = load(&[(COURSE, &format!("{COURSE_YML}about: See [](question:why).\n"))]);
    assert!(text.only(&["unresolved-reference"]).contains("question:scenario-id/why"));
}

#[test]
fn a_value_in_prose_says_what_is_declared() {
    load_page("[5,000 rounds](fact:loops) and [20](loadtest:connections).\n").clean();
    let text = load_page("[6,000 rounds](fact:loops)\n");
    assert!(text.only(&["stale-value"]).contains("write `[5,000 rounds](fact:loops)`"));
    assert!(text.findings[0].fix.is_some());
}

#[test]
fn a_value_is_never_empty() {
    assert!(load_page("[](fact:loops)\n").only(&["stale-value"]).contains("GitHub would show nothing"));
}

#[test]
fn texts_of_yaml_files_hold_references() {
    load(&[(COURSE, &format!("{COURSE_YML}about: Start with [](scenario:first).\n"))]).clean();
    let text = load(&[(COURSE, &format!("{COURSE_YML}about: Start with [](scenario:frist).\n"))]);
    assert!(text.only(&["unresolved-reference"]).contains("did you mean `first`?"));
    load_manifest("teaches: ['Why [](concept:waiting) hurts']\n").clean();
}

#[test]
fn references_do_not_work_in_fences() {
    load_page("```text\n[](scenario:nothing)\n```\n").clean();
}

#[test]
fn an_empty_output_fence_shows_what_the_run_recorded() {
    let fences = "```bash {#count in=app}\nls | wc -l\n```\n\n```text {output=count}\n```\n";
    let loaded = course(fences).clean();
    let printed = loaded
        .nodes()
        .iter()
        .any(|node| matches!(node, scenarist::ir::Node::Code(code) if code.text == "three\n"));
    assert!(printed);
    let stale = course(&fences.replace("{output=count}\n", "{output=count}\nfour\n"));
    stale.only(&["stale-snippet"]);
    assert!(load_page(fences).codes().contains(&"not-recorded"));
}

#[test]
fn a_group_of_a_track_that_is_not_there_is_none() {
    let found = load_page("[](group:nowhere/basics)\n");
    assert!(found.only(&["unresolved-reference"]).contains("there is no track `nowhere`"));
}

#[test]
fn files_are_named_where_a_scenario_is_written() {
    let yml = "title: Waiting\nstatus: ready\npages: [{id: start, title: Start, file: start.md}]\n";
    for link in ["[](file:src/server.js)", "[](solution:fast/src/server.js)"] {
        let found = load(&[
            ("content/tutorials/waiting/tutorial.yml", yml),
            ("content/tutorials/waiting/start.md", &format!("See {link}.\n")),
        ]);
        assert!(found.only(&["unresolved-reference"]).contains("no scenario with a folder"), "{link}");
    }
}

#[test]
fn a_stage_without_recorded_load_tests_has_no_figures() {
    let run = RUN.replace("    loadtests: {main: {success: 12.31, p50: 221}}\n", "");
    let page = page("[12.3 %](run:broken.main.success)\n");
    let found = load(&[(PAGE, &page), ("content/scenarios/first/recorded/run.yml", &run)]);
    assert!(found.codes().contains(&"not-recorded"), "{:?}", found.lines());
}

#[test]
fn what_needs_a_stage_is_not_lost_in_a_tutorial() {
    let yml = "title: Waiting\nstatus: ready\npages: [{id: start, title: Start, file: start.md}]\n";
    for body in [
        "```js {file=src/server.js}\n```\n",
        "::loadtest{#main}\n",
        "::results{#all}\n",
        "::change{file=src/server.js}\n",
        "::environment\n",
        "::files\n",
    ] {
        let found = load(&[
            ("content/tutorials/waiting/tutorial.yml", yml),
            ("content/tutorials/waiting/start.md", body),
        ]);
        let codes = found.codes();
        assert!(
            codes.iter().any(|code| ["misplaced-directive", "unresolved-reference"].contains(code)),
            "{body} {:?}",
            found.lines()
        );
    }
}

#[test]
fn a_new_recording_refreshes_what_quotes_it_and_nothing_else() {
    let body = "[12.3 %](run:broken.main.success) of [6,000](fact:loops) in [221 ms](run:broken.main.p50).\n\n\
        ```bash {#count in=app}\nls | wc -l\n```\n\n```text {output=count}\nthree\n```\n\n\
        ```js {file=src/server.js}\nsomething old\n```\n";
    let before = course(body);
    let options = Options { drafts: true, no_previews: true };
    let recording = RUN
        .replace("HASH", "blake3:0")
        .replace("success: 12.31, p50: 221", "success: 0.9, p50: 221")
        .replace("three", "four");
    let refreshed = refresh_recorded(&before.files, &[], options, "first", &recording);
    let changed: Vec<&str> = refreshed.changes.keys().map(|path| path.as_str()).collect();
    assert_eq!(changed, [PAGE]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let change = &refreshed.changes[camino::Utf8Path::new(PAGE)];
    let expected = text(&change.before).replace("12.3 %", "0.9 %").replace("\nthree\n", "\nfour\n");
    assert_eq!(text(&change.after), expected);
    assert_eq!(refreshed.fixed.len(), 2, "{:?}", refreshed.fixed);
    let again = refresh_recorded(&refreshed.compiled.files, &[], options, "first", &recording);
    assert!(again.changes.is_empty(), "{:?}", again.fixed);
}
