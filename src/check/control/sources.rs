//! The suppressions in the files of a project, and of the stacks that it uses.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::check::page::is_page;
use crate::diag::Sink;
use crate::directive::shapes;
use crate::source::{FileId, Files};
use crate::syntax::document::parse_document;
use crate::syntax::suppression::{Suppression, page_suppressions, scan_suppressions};

/// The suppressions of a project by file.
#[derive(Clone, Debug, Default)]
pub struct Suppressions(BTreeMap<FileId, Vec<Suppression>>);

impl Suppressions {
    /// Those of all files.
    #[must_use]
    pub fn collect(files: &Files) -> Self {
        Self(collect(files))
    }

    /// Those of the files of a repository that is edited by hand.
    #[must_use]
    pub fn of_repository(files: &Files) -> Self {
        let all: Vec<FileId> = files.iter().map(|(file, _)| file).collect();
        let found = all.par_iter().filter_map(|file| {
            let found = scan_suppressions(files.path(*file), files.text(*file).ok()?);
            (!found.is_empty()).then_some((*file, found))
        });
        Self(found.collect())
    }

    /// Reads those of one file again, whose text changed.
    pub fn renew(&mut self, files: &Files, file: FileId) {
        let found = suppressions_of(files, file);
        if found.is_empty() {
            self.0.remove(&file);
        } else {
            self.0.insert(file, found);
        }
    }

    /// Files that have some, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &[Suppression])> {
        self.0.iter().map(|(file, found)| (*file, found.as_slice()))
    }
}

fn collect(files: &Files) -> BTreeMap<FileId, Vec<Suppression>> {
    let all: Vec<FileId> = files
        .iter()
        .filter(|(_, entry)| entry.path.starts_with("content") || entry.path.starts_with("devcontainers"))
        .map(|(file, _)| file)
        .collect();
    let found = all.par_iter().filter_map(|file| {
        let found = suppressions_of(files, *file);
        (!found.is_empty()).then_some((*file, found))
    });
    found.collect()
}

fn suppressions_of(files: &Files, file: FileId) -> Vec<Suppression> {
    let Ok(text) = files.text(file) else { return Vec::new() };
    let path = files.path(file);
    if is_page(path) {
        // Most pages have none, and all of them are parsed already.
        let document = parse_document(files, file, &shapes(), &Sink::default());
        page_suppressions(&document, text)
    } else {
        scan_suppressions(path, text)
    }
}
