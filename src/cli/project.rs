//! Finding the project, and compiling it.

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::Global;
use super::error::CliError;
use super::terminal::Terminal;
use crate::build::{Compiled, Options, compile_with};
use crate::diag::{Diagnostic, Severity};
use crate::emit::content::Keeper;
use crate::emit::site::Cards;
use crate::source::{Seen, read_seen_dir};
use crate::syntax::yaml::closest;

/// The file that makes a folder a project.
pub const COURSE_FILE: &str = "content/course.yml";

/// The project's root: what `--root` says, or the nearest folder with a course.
pub fn find_root(global: &Global) -> Result<Utf8PathBuf, CliError> {
    if let Some(root) = &global.root {
        // A root without course.yml is a fault in content, and compiling says what to do about it.
        return if root.is_dir() { Ok(root.clone()) } else { Err(CliError::NoFolder { root: root.clone() }) };
    }
    let here = current_folder()?;
    here.ancestors()
        .find(|folder| folder.join(COURSE_FILE).is_file())
        .map(Utf8Path::to_owned)
        .ok_or(CliError::NoProject { start: here })
}

/// The folder that the program was started in.
pub fn current_folder() -> Result<Utf8PathBuf, CliError> {
    let here = std::env::current_dir().map_err(CliError::io("read", "."))?;
    Utf8PathBuf::from_path_buf(here)
        .map_err(|path| CliError::Unusable(format!("the path `{}` is not UTF-8", path.display())))
}

/// Reads and compiles the project. Gives its files along as they were when they were read, as far as that
/// can be told: see [`read_seen_dir`].
pub fn compile_project(
    root: &Utf8Path,
    options: Options,
    cards: &Cards,
    keeper: Keeper,
    terminal: &Terminal,
) -> (Compiled, Option<Vec<Seen>>) {
    terminal.progress("reading");
    let (files, faults, seen) = read_seen_dir(root);
    terminal.progress("compiling");
    (compile_with(files, &faults, options, cards, keeper), seen)
}

/// The project's folder as programs know it that were started in the current one: empty, or a path
/// that ends in `/`. A project around the current folder has no such name.
pub fn folder_from_here(root: &Utf8Path) -> String {
    let here = current_folder().and_then(|here| here.canonicalize_utf8().map_err(CliError::io("read", here)));
    let (Ok(here), Ok(root)) = (here, root.canonicalize_utf8()) else { return String::new() };
    match root.strip_prefix(&here) {
        Ok(inside) if !inside.as_str().is_empty() => format!("{}/", inside.as_str().replace('\\', "/")),
        _ => String::new(),
    }
}

/// Whether a finding forbids writing.
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Refuses an id that is not among those that there are, with the nearest one.
pub fn known<'i>(what: &str, id: &str, ids: impl Iterator<Item = &'i str> + Clone) -> Result<(), CliError> {
    if ids.clone().any(|known| known == id) {
        return Ok(());
    }
    let near = closest(id, ids);
    let help = near.map_or_else(String::new, |near| format!("\nhelp: did you mean `{near}`?"));
    Err(CliError::Usage(format!("there is no {what} `{id}`{help}")))
}
