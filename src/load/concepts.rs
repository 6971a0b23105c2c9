//! The concept registry, and lists of concept ids resolved against it.

use std::collections::BTreeMap;

use crate::diag::catalog::manifest::DUPLICATE_ID;
use crate::diag::catalog::reference::{CYCLIC_REFERENCE, UNKNOWN_CONCEPT};
use crate::diag::{Diagnostic, Sink};
use crate::ir::RichText;
use crate::manifest::concepts as declared;
use crate::model::Concept;
use crate::source::Span;
use crate::syntax::yaml::{Id, closest};

/// Ids of concepts, for look-ups.
pub struct ConceptIds {
    by_id: BTreeMap<String, usize>,
    /// The registry could not be read, which was reported: nothing is known to be missing.
    is_broken: bool,
}

impl ConceptIds {
    /// Those of a course that was loaded.
    pub fn of(concepts: &[Concept]) -> Self {
        let by_id = concepts.iter().enumerate().map(|(at, concept)| (concept.id.clone(), at));
        Self { by_id: by_id.collect(), is_broken: false }
    }

    /// The indices of concepts; unknown ones are reported.
    pub fn resolve(&self, ids: &[Id], sink: &Sink) -> Vec<usize> {
        ids.iter().filter_map(|id| self.find(id, sink)).collect()
    }

    fn find(&self, id: &Id, sink: &Sink) -> Option<usize> {
        let found = self.by_id.get(id.as_str()).copied();
        if found.is_none() && !self.is_broken {
            let message = format!("there is no concept `{id}`");
            let help = closest(id.as_str(), self.by_id.keys().map(String::as_str)).map_or_else(
                || format!("add it to `content/concepts.yml`: `- id: {id}`"),
                |near| format!("did you mean `{near}`?"),
            );
            sink.push(Diagnostic::new(&UNKNOWN_CONCEPT, id.span, message).help(help));
        }
        found
    }
}

/// The concepts without their summaries' references and without the scenarios they occur in.
pub fn load_concepts(
    concepts: &[declared::Concept],
    is_broken: bool,
    sink: &Sink,
) -> (Vec<Concept>, ConceptIds) {
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<&declared::Concept> = Vec::new();
    for concept in concepts {
        if let Some(first) = by_id.get(concept.id.as_str()) {
            let first: Span = kept[*first].id.span;
            let message = format!("the concept `{}` is defined twice", concept.id);
            let finding = Diagnostic::new(&DUPLICATE_ID, concept.id.span, message);
            sink.push(finding.also(first, "first here").help("keep one of the two"));
            continue;
        }
        by_id.insert(concept.id.text.clone(), kept.len());
        kept.push(concept);
    }
    let ids = ConceptIds { by_id, is_broken };
    let resolved: Vec<Concept> = kept
        .iter()
        .map(|concept| Concept {
            id: concept.id.text.clone(),
            name: concept.name.value.clone(),
            summary: RichText::default(),
            terms: concept.terms.iter().map(|term| term.value.clone()).collect(),
            requires: ids.resolve(&concept.requires, sink),
            introduced_in: Vec::new(),
            deepened_in: Vec::new(),
            used_in: Vec::new(),
            was: concept.was.iter().map(|id| id.text.clone()).collect(),
            span: concept.id.span,
        })
        .collect();
    report_cycles(&resolved, sink);
    (resolved, ids)
}

fn report_cycles(concepts: &[Concept], sink: &Sink) {
    for start in 0..concepts.len() {
        let mut open = concepts[start].requires.clone();
        let mut seen = vec![false; concepts.len()];
        while let Some(next) = open.pop() {
            if next == start {
                let message = format!("the concept `{}` requires itself", concepts[start].id);
                let finding = Diagnostic::new(&CYCLIC_REFERENCE, concepts[start].span, message);
                sink.push(finding.help("take one of the `requires` in the circle away"));
                break;
            }
            if !std::mem::replace(&mut seen[next], true) {
                open.extend(&concepts[next].requires);
            }
        }
    }
}

/// Notes in which scenarios each concept occurs.
pub fn note_uses(concepts: &mut [Concept], scenarios: &[crate::model::Scenario]) {
    for (index, scenario) in scenarios.iter().enumerate() {
        for &concept in &scenario.introduces {
            concepts[concept].introduced_in.push(index);
        }
        for &concept in &scenario.deepens {
            concepts[concept].deepened_in.push(index);
        }
        for &concept in &scenario.uses {
            concepts[concept].used_in.push(index);
        }
    }
}
