//! From a repository's folder to a source tree on disk.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};

use super::place::{check_free, project_root, write_all};
use super::report::{json_report, markdown_report, print_summary};
use crate::adopt::verify::{Difference, DifferenceKind, verify};
use crate::adopt::{Conversion, Purpose, Repository, accept, convert, read_repository};
use crate::build::{Compiled, Options, compile};
use crate::cli::disk::write_atomically;
use crate::cli::error::CliError;
use crate::cli::run::Outcome;
use crate::cli::terminal::Terminal;
use crate::diag::{Diagnostic, Severity};
use crate::source::{Files, Origin, ReadFaultKind, read_repository_dir};

const LONG_ABOUT: &str = "\
Reads a monorepo that is edited by hand and writes a source tree from which `scenarist build` makes it \
again: directives in place of conventions, ids in place of numbers, regions of code in place of code \
that was pasted. The repository itself stays as it is.

Nothing that a learner could read is left out. What is not understood stays as it was written, and is \
reported with its place. The report tells of every block what became of it.

With --verify, the result is built in memory and compared with the repository: the words of each page \
and its answers, and the files of each folder byte for byte.";

const AFTER_HELP: &str = "\
Examples:
  scenarist import ../monorepo --into course             write the source tree into course/
  scenarist import ../monorepo --into course --verify    and compare what is built from it
  scenarist import ../monorepo --verify                  only compare; write nothing
  scenarist import ../monorepo --into course --report import.md
                                                         what became of every single block";

/// Make a source tree of a monorepo that is edited by hand
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Import {
    /// The repository's folder
    repository: Utf8PathBuf,
    /// Where the source tree goes: a folder that has no `content/` yet
    #[arg(long, value_name = "DIR", required_unless_present = "verify")]
    into: Option<Utf8PathBuf>,
    /// Build the result in memory and compare what learners can read; exit with 1 if anything is lost
    #[arg(long)]
    verify: bool,
    /// Write what became of every block to this file, as Markdown
    #[arg(long, value_name = "FILE")]
    report: Option<Utf8PathBuf>,
    /// How the report is printed: a summary for people, or all of it for programs
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    format: ReportFormat,
}

/// An output format for the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    Human,
    Json,
}

impl Import {
    /// Converts, compares, writes, reports.
    pub fn run(&self, terminal: &Terminal) -> Result<Outcome, CliError> {
        let root = self.into.as_deref().map(project_root);
        let repository = self.read(terminal)?;
        let mut conversion = convert(&repository, Purpose::Import);
        if let Some(root) = &root {
            check_free(root, &conversion, &self.repository)?;
        }
        let compiled = built(&repository, &conversion);
        let accepted = accept(&mut conversion, &repository.files, &errors_of(&compiled));
        let differences =
            if self.verify { Some(compare(&repository, &conversion, &compiled)?) } else { None };
        if let Some(root) = &root {
            write_all(root, &conversion, &repository)?;
        }
        if let Some(path) = &self.report {
            let text = markdown_report(&repository, &conversion, differences.as_deref());
            write_atomically(path, text.as_bytes())?;
        }
        match self.format {
            ReportFormat::Json => {
                terminal.line(json_report(&repository, &conversion, differences.as_deref()).trim_end())
            }
            ReportFormat::Human => {
                print_summary(&repository, &conversion, differences.as_deref(), terminal);
                if let Some(root) = &root {
                    self.say_what_next(root, &conversion, terminal);
                    say_accepted(accepted, &compiled, terminal);
                }
            }
        }
        let is_lost = |difference: &Difference| difference.kind == DifferenceKind::Lost;
        Ok(Outcome::findings_if(differences.is_some_and(|found| found.iter().any(is_lost))))
    }

    fn read(&self, terminal: &Terminal) -> Result<Repository, CliError> {
        if !self.repository.is_dir() {
            return Err(CliError::NoFolder { root: self.repository.clone() });
        }
        let (files, faults) = read_repository_dir(&self.repository);
        for fault in &faults {
            terminal.note(&format!("`{}` is left out: {}", fault.path, reason(&fault.kind)));
        }
        let repository = read_repository(files);
        if repository.folders.is_empty() {
            let help = "name the top folder of a repository whose scenarios have a `SCENARIO.md` each";
            return Err(CliError::Unusable(format!(
                "there is no scenario in `{}`\nhelp: {help}",
                self.repository
            )));
        }
        Ok(repository)
    }

    fn say_what_next(&self, root: &Utf8Path, conversion: &Conversion, terminal: &Terminal) {
        let files = conversion.made.len();
        terminal.status(&format!("\nmade a source tree of `{}` in {root}: {files} files", self.repository));
        if self.report.is_none() {
            terminal.status("  --report FILE writes down what became of every block");
        }
        terminal
            .status(&format!("next:\n  cd {root}\n  scenarist lint\n  scenarist build\n  scenarist serve"));
    }
}

fn reason(kind: &ReadFaultKind) -> String {
    match kind {
        ReadFaultKind::LinkLeavesTree | ReadFaultKind::LinkNotFollowed => "it is a link".to_owned(),
        other => format!("it cannot be read ({other:?})"),
    }
}

/// The source tree, compiled in memory.
fn built(repository: &Repository, conversion: &Conversion) -> Compiled {
    let mut files = Files::default();
    for file in &conversion.made {
        files.add(file.path.clone(), &file.bytes(&repository.files), Origin::Project, file.executable);
    }
    compile(files, &[], Options { drafts: true, no_previews: true })
}

/// Codes and paths of the errors that a course can accept.
fn errors_of(compiled: &Compiled) -> BTreeSet<(String, String)> {
    let errors = compiled
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error && !finding.is_blocking());
    let place = |finding: &Diagnostic| {
        (finding.spec.code.to_owned(), compiled.files.path(finding.span.file).to_string())
    };
    errors.map(place).collect()
}

fn say_accepted(accepted: usize, compiled: &Compiled, terminal: &Terminal) {
    if accepted > 0 {
        terminal.status(&format!(
            "\nso that it builds, {} accepted in content/course.yml, under `lint: allow:`; take them out one by one",
            counted(accepted, "finding is", "findings are")
        ));
    }
    let blocking = compiled.findings.iter().filter(|finding| finding.is_blocking()).count();
    if blocking > 0 {
        let findings = counted(blocking, "finding stands", "findings stand");
        terminal.status(&format!("\n{findings} in the way of a build: `scenarist lint` shows what it is"));
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What learners can read in the repository and not in what is built, or not there.
fn compare(
    repository: &Repository,
    conversion: &Conversion,
    compiled: &Compiled,
) -> Result<Vec<Difference>, CliError> {
    let (Some(course), Some(tree)) = (&compiled.course, &compiled.tree) else {
        let blocking = compiled.findings.iter().filter(|finding| finding.is_blocking());
        let lines: Vec<String> = blocking
            .take(10)
            .map(|finding| {
                let at = compiled.files.position(finding.span.file, finding.span.start);
                format!("  {}:{}: {}", compiled.files.path(finding.span.file), at.line, finding.message)
            })
            .collect();
        let help = "leave --verify out, correct these in the source tree, and build";
        let message = format!("what was made of it cannot be built:\n{}\nhelp: {help}", lines.join("\n"));
        return Err(CliError::Unusable(message));
    };
    Ok(verify(repository, conversion, course, tree))
}
