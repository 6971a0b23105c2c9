//! `scenarist lint`: findings without output, and repairs.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::arguments::{Findings, Format, Global, parse_name};
use super::disk::write_atomically;
use super::error::CliError;
use super::fix::{print_diff, write_repairs};
use super::project::{find_root, folder_from_here};
use super::run::Outcome;
use super::terminal::Terminal;
use super::view::{Shown, View};
use crate::build::{Fixed, Options, Repaired, compile, repair};
use crate::check::control::Selection;
use crate::diag::render::{Report, print_summary};
use crate::diag::{Diagnostic, SuppressedBy};
use crate::source::read_dir;

const LONG_ABOUT: &str = "\
Compiles everything in memory and prints what is wrong, without touching dist/. The findings are \
those of `build`.

With --fix, repairs that are safe are made in your files, and the course is compiled again until \
nothing more can be repaired. --fix --unsafe also makes those that deserve a second look; --diff \
shows what would be done, and does nothing. Only what a repair is about changes in a file.

--baseline hides the findings that are listed in a file; --changed-since hides those that another \
revision has, too, and reports ids that have vanished since. --select and --ignore narrow what the \
run is about. What forbids any output is always shown.";

const AFTER_HELP: &str = "\
Examples:
  scenarist lint                          print all findings
  scenarist lint --fix                    make the safe repairs, print what is left
  scenarist lint --diff                   show what --fix would do
  scenarist lint --select prose,link      only these groups
  scenarist lint --deny warning           fail on warnings, too
  scenarist lint --write-baseline known.json
                                          adopt the linter on old content, and then:
  scenarist lint --baseline known.json    show what is new
  scenarist lint --changed-since main     show what a branch brings
  scenarist lint --format sarif           for code scanning; also json, github, junit
  scenarist explain source/stale-snippet  what a finding means and what to do about it";

/// Check the course; repair what can be repaired
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Lint {
    /// Make the safe repairs in the source files
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: the repairs that need a second look, too
    #[arg(long = "unsafe", alias = "unsafe-fixes")]
    with_unsafe: bool,
    /// Print the repairs as a unified diff, and make none
    #[arg(long)]
    diff: bool,
    /// Only findings of these codes and groups
    #[arg(long, value_name = "CODE|GROUP", value_delimiter = ',', value_parser = parse_name)]
    select: Vec<String>,
    /// No findings of these codes and groups
    #[arg(long, value_name = "CODE|GROUP", value_delimiter = ',', value_parser = parse_name)]
    ignore: Vec<String>,
    /// Hide the findings that are listed in this file
    #[arg(long, value_name = "FILE")]
    baseline: Option<Utf8PathBuf>,
    /// Write the findings to this file, as a baseline, instead of printing them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["diff", "changed_since"])]
    write_baseline: Option<Utf8PathBuf>,
    /// Hide the findings that this revision of the git repository has, too
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Count the findings of each code
    #[arg(long)]
    statistics: bool,
    #[command(flatten)]
    findings: Findings,
}

impl Lint {
    /// Compiles, repairs if asked to, prints what is left.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        if self.with_unsafe && !self.fix && !self.diff {
            let message = "--unsafe says which repairs are made; give --fix or --diff with it";
            return Err(CliError::Usage(message.to_owned()));
        }
        let root = find_root(global)?;
        // Drafts are compiled in full, so that their findings are seen while they are written.
        let options = Options { drafts: true, no_previews: true };
        terminal.progress("reading");
        let selection = Selection { select: self.select.clone(), ignore: self.ignore.clone() };
        let (baseline, revision) = (self.baseline.as_ref(), self.changed_since.as_deref());
        let view = View::new(&root, selection, baseline, revision, options)?;
        let (files, faults) = read_dir(&root);
        terminal.progress("compiling");
        let mut repaired = if self.fix || self.diff {
            repair(files, &faults, options, self.with_unsafe, |compiled| view.about(compiled))
        } else {
            let compiled = compile(files, &faults, options);
            Repaired { compiled, changes: Default::default(), fixed: Vec::new() }
        };
        if self.diff {
            terminal.line_if_any(&print_diff(&repaired.changes, &folder_from_here(&root)));
            let denied = !repaired.changes.is_empty();
            terminal.note(&count_repairs(&repaired.fixed, "would be made"));
            return Ok(Outcome::findings_if(denied));
        }
        write_repairs(&root, &repaired.changes)?;
        report_fixed(&repaired.fixed, self.findings.format, terminal);
        if let Some(path) = &self.write_baseline {
            return write_baseline(path, &view, &repaired, terminal);
        }
        if let Some(note) = view.shortcoming() {
            terminal.note(&note);
        }
        let shown = view.show(&mut repaired.compiled);
        Ok(self.report(&root, &shown, &repaired, terminal))
    }

    fn report(&self, root: &Utf8Path, shown: &Shown, repaired: &Repaired, terminal: &Terminal) -> Outcome {
        let format = self.findings.format;
        let denies = |finding: &Diagnostic| self.findings.denies(finding);
        let folder = folder_from_here(root);
        let report = Report {
            findings: &shown.findings,
            suppressed: &shown.suppressed,
            files: &repaired.compiled.files,
            unchanged: shown.unchanged,
            statistics: self.statistics,
            folder: &folder,
            site: repaired.compiled.course.as_ref().and_then(|course| course.site.as_deref()),
            fails: &denies,
        };
        terminal.findings(&report, format);
        // The table of counts ends with the sum itself.
        if !(self.statistics && format == Format::Human) {
            let hidden = self.hidden(&report);
            terminal.report(&format!("{}{hidden}", print_summary(&shown.findings)), format);
        }
        Outcome::findings_if(shown.findings.iter().any(denies))
    }

    /// " (12 in the baseline, 3 as at `main`)".
    fn hidden(&self, report: &Report<'_>) -> String {
        let mut parts = Vec::new();
        if self.baseline.is_some() {
            parts.push(format!("{} known from the baseline", report.accepted(SuppressedBy::Baseline)));
        }
        if let (Some(count), Some(revision)) = (report.unchanged, &self.changed_since) {
            parts.push(format!("{count} as at `{revision}`"));
        }
        if parts.is_empty() { String::new() } else { format!(" ({} not shown)", parts.join(", ")) }
    }
}

fn write_baseline(
    path: &Utf8Path,
    view: &View,
    repaired: &Repaired,
    terminal: &Terminal,
) -> Result<Outcome, CliError> {
    let (text, count) = view.to_baseline(&repaired.compiled);
    write_atomically(path, text.as_bytes())?;
    terminal.status(&format!("wrote {path}: {count} finding{}", if count == 1 { "" } else { "s" }));
    let left: Vec<&Diagnostic> =
        repaired.compiled.findings.iter().filter(|finding| finding.is_blocking()).collect();
    if !left.is_empty() {
        let what = if left.len() == 1 { "1 error is" } else { "errors are" };
        terminal.note(&format!(
            "note: {what} not in it: nothing can be built before they are repaired; `scenarist lint` shows them"
        ));
    }
    Ok(Outcome::findings_if(!left.is_empty()))
}

fn report_fixed(fixed: &[Fixed], format: Format, terminal: &Terminal) {
    for repair in fixed {
        let Fixed { path, line, code, title } = repair;
        terminal.report(&format!("fixed {path}:{line}: {title} ({code})"), format);
    }
    if !fixed.is_empty() {
        terminal.report(&format!("{}\n", count_repairs(fixed, "made")), format);
    }
}

fn count_repairs(fixed: &[Fixed], done: &str) -> String {
    format!("{} repair{} {done}", fixed.len(), if fixed.len() == 1 { "" } else { "s" })
}
