//! Makes the disk what a plan says. Every step can be the last one of a run that is cut off: the
//! record names each file before it appears and forgets it only after it is gone.

use std::borrow::Cow;
use std::cell::LazyCell;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::disk::{self, Found, Kind};
use super::error::WriteError;
use super::manifest::{CACHE_FOLDER, Manifest};
use super::plan::{Plan, folders_of};
use super::staging::Staging;
use crate::emit::content::{Content, Stored};
use crate::emit::tree::OutputTree;
use crate::source::FILES_AT_ONCE;

/// What a run did, in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub created: usize,
    pub updated: usize,
    pub deleted: usize,
    pub unchanged: usize,
    /// The record as it is now; the next plan of this process starts from it.
    pub manifest: Manifest,
}

/// Carries out a plan that [`super::plan_write`] made from the same root, tree and manifest, with what was
/// staged for that root. Another build of the same project that is writing is waited for.
///
/// # Errors
/// [`WriteError`] with the path at which it stopped. What was written until then stays, each file
/// whole, and the next run goes on from there.
pub fn apply_plan(
    root: &Utf8Path,
    tree: &OutputTree,
    mut plan: Plan,
    manifest: &Manifest,
    staging: &Staging,
) -> Result<Written, WriteError> {
    let mut complete = std::mem::take(&mut plan.complete);
    if !plan.is_empty() || *manifest != complete {
        let _lock = disk::lock(root, &Utf8Path::new(CACHE_FOLDER).join("lock"))?;
        // What another build has made since our plan stays known, for the next run to judge.
        let recorded = Manifest::load(root)?;
        complete.adopt(&recorded, manifest);
        let mut underway = complete.before(plan.create.iter().chain(&plan.update));
        underway.adopt(manifest, &Manifest::default());
        // Of a large course each of the two takes as long to print as hundreds of files to move.
        let print = |record: &Manifest, known: &Manifest| (record != known).then(|| record.print());
        let (first, last) = rayon::join(|| print(&underway, &recorded), || print(&complete, &underway));
        if let Some(record) = first {
            Manifest::save(root, &record)?;
        }
        apply_changes(root, tree, &plan, staging)?;
        if let Some(record) = last {
            Manifest::save(root, &record)?;
        }
    }
    Ok(Written {
        created: plan.create.len(),
        updated: plan.update.len(),
        deleted: plan.delete.len(),
        unchanged: plan.unchanged,
        manifest: complete,
    })
}

fn apply_changes(
    root: &Utf8Path,
    tree: &OutputTree,
    plan: &Plan,
    staging: &Staging,
) -> Result<(), WriteError> {
    let wanted = LazyCell::new(|| folders_of(tree.iter().map(|(path, _)| path)));
    let is_in_the_way = |path: &Utf8Path| {
        wanted.contains(path) || path.ancestors().skip(1).any(|folder| tree.get(folder).is_some())
    };
    // New files come before old ones go, so that a reader never finds less than before; only what
    // stands in the place of a new file has to go first.
    let (first, last): (Vec<_>, Vec<_>) = plan.delete.iter().partition(|path| is_in_the_way(path));
    for path in plan.leftover.iter().chain(&plan.links).chain(first) {
        disk::remove(root, path)?;
    }
    let moved = move_folders(tree, &plan.absent, staging);
    let is_there = |path: &Utf8Path| moved.iter().any(|folder| path.starts_with(folder));
    let changed = plan.create.par_iter().chain(&plan.update).with_max_len(FILES_AT_ONCE);
    let written = changed.filter(|path| !is_there(path)).map(|path| write_output(root, tree, path));
    written.find_first(Result::is_err).unwrap_or(Ok(()))?;
    for path in last {
        disk::remove(root, path)?;
    }
    for folder in plan.emptied.iter().filter(|folder| tree.get(folder).is_none()) {
        disk::remove_if_empty(root, folder)?;
    }
    Ok(())
}

/// Makes folders that the output does not have yet, each in one step, and gives those that came about. What
/// is in the others is written file by file.
fn move_folders<'p>(tree: &OutputTree, absent: &'p [Utf8PathBuf], staging: &Staging) -> Vec<&'p Utf8Path> {
    if absent.is_empty() || !staging.has_only(tree) {
        return Vec::new();
    }
    let move_folder = |folder: &Utf8Path| {
        let files: Vec<_> = tree.below(folder.as_str()).collect();
        files
            .into_par_iter()
            .with_max_len(FILES_AT_ONCE)
            .try_for_each(|(path, file)| staging.place(path, file))?;
        staging.move_folder(folder)
    };
    absent.iter().map(Utf8PathBuf::as_path).filter(|folder| move_folder(folder).is_ok()).collect()
}

fn write_output(root: &Utf8Path, tree: &OutputTree, path: &Utf8PathBuf) -> Result<(), WriteError> {
    let file = tree.get(path).expect("a plan is applied with the tree it was made from");
    if disk::look(root, path)? == Found::Folder {
        disk::remove_empty_folders(root, path)?;
    }
    if let Some(staged) = file.movable().and_then(Stored::staged_at)
        && disk::move_to(root, staged, path).is_ok()
    {
        return Ok(());
    }
    let bytes = match &file.content {
        Content::Held(bytes) => Cow::Borrowed(&**bytes),
        Content::Stored(stored, _) => {
            Cow::Owned(stored.read().map_err(|error| WriteError::read(path, error))?)
        }
    };
    disk::write_whole(root, path, &bytes, Kind::Output { executable: file.executable })
}
