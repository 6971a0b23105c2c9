//! `dist/course.json`: the whole course as data, for whatever shows it next. Texts are Markdown in
//! which references have become words. Model answers stand under `answers` and nowhere else, so
//! that a reader can leave them out by leaving out one key.

mod course;
mod fill;
mod measure;
mod questions;
mod scenario;

use crate::diag::catalog::tree as codes;
use crate::diag::{Diagnostic, Sink};
use crate::emit::tree::OutputTree;
use crate::model::Course;

pub use course::{AnswerData, BoxData, CourseData, QuestionData, RubricData};
pub use measure::{LoadTestData, MetricData, PanelData, RunData};
pub use scenario::ScenarioData;

/// Where it lies in the output.
pub const PATH: &str = "dist/course.json";

/// The format's version. It goes up when a key changes its meaning or vanishes.
pub const VERSION: u32 = 1;

/// Emits course.json.
pub fn emit_course_json(course: &Course, tree: &mut OutputTree, sink: &Sink) {
    let origin = course.manifest.span;
    if tree.insert(PATH, print_course_json(course), Some(origin)).is_err() {
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
