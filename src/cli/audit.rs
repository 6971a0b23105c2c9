//! `scenarist audit`: findings of a monorepo that is edited by hand.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::arguments::{Findings, Global};
use super::error::CliError;
use super::narrowing::{Narrowing, write_baseline};
use super::project::{COURSE_FILE, folder_from_here};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::adopt::audit::{Audited, NOT_HERE, audit, print_outline, print_summary};
use crate::adopt::read_repository;
use crate::source::{Files, ReadFault, read_repository_dir, read_whole_revision};

const LONG_ABOUT: &str = "\
Reads a monorepo of scenarios that is edited by hand, as it stands, and prints what is wrong in it, at \
places in its own files: in the environments, in the SCENARIO.md pages as they were understood, in the \
curriculum of README.md, in pictures, links and code; and what only typed text can get wrong, such as \
numbers with gaps, blocks of code that no longer are those of the file, answers to other questions. \
Nothing is written, and nothing has to be moved or renamed for it.

The first line says what was understood; --outline shows it page by page.

`scenarist.yml` at the top of the repository says what the linter does there (its block `lint:` is that of \
course.yml) and what README.md leaves open. A single finding is accepted by a comment on the line above it, \
`<!-- allow adopt/number-gap: the reason -->`.";

const AFTER_HELP: &str = "\
Examples:
  scenarist audit .                              look at the repository that you are in
  scenarist audit ../exercises --outline         see what was understood of each page
  scenarist audit . --select link,adopt          only these groups
  scenarist audit . --write-baseline known.json  accept what there is today, and then:
  scenarist audit . --baseline known.json        show what is new
  scenarist audit . --changed-since main         show what a branch brings
  scenarist audit . --format github              annotations on a pull request; also sarif, junit, json
  scenarist explain adopt/number-gap             what a finding means and what to do about it";

/// Check a monorepo that is edited by hand
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = after_help())]
pub struct Audit {
    /// The repository's folder
    #[arg(value_name = "REPO")]
    repository: Utf8PathBuf,
    /// Print what was understood of each folder and page, and no findings
    #[arg(long, conflicts_with_all = ["write_baseline", "changed_since"])]
    outline: bool,
    #[command(flatten)]
    narrowing: Narrowing,
    #[command(flatten)]
    findings: Findings,
}

/// The examples, and what is not looked for.
fn after_help() -> String {
    let mut text = AFTER_HELP.to_owned();
    text.push_str("\n\nNot looked for in such a repository:\n");
    for (name, why) in NOT_HERE {
        text.push_str(&format!("  {name}: {why}\n"));
    }
    text.push_str("  the rest of the group source: it is about files that an import would write");
    text
}

impl Audit {
    /// Reads, looks, prints.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        if global.root.is_some() {
            let message = "`audit` takes the repository's folder itself, without --root";
            return Err(CliError::Usage(message.to_owned()));
        }
        let root = &self.repository;
        check_folder(root)?;
        terminal.progress("reading");
        let (files, faults) = read_repository_dir(root);
        terminal.progress("checking");
        let mut audited = audited(files, &faults, root)?;
        if self.outline {
            terminal.line_if_any(&print_outline(&audited.compiled.files, &audited.repository));
            terminal.status(&print_summary(&audited.repository, &audited.conversion));
            return Ok(Outcome::Clean);
        }
        let view = self.narrowing.view(|revision| {
            let (files, faults) = read_whole_revision(root, revision)?;
            Ok(audit(read_repository(files), &faults).compiled)
        })?;
        if let Some(path) = &self.narrowing.write_baseline {
            return write_baseline(path, &view, &audited.compiled, terminal);
        }
        let summary = print_summary(&audited.repository, &audited.conversion);
        terminal.report(&format!("{summary}\n"), self.findings.format);
        let shown = view.show(&mut audited.compiled);
        let folder = folder_from_here(root);
        Ok(self.narrowing.report(&folder, &way_to(root), &shown, &audited.compiled, &self.findings, terminal))
    }
}

/// The repository as it was named, as the start of a path.
fn way_to(root: &Utf8Path) -> String {
    let named = root.as_str().trim_end_matches('/');
    let inside = named.strip_prefix("./").unwrap_or(named);
    if inside.is_empty() || inside == "." { String::new() } else { format!("{inside}/") }
}

fn check_folder(root: &Utf8Path) -> Result<(), CliError> {
    match root.metadata() {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(CliError::Usage(format!("`{root}` is a file; name the folder of a repository"))),
        Err(_) => Err(CliError::NoFolder { root: root.to_owned() }),
    }
}

/// The audit, or why there is nothing to look at.
fn audited(files: Files, faults: &[ReadFault], root: &Utf8Path) -> Result<Audited, CliError> {
    if files.iter().next().is_none() {
        return Err(CliError::Unusable(format!("there is nothing in `{root}`")));
    }
    let is_source = files.find(COURSE_FILE).is_some();
    let repository = read_repository(files);
    if is_source || repository.folders.iter().all(|folder| folder.page.is_none()) {
        let help = if is_source {
            "it is the source of a course: `scenarist lint` looks at it"
        } else {
            "a scenario is a folder with a SCENARIO.md; name the folder that holds them"
        };
        return Err(CliError::Unusable(format!("there is no hand-made scenario in `{root}`\nhelp: {help}")));
    }
    Ok(audit(repository, faults))
}
