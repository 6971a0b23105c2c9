//! `files`: the learner's folder with a remark per file.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::context::{Lower, block};
use super::rich::rich_value;
use super::spec::{DirectiveSpec, IdUse};
use crate::diag::Diagnostic;
use crate::diag::catalog::tree::MISSING_FILE;
use crate::ir::{Block, FileRow, Node, RichText};
use crate::source::Span;
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "files", body: Body::None, parents: &[], children: None },
    summary: "The files of the learner's folder, each with a remark.",
    notes: "Remarks come from the stack and from `files:` in scenario.yml. Files without a remark are not listed.",
    id: IdUse::None,
    attributes: &[],
    example: "::files\n",
};

/// The file list. `solution/` is never in it.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let _ = lower.decode(&SPEC, directive);
    let (Some(written), Some(stage)) = (lower.written(), lower.stages().first()) else { return Vec::new() };
    let own = &written.manifest.files;
    for (path, _) in own.iter() {
        if !stage.files.contains_key(Utf8Path::new(&path.value)) {
            let message = format!("there is no file `{}` in the learner's folder", path.value);
            let names: Vec<&str> = stage.files.keys().map(|path| path.as_str()).collect();
            let near = crate::syntax::yaml::closest(&path.value, names)
                .map(|near| format!("did you mean `{near}`?"));
            lower.sink.push(Diagnostic::new(&MISSING_FILE, path.span, message).maybe_help(near));
        }
    }
    let mut rows = Vec::new();
    let mut folders = BTreeSet::new();
    for path in stage.files.keys() {
        let remark = own.get(path.as_str()).map(|text| rich_value(lower, text)).or_else(|| {
            let stack = lower.stack?;
            let file = stack.manifest.files.iter().find(|file| file.path.path == *path)?;
            file.about.as_ref().map(|about| rich_value(lower, about))
        });
        let Some(remark) = remark else { continue };
        push_folders(path, &mut folders, &mut rows);
        let depth = path.components().count() - 1;
        rows.push(FileRow { depth, name: path.file_name().unwrap_or_default().to_owned(), remark });
    }
    if rows.is_empty() { Vec::new() } else { vec![block(span, Node::Files(rows))] }
}

fn push_folders<'p>(path: &'p Utf8Path, folders: &mut BTreeSet<&'p Utf8Path>, rows: &mut Vec<FileRow>) {
    let mut above: Vec<&Utf8Path> =
        path.ancestors().skip(1).filter(|folder| !folder.as_str().is_empty()).collect();
    above.reverse();
    for (depth, folder) in above.into_iter().enumerate() {
        if folders.insert(folder) {
            let name = format!("{}/", folder.file_name().unwrap_or_default());
            rows.push(FileRow { depth, name, remark: RichText::default() });
        }
    }
}
