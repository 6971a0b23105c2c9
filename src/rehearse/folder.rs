//! The learner's folder while it runs: a temporary copy of a stage, beside what the services keep.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::fault::Fault;
use super::plan::PlannedFile;
use super::text::{bytes_of, text_of};

/// The learner's folder below a rehearsal's own, which only this user can open.
pub const LEARNERS: &str = "app";

/// What programs make in the learner's folder: it is not the stage's, and stays.
const MADE: [&str; 2] = ["node_modules", "logs"];

/// A temporary folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: Utf8PathBuf,
}

impl Folder {
    /// Uses a folder that was made for it (see `Janitor::make_folder`).
    ///
    /// # Errors
    /// [`Fault::Machine`] if nothing can be written there.
    pub fn open(path: Utf8PathBuf) -> Result<Self, Fault> {
        let folder = Self { path };
        folder.make_parts()?;
        Ok(folder)
    }

    fn make_parts(&self) -> Result<(), Fault> {
        [LEARNERS, "data", "logs"].into_iter().try_for_each(|part| make_folder(&self.path.join(part)))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The learner's folder.
    #[must_use]
    pub fn app(&self) -> Utf8PathBuf {
        self.path.join(LEARNERS)
    }

    /// Where a service's output goes.
    #[must_use]
    pub fn log(&self, service: &str) -> Utf8PathBuf {
        self.path.join("logs").join(format!("{service}.log"))
    }

    /// Forgets what services have kept and printed.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn clear_data(&self) -> Result<(), Fault> {
        for path in [self.path.join("data"), self.path.join("logs"), self.app().join("logs")] {
            if path.exists() {
                fs::remove_dir_all(&path).map_err(|error| refused("remove", &path, &error))?;
            }
        }
        self.make_parts()
    }

    /// Makes the learner's folder hold these files and no others, apart from what programs make.
    /// Files that are the same are not touched: nodemon would notice.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn lay(&self, files: &BTreeMap<Utf8PathBuf, PlannedFile>) -> Result<(), Fault> {
        for path in self.below(Utf8Path::new("")) {
            if !files.contains_key(&path) {
                let path = self.app().join(path);
                fs::remove_file(&path).map_err(|error| refused("remove", &path, &error))?;
            }
        }
        files.iter().try_for_each(|(path, file)| self.write(path, file))
    }

    /// Goes on from the files of one stage to those of another; what else is there stays. Files that are
    /// the same are not touched.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn go_on(
        &self,
        from: &BTreeMap<Utf8PathBuf, PlannedFile>,
        to: &BTreeMap<Utf8PathBuf, PlannedFile>,
    ) -> Result<(), Fault> {
        to.iter().try_for_each(|(path, file)| self.write(path, file))?;
        for path in from.keys().filter(|path| !to.contains_key(*path)) {
            let path = self.app().join(path);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(refused("remove", &path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a file of a stage. Everybody may read it, whatever the umask: some containers run as a
    /// user of their own.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn write(&self, path: &Utf8Path, file: &PlannedFile) -> Result<(), Fault> {
        self.fill(path, &file.bytes, Some(if file.executable { 0o755 } else { 0o644 }))
    }

    /// Gives a file of the learner's folder other contents; one that is there can be run as before.
    ///
    /// # Errors
    /// [`Fault::Machine`], and [`Fault::Scenario`] for a path that leaves the folder.
    pub fn put(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Fault> {
        let mode = if self.app().join(path).exists() { None } else { Some(0o644) };
        self.fill(path, bytes, mode)
    }

    fn fill(&self, path: &Utf8Path, bytes: &[u8], mode: Option<u32>) -> Result<(), Fault> {
        if !path.components().all(|part| matches!(part, Utf8Component::Normal(_))) {
            return Err(Fault::scenario(format!("`{path}` does not lie in the scenario's folder"), ""));
        }
        let mut parents: Vec<&Utf8Path> = path.ancestors().skip(1).collect();
        parents.reverse();
        parents.into_iter().try_for_each(|parent| make_folder(&self.app().join(parent)))?;
        let path = self.app().join(path);
        overwrite(&path, bytes, mode).map_err(|error| refused("write", &path, &error))
    }

    /// A text of the learner's folder; empty if there is none.
    #[must_use]
    pub fn read(&self, path: &Utf8Path) -> String {
        text_of(self.app().join(path)).unwrap_or_default()
    }

    /// The files of the learner's folder below a path, or that one file; what programs make left out.
    #[must_use]
    pub fn below(&self, path: &Utf8Path) -> Vec<Utf8PathBuf> {
        let app = self.app();
        let walk = walkdir::WalkDir::new(app.join(path)).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| {
            !(entry.depth() == 1
                && entry.file_type().is_dir()
                && MADE.iter().any(|made| entry.file_name() == *made))
        });
        walk.filter_map(Result::ok)
            .filter(|entry| !entry.file_type().is_dir())
            .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.into_path()).ok())
            .filter_map(|found| found.strip_prefix(&app).map(Utf8Path::to_owned).ok())
            .collect()
    }
}

/// Makes a folder that everybody may enter, unless it is there.
fn make_folder(path: &Utf8Path) -> Result<(), Fault> {
    if path.is_dir() {
        return Ok(());
    }
    let made = fs::create_dir(path).and_then(|()| set_mode(path, 0o755));
    made.map_err(|error| refused("make", path, &error))
}

/// Writes a file in its place, since whoever mounts a single file sees no other one of the same name.
/// A file that a container has made belongs to its user, on Linux root: then only a new one can be
/// written, which the folder, being ours, allows.
///
/// # Errors
/// Those of the system.
pub fn overwrite(path: &Utf8Path, bytes: &[u8], mode: Option<u32>) -> io::Result<()> {
    match overwrite_in_place(path, bytes, mode) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            let before = fs::metadata(path)?.permissions().mode() & 0o777;
            fs::remove_file(path)?;
            overwrite_in_place(path, bytes, mode.or(Some(before)))
        }
        other => other,
    }
}

fn overwrite_in_place(path: &Utf8Path, bytes: &[u8], mode: Option<u32>) -> io::Result<()> {
    if bytes_of(path).as_deref() != Some(bytes) {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).open(path)?.write_all(bytes)?;
    }
    mode.map_or(Ok(()), |mode| set_mode(path, mode))
}

/// A mode that is the same is not set again: nodemon would notice that, too.
fn set_mode(path: &Utf8Path, mode: u32) -> io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// What is said of a file that cannot be written, made or removed.
#[must_use]
pub fn refused(action: &str, path: &Utf8Path, error: &std::io::Error) -> Fault {
    Fault::machine(
        format!("cannot {action} `{path}`: {error}"),
        "`df -h` shows whether there is room; `TMPDIR=<DIR>` names another folder for temporary files",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> PlannedFile {
        PlannedFile { bytes: text.into(), executable: false }
    }

    #[test]
    fn a_stage_replaces_another_and_what_programs_made_stays() {
        let temporary = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(temporary.path().to_owned()).expect("a UTF-8 path");
        let folder = Folder::open(path).expect("a folder");
        let first = BTreeMap::from([("src/a.js".into(), file("1")), ("old.txt".into(), file("x"))]);
        folder.lay(&first).expect("written");
        folder.put("node_modules/a/index.js".into(), b"made").expect("written");
        folder.put("src/logs/kept.js".into(), b"a folder of the learner's").expect("written");
        let second = BTreeMap::from([
            ("src/a.js".into(), file("2")),
            ("src/logs/kept.js".into(), PlannedFile { bytes: b"x".to_vec(), executable: true }),
        ]);
        folder.lay(&second).expect("written");
        assert_eq!(folder.read("src/a.js".into()), "2");
        assert_eq!(folder.read("old.txt".into()), "");
        assert_eq!(folder.read("node_modules/a/index.js".into()), "made");
        assert_eq!(folder.below("".into()), ["src/a.js", "src/logs/kept.js"]);
        assert_eq!(mode(&folder, "src/logs/kept.js"), 0o755);
    }

    fn mode(folder: &Folder, path: &str) -> u32 {
        fs::metadata(folder.app().join(path)).expect("it is there").permissions().mode() & 0o777
    }

    #[test]
    fn going_on_keeps_what_belongs_to_no_stage() {
        let temporary = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::from_path_buf(temporary.path().to_owned()).expect("a UTF-8 path");
        let folder = Folder::open(path).expect("a folder");
        let script = |text: &str| PlannedFile { bytes: text.into(), executable: true };
        let from = BTreeMap::from([("run.sh".into(), script("1")), ("old.txt".into(), file("x"))]);
        folder.lay(&from).expect("written");
        folder.put("run.sh".into(), b"for a shorter time").expect("written");
        folder.put("notes.txt".into(), b"the learner's").expect("written");
        assert_eq!((mode(&folder, "run.sh"), mode(&folder, "notes.txt")), (0o755, 0o644));
        let inode = |path: &str| {
            use std::os::unix::fs::MetadataExt as _;
            fs::metadata(folder.app().join(path)).expect("a file").ino()
        };
        let before = inode("run.sh");
        folder.go_on(&from, &BTreeMap::from([("run.sh".into(), script("2"))])).expect("written");
        assert_eq!((inode("run.sh"), folder.read("run.sh".into())), (before, "2".to_owned()));
        assert_eq!(folder.below("".into()), ["notes.txt", "run.sh"]);
        let outside = folder.put("../x".into(), b"x");
        assert!(matches!(outside, Err(Fault::Scenario { .. })), "{outside:?}");
    }
}
