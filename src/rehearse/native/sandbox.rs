//! Namespaces of our own: every service has an address under its name, so that two may listen on the
//! same port, nothing meets what else runs on the machine, and all processes end with the first one.
//! Needs no privileges, since a user namespace comes first.

use std::fs::OpenOptions;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::Utf8Path;

use super::ground::Inside;
use super::programs::Programs;
use crate::rehearse::fault::Fault;
use crate::rehearse::processes;
use crate::rehearse::text::text_of;

/// What the first process inside does.
const SCRIPT: &str = include_str!("sandbox.sh");

/// Programs that it takes.
pub const PROGRAMS: [&str; 5] = ["unshare", "nsenter", "mount", "pivot_root", "ip"];

const OPENING_LIMIT: Duration = Duration::from_secs(30);

/// Open namespaces; they close when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    /// Waits for the first process inside, which ends when our end of its input closes.
    outer: Child,
    /// The first process inside, by its number outside.
    first: u32,
    nsenter: String,
    unshare: String,
}

impl Sandbox {
    /// Whether this machine allows it.
    #[must_use]
    pub fn is_allowed() -> bool {
        let Ok(programs) = Programs::find(&PROGRAMS) else { return false };
        let tried = Command::new(programs.path("unshare"))
            .args([
                "--user",
                "--map-root-user",
                "--mount",
                "--net",
                "--ipc",
                "--pid",
                "--fork",
                "--mount-proc",
            ])
            .args(["sh", "-c", "ip link add bridge0 type bridge && mount -t tmpfs scenarist /mnt"])
            .env("PATH", Programs::search_path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    }

    /// Opens namespaces with an address for each service. `folder` is the rehearsal's own.
    ///
    /// # Errors
    /// [`Fault::Machine`] with what was said.
    pub fn open(folder: &Utf8Path, services: &[String], programs: &Programs) -> Result<Self, Fault> {
        let said = folder.join("sandbox.log");
        let log =
            || {
                OpenOptions::new().create(true).append(true).open(&said).map_err(|error| {
                    Fault::machine(format!("cannot write `{said}`: {error}"), "free some space")
                })
            };
        let mut outer = Command::new(programs.path("unshare"))
            .args([
                "--user",
                "--map-root-user",
                "--mount",
                "--net",
                "--ipc",
                "--pid",
                "--fork",
                "--kill-child",
            ])
            .args(["sh", "-c", SCRIPT, "sandbox", folder.as_str()])
            .args(services)
            .env("PATH", Programs::search_path())
            .stdin(Stdio::piped())
            .stdout(log()?)
            .stderr(log()?)
            .spawn()
            .map_err(|error| refused(&error.to_string()))?;
        let deadline = Instant::now() + OPENING_LIMIT;
        loop {
            let text = text_of(&said).unwrap_or_default();
            if text.lines().any(|line| line == "ready") {
                break;
            }
            if outer.try_wait().is_ok_and(|status| status.is_some()) || Instant::now() > deadline {
                let _ = outer.kill();
                let _ = outer.wait();
                return Err(refused(text.trim()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let first = processes::children(outer.id()).first().copied();
        let Some(first) = first else { return Err(refused("its first process has ended")) };
        Ok(Self { outer, first, nsenter: programs.path("nsenter"), unshare: programs.path("unshare") })
    }

    /// A command that runs inside.
    #[must_use]
    pub fn command(&self, inside: &Inside<'_>) -> Command {
        let mut command = Command::new(&self.nsenter);
        command.args(["--target", &self.first.to_string()]);
        command.args(["--user", "--mount", "--net", "--ipc", "--pid", "--preserve-credentials", "--"]);
        command.args([&self.nsenter, &format!("--net=/run/netns/{}", inside.service), "--"]);
        if inside.is_user {
            command.args([&self.unshare, "--user", "--map-user=1000", "--map-group=1000", "--"]);
        }
        command.args(["env", "-i", &format!("PATH={}", Programs::search_path())]);
        command.args(["HOME=/tmp", "LANG=C.UTF-8", "npm_config_update_notifier=false"]);
        command.args(inside.environment.iter().map(|(name, value)| format!("{name}={value}")));
        command.args(["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", inside.folder]);
        command.args(inside.words);
        command
    }

    /// Closes them: every process inside is killed.
    pub fn close(&mut self) {
        drop(self.outer.stdin.take());
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if !matches!(self.outer.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.outer.kill();
        let _ = self.outer.wait();
    }

    /// The number of the process whose descendants are everything that runs inside.
    #[must_use]
    pub fn root(&self) -> u32 {
        self.outer.id()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.close();
    }
}

fn refused(said: &str) -> Fault {
    Fault::machine(
        format!("this machine does not let us open namespaces: {said}"),
        "on Debian and Ubuntu `sudo sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0` allows it; `--driver compose` needs Docker instead",
    )
}
