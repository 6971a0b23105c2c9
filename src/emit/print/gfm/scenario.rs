//! SCENARIO.md: the title, the lines about the exercise, its page, and the bridge to the next.

use super::answers::has_answers;
use super::block::{join, print_blocks};
use super::context::{GfmContext, Page};
use super::escape::escape_text;
use super::markdown::emphasize;
use super::reference::print_inline;
use crate::emit::print::words;
use crate::ir::{Block, Node, Reference, RichText, Target};
use crate::manifest::scenario::Status;
use crate::model::{Course, Role, Scenario, Viewpoint, reference_label, short_label};

/// The whole of a scenario's SCENARIO.md. `drafts` says whether drafts have a folder to link to.
#[must_use]
pub fn print_scenario(course: &Course, scenario: usize, drafts: bool) -> String {
    let cx = GfmContext::new(course, Page::Scenario(scenario), drafts);
    let entry = &course.scenarios[scenario];
    let blocks: &[Block] = entry.written.as_ref().map_or(&[], |written| &written.blocks);
    let mut out = vec![format!("# {}", heading_title(course, scenario))];
    if entry.status == Status::Draft {
        out.push(format!("> [!NOTE]\n> {}", words::DRAFT_NOTE));
    }
    out.push(print_fields(course, scenario));
    let (steps, rest) = blocks.split_at(end_of_steps(entry, blocks));
    out.extend(print_blocks(steps, &cx));
    if has_answers(blocks) {
        out.push(words::ANSWERS_POINTER.to_owned());
    }
    out.extend(print_blocks(rest, &cx));
    out.extend(print_bridge(scenario, &cx));
    with_definitions(join(out), entry.definitions()) + "\n"
}

/// Definitions hold for a whole page, which may become two files: each gets those that it uses.
#[must_use]
pub fn with_definitions(mut text: String, definitions: &[String]) -> String {
    for definition in
        definitions.iter().filter(|definition| !text.contains(definition.as_str())).collect::<Vec<_>>()
    {
        let label = definition.split_inclusive(']').next().unwrap_or(definition);
        if text.contains(label) {
            text.push_str("\n\n");
            text.push_str(definition);
        }
    }
    text
}

/// "Scenario 1: Diagnosing failures", or the title alone for one that is in no track.
#[must_use]
pub fn heading_title(course: &Course, scenario: usize) -> String {
    let entry = &course.scenarios[scenario];
    let title = escape_text(&entry.title);
    if entry.place.is_none() {
        return title;
    }
    let name = short_label(course, entry, Viewpoint::Scenario(scenario));
    [&*escape_text(&name), ": ", &title].concat()
}

/// The lines below the title, each ended by a hard break.
fn print_fields(course: &Course, scenario: usize) -> String {
    let entry = &course.scenarios[scenario];
    let mut facts = Vec::new();
    if let Some(tier) = course.tier_of(scenario) {
        facts.push(format!("**{}:** {}", words::LEVEL, escape_text(&tier.name)));
    }
    if let Some(minutes) = entry.minutes {
        facts.push(format!("**{}:** {}", words::TIME, words::minutes(minutes)));
    }
    let concepts: Vec<String> = entry
        .introduces
        .iter()
        .chain(&entry.deepens)
        .map(|&concept| escape_text(&course.concepts[concept].name))
        .collect();
    if !concepts.is_empty() {
        facts.push(format!("**{}:** {}", words::CONCEPTS, concepts.join(", ")));
    }
    let mut lines = vec![facts.join(" · ")];
    lines.extend(earlier_scenarios(course, scenario).map(|earlier| {
        let recap = if has_recap(entry) { words::OR_RECAP } else { "" };
        format!("**{}:** {earlier}{recap}", words::BEFORE_THIS)
    }));
    lines.retain(|line| !line.is_empty());
    lines.join("\\\n")
}

/// "Scenarios 1–3": the counted ones of the track that come before.
fn earlier_scenarios(course: &Course, scenario: usize) -> Option<String> {
    let target = course.earlier(scenario)?;
    let from = Viewpoint::Scenario(scenario);
    if let Target::Scenario(first) = target {
        return Some(escape_text(&short_label(course, &course.scenarios[first], from)));
    }
    Some(escape_text(&reference_label(course, &Reference { target, text: None }, from)))
}

fn has_recap(entry: &Scenario) -> bool {
    entry.locals.steps.iter().any(|step| step.role == Some(Role::Recap))
}

/// The index after the last numbered step: of the next section, or of the end.
fn end_of_steps(entry: &Scenario, blocks: &[Block]) -> usize {
    let is_step = |id: &str| entry.locals.steps.iter().any(|step| step.id == id && step.number.is_some());
    let section = |block: &Block| matches!(&block.node, Node::Heading(heading) if heading.level == 2);
    let last = blocks.iter().rposition(
        |block| matches!(&block.node, Node::Heading(heading) if heading.level == 2 && is_step(&heading.id)),
    );
    let Some(last) = last else { return blocks.len() };
    blocks[last + 1..].iter().position(section).map_or(blocks.len(), |after| last + 1 + after)
}

fn print_bridge(scenario: usize, cx: &GfmContext<'_>) -> Option<String> {
    let next = cx.course.next_scenario(scenario)?;
    let link = print_inline(&RichText::reference(Target::Scenario(next), None), cx);
    Some(emphasize(&format!("{}: {link}", words::NEXT)))
}
