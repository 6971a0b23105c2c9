//! The outputs as links see them: which files there are, which places in them, and whether a link leads to
//! one of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::written::{decode_percent, scheme_of};
use crate::check::Scope;
use crate::emit::outline::Outline;
use crate::emit::print::gfm::anchors_of;
use crate::emit::tree::{OutputFile, OutputTree, folders_above};
use crate::source::Span;
use crate::syntax::document::parse_inline_links;

pub const MONOREPO: &str = "dist/monorepo";
pub const SITE: &str = "dist/site";

/// What a server answers a folder with.
const INDEX: &str = "/index.html";

/// What is wrong with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// There is no such file.
    File,
    /// There is the file, and in it no such place.
    Anchor,
}

/// What links can lead to.
pub struct Outputs<'t> {
    tree: &'t OutputTree,
    /// The paths of all files and folders, where many links are followed.
    known: Option<(FxHashSet<&'t str>, FxHashSet<&'t str>)>,
    /// The path at which the site is published; begins and ends with `/`.
    base: String,
    pages: HashMap<&'t Utf8Path, PageOfSite>,
    /// The anchors of Markdown, read when the first link leads to one.
    anchors: Mutex<HashMap<Utf8PathBuf, Arc<BTreeSet<String>>>>,
}

/// What is known of a page of the site. The page itself is not kept.
struct PageOfSite {
    /// The links of which it alone does not tell whether they lead somewhere, each once, with its place.
    links: Vec<(String, usize)>,
    outline: Arc<Outline>,
}

impl<'t> Outputs<'t> {
    /// The outputs of a course that is published at `site`. `files` are those whose links are followed.
    pub fn new(
        scope: Scope,
        site: Option<&str>,
        tree: &'t OutputTree,
        files: &[(&'t Utf8Path, &'t OutputFile)],
    ) -> Self {
        let known = (scope == Scope::Whole).then(|| {
            let folders = || {
                let mut folders = FxHashSet::default();
                for (path, _) in tree.iter() {
                    // Where a folder is known, those above it are.
                    let mut above = folders_above(path.as_str());
                    while above.next().is_some_and(|folder| folders.insert(folder)) {}
                }
                folders
            };
            rayon::join(|| tree.iter().map(|(path, _)| path.as_str()).collect(), folders)
        });
        let site = site.and_then(|site| site.split_once("://"));
        let base = site.and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        let base = base.unwrap_or_else(|| "/".to_owned());
        let mut outputs = Self { tree, known, base, pages: HashMap::new(), anchors: Mutex::default() };
        let of_site: Vec<_> = files.iter().filter(|(path, _)| is_page_of_site(path)).collect();
        let read = of_site
            .into_par_iter()
            .with_max_len(1)
            .filter_map(|(path, file)| Some((*path, outputs.read_page(path, file)?)));
        let read: Vec<_> = read.collect();
        outputs.pages.extend(read);
        outputs
    }

    /// Reads a page of the site. Most of its links lead to another page as a whole, or to a place of its
    /// own, and can be forgotten at once.
    fn read_page(&self, path: &Utf8Path, file: &OutputFile) -> Option<PageOfSite> {
        let outline = file.content.outline(path)?;
        let from = Source::new(path);
        let is_open = |address: &str| address.contains('#') || self.fault_of(&from, address).is_some();
        let links = outline.links().filter(|(address, _)| is_open(address));
        let links = links.map(|(address, at)| (address.to_owned(), at)).collect();
        Some(PageOfSite { links, outline })
    }

    /// The links of an emitted file that lead nowhere, each once, with its first place.
    pub fn faults_in(&self, path: &Utf8Path) -> Vec<(String, usize, Fault)> {
        if let Some(page) = self.pages.get(path) {
            let links = page.links.iter().map(|(destination, at)| (destination.as_str(), *at));
            return self.faults_of(path, links);
        }
        if path.extension() != Some("md") || !path.starts_with(MONOREPO) {
            return Vec::new();
        }
        let from = Source::new(path);
        let is_sound = |(address, _): (&str, usize)| self.fault_of(&from, address).is_none();
        let outline = self.tree.get(path).and_then(|file| file.content.outline(path));
        if outline.is_some_and(|outline| outline.links().all(is_sound)) {
            return Vec::new();
        }
        let Some(text) = self.tree.text(path) else { return Vec::new() };
        let whole = Span::new(Span::nowhere().file, 0, text.len());
        let links = parse_inline_links(&text, whole);
        let links = links.iter().map(|link| (link.destination.value.as_str(), link.span.start as usize));
        self.faults_of(path, links)
    }

    fn faults_of<'l>(
        &self,
        path: &Utf8Path,
        links: impl Iterator<Item = (&'l str, usize)>,
    ) -> Vec<(String, usize, Fault)> {
        let (from, mut seen) = (Source::new(path), FxHashSet::default());
        let once = links.filter(|(destination, _)| seen.insert(*destination));
        let faults = once.filter_map(|(destination, at)| {
            Some((destination.to_owned(), at, self.fault_of(&from, destination)?))
        });
        faults.collect()
    }

    fn fault_of(&self, from: &Source<'_>, destination: &str) -> Option<Fault> {
        if scheme_of(destination).is_some() || destination.starts_with("//") {
            return None;
        }
        let place_of = |mark: u8, text: &str| text.bytes().position(|byte| byte == mark);
        let (address, anchor) = match place_of(b'#', destination) {
            Some(at) => (&destination[..at], &destination[at + 1..]),
            None => (destination, ""),
        };
        let address = &address[..place_of(b'?', address).unwrap_or(address.len())];
        if address.is_empty() && anchor.is_empty() {
            // `#` alone leads to the top; an empty address leads nowhere.
            return (!destination.starts_with(['#', '?'])).then_some(Fault::File);
        }
        let Some(target) = self.target(from, address) else { return Some(Fault::File) };
        if anchor.is_empty() || anchor.eq_ignore_ascii_case("top") {
            return None;
        }
        let has_anchor = self.has_anchor(&target, &decode_percent(anchor))?;
        (!has_anchor && !self.has_anchor(&target, anchor)?).then_some(Fault::Anchor)
    }

    /// The file or folder that an address means; `None` if there is none.
    fn target(&self, from: &Source<'_>, address: &str) -> Option<Utf8PathBuf> {
        let address = decode_percent(address);
        if address.is_empty() {
            return Some(from.path.to_owned());
        }
        match address.strip_prefix('/') {
            Some(inside) if from.root == SITE => {
                let inside =
                    address.strip_prefix(self.base.as_str()).or((self.base == "/").then_some(inside))?;
                self.existing(from.root, from.root, inside)
            }
            Some(inside) => self.existing(from.root, from.root, inside),
            None => self.existing(from.root, from.folder?, &address),
        }
    }

    /// What lies at an address that is seen from a folder; nothing is seen above the root.
    fn existing(&self, root: &str, folder: &str, address: &str) -> Option<Utf8PathBuf> {
        let mut path = String::with_capacity(folder.len() + 1 + address.len() + INDEX.len());
        path.push_str(folder);
        for part in address.split('/') {
            match part {
                "" | "." => {}
                ".." if path.len() > root.len() => path.truncate(path.rfind('/')?),
                ".." => return None,
                part => {
                    path.push('/');
                    path.push_str(part);
                }
            }
        }
        if self.has_file(&path) && !address.ends_with('/') {
            return Some(path.into());
        }
        if !self.has_folder(&path) {
            return None;
        }
        // A server answers a folder with its index; GitHub lists what is in it.
        if root == SITE {
            path.push_str(INDEX);
            return self.has_file(&path).then(|| path.into());
        }
        Some(path.into())
    }

    fn has_file(&self, path: &str) -> bool {
        match &self.known {
            Some((files, _)) => files.contains(path),
            None => self.tree.get(path).is_some(),
        }
    }

    fn has_folder(&self, path: &str) -> bool {
        match &self.known {
            Some((_, folders)) => folders.contains(path),
            None => self.tree.below(path).next().is_some(),
        }
    }

    /// Whether a target has an anchor; `None` where nobody can tell.
    fn has_anchor(&self, target: &Utf8Path, anchor: &str) -> Option<bool> {
        if let Some(page) = self.pages.get(target) {
            return Some(page.outline.has_anchor(anchor));
        }
        match target.extension() {
            Some("md") => {}
            Some("html") => return Some(self.tree.get(target)?.content.outline(target)?.has_anchor(anchor)),
            _ => return None,
        }
        let known = || self.anchors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(target) {
            return Some(found.contains(anchor));
        }
        let read = Arc::new(anchors_of(&self.tree.text(target)?));
        known().insert(target.to_owned(), Arc::clone(&read));
        Some(read.contains(anchor))
    }
}

/// A file from which links lead.
struct Source<'p> {
    path: &'p Utf8Path,
    /// The folder above which its links see nothing.
    root: &'static str,
    /// The one in which it lies, if that is in the root.
    folder: Option<&'p str>,
}

impl<'p> Source<'p> {
    fn new(path: &'p Utf8Path) -> Self {
        let root = if path.starts_with(SITE) { SITE } else { MONOREPO };
        let folder = path.parent().filter(|folder| folder.starts_with(root));
        Self { path, root, folder: folder.map(Utf8Path::as_str) }
    }
}

fn is_page_of_site(path: &Utf8Path) -> bool {
    path.extension() == Some("html") && path.starts_with(SITE)
}
