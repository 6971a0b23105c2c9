//! `adopt/wrong-link`.

use camino::Utf8Path;

use super::course::{entries, number_of};
use super::text::words;
use crate::adopt::{Entry, Repository};
use crate::diag::catalog::adopt::WRONG_LINK;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};

/// Looks for links to a scenario that open another one, or none.
pub fn check(repository: &Repository, sink: &Sink) {
    entries(repository).for_each(|entry| check_entry(repository, entry, sink));
    let readmes = repository.folders.iter().enumerate();
    let readmes = readmes.filter_map(|(index, folder)| Some((folder.readme?, Some(index))));
    let pages = repository.folders.iter().enumerate();
    let pages = pages.filter_map(|(index, folder)| Some((folder.page.as_ref()?.file, Some(index))));
    for (file, folder) in readmes.chain(pages).chain(repository.readme.map(|file| (file, None))) {
        check_codespaces(repository, file, folder, sink);
    }
}

/// A row whose title is that of another page than the one that it links.
fn check_entry(repository: &Repository, entry: &Entry, sink: &Sink) {
    let (Some(linked), Some(link)) = (entry.folder, &entry.link) else { return };
    let title_of = |index: usize| {
        let page = repository.folders.get(index)?.page.as_ref()?;
        Some(words(&page.title.as_ref()?.value))
    };
    let wanted = words(&entry.title.value);
    let meant = (0..repository.folders.len()).find(|index| title_of(*index).as_ref() == Some(&wanted));
    if let Some(meant) = meant.filter(|meant| *meant != linked && title_of(linked).as_ref() != Some(&wanted))
    {
        let path = &repository.folders[meant].path;
        let message = format!("\"{}\" is in `{path}`, and the link leads elsewhere", entry.title.value);
        sink.push(Diagnostic::new(&WRONG_LINK, link.span, message).help(format!("link `{path}`")));
    }
}

/// Links that open a Codespace name the devcontainer of a scenario.
fn check_codespaces(repository: &Repository, file: FileId, folder: Option<usize>, sink: &Sink) {
    const PARAMETER: &str = "devcontainer_path=";
    let files = &repository.files;
    let Ok(text) = files.text(file) else { return };
    for (at, _) in text.match_indices(PARAMETER) {
        let start = at + PARAMETER.len();
        let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '&' | '>' | ']');
        let end = text[start..].find(ends).map_or(text.len(), |length| start + length);
        let path = text[start..end].replace("%2F", "/").replace("%2f", "/").replace("%20", " ");
        let span = Span::new(file, start, end);
        let Some(found) = files.find(&path) else {
            let message = format!("there is no `{path}` to open a Codespace with");
            let help = "write the path of the scenario's devcontainer.json";
            sink.push(Diagnostic::new(&WRONG_LINK, span, message).help(help));
            continue;
        };
        let opened = repository.folders.iter().position(|it| it.devcontainer == Some(found));
        let wanted = folder.or_else(|| numbered(repository, line_around(text, at)));
        let (Some(opened), Some(wanted)) = (opened, wanted) else { continue };
        if opened != wanted {
            let (opened, wanted) = (&repository.folders[opened], &repository.folders[wanted]);
            let message = format!("this opens `{}` in place of `{}`", opened.path, wanted.path);
            let right =
                wanted.devcontainer.map_or(Utf8Path::new("its devcontainer.json"), |file| files.path(file));
            let help = format!("write `{}`", right.as_str().replace('/', "%2F"));
            sink.push(Diagnostic::new(&WRONG_LINK, span, message).help(help));
        }
    }
}

fn line_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    &text[start..end]
}

/// The folder of a row of a table that begins with a number.
fn numbered(repository: &Repository, line: &str) -> Option<usize> {
    let first = line.trim_start().strip_prefix('|')?.split('|').next()?;
    let digits = first.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
    let number: u32 = digits.parse().ok()?;
    let mut all = (0..repository.folders.len()).filter(|index| number_of(repository, *index) == Some(number));
    all.next()
}
