//! From arguments to an exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use super::arguments::{Arguments, Verb};
use super::error::CliError;
use super::terminal::Terminal;

/// How a verb ended when nothing stood in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above the bar.
    Findings,
    /// A rehearsal that cannot be judged.
    Inconclusive,
}

impl Outcome {
    /// `Findings` if the condition holds.
    pub fn findings_if(condition: bool) -> Self {
        if condition { Self::Findings } else { Self::Clean }
    }
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    ask_for_reports();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version arrive here, too; clap knows which stream and which code.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(&arguments.global);
    match dispatch(&arguments, &terminal) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Inconclusive) => ExitCode::from(4),
        Err(error) => {
            terminal.complain(&format!("error: {error}"));
            ExitCode::from(error.exit_code())
        }
    }
}

fn dispatch(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, CliError> {
    let global = &arguments.global;
    match &arguments.verb {
        // On one of the threads that share the work: one more, which waits for them, would hold memory of its own.
        Verb::Build(verb) => rayon::scope(|_| verb.run(global, terminal)),
        Verb::Lint(verb) => verb.run(global, terminal),
        Verb::Publish(verb) => verb.run(global, terminal),
        Verb::Audit(verb) => verb.run(global, terminal),
        Verb::Serve(verb) => verb.run(global, terminal),
        Verb::New(verb) => verb.run(global, terminal),
        Verb::Explain(verb) => verb.run(terminal),
        Verb::Rules(verb) => verb.run(terminal),
        Verb::Schema(verb) => verb.run(terminal),
        Verb::Rehearse(verb) => verb.run(global, terminal),
        Verb::Lock(verb) => verb.run(global, terminal),
        Verb::Import(verb) => verb.run(terminal),
        Verb::Completions(verb) => Ok(verb.run(terminal)),
        Verb::RehearseJanitor(verb) => Ok(verb.run()),
    }
}

/// A panic is a bug of ours: say so, and what a report needs. The exit code stays Rust's 101.
fn ask_for_reports() {
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let payload = panic.payload();
        let message = payload
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        let report = format!(
            "scenarist {} has a bug{place}: {message}\n\
             Nothing you wrote should be able to cause this. Please report it with the command you ran\n\
             and, if you can, the file it was about.",
            env!("CARGO_PKG_VERSION")
        );
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr().lock(), "{report}");
    }));
}
