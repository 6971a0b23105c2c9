//! The review build in the output tree: the site, in a folder of its own, with a mark.

use crate::diag::catalog::tree::OUTPUT_PATH_COLLISION;
use crate::diag::{CodeSpec, Diagnostic, Sink};
use crate::emit::review::{REVIEW_FOLDER, REVIEW_MARKER, Review};
use crate::emit::tree::OutputTree;
use crate::model::Course;
use crate::source::{Files, Span};

use super::super::emit::{Asked, ROOT, emit_pages};

/// Files of a site that are for search engines: a review build has none, or its own.
const FOR_SEARCH_ENGINES: [&str; 2] = ["robots.txt", "sitemap.xml"];

const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

const MARKER: &str = "\
This folder is a review build of a course: `scenarist build --review` made it for the people who review
the course. All answers and hints are open in it, and every page shows what the linter found.

It is not for learners. Do not publish it: the course site lies in dist/site.
Whatever publishes a site refuses a folder with this file in it.
";

/// Puts the review build below `dist/review/`. Faults of the theme and colliding paths are reported.
pub fn emit_review(
    course: &Course,
    files: &Files,
    review: &Review,
    rules: &[&CodeSpec],
    tree: &mut OutputTree,
    sink: &Sink,
) {
    let mut site = OutputTree::default();
    let asked = Asked { previews: false, rules, review: Some(review) };
    emit_pages(course, files, &asked, &mut site, sink);
    for (path, file) in site.iter() {
        let Ok(inside) = path.strip_prefix(ROOT) else { continue };
        if FOR_SEARCH_ENGINES.contains(&inside.as_str()) {
            continue;
        }
        let path = format!("{REVIEW_FOLDER}/{inside}");
        if let Err(fault) = tree.insert_file(path.clone().into(), file.clone()) {
            report(&path, &fault, file.origin, sink);
        }
    }
    for (name, text) in [("robots.txt", ROBOTS), (REVIEW_MARKER, MARKER)] {
        let path = format!("{REVIEW_FOLDER}/{name}");
        if let Err(fault) = tree.insert(path.clone(), text, None) {
            report(&path, &fault, None, sink);
        }
    }
}

fn report(path: &str, fault: &dyn std::fmt::Display, origin: Option<Span>, sink: &Sink) {
    let span = origin.unwrap_or_else(Span::nowhere);
    sink.push(Diagnostic::new(&OUTPUT_PATH_COLLISION, span, format!("`{path}`: {fault}")));
}
