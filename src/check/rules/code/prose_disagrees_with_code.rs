//! `code/prose-disagrees-with-code`.

mod known;
mod sentence;

use std::collections::BTreeMap;

use crate::check::prose::{Prose, prose_of_manifest, prose_of_page, prose_within, words_of_picture};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{FileId, Span};
use crate::syntax::document::{Block, BlockKind};

use super::authored::{Authored, Once, for_each_script};
use known::{Known, known_of};

pub use sentence::{Number, numbers_of, sentence_around};

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/prose-disagrees-with-code",
    severity: Severity::Warning,
    what: "A number in the text is not the one in the load test, the seed or the code.",
    why: "Learners compare what they read with what they see; one wrong number and they doubt all the others.",
    fix: "Write the number as a reference, such as `[200](loadtest:connections)` or `[50,000](fact:posts)`, which is checked.",
    source: "rules.md",
    params: &[],
    bad: &[
        paragraph!("The load test lets «200» people ask for the feed at once."),
        paragraph!("With «fifty» concurrent users the app has a hard time."),
        paragraph!("The load test runs for «30» seconds."),
        paragraph!("The seed puts «5,000» posts into the table."),
        paragraph!("All requests share a pool of «25» connections."),
        paragraph!("| | |\n|---|---|\n| Crowd | «40» simultaneous visitors |"),
        paragraph!("It keeps «100» connections open and asks over each. This is a load test."),
        paragraph!(
            "It keeps [20](loadtest:connections) connections open for «30» seconds. This is a load test."
        ),
        paragraph!("PostgreSQL read the whole table, all «5,000» rows."),
        paragraph!("Here `max: «25»` is the number of connections that the pool may open."),
        Example::file(&[(
            "content/scenarios/first/app/db/tidy.js",
            "// The pool opens «25» connections at most.\nconsole.log('tidy');\n",
        )]),
    ],
    good: &[
        paragraph!(
            "The load test lets [20](loadtest:connections) people ask for the feed at once, for 5 seconds. 20 people at once are few."
        ),
        paragraph!(
            "If 200 people asked at once, it would be worse. What if 5,000 posts were there? Suppose a pool of 25 connections."
        ),
        paragraph!(
            "We tried 200 users at once. In a real network, 100,000 users are online at the same time."
        ),
        paragraph!(
            "The feed shows 20 posts, of which 500 posts are read. Wait 15 seconds after the load test. The team has 3 people."
        ),
        paragraph!(
            "PostgreSQL accepts 100 connections, whatever the pool. A pool of ten connections is the default."
        ),
        paragraph!("```text\n200 users at once\n```"),
        paragraph!(
            "PostgreSQL read 20 rows of the whole table. A load test keeps nothing open for long; the database holds 100 connections."
        ),
        paragraph!("The call `autocannon -c 200` plays 200 connections; 10 users wrote 500 posts."),
    ],
};

/// Where a text weighs possibilities, its numbers are not those of the code.
const WEIGHING: [&str; 5] = ["options", "rubric", "hint", "pushback", "answer"];

/// Looks at the page and the manifest of every exercise.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let all: BTreeMap<usize, Known> =
        checked.exercises.iter().map(|exercise| (exercise.index, known_of(exercise))).collect();
    for exercise in checked.exercises {
        let known = &all[&exercise.index];
        if let Some(page) = checked.page_of(exercise.index) {
            let texts = prose_of_page(checked, page);
            walk(&texts, &page.document.blocks, false, &mut |prose, weighing| {
                check_prose(checked, prose, known, weighing, sink);
            });
        }
        let manifest = checked.files.find(exercise.written.source.join("scenario.yml"));
        if let Some(file) = manifest {
            let texts = prose_of_manifest(checked, file);
            texts.iter().for_each(|prose| check_prose(checked, prose, known, false, sink));
        }
    }
    for picture in checked.picture_files {
        check_picture(checked, *picture, &all, sink);
    }
    let mut once = Once::default();
    for_each_script(checked, |of| {
        check_comments(checked, of, &all[&of.exercise.index], &mut once, sink);
    });
}

/// The words in an exercise's own pictures. Each text is a sentence.
fn check_picture(checked: &Checked<'_>, picture: FileId, all: &BTreeMap<usize, Known>, sink: &Sink) {
    let path = checked.files.path(picture);
    let of = checked.exercises.iter().find(|exercise| path.starts_with(&exercise.written.source));
    let (Some(exercise), Ok(text)) = (of, checked.files.text(picture)) else { return };
    let known = &all[&exercise.index];
    for prose in words_of_picture(checked.files, picture) {
        let words = prose.with_tags_as_stops(text);
        for number in numbers_of(&words) {
            let sentence = sentence_around(&words, number.at.start).to_lowercase();
            let span = Span::new(picture, number.at.start, number.at.end);
            let found = compare(known, &number, &sentence, &sentence, span);
            if let Some(finding) = found.filter(|_| !is_hypothetical(&sentence)) {
                sink.push(finding.help("write the number of the load test, the fact or the code"));
            }
        }
    }
}

/// Comments of the code are text, too: what they say of a pool or a crowd is compared.
fn check_comments(checked: &Checked<'_>, of: Authored<'_>, known: &Known, once: &mut Once, sink: &Sink) {
    for comment in &of.script.comments {
        let text = &of.file.text[comment.at.clone()];
        for number in numbers_of(text) {
            let sentence = sentence_around(text, number.at.start).to_lowercase();
            if is_hypothetical(&sentence) {
                continue;
            }
            let at = comment.at.start + number.at.start..comment.at.start + number.at.end;
            let span = of.file.span(checked.files, at);
            if let Some(finding) = compare(known, &number, &sentence, &text.to_lowercase(), span) {
                once.push(of, &finding.message.clone(), sink, || finding);
            }
        }
    }
}

fn walk(texts: &[Prose], blocks: &[Block], weighing: bool, visit: &mut impl FnMut(&Prose, bool)) {
    for block in blocks {
        for prose in prose_within(texts, block) {
            visit(prose, weighing);
        }
        if let BlockKind::Directive(directive) = &block.kind {
            let weighing = weighing || WEIGHING.contains(&directive.name.value.as_str());
            walk(texts, &directive.children, weighing, visit);
        }
    }
}

fn check_prose(checked: &Checked<'_>, prose: &Prose, known: &Known, weighing: bool, sink: &Sink) {
    let text = checked.files.slice(prose.span);
    let context = text.to_lowercase();
    for number in numbers_of(text) {
        let at = number.at.start;
        let bound = prose.linked().iter().any(|words| words.contains(&at));
        if bound || weighing || prose.is_passed_over(at) {
            continue;
        }
        let sentence = sentence_around(text, at).to_lowercase();
        if is_hypothetical(&sentence) {
            continue;
        }
        if let Some(finding) = compare(known, &number, &sentence, &context, prose.span.sub(at, number.at.end))
        {
            sink.push(finding);
        }
    }
    if !weighing {
        check_pool_size(text, prose.span, known, sink);
    }
}

/// `max: 10` between backticks, where the sentence speaks of a pool.
fn check_pool_size(text: &str, span: Span, known: &Known, sink: &Sink) {
    const OPTION: &str = "`max: ";
    for (at, _) in text.match_indices(OPTION) {
        let digits = &text[at + OPTION.len()..];
        let digits = &digits[..digits.bytes().take_while(u8::is_ascii_digit).count()];
        let sentence = sentence_around(text, at + OPTION.len() + digits.len()).to_lowercase();
        let (Ok(value), Some((right, pool))) = (digits.parse::<u64>(), known.pools.last()) else { continue };
        let is_other = sentence.contains("pool") && known.pools.iter().all(|(size, _)| *size != value);
        if is_other && !is_hypothetical(&sentence) {
            let start = at + OPTION.len();
            let message = format!("the text says `max: {value}`, the code {right}");
            let finding = Diagnostic::new(&SPEC, span.sub(start, start + digits.len()), message);
            sink.push(
                finding.also(*pool, "the pool").help(format!("write `max: {right}`, or change the code")),
            );
        }
    }
}

/// Words of a sentence that speaks of what is not the case here.
const HYPOTHETICAL: [&str; 24] = [
    "if ",
    "would",
    "suppose",
    "imagine",
    "picture ",
    "could",
    "might",
    "tried",
    "instead",
    "times as",
    "times the",
    "hundred times",
    "had ",
    "real ",
    "production",
    "later",
    "grow",
    "say,",
    "for example",
    "e.g.",
    "raise",
    "raising",
    "unless",
    "was ",
];

/// Whether a sentence in lower case speaks of what is not the case here.
#[must_use]
pub fn is_hypothetical(sentence: &str) -> bool {
    HYPOTHETICAL.iter().any(|word| {
        sentence.match_indices(word).any(|(at, _)| !sentence[..at].ends_with(char::is_alphanumeric))
    })
}

/// Words of a sentence about the load test.
const CROWD: [&str; 10] = [
    "at once",
    "at the same",
    "same moment",
    "simultaneous",
    "concurrent",
    "load test",
    "crowd",
    "in parallel",
    "keep asking",
    "keeps asking",
];

/// `context` is the paragraph or comment around the sentence.
fn compare(known: &Known, number: &Number, sentence: &str, context: &str, span: Span) -> Option<Diagnostic> {
    let is_crowd = number.before.ends_with("plays") || CROWD.iter().any(|word| sentence.contains(word));
    let value = number.value;
    let noun = number.noun.as_str();
    let people = ["people", "users", "visitors", "clients", "customers", "readers", "shoppers", "buyers"];
    let tested = context.contains("load test");
    let opens = ["keeps ", "opens ", "holds "].iter().any(|verb| sentence.contains(verb));
    let of_database = ["pool", "postgres", "database", "limit"].iter().any(|word| sentence.contains(word));
    let side_by_side = ["concurrent", "simultaneous", "parallel"].contains(&number.adjective.as_str());
    let of_test = noun == "connections" && tested && opens && !of_database;
    let report = |what: String, also: Span, label: &str, reference: &str| {
        let finding = Diagnostic::new(&SPEC, span, what).also(also, label);
        Some(finding.help(format!("write `{reference}`, which is checked, or correct the number")))
    };
    if of_test || (is_crowd && (people.contains(&noun) || (noun == "connections" && side_by_side))) {
        let (right, at) = known.connections.first()?;
        let fits = known.connections.iter().any(|(right, _)| *right == value) || known.has_rows(noun, value);
        let what = format!("the text says {value} {noun}, the load test {right}");
        return if fits {
            None
        } else {
            report(what, *at, "the load test", &format!("[{right}](loadtest:connections)"))
        };
    }
    if noun == "seconds" {
        let (right, at) = known.seconds.first()?;
        let lasts =
            ["runs", "lasts", "plays", "sends", "keeps", "asks"].iter().any(|verb| sentence.contains(verb));
        let is_length = sentence.contains("load test") || ((is_crowd || tested) && sentence.contains("for "));
        let waits = ["wait", "after", "over for", "every", "within", "timeout"]
            .iter()
            .any(|word| number.before.contains(word));
        let fits = known.seconds.iter().any(|(right, _)| *right == value);
        let what = format!("the text says {value} seconds, the load test {right}");
        return if fits || !lasts || !is_length || waits {
            None
        } else {
            report(what, *at, "the load test", &format!("[{right}](loadtest:seconds)"))
        };
    }
    let at_most = sentence.contains("at most") || sentence.contains("up to");
    if noun == "connections" && (sentence.contains("pool") || (context.contains("pool") && at_most)) {
        let (right, at) = known.pools.first()?;
        let what = format!("the text says {value} connections, the code {right}");
        return if known.is_limit(value) {
            None
        } else {
            let finding = Diagnostic::new(&SPEC, span, what).also(*at, "the pool");
            Some(finding.help(format!("write {right}, or change the code")))
        };
    }
    // "The whole table, all 50,000 rows" speaks of the largest that there is.
    let whole_table = noun == "rows" && (sentence.contains("whole table") || sentence.contains("every row"));
    let largest = || known.facts.iter().filter(|_| whole_table).max_by_key(|(_, rows, _)| *rows);
    let (id, right, at) = known.facts.iter().find(|(id, _, _)| is_noun(id, noun)).or_else(largest)?;
    if value == *right || value < 100 || known.in_code.contains(&value) || is_crowd {
        return None;
    }
    let what = format!("the text says {value} {noun}, the fact `{id}` {right}");
    report(what, *at, "the fact", &format!("[{right}](fact:{id})"))
}

/// Whether a word names what a fact counts: `posts` and `post`.
fn is_noun(id: &str, noun: &str) -> bool {
    noun == id || noun.strip_suffix('s') == Some(id) || id.strip_suffix('s') == Some(noun)
}
