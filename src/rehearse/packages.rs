//! npm's packages: they are downloaded once for all rounds that have the same lockfile.

/// The lockfile of npm.
pub const LOCKFILE: &str = "package-lock.json";

/// A line of the devcontainer without the installation of packages: `cd /app && npm ci`.
pub fn without_install(line: &str) -> String {
    let is_install = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        matches!(words.as_slice(), ["npm", "ci" | "install" | "i", ..])
    };
    let rest: Vec<&str> = line.split("&&").map(str::trim).filter(|part| !is_install(part)).collect();
    if rest.iter().all(|part| part.starts_with("cd ")) { String::new() } else { rest.join(" && ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_not_installed_twice() {
        assert_eq!(without_install("cd /app && npm ci"), "");
        assert_eq!(without_install("cd /app && npm ci --no-audit && node x.js"), "cd /app && node x.js");
        assert_eq!(
            without_install("cd /app && node scripts/wait-and-seed.js"),
            "cd /app && node scripts/wait-and-seed.js"
        );
    }
}
