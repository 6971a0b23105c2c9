//! Carries a plan out. All contents are staged and all steps written down before the first file
//! changes, and a step is done only where things are as they were when it was planned. So a run can
//! end anywhere: the next one goes through the same steps again.

use camino::Utf8PathBuf;

use super::checkout::{Checkout, Claim};
use super::error::PublishError;
use super::journal::{Journal, Remains, Step};
use super::manifest::MANIFEST;
use super::plan::Plan;
use super::state::{Looker, State};
use super::writer::{Before, Writer};
use crate::write::disk;
use crate::write::{WriteError, folders_of};

/// Files that somebody has changed between the plan and its execution: they stay as they are, and the
/// next plan asks about them.
pub type Left = Vec<Utf8PathBuf>;

/// What became of a run that was cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// There was none.
    Nothing,
    /// It had changed nothing; what it had prepared is thrown away.
    ThrownAway,
    /// It is finished now; so many steps were left to do. `settled` are all files that it was about.
    Finished { steps: usize, settled: Vec<Utf8PathBuf>, left: Left },
    /// It cannot be finished, since the repository is at another point now. Its changes are judged by
    /// the next plan like everybody's.
    Abandoned,
}

/// Carries out a plan that was made while the claim was held.
///
/// # Errors
/// [`PublishError::Write`] with the path at which it stopped; the next run goes on from there.
///
/// # Panics
/// When something has to be decided first.
pub fn publish(claim: &Claim<'_>, plan: &Plan, before: Before<'_>) -> Result<Left, PublishError> {
    assert!(!plan.is_blocked(), "a plan is carried out when everything is decided");
    if plan.is_up_to_date() {
        return Ok(Left::new());
    }
    let checkout = claim.checkout;
    let writer = Writer { root: checkout.root(), before };
    let (journal, staged) = Journal::of(plan);
    writer.record(&checkout.staged(), &staged)?;
    writer.record(&checkout.journal(), &journal.print())?;
    Ok(carry_out(writer, checkout, &journal, &staged)?.left)
}

/// Finishes a run that was cut off, or throws away what it had prepared.
///
/// # Errors
/// [`PublishError`] when the system refuses, or a newer version of the program was at work.
pub fn recover(claim: &Claim<'_>, before: Before<'_>) -> Result<Recovered, PublishError> {
    let checkout = claim.checkout;
    let writer = Writer { root: checkout.root(), before };
    let (journal, staged) = match Journal::find(checkout)? {
        Remains::Whole(journal, staged) if is_same_point(checkout, &journal)? => (journal, staged),
        Remains::None => {
            let was_there = clean(writer, checkout)?;
            return Ok(if was_there { Recovered::ThrownAway } else { Recovered::Nothing });
        }
        Remains::Whole(journal, _) => {
            remove_unfinished(writer, checkout, &journal)?;
            clean(writer, checkout)?;
            return Ok(Recovered::Abandoned);
        }
        Remains::Damaged => {
            clean(writer, checkout)?;
            return Ok(Recovered::Abandoned);
        }
    };
    remove_unfinished(writer, checkout, &journal)?;
    let Done { steps, left } = carry_out(writer, checkout, &journal, &staged)?;
    let is_settled = |path: &Utf8PathBuf| !left.contains(path);
    let settled = journal.steps().map(|step| step.path.clone()).filter(is_settled).collect();
    Ok(Recovered::Finished { steps, settled, left })
}

/// Whether the manifest is the one from before the run or from after it. Any other is that of another
/// branch, to which the steps do not belong.
fn is_same_point(checkout: &Checkout, journal: &Journal) -> Result<bool, WriteError> {
    let Some(manifest) = journal.writes.last().filter(|step| step.path == MANIFEST) else { return Ok(true) };
    let (found, _) = Looker::new(checkout).look(MANIFEST.into())?;
    Ok(found == manifest.from || found == manifest.to)
}

struct Done {
    steps: usize,
    left: Left,
}

fn carry_out(
    writer: Writer<'_>,
    checkout: &Checkout,
    journal: &Journal,
    staged: &[u8],
) -> Result<Done, WriteError> {
    let mut done = Done { steps: 0, left: Left::new() };
    for step in &journal.removals {
        if done.is_due(checkout, step)? {
            writer.remove(&step.path)?;
        }
    }
    for folder in &journal.emptied {
        if Looker::new(checkout).look(folder)?.0 == State::Folder {
            writer.remove_folder(folder)?;
        }
    }
    for step in &journal.writes {
        let executable = matches!(step.to, State::File { executable: true, .. });
        if let Some(bytes) = step.content(staged)
            && done.is_due(checkout, step)?
        {
            writer.write(&step.path, bytes, executable)?;
        }
    }
    clean(writer, checkout)?;
    Ok(done)
}

impl Done {
    /// Whether a step is still to be done; one that has become impossible is noted.
    fn is_due(&mut self, checkout: &Checkout, step: &Step) -> Result<bool, WriteError> {
        let (found, _) = Looker::new(checkout).look(&step.path)?;
        let is_due = found == step.from;
        self.steps += usize::from(is_due);
        if !is_due && found != step.to {
            self.left.push(step.path.clone());
        }
        Ok(is_due)
    }
}

/// Ends a run. The journal goes first: without it the rest means nothing. Whether there was anything.
fn clean(writer: Writer<'_>, checkout: &Checkout) -> Result<bool, WriteError> {
    let (journal, folder) = (checkout.journal(), checkout.folder());
    let mut files = disk::list(writer.root, &folder)?;
    files.sort_by_key(|(path, _)| *path != journal);
    for (path, is_folder) in &files {
        if !is_folder {
            writer.remove(path)?;
        }
    }
    if disk::look(writer.root, &folder)? == disk::Found::Folder {
        writer.remove_folder(&folder)?;
    }
    Ok(!files.is_empty())
}

/// Removes files that a run was writing when it was cut off.
fn remove_unfinished(writer: Writer<'_>, checkout: &Checkout, journal: &Journal) -> Result<(), WriteError> {
    let mut folders = folders_of(journal.writes.iter().map(|step| step.path.as_path()));
    folders.insert(Utf8PathBuf::new(), ());
    for folder in folders.paths() {
        let is_real = folder.as_str().is_empty() || Looker::new(checkout).look(folder)?.0 == State::Folder;
        let entries = if is_real { disk::list(writer.root, folder)? } else { Vec::new() };
        for (path, is_folder) in entries {
            if !is_folder && disk::is_temporary(&path) {
                writer.remove(&path)?;
            }
        }
    }
    Ok(())
}
