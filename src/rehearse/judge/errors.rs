//! What requests failed of: the messages of the logs, and failures that left none.

use crate::rehearse::measured::TestRun;

/// Failures of one or several runs of a load test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// Kinds of messages with their counts, most frequent first, each as it was first worded.
    pub kinds: Vec<(String, u64)>,
    /// Requests that were not answered with a 2xx status.
    pub failed: u64,
}

impl Failures {
    /// The sum over these runs.
    pub fn of<'r>(runs: impl IntoIterator<Item = &'r TestRun>) -> Self {
        let mut sum = Self::default();
        for run in runs {
            let total = &run.load.total;
            sum.failed += total.ended.saturating_sub(total.succeeded);
            for error in &run.errors {
                let kind = fold_numbers(&error.message);
                match sum.kinds.iter_mut().find(|(known, _)| fold_numbers(known) == kind) {
                    Some((_, count)) => *count += error.count,
                    None => sum.kinds.push((error.message.clone(), error.count)),
                }
            }
        }
        sum.kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sum
    }

    /// How many messages there are.
    #[must_use]
    pub fn logged(&self) -> u64 {
        self.kinds.iter().map(|(_, count)| count).sum()
    }

    /// How many failures there are: a cause that was logged six times does not explain 5,500 failed
    /// requests, though it be the only message.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.logged().max(self.failed)
    }

    /// Failed requests for which there is no message.
    #[must_use]
    pub fn silent(&self) -> u64 {
        self.total() - self.logged()
    }

    /// How many messages are of a declared kind.
    #[must_use]
    pub fn count_of(&self, cause: &str) -> u64 {
        self.kinds.iter().filter(|(kind, _)| is_kind(kind, cause)).map(|(_, count)| count).sum()
    }

    /// Percentage of all failures that are of a declared kind; 0 without failures.
    #[must_use]
    pub fn share_of(&self, cause: &str) -> f64 {
        share(self.count_of(cause), self.total())
    }

    /// Whether no other kind is more frequent.
    #[must_use]
    pub fn is_led_by(&self, cause: &str) -> bool {
        self.count_of(cause) >= self.silent()
            && self.kinds.first().is_some_and(|(kind, _)| is_kind(kind, cause))
    }
}

/// Percentage of `part` in `whole`.
#[expect(clippy::cast_precision_loss, reason = "nobody counts 2^53 requests")]
#[must_use]
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Whether a message is of the declared kind: one contains the other, whatever numbers they hold.
pub fn is_kind(message: &str, cause: &str) -> bool {
    let (message, cause) = (fold_numbers(message), fold_numbers(cause));
    // One word says too little to stand for a longer cause: `error` would stand for any.
    let telling = message.split_whitespace().count() > 1 || message == cause;
    (!cause.is_empty() && message.contains(&cause)) || (telling && cause.contains(&message))
}

/// A message without its long numbers: ports and times differ from line to line, and that is no
/// difference in kind.
fn fold_numbers(message: &str) -> String {
    let mut out = String::new();
    let mut rest = message.trim();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let len = rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        out.push_str(&rest[..start]);
        out.push_str(if len > 1 { "N" } else { &rest[start..start + len] });
        rest = &rest[start + len..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_no_difference_in_kind() {
        assert_eq!(fold_numbers("timeout of 5000 ms on 10.0.0.12:41234"), "timeout of N ms on N.0.0.N:N");
        assert!(is_kind("connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED 127.0.0.1:6543"));
        assert!(is_kind("sorry, too many clients already", "too many clients"));
        assert!(is_kind("too many clients", "sorry, too many clients already"));
        assert!(!is_kind("error", "error: sorry, too many clients already"));
        assert!(!is_kind("", "sorry, too many clients already"));
        assert!(!is_kind("HTTP 5", "HTTP 4"));
    }
}
