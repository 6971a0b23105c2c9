//! References as GitHub links, relative to the file in which they stand.

use camino::Utf8Path;

use super::anchor::heading_anchor;
use super::context::{GfmContext, Page};
use super::escape::{encode_path, escape_text};
use super::markdown::emphasize;
use super::outline::{Section, readme_anchor};
use crate::emit::print::html::Links;
use crate::ir::{LocalKind, Reference, RichText, Target};
use crate::model::reference_label;
use crate::syntax::raw_html::without_dropped;

/// Markdown with its references resolved.
#[must_use]
pub fn print_inline(text: &RichText, cx: &GfmContext<'_>) -> String {
    let text = text.resolve(|reference| print_reference(reference, cx));
    if cx.site.is_none() {
        return text.into_owned();
    }
    let text = without_dropped(&text);
    match cx.assets() {
        own if own == "assets/" => text.into_owned(),
        shared => text.replace("](assets/", &format!("]({shared}")),
    }
}

/// The same on one line.
#[must_use]
pub fn print_inline_line(text: &RichText, cx: &GfmContext<'_>) -> String {
    print_inline(text, cx)
        .split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn print_reference(reference: &Reference, cx: &GfmContext<'_>) -> String {
    let text = link_text(reference, cx);
    // Not even asked for where there are none: anchors are made of headings as they are printed there,
    // and a heading may name a step, itself too.
    let destination = if cx.has_links() { destination(&reference.target, cx) } else { None };
    match destination {
        Some(destination) => ["[", &text, "](", &destination, ")"].concat(),
        None => text,
    }
}

/// The author's words as they are; a label with its markup escaped, since titles are plain text.
fn link_text(reference: &Reference, cx: &GfmContext<'_>) -> String {
    let label = || reference_label(cx.course, reference, cx.viewpoint());
    match (&reference.text, &reference.target) {
        (Some(text), _) => text.clone(),
        // Labels of files are code already.
        (None, Target::File { .. } | Target::Solution { .. }) => label(),
        // Otherwise a panel's title runs into the sentence: "the line in Open connections stops".
        (None, Target::Local { kind: LocalKind::Panel, .. }) if cx.has_links() => {
            emphasize(&escape_text(&label()))
        }
        (None, _) => escape_text(&label()),
    }
}

fn destination(target: &Target, cx: &GfmContext<'_>) -> Option<String> {
    if let Some(links) = cx.site {
        return on_site(target, links);
    }
    match target {
        Target::Scenario(index) => page_of(*index, cx),
        Target::Track(track) => Some(readme(readme_anchor(cx.course, Section::Track(*track))?, cx)),
        Target::Group(track, group) => {
            Some(readme(readme_anchor(cx.course, Section::Group(*track, *group))?, cx))
        }
        Target::Local { scenario, kind, id } => match kind {
            LocalKind::Step | LocalKind::Fix => heading(*scenario, id, cx),
            LocalKind::Question
            | LocalKind::Option
            | LocalKind::Figure
            | LocalKind::Panel
            | LocalKind::Service => None,
        },
        Target::File { scenario, path } => file(*scenario, path, cx),
        Target::Solution { scenario, path } => file(*scenario, &Utf8Path::new("solution").join(path), cx),
        // A range has no page of its own; tiers, concepts and tutorials have theirs on the site.
        Target::Scenarios(..) | Target::Tier(_) | Target::Concept(_) | Target::Tutorial(_) => None,
    }
}

/// Where a reference leads on the site. Anchors are those of the page, not of its twin.
fn on_site(target: &Target, links: &Links<'_>) -> Option<String> {
    if let Target::Solution { .. } = target {
        return None;
    }
    let href = links.href(target)?;
    let href = if href.starts_with('#') { format!("./{href}") } else { href };
    Some(if href.contains("://") { encode_address(&href) } else { href })
}

/// An address as a link's destination: nothing in it may end the link.
fn encode_address(address: &str) -> String {
    address.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C")
}

fn readme(anchor: String, cx: &GfmContext<'_>) -> String {
    if cx.root().is_empty() { format!("#{anchor}") } else { format!("{}README.md#{anchor}", cx.root()) }
}

/// The way to a scenario's page; `None` when it has none in this monorepo.
fn page_of(index: usize, cx: &GfmContext<'_>) -> Option<String> {
    let folder = folder(index, cx)?;
    Some(folder + "SCENARIO.md")
}

/// The way to a scenario's folder: empty from inside, else with a slash at its end.
fn folder(index: usize, cx: &GfmContext<'_>) -> Option<String> {
    let scenario = cx.course.scenarios.get(index)?;
    if !cx.has_folder(scenario) {
        return None;
    }
    if cx.scenario() == Some(index) {
        return Some(String::new());
    }
    Some([cx.root(), &encode_path(&scenario.folder), "/"].concat())
}

fn heading(index: usize, id: &str, cx: &GfmContext<'_>) -> Option<String> {
    let page = page_of(index, cx)?;
    let anchor = heading_anchor(cx.course, index, id)?;
    if cx.page == Page::Scenario(index) {
        Some(format!("#{anchor}"))
    } else {
        Some(format!("{page}#{anchor}"))
    }
}

fn file(index: usize, path: &Utf8Path, cx: &GfmContext<'_>) -> Option<String> {
    Some(format!("{}{}", folder(index, cx)?, encode_path(path.as_str())))
}
