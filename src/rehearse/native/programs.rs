//! The programs that the native driver starts, and where they are.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::rehearse::fault::Fault;

/// A program and the Debian package that brings it.
const PACKAGES: [(&str, &str); 15] = [
    ("unshare", "util-linux"),
    ("nsenter", "util-linux"),
    ("setpriv", "util-linux"),
    ("mount", "mount"),
    ("pivot_root", "util-linux"),
    ("ip", "iproute2"),
    ("node", "nodejs"),
    ("npm", "npm"),
    ("initdb", "postgresql"),
    ("postgres", "postgresql"),
    ("psql", "postgresql-client"),
    ("prometheus", "prometheus"),
    ("nginx", "nginx"),
    ("redis-server", "redis-server"),
    ("redis-cli", "redis-tools"),
];

/// Where programs lie that a terminal does not find.
const ELSEWHERE: [&str; 3] = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

/// Debian keeps each major version of PostgreSQL in a folder of its own.
const POSTGRES: &str = "/usr/lib/postgresql";

/// Programs by name.
#[derive(Clone, Debug)]
pub struct Programs {
    found: BTreeMap<String, Utf8PathBuf>,
}

impl Programs {
    /// Looks for programs.
    ///
    /// # Errors
    /// [`Fault::Missing`] with all that are not there.
    pub fn find(names: &[&str]) -> Result<Self, Fault> {
        let folders = folders();
        let mut found = BTreeMap::new();
        let mut missing = Vec::new();
        for name in names {
            match folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()) {
                Some(path) => {
                    found.insert((*name).to_owned(), path);
                }
                None => missing.push((*name).to_owned()),
            }
        }
        if missing.is_empty() { Ok(Self { found }) } else { Err(fault_of(missing)) }
    }

    /// The path of a program that was looked for; its name if it was not.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        self.found.get(name).map_or_else(|| name.to_owned(), ToString::to_string)
    }

    /// Where programs are looked for inside: as `PATH`.
    #[must_use]
    pub fn search_path() -> String {
        folders().iter().map(|folder| folder.as_str()).collect::<Vec<_>>().join(":")
    }
}

fn fault_of(missing: Vec<String>) -> Fault {
    let package =
        |name: &String| PACKAGES.iter().find(|(program, _)| program == name).map(|(_, package)| *package);
    let mut packages: Vec<&str> = missing.iter().filter_map(package).collect();
    packages.sort_unstable();
    packages.dedup();
    Fault::Missing { programs: missing, install: format!("sudo apt-get install -y {}", packages.join(" ")) }
}

fn folders() -> Vec<Utf8PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut all: Vec<Utf8PathBuf> =
        path.split(':').filter(|folder| folder.starts_with('/')).map(Utf8PathBuf::from).collect();
    all.extend(ELSEWHERE.iter().map(Utf8PathBuf::from));
    all.extend(postgres_folders());
    all
}

/// The newest version first.
fn postgres_folders() -> Vec<Utf8PathBuf> {
    let Ok(entries) = Utf8Path::new(POSTGRES).read_dir_utf8() else { return Vec::new() };
    let mut versions: Vec<(u32, Utf8PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.into_path();
            Some((path.file_name()?.parse().ok()?, path.join("bin")))
        })
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_packages() {
        let fault = Programs::find(&["sh", "initdb-of-another-world", "redis-cli-of-another-world"]);
        let Err(Fault::Missing { programs, .. }) = fault else { panic!("{fault:?}") };
        assert_eq!(programs, ["initdb-of-another-world", "redis-cli-of-another-world"]);
        let fault = fault_of(vec!["initdb".to_owned(), "postgres".to_owned(), "nginx".to_owned()]);
        assert_eq!(
            fault.to_string(),
            "`initdb`, `postgres`, `nginx` were not found; install them with: sudo apt-get install -y nginx postgresql"
        );
    }
}
