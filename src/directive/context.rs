//! What lowering knows while it goes through a page.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::spec::{Decoded, DirectiveSpec, decode_attributes};
use crate::diag::Sink;
use crate::environment::Stack;
use crate::ir::{Block, RichText};
use crate::manifest::course::Scaffolding;
use crate::model::{Course, Role, Scenario, Stage, Written};
use crate::source::{FileId, Files, Span};
use crate::syntax::document::Directive;
use crate::syntax::yaml::Node as YamlNode;

/// What kind of page is lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    Scenario,
    Tutorial,
}

/// What a page shows of the stages; filled while lowering, checked afterwards.
#[derive(Debug, Default)]
pub struct Shown {
    /// Per fix: files and regions that a `change` shows (`None`: the whole file).
    pub changes: BTreeSet<(String, Utf8PathBuf, Option<String>)>,
    /// Files and regions that a fence quotes.
    pub quoted: BTreeSet<(Utf8PathBuf, Option<String>)>,
    /// Pictures, by name below `assets/`.
    pub assets: BTreeMap<String, FileId>,
    /// Fences with an id, for `{output=id}` and recorded runs.
    pub commands: BTreeMap<String, Span>,
}

/// Lowers one page. Everything course-wide is already known; only pages are still missing.
pub struct Lower<'a> {
    pub files: &'a Files,
    pub sink: &'a Sink,
    pub course: &'a Course,
    pub kind: PageKind,
    /// The scenario that the page belongs to.
    pub scenario: Option<usize>,
    /// The folder of the page's source.
    pub folder: &'a Utf8Path,
    pub stack: Option<&'a Stack>,
    /// The recorded run's tree, for `run:` references.
    pub recorded: Option<&'a YamlNode>,
    pub shown: RefCell<Shown>,
    pub state: RefCell<State>,
}

/// Where in the page lowering is.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The role of the current section.
    pub role: Option<Role>,
    /// Index of the current stage.
    pub stage: usize,
    /// The fix whose section this is.
    pub fix: Option<usize>,
    /// The section's prefix and text, for the answer file.
    pub section: Option<(String, RichText)>,
    /// Hints in the current section, and how many were printed.
    pub hints: (usize, usize),
    /// Snippets that are being spliced, innermost last.
    pub snippets: Vec<String>,
}

impl<'a> Lower<'a> {
    /// The page's scenario.
    #[must_use]
    pub fn scenario(&self) -> Option<&'a Scenario> {
        self.scenario.map(|index| &self.course.scenarios[index])
    }

    /// What the page's scenario folder holds.
    #[must_use]
    pub fn written(&self) -> Option<&'a Written> {
        self.scenario().and_then(|scenario| scenario.written.as_ref())
    }

    /// The stages of the page's scenario.
    #[must_use]
    pub fn stages(&self) -> &'a [Stage] {
        self.written().map_or(&[], |written| &written.stages)
    }

    /// The stage at the current position.
    #[must_use]
    pub fn stage(&self) -> Option<&'a Stage> {
        self.stages().get(self.state.borrow().stage)
    }

    /// How much the scenario's tier helps; without a tier, most.
    #[must_use]
    pub fn scaffolding(&self) -> Scaffolding {
        let tier = self.scenario.and_then(|index| self.course.tier_of(index));
        tier.map_or(Scaffolding::High, |tier| tier.scaffolding)
    }

    /// The text under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        self.files.slice(span)
    }

    /// A directive's attributes, checked.
    #[must_use]
    pub fn decode(&self, spec: &DirectiveSpec, directive: &Directive) -> Decoded {
        let owner = format!("`{}`", spec.shape.name);
        decode_attributes(
            &owner,
            spec.id,
            spec.attributes,
            &directive.attributes,
            directive.opener,
            self.sink,
        )
    }

    /// A stage's name in tables: "Broken", or its fix's title.
    #[must_use]
    pub fn stage_title(&self, id: &str) -> String {
        if id == "broken" {
            return "Broken".to_owned();
        }
        let fix = self.written().and_then(|written| written.fixes.iter().find(|fix| fix.id == id));
        fix.map_or_else(
            || id.to_owned(),
            |fix| format!("After {}", fix.label.replacen("The fix", "the fix", 1).replacen("Fix", "fix", 1)),
        )
    }

    /// A stage by its id; unknown ones are reported.
    #[must_use]
    pub fn find_stage(&self, id: &crate::source::Spanned<String>) -> Option<&'a Stage> {
        let found = self.stages().iter().find(|stage| stage.id == id.value);
        if found.is_none() {
            let names: Vec<&str> = self.stages().iter().map(|stage| stage.id.as_str()).collect();
            super::reference::report_unresolved(self.sink, id.span, "stage", &id.value, &names);
        }
        found
    }
}

/// A block at a place.
#[must_use]
pub fn block(span: Span, node: crate::ir::Node) -> Block {
    Block { span, node }
}
