//! Running text of a page: copied, with what would mean something else in a source tree patched.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::references::Names;
use super::writer::{Facts, Writer};
use crate::adopt::convert::ids::Ids;
use crate::adopt::convert::prose::{Into, Patch, marks};
use crate::adopt::{Folder, Made, MadeFile, Page, PartKind, Purpose, Repository};
use crate::diag::Sink;
use crate::directive::shapes;
use crate::source::{FileId, Span};
use crate::syntax::document::{Block, BlockKind, Link, parse_document};

/// The pictures that a page shows: where each is in the repository, and its name below `diagrams/`.
#[derive(Debug, Default)]
pub(in crate::adopt::convert) struct Pictures {
    names: BTreeMap<FileId, String>,
}

impl Pictures {
    /// The pictures that a page's images lead to.
    pub(in crate::adopt::convert) fn of(repository: &Repository, folder: &Folder, page: &Page) -> Self {
        let mut names = BTreeMap::new();
        let mut taken = Ids::default();
        let figures = page.parts.iter().filter_map(|part| match &part.kind {
            PartKind::Figure(figure) => Some(figure.path.value.clone()),
            _ => None,
        });
        let images = links_of(repository, page).into_iter().filter(|link| link.image);
        for path in figures.chain(images.map(|link| link.destination.value)) {
            let Some(file) = target(repository, folder, &path) else { continue };
            names.entry(file).or_insert_with(|| file_name(repository.files.path(file), &mut taken));
        }
        Self { names }
    }

    /// Whether the page shows this file.
    pub(in crate::adopt::convert) fn has(&self, file: FileId) -> bool {
        self.names.contains_key(&file)
    }

    /// The files below a scenario's folder.
    pub(in crate::adopt::convert) fn files(&self, scenario: &str) -> Vec<MadeFile> {
        let made = self.names.iter().map(|(file, name)| MadeFile {
            path: format!("{scenario}/diagrams/{name}").into(),
            executable: false,
            made: Made::Copy(*file),
        });
        made.collect()
    }

    fn path(&self, file: FileId) -> Option<String> {
        self.names.get(&file).map(|name| format!("diagrams/{name}"))
    }
}

fn file_name(path: &Utf8Path, taken: &mut Ids) -> String {
    let stem = path.file_stem().unwrap_or("picture");
    let id = taken.take(stem, "picture");
    // A name that is fine stays.
    let name = if crate::adopt::convert::ids::slug(stem) == id { stem.to_owned() } else { id };
    path.extension().map_or_else(|| name.clone(), |extension| format!("{name}.{extension}"))
}

/// The file of the repository that a path on a folder's page leads to.
fn target(repository: &Repository, folder: &Folder, path: &str) -> Option<FileId> {
    if path.contains("://") {
        return None;
    }
    let path = path.split(['#', '?']).next().unwrap_or(path).replace("%20", " ");
    let mut at: Utf8PathBuf = folder.path.clone();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if !at.pop() {
                    return None;
                }
            }
            part => at.push(part),
        }
    }
    repository.files.find(&at)
}

fn links_of(repository: &Repository, page: &Page) -> Vec<Link> {
    fn collect(blocks: &[Block], links: &mut Vec<Link>) {
        for block in blocks {
            links.extend(block.links.iter().cloned());
            if let BlockKind::Directive(directive) = &block.kind {
                collect(&directive.children, links);
            }
        }
    }
    let document = parse_document(&repository.files, page.file, &shapes(), &Sink::default());
    let mut links = Vec::new();
    collect(&document.blocks, &mut links);
    links
}

/// What has to be known to copy text.
pub(super) struct Texts<'a> {
    facts: &'a Facts<'a>,
    pictures: &'a Pictures,
    links: Vec<Link>,
    names: Names,
}

impl<'a> Texts<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, page: &Page, pictures: &'a Pictures) -> Self {
        let names = match facts.purpose {
            Purpose::Import => Names::of(facts, page, |path| {
                target(facts.repository, facts.folder, path).is_some_and(|file| pictures.has(file))
            }),
            Purpose::Audit => Names::default(),
        };
        Self { facts, pictures, links: links_of(facts.repository, page), names }
    }

    /// What is patched in a range of the repository.
    pub(super) fn patches(&self, span: Span, into: Into) -> Vec<Patch> {
        let text = self.facts.repository.files.slice(span);
        let mut patches = marks(text, span.start as usize, into);
        for link in &self.links {
            let inside =
                link.span.file == span.file && span.start <= link.span.start && link.span.end <= span.end;
            if inside {
                patches.extend(self.link(link));
            }
        }
        let taken: Vec<_> = self.links.iter().map(|link| link.span.range()).collect();
        if self.facts.purpose == Purpose::Import {
            let of_page = self.facts.folder.page.as_ref().is_some_and(|page| page.file == span.file);
            patches.extend(self.names.patches(text, span.start as usize, if of_page { &taken } else { &[] }));
        }
        patches.sort_by_key(|(range, _)| (range.start, range.end));
        patches
    }

    fn link(&self, link: &Link) -> Vec<Patch> {
        // An address that stands elsewhere is patched where it stands.
        let destination = &link.destination;
        if destination.span == link.span {
            return Vec::new();
        }
        if !link.image {
            return self
                .address(&destination.value)
                .map(|to| (destination.span.range(), to))
                .into_iter()
                .collect();
        }
        match self.picture(&destination.value) {
            Some(path) if path != destination.value => vec![(destination.span.range(), path)],
            Some(_) => Vec::new(),
            // A build wants every picture; without its mark it is a link that leads nowhere, as before.
            None if self.facts.purpose == Purpose::Import && !destination.value.contains("://") => {
                let start = link.span.start as usize;
                vec![(start..start + 1, String::new())]
            }
            None => Vec::new(),
        }
    }

    /// A link to another scenario's page or to a file of the solution, as a reference.
    fn address(&self, path: &str) -> Option<String> {
        if self.facts.purpose == Purpose::Audit || path.contains(':') {
            return None;
        }
        if let Some(known) = self.names.path(path) {
            return Some(known.to_owned());
        }
        if path.contains('#') {
            return None;
        }
        let file = target(self.facts.repository, self.facts.folder, path)?;
        let folders = self.facts.repository.folders.iter().zip(self.facts.ids);
        let is_page = |folder: &Folder| {
            folder.readme == Some(file) || folder.page.as_ref().is_some_and(|page| page.file == file)
        };
        let mut others = folders.filter(|(folder, _)| folder.path != self.facts.folder.path);
        others.find(|(folder, _)| is_page(folder)).map(|(_, id)| format!("scenario:{id}"))
    }

    /// Where a picture of the page lies in the source tree.
    pub(super) fn picture(&self, path: &str) -> Option<String> {
        let file = target(self.facts.repository, self.facts.folder, path)?;
        self.pictures.path(file)
    }
}

impl Writer<'_, '_> {
    /// Copies whole lines of the page.
    pub(super) fn keep(&mut self, span: Span) {
        self.out.end_line(span);
        let patches = self.texts.patches(span, Into::Page);
        self.out.copy_with(span, &patches);
    }

    /// Copies text into a directive: runs of bytes, parted as they are in the repository.
    pub(super) fn runs(&mut self, runs: &[Span], indent: &str) {
        let mut before: Option<Span> = None;
        for run in runs {
            if let Some(before) = before {
                let gap = if before.file == run.file && before.end <= run.start {
                    self.slice(Span { file: run.file, start: before.end, end: run.start })
                } else {
                    "\n\n"
                };
                let has_end = self.slice(before).ends_with('\n');
                let count = gap.matches('\n').count() + usize::from(has_end);
                let text = match count {
                    0 if gap.is_empty() => String::new(),
                    0 => " ".to_owned(),
                    1 if has_end => indent.to_owned(),
                    1 => format!("\n{indent}"),
                    _ => format!("{}\n{indent}", if has_end { "" } else { "\n" }),
                };
                self.out.write(text, *run);
            }
            self.run(*run, indent);
            before = Some(*run);
        }
    }

    fn run(&mut self, run: Span, indent: &str) {
        let text = self.slice(run);
        let trimmed = Span::new(run.file, run.start as usize, run.start as usize + text.trim_end().len());
        let mut patches = self.texts.patches(trimmed, Into::Directive);
        if !indent.is_empty() {
            let at = run.start as usize;
            // What is indented far enough belongs to the item already.
            let starts = text.trim_end().match_indices('\n').map(|(end, _)| end + 1);
            let short = starts.filter(|start| {
                let line = text[*start..].lines().next().unwrap_or("");
                !line.trim().is_empty() && line.len() - line.trim_start_matches(' ').len() < indent.len()
            });
            patches.extend(short.map(|start| (at + start..at + start, indent.to_owned())));
            patches.sort_by_key(|(range, _)| (range.start, range.end));
        }
        self.out.copy_with(trimmed, &patches);
    }
}
