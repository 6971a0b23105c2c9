//! Printing what an edit of one scenario changes, and nothing else. What other pages say of a scenario
//! comes from its manifest and from what its page defines, never from its text; so where only that changed,
//! the pages to be printed again are its own, and those of concepts that one of its sections explains.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diag::render::RULES_PAGE;
use crate::diag::{CodeSpec, Sink};
use crate::emit::tree::OutputTree;
use crate::ir::Node;
use crate::model::Course;
use crate::source::Files;

use super::cards::Cards;
use super::concept::page_of_concept;
use super::emit::{
    IsWanted, Printed, ROOT, add_frame, insert_cards, insert_lists, insert_page, lists, pages_after,
    pages_before, picture_of, print_page,
};
use super::graph::ConceptWidths;
use super::page::SitePage;
use super::preview::previews;
use super::scenario::{body_of_scenario, page_of_scenario};
use super::search::shown_texts;
use super::subject::Subject;
use super::theme::{Theme, load_theme};

/// A course site that was emitted, ready to print pages of it again.
pub struct SitePrinter {
    theme: Theme,
    widths: ConceptWidths,
    rules: Vec<&'static CodeSpec>,
}

impl SitePrinter {
    /// A printer for a course whose site was emitted without a fault; `rules` are those of its page of
    /// rules.
    #[must_use]
    pub fn new(course: &Course, files: &Files, rules: Vec<&'static CodeSpec>) -> Option<Self> {
        let theme = load_theme(files, course, &Sink::default())?.without_review(files);
        Some(Self { theme, widths: ConceptWidths::of(course), rules })
    }

    /// The pages that show what stands on the pages of some scenarios, and those of concepts that were or
    /// are explained there. `before` is what was emitted before. `None` if a template cannot be filled in,
    /// which a whole emission reports.
    #[must_use]
    pub fn print_scenarios(
        &self,
        course: &Course,
        files: &Files,
        scenarios: &[usize],
        mut concepts: BTreeSet<usize>,
        before: &OutputTree,
    ) -> Option<OutputTree> {
        let theme = &self.theme;
        concepts.extend(scenarios.iter().flat_map(|&scenario| explained_on(course, scenario)));
        let pages = scenarios.iter().map(|&scenario| page_of_scenario(course, scenario, theme));
        let concepts = concepts.into_iter();
        let concepts = concepts.map(|index| page_of_concept(course, index, files, &self.widths, theme));
        self.print(course, files, pages.chain(concepts).collect(), before, &|| true)
    }

    /// The pages that are no scenario's, but for those that scenarios have no part in: where titles and
    /// summaries of scenarios stand. `None` also once they are not wanted any more.
    #[must_use]
    pub fn print_others(
        &self,
        course: &Course,
        files: &Files,
        before: &OutputTree,
        is_wanted: IsWanted<'_>,
    ) -> Option<OutputTree> {
        let mut pages = pages_before(course, &self.theme);
        pages.extend(pages_after(course, files, &self.theme, None));
        self.print(course, files, pages, before, is_wanted)
    }

    /// The preview picture of a scenario's page, if it had one before. `None` if it cannot be drawn now,
    /// or could not be drawn then.
    #[must_use]
    pub fn print_preview(
        &self,
        course: &Course,
        scenario: usize,
        cards: &Cards,
        before: &OutputTree,
    ) -> Option<OutputTree> {
        let (mut tree, sink) = (OutputTree::default(), Sink::default());
        let page = page_of_scenario(course, scenario, &self.theme);
        let path = picture_of(&page);
        let preview = previews(course, std::slice::from_ref(&page), &self.theme).pop().flatten();
        if preview.is_some() != before.get(format!("{ROOT}/{path}")).is_some() {
            return None;
        }
        if let Some(preview) = preview {
            let picture = (path, self.theme.render_preview(&preview).ok()?);
            insert_cards(&[picture], cards, &self.theme, &mut tree, &sink);
        }
        sink.into_found().is_empty().then_some(tree)
    }

    fn print(
        &self,
        course: &Course,
        files: &Files,
        mut pages: Vec<SitePage>,
        before: &OutputTree,
        is_wanted: IsWanted<'_>,
    ) -> Option<OutputTree> {
        let theme = &self.theme;
        let (mut tree, sink) = (OutputTree::default(), Sink::default());
        let keeper = tree.keeper();
        let print = |page: &mut SitePage| {
            if !is_wanted() {
                return None;
            }
            if !self.rules.is_empty() {
                page.rules = Some(format!("{}{RULES_PAGE}", page.root));
            }
            let has_picture = before.get(format!("{ROOT}/{}", picture_of(page))).is_some();
            add_frame(course, files, has_picture, page, theme);
            if let Subject::Scenario(index) = page.subject {
                page.body = body_of_scenario(course, index, files, theme, None);
            }
            print_page(course, page, &self.rules, theme, &keeper).ok()
        };
        let printed: Option<Vec<Printed>> = pages.par_iter_mut().with_max_len(1).map(print).collect();
        for (page, printed) in pages.iter().zip(printed?) {
            insert_page(page, printed, theme, &mut tree, &sink);
        }
        sink.into_found().is_empty().then_some(tree)
    }

    /// The files that list words and questions of all pages; `None` once they are not wanted any more.
    #[must_use]
    pub fn print_lists(&self, course: &Course, is_wanted: IsWanted<'_>) -> Option<OutputTree> {
        let mut tree = OutputTree::default();
        let lists = lists(course, &tree.keeper(), is_wanted)?;
        // Nothing else is there that their paths could collide with.
        insert_lists(lists, &mut tree, &Sink::default());
        Some(tree)
    }
}

/// What results of the search show of a scenario, and of what is about no scenario.
#[must_use]
pub fn search_texts(course: &Course, scenario: usize) -> [String; 2] {
    shown_texts(course, scenario)
}

/// The concepts that a heading of the scenario's page explains.
#[must_use]
pub fn explained_on(course: &Course, scenario: usize) -> BTreeSet<usize> {
    let written = course.scenarios[scenario].written.as_ref();
    let blocks = written.map(|written| written.blocks.as_slice()).unwrap_or_default();
    let concepts = course.concepts.iter().enumerate();
    let found = concepts.filter(move |(_, concept)| {
        blocks.iter().any(|block| matches!(&block.node, Node::Heading(heading) if heading.id == concept.id))
    });
    found.map(|(index, _)| index).collect()
}
