//! `scenarist serve`: the course in a browser, up to date with the files.

use std::time::Duration;

use camino::Utf8PathBuf;
use clap::Args;

use super::arguments::{Format, Global};
use super::error::CliError;
use super::project::find_root;
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::Compiled;
use crate::diag::render::{Report, print_summary};
use crate::serve::{Event, Server, Settings};

const LONG_ABOUT: &str = "\
Compiles the course in memory, serves its site, and compiles again whenever a file below content/, \
devcontainers/ or themes/ changes; open pages reload by themselves. Findings are printed here and \
shown in a box on each page. Drafts are included. dist/ is not touched.

With --review the review build is served: findings stand beside the paragraphs that they are about, \
and answers are open (`scenarist build --review`).

It listens on this machine alone unless --host says otherwise. Ctrl-C ends it.";

const AFTER_HELP: &str = "\
Examples:
  scenarist serve                    http://127.0.0.1:4000/
  scenarist serve --port 0           any free port
  scenarist serve --host 0.0.0.0     reachable from other machines, too
  scenarist serve --review           as reviewers see it";

/// Look at the course while you write it
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Serve {
    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    host: String,
    /// Show the review build instead of the course site
    #[arg(long)]
    review: bool,
}

impl Serve {
    /// Serves until the process is ended.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let settings = Settings {
            root: find_root(global)?,
            host: self.host.clone(),
            port: self.port,
            review: self.review,
        };
        let printer = terminal.clone();
        let server = Server::start(&settings, Box::new(move |event| report(&event, &printer)))?;
        // Needed even when asked to be quiet: with port 0 nobody could guess it.
        terminal.line(&format!("serving http://{}/ (Ctrl-C ends it)", server.address()));
        server.wait();
        Ok(Outcome::Clean)
    }
}

fn report(event: &Event<'_>, terminal: &Terminal) {
    match event {
        Event::Compiled { compiled, changed, took } => {
            let Compiled { findings, files, .. } = compiled;
            if !changed.is_empty() {
                terminal.status(&format!("changed: {}", name(changed)));
            }
            terminal.findings(&Report::new(findings, files), Format::Human);
            let shown = if compiled.tree.is_some() { "" } else { "; pages stay as they were" };
            terminal.status(&format!("{}, {}{shown}", print_summary(findings), milliseconds(*took)));
        }
        Event::NotWatching(reason) => {
            terminal.complain(&format!("warning: changes are not noticed, restart to see them: {reason}"));
        }
    }
}

/// The first path, and how many more.
fn name(paths: &[Utf8PathBuf]) -> String {
    match paths {
        [] => String::new(),
        [one] => one.to_string(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

fn milliseconds(took: Duration) -> String {
    format!("{} ms", took.as_millis())
}
