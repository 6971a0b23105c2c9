//! The twins of a tutorial's pages.

use super::blocks::Blocks;
use super::scenario::concept_links;
use crate::emit::print::gfm::{escape_text, print_gfm, with_definitions};
use crate::emit::print::html::{Links, tutorial_page};
use crate::emit::site::theme::Theme;
use crate::ir::RichText;
use crate::model::{Course, Tutorial};

/// What the links of a page of a tutorial are relative to. The pages share their pictures.
pub(super) fn links(course: &Course, index: usize, at: usize) -> Links<'_> {
    let tutorial = &course.tutorials[index];
    let mut links = Links::new(course, address(tutorial, at));
    links.assets = format!("{}assets/", tutorial_page(&tutorial.id));
    links
}

fn address(tutorial: &Tutorial, at: usize) -> String {
    format!("{}{}/", tutorial_page(&tutorial.id), tutorial.pages[at].id)
}

/// The first page.
pub(super) fn print(course: &Course, index: usize, theme: &Theme, out: &mut Blocks<'_>) {
    let tutorial = &course.tutorials[index];
    out.rich(&tutorial.summary);
    if !tutorial.uses.is_empty() {
        let concepts = concept_links(course, &tutorial.uses, out);
        out.push(Blocks::fact(&theme.word("uses"), &concepts));
    }
    let lines = |texts: &[RichText], out: &Blocks<'_>| -> Vec<String> {
        texts.iter().map(|text| out.line(text)).collect()
    };
    let objectives = lines(&tutorial.objectives, out);
    out.list(2, &theme.word("objectives"), objectives);
    let prerequisites = lines(&tutorial.prerequisites, out);
    out.list(2, &theme.word("prerequisites"), prerequisites);
    let pages = tutorial.pages.iter().enumerate().map(|(at, page)| {
        let summary = out.line(&page.summary);
        let link = out.link(&page.title, &address(tutorial, at));
        if summary.is_empty() { link } else { format!("{link} — {summary}") }
    });
    let pages: Vec<String> = pages.collect();
    out.list(2, &theme.word("pages"), pages);
    let further = lines(&tutorial.further, out);
    out.list(2, &theme.word("further"), further);
}

/// One of the pages below.
pub(super) fn print_page(course: &Course, index: usize, at: usize, theme: &Theme, out: &mut Blocks<'_>) {
    let tutorial = &course.tutorials[index];
    let page = &tutorial.pages[at];
    let link = out.link(&tutorial.title, &tutorial_page(&tutorial.id));
    out.push(Blocks::fact(&theme.word("tutorial"), &link));
    out.rich(&page.summary);
    if page.blocks.is_empty() {
        out.push(format!("> {}", escape_text(&theme.word("page-planned"))));
    } else {
        let text = with_definitions(print_gfm(&page.blocks, &out.cx), &page.definitions);
        out.push(text);
    }
    if let Some(next) = tutorial.pages.get(at + 1) {
        let link = out.link(&next.title, &address(tutorial, at + 1));
        out.push(Blocks::fact(&theme.word("next"), &link));
    }
}
