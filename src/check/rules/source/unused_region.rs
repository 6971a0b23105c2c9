//! `source/unused-region`.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::model::Written;
use crate::source::Span;
use crate::syntax::code::scan_regions;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "source/unused-region",
    severity: Severity::Warning,
    what: "No page shows this region.",
    why: "Region markers exist to be quoted; one that is not is a leftover or a forgotten quotation.",
    fix: "Quote it with `{file=… region=…}`, or remove the two marker lines.",
    source: "rules.md",
    bad: &[Example::file(&[(
        "content/scenarios/first/app/db/seed.js",
        "«// #region posts»\nconst POSTS = 500;\n// #endregion\n",
    )])],
    params: &[],
    good: &[Example::files(&[
        ("content/scenarios/first/app/db/seed.js", "// #region posts\nconst POSTS = 500;\n// #endregion\n"),
        (
            "content/scenarios/first/scenario.md",
            "…\n\nThis is how it is filled:\n\n```js {file=db/seed.js region=posts}\n```\n",
        ),
    ])],
};

/// Files and regions that pages name, whatever the stage.
type Quoted = BTreeSet<(Utf8PathBuf, String)>;

/// Quotations of every page count: a scenario that extends another quotes the other's code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    // A course without regions need not be gone through for quotations.
    let quoted = LazyCell::new(|| quoted_regions(checked));
    for (_, scenario) in checked.scenarios() {
        if let Some(written) = scenario.written.as_ref().filter(|written| written.page.is_some()) {
            check_scenario(checked, written, || &*quoted, sink);
        }
    }
}

fn quoted_regions(checked: &Checked<'_>) -> Quoted {
    let mut quoted = Quoted::new();
    for page in checked.all_pages {
        page.for_each_quoted_region(|file, region| {
            quoted.insert((Utf8PathBuf::from(file), region.to_owned()));
        });
    }
    quoted
}

fn check_scenario<'q>(
    checked: &Checked<'_>,
    written: &Written,
    quoted: impl Fn() -> &'q Quoted,
    sink: &Sink,
) {
    let files = checked.files;
    // A region that stands in the app and in its solutions is one region.
    let mut seen = Quoted::new();
    let solutions = written.fixes.iter().map(|fix| written.source.join("solution").join(&fix.id));
    for folder in std::iter::once(written.source.join("app")).chain(solutions) {
        for (file, path) in files.below(&folder) {
            let (Ok(text), Ok(inside)) = (files.text(file), path.strip_prefix(&folder)) else { continue };
            for region in scan_regions(inside, text).regions {
                let key = (inside.to_owned(), region.id.clone());
                if quoted().contains(&key) || !seen.insert(key) {
                    continue;
                }
                let line = &text[region.marker_open.clone()];
                let start = region.marker_open.start + (line.len() - line.trim_start().len());
                let span = Span::new(file, start, start + line.trim().len());
                sink.push(report(inside, &region.id, span, quoted()));
            }
        }
    }
}

fn report(path: &Utf8Path, region: &str, span: Span, quoted: &Quoted) -> Diagnostic {
    let names = quoted.iter().filter(|(file, _)| file == path).map(|(_, region)| region.as_str());
    let help = match closest(region, names) {
        Some(near) => format!("pages quote `{near}` of this file; is this the one that is meant?"),
        None => format!("quote it with `{{file={path} region={region}}}`, or remove the two marker lines"),
    };
    Diagnostic::new(&SPEC, span, format!("no page shows the region `{region}`")).help(help)
}
