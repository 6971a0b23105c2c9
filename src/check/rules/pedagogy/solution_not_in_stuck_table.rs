//! `pedagogy/solution-not-in-stuck-table`.

use super::reading::{ExercisePage, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::Role;
use crate::source::Span;
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/solution-not-in-stuck-table",
    severity: Severity::Warning,
    what: "The stuck table does not lead to the solution of a fix.",
    why: "The stuck table is the only place that names solutions. A fix that it leaves out is a dead end for whoever has tried everything.",
    fix: "Add a row: `| Really stuck | Open [](solution:fix-id/path) |`.",
    source: "platform-vision.md, No Magic Fix Scripts",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            fix!(),
            verify!(),
            learned!(),
            "## «Stuck?» {.stuck}\n\n| Problem | What to do |\n|---|---|\n| The load test finds no app | Look at the end of `logs/app.log` and correct what it names |\n"
        ),
        page!(
            until_fix!(),
            fix!(),
            verify!(),
            learned!(),
            "## «Stuck?» {.stuck}\n\n| Problem | What to do |\n|---|---|\n| The answers are still slow | Read the fast solution again |\n"
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            fix!(),
            verify!(),
            learned!(),
            "## Stuck? {.stuck}\n\n| Problem | What to do |\n|---|---|\n| The answers are still slow | Compare your file with [the one that works](solution:fast/src/server.js) |\n"
        ),
        Example::files(&[(
            "content/scenarios/first/scenario.md",
            concat!(
                until_fix!(),
                fix!(),
                after_fix!(),
                "\n### More\n\n| Problem | What to do |\n|---|---|\n| No figures appear | Wait 15 seconds |\n"
            ),
        )]),
    ],
};

/// Fixes without files of their own have nothing to open. Where there is no table at all, that is
/// the finding.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        let Some((table, text)) = stuck_table(checked, &page) else { continue };
        for fix in &page.written.fixes {
            let solution = page.written.source.join("solution").join(&fix.id);
            let Some((_, path)) = checked.files.below(&solution).next() else { continue };
            let names = [format!("solution:{}", fix.id), format!("solution/{}", fix.id)];
            if names.iter().any(|name| mentions(&text, name)) {
                continue;
            }
            let inside = path.strip_prefix(&solution).map_or("", |inside| inside.as_str());
            let message = format!("the stuck table does not lead to the solution of `{}`", fix.id);
            let at = page.written.fixes.iter().position(|other| other.id == fix.id);
            let mut finding = Diagnostic::new(&SPEC, table, message);
            if let Some((heading, _)) = at.and_then(|at| page.fix(at)) {
                finding = finding.also(heading, "the fix");
            }
            let help = format!("add a row: `| Really stuck | Open [](solution:{}/{inside}) |`", fix.id);
            sink.push(finding.help(help));
        }
    }
}

/// The heading of the first stuck section, and the text of all stuck tables.
fn stuck_table(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Option<(Span, String)> {
    let tables = page
        .events
        .iter()
        .filter(|event| event.role == Some(Role::Stuck) && matches!(event.block.kind, BlockKind::Table(_)));
    let texts: Vec<&str> = tables.map(|event| checked.files.slice(event.block.span)).collect();
    let heading = page.heading_with(Role::Stuck, false)?;
    (!texts.is_empty()).then(|| (heading, texts.join("\n")))
}

/// Whether a text has this name, not as part of a longer one.
fn mentions(text: &str, name: &str) -> bool {
    text.match_indices(name)
        .any(|(at, _)| !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}
