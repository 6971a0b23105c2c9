//! `rubric`: how an answer is judged.

use super::context::{Lower, block};
use super::rich::rich_span;
use super::spec::{DirectiveSpec, IdUse};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::STRUCTURE;
use crate::ir::{Block, Node, Rubric};
use crate::source::Span;
use crate::syntax::document::{BlockKind, Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "rubric", body: Body::Required, parents: &[], children: Some(&[]) },
    summary: "What a good answer does: a list of criteria, or a table with levels.",
    notes: "Inside a question it belongs to the question; on a challenge's page it stands alone. A table's first column is the criterion, the others are levels from low to high.",
    id: IdUse::None,
    attributes: &[],
    example: ":::question{#what-next kind=reflection}\nWhat would you look at first next time?\n\n:::rubric\n- names a symptom before a cause\n- says what would prove it wrong\n:::\n:::\n",
};

/// A rubric of a page.
#[must_use]
pub fn lower_alone(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    lower_rubric(lower, directive)
        .map(|rubric| block(span, Node::Rubric(Box::new(rubric))))
        .into_iter()
        .collect()
}

/// The rubric in a directive's body.
#[must_use]
pub fn lower_rubric(lower: &Lower<'_>, directive: &Directive) -> Option<Rubric> {
    let _ = lower.decode(&SPEC, directive);
    for child in &directive.children {
        match &child.kind {
            BlockKind::List(list) => {
                let criteria = list.items.iter().map(|item| rich_span(lower, item.content, &child.links));
                return Some(Rubric::Criteria(criteria.collect()));
            }
            BlockKind::Table(table) => {
                let cells = |cells: &[crate::syntax::document::Cell]| {
                    cells.iter().map(|cell| rich_span(lower, cell.span, &child.links)).collect::<Vec<_>>()
                };
                let rows = table.rows.iter().map(|row| cells(row)).collect();
                return Some(Rubric::Levels { head: cells(&table.head), rows });
            }
            _ => {}
        }
    }
    if !directive.children.is_empty() {
        let message = "a rubric is a list of criteria or a table with levels";
        lower.sink.push(
            Diagnostic::new(&STRUCTURE, directive.opener, message)
                .help("write `- names …` lines, or a table: criterion, then levels from low to high"),
        );
    }
    None
}
