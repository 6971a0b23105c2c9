//! What other parts of a course know of a scenario's page. While it stays the same, an edit of the page
//! changes what is emitted and found of that scenario alone.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::check::Page;
use crate::emit::print::gfm::anchors_of;
use crate::emit::print::html::scenario_page;
use crate::emit::tree::OutputTree;
use crate::ir::{Node, each_block};
use crate::model::{Course, Locals, Scenario, Written};
use crate::syntax::html::for_each_attribute;

/// The interface of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct PageInterface {
    /// What references can name, in words, and which headings there are.
    defined: String,
    /// Pictures, which rules measure.
    assets: Vec<String>,
    /// Regions of code that the page quotes: one that nobody quotes is a finding of its own.
    quoted: BTreeSet<(String, String)>,
    /// Places of the emitted pages that links can lead to.
    anchors: [BTreeSet<String>; 2],
}

impl PageInterface {
    /// Whether the page shows other files than before: rules and outputs follow those.
    #[must_use]
    pub fn uses_other_files(&self, before: &Self) -> bool {
        self.assets != before.assets || self.quoted != before.quoted
    }

    /// The interface of a scenario's page as it was emitted.
    #[must_use]
    pub fn of(course: &Course, page: &Page, scenario: usize, tree: &OutputTree) -> Option<Self> {
        let found = &course.scenarios[scenario];
        let written = found.written.as_ref()?;
        let assets = written.assets.iter().map(|(name, file)| format!("{name} {file:?}"));
        Some(Self {
            defined: defined(&found.locals, written),
            assets: assets.collect(),
            quoted: quoted(page),
            anchors: anchors(found, tree),
        })
    }
}

/// Everything that has a name or a number on the page, line by line, without places.
fn defined(locals: &Locals, written: &Written) -> String {
    let mut out = String::new();
    let mut line = |words: std::fmt::Arguments<'_>| {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{words}");
    };
    for it in &locals.steps {
        line(format_args!("step {} {:?} {:?} {:?} {:?}", it.id, it.number, it.title, it.role, it.was));
    }
    for it in &locals.questions {
        line(format_args!("question {} {} {} {:?}", it.id, it.number, it.section, it.was));
    }
    for it in &locals.options {
        line(format_args!("option {} {} {}", it.id, it.letter, it.section));
    }
    for it in &locals.figures {
        line(format_args!("figure {} {} {}", it.id, it.number, it.section));
    }
    for it in &written.fixes {
        line(format_args!("fix {} {} {:?} {}", it.id, it.label, it.title, it.kept));
    }
    each_block(&written.blocks, &mut |block| {
        if let Node::Heading(it) = &block.node {
            line(format_args!("heading {} {} {} {:?}", it.level, it.id, it.prefix, it.text));
        }
    });
    out
}

fn quoted(page: &Page) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    page.for_each_quoted_region(|file, region| {
        found.insert((file.to_owned(), region.to_owned()));
    });
    found
}

/// The places that links can lead to in a scenario's pages, in the monorepo and on the site.
fn anchors(scenario: &Scenario, tree: &OutputTree) -> [BTreeSet<String>; 2] {
    let markdown = tree.text(format!("dist/monorepo/{}/SCENARIO.md", scenario.folder));
    let html = tree.text(format!("dist/site/{}index.html", scenario_page(&scenario.id)));
    let ids = |html: &str| {
        let mut found = BTreeSet::new();
        for_each_attribute(html, |it| {
            if it.is_anchor() {
                found.insert(it.value().into_owned());
            }
        });
        found
    };
    [
        markdown.map(|text| anchors_of(&text)).unwrap_or_default(),
        html.map(|html| ids(&html)).unwrap_or_default(),
    ]
}
