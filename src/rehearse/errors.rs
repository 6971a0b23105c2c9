//! Error messages in the log of an app.

use std::collections::BTreeMap;

use super::measured::ErrorKind;

/// The kinds of error messages in a log, most frequent first, each as it was first worded. A line
/// counts if it says "failed: …" or "error: …"; what stands before says where it happened, not what.
#[must_use]
pub fn count_errors(log: &str) -> Vec<ErrorKind> {
    let mut kinds: BTreeMap<String, (usize, &str, u64)> = BTreeMap::new();
    for (at, line) in log.lines().enumerate() {
        let Some(message) = message_of(line.trim()) else { continue };
        kinds.entry(fold_numbers(message)).or_insert((at, message, 0)).2 += 1;
    }
    let total: u64 = kinds.values().map(|(_, _, count)| count).sum();
    let mut found: Vec<(usize, &str, u64)> = kinds.into_values().collect();
    found.sort_by_key(|(at, _, count)| (std::cmp::Reverse(*count), *at));
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 messages")]
    let share = |count: u64| 100.0 * count as f64 / total as f64;
    let kind = |(_, message, count): (usize, &str, u64)| ErrorKind {
        message: message.to_owned(),
        count,
        share: share(count),
    };
    found.into_iter().map(kind).collect()
}

/// What follows the first "failed: " or "error: ", whatever their case.
fn message_of(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let end = ["failed: ", "error: "].iter().filter_map(|word| Some(lower.find(word)? + word.len())).min()?;
    let start_of_word = |word_end: usize| {
        let word = lower[..word_end - 2].chars().rev().take_while(char::is_ascii_alphabetic).count();
        word == "failed".len() || word == "error".len() || lower[..word_end - 2].ends_with("error")
    };
    line.get(end..).filter(|message| start_of_word(end) && !message.trim().is_empty())
}

/// A message without its numbers of two and more digits: ports and times differ from line to line,
/// and that makes no other kind of it.
#[must_use]
pub fn fold_numbers(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut digits = String::new();
    for c in message.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        push_number(&mut out, &mut digits);
        out.push(c);
    }
    push_number(&mut out, &mut digits);
    out
}

fn push_number(out: &mut String, digits: &mut String) {
    if digits.len() > 1 {
        out.push('N');
    } else {
        out.push_str(digits);
    }
    digits.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_across_their_numbers() {
        let log = "GET /feed failed: timeout after 2000 ms\nlistening on 3000\n\
                   GET /feed failed: timeout after 2104 ms\nError: connect ECONNREFUSED 10.77.0.3:5432\n\
                   TypeError: x is undefined\n";
        let found = count_errors(log);
        let seen: Vec<(&str, u64)> = found.iter().map(|kind| (kind.message.as_str(), kind.count)).collect();
        assert_eq!(
            seen,
            [("timeout after 2000 ms", 2), ("connect ECONNREFUSED 10.77.0.3:5432", 1), ("x is undefined", 1)]
        );
        assert!((found[0].share - 50.0).abs() < 1e-9);
        assert_eq!(count_errors("all is well\nno errors: none"), []);
    }
}
