//! The list of tutorials, their first pages and the pages below.

use crate::emit::print::html::{Links, print_inline_html, print_plain, print_sections, tutorial_page};
use crate::emit::review::Reviewing;
use crate::ir::RichText;
use crate::model::{Course, Tutorial};

use super::card::{concepts, status_word};
use super::frame::{Frame, frame_page};
use super::page::{
    Body, Link, SitePage, TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage,
};
use super::theme::Theme;

const TUTORIALS: &str = "tutorials/";

/// A tutorial as an entry of a list.
pub(super) fn tutorial_link(tutorial: &Tutorial, links: &Links<'_>) -> TutorialLink {
    TutorialLink {
        id: tutorial.id.clone(),
        title: tutorial.title.clone(),
        href: links.to(&tutorial_page(&tutorial.id)),
        status: status_word(tutorial.status),
        summary: print_inline_html(&tutorial.summary, links),
        pages: tutorial.pages.len(),
    }
}

/// All tutorials, and below each its pages.
pub(super) fn tutorial_pages(
    course: &Course,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> Vec<SitePage> {
    if course.tutorials.is_empty() {
        return Vec::new();
    }
    let mut out = vec![list_page(course, theme)];
    for tutorial in &course.tutorials {
        out.push(first_page(course, tutorial, theme));
        out.extend((0..tutorial.pages.len()).map(|at| inner_page(course, tutorial, at, theme, reviewing)));
    }
    out
}

fn list_page(course: &Course, theme: &Theme) -> SitePage {
    let links = Links::new(course, TUTORIALS);
    let tutorials = course.tutorials.iter().map(|tutorial| tutorial_link(tutorial, &links)).collect();
    let frame = Frame {
        kind: "tutorials",
        title: theme.word("tutorials"),
        description: theme.word("tutorials-text"),
        trail: Vec::new(),
        under: TUTORIALS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Tutorials(TutorialsPage { tutorials }))
}

fn first_page(course: &Course, tutorial: &Tutorial, theme: &Theme) -> SitePage {
    let links = Links::new(course, tutorial_page(&tutorial.id));
    let lines = |texts: &[RichText]| texts.iter().map(|text| print_inline_html(text, &links)).collect();
    let pages = tutorial.pages.iter().map(|page| TutorialEntry {
        title: page.title.clone(),
        href: links.to(&page_address(tutorial, &page.id)),
        summary: print_inline_html(&page.summary, &links),
        written: !page.blocks.is_empty(),
    });
    let body = TutorialView {
        link: tutorial_link(tutorial, &links),
        objectives: lines(&tutorial.objectives),
        prerequisites: lines(&tutorial.prerequisites),
        further: lines(&tutorial.further),
        uses: concepts(&tutorial.uses, &links),
        pages: pages.collect(),
    };
    let frame = Frame {
        kind: "tutorial",
        title: tutorial.title.clone(),
        description: print_plain(&tutorial.summary, &links),
        trail: vec![(theme.word("tutorials"), TUTORIALS.to_owned())],
        under: TUTORIALS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Tutorial(Box::new(body)))
}

fn inner_page(
    course: &Course,
    tutorial: &Tutorial,
    at: usize,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> SitePage {
    let page = &tutorial.pages[at];
    let mut links = Links::new(course, page_address(tutorial, &page.id));
    links.review = reviewing.and_then(|reviewing| reviewing.notes(&links.page));
    // A tutorial's pages share their pictures.
    links.assets = format!("{}assets/", tutorial_page(&tutorial.id));
    links.definitions = page.definitions.join("\n\n");
    let neighbour = |at: Option<usize>| {
        let found = at.and_then(|at| tutorial.pages.get(at))?;
        Some(Link { label: found.title.clone(), href: links.to(&page_address(tutorial, &found.id)) })
    };
    let body = TutorialPageView {
        tutorial: Link { label: tutorial.title.clone(), href: links.to(&tutorial_page(&tutorial.id)) },
        number: at + 1,
        count: tutorial.pages.len(),
        summary: print_inline_html(&page.summary, &links),
        sections: print_sections(&page.blocks, &links),
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(Some(at + 1)),
    };
    let frame = Frame {
        kind: "tutorial-page",
        title: page.title.clone(),
        description: print_plain(&page.summary, &links),
        trail: vec![
            (theme.word("tutorials"), TUTORIALS.to_owned()),
            (tutorial.title.clone(), tutorial_page(&tutorial.id)),
        ],
        under: TUTORIALS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::TutorialPage(Box::new(body)))
}

fn page_address(tutorial: &Tutorial, page: &str) -> String {
    format!("{}{page}/", tutorial_page(&tutorial.id))
}
