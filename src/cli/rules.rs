//! `scenarist rules`: the list of everything that can be found, for people, programs and documents.

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::explain::{repair_command, unknown, wrap};
use super::reference::rules_page;
use super::run::Outcome;
use super::terminal::Terminal;
use crate::diag::render::{by_group, print_rules_json};
use crate::diag::{CodeSpec, about_group, group_of, repair_of};

const LONG_ABOUT: &str = "\
Lists every code that `scenarist` can report, by group: how much it weighs, what it finds, whether \
`scenarist lint --fix` can repair it, and the numbers that a course can set. `scenarist explain` \
tells more about one.";

const AFTER_HELP: &str = "\
Examples:
  scenarist rules                             list all rules
  scenarist rules diagram                     list the rules of one group
  scenarist rules --format json               one JSON document; `scenarist schema rules` describes it
  scenarist rules --format md > docs/rules.md the page of all rules";

/// List all rules
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Rules {
    /// A group such as `diagram`; all of them if left out
    group: Option<String>,
    /// How the rules are printed: for people, as one JSON document, or as a Markdown page
    #[arg(long, value_enum, default_value_t = RulesFormat::Text)]
    format: RulesFormat,
}

/// An output format for the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RulesFormat {
    Text,
    Json,
    Md,
}

impl Rules {
    /// Prints the list.
    pub fn run(&self, terminal: &Terminal) -> Result<Outcome, CliError> {
        let all = crate::check::all_specs();
        let is_asked =
            |spec: &&CodeSpec| self.group.as_deref().is_none_or(|group| group_of(spec.code) == group);
        let specs: Vec<&CodeSpec> = all.iter().copied().filter(is_asked).collect();
        if let Some(group) = self.group.as_deref().filter(|_| specs.is_empty()) {
            return Err(unknown_group(group, &all));
        }
        match self.format {
            RulesFormat::Text => print_text(&specs, terminal),
            RulesFormat::Json => terminal.line(print_rules_json(&specs).trim_end()),
            RulesFormat::Md => terminal.line(rules_page(&specs).trim_end()),
        }
        Ok(Outcome::Clean)
    }
}

fn unknown_group(group: &str, all: &[&CodeSpec]) -> CliError {
    if group.contains('/') {
        if all.iter().any(|spec| spec.code == group) {
            return CliError::Usage(format!(
                "`{group}` is one rule\nhelp: `scenarist explain {group}` tells about it"
            ));
        }
        return unknown(group);
    }
    let groups: Vec<&str> = by_group(all).into_iter().map(|(name, _)| name).collect();
    CliError::Usage(format!("there is no group `{group}`\nhelp: the groups are {}", groups.join(", ")))
}

fn print_text(specs: &[&CodeSpec], terminal: &Terminal) {
    let width = specs.iter().map(|spec| spec.code.len()).max().unwrap_or(0);
    for (at, (group, specs)) in by_group(specs).into_iter().enumerate() {
        if at > 0 {
            terminal.line("");
        }
        terminal.line(&terminal.heading(group));
        terminal.line(&wrap(about_group(group), ""));
        terminal.line("");
        for spec in specs {
            terminal.line(&format!("  {:width$}  {:7}  {}", spec.code, spec.severity.word(), spec.what));
            let indent = " ".repeat(width + 13);
            if let Some(repair) = repair_of(spec.code) {
                terminal.line(&format!("{indent}repaired by {}", repair_command(repair)));
            }
            for param in spec.params {
                terminal.line(&format!("{indent}{} = {}: {}", param.name, param.default, param.doc));
            }
        }
    }
}
