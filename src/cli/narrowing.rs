//! Options that narrow what a run of findings is about, and the report that ends such a run: the same for
//! `lint` and for `audit`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::arguments::{Findings, Format, parse_name};
use super::disk::write_atomically;
use super::error::CliError;
use super::run::Outcome;
use super::terminal::Terminal;
use super::view::{Shown, View};
use crate::build::Compiled;
use crate::check::control::Selection;
use crate::diag::render::{Report, print_summary};
use crate::diag::{Diagnostic, SuppressedBy};

/// What a run is about.
#[derive(Args, Debug)]
pub struct Narrowing {
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
    #[arg(long, value_name = "FILE", conflicts_with = "changed_since")]
    pub write_baseline: Option<Utf8PathBuf>,
    /// Hide the findings that this revision of the git repository has, too
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Count the findings of each code
    #[arg(long)]
    statistics: bool,
}

impl Narrowing {
    /// The view that was asked for; `compile_base` compiles another revision.
    pub fn view(
        &self,
        compile_base: impl FnOnce(&str) -> Result<Compiled, CliError>,
    ) -> Result<View, CliError> {
        let selection = Selection { select: self.select.clone(), ignore: self.ignore.clone() };
        View::new(selection, self.baseline.as_ref(), self.changed_since.as_deref(), compile_base)
    }

    /// Prints what is shown and how many there are. `folder` leads from here to the files, for programs;
    /// `way` does so for people, if they do not know it.
    pub fn report(
        &self,
        folder: &str,
        way: &str,
        shown: &Shown,
        compiled: &Compiled,
        findings: &Findings,
        terminal: &Terminal,
    ) -> Outcome {
        let denies = |finding: &Diagnostic| findings.denies(finding);
        let report = Report {
            findings: &shown.findings,
            suppressed: &shown.suppressed,
            files: &compiled.files,
            unchanged: shown.unchanged,
            statistics: self.statistics,
            folder,
            way,
            site: compiled.course.as_ref().and_then(|course| course.site.as_deref()),
            fails: &denies,
        };
        terminal.findings(&report, findings.format);
        // The table of counts ends with the sum itself.
        if !(self.statistics && findings.format == Format::Human) {
            let hidden = self.hidden(&report);
            terminal.report(&format!("{}{hidden}", print_summary(&shown.findings)), findings.format);
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

/// Writes the findings as a baseline.
pub fn write_baseline(
    path: &Utf8Path,
    view: &View,
    compiled: &Compiled,
    terminal: &Terminal,
) -> Result<Outcome, CliError> {
    let (text, count) = view.to_baseline(compiled);
    write_atomically(path, text.as_bytes())?;
    terminal.status(&format!("wrote {path}: {count} finding{}", if count == 1 { "" } else { "s" }));
    let left = compiled.findings.iter().filter(|finding| finding.is_blocking()).count();
    if left > 0 {
        let what = if left == 1 { "1 error is" } else { "errors are" };
        terminal.note(&format!(
            "note: {what} not in it: nothing can be built before they are repaired; `scenarist lint` shows them"
        ));
    }
    Ok(Outcome::findings_if(left > 0))
}
