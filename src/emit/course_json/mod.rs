//! `dist/course.json`: the whole course as data, for whatever shows it next. Texts are Markdown in
//! which references have become words. Model answers stand under `answers` and nowhere else, so
//! that a reader can leave them out by leaving out one key.

mod course;
mod emit;
mod fill;
mod measure;
mod questions;
mod scenario;

pub use course::{AnswerData, BoxData, CourseData, QuestionData, RubricData};
pub use emit::{emit_course_json, output_schema, print_course_json};
pub use measure::{LoadTestData, MetricData, PanelData, RunData};
pub use scenario::ScenarioData;

/// Where it lies in the output.
pub const PATH: &str = "dist/course.json";

/// The format's version. It goes up when a key changes its meaning or vanishes.
pub const VERSION: u32 = 1;
