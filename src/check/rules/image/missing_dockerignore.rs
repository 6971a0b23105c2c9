//! `image/missing-dockerignore`.

use camino::Utf8Path;

use crate::check::{Checked, StageFolder, is_dockerfile, stack_file_span};
use crate::diag::{CodeSpec, Example, Severity, Sink};
use crate::syntax::dockerfile::parse_dockerfile;

pub static SPEC: CodeSpec = CodeSpec {
    code: "image/missing-dockerignore",
    severity: Severity::Warning,
    what: "An image is built from a folder with packages or with everything in it, and no `.dockerignore` says what stays out.",
    why: "`node_modules` and logs go into every build: it takes minutes, and packages of another system may end up in the image.",
    fix: "Add a `.dockerignore` with at least the line `node_modules`.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/app/worker/Dockerfile",
            "FROM node:24.21.0-bookworm-slim\nWORKDIR /app\n«COPY . .»\nCMD [\"node\", \"worker.js\"]\n",
        )]),
        Example::files(&[
            (
                "content/scenarios/first/app/worker/Dockerfile",
                "«FROM node:24.21.0-bookworm-slim»\nCOPY package.json package-lock.json ./\nRUN npm ci\n",
            ),
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

/// Copying single files, or from another stage, sends nothing that is not meant, unless there are
/// packages beside them: the folder as a whole goes to the builder.
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
            let installed = has_packages(stage, folder) && copies.is_none();
            if let Some(from) =
                found.instructions.iter().find(|it| it.keyword == "FROM").filter(|_| installed)
            {
                let at = from.keyword_span.start..from.arguments.end;
                let span = stack_file_span(checked, exercise, file)
                    .unwrap_or_else(|| file.span(checked.files, at.clone()));
                let message = format!(
                    "`{}` is built beside `node_modules`, and there is no `.dockerignore`",
                    file.path
                );
                let finding = file.finding_at(&SPEC, span, at, message);
                sink.push(
                    finding.help(format!(
                        "create `{}` with the line `node_modules`",
                        folder.join(".dockerignore")
                    )),
                );
            }
            if let Some(copy) = copies {
                let at = copy.keyword_span.start..copy.arguments.end;
                let message =
                    format!("`{}` copies its whole folder, and there is no `.dockerignore`", file.path);
                let finding = file.finding(checked.files, &SPEC, at, message);
                sink.push(
                    finding.help(format!(
                        "create `{}` with the line `node_modules`",
                        folder.join(".dockerignore")
                    )),
                );
            }
        }
    }
}

/// Whether `npm ci` in this folder makes a `node_modules`.
fn has_packages(stage: &StageFolder<'_>, folder: &Utf8Path) -> bool {
    let json = stage.file(folder.join("package.json").as_str()).and_then(|file| file.json());
    json.is_some_and(|json| {
        let packages = ["dependencies", "devDependencies"].iter().filter_map(|key| json.get(key));
        packages.into_iter().any(|node| !node.entries().is_empty())
    })
}
