//! Lowering the pages of scenarios, and what follows from what they show.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::changes::check_changes;
use super::inputs::{check_recording, hash_inputs};
use super::rendering::OWN_DEVCONTAINER;
use super::skeleton::ParsedPage;
use super::stages::Staged;
use super::tree::read_manifest;
use crate::diag::catalog::manifest::MISSING_KEY;
use crate::diag::catalog::reference::STALE_FACT;
use crate::diag::catalog::tree::{MISSING_FILE, UNUSED_FILE};
use crate::diag::{Diagnostic, Sink};
use crate::directive::{Lower, PageKind, Shown, lower_page};
use crate::environment::Renderer;
use crate::ir::{Block, Node as IrNode, Quote, RichText};
use crate::manifest::run::Run;
use crate::manifest::scenario::{Kind, Status};
use crate::model::{Course, Scenario, Written};
use crate::source::{FileId, Files, Span};
use crate::syntax::document::Document;
use crate::syntax::yaml::Node;

/// What a page's lowering gives.
pub(super) struct Page {
    blocks: Vec<Block>,
    definitions: Vec<String>,
    pub shown: Shown,
}

/// The recorded run of a scenario: decoded, and with places.
pub(super) type Recorded = (Run, Arc<Node>);

/// Lowers every scenario's page and stores it; what is found on a page is added to its own sink.
pub fn lower_pages(
    renderer: &Renderer<'_>,
    course: &mut Course,
    pages: &[ParsedPage],
    staged: &BTreeMap<usize, Staged>,
    sink: &Sink,
) {
    let files = renderer.files();
    let runs: Vec<Option<Recorded>> =
        course.scenarios.iter().map(|scenario| load_run(files, scenario.written.as_ref()?, sink)).collect();
    let shared: &Course = course;
    let lowered =
        pages.par_iter().with_max_len(1).enumerate().map(|(index, ParsedPage { document, sink })| {
            let staged = staged.get(&index)?;
            let recorded = runs[index].as_ref().map(|(_, node)| node.as_ref());
            let page = document.as_deref().map(|document| {
                lower_one(files, shared, index, document, staged.stack.as_ref(), recorded, sink)
            });
            check_written(files, &shared.scenarios[index], page.as_ref().map(|page| &page.shown), sink);
            let scenario = &shared.scenarios[index];
            Some((page, hash_inputs(renderer, shared, scenario, staged)))
        });
    let lowered: Vec<Option<(Option<Page>, String)>> = lowered.collect();
    for (index, found) in lowered.into_iter().enumerate() {
        let scenario = &mut course.scenarios[index];
        let (Some((page, inputs)), Some(written)) = (found, &mut scenario.written) else { continue };
        if let Some((run, _)) = &runs[index] {
            check_recording(run, &scenario.id, &inputs, sink);
            written.recorded = Some(run.clone());
        }
        written.inputs = inputs;
        if let Some(page) = page {
            page.store(written);
        }
    }
}

impl Page {
    pub fn store(self, written: &mut Written) {
        written.blocks = self.blocks;
        written.definitions = self.definitions;
        written.assets = self.shown.assets.into_iter().collect();
    }
}

pub(super) fn lower_one(
    files: &Files,
    course: &Course,
    index: usize,
    document: &Document,
    stack: Option<&crate::environment::Stack>,
    recorded: Option<&Node>,
    sink: &Sink,
) -> Page {
    let folder =
        course.scenarios[index].written.as_ref().map(|written| written.source.clone()).unwrap_or_default();
    let lower = Lower {
        files,
        sink,
        course,
        kind: PageKind::Scenario,
        scenario: Some(index),
        folder: &folder,
        stack,
        recorded,
        shown: RefCell::new(Shown::default()),
        state: RefCell::default(),
    };
    let mut blocks = lower_page(&lower, document);
    if let Some(goals) = goals_block(&course.scenarios[index]) {
        blocks.insert(0, goals);
    }
    Page { blocks, definitions: definitions(files, document), shown: lower.shown.into_inner() }
}

/// The page's link and footnote definitions as written.
pub fn definitions(files: &Files, document: &Document) -> Vec<String> {
    document.definitions.iter().map(|span| files.slice(*span).trim().to_owned()).collect()
}

/// What success means, above everything else on the page.
fn goals_block(scenario: &Scenario) -> Option<Block> {
    let mut list = RichText::default();
    for goal in &scenario.goals {
        list.push_text("- ");
        list.push(goal.clone());
        list.push_text("\n");
    }
    if list.is_empty() {
        return None;
    }
    let body = vec![Block { span: scenario.span, node: IrNode::Prose(list) }];
    let quote = Quote { kind: "goals", title: "What success means".to_owned(), body };
    Some(Block { span: scenario.span, node: IrNode::Quote(Box::new(quote)) })
}

pub(super) fn load_run(files: &Files, written: &Written, sink: &Sink) -> Option<(Run, Arc<Node>)> {
    let file = files.find(written.source.join("recorded/run.yml"))?;
    read_manifest::<Run>(files, file, sink)
}

pub(super) fn check_written(files: &Files, scenario: &Scenario, shown: Option<&Shown>, sink: &Sink) {
    let Some(written) = &scenario.written else { return };
    check_required(scenario, written, sink);
    check_facts(written, sink);
    if let Some(shown) = shown {
        check_changes(written, shown, sink);
    }
    report_unused(files, written, shown, sink);
}

/// What a kind needs before it can be shown to learners.
fn check_required(scenario: &Scenario, written: &Written, sink: &Sink) {
    if scenario.status == Status::Planned {
        return;
    }
    if written.page.is_none() {
        let message = format!("`{}` has no `scenario.md`", written.source);
        let finding = Diagnostic::new(&MISSING_FILE, scenario.span, message);
        sink.push(finding.help("write it, or set `status: planned`"));
    }
    let manifest = &written.manifest;
    let missing: &[(&str, bool)] = match scenario.kind {
        Kind::Exercise => &[
            ("environment", manifest.environment.is_none()),
            ("loadtests", manifest.loadtests.is_empty()),
            ("minutes", manifest.minutes.is_none()),
        ],
        Kind::Challenge => &[("minutes", manifest.minutes.is_none())],
        Kind::Failure => &[("metrics", manifest.metrics.is_empty())],
        Kind::CaseStudy => &[("teaches", manifest.teaches.is_empty())],
    };
    for (key, _) in missing.iter().filter(|(_, is_missing)| *is_missing) {
        let article = if scenario.kind == Kind::Exercise { "an" } else { "a" };
        let message = format!("{article} {} needs the key `{key}`", scenario.kind.word());
        let finding = Diagnostic::new(&MISSING_KEY, scenario.span, message);
        sink.push(finding.help(format!("add `{key}:`, or set `status: planned`")));
    }
}

/// A fact's value must stand in the file that it names.
fn check_facts(written: &Written, sink: &Sink) {
    let Some(stage) = written.stages.first() else { return };
    for (name, fact) in written.manifest.facts.iter() {
        let Some(text) = stage.text(&fact.in_.path) else {
            let names: Vec<&str> = stage.files.keys().map(|path| path.as_str()).collect();
            let message = format!("there is no file `{}` in the learner's folder", fact.in_.path);
            let near = crate::syntax::yaml::closest(fact.in_.path.as_str(), names);
            let finding = Diagnostic::new(&MISSING_FILE, fact.in_.span, message);
            sink.push(finding.maybe_help(near.map(|near| format!("did you mean `{near}`?"))));
            continue;
        };
        if !stands_in(text, &fact.value.text) {
            let message =
                format!("`{}` does not say `{}` (fact `{}`)", fact.in_.path, fact.value.text, name.value);
            let mut finding = Diagnostic::new(&STALE_FACT, fact.value.span, message)
                .help("correct the value here or in the file; every text that names it follows");
            if let Some(file) = stage.files.get(&fact.in_.path) {
                finding = finding.also(file.origin, "the file");
            }
            sink.push(finding);
        }
    }
}

/// Whether a text holds a value as a word of its own; digits may be grouped with `_` or `,`.
fn stands_in(text: &str, value: &str) -> bool {
    let plain: String = text.replace("_", "").replace(",", "");
    [text, plain.as_str()].iter().any(|text| {
        text.match_indices(value).any(|(at, found)| {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '.';
            let before = text[..at].chars().next_back().is_some_and(word);
            let after = text[at + found.len()..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
            !before && !after
        })
    })
}

/// Files of the folder that nothing uses.
fn report_unused(files: &Files, written: &Written, shown: Option<&Shown>, sink: &Sink) {
    let used: Vec<FileId> = shown.map(|shown| shown.assets.values().copied().collect()).unwrap_or_default();
    for (file, path) in files.below(&written.source) {
        let Ok(inside) = path.strip_prefix(&written.source) else { continue };
        let known = match inside.components().next().map(|part| part.as_str()) {
            Some("app" | "solution" | "recorded") => true,
            Some("diagrams") => shown.is_none() || used.contains(&file),
            _ => {
                ["scenario.yml", "scenario.md", "package-lock.json"].contains(&inside.as_str())
                    || OWN_DEVCONTAINER.contains(&inside.as_str())
                    || used.contains(&file)
            }
        };
        if !known {
            let message = format!("nothing uses `{inside}`");
            let help = if inside.starts_with("diagrams") {
                format!("show it: `![what it shows]({inside} \"Caption\")`, or delete it")
            } else {
                "move it to `app/`, `diagrams/` or `solution/`, or delete it".to_owned()
            };
            sink.push(Diagnostic::new(&UNUSED_FILE, Span::file_start(file), message).help(help));
        }
    }
}
