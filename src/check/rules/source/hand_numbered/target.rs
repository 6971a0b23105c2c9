//! The reference that a hand-typed number stands for, where that is certain.

use crate::check::Page;
use crate::model::{Course, Scenario};

use super::find::{Hit, Kind};

/// What to write instead; `None` where it cannot be told. On a scenario's page numbers mean its
/// own parts and the scenarios of its own track, unless the words go on with "of …".
pub fn reference_to(course: &Course, page: &Page, hit: &Hit, text: &str) -> Option<String> {
    if text[hit.range.end..].trim_start().starts_with("of ") {
        return None;
    }
    let scenario = page.scenario().map(|index| &course.scenarios[index]);
    match &hit.kind {
        Kind::Scenario { noun, last, track } => scenarios(course, scenario, noun, hit.number, *last, *track),
        Kind::Track => {
            let track = course.tracks.iter().find(|track| track.number == hit.number)?;
            Some(format!("[](track:{})", track.id))
        }
        Kind::Step | Kind::Fix | Kind::Question | Kind::Figure { .. } | Kind::Option => {
            local(scenario?, hit).map(|(scheme, id)| format!("[]({scheme}:{id})"))
        }
    }
}

fn scenarios(
    course: &Course,
    viewer: Option<&Scenario>,
    noun: &str,
    first: u32,
    last: Option<u32>,
    track: Option<u32>,
) -> Option<String> {
    let index = match track {
        Some(number) => course.tracks.iter().position(|track| track.number == number)?,
        None => viewer?.place?.0,
    };
    if course.tracks[index].noun != noun {
        return None;
    }
    let find = |number: u32| {
        let in_track = |scenario: &&Scenario| scenario.place.is_some_and(|place| place.0 == index);
        course.scenarios.iter().filter(in_track).find(|scenario| scenario.number == Some(number))
    };
    let first = &find(first)?.id;
    match last {
        Some(last) => Some(format!("[](scenario:{first}..{})", find(last)?.id)),
        None => Some(format!("[](scenario:{first})")),
    }
}

fn local<'s>(scenario: &'s Scenario, hit: &Hit) -> Option<(&'static str, &'s str)> {
    let locals = &scenario.locals;
    match hit.kind {
        Kind::Step => {
            let step = locals.steps.iter().find(|step| step.number == Some(hit.number))?;
            Some(("step", &step.id))
        }
        Kind::Question => {
            let question = locals.questions.iter().find(|question| question.number == hit.number)?;
            Some(("question", &question.id))
        }
        Kind::Fix => {
            // A lone fix is "The fix" and has no number.
            let fixes = scenario.written.as_ref().map(|written| &written.fixes).filter(|it| it.len() > 1)?;
            let fix = fixes.get(usize::try_from(hit.number).ok()?.checked_sub(1)?)?;
            Some(("fix", &fix.id))
        }
        Kind::Figure { of } => {
            let figure = locals.figures.iter().find(|figure| figure.number == hit.number)?;
            (of == scenario.number).then_some(("figure", &figure.id))
        }
        Kind::Option => {
            // Letters start again with each list; one that stands twice could mean either.
            let place = |letter: char| u32::from(letter) - u32::from('A') + 1;
            let mut found = locals.options.iter().filter(|option| place(option.letter) == hit.number);
            let option = found.next().filter(|_| found.next().is_none())?;
            Some(("option", &option.id))
        }
        Kind::Scenario { .. } | Kind::Track => None,
    }
}
