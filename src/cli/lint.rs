//! `scenarist lint`: findings without output, and repairs.

use clap::Args;

use super::arguments::{Findings, Format, Global};
use super::error::CliError;
use super::fix::{Fixed, apply_fixes};
use super::project::{compile_project, find_root};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::Options;
use crate::diag::render::print_summary;

/// One repair can make another possible; more rounds than this would mean two that undo each other.
const ROUNDS: usize = 5;

const LONG_ABOUT: &str = "\
Compiles everything in memory and prints what is wrong, without touching dist/. The findings are \
those of `build`.

With --fix, repairs that are safe are made in your files, and the course is compiled again until \
nothing more can be repaired. --unsafe-fixes also makes those that deserve a second look: read the \
difference afterwards.";

const AFTER_HELP: &str = "\
Examples:
  scenarist lint                         print all findings
  scenarist lint --fix                   make the safe repairs, print what is left
  scenarist lint --deny warning          fail on warnings, too
  scenarist lint --format json           one JSON document for programs
  scenarist explain source/stale-snippet what a finding means and what to do about it";

/// Check the course; repair what can be repaired
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Lint {
    /// Make the safe repairs in the source files
    #[arg(long)]
    fix: bool,
    /// Make the repairs that need a second look, too (implies --fix)
    #[arg(long)]
    unsafe_fixes: bool,
    #[command(flatten)]
    findings: Findings,
}

impl Lint {
    /// Compiles, repairs if asked to, prints what is left.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let root = find_root(global)?;
        // Drafts are compiled in full, so that their findings are seen while they are written.
        let options = Options { drafts: true, no_previews: true };
        let mut compiled = compile_project(&root, options, terminal);
        let mut fixed = Vec::new();
        if self.fix || self.unsafe_fixes {
            for _ in 0..ROUNDS {
                let round = apply_fixes(&root, &compiled.files, &compiled.findings, self.unsafe_fixes)?;
                if round.is_empty() {
                    break;
                }
                fixed.extend(round);
                compiled = compile_project(&root, options, terminal);
            }
        }
        let format = self.findings.format;
        report_fixed(&fixed, format, terminal);
        terminal.findings(&compiled.findings, &compiled.files, format);
        terminal.report(&print_summary(&compiled.findings), format);
        let denied = compiled.findings.iter().any(|finding| self.findings.deny.covers(finding.severity));
        Ok(Outcome::findings_if(denied))
    }
}

fn report_fixed(fixed: &[Fixed], format: Format, terminal: &Terminal) {
    for repair in fixed {
        let Fixed { path, line, code, title } = repair;
        terminal.report(&format!("fixed {path}:{line}: {title} ({code})"), format);
    }
    if !fixed.is_empty() {
        let plural = if fixed.len() == 1 { "" } else { "s" };
        terminal.report(&format!("{} repair{plural} made\n", fixed.len()), format);
    }
}
