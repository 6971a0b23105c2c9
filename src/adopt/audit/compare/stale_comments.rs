//! `adopt/stale-comments`.

use camino::Utf8Path;

use crate::adopt::{Repository, Twin};
use crate::diag::catalog::adopt::STALE_COMMENTS;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::code::comments_of;

/// Compares files that exist with and without comments.
pub fn check(repository: &Repository, sink: &Sink) {
    for twin in repository.folders.iter().flat_map(|folder| &folder.twins) {
        check_twin(repository, *twin, sink);
    }
}

fn check_twin(repository: &Repository, twin: Twin, sink: &Sink) {
    let files = &repository.files;
    let (Ok(commented), Ok(plain)) = (files.text(twin.commented), files.text(twin.plain)) else { return };
    let with = code_of(files.path(twin.commented), commented);
    let without = code_of(files.path(twin.plain), plain);
    let at = with.iter().zip(&without).position(|(one, other)| one.0 != other.0);
    let at = match at {
        Some(at) => at,
        None if with.len() == without.len() => return,
        None => with.len().min(without.len()),
    };
    let place = |code: &[(char, usize)], file: FileId, text: &str| {
        let offset = code.get(at).or(code.last()).map_or(0, |(_, offset)| *offset);
        line_around(file, text, offset)
    };
    let names = (files.path(twin.commented), files.path(twin.plain));
    let (name, other) = (names.0.file_name().unwrap_or(""), names.1.file_name().unwrap_or(""));
    let message = format!("`{name}` and `{other}` differ in more than comments");
    let finding = Diagnostic::new(&STALE_COMMENTS, place(&with, twin.commented, commented), message)
        .also(place(&without, twin.plain, plain), format!("`{other}`, at this place"));
    sink.push(finding.help(format!("bring the code of `{name}` up to date with `{other}`")));
}

/// The letters of the code, each with its place: no comments, no space.
fn code_of(path: &Utf8Path, text: &str) -> Vec<(char, usize)> {
    let comments = comments_of(path, text);
    let mut next = comments.iter().peekable();
    let mut found = Vec::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        while next.peek().is_some_and(|comment| comment.end <= at) {
            next.next();
        }
        let in_comment = next.peek().is_some_and(|comment| comment.contains(&at));
        if !in_comment && !letter.is_whitespace() {
            found.push((letter, at));
        }
    }
    found
}

fn line_around(file: FileId, text: &str, at: usize) -> Span {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let line = &text[start..end];
    let indent = line.len() - line.trim_start().len();
    Span::new(file, start + indent, start + line.trim_end().len())
}
