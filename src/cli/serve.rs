//! `scenarist serve`: the course in a browser, up to date with the files.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
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
use crate::serve::{DEFAULT_PORT, Event, Server, Settings};

const LONG_ABOUT: &str = "\
Compiles the course in memory, serves its site, and compiles again whenever a file below content/, \
devcontainers/ or themes/ changes. Open pages follow in place: where you are, what you typed and what \
you opened stays. After a restart they go on by themselves. Drafts are included. dist/ is not touched.

Findings are printed here and shown in a box on each page, with links that open VS Code at the place. \
While the course is too broken for pages, those from before stay.

With --review the review build is served: findings stand beside the paragraphs that they are about, \
and answers are open (`scenarist build --review`).

It listens on this machine alone unless --host says otherwise. If port 4000 is taken and no other was \
asked for, the next free one is. Ctrl-C ends it.";

const AFTER_HELP: &str = "\
Examples:
  scenarist serve                    http://127.0.0.1:4000/
  scenarist serve --open             and opens it in your browser
  scenarist serve --port 0           any free port
  scenarist serve --host 0.0.0.0     reachable from other machines, too
  scenarist serve --review           as reviewers see it";

/// Look at the course while you write it
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Serve {
    /// The port to listen on; 0 takes any free one [default: 4000, or the next free one]
    #[arg(long)]
    port: Option<u16>,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    host: String,
    /// Show the review build instead of the course site
    #[arg(long)]
    review: bool,
    /// Open the course in your browser
    #[arg(long)]
    open: bool,
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
        let address = server.address();
        // Needed even when asked to be quiet: nobody could guess another port.
        terminal.line(&where_it_is(address, self.port.is_none()));
        if self.open {
            open(&browser_address(address), terminal);
        }
        server.wait();
        Ok(Outcome::Clean)
    }
}

fn where_it_is(address: SocketAddr, is_default: bool) -> String {
    let taken = if is_default && address.port() != DEFAULT_PORT {
        format!("port {DEFAULT_PORT} is taken; ")
    } else {
        String::new()
    };
    let others =
        if address.ip().is_unspecified() { ", and to other machines under your address" } else { "" };
    format!("{taken}serving {}{others} (Ctrl-C ends it)", browser_address(address))
}

/// Where a browser on this machine finds it. Not every system knows how to reach "any address".
fn browser_address(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(any) if any.ip().is_unspecified() => format!("http://127.0.0.1:{}/", any.port()),
        SocketAddr::V6(any) if any.ip().is_unspecified() => format!("http://[::1]:{}/", any.port()),
        one => format!("http://{one}/"),
    }
}

/// Opens an address in the browser of whoever sits here. Some openers last as long as the browser, so
/// nobody waits for them; the course is served whatever becomes of it.
fn open(address: &str, terminal: &Terminal) {
    let mut command = opener();
    let name = command.get_program().to_string_lossy().into_owned();
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let terminal = terminal.clone();
    let complain = move |reason: &str| {
        terminal.complain(&format!("warning: no browser was opened, `{name}` {reason}"));
    };
    match command.spawn() {
        Ok(mut child) => {
            std::thread::spawn(move || match child.wait() {
                Ok(status) if status.success() => {}
                Ok(status) => complain(&format!("ended with {status}")),
                Err(error) => complain(&format!("is lost: {error}")),
            });
        }
        Err(error) => complain(&format!("cannot be started: {error}")),
    }
}

/// `BROWSER` is what people set, and what editors set in containers, where nothing else would work.
fn opener() -> Command {
    if let Some(browser) = std::env::var_os("BROWSER").filter(|browser| !browser.is_empty()) {
        return Command::new(browser);
    }
    if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        // Unlike `start` of the shell it reads no meaning into an address.
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(address: &str, is_default: bool) -> String {
        where_it_is(address.parse().unwrap(), is_default)
    }

    #[test]
    fn the_line_says_where_and_why_there() {
        assert_eq!(said("127.0.0.1:4000", true), "serving http://127.0.0.1:4000/ (Ctrl-C ends it)");
        assert_eq!(
            said("127.0.0.1:4001", true),
            "port 4000 is taken; serving http://127.0.0.1:4001/ (Ctrl-C ends it)"
        );
        assert_eq!(said("[::1]:5000", false), "serving http://[::1]:5000/ (Ctrl-C ends it)");
        let any = said("0.0.0.0:4000", true);
        assert!(any.starts_with("serving http://127.0.0.1:4000/, and to other machines"), "{any}");
    }
}
