//! What a lint run is about: all findings, or those that a baseline does not know, that another
//! revision does not have, that were selected.

use camino::Utf8PathBuf;

use super::disk::read_text;
use super::error::CliError;
use crate::build::Compiled;
use crate::check::control::{
    Base, Baseline, Selection, check_changed_ids, only_new, parse_baseline, print_baseline,
};
use crate::diag::{Diagnostic, Suppressed, SuppressedBy, sort_findings};
use crate::source::{Files, Origin};

/// What was asked for, with everything that it needs from the disk.
pub struct View {
    selection: Selection,
    baseline: Option<KnownFindings>,
    base: Option<BaseRevision>,
}

struct KnownFindings {
    path: String,
    text: String,
    baseline: Baseline,
}

struct BaseRevision {
    name: String,
    compiled: Compiled,
}

/// What is shown of a compilation.
pub struct Shown {
    pub findings: Vec<Diagnostic>,
    /// Those that a comment, course.yml or the baseline accepts.
    pub suppressed: Vec<Suppressed>,
    /// How many the base revision has, too.
    pub unchanged: Option<usize>,
}

impl View {
    /// Reads the baseline and compiles the base revision.
    pub fn new(
        selection: Selection,
        baseline: Option<&Utf8PathBuf>,
        revision: Option<&str>,
        compile_base: impl FnOnce(&str) -> Result<Compiled, CliError>,
    ) -> Result<Self, CliError> {
        let baseline = baseline.map(read_baseline).transpose()?;
        let base = revision.map(|name| {
            let compiled = compile_base(name)?;
            Ok::<_, CliError>(BaseRevision { name: name.to_owned(), compiled })
        });
        Ok(Self { selection, baseline, base: base.transpose()? })
    }

    /// The findings that the run is about, as far as repairs go.
    pub fn about(&self, compiled: &Compiled) -> Vec<Diagnostic> {
        self.part(compiled).findings
    }

    /// Everything that is shown, with findings about the baseline and about ids.
    pub fn show(&self, compiled: &mut Compiled) -> Shown {
        let mut shown = self.part(compiled);
        let mut more = Vec::new();
        if let Some(known) = self.baseline.as_ref().filter(|_| compiled.course.is_some()) {
            more.extend(known.stale(compiled, &shown.suppressed));
        }
        if let (Some(base), Some(ids)) = (&self.base, &compiled.ids)
            && let Some(before) = &base.compiled.ids
        {
            let base = Base { revision: &base.name, files: &base.compiled.files, ids: before };
            more.extend(check_changed_ids(&base, ids, &mut compiled.files, &compiled.findings));
        }
        let files = &compiled.files;
        let more = more.into_iter().filter_map(|finding| compiled.control.admit(finding, files));
        shown.findings.extend(more.filter(|finding| self.selection.keeps(finding)));
        sort_findings(&mut shown.findings, files);
        shown
    }

    /// What could not be compared, in words.
    pub fn shortcoming(&self) -> Option<String> {
        let base = self.base.as_ref().filter(|base| base.compiled.ids.is_none())?;
        let name = &base.name;
        Some(format!("note: ids were not compared: at `{name}` there is no course.yml that can be used"))
    }

    /// The findings that a new baseline knows, as text, and how many they are.
    pub fn to_baseline(&self, compiled: &Compiled) -> (String, usize) {
        let selected = compiled.findings.iter().filter(|finding| self.selection.keeps(finding));
        print_baseline(selected, &compiled.files)
    }

    fn part(&self, compiled: &Compiled) -> Shown {
        let mut suppressed = compiled.suppressed.clone();
        let mut findings = compiled.findings.clone();
        if let Some(known) = &self.baseline {
            let (new, old) = known.baseline.part(findings, &compiled.files);
            findings = new;
            let by = SuppressedBy::Baseline;
            suppressed.extend(old.into_iter().map(|finding| Suppressed { finding, by, reason: None }));
        }
        let mut unchanged = None;
        findings.retain(|finding| self.selection.keeps(finding));
        suppressed.retain(|it| self.selection.keeps(&it.finding));
        if let Some(base) = &self.base {
            let base = &base.compiled;
            let (new, old) = only_new(findings, &compiled.files, &base.findings, &base.files);
            findings = new;
            unchanged = Some(old);
        }
        Shown { findings, suppressed, unchanged }
    }
}

impl KnownFindings {
    /// Entries that know more than there is, at their places in the file.
    fn stale(&self, compiled: &mut Compiled, suppressed: &[Suppressed]) -> Vec<Diagnostic> {
        let file = compiled.files.add(self.path.as_str(), self.text.as_bytes(), Origin::Aside, false);
        // Read again, so that the places belong to this set of files.
        let Ok(baseline) = parse_baseline(&compiled.files, file) else { return Vec::new() };
        let known = suppressed.iter().filter(|it| it.by == SuppressedBy::Baseline);
        let known: Vec<Diagnostic> = known.map(|it| it.finding.clone()).collect();
        baseline.stale(&known, &compiled.files)
    }
}

fn read_baseline(path: &Utf8PathBuf) -> Result<KnownFindings, CliError> {
    let fault = |reason: String, help| CliError::Baseline { path: path.clone(), reason, help };
    let text = read_text(path)?
        .ok_or_else(|| fault("there is no such file".to_owned(), "`--write-baseline FILE` writes one"))?;
    let mut files = Files::default();
    let file = files.add_text(path.as_str(), &text);
    let baseline = parse_baseline(&files, file)
        .map_err(|reason| fault(reason, "write it anew with `--write-baseline FILE`"))?;
    Ok(KnownFindings { path: path.to_string(), text, baseline })
}
