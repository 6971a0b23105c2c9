//! Faults of the environment and of usage, in words. Findings in content are no errors: they are
//! printed, and the run goes on.

use camino::Utf8PathBuf;
use thiserror::Error;

use crate::publish::PublishError;
use crate::rehearse::fault::Fault;
use crate::serve::ServeError;
use crate::source::RevisionError;
use crate::write::WriteError;

/// Why a verb could not do its work.
#[derive(Debug, Error)]
pub enum CliError {
    #[error(
        "there is no course in `{start}` or in a folder above it: no `content/course.yml` was found\n\
         help: `scenarist new course <DIR>` starts one; `--root <DIR>` names one that lies elsewhere"
    )]
    NoProject { start: Utf8PathBuf },
    #[error("there is no folder `{root}`")]
    NoFolder { root: Utf8PathBuf },
    #[error("cannot {action} `{path}`: {source}")]
    Io { action: &'static str, path: Utf8PathBuf, source: std::io::Error },
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Revision(#[from] RevisionError),
    #[error("the baseline `{path}` cannot be used: {reason}\nhelp: {help}")]
    Baseline { path: Utf8PathBuf, reason: String, help: &'static str },
    #[error("`npm` was not found; it comes with Node.js (https://nodejs.org) and only `lock` needs it")]
    NpmMissing,
    #[error("npm could not resolve the packages of {what}:\n{output}")]
    NpmFailed { what: String, output: String },
    #[error(transparent)]
    Rehearsal(#[from] Fault),
    #[error("{0}")]
    Unusable(String),
    #[error("{0}")]
    Usage(String),
}

impl CliError {
    /// 2 for wrong usage, 3 for everything that the machine refuses (architecture.md, "Invariants").
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Publish(error) if error.is_usage() => 2,
            // As a shell says it of a program that Ctrl-C has ended.
            Self::Rehearsal(Fault::Interrupted) => 130,
            _ => 3,
        }
    }

    /// For `map_err`: what was being done to which path.
    pub fn io(action: &'static str, path: impl Into<Utf8PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
