//! Findings as commands of a GitHub Actions log, which become annotations of a pull request.

use super::report::Report;
use super::statistics::print_statistics;
use crate::diag::code::Severity;
use crate::diag::diagnostic::Diagnostic;

/// One `::error …::` line for each finding; with statistics, a folded table after them.
#[must_use]
pub fn print_github(report: &Report<'_>) -> String {
    let mut out: String = report.findings.iter().map(|finding| command(finding, report)).collect();
    if report.statistics {
        out.push_str(&format!("::group::Findings by rule\n{}::endgroup::\n", print_statistics(report)));
    }
    out
}

fn command(finding: &Diagnostic, report: &Report<'_>) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let span = finding.span;
    let path = report.path(span.file);
    let start = report.files.position(span.file, span.start);
    let end = report.files.position(span.file, span.end);
    let mut place = format!("file={},line={},endLine={}", property(&path), start.line, end.line);
    // Columns only make sense to GitHub where one line holds all of it.
    if start.line == end.line {
        place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
    }
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let message = data(&format!("{}{help}", finding.message));
    format!("::{word} {place},title={}::{message}\n", property(finding.spec.code))
}

/// What follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: colons and commas end one.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::catalog::tree::MISSING_FILE;
    use crate::source::{Files, Span};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let mut files = Files::default();
        let file = files.add_text("content/a, b: 100%.md", "one\ntwo\n");
        let findings = [Diagnostic::new(&MISSING_FILE, Span::new(file, 0, 5), "50 %: a\nb").help("x, y::z")];
        let report = Report { folder: "course/", ..Report::new(&findings, &files) };
        assert_eq!(
            print_github(&report),
            "::error file=course/content/a%2C b%3A 100%25.md,line=1,endLine=2,title=source/missing-file\
             ::50 %25: a%0Ab%0Ahelp: x, y::z\n"
        );
    }
}
