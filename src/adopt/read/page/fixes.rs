//! Headings that name fixes without saying so: below "Repair it", one whose text holds a change or options.

use super::view::View;
use crate::adopt::read::marks::unmarked;
use crate::adopt::read::numbers::numbered;
use crate::adopt::{FixHeading, Part, PartKind};
use crate::model::Role;
use crate::source::Spanned;

/// Below a heading for fixes without one that is named so, headings whose text holds a change, options or
/// statements name fixes.
pub(super) fn name_fixes(view: &View<'_>, parts: &mut [Part]) {
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
                is_fix_section = heading.role == Some(Role::Fix);
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
            let found = numbered(run);
            let title = found.map_or(run, |found| found.rest).trim();
            parts[at].kind = PartKind::Fix(FixHeading {
                level,
                number: found.map(|found| found.number),
                title: Spanned::new(unmarked(title.text), title.span),
            });
        }
    }
}
