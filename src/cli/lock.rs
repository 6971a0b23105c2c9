//! `scenarist lock`: lockfiles of npm packages. The only verb that uses the network.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use serde_json::Value;

use super::arguments::{Format, Global};
use super::disk::{read_text, write_atomically};
use super::error::CliError;
use super::project::{find_root, known};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::diag::Sink;
use crate::diag::render::Report;
use crate::environment::{Request, ScenarioNames, Stack, load_stack, package_json, stack_ids};
use crate::manifest;
use crate::manifest::environment::Environment;
use crate::source::{Files, Origin, Span, builtin_files, read_dir};
use crate::syntax::yaml::{Decode, Entries, Id, parse_yaml};

const LONG_ABOUT: &str = "\
Asks npm which exact packages the learner's app gets, and writes that into package-lock.json: the \
stack's, or a scenario's own if it adds packages. Lockfiles are content: commit them. They carry no \
download addresses, so that they work with any registry.

Without an argument, the lockfiles of all stacks in devcontainers/ and of all scenarios that add \
packages are written. This is the only verb that uses the network, and it needs npm.";

const AFTER_HELP: &str = "\
Examples:
  scenarist lock                          all lockfiles of the project
  scenarist lock caching-with-redis       the one of a scenario
  scenarist lock --stack node-postgres    the one of a stack";

/// Write the lockfiles of npm packages
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Lock {
    /// A scenario's id
    #[arg(conflicts_with = "stack")]
    scenario: Option<String>,
    /// A stack's id
    #[arg(long, value_name = "ID")]
    stack: Option<String>,
}

/// A lockfile to write.
struct Job {
    what: String,
    /// Relative to the root.
    path: Utf8PathBuf,
    package: String,
}

impl Lock {
    /// Resolves packages and writes lockfiles.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let root = find_root(global)?;
        let (mut files, _) = read_dir(&root);
        builtin_files(&mut files);
        let sink = Sink::default();
        let jobs = self.jobs(&files, &sink)?;
        if sink.has_errors() {
            let findings = sink.into_sorted(&files);
            terminal.findings(&Report::new(&findings, &files), Format::Human);
            terminal.status("nothing was written");
            return Ok(Outcome::Findings);
        }
        if jobs.is_empty() {
            terminal.status("nothing to lock: no stack of the project's own, and no scenario adds packages");
        }
        for job in jobs {
            terminal.progress(&format!("asking npm about {}", job.what));
            let lock = resolve(&job)?;
            let target = root.join(&job.path);
            let same = read_text(&target)?.is_some_and(|old| old == lock);
            if !same {
                write_atomically(&target, lock.as_bytes())?;
            }
            terminal.status(&format!("{} {}", if same { "unchanged" } else { "wrote" }, job.path));
        }
        Ok(Outcome::Clean)
    }

    fn jobs(&self, files: &Files, sink: &Sink) -> Result<Vec<Job>, CliError> {
        if let Some(id) = &self.stack {
            let ids = stack_ids(files);
            known("stack", id, ids.iter().map(String::as_str))?;
            return Ok(stack_job(files, id, sink).into_iter().collect());
        }
        let scenarios = files.folders_in(Utf8Path::new("content/scenarios"));
        if let Some(id) = &self.scenario {
            known("scenario", id, scenarios.iter().map(String::as_str))?;
            return Ok(scenario_job(files, id, true, sink).into_iter().collect());
        }
        let own = |id: &String| {
            files
                .find(format!("devcontainers/{id}/stack.yml"))
                .is_some_and(|file| files.entry(file).origin == Origin::Project)
        };
        let stacks = stack_ids(files).into_iter().filter(own).filter_map(|id| stack_job(files, &id, sink));
        let rest = scenarios.iter().filter_map(|id| scenario_job(files, id, false, sink));
        Ok(stacks.chain(rest).collect())
    }
}

/// The stack's own packages, as a scenario would get them that adds none.
fn stack_job(files: &Files, id: &str, sink: &Sink) -> Option<Job> {
    let mut made = Files::default();
    let file = made.add_text("environment.yml", &format!("stack: {id}\napp: {{title: {id}, port: 3000}}\n"));
    let environment = Environment::decode(parse_yaml(&made, file, sink)?.as_ref(), sink)?;
    let stack = load_stack(files, &environment.stack, sink)?;
    let path = Utf8PathBuf::from(format!("devcontainers/{id}/package-lock.json"));
    Some(Job { what: format!("the stack `{id}`"), path, package: package(&stack, &environment, id) })
}

/// `None` when the scenario has no environment, or adds no packages and none are insisted on.
fn scenario_job(files: &Files, id: &str, insist: bool, sink: &Sink) -> Option<Job> {
    let file = files.find(format!("content/scenarios/{id}/scenario.yml"))?;
    let scenario = manifest::scenario::Scenario::decode(parse_yaml(files, file, sink)?.as_ref(), sink)?;
    let environment = scenario.decode_environment(sink)?;
    let adds = !environment.packages.0.is_empty() || !environment.dev_packages.0.is_empty();
    if !adds && !insist {
        return None;
    }
    let stack =
        load_stack(files, &Id { text: environment.stack.text.clone(), span: environment.stack.span }, sink)?;
    let path = Utf8PathBuf::from(format!("content/scenarios/{id}/package-lock.json"));
    Some(Job { what: format!("the scenario `{id}`"), path, package: package(&stack, &environment, id) })
}

fn package(stack: &Stack, environment: &Environment, id: &str) -> String {
    package_json(&Request {
        stack,
        scenario: ScenarioNames { id, title: id, label: id, folder: id },
        environment,
        metrics: &[],
        panels: &[],
        loadtests: &[],
        rehearsal: &[],
        dropped_stages: &[],
        extra_packages: &Entries::default(),
        origin: Span::nowhere(),
        compose_root: None,
        devcontainer: None,
    })
}

/// Lets npm make the lockfile in a folder of its own, so that nothing else is touched.
fn resolve(job: &Job) -> Result<String, CliError> {
    let folder = Temporary::new()?;
    write_atomically(&folder.0.join("package.json"), job.package.as_bytes())?;
    let output = Command::new("npm")
        .args([
            "install",
            "--package-lock-only",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ])
        .current_dir(&folder.0)
        .output()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => CliError::NpmMissing,
            _ => CliError::io("run", "npm")(error),
        })?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let failed = |output: String| CliError::NpmFailed { what: job.what.clone(), output };
    if !output.status.success() {
        return Err(failed(said));
    }
    let lock = read_text(&folder.0.join("package-lock.json"))?.unwrap_or_default();
    without_addresses(&lock).ok_or_else(|| failed("it wrote no readable package-lock.json".to_owned()))
}

/// The lockfile without the places that packages were downloaded from: those are the business of
/// whoever installs. Hashes stay.
fn without_addresses(lock: &str) -> Option<String> {
    let mut lock: Value = serde_json::from_str(lock).ok()?;
    for package in lock.get_mut("packages")?.as_object_mut()?.values_mut() {
        let fields = package.as_object_mut()?;
        // A linked package's `resolved` is a path and not an address.
        if fields.get("link").is_none() {
            fields.shift_remove("resolved");
        }
    }
    let mut text = serde_json::to_string_pretty(&lock).ok()?;
    text.push('\n');
    Some(text)
}

/// A folder that vanishes with its value.
struct Temporary(Utf8PathBuf);

impl Temporary {
    fn new() -> Result<Self, CliError> {
        let base = Utf8PathBuf::from_path_buf(std::env::temp_dir())
            .map_err(|path| CliError::Unusable(format!("the path `{}` is not UTF-8", path.display())))?;
        let folder = base.join(format!("scenarist-lock-{}", std::process::id()));
        std::fs::create_dir(&folder).map_err(CliError::io("make the folder", &folder))?;
        Ok(Self(folder))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // What is left in a temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_and_hashes_stay() {
        let lock = r#"{"name":"x","packages":{"":{"name":"x"},
            "node_modules/a":{"version":"1.0.0","resolved":"https://example.org/a.tgz","integrity":"sha512-x"}}}"#;
        let text = without_addresses(lock).unwrap();
        assert!(!text.contains("resolved") && text.contains("sha512-x"), "{text}");
        assert!(text.find("version") < text.find("integrity"), "{text}");
    }

    #[test]
    fn what_is_no_lockfile_is_refused() {
        assert_eq!(without_addresses("{}"), None);
        assert_eq!(without_addresses("not json"), None);
    }
}
