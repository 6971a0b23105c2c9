//! Counts of findings, for people.

use super::human::print_summary;
use super::report::Report;

/// A table of counts by code: how often, what it weighs, and what can repair it. Ends with the sum.
#[must_use]
pub fn print_statistics(report: &Report<'_>) -> String {
    let counts = report.counts();
    let width = counts.iter().map(|count| count.code.len()).max().unwrap_or(0);
    let digits = counts.iter().map(|count| count.found.to_string().len()).max().unwrap_or(1);
    let mut out = String::new();
    for count in &counts {
        let repair = match (count.safe, count.needs_a_look) {
            (0, 0) => String::new(),
            (safe, 0) => format!("  [{safe} by --fix]"),
            (0, other) => format!("  [{other} by --fix --unsafe]"),
            (safe, other) => format!("  [{safe} by --fix, {other} more by --fix --unsafe]"),
        };
        let line =
            format!("{:digits$}  {:width$}  {:7}{repair}", count.found, count.code, count.severity.word());
        out.push_str(line.trim_end());
        out.push('\n');
    }
    let (safe, other) =
        counts.iter().fold((0, 0), |sum, count| (sum.0 + count.safe, sum.1 + count.needs_a_look));
    if safe + other > 0 {
        out.push_str(&format!("{safe} by --fix, {other} more by --fix --unsafe; "));
    }
    out.push_str(&print_summary(report.findings));
    out.push('\n');
    out
}
