//! Links as they are emitted, followed through the output tree: Markdown of the monorepo, pages of the
//! site. What leads to another host is not followed, since a build uses no network.

use std::cell::{LazyCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::written::{decode_percent, scheme_of, written_addresses};
use crate::check::{Checked, Scope};
use crate::diag::{CodeSpec, Diagnostic};
use crate::emit::print::gfm::anchors_of;
use crate::emit::print::html::scenario_page;
use crate::emit::tree::{OutputFile, OutputTree};
use crate::model::Scenario;
use crate::source::{FileId, Span};
use crate::syntax::document::parse_inline_links;
use crate::syntax::html::attributes_of;

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

fn follow(checked: &Checked<'_>) -> Vec<Broken> {
    let Some(tree) = checked.tree else { return Vec::new() };
    let outputs = Outputs::new(checked, tree);
    // Hardly any course has a broken link.
    let written = LazyCell::new(|| written_addresses(checked));
    let mut found: BTreeMap<(Place, Fault, String), Broken> = BTreeMap::new();
    for (path, file) in emitted_in(checked, tree) {
        let Some(links) = outputs.links_of(path) else { continue };
        let mut seen = HashSet::new();
        for (destination, at) in links.iter() {
            if !seen.insert(destination.as_str()) {
                continue;
            }
            let Some(fault) = outputs.fault_of(path, destination) else { continue };
            let output = if path.starts_with(SITE) { "on the site" } else { "in the monorepo" };
            for span in places(checked, &written, path, file, destination) {
                let key = ((span.file, span.start, span.end), fault, destination.clone());
                let line = || line_at(tree.text(path).unwrap_or(""), *at).to_owned();
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
    anchors: RefCell<BTreeMap<Utf8PathBuf, Rc<BTreeSet<String>>>>,
    pages: RefCell<HashMap<Utf8PathBuf, Rc<PageOfSite>>>,
}

/// What is read of a page of the site, in one go.
struct PageOfSite {
    links: Rc<[(String, usize)]>,
    anchors: Rc<BTreeSet<String>>,
}

impl PageOfSite {
    fn read(text: &str) -> Self {
        let (mut links, mut anchors) = (Vec::new(), BTreeSet::new());
        for it in attributes_of(text) {
            if matches!(it.name, "href" | "src") {
                links.push((it.value, it.at.start));
            } else if it.name == "id" || (it.element == "a" && it.name == "name") {
                anchors.insert(it.value);
            }
        }
        Self { links: links.into(), anchors: Rc::new(anchors) }
    }
}

impl<'t> Outputs<'t> {
    fn new(checked: &Checked<'_>, tree: &'t OutputTree) -> Self {
        let site = checked.course.site.as_deref().and_then(|site| site.split_once("://"));
        let base = site.and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
        let known = (checked.scope == Scope::Whole).then(|| {
            let parents = tree.iter().flat_map(|(path, _)| path.ancestors().skip(1));
            (tree.iter().map(|(path, _)| path.as_str()).collect(), parents.map(Utf8Path::as_str).collect())
        });
        Self {
            tree,
            known,
            base: base.unwrap_or_else(|| "/".to_owned()),
            anchors: RefCell::default(),
            pages: RefCell::default(),
        }
    }

    /// The links of an emitted file with their places; `None` for files that have none.
    fn links_of(&self, path: &Utf8Path) -> Option<Rc<[(String, usize)]>> {
        let text = self.tree.text(path)?;
        match path.extension()? {
            "md" if path.starts_with(MONOREPO) => {
                let whole = Span::new(Span::nowhere().file, 0, text.len());
                let links = parse_inline_links(text, whole).into_iter();
                Some(links.map(|link| (link.destination.value, link.span.start as usize)).collect())
            }
            "html" if path.starts_with(SITE) => Some(Rc::clone(&self.page(path, text).links)),
            _ => None,
        }
    }

    fn page(&self, path: &Utf8Path, text: &str) -> Rc<PageOfSite> {
        let mut pages = self.pages.borrow_mut();
        let page = pages.entry(path.to_owned()).or_insert_with(|| Rc::new(PageOfSite::read(text)));
        Rc::clone(page)
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
        let anchors = self.anchors(&target)?;
        (!anchors.contains(&decode_percent(anchor)) && !anchors.contains(anchor)).then_some(Fault::Anchor)
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

    /// The anchors of a target; `None` where nobody can tell.
    fn anchors(&self, target: &Utf8Path) -> Option<Rc<BTreeSet<String>>> {
        if let Some(known) = self.anchors.borrow().get(target) {
            return Some(Rc::clone(known));
        }
        let text = self.tree.text(target)?;
        let found = match target.extension()? {
            "md" => Rc::new(anchors_of(text)),
            "html" => return Some(Rc::clone(&self.page(target, text).anchors)),
            _ => return None,
        };
        self.anchors.borrow_mut().insert(target.to_owned(), Rc::clone(&found));
        Some(found)
    }
}
