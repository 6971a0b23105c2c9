//! `pedagogy/hard-reading`.

use super::reading::{Event, Kind, exercise_pages};
use super::text::{Code, each_place, plain_text, sentences};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Param, Severity, Sink};
use crate::manifest::course::Scaffolding;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/hard-reading",
    severity: Severity::Warning,
    what: "A paragraph is harder to read than its tier allows.",
    why: "Pages are written for somebody a few months out of a bootcamp, often in a second language. Long sentences of long words lose them.",
    fix: "Cut the sentence in two, and put short words in the place of long ones. The measure is the Flesch-Kincaid grade.",
    source: "platform-vision.md, How Each Scenario Works, Bootcamp grad as the target learner",
    params: &[
        Param { name: "high", default: 14.0, doc: "the highest grade in a tier that helps most" },
        Param { name: "medium", default: 15.0, doc: "the highest grade in a tier that helps with tools" },
        Param { name: "low", default: 16.0, doc: "the highest grade in a tier that names symptoms" },
        Param { name: "none", default: 17.0, doc: "the highest grade in a tier that helps with nothing" },
        Param { name: "words", default: 25.0, doc: "how many words a paragraph has at least to be judged" },
    ],
    bad: &[page!(
        situation!(),
        concepts!(),
        observe!(),
        "## Read the code {.understand #read}\n\n«Notwithstanding the comparatively straightforward implementation of the application's individual components, the interdependence of synchronous computation and concurrent request processing inevitably necessitates a considerably more sophisticated understanding of its characteristics.»\n\n:::question{#where kind=comprehension}\nWhich line of the route is a busy loop, and who has to wait for it?\n\n:::answer\nThe `for` line before the answer. Every other request waits, because the app runs on one thread.\n:::\n:::\n\n",
        fix!(),
        after_fix!()
    )],
    good: &[page!(
        situation!(),
        concepts!(),
        observe!(),
        "## Read the code {.understand #read}\n\nPostgreSQL's documentation calls this configuration `max_parallel_maintenance_workers` and `autovacuum_vacuum_insert_scale_factor`. You open the file, look for the route, follow it from its first line to its last, write down who calls whom, and ask yourself after each line whether the people who wait for the feed would miss it.\n\n:::question{#where kind=comprehension}\nWhich line of the route is a busy loop, and who has to wait for it?\n\n:::answer\nThe `for` line before the answer. Every other request waits, because the app runs on one thread.\n:::\n:::\n\n",
        fix!(),
        after_fix!()
    )],
};

/// Looks at paragraphs, lists and quotes, answers too; code counts as one short word.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let least = checked.settings.number(&SPEC, "words");
    for page in exercise_pages(checked) {
        let limit = highest_grade(checked, page.scaffolding);
        for event in page.events.iter().filter(|event| matches!(event.kind, Kind::Prose)) {
            let counts = counts(checked, event);
            let words: f64 = counts.iter().map(|count| count.words).sum();
            let grade = grade(&counts);
            if words < least || grade <= limit {
                continue;
            }
            let hardest = counts.iter().max_by(|a, b| a.grade().total_cmp(&b.grade()));
            let Some(hardest) = hardest else { continue };
            let place = event.block.span.sub(hardest.at.start, hardest.at.end);
            let message = format!("this paragraph reads like grade {grade:.0}, the tier allows {limit:.0}");
            sink.push(
                Diagnostic::new(&SPEC, place, message)
                    .help("cut this sentence in two, and use shorter words"),
            );
        }
    }
}

/// The highest grade that a tier allows.
pub(super) fn highest_grade(checked: &Checked<'_>, scaffolding: Scaffolding) -> f64 {
    checked.settings.number(&SPEC, tier_word(scaffolding))
}

fn tier_word(scaffolding: Scaffolding) -> &'static str {
    match scaffolding {
        Scaffolding::High => "high",
        Scaffolding::Medium => "medium",
        Scaffolding::Low => "low",
        Scaffolding::None => "none",
    }
}

/// The sentences of a paragraph, a list or a quote; code counts as one short word.
pub(super) fn counts(checked: &Checked<'_>, event: &Event<'_>) -> Vec<Count> {
    let text = plain_text(checked.files, event.block, Code::Folded);
    sentences(&text).into_iter().map(|at| Count::of(&text, at)).collect()
}

/// A sentence in numbers.
pub(super) struct Count {
    at: std::ops::Range<usize>,
    pub words: f64,
    syllables: f64,
}

impl Count {
    #[expect(clippy::cast_precision_loss, reason = "sentences are short")]
    fn of(text: &str, at: std::ops::Range<usize>) -> Self {
        let (mut words, mut all) = (0_usize, 0_usize);
        let sentence = &text[at.clone()];
        each_place(sentence, |place| {
            words += 1;
            all += syllables(&place.word(sentence).text);
        });
        Self { at, words: words as f64, syllables: all as f64 }
    }

    fn grade(&self) -> f64 {
        0.39 * self.words + 11.8 * self.syllables / self.words.max(1.0) - 15.59
    }
}

/// The Flesch-Kincaid grade: years of school that a text takes.
#[expect(clippy::cast_precision_loss, reason = "texts are short")]
pub(super) fn grade(counts: &[Count]) -> f64 {
    let words: f64 = counts.iter().map(|count| count.words).sum::<f64>().max(1.0);
    let syllables: f64 = counts.iter().map(|count| count.syllables).sum();
    0.39 * words / (counts.len().max(1) as f64) + 11.8 * syllables / words - 15.59
}

/// Runs of vowels; a silent "e" at the end does not count.
fn syllables(word: &str) -> usize {
    let (mut runs, mut in_run) = (0_usize, false);
    for c in word.chars() {
        let is_vowel = matches!(
            c,
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'ü' | 'á' | 'é' | 'í' | 'ó' | 'ú'
        );
        runs += usize::from(is_vowel && !in_run);
        in_run = is_vowel;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && runs > 1;
    (runs - usize::from(silent)).max(1)
}
