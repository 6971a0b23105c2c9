//! The ids that a course declares: what addresses, references and saved answers hang on.

use std::collections::BTreeSet;

use crate::diag::Sink;
use crate::directive::shapes;
use crate::manifest::scenario::Status;
use crate::model::{Course, Scenario, Written};
use crate::source::{Files, Span};
use crate::syntax::attributes::Attributes;
use crate::syntax::document::{Block, BlockKind, parse_document};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    Track,
    Scenario,
    Concept,
    Tutorial,
    TutorialPage,
    Step,
    Question,
    Choice,
    Figure,
    Fix,
    Panel,
    Metric,
    LoadTest,
}

impl IdKind {
    /// In words, with an article.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Track => "a track",
            Self::Scenario => "a scenario",
            Self::Concept => "a concept",
            Self::Tutorial => "a tutorial",
            Self::TutorialPage => "a page of a tutorial",
            Self::Step => "a section",
            Self::Question => "a question",
            Self::Choice => "an option",
            Self::Figure => "a figure",
            Self::Fix => "a fix",
            Self::Panel => "a panel",
            Self::Metric => "a metric",
            Self::LoadTest => "a load test",
        }
    }
}

/// An id that is declared somewhere.
#[derive(Clone, Debug)]
pub struct DeclaredId {
    pub kind: IdKind,
    /// The scenario or tutorial that it belongs to; empty for those of the course.
    pub scope: String,
    pub id: String,
    pub was: Vec<String>,
    /// The section of the page in which it stands.
    pub section: String,
    pub span: Span,
    /// Whether it belongs to a draft, which no learner has seen.
    pub draft: bool,
}

/// All ids of a course, and where reading them was not possible.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    pub all: Vec<DeclaredId>,
    /// Every `was=` of the pages: scenario, and the id as it was.
    pub was_on_pages: BTreeSet<(String, String)>,
    /// Scenarios whose scenario.yml cannot be used.
    pub broken: BTreeSet<String>,
    pub lost_tracks: bool,
}

/// Collects the ids of a course.
#[must_use]
pub fn collect_ids(course: &Course, files: &Files) -> Ids {
    let mut ids = Ids { broken: course.broken.clone(), lost_tracks: course.lost_tracks, ..Ids::default() };
    let start = |path: String| files.find(path).map_or_else(Span::nowhere, Span::file_start);
    for track in &course.tracks {
        let span = start(format!("content/tracks/{}.yml", track.id));
        ids.add(IdKind::Track, "", &track.id, &track.was, span, false);
    }
    for concept in &course.concepts {
        ids.add(IdKind::Concept, "", &concept.id, &concept.was, concept.span, false);
    }
    for tutorial in &course.tutorials {
        let span = start(format!("content/tutorials/{}/tutorial.yml", tutorial.id));
        let draft = tutorial.status != Status::Ready;
        ids.add(IdKind::Tutorial, "", &tutorial.id, &tutorial.was, span, draft);
        for page in &tutorial.pages {
            ids.add(IdKind::TutorialPage, &tutorial.id, &page.id, &[], span, draft);
        }
    }
    for scenario in &course.scenarios {
        let draft = scenario.status == Status::Draft;
        ids.add(IdKind::Scenario, "", &scenario.id, &scenario.was, scenario.span, draft);
        if let Some(written) = &scenario.written {
            let draft = scenario.status != Status::Ready;
            ids.add_locals(scenario, draft);
            ids.add_declared(scenario, written, draft);
            ids.add_was(scenario, written, files);
        }
    }
    ids
}

impl Ids {
    fn add(&mut self, kind: IdKind, scope: &str, id: &str, was: &[String], span: Span, draft: bool) {
        let (scope, id, was) = (scope.to_owned(), id.to_owned(), was.to_vec());
        self.all.push(DeclaredId { kind, scope, id, was, section: String::new(), span, draft });
    }

    /// What the page defines.
    fn add_locals(&mut self, scenario: &Scenario, draft: bool) {
        let locals = &scenario.locals;
        for step in &locals.steps {
            self.add(IdKind::Step, &scenario.id, &step.id, &step.was, step.span, draft);
        }
        for question in &locals.questions {
            self.add(IdKind::Question, &scenario.id, &question.id, &question.was, question.span, draft);
            self.in_section(&question.section);
        }
        for option in &locals.options {
            self.add(IdKind::Choice, &scenario.id, &option.id, &[], option.span, draft);
            self.in_section(&option.section);
        }
        for figure in &locals.figures {
            self.add(IdKind::Figure, &scenario.id, &figure.id, &[], figure.span, draft);
            self.in_section(&figure.section);
        }
    }

    fn in_section(&mut self, section: &str) {
        if let Some(last) = self.all.last_mut() {
            section.clone_into(&mut last.section);
        }
    }

    /// What scenario.yml defines.
    fn add_declared(&mut self, scenario: &Scenario, written: &Written, draft: bool) {
        let manifest = &written.manifest;
        let named = |kind: IdKind, id: &crate::syntax::yaml::Id| (kind, id.text.clone(), id.span);
        let fixes = manifest.fixes.iter().map(|fix| named(IdKind::Fix, &fix.id));
        let panels = manifest.dashboard.iter().map(|panel| named(IdKind::Panel, &panel.id));
        let tests = manifest.loadtests.iter().map(|test| named(IdKind::LoadTest, &test.id));
        let metrics = manifest
            .metrics
            .iter()
            .map(|metric| (IdKind::Metric, metric.name.value.clone(), metric.name.span));
        let all: Vec<_> = fixes.chain(panels).chain(tests).chain(metrics).collect();
        for (kind, id, span) in all {
            self.add(kind, &scenario.id, &id, &[], span, draft);
        }
    }

    /// A heading of a fix, and whatever else takes `was=`, speaks for the id that it had.
    fn add_was(&mut self, scenario: &Scenario, written: &Written, files: &Files) {
        let Some(page) = written.page else { return };
        let document = parse_document(files, page, &shapes(), &Sink::default());
        let mut found = Vec::new();
        walk(&document.blocks, &mut |attributes| {
            let was = attributes.get("was").map(|was| was.value.clone()).unwrap_or_default();
            found.extend(was.split_whitespace().map(str::to_owned));
        });
        self.was_on_pages.extend(found.into_iter().map(|was| (scenario.id.clone(), was)));
    }
}

fn walk(blocks: &[Block], visit: &mut impl FnMut(&Attributes)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { attributes, .. } => visit(attributes),
            BlockKind::Directive(directive) => {
                visit(&directive.attributes);
                walk(&directive.children, visit);
            }
            BlockKind::Fence { .. }
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::List(_)
            | BlockKind::Comment { .. }
            | BlockKind::Prose { .. }
            | BlockKind::Definition => {}
        }
    }
}
