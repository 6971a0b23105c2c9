//! `code/intentional-problem-unmarked`.

use super::authored::{Shown, region_lines, shown_changes};
use crate::check::{Checked, Exercise};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::Kind;

pub static SPEC: CodeSpec = CodeSpec {
    code: "code/intentional-problem-unmarked",
    severity: Severity::Warning,
    what: "The code that a fix changes bears no comment that could put a beginner on the track.",
    why: "In the first tier, comments at the intended problem are clues. Without one, a reader from another language sees a line like any other.",
    fix: "Put a plain comment (not `//:`) into the region that says what to watch, without naming the fix.",
    source: "platform-vision.md, Code Commenting Principle",
    params: &[],
    bad: &[Example::file(&[(
        "content/scenarios/first/app/src/server.js",
        concat!(
            head!(),
            metrics!(),
            middleware!(),
            database!(),
            routes_header!(),
            metrics_route!(),
            feed_start!(),
            "  //: counts to a billion\n  «for (let i = 0; i < 1e9; i++);»\n",
            feed_end!(),
            start!()
        ),
    )])],
    good: &[Example::file(&[(
        "content/scenarios/first/app/src/server.js",
        concat!(
            head!(),
            metrics!(),
            middleware!(),
            database!(),
            routes_header!(),
            metrics_route!(),
            feed_start!(),
            "  for (let i = 0; i < 1e9; i++); // Who waits for this?\n",
            feed_end!(),
            start!()
        ),
    )])],
};

/// Looks at the regions that changes show, as learners find them.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let tier = checked.course.tier_of(exercise.index);
        let is_first = tier.is_some_and(|tier| tier.scaffolding == Scaffolding::High);
        if !is_first || exercise.scenario.kind != Kind::Exercise {
            continue;
        }
        for shown in shown_changes(checked, exercise) {
            if let Some(finding) = check_region(checked, exercise, &shown) {
                sink.push(finding);
            }
        }
    }
}

fn check_region(checked: &Checked<'_>, exercise: &Exercise<'_>, shown: &Shown) -> Option<Diagnostic> {
    let file = exercise.broken().file(&shown.file).filter(|file| !file.rendered)?;
    let script = file.script().filter(|script| script.faults.is_empty())?;
    let lines = region_lines(file, &shown.region)?;
    let marked = script.comments.iter().any(|comment| {
        !comment.explains
            && lines.start <= comment.at.start
            && comment.at.end <= lines.end
            && !is_marker(&comment.text)
    });
    if marked {
        return None;
    }
    // The first line that the fix takes away.
    let after = exercise.stages.iter().skip(1).find_map(|stage| {
        let file = stage.file(&shown.file)?;
        let text = &file.text[region_lines(file, &shown.region)?];
        (text != file_text(exercise, shown)?).then_some(text)
    })?;
    let kept: Vec<&str> = after.lines().map(str::trim).collect();
    let mut at = lines.start;
    for line in file.text[lines].split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with("//") && !kept.contains(&content) {
            let start = at + (line.len() - line.trim_start().len());
            let message = "nothing marks this line, which the fix changes";
            let finding = file.finding(checked.files, &SPEC, start..start + content.len(), message);
            return Some(
                finding.help("add `// Intentional problem: watch what …` above it, without naming the fix"),
            );
        }
        at += line.len();
    }
    None
}

fn file_text<'e>(exercise: &'e Exercise<'_>, shown: &Shown) -> Option<&'e str> {
    let file = exercise.broken().file(&shown.file)?;
    Some(&file.text[region_lines(file, &shown.region)?])
}

fn is_marker(text: &str) -> bool {
    text.starts_with("#region") || text.starts_with("#endregion")
}
