//! Filling in templates: MiniJinja with the stack's own delimiters, strict about names, and
//! escaping by the kind of file that comes out.

use std::ops::Range;

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, syntax::SyntaxConfig,
};
use serde_json::Value as Json;

use super::context::Context;
use super::json::print_js;
use crate::diag::catalog::tree;
use crate::diag::{Diagnostic, Sink};
use crate::manifest::stack::Delimiters;
use crate::source::{FileId, Files, Span};

/// Delimiters that neither compose, Grafana, GitHub, Prometheus, nginx, shell nor JavaScript use.
const DEFAULT: [(&str, &str); 3] = [("[%", "%]"), ("[=", "=]"), ("[#", "#]")];

/// The template engine of one stack.
pub struct Engine<'a> {
    files: &'a Files,
    environment: Environment<'static>,
}

impl<'a> Engine<'a> {
    /// An engine with the stack's delimiters; a fault in them is reported.
    pub fn new(files: &'a Files, delimiters: Option<&Delimiters>, sink: &Sink) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(escape_of);
        environment.set_formatter(format_value);
        match syntax(delimiters) {
            Ok(syntax) => environment.set_syntax(syntax),
            Err(error) => {
                if let Some(delimiters) = delimiters {
                    let message = format!("these delimiters cannot be used: {}", reason(&error));
                    let finding = Diagnostic::new(&tree::TEMPLATE_ERROR, delimiters.span, message);
                    sink.push(
                        finding.help(
                            "give each of them a pair of marks that differ, such as `[\"[%\", \"%]\"]`",
                        ),
                    );
                }
            }
        }
        Self { files, environment }
    }

    /// Fills in a template file for the output `path`. A fault is reported at the template's line.
    pub fn render(&self, template: FileId, path: &str, context: &Context, sink: &Sink) -> Option<String> {
        let Ok(source) = self.files.text(template) else {
            let span = Span::file_start(template);
            let path = self.files.path(template);
            let finding = match self.files.text(template) {
                Err(crate::source::TextError::TooLarge(size)) => Diagnostic::new(
                    &tree::TEXT_TOO_LARGE,
                    span,
                    format!("the template `{path}` has {size} bytes"),
                )
                .help("take out of it what no learner needs"),
                Err(crate::source::TextError::NotUtf8(at)) => {
                    let message =
                        format!("`{path}` is not UTF-8 text: byte {at} is the first that does not fit");
                    Diagnostic::new(&tree::NOT_UTF8, span, message).help("save it as UTF-8")
                }
                Ok(_) => return None,
            };
            sink.push(finding);
            return None;
        };
        let rendered = self
            .environment
            .template_from_named_str(path, source)
            .and_then(|template| template.render(context.value()));
        rendered.map_err(|error| self.report(&error, template, sink)).ok()
    }

    /// Fills in a short text of stack.yml, such as a command line.
    pub fn render_text(&self, text: &str, span: Span, context: &Context, sink: &Sink) -> Option<String> {
        let rendered = self.environment.render_named_str("text", text, context.value());
        rendered
            .map_err(|error| {
                let message = format!("`{text}` cannot be filled in: {}", reason(&error));
                let finding = Diagnostic::new(&tree::TEMPLATE_ERROR, span, message);
                sink.push(finding.help("use a name that the request gives"));
            })
            .ok()
    }

    fn report(&self, error: &Error, template: FileId, sink: &Sink) {
        let span = match (error.range(), error.line()) {
            (Some(Range { start, end }), _) if start < end => Span::new(template, start, end),
            (_, Some(line)) => self.line(template, line),
            _ => Span::file_start(template),
        };
        let help = match error.kind() {
            ErrorKind::UndefinedError => "use a name that the request gives, or ask with `is defined` first",
            ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction => {
                "use one of those that MiniJinja has; its documentation lists them"
            }
            _ => "correct the template here; the delimiters stand in stack.yml",
        };
        sink.push(Diagnostic::new(&tree::TEMPLATE_ERROR, span, reason(error)).help(help));
    }

    /// The span of a line, without its line end.
    fn line(&self, file: FileId, line: usize) -> Span {
        let start = self.files.line_start(file, line);
        let next = self.files.line_start(file, line + 1);
        let text = self.files.slice(Span::new(file, start, next));
        Span::new(file, start, start + text.trim_end().len())
    }
}

fn reason(error: &Error) -> String {
    let kind = error.kind().to_string();
    error.detail().map_or(kind.clone(), |detail| format!("{kind}: {detail}"))
}

fn syntax(delimiters: Option<&Delimiters>) -> Result<SyntaxConfig, Error> {
    let pair = |given: Option<&Vec<String>>, default: (&str, &str)| match given.map(Vec::as_slice) {
        Some([open, close]) => (open.clone(), close.clone()),
        _ => (default.0.to_owned(), default.1.to_owned()),
    };
    let block = pair(delimiters.map(|own| &own.block), DEFAULT[0]);
    let variable = pair(delimiters.map(|own| &own.variable), DEFAULT[1]);
    let comment = pair(delimiters.map(|own| &own.comment), DEFAULT[2]);
    SyntaxConfig::builder()
        .block_delimiters(block.0, block.1)
        .variable_delimiters(variable.0, variable.1)
        .comment_delimiters(comment.0, comment.1)
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
}

/// How values are written, by the output's ending.
fn escape_of(path: &str) -> AutoEscape {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => AutoEscape::Json,
        Some("yml" | "yaml") => AutoEscape::Custom("yaml".into()),
        Some("js") => AutoEscape::Custom("js".into()),
        _ => AutoEscape::None,
    }
}

fn format_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let escape = state.auto_escape();
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    if value.is_safe() || matches!(escape, AutoEscape::None) {
        return out.write_str(&value.to_string()).map_err(Error::from);
    }
    let json = serde_json::to_value(value)
        .map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))?;
    let text = match escape {
        AutoEscape::Custom(kind) if kind == "js" => print_js(&json, 0),
        AutoEscape::Custom(kind) if kind == "yaml" => yaml_value(&json),
        _ => json.to_string(),
    };
    out.write_str(&text).map_err(Error::from)
}

/// A value as flow YAML: texts plain where they stay texts, else in double quotes.
fn yaml_value(value: &Json) -> String {
    match value {
        Json::String(text) if is_plain_yaml(text) => text.clone(),
        Json::Array(items) => format!("[{}]", items.iter().map(yaml_value).collect::<Vec<_>>().join(", ")),
        _ => value.to_string(),
    }
}

/// Whether YAML reads this text back as the same text without quotes, wherever it stands.
fn is_plain_yaml(text: &str) -> bool {
    let first =
        text.chars().next().is_some_and(|letter| letter.is_ascii_alphabetic() || "./".contains(letter));
    let rest = text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_./-:@+".contains(letter));
    let word =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    // `.5`, `.inf` and `.nan` are numbers.
    let number = text.strip_prefix('.').is_some_and(|tail| {
        tail.starts_with(|digit: char| digit.is_ascii_digit())
            || ["inf", "nan"].contains(&tail.to_lowercase().as_str())
    });
    first && rest && !word && !number && !text.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_texts_stay_texts() {
        for plain in [
            "node:24.21.0-bookworm-slim",
            "postgresql://u:p@h:5432/db",
            "./app",
            "src/worker.js",
            ".",
            ".:/app",
            "../..:/app",
        ] {
            assert!(is_plain_yaml(plain), "{plain}");
        }
        for quoted in
            ["true", "No", "3000", "0.5", ".5", ".inf", "a: b", "a #b", "", "*x", "5432:5432", "~", "key:"]
        {
            assert!(!is_plain_yaml(quoted), "{quoted}");
        }
    }
}
