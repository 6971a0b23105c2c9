//! The lockfile: the same for every scenario that locks the same packages, but for its name.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value, json};

use super::request::Request;
use crate::diag::catalog::tree;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Span};

/// Where the lockfile of a request lies: in the scenario's folder if it has one of its own, else
/// in the stack's.
#[must_use]
pub fn lockfile_path(files: &Files, request: &Request) -> Option<(FileId, Utf8PathBuf)> {
    let own = Utf8PathBuf::from(format!("content/scenarios/{}/package-lock.json", request.scenario.id));
    files
        .find(&own)
        .or_else(|| request.stack.find(files, Utf8Path::new("package-lock.json")))
        .map(|file| (file, files.path(file).to_owned()))
}

/// The lockfile as the scenario gets it: under its own name. What does not fit its package.json is
/// reported, because `npm ci` would refuse it and the Codespace would not start.
pub(super) fn lockfile(
    files: &Files,
    request: &Request,
    package: &Map<String, Value>,
    sink: &Sink,
) -> Option<(Arc<str>, FileId)> {
    let Some((file, path)) = lockfile_path(files, request) else {
        let message = "there is no package-lock.json, neither in the scenario's folder nor in the stack's";
        sink.push(
            Diagnostic::new(&tree::MISSING_FILE, request.origin, message)
                .help("run `scenarist lock` to write it"),
        );
        return None;
    };
    let span = Span::file_start(file);
    let lock = files.parsed(file, || Lock::read(files.text(file).ok()?));
    let Some(lock) = lock.as_ref() else {
        let message = format!("`{path}` is no lockfile of npm");
        sink.push(
            Diagnostic::new(&tree::INVALID_OUTPUT, span, message)
                .help("run `scenarist lock` to write it anew"),
        );
        return None;
    };
    // A fix that adds packages leaves the lockfile to the learner's own `npm install`.
    if request.extra_packages.0.is_empty() {
        report_mismatch(&lock.root, package, &path, span, request, sink);
    }
    Some((lock.named(request.scenario.id), file))
}

/// A lockfile that was read: what npm calls its root package, and its text around the two places
/// that hold the name.
struct Lock {
    root: Value,
    text: [String; 3],
}

impl Lock {
    /// `None` for what is no lockfile of npm.
    fn read(text: &str) -> Option<Self> {
        let mut lock = serde_json::from_str::<Value>(text).ok()?;
        let root = lock["packages"][""].clone();
        if !root.is_object() {
            return None;
        }
        // A name that no text of the lockfile holds, so that the places are found where it was printed.
        let mut name = " ".to_owned();
        loop {
            lock["name"] = json!(name);
            lock["packages"][""]["name"] = json!(name);
            let printed = serde_json::to_string_pretty(&lock).ok()? + "\n";
            let quoted = json!(name).to_string();
            if let [before, between, after] = printed.split(&quoted).collect::<Vec<_>>()[..] {
                return Some(Self { root, text: [before, between, after].map(str::to_owned) });
            }
            name.push(' ');
        }
    }

    /// The text with the name of a scenario.
    fn named(&self, id: &str) -> Arc<str> {
        let name = json!(id).to_string();
        let [before, between, after] = &self.text;
        [before, &name, between, &name, after].map(String::as_str).concat().into()
    }
}

fn report_mismatch(
    root: &Value,
    package: &Map<String, Value>,
    path: &Utf8Path,
    span: Span,
    request: &Request,
    sink: &Sink,
) {
    for key in ["dependencies", "devDependencies"] {
        let none = Map::new();
        let wanted = package.get(key).and_then(Value::as_object).unwrap_or(&none);
        let locked = root[key].as_object().unwrap_or(&none);
        let differs = wanted
            .iter()
            .find(|(name, range)| locked.get(*name) != Some(range))
            .or_else(|| locked.iter().find(|(name, _)| !wanted.contains_key(*name)));
        if let Some((name, _)) = differs {
            let message =
                format!("`{path}` does not fit the packages of `{}`: `{name}` differs", request.scenario.id);
            sink.push(
                Diagnostic::new(&tree::INVALID_OUTPUT, span, message)
                    .also(request.origin, "the scenario's environment")
                    .help("run `scenarist lock`, which writes the lockfile anew"),
            );
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the lockfile is with its name set and printed.
    fn slow(text: &str, id: &str) -> String {
        let mut lock: Value = serde_json::from_str(text).expect("JSON");
        lock["name"] = json!(id);
        lock["packages"][""]["name"] = json!(id);
        serde_json::to_string_pretty(&lock).expect("JSON") + "\n"
    }

    #[test]
    fn a_lockfile_gets_its_name_in_both_places() {
        let texts = [
            r#"{"name": "a", "version": 1, "packages": {"": {"name": "a", "x": " "}, " ": {}}}"#,
            r#"{"packages": {" ": {"  ": "   "}, "": {}}, "x": "\u0020"}"#,
            r#"{"packages": {"": {"name": {"y": 1}}, "b": []}, "c": "\" \"  \"   \""}"#,
            include_str!("../../devcontainers/node-postgres/package-lock.json"),
        ];
        for text in texts {
            let lock = Lock::read(text).expect("a lockfile");
            for id in ["a", "lost-parcels", " ", "\"ö\\"] {
                assert_eq!(&*lock.named(id), slow(text, id), "{text}");
            }
        }
    }

    #[test]
    fn other_json_is_no_lockfile() {
        for text in ["", "[]", "{}", r#"{"packages": {}}"#, r#"{"packages": {"": 1}}"#, r#"{"packages": 1}"#]
        {
            assert!(Lock::read(text).is_none(), "{text}");
        }
    }
}
