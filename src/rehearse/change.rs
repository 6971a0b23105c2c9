//! What lies between two stages, and what follows from it for what runs.

use camino::Utf8Path;

use super::packages::LOCKFILE;
use super::plan::{PlannedFile, StagePlan};
use super::stack::{Service, compose_name};

/// Endings of the files after which nodemon starts the app again; it watches `src/`.
const WATCHED: [&str; 4] = ["js", "mjs", "cjs", "json"];

/// The files that differ.
#[derive(Debug)]
pub struct Change<'p> {
    /// New or changed.
    pub written: Vec<(&'p Utf8Path, &'p PlannedFile)>,
    /// No longer there.
    pub removed: Vec<&'p Utf8Path>,
    compose: Option<&'static str>,
}

impl<'p> Change<'p> {
    /// What changes on the way from one stage to another.
    #[must_use]
    pub fn between(from: &'p StagePlan, to: &'p StagePlan) -> Self {
        let written = to.files.iter().filter(|(path, file)| from.files.get(*path) != Some(file));
        let removed = from.files.keys().filter(|path| !to.files.contains_key(*path));
        Self {
            written: written.map(|(path, file)| (path.as_path(), file)).collect(),
            removed: removed.map(AsRef::as_ref).collect(),
            compose: compose_name(to),
        }
    }

    fn paths(&self) -> impl Iterator<Item = &'p Utf8Path> {
        self.written.iter().map(|(path, _)| *path).chain(self.removed.iter().copied())
    }

    /// Whether other packages are needed.
    #[must_use]
    pub fn packages(&self) -> bool {
        self.paths().any(is_package)
    }

    /// Whether containers or their image change. Compose finds out which.
    #[must_use]
    pub fn containers(&self) -> bool {
        self.paths().any(|path| {
            Some(path.as_str()) == self.compose
                || path == ".dockerignore"
                || path.as_str().starts_with("Dockerfile")
        })
    }

    /// Whether nodemon starts the app again.
    #[must_use]
    pub fn restarts_app(&self) -> bool {
        let watched = |path: &Utf8Path| path.extension().is_some_and(|ending| WATCHED.contains(&ending));
        self.paths().any(|path| path.starts_with("src") && watched(path))
    }

    /// Whether a program that reads its settings once, at its start, has others now.
    #[must_use]
    pub fn settings_of(&self, service: &Service) -> bool {
        self.paths().any(|path| service.has_setting(path))
    }
}

/// Whether a file says which packages there are.
#[must_use]
pub fn is_package(path: &Utf8Path) -> bool {
    path == "package.json" || path == LOCKFILE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearse::stack::{read_compose, read_stack};

    fn stage(files: &[(&str, &str)]) -> StagePlan {
        let file = |text: &str| PlannedFile { bytes: text.as_bytes().to_vec(), executable: false };
        StagePlan {
            id: "stage".into(),
            base: None,
            kept: true,
            files: files.iter().map(|(path, text)| ((*path).into(), file(text))).collect(),
            sql: Vec::new(),
            commands: Vec::new(),
            loadtests: Vec::new(),
            events: Vec::new(),
            create: Vec::new(),
            start: Vec::new(),
        }
    }

    #[test]
    fn only_what_differs_counts() {
        let from = stage(&[
            ("docker-compose.yml", "a"),
            ("src/server.js", "a"),
            ("src/old.js", "a"),
            ("package.json", "a"),
        ]);
        let to = stage(&[
            ("docker-compose.yml", "a"),
            ("src/server.js", "b"),
            ("package.json", "a"),
            ("src/page.html", "a"),
        ]);
        let change = Change::between(&from, &to);
        let written: Vec<&str> = change.written.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!((written, change.removed.len()), (vec!["src/page.html", "src/server.js"], 1));
        assert!(change.restarts_app() && !change.packages() && !change.containers());
    }

    #[test]
    fn each_kind_of_file_has_its_consequence() {
        let empty = stage(&[]);
        let adding = |path: &'static str| stage(&[(path, "x")]);
        let file = "services: {nginx: {image: nginx, volumes: ['./config/nginx.conf:/n', './tls:/t']}}";
        let nginx = read_stack(file, &read_compose(file).expect("a compose file")).remove(0);
        for (path, expected) in [
            ("package-lock.json", [true, false, false, false]),
            ("docker-compose.yml", [false, true, false, false]),
            ("Dockerfile", [false, true, false, false]),
            ("src/a/b.mjs", [false, false, true, false]),
            ("src/page.html", [false, false, false, false]),
            ("config/nginx.conf", [false, false, false, true]),
            ("tls/key.pem", [false, false, false, true]),
            ("config/nginx.conf.md", [false, false, false, false]),
        ] {
            let to = adding(path);
            let change = Change::between(&empty, &to);
            let found =
                [change.packages(), change.containers(), change.restarts_app(), change.settings_of(&nginx)];
            assert_eq!(found, expected, "{path}");
        }
    }
}
