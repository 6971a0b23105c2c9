//! `image/missing-lockfile`.

use camino::Utf8Path;

use crate::check::{Checked, stack_file_span};
use crate::diag::{CodeSpec, Example, Severity, Sink};

pub static SPEC: CodeSpec = CodeSpec {
    code: "image/missing-lockfile",
    severity: Severity::Warning,
    what: "A package.json has no lockfile beside it.",
    why: "`npm ci` refuses to run without one, and `npm install` brings every learner other versions than were rehearsed.",
    fix: "Add the package-lock.json; for the stack's own packages `scenarist lock` writes it.",
    source: "rules.md",
    params: &[],
    bad: &[Example::file(&[(
        "content/scenarios/first/app/worker/package.json",
        "{\n  \"name\": \"worker\",\n  «\"dependencies\"»: {\"pg\": \"^8.23.1\"}\n}\n",
    )])],
    good: &[
        Example::file(&[(
            "content/scenarios/first/app/src/package.json",
            "{\n  \"type\": \"commonjs\"\n}\n",
        )]),
        Example::files(&[
            (
                "content/scenarios/first/app/worker/package.json",
                "{\n  \"name\": \"worker\",\n  \"dependencies\": {\"pg\": \"^8.23.1\"}\n}\n",
            ),
            (
                "content/scenarios/first/app/worker/package-lock.json",
                "{\n  \"name\": \"worker\",\n  \"lockfileVersion\": 3,\n  \"packages\": {}\n}\n",
            ),
        ]),
    ],
};

/// What package managers write.
const LOCKFILES: [&str; 5] =
    ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock"];

/// A package.json without packages needs none.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for (stage, file) in exercise.each_file().filter(|(_, file)| file.name() == "package.json") {
            let entries = file.json().map_or(&[][..], |json| json.entries());
            let packages = entries.iter().find(|(key, node)| {
                ["dependencies", "devDependencies"].contains(&key.text.as_str()) && !node.entries().is_empty()
            });
            let folder = file.path.parent().unwrap_or(Utf8Path::new(""));
            let locked = LOCKFILES.iter().any(|name| stage.stage.files.contains_key(&folder.join(name)));
            if let Some((key, _)) = packages.filter(|_| !locked) {
                let message = format!("`{}` has packages and no lockfile", file.path);
                let made = stack_file_span(checked, exercise, file);
                let span = made.unwrap_or_else(|| file.span(checked.files, key.span.range()));
                let finding = file.finding_at(&SPEC, span, key.span.range(), message);
                let lockfile = folder.join("package-lock.json");
                sink.push(finding.help(if made.is_some() {
                    format!("add `{{path: {lockfile}, make: lockfile}}` below it")
                } else {
                    format!("run `npm install --package-lock-only` there and add `{lockfile}`")
                }));
            }
        }
    }
}
