//! What differs between the output tree and the disk. Reads, changes nothing.

use camino::{Utf8Path, Utf8PathBuf};

use super::disk::{self, Found};
use super::error::WriteError;
use super::manifest::{CACHE_FOLDER, Manifest, OUTPUT_FOLDER};
use crate::emit::tree::{OutputFile, OutputTree, folder_of, folders_above};
use crate::source::PathSet;

/// What a run would do. All paths are relative to the project's root and in path order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub create: Vec<Utf8PathBuf>,
    pub update: Vec<Utf8PathBuf>,
    /// Files that an earlier build made and this one does not.
    pub delete: Vec<Utf8PathBuf>,
    pub unchanged: usize,
    /// Files in the folders we write into that no build made: left alone.
    pub foreign: Vec<Utf8PathBuf>,
    /// Those of `update` and `delete` that were changed by someone after we wrote them; the
    /// change will be lost.
    pub edited: Vec<Utf8PathBuf>,
    /// Unfinished files of a run that was cut off: removed.
    pub leftover: Vec<Utf8PathBuf>,
    /// Symbolic links where a folder has to be: removed, what they point to stays.
    pub links: Vec<Utf8PathBuf>,
    /// Real folders that held only our files once and hold none of this build: removed if empty,
    /// the deepest first.
    pub(super) emptied: Vec<Utf8PathBuf>,
    /// Folders of this build at whose place there is nothing; of those in one another the outermost.
    pub(super) absent: Vec<Utf8PathBuf>,
    /// The record of the files of this build, once it is carried out.
    pub(super) complete: Manifest,
}

impl Plan {
    /// Whether everything on disk is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.create, &self.update, &self.delete, &self.leftover, &self.links]
            .iter()
            .all(|paths| paths.is_empty())
    }
}

/// Compares the tree with what is on disk below `root`, the project's root. Files are compared by
/// their bytes, so that an output changed by hand is put right.
///
/// # Errors
/// [`WriteError`] when an existing output cannot be read, or when something that no build made
/// stands where a file or folder has to be.
///
/// # Panics
/// When a path of the tree is not below [`OUTPUT_FOLDER`].
pub fn plan_write(root: &Utf8Path, tree: &OutputTree, manifest: &Manifest) -> Result<Plan, WriteError> {
    let (plan, complete) = rayon::join(|| plan_changes(root, tree, manifest), || Manifest::of_tree(tree));
    Ok(Plan { complete, ..plan? })
}

fn plan_changes(root: &Utf8Path, tree: &OutputTree, manifest: &Manifest) -> Result<Plan, WriteError> {
    for (path, _) in tree.iter() {
        // Whatever else a path has to be, those of a tree are.
        let below = path.as_str().strip_prefix(OUTPUT_FOLDER);
        assert!(below.is_some_and(|it| it.starts_with('/')), "`{path}` is not below `{OUTPUT_FOLDER}/`");
    }
    let mut planner = Planner { root, tree, manifest, real: PathSet::default(), plan: Plan::default() };
    let is_first = !tree.is_empty() && manifest.paths().next().is_none();
    if is_first && disk::look(root, OUTPUT_FOLDER.into())? == Found::Nothing {
        planner.plan_neighbours()?;
        let create = tree.iter().map(|(path, _)| path.to_owned()).collect();
        return Ok(Plan { create, absent: vec![OUTPUT_FOLDER.into()], ..planner.plan });
    }
    let wanted = folders_of(tree.iter().map(|(path, _)| path));
    let known = folders_of(manifest.paths());
    let mut all = known.clone();
    all.append(&mut wanted.clone());
    for folder in all.paths() {
        planner.plan_folder(folder, wanted.contains(folder))?;
    }
    planner.plan_neighbours()?;
    planner.plan_deletions()?;
    let mut folder = ("", true);
    for (path, file) in tree.iter() {
        // Files of one folder stand together.
        let own = folder_of(path.as_str());
        if own != folder.0 {
            folder = (own, planner.is_reachable(path));
        }
        planner.plan_file(path, file, folder.1)?;
    }
    let mut plan = planner.plan;
    let emptied = planner.real.paths().filter(|folder| !wanted.contains(folder));
    plan.emptied = emptied.map(Utf8Path::to_owned).collect();
    plan.emptied.reverse();
    Ok(plan)
}

/// Every folder above these paths, parents before children.
pub(crate) fn folders_of<'a>(paths: impl Iterator<Item = &'a Utf8Path>) -> PathSet {
    let mut found = PathSet::default();
    // Files of one folder mostly stand together.
    let mut last = "";
    for path in paths {
        let parent = folder_of(path.as_str());
        if parent == std::mem::replace(&mut last, parent) {
            continue;
        }
        // Where a folder is known, those above it are.
        for folder in folders_above(path.as_str()) {
            if found.insert(folder.into(), ()).is_some() {
                break;
            }
        }
    }
    found
}

struct Planner<'a> {
    root: &'a Utf8Path,
    tree: &'a OutputTree,
    manifest: &'a Manifest,
    /// Folders that exist and have no link above them. Nothing below any other is looked at, so
    /// that no link leads out of the output folder.
    real: PathSet,
    plan: Plan,
}

impl Planner<'_> {
    /// `wanted`: files of this build go there. Parents come first.
    fn plan_folder(&mut self, folder: &Utf8Path, wanted: bool) -> Result<(), WriteError> {
        if !self.is_reachable(folder) {
            return Ok(());
        }
        let path = folder.to_owned();
        match disk::look(self.root, folder)? {
            Found::Folder => {
                self.real.insert(path, ());
            }
            Found::Link if folder == OUTPUT_FOLDER => return Err(WriteError::LinkedOutput { path }),
            Found::Link if wanted => self.plan.links.push(path),
            Found::File { .. } if wanted && self.manifest.contains(folder) => {}
            Found::File { .. } | Found::Other if wanted => return Err(WriteError::FileInTheWay { path }),
            Found::Nothing if wanted => self.plan.absent.push(path),
            Found::Nothing | Found::Link | Found::File { .. } | Found::Other => {}
        }
        Ok(())
    }

    /// Whether the folder that a path is in exists and is not reached through a link.
    fn is_reachable(&self, path: &Utf8Path) -> bool {
        path.parent().is_some_and(|parent| parent.as_str().is_empty() || self.real.contains(parent))
    }

    fn plan_neighbours(&mut self) -> Result<(), WriteError> {
        for folder in self.real.paths() {
            for (path, is_folder) in disk::list(self.root, folder)? {
                if is_folder || self.tree.get(&path).is_some() || self.manifest.contains(&path) {
                    continue;
                }
                if disk::is_temporary(&path) {
                    self.plan.leftover.push(path);
                } else if self.plan.links.binary_search(&path).is_err() {
                    self.plan.foreign.push(path);
                }
            }
        }
        let cached = disk::list(self.root, CACHE_FOLDER.into())?;
        let unfinished =
            cached.into_iter().filter(|(path, is_folder)| !is_folder && disk::is_temporary(path));
        self.plan.leftover.extend(unfinished.map(|(path, _)| path));
        self.plan.leftover.sort();
        self.plan.foreign.sort();
        Ok(())
    }

    fn plan_deletions(&mut self) -> Result<(), WriteError> {
        for path in self.manifest.paths() {
            if self.tree.get(path).is_some() || !self.is_reachable(path) {
                continue;
            }
            let renamed = self.tree.find_ignoring_case(path);
            if renamed.is_some_and(|new| disk::is_same_file(self.root, path, new)) {
                continue;
            }
            match disk::look(self.root, path)? {
                Found::File { .. } => {
                    self.note_edit(path, &disk::read(self.root, path)?);
                    self.plan.delete.push(path.to_owned());
                }
                Found::Link if self.plan.links.iter().all(|link| link != path) => {
                    self.plan.delete.push(path.to_owned());
                }
                // Someone put it there after removing our file.
                Found::Nothing | Found::Link | Found::Folder | Found::Other => {}
            }
        }
        Ok(())
    }

    /// `is_reachable`: whether the folder that it goes to is there.
    fn plan_file(
        &mut self,
        path: &Utf8Path,
        file: &OutputFile,
        is_reachable: bool,
    ) -> Result<(), WriteError> {
        let found = if is_reachable { disk::look(self.root, path)? } else { Found::Nothing };
        match found {
            Found::Nothing => self.plan.create.push(path.to_owned()),
            Found::Folder => {
                self.refuse_foreign_content(path, path)?;
                self.plan.create.push(path.to_owned());
            }
            Found::Link | Found::Other => self.plan.update.push(path.to_owned()),
            Found::File { executable } => {
                let is_as_executable = executable == file.executable || !cfg!(unix);
                if is_as_executable && file.content.is_in_place() {
                    self.plan.unchanged += 1;
                    return Ok(());
                }
                let bytes = disk::read(self.root, path)?;
                if is_as_executable && file.content.is(&bytes) {
                    self.plan.unchanged += 1;
                } else {
                    self.note_edit(path, &bytes);
                    self.plan.update.push(path.to_owned());
                }
            }
        }
        Ok(())
    }

    fn note_edit(&mut self, path: &Utf8Path, bytes: &[u8]) {
        if self.manifest.was_edited(path, bytes) {
            self.plan.edited.push(path.to_owned());
        }
    }

    /// A folder may give way to a file only if all that is in it goes anyway.
    fn refuse_foreign_content(&self, path: &Utf8Path, folder: &Utf8Path) -> Result<(), WriteError> {
        for (child, is_folder) in disk::list(self.root, folder)? {
            if is_folder {
                self.refuse_foreign_content(path, &child)?;
            } else if !self.plan.delete.contains(&child) && !self.plan.leftover.contains(&child) {
                return Err(WriteError::FolderInTheWay { path: path.to_owned(), foreign: child });
            }
        }
        Ok(())
    }
}
