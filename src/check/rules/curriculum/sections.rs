//! A scenario's page block by block, each with the section that it stands in.

use crate::check::{Checked, Page};
use crate::model::Role;
use crate::source::Span;
use crate::syntax::document::{Block, BlockKind, Directive};

/// A block in its place. Directives come as blocks of their own, before what stands in them.
pub struct Piece<'p> {
    pub block: &'p Block,
    /// The role of the H2 section around it.
    pub role: Option<Role>,
    /// Counts H2 sections; 0 before the first.
    pub section: usize,
    /// Counts H2 and H3 headings.
    pub subsection: usize,
    /// The question around it, the outermost one.
    pub question: Option<&'p Directive>,
    /// The directives around it, from the outermost on.
    pub inside: Vec<&'p str>,
}

impl Piece<'_> {
    /// Whether it stands in a question that is left to the next scenario.
    pub fn is_planted(&self) -> bool {
        self.question.is_some_and(|question| question.attributes.get("planted").is_some())
    }

    /// Whether a directive of this name is around it.
    pub fn is_inside(&self, name: &str) -> bool {
        self.inside.contains(&name)
    }
}

/// The page of a scenario.
pub fn page_of<'p>(checked: &Checked<'p>, scenario: usize) -> Option<&'p Page> {
    checked.page_of(scenario)
}

/// All blocks of a page, in order.
pub fn pieces_of(page: &Page) -> Vec<Piece<'_>> {
    let mut walk = Walk { pieces: Vec::new(), role: None, section: 0, subsection: 0 };
    walk.run(&page.document.blocks, None, &[]);
    walk.pieces
}

/// The parts of a block that are read by themselves: items of a list, rows of a table, else all of it.
pub fn units_of(block: &Block) -> Vec<Span> {
    match &block.kind {
        BlockKind::List(list) => list.items.iter().map(|item| item.span).collect(),
        BlockKind::Table(table) => {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            rows.filter_map(|row| Some(row.first()?.span.to(row.last()?.span))).collect()
        }
        _ => vec![block.span],
    }
}

struct Walk<'p> {
    pieces: Vec<Piece<'p>>,
    role: Option<Role>,
    section: usize,
    subsection: usize,
}

impl<'p> Walk<'p> {
    fn run(&mut self, blocks: &'p [Block], question: Option<&'p Directive>, inside: &[&'p str]) {
        for block in blocks {
            if let BlockKind::Heading { level, attributes, .. } = &block.kind {
                if *level == 2 {
                    self.role = attributes.classes.iter().find_map(|class| Role::from_word(&class.value));
                    self.section += 1;
                }
                self.subsection += usize::from(*level <= 3);
            }
            let (role, section, subsection) = (self.role, self.section, self.subsection);
            self.pieces.push(Piece { block, role, section, subsection, question, inside: inside.to_vec() });
            if let BlockKind::Directive(directive) = &block.kind {
                let is_question = directive.name.value == "question";
                let question = question.or(is_question.then_some(directive));
                let mut inside = inside.to_vec();
                inside.push(directive.name.value.as_str());
                self.run(&directive.children, question, &inside);
            }
        }
    }
}
