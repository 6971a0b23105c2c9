//! `scenarist new`: courses and scenarios to start from. The templates are plain files in
//! `scaffold/`, embedded in the binary.

mod course;
mod scenario;
mod template;
mod track;
mod verb;

pub use verb::New;
