//! Bringing one edit into a compiled course: loading, printing and checking again what it reaches, and
//! nothing else. What others know of a page is its interface (`interface.rs`); as long as that stays the
//! same, the scenario itself is all that is reached.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::compile::Parts;
use super::interface::PageInterface;
use super::reached::{beside, has_heading_about, mentions, scenario_at};
use super::session::{SEARCH, Session};
use crate::check::control::Controlled;
use crate::check::{Page, Reads, all_rules, run_scenario};
use crate::diag::{Diagnostic, Sink};
use crate::emit::monorepo::{emit_readme, emit_scenario};
use crate::emit::site::{Cards, IsWanted, SitePrinter, explained_on};
use crate::emit::tree::{OutputTree, TreeChanges};
use crate::load::{differs_in_shown_texts_alone, reload_page, reload_scenario};
use crate::model::Course;
use crate::source::{FileId, Files};
use crate::syntax::yaml::parse_yaml;

/// What was edited.
pub struct Edited {
    pub scenario: usize,
    pub file: FileId,
    pub part: Part,
}

/// A part of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Page,
    /// scenario.yml.
    Manifest,
}

impl Part {
    /// The rules whose findings in the scenario may change.
    fn read_by(self) -> &'static [Reads] {
        match self {
            Self::Page => &[Reads::Pages],
            Self::Manifest => &[Reads::Pages, Reads::Files],
        }
    }
}

impl Session {
    pub(super) fn edit(&mut self, edited: &Edited, bytes: &[u8]) -> Option<TreeChanges> {
        let &Edited { scenario, file, part } = edited;
        let mut at = Place::of(self)?;
        if !at.can_tell_findings_apart(part) {
            return None;
        }
        let old = match at.known.remove(&scenario) {
            Some(known) => known,
            None => at.interface(scenario)?,
        };
        let explained = explained_on(at.course, scenario);
        at.load(edited, bytes)?;
        let mut changes = at.print(&[scenario], explained)?;
        let new = at.interface(scenario)?;
        let mut reached = BTreeSet::from([scenario]);
        if part == Part::Manifest || new != old {
            if new.uses_other_files(&old) {
                return None;
            }
            let others = at.others_reached(scenario, part)?;
            at.reload_pages(&others)?;
            changes.extend(at.print(&others, BTreeSet::new())?);
            reached.extend(others);
        }
        at.known.insert(scenario, new);
        at.check(edited, &reached)?;
        self.pending.words = true;
        if part == Part::Manifest {
            self.pending.shown.insert(scenario);
        }
        self.parts.suppressions.renew(&self.compiled.files, file);
        let (files, suppressions) = (&self.compiled.files, &self.parts.suppressions);
        let controlled = self.compiled.control.apply(self.parts.findings(files), files, suppressions, true);
        let Controlled { findings, suppressed } = controlled;
        (self.compiled.findings, self.compiled.suppressed) = (findings, suppressed);
        Some(changes)
    }

    /// Prints again what lists scenarios, and the preview pictures of those of which something else is
    /// shown. `None` if that is not wanted any more, or not possible.
    pub(super) fn print_what_shows_titles(
        &mut self,
        cards: &Cards,
        is_wanted: IsWanted<'_>,
    ) -> Option<TreeChanges> {
        let shown: Vec<usize> = self.pending.shown.iter().copied().collect();
        let mut at = Place::of(self)?;
        let (mut readme, sink) = (OutputTree::default(), Sink::default());
        emit_readme(at.course, at.drafts, &mut readme, &sink);
        if !sink.into_found().is_empty() {
            return None;
        }
        let pages = at.printer.print_others(at.course, at.files, at.tree, is_wanted)?;
        let mut parts = vec![readme, pages];
        if at.previews && at.course.site.is_some() {
            for scenario in shown {
                parts.push(at.printer.print_preview(at.course, scenario, cards, at.tree)?);
            }
        }
        Some(at.apply(&parts))
    }
}

/// What an edit works on. After a `None` of a function that changes it, it is of no use any more.
struct Place<'s> {
    printer: &'s SitePrinter,
    drafts: bool,
    previews: bool,
    files: &'s mut Files,
    course: &'s mut Course,
    tree: &'s mut OutputTree,
    parts: &'s mut Parts,
    known: &'s mut HashMap<usize, PageInterface>,
}

impl<'s> Place<'s> {
    fn of(session: &'s mut Session) -> Option<Self> {
        let Session { options, compiled, parts, printer, known, .. } = session;
        Some(Self {
            printer: printer.as_ref()?,
            drafts: options.drafts,
            previews: !options.no_previews,
            files: &mut compiled.files,
            course: compiled.course.as_mut()?,
            tree: compiled.tree.as_mut()?,
            parts,
            known,
        })
    }

    /// Whether what rules find because of a scenario lies in its folder. What they find in a stack's files
    /// may be because of any exercise that has the stack.
    fn can_tell_findings_apart(&self, part: Part) -> bool {
        let is_in_content = |finding: &Diagnostic| self.files.path(finding.span.file).starts_with("content");
        let mut checked = self.parts.checked.iter().filter(|finding| is_found_by(finding, part.read_by()));
        checked.all(is_in_content) && (part == Part::Page || self.parts.loaded.iter().all(is_in_content))
    }

    fn interface(&self, scenario: usize) -> Option<PageInterface> {
        PageInterface::of(self.course, self.page_of(scenario)?.1, scenario, self.tree)
    }

    fn page_of(&self, scenario: usize) -> Option<(usize, &Page)> {
        let file = self.course.scenarios[scenario].written.as_ref()?.page?;
        self.parts.pages.iter().enumerate().find(|(_, page)| page.file == file)
    }

    /// Loads what was edited again.
    fn load(&mut self, edited: &Edited, bytes: &[u8]) -> Option<()> {
        let &Edited { scenario, file, part } = edited;
        let found = match part {
            Part::Page => {
                let (at, page) = self.page_of(scenario)?;
                let owner = page.owner;
                self.files.replace(file, bytes);
                let found = reload_page(self.files, self.course, scenario)?;
                self.parts.pages[at] = Page::load(self.files, file, owner);
                found
            }
            Part::Manifest => {
                let is_own = |finding: &Diagnostic| self.owner_of(finding) == Some(scenario);
                if self.parts.loaded.iter().any(is_own) {
                    return None;
                }
                let before = parse_yaml(self.files, file, &Sink::default())?;
                self.files.replace(file, bytes);
                let sink = Sink::default();
                let after = parse_yaml(self.files, file, &sink)?;
                if !sink.into_found().is_empty() || !differs_in_shown_texts_alone(&before, &after) {
                    return None;
                }
                reload_scenario(self.files, self.course, scenario)?
            }
        };
        self.keep_found(scenario, found)
    }

    /// Keeps what was found on a page; `None` if that stops a compilation.
    fn keep_found(&mut self, scenario: usize, found: Vec<Diagnostic>) -> Option<()> {
        let is_blocked = found.iter().any(Diagnostic::is_blocking);
        self.parts.of_pages[scenario] = found;
        (!is_blocked).then_some(())
    }

    /// The other scenarios that show something of this one which may have changed.
    fn others_reached(&self, scenario: usize, part: Part) -> Option<Vec<usize>> {
        let mentions = mentions(self.course, self.files, scenario);
        let mut found = mentions.scenarios;
        if mentions.from_elsewhere {
            return None;
        }
        if part == Part::Manifest {
            if mentions.in_dashboards || mentions.in_snippets {
                return None;
            }
            found.extend(beside(self.course, scenario));
        }
        found.remove(&scenario);
        if found.iter().any(|&other| has_heading_about(&self.course.scenarios[other], scenario)) {
            return None;
        }
        Some(found.into_iter().collect())
    }

    /// Loads pages again that name what may not be there any more.
    fn reload_pages(&mut self, scenarios: &[usize]) -> Option<()> {
        for &other in scenarios {
            if self.course.scenarios[other].written.as_ref().is_some_and(|it| it.page.is_some()) {
                let found = reload_page(self.files, self.course, other)?;
                self.keep_found(other, found)?;
            }
        }
        Some(())
    }

    /// Prints the folders and the pages of scenarios again, and the pages of concepts.
    fn print(&mut self, scenarios: &[usize], concepts: BTreeSet<usize>) -> Option<TreeChanges> {
        let (mut folders, sink) = (OutputTree::default(), Sink::default());
        for &scenario in scenarios {
            emit_scenario(self.course, self.files, scenario, self.drafts, &mut folders, &sink);
            let folder = &self.course.scenarios[scenario].folder;
            if !has_same_files(self.tree, &folders, folder) {
                return None;
            }
        }
        if !sink.into_found().is_empty() {
            return None;
        }
        let pages = self.printer.print_scenarios(self.course, self.files, scenarios, concepts, self.tree)?;
        Some(self.apply(&[folders, pages]))
    }

    fn apply(&mut self, parts: &[OutputTree]) -> TreeChanges {
        let mut changes = TreeChanges::default();
        parts.iter().for_each(|part| changes.extend(self.tree.changes_by(part)));
        self.tree.apply(&changes);
        changes
    }

    /// Puts what rules find now in the place of what they found before in the scenarios that were reached.
    fn check(&mut self, edited: &Edited, reached: &BTreeSet<usize>) -> Option<()> {
        let mut checked = std::mem::take(&mut self.parts.checked);
        let reads = |scenario: usize| match scenario == edited.scenario {
            true => edited.part.read_by(),
            false => Part::Page.read_by(),
        };
        let is_old = |finding: &Diagnostic| {
            let owner = self.owner_of(finding).filter(|owner| reached.contains(owner));
            owner.is_some_and(|owner| is_found_by(finding, reads(owner)))
        };
        checked.retain(|finding| !is_old(finding));
        let of_pages = self.parts.of_pages.iter().enumerate().filter(|(index, _)| !reached.contains(index));
        let mut kept = of_pages.flat_map(|(_, found)| found).chain(&self.parts.loaded).chain(&checked);
        // A place in this file, or in the search, would be another one now.
        if kept.any(|finding| names(finding, edited.file)) {
            return None;
        }
        let (course, files, tree, pages) = (&*self.course, &*self.files, &*self.tree, &self.parts.pages);
        let found = reached.par_iter().map(|&scenario| {
            let sink = Sink::default();
            run_scenario(course, files, pages, tree, scenario, reads(scenario), &sink);
            (scenario, sink.into_found())
        });
        for (scenario, mut found) in found.collect::<Vec<_>>() {
            // What concerns the whole course is found by whatever is looked at.
            found.retain(|finding| !checked.iter().any(|kept| is_same(kept, finding)));
            // A rule names the search by an address that it does not have yet.
            let is_unusable = |finding: &Diagnostic| {
                finding.is_blocking()
                    || finding.message.contains(SEARCH)
                    || self.owner_of(finding) != Some(scenario)
            };
            if found.iter().any(is_unusable) {
                return None;
            }
            checked.extend(found);
        }
        self.parts.checked = checked;
        Some(())
    }

    /// The scenario in whose folder a finding lies.
    fn owner_of(&self, finding: &Diagnostic) -> Option<usize> {
        scenario_at(self.course, self.files.path(finding.span.file))
    }
}

/// Whether a finding is of a rule that reads one of these.
fn is_found_by(finding: &Diagnostic, reads: &[Reads]) -> bool {
    let mut rules = all_rules();
    let rule = rules.find(|rule| rule.spec.code == finding.spec.code);
    rule.is_some_and(|rule| reads.contains(&rule.reads))
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
    let below = format!("dist/monorepo/{folder}");
    let (before, now) = (tree.below(&below).count(), part.below(&below).count());
    before == now && part.below(&below).all(|(path, _)| tree.get(path).is_some())
}
