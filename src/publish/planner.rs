//! Judges file by file: as it was published, as it is in the checkout, as it is built.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::built::Built;
use super::checkout::Checkout;
use super::conflict::{Cause, Conflict, Obstacle, Word, Words};
use super::manifest::{Entry, Published};
use super::plan::{Kept, Plan, Planned};
use super::state::{Looker, Modes, State};
use crate::emit::tree::{OutputFile, fold};
use crate::source::PathSet;
use crate::write::disk::{self, is_same_file};
use crate::write::{WriteError, folders_of};

pub(super) struct Planner<'a> {
    root: &'a Utf8Path,
    modes: Modes,
    built: &'a Built,
    before: &'a Published,
    words: &'a Words,
    looker: Looker<'a>,
    /// The record as it is afterwards.
    next: BTreeMap<Utf8PathBuf, Entry>,
    /// Paths of files that are there only because the disk ignores case, and are going away.
    freed: BTreeSet<Utf8PathBuf>,
    /// Folders of which we know that our files were in them.
    ours: PathSet,
    /// Folders in the place of which there has to be a file.
    replaced: BTreeSet<Utf8PathBuf>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        checkout: &'a Checkout,
        built: &'a Built,
        before: &'a Published,
        words: &'a Words,
    ) -> Self {
        Self {
            root: checkout.root(),
            modes: checkout.modes(),
            built,
            before,
            words,
            looker: Looker::new(checkout),
            next: BTreeMap::new(),
            freed: BTreeSet::new(),
            ours: folders_of(before.files.keys().map(Utf8PathBuf::as_path)),
            replaced: BTreeSet::new(),
            plan: Plan::default(),
        }
    }

    /// Files that were published and are no longer built.
    pub(super) fn plan_gone(&mut self) -> Result<(), WriteError> {
        let built: BTreeMap<String, &Utf8Path> =
            self.built.iter().map(|(path, _)| (fold(path.as_str()), path)).collect();
        let before = self.before;
        for (path, entry) in &before.files {
            if self.built.get(path).is_some() {
                continue;
            }
            let (from, theirs) = self.looker.look(path)?;
            // Nothing of ours is there any more, and whatever is there is nobody's business.
            let Some(theirs) = theirs else { continue };
            let is_edited = entry.kept || from != entry.state(self.modes);
            match self.words.about(path) {
                _ if !is_edited => {}
                Some(Word::Overwrite) => {}
                None | Some(Word::Take) if !entry.kept => {
                    let conflict = self.conflict(path, Cause::EditedAndGone, Some(theirs), None, from);
                    self.plan.conflicts.push(conflict);
                    // Still ours: a plan with conflicts is not carried out.
                    continue;
                }
                _ => {
                    self.plan.left.push(path.clone());
                    continue;
                }
            }
            let renamed = built.get(&fold(path.as_str())).filter(|new| is_same_file(self.root, path, new));
            self.freed.extend(renamed.map(|new| (*new).to_owned()));
            self.plan.delete.push(path.clone());
            let (to, bytes) = (State::Nothing, Arc::default());
            self.plan.removals.push(Planned { path: path.clone(), from, to, bytes });
        }
        Ok(())
    }

    /// Files that are built.
    pub(super) fn plan_built(&mut self) -> Result<(), WriteError> {
        let built = self.built;
        for (path, file) in built.iter() {
            let (from, theirs) =
                if self.freed.contains(path) { (State::Nothing, None) } else { self.looker.look(path)? };
            self.plan_file(path, file, from, theirs)?;
        }
        self.plan.obstacles.sort_by(|a, b| a.path().cmp(b.path()));
        self.plan.obstacles.dedup();
        self.plan.conflicts.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(())
    }

    fn plan_file(
        &mut self,
        path: &Utf8Path,
        file: &OutputFile,
        from: State,
        theirs: Option<Vec<u8>>,
    ) -> Result<(), WriteError> {
        let to = self.modes.file(&file.bytes(), file.executable);
        let entry = self.before.files.get(path);
        let ours = Entry::of(file);
        if from == to {
            match entry == Some(&ours) {
                true => self.plan.unchanged += 1,
                false => self.plan.adopted.push(path.to_owned()),
            }
            self.next.insert(path.to_owned(), ours);
            return Ok(());
        }
        let kept = entry.filter(|entry| entry.kept);
        let is_ours = entry.is_some_and(|entry| !entry.kept && entry.state(self.modes) == from);
        let word = self.words.about(path);
        if let Some(kept) = kept.filter(|_| word != Some(Word::Overwrite)) {
            let is_outdated = kept.state(self.modes) != to;
            self.plan.kept.push(Kept { path: path.to_owned(), theirs, is_outdated });
            self.next.insert(path.to_owned(), kept.clone());
            return Ok(());
        }
        let Some(from) = self.freed_place(path, from)? else { return Ok(()) };
        match word {
            _ if is_ours || (from == State::Nothing && entry.is_none()) => self.write(path, file, from, to),
            Some(Word::Overwrite) => self.write(path, file, from, to),
            Some(Word::Keep) => {
                self.next.insert(path.to_owned(), Entry { kept: true, ..ours });
                self.plan.kept.push(Kept { path: path.to_owned(), theirs, is_outdated: false });
            }
            None | Some(Word::Take) => {
                let is_same = entry.is_some_and(|entry| entry.state(self.modes) == to);
                let cause = cause(entry.is_some(), is_same, &from);
                let conflict = self.conflict(path, cause, theirs, Some(file), from);
                self.plan.conflicts.push(conflict);
            }
        }
        Ok(())
    }

    /// What is at a path once everything that goes away is gone; `None` if something stays in the way, which
    /// is noted.
    fn freed_place(&mut self, path: &Utf8Path, found: State) -> Result<Option<State>, WriteError> {
        Ok(match found {
            State::Blocked => self.is_unblocked(path)?.then_some(State::Nothing),
            State::Folder if self.is_replaceable(path, path)? => {
                self.replaced.insert(path.to_owned());
                Some(State::Nothing)
            }
            State::Folder => None,
            other => Some(other),
        })
    }

    fn write(&mut self, path: &Utf8Path, file: &OutputFile, from: State, to: State) {
        let list = if from == State::Nothing { &mut self.plan.create } else { &mut self.plan.update };
        list.push(path.to_owned());
        self.next.insert(path.to_owned(), Entry::of(file));
        self.plan.writes.push(Planned { path: path.to_owned(), from, to, bytes: file.content.shared() });
    }

    fn conflict(
        &self,
        path: &Utf8Path,
        cause: Cause,
        theirs: Option<Vec<u8>>,
        ours: Option<&OutputFile>,
        from: State,
    ) -> Conflict {
        let theirs_executable = matches!(from, State::File { executable: true, .. });
        Conflict {
            path: path.to_owned(),
            cause,
            theirs,
            ours: ours.map(|file| file.bytes().into_owned()),
            executable: (theirs_executable, ours.is_some_and(|file| file.executable)),
        }
    }

    /// Whether what stands in the place of one of its folders goes away. If not, that is noted.
    fn is_unblocked(&mut self, path: &Utf8Path) -> Result<bool, WriteError> {
        let Some(obstacle) = self.looker.obstacle(path)? else { return Ok(true) };
        if self.plan.delete.binary_search(&obstacle).is_ok() {
            return Ok(true);
        }
        // It is to be decided about, and then goes away.
        if self.plan.conflicts.iter().all(|conflict| conflict.path != obstacle) {
            let is_link = self.looker.look(&obstacle)?.0 == State::Link;
            self.plan.obstacles.push(Obstacle::NoFolder { path: obstacle, is_link });
        }
        Ok(false)
    }

    /// Whether a folder holds nothing but what goes away. If not, that is noted.
    fn is_replaceable(&mut self, path: &Utf8Path, folder: &Utf8Path) -> Result<bool, WriteError> {
        for (child, is_folder) in disk::list(self.root, folder)? {
            let is_open = || self.plan.conflicts.iter().any(|conflict| conflict.path == child);
            if is_folder && self.ours.contains(&child) {
                if !self.is_replaceable(path, &child)? {
                    return Ok(false);
                }
            } else if is_folder || self.plan.delete.binary_search(&child).is_err() {
                if !is_open() {
                    self.plan.obstacles.push(Obstacle::Folder { path: path.to_owned(), foreign: child });
                }
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The plan, and the files of the next manifest.
    pub(super) fn finish(mut self) -> (Plan, BTreeMap<Utf8PathBuf, Entry>) {
        let stays = folders_of(self.built.iter().map(|(path, _)| path));
        let mut emptied = folders_of(self.plan.delete.iter().map(Utf8PathBuf::as_path));
        // Those inside are ours, or it would not be replaced.
        let inside = |folder: &&Utf8Path| self.replaced.iter().any(|it| folder.starts_with(it));
        emptied.extend(self.ours.paths().filter(inside).map(|folder| (folder.to_owned(), ())));
        emptied.extend(self.replaced.iter().map(|folder| (folder.clone(), ())));
        let emptied = emptied.paths().filter(|folder| !stays.contains(folder));
        self.plan.emptied = emptied.map(Utf8Path::to_owned).collect();
        self.plan.emptied.reverse();
        (self.plan, self.next)
    }
}

/// Why a file that is not as it was published is not simply written. `is_same`: whether the same is built
/// as was published.
fn cause(was_published: bool, is_same: bool, found: &State) -> Cause {
    match found {
        State::Link => Cause::Link,
        State::Other => Cause::Odd,
        State::Nothing => Cause::Removed,
        _ if !was_published => Cause::Foreign,
        _ if is_same => Cause::Edited,
        _ => Cause::BothChanged,
    }
}
