//! `code/unexplained-javascript`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::authored::{Authored, Once, comments_at, for_each_script, line_of};
use crate::check::{Checked, ExerciseFile};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::script::{Comment, Import, Syntax};

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/unexplained-javascript",
    severity: Severity::Warning,
    what: "The first use of something that only JavaScript has, or of an npm package, is not explained.",
    why: "The course teaches systems to people from any language; what they cannot guess from their own costs them the thread.",
    fix: "Put a comment that starts with `//:` above the line, and say in one sentence what it does.",
    source: "platform-vision.md, Language Agnostic and Code Commenting Principle",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/app/src/worker.js",
            "//: pg talks to PostgreSQL.\nconst pg = require('pg');\n\nfunction first(row) {\n  const «{ id }» = row;\n  return id;\n}\n\nmodule.exports = { first, pg };\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/src/worker.js",
            "const fs = require('fs');\nconst redis = require(«'ioredis'»);\n\nmodule.exports = { fs, redis };\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/src/limit.js",
            "function limit(req, res, next) {\n  «next()»;\n}\n\nmodule.exports = limit;\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/src/show.js",
            "function show(req, res) {\n  res.send(«req.params».id);\n}\n\n//: Too late: req.params holds the parts of the address.\nmodule.exports = show;\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/src/wait.js",
            "// Gives back what the promise gives.\n«async function wait(promise) {\n  return await promise;\n}»\n\nmodule.exports = wait;\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/app/src/worker.js",
            "const path = require('node:path');\nconst redis = require('ioredis'); //: a client for Redis\n//: `{ id }` takes id out of the row.\nconst first = ({ id }) => id;\n\nmodule.exports = { first, redis, path };\n",
        )]),
        // In a block of comments above, and in the words of somebody else.
        Example::file(&[(
            "content/scenarios/first/app/src/limit.js",
            "//: Express hands every request to this function.\n//: Calling next() passes it on to the routes; req.params and req.query hold what the address says.\nfunction limit(req, res, next) {\n  if (req.query.slow || req.params.id) return res.sendStatus(429);\n  next();\n}\n\nmodule.exports = limit;\n",
        )]),
    ],
};

/// What explains a construct: one of the words in a comment; and whether a comment that comes after
/// the first use still counts.
struct Explains {
    kind: Syntax,
    name: &'static str,
    words: &'static [&'static str],
    anywhere: bool,
    example: &'static str,
}

const CONSTRUCTS: [Explains; 8] = [
    Explains {
        kind: Syntax::Destructuring,
        name: "destructuring",
        words: &["destructur", "takes", "take ", "pulls", "unpack", "braces", "out of", "brackets"],
        anywhere: false,
        example: "//: takes userId and content out of the request body (destructuring)",
    },
    Explains {
        kind: Syntax::Next,
        name: "`next()`",
        words: &["next"],
        anywhere: false,
        example: "//: next() hands the request on to the routes",
    },
    Explains {
        kind: Syntax::RequestParams,
        name: "`req.params`",
        words: &["params"],
        anywhere: false,
        example: "//: /posts/:id matches /posts/7; req.params.id is then the text '7'",
    },
    Explains {
        kind: Syntax::RequestQuery,
        name: "`req.query`",
        words: &["query"],
        anywhere: false,
        example: "//: ?page=2 in the address becomes req.query.page, the text '2'",
    },
    Explains {
        kind: Syntax::RequestBody,
        name: "`req.body`",
        words: &["body"],
        anywhere: false,
        example: "//: req.body is the JSON that came with the request, as an object",
    },
    Explains {
        kind: Syntax::AsyncAwait,
        name: "`async` and `await`",
        words: &["await", "async"],
        anywhere: true,
        example: "//: `await` waits for a result without stopping the other requests",
    },
    Explains {
        kind: Syntax::OptionalChaining,
        name: "`?.`",
        words: &["?.", "optional chaining", "if there is none", "undefined"],
        anywhere: true,
        example: "//: `?.` gives undefined if there is nothing before it",
    },
    Explains {
        kind: Syntax::NullishCoalescing,
        name: "`??`",
        words: &["??", "if there is none", "nullish", "default", "allows for"],
        anywhere: true,
        example: "//: `a ?? b` is b if there is no a",
    },
];

/// Looks at every script; what stands in strings and templates is explained once in the whole app.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let mut once = Once::default();
    for_each_script(checked, |of| {
        packages(checked, of, &mut once, sink);
        for construct in &CONSTRUCTS {
            let Some(first) = of.script.syntax.iter().find(|found| found.kind == construct.kind) else {
                continue;
            };
            if is_explained(of, construct, &first.at) || is_explained_in_app(of, construct.words) {
                continue;
            }
            once.push(of, construct.name, sink, || {
                let message = format!("{} is not explained where it first occurs", construct.name);
                let finding = of.file.finding(checked.files, &SPEC, first.at.clone(), message);
                finding.help(format!("add a line such as `{}` above it", construct.example))
            });
        }
    });
    templates(checked, sink);
}

fn is_explained(of: Authored<'_>, construct: &Explains, at: &Range<usize>) -> bool {
    let line = line_of(of.file.text, at.start);
    of.script.comments.iter().any(|comment| {
        // A long function is one place; its first lines are where one looks.
        let before = line_of(of.file.text, comment.at.start) <= line + 1;
        (construct.anywhere || before) && holds(comment, construct.words)
    })
}

/// Where learners read first. What is explained there is known in seeds and scripts, which are read
/// later if at all; a second process of the app is read for its own sake.
const MAIN: &str = "src/server.js";

fn is_explained_in_app(of: Authored<'_>, words: &[&str]) -> bool {
    let main = of.exercise.broken().file(MAIN).filter(|_| !of.file.path.starts_with("src"));
    let script = main.and_then(ExerciseFile::script);
    script.is_some_and(|script| script.comments.iter().any(|comment| holds(comment, words)))
}

fn holds(comment: &Comment, words: &[&str]) -> bool {
    let text = comment.text.to_lowercase();
    words.iter().any(|word| text.contains(word))
}

fn packages(checked: &Checked<'_>, of: Authored<'_>, once: &mut Once, sink: &Sink) {
    let mut seen = BTreeSet::new();
    for import in of.script.imports.iter().filter(|import| is_package(import)) {
        let known = || is_explained_in_app(of, &[import.from.as_str()]);
        if !seen.insert(import.from.as_str()) || is_package_explained(of, import) || known() {
            continue;
        }
        once.push(of, &import.from, sink, || {
            let message = format!("the package `{}` is not explained", import.from);
            let finding = of.file.finding(checked.files, &SPEC, import.from_at.clone(), message);
            finding.help(format!("add `//: {} …` above this line, and say what it is for", import.from))
        });
    }
}

/// Packages of npm; those of Node have names that say what they do.
fn is_package(import: &Import) -> bool {
    let builtin = [
        "fs",
        "path",
        "http",
        "https",
        "os",
        "url",
        "util",
        "crypto",
        "events",
        "cluster",
        "child_process",
        "net",
        "stream",
        "timers",
        "zlib",
        "assert",
        "perf_hooks",
        "worker_threads",
        "readline",
        "dns",
        "buffer",
        "process",
        "async_hooks",
        "querystring",
        "string_decoder",
        "tls",
        "v8",
        "vm",
    ];
    let name = import.from.split('/').next().unwrap_or("");
    !(import.from.starts_with(['.', '/', '#']) || import.from.starts_with("node:") || builtin.contains(&name))
}

fn is_package_explained(of: Authored<'_>, import: &Import) -> bool {
    let near = comments_at(of.file, of.script, &import.at);
    if near.iter().any(|comment| comment.text.split_whitespace().count() >= 2 && !is_rule(&comment.text)) {
        return true;
    }
    let line = line_of(of.file.text, import.at.start);
    let name = import.from.to_lowercase();
    of.script.comments.iter().any(|comment| {
        let text = comment.text.to_lowercase();
        let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '/' || c == '@'));
        line_of(of.file.text, comment.at.start) <= line + 1 && words.any(|word| word == name)
    })
}

/// A line of dashes, or a header.
fn is_rule(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// Templates that are filled in are met everywhere; one explanation in the app is enough.
fn templates(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let scripts: Vec<_> = exercise
            .each_file()
            .filter(|(_, file)| !file.rendered)
            .filter_map(|(_, file)| Some((file, file.script()?)))
            .collect();
        let words = ["${", "backtick", "template", "inserts", "puts a value"];
        let explained =
            scripts.iter().flat_map(|(_, script)| &script.comments).any(|comment| holds(comment, &words));
        let first = scripts.iter().find_map(|(file, script)| {
            let found = script.syntax.iter().find(|found| found.kind == Syntax::FilledTemplate)?;
            Some((file, found.at.clone()))
        });
        if let (false, Some((file, at))) = (explained, first) {
            let message = "`${…}` is explained nowhere in the app";
            let finding = file.finding(checked.files, &SPEC, at, message);
            sink.push(finding.help(
                "add a line such as `//: between backticks, ${…} puts a value into the text` above it",
            ));
        }
    }
}
