//! Scenarios and tiers in numbers.

use crate::directive::QUESTION_KINDS;
use crate::emit::print::html::{Links, scenario_page};
use crate::emit::review::{FindingCounts, Measure, Review};
use crate::ir::{DisclosureKind, Node, each_block};
use crate::manifest::measure::Minutes;
use crate::manifest::scenario::Status;
use crate::model::Course;

use super::super::card::{scenario_link, status_word, tier_view};
use super::coverage::{count_questions, is_written, tier_index};
use super::view::{KindMinutes, MinutesView, ReadabilityView, ScenarioReview, TierReview};

/// A number with one digit behind the point, without a needless zero.
pub(super) fn short(number: f64) -> String {
    let text = format!("{:.1}", if number == 0.0 { 0.0 } else { number });
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Minutes in whole ones.
fn whole(minutes: f64) -> String {
    // The sum of nothing is -0.
    format!("{:.0}", minutes.abs())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "words are counted from 0")]
fn count(words: f64) -> usize {
    words.round().max(0.0) as usize
}

fn range(from: u32, to: u32) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// Every scenario that has a page.
pub(super) fn scenarios(course: &Course, review: &Review, links: &Links<'_>) -> Vec<ScenarioReview> {
    let written = (0..course.scenarios.len()).filter(|&at| is_written(&course.scenarios[at]));
    written.map(|at| scenario(course, at, review, links)).collect()
}

fn scenario(course: &Course, index: usize, review: &Review, links: &Links<'_>) -> ScenarioReview {
    let found = &course.scenarios[index];
    let none = Measure::default();
    let measure = review.measures.get(&index).unwrap_or(&none);
    let parts = Parts::of(course, index);
    ScenarioReview {
        scenario: scenario_link(index, links),
        tier: course.tier_of(index).map(|tier| tier_view(tier, links)),
        status: status_word(found.status),
        minutes: minutes(measure, found.minutes),
        questions: kinds(&count_questions(found), [measure].into_iter()),
        readability: readability(measure),
        figures: parts.figures,
        hints: parts.hints,
        options: parts.options,
        changes: parts.changes,
        findings: review.count(&scenario_page(&found.id)),
    }
}

fn minutes(measure: &Measure, declared: Option<Minutes>) -> MinutesView {
    let time = &measure.time;
    let total = time.total();
    MinutesView {
        declared: declared.map(|declared| range(declared.from, declared.to)).unwrap_or_default(),
        estimate: whole(total),
        verdict: match declared {
            Some(declared) if total.round() < f64::from(declared.from) => "below",
            Some(declared) if total.round() > f64::from(declared.to) => "above",
            Some(_) => "within",
            None => "",
        },
        words: count(time.words),
        reading: short(time.reading),
        questions: short(time.questions()),
        looking: short(time.looking),
        commands: short(time.commands),
        changes: short(time.changes),
        loadtests: short(time.loadtests),
    }
}

fn readability(measure: &Measure) -> ReadabilityView {
    let found = &measure.readability;
    ReadabilityView {
        sentences: found.sentences,
        words: count(found.words),
        words_per_sentence: short(found.words_per_sentence()),
        grade: short(found.grade),
        highest_grade: short(found.highest_grade),
        is_hard: found.grade > found.highest_grade,
    }
}

/// Questions by kind, with what they take together.
fn kinds<'m>(counts: &[usize], measures: impl Iterator<Item = &'m Measure> + Clone) -> Vec<KindMinutes> {
    let minutes = |kind: &str| measures.clone().filter_map(|it| it.time.questions.get(kind)).sum::<f64>();
    let cell = |(kind, count): (&'static str, &usize)| KindMinutes {
        kind,
        count: *count,
        minutes: short(minutes(kind)),
    };
    QUESTION_KINDS.iter().copied().zip(counts).map(cell).collect()
}

/// What a page holds beside text and questions.
#[derive(Default)]
struct Parts {
    figures: usize,
    hints: usize,
    options: usize,
    changes: usize,
}

impl Parts {
    fn of(course: &Course, index: usize) -> Self {
        let mut parts = Self::default();
        let written = course.scenarios[index].written.as_ref();
        let blocks = written.map(|written| written.blocks.as_slice()).unwrap_or_default();
        each_block(blocks, &mut |block| match &block.node {
            Node::Figure(_) => parts.figures += 1,
            Node::Disclosure(found) if found.kind == DisclosureKind::Hint => parts.hints += 1,
            Node::Options(options) => parts.options += options.items.len(),
            Node::Change(_) => parts.changes += 1,
            _ => {}
        });
        parts
    }

    fn add(&mut self, other: &Self) {
        self.figures += other.figures;
        self.hints += other.hints;
        self.options += other.options;
        self.changes += other.changes;
    }
}

/// Every tier, and what is in none.
pub(super) fn tiers(course: &Course, review: &Review, links: &Links<'_>) -> Vec<TierReview> {
    let all: Vec<Option<usize>> = (0..course.tiers.len()).map(Some).chain([None]).collect();
    let summed = all.into_iter().map(|tier| {
        let inside: Vec<usize> =
            (0..course.scenarios.len()).filter(|&at| tier_index(course, at) == tier).collect();
        (inside.len(), sum(course, tier, &inside, review, links))
    });
    summed.filter(|(count, it)| *count > 0 || it.tier.is_some()).map(|(_, it)| it).collect()
}

fn sum(
    course: &Course,
    tier: Option<usize>,
    inside: &[usize],
    review: &Review,
    links: &Links<'_>,
) -> TierReview {
    let with = |status| inside.iter().filter(|&&at| course.scenarios[at].status == status).count();
    let written: Vec<usize> =
        inside.iter().copied().filter(|&at| is_written(&course.scenarios[at])).collect();
    let measures: Vec<&Measure> = written.iter().filter_map(|at| review.measures.get(at)).collect();
    let mut questions = vec![0; QUESTION_KINDS.len()];
    let mut findings = FindingCounts::default();
    let (mut from, mut to, mut parts) = (0, 0, Parts::default());
    for &at in inside {
        findings = findings.plus(review.count(&scenario_page(&course.scenarios[at].id)));
    }
    for &at in &written {
        let counts = count_questions(&course.scenarios[at]);
        questions.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        parts.add(&Parts::of(course, at));
        if let Some(declared) = course.scenarios[at].minutes {
            (from, to) = (from + declared.from, to + declared.to);
        }
    }
    let words: f64 = measures.iter().map(|it| it.readability.words).sum();
    let sentences: usize = measures.iter().map(|it| it.readability.sentences).sum();
    let grades: f64 = measures.iter().map(|it| it.readability.grade * it.readability.words).sum();
    #[expect(clippy::cast_precision_loss, reason = "a course has few sentences")]
    let length = words / sentences.max(1) as f64;
    let if_any = |number: f64| if sentences == 0 { String::new() } else { short(number) };
    TierReview {
        tier: tier.map(|at| tier_view(&course.tiers[at], links)),
        ready: with(Status::Ready),
        draft: with(Status::Draft),
        planned: with(Status::Planned),
        words: count(words),
        estimate: whole(measures.iter().map(|it| it.time.total()).sum()),
        declared: if to == 0 { String::new() } else { range(from, to) },
        words_per_sentence: if_any(length),
        grade: if_any(grades / words.max(1.0)),
        questions: kinds(&questions, measures.iter().copied()),
        figures: parts.figures,
        hints: parts.hints,
        options: parts.options,
        changes: parts.changes,
        findings,
    }
}
