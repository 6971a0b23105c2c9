//! Headings: a section with the number of its step, a fix, anything else.

use super::view::{Found, Place, View};
use crate::adopt::read::marks::{has_phrase, unmarked, words};
use crate::adopt::read::numbers::{
    Labelled, labelled, numbered, prefix_len, without_ornament, without_signs,
};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{FIX, SECTION_PHRASES, STEP, STEP_PHRASES};
use crate::adopt::{FixHeading, PartKind, SectionHeading, Step};
use crate::model::Role;
use crate::source::Spanned;

/// A heading, and what its words say about the place below it.
pub(super) fn read_heading(view: &View<'_>, at: usize, place: &mut Place) -> Option<Found> {
    let (level, text) = view.heading(at)?;
    let step = labelled(text, &STEP);
    let is_section = level <= view.section_level || (step.is_some() && level <= view.section_level + 1);
    let fix = fix_of(text).filter(|_| step.is_none() && (2..=4).contains(&level));
    let kind = match fix {
        Some((number, title)) => {
            if is_section {
                place.role = Some(Role::Fix);
            }
            PartKind::Fix(FixHeading { level, number, title })
        }
        None if is_section => {
            let heading = section_of(text, step);
            place.role = heading.role;
            PartKind::Section(heading)
        }
        None => {
            // A heading inside of a section may open a list of questions, or a table of help.
            let by_words = role_by_words(text.text, false);
            if let Some(role @ (Role::Faq | Role::Stuck)) = by_words {
                place.role = Some(role);
            }
            PartKind::Heading { level, text: text.span }
        }
    };
    place.in_sections = true;
    Some(Found::one(view, at, 1, kind))
}

fn section_of(text: Run<'_>, step: Option<Labelled<'_>>) -> SectionHeading {
    // "3. Repair it" is a step, "1. The situation" of a page that numbers everything is none.
    let has_word = step.is_some();
    let step = step.or_else(|| numbered(text));
    let rest = step.map_or(text, |step| step.rest);
    let title = without_signs(without_ornament(rest)).trim();
    let title = if title.is_blank() { text.trim() } else { title };
    let role = role_by_words(title.text, has_word);
    let step = step.map(|step| Step { number: step.number });
    SectionHeading { title: Spanned::new(unmarked(title.text), title.span), role, step }
}

/// "Fix 2: Ask once", "Repair 1 · …", "The fix: …".
fn fix_of(text: Run<'_>) -> Option<(Option<crate::adopt::Number>, Spanned<String>)> {
    let text = text.trim();
    let titled = |run: Run<'_>| Spanned::new(unmarked(run.trim().text), run.trim().span);
    if let Some(found) = labelled(text, &FIX) {
        return Some((Some(found.number), titled(found.rest)));
    }
    let bare = without_ornament(text);
    let len = ["the fix", "fix"].iter().find_map(|word| prefix_len(bare.text, word))?;
    let rest = bare.from(len);
    let named = rest.text.trim_start().starts_with([':', '—', '–', '-', '·']);
    named.then(|| (None, titled(without_signs(rest))))
}

/// What the words of a heading say that it is for. What is called a step has only roles of steps.
fn role_by_words(title: &str, is_step: bool) -> Option<Role> {
    let plain = words(title);
    let is_in = |phrase: &str| match phrase.strip_prefix('=') {
        Some(whole) => plain == whole,
        None => has_phrase(&plain, phrase),
    };
    let find = |phrases: &[(Role, &[&str])]| {
        let holds = |(_, phrases): &&(Role, &[&str])| phrases.iter().any(|phrase| is_in(phrase));
        phrases.iter().find(holds).map(|(role, _)| *role)
    };
    let section = if is_step { None } else { find(&SECTION_PHRASES) };
    section.or_else(|| find(&STEP_PHRASES))
}
