//! `pedagogy/answer-leak`.

mod paraphrase;
mod secret;
mod site;

use std::cell::LazyCell;
use std::ops::Range;

use rayon::prelude::*;

use super::reading::{Event, ExercisePage, Kind, exercise_pages};
use super::text::{Code, plain, plain_text};
use crate::check::prose::prose_of_manifest;
use crate::check::{Checked, Scope};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::source::{FileId, Span};
use crate::syntax::code::Comments;
use crate::syntax::document::BlockKind;

use paraphrase::Answers;
use secret::{Secret, Secrets, Wanted};
use site::{SiteText, scenario_texts, site_texts};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/answer-leak",
    severity: Severity::Error,
    what: "The text of an answer, a rubric or a solution stands where learners read it too early.",
    why: "Whoever has read the answer cannot guess any more, and the question teaches nothing.",
    fix: "Say it in other words that do not tell, or move it behind the question. Answers belong into `:::answer`, code of a fix below its heading.",
    source: "rules.md; platform-vision.md, Platform Assessment Layer",
    params: &[Param {
        name: "words",
        default: 8.0,
        doc: "how many words in a row, small ones included, make a text the same",
    }],
    bad: &[
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\nYou will find that the line «climbs to several seconds, since the requests wait for one another».\n\n",
            guess!(),
            ":::question{#what-you-see kind=observation}\nWhat does the panel [](panel:http-request-duration-ms-p50) show while the load test runs?\n\n:::answer\nIt climbs to several seconds, since the requests *wait for one another*.\n:::\n:::\n\n",
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time, and each of them waits. Your team wants to know why.\n\n![A browser. «Every other request waits, because the app runs on one thread».](diagrams/system.svg \"The system\")\n\n",
            concepts!(),
            observe!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nsummary: A feed is slow. More «copies pay off when the work is really needed».\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/diagrams/system.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"80\" viewBox=\"0 0 640 80\"><title>A browser, an app, a database</title><rect width=\"640\" height=\"80\" fill=\"#fff\"/><text x=\"10\" y=\"30\" font-family=\"Inter, sans-serif\" font-size=\"16\" fill=\"#111\">«Almost a second, because every</text><text x=\"10\" y=\"60\" font-family=\"Inter, sans-serif\" font-size=\"16\" fill=\"#111\">request counts to a billion».</text></svg>\n",
        )]),
        // In other words, over two lines.
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- Notes: «as the app runs on one thread,\n-- each request has to wait for the line that counts.»\nSELECT 1;\n",
        )]),
    ],
    good: &[
        // About the same things, and no answer.
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- Each request asks the app for the newest rows, and the app asks the database and waits.\n-- Which request waits for which line, while the app runs on one thread?\nSELECT 1;\n",
        )]),
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n::loadtest{#baseline}\n\n:::question{#first-guess kind=prediction}\nDo you think that the requests of all those people wait for one another?\n\n:::answer\nThe requests of all those people wait for one another, yes.\n:::\n:::\n\n",
            seen!(),
            understand!(),
            fix!(),
            verify!(),
            "## What stays {.learned}\n\nThe `for` line before the answer was to blame: every other request waits, because the app runs on one thread.\n\n",
            stuck!()
        ),
        page!(
            until_fix!(),
            fix!(),
            ":::question{#open kind=comprehension}\nWhat was gained?\n\n:::answer{show=inline}\nNo visitor has to wait for the work of another one any more.\n:::\n:::\n\nNo visitor has to wait for the work of another one any more, says the panel.\n\n",
            after_fix!()
        ),
    ],
};

/// How much of a line an excerpt shows, in bytes: a search index is one long line.
const EXCERPT: usize = 200;

/// Looks at the page up to the end of a question's section (up to the heading of a fix, for its
/// code), at everything else that comes with the exercise, and at what the site makes of it.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
    let run = checked.settings.number(&SPEC, "words").max(3.0) as usize;
    // No other rule takes as long for an exercise: all cores share them.
    let pages: Vec<_> = exercise_pages(checked).collect();
    let with_secrets = pages.into_par_iter().with_max_len(1).map(|page| {
        let secrets = Secrets::of(checked, &page, run);
        (page, secrets)
    });
    let pages: Vec<_> = with_secrets.collect();
    // Cutting up all pages of the site takes long, and says nothing where nobody is asked.
    let tree = checked.tree.filter(|_| !pages.is_empty());
    let wanted = Wanted::of(pages.iter().map(|(_, secrets)| secrets), run);
    let site = tree.map(|tree| match checked.scope {
        Scope::Whole => site_texts(tree, &wanted),
        Scope::Scenario(index) => scenario_texts(checked.course, index, tree, &wanted),
    });
    let site = site.unwrap_or_default();
    let found = pages.par_iter().with_max_len(1).map(|(page, secrets)| {
        let found = Sink::default();
        check_page(checked, page, secrets, &found);
        let answers = Answers::of(checked, page);
        check_files(checked, page, secrets, &answers, &found);
        check_manifests(checked, page, secrets, &answers, &found);
        check_site(checked, page, &site, secrets, &found);
        found.into_found()
    });
    // Of findings alike in a file that exercises share, the first one stays.
    found.collect::<Vec<_>>().into_iter().for_each(|found| sink.extend(found));
}

fn check_page(checked: &Checked<'_>, page: &ExercisePage<'_>, secrets: &Secrets, sink: &Sink) {
    for (at, event) in page.events.iter().enumerate().filter(|(_, event)| !event.part.hidden) {
        let is_own = |secret: &Secret| {
            let parts = [event.part.question, event.part.options];
            parts.into_iter().flatten().any(|part| secret.own.contains(&part))
        };
        let is_hint = |secret: &Secret| event.part.hint && secret.section == Some(event.section);
        let is_leak = |secret: &Secret, _| at < secret.until && !is_own(secret) && !is_hint(secret);
        if let Some((span, text)) = shown_text(checked, event) {
            look(secrets, &text, is_leak, |range| span.sub(range.start, range.end), sink);
        }
        if let Some((file, text)) = picture(checked, page, event) {
            look(secrets, &text, is_leak, |range| Span::new(file, range.start, range.end), sink);
        }
    }
}

fn look(
    secrets: &Secrets,
    text: &str,
    is_leak: impl Fn(&Secret, u64) -> bool,
    place: impl Fn(Range<usize>) -> Span,
    sink: &Sink,
) {
    let Some(hit) = secrets.find(text, is_leak) else { return };
    let secret = &secrets.all[hit.secret];
    let finding =
        Diagnostic::new(&SPEC, place(hit.range), format!("this is the text of the {}", secret.what));
    sink.push(
        finding.also(secret.span, "it belongs here").help("say it in words that do not tell, or remove it"),
    );
}

/// Looks for an answer in other words; whether there is one.
fn look_for_retelling(
    answers: &Answers,
    text: &str,
    place: impl Fn(Range<usize>) -> Span,
    sink: &Sink,
) -> bool {
    let Some((range, answer)) = answers.find(text) else { return false };
    let finding = Diagnostic::new(&SPEC, place(range), "this tells in other words what an answer says");
    sink.push(
        finding.also(answer, "this answer").help("say what to look at, and leave the finding to the learner"),
    );
    true
}

/// A comment with the marks at the start of its lines blanked out, so that sentences go on.
fn blank_marks(comment: &str) -> String {
    let mut text = String::with_capacity(comment.len());
    for line in comment.split_inclusive('\n') {
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || "/*#-:".contains(c));
        text.extend(line[..line.len() - words.len()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        text.push_str(words);
    }
    text
}

/// What an event shows, with the place where the text begins.
fn shown_text(checked: &Checked<'_>, event: &Event<'_>) -> Option<(Span, String)> {
    match (&event.kind, &event.block.kind) {
        (Kind::Prose, _) => Some((event.block.span, plain_text(checked.files, event.block, Code::Kept))),
        (Kind::Heading { text, .. }, _) => Some((*text, checked.files.slice(*text).to_owned())),
        (Kind::Figure { alt, .. }, BlockKind::Figure(figure)) => {
            let title = &figure.title;
            let span = alt.to(title.span);
            let text = checked.files.slice(span);
            let address = (alt.end - span.start) as usize..(title.span.start - span.start) as usize;
            let blanked = " ".repeat(address.len());
            Some((span, format!("{}{blanked}{}", &text[..address.start], &text[address.end..])))
        }
        (Kind::Fence { attributes, body, .. }, _) => {
            let is_copied = attributes.get("file").is_some() || attributes.get("output").is_some();
            (!is_copied).then(|| (*body, checked.files.slice(*body).to_owned()))
        }
        _ => None,
    }
}

/// The words in a figure's picture.
fn picture(checked: &Checked<'_>, page: &ExercisePage<'_>, event: &Event<'_>) -> Option<(FileId, String)> {
    let Kind::Figure { destination, .. } = event.kind else { return None };
    let beside = page.written.source.join(destination.trim_start_matches("./"));
    let shared = destination.strip_prefix("../../diagrams/").map(|name| format!("content/diagrams/{name}"));
    let file = checked.files.find(beside).or_else(|| checked.files.find(shared?))?;
    let text = checked.files.text(file).ok().filter(|text| text.contains("<svg"))?;
    Some((file, plain(text, 0, &[], Code::Kept)))
}

/// Comments in the learner's own files can be read from the start, those of a solution not.
fn check_files(
    checked: &Checked<'_>,
    page: &ExercisePage<'_>,
    secrets: &Secrets,
    answers: &Answers,
    sink: &Sink,
) {
    let Some(exercise) = checked.exercises.iter().find(|exercise| exercise.index == page.index) else {
        return;
    };
    for (path, file) in exercise.broken().files.iter().filter(|(_, file)| !file.rendered) {
        let is_prose = path.extension() == Some("md");
        let whole = Some(0..file.text.len()).filter(|_| is_prose);
        let comments = (!is_prose).then(|| Comments::in_file(checked.files, file.source()));
        let comments = comments.iter().flat_map(|comments| comments.ranges());
        for comment in comments.chain(&whole) {
            let place = |range: Range<usize>| {
                file.span(checked.files, comment.start + range.start..comment.start + range.end)
            };
            let text = &file.text[comment.clone()];
            if !look_for_retelling(answers, &blank_marks(text), place, sink) {
                look(secrets, text, |_, _| true, place, sink);
            }
        }
    }
}

/// What stands in the exercise's own manifest, in its track and in the course is read beforehand.
fn check_manifests(
    checked: &Checked<'_>,
    page: &ExercisePage<'_>,
    secrets: &Secrets,
    answers: &Answers,
    sink: &Sink,
) {
    let track = checked.course.place(page.index).map(|(track, _)| format!("content/tracks/{}.yml", track.id));
    let own = checked.files.find(page.written.source.join("scenario.yml"));
    let shared = track.and_then(|track| checked.files.find(track));
    for file in own.into_iter().chain(shared).chain(checked.files.find("content/course.yml")) {
        for prose in prose_of_manifest(checked, file).iter() {
            let text = plain(checked.files.slice(prose.span), prose.span.start as usize, &[], Code::Kept);
            let place = |range: Range<usize>| prose.span.sub(range.start, range.end);
            // What others say of other scenarios is no retelling.
            if Some(file) != own || !look_for_retelling(answers, &text, place, sink) {
                look(secrets, &text, |_, _| true, place, sink);
            }
        }
    }
}

/// Descriptions, twins and the search index of the site are made, not written: what leaks there is
/// reported where the answer stands.
fn check_site(
    checked: &Checked<'_>,
    page: &ExercisePage<'_>,
    site: &[SiteText<'_>],
    secrets: &Secrets,
    sink: &Sink,
) {
    let own: Vec<&SiteText<'_>> = site.iter().filter(|text| text.is_shown_with(&page.scenario.id)).collect();
    if own.is_empty() {
        return;
    }
    // Hardly any page needs it.
    let shown = LazyCell::new(|| secrets.shown(&visible(checked, page)));
    let is_leak = |secret: &Secret, hash| secret.what != "solution" && !shown.contains(&hash);
    for text in own {
        let Some((secret, start)) = secrets.first_in(&text.runs, is_leak) else { continue };
        let line = text.text[start..].lines().next().unwrap_or("");
        let line = &line[..line.floor_char_boundary(EXCERPT)];
        let message = format!("`{}` holds the text of this {}", text.path, secret.what);
        let finding = Diagnostic::new(&SPEC, secret.span, message).emitted(text.path.as_str(), line);
        sink.push(finding.help("keep it out of the theme's templates for descriptions, twins and search"));
    }
}

/// Everything that a learner of the page can read, and what its manifest says: a leak in there is
/// reported where it is written, not once more where the site repeats it.
fn visible(checked: &Checked<'_>, page: &ExercisePage<'_>) -> Vec<String> {
    let shown = page.events.iter().filter(|event| !event.part.hidden);
    let shown = shown.filter_map(|event| shown_text(checked, event)).map(|(_, text)| text);
    let manifest = checked.files.find(page.written.source.join("scenario.yml"));
    let mut found: Vec<String> = shown.collect();
    if let Some(file) = manifest {
        let texts = prose_of_manifest(checked, file);
        found.extend(texts.iter().map(|prose| checked.files.slice(prose.span).to_owned()));
    }
    found
}
