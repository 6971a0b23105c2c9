//! Findings in rustc's look: message, place, excerpt, help.

use std::collections::BTreeSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::report::Report;
use crate::diag::code::Severity;
use crate::diag::diagnostic::{Applicability, Diagnostic};
use crate::source::{FileId, Files, Origin, Span};

/// How wide an excerpt may become before it is trimmed.
const WIDTH: usize = 110;

/// All findings as terminal text. The first of each code names the command that explains it; with
/// colors, each code is a link to the course's page of rules.
#[must_use]
pub fn print_all(report: &Report<'_>, color: bool) -> Vec<String> {
    let mut explained = BTreeSet::new();
    let print = |finding: &Diagnostic| {
        let code = finding.spec.code;
        let link = report.address(code).filter(|_| color);
        let way = |file: FileId| match report.files.entry(file).origin {
            Origin::Aside => String::new(),
            Origin::Project | Origin::BuiltIn => report.way.to_owned(),
        };
        print(finding, report.files, &way, color, explained.insert(code), link)
    };
    report.findings.iter().map(print).collect()
}

/// One finding as terminal text. `color` adds ANSI colors.
#[must_use]
pub fn print_human(finding: &Diagnostic, files: &Files, color: bool) -> String {
    print(finding, files, &|_| String::new(), color, false, None)
}

fn print(
    finding: &Diagnostic,
    files: &Files,
    way: &dyn Fn(FileId) -> String,
    color: bool,
    explain: bool,
    link: Option<String>,
) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut title = level.primary_title(finding.message.as_str()).id(finding.spec.code);
    if let Some(link) = link {
        title = title.id_url(link);
    }
    let mut group = Group::with_title(title);
    let mut spans: Vec<(Span, &str, AnnotationKind)> =
        vec![(finding.span, finding.label.as_deref().unwrap_or(""), AnnotationKind::Primary)];
    for label in &finding.secondary {
        spans.push((label.span, &label.text, AnnotationKind::Context));
    }
    let mut seen = Vec::new();
    for (span, ..) in &spans {
        if !seen.contains(&span.file) {
            seen.push(span.file);
        }
    }
    for file in seen {
        let text = files.text(file).unwrap_or("");
        let mut snippet = Snippet::source(text).path(format!("{}{}", way(file), files.path(file)));
        for (span, label, kind) in spans.iter().filter(|(span, ..)| span.file == file) {
            let annotation = kind.span(visible_range(text, *span));
            snippet =
                snippet.annotation(if label.is_empty() { annotation } else { annotation.label(*label) });
        }
        group = group.element(snippet);
    }
    if let Some((path, line)) = &finding.emitted {
        group = group.element(Level::NOTE.message(format!("emitted as `{}` in `{path}`", line.trim())));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    match finding.fix.as_ref().map(|fix| fix.applicability) {
        Some(Applicability::Safe) => {
            group = group.element(Level::NOTE.message("`scenarist lint --fix` can do this"));
        }
        Some(Applicability::Unsafe) => {
            let note = "`scenarist lint --fix --unsafe` can do this; look at the result";
            group = group.element(Level::NOTE.message(note));
        }
        None => {}
    }
    if explain {
        let note = format!("explained by `scenarist explain {}`", finding.spec.code);
        group = group.element(Level::NOTE.message(note));
    }
    let mut text = renderer.render(&[group]).clone();
    text.push('\n');
    text
}

/// The last line of a run: how many findings of each weight, or that there are none.
#[must_use]
pub fn print_summary(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") })
        .collect();
    if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
}

/// Keeps an excerpt to its first line: a finding about a whole block need not print the block.
fn visible_range(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = floor(text, span.start as usize);
    let end = floor(text, span.end as usize).max(start);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..end.min(line_end.max(start))
}

fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
