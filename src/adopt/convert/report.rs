//! What became of each block.

use crate::adopt::{BlockReport, Fate};
use crate::source::Span;

/// Collects the report.
#[derive(Debug, Default)]
pub(super) struct Report(Vec<BlockReport>);

impl Report {
    pub(super) fn converted(&mut self, span: Span, what: impl Into<String>, into: impl Into<String>) {
        self.add(span, what, Fate::Converted(into.into()));
    }

    pub(super) fn kept(&mut self, span: Span, what: impl Into<String>) {
        self.add(span, what, Fate::Kept(None));
    }

    pub(super) fn kept_because(&mut self, span: Span, what: impl Into<String>, why: impl Into<String>) {
        self.add(span, what, Fate::Kept(Some(why.into())));
    }

    pub(super) fn generated(&mut self, span: Span, what: impl Into<String>, why: impl Into<String>) {
        self.add(span, what, Fate::Generated(why.into()));
    }

    pub(super) fn unclear(&mut self, span: Span, what: impl Into<String>, why: impl Into<String>) {
        self.add(span, what, Fate::NotUnderstood(why.into()));
    }

    fn add(&mut self, span: Span, what: impl Into<String>, fate: Fate) {
        self.0.push(BlockReport { span, what: what.into(), fate });
    }

    pub(super) fn finish(self) -> Vec<BlockReport> {
        self.0
    }
}
