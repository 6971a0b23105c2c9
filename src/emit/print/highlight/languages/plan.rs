//! The lines of a query plan, as `EXPLAIN` prints them.

use super::super::class::Class;
use super::super::lexer::Lexer;
use super::sql::sql_part;

/// Whether the line that begins here, and ends at `end`, is one of a plan. Behind one, a line with a
/// label is one, too.
pub(super) fn is_plan_line(lexer: &mut Lexer<'_, '_>, end: usize, behind_one: bool) -> bool {
    let start = lexer.find(lexer.at, |byte| byte != b' ');
    let line = lexer.slice(start, end);
    if !line.first().is_some_and(|byte| byte.is_ascii_uppercase() || *byte == b'-') {
        return false;
    }
    if line.starts_with(b"->  ") {
        return true;
    }
    // A node has its figures in parentheses behind two spaces.
    let open = lexer.find(start, |byte| matches!(byte, b'(' | b':' | b'\n'));
    let figures = lexer.slice(open, open + 8);
    if lexer.byte_before(open) == b' ' && (figures.starts_with(b"(cost=") || figures.starts_with(b"(actual "))
    {
        return true;
    }
    let label = lexer.slice(start, open.min(end));
    let labelled = lexer.byte_at(open) == b':' && lexer.byte_at(open + 1) == b' ' && start < open;
    labelled
        && (behind_one || label == b"Planning Time" || label == b"Execution Time")
        && label.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-'))
}

/// Lexes such a line; the end of the range is the end of the line.
pub(super) fn lex_plan_line(lexer: &mut Lexer<'_, '_>) {
    lexer.skip_while(|byte| byte == b' ');
    if lexer.starts_with(b"->") {
        lexer.skip(2);
        lexer.skip_spaces();
    }
    let end = lexer.find(lexer.at, |byte| matches!(byte, b'(' | b':'));
    if lexer.byte_at(end) == b':' && lexer.byte_at(end + 1) == b' ' {
        lexer.take(Class::Attribute, end);
        lexer.bump();
        sql_part(lexer);
        return;
    }
    lex_node(lexer, end);
    lex_figures(lexer);
}

/// `Index Scan using orders_pkey on orders o`: capitals are the node, `using` and `on` tell the rest.
fn lex_node(lexer: &mut Lexer<'_, '_>, end: usize) {
    while lexer.at < end {
        let word = lexer.find(lexer.at, |byte| byte == b' ').min(end);
        let class = match lexer.slice(lexer.at, word) {
            b"using" | b"on" => Class::Keyword,
            [first, ..] if first.is_ascii_uppercase() => Class::Function,
            _ => Class::Plain,
        };
        lexer.take(class, word);
        lexer.bump();
    }
}

/// `(cost=0.42..8.44 rows=1 width=36)`.
fn lex_figures(lexer: &mut Lexer<'_, '_>) {
    while lexer.more() {
        let byte = lexer.peek(0);
        if byte.is_ascii_digit() {
            let end = lexer.find(lexer.at, |byte| !(byte.is_ascii_digit() || byte == b'.'));
            lexer.take(Class::Number, end);
        } else if byte.is_ascii_alphabetic() {
            let end = lexer.find(lexer.at, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
            let class = if lexer.byte_at(end) == b'=' { Class::Attribute } else { Class::Plain };
            lexer.take(class, end);
        } else {
            lexer.bump();
        }
    }
}
