//! `prose/conflict-marker`.

use memchr::memmem::Finder;

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{FileId, Span};

pub static SPEC: CodeSpec = CodeSpec {
    code: "prose/conflict-marker",
    severity: Severity::Warning,
    what: "A file still holds the marks of a merge that nobody resolved.",
    why: "Both versions go out to learners, one below the other, with the marks between them.",
    fix: "Keep what is right of the two versions, and take the lines with the marks away.",
    source: "rules.md",
    bad: &[
        Example::file(&[(
            "content/scenarios/first/app/notes.txt",
            "Before.\n«<<<<<<< HEAD»\nOne.\n=======\nTwo.\n>>>>>>> other\n",
        )]),
        // With the common ancestor, and no end.
        Example::file(&[(
            "content/scenarios/first/app/notes.txt",
            "«<<<<<<< ours»\nOne.\n||||||| base\nNone.\n=======\nTwo.\n",
        )]),
        // In code on a page.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal, and type:\n\n```sql\n«<<<<<<< HEAD»\nSELECT 1;\n=======\nSELECT 2;\n>>>>>>> other\n```\n",
        )]),
        // The start was taken away, the end was not.
        Example::file(&[("content/scenarios/first/app/notes.txt", "One.\n=======\nTwo.\n«>>>>>>> other»\n")]),
        // Only the end was left over.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal.\n\n«>>>>>>> other»\n\nClose it.\n",
        )]),
    ],
    params: &[],
    good: &[
        // A heading underlined, quotations in quotations, and marks that are shown as an example.
        Example::file(&[(
            "content/scenarios/first/app/notes.txt",
            "Heading\n=======\n\n>>>>>>>> deep\n>>>>>>> quoted\n\n  <<<<<<< HEAD\n<<<<<<<< eight\ncat <<EOF\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal. Git shows a conflict like this:\n\n```text\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n```\n",
        )]),
    ],
};

/// Looks at every text file of the project.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let marks = ["<<<<<<<", ">>>>>>>"].map(Finder::new);
    for (file, entry) in checked.sources() {
        let Ok(text) = checked.files.text(file) else { continue };
        if marks.iter().all(|mark| mark.find(text.as_bytes()).is_none()) {
            continue;
        }
        for span in conflicts(file, text, entry.path.extension() == Some("md")) {
            let finding = Diagnostic::new(&SPEC, span, "a merge was left unresolved here");
            sink.push(finding.help(
                "keep one of the versions, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
            ));
        }
    }
}

/// Languages of fences that show what a program printed.
const EXAMPLES: [&str; 4] = ["text", "diff", "console", "output"];

/// The first mark of each conflict. On pages, what a program printed is an example.
fn conflicts(file: FileId, text: &str, is_page: bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    // The marks of the fence that is open, and whether it shows an example.
    let mut fence: Option<(char, bool)> = None;
    let (mut is_open, mut is_divided) = (false, false);
    let mut lines = text.split_inclusive('\n').peekable();
    let mut was_quoted = false;
    while let Some(line) = lines.next() {
        let content = line.trim_end();
        let span = Span::new(file, at, at + content.len());
        at += line.len();
        if is_page
            && let Some(mark) =
                ['`', '~'].into_iter().find(|mark| content.starts_with(&String::from(*mark).repeat(3)))
        {
            let language = content.trim_start_matches(mark).split([' ', '{']).next().unwrap_or("");
            fence = match fence {
                None => Some((mark, EXAMPLES.contains(&language))),
                Some((open, _)) if open == mark && language.is_empty() => None,
                open => open,
            };
            is_divided = false;
        }
        if fence.is_some_and(|(_, is_example)| is_example) {
            continue;
        }
        if is_mark(content, '<') {
            found.push(span);
            is_open = true;
        } else if content == "=======" {
            is_divided = true;
        } else if is_mark(content, '>') {
            // Without a start, it is the rest of a conflict where it follows a dividing line, or where
            // no quotation goes on above or below.
            let is_quotation = was_quoted || lines.peek().is_some_and(|next| next.starts_with('>'));
            if !is_open && (!is_quotation || (is_divided && !is_page)) {
                found.push(span);
            }
            (is_open, is_divided) = (false, false);
        } else if content.is_empty() && !is_open {
            is_divided = false;
        }
        was_quoted = content.starts_with('>');
    }
    found
}

/// Exactly seven marks, then a name or nothing.
fn is_mark(line: &str, mark: char) -> bool {
    let rest = line.trim_start_matches(mark);
    line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with(' '))
}
