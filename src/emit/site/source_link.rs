//! Where the source of a page can be edited on GitHub.

use camino::Utf8PathBuf;

use super::page::SitePage;
use super::subject::Subject;
use crate::emit::print::gfm::encode_path;
use crate::model::Course;
use crate::source::{FileId, Files, Origin, Span};

/// The address that opens the source of a page for editing. `None` if the course does not say where
/// its sources lie, and for pages that no file of it was written for.
pub(super) fn edit_link(course: &Course, files: &Files, page: &SitePage) -> Option<String> {
    let file = source_file(course, files, page.subject)?;
    Some(format!("{}{}", edit_root(course)?, encode_path(file.as_str())))
}

/// What addresses that open a source for editing begin with; ends with `/`.
pub fn edit_root(course: &Course) -> Option<String> {
    let source = course.manifest.source.as_ref()?;
    let branch = encode_path(&source.branch);
    let folder = source.folder.as_ref().map(|folder| format!("{}/", encode_path(folder.path.as_str())));
    let folder = folder.unwrap_or_default();
    Some(format!("https://github.com/{}/edit/{branch}/{folder}", source.repository.value))
}

/// The file that an author would open.
fn source_file(course: &Course, files: &Files, subject: Subject) -> Option<Utf8PathBuf> {
    let own = |file: FileId| {
        let entry = files.entry(file);
        (entry.origin == Origin::Project).then(|| entry.path.clone())
    };
    let named = |path: String| files.find(path).and_then(own);
    match subject {
        Subject::Home => named("content/course.yml".to_owned()),
        Subject::Track(index) => {
            let id = &course.tracks[index].id;
            named(format!("content/tracks/{id}.yml")).or_else(|| named(format!("content/tracks/{id}.yaml")))
        }
        Subject::Scenario(index) => {
            let scenario = &course.scenarios[index];
            let page = scenario.written.as_ref().and_then(|written| written.page);
            page.and_then(own).or_else(|| named_by_span(scenario.span).and_then(own))
        }
        Subject::Concepts => named("content/concepts.yml".to_owned()),
        Subject::Concept(index) => named_by_span(course.concepts[index].span)
            .and_then(own)
            .or_else(|| named("content/concepts.yml".to_owned())),
        Subject::Tutorial(index) => {
            named(format!("content/tutorials/{}/tutorial.yml", course.tutorials[index].id))
        }
        Subject::TutorialPage(index, page) => {
            let tutorial = &course.tutorials[index];
            let folder = format!("content/tutorials/{}", tutorial.id);
            // A block of the page may come from a snippet.
            let mut blocks = tutorial.pages[page].blocks.iter();
            let written = blocks.find_map(|block| {
                let path = named_by_span(block.span).and_then(own)?;
                path.starts_with(&folder).then_some(path)
            });
            written.or_else(|| named(format!("{folder}/tutorial.yml")))
        }
        Subject::Catalogue | Subject::Tutorials | Subject::Rules | Subject::Other => None,
    }
}

/// The file of a place, if it is one.
fn named_by_span(span: Span) -> Option<FileId> {
    (span.file != Span::nowhere().file).then_some(span.file)
}
