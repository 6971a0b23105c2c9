//! The place of findings about an entry or a group of the curriculum: not the whole of it, but the words
//! that say what is wrong.

use crate::adopt::{Entry, Group, Repository};
use crate::diag::Diagnostic;
use crate::source::Span;

/// Points at the list of concepts of an entry, or at the name of a group.
pub fn point(finding: &mut Diagnostic, repository: &Repository) {
    match finding.spec.code {
        "curriculum/too-many-new-concepts" => {
            let entry = entry_at(repository, finding.span);
            let list = entry.and_then(|entry| Some((entry.concepts.first()?, entry.concepts.last()?)));
            if let Some((first, last)) = list {
                finding.span = first.span.to(last.span);
            }
        }
        "curriculum/tier-out-of-order" => {
            let named = |group: &&Group| finding.message.contains(&format!("\"{}\"", group.name.value));
            if let Some(group) = repository.curriculum.groups.iter().find(named) {
                finding.span = group.tier.as_ref().unwrap_or(&group.name).span;
            }
        }
        _ => {}
    }
}

fn entry_at(repository: &Repository, span: Span) -> Option<&Entry> {
    let mut entries = repository.curriculum.groups.iter().flat_map(|group| &group.entries);
    entries.find(|entry| {
        entry.span.file == span.file && entry.span.start <= span.start && span.start < entry.span.end
    })
}
