//! `scenarist lint`: findings without output, and repairs.

use clap::Args;

use super::arguments::{Findings, Format, Global};
use super::error::CliError;
use super::fix::{print_diff, write_repairs};
use super::narrowing::{Narrowing, write_baseline};
use super::project::{find_root, folder_from_here};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::{Fixed, Options, Repaired, compile, repair};
use crate::source::{read_dir, read_revision};

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
    #[arg(long, conflicts_with = "write_baseline")]
    diff: bool,
    #[command(flatten)]
    narrowing: Narrowing,
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
        let view = self.narrowing.view(|revision| {
            let (files, faults) = read_revision(&root, revision)?;
            Ok(compile(files, &faults, options))
        })?;
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
        if let Some(path) = &self.narrowing.write_baseline {
            return write_baseline(path, &view, &repaired.compiled, terminal);
        }
        if let Some(note) = view.shortcoming() {
            terminal.note(&note);
        }
        let shown = view.show(&mut repaired.compiled);
        let folder = folder_from_here(&root);
        Ok(self.narrowing.report(&folder, "", &shown, &repaired.compiled, &self.findings, terminal))
    }
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
