//! From a text to its facts.

use camino::Utf8Path;
use oxc_allocator::Allocator;
use oxc_ast_visit::Visit;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::collect::Collector;
use super::depth::{MAX_BRACKETS, MAX_OPERATORS, MAX_PLAIN, nesting_of};
use super::facts::{Comment, Fault, Script};

/// The stack for a statement with very many operators.
const LARGE_STACK: usize = 256 << 20;

/// Whether a path names a JavaScript file.
#[must_use]
pub fn is_script(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("js" | "mjs" | "cjs"))
}

/// Reads a JavaScript file. A text that is nested so deeply that nobody can have written it says
/// nothing.
#[must_use]
pub fn parse_script(path: &Utf8Path, text: &str) -> Script {
    let (brackets, operators) = nesting_of(text);
    if brackets > MAX_BRACKETS || operators > MAX_OPERATORS {
        return Script::default();
    }
    if operators <= MAX_PLAIN {
        return parse(path, text);
    }
    std::thread::scope(|scope| {
        let large = std::thread::Builder::new().stack_size(LARGE_STACK);
        let running = large.spawn_scoped(scope, || parse(path, text));
        running.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
    })
}

fn parse(path: &Utf8Path, text: &str) -> Script {
    let mut best = parse_as(text, first_guess(path, text));
    // Node reads a file without `import` as CommonJS, and one with it as a module.
    if !best.faults.is_empty() && path.extension() == Some("js") {
        let other = parse_as(text, SourceType::unambiguous());
        if other.faults.is_empty() {
            best = other;
        }
    }
    best
}

fn first_guess(path: &Utf8Path, text: &str) -> SourceType {
    let is_module = || text.lines().any(|line| line.starts_with("import ") || line.starts_with("export "));
    match path.extension() {
        Some("mjs") => SourceType::mjs(),
        Some("js") if is_module() => SourceType::mjs(),
        _ => SourceType::cjs(),
    }
}

fn parse_as(text: &str, source_type: SourceType) -> Script {
    let allocator = Allocator::default();
    let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, source_type).with_options(options).parse();
    if parsed.panicked || !parsed.diagnostics.is_empty() {
        let faults = parsed.diagnostics.iter().map(|fault| {
            let label = fault.labels.first();
            let start = label.map_or(0, |label| label.offset() as usize);
            let end = start + label.map_or(0, |label| label.len() as usize);
            Fault { at: clamp(text, start)..clamp(text, end), message: fault.message.to_string() }
        });
        return Script { faults: faults.collect(), ..Script::default() };
    }
    let mut collector = Collector::new(text);
    collector.visit_program(&parsed.program);
    let mut script = collector.finish();
    let ranges = parsed.program.comments.iter().map(|it| it.span.start as usize..it.span.end as usize);
    script.comments = ranges.filter_map(|at| comment(text, at)).collect();
    script
}

/// The nearest border between characters at or before an offset.
fn clamp(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn comment(text: &str, at: std::ops::Range<usize>) -> Option<Comment> {
    let written = text.get(at.clone())?;
    let line_start = text[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
    let inside = written.strip_prefix("//").or_else(|| written.strip_prefix("/*")).unwrap_or(written);
    let inside = inside.strip_suffix("*/").filter(|_| written.starts_with("/*")).unwrap_or(inside);
    let explains = inside.starts_with(':') && !inside.starts_with("::");
    let words = if explains { &inside[1..] } else { inside };
    Some(Comment {
        text: words.trim().to_owned(),
        explains,
        own_line: text[line_start..at.start].trim().is_empty(),
        at,
    })
}
