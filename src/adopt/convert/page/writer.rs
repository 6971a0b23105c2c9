//! Goes through a page's parts and writes each.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::text::Texts;
use crate::adopt::convert::pieces::Pieces;
use crate::adopt::convert::plan::PagePlan;
use crate::adopt::convert::report::Report;
use crate::adopt::{Folder, MadeFile, Page, Part, PartKind, Purpose, Repository};
use crate::emit::print::words::ANSWERS_POINTER;
use crate::model::Role;
use crate::source::{FileId, Span};

/// What else is known of the page's scenario.
pub(in crate::adopt::convert) struct Facts<'a> {
    pub repository: &'a Repository,
    pub folder: &'a Folder,
    pub plan: &'a PagePlan,
    pub purpose: Purpose,
    /// Whether a build prints options and the code of fixes in this tier.
    pub shows_solutions: bool,
    /// What a change becomes, by its part: the file and its region.
    pub regions: BTreeMap<usize, (Utf8PathBuf, Option<String>)>,
    /// Why a change stays as it is written, by its part.
    pub unmatched: BTreeMap<usize, String>,
    /// For each fix what its page does not show by itself.
    pub extras: Vec<Vec<Extra>>,
    /// The ids of all folders.
    pub ids: &'a [String],
    /// Files of the solution, and where each is below `solution/` now.
    pub moved: BTreeMap<FileId, String>,
}

/// A `change` that is added at the end of a fix.
#[derive(Clone, Debug)]
pub(in crate::adopt::convert) struct Extra {
    pub file: Utf8PathBuf,
    pub region: Option<String>,
    pub about: Span,
}

/// Writes the page of one scenario.
pub(super) struct Writer<'a, 'r> {
    pub facts: &'a Facts<'a>,
    pub texts: &'a Texts<'a>,
    pub out: Pieces<'a>,
    pub report: &'r mut Report,
    /// The role of the section that is being written.
    pub role: Option<Role>,
    /// How many questions have been written.
    pub questions: usize,
    /// Answers that have found their question, by index.
    pub answered: Vec<bool>,
}

/// scenario.md of a folder whose page was read.
pub(in crate::adopt::convert) fn write_page(
    facts: &Facts<'_>,
    page: &Page,
    pictures: &super::Pictures,
    id: &str,
    report: &mut Report,
) -> MadeFile {
    let texts = Texts::new(facts, page, pictures);
    let mut writer = Writer {
        facts,
        texts: &texts,
        out: Pieces::new(&facts.repository.files),
        report,
        role: None,
        questions: 0,
        answered: vec![false; facts.folder.answers.len()],
    };
    for at in 0..page.parts.len() {
        writer.extras_before(at);
        writer.unheaded_fixes(at..at + 1);
        writer.part(at, &page.parts[at]);
    }
    writer.extras_of(facts.plan.fix_at.last().copied().flatten());
    writer.unheaded_fixes(page.parts.len()..usize::MAX);
    writer.left_answers();
    let end = page.parts.last().map_or_else(|| Span::file_start(page.file), |part| part.span);
    writer.out.end_line(end);
    writer.out.into_file(format!("content/scenarios/{id}/scenario.md"))
}

impl<'a> Writer<'a, '_> {
    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.facts.repository.files.slice(span)
    }

    fn part(&mut self, at: usize, part: &'a Part) {
        let span = part.span;
        // Code before and after can be a single block: a `diff`.
        if !matches!(part.kind, PartKind::Change(_)) && self.facts.regions.contains_key(&at) {
            if self.hides_solutions() {
                self.keep(span);
            }
            self.region(at, span);
            return;
        }
        match &part.kind {
            PartKind::Title => self.report.converted(span, "title", "`title` in scenario.yml"),
            PartKind::Fields(fields) => self.fields(span, fields),
            PartKind::Section(heading) => self.section(at, span, heading),
            PartKind::Fix(heading) => self.fix(at, part, heading),
            PartKind::Heading { level, text } => self.heading(at, span, *level, *text),
            PartKind::Question(question) => self.question(at, span, question),
            PartKind::Options(options) => self.options(at, span, options),
            PartKind::Change(change) => self.change(at, span, change),
            PartKind::Results => {
                self.keep(span);
                self.report.kept(span, "table of results");
            }
            PartKind::Figure(figure) => self.figure(span, figure),
            PartKind::Hint { text } => self.hint(span, text),
            PartKind::Commands { sql, .. } => self.commands(span, *sql),
            PartKind::Stuck { .. } => {
                self.keep(span);
                self.report.converted(span, "stuck table", "a table in the section `.stuck`");
            }
            PartKind::AnswerKey => {
                self.report.generated(span, "answer key", "ANSWERS.md is made from the questions");
            }
            PartKind::Faq { question, answer } => self.faq(at, span, *question, answer),
            PartKind::Next(_) => {
                self.report.generated(
                    span,
                    "pointer to the next scenario",
                    "it follows from the order of the track",
                );
            }
            PartKind::Prose if self.slice(span).trim() == ANSWERS_POINTER => {
                self.report.generated(span, "pointer to the answers", "a build says it where the steps end");
            }
            PartKind::Prose => {
                self.keep(span);
                self.report.kept(span, "text");
            }
            PartKind::Unclear(unclear) => {
                self.keep(span);
                self.report.unclear(span, "block", unclear.why.clone());
            }
        }
    }

    /// Whether a build would leave out what a page shows of solutions, which learners can read now. Rules look
    /// at all of it.
    pub(super) fn hides_solutions(&self) -> bool {
        !self.facts.shows_solutions && self.facts.purpose == Purpose::Import
    }

    /// What a fix changes and no block of the page shows goes to its end.
    fn extras_before(&mut self, at: usize) {
        let before = at.checked_sub(1).and_then(|before| self.facts.plan.fix_at[before]);
        if before.is_some() && self.facts.plan.fix_at[at] != before {
            self.extras_of(before);
        }
    }

    pub(super) fn extras_of(&mut self, fix: Option<usize>) {
        let facts = self.facts;
        let extras = fix.and_then(|fix| facts.extras.get(fix)).map(Vec::as_slice).unwrap_or_default();
        for extra in extras {
            self.out.blank_line(extra.about);
            let directive = change_directive(&extra.file, extra.region.as_deref());
            self.out.write(directive, extra.about);
        }
    }
}

/// What shows a change of a file, or of a region of it.
pub(super) fn change_directive(file: &Utf8Path, region: Option<&str>) -> String {
    let region = region.map(|region| format!(" region={region}")).unwrap_or_default();
    format!("::change{{file={}{region}}}\n\n", attribute(file.as_str()))
}

/// A value of an attribute.
fn attribute(value: &str) -> String {
    let plain = value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")) }
}
