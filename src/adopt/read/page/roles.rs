//! What each section is for: by the words of its heading, by what stands in it, and by where it stands
//! among the others. Options that belong to no fix are not understood.

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
    let sections = sections_of(view, parts);
    let is_fix = |section: &Holds| {
        section.fixes || section.changes || (section.said == Some(Role::Fix) && section.is_step)
    };
    let page = Course {
        first_fix: sections.iter().position(is_fix),
        last_fix: sections.iter().rposition(is_fix),
        last_step: sections.iter().rposition(|section| section.is_step || section.questions > 0),
        is_numbered: sections.iter().filter(|section| section.is_step).count() > 1,
        has_story: sections.iter().any(|section| section.said == Some(Role::Situation)),
        shows: sections.iter().any(|section| section.said == Some(Role::Observe) || section.load_test),
    };
    let mut observed = false;
    for (at, section) in sections.iter().enumerate() {
        let role = role_of(section, at, &page, observed);
        observed |= role == Some(Role::Observe);
        if let PartKind::Section(heading) = &mut parts[section.heading].kind {
            heading.role = role;
        }
        if role != Some(Role::Fix) && !section.fixes {
            orphan_options(&mut parts[section.heading..section.end]);
        }
    }
    let first = sections.first().map_or(parts.len(), |section| section.heading);
    orphan_options(&mut parts[..first]);
}

/// What the sections of a page have in common.
struct Course {
    first_fix: Option<usize>,
    last_fix: Option<usize>,
    last_step: Option<usize>,
    /// Whether steps are numbered, so that a section without a number is none.
    is_numbered: bool,
    /// Whether any section measures.
    shows: bool,
    /// Whether a section is called the situation or the like.
    has_story: bool,
}

impl Course {
    fn side(&self, at: usize) -> Side {
        match (self.first_fix, self.last_fix) {
            (Some(first), _) if at < first => Side::Before,
            (_, Some(last)) if at > last => Side::After,
            (None, _) => Side::Before,
            _ => Side::Between,
        }
    }
}

/// Options with letters are missed where they belong to nothing; names in bold words are a list as others.
fn orphan_options(parts: &mut [Part]) {
    for part in parts {
        let PartKind::Options(options) = &part.kind else { continue };
        let why = "options without a fix that they belong to".to_owned();
        part.kind = match options.iter().any(|option| option.letter.is_some()) {
            true => PartKind::Unclear(Unclear { why }),
            false => PartKind::Prose,
        };
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Between,
    After,
}

fn role_of(section: &Holds, at: usize, page: &Course, observed: bool) -> Option<Role> {
    if section.fixes || section.changes {
        return Some(Role::Fix);
    }
    let side = page.side(at);
    // Among numbered steps, a section without a number is one only if it ends the work.
    let may_work = !page.is_numbered || (side == Side::After && section.results);
    let works = section.is_step || (may_work && (section.questions > 0 || section.results));
    match section.said {
        // "Background" at the top tells the story, if nothing else does.
        Some(Role::Concepts) if at == 0 && !section.subsections && !page.has_story => {
            return Some(Role::Situation);
        }
        Some(role) if !role.is_step() && !section.is_step => return Some(role),
        Some(Role::Fix) if works || section.options => return Some(Role::Fix),
        _ => {}
    }
    if works {
        return Some(match side {
            Side::After => after_role(section, page.last_step.is_none_or(|last| last <= at)),
            // The first step shows something, even where nothing is measured.
            _ if !observed && !page.shows => Role::Observe,
            _ => before_role(section, observed, side),
        });
    }
    let is_past_work = page.last_step.is_some_and(|last| at > last);
    match (at, side) {
        (0, _) => Some(Role::Situation),
        // Before and between steps, a section without a question explains something.
        (_, Side::Before | Side::Between) if !is_past_work && (!section.commands || section.subsections) => {
            Some(Role::Concepts)
        }
        _ => None,
    }
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
                // The reader of headings has looked at the words.
                let said = heading.role;
                let is_step = heading.step.is_some() && said.is_none_or(Role::is_step);
                sections.push(Holds { heading: at, end: at + 1, is_step, said, ..Holds::default() });
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
