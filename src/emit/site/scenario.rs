//! The page of a scenario: written in full, or an honest short one while it is planned.

use crate::emit::print::html::{
    Links, Section, group_anchor, print_inline_html, print_plain, print_sections, track_page,
};
use crate::emit::review::Reviewing;
use crate::environment::ServiceInfo;
use crate::ir::RichText;
use crate::model::{Course, Role, Scenario, Viewpoint, label};
use crate::source::Files;

use super::card::{card, concepts, is_open, scenario_link};
use super::frame::{Frame, frame_page};
use super::measures::{metric_view, parameter_view};
use super::page::{Body, Link, SitePage};
use super::panel::panel_view;
use super::picture::picture_sizes;
use super::rehearsal::rehearsal;
use super::scenario_page::{LeftOpen, OpenQuestion, ScenarioPage, ServiceView};
use super::subject::Subject;
use super::theme::Theme;

/// The page of a scenario without its body, which is as long as the scenario: [`body_of_scenario`] makes
/// it when the page is printed.
pub(super) fn page_of_scenario(course: &Course, index: usize, theme: &Theme) -> SitePage {
    let scenario = &course.scenarios[index];
    let links = links_of(course, index);
    let place = course.place(index);
    let mut trail = Vec::new();
    let mut under = String::new();
    if let Some((track, group)) = place {
        under = track_page(&track.id);
        trail.push((track.title.clone(), under.clone()));
        trail.push((group.name.clone(), format!("{under}#{}", group_anchor(&group.id))));
    }
    let description = [&scenario.summary, &scenario.about].into_iter().find(|text| !text.is_empty());
    let frame = Frame {
        subject: Subject::Scenario(index),
        kind: "scenario",
        title: label(course, scenario, links.from),
        description: description.map(|text| print_plain(text, &links)).unwrap_or_default(),
        trail,
        under,
    };
    frame_page(theme, &links, frame, Body::Unmade {})
}

/// The body of a scenario's page.
pub(super) fn body_of_scenario(
    course: &Course,
    index: usize,
    files: &Files,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> Body {
    let mut links = links_of(course, index);
    links.review = reviewing.and_then(|reviewing| reviewing.notes(&links.page));
    if let Some(written) = &course.scenarios[index].written {
        links.sizes = picture_sizes(&written.assets, files);
    }
    Body::Scenario(Box::new(view(course, index, &links, theme)))
}

fn links_of(course: &Course, index: usize) -> Links<'_> {
    let mut links = Links::for_scenario(course, index);
    if let Some(written) = &course.scenarios[index].written {
        links.definitions = written.definitions.join("\n\n");
    }
    links
}

fn view(course: &Course, index: usize, links: &Links<'_>, theme: &Theme) -> ScenarioPage {
    let scenario = &course.scenarios[index];
    let lines = |texts: &[RichText]| texts.iter().map(|text| print_inline_html(text, links)).collect();
    let blocks = scenario.written.as_ref().map(|written| written.blocks.as_slice()).unwrap_or_default();
    let link = |at: usize| scenario_link(at, links);
    let sections = print_sections(blocks, links);
    ScenarioPage {
        card: card(index, links),
        was: scenario.was.join(" "),
        prerequisites: prerequisites(course, index, links),
        before: course
            .earlier(index)
            .map(|target| print_inline_html(&RichText::reference(target, None), links))
            .unwrap_or_default(),
        has_recap: scenario.locals.steps.iter().any(|step| step.role == Some(Role::Recap)),
        group: course.place(index).map(|(track, group)| Link {
            label: group.name.clone(),
            href: links.to(&format!("{}#{}", track_page(&track.id), group_anchor(&group.id))),
        }),
        deepens: concepts(&scenario.deepens, links),
        uses: concepts(&scenario.uses, links),
        app_why: print_inline_html(&scenario.app_why, links),
        teaches: lines(&scenario.teaches),
        goals: lines(&scenario.goals),
        extends: scenario.extends.as_ref().map(|(at, _)| link(*at)),
        realized_by: scenario.realized_by.map(link),
        takes_up: takes_up(course, scenario, links),
        plants: scenario.bridge.plants.iter().map(|plant| print_inline_html(&plant.asks, links)).collect(),
        leaves_open: leaves_open(course, index, links),
        services: services(scenario, links),
        metrics: scenario.metrics.iter().map(|metric| metric_view(metric, links, theme)).collect(),
        panels: scenario.panels.iter().map(|panel| panel_view(panel, links, theme)).collect(),
        parameters: scenario.parameters.iter().map(|found| parameter_view(found, links, theme)).collect(),
        folder: is_open(scenario).then(|| Link {
            label: scenario.folder.clone(),
            href: format!(
                "https://github.com/{}/tree/{}/{}",
                course.repository, course.branch, scenario.folder
            ),
        }),
        devcontainer: label(course, scenario, Viewpoint::beside(scenario)),
        opening: lines(&course.opening),
        rehearsal: scenario.written.as_ref().and_then(|written| rehearsal(written, theme)),
        has_outline: has_outline(&sections),
        sections,
        previous: course.previous_scenario(index).map(|at| card(at, links)),
        next: course.next_scenario(index).map(|at| card(at, links)),
        published: scenario.published.clone(),
        updated: scenario.updated.clone(),
    }
}

fn takes_up(course: &Course, scenario: &Scenario, links: &Links<'_>) -> Vec<OpenQuestion> {
    let taken = scenario.bridge.takes_up.iter();
    taken
        .filter_map(|(by, id)| {
            let plant = course.scenarios.get(*by)?.bridge.plants.iter().find(|plant| plant.id == *id)?;
            Some(OpenQuestion {
                from: scenario_link(*by, links),
                asks: print_inline_html(&plant.asks, links),
            })
        })
        .collect()
}

/// An outline of one entry tells nobody anything.
pub(super) fn has_outline(sections: &[Section]) -> bool {
    sections.iter().filter(|section| !section.title.is_empty()).count() > 1
}

/// What the scenario leaves open, and who takes it up.
fn leaves_open(course: &Course, index: usize, links: &Links<'_>) -> Vec<LeftOpen> {
    let plants = course.scenarios[index].bridge.plants.iter();
    plants
        .map(|plant| {
            let takes = |other: &Scenario| {
                other.bridge.takes_up.iter().any(|(by, id)| *by == index && *id == plant.id)
            };
            LeftOpen {
                asks: print_inline_html(&plant.asks, links),
                by: course.scenarios.iter().position(takes).map(|at| scenario_link(at, links)),
            }
        })
        .collect()
}

/// What the track asks of those who begin it: said by its first scenario.
fn prerequisites(course: &Course, index: usize, links: &Links<'_>) -> String {
    match course.place(index) {
        Some((track, _)) if course.scenarios[index].number == Some(1) => {
            print_inline_html(&track.before, links)
        }
        Some(_) | None => String::new(),
    }
}

/// What runs in it. Only a scenario that can be worked on has something to run.
fn services(scenario: &Scenario, links: &Links<'_>) -> Vec<ServiceView> {
    let found = scenario.written.as_ref().map(|written| written.services.as_slice()).unwrap_or_default();
    let view = |service: &ServiceInfo| ServiceView {
        id: service.id.clone(),
        title: service.title.clone(),
        port: service.port,
        forwarded: service.forwarded,
        about: print_inline_html(&RichText::plain(&service.about), links),
        open: print_inline_html(&RichText::plain(service.open.as_deref().unwrap_or_default()), links),
    };
    found.iter().map(view).collect()
}
