//! What publishing would do. Made by reading; nothing is changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::built::Built;
use super::checkout::Checkout;
use super::conflict::{Conflict, Obstacle, Word, Words};
use super::error::PublishError;
use super::manifest::{MANIFEST, Published};
use super::planner::Planner;
use super::pointer::{Moved, add_pointers};
use super::state::{Looker, State};

/// A file that stays as the repository has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub path: Utf8PathBuf,
    /// What lies there, if it is a file.
    pub theirs: Option<Vec<u8>>,
    /// Whether something else is built now than when that was decided.
    pub is_outdated: bool,
}

/// What publishing would do, by paths relative to the repository, in their order.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub create: Vec<Utf8PathBuf>,
    pub update: Vec<Utf8PathBuf>,
    /// Files of ours that are no longer built.
    pub delete: Vec<Utf8PathBuf>,
    pub unchanged: usize,
    /// Files that already are as they are built, by somebody else's hand: ours from now on.
    pub adopted: Vec<Utf8PathBuf>,
    /// Files that somebody decided to leave as they are.
    pub kept: Vec<Kept>,
    /// Edited files that are no longer built: left where they are, and no longer ours.
    pub left: Vec<Utf8PathBuf>,
    pub conflicts: Vec<Conflict>,
    pub obstacles: Vec<Obstacle>,
    pub moved: Vec<Moved>,
    /// Whether nothing was published here before.
    pub is_first: bool,
    /// What is done, in this order: removals, folders, writes.
    pub(super) removals: Vec<Planned>,
    /// Folders that may be empty then; those inside first.
    pub(super) emptied: Vec<Utf8PathBuf>,
    /// The manifest last.
    pub(super) writes: Vec<Planned>,
}

/// One change of one file.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub path: Utf8PathBuf,
    /// What is there when its turn comes, if nobody comes between.
    pub from: State,
    pub to: State,
    pub bytes: Arc<[u8]>,
}

impl Plan {
    /// Whether the repository is as it should be: nothing to write, nothing to decide.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.removals.is_empty() && self.writes.is_empty() && !self.is_blocked()
    }

    /// Whether only the record of what was published changes.
    #[must_use]
    pub fn is_record_only(&self) -> bool {
        let changes = [&self.create, &self.update, &self.delete, &self.adopted];
        !self.is_up_to_date() && !self.is_blocked() && changes.iter().all(|paths| paths.is_empty())
    }

    /// Whether something has to be decided first.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        !self.conflicts.is_empty() || !self.obstacles.is_empty()
    }

    /// What lies at a path that has to be, or was, decided about.
    #[must_use]
    pub fn theirs(&self, path: &Utf8Path) -> Option<&[u8]> {
        let conflict = self.conflicts.iter().find(|conflict| conflict.path == path);
        let kept = || self.kept.iter().find(|kept| kept.path == path);
        conflict.map_or_else(|| kept().and_then(|kept| kept.theirs.as_deref()), |it| it.theirs.as_deref())
    }

    /// How many files of the build are in the repository afterwards, or stay as they are there.
    #[must_use]
    pub fn files(&self) -> usize {
        let changed = self.create.len() + self.update.len();
        changed + self.unchanged + self.adopted.len() + self.kept.len()
    }
}

/// Compares what was built with a checkout, of which `before` says what was published there.
///
/// # Errors
/// [`PublishError`] when a file cannot be read, or a word is about a file that needs none.
pub fn plan_publish(
    checkout: &Checkout,
    built: &Built,
    before: Option<&Published>,
    words: &Words,
) -> Result<Plan, PublishError> {
    let undecided = plan(checkout, built, before, &Words::default())?;
    words.check(&undecided)?;
    let decides = |word| words.with(word).next().is_some();
    if decides(Word::Keep) || decides(Word::Overwrite) {
        plan(checkout, built, before, words)
    } else {
        Ok(undecided)
    }
}

fn plan(
    checkout: &Checkout,
    built: &Built,
    before: Option<&Published>,
    words: &Words,
) -> Result<Plan, PublishError> {
    let nothing = Published::default();
    let known = before.unwrap_or(&nothing);
    let mut built = built.clone();
    let pointers = add_pointers(&mut built, known);
    let scenarios: BTreeMap<String, String> =
        built.homes().iter().map(|home| (home.id.clone(), home.folder.clone())).collect();
    let mut planner = Planner::new(checkout, &built, known, words);
    planner.plan_gone()?;
    planner.plan_built()?;
    let (mut plan, files) = planner.finish();
    plan.is_first = before.is_none();
    plan.moved = pointers.moved;
    let next = Published { files, scenarios, pointers: pointers.folders };
    plan_manifest(checkout, &next, &mut plan)?;
    Ok(plan)
}

fn plan_manifest(checkout: &Checkout, next: &Published, plan: &mut Plan) -> Result<(), PublishError> {
    let bytes: Arc<[u8]> = next.print().into();
    let (from, _) = Looker::new(checkout).look(MANIFEST.into())?;
    let to = State::file(&bytes, false);
    if from != to {
        plan.writes.push(Planned { path: MANIFEST.into(), from, to, bytes });
    }
    Ok(())
}
