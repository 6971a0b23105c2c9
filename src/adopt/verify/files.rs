//! The learner's folder before and after, byte for byte.

use camino::Utf8Path;

use super::difference::{Built, Difference, DifferenceKind};
use crate::adopt::{Folder, Repository};
use crate::source::{FileId, Span};

pub(super) fn compare_folders(
    repository: &Repository,
    folder: &Folder,
    built: &Built<'_>,
    found: &mut Vec<Difference>,
) {
    let files = &repository.files;
    let twins = folder.twins.iter().map(|twin| twin.commented);
    for file in folder.app.iter().copied().chain(twins) {
        let path = files.path(file);
        let Ok(inside) = path.strip_prefix(&folder.path) else { continue };
        let bytes = files.bytes(file);
        if built.bytes(inside).is_some_and(|built| *built == *bytes) {
            continue;
        }
        let is_picture = built.below("assets").any(|other| *other == *bytes);
        let kind = if is_picture { DifferenceKind::Moved } else { DifferenceKind::Lost };
        push(file, inside, kind, built.bytes(inside).is_some(), found);
    }
    for solution in &folder.solution {
        let path = files.path(solution.file);
        let Ok(inside) = path.strip_prefix(&folder.path) else { continue };
        let bytes = files.bytes(solution.file);
        if built.bytes(inside).is_some_and(|built| *built == *bytes) {
            continue;
        }
        // A compose file gets a remark in front.
        let is_there = built.below("solution").any(|other| *other == *bytes || other.ends_with(bytes));
        let unchanged = built.below("").any(|other| *other == *bytes);
        let kind = if is_there || unchanged { DifferenceKind::Moved } else { DifferenceKind::Lost };
        push(solution.file, inside, kind, false, found);
    }
}

fn push(file: FileId, inside: &Utf8Path, kind: DifferenceKind, is_there: bool, found: &mut Vec<Difference>) {
    let what = match kind {
        DifferenceKind::Lost if is_there => format!("the file `{inside}` has other bytes"),
        _ => format!("the file `{inside}`"),
    };
    found.push(Difference { kind, span: Span::file_start(file), what });
}
