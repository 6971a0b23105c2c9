//! `pedagogy/jargon-before-explained`.

use std::ops::Range;

use memchr::memmem::Finder;

use super::reading::{ExercisePage, Kind, exercise_pages};
use super::text::{Code, plain_text, sentences};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::model::{Course, Role};
use crate::source::Span;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/jargon-before-explained",
    severity: Severity::Warning,
    what: "A page uses a technical word before it says what the word means.",
    why: "Learners of the first tiers meet these words here for the first time. What they cannot follow, they blame on themselves.",
    fix: "Say what the word means where it first stands, use plain words there, or move the explanation up.",
    source: "platform-vision.md, How Each Scenario Works: plain English explanations of each concept before they need it",
    params: &[],
    bad: &[
        page!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time, and its «throughput» is low. Your team wants to know why.\n\n",
            system_figure!(),
            concepts!(),
            observe!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time. Somebody in your team suspects a «busy loop» in the code.\n\n",
            system_figure!(),
            concepts!(),
            observe!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
    ],
    good: &[
        page!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time. Its *throughput* is how many it serves in a second, and this throughput is low. The 99th percentile, which means the wait of the unlucky, is high. Perhaps there is a busy loop: code that does nothing but count. Whoever wrote the busy loop has left, and the `event loop` has no time.\n\n",
            system_figure!(),
            concepts!(),
            observe!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page_in!(
            "low",
            "## The page is slow {.situation}\n\nA small feed has a low throughput. Your team wants to know why.\n\n",
            system_figure!(),
            concepts!(),
            observe!(),
            understand!(),
            "## Change it {.fix #repair}\n\n### Answer at once {#fast}\n\n",
            hints!(),
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

/// Words that nobody brings along from a bootcamp. A word that the course's registry knows is left
/// to the rules about concepts.
const JARGON: [&str; 32] = [
    "throughput",
    "percentile",
    "idempotent",
    "idempotency",
    "backpressure",
    "back-pressure",
    "tail latency",
    "head-of-line blocking",
    "lock contention",
    "contention",
    "context switch",
    "context switching",
    "b-tree",
    "garbage collection",
    "event loop",
    "write amplification",
    "mvcc",
    "fsync",
    "mutex",
    "semaphore",
    "deadlock",
    "denormalised",
    "denormalized",
    "denormalisation",
    "denormalization",
    "oltp",
    "qps",
    "cold start",
    "thrashing",
    "heap fetches",
    "saturation",
    "epoll",
];

/// In Crawling and Walking words are explained; later they are expected.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let jargon = jargon_of(checked.course);
    for page in exercise_pages(checked) {
        if !matches!(page.scaffolding, Scaffolding::High | Scaffolding::Medium) {
            continue;
        }
        let texts = texts(checked, &page);
        let terms = terms(checked, &page, &jargon);
        let uses = terms
            .iter()
            .filter_map(|term| first_use(&texts, term).map(|(span, explained)| (term, span, explained)));
        let uses: Vec<_> = uses.collect();
        let is_part = |span: Span| {
            uses.iter()
                .any(|(_, other, _)| *other != span && other.start <= span.start && span.end <= other.end)
        };
        for (term, span, explained) in uses.iter().filter(|(_, span, _)| !is_part(*span)) {
            let (span, explained) = (*span, *explained);
            let mut finding =
                Diagnostic::new(&SPEC, span, format!("`{}` stands here before it is explained", term.words));
            if let Some(explained) = explained {
                finding = finding.also(explained, "it is explained here");
            }
            sink.push(finding.help("say in the same sentence what it means, or use plain words"));
        }
    }
}

struct Term {
    words: String,
    /// The event of the heading that explains it.
    explained: Option<(usize, Span)>,
}

/// The words of the list that no concept of the course has in it.
fn jargon_of(course: &Course) -> Vec<&'static str> {
    let concepts = course.concepts.iter();
    let names = concepts.flat_map(|concept| std::iter::once(&concept.name).chain(&concept.terms));
    let names: Vec<String> = names.map(|name| name.to_lowercase()).collect();
    let is_concept = |word: &str| names.iter().any(|name| name.contains(word));
    JARGON.iter().copied().filter(|word| !is_concept(word)).collect()
}

/// The page's own concepts, as far as it explains them, and the list.
fn terms(checked: &Checked<'_>, page: &ExercisePage<'_>, jargon: &[&'static str]) -> Vec<Term> {
    let course = checked.course;
    let mut found = Vec::new();
    for concept in page.scenario.introduces.iter().filter_map(|at| course.concepts.get(*at)) {
        let explained = page.events.iter().enumerate().find_map(|(at, event)| match event.kind {
            Kind::Heading { level: 3, text } if event.role == Some(Role::Concepts) => {
                let attributes = heading_attributes(event)?;
                (attributes == concept.id).then_some((at, text))
            }
            _ => None,
        });
        let Some(explained) = explained else { continue };
        let name = Some(&concept.name).filter(|name| name.contains(' '));
        let words = concept.terms.iter().chain(name);
        found.extend(words.map(|words| Term { words: words.clone(), explained: Some(explained) }));
    }
    found.sort_by(|a, b| a.words.cmp(&b.words));
    found.dedup_by(|a, b| a.words == b.words);
    found.extend(jargon.iter().map(|word| Term { words: (*word).to_owned(), explained: None }));
    found
}

fn heading_attributes<'a>(event: &super::reading::Event<'a>) -> Option<&'a str> {
    match &event.block.kind {
        crate::syntax::document::BlockKind::Heading { attributes, .. } => {
            attributes.id.as_ref().map(|id| id.value.as_str())
        }
        _ => None,
    }
}

/// A piece of the page as it is read.
struct Text<'a> {
    /// Its event.
    at: usize,
    span: Span,
    /// As written, for the marks around words.
    source: &'a str,
    plain: String,
    lower: String,
}

fn texts<'a>(checked: &Checked<'a>, page: &ExercisePage<'a>) -> Vec<Text<'a>> {
    let is_read = |event: &super::reading::Event<'_>| matches!(event.kind, Kind::Prose) && !event.part.hidden;
    let read = page.events.iter().enumerate().filter(|(_, event)| is_read(event));
    read.map(|(at, event)| {
        let plain = plain_text(checked.files, event.block, Code::Folded);
        let lower = plain.to_ascii_lowercase();
        Text { at, span: event.block.span, source: checked.files.slice(event.block.span), plain, lower }
    })
    .collect()
}

/// The first use of a term, if it is one without an explanation; and where that comes.
fn first_use(texts: &[Text<'_>], term: &Term) -> Option<(Span, Option<Span>)> {
    let word = term.words.to_ascii_lowercase();
    let word = Finder::new(&word);
    for text in texts {
        if term.explained.is_some_and(|(at, _)| text.at >= at) {
            return None;
        }
        let Some(found) = find_word(&text.lower, &word) else { continue };
        let explains = explains(text, &found);
        return (!explains)
            .then(|| (text.span.sub(found.start, found.end), term.explained.map(|(_, span)| span)));
    }
    None
}

fn find_word(text: &str, word: &Finder<'_>) -> Option<Range<usize>> {
    let found = word.find_iter(text.as_bytes()).map(|at| at..at + word.needle().len());
    // A term without letters stands everywhere.
    found.filter(|range| text.is_char_boundary(range.start)).find(|range| {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].strip_prefix('s').unwrap_or(&text[range.end..]).chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
            && !after.is_some_and(|c| c.is_alphanumeric() || c == '-')
    })
}

/// Whether the sentence of a use says what the word means: the word stands out, or is followed or
/// led in by an explanation.
fn explains(text: &Text<'_>, at: &Range<usize>) -> bool {
    let marked = text.source.get(..at.start).is_some_and(|before| before.ends_with(['*', '_']));
    let sentence = sentences(&text.plain).into_iter().find(|sentence| sentence.contains(&at.start));
    let Some(sentence) = sentence else { return marked };
    let after = text.lower[at.end..sentence.end].trim_start_matches('s').trim_start();
    let before = text.lower[sentence.start..at.start].trim_end();
    let leads = [
        "that ",
        "which ",
        "is a ",
        "is an ",
        "is the ",
        "is how ",
        "is what ",
        "are the ",
        "are what ",
        "means ",
        "mean ",
        "(",
        ":",
        ", ",
        "— ",
        "– ",
        "says ",
    ];
    let calls = [
        "called",
        "called a",
        "called an",
        "known as",
        "known as a",
        "the word",
        " or",
        "short for",
        "speak of",
    ];
    marked
        || leads.iter().any(|lead| after.starts_with(lead))
        || calls.iter().any(|lead| before.ends_with(lead))
}
