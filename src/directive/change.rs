//! `change`: what the enclosing fix does to a file, before and after.

use camino::Utf8PathBuf;

use super::context::{Lower, block};
use super::fence::{cut, cut_region};
use super::reference::report_unresolved;
use super::section::lower_blocks;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::{MISPLACED_DIRECTIVE, UNCHANGED};
use crate::ir::{Block, Change, Code, CodeUse, Node};
use crate::manifest::course::Scaffolding;
use crate::model::Stage;
use crate::source::{Span, Spanned};
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "change", body: Body::Optional, parents: &[], children: None },
    summary: "What the enclosing fix changes in a file: before, after, and why.",
    notes: "Stands under an H3 whose id is a fix. Nothing before prints \"Create\" or \"Add\", nothing after prints \"Remove\". In tiers with less scaffolding the code is left to the learner and only the body is printed.",
    id: IdUse::None,
    attributes: &[
        AttributeSpec {
            name: "file",
            value: ValueKind::Path,
            required: true,
            doc: "the file, in the learner's tree",
        },
        AttributeSpec {
            name: "region",
            value: ValueKind::Id,
            required: false,
            doc: "only this region; the whole file if not given",
        },
    ],
    example: "## Fix it {.fix}\n\n### Answer at once {#fast}\n\n:::change{file=src/server.js region=answer}\n- the loop is gone\n:::\n",
};

/// The before and after of a region.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let decoded = lower.decode(&SPEC, directive);
    let body = lower_blocks(lower, &directive.children);
    let Some(file) = decoded.get("file") else { return body };
    let Some(fix) = lower.state.borrow().fix else {
        let message = "`change` belongs under the heading of a fix";
        let finding = Diagnostic::new(&MISPLACED_DIRECTIVE, directive.opener, message);
        lower
            .sink
            .push(finding.help("put it below an H3 in the `.fix` section whose id is listed under `fixes`"));
        return body;
    };
    let stages = lower.stages();
    let before = lower.written().and_then(|written| stages.get(written.stage_before(fix)));
    let (Some(before), Some(after)) = (before, stages.get(fix + 1)) else {
        return body;
    };
    let region = decoded.get("region");
    let key = (after.id.clone(), Utf8PathBuf::from(&file.value), region.map(|region| region.value.clone()));
    lower.shown.borrow_mut().changes.insert(key);
    let Some(change) = compare(lower, directive.opener, file, region, before, after) else { return body };
    if lower.scaffolding() != Scaffolding::High {
        return body;
    }
    vec![block(span, Node::Change(Box::new(Change { body, ..change })))]
}

fn compare(
    lower: &Lower<'_>,
    at: Span,
    file: &Spanned<String>,
    region: Option<&Spanned<String>>,
    before: &Stage,
    after: &Stage,
) -> Option<Change> {
    let path = Utf8PathBuf::from(&file.value);
    let (old, new) = (before.files.get(&path), after.files.get(&path));
    if old.is_none() && new.is_none() {
        let names: Vec<&str> = after.files.keys().map(|path| path.as_str()).collect();
        report_unresolved(lower.sink, file.span, "file before or after this fix", &file.value, &names);
        return None;
    }
    let part = |found: Option<&crate::model::StageFile>| {
        found.and_then(|found| match region {
            Some(region) => cut_region(lower, &path, found, &region.value),
            None => cut(lower, &path, found, None),
        })
    };
    let (old_text, new_text) = (part(old), part(new));
    if old_text.is_none() && new_text.is_none() {
        // Says which regions there are, at the region's place.
        let _ = new.or(old).map(|found| cut(lower, &path, found, region));
        return None;
    }
    if old_text == new_text {
        let what = region
            .map_or_else(|| format!("`{path}`"), |region| format!("region `{}` of `{path}`", region.value));
        let message = format!("{what} is the same before and after this fix");
        let help = format!("change it in `solution/{}/{path}`, or remove this directive", after.id);
        lower.sink.push(Diagnostic::new(&UNCHANGED, at, message).help(help));
    }
    let (lead, between) =
        words(&path, region.is_some(), old.is_some(), old_text.is_some(), new_text.is_some());
    let code = |text: Option<String>| {
        text.map(|text| Code {
            id: None,
            language: language_of(&path).to_owned(),
            text,
            use_: CodeUse::Typed,
            file: Some(path.clone()),
            place: None,
            stage: None,
            expect: None,
            test: None,
        })
    };
    let (before, after) = (code(old_text), code(new_text));
    Some(Change { file: path, lead, before, between, after, body: Vec::new() })
}

fn words(path: &Utf8PathBuf, region: bool, file_before: bool, before: bool, after: bool) -> (String, String) {
    match (before, after) {
        (true, true) => (format!("In `{path}`, before:"), "after:".to_owned()),
        (false, _) if !region || !file_before => (format!("Create `{path}`:"), String::new()),
        (false, _) => (format!("Add this to `{path}`:"), String::new()),
        (true, false) if region => (format!("Remove this from `{path}`:"), String::new()),
        (true, false) => (format!("Remove the file `{path}`:"), String::new()),
    }
}

/// The language of a file by its name, as fences call it.
#[must_use]
pub fn language_of(path: &camino::Utf8Path) -> &'static str {
    match (path.file_name().unwrap_or_default(), path.extension().unwrap_or_default()) {
        ("Dockerfile", _) => "dockerfile",
        ("nginx.conf", _) => "nginx",
        (_, "js" | "mjs" | "cjs") => "js",
        (_, "ts") => "ts",
        (_, "sql") => "sql",
        (_, "json") => "json",
        (_, "yml" | "yaml") => "yaml",
        (_, "sh") => "bash",
        (_, "html") => "html",
        (_, "css") => "css",
        (_, "md") => "markdown",
        _ => "text",
    }
}
