//! `pedagogy/fix-before-tradeoff`.

use super::fix_code::{first_shown, shown_at};
use super::reading::{ExercisePage, Kind, Part, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Param, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::source::Span;
use crate::syntax::document::{BlockKind, Directive};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/fix-before-tradeoff",
    severity: Severity::Error,
    what: "A fix is shown before its learner has weighed it against other ways, or the tier gives more or fewer options than it should.",
    why: "The reflex \"if you see X, do Y\" keeps people from learning to decide. What counts is the thought before the fix.",
    fix: "Crawling: `:::options` with two or more options and a question, above the first code of the fix. Walking: the question alone. Running and Sprinting: neither.",
    source: "platform-vision.md, Tradeoffs Before Solutions Principle",
    params: &[Param {
        name: "options",
        default: 2.0,
        doc: "the fewest options that are given in a tier that helps most",
    }],
    bad: &[
        page!(
            until_fix!(),
            fix_heading!(),
            hints!(),
            "«:::change{file=src/server.js region=answer}»\n- the loop is gone\n:::\n\n",
            options!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            "«:::options»\n",
            "- {#remove} **Remove the loop.** The work is gone for good. Somebody has to be sure that nobody needed it.\n\n",
            which_way!(),
            ":::\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            ":::options\n",
            option_items!(),
            ":::\n\n",
            hints!(),
            "«:::change{file=src/server.js region=answer}»\n- the loop is gone\n:::\n\n",
            which_way!(),
            "\n",
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            "This is what it looks like afterwards:\n\n«```js {file=src/server.js region=answer}»\n```\n\n",
            options!(),
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "medium",
            until_fix!(),
            fix_heading!(),
            "«:::options»\n",
            option_items!(),
            which_way!(),
            ":::\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "medium",
            until_fix!(),
            fix_heading!(),
            hints!(),
            "«:::change{file=src/server.js region=answer}»\n- the loop is gone\n:::\n\n",
            which_way!(),
            "\n",
            after!(),
            after_fix!()
        ),
        page_in!(
            "low",
            until_fix!(),
            fix_heading!(),
            "«:::options»\n",
            which_way!(),
            ":::\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            "## Weigh it {.diagnose #weigh}\n\n",
            options!(),
            fix_heading!(),
            "```js {file=src/server.js region=answer stage=broken}\n```\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "medium",
            until_fix!(),
            fix_heading!(),
            ":::options\n",
            which_way!(),
            ":::\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "medium",
            until_fix!(),
            fix_heading!(),
            which_way!(),
            "\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page_in!(
            "low",
            until_fix!(),
            fix_heading!(),
            hints!(),
            change!(),
            after!(),
            verify!(),
            which_way!(),
            "\n",
            learned!(),
            stuck!()
        ),
    ],
};

/// Fixes that are tried and dropped are part of the weighing themselves.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let least = checked.settings.number(&SPEC, "options");
    for page in exercise_pages(checked) {
        let mut from = 0;
        for fix in 0..page.written.fixes.len() {
            let Some((heading, below)) = page.fix(fix) else { continue };
            let shown = first_shown(checked, page.written, fix, &page);
            let end = below.last().map_or(from, |last| last + 1);
            let weighing = Weighing::of(&page, from, end, shown.unwrap_or(end), below[0]);
            let place = shown.map_or(heading, |at| shown_at(checked, page.written, fix, &page.events[at]));
            if page.written.fixes[fix].kept {
                report(&page, &weighing, shown.is_some(), place, least, sink);
            }
            from = end;
        }
    }
}

/// What stands between the fix before and the code of a fix, and what comes after that code.
struct Weighing<'a> {
    /// The options with most items before the code.
    options: Option<(&'a Directive, usize)>,
    /// Options that come after the code.
    late_options: Option<&'a Directive>,
    has_question: bool,
    late_question: Option<&'a Directive>,
}

impl<'a> Weighing<'a> {
    fn of(page: &ExercisePage<'a>, from: usize, end: usize, code: usize, heading: usize) -> Self {
        let mut found = Self { options: None, late_options: None, has_question: false, late_question: None };
        for (at, event) in page.events.iter().enumerate().take(end).skip(from) {
            match event.kind {
                Kind::Options(directive) if at < code => {
                    let items = given(directive);
                    if found.options.is_none_or(|(_, most)| items > most) {
                        found.options = Some((directive, items));
                    }
                }
                Kind::Options(directive) if at > heading => found.late_options = Some(directive),
                Kind::Question(directive) => {
                    let weighs = event.part.options.is_some() || found.options.is_some() || at > heading;
                    if at < code && weighs && is_weighing(directive, event.part) {
                        found.has_question = true;
                    } else if at > code && event.part.options.is_none() && at > heading {
                        found.late_question = found.late_question.or(Some(directive));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Observing something is no weighing; in options, any question is.
fn is_weighing(directive: &Directive, part: Part) -> bool {
    let kind = directive.attributes.get("kind").map_or("", |kind| kind.value.as_str());
    part.options.is_some() || !matches!(kind, "observation" | "prediction")
}

/// How many options are given.
fn given(directive: &Directive) -> usize {
    let items = directive.children.iter().map(|block| match &block.kind {
        BlockKind::List(list) => list.items.len(),
        _ => 0,
    });
    items.max().unwrap_or(0)
}

fn report(
    page: &ExercisePage<'_>,
    found: &Weighing<'_>,
    has_code: bool,
    place: Span,
    least: f64,
    sink: &Sink,
) {
    let finding = match page.scaffolding {
        Scaffolding::High => report_high(found, place, least),
        Scaffolding::Medium => report_medium(found, place),
        Scaffolding::Low | Scaffolding::None => found.options.map(|(directive, _)| {
            let message = "options are handed to a learner who should come up with them";
            Diagnostic::new(&SPEC, directive.opener, message)
                .help("remove them: in this tier nobody prompts the choice")
        }),
    };
    // A Crawling page without any code of the fix lacks that first.
    let counts = has_code || page.scaffolding != Scaffolding::High;
    if let Some(finding) = finding.filter(|_| counts) {
        sink.push(finding);
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are few options")]
fn report_high(found: &Weighing<'_>, place: Span, least: f64) -> Option<Diagnostic> {
    let items = found.options.map_or(0, |(_, items)| items);
    if (items as f64) < least {
        let message = match items {
            0 => "the fix is shown before any options are weighed".to_owned(),
            _ => format!("only {items} option is weighed before the fix is shown"),
        };
        let at = |place: Span| Diagnostic::new(&SPEC, place, message);
        return Some(match (found.late_options, found.options) {
            (Some(late), _) => {
                at(place).also(late.opener, "the options come here").help("move the options above it")
            }
            (None, Some((few, _))) => at(few.opener)
                .also(place, "the fix is shown here")
                .help("add another way out, with what it costs"),
            (None, None) => at(place)
                .help("add `:::options` above it: two or more ways, each with its cost, and a question"),
        });
    }
    if found.has_question {
        return None;
    }
    let finding =
        Diagnostic::new(&SPEC, place, "the fix is shown before a question makes the learner choose");
    Some(match found.late_question {
        Some(late) => {
            finding.also(late.opener, "a question comes here").help("move the question into the options")
        }
        None => {
            finding.help("add a question to the options: which one, why, and what would change your mind?")
        }
    })
}

fn report_medium(found: &Weighing<'_>, place: Span) -> Option<Diagnostic> {
    if let Some((directive, 1..)) = found.options {
        let message = "options are given to a learner who should think of them";
        let help = "remove the list and keep the question: in this tier learners name the options themselves";
        return Some(Diagnostic::new(&SPEC, directive.opener, message).help(help));
    }
    if found.has_question {
        return None;
    }
    let finding =
        Diagnostic::new(&SPEC, place, "the fix comes before a question asks for ways out and their costs");
    Some(match found.late_question {
        Some(late) => {
            finding.also(late.opener, "a question comes here").help("move the question above the fix")
        }
        None => finding.help("add a question above it: which ways out are there, and what does each cost?"),
    })
}
