//! What stands before the words of a question: "Q4:", "**Question 4.**", "**Think:**".

use crate::adopt::Number;
use crate::adopt::read::marks::{leading_bold, words};
use crate::adopt::read::numbers::{Labelled, labelled, numbered, without_ornament, without_signs};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{QUESTION, THINK};
use crate::source::Spanned;

/// The beginning of a question.
#[derive(Clone, Debug)]
pub(super) struct Lead<'a> {
    pub number: Option<Number>,
    pub label: Option<Spanned<String>>,
    /// The words that follow in the same text.
    pub text: Vec<Run<'a>>,
    /// Whether the number says by itself that this is a question.
    pub is_sure: bool,
    /// Whether all of the text is bold.
    pub is_bold: bool,
}

/// The number or label at the start of a text, bold or followed by a sign.
pub(super) fn question_lead(run: Run<'_>) -> Option<Lead<'_>> {
    let run = without_ornament(run.trim());
    let Some(bold) = leading_bold(run) else {
        let found = labelled(run, &QUESTION).filter(|found| found.is_closed)?;
        return Some(numbered_lead(found, None, false));
    };
    let rest = Some(without_signs(bold.rest).trim()).filter(|rest| !rest.is_blank());
    let is_bold = rest.is_none();
    if let Some(found) = labelled(bold.inner, &QUESTION) {
        return Some(numbered_lead(found, rest, is_bold));
    }
    if let Some((label, after)) = label_of(bold.inner) {
        let text = [after.trim()].into_iter().filter(|text| !text.is_blank()).chain(rest).collect();
        let label = Some(label.spanned());
        return Some(Lead { number: None, label, text, is_sure: false, is_bold });
    }
    let found = numbered(bold.inner)?;
    Some(Lead { is_sure: false, ..numbered_lead(found, rest, is_bold) })
}

fn numbered_lead<'a>(found: Labelled<'a>, rest: Option<Run<'a>>, is_bold: bool) -> Lead<'a> {
    let first = Some(found.rest.trim()).filter(|text| !text.is_blank());
    let text = first.into_iter().chain(rest).collect();
    Lead { number: Some(found.number), label: None, text, is_sure: true, is_bold }
}

/// "Think:" and what follows it inside of the bold words.
fn label_of(inner: Run<'_>) -> Option<(Run<'_>, Run<'_>)> {
    let inner = without_ornament(inner);
    let end = inner.text.find([':', '.', '—', '–']).unwrap_or(inner.text.len());
    let label = inner.to(end).trim();
    THINK.contains(&words(label.text).as_str()).then(|| (label, without_signs(inner.from(end))))
}
