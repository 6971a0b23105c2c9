//! All pages and files of the site into the output tree.

use crate::diag::catalog::tree::{INVALID_OUTPUT, OUTPUT_PATH_COLLISION};
use crate::diag::render::RULES_PAGE;
use crate::diag::{CodeSpec, Diagnostic, Sink};
use crate::emit::asset::asset_bytes;
use crate::emit::print::html::scenario_page;
use crate::emit::review::{NoteWords, Review, Reviewing};
use crate::emit::tree::{InsertError, OutputTree};
use crate::model::Course;
use crate::source::{Files, Span};
use crate::syntax::svg::render_png;

use super::concept::concept_pages;
use super::home::{home_page, not_found_page};
use super::page::SitePage;
use super::preview::Preview;
use super::redirect::redirect_pages;
use super::review::{findings_page, front_page, mark_page};
use super::rules::rules_page;
use super::scenario::page_of_scenario;
use super::theme::{Theme, load_theme};
use super::track::page_of_track;
use super::tutorial::tutorial_pages;

pub(super) const ROOT: &str = "dist/site";

/// The name of a page's preview picture, beside the page.
const PREVIEW_NAME: &str = "preview.png";

/// Puts the course site below `dist/site/`; `previews` says whether with preview pictures. The page
/// of all rules is there if `rules` are. Faults of the theme and colliding paths are reported.
pub fn emit_site(
    course: &Course,
    files: &Files,
    previews: bool,
    rules: &[&CodeSpec],
    tree: &mut OutputTree,
    sink: &Sink,
) {
    emit_pages(course, files, &Asked { previews, rules, review: None }, tree, sink);
}

/// What the pages are made with.
pub(super) struct Asked<'a> {
    /// Whether there are preview pictures.
    pub previews: bool,
    /// The rules that the site has a page of.
    pub rules: &'a [&'a CodeSpec],
    /// What a review build adds; nothing of it is on the course site.
    pub review: Option<&'a Review>,
}

/// All pages and files of a site below [`ROOT`].
pub(super) fn emit_pages(
    course: &Course,
    files: &Files,
    asked: &Asked<'_>,
    tree: &mut OutputTree,
    sink: &Sink,
) {
    let Some(theme) = load_theme(files, &course.theme, &course.language, sink) else { return };
    let theme = if asked.review.is_some() { theme } else { theme.without_review(files) };
    let words = NoteWords::new(|key| theme.word(key));
    let reviewing = asked.review.map(|review| Reviewing { review, words });
    let mut pages = pages(course, files, &theme, reviewing.as_ref());
    if !asked.rules.is_empty() {
        pages.push(rules_page(course, asked.rules, &theme));
        pages.iter_mut().for_each(|page| page.rules = Some(format!("{}{RULES_PAGE}", page.root)));
    }
    if let Some(reviewing) = &reviewing {
        pages.iter_mut().for_each(|page| mark_page(course, reviewing, page));
    }
    for mut page in pages {
        let preview =
            page.canonical.as_ref().filter(|_| asked.previews).and_then(|_| Preview::of(course, &page));
        if preview.is_some() {
            page.preview = page.canonical.as_ref().map(|address| format!("{address}{PREVIEW_NAME}"));
        }
        let Some(html) = theme.render(files, &page, sink) else {
            // The same template fails in the same way on the next page; once is enough.
            return;
        };
        let name = match page.path.as_str() {
            path if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
            path => path.to_owned(),
        };
        insert(tree, &name, html.into_bytes(), theme.origin(page.kind), sink);
        if let Some(png) = preview.and_then(|preview| render(&theme, files, &preview, sink)) {
            insert(tree, &format!("{}{PREVIEW_NAME}", page.path), png, theme.preview_origin(), sink);
        }
    }
    for (path, bytes, file) in theme.statics(files) {
        insert(tree, &path, bytes.to_vec(), file.map(Span::file_start), sink);
    }
    let of_scenarios = course.scenarios.iter().flat_map(|scenario| {
        let assets = scenario.written.iter().flat_map(|written| &written.assets);
        assets.map(|asset| (scenario_page(&scenario.id), asset))
    });
    let of_tutorials = course.tutorials.iter().flat_map(|tutorial| {
        tutorial.assets.iter().map(|asset| (format!("tutorials/{}/", tutorial.id), asset))
    });
    for (page, (name, file)) in of_scenarios.chain(of_tutorials) {
        let path = format!("{page}assets/{name}");
        insert(tree, &path, asset_bytes(files, *file), Some(Span::file_start(*file)), sink);
    }
}

/// A preview picture as PNG; a template that does not give a picture is reported.
fn render(theme: &Theme, files: &Files, preview: &Preview, sink: &Sink) -> Option<Vec<u8>> {
    let svg = theme.render_preview(files, preview, sink)?;
    match render_png(&svg) {
        Ok(png) => Some(png),
        Err(fault) => {
            let span = theme.preview_origin().unwrap_or_else(Span::nowhere);
            let message = format!("the preview picture cannot be drawn: {fault}");
            sink.push(
                Diagnostic::new(&INVALID_OUTPUT, span, message)
                    .help("correct the template; it is an SVG of 1200 by 630"),
            );
            None
        }
    }
}

fn pages(course: &Course, files: &Files, theme: &Theme, reviewing: Option<&Reviewing<'_>>) -> Vec<SitePage> {
    let mut out = vec![home_page(course, theme)];
    out.extend(course.tracks.iter().map(|track| page_of_track(course, track, theme)));
    out.extend(
        (0..course.scenarios.len()).map(|index| page_of_scenario(course, index, files, theme, reviewing)),
    );
    out.extend(concept_pages(course, files, theme));
    out.extend(tutorial_pages(course, files, theme, reviewing));
    out.extend(redirect_pages(course, theme));
    out.push(not_found_page(course, theme));
    if let Some(reviewing) = reviewing {
        out.push(front_page(course, reviewing, theme));
        out.push(findings_page(course, reviewing, theme));
    }
    out
}

fn insert(tree: &mut OutputTree, path: &str, bytes: Vec<u8>, origin: Option<Span>, sink: &Sink) {
    let fault = match tree.insert(format!("{ROOT}/{path}"), bytes, origin) {
        Ok(()) => return,
        Err(fault) => fault,
    };
    let span = origin.unwrap_or_else(Span::nowhere);
    let mut finding = Diagnostic::new(&OUTPUT_PATH_COLLISION, span, format!("`{ROOT}/{path}`: {fault}"));
    if let InsertError::Collision { origin: Some(first), .. } = fault {
        finding = finding.also(first, "made from this");
    }
    sink.push(finding);
}
