//! `link/dead-anchor`.

use super::emitted::{Broken, broken_links};
use super::outputs::Fault;
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "link/dead-anchor",
    severity: Severity::Error,
    what: "A link leads to a place inside a page that is not there.",
    why: "The page opens at its top, and readers look for what was promised. Anchors on GitHub contain the number of a step and change with it.",
    fix: "Use a reference such as `[](step:id)` or `[](question:id)`, which is right in both outputs.",
    source: "rules.md",
    bad: &[
        // The heading has this id on the site; on GitHub its anchor is another.
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nGo back to [the start](«#measure»).\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. See [below](«#the-end»).\n\n## The very end\n\nClose it.\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. See [the exercise](«../../../scenarios/first/#nothing»).\n",
        )]),
    ],
    params: &[],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nGo back to [](step:measure), or [up](#), or [up](#top).\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. See [below](#the-end), [there](#here) and [the exercise](../../../scenarios/first/#measure).\n\n## The end\n\n<a name=\"here\"></a>Close it, as `[code](#nowhere)` says.\n",
        )]),
    ],
};

/// Follows the anchors of what is emitted.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for broken in broken_links(checked).iter().filter(|broken| broken.fault == Fault::Anchor) {
        let anchor = broken.destination.split_once('#').map_or("", |(_, anchor)| anchor);
        let message = format!("there is no `#{anchor}` {}", broken.place());
        sink.push(broken.finding(&SPEC, message).help(help(checked, broken, anchor)));
    }
}

/// What the page defines under this name has a reference.
fn help(checked: &Checked<'_>, broken: &Broken, anchor: &str) -> String {
    let source = checked.files.path(broken.span.file);
    let own = checked.course.scenarios.iter().find(|scenario| {
        scenario.written.as_ref().is_some_and(|written| source.starts_with(&written.source))
    });
    let Some(scenario) = own else { return "name the id of a heading of the page".to_owned() };
    let locals = &scenario.locals;
    let fixes = scenario.written.iter().flat_map(|written| &written.fixes);
    if locals.steps.iter().any(|step| step.id == anchor) {
        format!("write `[](step:{anchor})`, which works in both outputs")
    } else if fixes.into_iter().any(|fix| fix.id == anchor) {
        format!("write `[](fix:{anchor})`, which works in both outputs")
    } else {
        "write a reference such as `[](step:id)` or `[](question:id)`".to_owned()
    }
}
