//! What scenarist.yml says, as far as a source tree has a place for it.

use super::report::Report;
use crate::adopt::Repository;
use crate::manifest::repository::Concept;
use crate::source::{FileId, Span, Spanned};

/// What the settings say. Order, tiers and what scenarios teach are in the repository's curriculum.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub title: Option<Spanned<String>>,
    pub repository: Option<Spanned<String>>,
    pub concepts: Vec<Concept>,
    /// The lines of the block `lint:`.
    pub lint: Option<Span>,
}

impl Stated {
    /// What cannot be read is reported.
    pub(super) fn read(repository: &Repository, report: &mut Report) -> Self {
        let Some(settings) = &repository.settings else { return Self::default() };
        for fault in &settings.faults {
            report.unclear(fault.span, "scenarist.yml", fault.message.clone());
        }
        let lint = lint_block(repository, settings.file);
        let Some(said) = settings.said.clone() else { return Self { lint, ..Self::default() } };
        Self { title: said.title, repository: said.repository, concepts: said.concepts, lint }
    }

    /// What is said about the concept with this name.
    pub(super) fn concept(&self, name: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| super::ids::slug(&concept.name.value) == super::ids::slug(name))
    }
}

/// The whole lines from `lint:` to the next key, so that every place in them stays exact.
fn lint_block(repository: &Repository, file: FileId) -> Option<Span> {
    let text = repository.files.text(file).ok()?;
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inside = line.starts_with([' ', '\t', '#', '-']) || line.trim().is_empty();
        match start {
            None if line.starts_with("lint:") => start = Some(at),
            Some(from) if !inside => return Some(Span::new(file, from, at)),
            _ => {}
        }
        at += line.len();
    }
    start.map(|from| Span::new(file, from, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adopt::read_repository;
    use crate::source::Files;

    #[test]
    fn the_lint_block_is_taken_whole() {
        let text = "order: [b, a]\nlint:\n  levels:\n    prose: off\n\n# more\nconcepts: []\n";
        let mut files = Files::default();
        files.add_text("scenarist.yml", text);
        let repository = read_repository(files);
        let stated = Stated::read(&repository, &mut Report::default());
        let block = stated.lint.map(|span| repository.files.slice(span));
        assert_eq!(block, Some("lint:\n  levels:\n    prose: off\n\n# more\n"));
    }
}
