//! `code/explained-commonplace`.

use super::authored::{Once, for_each_script};
use crate::check::Checked;
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/explained-commonplace",
    severity: Severity::Warning,
    what: "A comment explains what every backend developer knows.",
    why: "Comments are where learners find clues; those about status codes or try/catch teach them to skip comments.",
    fix: "Remove the comment, or say what is special here.",
    source: "platform-vision.md, Code Commenting Principle",
    params: &[],
    bad: &[
        commented!("«// 404 means that the post was not found»"),
        commented!("«//: try/catch: if anything in here throws, the catch block runs»"),
        commented!("«// Sends the rows back as JSON»"),
        commented!("«// 500 = Internal Server Error»"),
        commented!("«//: try runs this code, and catch handles the error»"),
        commented!("«//: an if statement runs its block only when the condition is true»"),
        commented!("«// GET requests read data, POST requests create it»"),
    ],
    good: &[
        commented!("// 503 tells nginx to ask another copy of the app"),
        commented!("// PostgreSQL's code 23505 means that the row exists already"),
        commented!("//: main() is async: catch() runs if anything in it fails"),
        commented!("//: turns a JSON request body into the object req.body"),
        commented!("// Prometheus asks GET /metrics; a status of 200 or above 400 is counted alike"),
        commented!("// Try again later: the pool may be empty, and the catch is that nobody waits"),
        commented!("// If the feed is empty, 404 would be wrong"),
    ],
};

/// Looks at every comment of every script.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let mut once = Once::default();
    for_each_script(checked, |of| {
        for comment in &of.script.comments {
            let Some(what) = commonplace(&comment.text) else { continue };
            once.push(of, &comment.text, sink, || {
                let message = format!("this explains {what}, which every backend developer knows");
                let finding = of.file.finding(checked.files, &SPEC, comment.at.clone(), message);
                finding.help("remove it, or say what is special in this place")
            });
        }
    });
}

/// Words with which people explain a status code.
const PHRASES: [&str; 17] = [
    "not found",
    "bad request",
    "server error",
    "unauthorized",
    "forbidden",
    "created",
    "ok",
    "success",
    "something went wrong",
    "invalid",
    "missing",
    "does not exist",
    "doesn't exist",
    "client error",
    "too many requests",
    "service unavailable",
    "no content",
];

fn commonplace(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    if explains_status(&text) {
        return Some("a status code");
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["try/catch", "try / catch", "try-catch", "try block", "catch block", "finally block"])
        || (text.contains("finally") && has(&["always runs", "runs either way", "runs no matter"]))
    {
        return Some("`try` and `catch`");
    }
    if holds_words(&text, "try") && holds_words(&text, "catch") && has(&["handles", "runs "]) {
        return Some("`try` and `catch`");
    }
    if has(&[
        "json is ",
        "json stands for",
        "returns json",
        "sends json",
        "return json",
        "send json",
        "responds with json",
    ]) || (text.contains("as json")
        && has(&["sends", "send ", "returns", "return ", "answers", "responds"]))
    {
        return Some("an answer as JSON");
    }
    if has(&["if statement", "if-statement", "if/else"]) {
        return Some("`if`");
    }
    if has(&[
        "console.error prints",
        "console.error writes",
        "console.error logs",
        "console.log prints",
        "console.log writes",
    ]) {
        return Some("`console`");
    }
    let verbs = [
        "get requests ",
        "post requests ",
        "get is ",
        "post is ",
        "get means",
        "post means",
        "put means",
        "delete means",
    ];
    has(&verbs).then_some("an HTTP verb")
}

/// `404 means …`, `500 = internal server error`.
fn explains_status(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest[..at].chars().next_back();
        let digits = rest[at..].bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = (&rest[at..at + digits], &rest[at + digits..]);
        let is_status = digits == 3
            && matches!(number.as_bytes()[0], b'2'..=b'5')
            && !before.is_some_and(|c| c.is_alphanumeric() || ".,-/".contains(c));
        let after_link = ["means", "=", ":", "is ", "stands for", "-", "–", "("]
            .iter()
            .find_map(|link| after.trim_start().strip_prefix(link));
        if is_status
            && after_link.is_some_and(|after| PHRASES.iter().any(|phrase| holds_words(after, phrase)))
        {
            return true;
        }
        rest = after;
    }
    false
}

fn holds_words(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        edge(text[..at].chars().next_back()) && edge(text[at + phrase.len()..].chars().next())
    })
}
