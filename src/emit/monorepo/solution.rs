//! `solution/<fix>/`: the files that a fix changes, whole, and the statements that it has learners
//! type. A file is there when it differs from the stage that the fix started from, whether its
//! author wrote it or the environment was rendered again.

use std::sync::Arc;

use camino::Utf8Path;

use super::insert::Inserter;
use super::twin;
use crate::manifest::scenario::Fix;
use crate::model::{Course, Stage, Written, learner_text};
use crate::source::{Files, Span};

pub(super) fn emit_solutions(course: &Course, files: &Files, index: usize, out: &mut Inserter<'_>) {
    let scenario = &course.scenarios[index];
    let Some(written) = &scenario.written else { return };
    for (at, stage) in written.stages.iter().skip(1).enumerate() {
        let folder = Utf8Path::new(&scenario.folder).join("solution").join(&stage.id);
        emit_changed(course, written.stages.get(written.stage_before(at)), stage, &folder, out);
        if let Some(fix) = written.manifest.fixes.get(at) {
            emit_sql(course, files, written, fix, &folder, out);
        }
    }
}

fn emit_changed(
    course: &Course,
    base: Option<&Stage>,
    stage: &Stage,
    folder: &Utf8Path,
    out: &mut Inserter<'_>,
) {
    for (path, file) in &stage.files {
        let before = base.and_then(|base| base.files.get(path));
        if before.is_some_and(|before| before.bytes == file.bytes && before.executable == file.executable) {
            continue;
        }
        let bytes = match std::str::from_utf8(&file.bytes) {
            Ok(text) if is_compose(path) => {
                format!("{}{text}", compose_head(path, &stage.id)).into_bytes().into()
            }
            _ => Arc::clone(&file.bytes).into(),
        };
        out.file(folder.join(path), bytes, file.executable, file.origin);
        if let Some((path, text)) = twin::make_twin(course, path, &file.annotated) {
            out.text(folder.join(path), text, file.origin);
        }
    }
}

/// Statements are no part of the learner's tree, so no stage holds them.
fn emit_sql(
    course: &Course,
    files: &Files,
    written: &Written,
    fix: &Fix,
    folder: &Utf8Path,
    out: &mut Inserter<'_>,
) {
    for sql in &fix.sql {
        let target = folder.join(&sql.path);
        let source = written.source.join("solution").join(fix.id.as_str()).join(&sql.path);
        let Some(file) = files.find(&source) else { continue };
        let Ok(text) = files.text(file) else { continue };
        if out.has(&target) {
            continue;
        }
        let origin = Span::file_start(file);
        out.text(target, learner_text(&sql.path, text, course.comments), origin);
        if let Some((path, text)) = twin::make_twin(course, &sql.path, text) {
            out.text(folder.join(path), text, origin);
        }
    }
}

fn is_compose(path: &Utf8Path) -> bool {
    let yaml = matches!(path.extension(), Some("yml" | "yaml"));
    yaml && path
        .file_stem()
        .is_some_and(|stem| stem.starts_with("docker-compose") || stem.starts_with("compose"))
}

/// Compose takes relative paths from the folder of its file, which here is the wrong one.
fn compose_head(path: &Utf8Path, fix: &str) -> String {
    format!(
        "# Its paths are meant from the scenario's folder. Start it there:\n\
         #   docker compose --project-directory . -f solution/{fix}/{path} up -d --build\n\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compose_files_are_known_by_their_name() {
        let known = |path: &str| is_compose(path.into());
        assert!(known("docker-compose.yml") && known("compose.yaml") && known("docker-compose.replica.yml"));
        assert!(!known("dashboard/prometheus.yml") && !known("docker-compose.md"));
    }
}
