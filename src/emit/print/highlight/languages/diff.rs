//! Differences: what comes, what goes, and where.

use super::super::class::Class;
use super::super::lexer::Lexer;

/// Beginnings of lines that tell about files.
const HEADS: [&[u8]; 14] = [
    b"diff ",
    b"index ",
    b"@@",
    b"new file",
    b"deleted file",
    b"old mode",
    b"new mode",
    b"similarity ",
    b"rename ",
    b"copy ",
    b"Binary ",
    b"Only in ",
    b"\\ ",
    b"Index: ",
];

pub(in super::super) fn diff(lexer: &mut Lexer<'_, '_>) {
    let mut behind_old = false;
    while lexer.more() {
        let end = lexer.line_end();
        // `--- a/file` is followed by `+++ b/file`; else a line that begins with `-- ` has gone.
        let old = lexer.starts_with(b"--- ") && lexer.slice(end, end + 5) == b"\n+++ ";
        let new = behind_old && lexer.starts_with(b"+++ ");
        let class = match lexer.peek(0) {
            _ if old || new => Class::Comment,
            b'+' => Class::Inserted,
            b'-' => Class::Deleted,
            _ if HEADS.iter().any(|head| lexer.starts_with(head)) => Class::Comment,
            _ => Class::Plain,
        };
        behind_old = old;
        lexer.take(class, end);
        lexer.bump();
    }
}
