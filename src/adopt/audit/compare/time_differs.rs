//! `adopt/time-differs`.

use std::ops::Range;

use super::course::{Scenario, entry_of, scenarios};
use super::fields;
use crate::adopt::Repository;
use crate::diag::catalog::adopt::TIME_DIFFERS;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};

/// Compares how long a scenario takes, in its page, its README and the curriculum.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let listed = entry_of(repository, scenario.index).and_then(|entry| entry.minutes.as_ref());
        let here = fields::minutes(scenario.page);
        if let (Some(listed), Some((field, minutes))) = (listed, here)
            && listed.value != minutes
        {
            let message =
                format!("the page says {}, the curriculum {}", span_of(minutes), span_of(listed.value));
            let finding =
                Diagnostic::new(&TIME_DIFFERS, field.value.span, message).also(listed.span, "the curriculum");
            sink.push(finding.help("write the same time in both places"));
        }
        let known: Vec<(u32, u32)> =
            listed.map(|it| it.value).into_iter().chain(here.map(|(_, minutes)| minutes)).collect();
        if let Some(readme) = scenario.folder.readme.filter(|_| !known.is_empty()) {
            check_readme(repository, scenario, readme, &known, sink);
        }
    }
}

fn check_readme(
    repository: &Repository,
    scenario: Scenario<'_>,
    readme: FileId,
    known: &[(u32, u32)],
    sink: &Sink,
) {
    let text = repository.files.text(readme).unwrap_or("");
    for (minutes, at) in ranges_in(text) {
        if !known.contains(&minutes) {
            let message =
                format!("the README says {}, the page {}", span_of(minutes), span_of(known[known.len() - 1]));
            let mut finding = Diagnostic::new(&TIME_DIFFERS, Span::new(readme, at.start, at.end), message);
            if let Some((field, _)) = fields::minutes(scenario.page) {
                finding = finding.also(field.value.span, "the page");
            }
            sink.push(finding.help("write the same time in both places"));
        }
    }
}

fn span_of((least, most): (u32, u32)) -> String {
    if least == most { format!("{least} minutes") } else { format!("{least} to {most} minutes") }
}

/// "45–60 min", "50 to 70 minutes".
fn ranges_in(text: &str) -> Vec<((u32, u32), Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|offset| at + offset) {
        let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let first_end = start + digits(start);
        at = first_end;
        let gap = text[first_end..].trim_start_matches([' ', '–', '—', '-']);
        let gap = gap.strip_prefix("to ").unwrap_or(gap);
        let second = text.len() - gap.len();
        let second_end = second + digits(second);
        if second == first_end || second_end == second {
            continue;
        }
        let unit = text[second_end..].trim_start_matches(' ');
        let numbers = text[start..first_end].parse().ok().zip(text[second..second_end].parse().ok());
        if let Some(numbers) = numbers.filter(|_| unit.starts_with("min")) {
            found.push((numbers, start..second_end));
            at = second_end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_minutes_are_found() {
        let text = "Plan 50 to 70 minutes, or 45–60 min. Wait 3 minutes; 10-20 seconds.";
        let found: Vec<_> = ranges_in(text).into_iter().map(|(minutes, _)| minutes).collect();
        assert_eq!(found, [(50, 70), (45, 60)]);
    }
}
