//! All running text of a project: pages, what learners read of manifests, the words of pictures, and
//! comments in the code that learners get.

use std::sync::Arc;

use rayon::prelude::*;

use crate::check::Checked;
use crate::check::prose::{
    Prose, comments_of_code, prose_of_manifest, prose_of_page, titles_of_manifest, words_of_picture,
};
use crate::source::{FileId, Span};

struct Texts(Vec<Arc<[Prose]>>);

/// Calls `visit` for each text, on all cores. They are collected once for all rules.
pub fn for_each_text(checked: &Checked<'_>, visit: impl Fn(&Prose) + Sync) {
    let texts = texts(checked);
    texts.0.par_iter().with_max_len(1).for_each(|texts| texts.iter().for_each(&visit));
}

/// Collects them before the first rule asks.
pub fn prepare(checked: &Checked<'_>) {
    let _ = texts(checked);
}

fn texts(checked: &Checked<'_>) -> Arc<Texts> {
    checked.shared.get(|| Texts(collect(checked)))
}

fn collect(checked: &Checked<'_>) -> Vec<Arc<[Prose]>> {
    let files = checked.files;
    let manifests = checked.sources_with("yml").filter(|file| is_manifest(checked, *file));
    let (manifests, pictures) =
        (manifests.collect::<Vec<_>>(), checked.sources_with("svg").collect::<Vec<_>>());
    let code: Vec<FileId> = learners_code(checked).collect();
    let of_manifest =
        |file: FileId| [prose_of_manifest(checked, file), titles_of_manifest(files, file).into()];
    let texts = checked.pages.par_iter().with_max_len(1).map(|page| prose_of_page(checked, page));
    let texts = texts.chain(manifests.into_par_iter().flat_map_iter(of_manifest));
    let texts = texts.chain(pictures.into_par_iter().map(|file| words_of_picture(files, file).into()));
    let texts = texts.chain(code.into_par_iter().map(|file| comments_of_code(files, file).into()));
    texts.collect()
}

/// Whether a YAML file holds texts of the course: data of scenarios and recorded runs do not.
fn is_manifest(checked: &Checked<'_>, file: FileId) -> bool {
    let path = checked.files.path(file);
    let is_of_course = path.components().count() <= 3;
    is_of_course || path.file_name() == Some("scenario.yml") || path.starts_with("content/tutorials")
}

/// Files of `app/` and `solution/`.
fn learners_code<'a>(checked: &Checked<'a>) -> impl Iterator<Item = FileId> + 'a {
    let own = checked.sources().into_iter();
    let learners = own.filter(|(_, entry)| {
        let mut parts = entry.path.components().map(|part| part.as_str()).skip(3);
        let is_code = !matches!(entry.path.extension(), Some("svg" | "md" | "json"));
        entry.path.starts_with("content/scenarios")
            && matches!(parts.next(), Some("app" | "solution"))
            && is_code
    });
    learners.map(|(file, _)| file)
}

/// Whether a place stands in a quotation of its paragraph, or in a block quote: somebody else is
/// speaking there.
pub fn is_quoted(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(FAR))..at];
    let after = &text[at..text.floor_char_boundary(at.saturating_add(FAR).min(text.len()))];
    let paragraph = before.rfind("\n\n").map_or(before, |blank| &before[blank + 2..]);
    let line = before.rfind('\n').map_or(before, |newline| &before[newline + 1..]);
    let straight = paragraph.matches('"').count() % 2 == 1;
    let opened = paragraph.matches('\u{201C}').count();
    let closed = paragraph.matches('\u{201D}').count();
    line.trim_start().starts_with('>') || (straight && after.contains('"')) || opened > closed
}

/// How far quotation marks are looked for: farther than people quote.
const FAR: usize = 2_000;

/// Whether the words from `start` to `end` are running text.
pub fn is_plain(prose: &Prose, start: usize, end: usize) -> bool {
    !prose.is_passed_over(start) && end.checked_sub(1).is_none_or(|last| !prose.is_passed_over(last))
}

/// A place of a text as a place of its file.
pub fn place(prose: &Prose, start: usize, end: usize) -> Span {
    prose.span.sub(start, end)
}
