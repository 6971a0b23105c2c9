//! What becomes of findings after the rules: levels and parameters by path, suppressions in every
//! kind of file, baselines, other revisions, selections.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use cli_support::{course, edit, files_below, program, read, run};
use scenarist::check::Settings;
use scenarist::diag::{Diagnostic, Param, Severity, SuppressedBy, group_of};
use scenarist::emit::tree::OutputTree;
use support::{COURSE, Loaded, MANIFEST, PAGE, SERVER, TUTORIAL_PAGE, base_text, load_overlaid};

const FENCE: &str = "```\nx\n```\n";
const UNTAGGED: &str = "source/untagged-code-fence";

fn lint(settings: &str) -> String {
    format!("…\nlint:\n{settings}")
}

fn severity(loaded: &Loaded, code: &str) -> Option<Severity> {
    loaded.of(code).first().map(|finding| finding.severity)
}

#[test]
fn levels_hold_for_codes_groups_and_paths() {
    let with = |settings: &str| {
        let loaded = load_overlaid(&[(COURSE, &lint(settings)), (TUTORIAL_PAGE, FENCE)]);
        assert!(loaded.of("lint/unknown-rule").is_empty(), "{}", loaded.print());
        severity(&loaded, UNTAGGED)
    };
    let warning = Some(Severity::Warning);
    assert_eq!(severity(&load_overlaid(&[(TUTORIAL_PAGE, FENCE)]), UNTAGGED), warning);
    assert_eq!(with("  levels: {source/untagged-code-fence: error}\n"), Some(Severity::Error));
    assert_eq!(with("  levels: {source/untagged-code-fence: off}\n"), None);
    assert_eq!(with("  levels: {source: error, source/untagged-code-fence: info}\n"), Some(Severity::Info));
    let elsewhere = "  overrides: [{paths: content/scenarios, levels: {source/untagged-code-fence: off}}]\n";
    assert_eq!(with(elsewhere), warning);
    let here = "  levels: {source/untagged-code-fence: error}\n  overrides:\n    - paths: [content/snippets, \"content/tutorials/**\"]\n      levels: {source/untagged-code-fence: off}\n";
    assert_eq!(with(here), None);
    let later = format!(
        "{here}    - paths: content/tutorials/basics/start.md\n      levels: {{source/untagged-code-fence: info}}\n"
    );
    assert_eq!(with(&later), Some(Severity::Info));
}

/// Raising a warning of the group `source` fails a build, but does not forbid that rules look on.
#[test]
fn a_raised_warning_is_an_error_and_blocks_nothing() {
    let settings = lint("  levels: {source/untagged-code-fence: error}\n");
    let loaded = load_overlaid(&[(COURSE, &settings), (TUTORIAL_PAGE, FENCE)]);
    assert!(loaded.tree.is_some() && loaded.findings.iter().all(|finding| !finding.is_blocking()));
}

#[test]
fn parameters_hold_for_paths() {
    static SPEC: scenarist::diag::CodeSpec = scenarist::diag::CodeSpec {
        code: "prose/some-rule",
        severity: Severity::Warning,
        what: "",
        why: "",
        fix: "",
        source: "",
        params: &[Param { name: "most", default: 7.0, doc: "how many there may be" }],
        bad: &[],
        good: &[],
    };
    let settings = lint(
        "  settings: {prose/some-rule: {most: 5}}\n  overrides:\n    - {paths: content/tutorials, settings: {prose/some-rule: {most: 2.5}}}\n",
    );
    let loaded = load_overlaid(&[(COURSE, &settings)]);
    let course = loaded.course.expect("a course");
    let settings = Settings::new(&course);
    assert!((settings.number(&SPEC, "most") - 5.0).abs() < f64::EPSILON);
    assert!((settings.number_for(&SPEC, "most", PAGE.into()) - 5.0).abs() < f64::EPSILON);
    assert!((settings.number_for(&SPEC, "most", TUTORIAL_PAGE.into()) - 2.5).abs() < f64::EPSILON);
    let plain = load_overlaid(&[]).course.expect("a course");
    assert!((Settings::new(&plain).number_for(&SPEC, "most", PAGE.into()) - 7.0).abs() < f64::EPSILON);
}

#[test]
fn settings_of_the_wrong_type_are_errors_at_their_place() {
    for (settings, code, place) in [
        ("  settings: {source/unused-file: {most: many}}\n", "source/wrong-type", "many"),
        ("  settings: {source/unused-file: 3}\n", "source/wrong-type", "3"),
        ("  levels: {source/unused-file: loud}\n", "source/bad-value", "loud"),
        ("  overrides: [{paths: \"content/{a\"}]\n", "source/bad-value", "\"content/{a\""),
        ("  overrides: [{levels: {prose: off}}]\n", "source/missing-key", "levels: {prose: off}"),
    ] {
        let loaded = load_overlaid(&[(COURSE, &lint(settings))]);
        let found = loaded.of(code);
        assert_eq!(found.len(), 1, "{settings}\n{}", loaded.print());
        let text = loaded.files.slice(found[0].span);
        assert!(text.contains(place) || place.contains(text), "{settings}: {text}");
        assert!(loaded.tree.is_none());
    }
}

#[test]
fn names_that_are_not_there_come_with_the_nearest_that_is() {
    let help = |settings: &str| {
        let loaded = load_overlaid(&[(COURSE, &lint(settings))]);
        let found = loaded.of("lint/unknown-rule");
        assert_eq!(found.len(), 1, "{settings}\n{}", loaded.print());
        found[0].help.clone().unwrap_or_default()
    };
    assert_eq!(help("  levels: {source/unused-fil: off}\n"), "did you mean `source/unused-file`?");
    assert_eq!(help("  levels: {unused-file: off}\n"), "did you mean `source/unused-file`?");
    assert_eq!(help("  levels: {pedagogi: off}\n"), "did you mean `pedagogy`?");
    assert!(help("  settings: {source: {x: 1}}\n").contains("name a rule of it"));
    assert!(help("  settings: {source/unused-file: {x: 1}}\n").contains("it has none"));
    assert!(help("  allow: [{code: source/unused-fil, reason: why}]\n").contains("`source/unused-file`"));
}

/// The findings that stay, when a comment accepts one.
fn accepted(path: &str, text: &str) -> (Vec<&'static str>, usize) {
    let files = support::overlaid(&[(path, text)]);
    let compiled =
        scenarist::build::compile(files, &[], scenarist::build::Options { drafts: true, no_previews: true });
    let codes = compiled.findings.iter().map(|finding| finding.spec.code);
    // Nobody has rehearsed the small course.
    let codes = codes.filter(|code| group_of(code) != "rehearsal").collect();
    (codes, compiled.suppressed.iter().filter(|it| it.by == SuppressedBy::Comment).count())
}

#[test]
fn a_comment_on_a_page_accepts_what_the_next_block_has() {
    let allow = "<!-- allow source/untagged-code-fence: it is output -->";
    for (text, left, taken) in [
        (format!("{allow}\n\n{FENCE}"), 0, 1),
        (format!("{allow}\n{FENCE}\n{FENCE}"), 1, 1),
        (format!("{allow}\n\n:::hint\n{FENCE}\n{FENCE}:::\n"), 0, 2),
        (format!(":::hint\n{allow}\n\n{FENCE}\n{FENCE}:::\n"), 1, 1),
        (format!("{allow}\n\n<!-- a remark -->\n\n{FENCE}"), 0, 1),
    ] {
        let (codes, count) = accepted(TUTORIAL_PAGE, &text);
        assert_eq!((codes, count), (vec![UNTAGGED; left], taken), "{text}");
    }
    let (codes, count) = accepted(TUTORIAL_PAGE, &format!("{allow}\n\n## A heading\n\n{FENCE}"));
    assert_eq!((codes, count), (vec!["lint/unused-suppression", UNTAGGED], 0));
}

/// The region that nothing quotes stands in a file of each kind; the same comment in each language.
#[test]
fn comments_are_understood_in_every_language() {
    let app = "content/scenarios/first/app";
    let code = "source/unused-region: kept for later";
    for (name, text) in [
        ("src/more.js", format!("// allow {code}\n// #region a\nconst a = 1;\n// #endregion\n")),
        ("src/more.js", format!("/* allow {code} */\n// #region a\nconst a = 1;\n// #endregion\n")),
        ("conf/more.yml", format!("# allow {code}\n# #region a\na: 1\n# #endregion\n")),
        ("conf/more.conf", format!("# allow {code}\n# #region a\na 1;\n# #endregion\n")),
        ("db/more.sql", format!("-- allow {code}\n-- #region a\nSELECT 1;\n-- #endregion\n")),
        (
            "docs/more.svg",
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<!-- allow {code} -->\n<!-- #region a -->\n<g/>\n<!-- #endregion -->\n</svg>\n"
            ),
        ),
        ("scripts/more.sh", format!("# allow {code}\n# #region a\na=1\n# #endregion\n")),
    ] {
        let path = format!("{app}/{name}");
        let plain: String =
            text.lines().filter(|line| !line.contains("allow")).map(|line| format!("{line}\n")).collect();
        let found = load_overlaid(&[(&path, &plain)]);
        assert_eq!(found.of("source/unused-region").len(), 1, "{name}\n{}", found.print());
        let loaded = load_overlaid(&[(&path, &text)]);
        assert!(loaded.of("source/unused-region").is_empty(), "{name}\n{}", loaded.print());
        assert!(loaded.of("lint/unused-suppression").is_empty(), "{name}\n{}", loaded.print());
    }
    let text = "const text = `\n// allow source/unused-region: a string\n`;\n// #region a\nmodule.exports = text;\n// #endregion\n";
    let loaded = load_overlaid(&[(&format!("{app}/src/more.js"), text)]);
    assert_eq!(loaded.of("source/unused-region").len(), 1, "a string is no comment\n{}", loaded.print());
}

#[test]
fn a_finding_about_a_whole_file_is_accepted_at_its_top() {
    let path = "content/scenarios/first/diagrams/old.svg";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>Old</title></svg>\n";
    assert_eq!(load_overlaid(&[(path, svg)]).of("source/unused-file").len(), 1);
    let text = format!("<!-- allow source/unused-file: a page will show it -->\n{svg}");
    let loaded = load_overlaid(&[(path, &text)]);
    assert!(loaded.of("source/unused-file").is_empty(), "{}", loaded.print());
}

/// A rule that a course switched off, and one that could not see everything, prove nothing about a
/// suppression.
#[test]
fn a_suppression_is_unused_only_when_its_rule_ran() {
    let text = "<!-- allow source/untagged-code-fence: output -->\n\nHello.\n";
    let unused = |overlay: &[(&str, &str)]| load_overlaid(overlay).of("lint/unused-suppression").len();
    assert_eq!(unused(&[(TUTORIAL_PAGE, text)]), 1);
    assert_eq!(
        unused(&[(TUTORIAL_PAGE, text), (COURSE, &lint("  levels: {source/untagged-code-fence: off}\n"))]),
        0
    );
    assert_eq!(unused(&[(TUTORIAL_PAGE, text), (MANIFEST, "…\nunknown: key\n")]), 0, "nothing is emitted");
    let off = lint("  levels: {lint/unused-suppression: off}\n");
    assert_eq!(unused(&[(TUTORIAL_PAGE, text), (COURSE, &off)]), 0);
    let accepted =
        lint("  allow: [{code: lint/unused-suppression, path: content/tutorials, reason: Soon.}]\n");
    assert_eq!(unused(&[(TUTORIAL_PAGE, text), (COURSE, &accepted)]), 0);
}

#[test]
fn what_forbids_output_cannot_be_hidden() {
    let text = "<!-- allow source/unresolved-reference: later -->\n\n[](scenario:nowhere)\n";
    let loaded = load_overlaid(&[
        (TUTORIAL_PAGE, text),
        (
            COURSE,
            &lint(
                "  levels: {source: off}\n  allow: [{code: source/unresolved-reference, reason: Later.}]\n",
            ),
        ),
    ]);
    assert_eq!(severity(&loaded, "source/unresolved-reference"), Some(Severity::Error));
    assert_eq!(loaded.of("lint/cannot-be-lowered").len(), 3, "{}", loaded.print());
}

/// All that comes out, as one text.
fn printed(tree: &OutputTree) -> String {
    tree.iter().map(|(path, file)| format!("{path}\n{}\n", String::from_utf8_lossy(&file.bytes()))).collect()
}

#[test]
fn learners_never_see_comments_for_the_linter() {
    let js = |text: &str| {
        text.replacen("const ", "// allow code/unexplained-javascript: it is explained below\nconst ", 1)
    };
    let page = base_text(PAGE).replace(
        "Open `src/server.js`",
        "<!-- allow prose/banned-phrase: a quotation -->\n\n- one\n<!-- allow prose/banned-phrase: a quotation -->\n- two <!-- allow prose/banned-phrase: it is said so -->\n\nOpen `src/server.js`",
    );
    let server = js(base_text(SERVER));
    let solution_path = "content/scenarios/first/solution/fast/src/server.js";
    let diagram_path = "content/scenarios/first/diagrams/system.svg";
    let diagram =
        base_text(diagram_path).replacen("<svg", "<!-- allow diagram/low-contrast: it is meant -->\n<svg", 1);
    let template = fs::read_to_string("devcontainers/node-postgres/prometheus.yml.j2")
        .or_else(|_| fs::read_to_string("devcontainers/node-postgres/dashboard/prometheus.yml.j2"))
        .expect("a template");
    let loaded = load_overlaid(&[
        (PAGE, &page),
        (SERVER, &server),
        (solution_path, &js(base_text(solution_path))),
        (diagram_path, &diagram),
        (
            "devcontainers/node-postgres/dashboard/prometheus.yml.j2",
            &format!("# allow prometheus/scrape-target-unknown: it comes later\n{template}"),
        ),
    ]);
    let plain = load_overlaid(&[]);
    let (with, without) = (loaded.tree.as_ref().expect("a tree"), plain.tree.as_ref().expect("a tree"));
    let text = printed(with);
    for (at, _) in text.match_indices("allow ") {
        let end = (at + 60..).find(|at| text.is_char_boundary(*at)).unwrap_or(at).min(text.len());
        assert!(!text[at..end].contains('/') || !text[at..end].contains(": it is"), "{}", &text[at..end]);
    }
    let solution = "dist/monorepo/scenario-01-first/solution/fast/src/server.js";
    for path in [
        "dist/monorepo/scenario-01-first/src/server.js",
        solution,
        "dist/monorepo/scenario-01-first/assets/system.svg",
    ] {
        let bytes = |tree: &OutputTree| tree.get(path).map(|file| file.bytes().into_owned());
        assert!(bytes(with).is_some(), "{path}");
        assert_eq!(bytes(with), bytes(without), "{path}");
    }
    let inputs = |loaded: &Loaded| {
        let course = loaded.course.as_ref().expect("a course");
        course.scenarios[0].written.as_ref().expect("a folder").inputs.clone()
    };
    assert_eq!(inputs(&loaded), inputs(&plain), "a recorded run stays fresh");
}

#[test]
fn errors_of_teaching_are_warnings_in_a_draft() {
    let mut shown = 0;
    for spec in scenarist::check::all_specs() {
        let teaches = ["pedagogy/", "curriculum/"].iter().any(|group| spec.code.starts_with(group));
        let Some(example) = spec.bad.first().filter(|_| teaches && spec.severity == Severity::Error) else {
            continue;
        };
        let files: Vec<(&str, String)> = example
            .files
            .iter()
            .map(|(path, text)| (*path, text.replace(['«', '»'], "")))
            .chain([(MANIFEST, base_text(MANIFEST).to_owned())])
            .map(|(path, text)| (path, text.replace("status: ready", "status: draft")))
            .collect();
        let mut overlay: Vec<(&str, &str)> = Vec::new();
        for (path, text) in &files {
            if !overlay.iter().any(|(known, _)| known == path) {
                overlay.push((path, text));
            }
        }
        let loaded = load_overlaid(&overlay);
        // Some are about tracks and concepts, which are no draft.
        let in_draft = |finding: &&&Diagnostic| {
            loaded.files.path(finding.span.file).starts_with("content/scenarios/first")
        };
        for finding in loaded.of(spec.code).iter().filter(in_draft) {
            shown += 1;
            assert_eq!(finding.severity, Severity::Warning, "{}", spec.code);
        }
    }
    assert!(shown >= 5, "only {shown} errors were tried");
}

/// The reason may quote what the rule is about.
#[test]
fn what_stands_in_a_suppression_is_no_finding() {
    let text =
        "<!-- allow source/untagged-code-fence: as the the log of Scenario 7 has it -->\n\n```\nx\n```\n";
    let loaded = load_overlaid(&[(TUTORIAL_PAGE, text)]);
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
}

// From here on with the program, in folders.

const COURSE_PAGE: &str = "content/scenarios/everything-at-once/scenario.md";
const COURSE_METADATA: &str = "content/scenarios/everything-at-once/scenario.yml";

/// A page of the course with untagged fences at its end.
fn with_fences(root: &Path, count: usize) {
    let text = read(root, COURSE_PAGE);
    fs::write(root.join(COURSE_PAGE), text + &"\n```\nx\n```\n".repeat(count)).unwrap();
}

fn codes(run: &cli_support::Run) -> Vec<String> {
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = document["findings"].as_array().expect("findings").clone();
    findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn a_baseline_hides_what_was_there_and_shows_what_is_new() {
    let (_guard, root) = course();
    with_fences(&root, 2);
    let wrote = run(&root, &["lint", "--write-baseline", "known.json"]).expect(0);
    assert!(wrote.out.contains("wrote known.json: "), "{}", wrote.out);
    let text = read(&root, "known.json");
    assert!(!text.contains("\"line\""), "{text}");
    let schema = scenarist::check::control::baseline_schema();
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert!(jsonschema::is_valid(&schema, &document), "{text}");
    // Lines above move everything; the findings are the same.
    edit(
        &root,
        COURSE_PAGE,
        "\n```\nx\n```\n\n```\nx\n```\n",
        "\nMoved.\n\nMoved again.\n\n```\nx\n```\n\n```\nx\n```\n",
    );
    let clean = run(&root, &["lint", "--baseline", "known.json", "--deny", "warning"]).expect(0);
    assert!(clean.out.contains("no findings (2 known from the baseline not shown)"), "{}", clean.out);
    with_fences(&root, 1);
    let new = run(&root, &["lint", "--baseline", "known.json", "--format", "json"]).expect(0);
    assert_eq!(codes(&new), [UNTAGGED]);
    // Written anew it is the same, byte for byte, whatever the order of finding.
    run(&root, &["lint", "--write-baseline", "again.json"]).expect(0);
    run(&root, &["lint", "--write-baseline", "known.json"]).expect(0);
    assert_eq!(read(&root, "again.json"), read(&root, "known.json"));
}

#[test]
fn entries_of_a_baseline_that_know_too_much_are_stale() {
    let (_guard, root) = course();
    with_fences(&root, 3);
    run(&root, &["lint", "--write-baseline", "known.json"]).expect(0);
    edit(&root, COURSE_PAGE, "\n```\nx\n```\n\n```\nx\n```\n\n```\nx\n```\n", "\n```\nx\n```\n");
    let stale = run(&root, &["lint", "--baseline", "known.json"]).expect(0);
    assert!(stale.out.contains("lint/stale-baseline-entry"), "{}", stale.out);
    assert!(stale.out.contains("--> known.json:6:"), "{}", stale.out);
    assert!(stale.out.contains("of 3 such findings") && stale.out.contains("1 are left"), "{}", stale.out);
    let json = run(&root, &["lint", "--baseline", "known.json", "--format", "json"]).expect(0);
    assert_eq!(codes(&json), ["lint/stale-baseline-entry"]);
}

#[test]
fn a_baseline_never_hides_what_forbids_output() {
    let (_guard, root) = course();
    edit(&root, COURSE_METADATA, "about: A notice board", "abuot: A notice board");
    let wrote = run(&root, &["lint", "--write-baseline", "known.json"]).expect(1);
    assert!(wrote.err.contains("not in it"), "{}", wrote.err);
    let still = run(&root, &["lint", "--baseline", "known.json", "--format", "json"]).expect(1);
    assert_eq!(codes(&still), ["source/unknown-key"]);
}

#[test]
fn a_baseline_that_cannot_be_read_is_named() {
    let (_guard, root) = course();
    let missing = run(&root, &["lint", "--baseline", "nowhere.json"]).expect(3);
    assert!(
        missing.err.contains("`nowhere.json`") && missing.err.contains("--write-baseline"),
        "{}",
        missing.err
    );
    for (text, word) in [
        ("{", "line 1"),
        ("{}", "`version`"),
        ("{\"version\": 9}", "version is 9"),
        ("{\"version\": 1, \"findings\": [{}]}", "entry 1"),
    ] {
        fs::write(root.join("known.json"), text).unwrap();
        let broken = run(&root, &["lint", "--baseline", "known.json"]).expect(3);
        assert!(broken.err.contains(word), "{text}: {}", broken.err);
    }
}

#[test]
fn a_run_can_be_about_some_codes() {
    let (_guard, root) = course();
    with_fences(&root, 1);
    edit(&root, COURSE_PAGE, "::environment\n\n", "::environment\n");
    let found = |arguments: &[&str]| {
        let arguments = [&["lint", "--format", "json"], arguments].concat();
        codes(&run(&root, &arguments).expect(0))
    };
    let blank = "source/missing-blank-line";
    assert_eq!(found(&[]), [blank, UNTAGGED]);
    assert_eq!(found(&["--select", UNTAGGED]), [UNTAGGED]);
    assert_eq!(found(&["--select", "prose,source", "--ignore", UNTAGGED]), [blank]);
    assert_eq!(found(&["--ignore", "source"]), Vec::<String>::new());
    assert_eq!(found(&["--ignore", "source", "--select", blank]), [blank]);
    let wrong = run(&root, &["lint", "--select", "source/untagged-fence"]).expect(2);
    assert!(wrong.err.contains("did you mean"), "{}", wrong.err);
    // Repairs follow the selection.
    run(&root, &["lint", "--fix", "--select", UNTAGGED]).expect(0);
    assert_eq!(found(&["--select", blank]), [blank]);
    // What forbids output is always shown.
    edit(&root, COURSE_METADATA, "about: A notice board", "abuot: A notice board");
    run(&root, &["lint", "--select", "prose"]).expect(1);
}

#[test]
fn what_fails_a_run_can_be_named() {
    let (_guard, root) = course();
    with_fences(&root, 1);
    run(&root, &["lint"]).expect(0);
    run(&root, &["lint", "--deny", UNTAGGED]).expect(1);
    run(&root, &["lint", "--deny", "prose", "--deny", "source"]).expect(1);
    run(&root, &["lint", "--deny", "prose,link"]).expect(0);
    run(&root, &["lint", "--deny", "warning"]).expect(1);
    run(&root, &["build", "--deny", UNTAGGED]).expect(1);
}

#[test]
fn build_and_lint_see_the_same_findings() {
    let (_guard, root) = course();
    with_fences(&root, 2);
    edit(
        &root,
        COURSE_PAGE,
        "\n```\nx\n```\n\n```",
        "\n<!-- allow source/untagged-code-fence: output -->\n\n```\nx\n```\n\n```",
    );
    let lint = run(&root, &["lint", "--format", "json"]).expect(0);
    let build = run(&root, &["build", "--format", "json"]).expect(0);
    assert_eq!(codes(&lint), [UNTAGGED]);
    assert_eq!(lint.out, build.out);
}

fn git(root: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(root)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A course that learners have, in a repository, committed.
fn repository() -> (tempfile::TempDir, std::path::PathBuf) {
    let (guard, root) = course();
    edit(&root, COURSE_METADATA, "status: draft", "status: ready");
    git(guard.path(), &["init", "--quiet"]);
    git(guard.path(), &["add", "."]);
    git(guard.path(), &["commit", "--quiet", "--message", "A course"]);
    (guard, root)
}

#[test]
fn only_what_a_change_brings_is_shown() {
    let (guard, root) = course();
    with_fences(&root, 2);
    git(guard.path(), &["init", "--quiet"]);
    git(guard.path(), &["add", "."]);
    git(guard.path(), &["commit", "--quiet", "--message", "A course with faults"]);
    let since = |arguments: &[&str]| run(&root, &[&["lint", "--changed-since", "HEAD"], arguments].concat());
    let same = since(&["--deny", "warning"]).expect(0);
    assert!(same.out.contains("no findings (2 as at `HEAD` not shown)"), "{}", same.out);
    with_fences(&root, 1);
    assert_eq!(codes(&since(&["--format", "json"]).expect(0)), [UNTAGGED]);
    // A change here can have its consequence there.
    edit(&root, "content/concepts.yml", "id: pagination", "id: paging");
    let there = since(&["--format", "json"]).expect(1);
    assert!(codes(&there).iter().any(|code| code == "source/unknown-concept"), "{}", there.out);
    assert_eq!(files_below(&root.join("dist")), Vec::new(), "nothing is written");
}

#[test]
fn an_id_that_vanished_since_a_revision_is_an_error() {
    let (_guard, root) = repository();
    let page = read(&root, COURSE_PAGE);
    let question = page
        .split(":::question{#")
        .nth(1)
        .and_then(|rest| rest.split([' ', '}']).next())
        .expect("a question");
    edit(&root, COURSE_PAGE, &format!(":::question{{#{question}"), ":::question{#quite-another");
    let gone = run(&root, &["lint", "--changed-since", "HEAD"]).expect(1);
    for part in [
        "source/changed-id",
        &format!("`{question}`, a question at `HEAD`, is gone"),
        &format!("was={question}"),
        "declared here at `HEAD`",
        &format!("HEAD:{COURSE_PAGE}:"),
    ] {
        assert!(gone.out.contains(part), "no `{part}` in\n{}", gone.out);
    }
    run(&root, &["lint"]).expect(0);
    // With `was` all is well.
    edit(
        &root,
        COURSE_PAGE,
        ":::question{#quite-another",
        &format!(":::question{{#quite-another was={question}"),
    );
    run(&root, &["lint", "--changed-since", "HEAD", "--deny", "warning"]).expect(0);
}

#[test]
fn ids_of_the_course_and_of_its_manifests_are_compared() {
    let (_guard, root) = repository();
    let metadata = read(&root, COURSE_METADATA);
    let test = metadata.split("loadtests:").nth(1).and_then(|rest| rest.split("id: ").nth(1));
    let test = test.and_then(|rest| rest.split([',', '\n', '}']).next()).expect("a load test").to_owned();
    fs::write(root.join(COURSE_METADATA), metadata.replace(&format!("id: {test}"), "id: renamed-test"))
        .unwrap();
    let course_file = read(&root, "content/concepts.yml");
    fs::write(root.join("content/concepts.yml"), course_file.replace("id: pagination", "id: paging"))
        .unwrap();
    let found = run(&root, &["lint", "--changed-since", "HEAD", "--select", "source/changed-id"]).expect(1);
    assert!(found.out.contains(&format!("`{test}`, a load test at `HEAD`, is gone")), "{}", found.out);
    assert!(found.out.contains("`pagination`, a concept at `HEAD`, is gone"), "{}", found.out);
    assert!(found.out.contains("--> content/concepts.yml:"), "{}", found.out);
}

#[test]
fn a_deliberate_loss_of_an_id_is_accepted_in_the_course() {
    let (_guard, root) = repository();
    let page = read(&root, COURSE_PAGE);
    let question = page
        .split(":::question{#")
        .nth(1)
        .and_then(|rest| rest.split([' ', '}']).next())
        .expect("a question");
    edit(&root, COURSE_PAGE, &format!(":::question{{#{question}"), ":::question{#quite-another");
    let manifest = read(&root, COURSE);
    let allow = "\nlint:\n  levels: {rehearsal: off}\n  allow:\n    - {code: source/changed-id, path: content/scenarios/everything-at-once, reason: Nobody has opened it yet.}\n";
    fs::write(root.join(COURSE), manifest + allow).unwrap();
    run(&root, &["lint", "--changed-since", "HEAD", "--deny", "warning"]).expect(0);
    run(&root, &["lint", "--deny", "warning"]).expect(0);
}

#[test]
fn an_id_that_means_something_else_is_an_error() {
    let (_guard, root) = repository();
    let page = read(&root, COURSE_PAGE);
    let question = page
        .split(":::question{#")
        .nth(1)
        .and_then(|rest| rest.split([' ', '}']).next())
        .expect("a question");
    let moved = page
        .replace(&format!(":::question{{#{question}"), &format!(":::question{{#renamed was={question}"))
        + &format!(
            "\n:::question{{#{question} kind=reflection}}\nWhat else?\n\n:::answer\nNothing.\n:::\n:::\n"
        );
    fs::write(root.join(COURSE_PAGE), moved).unwrap();
    let found = run(&root, &["lint", "--changed-since", "HEAD", "--select", "source/changed-id"]).expect(1);
    assert!(found.out.contains("its old id names something else"), "{}", found.out);
}

#[test]
fn what_stands_in_the_way_of_a_comparison_is_named() {
    let (_guard, root) = course();
    let none = run(&root, &["lint", "--changed-since", "HEAD"]);
    // The temporary folder may lie inside somebody's repository.
    assert!(none.code == 3 || none.code == 0, "{}", none.err);
    if none.code == 3 {
        assert!(none.err.contains("no git repository") || none.err.contains("no revision"), "{}", none.err);
    }
    let (_guard, root) = repository();
    let unknown = run(&root, &["lint", "--changed-since", "no-such-branch"]).expect(3);
    assert!(unknown.err.contains("no revision `no-such-branch`"), "{}", unknown.err);
    let odd = run(&root, &["lint", "--changed-since=--help"]).expect(3);
    assert!(odd.err.contains("no revision `--help`"), "{}", odd.err);
    let without =
        program(&root, &["lint", "--changed-since", "HEAD"]).env("PATH", "/nonexistent").output().unwrap();
    assert_eq!(without.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&without.stderr).contains("`git` was not found"));
}

#[test]
fn repairs_keep_every_byte_that_is_not_theirs() {
    let (_guard, root) = course();
    let plain = read(&root, COURSE_PAGE).replace("::environment\n\n", "::environment\n");
    let windows = format!("\u{FEFF}{}", plain.replace('\n', "\r\n"));
    fs::write(root.join(COURSE_PAGE), &windows).unwrap();
    run(&root, &["lint", "--fix"]).expect(0);
    let expected = windows.replace("::environment\r\n", "::environment\r\n\r\n");
    assert_eq!(read(&root, COURSE_PAGE), expected);
}

#[test]
fn a_diff_shows_the_repairs_and_makes_none() {
    let (_guard, root) = course();
    edit(&root, COURSE_PAGE, "::environment\n\n", "::environment\n");
    let before = files_below(&root);
    let diff = run(&root, &["lint", "--diff"]).expect(1);
    assert_eq!(files_below(&root), before);
    assert!(diff.out.contains(&format!("--- a/{COURSE_PAGE}\n+++ b/{COURSE_PAGE}\n@@ ")), "{}", diff.out);
    assert!(diff.out.contains("\n ::environment\n+\n"), "{}", diff.out);
    assert!(diff.err.contains("1 repair would be made"), "{}", diff.err);
    run(&root, &["lint", "--fix"]).expect(0);
    let nothing = run(&root, &["lint", "--diff"]).expect(0);
    assert!(nothing.out.is_empty(), "{}", nothing.out);
    run(&root, &["lint", "--unsafe"]).expect(2);
    run(&root, &["lint", "--fix", "--unsafe"]).expect(0);
    run(&root, &["lint", "--fix", "--unsafe-fixes"]).expect(0);
}

#[test]
fn unused_suppressions_are_repaired_away() {
    let (_guard, root) = course();
    let whole = read(&root, COURSE_PAGE);
    let manifest = read(&root, COURSE);
    let marked =
        whole.replacen("\n## ", "\n<!-- allow source/untagged-code-fence: it was output -->\n\n## ", 1);
    fs::write(root.join(COURSE_PAGE), &marked).unwrap();
    let allow = "\nlint:\n  allow:\n    - {code: source/unused-region, reason: There was one.}\n";
    fs::write(root.join(COURSE), format!("{manifest}{allow}")).unwrap();
    let fixed = run(&root, &["lint", "--fix", "--deny", "warning"]).expect(0);
    assert!(fixed.out.contains("2 repairs made"), "{}", fixed.out);
    assert_eq!(read(&root, COURSE_PAGE), whole);
    assert_eq!(read(&root, COURSE), format!("{manifest}\nlint:\n  allow:\n"));
}

#[test]
fn statistics_count_by_code() {
    let (_guard, root) = course();
    with_fences(&root, 2);
    edit(&root, COURSE_PAGE, "::environment\n\n", "::environment\n");
    let table = run(&root, &["lint", "--statistics"]).expect(0);
    assert!(table.out.contains("2  source/untagged-code-fence"), "{}", table.out);
    assert!(
        table.out.contains("1  source/missing-blank-line") && table.out.contains("[1 by --fix]"),
        "{}",
        table.out
    );
    assert!(table.out.trim_end().ends_with("3 warnings"), "{}", table.out);
    let json = run(&root, &["lint", "--statistics", "--format", "json"]).expect(0);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(document["statistics"][0]["code"], UNTAGGED);
    assert_eq!(document["statistics"][0]["count"], 2);
    assert_eq!(document["statistics"][1]["safe-fixes"], 1);
}
