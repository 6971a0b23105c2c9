//! What a run is about to do, written down before it begins. While the journal is there, the run has
//! not ended; what it says can be done again from any point.

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::built::is_reserved;
use super::checkout::Checkout;
use super::error::PublishError;
use super::manifest::MANIFEST;
use super::plan::{Plan, Planned};
use super::state::State;
use crate::emit::tree::is_output_path;
use crate::write::disk::{self, Found};

/// Rises when a key changes its meaning.
const VERSION: u32 = 1;

/// The steps of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    version: u32,
    pub removals: Vec<Step>,
    pub emptied: Vec<Utf8PathBuf>,
    /// The manifest last.
    pub writes: Vec<Step>,
}

/// One change of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    pub path: Utf8PathBuf,
    pub from: State,
    pub to: State,
    /// Where its content begins among what is staged, and its length.
    pub staged: (usize, usize),
}

/// What a run left behind that was cut off.
#[derive(Debug)]
pub(super) enum Remains {
    /// None: it had changed nothing yet.
    None,
    Whole(Journal, Vec<u8>),
    /// One that cannot be gone by.
    Damaged,
}

impl Journal {
    /// The steps of a plan, and the contents that they write.
    pub(super) fn of(plan: &Plan) -> (Self, Vec<u8>) {
        let mut staged = Vec::new();
        let mut step = |planned: &Planned| {
            let Planned { path, from, to, bytes } = planned.clone();
            let at = (staged.len(), bytes.len());
            staged.extend_from_slice(&bytes);
            Step { path, from, to, staged: at }
        };
        let removals = plan.removals.iter().map(&mut step).collect();
        let writes = plan.writes.iter().map(&mut step).collect();
        (Self { version: VERSION, removals, emptied: plan.emptied.clone(), writes }, staged)
    }

    /// The text of it.
    pub(super) fn print(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers are JSON")
    }

    /// Reads what a run left.
    ///
    /// # Errors
    /// [`PublishError`] when the system refuses, or a newer version of the program was at work.
    pub(super) fn find(checkout: &Checkout) -> Result<Remains, PublishError> {
        let (root, path) = (checkout.root(), checkout.journal());
        if disk::look(root, &path)? == Found::Nothing {
            return Ok(Remains::None);
        }
        let read = |path: &Utf8Path| match disk::look(root, path)? {
            Found::File { .. } => disk::read(root, path).map(Some),
            _ => Ok(None),
        };
        let (Some(text), Some(staged)) = (read(&path)?, read(&checkout.staged())?) else {
            return Ok(Remains::Damaged);
        };
        let version = serde_json::from_slice::<serde_json::Value>(&text).ok();
        let version = version.and_then(|value| value.get("version")?.as_u64());
        if version.is_some_and(|version| version > u64::from(VERSION)) {
            return Err(PublishError::Newer { what: "the publish that was cut off".to_owned() });
        }
        Ok(match serde_json::from_slice::<Self>(&text) {
            Ok(journal) if journal.is_sound(&staged) => Remains::Whole(journal, staged),
            _ => Remains::Damaged,
        })
    }

    /// All steps in order.
    pub(super) fn steps(&self) -> impl Iterator<Item = &Step> {
        self.removals.iter().chain(&self.writes)
    }

    /// Whether each content is there as it was meant, and no path leads elsewhere.
    fn is_sound(&self, staged: &[u8]) -> bool {
        let is_whole = |step: &Step| match (&step.to, step.content(staged)) {
            (State::Nothing, _) => true,
            (State::File { executable, .. }, Some(bytes)) => State::file(bytes, *executable) == step.to,
            _ => false,
        };
        let is_place = |path: &Utf8Path| is_output_path(path) && (path == MANIFEST || !is_reserved(path));
        self.steps().all(|step| is_place(&step.path) && is_whole(step))
            && self.emptied.iter().all(|folder| is_place(folder))
    }
}

impl Step {
    /// What it writes.
    pub(super) fn content<'s>(&self, staged: &'s [u8]) -> Option<&'s [u8]> {
        let (start, length) = self.staged;
        staged.get(start..start.checked_add(length)?)
    }
}
