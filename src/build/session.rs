//! A course that is compiled again and again, as its server does. An edit of one page, or of what a
//! scenario.yml shows to people, is brought in alone (`edit.rs`); everything else is a whole compilation.
//! The result is the same in both ways, which `tests/session.rs` holds.

use std::collections::{BTreeSet, HashMap};

use camino::Utf8Path;

use super::compile::{Compiled, Options, Parts, compile_parts};
use super::edit::{Edited, Part};
use super::interface::PageInterface;
use super::reached::scenario_at;
use crate::check::all_specs;
use crate::diag::Sink;
use crate::emit::content::Keeper;
use crate::emit::course_json::emit_course_json;
use crate::emit::site::{Cards, IsWanted, SitePrinter};
use crate::emit::tree::{OutputTree, TreeChanges};
use crate::source::{Files, Origin, ReadFault};

/// The folder of the search, whose paths change with what is in it.
pub(super) const SEARCH: &str = "dist/site/search";

/// A compiled course that is kept up to date.
pub struct Session {
    pub(super) options: Options,
    pub(super) compiled: Compiled,
    pub(super) parts: Parts,
    pub(super) pending: Pending,
    /// Made for the first edit.
    pub(super) printer: Option<SitePrinter>,
    /// Of scenarios that were edited, by index.
    pub(super) known: HashMap<usize, PageInterface>,
}

/// What edits left for later.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pending {
    /// Scenarios of which something else is shown now wherever scenarios are listed.
    pub shown: BTreeSet<usize>,
    /// Whether the search and the other lists of what is on all pages lack an edit.
    pub words: bool,
}

/// What [`Session::finish`] brought in.
#[derive(Debug)]
pub enum Finished {
    /// Pages, which somebody may look at.
    Pages(TreeChanges),
    /// Lists that are fetched when they are asked for.
    Lists(TreeChanges),
}

/// Why [`Session::finish`] brought in nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// It was not wanted any more.
    GivenUp,
    /// Nothing of the session may be used any more but [`Session::renew`].
    Impossible,
}

impl Session {
    /// Compiles a project that was read by [`crate::source::read_dir`].
    #[must_use]
    pub fn new(files: Files, faults: &[ReadFault], options: Options, cards: &Cards) -> Self {
        let (mut compiled, parts) = compile_parts(files, faults, options, cards, Keeper::default());
        compiled.ids = None;
        Self { options, compiled, parts, pending: Pending::default(), printer: None, known: HashMap::new() }
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

    /// Brings in the new text of a scenario's page, or of its scenario.yml: into the pages that show it, and
    /// into the findings. [`Session::finish`] does the rest. `None` if that cannot be done alone: then nothing
    /// of the session may be used any more but [`Session::renew`].
    pub fn edit_file(&mut self, path: &Utf8Path, bytes: &[u8]) -> Option<TreeChanges> {
        let edited = self.edited_at(path)?;
        if self.compiled.files.original(edited.file) == bytes {
            return Some(TreeChanges::default());
        }
        if self.printer.is_none() {
            self.printer = self.printer();
        }
        self.edit(&edited, bytes)
    }

    /// Whether [`Session::finish`] has something to do.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.pending != Pending::default()
    }

    /// Brings a part of what edits left for later into the outputs: first the pages that list scenarios, with
    /// preview pictures, then the search, course.json and the data of "My work". `cards` are preview pictures
    /// that are known.
    ///
    /// # Errors
    /// [`Unfinished`]; nothing is changed then.
    pub fn finish(&mut self, cards: &Cards, is_wanted: IsWanted<'_>) -> Result<Finished, Unfinished> {
        // What is not wanted any more gives nothing, as does what cannot be done.
        let why = || if is_wanted() { Unfinished::Impossible } else { Unfinished::GivenUp };
        if !self.pending.shown.is_empty() {
            let changes = self.print_what_shows_titles(cards, is_wanted).ok_or_else(why)?;
            self.pending.shown.clear();
            return Ok(Finished::Pages(changes));
        }
        let changes = self.print_lists(is_wanted).ok_or_else(why)?;
        self.pending.words = false;
        Ok(Finished::Lists(changes))
    }

    fn print_lists(&mut self, is_wanted: IsWanted<'_>) -> Option<TreeChanges> {
        let printer = self.printer.as_ref()?;
        let (course, tree) = (self.compiled.course.as_ref()?, self.compiled.tree.as_mut()?);
        let mut lists = printer.print_lists(course, is_wanted)?;
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

    /// What stands in the file with this path, if it is a scenario's page or its scenario.yml.
    fn edited_at(&self, path: &Utf8Path) -> Option<Edited> {
        let file = self.compiled.files.find(path)?;
        if self.compiled.files.entry(file).origin != Origin::Project {
            return None;
        }
        let course = self.compiled.course.as_ref()?;
        let scenario = scenario_at(course, path)?;
        let written = course.scenarios[scenario].written.as_ref()?;
        let part = match file {
            _ if written.page == Some(file) => Part::Page,
            _ if written.file == file => Part::Manifest,
            _ => return None,
        };
        Some(Edited { scenario, file, part })
    }
}
