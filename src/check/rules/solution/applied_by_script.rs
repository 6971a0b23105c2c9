//! `solution/applied-by-script`.

use std::ops::Range;

use super::facts::{FixStatement, fix_statements, is_solution_path, starting_files};
use super::faults::{Fault, Look};
use crate::check::{Checked, Exercise, ExerciseFile, authored_span, compose_files, default_of, inner_range};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::shell::parse_shell;
use crate::syntax::yaml::{Node, Value};

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/applied-by-script",
    severity: Severity::Error,
    what: "A script or a command of the exercise carries out what the learner should do.",
    why: "Running a script that implements a fix teaches nothing: every fix is typed, the SQL into psql and the code into the editor.",
    fix: "Remove it, and let the page say what to type; whole files as a last resort belong into `solution/`.",
    source: "platform-vision.md, No Magic Fix Scripts",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/app/scripts/warmup.js",
            "const { Client } = require('pg');\n\nasync function main() {\n  const client = new Client({ connectionString: process.env.DATABASE_URL });\n  await client.connect();\n  await client.query('«CREATE INDEX IF NOT EXISTS posts_title ON posts (title)»');\n  await client.end();\n}\n\nmain();\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/polish.js",
            "const fs = require('fs');\nconst path = require('path');\n\nconst FILE = path.join(__dirname, '..', 'src', 'server.js');\nconst text = fs.readFileSync(FILE, 'utf8');\nfs.writeFileSync(«FILE», text.replace('1e9', '1'));\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/tidy.sh",
            "#!/bin/sh\nset -e\nfor file in server.js; do\n  cp «\"solution/fast/src/$file\"» \"src/$file.new\"\ndone\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/prepare.sh",
            "#!/bin/sh\npsql \"$DATABASE_URL\" <<SQL\n«CREATE INDEX posts_title ON posts (title);\n»SQL\n",
        )]),
        Example::files(&[
            ("content/scenarios/first/app/db/tuning.sql", "CREATE INDEX posts_title ON posts (title);\n"),
            (
                "content/scenarios/first/app/scripts/ready.js",
                "const { spawnSync } = require('child_process');\nspawnSync('psql', [process.env.DATABASE_URL, '-f', «'db/tuning.sql'»], { stdio: 'inherit' });\n",
            ),
        ]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/tune.js",
            "const { Client } = require('pg');\n\nconst words = ['CREATE', 'INDEX', 'IF NOT EXISTS', 'posts_title', 'ON posts (title)'];\n\nasync function main() {\n  const db = new Client(process.env.DATABASE_URL);\n  await db.connect();\n  await db.query(«words.join(' ')»);\n  await db.end();\n}\n\nmain();\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/warmup.js",
            "const { Client } = require('pg');\n\nasync function main() {\n  const db = new Client(process.env.DATABASE_URL);\n  await db.connect();\n  await db.query(«'CREATE ' + 'INDEX posts_title ON posts (title)'»);\n  await db.end();\n}\n\nmain();\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.js",
            "// CREATE INDEX is for you to type; this script reads src/server.js and nothing else.\nconst fs = require('fs');\nconst lines = fs.readFileSync('src/server.js', 'utf8').split('\\n').length;\nconsole.log('src/server.js has ' + lines + ' lines. Type CREATE INDEX … in psql.');\nfs.writeFileSync('logs/report.txt', String(lines));\nfs.utimesSync('src/server.js', new Date(), new Date());\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/start-over.sh",
            "#!/bin/sh\n# Takes your changes back, with git and without a patch.\ngit checkout -- src\nmkdir -p logs\ncp src/server.js logs/server.js\nsed -n '1,3p' src/server.js > logs/head.txt\necho 'CREATE INDEX is yours to type'\ntar --exclude=solution -cf logs/copy.tar .\n",
        )]),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/db/schema.sql",
                "CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL);\nCREATE INDEX IF NOT EXISTS posts_id_title ON posts (id, title);\n"
            ),
        ),
    ],
};

/// Looks at every file that learners find, at npm's scripts, and at what containers run.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let fixes = fix_statements(exercise);
        let starting = starting_files(exercise);
        let stage = exercise.broken();
        let files = stage.files.values().chain(exercise.devcontainer.as_ref());
        for file in files {
            let is_starting = starting.contains(file.path.as_str()) || file.path.starts_with("src");
            let look = Look { stage, fixes: &fixes, may_create: is_starting };
            let mut faults = faults_of_file(exercise, file, &look);
            // A starting state that holds the fix already is what `solution/unchanged` reports.
            faults.retain(|fault| !is_starting || fault.fix.is_none());
            faults.sort_by_key(|fault| fault.at.start);
            // A script is one act, whatever it does in how many steps; a list of commands is several.
            let is_list = ["json", "yml", "yaml"].iter().any(|extension| file.has_extension(extension));
            for fault in faults.iter().take(if is_list { usize::MAX } else { 1 }) {
                report(checked, exercise, file, &fixes, fault, sink);
            }
        }
    }
}

fn report(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    file: &ExerciseFile<'_>,
    fixes: &[FixStatement<'_>],
    fault: &Fault,
    sink: &Sink,
) {
    let span = place(checked, exercise, file, fault.at.clone());
    let script = npm_scripts(file).into_iter().find(|(_, range)| holds(range, &fault.at));
    let who =
        script.map_or_else(|| format!("`{}`", file.path), |(name, _)| format!("the npm script `{name}`"));
    let message = format!("{who} {}", fault.what);
    let finding = file.finding_at(&SPEC, span, fault.at.clone(), message);
    let finding = match fault.fix.and_then(|fix| fixes.get(fix)) {
        Some(fix) => finding
            .also(fix.span(checked), format!("the fix `{}` has learners type this", fix.fix))
            .help("remove it here, so that there is something left to fix"),
        None => finding.help("remove it, and let the page have learners type the change themselves"),
    };
    sink.push(finding);
}

/// The scripts of package.json: name and place of the command.
fn npm_scripts<'f>(file: &'f ExerciseFile<'_>) -> Vec<(&'f str, Range<usize>)> {
    let json = (file.path == "package.json").then(|| file.json()).flatten();
    let entries = json.and_then(|json| json.get("scripts")).map_or(&[][..], Node::entries);
    entries.iter().map(|(name, node)| (name.text.as_str(), inner_range(file.text, node))).collect()
}

fn holds(range: &Range<usize>, at: &Range<usize>) -> bool {
    range.start <= at.start && at.end <= range.end
}

/// A command stands in scenario.yml or in stack.yml as one value; what is at fault is part of it.
fn place(checked: &Checked<'_>, exercise: &Exercise<'_>, file: &ExerciseFile<'_>, at: Range<usize>) -> Span {
    let whole = npm_scripts(file).into_iter().map(|(_, range)| range).find(|range| holds(range, &at));
    authored_span(checked, exercise, file, whole.unwrap_or(at))
}

/// What a file does that belongs to the learner.
pub(super) fn faults_of_file(
    exercise: &Exercise<'_>,
    file: &ExerciseFile<'_>,
    look: &Look<'_, '_, '_>,
) -> Vec<Fault> {
    if file.is_script() {
        return look.script(file.calls());
    }
    let is_shell = file.has_extension("sh") || file.has_extension("bash") || file.text.starts_with("#!/bin/");
    if is_shell {
        return look.shell(file.shell());
    }
    if file.has_extension("sql") {
        // A file that only lies there is not run; one of the start is.
        return if look.may_create { look.of_statements(file.sql()) } else { Vec::new() };
    }
    match file.name() {
        "package.json" => {
            let scripts = file.json().and_then(|json| json.get("scripts"));
            scripts.map(|node| in_commands(file.text, node, look)).unwrap_or_default()
        }
        "devcontainer.json" => {
            let entries = file.json().map_or(&[][..], Node::entries);
            let commands = entries.iter().filter(|(key, _)| key.text.ends_with("Command"));
            commands.flat_map(|(_, node)| in_commands(file.text, node, look)).collect()
        }
        "Makefile" => look.shell(&parse_shell(&recipes(file.text))),
        _ => in_compose(exercise, file, look),
    }
}

fn in_compose(exercise: &Exercise<'_>, file: &ExerciseFile<'_>, look: &Look<'_, '_, '_>) -> Vec<Fault> {
    let mut found = Vec::new();
    for compose in compose_files(exercise).filter(|compose| std::ptr::eq(compose.file, file)) {
        for service in compose.services() {
            for key in ["command", "entrypoint"] {
                found
                    .extend(service.node.get(key).iter().flat_map(|node| in_commands(file.text, node, look)));
            }
            for mount in service.mounts() {
                if is_solution_path(&default_of(&mount.source)) {
                    found.push(Fault { at: mount.at, what: "uses `solution/`".to_owned(), fix: None });
                }
            }
        }
    }
    found
}

/// A command line, a list of its words, or several of them by name.
fn in_commands(text: &str, node: &Node, look: &Look<'_, '_, '_>) -> Vec<Fault> {
    let inner = inner_range(text, node);
    match &node.value {
        Value::Text(line) => {
            let verbatim = text.get(inner.clone()) == Some(line.as_str());
            let faults = look.shell(&parse_shell(line)).into_iter();
            faults
                .map(|fault| {
                    let at = inner.start + fault.at.start..inner.start + fault.at.end;
                    Fault { at: if verbatim { at } else { inner.clone() }, ..fault }
                })
                .collect()
        }
        Value::List(items) => {
            let quoted = items
                .iter()
                .filter_map(Node::as_text)
                .map(|word| format!("'{}'", word.replace('\'', "'\\''")));
            let line = quoted.collect::<Vec<_>>().join(" ");
            look.shell(&parse_shell(&line))
                .into_iter()
                .map(|fault| Fault { at: inner.clone(), ..fault })
                .collect()
        }
        Value::Map(entries) => entries.iter().flat_map(|(_, node)| in_commands(text, node, look)).collect(),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => Vec::new(),
    }
}

/// The command lines of a Makefile; what is not one becomes space, so that places stay.
fn recipes(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let blank = || line.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
        match line.strip_prefix('\t') {
            Some(command) if line.is_ascii() => {
                let marks = command.len() - command.trim_start_matches(['@', '-']).len();
                format!("{}{}", " ".repeat(marks + 1), &command[marks..])
            }
            _ if line.is_ascii() => blank(),
            _ => {
                " ".repeat(line.len() - usize::from(line.ends_with('\n')))
                    + if line.ends_with('\n') { "\n" } else { "" }
            }
        }
    });
    lines.collect()
}
