//! `source/skipped-heading-level` in Markdown that is no page of a scenario.

use crate::adopt::Repository;
use crate::adopt::audit::compare::for_each_line;
use crate::check::rules::source::skipped_heading_level::SPEC;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};

/// Looks at READMEs and at what lies beside them.
pub fn check(repository: &Repository, sink: &Sink) {
    let is_page = |file: FileId| {
        repository.folders.iter().any(|folder| folder.page.as_ref().is_some_and(|page| page.file == file))
    };
    for (file, entry) in repository.files.iter() {
        if entry.path.extension() == Some("md") && !is_page(file) {
            look(repository, file, sink);
        }
    }
}

fn look(repository: &Repository, file: FileId, sink: &Sink) {
    let Ok(text) = repository.files.text(file) else { return };
    let mut before = 0;
    for_each_line(text, |at, line, in_fence| {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if in_fence || level == 0 || level > 6 || !line[level..].starts_with(' ') {
            return;
        }
        if before > 0 && level > before + 1 {
            let message = format!("this heading is of level {level}, below one of level {before}");
            let span = Span::new(file, at, at + line.trim_end().len());
            let help = format!("begin it with `{}`", "#".repeat(before + 1));
            sink.push(Diagnostic::new(&SPEC, span, message).help(help));
        }
        before = level;
    });
}
