//! A page as its learner reads it: one event after the other, each with the section it stands in
//! and with what it is part of.

use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::{Checked, Page};
use crate::diag::Sink;
use crate::directive::page_ids::heading_id;
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::{Kind as ScenarioKind, Status};
use crate::model::{Role, Scenario, Written};
use crate::source::{Files, Span};
use crate::syntax::attributes::Attributes;
use crate::syntax::document::{Block, BlockKind, Directive};
use crate::syntax::yaml::{Node, parse_yaml};

use super::text::is_gap;

/// How deep snippets may splice snippets; cycles were reported when the page was read.
const MAX_SNIPPETS: usize = 8;

/// What a learner meets.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'a> {
    Heading {
        level: u8,
        text: Span,
    },
    /// A paragraph, a list, a quote, a table.
    Prose,
    Figure {
        alt: Span,
        destination: &'a str,
    },
    Fence {
        language: &'a str,
        attributes: &'a Attributes,
        body: Span,
    },
    Question(&'a Directive),
    Options(&'a Directive),
    Hint(&'a Directive),
    Change(&'a Directive),
    Loadtest(&'a Directive),
    Results(&'a Directive),
}

/// One thing on a page, in its place.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    pub kind: Kind<'a>,
    pub block: &'a Block,
    /// Counts H2 sections; what stands above the first is in section 0.
    pub section: usize,
    pub role: Option<Role>,
    /// The fix, by index, whose H3 this stands under.
    pub fix: Option<usize>,
    /// What it is part of.
    pub part: Part,
}

/// What an event is part of: indices of events.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    pub question: Option<usize>,
    pub options: Option<usize>,
    pub hint: bool,
    /// Part of an answer that is kept apart, or of a rubric.
    pub hidden: bool,
}

/// A page as a run of events.
pub struct Reading<'a> {
    pub events: Vec<Event<'a>>,
}

/// The page of an exercise.
pub struct ExercisePage<'a> {
    /// Index in `Course::scenarios`.
    pub index: usize,
    pub scenario: &'a Scenario,
    pub written: &'a Written,
    pub scaffolding: Scaffolding,
    pub reading: Reading<'a>,
}

impl ExercisePage<'_> {
    /// Whether the page still has gaps that `scenarist new` left.
    pub fn is_unfinished(&self, files: &Files) -> bool {
        self.written.page.is_some_and(|page| files.text(page).is_ok_and(is_gap))
    }
}

impl<'a> Deref for ExercisePage<'a> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        &self.reading
    }
}

/// A question as written.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Its event.
    pub at: usize,
    pub directive: &'a Directive,
}

/// The page of every exercise that is written, each read when its turn comes: all of them at once would
/// take as much memory as the pages themselves.
pub fn exercise_pages<'c, 'a>(
    checked: &'c Checked<'a>,
) -> impl Iterator<Item = ExercisePage<'a>> + use<'c, 'a> {
    pages_of(checked, |scenario| {
        scenario.kind == ScenarioKind::Exercise && scenario.status != Status::Planned
    })
}

/// The page of every scenario that has one, of whatever kind.
pub fn scenario_pages<'c, 'a>(
    checked: &'c Checked<'a>,
) -> impl Iterator<Item = ExercisePage<'a>> + use<'c, 'a> {
    pages_of(checked, |_| true)
}

fn pages_of<'c, 'a>(
    checked: &'c Checked<'a>,
    is_meant: fn(&Scenario) -> bool,
) -> impl Iterator<Item = ExercisePage<'a>> + use<'c, 'a> {
    checked.pages.iter().filter_map(move |page| {
        let index = page.scenario()?;
        let scenario = &checked.course.scenarios[index];
        let written = scenario.written.as_ref().filter(|_| is_meant(scenario))?;
        let tier = checked.course.tier_of(index);
        let scaffolding = tier.map_or(Scaffolding::High, |tier| tier.scaffolding);
        let reading = read(checked, page, Some(written));
        Some(ExercisePage { index, scenario, written, scaffolding, reading })
    })
}

/// Calls `visit` with every page, snippets each by itself, on all cores.
pub fn for_each_page<'a>(checked: &Checked<'a>, visit: impl Fn(Reading<'a>) + Sync) {
    checked.pages.par_iter().with_max_len(1).for_each(|page| visit(read(checked, page, None)));
}

fn read<'a>(checked: &Checked<'a>, page: &'a Page, written: Option<&'a Written>) -> Reading<'a> {
    let events = Vec::with_capacity(page.document.blocks.len() * 2);
    let mut reader = Reader { checked, written, events, place: Place::default(), snippets: 0 };
    reader.blocks(&page.document.blocks, Part::default());
    Reading { events: reader.events }
}

#[derive(Default)]
struct Place {
    section: usize,
    role: Option<Role>,
    fix: Option<usize>,
}

struct Reader<'r, 'a> {
    checked: &'r Checked<'a>,
    /// Of an exercise: its snippets are spliced and its fixes known.
    written: Option<&'a Written>,
    events: Vec<Event<'a>>,
    place: Place,
    snippets: usize,
}

impl<'a> Reader<'_, 'a> {
    fn blocks(&mut self, blocks: &'a [Block], part: Part) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, text, attributes } => {
                    self.enter(*level, *text, attributes);
                    self.push(Kind::Heading { level: *level, text: *text }, block, part);
                }
                BlockKind::Directive(directive) => self.directive(directive, block, part),
                BlockKind::Fence { language, attributes, body } => {
                    self.push(
                        Kind::Fence { language: &language.value, attributes, body: *body },
                        block,
                        part,
                    );
                }
                BlockKind::Figure(figure) => {
                    let kind = Kind::Figure { alt: figure.alt, destination: &figure.destination.value };
                    self.push(kind, block, part);
                }
                BlockKind::Table(_) | BlockKind::List(_) | BlockKind::Prose { .. } => {
                    self.push(Kind::Prose, block, part);
                }
                BlockKind::Comment { .. } | BlockKind::Definition => {}
            }
        }
    }

    fn push(&mut self, kind: Kind<'a>, block: &'a Block, part: Part) {
        let Place { section, role, fix } = self.place;
        self.events.push(Event { kind, block, section, role, fix, part });
    }

    fn enter(&mut self, level: u8, text: Span, attributes: &Attributes) {
        if level <= 2 {
            let role = attributes.classes.iter().find_map(|class| Role::from_word(&class.value));
            self.place = Place { section: self.place.section + 1, role, fix: None };
        } else if level == 3 {
            let id = heading_id(self.checked.files.slice(text), attributes);
            let fixes = self.written.map_or(&[][..], |written| &written.fixes);
            let is_fix = self.place.role == Some(Role::Fix);
            self.place.fix = fixes.iter().position(|fix| is_fix && fix.id == id);
        }
    }

    fn directive(&mut self, directive: &'a Directive, block: &'a Block, part: Part) {
        let at = self.events.len();
        let (kind, inside) = match directive.name.value.as_str() {
            "question" => (Some(Kind::Question(directive)), Part { question: Some(at), ..part }),
            "options" => (Some(Kind::Options(directive)), Part { options: Some(at), ..part }),
            "hint" => (Some(Kind::Hint(directive)), Part { hint: true, ..part }),
            "change" => (Some(Kind::Change(directive)), part),
            "loadtest" => (Some(Kind::Loadtest(directive)), part),
            "results" => (Some(Kind::Results(directive)), part),
            "answer" => (None, Part { hidden: directive.attributes.get("show").is_none(), ..part }),
            "rubric" => (None, Part { hidden: part.question.is_some(), ..part }),
            "include" => return self.include(directive, part),
            _ => (None, part),
        };
        if let Some(kind) = kind {
            self.push(kind, block, part);
        }
        self.blocks(&directive.children, inside);
    }

    fn include(&mut self, directive: &Directive, part: Part) {
        let Some(id) = directive.attributes.get("snippet") else { return };
        if self.written.is_none() || self.snippets >= MAX_SNIPPETS {
            return;
        }
        let ending = format!("snippets/{}.md", id.value);
        let path = |page: &Page| self.checked.files.path(page.file);
        let is_named = |page: &&Page| path(page).as_str().ends_with(&format!("/{ending}"));
        let pages = self.checked.all_pages;
        let own = pages.iter().filter(is_named).find(|page| path(page).starts_with("content"));
        if let Some(page) = own.or_else(|| pages.iter().find(is_named)) {
            self.snippets += 1;
            self.blocks(&page.document.blocks, part);
            self.snippets -= 1;
        }
    }
}

impl<'a> Reading<'a> {
    /// The questions, with the index of their event.
    pub fn questions(&self) -> impl Iterator<Item = Question<'a>> + '_ {
        self.events.iter().enumerate().filter_map(|(at, event)| match event.kind {
            Kind::Question(directive) => Some(Question { at, directive }),
            _ => None,
        })
    }

    /// The words of the first heading of a level with this role, or of the last.
    pub fn heading_with(&self, role: Role, last: bool) -> Option<Span> {
        let mut headings = self.events.iter().filter_map(|event| match event.kind {
            Kind::Heading { level: 2, text } if event.role == Some(role) => Some(text),
            _ => None,
        });
        if last { headings.next_back() } else { headings.next() }
    }

    /// The heading of the last step, else of the last section: where something is missing at the end.
    pub fn last_heading(&self) -> Option<Span> {
        let headings = || {
            self.events.iter().rev().filter_map(|event| match event.kind {
                Kind::Heading { level: 2, text } => Some((event.role, text)),
                _ => None,
            })
        };
        let step = headings().find(|(role, _)| role.is_some_and(Role::is_step));
        step.or_else(|| headings().next()).map(|(_, text)| text)
    }

    /// The words of a fix's heading, and the indices of the events below it.
    pub fn fix(&self, fix: usize) -> Option<(Span, Vec<usize>)> {
        let below = (0..self.events.len()).filter(|at| self.events[*at].fix == Some(fix));
        let at: Vec<usize> = below.collect();
        match self.events.get(*at.first()?)?.kind {
            Kind::Heading { text, .. } => Some((text, at)),
            _ => None,
        }
    }
}

impl<'a> Question<'a> {
    /// Its kind's word.
    pub fn kind(&self) -> &'a str {
        self.directive.attributes.get("kind").map_or("", |kind| kind.value.as_str())
    }

    /// Where its kind stands, else its opening line.
    pub fn kind_span(&self) -> Span {
        self.directive.attributes.get("kind").map_or(self.directive.opener, |kind| kind.span)
    }

    /// Whether the next scenario answers it.
    pub fn is_planted(&self) -> bool {
        self.directive.attributes.get("planted").is_some()
    }

    /// A part of it.
    pub fn part(&self, name: &str) -> Option<&'a Directive> {
        self.directive.children.iter().find_map(|block| match &block.kind {
            BlockKind::Directive(found) if found.name.value == name => Some(found.as_ref()),
            _ => None,
        })
    }

    /// What it asks: everything but answer and rubric.
    pub fn prompt(&self) -> impl Iterator<Item = &'a Block> {
        self.directive.children.iter().filter(|block| {
            !matches!(&block.kind, BlockKind::Directive(part) if ["answer", "rubric"].contains(&part.name.value.as_str()))
        })
    }
}

/// The tree of an exercise's scenario.yml.
pub fn manifest_of(checked: &Checked<'_>, written: &Written) -> Option<Arc<Node>> {
    let file = checked.files.find(written.source.join("scenario.yml"))?;
    parse_yaml(checked.files, file, &Sink::default())
}
