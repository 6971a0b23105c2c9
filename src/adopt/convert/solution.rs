//! The solution: which fix has which files, the stages between them, and the regions that show what each
//! fix changes.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::page::Extra;
use super::plan::{FixPlan, PagePlan};
use super::report::Report;
use crate::adopt::{Folder, Made, MadeFile, Page, Part, PartKind, Purpose, Repository, SolutionFile};
use crate::source::{FileId, Files, Span};

/// What the fixes of a scenario change.
#[derive(Debug, Default)]
pub(super) struct Solution {
    /// Files below `solution/`, and files of the app that got regions.
    pub files: Vec<MadeFile>,
    /// Files of the app that stand in for copies: those with regions.
    pub app: BTreeMap<FileId, Made>,
    /// What each change of the page shows, by its part.
    pub regions: BTreeMap<usize, (Utf8PathBuf, String)>,
    pub unmatched: BTreeMap<usize, String>,
    /// For each fix its statements' files, relative to its folder.
    pub sql: Vec<Vec<String>>,
    pub extras: Vec<Vec<Extra>>,
}

/// Where things are.
pub(super) struct Place<'a> {
    pub repository: &'a Repository,
    pub folder: &'a Folder,
    pub page: Option<&'a Page>,
    /// `content/scenarios/<id>`.
    pub scenario: String,
    pub purpose: Purpose,
}

/// Takes a solution apart. A fix is added to the plan if there are files and no fix to hold them.
pub(super) fn plan_solution(place: &Place<'_>, plan: &mut PagePlan, report: &mut Report) -> Solution {
    let mut solution = Solution::default();
    let folder = place.folder;
    if let (Some(first), true) = (folder.solution.first(), plan.fixes.is_empty()) {
        let about = Span::file_start(first.file);
        plan.fixes.push(FixPlan { id: "the-solution".to_owned(), part: None, number: None, about });
    }
    solution.sql = vec![Vec::new(); plan.fixes.len()];
    solution.extras = vec![Vec::new(); plan.fixes.len()];
    let Some(last) = plan.fixes.len().checked_sub(1) else { return solution };
    for file in &folder.solution {
        if file.replaces.is_none() && is_sql(place.path(file.file)) {
            place.add_sql(file, plan, &mut solution, report);
        } else {
            let fix = fix_of(file, plan).unwrap_or(last);
            place.add_whole(file, fix, plan, &mut solution, report);
        }
    }
    solution
}

fn is_sql(path: &Utf8Path) -> bool {
    path.extension() == Some("sql")
}

fn fix_of(file: &SolutionFile, plan: &PagePlan) -> Option<usize> {
    let wanted = file.fix?;
    let by_number = plan.fixes.iter().position(|fix| fix.number == Some(wanted));
    by_number.or_else(|| (wanted as usize).checked_sub(1).filter(|at| *at < plan.fixes.len()))
}

impl Place<'_> {
    fn path(&self, file: FileId) -> &Utf8Path {
        self.repository.files.path(file)
    }

    /// Statements belong to the fix whose section has them.
    fn add_sql(&self, file: &SolutionFile, plan: &PagePlan, solution: &mut Solution, report: &mut Report) {
        let files = &self.repository.files;
        let text = files.text(file.file).unwrap_or("");
        let at = fix_of(file, plan).or_else(|| self.section_with(text, plan, files)).unwrap_or(plan.fixes.len() - 1);
        let name = self.path(file.file).file_name().unwrap_or("fix.sql").to_owned();
        let fix = &plan.fixes[at].id;
        let path = format!("{}/solution/{fix}/{name}", self.scenario);
        solution.files.push(MadeFile { path: path.into(), executable: false, made: Made::Copy(file.file) });
        report.converted(Span::file_start(file.file), "statements of the solution", format!("`sql` of the fix `{fix}`"));
        solution.sql[at].push(name);
    }

    fn section_with(&self, text: &str, plan: &PagePlan, files: &Files) -> Option<usize> {
        let statements: Vec<String> = text.split(';').map(squeezed).filter(|statement| !statement.is_empty()).collect();
        let parts = self.page?.parts.iter().enumerate();
        let has = |part: &Part| {
            let words = squeezed(files.slice(part.span));
            statements.iter().any(|statement| words.contains(statement.as_str()))
        };
        parts.filter(|(_, part)| !matches!(part.kind, PartKind::Prose) && has(part)).find_map(|(at, _)| plan.fix_at[at])
    }

    /// A file as it is, laid over the app in one fix.
    fn add_whole(&self, file: &SolutionFile, fix: usize, plan: &PagePlan, solution: &mut Solution, report: &mut Report) {
        let path = self.path(file.file);
        let own = || Utf8PathBuf::from(path.file_name().unwrap_or("file"));
        let target = file.replaces.clone().unwrap_or_else(own);
        let id = &plan.fixes[fix].id;
        let executable = self.repository.files.entry(file.file).executable;
        let made = Made::Copy(file.file);
        let overlay = format!("{}/solution/{id}/{target}", self.scenario);
        solution.files.push(MadeFile { path: overlay.into(), executable, made });
        let about = Span::file_start(file.file);
        report.converted(about, "file of the solution", format!("`{target}` of the fix `{id}`"));
        solution.extras[fix].push(Extra { file: target, region: None, about });
    }
}

/// SQL without comments and differences of white space and case.
fn squeezed(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or(""));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ").to_lowercase().trim_end_matches(';').to_owned()
}
