//! All documents of a course: its pages, and what stands inside them.

use rayon::prelude::*;

use crate::emit::print::html::{
    Links, concept_page, group_anchor, print_plain, print_words, scenario_page, track_page, tutorial_page,
};
use crate::ir::RichText;
use crate::manifest::scenario::Status;
use crate::model::{Course, Tutorial, short_label};

use super::super::card::status_word;
use super::super::emit::IsWanted;
use super::document::{Document, Kind};
use super::page::{Page, Weighed, documents_of_page, weigh_page};

/// What can be found.
#[derive(Debug)]
pub(super) struct Found {
    /// Pages by their names and summaries.
    pub pages: Vec<Document>,
    /// What stands inside the pages, by track, under a name for its shard.
    pub inside: Vec<(String, Vec<(PageRef, Weighed)>)>,
}

/// A page with documents inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageRef {
    Scenario(usize),
    /// A page of a tutorial, by both indices.
    Tutorial(usize, usize),
}

/// Everything in the course's order; `None` once it is not wanted any more.
pub(super) fn collect(course: &Course, is_wanted: IsWanted<'_>) -> Option<Found> {
    let links = Links::new(course, "");
    let mut pages = tracks(&links);
    pages.extend((0..course.scenarios.len()).map(|index| scenario(index, &links)));
    pages.extend(concepts(&links));
    pages.extend(course.tutorials.iter().flat_map(|found| tutorial(found, &links)));

    let weigh = |page: PageRef| is_wanted().then(|| (page, weigh_inside(page, course)));
    let of_scenarios = (0..course.scenarios.len()).into_par_iter().map(PageRef::Scenario).map(weigh);
    let of_scenarios: Vec<_> = of_scenarios.collect::<Option<_>>()?;
    let mut inside: Vec<(String, Vec<(PageRef, Weighed)>)> =
        course.tracks.iter().map(|track| (format!("track-{}", track.id), Vec::new())).collect();
    inside.push(("elsewhere".to_owned(), Vec::new()));
    for (scenario, weighed) in course.scenarios.iter().zip(of_scenarios) {
        let shard = scenario.place.map_or(course.tracks.len(), |(track, _)| track);
        inside[shard].1.push(weighed);
    }
    let of_tutorials = tutorial_pages(course).map(weigh).collect::<Option<_>>()?;
    inside.push(("tutorials".to_owned(), of_tutorials));
    Some(Found { pages, inside })
}

fn tutorial_pages(course: &Course) -> impl Iterator<Item = PageRef> {
    let tutorials = course.tutorials.iter().enumerate();
    tutorials
        .flat_map(|(at, tutorial)| (0..tutorial.pages.len()).map(move |page| PageRef::Tutorial(at, page)))
}

/// What results of the search show: of one scenario, and of what is about none. Text by text, each on a
/// line of its own.
pub(in crate::emit::site) fn shown_texts(course: &Course, scenario: usize) -> [String; 2] {
    let links = Links::new(course, "");
    let mut own = vec![self::scenario(scenario, &links)];
    own.extend(documents_inside(PageRef::Scenario(scenario), course));
    let mut others = tracks(&links);
    others.extend(concepts(&links));
    others.extend(course.tutorials.iter().flat_map(|found| tutorial(found, &links)));
    others.extend(tutorial_pages(course).flat_map(|page| documents_inside(page, course)));
    [own, others].map(|documents| {
        documents.iter().flat_map(Document::shown).flat_map(|(_, text)| [text, "\n"]).collect()
    })
}

fn tracks(links: &Links<'_>) -> Vec<Document> {
    let mut out = Vec::new();
    for track in &links.course.tracks {
        let address = track_page(&track.id);
        for group in &track.groups {
            out.push(Document {
                title: group.name.clone(),
                text: print_plain(&group.goal, links),
                ..Document::new(Kind::Track, format!("{address}#{}", group_anchor(&group.id)))
            });
        }
        out.push(Document {
            title: track.title.clone(),
            text: print_plain(&track.summary, links),
            ..Document::new(Kind::Track, address)
        });
    }
    out
}

fn scenario(index: usize, links: &Links<'_>) -> Document {
    let scenario = &links.course.scenarios[index];
    Document {
        label: short_label(links.course, scenario, links.from),
        status: status(scenario.status),
        title: scenario.title.clone(),
        text: sentences(&[&scenario.summary, &scenario.about], links),
        ..Document::new(Kind::Scenario, scenario_page(&scenario.id))
    }
}

fn concepts(links: &Links<'_>) -> Vec<Document> {
    let concepts = links.course.concepts.iter();
    concepts
        .map(|concept| {
            let others = concept.terms.iter().filter(|term| !term.eq_ignore_ascii_case(&concept.name));
            Document {
                title: concept.name.clone(),
                heading: others.map(String::as_str).collect::<Vec<_>>().join(", "),
                text: print_plain(&concept.summary, links),
                ..Document::new(Kind::Concept, concept_page(&concept.id))
            }
        })
        .collect()
}

fn tutorial(tutorial: &Tutorial, links: &Links<'_>) -> Vec<Document> {
    let address = tutorial_page(&tutorial.id);
    let pages = tutorial.pages.iter().map(|page| Document {
        label: tutorial.title.clone(),
        status: if page.blocks.is_empty() { "planned" } else { "" },
        title: page.title.clone(),
        text: print_plain(&page.summary, links),
        ..Document::new(Kind::Tutorial, format!("{address}{}/", page.id))
    });
    let first = Document {
        status: status(tutorial.status),
        title: tutorial.title.clone(),
        text: print_plain(&tutorial.summary, links),
        ..Document::new(Kind::Tutorial, address.clone())
    };
    std::iter::once(first).chain(pages).collect()
}

/// What is not ready is called by its state.
fn status(status: Status) -> &'static str {
    if status == Status::Ready { "" } else { status_word(status) }
}

/// The documents inside a page, in its order.
pub(super) fn documents_inside(page: PageRef, course: &Course) -> Vec<Document> {
    with_text(page, course, documents_of_page).unwrap_or_else(|| planned(page, course))
}

/// What is known of them before their texts are printed.
fn weigh_inside(page: PageRef, course: &Course) -> Weighed {
    with_text(page, course, weigh_page).unwrap_or_else(|| Weighed::of(planned(page, course), 0))
}

/// Calls `work` with a page; `None` if it has no text yet.
fn with_text<T>(page: PageRef, course: &Course, work: fn(&Page<'_>, &Links<'_>) -> T) -> Option<T> {
    match page {
        PageRef::Scenario(index) => {
            let written = course.scenarios[index].written.as_ref();
            let written = written.filter(|written| !written.blocks.is_empty())?;
            let mut links = Links::for_scenario(course, index);
            links.definitions = written.definitions.join("\n\n");
            let address = links.page.clone();
            Some(work(&Page { kind: Kind::Scenario, address, blocks: &written.blocks }, &links))
        }
        PageRef::Tutorial(tutorial, page) => {
            let tutorial = &course.tutorials[tutorial];
            let page = &tutorial.pages[page];
            let address = format!("{}{}/", tutorial_page(&tutorial.id), page.id);
            let mut links = Links::new(course, address.clone());
            links.definitions = page.definitions.join("\n\n");
            Some(work(&Page { kind: Kind::Tutorial, address, blocks: &page.blocks }, &links))
        }
    }
}

/// What the page of a planned scenario says besides its summary.
fn planned(page: PageRef, course: &Course) -> Vec<Document> {
    let PageRef::Scenario(index) = page else { return Vec::new() };
    let (scenario, links) = (&course.scenarios[index], &Links::for_scenario(course, index));
    let mut text = sentences(&[&scenario.why, &scenario.app_why], links);
    let lists = scenario.teaches.iter().chain(&scenario.goals);
    for line in lists.chain(scenario.bridge.plants.iter().map(|plant| &plant.asks)) {
        add(&mut text, &print_plain(line, links));
    }
    for metric in &scenario.metrics {
        add(&mut text, &metric.name.value);
        add(&mut text, metric.help.as_ref().map_or("", |help| help.value.as_str()));
    }
    for parameter in &scenario.parameters {
        add(&mut text, &parameter.name.value);
        add(&mut text, parameter.help.as_ref().map_or("", |help| help.value.as_str()));
    }
    let address = format!("{}#main", scenario_page(&scenario.id));
    let document = (!text.is_empty()).then(|| Document { text, ..Document::new(Kind::Scenario, address) });
    document.into_iter().collect()
}

/// Texts one after the other.
fn sentences(texts: &[&RichText], links: &Links<'_>) -> String {
    let mut out = String::new();
    texts.iter().for_each(|text| add(&mut out, &print_words(text, links)));
    out
}

/// Adds words to a text, with a full stop between the two.
pub(super) fn add(text: &mut String, words: &str) {
    if words.is_empty() {
        return;
    }
    if text.chars().last().is_some_and(char::is_alphanumeric) {
        text.push('.');
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(words);
}
