//! The twin of a scenario's page.

use super::blocks::Blocks;
use crate::emit::print::gfm::{GfmContext, escape_text, print_gfm, with_definitions};
use crate::emit::print::html::{concept_page, scenario_page, track_page};
use crate::emit::print::words;
use crate::emit::site::theme::Theme;
use crate::ir::{Block, Node, RichText};
use crate::manifest::scenario::Status;
use crate::model::{Course, Role, Scenario};

pub(super) fn print(course: &Course, index: usize, theme: &Theme, out: &mut Blocks<'_>) {
    let scenario = &course.scenarios[index];
    let facts = facts(course, index, theme, out);
    out.push(facts.join("\\\n"));
    out.rich(&scenario.summary);
    if scenario.status == Status::Draft {
        out.push(format!("> {}", escape_text(&theme.word("draft-note"))));
    }
    let blocks: &[Block] = scenario.written.as_ref().map_or(&[], |written| &written.blocks);
    let text: Vec<String> = sections(blocks)
        .map(|(run, solves)| print_gfm(run, &GfmContext { solves, ..out.cx }).trim_end().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    out.push(with_definitions(text.join("\n\n"), scenario.definitions()));
    if scenario.status == Status::Planned {
        plan(course, scenario, theme, out);
    }
    if let Some(next) = course.next_scenario(index) {
        let next = &course.scenarios[next];
        let link = out.link(&next.title, &scenario_page(&next.id));
        out.push(Blocks::fact(&theme.word("next"), &link));
    }
}

/// A page cut at its H2 headings; each part with whether learners type a solution in it.
fn sections(blocks: &[Block]) -> impl Iterator<Item = (&[Block], bool)> {
    let heading = |block: &Block| match &block.node {
        Node::Heading(heading) if heading.level == 2 => Some(heading.role == Some(Role::Fix.word())),
        _ => None,
    };
    let parts = blocks.chunk_by(move |_, next| heading(next).is_none());
    parts.map(move |run| (run, run.first().and_then(heading).unwrap_or(false)))
}

/// What stands in the page's head, line by line.
fn facts(course: &Course, index: usize, theme: &Theme, out: &Blocks<'_>) -> Vec<String> {
    let scenario = &course.scenarios[index];
    let mut facts = Vec::new();
    if let Some((track, group)) = course.place(index) {
        let link = out.link(&track.title, &track_page(&track.id));
        facts.push(Blocks::fact(&theme.word("track"), &format!("{link} · {}", escape_text(&group.name))));
    }
    if let Some(tier) = course.tier_of(index) {
        facts.push(Blocks::fact(&theme.word("level"), &escape_text(&tier.name)));
    }
    if let Some(minutes) = scenario.minutes {
        facts.push(Blocks::fact(&theme.word("time"), &words::minutes(minutes)));
    }
    if !scenario.about.is_empty() {
        facts.push(Blocks::fact(&theme.word("app"), &out.line(&scenario.about)));
    }
    let lists =
        [("introduces", &scenario.introduces), ("deepens", &scenario.deepens), ("uses", &scenario.uses)];
    for (word, concepts) in lists.into_iter().filter(|(_, concepts)| !concepts.is_empty()) {
        facts.push(Blocks::fact(&theme.word(word), &concept_links(course, concepts, out)));
    }
    facts
}

/// Concepts as links, separated by commas.
pub(super) fn concept_links(course: &Course, concepts: &[usize], out: &Blocks<'_>) -> String {
    let found = concepts.iter().filter_map(|&index| course.concepts.get(index));
    found.map(|it| out.link(&it.name, &concept_page(&it.id))).collect::<Vec<_>>().join(", ")
}

/// What a planned scenario will be about.
fn plan(course: &Course, scenario: &Scenario, theme: &Theme, out: &mut Blocks<'_>) {
    let planned = format!("{}. {}", theme.word("planned-title"), theme.word("planned-text"));
    out.push(format!("> {}", escape_text(&planned)));
    if let Some(other) = scenario.realized_by.and_then(|other| course.scenarios.get(other)) {
        let link = out.link(&other.title, &scenario_page(&other.id));
        out.push(format!("{} {link}.", escape_text(&theme.word("realized-by"))));
    }
    let lines = |texts: &[RichText], out: &Blocks<'_>| -> Vec<String> {
        texts.iter().map(|text| out.line(text)).collect()
    };
    let teaches = lines(&scenario.teaches, out);
    out.list(2, &theme.word("you-learn"), teaches);
    out.titled(2, &theme.word("why-here"), &scenario.why);
    out.titled(2, &theme.word("why-app"), &scenario.app_why);
    let goals = lines(&scenario.goals, out);
    out.list(2, &theme.word("you-reach"), goals);
    let plants: Vec<String> = scenario.bridge.plants.iter().map(|plant| out.line(&plant.asks)).collect();
    out.list(2, &theme.word("leaves-open"), plants);
    let with_help = |name: &str, help: Option<&str>, out: &Blocks<'_>| match help {
        Some(help) => format!("{name}: {}", out.line(&RichText::plain(help))),
        None => name.to_owned(),
    };
    let metrics = scenario.metrics.iter().map(|metric| {
        let help = metric.help.as_ref().map(|help| help.value.as_str());
        with_help(&format!("`{}`", metric.name.value), help, out)
    });
    let metrics: Vec<String> = metrics.collect();
    out.list(2, &theme.word("metrics"), metrics);
    let panels = scenario.panels.iter().map(|panel| {
        let help = panel.help.as_ref().map(|help| help.value.as_str());
        with_help(&escape_text(&panel.title.value), help, out)
    });
    let panels: Vec<String> = panels.collect();
    out.list(2, &theme.word("panels"), panels);
    let parameters = scenario.parameters.iter().map(|parameter| {
        let help = parameter.help.as_ref().map(|help| help.value.as_str());
        with_help(&format!("`{}`", parameter.name.value), help, out)
    });
    let parameters: Vec<String> = parameters.collect();
    out.list(2, &theme.word("parameters"), parameters);
}
