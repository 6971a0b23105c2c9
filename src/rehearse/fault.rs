//! Why a rehearsal could not be carried out, or ended before it could be judged.

use thiserror::Error;

/// A fault that ends a rehearsal.
#[derive(Debug, Error)]
pub enum Fault {
    /// Programs that this machine lacks, and the line that installs them.
    #[error("{} not found; install {} with: {install}", names(.programs), if .programs.len() == 1 { "it" } else { "them" })]
    Missing { programs: Vec<String>, install: String },
    /// The machine does not allow what is needed.
    #[error("{what}\nhelp: {help}")]
    Machine { what: String, help: String },
    /// The scenario itself does not come up: what was tried, and what was said.
    #[error("{what}{}", quoted(.said))]
    Scenario { what: String, said: String },
    /// Somebody asked to stop.
    #[error("stopped")]
    Interrupted,
}

impl Fault {
    /// Something of the scenario that does not work; `said` is the end of what it printed.
    pub fn scenario(what: impl Into<String>, said: impl Into<String>) -> Self {
        Self::Scenario { what: what.into(), said: said.into() }
    }

    /// Something that this machine does not do.
    pub fn machine(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Machine { what: what.into(), help: help.into() }
    }
}

fn names(programs: &[String]) -> String {
    let quoted: Vec<String> = programs.iter().map(|program| format!("`{program}`")).collect();
    let verb = if quoted.len() == 1 { "was" } else { "were" };
    format!("{} {verb}", quoted.join(", "))
}

fn quoted(said: &str) -> String {
    let said = said.trim();
    if said.is_empty() { String::new() } else { format!(":\n{said}") }
}
