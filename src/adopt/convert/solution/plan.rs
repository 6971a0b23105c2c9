//! The solution as a whole: one version of each file for each fix if that is proven, or one combined fix.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::adopt::convert::page::Extra;
use crate::adopt::convert::plan::{FixPlan, PagePlan};
use crate::adopt::convert::report::Report;
use crate::adopt::{Folder, Made, MadeFile, Page, PartKind, Purpose, Repository};
use crate::source::{FileId, Span};

/// What the fixes of a scenario change.
#[derive(Debug, Default)]
pub(in crate::adopt::convert) struct Solution {
    /// Files below `solution/`.
    pub files: Vec<MadeFile>,
    /// Files of the app that have regions now.
    pub app: BTreeMap<FileId, Made>,
    /// What each change of the page shows, by its part: a file and a region of it.
    pub regions: BTreeMap<usize, (Utf8PathBuf, Option<String>)>,
    /// Why a change stays as it is written, by its part.
    pub unmatched: BTreeMap<usize, String>,
    /// For each fix its statements' files, relative to its folder.
    pub sql: Vec<Vec<String>>,
    pub extras: Vec<Vec<Extra>>,
    /// Fixes that are tried and taken back: the next one starts from the version before them.
    pub dropped: BTreeSet<usize>,
    /// Where the files of the repository's solution are below `solution/` now.
    pub moved: BTreeMap<FileId, String>,
}

/// Where things are.
pub(in crate::adopt::convert) struct Place<'a> {
    pub repository: &'a Repository,
    pub folder: &'a Folder,
    pub page: Option<&'a Page>,
    /// `content/scenarios/<id>`.
    pub scenario: String,
    pub purpose: Purpose,
}

/// Takes a solution apart. A fix is added to the plan if there are files and no fix to hold them; all
/// become one if nothing proves how the files come apart.
pub(in crate::adopt::convert) fn plan_solution(
    place: &Place<'_>,
    plan: &mut PagePlan,
    report: &mut Report,
) -> Solution {
    if let (Some(first), true) = (place.folder.solution.first(), plan.fixes.is_empty()) {
        let about = Span::file_start(first.file);
        let before = place.page.map_or(0, |page| end_of_steps(page, plan));
        plan.fixes.push(FixPlan { id: "the-solution".to_owned(), part: None, before, number: None, about });
    }
    let mut solution = place.attempt(plan);
    if place.purpose == Purpose::Import && plan.fixes.len() > 1 && !solution.is_proven {
        let about = plan.fixes[0].about;
        let why = "before and after on the page do not add up to the files of the solution";
        report.kept_because(about, format!("{} fixes", plan.fixes.len()), format!("one combined fix: {why}"));
        plan.combine(place.page);
        solution = place.attempt(plan);
        let parts = place.page.iter().flat_map(|page| page.parts.iter().enumerate());
        let changes = parts.filter(|(_, part)| matches!(part.kind, PartKind::Change(_)));
        solution.made.unmatched = changes.map(|(at, _)| (at, "all fixes are one now".to_owned())).collect();
    }
    solution.reports.iter().for_each(|(span, what, into)| report.converted(*span, what, into));
    solution.made
}

/// A solution, and whether its versions are proven.
pub(super) struct Attempt {
    pub made: Solution,
    pub is_proven: bool,
    pub reports: Vec<(Span, String, String)>,
}

/// The part before which a fix stands that has no heading of its own: after the last section of a fix, or
/// else after the last step.
fn end_of_steps(page: &Page, plan: &PagePlan) -> usize {
    let is_step = |at: &usize| {
        plan.sections.get(at).is_some_and(|section| section.role.is_some_and(crate::model::Role::is_step))
    };
    let last = (0..page.parts.len()).rev().find(is_step);
    let Some(last) = last else { return page.parts.len() };
    let rest = page.parts.iter().enumerate().skip(last + 1);
    let mut next = rest.filter(|(_, part)| matches!(part.kind, PartKind::Section(_))).map(|(at, _)| at);
    next.next().unwrap_or(page.parts.len())
}

impl PagePlan {
    /// All fixes as one, without a heading of its own on the page.
    fn combine(&mut self, page: Option<&Page>) {
        let last = self.fix_at.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let before = page.map_or(0, |page| last.min(page.parts.len()));
        let about = self.fixes.first().map_or_else(Span::nowhere, |fix| fix.about);
        self.fixes = vec![FixPlan { id: "all-fixes".to_owned(), part: None, before, number: None, about }];
        self.fix_at.iter_mut().for_each(|fix| *fix = None);
    }
}

impl Place<'_> {
    pub(super) fn path(&self, file: FileId) -> &Utf8Path {
        self.repository.files.path(file)
    }

    /// The file of the app with this path in the folder.
    pub(super) fn app_file(&self, inside: &Utf8Path) -> Option<FileId> {
        let path = self.folder.path.join(inside);
        let file = self.repository.files.find(&path)?;
        self.folder.app.contains(&file).then_some(file)
    }

    fn attempt(&self, plan: &PagePlan) -> Attempt {
        let made = Solution {
            sql: vec![Vec::new(); plan.fixes.len()],
            extras: vec![Vec::new(); plan.fixes.len()],
            ..Solution::default()
        };
        let mut attempt = Attempt { made, is_proven: true, reports: Vec::new() };
        if plan.fixes.is_empty() {
            return attempt;
        }
        let sorted = self.sort_files(plan);
        for (file, fix) in &sorted.sql {
            self.add_sql(*file, *fix, plan, &mut attempt);
        }
        for target in &sorted.targets {
            self.add_target(target, plan, &mut attempt);
        }
        attempt
    }

    fn add_sql(&self, file: FileId, fix: usize, plan: &PagePlan, attempt: &mut Attempt) {
        let name = self.path(file).file_name().unwrap_or("fix.sql").to_owned();
        let id = &plan.fixes[fix].id;
        let path = format!("{}/solution/{id}/{name}", self.scenario);
        attempt.made.files.push(MadeFile { path: path.into(), executable: false, made: Made::Copy(file) });
        let into = format!("`sql` of the fix `{id}`");
        attempt.reports.push((Span::file_start(file), "statements of the solution".to_owned(), into));
        attempt.made.moved.insert(file, format!("{id}/{name}"));
        attempt.made.sql[fix].push(name);
    }
}
