//! `link/dead-link`.

use super::emitted::{Broken, broken_links};
use super::outputs::Fault;
use super::written::{for_each_link, scheme_of};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::directive::reference::SCHEMES;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "link/dead-link",
    severity: Severity::Error,
    what: "A link or a picture leads to a file that is not there.",
    why: "Learners end on an error page, in the middle of an exercise. What lies beside a page in the source need not lie beside it in the outputs.",
    fix: "Use a reference such as `[](file:src/server.js)` or `[](scenario:id)`, which is right in both outputs, or correct the address.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Then read [the notes](«notes.md»).\n",
        )]),
        // It is there in the monorepo, and not on the site.
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nRead [the server](«src/server.js») again.\n",
        )]),
        // By a definition, in a manifest, and with a scheme that does not exist.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Then read «[the notes][1]».\n\n[1]: ../notes.md\n",
        )]),
        Example::file(&[(
            "content/concepts.yml",
            "concepts:\n  - {id: busy-loop, name: busy loop, summary: 'A [loop](«loops/») that waits.'}\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Then do [the exercise](«scenaro:first»).\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Then see <img src=\"«pictures/dock.png»\" alt=\"The dock\">.\n",
        )]),
    ],
    params: &[],
    good: &[
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Then read [the list](../), [another host](https://example.org/notes.md), [a mail](mailto:a@example.org), and do [](scenario:first).\n\n`[code](notes.md)` is no link:\n\n```md\n[code](notes.md)\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\nRead [](file:src/server.js) again.\n\n:::only{in=monorepo}\n\nHere it is: [the server](src/server.js), and [its folder](./src/).\n\n:::\n",
        )]),
    ],
};

/// Schemes that programs know what to do with.
const KNOWN: [&str; 12] =
    ["http", "https", "mailto", "tel", "sms", "ftp", "data", "javascript", "vscode", "git", "ssh", "blob"];

/// Follows what is emitted, and looks at the schemes of what is written.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for broken in broken_links(checked).iter().filter(|broken| broken.fault == Fault::File) {
        let message = if broken.destination.is_empty() {
            "this link has no address".to_owned()
        } else {
            format!("`{}` leads to no file {}", broken.destination, broken.place())
        };
        sink.push(broken.finding(&SPEC, message).help(help(checked, broken)));
    }
    for_each_link(checked, |link| {
        let Some(scheme) = scheme_of(&link.destination.value) else { return };
        let is_reference = SCHEMES.iter().any(|(known, _)| *known == scheme);
        if is_reference || KNOWN.contains(&scheme.to_ascii_lowercase().as_str()) {
            return;
        }
        let near = closest(scheme, SCHEMES.iter().map(|(known, _)| *known));
        let help = near.map_or_else(
            || "write `https://…`, or a reference such as `scenario:id`".to_owned(),
            |near| format!("did you mean `{near}:`?"),
        );
        let message = format!("there is no kind of address `{scheme}:`");
        sink.push(Diagnostic::new(&SPEC, link.destination.span, message).help(help));
    });
}

/// A file of the learner's folder has a reference of its own.
fn help(checked: &Checked<'_>, broken: &Broken) -> String {
    let path = broken.destination.trim_start_matches("./");
    let source = checked.files.path(broken.span.file);
    let exercise = checked.exercises.iter().find(|exercise| source.starts_with(&exercise.written.source));
    let is_learners = exercise.is_some_and(|exercise| exercise.broken().file(path).is_some());
    match path.strip_prefix("solution/") {
        Some(solution) if exercise.is_some() => {
            format!("write `[](solution:{solution})`, which works in both outputs")
        }
        _ if is_learners => format!("write `[](file:{path})`, which works in both outputs"),
        _ => "correct the address, or write a reference such as `[](scenario:id)` or `[](tutorial:id)`"
            .to_owned(),
    }
}
