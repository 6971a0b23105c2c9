//! Levels and suppressions over the findings of one compilation.

use std::collections::BTreeMap;

use super::levels::Levels;
use super::names::check_code;
use super::sources::Suppressions;
use crate::check::registry::all_specs;
use crate::diag::catalog::control::{SUPPRESSION_WITHOUT_REASON, UNUSED_SUPPRESSION};
use crate::diag::{
    Applicability, CodeSpec, Diagnostic, ON_REQUEST, Suppressed, SuppressedBy, group_of, sort_findings,
};
use crate::manifest::course::Allow;
use crate::model::Course;
use crate::source::{FileId, Files, Origin, Span};
use crate::syntax::suppression::Suppression;

/// What a course says about findings, kept for those that come later (a baseline's, another
/// revision's).
#[derive(Clone, Debug, Default)]
pub struct Control {
    levels: Levels,
    allow: Vec<Allow>,
}

/// The findings of a compilation, sorted.
#[derive(Debug, Default)]
pub struct Controlled {
    pub findings: Vec<Diagnostic>,
    pub suppressed: Vec<Suppressed>,
}

impl Control {
    /// What a course says.
    #[must_use]
    pub fn new(course: &Course) -> Self {
        let allow = course.manifest.lint.as_ref().map(|lint| lint.allow.clone()).unwrap_or_default();
        Self { levels: Levels::new(course), allow }
    }

    /// The same for findings of something that nothing is made of: each can be lowered and accepted.
    #[must_use]
    pub fn without_blocks(mut self) -> Self {
        self.levels.nothing_blocks = true;
        self
    }

    /// A finding that came later, at its level; `None` if it is switched off or accepted in
    /// course.yml.
    #[must_use]
    pub fn admit(&self, finding: Diagnostic, files: &Files) -> Option<Diagnostic> {
        let finding = self.leveled(finding, files)?;
        self.allowing(&finding, files).is_none().then_some(finding)
    }

    /// Applies levels and suppressions to sorted findings. A suppression that accepts nothing is only
    /// judged when every rule saw everything, that is, when `complete`.
    #[must_use]
    pub fn apply(
        &self,
        findings: Vec<Diagnostic>,
        files: &Files,
        suppressions: &Suppressions,
        complete: bool,
    ) -> Controlled {
        let specs = all_specs();
        let mut run = Run {
            control: self,
            files,
            comments: CommentTable::new(files, suppressions, &specs, self.levels.nothing_blocks),
            allow_used: vec![false; self.allow.len()],
            out: Controlled::default(),
        };
        let about_comments = std::mem::take(&mut run.comments.faults);
        for finding in findings.into_iter().chain(about_comments) {
            run.take(finding);
        }
        if complete {
            // Those that are about the linter itself come last: a suppression may accept that
            // another one is unused.
            for about_linter in [false, true] {
                for finding in run.unused(&specs, about_linter) {
                    run.take(finding);
                }
            }
        }
        let mut out = run.out;
        sort_findings(&mut out.findings, files);
        out
    }

    fn leveled(&self, mut finding: Diagnostic, files: &Files) -> Option<Diagnostic> {
        finding.severity = self.levels.severity(finding.spec, files.path(finding.span.file))?;
        Some(finding)
    }

    fn allowing(&self, finding: &Diagnostic, files: &Files) -> Option<usize> {
        let path = files.path(finding.span.file);
        self.allow.iter().position(|entry| {
            let here = entry.path.as_ref().is_none_or(|pattern| pattern.matches(path));
            entry.code.value == finding.spec.code && here
        })
    }
}

struct Run<'a> {
    control: &'a Control,
    files: &'a Files,
    comments: CommentTable,
    allow_used: Vec<bool>,
    out: Controlled,
}

impl Run<'_> {
    fn take(&mut self, finding: Diagnostic) {
        let Some(finding) = self.control.leveled(finding, self.files) else { return };
        if finding.is_blocking() {
            self.out.findings.push(finding);
        } else if !is_about_linter(finding.spec) && self.comments.holds(&finding) {
            // Words of a comment that nobody but its author reads.
        } else if let Some(reason) = self.comments.accepting(&finding) {
            self.out.suppressed.push(Suppressed { finding, by: SuppressedBy::Comment, reason });
        } else if let Some(at) = self.control.allowing(&finding, self.files) {
            self.allow_used[at] = true;
            let reason = Some(self.control.allow[at].reason.value.clone());
            self.out.suppressed.push(Suppressed { finding, by: SuppressedBy::Course, reason });
        } else {
            self.out.findings.push(finding);
        }
    }

    /// Findings about suppressions that accepted nothing.
    fn unused(&self, specs: &[&'static CodeSpec], about_linter: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for comment in &self.comments.all {
            for (index, code) in comment.codes.iter().enumerate() {
                let Some(spec) = code.spec.filter(|_| !code.used && comment.is_ours) else { continue };
                if is_about_linter(spec) == about_linter && self.is_looked_for(spec, comment.span) {
                    found.push(unused_comment(comment, index, self.files));
                }
            }
        }
        for (entry, used) in self.control.allow.iter().zip(&self.allow_used) {
            let can_be_accepted = |spec: &CodeSpec| !spec.is_blocking() || self.control.levels.nothing_blocks;
            let spec = specs.iter().find(|spec| spec.code == entry.code.value && can_be_accepted(spec));
            let Some(spec) = spec.filter(|_| !used) else { continue };
            if is_about_linter(spec) == about_linter && self.is_allow_looked_for(spec, entry) {
                found.push(unused_allow(entry, self.files));
            }
        }
        found
    }

    fn is_looked_for(&self, spec: &CodeSpec, at: Span) -> bool {
        let level = self.control.levels.severity(spec, self.files.path(at.file));
        level.is_some() && !ON_REQUEST.contains(&spec.code)
    }

    /// An entry of course.yml speaks of many files; one where the rule is on is enough.
    fn is_allow_looked_for(&self, spec: &CodeSpec, entry: &Allow) -> bool {
        let is_meant =
            |path: &camino::Utf8Path| entry.path.as_ref().is_none_or(|pattern| pattern.matches(path));
        let ours = self.files.iter().filter(|(_, file)| file.origin == Origin::Project);
        let mut meant = ours.filter(|(_, file)| is_meant(&file.path)).peekable();
        // Where there is no such file at all, the entry is as useless as can be.
        meant.peek().is_none() || meant.any(|(file, _)| self.is_looked_for(spec, Span::file_start(file)))
    }
}

fn is_about_linter(spec: &CodeSpec) -> bool {
    group_of(spec.code) == "lint"
}

fn unused_comment(comment: &Comment, index: usize, files: &Files) -> Diagnostic {
    let file = comment.span.file;
    let code = &comment.suppression.codes[index];
    let span = Span::new(file, code.at.start, code.at.end);
    let message = format!("there is no finding of `{}` here to accept", code.name);
    let cut = comment.suppression.without(index);
    let finding = Diagnostic::new(&UNUSED_SUPPRESSION, span, message).help("remove it");
    debug_assert!(files.text(file).is_ok_and(|text| text.get(cut.clone()).is_some()));
    finding.replace(
        Applicability::Safe,
        "remove the unused suppression",
        Span::new(file, cut.start, cut.end),
        "",
    )
}

fn unused_allow(entry: &Allow, files: &Files) -> Diagnostic {
    let message = match &entry.path {
        Some(path) => format!("there is no finding of `{}` in `{}` to accept", entry.code.value, path.text),
        None => format!("there is no finding of `{}` to accept", entry.code.value),
    };
    let finding = Diagnostic::new(&UNUSED_SUPPRESSION, entry.code.span, message).help("remove the entry");
    match item_lines(entry.span, files) {
        Some(lines) => finding.replace(Applicability::Safe, "remove the entry", lines, ""),
        None => finding,
    }
}

/// The lines of an item of a list that is written with dashes.
fn item_lines(item: Span, files: &Files) -> Option<Span> {
    let text = files.text(item.file).ok()?;
    let range = item.range();
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let end = range.end + text.get(range.end..)?.find('\n').map_or(text.len() - range.end, |at| at + 1);
    let alone = text[start..range.start].trim() == "-" && text[range.end..end].trim().is_empty();
    alone.then(|| Span::new(item.file, start, end))
}

/// The suppressions in comments, and what they have accepted so far.
struct CommentTable {
    all: Vec<Comment>,
    /// For each file its comments by code, in the order in which they begin.
    by_code: BTreeMap<(FileId, &'static str), Vec<(usize, usize)>>,
    /// What is wrong with comments themselves.
    faults: Vec<Diagnostic>,
    nothing_blocks: bool,
}

struct Comment {
    span: Span,
    suppression: Suppression,
    codes: Vec<Code>,
    /// Whether it stands in the project, and not in a stack that is built in.
    is_ours: bool,
}

struct Code {
    spec: Option<&'static CodeSpec>,
    used: bool,
}

impl CommentTable {
    fn new(
        files: &Files,
        suppressions: &Suppressions,
        specs: &[&'static CodeSpec],
        nothing_blocks: bool,
    ) -> Self {
        let (all, by_code, faults) = (Vec::new(), BTreeMap::new(), Vec::new());
        let mut table = Self { all, by_code, faults, nothing_blocks };
        for (file, suppressions) in suppressions.iter() {
            let is_ours = files.entry(file).origin == Origin::Project;
            for suppression in suppressions {
                table.add(file, suppression.clone(), is_ours, specs);
            }
        }
        table
    }

    fn add(&mut self, file: FileId, suppression: Suppression, is_ours: bool, specs: &[&'static CodeSpec]) {
        let span = Span::new(file, suppression.comment.start, suppression.comment.end);
        let mut codes = Vec::new();
        for (index, code) in suppression.codes.iter().enumerate() {
            let at = Span::new(file, code.at.start, code.at.end);
            let spec = match check_code(specs, &code.name, at, self.nothing_blocks) {
                Ok(spec) => {
                    let list = self.by_code.entry((file, spec.code)).or_default();
                    list.push((self.all.len(), index));
                    Some(spec)
                }
                Err(fault) => {
                    self.faults.extend(is_ours.then_some(*fault));
                    None
                }
            };
            codes.push(Code { spec, used: false });
        }
        if suppression.reason.is_none() && is_ours {
            let message = "this suppression does not say why";
            let help = format!("write `allow {}: ` and the reason", suppression.codes[0].name);
            self.faults.push(Diagnostic::new(&SUPPRESSION_WITHOUT_REASON, span, message).help(help));
        }
        self.all.push(Comment { span, suppression, codes, is_ours });
    }

    /// Whether a finding is about the words of such a comment itself.
    fn holds(&self, finding: &Diagnostic) -> bool {
        let (file, at) = (finding.span.file, finding.span.start);
        let next = self.all.partition_point(|comment| (comment.span.file, comment.span.start) < (file, at));
        next.checked_sub(1).is_some_and(|before| {
            let span = self.all[before].span;
            span.file == file && span.start < at && at < span.end
        })
    }

    /// The reason of the innermost comment that accepts a finding.
    fn accepting(&mut self, finding: &Diagnostic) -> Option<Option<String>> {
        let at = finding.span.start as usize;
        let list = self.by_code.get(&(finding.span.file, finding.spec.code))?;
        let covers = |(comment, _): &&(usize, usize)| {
            let covers = &self.all[*comment].suppression.covers;
            covers.start <= at && at <= covers.end
        };
        let (comment, code) = *list.iter().rev().find(covers)?;
        let comment = &mut self.all[comment];
        comment.codes[code].used = true;
        Some(comment.suppression.reason.clone())
    }
}
