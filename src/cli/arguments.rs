//! What can be typed after `scenarist`: the verbs, and the options that all of them understand.

use camino::Utf8PathBuf;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::{build, completions, explain, lint, lock, new, rules, schema, serve};
use crate::diag::Severity;

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
  scenarist explain source/duplicate-id

Exit codes:
  0  nothing at or above the severity given with --deny (errors, if none is given)
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
    /// How findings are printed: for people, or as one JSON document
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// The weakest finding that makes the run end with exit code 1
    #[arg(long, value_enum, default_value_t = Deny::Error, value_name = "SEVERITY")]
    pub deny: Deny,
}

/// An output format for findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

/// A severity as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Error,
    Warning,
    Info,
}

impl Deny {
    /// Whether a finding of this severity fails the run.
    pub fn covers(self, severity: Severity) -> bool {
        let bar = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        };
        severity >= bar
    }
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Build(build::Build),
    Lint(lint::Lint),
    Serve(serve::Serve),
    New(new::New),
    Explain(explain::Explain),
    Rules(rules::Rules),
    Schema(schema::Schema),
    Lock(lock::Lock),
    Completions(completions::Completions),
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
    fn a_lower_bar_covers_more() {
        assert!(Deny::Error.covers(Severity::Error));
        assert!(!Deny::Error.covers(Severity::Warning));
        assert!(Deny::Warning.covers(Severity::Error));
        assert!(Deny::Info.covers(Severity::Info));
    }
}
