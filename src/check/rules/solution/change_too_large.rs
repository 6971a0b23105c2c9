//! `solution/change-too-large`.

use std::ops::Range;

use similar::{ChangeTag, TextDiff};

use crate::check::{Checked, ExerciseFile, Page, StageFolder, page_of, placed_blocks};
use crate::diag::{CodeSpec, Diagnostic, Example, Param, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::syntax::code::{region_text, scan_regions, strip_markers};
use crate::syntax::document::BlockKind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/change-too-large",
    severity: Severity::Warning,
    what: "A fix has learners type more lines than they will type, or shows a page of code of which little changes.",
    why: "Nobody types a page of code; they copy it, and what made the difference drowns in it.",
    fix: "Split it into two fixes, have the app hold already what is not the point, or draw the region closer around the change.",
    source: "rules.md",
    params: &[
        Param { name: "lines", default: 60.0, doc: "the most lines that a fix may add or change" },
        Param {
            name: "shown",
            default: 40.0,
            doc: "the most lines that a page shows of code of which most stays",
        },
    ],
    bad: &[
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main]\nlint:\n  settings:\n    solution/change-too-large: {lines: 3}\n",
            ),
            (
                "content/scenarios/first/scenario.yml",
                "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\nmetrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: «fast»}]\n",
            ),
            (
                "content/scenarios/first/solution/fast/src/server.js",
                "//: require() loads a package that npm has installed.\nconst express = require('express');\n//: prom-client keeps the numbers that Prometheus collects from GET /metrics.\nconst prometheus = require('prom-client');\nconst app = express();\n\n// ----------------------------------------------------------------------------\n// METRICS\n// ----------------------------------------------------------------------------\n\nconst requestsTotal = new prometheus.Counter({\n  name: 'http_requests_total',\n  help: 'Answered requests',\n  labelNames: ['method', 'route', 'status_code'],\n});\n\nconst requestDuration = new prometheus.Histogram({\n  name: 'http_request_duration_ms',\n  help: 'Time to the end of an answer, in milliseconds',\n  labelNames: ['method', 'route', 'status_code'],\n  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],\n});\n\n//: Middleware: a function that sees every request first. next() hands the request on.\napp.use((req, res, next) => {\n  const start = performance.now();\n  //: 'finish' fires once the whole answer has been sent.\n  res.on('finish', () => {\n    //: `?.` and `??`: if no route matched, use 'unmatched'.\n    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };\n    requestsTotal.inc(labels);\n    requestDuration.observe(labels, performance.now() - start);\n  });\n  next();\n});\n\n// ----------------------------------------------------------------------------\n// DATABASE CONNECTION\n// ----------------------------------------------------------------------------\n\n//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).\nconst { Pool } = require('pg');\nconst db = new Pool({ connectionString: process.env.DATABASE_URL });\n\n// ----------------------------------------------------------------------------\n// ROUTES\n// ----------------------------------------------------------------------------\n\n//: `await` waits for a result without stopping the other requests; a function that does so is marked `async`.\napp.get('/metrics', async (req, res) => {\n  res.set('Content-Type', prometheus.register.contentType);\n  res.send(await prometheus.register.metrics());\n});\n\napp.get('/feed', async (req, res) => {\n  const posts = await db.query('SELECT id, title FROM posts ORDER BY id LIMIT 20');\n  // #region answer\n  const rows = posts.rows;\n  const titles = rows.map((row) => row.title);\n  const ids = rows.map((row) => row.id);\n  res.json({ ids, titles });\n  // #endregion\n});\n\n// ----------------------------------------------------------------------------\n// START SERVER\n// ----------------------------------------------------------------------------\n\napp.listen(3000);\n",
            ),
        ]),
        Example::files(&[
            (
                "content/course.yml",
                "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main]\nlint:\n  settings:\n    solution/change-too-large: {shown: 0}\n",
            ),
            (
                "content/scenarios/first/solution/fast/src/server.js",
                concat!(
                    head!(),
                    metrics!(),
                    middleware!(),
                    database!(),
                    routes_header!(),
                    metrics_route!(),
                    "app.get('/feed', async (req, res) => {\n  const posts = await db.query('SELECT id, title FROM posts ORDER BY id LIMIT 20');\n  // #region «answer»\n",
                    feed_end!(),
                    start!()
                ),
            ),
        ]),
    ],
    good: &[Example::file(&[(
        "content/course.yml",
        "title: Small course\nrepository: owner/small-course\ntiers:\n  - {id: crawling, name: Crawling, scaffolding: high}\ntracks: [main]\nlint:\n  settings:\n    solution/change-too-large: {lines: 3}\n",
    )])],
};

/// Counts the lines of code that a fix adds, in the files that learners edit.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    let most = checked.settings.number(&SPEC, "lines");
    for exercise in checked.exercises {
        // Who builds everything alone writes as much as it takes.
        let tier = checked.course.tier_of(exercise.index);
        if tier.is_some_and(|tier| tier.scaffolding == Scaffolding::None) {
            continue;
        }
        let page = page_of(checked, exercise);
        for (at, fix) in exercise.written.manifest.fixes.iter().enumerate() {
            let Some(after) = exercise.stages.get(at + 1) else { continue };
            let before = &exercise.stages[exercise.written.stage_before(at).min(exercise.stages.len() - 1)];
            // Who gets less help is not shown the code.
            let shown = page.filter(|_| tier.is_none_or(|tier| tier.scaffolding == Scaffolding::High));
            if let Some(page) = shown {
                look_at_page(checked, page, &fix.id.text, before, after, sink);
            }
            let lines: usize = after.files.values().map(|file| added_lines(before, file)).sum();
            #[expect(clippy::cast_precision_loss, reason = "numbers of lines are small")]
            if lines as f64 > most {
                let message = format!(
                    "the fix `{}` adds or changes {lines} lines; {most} are as many as anybody types",
                    fix.id.text
                );
                let finding = Diagnostic::new(&SPEC, fix.id.span, message);
                sink.push(
                    finding.help("make two fixes of it, or let `app/` hold what is not the point of it"),
                );
            }
        }
    }
}

/// What a page shows of code before and after: where most of it stays, the change drowns in it.
fn look_at_page(
    checked: &Checked<'_>,
    page: &Page,
    fix: &str,
    before: &StageFolder<'_>,
    after: &StageFolder<'_>,
    sink: &Sink,
) {
    let most = checked.settings.number(&SPEC, "shown");
    for placed in placed_blocks(&page.document).iter().filter(|placed| placed.part == Some(fix)) {
        let BlockKind::Directive(directive) = &placed.block.kind else { continue };
        let Some(path) = directive.attributes.get("file").filter(|_| directive.name.value == "change") else {
            continue;
        };
        let (Some(old), Some(new)) = (before.file(&path.value), after.file(&path.value)) else { continue };
        let region = directive.attributes.get("region").map(|region| region.value.as_str());
        let (Some((old, _)), Some((text, marker))) = (part(old, region), part(new, region)) else { continue };
        let diff = TextDiff::from_lines(&old, &text);
        let count = |tag| {
            let lines = diff.iter_all_changes().filter(|change| change.tag() == tag);
            lines.filter(|change| !change.value().trim().is_empty()).count()
        };
        let (kept, added) = (count(ChangeTag::Equal), count(ChangeTag::Insert));
        #[expect(clippy::cast_precision_loss, reason = "numbers of lines are small")]
        let too_many = (kept + added) as f64 > most;
        if !too_many || added >= kept {
            continue;
        }
        let message = format!(
            "the page shows {} lines of `{}`, of which the fix `{fix}` adds or changes {added}",
            kept + added,
            path.value
        );
        sink.push(match marker {
            Some(marker) => new
                .finding(checked.files, &SPEC, marker, message)
                .also(directive.opener, "shown here")
                .help("draw the region closer around what changes, in each of its versions"),
            None => Diagnostic::new(&SPEC, directive.opener, message)
                .help("add `region=…` with a region around what changes"),
        });
    }
}

/// A region's text, and where its name stands; without a region the whole file.
fn part(file: &ExerciseFile<'_>, region: Option<&str>) -> Option<(String, Option<Range<usize>>)> {
    let Some(wanted) = region else { return Some((strip_markers(&file.path, file.text), None)) };
    let found = scan_regions(&file.path, file.text).regions.into_iter().find(|region| region.id == wanted)?;
    Some((region_text(file.text, &found), Some(found.id_span.0..found.id_span.1)))
}

fn added_lines(before: &StageFolder<'_>, file: &ExerciseFile<'_>) -> usize {
    if file.rendered {
        return 0;
    }
    let old = before.file(file.path.as_str());
    if old.is_some_and(|old| std::ptr::eq(old, file) || old.text == file.text) {
        return 0;
    }
    let (old, new) = (old.map(without_comments).unwrap_or_default(), without_comments(file));
    let diff = TextDiff::from_lines(&old, &new);
    let added = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Insert);
    added.filter(|change| !change.value().trim().is_empty()).count()
}

/// The lines of a file that are no comments.
fn without_comments(file: &ExerciseFile<'_>) -> String {
    let is_comment =
        |line: &str| ["//", "#", "--", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark));
    file.code().lines().filter(|line| !is_comment(line)).map(|line| format!("{}\n", line.trim_end())).collect()
}
