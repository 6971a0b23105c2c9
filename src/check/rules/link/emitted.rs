//! Links as they are emitted, followed through the output tree: Markdown of the monorepo, pages of the
//! site. What leads to another host is not followed, since a build uses no network.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::outputs::{Fault, MONOREPO, Outputs, SITE};
use super::written::{decode_percent, written_addresses};
use crate::check::{Checked, Scope};
use crate::diag::{CodeSpec, Diagnostic};
use crate::emit::print::html::scenario_page;
use crate::emit::tree::{OutputFile, OutputTree};
use crate::model::Scenario;
use crate::source::{FileId, Span};

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
    let files = emitted_in(checked, tree);
    let outputs = Outputs::new(checked.scope, checked.course.site.as_deref(), tree, &files);
    let faults: Vec<_> = files.par_iter().with_max_len(1).map(|(path, _)| outputs.faults_in(path)).collect();
    let written = LazyCell::new(|| written_addresses(checked));
    let mut found: BTreeMap<(Place, Fault, String), Broken> = BTreeMap::new();
    for ((path, file), faults) in files.into_iter().zip(faults) {
        for (destination, at, fault) in faults {
            let output = if path.starts_with(SITE) { "on the site" } else { "in the monorepo" };
            let as_written = checked.files.is_same_text(file.origin, &file.bytes());
            let spans = match file.origin.filter(|_| as_written) {
                Some(origin) => vec![place_in(checked, origin.file, at, &destination)],
                None => places(checked, &written, path, file, &destination),
            };
            for span in spans {
                let key = ((span.file, span.start, span.end), fault, destination.clone());
                let line = || line_at(&tree.text(path).unwrap_or_default(), at).to_owned();
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
    let candidates = written.get(&*decode_percent(destination)).map(Vec::as_slice).unwrap_or_default();
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

/// The address of a link in a file that goes out as it was written.
fn place_in(checked: &Checked<'_>, file: FileId, at: usize, destination: &str) -> Span {
    let text = checked.files.text(file).unwrap_or("");
    let from = text.get(at..).and_then(|rest| rest.find(destination)).map_or(at, |offset| at + offset);
    Span::new(file, from, from + destination.len())
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
        let scenario = checked.course.scenarios.iter().find(|it| inside.starts_with(&it.folder))?;
        return Some(Utf8Path::new("content/scenarios").join(&scenario.id));
    }
    let inside = path.strip_prefix(SITE).ok()?;
    let mut parts = inside.components().map(|part| part.as_str());
    match (parts.next()?, parts.next()?) {
        (kind @ ("scenarios" | "tutorials"), id) => Some(Utf8Path::new("content").join(kind).join(id)),
        _ => None,
    }
}
