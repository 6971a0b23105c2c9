//! Reading rendered files back. A template that is right for one scenario can be wrong for the
//! next, and a learner should not be the one who finds out.

use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::diag::catalog::tree;
use crate::diag::{Diagnostic, Sink};
use crate::source::{Files, Span};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::yaml::parse_yaml;

use super::locate::{line_at, locate_rendered};
use super::request::RenderedFile;

/// A fault in a rendered text: byte offset and what is wrong.
struct Fault {
    at: usize,
    message: String,
}

/// Reports what is wrong in a rendered file: at the template's line if it is the same as the
/// rendered one, else at the top of the template, and always with the rendered line. The answer says
/// whether nothing is.
pub fn check_rendered(files: &Files, file: &RenderedFile, sink: &Sink) -> bool {
    let faults = faults(file);
    for fault in &faults {
        let before = &file.text[..fault.at.min(file.text.len())];
        let line = line_at(&file.text, before.rfind('\n').map_or(0, |newline| newline + 1)).trim_end();
        let number = 1 + before.matches('\n').count();
        let message = format!("`{}` line {number}: {}", file.path, fault.message);
        let span = locate_rendered(files, file.origin, &file.text, fault.at..fault.at);
        sink.push(
            Diagnostic::new(&tree::INVALID_OUTPUT, span, message)
                .help("correct the template, or the value that goes into this line")
                .emitted(file.path.as_str(), line),
        );
    }
    faults.is_empty()
}

fn faults(file: &RenderedFile) -> Vec<Fault> {
    match file.path.extension() {
        Some("yml" | "yaml") => yaml_faults(&file.text),
        Some("json") => json_faults(&file.text),
        Some("js" | "cjs" | "mjs") => script_faults(file),
        _ => Vec::new(),
    }
}

fn yaml_faults(text: &str) -> Vec<Fault> {
    let mut read = Files::default();
    let id = read.add_text("rendered.yml", text);
    let sink = Sink::default();
    let parsed = parse_yaml(&read, id, &sink);
    let found = sink.into_sorted(&read);
    if parsed.is_none() && found.is_empty() {
        return vec![Fault { at: 0, message: "the file is empty".to_owned() }];
    }
    let place = |finding: &Diagnostic| finding.span.start as usize;
    found.iter().map(|finding| Fault { at: place(finding), message: finding.message.clone() }).collect()
}

fn json_faults(text: &str) -> Vec<Fault> {
    let (_, found) = parse_json(text, Span::nowhere().file, Dialect::Strict);
    let faults = found.into_iter().map(|fault| Fault { at: fault.at.start, message: fault.message });
    faults.collect()
}

fn script_faults(file: &RenderedFile) -> Vec<Fault> {
    let source = match file.path.extension() {
        Some("mjs") => SourceType::mjs(),
        _ => SourceType::cjs(),
    };
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &file.text, source).parse();
    let faults = parsed.diagnostics.iter().map(|fault| {
        let at = fault.labels.first().map_or(0, |label| label.offset() as usize);
        Fault { at, message: fault.message.to_string() }
    });
    faults.collect()
}
