//! Reading rendered files back. A template that is right for one scenario can be wrong for the
//! next, and a learner should not be the one who finds out.

use std::collections::HashMap;

use jsonc_parser::ast::{ObjectPropName, Value as Json};
use jsonc_parser::{CollectOptions, ParseOptions};
use oxc_allocator::Allocator;
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::diag::catalog::tree;
use crate::diag::{Diagnostic, Sink};
use crate::source::{Files, Position, Span};
use crate::syntax::yaml::parse_yaml;

use super::request::RenderedFile;

/// A fault in a rendered text: 1-based place and what is wrong.
struct Fault {
    at: Position,
    message: String,
}

/// Reports what is wrong in a rendered file: at the template's line if it is the same as the
/// rendered one, else at the top of the template, and always with the rendered line.
pub fn check_rendered(files: &Files, file: &RenderedFile, sink: &Sink) {
    for fault in faults(file) {
        let line = file.text.lines().nth(fault.at.line.saturating_sub(1) as usize).unwrap_or("").trim_end();
        let message = format!("`{}` line {}: {}", file.path, fault.at.line, fault.message);
        let span = template_line(files, file.origin, line).unwrap_or(file.origin);
        sink.push(
            Diagnostic::new(&tree::INVALID_OUTPUT, span, message)
                .help("correct the template, or the value that goes into this line")
                .emitted(file.path.as_str(), line),
        );
    }
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
        return vec![Fault { at: Position { line: 1, column: 1 }, message: "the file is empty".to_owned() }];
    }
    let place = |finding: &Diagnostic| read.position(id, finding.span.start);
    found.iter().map(|finding| Fault { at: place(finding), message: finding.message.clone() }).collect()
}

/// JSON as it was first written down: no comments, no trailing commas, each key once.
fn json_faults(text: &str) -> Vec<Fault> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &strict) {
        Err(error) => {
            vec![Fault { at: position(text, error.range().start), message: error.kind().to_string() }]
        }
        Ok(parsed) => {
            let mut found = Vec::new();
            match &parsed.value {
                Some(value) => find_duplicates(value, text, &mut found),
                None => found.push(Fault { at: position(text, 0), message: "the file is empty".to_owned() }),
            }
            found
        }
    }
}

fn find_duplicates(value: &Json, text: &str, found: &mut Vec<Fault>) {
    match value {
        Json::Array(list) => list.elements.iter().for_each(|item| find_duplicates(item, text, found)),
        Json::Object(object) => {
            let mut seen: HashMap<&str, usize> = HashMap::new();
            for entry in &object.properties {
                let name = match &entry.name {
                    ObjectPropName::String(name) => name.value.as_ref(),
                    ObjectPropName::Word(name) => name.value,
                };
                if let Some(first) = seen.insert(name, entry.range.start) {
                    let line = position(text, first).line;
                    let message = format!("the key `{name}` stands on line {line} already");
                    found.push(Fault { at: position(text, entry.range.start), message });
                }
                find_duplicates(&entry.value, text, found);
            }
        }
        _ => {}
    }
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
        Fault { at: position(&file.text, at), message: fault.message.to_string() }
    });
    faults.collect()
}

fn position(text: &str, offset: usize) -> Position {
    let mut read = Files::default();
    let id = read.add_text("rendered", text);
    read.position(id, u32::try_from(offset).unwrap_or(u32::MAX))
}

/// The line of the template that was emitted unchanged.
fn template_line(files: &Files, template: Span, line: &str) -> Option<Span> {
    if line.trim().is_empty() {
        return None;
    }
    let text = files.text(template.file).ok()?;
    let mut at = 0;
    let mut found = None;
    for candidate in text.split_inclusive('\n') {
        if candidate.trim_end() == line {
            if found.is_some() {
                return None;
            }
            found = Some(Span::new(template.file, at, at + line.len()));
        }
        at += candidate.len();
    }
    found
}
