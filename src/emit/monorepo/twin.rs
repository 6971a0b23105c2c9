//! Files in two forms: as learners get them, and a `.comments` twin that explains JavaScript.

use camino::{Utf8Path, Utf8PathBuf};

use crate::manifest::course::Comments;
use crate::model::{Course, learner_text};
use crate::syntax::code::has_explaining;

/// The twin of a file and its path, if the course wants twins and the file has anything to explain.
pub(super) fn make_twin(course: &Course, path: &Utf8Path, annotated: &str) -> Option<(Utf8PathBuf, String)> {
    let wanted = course.comments == Comments::Twin && has_explaining(path, annotated);
    wanted.then(|| (twin_path(path), learner_text(path, annotated, Comments::Inline)))
}

/// `src/server.js` → `src/server.comments.js`.
fn twin_path(path: &Utf8Path) -> Utf8PathBuf {
    match (path.file_stem(), path.extension()) {
        (Some(stem), Some(extension)) => path.with_file_name(format!("{stem}.comments.{extension}")),
        _ => Utf8PathBuf::from(format!("{path}.comments")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_keeps_its_extension() {
        assert_eq!(twin_path("src/server.js".into()), "src/server.comments.js");
        assert_eq!(twin_path("Dockerfile".into()), "Dockerfile.comments");
    }
}
