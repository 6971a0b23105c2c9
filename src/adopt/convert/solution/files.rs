//! Which file of the solution belongs to which fix, and which file of the app it stands for.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::lines::{lines_of, places};
use super::plan::Place;
use super::steps::Shown;
use crate::adopt::convert::ids::slug;
use crate::adopt::convert::plan::PagePlan;
use crate::adopt::{PartKind, SolutionFile};
use crate::source::{FileId, Files};

/// The files of a solution.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Statements, each with its fix.
    pub sql: Vec<(FileId, usize)>,
    pub targets: Vec<Target>,
}

/// A file of the learner's folder and what the solution says about it.
#[derive(Debug)]
pub(super) struct Target {
    /// In the scenario's folder.
    pub path: Utf8PathBuf,
    /// Files of the solution, each with its fix; `None` for one that holds all fixes.
    pub given: Vec<(FileId, Option<usize>)>,
}

impl Place<'_> {
    pub(super) fn sort_files(&self, plan: &PagePlan) -> Sorted {
        let mut sorted = Sorted::default();
        let of_folders = self.fixes_of_folders(plan);
        let mut targets: BTreeMap<Utf8PathBuf, Vec<(FileId, Option<usize>)>> = BTreeMap::new();
        for file in &self.folder.solution {
            let path = self.path(file.file);
            let by_folder =
                fix_folder(path, &self.folder.path).and_then(|folder| of_folders.get(folder).copied());
            let fix = by_number(file, plan).or(by_folder);
            if file.replaces.is_none() && path.extension() == Some("sql") {
                let fix = fix
                    .or_else(|| self.fix_with_sql(file.file, plan))
                    .or_else(|| self.fix_that_names(path, plan));
                sorted.sql.push((file.file, fix.unwrap_or(plan.fixes.len() - 1)));
            } else {
                targets.entry(self.target(file)).or_default().push((file.file, fix));
            }
        }
        sorted.targets = targets.into_iter().map(|(path, given)| Target { path, given }).collect();
        sorted
    }

    /// The file that a file of the solution stands for. Where several have its name, the most similar one.
    fn target(&self, file: &SolutionFile) -> Utf8PathBuf {
        let path = self.path(file.file);
        let own = || Utf8PathBuf::from(path.file_name().unwrap_or("file"));
        let said = file.replaces.clone().unwrap_or_else(own);
        if self.app_file(&said).is_some() {
            return said;
        }
        let files = &self.repository.files;
        let name = said.file_name();
        let alike = self.folder.app.iter().filter(|app| files.path(**app).file_name() == name);
        let best = alike.max_by_key(|app| shared_lines(files, **app, file.file));
        let found = best.filter(|app| shared_lines(files, **app, file.file) > 0);
        let inside = found.and_then(|app| files.path(*app).strip_prefix(&self.folder.path).ok());
        inside.map_or(said, Utf8Path::to_owned)
    }

    /// Folders below `solution/` that bear no number: the fix whose code or statements they hold.
    fn fixes_of_folders(&self, plan: &PagePlan) -> BTreeMap<String, usize> {
        let mut of_folders: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        for file in &self.folder.solution {
            if let Some(folder) = fix_folder(self.path(file.file), &self.folder.path) {
                of_folders.entry(folder.to_owned()).or_default().push(file.file);
            }
        }
        let known = |folder: &str, files: &[FileId]| {
            let scores: Vec<usize> =
                (0..plan.fixes.len()).map(|fix| self.score(folder, files, fix, plan)).collect();
            let best = scores.iter().copied().max().filter(|best| *best > 0)?;
            let mut found = (0..scores.len()).filter(|fix| scores[*fix] == best);
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        of_folders
            .iter()
            .filter_map(|(folder, files)| Some((folder.clone(), known(folder, files)?)))
            .collect()
    }

    /// How much speaks for a folder being that of a fix.
    fn score(&self, folder: &str, folder_files: &[FileId], fix: usize, plan: &PagePlan) -> usize {
        let files = &self.repository.files;
        let Some(page) = self.page else { return 0 };
        let mut score = usize::from(plan.fixes[fix].id == slug(folder)) * 8;
        for (at, part) in page.parts.iter().enumerate().filter(|(at, _)| plan.fix_at[*at] == Some(fix)) {
            if let PartKind::Change(change) = &part.kind {
                let shown = Shown::of(files, at, change);
                let holds = |file: &FileId| !places(&lines_of(files, *file), &shown.after).is_empty();
                score += usize::from(!shown.after.is_empty() && folder_files.iter().any(holds)) * 2;
            }
        }
        let statements = folder_files.iter().filter(|file| self.path(**file).extension() == Some("sql"));
        score + statements.filter(|file| self.fix_with_sql(**file, plan) == Some(fix)).count() * 2
    }

    /// The fix whose section has the statements of a file.
    fn fix_with_sql(&self, file: FileId, plan: &PagePlan) -> Option<usize> {
        let files = &self.repository.files;
        let text = squeezed(files.text(file).unwrap_or(""));
        let statements: Vec<&str> = text.split(';').map(str::trim).filter(|one| !one.is_empty()).collect();
        let parts = self.page?.parts.iter().enumerate();
        let has = |part: &crate::adopt::Part| {
            let is_code =
                !matches!(part.kind, PartKind::Prose | PartKind::Options(_) | PartKind::Hint { .. });
            let words = if is_code { squeezed(files.slice(part.span)) } else { String::new() };
            statements.iter().any(|statement| words.contains(statement))
        };
        parts.filter(|(at, part)| plan.fix_at[*at].is_some() && has(part)).find_map(|(at, _)| plan.fix_at[at])
    }

    /// The fix whose parts name a file.
    pub(super) fn fix_that_names(&self, path: &Utf8Path, plan: &PagePlan) -> Option<usize> {
        let name = path.file_name()?;
        let parts = self.page?.parts.iter().enumerate();
        let names = |part: &crate::adopt::Part| self.repository.files.slice(part.span).contains(name);
        parts
            .filter(|(at, part)| plan.fix_at[*at].is_some() && names(part))
            .find_map(|(at, _)| plan.fix_at[at])
    }
}

/// The folder below `solution/` that a file lies in.
pub(super) fn fix_folder<'p>(path: &'p Utf8Path, folder: &Utf8Path) -> Option<&'p str> {
    let mut parts = path.strip_prefix(folder).ok()?.components();
    parts.next()?;
    let first = parts.next()?.as_str();
    parts.next().map(|_| first)
}

fn by_number(file: &SolutionFile, plan: &PagePlan) -> Option<usize> {
    let wanted = file.fix?;
    let numbered = plan.fixes.iter().position(|fix| fix.number == Some(wanted));
    let counted = || (wanted as usize).checked_sub(1).filter(|at| *at < plan.fixes.len());
    numbered.or_else(counted)
}

fn shared_lines(files: &Files, a: FileId, b: FileId) -> usize {
    let keys = |file| -> Vec<String> {
        let lines = lines_of(files, file);
        lines.iter().map(|line| line.key().to_owned()).filter(|key| key.len() > 3).collect()
    };
    let known = keys(b);
    keys(a).iter().filter(|key| known.contains(key)).count()
}

/// SQL without comments and differences of white space and case.
fn squeezed(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or(""));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ").to_lowercase()
}
