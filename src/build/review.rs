//! The review build of a compilation: the site with everything that was found.

use super::compile::Compiled;
use crate::check::{all_specs, measure_scenarios};
use crate::diag::{Diagnostic, Sink};
use crate::emit::review::Review;
use crate::emit::site::emit_review;
use crate::emit::tree::OutputTree;

/// Everything below `dist/review/`, and what is wrong with making it; `None` when a blocking finding
/// stands.
#[must_use]
pub fn review(compiled: &Compiled) -> Option<(OutputTree, Vec<Diagnostic>)> {
    let course = compiled.course.as_ref()?;
    let files = &compiled.files;
    let measures = measure_scenarios(course, files);
    let found = (compiled.findings.as_slice(), compiled.suppressed.as_slice());
    let review = Review::new(course, files, found, measures, None);
    let (mut tree, sink) = (OutputTree::default(), Sink::default());
    emit_review(course, files, &review, &all_specs(), &mut tree, &sink);
    Some((tree, sink.into_sorted(files)))
}
