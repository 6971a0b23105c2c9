//! The course of this repository, as learners will get it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::build::{Compiled, Options, compile};
use scenarist::emit::course_json::output_schema;
use scenarist::source::read_dir;

use crate::reading::{assert_clean, assert_links_lead_somewhere};

fn compiled() -> Compiled {
    let (files, faults) = read_dir(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    compile(files, &faults, Options { drafts: true, no_previews: false })
}

#[test]
fn its_pages_are_clean_and_their_links_lead_somewhere() {
    let compiled = compiled();
    let tree = compiled.tree.expect("the course compiles");
    let in_monorepo = |path: &Utf8Path| path.starts_with("dist/monorepo") && path.extension() == Some("md");
    let pages: BTreeMap<Utf8PathBuf, Cow<'_, str>> = tree
        .iter()
        .filter(|(path, _)| in_monorepo(path))
        .map(|(path, _)| (path.to_owned(), tree.text(path).expect("text")))
        .collect();
    assert!(pages.len() >= 4, "{:?}", pages.keys());
    for (path, text) in &pages {
        assert_clean(path.as_str(), text);
    }
    assert_links_lead_somewhere(&tree, &pages);
}

#[test]
fn its_data_validates() {
    let compiled = compiled();
    let tree = compiled.tree.expect("the course compiles");
    let text = tree.text("dist/course.json").expect("emitted");
    let data: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::validator_for(&output_schema()).expect("a usable schema");
    let faults: Vec<String> = validator.iter_errors(&data).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(
        data["scenarios"].as_array().map(Vec::len),
        compiled.course.map(|course| course.scenarios.len())
    );
}
