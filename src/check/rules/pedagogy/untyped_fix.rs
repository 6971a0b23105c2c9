//! `pedagogy/untyped-fix`.

use super::fix_code::{fix_code, holds, is_command, kind_of, loose, opener};
use super::reading::{ExercisePage, Kind, exercise_pages};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/untyped-fix",
    severity: Severity::Warning,
    what: "A fix is applied without its learner typing it.",
    why: "The act of writing it is the learning. A file that is run or copied does the work, and nobody has done anything.",
    fix: "Show what to type: a `:::change` for code, a `sql` fence with the statement, a `bash` fence with the command.",
    source: "platform-vision.md, No Magic Fix Scripts",
    params: &[],
    bad: &[
        Example::files(&[
            (
                "content/scenarios/first/scenario.md",
                concat!(
                    until_fix!(),
                    fix!(),
                    "### «Keep the posts in order» {#order}\n\n:::options\n- {#sorted} **An index.** Reading is quick. Each new post costs more.\n- {#asis} **Nothing.** No work at all. The feed grows slower.\n\n:::question{#which-order kind=reflection}\nWhich one, and why?\n\n:::rubric\n- names a cost\n:::\n\n:::answer\nThe first one.\n:::\n:::\n:::\n\n:::hint\nBy which column does the query sort?\n:::\n\nThe index makes the order once and keeps it.\n\n",
                    verify!(),
                    learned!(),
                    stuck!(),
                    "| The order is missing | Open [](solution:order/fix.sql) |\n"
                ),
            ),
            ("content/scenarios/first/solution/order/fix.sql", "CREATE INDEX posts_by_id ON posts (id);\n"),
            (
                "content/scenarios/first/scenario.yml",
                "title: A slow answer\nstatus: ready\nminutes: 30\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}, {id: order, sql: [fix.sql]}]\n",
            ),
        ]),
        page!(
            until_fix!(),
            fix_heading!(),
            options!(),
            hints!(),
            change!(),
            "«```bash {in=app}»\ngit apply ../loop.patch\n```\n\n",
            after!(),
            after_fix!()
        ),
    ],
    good: &[Example::files(&[
        (
            "content/scenarios/first/scenario.md",
            concat!(
                until_fix!(),
                fix!(),
                "### Keep the posts in order {#order}\n\n:::options\n- {#sorted} **An index.** Reading is quick. Each new post costs more.\n- {#asis} **Nothing.** No work at all. The feed grows slower.\n\n:::question{#which-order kind=reflection}\nWhich one, and why?\n\n:::rubric\n- names a cost\n:::\n\n:::answer\nThe first one.\n:::\n:::\n:::\n\n:::hint\nBy which column does the query sort?\n:::\n\n```bash\npsql postgresql://postgres:postgres@postgres:5432/feed\n```\n\n```sql {in=psql}\ncreate index posts_by_id\n  on posts (id);\n```\n\n",
                verify!(),
                learned!(),
                stuck!(),
                "| The order is missing | Open [](solution:order/fix.sql) |\n"
            ),
        ),
        (
            "content/scenarios/first/solution/order/fix.sql",
            "-- One line.\nCREATE INDEX posts_by_id ON posts (id);\n",
        ),
        (
            "content/scenarios/first/scenario.yml",
            "title: A slow answer\nstatus: ready\nminutes: 30\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}, {id: order, sql: [fix.sql]}]\n",
        ),
    ])],
};

/// Below Crawling nobody is told what to type; files that are run instead are found everywhere.
/// Changes of files need no look here: those that no `change` shows are errors of their own.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        for fix in 0..page.written.fixes.len() {
            let Some((heading, below)) = page.fix(fix) else { continue };
            let copied = below.iter().find_map(|at| copying(checked, &page, *at));
            if let Some((place, line)) = copied {
                let finding =
                    Diagnostic::new(&SPEC, place, format!("`{line}` applies the fix instead of the learner"));
                sink.push(
                    finding
                        .help("show what to type instead: a `:::change`, or the statement in a `sql` fence"),
                );
            } else if page.scaffolding == Scaffolding::High
                && let Some(missing) = untyped(checked, &page, fix, &below)
            {
                let id = &page.written.fixes[fix].id;
                let finding =
                    Diagnostic::new(&SPEC, heading, format!("the learner never types {missing} of `{id}`"));
                sink.push(
                    finding
                        .help("add a fence with it, such as ```` ```sql {in=psql} ````, below this heading"),
                );
            }
        }
    }
}

/// What of a fix no fence below its heading holds.
fn untyped(checked: &Checked<'_>, page: &ExercisePage<'_>, fix: usize, below: &[usize]) -> Option<String> {
    let code = fix_code(checked, page.written, fix);
    let typed: Vec<String> = below
        .iter()
        .filter_map(|at| match page.events[*at].kind {
            Kind::Fence { language, body, .. } if is_command(language) => {
                Some(loose(checked.files.slice(body)))
            }
            _ => None,
        })
        .collect();
    let is_typed = |run: &str| typed.iter().any(|text| holds(text, run));
    let statement = code.statements.iter().find(|statement| !is_typed(kind_of(statement)));
    let command = code.commands.iter().find(|command| !is_typed(command));
    statement
        .map(|statement| format!("the statement `{} …`", kind_of(statement).to_uppercase()))
        .or_else(|| command.map(|command| format!("the command `{command}`")))
}

/// A line of a fence that applies a file.
fn copying(checked: &Checked<'_>, page: &ExercisePage<'_>, at: usize) -> Option<(Span, String)> {
    let event = &page.events[at];
    let Kind::Fence { language, body, .. } = event.kind else { return None };
    if !is_command(language) || event.part.hidden {
        return None;
    }
    let line = checked.files.slice(body).lines().map(str::trim).find(|line| applies_file(line))?;
    Some((opener(checked, event), line.to_owned()))
}

fn applies_file(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some(first) = words.first() else { return false };
    let ends_in =
        |ending: &str| words.iter().skip(1).any(|word| word.trim_matches(['"', '\'']).ends_with(ending));
    match *first {
        "git" => words.get(1) == Some(&"apply"),
        "patch" => words.len() > 1,
        "\\i" | "\\ir" => true,
        "psql" => {
            ends_in(".sql")
                && words.iter().any(|word| matches!(*word, "-f" | "<") || word.starts_with("--file"))
        }
        "cp" | "mv" => words.last().is_some_and(|last| last.trim_start_matches("./").starts_with("src")),
        "npm" | "node" | "sh" | "bash" => words
            .iter()
            .any(|word| word.contains("apply-fix") || word.contains("apply_fix") || *word == "fix"),
        _ => false,
    }
}
