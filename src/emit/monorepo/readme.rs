//! The monorepo's README: what the course is, the curriculum with its one-click links, how a
//! scenario works, how to open one by hand, and what people ask.

use crate::emit::print::gfm::{
    GfmContext, Page, Section, escape_text, print_inline, print_inline_line, readme_heading, strong, table,
};
use crate::emit::print::words;
use crate::emit::rehearsed::{Rehearsed, rehearsed};
use crate::ir::{RichText, Target};
use crate::model::{Course, Group, Track};

/// The whole of the monorepo's README.md.
#[must_use]
pub fn print_course_readme(course: &Course, drafts: bool) -> String {
    let cx = GfmContext::new(course, Page::Root { track: None }, drafts);
    let mut out = Blocks::default();
    out.heading(1, course, Section::Title);
    let tagline = print_inline_line(&course.tagline, &cx);
    out.push(strong(&tagline).unwrap_or(tagline));
    out.push(print_inline(&course.about, &cx));
    out.push(first_step(course, &cx));
    out.heading(2, course, Section::Curriculum);
    out.push(curriculum_note(course, &cx));
    for index in 0..course.tracks.len() {
        print_track(course, index, &cx.on(Page::Root { track: Some(index) }), &mut out);
    }
    print_how(course, &cx, &mut out);
    print_opening(course, &cx, &mut out);
    print_faq(course, &cx, &mut out);
    out.0.join("\n\n") + "\n"
}

/// Blocks of Markdown; empty ones are not taken.
#[derive(Default)]
struct Blocks(Vec<String>);

impl Blocks {
    fn push(&mut self, block: String) {
        if !block.trim().is_empty() {
            self.0.push(block);
        }
    }

    fn heading(&mut self, level: usize, course: &Course, section: Section) {
        self.0.push(format!("{} {}", "#".repeat(level), readme_heading(course, section)));
    }
}

/// The way in for somebody who has just arrived.
fn first_step(course: &Course, cx: &GfmContext<'_>) -> String {
    let first = (0..course.scenarios.len()).find(|&index| opens(course, index, cx));
    let site = course
        .site
        .as_ref()
        .map(|site| format!("You can read everything on the [course site]({site}), too."));
    let start = first.map(|index| {
        format!(
            "**New here?** [Open {} in a Codespace]({}). That is a machine of your own in the browser, with \
             everything running. To read first, see {}.",
            escape_text(&course.scenarios[index].title),
            course.codespaces_link(&course.scenarios[index].folder),
            scenario_link(
                index,
                &cx.on(Page::Root { track: course.scenarios[index].place.map(|place| place.0) })
            )
        )
    });
    start.into_iter().chain(site).collect::<Vec<_>>().join(" ")
}

fn curriculum_note(course: &Course, cx: &GfmContext<'_>) -> String {
    let any = (0..course.scenarios.len()).any(|index| opens(course, index, cx));
    let ready = "The link in the last column opens a scenario with one click. ";
    let proven = (0..course.scenarios.len()).any(|index| rehearsal(course, index, cx).is_some());
    let run = " “Rehearsed” is what a run of all steps on a real machine showed: the share of requests that \
               succeeded, and how many per second, before the fixes and after them.";
    format!(
        "{}Planned scenarios are listed so that you can see where the way leads.{}",
        if any { ready } else { "" },
        if proven { run } else { "" }
    )
}

/// The recorded run of a scenario that learners can open.
fn rehearsal<'c>(course: &'c Course, index: usize, cx: &GfmContext<'_>) -> Option<Rehearsed<'c>> {
    let scenario = &course.scenarios[index];
    scenario.written.as_ref().filter(|_| cx.has_folder(scenario)).and_then(rehearsed)
}

/// Whether a scenario can be opened in a Codespace.
fn opens(course: &Course, index: usize, cx: &GfmContext<'_>) -> bool {
    let scenario = &course.scenarios[index];
    cx.has_folder(scenario) && scenario.written.as_ref().is_some_and(|written| written.devcontainer.is_some())
}

fn print_track(course: &Course, index: usize, cx: &GfmContext<'_>, out: &mut Blocks) {
    let track = &course.tracks[index];
    out.heading(3, course, Section::Track(index));
    out.push(print_inline(&track.summary, cx));
    let labelled = [("For whom", &track.audience), ("Before you start", &track.before)];
    for (label, text) in labelled.into_iter().filter(|(_, text)| !text.is_empty()) {
        out.push(format!("**{label}:** {}", print_inline(text, cx)));
    }
    for (group_index, group) in track.groups.iter().enumerate() {
        out.heading(4, course, Section::Group(index, group_index));
        out.push(print_inline(&group.goal, cx));
        out.push(print_group(course, track, group, cx));
    }
}

/// The table of a group. Columns that would be empty from top to bottom are left out.
fn print_group(course: &Course, track: &Track, group: &Group, cx: &GfmContext<'_>) -> String {
    if group.scenarios.is_empty() {
        return String::new();
    }
    let head =
        ["#", track.noun.as_str(), words::CONCEPTS, "Status", "Rehearsed", "Codespace"].map(escape_text);
    let rows: Vec<[String; 6]> =
        group.scenarios.iter().map(|&index| print_entry(course, group, index, cx)).collect();
    let shown: Vec<usize> =
        (0..head.len()).filter(|&column| rows.iter().any(|row| !row[column].is_empty())).collect();
    let pick = |cells: &[String; 6]| shown.iter().map(|&column| cells[column].clone()).collect::<Vec<_>>();
    table(&pick(&head), &[], &rows.iter().map(pick).collect::<Vec<_>>())
}

fn print_entry(course: &Course, group: &Group, index: usize, cx: &GfmContext<'_>) -> [String; 6] {
    let scenario = &course.scenarios[index];
    let number = match scenario.number {
        Some(number) => number.to_string(),
        None if group.bonus => "Bonus".to_owned(),
        None => String::new(),
    };
    let title = escape_text(&scenario.title);
    let name = print_inline(&RichText::reference(Target::Scenario(index), Some(title)), cx);
    let concepts: Vec<String> =
        scenario.introduces.iter().map(|&concept| escape_text(&course.concepts[concept].name)).collect();
    let link = opens(course, index, cx)
        .then(|| format!("[Open in Codespaces]({})", course.codespaces_link(&scenario.folder)));
    let status = words::status(scenario.status).to_owned();
    let seen = rehearsal(course, index, cx).map(|found| found.summary()).unwrap_or_default();
    [number, name, concepts.join(", "), status, seen, link.unwrap_or_default()]
}

fn scenario_link(index: usize, cx: &GfmContext<'_>) -> String {
    print_inline(&RichText::reference(Target::Scenario(index), None), cx)
}

fn print_how(course: &Course, cx: &GfmContext<'_>, out: &mut Blocks) {
    if course.how.is_empty() {
        return;
    }
    out.heading(2, course, Section::How);
    let items = course.how.iter().map(|(title, text)| {
        let title = print_inline_line(title, cx);
        let end = if title.ends_with(['.', '?', '!', ':']) { "" } else { "." };
        let title = strong(&format!("{title}{end}")).unwrap_or(title);
        format!("- {title} {}", print_inline_line(text, cx))
    });
    out.push(items.collect::<Vec<_>>().join("\n"));
}

fn print_opening(course: &Course, cx: &GfmContext<'_>, out: &mut Blocks) {
    if course.opening.is_empty() {
        return;
    }
    out.heading(2, course, Section::Opening);
    let steps = course.opening.iter().enumerate();
    let steps = steps.map(|(at, step)| format!("{}. {}", at + 1, print_inline_line(step, cx)));
    out.push(steps.collect::<Vec<_>>().join("\n"));
}

fn print_faq(course: &Course, cx: &GfmContext<'_>, out: &mut Blocks) {
    if course.faq.is_empty() {
        return;
    }
    out.heading(2, course, Section::Faq);
    for (index, (_, answer)) in course.faq.iter().enumerate() {
        out.heading(3, course, Section::Question(index));
        out.push(print_inline(answer, cx));
    }
}
