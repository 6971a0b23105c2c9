//! `scenarist rehearse-janitor`: the second process of a rehearsal, which nobody types.

use clap::Args;

use super::run::Outcome;
use crate::rehearse::janitor::keep;

const AFTER_HELP: &str = r#"`scenarist rehearse` starts it, tells it what to clean up, and goes on; should that process be killed,
this one cleans up.

Examples:
  echo '{"run": ["docker", "compose", "-p", "name", "down"]}' | scenarist rehearse-janitor"#;

/// Clean up after a rehearsal that was killed: reads tasks from its input, carries them out at its end
#[derive(Args, Debug)]
#[command(hide = true, after_help = AFTER_HELP)]
pub struct Janitor {}

impl Janitor {
    /// Reads until the input ends.
    #[expect(clippy::unused_self, reason = "as every verb")]
    pub fn run(&self) -> Outcome {
        keep(std::io::stdin().lock());
        Outcome::Clean
    }
}
