//! `pedagogy/scaffolding-too-low`.

use super::fix_code::{is_command, opener};
use super::reading::{ExercisePage, Kind, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::Role;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/scaffolding-too-low",
    severity: Severity::Warning,
    what: "An exercise of the tier that helps most leaves its learner without hints or commands.",
    why: "A bootcamp graduate who has never seen a system fail gives up before the lesson lands.",
    fix: "Put at least one `:::hint` before the code of each fix, and give the commands with which symptoms are seen.",
    source: "platform-vision.md, Scaffolding Reduction Principle",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            "## Change it {.fix #repair}\n\n### «Answer at once» {#fast}\n\n",
            options!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            situation!(),
            concepts!(),
            "## «Measure it» {.observe #measure}\n\nLet many people ask for the feed at once.\n\n",
            guess!(),
            seen!(),
            understand!(),
            fix_heading!(),
            options!(),
            hints!(),
            change!(),
            after_fix!()
        ),
        // Statements are given, and nothing says where to type them.
        page!(
            situation!(),
            concepts!(),
            observe!(),
            "## Look for evidence {.diagnose #evidence}\n\nConnect to the database with any client:\n\n«```sql {in=psql}»\nSELECT count(*) FROM posts;\n```\n\n",
            understand!(),
            fix!(),
            after_fix!()
        ),
    ],
    good: &[
        page!(
            until_fix!(),
            "## Change it {.fix #repair}\n\n:::hint\nWhich part of the route does not depend on the database?\n:::\n\n### Answer at once {#fast}\n\n",
            options!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            situation!(),
            concepts!(),
            observe!(),
            "## Look for evidence {.diagnose #evidence}\n\n```bash\npsql postgresql://postgres:postgres@postgres:5432/feed\n```\n\n```sql {in=psql}\nSELECT count(*) FROM posts;\n```\n\n",
            understand!(),
            fix!(),
            after_fix!()
        ),
        page_in!(
            "low",
            until_fix!(),
            fix_heading!(),
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

/// That code is shown before and after, and statements given, is seen to elsewhere:
/// `source/undeclared-change`, `pedagogy/untyped-fix`.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked).filter(|page| page.scaffolding == Scaffolding::High) {
        check_hints(&page, sink);
        check_psql(checked, &page, sink);
        let gives_command = page.events.iter().any(|event| match event.kind {
            Kind::Loadtest(_) => true,
            Kind::Fence { language, .. } => is_command(language),
            _ => false,
        });
        if let Some(heading) = page.heading_with(Role::Observe, false).filter(|_| !gives_command) {
            let finding =
                Diagnostic::new(&SPEC, heading, "no command shows the learner how to see the symptom");
            sink.push(finding.help("add `::loadtest{#baseline}`, or a `bash` fence with what to type"));
        }
    }
}

/// Statements for psql come behind the command that opens it.
fn check_psql(checked: &Checked<'_>, page: &ExercisePage<'_>, sink: &Sink) {
    for event in &page.events {
        let Kind::Fence { language, attributes, body } = event.kind else { continue };
        if attributes.get("in").is_some_and(|place| place.value == "psql") {
            let finding =
                Diagnostic::new(&SPEC, opener(checked, event), "nothing above says how psql is opened");
            sink.push(
                finding.help("put a `bash` fence with `psql` and the address of the database above it"),
            );
            return;
        }
        let is_shell = is_command(language) && language != "sql";
        let mut words = checked.files.slice(body).split_whitespace();
        if is_shell && words.any(|word| word == "psql") {
            return;
        }
    }
}

/// A hint may stand in the section above the fix as well.
fn check_hints(page: &ExercisePage<'_>, sink: &Sink) {
    for (fix, info) in page.written.fixes.iter().enumerate().filter(|(_, info)| info.kept) {
        let Some((heading, below)) = page.fix(fix) else { continue };
        let section = page.events[below[0]].section;
        let helps = page.events.iter().any(|event| {
            let is_near = event.fix == Some(fix) || (event.section == section && event.fix.is_none());
            matches!(event.kind, Kind::Hint(_)) && is_near
        });
        if !helps {
            let finding = Diagnostic::new(&SPEC, heading, format!("the fix `{}` has no hint", info.id));
            sink.push(finding.help(
                "add `:::hint` above its code: where to look, then what to change, never the line itself",
            ));
        }
    }
}
