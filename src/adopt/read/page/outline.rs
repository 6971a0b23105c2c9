//! The walk over a page's blocks: each is offered to one reader after the other, and what no reader takes
//! is prose. Parts cover the page whatever happens.

use camino::Utf8Path;

use super::answers::read_answer_key;
use super::block::Shape;
use super::change::read_change;
use super::commands::read_commands;
use super::faq::read_faq;
use super::fields::read_fields;
use super::figure::read_figure;
use super::fixes::name_fixes;
use super::hint::read_hint;
use super::next::read_next;
use super::options::read_options;
use super::question::read_question;
use super::results::read_results;
use super::roles::assign_roles;
use super::section::read_heading;
use super::stuck::read_stuck;
use super::title::read_title;
use super::view::{Found, Place, View};
use crate::adopt::{Answer, Number, Page, Part, PartKind, Unclear};
use crate::source::{FileId, Files, Span, Spanned};
use crate::syntax::html::for_each_attribute;

/// A page and the answers of its own answer key.
pub(in crate::adopt::read) struct PageRead {
    pub page: Page,
    pub answers: Vec<Answer>,
}

/// Reads a page. `paths` are the files of its scenario, relative to the folder.
pub(in crate::adopt::read) fn read_page(files: &Files, file: FileId, paths: Vec<&Utf8Path>) -> PageRead {
    let view = View::new(files, file, paths);
    let mut walk = Walk {
        view: &view,
        place: Place::default(),
        title: None,
        number: None,
        parts: Vec::new(),
        answers: Vec::new(),
        questions: 0,
    };
    let mut at = 0;
    while at < view.blocks.len() {
        let found = walk.found(at);
        at += found.blocks.max(1);
        walk.take(found);
    }
    let mut parts = covering(files, file, walk.parts);
    name_fixes(&view, &mut parts);
    assign_roles(&view, &mut parts);
    let page = Page { file, title: walk.title, number: walk.number, parts };
    PageRead { page, answers: walk.answers }
}

struct Walk<'a> {
    view: &'a View<'a>,
    place: Place,
    title: Option<Spanned<String>>,
    number: Option<Number>,
    parts: Vec<(usize, PartKind)>,
    answers: Vec<Answer>,
    questions: usize,
}

impl Walk<'_> {
    fn found(&mut self, at: usize) -> Found {
        let (view, place) = (self.view, self.place);
        self.title(at)
            .or_else(|| read_next(view, at))
            .or_else(|| self.answer_key(at))
            .or_else(|| read_fields(view, at, place))
            .or_else(|| read_faq(view, at, place))
            .or_else(|| read_stuck(view, at, place))
            .or_else(|| read_figure(view, at))
            .or_else(|| read_hint(view, at))
            .or_else(|| read_change(view, at))
            .or_else(|| read_options(view, at))
            .or_else(|| read_question(view, at))
            .or_else(|| read_heading(view, at, &mut self.place))
            .or_else(|| read_results(view, at))
            .or_else(|| read_commands(view, at))
            .unwrap_or_else(|| Found::one(view, at, 1, plain(view, at)))
    }

    fn take(&mut self, found: Found) {
        let is_question = |part: &&(usize, PartKind)| matches!(part.1, PartKind::Question(_));
        self.questions += found.parts.iter().filter(is_question).count();
        self.parts.extend(found.parts);
    }

    fn title(&mut self, at: usize) -> Option<Found> {
        if self.place.is_titled {
            return None;
        }
        let (number, title) = read_title(self.view, at)?;
        (self.number, self.title) = (number, title);
        self.place.is_titled = true;
        Some(Found::one(self.view, at, 1, PartKind::Title))
    }

    fn answer_key(&mut self, at: usize) -> Option<Found> {
        let known = self.answers.len();
        let found = read_answer_key(self.view, at, &mut self.answers)?;
        // An answer without number and words stands right below its question, or below the hints to it.
        let last =
            self.parts.iter().rev().map(|(_, kind)| kind).find(|kind| !matches!(kind, PartKind::Hint { .. }));
        let is_below = matches!(last, Some(PartKind::Question(_)));
        for answer in &mut self.answers[known..] {
            if is_below && answer.number.is_none() && answer.question.is_none() {
                answer.answers = self.questions.checked_sub(1);
            }
        }
        Some(found)
    }
}

fn plain(view: &View<'_>, at: usize) -> PartKind {
    match view.shape(at) {
        Some(Shape::Colons) => PartKind::Unclear(Unclear {
            why: "a line that starts with `::`, which means something else in a source tree".to_owned(),
        }),
        _ => PartKind::Prose,
    }
}

/// Parts from where each starts to where the next does; the first from the top, the last to the end.
fn covering(files: &Files, file: FileId, parts: Vec<(usize, PartKind)>) -> Vec<Part> {
    let length = files.text(file).map_or(0, str::len);
    let mut starts: Vec<usize> = parts.iter().map(|(start, _)| *start).collect();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([length]).collect();
    let mut covering: Vec<Part> = parts
        .into_iter()
        .zip(starts.into_iter().zip(ends))
        .map(|((_, kind), (start, end))| Part { span: Span::new(file, start, end), kind })
        .collect();
    if covering.is_empty() && length > 0 {
        covering.push(Part { span: Span::new(file, 0, length), kind: PartKind::Prose });
    }
    covering
}

/// Where the links and pictures of a page lead, as written.
pub(in crate::adopt::read) fn addresses_of(files: &Files, file: FileId) -> Vec<String> {
    let view = View::new(files, file, Vec::new());
    let mut addresses: Vec<String> = Vec::new();
    for block in &view.blocks {
        addresses.extend(block.links.iter().map(|link| link.destination.value.clone()));
        if matches!(block.shape, Shape::Html) {
            for_each_attribute(files.slice(block.span), |attribute| {
                if matches!(attribute.name, "src" | "href") {
                    addresses.push(attribute.value().into_owned());
                }
            });
        }
    }
    addresses
}
