//! The page of a scenario: written in full, or an honest short one while it is planned.

use crate::emit::print::html::{
    Links, escape_html, group_anchor, print_inline_html, print_plain, print_sections, track_page,
};
use crate::emit::review::Reviewing;
use crate::ir::{Piece, Reference, RichText, Target};
use crate::manifest::measure::{Metric, Panel, Parameter};
use crate::model::{Course, Role, Scenario, reference_label};
use crate::source::Files;

use super::card::{card, concepts, is_open, scenario_link};
use super::frame::{Frame, frame_page};
use super::page::{Body, Link, OpenQuestion, ScenarioPage, SitePage, TitledText};
use super::rehearsal::rehearsal;
use super::theme::Theme;

/// The page of a scenario.
pub(super) fn page_of_scenario(
    course: &Course,
    index: usize,
    files: &Files,
    theme: &Theme,
    reviewing: Option<&Reviewing<'_>>,
) -> SitePage {
    let scenario = &course.scenarios[index];
    let mut links = Links::for_scenario(course, index);
    links.review = reviewing.and_then(|reviewing| reviewing.notes(&links.page));
    let assets = scenario.written.iter().flat_map(|written| &written.assets);
    links.definitions =
        scenario.written.as_ref().map(|written| written.definitions.join("\n\n")).unwrap_or_default();
    links.sizes =
        assets.filter_map(|(name, id)| Some((name.clone(), svg_size(files.text(*id).ok()?)?))).collect();
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
        kind: "scenario",
        title: reference_label(
            course,
            &Reference { target: Target::Scenario(index), text: None },
            Some(index),
        ),
        description: description.map(|text| print_plain(text, &links)).unwrap_or_default(),
        trail,
        under,
    };
    let body = view(course, index, &links);
    frame_page(theme, &links, frame, Body::Scenario(Box::new(body)))
}

fn view(course: &Course, index: usize, links: &Links<'_>) -> ScenarioPage {
    let scenario = &course.scenarios[index];
    let lines = |texts: &[RichText]| texts.iter().map(|text| print_inline_html(text, links)).collect();
    let blocks = scenario.written.as_ref().map(|written| written.blocks.as_slice()).unwrap_or_default();
    let link = |at: usize| scenario_link(at, links);
    ScenarioPage {
        card: card(index, links),
        before: before(course, index).map(|text| print_inline_html(&text, links)).unwrap_or_default(),
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
        metrics: scenario.metrics.iter().map(|metric| metric_text(metric, links)).collect(),
        panels: scenario.panels.iter().map(|panel| panel_text(panel, links)).collect(),
        parameters: scenario.parameters.iter().map(|parameter| parameter_text(parameter, links)).collect(),
        folder: is_open(scenario).then(|| Link {
            label: scenario.folder.clone(),
            href: format!(
                "https://github.com/{}/tree/{}/{}",
                course.repository, course.branch, scenario.folder
            ),
        }),
        opening: lines(&course.opening),
        rehearsal: scenario.written.as_ref().and_then(rehearsal),
        sections: print_sections(blocks, links),
        previous: previous(course, index).map(|at| card(at, links)),
        next: course.next_scenario(index).map(|at| card(at, links)),
        published: scenario.published.clone(),
        updated: scenario.updated.clone(),
    }
}

/// Width and height of an SVG from its first tag: as given, else those of its view box.
fn svg_size(svg: &str) -> Option<(u32, u32)> {
    let start = svg.find("<svg")?;
    let tag = &svg[start..start + svg[start..].find('>')?];
    let value = |name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next()
    };
    let number = |text: &str| text.trim_end_matches("px").parse::<f64>().ok();
    let given = value("width").and_then(number).zip(value("height").and_then(number));
    let (width, height) = given.or_else(|| {
        let numbers: Vec<f64> = value("viewBox")?.split([' ', ',']).filter_map(number).collect();
        (numbers.len() == 4).then(|| (numbers[2], numbers[3]))
    })?;
    let whole = |size: f64| (1.0..10_000.0).contains(&size).then(|| size.round() as u32);
    whole(width).zip(whole(height))
}

/// The scenarios of the track that come first, as one reference.
fn before(course: &Course, index: usize) -> Option<RichText> {
    let scenario = &course.scenarios[index];
    let (track, number) = (scenario.place?.0, scenario.number?);
    let find = |number: u32| {
        course.scenarios.iter().position(|other| {
            other.number == Some(number) && other.place.is_some_and(|place| place.0 == track)
        })
    };
    let target = match number {
        1 => return None,
        2 => Target::Scenario(find(1)?),
        _ => Target::Scenarios(find(1)?, find(number - 1)?),
    };
    Some(RichText { pieces: vec![Piece::Reference(Reference { target, text: None })] })
}

/// The scenario that this one follows.
fn previous(course: &Course, index: usize) -> Option<usize> {
    let track = course.scenarios[index].place?.0;
    let mut all = course.tracks[track].groups.iter().flat_map(|group| group.scenarios.iter().copied());
    all.find(|&other| course.next_scenario(other) == Some(index))
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

fn metric_text(metric: &Metric, links: &Links<'_>) -> TitledText {
    let help = metric.help.as_ref().map(|help| help.value.as_str()).unwrap_or_default();
    TitledText {
        title: format!("<code>{}</code>", escape_html(&metric.name.value)),
        text: print_inline_html(&RichText::plain(help), links),
    }
}

fn panel_text(panel: &Panel, links: &Links<'_>) -> TitledText {
    let help = panel.help.as_ref().map(|help| help.value.as_str()).unwrap_or_default();
    TitledText {
        title: escape_html(&panel.title.value),
        text: print_inline_html(&RichText::plain(help), links),
    }
}

fn parameter_text(parameter: &Parameter, links: &Links<'_>) -> TitledText {
    let help = parameter.help.as_ref().map(|help| help.value.as_str()).unwrap_or_default();
    TitledText {
        title: format!("<code>{}</code>", escape_html(&parameter.name.value)),
        text: print_inline_html(&RichText::plain(help), links),
    }
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn the_size_of_a_picture_is_the_given_one_or_that_of_its_view_box() {
        assert_eq!(svg_size("<svg width=\"84\" height=\"50px\" viewBox=\"0 0 1 1\">"), Some((84, 50)));
        assert_eq!(svg_size("<?xml version=\"1.0\"?><svg viewBox=\"0 0 840 500.4\">"), Some((840, 500)));
        assert_eq!(svg_size("<svg width=\"100%\" height=\"100%\">"), None);
        assert_eq!(svg_size("no picture"), None);
    }
}
