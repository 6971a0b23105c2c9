//! The suppressions in the files of a project, and of the stacks that it uses.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::page::is_page;
use crate::diag::Sink;
use crate::directive::shapes;
use crate::source::{FileId, Files};
use crate::syntax::document::parse_document;
use crate::syntax::suppression::{Suppression, page_suppressions, scan_suppressions};

/// The suppressions of every file that has some.
pub fn collect_suppressions(files: &Files) -> BTreeMap<FileId, Vec<Suppression>> {
    let all: Vec<FileId> = files
        .iter()
        .filter(|(_, entry)| entry.path.starts_with("content") || entry.path.starts_with("devcontainers"))
        .map(|(file, _)| file)
        .collect();
    let found = all.par_iter().filter_map(|file| {
        let text = files.text(*file).ok()?;
        let path = files.path(*file);
        let found = if is_page(path) {
            // Most pages have none, and all of them are parsed already.
            let document = parse_document(files, *file, &shapes(), &Sink::default());
            page_suppressions(&document, text)
        } else {
            scan_suppressions(path, text)
        };
        (!found.is_empty()).then_some((*file, found))
    });
    found.collect()
}
