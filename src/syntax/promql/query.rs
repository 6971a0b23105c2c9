//! What an expression says.

use std::ops::Range;
use std::time::Duration;

use promql_parser::label::MatchOp;

/// An expression as read.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub selectors: Vec<Selector>,
    pub groupings: Vec<Grouping>,
    pub quantiles: Vec<BucketQuantile>,
    /// Whether something is put in place of an empty result: `… or vector(0)`, `absent(…)`.
    pub never_empty: bool,
}

/// A metric with what is asked of its labels.
#[derive(Clone, Debug)]
pub struct Selector {
    pub metric: String,
    pub at: Range<usize>,
    pub matchers: Vec<Matcher>,
    /// The window in brackets behind it, and where it stands.
    pub window: Option<(Duration, Range<usize>)>,
    /// The function that it is handed to directly: `rate`.
    pub function: Option<String>,
    /// Whether an `or` with a result that is always there stands above it.
    pub covered: bool,
}

/// What is asked of a label.
#[derive(Clone, Debug)]
pub struct Matcher {
    pub label: String,
    pub label_at: Range<usize>,
    pub value: String,
    /// Without its quotes.
    pub value_at: Range<usize>,
    pub(super) op: MatchOp,
}

/// `sum by (a, b) (…)`.
#[derive(Clone, Debug)]
pub struct Grouping {
    pub labels: Vec<(String, Range<usize>)>,
    /// `by`, not `without`.
    pub by: bool,
    /// Indices of the selectors inside.
    pub selectors: Range<usize>,
}

/// `histogram_quantile(q, …)`.
#[derive(Clone, Debug)]
pub struct BucketQuantile {
    /// Which quantile, if it is written as a number.
    pub q: Option<f64>,
    pub at: Range<usize>,
    /// Whether the buckets are summed and `le` is kept.
    pub sums_by_le: bool,
    /// Whether they are summed at all.
    pub aggregated: bool,
    pub selectors: Range<usize>,
}

impl Matcher {
    /// Whether a value passes.
    #[must_use]
    pub fn accepts(&self, value: &str) -> bool {
        match &self.op {
            MatchOp::Equal => self.value == value,
            MatchOp::NotEqual => self.value != value,
            MatchOp::Re(pattern) => pattern.is_match(value),
            MatchOp::NotRe(pattern) => !pattern.is_match(value),
        }
    }

    /// Whether it asks for values, and does not exclude some.
    #[must_use]
    pub fn asks(&self) -> bool {
        matches!(self.op, MatchOp::Equal | MatchOp::Re(_))
    }

    /// Whether the value is a pattern.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        matches!(self.op, MatchOp::Re(_) | MatchOp::NotRe(_))
    }

    /// The values that are asked for one by one: of `a|b` both, with their places.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, Range<usize>)> {
        let plain =
            |text: &str| !text.contains(['(', ')', '[', ']', '\\', '{', '}', '*', '+', '?', '^', '$']);
        if !self.is_pattern() || !plain(&self.value) {
            return vec![(self.value.clone(), self.value_at.clone())];
        }
        let mut at = self.value_at.start;
        let mut found = Vec::new();
        for choice in self.value.split('|') {
            found.push((choice.to_owned(), at..at + choice.len()));
            at += choice.len() + 1;
        }
        found
    }

    /// Whether one of the choices of this matcher accepts a value.
    #[must_use]
    pub fn choice_accepts(&self, choice: &str, value: &str) -> bool {
        if choice == self.value || !self.is_pattern() {
            return self.accepts(value);
        }
        // A choice holds no special character but the dot, which stands for any one.
        choice.chars().count() == value.chars().count()
            && choice.chars().zip(value.chars()).all(|(want, is)| want == '.' || want == is)
    }
}
