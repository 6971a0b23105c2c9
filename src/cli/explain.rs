//! `scenarist explain`: the documentation of a code.

use std::collections::BTreeMap;

use clap::Args;

use super::error::CliError;
use super::run::Outcome;
use super::terminal::Terminal;
use crate::check::control::closest_name;
use crate::diag::render::print_example;
use crate::diag::{CodeSpec, Repair, Severity, group_of, repair_of};

/// How wide prose is set.
const WIDTH: usize = 80;

const LONG_ABOUT: &str = "\
Prints what a finding means, why it matters, how to repair it, how a course sets or accepts it, and \
examples with the place that the finding points at. Without a code, all codes are listed by group; \
with a group's name, that group's. `scenarist rules` lists them with their parameters.";

const AFTER_HELP: &str = "\
Examples:
  scenarist explain                        list all codes
  scenarist explain source                 list the codes of one group
  scenarist explain source/duplicate-id    explain one code";

/// Explain a finding's code
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Explain {
    /// A code such as `source/duplicate-id`, or a group such as `source`
    code: Option<String>,
}

impl Explain {
    /// Prints one code, one group, or all of them.
    pub fn run(&self, terminal: &Terminal) -> Result<Outcome, CliError> {
        let specs = crate::check::all_specs();
        let Some(code) = self.code.as_deref() else {
            print_list(&specs, terminal);
            return Ok(Outcome::Clean);
        };
        if let Some(spec) = specs.iter().find(|spec| spec.code == code) {
            print_spec(spec, terminal);
            return Ok(Outcome::Clean);
        }
        let group: Vec<&CodeSpec> =
            specs.iter().copied().filter(|spec| group_of(spec.code) == code).collect();
        if group.is_empty() {
            return Err(unknown(code));
        }
        print_list(&group, terminal);
        Ok(Outcome::Clean)
    }
}

pub(super) fn unknown(code: &str) -> CliError {
    let help = closest_name(code, true).map_or_else(
        || "`scenarist explain` lists all codes".to_owned(),
        |near| format!("did you mean `{near}`? `scenarist explain` lists all codes"),
    );
    CliError::Usage(format!("there is no code `{code}`\nhelp: {help}"))
}

fn print_list(specs: &[&CodeSpec], terminal: &Terminal) {
    let mut groups: BTreeMap<&str, Vec<&CodeSpec>> = BTreeMap::new();
    for spec in specs {
        groups.entry(group_of(spec.code)).or_default().push(spec);
    }
    let width = specs.iter().map(|spec| spec.code.len()).max().unwrap_or(0);
    for (at, (group, mut specs)) in groups.into_iter().enumerate() {
        if at > 0 {
            terminal.line("");
        }
        terminal.line(&terminal.heading(group));
        specs.sort_by_key(|spec| spec.code);
        for spec in specs {
            terminal.line(&format!("  {:width$}  {:7}  {}", spec.code, spec.severity.word(), spec.what));
        }
    }
}

fn print_spec(spec: &CodeSpec, terminal: &Terminal) {
    terminal.line(&format!("{} ({})", terminal.heading(spec.code), spec.severity.word()));
    terminal.line("");
    terminal.line(&wrap(spec.what, ""));
    for (title, text) in [("Why it matters", spec.why), ("What to do", spec.fix)] {
        terminal.line("");
        terminal.line(&terminal.heading(title));
        terminal.line(&wrap(text, "  "));
    }
    if let Some(repair) = repair_of(spec.code) {
        terminal.line(&wrap(&format!("{} can do it.", repair_command(repair)), "  "));
    }
    // Without what these errors are about, nothing can be emitted.
    if spec.severity != Severity::Error || group_of(spec.code) != "source" {
        print_control(spec, terminal);
    }
    for (title, examples) in [("Found here", spec.bad), ("Nothing to find here", spec.good)] {
        for example in examples {
            terminal.line("");
            terminal.line(&terminal.heading(title));
            print_example(example).lines().for_each(|line| terminal.line(&format!("  {line}")));
        }
    }
    terminal.line("");
    terminal.line(&format!("Source: {}", spec.source));
}

/// The command that makes a repair.
pub(super) fn repair_command(repair: Repair) -> &'static str {
    match repair {
        Repair::Safe => "`scenarist lint --fix`",
        Repair::Unsafe => "`scenarist lint --unsafe-fixes`",
    }
}

/// The numbers of a code, and how a course sets its level and accepts a finding.
fn print_control(spec: &CodeSpec, terminal: &Terminal) {
    if !spec.params.is_empty() {
        terminal.line("");
        terminal.line(&terminal.heading("Parameters"));
        for param in spec.params {
            terminal.line(&wrap(&format!("{} = {}: {}", param.name, param.default, param.doc), "  "));
        }
    }
    terminal.line("");
    terminal.line(&terminal.heading("How to set it, in course.yml"));
    let code = spec.code;
    let mut settings = vec!["lint:".to_owned(), format!("  levels: {{{code}: {}}}", other_level(spec))];
    if let Some(param) = spec.params.first() {
        settings.push(format!("  settings: {{{code}: {{{}: {}}}}}", param.name, param.default));
    }
    settings.iter().for_each(|line| terminal.line(&format!("  {line}")));
    terminal.line("");
    terminal.line(&terminal.heading("How to accept one finding, on the line above it"));
    for (mark, end, languages) in
        [("<!--", " -->", "Markdown, SVG"), ("#", "", "YAML"), ("//", "", "JavaScript"), ("--", "", "SQL")]
    {
        let comment = format!("{mark} allow {code}: the reason{end}");
        terminal.line(&format!("  {comment:width$}  in {languages}", width = code.len() + 28));
    }
}

/// A level that makes a difference.
fn other_level(spec: &CodeSpec) -> &'static str {
    if spec.severity == Severity::Error { "warning" } else { "off" }
}

/// Prose set to a width, each line after `indent`.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    let mut lines = vec![indent.to_owned()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a last line");
        if line.len() > indent.len() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{indent}{word}"));
        } else {
            if line.len() > indent.len() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_wrapped() {
        let text = "word ".repeat(40);
        assert!(wrap(&text, "  ").lines().all(|line| line.starts_with("  ") && line.len() <= WIDTH));
    }

    #[test]
    fn a_name_without_its_group_is_understood() {
        let message = unknown("duplicate-idd").to_string();
        assert!(message.contains("source/duplicate-id"), "{message}");
    }
}
