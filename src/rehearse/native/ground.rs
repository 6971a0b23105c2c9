//! Where services run, and how they are kept apart: in namespaces, or, where a machine allows none,
//! each at an address of its own of 127.0.0.0/8.

use std::collections::BTreeMap;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::process::geteuid;

use super::loopback::{self, Loopback};
use super::programs::Programs;
use super::sandbox::{self, Sandbox};
use crate::rehearse::fault::Fault;
use crate::rehearse::stack::Service;

/// The learner's folder as processes inside see it.
pub const APP_FOLDER: &str = "/app";

/// The rehearsal's own folder as processes inside see it.
pub const WORK_FOLDER: &str = "/work";

/// A process that runs inside. Paths are those that a container has.
#[derive(Clone, Debug)]
pub struct Inside<'c> {
    /// The service whose network it has.
    pub service: &'c str,
    pub environment: &'c BTreeMap<String, String>,
    pub folder: &'c str,
    pub words: &'c [String],
    /// Whether it must not find itself to be root, as PostgreSQL.
    pub is_user: bool,
}

/// How services are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    Namespaces,
    Loopback,
}

/// Where the services of one rehearsal run; it closes when it is dropped.
#[derive(Debug)]
pub enum Ground {
    Namespaces(Sandbox),
    Loopback(Loopback),
}

impl Isolation {
    /// The better one of those that this machine allows.
    #[must_use]
    pub fn of_this_machine() -> Self {
        if Sandbox::is_allowed() { Self::Namespaces } else { Self::Loopback }
    }

    /// Programs that it takes.
    #[must_use]
    pub fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Namespaces => &sandbox::PROGRAMS,
            Self::Loopback if geteuid().is_root() => &loopback::ROOT_PROGRAMS,
            Self::Loopback => &[],
        }
    }
}

impl Ground {
    /// Opens it, with an address for each service. `folder` is the rehearsal's own.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn open(
        isolation: Isolation,
        folder: &Utf8Path,
        services: &[String],
        programs: &Programs,
    ) -> Result<Self, Fault> {
        match isolation {
            Isolation::Namespaces => Sandbox::open(folder, services, programs).map(Self::Namespaces),
            Isolation::Loopback => Loopback::open(folder, services, programs).map(Self::Loopback),
        }
    }

    /// Makes the folders and files that it needs beside those of the services, after each clearing.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn prepare(&self) -> Result<(), Fault> {
        match self {
            Self::Namespaces(_) => Ok(()),
            Self::Loopback(loopback) => loopback.prepare(),
        }
    }

    /// A command that runs inside.
    #[must_use]
    pub fn command(&self, inside: &Inside<'_>) -> Command {
        match self {
            Self::Namespaces(sandbox) => sandbox.command(inside),
            Self::Loopback(loopback) => loopback.command(inside),
        }
    }

    /// The only address at which a service may listen; `None` where its network is its own.
    #[must_use]
    pub fn address(&self, service: &str) -> Option<&str> {
        match self {
            Self::Namespaces(_) => None,
            Self::Loopback(loopback) => loopback.address(service),
        }
    }

    /// Whether what [`Ground::command`] starts becomes the service itself, and does not wait for it.
    #[must_use]
    pub fn is_direct(&self) -> bool {
        matches!(self, Self::Loopback(_))
    }

    /// A shell's question whether anything of a service listens.
    #[must_use]
    pub fn listens(&self, service: &Service) -> String {
        match self {
            Self::Namespaces(_) => "grep -q ' 0A ' /proc/net/tcp /proc/net/tcp6".to_owned(),
            Self::Loopback(loopback) => loopback.listens(&service.name),
        }
    }
}

/// Where a path of the rehearsal's folder is seen inside.
#[must_use]
pub fn inside(path: &str) -> Utf8PathBuf {
    Utf8Path::new(WORK_FOLDER).join(path)
}
