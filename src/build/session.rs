//! A course that is compiled again and again, as its server does. An edit of the text of one page is
//! brought in by loading, printing and checking that page alone; everything else is a whole compilation.
//! The result is the same in both ways, which `tests/session.rs` holds.

use std::collections::HashMap;

use camino::Utf8Path;

use super::compile::{Compiled, Options, Parts, compile_parts};
use super::interface::PageInterface;
use crate::check::control::Controlled;
use crate::check::{Page, all_specs, run_scenario};
use crate::diag::{Diagnostic, Sink};
use crate::emit::content::Keeper;
use crate::emit::course_json::emit_course_json;
use crate::emit::monorepo::emit_scenario;
use crate::emit::site::{Cards, IsWanted, SitePrinter};
use crate::emit::tree::{OutputTree, TreeChanges};
use crate::load::reload_page;
use crate::source::{FileId, Files, Origin, ReadFault};

/// The folder of the search, whose paths change with what is in it.
const SEARCH: &str = "dist/site/search";

/// A compiled course that is kept up to date.
pub struct Session {
    options: Options,
    compiled: Compiled,
    parts: Parts,
    /// Whether an edit is not yet in the files that list what is on all pages.
    is_unfinished: bool,
    /// Made for the first edit.
    printer: Option<SitePrinter>,
    /// Of scenarios whose page was edited, by index.
    known: HashMap<usize, Known>,
}

/// What was worked out about the page of a scenario as it is.
struct Known {
    interface: PageInterface,
    /// What rules find in the scenario.
    checked: Vec<Diagnostic>,
}

impl Session {
    /// Compiles a project that was read by [`crate::source::read_dir`].
    #[must_use]
    pub fn new(files: Files, faults: &[ReadFault], options: Options, cards: &Cards) -> Self {
        let (mut compiled, parts) = compile_parts(files, faults, options, cards, Keeper::default());
        compiled.ids = None;
        Self { options, compiled, parts, is_unfinished: false, printer: None, known: HashMap::new() }
    }

    /// Compiles the project as it is now, whatever changed; what unchanged files were parsed into is kept.
    #[must_use]
    pub fn renew(self, mut files: Files, faults: &[ReadFault], cards: &Cards) -> Self {
        files.keep_parsed(&self.compiled.files);
        Self::new(files, faults, self.options, cards)
    }

    /// The course as it is now.
    #[must_use]
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    fn printer(&self) -> Option<SitePrinter> {
        let course = self.compiled.course.as_ref()?;
        self.compiled.tree.as_ref()?;
        SitePrinter::new(course, &self.compiled.files, all_specs())
    }

    /// Brings in the new text of a page: into the pages that show it, and into the findings.
    /// [`Session::finish`] does the rest. `None` if that cannot be done alone: then nothing of the session
    /// may be used any more but [`Session::renew`].
    pub fn edit_page(&mut self, path: &Utf8Path, bytes: &[u8]) -> Option<TreeChanges> {
        let (scenario, file) = self.page_at(path)?;
        if self.compiled.files.original(file) == bytes {
            return Some(TreeChanges::default());
        }
        self.edit(scenario, file, bytes)
    }

    /// Whether [`Session::finish`] has something to do.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.is_unfinished
    }

    /// Brings what was edited into the search, course.json and the data of "My work". Gives up, and changes
    /// nothing, once that is not wanted any more: it takes longer the more pages there are. `None` as with
    /// [`Session::edit_page`].
    pub fn finish(&mut self, is_wanted: IsWanted<'_>) -> Option<TreeChanges> {
        if !self.is_unfinished {
            return Some(TreeChanges::default());
        }
        let printer = self.printer.as_ref()?;
        let (course, tree) = (self.compiled.course.as_ref()?, self.compiled.tree.as_mut()?);
        let Some(mut lists) = printer.print_lists(course, is_wanted) else {
            return Some(TreeChanges::default());
        };
        self.is_unfinished = false;
        let sink = Sink::default();
        emit_course_json(course, &mut lists, &sink);
        if !sink.into_found().is_empty() {
            return None;
        }
        let kept = tree.below(SEARCH).all(|(path, _)| lists.get(path).is_some());
        let changes = tree.changes_by(&lists);
        // The folder of the shards is named by what they hold.
        let changes =
            if kept { changes } else { OutputTree::default().changes_by(&lists).without(tree, SEARCH) };
        tree.apply(&changes);
        Some(changes)
    }

    /// The scenario whose page has this path.
    fn page_at(&self, path: &Utf8Path) -> Option<(usize, FileId)> {
        let file = self.compiled.files.find(path)?;
        let scenarios = &self.compiled.course.as_ref()?.scenarios;
        let is_own = self.compiled.files.entry(file).origin == Origin::Project;
        let scenario = scenarios
            .iter()
            .position(|scenario| scenario.written.as_ref().is_some_and(|written| written.page == Some(file)));
        Some((scenario.filter(|_| is_own)?, file))
    }

    fn edit(&mut self, scenario: usize, file: FileId, bytes: &[u8]) -> Option<TreeChanges> {
        if self.printer.is_none() {
            self.printer = self.printer();
        }
        let printer = self.printer.as_ref()?;
        let Self { compiled: Compiled { files, course, tree, .. }, parts, known, .. } = self;
        let (course, tree) = (course.as_mut()?, tree.as_mut()?);
        let at = parts.pages.iter().position(|page| page.file == file)?;
        let folder = course.scenarios[scenario].written.as_ref()?.source.clone();
        let is_local = |findings: &[Diagnostic], files: &Files| {
            findings.iter().all(|finding| files.path(finding.span.file).starts_with(&folder))
        };
        let Known { interface, checked: old } = match known.remove(&scenario) {
            Some(known) => known,
            None => Known {
                interface: PageInterface::of(course, &parts.pages[at], scenario, tree)?,
                checked: checked(course, files, &parts.pages, tree, scenario),
            },
        };
        if !is_local(&old, files) {
            return None;
        }
        let is_old = |finding: &Diagnostic| old.iter().any(|old| is_same(old, finding));
        parts.checked.retain(|finding| !is_old(finding));
        let others = parts.of_pages.iter().enumerate().filter(|(index, _)| *index != scenario);
        let mut kept = others.flat_map(|(_, found)| found).chain(&parts.loaded).chain(&parts.checked);
        // A place on this page, or in the search, would be another one after the edit.
        if kept.any(|finding| names(finding, file)) {
            return None;
        }

        files.replace(file, bytes);
        parts.of_pages[scenario] = reload_page(files, course, scenario)?;
        if parts.of_pages[scenario].iter().any(Diagnostic::is_blocking) {
            return None;
        }
        parts.pages[at] = Page::load(files, file, parts.pages[at].owner);
        let (mut folder_tree, sink) = (OutputTree::default(), Sink::default());
        emit_scenario(course, files, scenario, self.options.drafts, &mut folder_tree, &sink);
        if !sink.into_found().is_empty()
            || !has_same_files(tree, &folder_tree, &course.scenarios[scenario].folder)
        {
            return None;
        }
        let pages = printer.print_scenario(course, files, scenario, tree)?;
        let mut changes = tree.changes_by(&folder_tree);
        changes.extend(tree.changes_by(&pages));
        tree.apply(&changes);
        if PageInterface::of(course, &parts.pages[at], scenario, tree)? != interface {
            return None;
        }
        let new = checked(course, files, &parts.pages, tree, scenario);
        // A rule names the search by an address that it does not have yet.
        let is_stale = |finding: &Diagnostic| finding.is_blocking() || finding.message.contains(SEARCH);
        if !is_local(&new, files) || new.iter().any(is_stale) {
            return None;
        }
        parts.checked.extend(new.iter().cloned());
        known.insert(scenario, Known { interface, checked: new });
        self.is_unfinished = true;
        parts.suppressions.renew(files, file);
        let controlled = self.compiled.control.apply(parts.findings(files), files, &parts.suppressions, true);
        let Controlled { findings, suppressed } = controlled;
        (self.compiled.findings, self.compiled.suppressed) = (findings, suppressed);
        Some(changes)
    }
}

/// What rules find in a scenario.
fn checked(
    course: &crate::model::Course,
    files: &Files,
    pages: &[Page],
    tree: &OutputTree,
    scenario: usize,
) -> Vec<Diagnostic> {
    let sink = Sink::default();
    run_scenario(course, files, pages, tree, scenario, &sink);
    sink.into_found()
}

fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.spec.code == b.spec.code && a.span == b.span && a.message == b.message
}

/// Whether a finding points at a file, or at the search, whose address changes with every word.
fn names(finding: &Diagnostic, file: FileId) -> bool {
    let places = finding.secondary.iter().map(|place| place.span.file);
    finding.span.file == file
        || places.into_iter().any(|place| place == file)
        || finding.message.contains(SEARCH)
}

/// Whether a scenario's folder has the files that it had.
fn has_same_files(tree: &OutputTree, part: &OutputTree, folder: &str) -> bool {
    let below = tree.below(&format!("dist/monorepo/{folder}")).count();
    let now = part.below(&format!("dist/monorepo/{folder}")).count();
    below == now && part.iter().all(|(path, _)| tree.get(path).is_some())
}
