//! course.json and its schema.

use scenarist::diag::Sink;
use scenarist::emit::course_json::{emit_course_json, output_schema, print_course_json};
use scenarist::emit::tree::OutputTree;
use serde_json::Value;

use crate::course::course;

fn data() -> Value {
    serde_json::from_str(&print_course_json(&course().0)).expect("JSON")
}

#[test]
fn it_validates_against_its_schema() {
    let schema = output_schema();
    jsonschema::meta::validate(&schema).expect("a valid schema");
    let validator = jsonschema::validator_for(&schema).expect("a usable schema");
    let data = data();
    let faults: Vec<String> = validator.iter_errors(&data).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut wrong = data;
    wrong["scenarios"][0]["minutes"] = Value::String("an hour".to_owned());
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn answers_stand_under_answers_alone() {
    let mut data = data();
    assert!(data["answers"].to_string().contains("SECRET"));
    data.as_object_mut().expect("an object").remove("answers");
    assert!(!data.to_string().contains("SECRET"));
    assert!(!data.to_string().contains("right"));
}

#[test]
fn figures_keep_their_precision_and_whole_numbers_are_whole() {
    let figures = &data()["scenarios"][0]["recorded"]["stages"][0]["loadtests"][0];
    assert_eq!(
        figures.to_string(),
        r#"{"id":"main","success":1.3,"rps":10,"p50":221,"p99":873,"requests":[]}"#
    );
}

#[test]
fn the_whole_of_it() {
    insta::assert_snapshot!(print_course_json(&course().0));
}

#[test]
fn it_is_emitted_once() {
    let (course, files) = course();
    let (mut tree, sink) = (OutputTree::default(), Sink::default());
    emit_course_json(&course, &mut tree, &sink);
    assert_eq!(tree.text("dist/course.json").as_deref(), Some(print_course_json(&course).as_str()));
    emit_course_json(&course, &mut tree, &sink);
    assert_eq!(sink.into_sorted(&files).len(), 1);
}
