//! `code/intentional-problem-unmarked`: lines that a page shows as the problem, without a comment in the
//! learner's file that puts anybody on the track.

use crate::adopt::Repository;
use crate::adopt::audit::compare::{Shown, changes, find, lines_of_file, scenarios};
use crate::check::rules::code::intentional_problem_unmarked::SPEC;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::code::comments_of;
use crate::syntax::script::is_script;

/// Looks at each block of a problem in the file that has it.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        // Whatever stands in a solution of an earlier fix is typed by learners.
        for change in changes(repository, scenario) {
            let scripts = scenario.folder.app.iter().copied();
            let scripts = scripts.filter(|file| is_script(repository.files.path(*file)));
            let Some(shown) = &change.before else { continue };
            let common = |file: &FileId| {
                find(shown, &lines_of_file(&repository.files, *file)).map_or(0, |it| it.common)
            };
            let best = scripts.max_by_key(common);
            sink.extend(best.and_then(|file| look(repository, &change, file)));
        }
    }
}

fn look(repository: &Repository, change: &Shown, file: FileId) -> Option<Diagnostic> {
    let files = &repository.files;
    let (shown, after) = (change.before.as_ref()?, change.after.as_ref()?);
    let whole = lines_of_file(files, file);
    let found = find(shown, &whole).filter(|found| found.common * 4 >= shown.len() * 3)?;
    // A single line, such as a package that is loaded, is no problem that anybody has to find.
    if shown.len() < 2 || found.common < 2 {
        return None;
    }
    let (first, last) = found.place;
    let (start, end) = (whole[first].span, whole[last].span);
    if is_marked(repository, file, start, end) {
        return None;
    }
    let changed = whole[first..=last].iter().find(|line| after.iter().all(|kept| kept.text != line.text))?;
    let message = "nothing marks this line, which the fix changes";
    let help = "put a comment above it that says what to watch, without naming the fix";
    Some(Diagnostic::new(&SPEC, changed.span, message).help(help))
}

/// Whether a comment stands in the lines of the block, or right above them.
fn is_marked(repository: &Repository, file: FileId, start: Span, end: Span) -> bool {
    let Ok(text) = repository.files.text(file) else { return true };
    let path = repository.files.path(file);
    comments_of(path, text).into_iter().any(|comment| {
        let is_inside = comment.start >= start.start as usize && comment.end <= end.end as usize;
        let between = text.get(comment.end..start.start as usize);
        let is_above =
            between.is_some_and(|between| between.trim().is_empty() && between.matches('\n').count() <= 1);
        // The lines of a section's header say nothing about the line below them.
        let says_something = text[comment.clone()].contains(|c: char| c.is_lowercase());
        (is_inside || is_above) && says_something
    })
}
