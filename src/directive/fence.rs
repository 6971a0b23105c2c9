//! Code fences with attributes: code quoted from the learner's tree, commands the learner types,
//! and what commands printed (format.md, "Code").

use camino::{Utf8Path, Utf8PathBuf};

use super::context::{Lower, PageKind, block};
use super::reference::report_unresolved;
use super::spec::{AttributeSpec, Decoded, IdUse, ValueKind, decode_attributes};
use crate::diag::catalog::document::{REGION_MISSING, STALE_SNIPPET};
use crate::diag::catalog::reference::{NOT_RECORDED, UNRESOLVED_REFERENCE};
use crate::diag::{Applicability, Diagnostic};
use crate::ir::{Block, Code, CodeUse, Node};
use crate::model::{Role, Stage, StageFile, explained_text};
use crate::source::{Span, Spanned};
use crate::syntax::attributes::Attributes;
use crate::syntax::code::{dedent, region_text, scan_regions};
use crate::syntax::query_plan::says_the_same;

/// The attributes of code fences.
pub static ATTRIBUTES: &[AttributeSpec] = &[
    AttributeSpec {
        name: "file",
        value: ValueKind::Path,
        required: false,
        doc: "quotes a file of the learner's tree",
    },
    AttributeSpec {
        name: "region",
        value: ValueKind::Id,
        required: false,
        doc: "only this region of the file",
    },
    AttributeSpec {
        name: "stage",
        value: ValueKind::Id,
        required: false,
        doc: "the file as it is at this stage",
    },
    AttributeSpec {
        name: "in",
        value: ValueKind::Word(PLACES),
        required: false,
        doc: "where the learner types it",
    },
    AttributeSpec {
        name: "expect",
        value: ValueKind::Text,
        required: false,
        doc: "what its output must contain when it is rehearsed",
    },
    AttributeSpec {
        name: "output",
        value: ValueKind::Id,
        required: false,
        doc: "what the fence with this id printed",
    },
];

/// Where a command can be typed.
pub const PLACES: &[&str] = &["app", "psql", "host"];

/// A fence with attributes.
#[must_use]
pub fn lower(
    lower: &Lower<'_>,
    span: Span,
    language: &Spanned<String>,
    attributes: &Attributes,
    body: Span,
) -> Option<Block> {
    let decoded = decode_attributes(
        "a code fence",
        IdUse::Optional,
        ATTRIBUTES,
        attributes,
        attributes.span,
        lower.sink,
    );
    let code = if let Some(file) = decoded.get("file") {
        quoted(lower, span, language, &decoded, file, body)?
    } else if let Some(output) = decoded.get("output") {
        printed(lower, span, language, output, body)
    } else {
        typed(lower, language, &decoded, body)
    };
    Some(block(span, Node::Code(Box::new(code))))
}

fn typed(lower: &Lower<'_>, language: &Spanned<String>, decoded: &Decoded, body: Span) -> Code {
    let place = decoded.text("in").and_then(|place| PLACES.iter().copied().find(|known| *known == place));
    let in_fix = lower.state.borrow().role == Some(Role::Fix);
    let use_ = match (language.value.as_str(), place) {
        (_, Some("psql")) => CodeUse::Typed,
        ("bash" | "sh" | "console", _) => CodeUse::Command,
        (_, Some(_)) if !in_fix => CodeUse::Command,
        ("sql", _) => CodeUse::Typed,
        _ => CodeUse::Shown,
    };
    let stage = match decoded.get("stage") {
        Some(id) => lower.find_stage(id),
        None => lower.stage(),
    };
    if let Some(id) = &decoded.id {
        lower.shown.borrow_mut().commands.insert(id.value.clone(), id.span);
    }
    Code {
        id: decoded.id.as_ref().map(|id| id.value.clone()),
        language: language.value.clone(),
        text: lower.slice(body).to_owned(),
        use_,
        file: None,
        place,
        stage: stage.map(|stage| stage.id.clone()),
        expect: decoded.text("expect").map(str::to_owned),
        test: None,
    }
}

fn printed(
    lower: &Lower<'_>,
    span: Span,
    language: &Spanned<String>,
    output: &Spanned<String>,
    body: Span,
) -> Code {
    if !lower.shown.borrow().commands.contains_key(&output.value) {
        let shown = lower.shown.borrow();
        let names: Vec<&str> = shown.commands.keys().map(String::as_str).collect();
        report_unresolved(lower.sink, output.span, "command above this fence", &output.value, &names);
    }
    Code {
        id: None,
        language: language.value.clone(),
        text: printed_text(lower, span, output, body),
        use_: CodeUse::Printed,
        file: None,
        place: None,
        stage: None,
        expect: None,
        test: None,
    }
}

/// What a command printed: the page's own words, or the recorded output where the fence is empty.
fn printed_text(lower: &Lower<'_>, span: Span, output: &Spanned<String>, body: Span) -> String {
    let written = lower.slice(body);
    let recorded = recorded_output(lower, &output.value);
    match (written.trim().is_empty(), recorded) {
        (true, Some((recorded, _))) => recorded,
        (true, None) => {
            let message = format!("no run has recorded what `{}` prints", output.value);
            let finding = Diagnostic::new(&NOT_RECORDED, span, message);
            let command = super::value::record_command(lower);
            lower.sink.push(finding.help(format!("run `{command}`, or paste the output into the fence")));
            String::new()
        }
        (false, Some((recorded, at))) if !says_the_same(written, &recorded) => {
            lower.sink.push(
                Diagnostic::new(
                    &STALE_SNIPPET,
                    span,
                    format!("`{}` printed something else in the recorded run", output.value),
                )
                .also(at, "recorded here")
                .help("run `scenarist lint --fix`, or empty the fence: it is filled in")
                .replace(Applicability::Safe, "copy the recorded output", body, recorded),
            );
            written.to_owned()
        }
        (false, _) => written.to_owned(),
    }
}

/// The output of a command at the current stage, or at the first stage that ran it, and where it
/// stands.
fn recorded_output(lower: &Lower<'_>, command: &str) -> Option<(String, Span)> {
    let stages = lower.recorded?.get("stages")?;
    let of_stage = |stage: &crate::syntax::yaml::Node| {
        let output = stage.get("commands")?.get(command)?.get("output")?;
        Some((format!("{}\n", output.as_text()?.trim_end()), output.span))
    };
    let here = lower.stage().and_then(|stage| stages.get(&stage.id)).and_then(of_stage);
    here.or_else(|| stages.entries().iter().find_map(|(_, stage)| of_stage(stage)))
}

fn quoted(
    lower: &Lower<'_>,
    span: Span,
    language: &Spanned<String>,
    decoded: &Decoded,
    file: &Spanned<String>,
    body: Span,
) -> Option<Code> {
    if lower.kind == PageKind::Tutorial {
        let message = format!("a tutorial has no learner's tree to quote `{}` from", file.value);
        let finding = Diagnostic::new(&UNRESOLVED_REFERENCE, file.span, message);
        lower.sink.push(finding.help("write the code into the fence, without `file=`"));
        return None;
    }
    let stage = match decoded.get("stage") {
        Some(id) => lower.find_stage(id)?,
        None => lower.stage()?,
    };
    let path = Utf8PathBuf::from(&file.value);
    let Some(found) = stage.files.get(&path) else {
        let names: Vec<&str> = stage.files.keys().map(|path| path.as_str()).collect();
        report_unresolved(
            lower.sink,
            file.span,
            &format!("file at stage `{}`", stage.id),
            &file.value,
            &names,
        );
        return None;
    };
    let region = decoded.get("region");
    let text = cut(lower, &path, found, region)?;
    lower.shown.borrow_mut().quoted.insert((path.clone(), region.map(|region| region.value.clone())));
    check_drift(lower, span, stage, &text, body);
    Some(Code {
        id: decoded.id.as_ref().map(|id| id.value.clone()),
        language: language.value.clone(),
        text,
        use_: CodeUse::Shown,
        file: Some(path),
        place: None,
        stage: None,
        expect: None,
        test: None,
    })
}

/// The lines of a file or of a region of it, as learners get them; a missing region is reported.
pub fn cut(
    lower: &Lower<'_>,
    path: &Utf8Path,
    file: &StageFile,
    region: Option<&Spanned<String>>,
) -> Option<String> {
    let Some(region) = region else { return Some(String::from_utf8_lossy(&file.bytes).into_owned()) };
    if let Some(text) = cut_region(lower, path, file, &region.value) {
        return Some(text);
    }
    let scan = scan_regions(path, &file.annotated);
    let names: Vec<&str> = scan.regions.iter().map(|region| region.id.as_str()).collect();
    let message = format!("`{path}` has no region `{}`", region.value);
    let help = match crate::syntax::yaml::closest(&region.value, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => {
            format!("mark it in the file with `#region {}` and `#endregion`", region.value)
        }
        None => format!("its regions are {}", crate::syntax::yaml::one_of(&names)),
    };
    lower.sink.push(Diagnostic::new(&REGION_MISSING, region.span, message).help(help));
    None
}

/// The lines of a region, or `None` when the file has no such region.
#[must_use]
pub fn cut_region(lower: &Lower<'_>, path: &Utf8Path, file: &StageFile, region: &str) -> Option<String> {
    // The whole file is rewritten before it is cut: a lexer cannot tell comments in a fragment.
    let text = explained_text(path, &file.annotated, lower.course.comments);
    let scan = scan_regions(path, &text);
    let found = scan.regions.iter().find(|found| found.id == region)?;
    Some(dedent(&region_text(&text, found)))
}

/// Code that stands in the page must say what the file says.
fn check_drift(lower: &Lower<'_>, span: Span, stage: &Stage, text: &str, body: Span) {
    let written = lower.slice(body);
    if written.trim().is_empty() || dedent(written).trim_end() == dedent(text).trim_end() {
        return;
    }
    let message = format!("this code differs from the file at stage `{}`", stage.id);
    lower.sink.push(
        Diagnostic::new(&STALE_SNIPPET, span, message)
            .help("run `scenarist lint --fix`, or empty the fence: it is filled in")
            .replace(Applicability::Safe, "copy the code from the file", body, text.to_owned()),
    );
}
