//! Tutorials: their manifests and pages.

use std::cell::RefCell;
use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::concepts::ConceptIds;
use super::manifests::Manifests;
use super::numbering::number_page;
use super::texts::text_context;
use crate::diag::catalog::manifest::{DUPLICATE_ID, MISSING_KEY};
use crate::diag::catalog::tree::MISSING_FILE;
use crate::diag::{Diagnostic, Sink};
use crate::directive::rich::{rich_option, rich_value};
use crate::directive::{Lower, PageKind, Shown, lower_page, shapes};
use crate::ir::{Block, RichText};
use crate::manifest::scenario::Status;
use crate::manifest::tutorial as declared;
use crate::model::{Course, Tutorial, TutorialPage};
use crate::source::{FileId, Files};
use crate::syntax::document::parse_document;

/// Tutorials without texts and pages: what references need.
pub fn tutorial_skeletons(manifests: &Manifests, concepts: &ConceptIds, sink: &Sink) -> Vec<Tutorial> {
    manifests
        .tutorials
        .iter()
        .map(|(id, manifest, _)| {
            let mut pages: Vec<TutorialPage> = Vec::new();
            for page in &manifest.pages {
                if pages.iter().any(|found| found.id == page.id.text) {
                    let message = format!("the page `{}` is listed twice", page.id);
                    sink.push(
                        Diagnostic::new(&DUPLICATE_ID, page.id.span, message).help("rename one of them"),
                    );
                    continue;
                }
                pages.push(TutorialPage {
                    id: page.id.text.clone(),
                    title: page.title.value.clone(),
                    summary: RichText::default(),
                    blocks: Vec::new(),
                    definitions: Vec::new(),
                });
            }
            Tutorial {
                id: id.clone(),
                title: manifest.title.value.clone(),
                status: manifest.status,
                summary: RichText::default(),
                objectives: Vec::new(),
                prerequisites: Vec::new(),
                uses: concepts.resolve(&manifest.uses, sink),
                pages,
                further: Vec::new(),
                assets: Vec::new(),
                was: manifest.was.iter().map(|id| id.text.clone()).collect(),
            }
        })
        .collect()
}

/// Fills in texts and pages.
pub fn fill_tutorials(files: &Files, course: &mut Course, manifests: &Manifests, sink: &Sink) {
    for (index, (id, manifest, _)) in manifests.tutorials.iter().enumerate() {
        let (texts, pages, assets) = {
            let lower = text_context(files, course, None, sink);
            let list = |texts: &[crate::syntax::yaml::Text]| -> Vec<RichText> {
                texts.iter().map(|text| rich_value(&lower, text)).collect()
            };
            let texts = (
                rich_option(&lower, manifest.summary.as_ref()),
                [list(&manifest.objectives), list(&manifest.prerequisites), list(&manifest.further)],
            );
            let mut assets = BTreeMap::new();
            let pages: Vec<(RichText, LoweredPage)> = manifest
                .pages
                .iter()
                .map(|page| {
                    let mut lowered = lower_tutorial_page(files, course, id, manifest, page, sink);
                    assets.append(&mut lowered.assets);
                    (rich_option(&lower, page.summary.as_ref()), lowered)
                })
                .collect();
            (texts, pages, assets)
        };
        let tutorial = &mut course.tutorials[index];
        tutorial.summary = texts.0;
        tutorial.assets = assets.into_iter().collect();
        [tutorial.objectives, tutorial.prerequisites, tutorial.further] = texts.1;
        for (page, (summary, lowered)) in tutorial.pages.iter_mut().zip(pages) {
            page.summary = summary;
            page.blocks = lowered.blocks;
            page.definitions = lowered.definitions;
        }
    }
}

/// A page as it was lowered.
#[derive(Default)]
struct LoweredPage {
    blocks: Vec<Block>,
    definitions: Vec<String>,
    assets: BTreeMap<String, FileId>,
}

fn lower_tutorial_page(
    files: &Files,
    course: &Course,
    id: &str,
    manifest: &declared::Tutorial,
    page: &declared::Page,
    sink: &Sink,
) -> LoweredPage {
    let folder = Utf8PathBuf::from(format!("content/tutorials/{id}"));
    let name = page.file.as_ref().map_or_else(|| format!("{}.md", page.id), |file| file.path.to_string());
    let Some(source) = files.find(folder.join(&name)) else {
        if manifest.status == Status::Planned {
            if page.summary.is_none() {
                let message = format!("the planned page `{}` needs a `summary`", page.id);
                sink.push(
                    Diagnostic::new(&MISSING_KEY, page.id.span, message)
                        .help("say in a sentence what it covers"),
                );
            }
        } else {
            let message = format!("there is no file `{}`", folder.join(&name));
            sink.push(
                Diagnostic::new(&MISSING_FILE, page.id.span, message)
                    .help("write it, take the page off `pages`, or set `status: planned` for the tutorial"),
            );
        }
        return LoweredPage::default();
    };
    if super::tree::read_text(files, source, sink).is_none() {
        return LoweredPage::default();
    }
    let document = parse_document(files, source, &shapes(), sink);
    let _ = super::locals::collect_locals(files, &document, sink);
    let lower = Lower {
        files,
        sink,
        course,
        kind: PageKind::Tutorial,
        scenario: None,
        folder: &folder,
        stack: None,
        recorded: None,
        shown: RefCell::new(Shown::default()),
        state: RefCell::default(),
    };
    let mut blocks = lower_page(&lower, &document);
    number_page(&mut blocks);
    let definitions = super::pages::definitions(files, &document);
    LoweredPage { blocks, definitions, assets: lower.shown.into_inner().assets }
}
