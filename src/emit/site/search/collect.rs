//! All documents of a course: its pages, and what stands inside them.

use rayon::prelude::*;

use crate::emit::print::html::{
    Links, concept_page, group_anchor, print_plain, print_words, scenario_page, track_page, tutorial_page,
};
use crate::ir::RichText;
use crate::manifest::scenario::Status;
use crate::model::{Course, Scenario, Tutorial, short_label};

use super::super::card::status_word;
use super::super::emit::IsWanted;
use super::document::{Document, Kind};
use super::page::{Page, documents_of_page};

/// What can be found.
#[derive(Debug)]
pub(super) struct Found {
    /// Pages by their names and summaries.
    pub pages: Vec<Document>,
    /// What stands inside the pages, by track, under a name for its shard.
    pub inside: Vec<(String, Vec<Document>)>,
}

/// Everything in the course's order; `None` once it is not wanted any more.
pub(super) fn collect(course: &Course, is_wanted: IsWanted<'_>) -> Option<Found> {
    let links = Links::new(course, "");
    let mut pages = tracks(&links);
    pages.extend((0..course.scenarios.len()).map(|index| scenario(index, &links)));
    pages.extend(concepts(&links));
    pages.extend(course.tutorials.iter().flat_map(|found| tutorial(found, &links)));

    let mut inside: Vec<(String, Vec<Document>)> =
        course.tracks.iter().map(|track| (format!("track-{}", track.id), Vec::new())).collect();
    inside.push(("elsewhere".to_owned(), Vec::new()));
    let of_scenarios = (0..course.scenarios.len()).into_par_iter();
    let of_scenarios = of_scenarios.map(|index| is_wanted().then(|| inside_scenario(index, course)));
    let of_scenarios: Vec<_> = of_scenarios.collect::<Option<_>>()?;
    for (scenario, documents) in course.scenarios.iter().zip(of_scenarios) {
        let shard = scenario.place.map_or(course.tracks.len(), |(track, _)| track);
        inside[shard].1.extend(documents);
    }
    let of_tutorials = course.tutorials.iter().flat_map(|found| inside_tutorial(found, course));
    inside.push(("tutorials".to_owned(), of_tutorials.collect()));
    Some(Found { pages, inside })
}

/// What results of the search show: of one scenario, and of what is about none. Text by text, each on a
/// line of its own.
pub(in crate::emit::site) fn shown_texts(course: &Course, scenario: usize) -> [String; 2] {
    let links = Links::new(course, "");
    let mut own = vec![self::scenario(scenario, &links)];
    own.extend(inside_scenario(scenario, course));
    let mut others = tracks(&links);
    others.extend(concepts(&links));
    others.extend(course.tutorials.iter().flat_map(|found| tutorial(found, &links)));
    others.extend(course.tutorials.iter().flat_map(|found| inside_tutorial(found, course)));
    [own, others]
        .map(|documents| documents.iter().flat_map(Document::shown).map(|text| text + "\n").collect())
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

fn inside_scenario(index: usize, course: &Course) -> Vec<Document> {
    let scenario = &course.scenarios[index];
    let mut links = Links::for_scenario(course, index);
    let Some(written) = scenario.written.as_ref().filter(|written| !written.blocks.is_empty()) else {
        return planned(scenario, &links).into_iter().collect();
    };
    links.definitions = written.definitions.join("\n\n");
    documents_of_page(
        &Page { kind: Kind::Scenario, address: links.page.clone(), blocks: &written.blocks },
        &links,
    )
}

/// What the page of a planned scenario says besides its summary.
fn planned(scenario: &Scenario, links: &Links<'_>) -> Option<Document> {
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
    (!text.is_empty()).then(|| Document { text, ..Document::new(Kind::Scenario, address) })
}

fn inside_tutorial(tutorial: &Tutorial, course: &Course) -> Vec<Document> {
    let mut out = Vec::new();
    for page in &tutorial.pages {
        let address = format!("{}{}/", tutorial_page(&tutorial.id), page.id);
        let mut links = Links::new(course, address.clone());
        links.definitions = page.definitions.join("\n\n");
        out.extend(documents_of_page(&Page { kind: Kind::Tutorial, address, blocks: &page.blocks }, &links));
    }
    out
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
