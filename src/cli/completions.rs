//! `scenarist completions`: what a shell needs to complete our arguments.

use clap::Args;
use clap_complete::{Shell, generate};

use super::arguments::command;
use super::run::Outcome;
use super::terminal::Terminal;

const AFTER_HELP: &str = "\
Examples:
  scenarist completions bash > ~/.local/share/bash-completion/completions/scenarist
  scenarist completions zsh > ~/.zfunc/_scenarist
  scenarist completions fish > ~/.config/fish/completions/scenarist.fish";

/// Print a completion script for a shell
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(&self, terminal: &Terminal) -> Outcome {
        let mut script = Vec::new();
        generate(self.shell, &mut command(), "scenarist", &mut script);
        terminal.line(String::from_utf8_lossy(&script).trim_end());
        Outcome::Clean
    }
}
