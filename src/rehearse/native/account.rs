//! Whom a program runs as that refuses to be root's, where a rehearsal is.

use std::os::unix::fs::chown;
use std::process::{Command, Stdio};

use camino::Utf8Path;
use rustix::process::geteuid;

use super::programs::Programs;
use crate::rehearse::fault::Fault;
use crate::rehearse::text::text_of;

/// Accounts that may have a database's processes, the best first.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// What a web server needs for ports below 1024, and root has.
const PORTS: [&str; 2] = ["--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service"];

/// An account that is not root.
#[derive(Clone, Debug)]
pub struct Account {
    user: u32,
    group: u32,
    /// `setpriv` and its arguments.
    words: Vec<String>,
}

impl Account {
    /// Another account, if we are root; `None` if we are not, and need none.
    ///
    /// # Errors
    /// [`Fault::Machine`] if we cannot become anybody else.
    pub fn find(programs: &Programs) -> Result<Option<Self>, Fault> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let passwd = text_of("/etc/passwd").unwrap_or_default();
        let found = ACCOUNTS.iter().find_map(|name| ids_of(&passwd, name)).ok_or_else(refused)?;
        for more in [&PORTS[..], &[]] {
            let (user, group) = found;
            let mut words =
                vec![programs.path("setpriv"), format!("--reuid={user}"), format!("--regid={group}")];
            words.push("--clear-groups".to_owned());
            words.extend(more.iter().map(|word| (*word).to_owned()));
            words.push("--".to_owned());
            let account = Self { user, group, words };
            if account.can(&["true"]) {
                return Ok(Some(account));
            }
        }
        Err(refused())
    }

    /// A command by which another one, whose words follow, runs as this account.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        command
    }

    /// Gives it a file or a folder.
    ///
    /// # Errors
    /// Those of `chown`.
    pub fn give(&self, path: &Utf8Path) -> std::io::Result<()> {
        chown(path, Some(self.user), Some(self.group))
    }

    /// Whether it may write into a folder.
    #[must_use]
    pub fn reaches(&self, folder: &Utf8Path) -> bool {
        self.can(&["test", "-w", folder.as_str()])
    }

    fn can(&self, words: &[&str]) -> bool {
        let mut tried = self.command();
        tried.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        tried.status().is_ok_and(|status| status.success())
    }
}

/// `name:x:user:group:…`
fn ids_of(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let line = passwd.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let mut fields = line.split(':').skip(1);
    let ids = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    (ids.0 != 0).then_some(ids)
}

fn refused() -> Fault {
    Fault::machine(
        "PostgreSQL refuses to run as root, and root cannot become another user here",
        "rehearse as a user who is not root: `su <user> -c 'scenarist rehearse …'`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_known_by_its_name() {
        let passwd = "root:x:0:0::/root:/bin/sh\npostgresql:x:7:7::/:\npostgres:x:101:104:P,,:/var:/bin/sh\n";
        assert_eq!(ids_of(passwd, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(passwd, "root"), None);
        assert_eq!(ids_of(passwd, "nobody"), None);
    }
}
