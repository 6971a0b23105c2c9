//! YAML files: decoding, schemas, and the content of this repository.

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::diag::Sink;
use scenarist::manifest::{concepts, course, run, scenario, stack, track, tutorial};
use scenarist::source::{Files, builtin_files};
use scenarist::syntax::yaml::{Decode, parse_yaml, schema_document};

use crate::course::{COURSE, COURSE_YML, MANIFEST, SCENARIO_YML, load};

#[test]
fn every_fault_of_a_file_is_reported_in_one_run() {
    let faulty = COURSE_YML
        .replace("title:", "titel:")
        .replace("repository: owner/name", "repository: 7\nlanguage: [en]")
        .replace("scaffolding: high", "scaffolding: hihg");
    let loaded = load(&[(COURSE, &faulty)]);
    for code in ["unknown-key", "missing-key", "wrong-type", "bad-value"] {
        assert!(loaded.codes().contains(&code), "{code}: {:?}", loaded.lines());
    }
    let helps: Vec<&str> = loaded.findings.iter().filter_map(|it| it.help.as_deref()).collect();
    assert!(helps.contains(&"did you mean `title`?"), "{helps:?}");
    assert!(helps.iter().any(|help| help.starts_with("did you mean `high`?")), "{helps:?}");
}

#[test]
fn a_key_stands_once() {
    let twice = format!("{SCENARIO_YML}minutes: 20\n");
    let loaded = load(&[(MANIFEST, &twice)]);
    assert!(loaded.codes().contains(&"duplicate-key"), "{:?}", loaded.lines());
}

#[test]
fn minutes_start_from_one() {
    for minutes in ["0", "[0, 10]"] {
        let changed = SCENARIO_YML.replace("minutes: 10", &format!("minutes: {minutes}"));
        let loaded = load(&[(MANIFEST, &changed)]);
        assert!(loaded.codes().contains(&"bad-value"), "{:?}", loaded.lines());
    }
}

#[test]
fn paths_stay_inside() {
    let loaded = load(&[(MANIFEST, &SCENARIO_YML.replace("in: src/server.js", "in: ../../course.yml"))]);
    assert!(loaded.codes().contains(&"path-leaves-tree"), "{:?}", loaded.lines());
}

#[test]
fn a_file_of_the_project_stands_in_for_the_built_in_one() {
    let own = ("devcontainers/node-postgres/snippets/psql.md", "Ours.\n");
    let page = crate::course::page("::include{snippet=psql}\n");
    let loaded = load(&[(crate::course::PAGE, &page), own]).clean();
    assert!(loaded.prose().contains("Ours."));
}

/// The keys that an empty mapping is told to add.
fn missing<T: Decode>() -> Vec<String> {
    let mut files = Files::default();
    let file = files.add_text("empty.yml", "{}\n");
    let sink = Sink::default();
    let node = parse_yaml(&files, file, &sink).expect("a mapping");
    let _ = T::decode(&node, &sink);
    let found = sink.into_sorted(&files);
    let mut keys: Vec<String> = found
        .iter()
        .filter_map(|it| {
            it.help.as_deref()?.strip_prefix("add `")?.split_once(":`").map(|(key, _)| key.to_owned())
        })
        .collect();
    keys.sort();
    keys
}

fn required<T: Decode>() -> Vec<String> {
    let schema = schema_document::<T>("");
    let root = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')).expect("a reference");
    let record = schema.pointer(root).expect("the record");
    let mut keys: Vec<String> = record["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|key| key.as_str().map(str::to_owned))
        .collect();
    keys.sort();
    keys
}

#[test]
fn required_keys_are_those_that_decoding_asks_for() {
    assert_eq!(missing::<course::Course>(), required::<course::Course>());
    assert_eq!(missing::<concepts::Concept>(), required::<concepts::Concept>());
    assert_eq!(missing::<track::Track>(), required::<track::Track>());
    assert_eq!(missing::<track::Group>(), required::<track::Group>());
    assert_eq!(missing::<scenario::Scenario>(), required::<scenario::Scenario>());
    assert_eq!(missing::<scenario::Fact>(), required::<scenario::Fact>());
    assert_eq!(missing::<stack::Stack>(), required::<stack::Stack>());
    assert_eq!(missing::<tutorial::Tutorial>(), required::<tutorial::Tutorial>());
    assert_eq!(missing::<run::Run>(), required::<run::Run>());
    assert_eq!(required::<scenario::Fact>(), ["in", "value"]);
}

#[test]
fn shipped_content_fits_its_schemas() {
    let mut files = Files::default();
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("content")];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir_utf8().expect("a folder") {
            let path = entry.expect("an entry").into_path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension() == Some("yml") {
                let inside: Utf8PathBuf = path.strip_prefix(root).expect("inside").to_owned();
                files.add_text(inside, &std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    builtin_files(&mut files);
    let mut checked = 0;
    for (file, entry) in files.iter() {
        let path = entry.path.as_str();
        let schema = match path {
            "content/course.yml" => schema_document::<course::Course>("course"),
            "content/concepts.yml" => schema_document::<concepts::Concepts>("concepts"),
            _ if path.starts_with("content/tracks/") => schema_document::<track::Track>("track"),
            _ if path.ends_with("/scenario.yml") => schema_document::<scenario::Scenario>("scenario"),
            _ if path.ends_with("/run.yml") => schema_document::<run::Run>("run"),
            _ if path.ends_with("/stack.yml") => schema_document::<stack::Stack>("stack"),
            _ => continue,
        };
        let sink = Sink::default();
        let value = parse_yaml(&files, file, &sink).expect("YAML").to_json();
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let faults: Vec<String> = validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new(), "{path}");
        checked += 1;
    }
    assert!(checked >= 6, "only {checked} files were looked at");
}
