//! What a page defines: sections, questions, options and figures with their numbers, in document
//! order. Done before any page is lowered, so that references can go forward.

use std::collections::BTreeMap;

use crate::diag::catalog::manifest::DUPLICATE_ID;
use crate::diag::{Diagnostic, Sink};
use crate::directive::page_ids::{figure_id, heading_id};
use crate::model::{LocalFigure, LocalOption, LocalQuestion, LocalStep, Locals, Role};
use crate::source::{Files, Span};
use crate::syntax::document::{Block, BlockKind, Directive, Document};

/// A heading below H2, for structure checks.
#[derive(Clone, Debug)]
pub struct Subsection {
    pub id: String,
    pub title: String,
    pub role: Option<Role>,
    pub span: Span,
}

/// Goes through a page once.
pub struct Collector<'a> {
    files: &'a Files,
    sink: &'a Sink,
    pub locals: Locals,
    pub subsections: Vec<Subsection>,
    /// Ids that become anchors of the page, each with its first place.
    anchors: BTreeMap<String, Span>,
    options: BTreeMap<String, Span>,
    step: u32,
}

/// Collects what a page defines; ids that stand twice are reported with both places.
pub fn collect_locals<'a>(files: &'a Files, document: &Document, sink: &'a Sink) -> Collector<'a> {
    let mut collector = Collector {
        files,
        sink,
        locals: Locals::default(),
        subsections: Vec::new(),
        anchors: BTreeMap::new(),
        options: BTreeMap::new(),
        step: 0,
    };
    collector.walk(&document.blocks);
    collector
}

impl Collector<'_> {
    fn walk(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, text, attributes } => {
                    let title = self.files.slice(*text).to_owned();
                    let id = heading_id(&title, attributes);
                    let explicit = attributes.id.as_ref().map(|id| id.span);
                    self.anchor(&id, explicit.unwrap_or(block.span), explicit.is_some());
                    let was = attributes.get("was").map(|was| was.value.as_str()).unwrap_or_default();
                    let was: Vec<String> = was.split_whitespace().map(str::to_owned).collect();
                    if *level == 2 {
                        let role = attributes.classes.iter().find_map(|class| Role::from_word(&class.value));
                        let unnumbered = attributes.classes.iter().any(|class| class.value == "unnumbered");
                        let numbered = role.is_some_and(Role::is_step) && !unnumbered;
                        self.step += u32::from(numbered);
                        let number = numbered.then_some(self.step);
                        let span = block.span;
                        self.locals.steps.push(LocalStep { id, number, title, role, was, span });
                    } else if *level == 3 {
                        let role = self.locals.steps.last().and_then(|step| step.role);
                        self.subsections.push(Subsection { id, title, role, span: block.span });
                    }
                }
                BlockKind::Directive(directive) => self.directive(directive),
                BlockKind::Fence { attributes, .. } => {
                    if let Some(id) = &attributes.id {
                        self.anchor(&id.value, id.span, true);
                    }
                }
                BlockKind::Figure(figure) => {
                    let id = figure_id(&figure.destination.value);
                    if !self.locals.figures.iter().any(|figure| figure.id == id) {
                        let number = u32::try_from(self.locals.figures.len() + 1).unwrap_or(u32::MAX);
                        let section = self.section();
                        self.locals.figures.push(LocalFigure { id, number, section, span: block.span });
                    }
                }
                BlockKind::Table(_)
                | BlockKind::List(_)
                | BlockKind::Comment { .. }
                | BlockKind::Prose { .. }
                | BlockKind::Definition => {}
            }
        }
    }

    fn directive(&mut self, directive: &Directive) {
        if let Some(id) = &directive.attributes.id {
            self.anchor(&id.value, id.span, true);
        }
        match directive.name.value.as_str() {
            "question" => self.question(directive),
            "options" => self.option_items(directive),
            _ => {}
        }
        self.walk(&directive.children);
    }

    fn question(&mut self, directive: &Directive) {
        let Some(id) = &directive.attributes.id else { return };
        let number = u32::try_from(self.locals.questions.len() + 1).unwrap_or(u32::MAX);
        let was = directive.attributes.get("was").map(|was| was.value.as_str()).unwrap_or_default();
        self.locals.questions.push(LocalQuestion {
            id: id.value.clone(),
            number,
            section: self.section(),
            was: was.split_whitespace().map(str::to_owned).collect(),
            span: id.span,
        });
    }

    fn option_items(&mut self, directive: &Directive) {
        let list = directive.children.iter().find_map(|child| match &child.kind {
            BlockKind::List(list) => Some(list),
            _ => None,
        });
        let items = list.map(|list| list.items.as_slice()).unwrap_or_default();
        let ids = items.iter().filter_map(|item| item.attributes.as_ref()?.id.as_ref());
        for (letter, id) in ('A'..='Z').zip(ids) {
            if let Some(first) = self.options.insert(id.value.clone(), id.span) {
                let message = format!("the option `{}` is defined twice", id.value);
                let finding = Diagnostic::new(&DUPLICATE_ID, id.span, message);
                self.sink.push(finding.also(first, "first here").help("rename one of them"));
            }
            let section = self.section();
            self.locals.options.push(LocalOption { id: id.value.clone(), letter, section, span: id.span });
        }
    }

    /// Sections, questions, results and commands are all reached by an anchor of the page.
    fn anchor(&mut self, id: &str, span: Span, explicit: bool) {
        match self.anchors.get(id) {
            Some(first) => {
                let message = format!("the id `{id}` stands twice on this page");
                let help = if explicit {
                    "rename one of them; `was=` keeps links and learners' answers".to_owned()
                } else {
                    format!("give this heading an id of its own: `{{#another-{id}}}`")
                };
                let finding = Diagnostic::new(&DUPLICATE_ID, span, message);
                self.sink.push(finding.also(*first, "first here").help(help));
            }
            None => {
                self.anchors.insert(id.to_owned(), span);
            }
        }
    }

    fn section(&self) -> String {
        self.locals.steps.last().map(|step| step.id.clone()).unwrap_or_default()
    }
}
