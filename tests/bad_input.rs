//! Bad input of every kind, through the library: each is a finding with a place and help, never a
//! panic, never a silent loss. `catalog.rs` shows what text can show; here is the disk, and what
//! is bad by its size, its number or its depth.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::source::{Files, Origin, read_dir};
use support::{
    BASE, COURSE, Loaded, MANIFEST, PAGE, SERVER, TRACK, TUTORIAL_PAGE, load, load_overlaid, overlaid,
};

const TUTORIAL: &str = "content/tutorials/basics/tutorial.yml";
const CONCEPTS: &str = "content/concepts.yml";
const SEED: &str = "content/scenarios/first/app/db/seed.js";

/// The small course on disk.
struct OnDisk {
    folder: tempfile::TempDir,
}

impl OnDisk {
    fn new() -> Self {
        let disk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in BASE {
            disk.write(path, text.as_bytes());
        }
        disk
    }

    fn root(&self) -> Utf8PathBuf {
        Utf8PathBuf::from_path_buf(self.folder.path().to_owned()).expect("a readable path")
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, bytes).expect("the file is written");
    }

    fn load(&self) -> Loaded {
        let (files, faults) = read_dir(&self.root());
        let loaded = load(files, &faults);
        loaded.check_places();
        loaded
    }
}

/// Every finding has help, and at least one has this code, in this file.
#[track_caller]
fn assert_found(loaded: &Loaded, code: &str, path: &str) {
    loaded.check_places();
    let found = loaded.of(code);
    let there = found.iter().any(|finding| loaded.files.path(finding.span.file) == path);
    assert!(there, "no `{code}` in `{path}`\n{}", loaded.print());
    for finding in &loaded.findings {
        assert!(finding.help.is_some(), "no help: {}\n{}", finding.message, loaded.print());
    }
}

/// One finding of this code and nothing else.
#[track_caller]
fn assert_only(loaded: &Loaded, code: &str, path: &str) {
    assert_found(loaded, code, path);
    assert_eq!(loaded.codes(), [code], "{}", loaded.print());
}

fn with_bytes(path: &str, bytes: &[u8]) -> Loaded {
    let mut files = Files::default();
    files.add(path, bytes, Origin::Project, false);
    for (known, text) in BASE.iter().filter(|(known, _)| *known != path) {
        files.add_text(*known, text);
    }
    load(files, &[])
}

#[test]
fn the_small_course_is_clean_from_disk() {
    let loaded = OnDisk::new().load();
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
}

#[test]
fn text_that_is_not_utf8_is_an_error_with_its_byte() {
    for path in [PAGE, TUTORIAL_PAGE, MANIFEST, TRACK, CONCEPTS, TUTORIAL, COURSE] {
        let loaded = with_bytes(path, b"title: caf\xE9\n");
        assert_found(&loaded, "source/not-utf8", path);
        let message = &loaded.of("source/not-utf8")[0].message;
        assert!(message.contains("byte 10"), "{message}");
    }
    let template = "devcontainers/node-postgres/Dockerfile.j2";
    assert_found(&with_bytes(template, b"FROM caf\xE9\n"), "source/not-utf8", template);
    let snippet = "content/snippets/mine.md";
    assert_found(&with_bytes(snippet, b"Caf\xE9\n"), "source/not-utf8", snippet);
}

#[test]
fn binary_files_where_text_is_meant_are_errors() {
    for bytes in [&b"\x89PNG\r\n\x1A\n\0\0\0"[..], b"## A\0B\n", b"\0"] {
        assert_found(&with_bytes(PAGE, bytes), "source/not-utf8", PAGE);
        assert_found(&with_bytes(TRACK, bytes), "source/not-utf8", TRACK);
    }
}

#[test]
fn byte_order_mark_and_carriage_returns_are_accepted() {
    let mut files = Files::default();
    for (path, text) in BASE {
        let bytes = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        files.add(path, bytes.as_bytes(), Origin::Project, false);
    }
    let loaded = load(files, &[]);
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
    let course = loaded.course.expect("a course");
    let stage = &course.scenarios[0].written.as_ref().expect("written").stages[0];
    let server = stage.text(Utf8Path::new("src/server.js")).expect("the app's file");
    assert!(!server.contains('\r'), "outputs have LF alone");
}

#[test]
fn text_over_five_megabytes_is_refused() {
    let long = "A line of a log that slipped into the tree.\n".repeat(120_000);
    assert!(long.len() > 5_000_000);
    for path in [PAGE, TRACK] {
        let loaded = with_bytes(path, long.as_bytes());
        assert_found(&loaded, "source/text-too-large", path);
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project_are_refused() {
    let disk = OnDisk::new();
    let outside = tempfile::tempdir().expect("a second folder");
    fs::write(outside.path().join("secret.js"), "const SECRET = 1;\n").expect("written");
    let link = disk.root().join("content/scenarios/first/app/src/secret.js");
    std::os::unix::fs::symlink(outside.path().join("secret.js"), link).expect("linked");
    std::os::unix::fs::symlink(outside.path(), disk.root().join("content/snippets")).expect("linked");
    let loaded = disk.load();
    assert_found(&loaded, "source/link-leaves-tree", "content/scenarios/first/app/src/secret.js");
    assert_found(&loaded, "source/link-leaves-tree", "content/snippets");
    assert_eq!(loaded.of("source/link-leaves-tree").len(), 2, "{}", loaded.print());
    let read =
        loaded.files.iter().any(|(file, _)| loaded.files.text(file).is_ok_and(|it| it.contains("SECRET")));
    assert!(!read, "nothing from outside is read");
}

#[cfg(unix)]
#[test]
fn links_inside_the_project_are_followed() {
    let disk = OnDisk::new();
    let link = disk.root().join("content/scenarios/first/app/db/copy.js");
    std::os::unix::fs::symlink("seed.js", link).expect("linked");
    let loaded = disk.load();
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
    assert!(loaded.files.find("content/scenarios/first/app/db/copy.js").is_some());
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_in_circles_are_errors() {
    let disk = OnDisk::new();
    let folder = disk.root().join("content/scenarios/first");
    std::os::unix::fs::symlink("gone.md", folder.join("app/lost.md")).expect("linked");
    std::os::unix::fs::symlink("../app", folder.join("app/around")).expect("linked");
    std::os::unix::fs::symlink("itself", folder.join("app/itself")).expect("linked");
    let loaded = disk.load();
    for name in ["lost.md", "around", "itself"] {
        assert_found(&loaded, "source/broken-link", &format!("content/scenarios/first/app/{name}"));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let disk = OnDisk::new();
    let path = disk.root().join(PAGE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions are set");
    // The administrator may read everything; then there is a fault to hand in, none to provoke.
    let fault = scenarist::source::ReadFault {
        path: PAGE.into(),
        kind: scenarist::source::ReadFaultKind::Unreadable("permission denied".to_owned()),
    };
    let loaded = if fs::read(&path).is_err() { disk.load() } else { load(overlaid(&[(PAGE, "")]), &[fault]) };
    assert_found(&loaded, "source/unreadable-file", PAGE);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_are_errors() {
    use std::os::unix::ffi::OsStrExt;
    let disk = OnDisk::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.js");
    if fs::write(disk.folder.path().join("content/scenarios/first/app").join(name), "x").is_ok() {
        let loaded = disk.load();
        assert_eq!(loaded.codes(), ["source/unreadable-file"], "{}", loaded.print());
    }
}

#[test]
fn an_empty_folder_says_what_is_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("a readable path");
    let (files, faults) = read_dir(&root);
    let loaded = load(files, &faults);
    assert_found(&loaded, "source/missing-file", COURSE);
    assert!(loaded.course.is_none());
    assert_found(&load_overlaid(&[(COURSE, "\n")]), "source/missing-key", COURSE);
    for path in [TRACK, MANIFEST, TUTORIAL] {
        assert_found(&load_overlaid(&[(path, "\n")]), "source/missing-key", path);
    }
    // A registry without concepts is one; what names a concept is wrong then.
    assert_found(&load_overlaid(&[(CONCEPTS, "\n")]), "source/unknown-concept", MANIFEST);
    // An empty page has no place for the fix that scenario.yml declares.
    assert_found(&load_overlaid(&[(PAGE, "\n")]), "source/page-structure", MANIFEST);
}

#[test]
fn ten_faults_in_one_file_are_ten_findings() {
    let text = "title: 12\nstaus: ready\nminutes: [60, 45]\npublished: tomorrow\nintroduces: [Busy Loop]\n\
                uses: busy-loop\nextends: first\nmetrics: [{name: x, type: counterr}]\n\
                loadtests: [{id: main, connections: many, seconds: 5}]\nfixes: [{kept: maybe}]\n";
    let loaded = load_overlaid(&[(MANIFEST, text)]);
    let mut own: Vec<(u32, &str)> = Vec::new();
    for finding in loaded.findings.iter().filter(|it| loaded.files.path(it.span.file) == MANIFEST) {
        own.push((loaded.files.position(finding.span.file, finding.span.start).line, finding.spec.code));
    }
    own.dedup();
    let lines: Vec<u32> = own.iter().map(|(line, _)| *line).collect();
    for line in 1..=10 {
        assert!(lines.contains(&line), "nothing about line {line}\n{}", loaded.print());
    }
    assert!((10..=12).contains(&own.len()), "{own:?}\n{}", loaded.print());
}

#[test]
fn a_broken_file_is_one_finding_and_not_one_for_each_use() {
    for path in [CONCEPTS, TUTORIAL, MANIFEST] {
        let loaded = load_overlaid(&[(path, "title: [open\n")]);
        assert_only(&loaded, "source/invalid-yaml", path);
    }
    let page = "content/tutorials/basics/start.md";
    for path in [MANIFEST, "content/tracks/main.yml"] {
        let loaded = load_overlaid(&[(path, "title: [open\n"), (page, "See [](scenario:first).\n")]);
        assert_only(&loaded, "source/invalid-yaml", path);
    }
}

#[test]
fn faults_of_every_directive_line_are_found_in_one_run() {
    let page = "## Measure it {.observe}\n\n::: hint\nA space.\n:::\n\n:::hnt\nA typo.\n:::\n\n:::answer\nAlone.\n:::\n\n\
                :::question{#one kind=guess}\nWhich?\n:::\n\n:::hint\nOpen.\n\n## Change it {.fix}\n\n\
                ### Answer at once {#fast}\n\n:::change{file=src/server.js region=answer}\n- x\n:::\n\n:::\n\n::loadtest\n\n[](step:none)\n";
    let loaded = load_overlaid(&[(PAGE, page)]);
    for code in [
        "source/malformed-directive",
        "source/unknown-directive",
        "source/misplaced-directive",
        "source/bad-attribute-value",
        "source/unclosed-directive",
        "source/stray-closer",
        "source/missing-attribute",
        "source/unresolved-reference",
    ] {
        assert_found(&loaded, code, PAGE);
    }
}

#[test]
fn outputs_that_collide_are_found_also_in_case() {
    // A path of the app and one of the stack, and two of the app, that differ only in case.
    for path in ["content/scenarios/first/app/dockerfile", "content/scenarios/first/app/src/Server.js"] {
        let files = overlaid(&[(path, "app.listen(3000);\n")]);
        let compiled = scenarist::build::compile(files, &[], scenarist::build::Options::default());
        let found: Vec<_> =
            compiled.findings.iter().filter(|it| it.spec.code == "source/output-path-collision").collect();
        assert!(!found.is_empty(), "nothing about `{path}`");
        assert!(found.iter().all(|finding| finding.help.is_some()));
        assert!(compiled.tree.is_none(), "colliding outputs are not emitted");
    }
    let track = "title: The track\nfolder: Exercise-{id}\nbonus-folder: exercise-{id}\ngroups:\n  - {id: a, name: A, scenarios: [first]}\n";
    let other = "title: Other\nfolder: exercise-first{number}\ngroups:\n  - {id: a, name: A, scenarios: [{id: x, title: X}]}\n";
    let course = "title: Small\nrepository: owner/small\ntracks: [main, other]\n";
    let other = other.replace("exercise-first{number}", "exercise-{id}").replace("id: x", "id: first-x");
    let files = [(TRACK, track), ("content/tracks/other.yml", other.as_str()), (COURSE, course)];
    assert!(load_overlaid(&files).of("source/output-path-collision").is_empty());
    let other = other.replace("exercise-{id}", "exercise-first");
    let files = [(TRACK, track), ("content/tracks/other.yml", other.as_str()), (COURSE, course)];
    assert_eq!(load_overlaid(&files).of("source/output-path-collision").len(), 1);
}

#[test]
fn paths_out_of_their_folder_are_refused_everywhere() {
    let manifest = support::base_text(MANIFEST);
    for (from, to) in [
        ("in: db/seed.js", "in: ../../secret"),
        ("fixes: [{id: fast}]", "fixes: [{id: fast, sql: [../fix.sql]}]"),
        ("  ready:", "  replaces: [/etc/passwd]\n  ready:"),
        ("in: db/seed.js", "in: 'C:\\secret'"),
    ] {
        let text = manifest.replace(from, to);
        assert_found(&load_overlaid(&[(MANIFEST, &text)]), "source/path-leaves-tree", MANIFEST);
    }
    for line in [
        "```js {file=../../secret.js}\n```\n",
        "![x](../../../../secret.svg \"x\")\n",
        "Inline ![x](/etc/passwd) here.\n",
        "[](file:../secret)\n",
        "[](solution:../secret)\n",
        ":::question{#p kind=reflection}\nWhy ![](../x.svg \"x\")?\n:::\n",
    ] {
        assert_found(&load_overlaid(&[(PAGE, &format!("…\n\n{line}"))]), "source/path-leaves-tree", PAGE);
    }
    assert_found(
        &load_overlaid(&[(TUTORIAL_PAGE, "::include{snippet=../x}\n")]),
        "source/invalid-id",
        TUTORIAL_PAGE,
    );
}

#[test]
fn scenarios_that_extend_each_other_are_a_cycle() {
    let one = "title: One\nkind: challenge\nstatus: draft\nminutes: 5\nextends: {scenario: two}\n";
    let two = one.replace("two", "one").replace("One", "Two");
    let loaded = load_overlaid(&[
        ("content/scenarios/one/scenario.yml", one),
        ("content/scenarios/two/scenario.yml", &two),
        ("content/scenarios/one/scenario.md", "One.\n"),
        ("content/scenarios/two/scenario.md", "Two.\n"),
    ]);
    let cycles = loaded.of("source/cyclic-reference");
    assert_eq!(cycles.len(), 1, "{}", loaded.print());
    assert!(cycles[0].help.is_some());
    let itself = one.replace("two", "one");
    let loaded = load_overlaid(&[
        ("content/scenarios/one/scenario.yml", &itself),
        ("content/scenarios/one/scenario.md", "One.\n"),
    ]);
    assert_found(&loaded, "source/cyclic-reference", "content/scenarios/one/scenario.yml");
}

#[test]
fn stacks_that_extend_each_other_are_a_cycle() {
    let manifest = support::base_text(MANIFEST).replace("stack: node-postgres", "stack: mine");
    let mine = "title: Mine\nextends: yours\n";
    let yours = "title: Yours\nextends: mine\n";
    let loaded = load_overlaid(&[
        (MANIFEST, &manifest),
        ("devcontainers/mine/stack.yml", mine),
        ("devcontainers/yours/stack.yml", yours),
    ]);
    assert_found(&loaded, "source/cyclic-reference", "devcontainers/yours/stack.yml");
}

#[test]
fn template_errors_name_template_and_line() {
    let path = "devcontainers/node-postgres/Dockerfile.j2";
    for (text, line) in [
        ("FROM x\n\nRUN [= nothing =]\n", 3),
        ("FROM x\n[% if docker %]\nRUN y\n", 3),
        ("FROM x\n[= images | nofilter =]\n", 2),
        ("FROM x\nRUN [= images.\n", 2),
    ] {
        let loaded = load_overlaid(&[(path, text)]);
        assert_found(&loaded, "source/template-error", path);
        let finding = loaded.of("source/template-error")[0];
        let at = loaded.files.position(finding.span.file, finding.span.start).line;
        assert!(at.abs_diff(line) <= 1, "line {at}, not {line}\n{}", loaded.print());
    }
}

#[test]
fn a_recording_with_the_right_inputs_is_fresh() {
    let path = "content/scenarios/first/recorded/run.yml";
    let course = load_overlaid(&[]).course.expect("a course");
    let inputs = &course.scenarios[0].written.as_ref().expect("written").inputs;
    let text = |inputs: &str| {
        format!("recorded: {{on: 2026-11-20, driver: native, cores: 2}}\ninputs: {inputs}\nstages: {{}}\n")
    };
    let loaded = load_overlaid(&[(path, &text(inputs))]);
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
    // Prose and position change no input; the load test does.
    let moved = [
        (path, text(inputs)),
        (PAGE, "…\n\nOne more sentence.\n".to_owned()),
        (TRACK, support::base_text(TRACK).replace("scenario-", "exercise-")),
    ];
    let moved: Vec<(&str, &str)> = moved.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let loaded = load_overlaid(&moved);
    assert!(loaded.of("source/stale-recording").is_empty(), "{}", loaded.print());
    let louder = support::base_text(MANIFEST).replace("connections: 20", "connections: 40");
    let loaded = load_overlaid(&[(path, &text(inputs)), (MANIFEST, &louder)]);
    assert_only(&loaded, "source/stale-recording", path);
}

/// Runs with a bound: what takes longer is a hang for an author.
#[track_caller]
fn within(seconds: u64, what: &str, work: impl FnOnce() -> Loaded) -> Loaded {
    let start = Instant::now();
    let loaded = work();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(seconds), "{what} took {took:?}");
    loaded.check_places();
    loaded
}

#[test]
fn deep_yaml_is_refused() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let text = format!("title: {}{}\n", open.repeat(50_000), close.repeat(50_000));
        let loaded = within(5, "deep YAML", || load_overlaid(&[(TUTORIAL, &text)]));
        assert_only(&loaded, "source/invalid-yaml", TUTORIAL);
    }
    let block: String = (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let loaded = within(5, "deep block YAML", || load_overlaid(&[(TUTORIAL, &block)]));
    assert_only(&loaded, "source/invalid-yaml", TUTORIAL);
}

#[test]
fn aliases_that_explode_are_refused() {
    let mut text = "title: x\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", ")));
    }
    let loaded = within(5, "an alias bomb", || load_overlaid(&[(TUTORIAL, &text)]));
    assert_only(&loaded, "source/invalid-yaml", TUTORIAL);
    let loaded = load_overlaid(&[(TUTORIAL, "title: &t [*t]\n")]);
    assert_only(&loaded, "source/invalid-yaml", TUTORIAL);
    let loaded = load_overlaid(&[(TUTORIAL, "title: &t The basics\nsummary: *t\n")]);
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
}

#[test]
fn long_lines_and_many_values_take_no_time() {
    let list = format!("title: The basics\nobjectives: [{}]\n", "ä, ".repeat(250_000));
    let _ = within(120, "a list on one line", || load_overlaid(&[(TUTORIAL, &list)]));
    let keys: String = (0..60_000).map(|key| format!("k{key}: v\n")).collect();
    let _ = within(120, "many unknown keys", || load_overlaid(&[(TUTORIAL, &keys)]));
    for line in [
        "word ".repeat(800_000),
        "x".repeat(4_000_000),
        "[".repeat(400_000),
        "`a".repeat(400_000),
        "[a](b \"c\") ".repeat(50_000),
        "**a ".repeat(200_000),
        "<b".repeat(300_000),
        "Q1 ".repeat(20_000),
    ] {
        let shown: String = line.chars().take(12).collect();
        let _ =
            within(120, &format!("one line of `{shown}…`"), || load_overlaid(&[(TUTORIAL_PAGE, &line)]));
    }
}

#[test]
fn huge_tables_and_deep_markdown_take_no_time() {
    let row = format!("|{}\n", " a |".repeat(100));
    let table = format!("{row}|{}\n{}", "---|".repeat(100), row.repeat(2_000));
    let _ = within(120, "a huge table", || load_overlaid(&[(TUTORIAL_PAGE, &table)]));
    let quotes = format!("{}deep\n", "> ".repeat(20_000));
    let _ = within(120, "deep quotes", || load_overlaid(&[(TUTORIAL_PAGE, &quotes)]));
    let nested = ":::hint\n\n".repeat(5_000);
    let loaded = within(120, "deep directives", || load_overlaid(&[(TUTORIAL_PAGE, &nested)]));
    assert_found(&loaded, "source/unclosed-directive", TUTORIAL_PAGE);
    let lists: String = (0..500).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let _ = within(120, "deep lists", || load_overlaid(&[(TUTORIAL_PAGE, &lists)]));
    let headings = "## A\n\ntext\n\n".repeat(5_000);
    let _ = within(120, "many headings", || load_overlaid(&[(TUTORIAL_PAGE, &headings)]));
}

#[test]
fn regions_that_do_not_pair_are_found_wherever_they_stand() {
    for (path, text) in [
        (SEED, "// #region a\nconst POSTS = 500;\n// #region a\n// #endregion\n"),
        (SEED, "// #region a\n// #region b\nconst POSTS = 500;\n// #endregion a\n// #endregion b\n"),
        ("content/scenarios/first/solution/fast/src/server.js", "// #endregion\n"),
    ] {
        assert_found(&load_overlaid(&[(path, text)]), "source/region-unclosed", path);
    }
    assert_found(
        &load_overlaid(&[(SERVER, "app.listen(3000);\n")]),
        "source/undeclared-change",
        "content/scenarios/first/solution/fast/src/server.js",
    );
}

#[test]
fn stages_and_files_that_are_missing_are_named_with_near_ones() {
    for (line, help) in [
        ("```js {file=src/serve.js}\n```\n", "src/server.js"),
        ("```js {file=src/server.js stage=fats}\n```\n", "fast"),
        ("::results{#all stages=\"broken fats\"}\n", "fast"),
        ("[](solution:fast/src/serve.js)\n", "fast/src/server.js"),
        ("[](panel:http-request-total)\n", ""),
        ("[20](loadtest:main.connection)\n", "connections"),
        ("[3000](port:ap)\n", "app"),
    ] {
        let loaded = load_overlaid(&[(PAGE, &format!("…\n\n{line}"))]);
        assert_found(&loaded, "source/unresolved-reference", PAGE);
        let found = loaded.of("source/unresolved-reference")[0];
        assert!(found.help.as_deref().unwrap_or("").contains(help), "{}", loaded.print());
    }
    let loaded = load_overlaid(&[(PAGE, "…\n\n[1](run:broken.main.p99)\n")]);
    let found = loaded.of("source/not-recorded")[0];
    assert!(found.help.as_deref().unwrap_or("").contains("scenarist rehearse first --record"));
}
