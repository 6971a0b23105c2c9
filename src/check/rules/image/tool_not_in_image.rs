//! `image/tool-not-in-image`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tools::{Tools, package_of};
use crate::check::LOAD_TESTERS;
use crate::check::{
    Checked, Exercise, ExerciseFile, authored_span, compose_files, inline_code, inner_range, is_dockerfile,
    page_of, placed_blocks, typed_commands,
};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::document::BlockKind;
use crate::syntax::script_calls::ScriptCalls;
use crate::syntax::shell::{Command, Shell, Word, parse_shell};
use crate::syntax::yaml::{Node, Value};

pub static SPEC: CodeSpec = CodeSpec {
    code: "image/tool-not-in-image",
    severity: Severity::Error,
    what: "A command uses a program that the image does not have.",
    why: "Learners read \"command not found\" and cannot go on; at the start of a Codespace one failing command skips all later ones.",
    fix: "Use a program that is there, or install its package in the Dockerfile and list it under `tools` in stack.yml.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```bash {in=app}\ncurl -s localhost:3000/feed | «jq» '.[0]'\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```bash\nfor i in 1 2 3; do\n  echo \"$(«redis-cli» -h redis get $i)\"\ndone\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```console\n$ «docker» compose restart app\nRestarting\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## Again {.verify #again}\n\nRun `«jq» .rows answer.json` once more.\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.sh",
            "#!/bin/sh\nreport() {\n  cat logs/app.log\n}\nreport | «less»\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.js",
            "const { execSync } = require('child_process');\nexecSync(«'sudo sysctl -a'»);\n",
        )]),
        Example::file(&[(
            "devcontainers/node-postgres/Dockerfile.j2",
            "FROM node:24.21.0-bookworm-slim\n\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends «git postgresql-client procps» \\\n    && rm -rf /var/lib/apt/lists/*\n\nWORKDIR /app\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nOn a Mac, `brew install jq` and `docker compose up` work as well.\n\n```bash {in=app}\ngrep -o 'failed: .*' logs/app.log | sort | uniq -c | head -3\nfor i in $(seq 60); do curl -s -o /dev/null localhost:3000/feed; done\npsql \"$DATABASE_URL\" -c 'SELECT 1'\nA=1 npx autocannon -c 10 http://localhost:3000/feed\n./scripts/start.sh\n\"$EDITOR\" src/server.js\n```\n\n```bash {in=host}\ndocker compose up -d\n```\n\n```text\njq is not a command here\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.sh",
            "#!/bin/sh\n# jq would be handy here\nreport() {\n  awk '{ print $1 }' \"$1\"\n}\nif [ -f logs/app.log ]; then report logs/app.log; fi\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.js",
            "const word = /jq (.*)/.exec('jq x');\nconst { spawnSync } = require('child_process');\nspawnSync('node', ['db/seed.js']);\nconsole.log(word);\n",
        )]),
    ],
};

/// A program that is used, and where.
struct Use {
    name: String,
    at: Range<usize>,
}

/// Looks at what learners type, at the start of a Codespace, and at what scripts and services run.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let Some(tools) = Tools::of(checked, exercise) else { continue };
        report_promises(checked, exercise, &tools, sink);
        look_at_page(checked, exercise, &tools, sink);
        let files = exercise.each_file().map(|(_, file)| file).chain(exercise.devcontainer.as_ref());
        for file in files {
            let mut seen = BTreeSet::new();
            for used in uses_in_file(exercise, file, &tools) {
                if seen.insert(used.name.clone()) {
                    let span = authored_span(checked, exercise, file, used.at.clone());
                    let message = format!("the image has no `{}`", used.name);
                    sink.push(file.finding_at(&SPEC, span, used.at, message).help(help(&used.name)));
                }
            }
        }
    }
}

fn help(name: &str) -> String {
    match package_of(name) {
        _ if name == "docker" => {
            "write `docker: true` under `environment`, or let learners do it without Docker".to_owned()
        }
        Some(package) => format!(
            "install `{package}` in the Dockerfile and add `{name}` to `tools` in stack.yml, or use another program"
        ),
        None => format!(
            "correct the name, or install it in the Dockerfile and add `{name}` to `tools` in stack.yml"
        ),
    }
}

/// stack.yml says what a terminal has, and the Dockerfile must keep that.
fn report_promises(checked: &Checked<'_>, exercise: &Exercise<'_>, tools: &Tools, sink: &Sink) {
    let Some((_, file)) = exercise.each_file().find(|(_, file)| is_dockerfile(file)) else { return };
    let found = crate::syntax::dockerfile::parse_dockerfile(file.text);
    let installs = |text: &str| ["install", "apk add"].iter().any(|word| text.contains(word));
    let at = found
        .instructions
        .iter()
        .find(|it| it.keyword == "RUN" && installs(&file.text[it.arguments.clone()]))
        .or(found.instructions.first())
        .map_or(0..0, |it| {
            packages_in(file.text, it.arguments.clone()).unwrap_or(it.keyword_span.start..it.arguments.end)
        });
    let Some((first, _)) = tools.broken_promises.first() else { return };
    let listed =
        |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let names = listed(tools.broken_promises.iter().map(|(tool, _)| tool.value.as_str()).collect());
    let packages = listed(tools.broken_promises.iter().map(|(_, package)| *package).collect());
    let message = format!("`tools` in stack.yml promises {names}, and this image does not install it");
    let finding = file.finding(checked.files, &SPEC, at, message);
    let help = format!("install {packages} here, or take {names} off the list");
    sink.push(finding.also(first.span, "promised here").help(help));
}

/// The packages behind `apt-get install`, options left out: where another one is added.
fn packages_in(text: &str, arguments: Range<usize>) -> Option<Range<usize>> {
    let mut at = arguments.start;
    let mut found: Option<Range<usize>> = None;
    let mut installs = false;
    for piece in text[arguments].split_inclusive(char::is_whitespace) {
        let (start, word) = (at, piece.trim_end());
        at += piece.len();
        if word.is_empty() || word == "\\" {
            continue;
        }
        if ["&&", "||", ";", "|"].contains(&word) {
            if found.is_some() {
                break;
            }
            installs = false;
        } else if installs && !word.starts_with('-') {
            found = Some(found.map_or(start, |range| range.start)..start + word.len());
        }
        installs |= ["install", "add"].contains(&word);
    }
    found
}

fn look_at_page(checked: &Checked<'_>, exercise: &Exercise<'_>, tools: &Tools, sink: &Sink) {
    let Some(page) = page_of(checked, exercise) else { return };
    let mut seen = BTreeSet::new();
    let mut push = |name: &str, span: Span| {
        if seen.insert(name.to_owned()) {
            let message = format!("the image has no `{name}`, which learners type here");
            sink.push(Diagnostic::new(&SPEC, span, message).help(help(name)));
        }
    };
    // Of load testers, `code/loadtest-not-autocannon` says more.
    let has = |name: &str| tools.has(name) || LOAD_TESTERS.contains(&name);
    for typed in typed_commands(checked.files, page) {
        for used in missing(&typed.shell, &has) {
            push(&used.name, typed.place(used.at));
        }
    }
    let steps = ["observe", "understand", "diagnose", "fix", "verify", "reflect"];
    for placed in placed_blocks(&page.document) {
        let is_text =
            matches!(placed.block.kind, BlockKind::Prose { .. } | BlockKind::List(_) | BlockKind::Table(_));
        let text = checked.files.slice(placed.block.span);
        let is_elsewhere = ["your own machine", "your own computer", "your laptop", "locally"]
            .iter()
            .any(|it| text.contains(it));
        if !is_text || is_elsewhere || !placed.role.is_some_and(|role| steps.contains(&role)) {
            continue;
        }
        for code in inline_code(text) {
            // A name alone is a word about a program; with arguments it is a command.
            let line = &text[code.clone()];
            let Some((name, _)) = line.split_once(' ').filter(|(name, _)| is_missing_tool(name, tools))
            else {
                continue;
            };
            push(name, placed.block.span.sub(code.start, code.start + name.len()));
        }
    }
}

/// A program that is known to be one, and that the image lacks.
fn is_missing_tool(name: &str, tools: &Tools) -> bool {
    (package_of(name).is_some() || name == "docker") && !tools.has(name)
}

fn uses_in_file(exercise: &Exercise<'_>, file: &ExerciseFile<'_>, tools: &Tools) -> Vec<Use> {
    let terminal = |name: &str| tools.has(name);
    let scripts = |name: &str| tools.has_in_scripts(name);
    if file.is_script() {
        return uses_in_calls(file.calls(), &scripts);
    }
    if file.has_extension("sh") {
        return if is_mounted_elsewhere(exercise, file) {
            Vec::new()
        } else {
            missing(file.shell(), &scripts)
        };
    }
    match file.name() {
        "package.json" => {
            let entries = file.json().and_then(|json| json.get("scripts")).map_or(&[][..], Node::entries);
            let scripts = |name: &str| scripts(name) || LOAD_TESTERS.contains(&name);
            entries.iter().flat_map(|(_, node)| uses_in_value(file.text, node, &scripts)).collect()
        }
        "devcontainer.json" => {
            let keys = [
                "onCreateCommand",
                "updateContentCommand",
                "postCreateCommand",
                "postStartCommand",
                "postAttachCommand",
            ];
            let nodes = keys.iter().filter_map(|key| file.json()?.get(key));
            nodes.flat_map(|node| uses_in_value(file.text, node, &terminal)).collect()
        }
        _ => {
            let compose = compose_files(exercise).filter(|compose| std::ptr::eq(compose.file, file));
            let services = compose
                .flat_map(|compose| compose.services().filter(|it| it.runs_code()).collect::<Vec<_>>());
            let keys = ["command", "entrypoint"];
            let nodes = services.flat_map(|service| {
                let test = service.node.get("healthcheck").and_then(|check| check.get("test"));
                keys.iter().filter_map(|key| service.node.get(key)).chain(test).collect::<Vec<_>>()
            });
            nodes.flat_map(|node| uses_in_value(file.text, node, &scripts)).collect()
        }
    }
}

/// Scripts that another image runs, such as those that set up a database.
fn is_mounted_elsewhere(exercise: &Exercise<'_>, file: &ExerciseFile<'_>) -> bool {
    compose_files(exercise).any(|compose| {
        compose.services().filter(|service| !service.runs_code()).any(|service| {
            service.mounts().iter().any(|mount| {
                let source = crate::check::default_of(&mount.source);
                let inside = source.trim_start_matches("./").trim_end_matches('/');
                !inside.is_empty() && inside != "." && file.path.starts_with(inside)
            })
        })
    })
}

/// A command line, a list of words, or several of them by name.
fn uses_in_value(text: &str, node: &Node, has: &dyn Fn(&str) -> bool) -> Vec<Use> {
    let inner = inner_range(text, node);
    match &node.value {
        Value::Text(line) => {
            let verbatim = text.get(inner.clone()) == Some(line.as_str());
            let place = |at: Range<usize>| {
                if verbatim { inner.start + at.start..inner.start + at.end } else { inner.clone() }
            };
            missing(&parse_shell(line), has)
                .into_iter()
                .map(|used| Use { at: place(used.at), ..used })
                .collect()
        }
        Value::List(items) => {
            let words = items.iter().filter_map(|item| {
                Some(Word { text: item.as_text()?.to_owned(), span: inner_range(text, item), literal: true })
            });
            let words: Vec<Word> = words.collect();
            match words.first().map(|word| word.text.as_str()) {
                Some("CMD-SHELL") => {
                    items.get(1).map(|item| uses_in_value(text, item, has)).unwrap_or_default()
                }
                Some("CMD") => in_words(&words[1..], has),
                Some("NONE") | None => Vec::new(),
                Some(_) => in_words(&words, has),
            }
        }
        Value::Map(entries) => entries.iter().flat_map(|(_, node)| uses_in_value(text, node, has)).collect(),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => Vec::new(),
    }
}

fn in_words(words: &[Word], has: &dyn Fn(&str) -> bool) -> Vec<Use> {
    let command = Command { words: words.to_vec(), ..Command::default() };
    missing(&Shell { commands: vec![command], functions: Vec::new() }, has)
}

fn uses_in_calls(calls: &ScriptCalls, has: &dyn Fn(&str) -> bool) -> Vec<Use> {
    let mut found = Vec::new();
    for call in &calls.calls {
        let owner = call.callee.rsplit_once('.').map_or("", |(owner, _)| owner);
        let Some(argument) = call.arguments.first().and_then(|argument| argument.text.as_ref()) else {
            continue;
        };
        if !["", "child_process", "cp", "childProcess"].contains(&owner) {
            continue;
        }
        match call.name() {
            "exec" | "execSync" => {
                let uses = missing(&parse_shell(&argument.value), has);
                found.extend(uses.into_iter().map(|used| Use { at: argument.span.clone(), ..used }));
            }
            "spawn" | "spawnSync" | "execFile" | "execFileSync" => {
                let word = Word { text: argument.value.clone(), span: argument.span.clone(), literal: true };
                found.extend(in_words(&[word], has));
            }
            _ => {}
        }
    }
    found
}

/// Programs that run what is written behind them.
const WRAPPERS: [&str; 10] =
    ["env", "nohup", "exec", "time", "xargs", "sudo", "timeout", "nice", "command", "watch"];

fn missing(shell: &Shell, has: &dyn Fn(&str) -> bool) -> Vec<Use> {
    let mut found = Vec::new();
    for command in &shell.commands {
        let Some(first) = command.words.first().filter(|word| word.literal && is_program(&word.text)) else {
            continue;
        };
        if !has(&first.text) && !shell.functions.contains(&first.text) {
            found.push(Use { name: first.text.clone(), at: first.span.clone() });
            continue;
        }
        if WRAPPERS.contains(&first.text.as_str()) {
            let wrapped =
                command.arguments().iter().find(|word| package_of(&word.text).is_some() && !has(&word.text));
            found.extend(wrapped.map(|word| Use { name: word.text.clone(), at: word.span.clone() }));
        }
        if let Some(line) = line_of_shell(command) {
            let uses = missing(&parse_shell(&line.text), has);
            found.extend(uses.into_iter().map(|used| Use { at: line.span.clone(), ..used }));
        }
    }
    found
}

/// The line behind `sh -c`.
fn line_of_shell(command: &Command) -> Option<&Word> {
    if !["sh", "bash", "dash", "ash"].contains(&command.name()) {
        return None;
    }
    let flag =
        command.words.iter().position(|word| word.text.starts_with('-') && word.text.ends_with('c'))?;
    command.words.get(flag + 1)
}

/// Paths and variables are not looked up among programs.
fn is_program(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+'))
        && !name.ends_with(".sh")
}
