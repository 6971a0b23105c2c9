//! The source tree that was made of a repository, in memory, and the way from a place in it back to the
//! repository. The repository's own files stand beside it under [`ASIDE`], so that what is found in a file
//! that the source tree has no place for has a place as well.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::super::{Conversion, Made, Repository};
use crate::emit::tree::{OutputFile, OutputTree};
use crate::source::{FileId, Files, Origin, Span};

/// The folder of the repository's own files; no source tree has one of this name.
const ASIDE: &str = "repository";

/// Where learners' files lie among outputs.
const MONOREPO: &str = "dist/monorepo";

/// The way back.
pub struct Places<'r> {
    repository: &'r Repository,
    conversion: &'r Conversion,
    /// Files of the source tree: the index of what they were made of.
    made: HashMap<FileId, usize>,
    /// Files of the repository as they are called here.
    aside: HashMap<FileId, FileId>,
    /// Its Markdown files, which are pages here: those of scenarios as they stand, and all others.
    pages: HashMap<FileId, FileId>,
}

impl<'r> Places<'r> {
    /// Puts the files together.
    pub fn new(repository: &'r Repository, conversion: &'r Conversion) -> (Files, Self) {
        let mut files = Files::default();
        let mut made = HashMap::new();
        for (index, file) in conversion.made.iter().enumerate() {
            let bytes = file.bytes(&repository.files);
            made.insert(files.add(file.path.clone(), &bytes, Origin::Project, file.executable), index);
        }
        let mut aside = HashMap::new();
        for (id, entry) in repository.files.iter() {
            let path = Utf8Path::new(ASIDE).join(&entry.path);
            let here = files.add(path, repository.files.original(id), Origin::Aside, entry.executable);
            aside.insert(here, id);
        }
        let mut pages = HashMap::new();
        for (id, entry) in repository.files.iter().filter(|(_, entry)| entry.path.extension() == Some("md")) {
            let path = Utf8Path::new("content/snippets").join(&entry.path);
            pages.insert(files.add(path, repository.files.original(id), Origin::Project, false), id);
        }
        (files, Self { repository, conversion, made, aside, pages })
    }

    /// What learners get: the repository as it is.
    pub fn outputs(&self) -> OutputTree {
        let mut tree = OutputTree::default();
        for (here, id) in &self.aside {
            let entry = self.repository.files.entry(*id);
            let file = OutputFile {
                content: self.repository.files.shared_bytes(*id).into(),
                executable: entry.executable,
                origin: Some(Span::file_start(*here)),
            };
            // Two paths that differ only in case: the second one is looked at no further.
            let _ = tree.insert_file(Utf8Path::new(MONOREPO).join(&entry.path), file);
        }
        tree
    }

    /// Whether a place is in the page of a scenario as its author wrote it.
    pub fn is_written_page(&self, span: Span) -> bool {
        let page = |id: &FileId| {
            self.repository.folders.iter().any(|it| it.page.as_ref().is_some_and(|it| it.file == *id))
        };
        self.pages.get(&span.file).is_some_and(page)
    }

    /// Whether a place is in a text that was made of pieces, such as the page of a scenario.
    pub fn is_made_text(&self, span: Span) -> bool {
        let made = self.made.get(&span.file).map(|index| &self.conversion.made[*index].made);
        matches!(made, Some(Made::Text(_)))
    }

    /// A file of the repository as it is called among the files of the source tree.
    pub fn here(&self, files: &Files, id: FileId) -> Option<FileId> {
        files.find(Utf8Path::new(ASIDE).join(self.repository.files.path(id)))
    }

    /// Where a place of the source tree stands in the repository; `None` if nothing there made it.
    pub fn back(&self, files: &Files, span: Span) -> Option<Span> {
        if let Some(id) = self.aside.get(&span.file).or_else(|| self.pages.get(&span.file)) {
            return Some(Span { file: *id, ..span });
        }
        let made = &self.conversion.made[*self.made.get(&span.file)?];
        let found = made.origin(&self.repository.files, span.start as usize, span.end as usize);
        if found.file == Span::nowhere().file {
            return None;
        }
        let lines = |files: &Files, span: Span| files.slice(span).trim_end().matches('\n').count();
        let is_wider = lines(&self.repository.files, found) > lines(files, span);
        Some(if is_wider { self.first_line(found) } else { found })
    }

    /// A place in a file as learners get it, named by its path there and the line; `near` is a place of the
    /// scenario.
    pub fn back_by_line(&self, files: &Files, near: Span, path: &str, line: &str) -> Option<Span> {
        let below = Utf8Path::new("content/scenarios");
        let id = files.path(near.file).strip_prefix(below).ok()?.components().next()?.as_str().to_owned();
        let index = self.conversion.ids.iter().position(|known| *known == id)?;
        let folder = &self.repository.folders.get(index)?.path;
        let candidates = [folder.join(path), Utf8PathBuf::from(path.trim_start_matches("dist/monorepo/"))];
        let file = candidates.iter().find_map(|path| self.repository.files.find(path))?;
        let text = self.repository.files.text(file).ok()?;
        let at = text.find(line.trim())?;
        Some(Span::new(file, at, at + line.trim().len()))
    }

    fn first_line(&self, span: Span) -> Span {
        let text = self.repository.files.slice(span);
        let start = text.len() - text.trim_start().len();
        let length = text[start..].find('\n').unwrap_or(text.len() - start);
        span.sub(start, start + text[start..start + length].trim_end().len())
    }
}
