//! Ways through a repository that several comparisons take: its pages, its entries, its numbers.

use crate::adopt::{Entry, Folder, Page, Part, PartKind, Question, Repository};

/// A scenario with a page.
#[derive(Clone, Copy)]
pub struct Scenario<'r> {
    /// Index in [`Repository::folders`].
    pub index: usize,
    pub folder: &'r Folder,
    pub page: &'r Page,
}

/// The scenarios that have a page, in order.
pub fn scenarios(repository: &Repository) -> impl Iterator<Item = Scenario<'_>> {
    let folders = repository.folders.iter().enumerate();
    folders.filter_map(|(index, folder)| Some(Scenario { index, folder, page: folder.page.as_ref()? }))
}

/// Every entry of the curriculum, in order.
pub fn entries(repository: &Repository) -> impl Iterator<Item = &Entry> {
    repository.curriculum.groups.iter().flat_map(|group| &group.entries)
}

/// The entry that lists a folder.
pub fn entry_of(repository: &Repository, folder: usize) -> Option<&Entry> {
    entries(repository).find(|entry| entry.folder == Some(folder))
}

/// The number of a scenario: what the curriculum says, else its title, else its folder's name.
pub fn number_of(repository: &Repository, folder: usize) -> Option<u32> {
    let listed = entry_of(repository, folder).and_then(|entry| entry.number).map(|number| number.value);
    let place = repository.folders.get(folder)?;
    let titled = place.page.as_ref().and_then(|page| page.number).map(|number| number.value);
    listed.or(titled).or(place.number)
}

/// The questions of a page, in order.
pub fn questions(page: &Page) -> impl Iterator<Item = &Question> {
    page.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Question(question) => Some(question),
        _ => None,
    })
}

/// Whether a part weighs possibilities, or says what only those read who are stuck.
pub fn is_weighing(part: &Part) -> bool {
    matches!(
        part.kind,
        PartKind::Options(_) | PartKind::Hint { .. } | PartKind::Stuck { .. } | PartKind::Faq { .. }
    )
}
