//! Files in two forms: as learners get them, and a `.comments` twin that explains JavaScript.

use camino::{Utf8Path, Utf8PathBuf};

use crate::manifest::course::Comments;
use crate::model::{Course, StageFile};
use crate::syntax::code::{Explaining, has_explaining, rewrite_explaining, strip_markers};

/// The twin of a file and its path, if the course wants twins and the file has anything to explain.
pub(super) fn make_twin(course: &Course, path: &Utf8Path, file: &StageFile) -> Option<(Utf8PathBuf, String)> {
    let wanted = course.comments == Comments::Twin && has_explaining(path, &file.annotated);
    wanted.then(|| (twin_path(path), explained(path, &file.annotated)))
}

/// A source text as learners get it: without region markers, and with explaining comments as
/// ordinary ones.
pub(super) fn explained(path: &Utf8Path, annotated: &str) -> String {
    rewrite_explaining(path, &strip_markers(path, annotated), Explaining::Plain)
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
