//! Which versions of programs and packages a rehearsal ran with.

use std::collections::{BTreeMap, BTreeSet};

use super::driver::Native;
use super::postgres::postgres_version;
use super::running::version_of;

impl Native {
    /// Versions by the program's usual name; those that cannot be read are missing.
    pub(super) fn installed_versions(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let kinds: BTreeSet<&str> =
            self.running.iter().flat_map(|running| running.service.programs()).copied().collect();
        for (program, name, argument) in [
            ("node", "node", "--version"),
            ("nginx", "nginx", "-v"),
            ("redis-server", "redis", "--version"),
            ("prometheus", "prometheus", "--version"),
        ] {
            if kinds.contains(program)
                && let Some(version) = version_of(self.programs.path(program).as_str().into(), argument)
            {
                found.insert(name.to_owned(), version);
            }
        }
        if kinds.contains("postgres") {
            found.extend(postgres_version(&self.programs).map(|version| ("postgres".to_owned(), version)));
        }
        found.extend(self.package_version("autocannon").map(|version| ("autocannon".to_owned(), version)));
        found
    }

    /// The version of an installed package.
    fn package_version(&self, name: &str) -> Option<String> {
        let text = self.read(format!("node_modules/{name}/package.json").as_str().into());
        let json: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some(json.get("version")?.as_str()?.to_owned())
    }
}
