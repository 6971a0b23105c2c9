//! Findings in every format: what programs read follows the schemas of the formats, positions are
//! those that an editor shows, and two runs print the same bytes.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod cli_support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cli_support::{course, edit, read, run};
use scenarist::diag::catalog::document::{MISSING_BLANK_LINE, STALE_SNIPPET};
use scenarist::diag::catalog::tree::{MISSING_FILE, UNUSED_FILE};
use scenarist::diag::render::{
    Report, findings_schema, print_all, print_github, print_json, print_junit, print_sarif,
};
use scenarist::diag::{Applicability, Diagnostic, Severity, Suppressed, SuppressedBy};
use scenarist::source::{Files, Origin, Span};
use serde_json::Value;

const PAGE: &str = "content/scenarios/everything-at-once/scenario.md";

fn skip(name: &str, reason: &str) {
    eprintln!("SKIP {name}: {reason}");
}

/// A schema that `scripts/test` fetched.
fn schema(file: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("SCENARIST_SCHEMAS").map(PathBuf::from);
    let folders = named.into_iter().chain([here.join("target/schemas"), here.join("../shared/schemas")]);
    let found = folders.map(|folder| folder.join(file)).find(|path| path.is_file());
    if found.is_none() {
        skip(file, "not in target/schemas; `./scripts/test --install` fetches it");
    }
    found
}

/// A file and a text in it.
struct Made {
    files: Files,
    findings: Vec<Diagnostic>,
    suppressed: Vec<Suppressed>,
}

impl Made {
    fn report(&self) -> Report<'_> {
        Report { suppressed: &self.suppressed, ..Report::new(&self.findings, &self.files) }
    }

    fn span(&self, path: &str, text: &str) -> Span {
        let file = self.files.find(path).expect("the file");
        let at = self.files.text(file).expect("text").find(text).expect("the words");
        Span::new(file, at, at + text.len())
    }
}

const TRICKY: &str = "content/a b, ü: 100%.md";
const PLAIN: &str = "content/plain.md";

/// Findings with everything that they can have, about text that needs care.
fn tricky() -> Made {
    let mut files = Files::default();
    let text = "\u{FEFF}one\r\n\ttab 🐛 <here> & \"there\"\r\nthree\r\n";
    files.add(TRICKY, text.as_bytes(), Origin::Project, false);
    files.add_text(PLAIN, "a\nb\n");
    let mut made = Made { files, findings: Vec::new(), suppressed: Vec::new() };
    let here = made.span(TRICKY, "<here>");
    let plain = made.span(PLAIN, "b");
    made.findings.push(
        Diagnostic::new(&MISSING_FILE, here, "`<here>` & \"there\" are 100% gone, as: this")
            .label("here, 5 % of it")
            .also(plain, "and there")
            .also(made.span(TRICKY, "three"), "and below")
            .help("write `x`, or don't")
            .emitted("docker-compose.yml", "  image: <x>"),
    );
    made.findings.push(Diagnostic::new(&MISSING_BLANK_LINE, plain, "no blank line").help("put one").replace(
        Applicability::Safe,
        "insert a blank line",
        Span::new(plain.file, 2, 2),
        "\n",
    ));
    made.findings.push(
        Diagnostic::new(&STALE_SNIPPET, made.span(TRICKY, "one\n\ttab"), "two lines\nof words")
            .help("copy it")
            .replace(Applicability::Unsafe, "copy the code", plain, "c\u{7}\nd"),
    );
    let mut info = Diagnostic::new(&UNUSED_FILE, Span::file_start(plain.file), "nothing uses it").help("go");
    info.severity = Severity::Info;
    made.findings.push(info.clone());
    for (by, reason) in [
        (SuppressedBy::Comment, Some("it is meant".to_owned())),
        (SuppressedBy::Course, None),
        (SuppressedBy::Baseline, None),
    ] {
        made.suppressed.push(Suppressed { finding: info.clone(), by, reason });
    }
    made
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn assert_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let faults: Vec<String> =
        validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{document:#}");
}

#[test]
fn json_follows_its_schema() {
    let made = tricky();
    let report = Report { statistics: true, unchanged: Some(3), ..made.report() };
    let document = json(&print_json(&report));
    assert_valid(&findings_schema(), &document);
    assert_eq!(document["version"], 1);
    assert_eq!(document["findings"][0]["at"]["line"], 2);
    assert_eq!(document["findings"][0]["also"][0]["path"], PLAIN);
    assert_eq!(document["findings"][1]["fix"]["safe"], true);
    assert_eq!(document["findings"][1]["fix"]["edits"][0]["text"], "\n");
    let summary = &document["summary"];
    assert_eq!(summary["errors"], 1);
    assert_eq!(summary["infos"], 1);
    assert_eq!(
        (&summary["suppressed"], &summary["baseline"], &summary["unchanged"]),
        (&2.into(), &1.into(), &3.into())
    );
    assert_eq!(document["statistics"].as_array().map(Vec::len), Some(4));
    let empty = Files::default();
    assert_valid(&findings_schema(), &json(&print_json(&Report::new(&[], &empty))));
}

/// Columns count characters, a tab is one of them, and a byte order mark and carriage returns are
/// none.
#[test]
fn positions_are_those_of_an_editor() {
    let made = tricky();
    let document = json(&print_json(&made.report()));
    let at = &document["findings"][0]["at"];
    assert_eq!((&at["line"], &at["column"], &at["end-column"]), (&2.into(), &8.into(), &14.into()));
    let sarif = json(&print_sarif(&made.report()));
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["endColumn"]),
        (&2.into(), &8.into(), &14.into())
    );
    assert!(print_github(&made.report()).contains(",line=2,endLine=2,col=8,endColumn=14,"));
    let human = &print_all(&made.report(), false)[0];
    assert!(human.contains(&format!("--> {TRICKY}:2:8")), "{human}");
    // A bug is two columns wide, and a tab four: the carets stand below the words.
    let lines: Vec<&str> = human.lines().collect();
    let at = lines.iter().position(|line| line.contains("<here> &")).expect("the excerpt");
    let before = lines[at].split("<here>").next().expect("what stands before");
    let width = before.chars().count() + 1;
    assert_eq!(lines[at + 1].find('^'), Some(width), "{human}");
}

#[test]
fn sarif_follows_the_official_schema() {
    let made = tricky();
    let site = Some("https://example.org/course/");
    let report = Report { statistics: true, folder: "course/", site, ..made.report() };
    let document = json(&print_sarif(&report));
    let run = &document["runs"][0];
    let help = &run["tool"]["driver"]["rules"][0]["helpUri"];
    assert_eq!(help, "https://example.org/course/rules/#source-missing-blank-line");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    for result in run["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(result["ruleId"], rules[index]);
        assert!(result["partialFingerprints"]["scenarist/v1"].is_string());
    }
    let results = &run["results"];
    assert_eq!(
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "course/content/a%20b%2C%20%C3%BC%3A%20100%25.md"
    );
    assert_eq!(results[0]["relatedLocations"][0]["message"]["text"], "and there");
    assert_eq!(results[0]["suppressions"], Value::Array(Vec::new()));
    assert_eq!(
        results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "\n"
    );
    assert_eq!(results[3]["level"], "note");
    assert_eq!(results[4]["suppressions"][0]["kind"], "inSource");
    assert_eq!(results[4]["suppressions"][0]["justification"], "it is meant");
    assert_eq!(results[6]["suppressions"][0]["kind"], "external");
    // Four times the same finding: the text that identifies it counts them.
    let prints: Vec<&Value> = (3..7).map(|at| &results[at]["partialFingerprints"]["scenarist/v1"]).collect();
    assert!(
        prints[0].as_str().is_some_and(|print| print.ends_with(":1"))
            && prints[3].as_str().is_some_and(|print| print.ends_with(":4")),
        "{prints:?}"
    );
    let Some(path) = schema("sarif-2.1.0.json") else { return };
    let schema = json(&fs::read_to_string(path).expect("the schema"));
    assert_valid(&schema, &document);
    let empty = Files::default();
    assert_valid(&schema, &json(&print_sarif(&Report::new(&[], &empty))));
}

#[test]
fn junit_follows_the_schemas_of_ant_and_jenkins() {
    let made = tricky();
    let fails = |finding: &Diagnostic| finding.severity >= Severity::Warning;
    let report = Report { statistics: true, fails: &fails, ..made.report() };
    let text = print_junit(&report);
    assert!(
        text.contains("tests=\"2\" failures=\"2\"") && text.contains("tests=\"2\" failures=\"1\""),
        "{text}"
    );
    assert!(
        text.contains("message=\"`&lt;here&gt;` &amp; &quot;there&quot; are 100% gone, as: this\""),
        "{text}"
    );
    let empty = Files::default();
    let nothing = print_junit(&Report::new(&[], &empty));
    assert!(nothing.contains("tests=\"1\" failures=\"0\""), "{nothing}");
    if Command::new("xmllint").arg("--version").output().is_err() {
        return skip("JUnit schemas", "`xmllint` is not installed (Debian package libxml2-utils)");
    }
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["JUnit.xsd", "jenkins-junit.xsd"] {
        let Some(schema) = schema(name) else { continue };
        for (document, text) in [("report.xml", &text), ("empty.xml", &nothing)] {
            let path = folder.path().join(document);
            fs::write(&path, text).expect("a file");
            let output = Command::new("xmllint")
                .arg("--noout")
                .arg("--schema")
                .arg(&schema)
                .arg(&path)
                .output()
                .expect("xmllint");
            assert!(output.status.success(), "{name}: {}\n{text}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn annotations_are_one_line_each() {
    let made = tricky();
    let text = print_github(&Report { statistics: true, ..made.report() });
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), made.findings.len() + 2, "{text}");
    assert!(commands[0].starts_with("::error file=content/a b%2C ü%3A 100%25.md,line=2,"), "{text}");
    assert!(
        commands[0]
            .contains(",title=source/missing-file::`<here>` & \"there\" are 100%25 gone, as: this%0Ahelp: "),
        "{text}"
    );
    // Two lines have no columns.
    assert!(commands[2].contains(",line=1,endLine=2,title="), "{text}");
    assert!(commands[3].starts_with("::notice "), "{text}");
}

#[test]
fn people_are_told_once_what_explains_a_code() {
    let made = tricky();
    let twice = [made.findings[1].clone(), made.findings[1].clone(), made.findings[2].clone()];
    let printed = print_all(&Report::new(&twice, &made.files), false);
    assert!(
        printed[0].contains("explained by `scenarist explain source/missing-blank-line`"),
        "{}",
        printed[0]
    );
    assert!(!printed[1].contains("explained by"), "{}", printed[1]);
    assert!(printed[1].contains("`scenarist lint --fix` can do this"), "{}", printed[1]);
    assert!(printed[2].contains("`scenarist lint --fix --unsafe` can do this"), "{}", printed[2]);
}

#[test]
fn every_format_is_the_same_in_two_runs() {
    let (_guard, root) = course();
    let text = read(&root, PAGE);
    fs::write(root.join(PAGE), text + &"\n```\nx\n```\n".repeat(3)).unwrap();
    edit(&root, PAGE, "::environment\n\n", "::environment\n");
    for format in ["human", "json", "sarif", "github", "junit"] {
        let first = run(&root, &["lint", "--format", format]).expect(0);
        let second = run(&root, &["lint", "--format", format]).expect(0);
        assert_eq!(first.out, second.out, "{format}");
        assert!(first.out.contains("source/untagged-code-fence"), "{format}: {}", first.out);
    }
}

/// Programs that start elsewhere, such as a CI system at the repository's root, find the files.
#[test]
fn paths_lead_there_from_the_folder_of_the_run() {
    let (guard, root) = course();
    fs::write(root.join(PAGE), read(&root, PAGE) + "\n```\nx\n```\n").unwrap();
    let arguments = |format| ["lint", "--root", "my-course", "--format", format];
    let github = run(guard.path(), &arguments("github")).expect(0);
    assert!(github.out.contains(&format!("file=my-course/{PAGE},")), "{}", github.out);
    let sarif = json(&run(guard.path(), &arguments("sarif")).expect(0).out);
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], format!("my-course/{PAGE}"));
    let inside = run(&root.join("content"), &["lint", "--format", "github"]).expect(0);
    assert!(inside.out.contains(&format!("file={PAGE},")), "{}", inside.out);
}

#[test]
fn what_is_accepted_is_marked_in_sarif() {
    let (_guard, root) = course();
    let allowed = "\n<!-- allow source/untagged-code-fence: it is output -->\n\n```\nx\n```\n";
    fs::write(root.join(PAGE), read(&root, PAGE) + allowed).unwrap();
    let sarif = json(&run(&root, &["lint", "--format", "sarif"]).expect(0).out);
    let results = sarif["runs"][0]["results"].as_array().expect("results").clone();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["suppressions"][0]["justification"], "it is output");
}
