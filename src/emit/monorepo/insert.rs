//! Putting files into the output tree, with a finding where a path is taken.

use camino::Utf8PathBuf;

use super::ROOT;
use crate::diag::catalog::tree as codes;
use crate::diag::{Diagnostic, Sink};
use crate::emit::content::Content;
use crate::emit::tree::{InsertError, OutputFile, OutputTree};
use crate::source::Span;

/// Inserts files below the monorepo's root.
pub(super) struct Inserter<'a> {
    tree: &'a mut OutputTree,
    sink: &'a Sink,
}

impl<'a> Inserter<'a> {
    pub(super) fn new(tree: &'a mut OutputTree, sink: &'a Sink) -> Self {
        Self { tree, sink }
    }

    /// Inserts a text. `origin` is what an author can edit to change it.
    pub(super) fn text(&mut self, path: impl Into<Utf8PathBuf>, text: String, origin: Span) {
        self.file(path, text.into_bytes().into(), false, origin);
    }

    /// Inserts a file of any kind.
    pub(super) fn file(
        &mut self,
        path: impl Into<Utf8PathBuf>,
        content: Content,
        executable: bool,
        origin: Span,
    ) {
        let path = Utf8PathBuf::from(ROOT).join(path.into());
        let file = OutputFile { content, executable, origin: Some(origin) };
        let Err(error) = self.tree.insert_file(path.clone(), file) else { return };
        self.sink.push(match error {
            InsertError::Collision { existing, origin: first } => {
                let message = format!("`{path}` is written twice");
                let finding = Diagnostic::new(&codes::OUTPUT_PATH_COLLISION, origin, message);
                let finding = match first {
                    Some(first) => finding.also(first, format!("`{existing}` is made from this")),
                    None => finding,
                };
                finding.help("rename one of the two; names that differ only in case count as the same")
            }
            InsertError::BadPath => {
                let message = format!("`{path}` cannot be the path of a file");
                Diagnostic::new(&codes::PATH_LEAVES_TREE, origin, message)
                    .help("use a relative path without `..`, `:`, `\\` and control characters")
            }
        });
    }

    /// Whether a path below the monorepo's root is taken already.
    pub(super) fn has(&self, path: &camino::Utf8Path) -> bool {
        self.tree.get(Utf8PathBuf::from(ROOT).join(path)).is_some()
    }
}
