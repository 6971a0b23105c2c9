//! Findings as JUnit XML, for CI systems that show test results. A file is a suite, a finding a test
//! case: failed if the run fails because of it, else passed, with its text in the suite's output. The
//! document follows both the schema of Ant and that of Jenkins; times are zero, since a report
//! depends on the course alone.

use std::collections::BTreeMap;

use super::human::print_human;
use super::report::Report;
use crate::diag::diagnostic::Diagnostic;

/// A report as JUnit XML.
#[must_use]
pub fn print_junit(report: &Report<'_>) -> String {
    let mut suites: BTreeMap<String, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.findings {
        let path = report.path(finding.span.file);
        suites.entry(path).or_default().push(finding);
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    if suites.is_empty() {
        let passed = "    <testcase name=\"no findings\" classname=\"scenarist lint\" time=\"0\"/>\n";
        out.push_str(&suite(report, 0, "scenarist lint", (1, 0), passed, ""));
    }
    for (id, (path, findings)) in suites.iter().enumerate() {
        let (mut cases, mut passed) = (String::new(), String::new());
        for finding in findings {
            cases.push_str(&case(finding, path, report));
            if !(report.fails)(finding) {
                passed.push_str(&print_human(finding, report.files, false));
            }
        }
        let failures = findings.iter().filter(|finding| (report.fails)(finding)).count();
        out.push_str(&suite(report, id, path, (findings.len(), failures), &cases, &passed));
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(
    report: &Report<'_>,
    id: usize,
    name: &str,
    (tests, failures): (usize, usize),
    cases: &str,
    output: &str,
) -> String {
    let name = escape(name);
    let mut properties =
        format!("      <property name=\"scenarist\" value=\"{}\"/>\n", env!("CARGO_PKG_VERSION"));
    for count in report.counts().iter().filter(|_| report.statistics) {
        properties.push_str(&format!(
            "      <property name=\"{}\" value=\"{}\"/>\n",
            escape(count.code),
            count.found
        ));
    }
    format!(
        "  <testsuite id=\"{id}\" package=\"scenarist\" name=\"{name}\" timestamp=\"1970-01-01T00:00:00\" \
         hostname=\"localhost\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">\n\
         \x20   <properties>\n{properties}    </properties>\n{cases}    <system-out>{}</system-out>\n    \
         <system-err></system-err>\n  </testsuite>\n",
        escape(output)
    )
}

fn case(finding: &Diagnostic, path: &str, report: &Report<'_>) -> String {
    let at = report.files.position(finding.span.file, finding.span.start);
    let name = format!("{}:{} {}", at.line, at.column, finding.spec.code);
    let open = format!("    <testcase name=\"{}\" classname=\"{}\" time=\"0\"", escape(&name), escape(path));
    if !(report.fails)(finding) {
        return format!("{open}/>\n");
    }
    format!(
        "{open}>\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
        finding.severity.word(),
        escape(&finding.message),
        escape(&print_human(finding, report.files, false))
    )
}

/// Text as XML; characters that XML cannot hold at all are replaced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ if c.is_control() && c < ' ' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_xml() {
        assert_eq!(escape("a < b & \"c\"\u{1}\u{7}\n"), "a &lt; b &amp; &quot;c&quot;\u{FFFD}\u{FFFD}\n");
    }
}
