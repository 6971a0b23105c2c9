//! Single faults, as an author in a hurry makes them, in the real first scenario and in a second
//! one that was written apart from the rules: each must be found by the rule that is meant for it,
//! in the right file, on the right line. How many are found, and how many other findings they
//! cause, is printed.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read files and say what they saw"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use scenarist::build::{Compiled, Options, compile};
use scenarist::check::all_specs;
use scenarist::diag::render::print_human;
use scenarist::source::{Files, Origin, read_dir};
use scenarist::syntax::yaml::parse_yaml;
use serde_json::Value;

/// A project's own files: path and bytes.
type Tree = BTreeMap<Utf8PathBuf, Vec<u8>>;

struct Mutation {
    id: String,
    code: String,
    edits: Vec<Value>,
    /// Places that count as right: file, and a text on the line.
    at: Vec<(String, String)>,
}

/// What became of one mutation.
struct Seen {
    id: String,
    code: String,
    found: bool,
    others: BTreeMap<String, usize>,
    printed: String,
}

#[test]
fn faults_of_the_first_scenario_are_found() {
    run("first.yml", root());
}

#[test]
fn faults_of_the_second_scenario_are_found() {
    run("second.yml", &root().join("tests/mutations/course"));
}

/// Enough, and of many kinds.
#[test]
fn there_are_enough_faults_of_many_kinds() {
    let all: Vec<Mutation> = ["first.yml", "second.yml"].into_iter().flat_map(load).collect();
    let codes: BTreeSet<&str> = all.iter().map(|mutation| mutation.code.as_str()).collect();
    let ids: BTreeSet<&str> = all.iter().map(|mutation| mutation.id.as_str()).collect();
    assert_eq!(ids.len(), all.len(), "each has a name of its own");
    assert!(all.len() >= 80, "{} faults", all.len());
    assert!(codes.len() >= 60, "{} codes", codes.len());
    let known: BTreeSet<&str> = all_specs().iter().map(|spec| spec.code).collect();
    let unknown: Vec<&&str> = codes.difference(&known).collect();
    assert!(unknown.is_empty(), "no such codes: {unknown:?}");
}

fn run(list: &str, folder: &Utf8Path) {
    let base = project(folder);
    let clean = build(&base);
    assert!(clean.findings.is_empty(), "the project itself is not clean:\n{}", print(&clean));
    let mutations = load(list);
    let seen: Vec<Seen> = mutations.par_iter().map(|mutation| try_one(mutation, &base)).collect();
    let mut report = String::new();
    for one in seen.iter().filter(|one| !one.found) {
        let _ = writeln!(report, "── {}: `{}` was not found\n{}", one.id, one.code, one.printed);
    }
    let found = seen.iter().filter(|one| one.found).count();
    let others: usize = seen.iter().flat_map(|one| one.others.values()).sum();
    println!("{list}: {found}/{} found, {others} other findings", seen.len());
    for one in seen.iter().filter(|one| !one.others.is_empty()) {
        println!("  {}: also {:?}", one.id, one.others);
    }
    assert!(report.is_empty(), "{list}: {found}/{} found\n{report}", seen.len());
}

fn try_one(mutation: &Mutation, base: &Tree) -> Seen {
    let mut tree = base.clone();
    for edit in &mutation.edits {
        apply(mutation, edit, &mut tree);
    }
    let compiled = build(&tree);
    let right = |path: &str, line: u32| {
        mutation.at.iter().any(|(file, text)| {
            let content = tree.get(Utf8Path::new(file)).map(|bytes| String::from_utf8_lossy(bytes));
            let content = content.unwrap_or_else(|| builtin(file).into());
            let there = content.lines().nth(line as usize - 1).unwrap_or_default();
            path == file && there.contains(text.as_str())
        })
    };
    let mut found = false;
    let mut others = BTreeMap::new();
    for finding in &compiled.findings {
        let position = compiled.files.position(finding.span.file, finding.span.start);
        let path = compiled.files.path(finding.span.file).as_str();
        if finding.spec.code == mutation.code && right(path, position.line) {
            found = true;
        } else {
            *others.entry(finding.spec.code.to_owned()).or_default() += 1;
        }
    }
    let (id, code) = (mutation.id.clone(), mutation.code.clone());
    Seen { id, code, found, others, printed: print(&compiled) }
}

fn apply(mutation: &Mutation, edit: &Value, tree: &mut Tree) {
    let id = &mutation.id;
    let text = |key: &str| edit[key].as_str().map(str::to_owned);
    let file = text("file").unwrap_or_else(|| panic!("{id}: an edit names no file"));
    let path = Utf8PathBuf::from(&file);
    if let Some(whole) = text("create") {
        tree.insert(path, whole.into_bytes());
        return;
    }
    if edit["delete"].as_bool() == Some(true) {
        assert!(tree.remove(&path).is_some(), "{id}: there is no `{file}` to delete");
        return;
    }
    let bytes = tree.get(&path).cloned().unwrap_or_else(|| builtin(&file).into_bytes());
    let before = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{id}: `{file}` is not text"));
    let after = match (text("find"), text("replace"), text("append")) {
        (Some(find), Some(replace), None) => {
            assert_eq!(before.matches(&find).count(), 1, "{id}: `{find}` must stand in `{file}` once");
            before.replacen(&find, &replace, 1)
        }
        (None, None, Some(more)) => before + &more,
        _ => panic!("{id}: an edit is `create`, `delete`, `find` with `replace`, or `append`"),
    };
    tree.insert(path, after.into_bytes());
}

/// The text of a file that the binary brings along, which a project can override.
fn builtin(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn load(list: &str) -> Vec<Mutation> {
    let mut files = Files::default();
    let path = root().join("tests/mutations").join(list);
    let file = files.add_text(list, &fs::read_to_string(&path).expect("the list of faults"));
    let sink = scenarist::diag::Sink::default();
    let node = parse_yaml(&files, file, &sink);
    let faults = sink.into_found();
    assert!(faults.is_empty(), "{list}: {}", faults[0].message);
    let Value::Array(items) = node.expect("a list").to_json() else { panic!("{list} is a list") };
    items.iter().map(mutation).collect()
}

fn mutation(item: &Value) -> Mutation {
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("text missing in {item}")).to_owned();
    let place = |value: &Value| (text(&value["file"]), text(&value["text"]).trim().to_owned());
    let alternatives = item["or"].as_array().cloned().unwrap_or_default();
    Mutation {
        id: text(&item["id"]),
        code: text(&item["code"]),
        edits: item["edits"].as_array().expect("edits").clone(),
        at: std::iter::once(&item["at"]).chain(&alternatives).map(place).collect(),
    }
}

fn project(folder: &Utf8Path) -> Tree {
    let (files, faults) = read_dir(folder);
    assert!(faults.is_empty(), "{folder} cannot be read");
    let own = files.iter().filter(|(_, entry)| entry.origin == Origin::Project);
    own.map(|(file, entry)| (entry.path.clone(), files.bytes(file).to_vec())).collect()
}

fn build(tree: &Tree) -> Compiled {
    let mut files = Files::default();
    for (path, bytes) in tree {
        files.add(path.clone(), bytes, Origin::Project, path.extension() == Some("sh"));
    }
    compile(files, &[], Options { drafts: true, no_previews: true })
}

fn print(compiled: &Compiled) -> String {
    compiled.findings.iter().map(|finding| print_human(finding, &compiled.files, false)).collect()
}

fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}
