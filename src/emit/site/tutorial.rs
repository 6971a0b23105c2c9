//! The list of tutorials, their first pages and the pages below.

use crate::emit::print::html::{Links, print_inline_html, print_plain, print_sections, tutorial_page};
use crate::emit::review::Reviewing;
use crate::ir::{Block, Node, RichText, each_block};
use crate::model::{Course, Tutorial, TutorialPage};
use crate::source::Files;

use super::card::{concepts, status_word};
use super::frame::{Frame, frame_page};
use super::page::{Body, Link, SitePage};
use super::picture::picture_sizes;
use super::scenario::has_outline;
use super::subject::Subject;
use super::theme::Theme;
use super::tutorial_page::{TutorialEntry, TutorialLink, TutorialPageView, TutorialView, TutorialsPage};

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
        written: tutorial.pages.iter().filter(|page| is_written(page)).count(),
    }
}

fn is_written(page: &TutorialPage) -> bool {
    !page.blocks.is_empty()
}

/// The pages of a tutorial; `current` is the page that they are listed on.
fn entries(
    tutorial: &Tutorial,
    current: Option<usize>,
    links: &Links<'_>,
    theme: &Theme,
) -> Vec<TutorialEntry> {
    let entry = |(at, page): (usize, &TutorialPage)| TutorialEntry {
        id: page.id.clone(),
        number: at + 1,
        label: format!("{} {}", theme.word("page"), at + 1),
        title: page.title.clone(),
        href: links.to(&page_address(tutorial, &page.id)),
        summary: print_inline_html(&page.summary, links),
        written: is_written(page),
        current: current == Some(at),
        questions: count_questions(&page.blocks),
    };
    tutorial.pages.iter().enumerate().map(entry).collect()
}

fn count_questions(blocks: &[Block]) -> usize {
    let mut count = 0;
    each_block(blocks, &mut |block| count += usize::from(matches!(block.node, Node::Question(_))));
    count
}

fn lines(texts: &[RichText], links: &Links<'_>) -> Vec<String> {
    texts.iter().map(|text| print_inline_html(text, links)).collect()
}

/// All tutorials, and below each its pages.
pub(super) fn tutorial_pages(
    course: &Course,
    files: &Files,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> Vec<SitePage> {
    if course.tutorials.is_empty() {
        return Vec::new();
    }
    let mut out = vec![list_page(course, theme)];
    for (index, tutorial) in course.tutorials.iter().enumerate() {
        out.push(first_page(course, index, theme));
        let inner = |at| inner_page(course, (index, at), files, theme, reviewing);
        out.extend((0..tutorial.pages.len()).map(inner));
    }
    out
}

fn list_page(course: &Course, theme: &Theme) -> SitePage {
    let links = Links::new(course, TUTORIALS);
    let tutorials = course.tutorials.iter().map(|tutorial| tutorial_link(tutorial, &links)).collect();
    let frame = Frame {
        subject: Subject::Tutorials,
        kind: "tutorials",
        title: theme.word("tutorials"),
        description: theme.word("tutorials-text"),
        trail: Vec::new(),
        under: TUTORIALS.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Tutorials(TutorialsPage { tutorials }))
}

fn first_page(course: &Course, index: usize, theme: &Theme) -> SitePage {
    let tutorial = &course.tutorials[index];
    let links = Links::new(course, tutorial_page(&tutorial.id));
    let pages = entries(tutorial, None, &links, theme);
    let body = TutorialView {
        link: tutorial_link(tutorial, &links),
        was: tutorial.was.join(" "),
        objectives: lines(&tutorial.objectives, &links),
        prerequisites: lines(&tutorial.prerequisites, &links),
        further: lines(&tutorial.further, &links),
        uses: concepts(&tutorial.uses, &links),
        start: pages.iter().find(|page| page.written).cloned(),
        pages,
    };
    let frame = Frame {
        subject: Subject::Tutorial(index),
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
    (index, at): (usize, usize),
    files: &Files,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> SitePage {
    let tutorial = &course.tutorials[index];
    let page = &tutorial.pages[at];
    let mut links = Links::new(course, page_address(tutorial, &page.id));
    links.review = reviewing.and_then(|reviewing| reviewing.notes(&links.page));
    // A tutorial's pages share their pictures.
    links.assets = format!("{}assets/", tutorial_page(&tutorial.id));
    links.definitions = page.definitions.join("\n\n");
    links.sizes = picture_sizes(&tutorial.assets, files);
    let pages = entries(tutorial, Some(at), &links, theme);
    let sections = print_sections(&page.blocks, &links);
    let body = TutorialPageView {
        tutorial: Link { label: tutorial.title.clone(), href: links.to(&tutorial_page(&tutorial.id)) },
        tutorial_id: tutorial.id.clone(),
        was: tutorial.was.join(" "),
        id: page.id.clone(),
        number: at + 1,
        count: tutorial.pages.len(),
        summary: print_inline_html(&page.summary, &links),
        has_outline: has_outline(&sections),
        sections,
        further: if at + 1 == tutorial.pages.len() { lines(&tutorial.further, &links) } else { Vec::new() },
        previous: at.checked_sub(1).and_then(|at| pages.get(at).cloned()),
        next: pages.get(at + 1).cloned(),
        pages,
    };
    let frame = Frame {
        subject: Subject::TutorialPage(index, at),
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
