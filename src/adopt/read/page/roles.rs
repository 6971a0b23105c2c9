//! What each section is for: by the words of its heading, by what stands in it, and by where it stands
//! among the others. Options that belong to no fix are not understood.

use super::section::role_by_words;
use super::view::View;
use crate::adopt::read::marks::{has_phrase, words};
use crate::adopt::{FixHeading, Part, PartKind, Unclear};
use crate::model::Role;

/// What a section holds.
#[derive(Debug, Default)]
struct Holds {
    heading: usize,
    /// Past its last part.
    end: usize,
    is_step: bool,
    /// By its words.
    said: Option<Role>,
    fixes: bool,
    changes: bool,
    options: bool,
    results: bool,
    load_test: bool,
    plan: bool,
    code: bool,
    questions: usize,
    commands: bool,
    subsections: bool,
}

/// Words of a command or of text that mean a load test.
const LOAD_TEST: [&str; 6] = ["loadtest", "load test", "npm run load", "k6 run", "autocannon", "wrk"];

/// Gives every section its role.
pub(super) fn assign_roles(view: &View<'_>, parts: &mut [Part]) {
    name_fixes(view, parts);
    let sections = sections_of(view, parts);
    let is_fix = |section: &Holds| {
        section.fixes || section.changes || (section.said == Some(Role::Fix) && section.is_step)
    };
    let first_fix = sections.iter().position(is_fix);
    let last_fix = sections.iter().rposition(is_fix);
    let mut observed = false;
    let mut roles = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        let side = match (first_fix, last_fix) {
            (Some(first), _) if at < first => Side::Before,
            (_, Some(last)) if at > last => Side::After,
            (None, _) => Side::Before,
            _ => Side::Between,
        };
        let is_last_step = !sections[at + 1..].iter().any(|later| later.is_step || later.questions > 0);
        let role = role_of(section, at, side, observed, is_last_step);
        observed |= role == Some(Role::Observe);
        roles.push(role);
    }
    for (section, role) in sections.iter().zip(&roles) {
        if let PartKind::Section(heading) = &mut parts[section.heading].kind {
            heading.role = *role;
        }
        if *role != Some(Role::Fix) && !section.fixes {
            orphan_options(&mut parts[section.heading..section.end]);
        }
    }
    let first = sections.first().map_or(parts.len(), |section| section.heading);
    orphan_options(&mut parts[..first]);
}

fn orphan_options(parts: &mut [Part]) {
    for part in parts.iter_mut().filter(|part| matches!(part.kind, PartKind::Options(_))) {
        part.kind =
            PartKind::Unclear(Unclear { why: "options without a fix that they belong to".to_owned() });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Between,
    After,
}

fn role_of(section: &Holds, at: usize, side: Side, observed: bool, is_last_step: bool) -> Option<Role> {
    if section.fixes || section.changes {
        return Some(Role::Fix);
    }
    let works = section.is_step || section.questions > 0 || section.results;
    match section.said {
        Some(role) if !role.is_step() && !section.is_step => return Some(role),
        Some(Role::Fix) if works || section.options => return Some(Role::Fix),
        _ => {}
    }
    if !works {
        return match (at, side) {
            (0, _) => Some(Role::Situation),
            // Between steps, a section without a question explains something.
            (_, Side::Before | Side::Between) if !section.commands || section.subsections => {
                Some(Role::Concepts)
            }
            _ => None,
        };
    }
    Some(match side {
        Side::Before | Side::Between => before_role(section, observed, side),
        Side::After => after_role(section, is_last_step),
    })
}

fn before_role(section: &Holds, observed: bool, side: Side) -> Role {
    match section.said {
        Some(role @ (Role::Observe | Role::Understand | Role::Diagnose | Role::Verify))
            if role != Role::Verify || side == Side::Between =>
        {
            role
        }
        _ if section.plan => Role::Diagnose,
        _ if section.load_test && !observed => Role::Observe,
        _ if section.load_test && section.results => Role::Verify,
        _ if section.code => Role::Understand,
        _ if observed => Role::Diagnose,
        _ => Role::Observe,
    }
}

fn after_role(section: &Holds, is_last_step: bool) -> Role {
    match section.said {
        Some(role @ (Role::Verify | Role::Observe | Role::Diagnose)) => role,
        _ if section.results || section.load_test => Role::Verify,
        Some(role @ Role::Understand) if !is_last_step => role,
        _ => Role::Reflect,
    }
}

fn sections_of(view: &View<'_>, parts: &[Part]) -> Vec<Holds> {
    let mut sections: Vec<Holds> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        match &part.kind {
            PartKind::Section(heading) => {
                let said = role_by_words(&heading.title, heading.step.is_some());
                sections.push(Holds {
                    heading: at,
                    end: at + 1,
                    is_step: heading.step.is_some(),
                    said: said.map(|(role, _)| role),
                    ..Holds::default()
                });
            }
            PartKind::Fix(FixHeading { level, .. }) if *level <= view.section_level => {
                sections.push(Holds { heading: at, end: at + 1, fixes: true, ..Holds::default() });
            }
            kind => {
                if let Some(section) = sections.last_mut() {
                    section.end = at + 1;
                    note(view, part, kind, section);
                }
            }
        }
    }
    sections
}

fn note(view: &View<'_>, part: &Part, kind: &PartKind, section: &mut Holds) {
    match kind {
        PartKind::Fix(_) => section.fixes = true,
        PartKind::Heading { .. } => section.subsections = true,
        PartKind::Change(_) => section.changes = true,
        PartKind::Options(_) => section.options = true,
        PartKind::Results => section.results = true,
        PartKind::Question(_) => section.questions += 1,
        PartKind::Commands { body, .. } => {
            section.commands = true;
            let body = view.run(*body).text.to_lowercase();
            section.load_test |= LOAD_TEST.iter().any(|phrase| body.contains(phrase));
            section.plan |= body.contains("explain") || body.contains("pg_stat");
        }
        PartKind::Prose => {
            let text = view.run(part.span).text;
            section.code |=
                has_phrase(&words(text), "open src") || text.contains("Open `") || text.contains("open `");
        }
        _ => {}
    }
}

/// Below a heading for fixes without one that is named so, headings whose text holds a change, options or
/// statements name fixes.
fn name_fixes(view: &View<'_>, parts: &mut [Part]) {
    let mut is_fix_section = false;
    let mut candidate: Option<usize> = None;
    let mut named: Vec<usize> = Vec::new();
    let mut has_names = false;
    let mut pending: Vec<usize> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        match &part.kind {
            PartKind::Section(heading) => {
                if !has_names {
                    named.append(&mut pending);
                }
                pending.clear();
                has_names = false;
                candidate = None;
                is_fix_section = role_by_words(&heading.title, heading.step.is_some())
                    .is_some_and(|(role, _)| role == Role::Fix);
            }
            PartKind::Fix(_) => has_names = true,
            PartKind::Heading { level, .. } => {
                candidate = (is_fix_section && *level == view.section_level + 1).then_some(at)
            }
            PartKind::Change(_) | PartKind::Options(_) => pending.extend(candidate.take()),
            _ => {}
        }
    }
    if !has_names {
        named.append(&mut pending);
    }
    for at in named {
        if let PartKind::Heading { level, text } = parts[at].kind {
            let run = view.run(text);
            let found = crate::adopt::read::numbers::numbered(run);
            let title = found.map_or(run, |found| found.rest).trim();
            parts[at].kind = PartKind::Fix(FixHeading {
                level,
                number: found.map(|found| found.number),
                title: crate::source::Spanned::new(
                    crate::adopt::read::marks::unmarked(title.text),
                    title.span,
                ),
            });
        }
    }
}
