//! The code that a service runs: its first file and all that this loads.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::scrape::{Target, scrapes_of};
use super::service::{ComposeService, services_with_code};
use crate::check::{ExerciseFile, StageFolder};
use crate::syntax::script::{Metric, MetricUse, Role, Script, is_script};

/// A file of a service.
#[derive(Clone, Copy, Debug)]
pub struct CodeFile<'s> {
    pub file: &'s ExerciseFile<'s>,
    pub script: &'s Script,
}

/// What a service runs.
#[derive(Debug)]
pub struct ServiceCode<'s> {
    pub id: &'s str,
    pub service: ComposeService<'s>,
    /// The first is where it starts.
    pub files: Vec<CodeFile<'s>>,
}

/// A metric object, the file that makes it, and the names it goes by in the service's files.
#[derive(Debug)]
pub struct MetricInCode<'s> {
    pub metric: Metric,
    pub code: CodeFile<'s>,
    pub names: BTreeSet<String>,
}

/// The code of every service of a stage that runs some.
#[must_use]
pub fn service_code<'s>(stage: &'s StageFolder<'_>) -> Vec<ServiceCode<'s>> {
    services_with_code(stage)
        .into_iter()
        .filter_map(|service| {
            let entry = service.words.iter().find_map(|word| entry_of(stage, word))?;
            Some(ServiceCode { id: service.id, files: loaded_from(stage, entry), service })
        })
        .collect()
}

/// The services that Prometheus asks, each with the target that names it.
#[must_use]
pub fn scraped_code<'s>(stage: &'s StageFolder<'_>) -> Vec<(ServiceCode<'s>, Target)> {
    let mut targets: Vec<Target> = scrapes_of(stage).into_iter().flat_map(|scrape| scrape.targets).collect();
    let mut found = Vec::new();
    for code in service_code(stage) {
        if let Some(at) = targets.iter().position(|target| target.host == code.id) {
            found.push((code, targets.swap_remove(at)));
        }
    }
    found
}

fn entry_of<'s>(stage: &'s StageFolder<'_>, word: &str) -> Option<CodeFile<'s>> {
    let word = word.trim_matches(['"', '\'']).trim_start_matches("./").trim_start_matches("/app/");
    code_file(stage, Utf8Path::new(word))
}

fn code_file<'s>(stage: &'s StageFolder<'_>, path: &Utf8Path) -> Option<CodeFile<'s>> {
    // Most words of a command name no script, and need not be looked for.
    let file = is_script(path).then(|| stage.files.get(path)).flatten()?;
    Some(CodeFile { file, script: file.script()? })
}

fn loaded_from<'s>(stage: &'s StageFolder<'_>, entry: CodeFile<'s>) -> Vec<CodeFile<'s>> {
    let mut files = vec![entry];
    let mut seen: BTreeSet<Utf8PathBuf> = BTreeSet::from([entry.file.path.clone()]);
    let mut at = 0;
    while at < files.len() {
        let folder = files[at].file.path.parent().unwrap_or(Utf8Path::new("")).to_owned();
        for import in files[at].script.imports.iter().filter(|import| import.from.starts_with('.')) {
            let base = joined(&folder, &import.from);
            let tries = [base.clone(), format!("{base}.js").into(), base.join("index.js")];
            let found = tries.iter().find_map(|path| code_file(stage, path));
            if let Some(found) = found
                && seen.insert(found.file.path.clone())
            {
                files.push(found);
            }
        }
        at += 1;
    }
    files
}

/// A path relative to a folder, without `.` and `..`.
fn joined(folder: &Utf8Path, relative: &str) -> Utf8PathBuf {
    let mut path = folder.to_owned();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

impl<'s> ServiceCode<'s> {
    /// The metrics that the service's files make.
    #[must_use]
    pub fn metrics(&self) -> Vec<MetricInCode<'s>> {
        let mut found = Vec::new();
        for code in &self.files {
            for metric in code.script.metrics() {
                let names =
                    metric.variable.as_ref().map_or_else(BTreeSet::new, |name| self.names_of(code, name));
                found.push(MetricInCode { metric, code: *code, names });
            }
        }
        found
    }

    /// The names of a variable in all files: as it is exported, and as others import it.
    fn names_of(&self, home: &CodeFile<'_>, variable: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::from([variable.to_owned()]);
        let exported = home.script.exports.iter().filter(|export| export.local == variable);
        names.extend(exported.map(|export| export.name.clone()));
        for code in &self.files {
            for binding in code.script.imports.iter().flat_map(|import| &import.bindings) {
                if binding.imported.as_ref().is_some_and(|imported| names.contains(imported)) {
                    names.insert(binding.name.clone());
                }
            }
        }
        names
    }

    /// Every call that changes a metric, with its file.
    pub fn metric_uses(&self) -> Vec<(CodeFile<'s>, MetricUse)> {
        let of = |code: &CodeFile<'s>| {
            let code = *code;
            code.script.metric_uses().into_iter().map(move |found| (code, found))
        };
        self.files.iter().flat_map(of).collect()
    }

    /// Whether some file loads a package whose name holds one of these words.
    #[must_use]
    pub fn loads(&self, words: &[&str]) -> bool {
        let imports = self.files.iter().flat_map(|code| &code.script.imports);
        imports.into_iter().any(|import| words.iter().any(|word| import.from.contains(word)))
    }

    /// Whether a function of this name is called, handed on or exported anywhere.
    #[must_use]
    pub fn is_referenced(&self, function: &str) -> bool {
        let uses = |code: &CodeFile<'_>| {
            code.script
                .references
                .get(function)
                .is_some_and(|uses| uses.iter().any(|found| found.role != Role::Exported))
                || code.script.calls.iter().any(|call| call.callee.ends_with(&format!(".{function}")))
                || code.script.calls.iter().flat_map(|call| &call.arguments).any(|argument| {
                    argument.as_path().is_some_and(|path| path.ends_with(&format!(".{function}")))
                })
        };
        self.files.iter().any(uses)
    }
}
