//! Findings in a new source tree, accepted in course.yml: it has to build on the first day, and what was
//! not right in the repository is not right in it either.

use std::collections::BTreeSet;

use super::{Conversion, Made, Piece};
use crate::source::{Files, Span};

/// Why a finding of an imported course is accepted.
const REASON: &str = "it was so in the repository that was imported";

/// Accepts findings, each a code and a path in the source tree. How many entries that takes.
pub fn accept(
    conversion: &mut Conversion,
    repository: &Files,
    findings: &BTreeSet<(String, String)>,
) -> usize {
    let course = conversion.made.iter_mut().find(|file| file.path == "content/course.yml");
    let Some(course) = course.filter(|_| !findings.is_empty()) else { return 0 };
    let text = String::from_utf8(course.bytes(repository)).unwrap_or_default();
    let Made::Text(pieces) = &mut course.made else { return 0 };
    let place = place_in(&text);
    let mut entries = place.head.to_owned();
    for (code, path) in findings {
        let path = serde_json::Value::from(path.as_str());
        entries.push_str(&format!("{}- {{code: {code}, path: {path}, reason: {REASON}}}\n", place.indent));
    }
    insert(pieces, repository, place.at, entries);
    findings.len()
}

/// Where entries go, what stands before them, and how far they are indented.
struct Place {
    at: usize,
    head: &'static str,
    indent: String,
}

fn place_in(text: &str) -> Place {
    let mut at = 0;
    let mut in_lint = false;
    let mut lines = text.split_inclusive('\n').peekable();
    let mut end_of_lint = None;
    while let Some(line) = lines.next() {
        at += line.len();
        if line.starts_with("lint:") {
            in_lint = true;
        } else if in_lint && line.trim_end() == "  allow:" {
            let next = lines.peek().copied().unwrap_or("");
            let indent = &next[..next.len() - next.trim_start().len()];
            let indent = if next.trim_start().starts_with('-') { indent } else { "    " };
            return Place { at, head: "", indent: indent.to_owned() };
        } else if in_lint && !line.starts_with([' ', '#']) && !line.trim().is_empty() {
            in_lint = false;
        }
        if in_lint {
            end_of_lint = Some(at);
        }
    }
    let head = if end_of_lint.is_some() { "  allow:\n" } else { "lint:\n  allow:\n" };
    Place { at: end_of_lint.unwrap_or(text.len()), head, indent: "    ".to_owned() }
}

/// Puts words of our own into a text at an offset.
fn insert(pieces: &mut Vec<Piece>, files: &Files, offset: usize, text: String) {
    let mut at = 0;
    for index in 0..pieces.len() {
        let length = pieces[index].text(files).len();
        if offset < at + length {
            let inside = offset - at;
            let (before, after) = match &pieces[index] {
                Piece::Copied(span) => {
                    (Piece::Copied(span.sub(0, inside)), Piece::Copied(span.sub(inside, length)))
                }
                Piece::Written { text, about } => (
                    Piece::Written { text: text[..inside].to_owned(), about: *about },
                    Piece::Written { text: text[inside..].to_owned(), about: *about },
                ),
            };
            let about = pieces[index].origin(inside, inside);
            pieces.splice(index..=index, [before, Piece::Written { text, about }, after]);
            return;
        }
        at += length;
    }
    let about = pieces.last().map_or_else(Span::nowhere, |piece| piece.origin(0, 0));
    pieces.push(Piece::Written { text, about });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adopt::MadeFile;

    fn accepted(text: &str) -> String {
        let mut files = Files::default();
        let file = files.add_text("scenarist.yml", text);
        let made = Made::Text(vec![Piece::Copied(Span::new(file, 0, text.len()))]);
        let course = MadeFile { path: "content/course.yml".into(), executable: false, made };
        let mut conversion = Conversion { made: vec![course], report: Vec::new(), ids: Vec::new() };
        let findings = BTreeSet::from([("link/dead-link".to_owned(), "a b.md".to_owned())]);
        assert_eq!(accept(&mut conversion, &files, &findings), 1);
        String::from_utf8(conversion.made[0].bytes(&files)).unwrap_or_default()
    }

    #[test]
    fn entries_go_where_such_entries_are() {
        let entry = |indent: &str| {
            format!("{indent}- {{code: link/dead-link, path: \"a b.md\", reason: {REASON}}}\n")
        };
        assert_eq!(accepted("title: A\n"), format!("title: A\nlint:\n  allow:\n{}", entry("    ")));
        assert_eq!(
            accepted("lint:\n  levels:\n    prose: off\ntitle: A\n"),
            format!("lint:\n  levels:\n    prose: off\n  allow:\n{}title: A\n", entry("    "))
        );
        assert_eq!(
            accepted("lint:\n  allow:\n  - {code: x/y, reason: z}\n"),
            format!("lint:\n  allow:\n{}  - {{code: x/y, reason: z}}\n", entry("  "))
        );
    }
}
