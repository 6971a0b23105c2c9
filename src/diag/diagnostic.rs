//! One finding, with everything an author needs to act on it.

use super::code::{CodeSpec, Severity};
use crate::source::Span;

/// A second place that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    Safe,
    Unsafe,
}

/// Replaces the text under a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A mechanical repair. Its edits sit in one file, are sorted and don't overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub applicability: Applicability,
    pub edits: Vec<Edit>,
}

/// A finding in content.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub spec: &'static CodeSpec,
    /// The spec's severity unless the course or a draft changes it.
    pub severity: Severity,
    /// Lower case, no full stop: what is wrong.
    pub message: String,
    pub span: Span,
    /// Text under the primary place.
    pub label: Option<String>,
    pub secondary: Vec<Label>,
    /// What to type.
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// For findings in an output: its path and the line as emitted.
    pub emitted: Option<(String, String)>,
    /// Whether nothing may be emitted while it stands. Where nothing is emitted at all, nothing blocks.
    pub blocks: bool,
}

impl Diagnostic {
    /// A finding of this code at this place.
    #[must_use]
    pub fn new(spec: &'static CodeSpec, span: Span, message: impl Into<String>) -> Self {
        Self {
            spec,
            severity: spec.severity,
            message: message.into(),
            span,
            label: None,
            secondary: Vec::new(),
            help: None,
            fix: None,
            emitted: None,
            blocks: spec.is_blocking(),
        }
    }

    /// Says something under the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    /// Names a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Says what to type.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// [`Self::help`] when there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        if text.is_some() {
            self.help = text;
        }
        self
    }

    /// Adds a repair that replaces one place.
    #[must_use]
    pub fn replace(
        mut self,
        applicability: Applicability,
        title: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        let edits = vec![Edit { span, text: text.into() }];
        self.fix = Some(Fix { title: title.into(), applicability, edits });
        self
    }

    /// Shows the emitted line that the finding is about.
    #[must_use]
    pub fn emitted(mut self, path: impl Into<String>, line: impl Into<String>) -> Self {
        self.emitted = Some((path.into(), line.into()));
        self
    }

    /// Whether nothing may be emitted while this finding stands: in a course, an error of the group
    /// `source`, whatever level it is given.
    #[must_use]
    pub fn is_blocking(&self) -> bool {
        self.blocks
    }
}

/// A finding that is not shown, because somebody accepted it.
#[derive(Clone, Debug)]
pub struct Suppressed {
    pub finding: Diagnostic,
    pub by: SuppressedBy,
    /// Why, where that was asked for and said.
    pub reason: Option<String>,
}

/// What accepted a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment beside it.
    Comment,
    /// An entry of `lint.allow` in course.yml.
    Course,
    /// The baseline.
    Baseline,
}
