//! `adopt/level-differs`.

use super::course::scenarios;
use super::fields;
use super::text::words;
use crate::adopt::{Group, Repository};
use crate::diag::catalog::adopt::LEVEL_DIFFERS;
use crate::diag::{Diagnostic, Sink};

/// Compares the level that a page names with the part of the curriculum that it is in.
pub fn check(repository: &Repository, sink: &Sink) {
    let groups = &repository.curriculum.groups;
    for scenario in scenarios(repository) {
        let has = |group: &&Group| group.entries.iter().any(|it| it.folder == Some(scenario.index));
        let (Some(own), Some(field)) = (groups.iter().find(has), fields::level(scenario.page)) else {
            continue;
        };
        let level = words(&field.value.value);
        // A page may have words of its own for it; only the name of another part is wrong.
        let names = |group: &Group| tier_of(group).is_some_and(|tier| level.contains(&tier));
        let other = groups.iter().find(|group| names(group) && tier_of(group) != tier_of(own));
        if let Some(other) = other.filter(|_| !names(own)) {
            let message =
                format!("the page says \"{}\", and is in the part \"{}\"", field.value.value, own.name.value);
            let finding = Diagnostic::new(&LEVEL_DIFFERS, field.value.span, message)
                .also(own.name.span, "its part")
                .also(other.name.span, "the part that it names");
            sink.push(finding.help("name the part that the scenario is in, or move it"));
        }
    }
}

fn tier_of(group: &Group) -> Option<String> {
    let named = group.tier.as_ref().map_or(&group.name.value, |tier| &tier.value);
    Some(words(named)).filter(|name| !name.is_empty())
}
