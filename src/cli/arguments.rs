//! What can be typed after `scenarist`: the verbs, and the options that all of them understand.

use camino::Utf8PathBuf;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::{
    audit, build, completions, explain, import, janitor, lint, lock, new, publish, rehearse, rules, schema,
    serve,
};
use crate::check::control::{closest_name, is_code_or_group};
use crate::diag::{Diagnostic, Severity, group_of};
use crate::rehearse::janitor::VERB;

const LONG_ABOUT: &str = "\
Scenarist compiles hands-on system-design scenarios. From one source tree it makes the monorepo \
that learners open in GitHub Codespaces, the course site, and course.json; and it checks that all \
of it fits together.

The source is three folders: `content/` (course, tracks, scenarios), `devcontainers/` (what the \
exercises run in) and `themes/` (how the site looks). The last two may be missing: a stack and a \
theme are built in. What comes out lies in `dist/` and is never edited by hand.";

const AFTER_HELP: &str = "\
Examples:
  scenarist new course my-course     start a course that builds at once
  scenarist serve                    look at it while you write
  scenarist lint --fix               find faults, repair the mechanical ones
  scenarist build                    make dist/
  scenarist publish --to DIR         bring the learners' repository up to date
  scenarist explain source/duplicate-id

Exit codes:
  0  no errors, and nothing that --deny names
  1  findings
  2  wrong usage
  3  the environment: a file that cannot be written, a program that is missing";

/// Compiles hands-on system-design scenarios into a learner monorepo, devcontainers and a site.
#[derive(Debug, Parser)]
#[command(name = "scenarist", version, long_about = LONG_ABOUT, after_help = AFTER_HELP)]
#[command(disable_help_subcommand = true, propagate_version = false)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

/// Options that every verb understands.
#[derive(Args, Debug)]
pub struct Global {
    /// The project's folder [default: the nearest one, here or above, with content/course.yml]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub root: Option<Utf8PathBuf>,
    /// Whether to use colors; `auto` looks at the terminal and at NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = "Everywhere")]
    pub color: Color,
    /// Print findings and errors only
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub quiet: bool,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// How findings are printed, and which of them fail a run.
#[derive(Args, Debug)]
pub struct Findings {
    /// How findings are printed: for people, or for the program that reads them
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// What makes the run end with exit code 1, beside errors: a severity with all above it, a
    /// group, or a code; may be given several times
    #[arg(long, value_name = "SEVERITY|GROUP|CODE", value_delimiter = ',', value_parser = Deny::parse)]
    pub deny: Vec<Deny>,
}

impl Findings {
    /// Whether a finding fails the run.
    pub fn denies(&self, finding: &Diagnostic) -> bool {
        finding.severity == Severity::Error || self.deny.iter().any(|deny| deny.covers(finding))
    }
}

/// An output format for findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With excerpts, for people
    Human,
    /// One JSON document (`scenarist schema findings`)
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Commands of a GitHub Actions log, which become annotations
    Github,
    /// JUnit XML, for CI systems that show test results
    Junit,
}

/// What fails a run, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deny {
    /// This severity and those above it.
    From(Severity),
    /// A code or a group.
    Named(String),
}

impl Deny {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "error" => Ok(Self::From(Severity::Error)),
            "warning" => Ok(Self::From(Severity::Warning)),
            "info" => Ok(Self::From(Severity::Info)),
            name => parse_name(name)
                .map(Self::Named)
                .map_err(|fault| format!("{fault}; a severity is `error`, `warning` or `info`")),
        }
    }

    /// Whether it covers a finding.
    pub fn covers(&self, finding: &Diagnostic) -> bool {
        match self {
            Self::From(bar) => finding.severity >= *bar,
            Self::Named(name) => finding.spec.code == name || group_of(finding.spec.code) == name,
        }
    }
}

/// A code or a group that exists.
pub fn parse_name(text: &str) -> Result<String, String> {
    if is_code_or_group(text) {
        return Ok(text.to_owned());
    }
    let near = closest_name(text, true).map(|near| format!("; did you mean `{near}`?"));
    Err(format!("there is no rule or group `{text}`{}", near.unwrap_or_default()))
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Build(build::Build),
    Lint(lint::Lint),
    Publish(publish::Publish),
    Audit(audit::Audit),
    Serve(serve::Serve),
    New(new::New),
    Explain(explain::Explain),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Rehearse(rehearse::Rehearse),
    Lock(lock::Lock),
    Import(import::Import),
    Completions(completions::Completions),
    #[command(name = VERB)]
    RehearseJanitor(janitor::Janitor),
}

/// The whole command, for completions and for tests that read its help.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn every_verb_has_long_help_with_an_example() {
        for verb in command().get_subcommands_mut() {
            let help = verb.render_long_help().to_string();
            assert!(help.contains("scenarist "), "`{}` shows no example:\n{help}", verb.get_name());
        }
    }

    #[test]
    fn what_is_denied_can_be_named_in_three_ways() {
        use crate::diag::catalog::tree::UNUSED_FILE;
        let finding = Diagnostic::new(&UNUSED_FILE, crate::source::Span::nowhere(), "m");
        let covers = |text: &str| Deny::parse(text).expect("it exists").covers(&finding);
        assert!(covers("info") && covers("warning") && !covers("error"));
        assert!(covers("source") && covers("source/unused-file") && !covers("prose"));
        let near = Deny::parse("source/unused-fil").expect_err("it does not exist");
        assert!(near.contains("did you mean `source/unused-file`?"), "{near}");
    }
}
