//! Findings as one JSON document: stable keys, positions 1-based and in characters, paths relative
//! to the project. Its schema is made from the same types.

use schemars::JsonSchema;
use serde::Serialize;

use super::report::Report;
use crate::diag::code::Severity;
use crate::diag::diagnostic::{Applicability, Diagnostic, Fix, SuppressedBy};
use crate::source::{Files, Span};

/// The format's version. It goes up when a key changes its meaning or vanishes.
const VERSION: u32 = 1;

/// What `--format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "findings")]
#[serde(rename_all = "kebab-case")]
struct Document {
    /// The format's version; 1.
    version: u32,
    /// The findings, by path and place.
    findings: Vec<Finding>,
    /// How many there are.
    summary: Summary,
    /// Counts by code, the most frequent first; only with `--statistics`.
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<CodeCount>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Weight {
    Error,
    Warning,
    Info,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Finding {
    /// The rule: `group/name`. `scenarist explain` documents it.
    code: &'static str,
    severity: Weight,
    /// What is wrong.
    message: String,
    /// Where.
    at: Place,
    /// What stands under the place.
    label: Option<String>,
    /// Other places that it is about.
    also: Vec<Other>,
    /// What to do about it.
    help: Option<String>,
    /// The line of an output that it is about.
    emitted: Option<Emitted>,
    /// A repair.
    fix: Option<Repair>,
    /// The same in the next version of the course, unless it is another finding.
    fingerprint: String,
    /// The page that explains the rule, if the course has a site.
    docs: Option<String>,
}

/// A range of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct Place {
    /// Relative to the project.
    path: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

/// Another place.
#[derive(Debug, Serialize, JsonSchema)]
struct Other {
    #[serde(flatten)]
    at: Place,
    /// What it has to do with the finding.
    text: String,
}

/// A line as it would come out.
#[derive(Debug, Serialize, JsonSchema)]
struct Emitted {
    /// The file, relative to the learner's folder.
    path: String,
    line: String,
}

/// A repair. Its edits sit in one file and don't overlap.
#[derive(Debug, Serialize, JsonSchema)]
struct Repair {
    title: String,
    /// Whether `--fix` makes it; if not, `--fix --unsafe` does.
    safe: bool,
    edits: Vec<Replaced>,
}

/// A range and what stands there afterwards.
#[derive(Debug, Serialize, JsonSchema)]
struct Replaced {
    #[serde(flatten)]
    at: Place,
    /// The new text.
    text: String,
}

/// How many findings there are, and how many are not shown.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    /// Whether the run fails because of them.
    fails: bool,
    /// Accepted by a comment or by course.yml.
    suppressed: usize,
    /// Known from the baseline.
    baseline: usize,
    /// Already there at the revision of `--changed-since`; absent without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<usize>,
}

/// How often a code was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct CodeCount {
    code: &'static str,
    severity: Weight,
    count: usize,
    /// How many of them `--fix` repairs.
    safe_fixes: usize,
    /// How many more `--fix --unsafe` repairs.
    unsafe_fixes: usize,
}

/// The JSON Schema of the document.
#[must_use]
pub fn findings_schema() -> serde_json::Value {
    schemars::schema_for!(Document).to_value()
}

/// A report as JSON text.
#[must_use]
pub fn print_json(report: &Report<'_>) -> String {
    let fingerprints = report.fingerprints(report.findings.iter());
    let findings = report.findings.iter().zip(fingerprints);
    let document = Document {
        version: VERSION,
        findings: findings.map(|(finding, print)| finding_data(finding, report, print)).collect(),
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            infos: report.count(Severity::Info),
            fails: report.findings.iter().any(report.fails),
            suppressed: report.accepted(SuppressedBy::Comment) + report.accepted(SuppressedBy::Course),
            baseline: report.accepted(SuppressedBy::Baseline),
            unchanged: report.unchanged,
        },
        statistics: report.statistics.then(|| statistics(report)),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn statistics(report: &Report<'_>) -> Vec<CodeCount> {
    let counts = report.counts().into_iter().map(|count| CodeCount {
        code: count.code,
        severity: weight(count.severity),
        count: count.found,
        safe_fixes: count.safe,
        unsafe_fixes: count.needs_a_look,
    });
    counts.collect()
}

fn weight(severity: Severity) -> Weight {
    match severity {
        Severity::Error => Weight::Error,
        Severity::Warning => Weight::Warning,
        Severity::Info => Weight::Info,
    }
}

fn finding_data(finding: &Diagnostic, report: &Report<'_>, fingerprint: String) -> Finding {
    let files = report.files;
    let also = finding
        .secondary
        .iter()
        .map(|label| Other { at: place(label.span, files), text: label.text.clone() });
    let emitted = finding.emitted.as_ref();
    Finding {
        code: finding.spec.code,
        severity: weight(finding.severity),
        message: finding.message.clone(),
        at: place(finding.span, files),
        label: finding.label.clone(),
        also: also.collect(),
        help: finding.help.clone(),
        emitted: emitted.map(|(path, line)| Emitted { path: path.clone(), line: line.clone() }),
        fix: finding.fix.as_ref().map(|fix| repair(fix, files)),
        fingerprint,
        docs: report.address(finding.spec.code),
    }
}

fn repair(fix: &Fix, files: &Files) -> Repair {
    let edits =
        fix.edits.iter().map(|edit| Replaced { at: place(edit.span, files), text: edit.text.clone() });
    Repair {
        title: fix.title.clone(),
        safe: fix.applicability == Applicability::Safe,
        edits: edits.collect(),
    }
}

fn place(span: Span, files: &Files) -> Place {
    let start = files.position(span.file, span.start);
    let end = files.position(span.file, span.end);
    Place {
        path: files.path(span.file).to_string(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
