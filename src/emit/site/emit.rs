//! All pages and files of the site into the output tree.

use rayon::prelude::*;

use crate::diag::catalog::tree::{INVALID_OUTPUT, OUTPUT_PATH_COLLISION};
use crate::diag::render::RULES_PAGE;
use crate::diag::{CodeSpec, Diagnostic, Sink};
use crate::emit::asset::asset_bytes;
use crate::emit::content::{Content, Keeper};
use crate::emit::print::html::scenario_page;
use crate::emit::review::{NoteWords, Review, Reviewing};
use crate::emit::tree::{InsertError, OutputFile, OutputTree};
use crate::model::Course;
use crate::source::{FileId, Files, Span};

use super::cards::Cards;
use super::catalogue::catalogue_page;
use super::concept::concept_pages;
use super::head::{CardImage, IMAGE, shared_card};
use super::home::{home_page, not_found_page};
use super::page::{Body, SitePage};
use super::preview::previews;
use super::redirect::redirect_pages;
use super::review::{findings_page, front_page, mark_page};
use super::rules::rules_page;
use super::scenario::{body_of_scenario, page_of_scenario};
use super::search::{SearchFile, search_files};
use super::sitemap::{ROBOTS, SITEMAP, robots, sitemap};
use super::source_link::edit_link;
use super::structured::structured;
use super::subject::Subject;
use super::theme::{RenderFault, Theme, load_theme};
use super::track::page_of_track;
use super::tutorial::tutorial_pages;
use super::twin::{TWIN, print_twin};
use super::work::{WORK_DATA, work_data, work_page};

pub(super) const ROOT: &str = "dist/site";

/// About how many bytes stand around the text of a page, which with its tags is twice as long as in Markdown.
const FRAME: usize = 16_000;

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
    let cards = Cards::default();
    emit_site_with(course, files, previews.then_some(&cards), rules, tree, sink);
}

/// The same with preview pictures of earlier builds at hand; without pictures if there are no `cards`.
pub fn emit_site_with(
    course: &Course,
    files: &Files,
    cards: Option<&Cards>,
    rules: &[&CodeSpec],
    tree: &mut OutputTree,
    sink: &Sink,
) {
    emit_pages(course, files, &Asked { cards, rules, review: None }, tree, sink);
}

/// What the pages are made with.
pub(super) struct Asked<'a> {
    /// Preview pictures of earlier builds; without them pages have no pictures.
    pub cards: Option<&'a Cards>,
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
    let Some(theme) = load_theme(files, course, sink) else { return };
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
    let pictures = add_frames(course, files, asked.cards.is_some(), &mut pages, &theme);
    let keeper = tree.keeper();
    let print = |page: &mut SitePage| {
        if let Subject::Scenario(index) = page.subject {
            page.body = body_of_scenario(course, index, files, &theme, reviewing.as_ref());
        }
        print_page(course, page, asked.rules, &theme, &keeper)
    };
    let print = || {
        let pictures = pictures?;
        let printed = pages.par_iter_mut().with_max_len(1).map(print).collect::<Result<Vec<_>, _>>()?;
        for (page, printed) in pages.iter().zip(printed) {
            insert_page(page, printed, &theme, tree, sink);
        }
        Ok(pictures)
    };
    let lists = || lists(course, &keeper, &|| true);
    let ((pictures, lists), assets) = rayon::join(|| rayon::join(print, lists), || assets(course, files));
    let pictures = match pictures {
        Ok(pictures) => pictures,
        Err(fault) => return theme.report(files, &fault, sink),
    };
    if let Some(cards) = asked.cards {
        insert_cards(&pictures, cards, &theme, tree, sink);
    }
    if let Some(sitemap) = sitemap(&pages) {
        insert(tree, SITEMAP, sitemap.into_bytes(), None, sink);
    }
    insert(tree, ROBOTS, robots(course.site.as_deref()).into_bytes(), None, sink);
    if let Some(lists) = lists {
        insert_lists(lists, tree, sink);
    }
    for (path, bytes, file) in theme.statics(files) {
        insert(tree, &path, bytes, file.map(Span::file_start), sink);
    }
    for (path, content, file) in assets {
        insert(tree, &path, content, Some(Span::file_start(file)), sink);
    }
}

/// What lists the words and the questions of all pages.
pub(super) struct Lists {
    search: Vec<SearchFile>,
    /// The data of "My work".
    work: Content,
}

/// Asks whether a work that takes long is still wanted.
pub type IsWanted<'a> = &'a (dyn Fn() -> bool + Sync);

/// `None` once they are not wanted any more.
pub(super) fn lists(course: &Course, keeper: &Keeper, is_wanted: IsWanted<'_>) -> Option<Lists> {
    let (search, work) = rayon::join(
        || search_files(course, keeper, is_wanted),
        || Some(keeper.keep(format!("{ROOT}/{WORK_DATA}"), work_data(course, is_wanted)?)),
    );
    Some(Lists { search: search?, work: work? })
}

pub(super) fn insert_lists(lists: Lists, tree: &mut OutputTree, sink: &Sink) {
    for file in lists.search {
        insert(tree, &file.path, file.content, None, sink);
    }
    insert(tree, WORK_DATA, lists.work, None, sink);
}

pub(super) fn insert_page(
    page: &SitePage,
    printed: Printed,
    theme: &Theme,
    tree: &mut OutputTree,
    sink: &Sink,
) {
    let origin = theme.origin(page.kind);
    if let Some(twin) = printed.twin {
        insert(tree, &twin_of(page), twin, origin, sink);
    }
    insert(tree, &file_of(page), printed.html, origin, sink);
}

/// The path of a page's file below the site.
fn file_of(page: &SitePage) -> String {
    match page.path.as_str() {
        path if path.is_empty() || path.ends_with('/') => [path, "index.html"].concat(),
        path => path.to_owned(),
    }
}

/// The same of the page as Markdown.
fn twin_of(page: &SitePage) -> String {
    [&page.path, TWIN].concat()
}

/// A page as it is written.
pub(super) struct Printed {
    html: Content,
    /// The page as Markdown; a review build has none.
    twin: Option<Content>,
}

pub(super) fn print_page(
    course: &Course,
    page: &mut SitePage,
    rules: &[&CodeSpec],
    theme: &Theme,
    keeper: &Keeper,
) -> Result<Printed, RenderFault> {
    let twin = page.review.is_none().then(|| print_twin(course, page, rules, theme)).flatten();
    page.markdown = twin.is_some().then(|| TWIN.to_owned());
    let room = 2 * twin.as_ref().map_or(0, String::len) + FRAME;
    let twin = twin.map(|twin| keeper.keep(format!("{ROOT}/{}", twin_of(page)), twin));
    let html = keeper.keep(format!("{ROOT}/{}", file_of(page)), theme.render(page, room)?);
    // What was printed is not needed again, and all pages together take much memory.
    page.body = Body::Unmade {};
    Ok(Printed { html, twin })
}

/// What stands around each page: its entry for search engines and networks, the way to its source.
/// Gives the preview pictures back, as SVG with their paths.
fn add_frames(
    course: &Course,
    files: &Files,
    with_pictures: bool,
    pages: &mut [SitePage],
    theme: &Theme,
) -> Result<Vec<(String, String)>, RenderFault> {
    // Their addresses are whole ones, which only a course knows that says where it is published.
    let with_pictures = with_pictures && course.site.is_some();
    let previews = if with_pictures { previews(course, pages, theme) } else { Vec::new() };
    let frame = |(at, page): (usize, &mut SitePage)| {
        let preview = previews.get(at).and_then(Option::as_ref);
        let picture = preview.map(|preview| Ok((picture_of(page), theme.render_preview(preview)?)));
        add_frame(course, files, preview.is_some(), page, theme);
        picture.transpose()
    };
    let pictures = pages.par_iter_mut().enumerate().map(frame).collect::<Result<Vec<_>, RenderFault>>()?;
    Ok(pictures.into_iter().flatten().collect())
}

/// Where the preview picture of a page lies, below the site.
pub(super) fn picture_of(page: &SitePage) -> String {
    format!("{}{PREVIEW_NAME}", page.path)
}

/// What stands around one page.
pub(super) fn add_frame(
    course: &Course,
    files: &Files,
    has_picture: bool,
    page: &mut SitePage,
    theme: &Theme,
) {
    page.card = shared_card(course, page);
    if has_picture {
        page.card.image = page.canonical.as_ref().map(|address| CardImage {
            address: format!("{address}{PREVIEW_NAME}"),
            width: IMAGE.0,
            height: IMAGE.1,
            alt: page.head_title.clone(),
        });
    }
    page.structured = structured(course, page, theme);
    page.edit = edit_link(course, files, page);
}

/// The preview pictures as PNG; a template that does not give a picture is reported once.
pub(super) fn insert_cards(
    pictures: &[(String, String)],
    cards: &Cards,
    theme: &Theme,
    tree: &mut OutputTree,
    sink: &Sink,
) {
    let drawn: Vec<_> =
        pictures.par_iter().with_max_len(1).map(|(path, svg)| (path, cards.png(svg))).collect();
    for (path, png) in drawn {
        match png {
            Ok(png) => insert(tree, path, png, theme.preview_origin(), sink),
            Err(fault) => {
                let span = theme.preview_origin().unwrap_or_else(Span::nowhere);
                let message = format!("the preview picture cannot be drawn: {fault}");
                let finding = Diagnostic::new(&INVALID_OUTPUT, span, message);
                sink.push(finding.help("correct the template; it is an SVG of 1200 by 630"));
                return;
            }
        }
    }
}

/// The pictures of pages: their paths below the site, what is in them, and their files.
fn assets(course: &Course, files: &Files) -> Vec<(String, Content, FileId)> {
    let of_scenarios = course.scenarios.par_iter().flat_map_iter(|scenario| {
        let assets = scenario.written.iter().flat_map(|written| &written.assets);
        assets.map(|asset| (scenario_page(&scenario.id), asset))
    });
    let of_tutorials = course.tutorials.par_iter().flat_map_iter(|tutorial| {
        tutorial.assets.iter().map(|asset| (format!("tutorials/{}/", tutorial.id), asset))
    });
    let assets = of_scenarios.chain(of_tutorials);
    let assets = assets.map(|(page, (name, file))| {
        (format!("{page}assets/{name}"), asset_bytes(files, *file).into(), *file)
    });
    assets.collect()
}

fn pages(course: &Course, files: &Files, theme: &Theme, reviewing: Option<&Reviewing<'_>>) -> Vec<SitePage> {
    let mut out = pages_before(course, theme);
    out.par_extend(
        (0..course.scenarios.len()).into_par_iter().map(|index| page_of_scenario(course, index, theme)),
    );
    out.extend(pages_after(course, files, theme, reviewing));
    out
}

/// The pages before those of scenarios.
pub(super) fn pages_before(course: &Course, theme: &Theme) -> Vec<SitePage> {
    let mut out = vec![home_page(course, theme)];
    out.extend((0..course.tracks.len()).map(|index| page_of_track(course, index, theme)));
    if !course.scenarios.is_empty() {
        out.push(catalogue_page(course, theme));
    }
    out
}

/// The pages after those of scenarios.
pub(super) fn pages_after(
    course: &Course,
    files: &Files,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> Vec<SitePage> {
    let mut out = concept_pages(course, files, theme);
    out.extend(tutorial_pages(course, files, theme, reviewing));
    out.push(work_page(course, theme));
    out.extend(redirect_pages(course, theme));
    out.push(not_found_page(course, theme));
    if let Some(reviewing) = reviewing {
        out.push(front_page(course, reviewing, theme));
        out.push(findings_page(course, reviewing, theme));
    }
    out
}

fn insert(tree: &mut OutputTree, path: &str, content: impl Into<Content>, origin: Option<Span>, sink: &Sink) {
    let file = OutputFile { content: content.into(), executable: false, origin };
    let fault = match tree.insert_file(format!("{ROOT}/{path}").into(), file) {
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
