//! Writing the data as JSON, and its schema.

use super::{CourseData, PATH, fill};
use crate::diag::catalog::tree as codes;
use crate::diag::{Diagnostic, Sink};
use crate::emit::tree::{OutputFile, OutputTree};
use crate::model::Course;

/// Emits course.json.
pub fn emit_course_json(course: &Course, tree: &mut OutputTree, sink: &Sink) {
    let origin = course.manifest.span;
    let content = tree.keeper().keep(PATH, print_course_json(course));
    let file = OutputFile { content, executable: false, origin: Some(origin) };
    if tree.insert_file(PATH.into(), file).is_err() {
        let message = format!("`{PATH}` is written twice");
        sink.push(Diagnostic::new(&codes::OUTPUT_PATH_COLLISION, origin, message));
    }
}

/// The text of course.json.
///
/// # Panics
/// Never for a course: strings, numbers and lists can always be written as JSON.
#[must_use]
pub fn print_course_json(course: &Course) -> String {
    let data = fill::course_data(course);
    serde_json::to_string_pretty(&data).expect("plain data can be written as JSON") + "\n"
}

/// The JSON Schema of course.json.
#[must_use]
pub fn output_schema() -> serde_json::Value {
    schemars::schema_for!(CourseData).to_value()
}
