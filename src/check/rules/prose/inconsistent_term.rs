//! `prose/inconsistent-term`.

use super::texts::{for_each_text, is_plain, place};
use crate::check::Checked;
use crate::check::phrases::{Forms, Phrases};
use crate::check::prose::Place;
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::Course;

pub static SPEC: CodeSpec = CodeSpec {
    code: "prose/inconsistent-term",
    severity: Severity::Warning,
    what: "A word is spelled in a way that this course avoids.",
    why: "Beginners take two spellings for two things, and search for one of them in vain.",
    fix: "Write the spelling that `lint.vocabulary.preferred` in course.yml gives.",
    source: "rules.md",
    bad: &[
        Example::files(&[
            ("content/course.yml", COURSE),
            ("content/tutorials/basics/start.md", "Open a terminal. «Postgres» keeps the posts.\n"),
        ]),
        // In the plural, with a capital, where a line ends.
        Example::files(&[
            ("content/course.yml", COURSE),
            (
                "content/tutorials/basics/start.md",
                "Open a terminal.\n\n- «Data\n  base»s are slow, and a database is not.\n",
            ),
        ]),
        // In a title.
        Example::files(&[
            ("content/course.yml", COURSE),
            (
                "content/tutorials/basics/tutorial.yml",
                "title: The «postgres» basics\nstatus: ready\npages:\n  - {id: start, title: The start}\n",
            ),
        ]),
        // Only the case differs.
        Example::files(&[
            ("content/course.yml", COURSE),
            (
                "content/concepts.yml",
                "concepts:\n  - {id: busy-loop, name: busy loop, summary: A loop that «github» knows.}\n",
            ),
        ]),
        Example::files(&[
            ("content/course.yml", COURSE),
            ("content/scenarios/first/app/db/notes.sql", "-- «Postgres» reads this.\nSELECT 'Postgres';\n"),
        ]),
    ],
    params: &[],
    good: &[Example::files(&[
        ("content/course.yml", COURSE),
        (
            "content/tutorials/basics/start.md",
            "Open a terminal. PostgreSQL comes in the image `postgres:15`, from [their site](https://postgres.example.org/github). Node.js speaks to it with node-postgres and postgres.js. Look at github.com or GitHub for the data: base it on facts.\n",
        ),
    ])],
};

const COURSE: &str = "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main]\nlint: {vocabulary: {preferred: {Postgres: PostgreSQL, data base: database, github: GitHub, Node: Node.js}}}\n";

/// The spellings to avoid.
pub fn terms_to_avoid(course: &Course) -> Phrases {
    Phrases::new(Forms::Bent, spellings(course).map(|(avoid, _)| avoid).enumerate())
}

/// Those to avoid, each with the one to prefer.
fn spellings(course: &Course) -> impl Iterator<Item = (&str, &str)> {
    let vocabulary = course.manifest.lint.as_ref().and_then(|lint| lint.vocabulary.as_ref());
    let preferred = vocabulary.into_iter().flat_map(|vocabulary| vocabulary.preferred.iter());
    preferred.map(|(avoid, prefer)| (avoid.as_str(), prefer.as_str()))
}

/// Looks for the spellings to avoid in all running text.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let pairs: Vec<(&str, &str)> = spellings(checked.course).collect();
    if pairs.is_empty() {
        return;
    }
    let phrases = &checked.vocabulary().avoided;
    for_each_text(checked, |prose| {
        let text = checked.files.slice(prose.span);
        for hit in phrases.find_at(&prose.words(checked.files), checked.beginnings(prose)) {
            let Some(&(avoid, prefer)) = hit.keys.first().and_then(|&key| pairs.get(key)) else { continue };
            let found = &text[hit.range.clone()];
            // Of a plural only the word itself is replaced.
            let end = hit.range.start + without_plural(found, avoid).len();
            let word = &text[hit.range.start..end];
            if !is_plain(prose, hit.range.start, end)
                || !is_avoided(word, avoid, prefer)
                || is_part(text, hit.range.start, hit.range.end)
            {
                continue;
            }
            let span = place(prose, hit.range.start, end);
            let new = in_case_of(word, avoid, prefer);
            let shown = word.split_whitespace().collect::<Vec<_>>().join(" ");
            let finding =
                Diagnostic::new(&SPEC, span, format!("`{shown}` is called `{prefer}` in this course"));
            let finding = finding.help(format!("write `{new}`"));
            sink.push(match applicability(prose.place, &new) {
                Some(applicability) => finding.replace(applicability, format!("write `{new}`"), span, new),
                None => finding,
            });
        }
    });
}

fn without_plural<'t>(found: &'t str, avoid: &str) -> &'t str {
    let last = |text: &str| text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let (own, wanted) = (last(found), last(avoid));
    let is_longer = own.len() > wanted.len() && own.starts_with(&wanted);
    // `y` to `ies` changes the word itself; it is replaced as a whole.
    if is_longer { &found[..found.len() - (own.len() - wanted.len())] } else { found }
}

/// Where only the case tells the two apart, the case has to be the one to avoid; and the wanted
/// spelling may differ by no more than a hyphen.
fn is_avoided(word: &str, avoid: &str, prefer: &str) -> bool {
    if avoid.to_lowercase() == prefer.to_lowercase() {
        return word == avoid;
    }
    word.to_lowercase() != prefer.to_lowercase()
}

/// Whether a hyphen makes it part of a longer name: `node-postgres`, `postgres-js`.
fn is_part(text: &str, start: usize, end: usize) -> bool {
    let joins =
        |c: Option<char>, next: Option<char>| c == Some('-') && next.is_some_and(char::is_alphanumeric);
    let mut after = text[end..].chars();
    let mut before = text[..start].chars().rev();
    joins(after.next(), after.next()) || joins(before.next(), before.next())
}

/// The wanted spelling with a capital where the text has one that the avoided spelling has not.
fn in_case_of(word: &str, avoid: &str, prefer: &str) -> String {
    let is_upper = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
    let mut chars = prefer.chars();
    match chars.next() {
        Some(first) if is_upper(word) && !is_upper(avoid) => first.to_uppercase().chain(chars).collect(),
        _ => prefer.to_owned(),
    }
}

/// Headings make anchors, pictures have a width, and YAML gives some characters a meaning.
fn applicability(place: Place, new: &str) -> Option<Applicability> {
    let is_harmless = new.chars().all(|c| c.is_alphanumeric() || " -./".contains(c));
    match place {
        Place::Manifest | Place::Comment if !is_harmless => None,
        Place::Heading | Place::Description => Some(Applicability::Unsafe),
        Place::Page | Place::Manifest | Place::Comment => Some(Applicability::Safe),
    }
}
