//! Parsing JavaScript, within bounds.

use camino::Utf8Path;
use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The parser follows brackets by recursion; code that people write stays far below this.
const MAX_DEPTH: u32 = 400;

pub(super) fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_u32;
    text.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// What `read` makes of a script; `None` if it cannot be parsed without a fault.
pub(in crate::syntax) fn with_program<T>(
    path: &Utf8Path,
    text: &str,
    read: impl FnOnce(&Program<'_>) -> T,
) -> Option<T> {
    if is_too_deep(text) {
        return None;
    }
    let source_type = SourceType::from_path(path.as_std_path()).unwrap_or_else(|_| SourceType::mjs());
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, source_type).parse();
    (!parsed.panicked && parsed.diagnostics.is_empty()).then(|| read(&parsed.program))
}
