//! The anchors that GitHub gives to headings.

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};

use super::context::{GfmContext, Page};
use super::markdown::{github_options, plain_text, text_below};
use super::reference::print_inline;
use super::scenario::heading_title;
use crate::ir::{Block, Node, Output};
use crate::model::{Course, Viewpoint};
use crate::syntax::html::for_each_attribute;

/// Hands out the anchors of one file's headings, in the order of the headings.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: BTreeMap<String, usize>,
}

impl Anchors {
    /// The anchor of the next heading, given its Markdown. A repeated one gets `-1`, `-2`, ….
    pub fn next(&mut self, heading: &str) -> String {
        self.take(&slug(&plain_text(heading)))
    }

    fn take(&mut self, slug: &str) -> String {
        let mut anchor = slug.to_owned();
        let mut count = self.taken.get(slug).copied().unwrap_or(0);
        while self.taken.contains_key(&anchor) {
            count += 1;
            anchor = format!("{slug}-{count}");
        }
        self.taken.insert(slug.to_owned(), count);
        self.taken.entry(anchor.clone()).or_insert(0);
        anchor
    }
}

/// All anchors that GitHub gives to a Markdown file: those of its headings, and those that raw HTML in
/// it sets.
#[must_use]
pub fn anchors_of(markdown: &str) -> BTreeSet<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &github_options());
    let mut anchors = Anchors::default();
    let mut found = BTreeSet::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Heading(_) => {
                found.insert(anchors.take(&slug(&text_below(node))));
            }
            NodeValue::HtmlBlock(html) => found.extend(set_by(&html.literal)),
            NodeValue::HtmlInline(html) => found.extend(set_by(html)),
            _ => {}
        }
    }
    found
}

fn set_by(html: &str) -> Vec<String> {
    let mut set = Vec::new();
    for_each_attribute(html, |it| {
        if it.is_anchor() {
            set.push(it.value().into_owned());
        }
    });
    set
}

/// GitHub's rule: lower case; letters, marks, digits, hyphens, underscores and spaces stay; spaces
/// become hyphens.
fn slug(text: &str) -> String {
    let kept = |c: &char| c.is_alphabetic() || c.is_ascii_digit() || is_mark(*c) || "-_ ".contains(*c);
    text.trim().to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Combining marks. Those behind a pictogram (`🏎️`) stay although the pictogram goes.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}')
}

/// The anchor of a heading in the SCENARIO.md of a scenario.
#[must_use]
pub fn heading_anchor(course: &Course, scenario: usize, id: &str) -> Option<String> {
    let written = course.scenarios.get(scenario)?.written.as_ref()?;
    let cx = GfmContext::new(course, Page::Data(Viewpoint::Scenario(scenario)), false);
    let mut anchors = Anchors::default();
    anchors.next(&heading_title(course, scenario));
    find_heading(&written.blocks, id, &cx, &mut anchors)
}

/// Goes through the headings in the order in which they are printed.
fn find_heading(blocks: &[Block], id: &str, cx: &GfmContext<'_>, anchors: &mut Anchors) -> Option<String> {
    blocks.iter().find_map(|block| match &block.node {
        Node::Heading(heading) => {
            let anchor = anchors.next(&format!("{}{}", heading.prefix, print_inline(&heading.text, cx)));
            (heading.id == id).then_some(anchor)
        }
        Node::Question(question) => {
            let answer = if question.answer_inline { question.answer.as_slice() } else { &[] };
            find_heading(&question.prompt, id, cx, anchors).or_else(|| find_heading(answer, id, cx, anchors))
        }
        Node::Options(options) => find_heading(&options.body, id, cx, anchors),
        Node::Disclosure(disclosure) => find_heading(&disclosure.body, id, cx, anchors),
        Node::Change(change) => find_heading(&change.body, id, cx, anchors),
        Node::Quote(quote) => find_heading(&quote.body, id, cx, anchors),
        Node::Only { output: Output::Monorepo, body } => find_heading(body, id, cx, anchors),
        Node::Only { output: Output::Site, .. }
        | Node::Prose(_)
        | Node::Figure(_)
        | Node::Code(_)
        | Node::Table(_)
        | Node::Files(_)
        | Node::Rubric(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(headings: &[&str]) -> Vec<String> {
        let mut anchors = Anchors::default();
        headings.iter().map(|heading| anchors.next(heading)).collect()
    }

    #[test]
    fn punctuation_goes_and_each_space_becomes_a_hyphen() {
        assert_eq!(anchors(&["Step 1 — Reproduce the failure"]), ["step-1--reproduce-the-failure"]);
        assert_eq!(anchors(&["Fix 1: One pool, for `query()`!"]), ["fix-1-one-pool-for-query"]);
        assert_eq!(anchors(&["snake_case & kebab-case"]), ["snake_case--kebab-case"]);
        assert_eq!(anchors(&["Größe ÄÖÜ 10²"]), ["größe-äöü-10"]);
    }

    #[test]
    fn markup_is_not_part_of_an_anchor() {
        assert_eq!(anchors(&["A **bold** [link](https://example.org/x)"]), ["a-bold-link"]);
        assert_eq!(anchors(&["🐛 Crawling"]), ["-crawling"]);
        assert_eq!(anchors(&["🏎️ Sprinting"]), ["\u{FE0F}-sprinting"]);
    }

    #[test]
    fn the_anchors_of_a_file_are_those_of_its_headings() {
        let text = "# A *b*\n\n## C\n\n> ## C\n\nD\n---\n\n```md\n# E\n```\n\n<a name=\"f\"></a> <p id=g>\n";
        let found = anchors_of(text).into_iter().collect::<Vec<_>>();
        assert_eq!(found, ["a-b", "c", "c-1", "d", "f", "g"]);
    }

    #[test]
    fn repeated_headings_are_counted() {
        assert_eq!(anchors(&["Next", "next", "Next!"]), ["next", "next-1", "next-2"]);
        assert_eq!(anchors(&["Next", "Next 1", "Next"]), ["next", "next-1", "next-2"]);
    }
}
