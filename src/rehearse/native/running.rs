//! Services that run: started, watched, ended.

use std::fs::OpenOptions;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::process::{Signal, kill_process};

use super::limit::Limit;
use crate::rehearse::fault::Fault;
use crate::rehearse::process::{pid_of, signal_group};
use crate::rehearse::processes::Processes;
use crate::rehearse::stack::{Kind, Service};
use crate::rehearse::text::{last_lines, text_of};

/// How long a service has to end by itself.
const GRACE: Duration = Duration::from_secs(5);

/// A service and its process.
#[derive(Debug)]
pub struct Running {
    pub service: Service,
    child: Child,
    /// Everything that it has printed.
    log: Utf8PathBuf,
    /// Whether our child is the service itself; else it only waits for it.
    is_direct: bool,
    limit: Option<Limit>,
}

impl Running {
    /// Starts a service; what it prints goes to the end of `log`. `is_direct`: the command becomes the
    /// service, and does not wait for it.
    ///
    /// # Errors
    /// [`Fault::Machine`] if it cannot be started.
    pub fn start(
        service: &Service,
        command: &mut Command,
        log: Utf8PathBuf,
        is_direct: bool,
    ) -> Result<Self, Fault> {
        use std::os::unix::process::CommandExt as _;
        let open = || OpenOptions::new().create(true).append(true).open(&log);
        let failed = |error: std::io::Error| {
            Fault::machine(format!("cannot start `{}`: {error}", service.name), "free some space and memory")
        };
        command.stdin(Stdio::null()).stdout(open().map_err(failed)?).stderr(open().map_err(failed)?);
        let child = command.process_group(0).spawn().map_err(failed)?;
        let limit = service.cpus.map(|cpus| Limit::hold(&service.name, cpus, child.id()));
        Ok(Self { service: service.clone(), child, log, is_direct, limit })
    }

    /// The process whose descendants belong to the service.
    #[must_use]
    pub fn root(&self) -> u32 {
        self.child.id()
    }

    /// Everything that it has printed.
    #[must_use]
    pub fn log(&self) -> String {
        text_of(&self.log).unwrap_or_default()
    }

    /// The end of what it has printed, for messages.
    #[must_use]
    pub fn last_words(&self) -> String {
        last_lines(&self.log(), 15)
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it: politely, then at once.
    pub fn stop(&mut self) {
        // Held back, it could not even end.
        self.limit.take_if(|limit| matches!(limit, Limit::Throttle { .. }));
        self.ask_to_end();
        let deadline = Instant::now() + GRACE;
        while Instant::now() < deadline && !self.has_ended() {
            std::thread::sleep(Duration::from_millis(10));
        }
        signal_group(self.child.id(), Signal::KILL);
        let _ = self.child.wait();
        self.limit = None;
    }
}

impl Running {
    /// A child that only waits for the service ends when that has ended: it is not asked itself.
    fn ask_to_end(&self) {
        let first = usize::from(!self.is_direct);
        let members = Processes::read().tree(self.child.id());
        // "Fast shutdown" of PostgreSQL: it closes open connections, and ends its own processes.
        let (signal, asked) = match self.service.kind {
            Kind::Postgres => (Signal::INT, members.get(first..=first)),
            _ => (Signal::TERM, members.get(first..)),
        };
        for pid in asked.into_iter().flatten().filter_map(|id| pid_of(*id)) {
            let _ = kill_process(pid, signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The version that a program prints, without its name: `postgres (PostgreSQL) 15.18 (Debian …)`.
#[must_use]
pub fn version_of(program: &Utf8Path, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).stdin(Stdio::null()).output().ok()?;
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let is_version = |word: &&str| word.contains('.') && word.starts_with(|c: char| c.is_ascii_digit());
    let cut = said.split(|c: char| c.is_whitespace() || "v/=,".contains(c));
    cut.into_iter().find(is_version).map(str::to_owned)
}
