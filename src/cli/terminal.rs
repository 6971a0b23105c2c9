//! Everything the program prints goes through here: findings and results to standard output,
//! progress and errors to standard error.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex};

use super::arguments::{Color, Format, Global};
use crate::diag::render::{
    Report, print_all, print_github, print_json, print_junit, print_sarif, print_statistics,
};

/// Where and how to print.
#[derive(Clone, Debug)]
pub struct Terminal {
    color: bool,
    quiet: bool,
    /// Whether a program reads standard output, so that all words for people go beside it.
    aside: bool,
    /// Whether a line that is erased again makes sense: standard error is a terminal.
    live: bool,
    /// Whether such a line stands there now.
    progress: Arc<Mutex<bool>>,
}

impl Terminal {
    /// Looks at the options, the terminal and `NO_COLOR` (https://no-color.org).
    pub fn new(global: &Global) -> Self {
        let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => !forbidden && std::io::stdout().is_terminal(),
        };
        let live = std::io::stderr().is_terminal() && !global.quiet;
        Self { color, quiet: global.quiet, aside: false, live, progress: Arc::default() }
    }

    /// The same with everything on standard error, for words beside a document.
    pub fn aside(&self) -> Self {
        Self { aside: true, ..self.clone() }
    }

    /// A line of the result. A reader that went away (`| head`) ends the output, not the program.
    pub fn line(&self, text: &str) {
        if self.aside {
            return self.complain(text);
        }
        self.erase_progress();
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    /// The lines of a text, if it has any.
    pub fn line_if_any(&self, text: &str) {
        if !text.is_empty() {
            self.line(text.strip_suffix('\n').unwrap_or(text));
        }
    }

    /// A line about how it went, left out when asked to be quiet.
    pub fn status(&self, text: &str) {
        if !self.quiet {
            self.line(text);
        }
    }

    /// A line beside the result: on standard error, left out when asked to be quiet.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// A line that must be seen even when asked to be quiet: on standard error.
    pub fn complain(&self, text: &str) {
        self.erase_progress();
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// What is being done right now; on a terminal only, and erased by what comes next.
    pub fn progress(&self, text: &str) {
        if self.live {
            self.erase_progress();
            *self.progress.lock().expect("nothing panics while printing") = true;
            let mut err = std::io::stderr().lock();
            let _ = write!(err, "{text} …").and_then(|()| err.flush());
        }
    }

    fn erase_progress(&self) {
        let mut shown = self.progress.lock().expect("nothing panics while printing");
        if std::mem::take(&mut *shown) {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K");
        }
    }

    /// Findings in the format that was asked for. With statistics, people get the counts instead.
    pub fn findings(&self, report: &Report<'_>, format: Format) {
        let text = match format {
            Format::Human if report.statistics => print_statistics(report),
            Format::Human => {
                for finding in print_all(report, self.color) {
                    self.line(&finding);
                }
                return;
            }
            Format::Json => print_json(report),
            Format::Sarif => print_sarif(report),
            Format::Github => print_github(report),
            Format::Junit => print_junit(report),
        };
        self.line_if_any(&text);
    }

    /// A heading, bold where colors are used.
    pub fn heading(&self, text: &str) -> String {
        if self.color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A plain line of a report: on standard output, or beside it when a program reads that.
    pub fn report(&self, text: &str, format: Format) {
        match format {
            Format::Human => self.status(text),
            Format::Json | Format::Sarif | Format::Github | Format::Junit => self.note(text),
        }
    }
}
