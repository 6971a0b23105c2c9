//! The learner's folder while it runs: a temporary copy of a stage, beside what the services keep.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;

use camino::{Utf8Path, Utf8PathBuf};

use super::fault::Fault;
use super::plan::PlannedFile;

/// What programs make in the learner's folder: it is not the stage's, and stays.
const MADE: [&str; 2] = ["node_modules", "logs"];

/// A temporary folder.
#[derive(Debug)]
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
        for part in ["app", "data", "logs"] {
            let path = self.path.join(part);
            fs::create_dir_all(&path).map_err(|error| refused("make", &path, &error))?;
        }
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The learner's folder.
    #[must_use]
    pub fn app(&self) -> Utf8PathBuf {
        self.path.join("app")
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
        for part in ["data", "logs", "app/logs"] {
            let path = self.path.join(part);
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
        for (path, file) in files {
            self.put(path, &file.bytes)?;
            if file.executable {
                let path = self.app().join(path);
                let set = fs::set_permissions(&path, fs::Permissions::from_mode(0o755));
                set.map_err(|error| refused("make executable", &path, &error))?;
            }
        }
        Ok(())
    }

    /// Writes a file of the learner's folder, in place: what is mounted elsewhere sees it, too.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn put(&self, path: &Utf8Path, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.app().join(path);
        if bytes_of(&path).as_deref() == Some(bytes) {
            return Ok(());
        }
        let parent = path.parent().unwrap_or(&path);
        fs::create_dir_all(parent).map_err(|error| refused("make", parent, &error))?;
        let mut options = fs::OpenOptions::new();
        let written = options
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| refused("write", &path, &error))
    }

    /// A text of the learner's folder; empty if there is none.
    #[must_use]
    pub fn read(&self, path: &Utf8Path) -> String {
        let bytes = bytes_of(&self.app().join(path)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
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

#[expect(clippy::disallowed_methods, reason = "files of a temporary folder, not the project's")]
fn bytes_of(path: &Utf8Path) -> Option<Vec<u8>> {
    fs::read(path).ok()
}

fn refused(action: &str, path: &Utf8Path, error: &std::io::Error) -> Fault {
    Fault::machine(
        format!("cannot {action} `{path}`: {error}"),
        "free some space, or set TMPDIR to a folder that can be written",
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
        let mode = fs::metadata(folder.app().join("src/logs/kept.js")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
    }
}
