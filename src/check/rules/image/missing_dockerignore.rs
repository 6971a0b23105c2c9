//! `image/missing-dockerignore`.

use camino::Utf8Path;

use crate::check::{Checked, is_dockerfile};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::dockerfile::parse_dockerfile;

pub static SPEC: CodeSpec = CodeSpec {
    code: "image/missing-dockerignore",
    severity: Severity::Warning,
    what: "A Dockerfile copies its folder, and no `.dockerignore` says what stays out.",
    why: "`node_modules` and logs go into every build: it takes minutes, and packages of another system may end up in the image.",
    fix: "Add a `.dockerignore` with at least the line `node_modules`.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/app/worker/Dockerfile",
            "FROM node:24.21.0-bookworm-slim\nWORKDIR /app\n«COPY . .»\nCMD [\"node\", \"worker.js\"]\n",
        )]),
    ],
    good: &[
        Example::files(&[
            ("content/scenarios/first/app/worker/Dockerfile", "FROM node:24.21.0-bookworm-slim\nCOPY . .\n"),
            ("content/scenarios/first/app/worker/.dockerignore", "node_modules\n"),
        ]),
        Example::file(&[(
            "content/scenarios/first/app/worker/Dockerfile",
            "FROM nginx:1.28.0\nCOPY nginx.conf /etc/nginx/nginx.conf\nCOPY --from=build ./ /srv\n",
        )]),
    ],
};

/// Copying single files, or from another stage, sends nothing that is not meant.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for (stage, file) in exercise.each_file().filter(|(_, file)| is_dockerfile(file)) {
            let folder = file.path.parent().unwrap_or(Utf8Path::new(""));
            let own = folder.join(format!("{}.dockerignore", file.name()));
            let there = |path: &Utf8Path| stage.stage.files.contains_key(path);
            if there(&folder.join(".dockerignore")) || there(&own) {
                continue;
            }
            let found = parse_dockerfile(file.text);
            let copies = found.instructions.iter().find(|instruction| {
                let words = &file.text[instruction.arguments.clone()];
                let whole = words.split_whitespace().find(|word| !word.starts_with("--"));
                ["COPY", "ADD"].contains(&instruction.keyword.as_str())
                    && !words.contains("--from=")
                    && matches!(whole, Some("." | "./" | "./*" | "*"))
            });
            if let Some(copy) = copies {
                let at = copy.keyword_span.start..copy.arguments.end;
                let message = format!("`{}` copies its whole folder, and there is no `.dockerignore`", file.path);
                let finding = file.finding(checked.files, &SPEC, at, message);
                sink.push(finding.help(format!("create `{}` with the line `node_modules`", folder.join(".dockerignore"))));
            }
        }
    }
}
