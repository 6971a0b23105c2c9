//! The versions of one file: the app's, and one after each fix that changes it.

use camino::Utf8Path;

use super::files::Target;
use super::lines::{Line, do_the_same, lines_of};
use super::plan::{Attempt, Place};
use super::regions::{Version, mark_regions};
use super::steps::{Applied, Shown, apply, carried_over, compare, rest};
use crate::adopt::convert::page::Extra;
use crate::adopt::convert::plan::PagePlan;
use crate::adopt::{Change, Made, MadeFile, PartKind, Purpose};
use crate::source::{FileId, Span};

impl Place<'_> {
    pub(super) fn add_target(&self, target: &Target, plan: &PagePlan, attempt: &mut Attempt) {
        let files = &self.repository.files;
        let is_text = target.given.iter().all(|(file, _)| files.text(*file).is_ok());
        let base = self.app_file(&target.path).filter(|file| files.text(*file).is_ok());
        let (Some(base), true) = (base, is_text) else {
            self.add_whole(target, plan, attempt);
            return;
        };
        let mut versions = self.versions(target, base, plan, attempt);
        for at in 1..versions.len() {
            let base = versions[at].base;
            let more = rest(&versions[base].lines, &versions[at].lines, &versions[at].applied);
            // What a page does not show is what an audit looks for, remarks apart.
            let is_remark = |it: &Applied| {
                let (old, new) =
                    (&versions[base].lines[it.before.clone()], &versions[at].lines[it.after.clone()]);
                old.iter().chain(new).all(|line| !line.counts())
            };
            let more: Vec<Applied> =
                more.into_iter().filter(|it| self.purpose == Purpose::Import || is_remark(it)).collect();
            versions[at].applied.extend(more);
        }
        let names: Vec<String> = plan.fixes.iter().map(|fix| fix.id.clone()).collect();
        let (texts, marked) = mark_regions(files, &target.path, &versions, &names);
        for (version, pieces) in versions.iter().zip(texts) {
            self.put(version, target, base, pieces, plan, attempt);
        }
        for region in marked {
            match region.part {
                Some(part) => {
                    attempt.made.regions.insert(part, (target.path.clone(), Some(region.id)));
                }
                None => attempt.made.extras[region.fix].push(Extra {
                    file: target.path.clone(),
                    region: Some(region.id),
                    about: region.about,
                }),
            }
        }
        for (file, fix) in &target.given {
            let last = versions.iter().rev().find_map(|version| version.fix);
            if let Some(fix) = fix.or(last) {
                attempt.made.moved.insert(*file, format!("{}/{}", plan.fixes[fix].id, target.path));
            }
            let into = format!("`{}` of {} fixes", target.path, versions.len() - 1);
            attempt.reports.push((Span::file_start(*file), "file of the solution".to_owned(), into));
        }
    }

    /// The versions of a file: made from the page's changes where the solution gives only the last one.
    fn versions(
        &self,
        target: &Target,
        base: FileId,
        plan: &PagePlan,
        attempt: &mut Attempt,
    ) -> Vec<Version> {
        let files = &self.repository.files;
        let base = lines_of(files, base);
        let mut versions = vec![Version { fix: None, base: 0, lines: base, applied: Vec::new() }];
        let whole =
            target.given.iter().find(|(_, fix)| fix.is_none()).map(|(file, _)| lines_of(files, *file));
        for fix in 0..plan.fixes.len() {
            let changes = self.changes_of(fix, &target.path, plan);
            let before = versions.last().map(|version| version.lines.clone()).unwrap_or_default();
            let given =
                target.given.iter().find(|(_, of)| *of == Some(fix)).map(|(file, _)| lines_of(files, *file));
            if let Some(lines) = given {
                let (base, applied) = start_of(&versions, &lines, &changes);
                if let Some(tried) =
                    versions.last().and_then(|last| last.fix).filter(|_| base + 1 < versions.len())
                {
                    attempt.made.dropped.insert(tried);
                }
                versions.push(Version { fix: Some(fix), base, lines, applied });
                continue;
            }
            if whole.is_none() {
                continue;
            }
            let step = apply(&before, &changes, whole.as_deref());
            if !step.applied.is_empty() {
                let base = versions.len() - 1;
                versions.push(Version { fix: Some(fix), base, lines: step.lines, applied: step.applied });
            }
        }
        if let Some(whole) = whole {
            self.end_with(whole, &mut versions, target, plan, attempt);
        }
        versions
    }

    /// Puts the solution's own file into the place of the last version.
    fn end_with(
        &self,
        whole: Vec<Line>,
        versions: &mut Vec<Version>,
        target: &Target,
        plan: &PagePlan,
        attempt: &mut Attempt,
    ) {
        let is_whole = versions.last().is_some_and(|last| do_the_same(&last.lines, &whole));
        if is_whole && versions.len() == 1 {
            return;
        }
        attempt.is_proven &= is_whole;
        if versions.len() == 1 {
            let named = target.given.iter().find_map(|(file, _)| self.fix_that_names(self.path(*file), plan));
            let fix =
                named.or_else(|| self.fix_that_names(&target.path, plan)).unwrap_or(plan.fixes.len() - 1);
            versions.push(Version { fix: Some(fix), base: 0, lines: whole, applied: Vec::new() });
            return;
        }
        let count = versions.len();
        let before = versions[count - 2].lines.clone();
        let last = &mut versions[count - 1];
        let changes = last.fix.map(|fix| self.changes_of(fix, &target.path, plan)).unwrap_or_default();
        last.applied = if is_whole {
            carried_over(&last.lines, &whole, &last.applied)
        } else {
            compare(&before, &whole, &changes)
        };
        last.lines = whole;
    }

    /// The changes below a fix that may be about a file.
    fn changes_of(&self, fix: usize, path: &Utf8Path, plan: &PagePlan) -> Vec<Shown> {
        let parts = self.page.iter().flat_map(|page| page.parts.iter().enumerate());
        let below = parts.filter(|(at, _)| plan.fix_at[*at] == Some(fix));
        let changes = below.filter_map(|(at, part)| match &part.kind {
            PartKind::Change(change) if may_be_about(change, path) => {
                Some(Shown::of(&self.repository.files, at, change))
            }
            PartKind::Prose | PartKind::Unclear(_) => Shown::of_diff(&self.repository.files, at, part.span),
            _ => None,
        });
        changes.collect()
    }

    fn put(
        &self,
        version: &Version,
        target: &Target,
        base: FileId,
        pieces: Vec<crate::adopt::Piece>,
        plan: &PagePlan,
        attempt: &mut Attempt,
    ) {
        let Some(fix) = version.fix else {
            attempt.made.app.insert(base, Made::Text(pieces));
            return;
        };
        let files = &self.repository.files;
        let executable = files.entry(base).executable;
        let path = format!("{}/solution/{}/{}", self.scenario, plan.fixes[fix].id, target.path);
        attempt.made.files.push(MadeFile { path: path.into(), executable, made: Made::Text(pieces) });
    }

    /// A file that is new, or no text: laid over the app as it is.
    fn add_whole(&self, target: &Target, plan: &PagePlan, attempt: &mut Attempt) {
        let files = &self.repository.files;
        for (file, fix) in &target.given {
            let shown = self.part_that_shows(*file, &target.path, plan);
            let by_part = shown.and_then(|part| plan.fix_at[part]);
            let named = || self.fix_that_names(self.path(*file), plan);
            let fix = fix.or(by_part).or_else(named).unwrap_or(plan.fixes.len() - 1);
            let id = &plan.fixes[fix].id;
            let path = format!("{}/solution/{id}/{}", self.scenario, target.path);
            let executable = files.entry(*file).executable;
            attempt.made.files.push(MadeFile { path: path.into(), executable, made: Made::Copy(*file) });
            attempt.made.moved.insert(*file, format!("{id}/{}", target.path));
            let about = Span::file_start(*file);
            let into = format!("`{}` of the fix `{id}`", target.path);
            attempt.reports.push((about, "file of the solution".to_owned(), into));
            if let Some(part) = shown.filter(|part| plan.fix_at[*part] == Some(fix)) {
                attempt.made.regions.insert(part, (target.path.clone(), None));
            } else if self.purpose == Purpose::Import && files.text(*file).is_ok() {
                attempt.made.extras[fix].push(Extra { file: target.path.clone(), region: None, about });
            }
        }
    }

    /// The part whose code is the whole of a new file.
    fn part_that_shows(&self, file: FileId, path: &Utf8Path, plan: &PagePlan) -> Option<usize> {
        let lines = lines_of(&self.repository.files, file);
        let shows = |change: &Shown| {
            change.before.is_empty() && !change.after.is_empty() && do_the_same(&change.after, &lines)
        };
        (0..plan.fixes.len())
            .flat_map(|fix| self.changes_of(fix, path, plan))
            .find(shows)
            .map(|change| change.part)
    }
}

/// The version that a given one starts from, with the changes between them: the last one, or the one before
/// that, if only from there the page shows all that is different.
fn start_of(versions: &[Version], lines: &[Line], changes: &[Shown]) -> (usize, Vec<Applied>) {
    let last = versions.len() - 1;
    let found = |base: usize| {
        let applied = compare(&versions[base].lines, lines, changes);
        let is_all = rest(&versions[base].lines, lines, &applied).is_empty();
        (applied, is_all)
    };
    let (applied, is_all) = found(last);
    if is_all || last == 0 {
        return (last, applied);
    }
    let before = versions[last].base;
    match found(before) {
        (applied, true) if !applied.is_empty() => (before, applied),
        _ => (last, applied),
    }
}

fn may_be_about(change: &Change, path: &Utf8Path) -> bool {
    let Some(file) = &change.file else { return true };
    let said = Utf8Path::new(file.value.trim_start_matches("./"));
    said == path || path.ends_with(said) || said.file_name() == path.file_name()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn lines(text: &str) -> Vec<Line> {
        let mut files = Files::default();
        let file = files.add_text("a.js", text);
        lines_of(&files, file)
    }

    fn shown(part: usize, before: &str, after: &str) -> Shown {
        Shown { part, before: lines(before), after: lines(after) }
    }

    fn text(lines: &[Line]) -> String {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn changes_are_applied_with_the_indentation_of_the_file() {
        let app = lines("one();\n  two();\nthree();\n");
        let step = apply(&app, &[shown(7, "two();\n", "if (x) {\n  two();\n}\n")], None);
        assert_eq!(text(&step.lines), "one();\n  if (x) {\n    two();\n  }\nthree();\n");
        assert_eq!((step.applied[0].before.clone(), step.applied[0].after.clone()), (1..2, 1..4));
    }

    #[test]
    fn a_block_that_stands_twice_has_no_place_unless_the_end_tells() {
        let app = lines("a\nx\nb\nx\n");
        let change = [shown(0, "x\n", "y\n")];
        assert!(apply(&app, &change, None).applied.is_empty());
        let end = lines("a\nx\nb\ny\n");
        assert_eq!(text(&apply(&app, &change, Some(&end)).lines), "a\nx\nb\ny\n");
    }

    #[test]
    fn new_lines_stand_where_they_stand_in_the_end() {
        let app = lines("a\nb\n");
        let end = lines("a\nnew\nb\n");
        let step = apply(&app, &[shown(0, "", "new\n")], Some(&end));
        assert_eq!(text(&step.lines), "a\nnew\nb\n");
    }

    #[test]
    fn comments_of_the_solution_are_carried_over() {
        let (made, given) = (lines("a\nb\nc\nd\n"), lines("// Done.\na\n// why\nb\nc\n\nd\n"));
        assert!(do_the_same(&made, &given));
        let applied = [Applied { part: Some(1), before: 1..2, after: 1..3 }];
        let carried = carried_over(&made, &given, &applied);
        assert_eq!(carried[0].after, 3..5);
        let more = rest(&lines("a\nx\nd\n"), &given, &carried);
        let texts: Vec<String> = more.iter().map(|it| text(&given[it.after.clone()])).collect();
        assert_eq!(texts, ["// Done.\na\n// why\n"], "what lies close together is one");
    }
}
