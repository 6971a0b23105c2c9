//! Hand edits that go into the sources: planned, tried in memory, and written only then.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::build::{Change, Compiled, Options, compile};
use crate::cli::error::CliError;
use crate::cli::terminal::Terminal;
use crate::publish::{Built, Plan, PublishError, SourceEdit, TakeRefused, Word, Words, plan_take};
use crate::source::{Files, read_dir};

/// Edits of sources.
pub struct Taken {
    /// By the path of the source.
    pub changes: BTreeMap<Utf8PathBuf, Change>,
    /// The files of the repository whose edits they are.
    paths: Vec<Utf8PathBuf>,
}

impl Taken {
    /// What `--take` asks for.
    pub fn plan(words: &Words, plan: &Plan, built: &Built, files: &Files) -> Result<Self, CliError> {
        let mut taken = Self { changes: BTreeMap::new(), paths: Vec::new() };
        for path in words.with(Word::Take) {
            let refused =
                |reason| PublishError::WrongWord { word: Word::Take, path: path.to_owned(), reason };
            let output = built
                .get(path)
                .ok_or_else(|| refused("it is no longer built, so that no source could take the edit"))?;
            let theirs = plan.theirs(path).ok_or_else(|| {
                refused(
                    "there is no file in the repository; what is to go has to be removed from the sources",
                )
            })?;
            let SourceEdit { path: source, before, after } =
                plan_take(files, output, theirs).map_err(|why| CliError::Usage(words_for(path, &why)))?;
            let change = Change { before, after };
            if let Some(other) = taken.changes.insert(source.clone(), change)
                && other.after != taken.changes[&source].after
            {
                let message = format!("two different edits would go into `{source}`; take one of them");
                return Err(CliError::Usage(message));
            }
            taken.paths.push(path.to_owned());
        }
        Ok(taken)
    }

    /// Compiles the course as if the edits had been made.
    pub fn try_out(&self, root: &Utf8Path, options: Options, terminal: &Terminal) -> Compiled {
        terminal.progress("compiling with the edits");
        let (mut files, faults) = read_dir(root);
        for (path, change) in &self.changes {
            if let Some(file) = files.find(path) {
                files.replace(file, &change.after);
            }
        }
        compile(files, &faults, options)
    }

    /// Refuses edits that do not come out again as they went in.
    pub fn check(&self, plan: &Plan) -> Result<(), CliError> {
        let is_open = |path: &&Utf8PathBuf| plan.theirs(path).is_some();
        match self.paths.iter().find(is_open) {
            Some(path) => Err(CliError::Usage(format!(
                "`--take {path}` does not help there: a build would not make of the edit what is in the \
                 repository, such as when it has comments for the linter; make it by hand in the source"
            ))),
            None => Ok(()),
        }
    }
}

/// Why an edit is not taken, and what to do.
fn words_for(path: &Utf8Path, why: &TakeRefused) -> String {
    let start = format!("`--take {path}` does not help there: ");
    start
        + &match why {
            TakeRefused::MadeFrom(source) => {
                format!("it is no copy of `{source}` but made from it; make the edit there")
            }
            TakeRefused::BuiltIn => {
                "no file of the course is copied there; it is made by the program".to_owned()
            }
            TakeRefused::Unreadable(source) => {
                format!("`{source}` would be read otherwise than meant; make the edit there")
            }
        }
}
