//! Where a machine allows no namespaces: processes run directly, and every service has an address of
//! its own, 127.77.0.2 and on, which no other machine reaches. Texts and settings say to each program
//! what its container would: where the others are, and where it may listen.

use std::collections::BTreeMap;
use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::process::{Signal, kill_process};

use super::account::Account;
use super::configuration::{Surroundings, nginx, prometheus, write_file};
use super::ground::{APP_FOLDER, Inside, WORK_FOLDER};
use super::names::{variable, with_addresses, with_paths};
use super::programs::Programs;
use super::service::NGINX_FILE;
use crate::rehearse::fault::Fault;
use crate::rehearse::process::pid_of;
use crate::rehearse::processes::within;
use crate::rehearse::stack::{Kind, Service};

/// Loaded into every node process.
const NAMES: &str = include_str!("names.cjs");

/// Programs that it takes if we are root.
pub const ROOT_PROGRAMS: [&str; 1] = ["setpriv"];

/// Whoever holds this UDP port of an address has the address.
const RESERVED: u16 = 7_177;

/// How long a port may still be held by what has just been ended.
const RELEASE: Duration = Duration::from_secs(3);

const INIT_FOLDER: &str = "/docker-entrypoint-initdb.d";
const PROMETHEUS_FILE: &str = "/etc/prometheus/prometheus.yml";

/// Addresses of this machine, one for each service.
#[derive(Debug)]
pub struct Loopback {
    work: Utf8PathBuf,
    addresses: BTreeMap<String, String>,
    /// Other rehearsals take other addresses for as long as these are open.
    _reserved: Vec<UdpSocket>,
    account: Option<Account>,
}

impl Loopback {
    /// Takes an address for each service. `folder` is the rehearsal's own.
    ///
    /// # Errors
    /// [`Fault::Machine`] if there are none.
    pub fn open(folder: &Utf8Path, services: &[String], programs: &Programs) -> Result<Self, Fault> {
        let mut free = (2..=254_u8).filter_map(|number| {
            let address = format!("127.77.0.{number}");
            UdpSocket::bind((address.as_str(), RESERVED)).ok().map(|socket| (address, socket))
        });
        let mut addresses = BTreeMap::new();
        let mut reserved = Vec::new();
        for service in services {
            let (address, socket) = free.next().ok_or_else(no_address)?;
            addresses.insert(service.clone(), address);
            reserved.push(socket);
        }
        let account = Account::find(programs)?;
        Ok(Self { work: folder.to_owned(), addresses, _reserved: reserved, account })
    }

    /// Makes what processes need beside their own data: a folder for temporary files, and the script
    /// with the names.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn prepare(&self) -> Result<(), Fault> {
        let failed = |path: &Utf8Path, error: &std::io::Error| {
            Fault::machine(format!("`{path}` cannot be set up: {error}"), "free some space")
        };
        for (part, mode) in [("tmp", 0o1777), ("etc", 0o755), ("names", 0o755), ("data", 0o755)] {
            let path = self.work.join(part);
            fs::create_dir_all(&path)
                .and_then(|()| fs::set_permissions(&path, fs::Permissions::from_mode(mode)))
                .map_err(|error| failed(&path, &error))?;
        }
        if let Some(account) = &self.account {
            // It may pass through, and see what is its own.
            let (data, app) = (self.work.join("data"), self.work.join("app"));
            let mode = |path: &Utf8Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
            account.give(&data).map_err(|error| failed(&data, &error))?;
            mode(&self.work, 0o711).map_err(|error| failed(&self.work, &error))?;
            mode(&app, 0o700).map_err(|error| failed(&app, &error))?;
            if !account.reaches(&data) {
                let what = format!("`{data}` cannot be reached by the account of PostgreSQL's processes");
                return Err(Fault::machine(what, "`TMPDIR=/tmp` puts temporary files where all users come"));
            }
        }
        let names = serde_json::to_string(&self.addresses).unwrap_or_default();
        for (service, own) in &self.addresses {
            let head = format!("const OWN = '{own}';\nconst NAMES = {names};\n");
            let path = self.script(service);
            write_file(&path, &format!("{head}{NAMES}")).map_err(|error| failed(&path, &error))?;
        }
        Ok(())
    }

    /// A command that runs with the name and the address of a service.
    #[must_use]
    pub fn command(&self, inside: &Inside<'_>) -> Command {
        let account = self.account.as_ref().filter(|_| inside.is_user);
        let mut command = account.map_or_else(
            || Command::new("env"),
            |account| {
                let mut command = account.command();
                command.arg("env");
                command
            },
        );
        let folders = self.folders(inside.service);
        let tmp = self.work.join("tmp");
        command.args(["-i", &format!("PATH={}", Programs::search_path())]);
        command.args([&format!("HOME={tmp}"), &format!("TMPDIR={tmp}")]);
        command.args(["LANG=C.UTF-8", "npm_config_update_notifier=false"]);
        for (name, value) in inside.environment.iter().filter(|(name, _)| *name != "NODE_OPTIONS") {
            command.arg(format!("{name}={}", variable(name, value, &self.addresses)));
        }
        let own = inside.environment.get("NODE_OPTIONS").map_or("", String::as_str);
        command.arg(format!("NODE_OPTIONS=--require \"{}\" {own}", self.script(inside.service)).trim_end());
        command.args(["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh"]);
        command.arg(with_paths(inside.folder, &folders));
        let mut hosts = self.addresses.clone();
        if let Some(address) = self.address(inside.service) {
            hosts.extend(["localhost", "127.0.0.1"].map(|name| (name.to_owned(), address.to_owned())));
        }
        command.args(inside.words.iter().map(|word| with_addresses(&with_paths(word, &folders), &hosts)));
        command
    }

    /// The address of a service.
    #[must_use]
    pub fn address(&self, service: &str) -> Option<&str> {
        self.addresses.get(service).map(String::as_str)
    }

    /// A shell's question whether anything listens at the address of a service.
    #[must_use]
    pub fn listens(&self, service: &str) -> String {
        let address = self.address(service).unwrap_or("0.0.0.0");
        let numbers = address.rsplit('.').filter_map(|number| number.parse::<u8>().ok());
        let reversed: String = numbers.map(|number| format!("{number:02X}")).collect();
        format!("grep -q ' {reversed}:[0-9A-F]* [0-9A-F:]* 0A ' /proc/net/tcp")
    }

    /// Makes a service's configuration fit for this machine, and asks whether its ports are free.
    ///
    /// # Errors
    /// [`Fault::Machine`] for what cannot be had without namespaces, and for a port that is taken.
    pub fn set_up(&self, service: &Service, read: &dyn Fn(&Utf8Path) -> String) -> Result<(), Fault> {
        let own = self.address(&service.name).ok_or_else(no_address)?;
        let data = self.work.join("data").join(&service.name);
        let around = Surroundings { own, addresses: &self.addresses, data: &data };
        let mut ports: Vec<u16> = service.port().into_iter().collect();
        let mut has_file = false;
        for (source, target) in &service.mounts {
            let made = match (service.kind, target.as_str()) {
                (Kind::Code, APP_FOLDER) => continue,
                (Kind::Postgres, target) if target.starts_with(INIT_FOLDER) => continue,
                (Kind::Nginx, NGINX_FILE) => {
                    let (text, listens) = nginx(&read(source), &around)?;
                    ports = listens;
                    text
                }
                (Kind::Prometheus, PROMETHEUS_FILE) => prometheus(&read(source), &around)?,
                _ => return Err(not_seen(service, source, target)),
            };
            has_file = true;
            self.write_configuration(service, target, &made)?;
        }
        if service.kind == Kind::Nginx && !has_file {
            let what =
                format!("`{}` has no `nginx.conf` of its own, and its image's is not here", service.name);
            return Err(Fault::machine(what, COMPOSE_HELP));
        }
        ports.iter().try_for_each(|port| until_free(&service.name, own, *port))
    }

    fn write_configuration(&self, service: &Service, target: &Utf8Path, text: &str) -> Result<(), Fault> {
        let path = self.configuration(&service.name, target);
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder).and_then(|()| write_file(&path, text)).map_err(|error| {
            Fault::machine(format!("`{path}` cannot be written: {error}"), "free some space")
        })
    }

    /// Ends whatever still works in the rehearsal's folder.
    pub fn close(&mut self) {
        for pid in within(&self.work).into_iter().filter_map(pid_of) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }

    fn script(&self, service: &str) -> Utf8PathBuf {
        self.work.join("names").join(format!("{service}.cjs"))
    }

    fn configuration(&self, service: &str, target: &Utf8Path) -> Utf8PathBuf {
        self.work.join("etc").join(service).join(target.file_name().unwrap_or("configuration"))
    }

    /// Where the folders and files of a container are.
    fn folders(&self, service: &str) -> Vec<(String, String)> {
        let mut all = vec![
            (APP_FOLDER.to_owned(), self.work.join("app").into_string()),
            (WORK_FOLDER.to_owned(), self.work.to_string()),
            ("/tmp".to_owned(), self.work.join("tmp").into_string()),
        ];
        let files = [NGINX_FILE, PROMETHEUS_FILE];
        all.extend(
            files.map(|file| (file.to_owned(), self.configuration(service, file.into()).into_string())),
        );
        all
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.close();
    }
}

/// What helps where this driver does not.
pub const COMPOSE_HELP: &str =
    "rehearse where namespaces are allowed, or with `--driver compose`, which needs Docker";

fn no_address() -> Fault {
    Fault::machine("no address between 127.77.0.2 and 127.77.0.254 can be had", COMPOSE_HELP)
}

fn not_seen(service: &Service, source: &Utf8Path, target: &Utf8Path) -> Fault {
    let what = format!(
        "`{}` must see `{source}` as `{target}`, which takes namespaces, and this machine allows none",
        service.name
    );
    Fault::machine(what, COMPOSE_HELP)
}

/// A port at an address is taken by whoever listens there, or on that port of all addresses.
fn until_free(service: &str, address: &str, port: u16) -> Result<(), Fault> {
    let deadline = Instant::now() + RELEASE;
    loop {
        match TcpListener::bind((address, port)) {
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                let what = format!("`{service}` may not listen at `{address}:{port}`");
                let help = format!("`sudo sysctl net.ipv4.ip_unprivileged_port_start={port}` allows it");
                return Err(Fault::machine(what, help));
            }
            Err(error) if Instant::now() > deadline => {
                let what = format!("`{service}` cannot listen at `{address}:{port}`: {error}");
                let help =
                    format!("end the program that listens there: `ss -ltnp 'sport = :{port}'` names it");
                return Err(Fault::machine(what, help));
            }
            Err(_) => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rehearse::native::Isolation;

    fn opened(folder: &tempfile::TempDir) -> Loopback {
        let folder = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
        let programs = Programs::find(Isolation::Loopback.programs()).expect("the programs");
        Loopback::open(folder, &["app".to_owned(), "web".to_owned()], &programs).expect("addresses")
    }

    #[test]
    fn two_rehearsals_share_no_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let both = [opened(&folder), opened(&folder)];
        let addresses: BTreeSet<&String> = both.iter().flat_map(|one| one.addresses.values()).collect();
        assert_eq!(addresses.len(), 4);
    }

    #[test]
    fn a_service_listens_at_its_address_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let loopback = opened(&folder);
        let asked = |service| {
            let question = loopback.listens(service);
            Command::new("sh").args(["-c", &question]).status().expect("sh").success()
        };
        let listener = TcpListener::bind((loopback.address("app").expect("an address"), 0)).expect("a port");
        assert_eq!([asked("app"), asked("web")], [true, false]);
        let port = listener.local_addr().expect("an address").port();
        let fault = until_free("app", loopback.address("app").expect("an address"), port);
        assert!(fault.expect_err("it is taken").to_string().contains(&format!(":{port}`")));
        assert!(until_free("web", loopback.address("web").expect("an address"), port).is_ok());
    }
}
