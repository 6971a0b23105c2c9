//! Links as they are emitted, followed through the output tree: Markdown of the monorepo, pages of the
//! site. What leads to another host is not followed, since a build uses no network.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::written::{decode_percent, scheme_of, written_addresses};
use crate::check::{Checked, Scope};
use crate::diag::{CodeSpec, Diagnostic};
use crate::emit::print::gfm::anchors_of;
use crate::emit::print::html::scenario_page;
use crate::emit::tree::{OutputFile, OutputTree};
use crate::model::Scenario;
use crate::source::{FileId, Span};
use crate::syntax::document::parse_inline_links;
use crate::syntax::html::for_each_attribute;

const MONOREPO: &str = "dist/monorepo";
const SITE: &str = "dist/site";

/// What is wrong with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// There is no such file.
    File,
    /// There is the file, and in it no such place.
    Anchor,
}

/// A link that leads nowhere.
pub struct Broken {
    pub fault: Fault,
    /// What an author can edit.
    pub span: Span,
    pub destination: String,
    /// The outputs in which it is broken, in words.
    pub outputs: BTreeSet<&'static str>,
    /// The first file in which it was found, and its line there.
    emitted: (String, String),
}

impl Broken {
    /// A finding about it, which shows the line as emitted.
    pub fn finding(&self, spec: &'static CodeSpec, message: String) -> Diagnostic {
        Diagnostic::new(spec, self.span, message).emitted(self.emitted.0.as_str(), self.emitted.1.as_str())
    }

    /// "in the monorepo and on the site"
    pub fn place(&self) -> String {
        self.outputs.iter().copied().collect::<Vec<_>>().join(" and ")
    }
}

/// All links with a fault, once for each place in the source. Followed once for all rules.
pub fn broken_links(checked: &Checked<'_>) -> Arc<Vec<Broken>> {
    checked.shared.get(|| follow(checked))
}

/// Follows them before the first rule asks, on all cores.
pub fn prepare(checked: &Checked<'_>) {
    let _ = broken_links(checked);
}

fn follow(checked: &Checked<'_>) -> Vec<Broken> {
    let Some(tree) = checked.tree else { return Vec::new() };
    let outputs = Outputs::new(checked, tree);
    let files = emitted_in(checked, tree);
    let faults: Vec<_> = files.par_iter().map(|(path, _)| outputs.faults_in(path)).collect();
    let written = LazyCell::new(|| written_addresses(checked));
    let mut found: BTreeMap<(Place, Fault, String), Broken> = BTreeMap::new();
    for ((path, file), faults) in files.into_iter().zip(faults) {
        for (destination, at, fault) in faults {
            let output = if path.starts_with(SITE) { "on the site" } else { "in the monorepo" };
            for span in places(checked, &written, path, file, &destination) {
                let key = ((span.file, span.start, span.end), fault, destination.clone());
                let line = || line_at(tree.text(path).unwrap_or(""), at).to_owned();
                let broken = found.entry(key).or_insert_with(|| Broken {
                    fault,
                    span,
                    destination: destination.clone(),
                    outputs: BTreeSet::new(),
                    emitted: (path.to_string(), line()),
                });
                broken.outputs.insert(output);
            }
        }
    }
    found.into_values().collect()
}

/// The outputs to look at.
fn emitted_in<'t>(checked: &Checked<'_>, tree: &'t OutputTree) -> Vec<(&'t Utf8Path, &'t OutputFile)> {
    match checked.scope {
        Scope::Whole => tree.iter().collect(),
        Scope::Scenario(index) => {
            let Scenario { id, folder, .. } = &checked.course.scenarios[index];
            let folders = [format!("{MONOREPO}/{folder}"), format!("{SITE}/{}", scenario_page(id))];
            folders.iter().flat_map(|folder| tree.below(folder)).collect()
        }
    }
}

/// A place in the source, in order.
type Place = (FileId, u32, u32);

/// The line around a place, cut where it is long.
fn line_at(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(100));
    let to = text.floor_char_boundary(at.saturating_add(200).min(text.len()));
    let start = text[from..at].rfind('\n').map_or(from, |newline| from + newline + 1);
    let end = text[at..to].find('\n').map_or(to, |newline| at + newline);
    text[start..end].trim()
}

/// What an author can edit: the links with this address in the sources of the page, else in snippets
/// and manifests; else what the file was made from.
fn places(
    checked: &Checked<'_>,
    written: &BTreeMap<String, Vec<Span>>,
    path: &Utf8Path,
    file: &OutputFile,
    destination: &str,
) -> Vec<Span> {
    let candidates = written.get(&decode_percent(destination)).map(Vec::as_slice).unwrap_or_default();
    let path_of = |span: &Span| checked.files.path(span.file);
    if let Some(source) = source_of(checked, path) {
        let own: Vec<Span> =
            candidates.iter().copied().filter(|span| path_of(span).starts_with(&source)).collect();
        if !own.is_empty() {
            return own;
        }
        if let Some(span) = in_raw_html(checked, &source, destination) {
            return vec![span];
        }
    }
    let is_page =
        |path: &Utf8Path| path.starts_with("content/scenarios") || path.starts_with("content/tutorials");
    let shared: Vec<Span> = candidates.iter().copied().filter(|span| !is_page(path_of(span))).collect();
    if !shared.is_empty() {
        return shared;
    }
    let origin = file.origin.unwrap_or_else(Span::nowhere);
    if file.origin.is_none() {
        return Vec::new();
    }
    let text = checked.files.text(origin.file).unwrap_or("");
    match text.find(destination).filter(|_| !destination.is_empty()) {
        Some(at) => vec![Span::new(origin.file, at, at + destination.len())],
        None => vec![origin],
    }
}

/// An address in raw HTML of a page, which goes out as it is.
fn in_raw_html(checked: &Checked<'_>, source: &Utf8Path, destination: &str) -> Option<Span> {
    let pages = checked.pages.iter().filter(|page| checked.files.path(page.file).starts_with(source));
    let quoted = [format!("=\"{destination}\""), format!("='{destination}'")];
    pages.into_iter().find_map(|page| {
        let text = checked.files.text(page.file).ok()?;
        let at = quoted.iter().find_map(|quoted| text.find(quoted.as_str()))? + 2;
        Some(Span::new(page.file, at, at + destination.len()))
    })
}

/// The folder of the source that an emitted page comes from.
fn source_of(checked: &Checked<'_>, path: &Utf8Path) -> Option<Utf8PathBuf> {
    if let Ok(inside) = path.strip_prefix(MONOREPO) {
        let folder = inside.components().next()?.as_str();
        let scenario = checked.course.scenarios.iter().find(|scenario| scenario.folder == folder)?;
        return Some(Utf8Path::new("content/scenarios").join(&scenario.id));
    }
    let inside = path.strip_prefix(SITE).ok()?;
    let mut parts = inside.components().map(|part| part.as_str());
    match (parts.next()?, parts.next()?) {
        (kind @ ("scenarios" | "tutorials"), id) => Some(Utf8Path::new("content").join(kind).join(id)),
        _ => None,
    }
}

/// What links can lead to.
struct Outputs<'t> {
    tree: &'t OutputTree,
    /// The paths of all files and folders, where many links are followed.
    known: Option<(HashSet<&'t str>, HashSet<&'t str>)>,
    /// The path at which the site is published; begins and ends with `/`.
    base: String,
    pages: HashMap<&'t Utf8Path, PageOfSite<'t>>,
    /// The anchors of Markdown, read when the first link leads to one.
    anchors: Mutex<HashMap<Utf8PathBuf, Arc<BTreeSet<String>>>>,
}

/// What is read of a page of the site, in one go.
#[derive(Default)]
struct PageOfSite<'t> {
    links: Vec<(Cow<'t, str>, usize)>,
    anchors: HashSet<Cow<'t, str>>,
}

impl<'t> PageOfSite<'t> {
    fn read(text: &'t str) -> Self {
        let mut page = Self::default();
        for_each_attribute(text, |it| {
            if matches!(it.name, "href" | "src") {
                page.links.push((it.value, it.at.start));
            } else if it.name == "id" || (it.element == "a" && it.name == "name") {
                page.anchors.insert(it.value);
            }
        });
        page
    }
}

impl<'t> Outputs<'t> {
    fn new(checked: &Checked<'_>, tree: &'t OutputTree) -> Self {
        let known = (checked.scope == Scope::Whole).then(|| {
            let files: HashSet<&str> = tree.iter().map(|(path, _)| path.as_str()).collect();
            let mut folders = HashSet::new();
            for (path, _) in tree.iter() {
                // Where a folder is known, those above it are.
                let mut above = path.ancestors().skip(1);
                while above.next().is_some_and(|folder| folders.insert(folder.as_str())) {}
            }
            (files, folders)
        });
        let of_site = emitted_in(checked, tree).into_iter().map(|(path, _)| path);
        let of_site = of_site.filter(|path| is_page_of_site(path));
        let of_site: Vec<_> = of_site.filter_map(|path| Some((path, tree.text(path)?))).collect();
        let read = of_site.into_par_iter().map(|(path, text)| (path, PageOfSite::read(text)));
        let pages = read.collect::<Vec<_>>().into_iter().collect();
        let site = checked.course.site.as_deref().and_then(|site| site.split_once("://"));
        let base = site.and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        let base = base.unwrap_or_else(|| "/".to_owned());
        Self { tree, known, base, pages, anchors: Mutex::default() }
    }

    /// The links of an emitted file that lead nowhere, each once, with its first place.
    fn faults_in(&self, path: &Utf8Path) -> Vec<(String, usize, Fault)> {
        if let Some(page) = self.pages.get(path) {
            let links = page.links.iter().map(|(destination, at)| (destination.as_ref(), *at));
            return self.faults_of(path, links);
        }
        if path.extension() != Some("md") || !path.starts_with(MONOREPO) {
            return Vec::new();
        }
        let Some(text) = self.tree.text(path) else { return Vec::new() };
        let is_sound = |destination: &str| self.fault_of(path, destination).is_none();
        if destinations_of(text).is_some_and(|mut all| all.all(is_sound)) {
            return Vec::new();
        }
        let whole = Span::new(Span::nowhere().file, 0, text.len());
        let links = parse_inline_links(text, whole);
        let links = links.iter().map(|link| (link.destination.value.as_str(), link.span.start as usize));
        self.faults_of(path, links)
    }

    fn faults_of<'l>(
        &self,
        path: &Utf8Path,
        links: impl Iterator<Item = (&'l str, usize)>,
    ) -> Vec<(String, usize, Fault)> {
        let mut seen = HashSet::new();
        let once = links.filter(|(destination, _)| seen.insert(*destination));
        let faults = once.filter_map(|(destination, at)| {
            Some((destination.to_owned(), at, self.fault_of(path, destination)?))
        });
        faults.collect()
    }

    fn fault_of(&self, from: &Utf8Path, destination: &str) -> Option<Fault> {
        if scheme_of(destination).is_some() || destination.starts_with("//") {
            return None;
        }
        let (address, anchor) =
            destination.split_once('#').map_or((destination, ""), |(address, anchor)| (address, anchor));
        let address = address.split('?').next().unwrap_or("");
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
    fn target(&self, from: &Utf8Path, address: &str) -> Option<Utf8PathBuf> {
        let address = decode_percent(address);
        if address.is_empty() {
            return Some(from.to_owned());
        }
        let is_site = from.starts_with(SITE);
        let root = if is_site { SITE } else { MONOREPO };
        let mut at = match address.strip_prefix('/') {
            Some(inside) if is_site => {
                let inside =
                    address.strip_prefix(self.base.as_str()).or((self.base == "/").then_some(inside))?;
                return self.existing(root, &[], inside, is_site);
            }
            Some(inside) => return self.existing(root, &[], inside, is_site),
            None => from
                .strip_prefix(root)
                .ok()?
                .parent()?
                .components()
                .map(|part| part.as_str())
                .collect::<Vec<_>>(),
        };
        at.retain(|part| !part.is_empty());
        self.existing(root, &at, &address, is_site)
    }

    fn existing(&self, root: &str, folder: &[&str], address: &str, is_site: bool) -> Option<Utf8PathBuf> {
        let mut parts = folder.to_vec();
        for part in address.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        let mut path = Utf8PathBuf::from(root);
        path.extend(&parts);
        if self.has_file(&path) && !address.ends_with('/') {
            return Some(path);
        }
        if !self.has_folder(&path) {
            return None;
        }
        // A server answers a folder with its index; GitHub lists what is in it.
        let index = path.join("index.html");
        match (is_site, self.has_file(&index)) {
            (true, true) => Some(index),
            (true, false) => None,
            (false, _) => Some(path),
        }
    }

    fn has_file(&self, path: &Utf8Path) -> bool {
        match &self.known {
            Some((files, _)) => files.contains(path.as_str()),
            None => self.tree.get(path).is_some(),
        }
    }

    fn has_folder(&self, path: &Utf8Path) -> bool {
        match &self.known {
            Some((_, folders)) => folders.contains(path.as_str()),
            None => self.tree.below(path.as_str()).next().is_some(),
        }
    }

    /// Whether a target has an anchor; `None` where nobody can tell.
    fn has_anchor(&self, target: &Utf8Path, anchor: &str) -> Option<bool> {
        if let Some(page) = self.pages.get(target) {
            return Some(page.anchors.contains(anchor));
        }
        let text = self.tree.text(target)?;
        match target.extension() {
            Some("md") => {}
            Some("html") => return Some(PageOfSite::read(text).anchors.contains(anchor)),
            _ => return None,
        }
        let known = || self.anchors.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(target).cloned();
        let found = found.unwrap_or_else(|| {
            let read = Arc::new(anchors_of(text));
            known().insert(target.to_owned(), Arc::clone(&read));
            read
        });
        Some(found.contains(anchor))
    }
}

fn is_page_of_site(path: &Utf8Path) -> bool {
    path.extension() == Some("html") && path.starts_with(SITE)
}

/// The destinations that stand in Markdown, also where they are no links, as in code; `None` where it
/// takes a parser to tell. All others have a scheme.
fn destinations_of(text: &str) -> Option<impl Iterator<Item = &str>> {
    // Definitions stand apart from their links.
    if text.contains("]:") {
        return None;
    }
    let all = text.match_indices("](").map(move |(at, mark)| {
        let rest = &text[at + mark.len()..];
        let mut depth = 0_usize;
        let end = rest.bytes().position(|byte| {
            match byte {
                b'(' => depth += 1,
                b')' if depth > 0 => depth -= 1,
                _ => return byte == b')' || byte.is_ascii_whitespace() || byte.is_ascii_control(),
            }
            false
        });
        &rest[..end.unwrap_or(rest.len())]
    });
    let mut written = all.clone();
    let is_plain = |it: &str| !it.is_empty() && !it.starts_with('<') && !it.contains(['\\', '&']);
    written.all(is_plain).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_found_without_a_parser_where_they_are_plain() {
        let found = |text: &'static str| destinations_of(text).map(Iterator::collect::<Vec<_>>);
        assert_eq!(
            found("[a](b) ![c](d/e.svg \"T\") `[f](g)` [h](i_(j))"),
            Some(vec!["b", "d/e.svg", "g", "i_(j)"])
        );
        assert_eq!(found("no links, but https://example.org"), Some(vec![]));
        for text in
            ["[a](<b c>)", "[a]( b)", "[a](\nb)", "[a](b&amp;c)", "[a](b\\)c)", "[a]()", "[a][b]\n\n[b]: c"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
