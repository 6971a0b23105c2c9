//! Which page a file belongs to, by its path.

use camino::Utf8Path;

use crate::emit::print::html::{scenario_page, track_page, tutorial_page};
use crate::model::Course;

/// The address of the page that a file's findings stand on top of: of the scenario, tutorial or
/// track whose file it is, of the concepts, or of the course itself. `None` for what all of them
/// share, such as stacks and themes.
pub(super) fn owner_page(course: &Course, path: &str) -> Option<String> {
    let parts: Vec<&str> = Utf8Path::new(path).components().map(|part| part.as_str()).collect();
    match parts.as_slice() {
        ["content", "course.yml"] => Some(String::new()),
        ["content", "concepts.yml"] if !course.concepts.is_empty() => Some("concepts/".to_owned()),
        ["content", "tracks", file] => {
            let id = file.strip_suffix(".yml")?;
            course.tracks.iter().find(|track| track.id == id).map(|track| track_page(&track.id))
        }
        ["content", "scenarios", id, ..] => {
            let found = course.scenarios.iter().find(|scenario| scenario.id == *id);
            found.map(|scenario| scenario_page(&scenario.id))
        }
        ["content", "tutorials", id, ..] => {
            let found = course.tutorials.iter().find(|tutorial| tutorial.id == *id);
            found.map(|tutorial| tutorial_page(&tutorial.id))
        }
        _ => None,
    }
}
