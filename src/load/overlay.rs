//! The app and the solutions as trees: files laid over files, each as authors wrote it and as
//! learners get it.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::catalog::document::REGION_UNCLOSED;
use crate::diag::catalog::tree::{MISSING_FILE, UNUSED_FILE};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::course::Comments;
use crate::model::{StageFile, Written};
use crate::source::{Content, FileId, Files, Span};
use crate::syntax::code::{RegionFaultKind, scan_regions};

/// The files of a learner's folder.
pub type Tree = BTreeMap<Utf8PathBuf, StageFile>;

/// Lays the folders of one scenario over trees.
pub struct Overlay<'a> {
    pub files: &'a Files,
    pub written: &'a Written,
    pub comments: Comments,
    pub sink: &'a Sink,
}

impl Overlay<'_> {
    /// Lays the files of a folder over a tree.
    pub fn lay(&self, folder: &Utf8Path, tree: &mut Tree) {
        for (id, path) in self.files.below(folder) {
            let Ok(relative) = path.strip_prefix(folder) else { continue };
            tree.insert(relative.to_owned(), self.stage_file(id, relative));
        }
    }

    /// Lays a fix's files over a tree. SQL files are typed by the learner and are no overlay.
    pub fn lay_fix(&self, fix: &str, tree: &mut Tree) {
        let folder = self.written.source.join("solution").join(fix);
        let declared = self.written.manifest.fixes.iter().find(|found| found.id.text == fix);
        let typed: Vec<&Utf8PathBuf> =
            declared.map(|fix| fix.sql.iter().map(|path| &path.path).collect()).unwrap_or_default();
        for (id, path) in self.files.below(&folder) {
            let Ok(relative) = path.strip_prefix(&folder) else { continue };
            if typed.iter().any(|typed| typed.as_path() == relative) {
                continue;
            }
            let file = self.stage_file(id, relative);
            tree.insert(relative.to_owned(), file);
        }
        for sql in declared.into_iter().flat_map(|fix| &fix.sql) {
            if self.files.find(folder.join(&sql.path)).is_none() {
                let message = format!("there is no file `{}`", folder.join(&sql.path));
                self.sink.push(
                    Diagnostic::new(&MISSING_FILE, sql.span, message)
                        .help("create it with the SQL of the fix"),
                );
            }
        }
    }

    fn stage_file(&self, id: FileId, relative: &Utf8Path) -> StageFile {
        let entry = self.files.entry(id);
        let origin = Span::file_start(id);
        let executable = entry.executable;
        let Content::Text(text) = &entry.content else {
            let bytes = self.files.shared_bytes(id);
            return StageFile { executable, ..StageFile::binary(bytes, origin) };
        };
        for fault in scan_regions(relative, text).faults {
            let span = Span::new(id, fault.range.start, fault.range.end);
            let mut finding = Diagnostic::new(&REGION_UNCLOSED, span, region_message(&fault.kind));
            if let Some(other) = fault.other {
                finding = finding.also(Span::new(id, other.start, other.end), "the other marker");
            }
            self.sink.push(
                finding
                    .help("regions open with `#region id`, close with `#endregion`, nest, and never cross"),
            );
        }
        StageFile { executable, ..StageFile::written(relative, text, self.comments, origin) }
    }

    /// Reports folders of `solution/` that belong to no fix.
    pub fn check_solution_folders(&self) {
        let root = self.written.source.join("solution");
        let fixes = &self.written.manifest.fixes;
        for folder in self.files.folders_in(&root) {
            if fixes.iter().any(|fix| fix.id.text == folder) {
                continue;
            }
            if let Some((first, _)) = self.files.below(&root.join(&folder)).next() {
                let names: Vec<&str> = fixes.iter().map(|fix| fix.id.as_str()).collect();
                let near = crate::syntax::yaml::closest(&folder, names);
                let message = format!("`solution/{folder}` belongs to no fix");
                let help = near.map_or_else(
                    || format!("add `- {{id: {folder}}}` to `fixes`, or remove the folder"),
                    |near| format!("did you mean `solution/{near}`?"),
                );
                self.sink.push(Diagnostic::new(&UNUSED_FILE, Span::file_start(first), message).help(help));
            }
        }
    }
}

fn region_message(kind: &RegionFaultKind) -> String {
    match kind {
        RegionFaultKind::Unclosed { id } => format!("the region `{id}` is never closed"),
        RegionFaultKind::StrayEnd => "this marker closes no region".to_owned(),
        RegionFaultKind::Crossing { id, innermost } => {
            format!("the region `{id}` is closed before `{innermost}`, which was opened inside it")
        }
        RegionFaultKind::DuplicateId { id } => format!("the region `{id}` stands twice in this file"),
        RegionFaultKind::EndNamesAnother { named, open } => {
            format!("this marker closes `{named}`, but `{open}` is open")
        }
        RegionFaultKind::BadId { written } => format!("`{written}` is not a valid id for a region"),
    }
}
