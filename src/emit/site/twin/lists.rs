//! The twins of pages that list: home, tracks, concepts, tutorials, rules.

use super::blocks::Blocks;
use super::scenario::concept_links;
use crate::diag::CodeSpec;
use crate::diag::render::by_group;
use crate::emit::print::gfm::escape_text;
use crate::emit::print::html::{concept_page, scenario_page, track_page, tutorial_page};
use crate::emit::print::words;
use crate::emit::site::theme::Theme;
use crate::manifest::scenario::Status;
use crate::model::{Course, Track};

pub(super) fn home(course: &Course, theme: &Theme, out: &mut Blocks<'_>) {
    out.rich(&course.tagline);
    out.rich(&course.about);
    out.heading(2, &theme.word("map-title"));
    tracks(course, 3, out);
    if !course.how.is_empty() {
        out.heading(2, &theme.word("how-title"));
        for (title, text) in &course.how {
            let title = out.line(title);
            out.push(format!("### {title}"));
            out.rich(text);
        }
    }
    let tiers = course.tiers.iter().map(|tier| {
        let summary = out.line(&tier.summary);
        Blocks::fact(&tier.name, &summary)
    });
    let tiers: Vec<String> = tiers.collect();
    out.list(2, &theme.word("tiers-title"), tiers);
    if !course.tutorials.is_empty() {
        out.heading(2, &theme.word("tutorials-title"));
        tutorials(course, out);
    }
    let opening: Vec<String> = course.opening.iter().map(|step| out.line(step)).collect();
    out.list(2, &theme.word("opening-title"), opening);
    if !course.faq.is_empty() {
        out.heading(2, &theme.word("faq-title"));
        for (question, answer) in &course.faq {
            let question = out.line(question);
            out.push(format!("### {question}"));
            out.rich(answer);
        }
    }
}

pub(super) fn catalogue(course: &Course, description: &str, out: &mut Blocks<'_>) {
    out.push(escape_text(description));
    tracks(course, 2, out);
}

/// All tracks with what is in them, below headings of a level.
fn tracks(course: &Course, level: usize, out: &mut Blocks<'_>) {
    for track in &course.tracks {
        let link = out.link(&track.title, &track_page(&track.id));
        out.push(format!("{} {link}", "#".repeat(level)));
        out.rich(&track.summary);
        let groups: Vec<String> = track
            .groups
            .iter()
            .map(|group| print_group(course, &group.name, &group.scenarios, out))
            .collect();
        out.push(groups.join("\n"));
    }
}

/// A group as an item of a list, its scenarios below it.
fn print_group(course: &Course, name: &str, scenarios: &[usize], out: &Blocks<'_>) -> String {
    let mut text = format!("- {}", escape_text(name));
    for scenario in scenarios.iter().map(|&index| &course.scenarios[index]) {
        let number = scenario.number.map(|number| format!("{number}. ")).unwrap_or_default();
        let link = out.link(&format!("{number}{}", scenario.title), &scenario_page(&scenario.id));
        let status = words::status(scenario.status);
        text.push_str(&format!("\n  - {link} ({status})"));
    }
    text
}

pub(super) fn track(course: &Course, index: usize, theme: &Theme, out: &mut Blocks<'_>) {
    let track: &Track = &course.tracks[index];
    out.rich(&track.summary);
    out.titled(2, &theme.word("for-whom"), &track.audience);
    out.titled(2, &theme.word("know-before"), &track.before);
    out.titled(2, &theme.word("what-changes"), &track.change);
    for group in &track.groups {
        out.heading(2, &group.name);
        out.rich(&group.goal);
        out.rich(&group.guidance);
        for &index in &group.scenarios {
            entry(course, index, theme, out);
        }
    }
}

/// A scenario of a track.
fn entry(course: &Course, index: usize, theme: &Theme, out: &mut Blocks<'_>) {
    let scenario = &course.scenarios[index];
    let number = scenario.number.map(|number| format!("{number}. ")).unwrap_or_default();
    let link = out.link(&format!("{number}{}", scenario.title), &scenario_page(&scenario.id));
    out.push(format!("### {link}"));
    let mut facts = vec![words::status(scenario.status).to_owned()];
    facts.extend(scenario.minutes.map(words::minutes));
    out.push(facts.join(" · "));
    out.rich(&scenario.summary);
    if !scenario.introduces.is_empty() {
        let concepts = concept_links(course, &scenario.introduces, out);
        out.push(Blocks::fact(&theme.word("introduces"), &concepts));
    }
}

pub(super) fn concepts(course: &Course, out: &mut Blocks<'_>) {
    let lines: Vec<String> = course
        .concepts
        .iter()
        .map(|it| format!("- {} — {}", out.link(&it.name, &concept_page(&it.id)), out.line(&it.summary)))
        .collect();
    out.push(lines.join("\n"));
}

pub(super) fn concept(course: &Course, index: usize, theme: &Theme, out: &mut Blocks<'_>) {
    let concept = &course.concepts[index];
    out.rich(&concept.summary);
    let leads_to: Vec<usize> =
        (0..course.concepts.len()).filter(|&at| course.concepts[at].requires.contains(&index)).collect();
    for (word, concepts) in [("know-first", &concept.requires), ("leads-to", &leads_to)] {
        if !concepts.is_empty() {
            let links = concept_links(course, concepts, out);
            out.push(Blocks::fact(&theme.word(word), &links));
        }
    }
    let places = [
        ("introduced-in", &concept.introduced_in),
        ("deepened-in", &concept.deepened_in),
        ("used-in", &concept.used_in),
    ];
    for (word, scenarios) in places {
        let links = scenarios.iter().filter_map(|&at| course.scenarios.get(at));
        let links: Vec<String> = links.map(|it| out.link(&it.title, &scenario_page(&it.id))).collect();
        out.list(2, &theme.word(word), links);
    }
}

pub(super) fn tutorials(course: &Course, out: &mut Blocks<'_>) {
    let lines = course.tutorials.iter().map(|tutorial| {
        let link = out.link(&tutorial.title, &tutorial_page(&tutorial.id));
        let summary = out.line(&tutorial.summary);
        let status = match tutorial.status {
            Status::Ready => String::new(),
            status => format!(" ({})", words::status(status)),
        };
        if summary.is_empty() {
            format!("- {link}{status}")
        } else {
            format!("- {link}{status} — {summary}")
        }
    });
    let lines: Vec<String> = lines.collect();
    out.push(lines.join("\n"));
}

pub(super) fn rules(specs: &[&CodeSpec], out: &mut Blocks<'_>) {
    for (group, specs) in by_group(specs) {
        out.heading(2, group);
        let line = |spec: &&CodeSpec| {
            format!("- `{}` ({}): {} {}", spec.code, spec.severity.word(), spec.what, spec.fix)
        };
        let lines: Vec<String> = specs.iter().map(line).collect();
        out.push(lines.join("\n"));
    }
}
