//! The numbers that an exercise's files give for what its text speaks of.

use std::collections::BTreeSet;

use super::is_noun;
use crate::check::Exercise;
use crate::source::Span;
use crate::syntax::script::Value;

/// Numbers by what they count, each with its place.
#[derive(Default)]
pub struct Known {
    pub connections: Vec<(u64, Span)>,
    pub seconds: Vec<(u64, Span)>,
    /// The sizes of connection pools, over all stages.
    pub pools: Vec<(u64, Span)>,
    /// Id, value, place.
    pub facts: Vec<(String, u64, Span)>,
    /// Constants of the code, and numbers in its SQL: page sizes, batches, ….
    pub in_code: BTreeSet<u64>,
    /// Limits that a text may name beside a pool.
    limits: BTreeSet<u64>,
}

/// PostgreSQL's own limit, and the default size of a pool of the package pg.
const DEFAULT_LIMITS: [u64; 2] = [100, 10];

impl Known {
    /// Whether a number of rows is that of a fact, or stands in the code.
    pub fn has_rows(&self, noun: &str, value: u64) -> bool {
        self.facts.iter().any(|(id, right, _)| is_noun(id, noun) && *right == value)
    }

    /// Whether a number of connections is one that the exercise has.
    pub fn is_limit(&self, value: u64) -> bool {
        self.limits.contains(&value) || self.connections.iter().any(|(right, _)| *right == value)
    }
}

/// Collects the numbers of all stages.
pub fn known_of(exercise: &Exercise<'_>) -> Known {
    let mut known = Known { limits: BTreeSet::from(DEFAULT_LIMITS), ..Known::default() };
    for stage in &exercise.stages {
        for test in &stage.stage.loadtests {
            known.connections.push((u64::from(test.connections.value), test.connections.span));
            known.seconds.push((u64::from(test.seconds.value), test.seconds.span));
        }
        let parameters = stage.stage.environment.iter().flat_map(|environment| environment.parameters.iter());
        known.limits.extend(parameters.filter_map(|(_, value)| value.text.parse::<u64>().ok()));
    }
    for (_, file) in exercise.each_file().filter(|(_, file)| !file.rendered) {
        let Some(script) = file.script() else { continue };
        let texts = script.strings.iter().flat_map(|text| text.value.split(|c: char| !c.is_ascii_digit()));
        known.in_code.extend(texts.filter_map(|word| word.parse::<u64>().ok()));
        known.in_code.extend(script.variables.values().flatten().filter_map(whole));
        for call in script.calls.iter().filter(|call| call.is_new && call.method() == "Pool") {
            let max = call.arguments.first().and_then(|options| options.get("max"));
            let size = max.and_then(|entry| Some((whole(script.resolved(&entry.value))?, entry)));
            if let Some((size, entry)) = size {
                known.limits.insert(size);
                let at = &entry.value.at;
                let start = Span::new(file.source(), at.start, at.end);
                known.pools.push((size, start));
            } else {
                let at = &call.at;
                known.pools.push((10, Span::new(file.source(), at.start, at.end)));
            }
        }
    }
    let facts = exercise.written.manifest.facts.iter();
    known.facts = facts
        .filter_map(|(id, fact)| {
            Some((id.value.clone(), fact.value.text.replace(',', "").parse().ok()?, fact.value.span))
        })
        .collect();
    known
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
fn whole(value: &Value) -> Option<u64> {
    let number = value.as_number()?;
    ((0.0..1e9).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}
