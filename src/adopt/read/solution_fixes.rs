//! Which fix a folder of a solution belongs to, where its name does not say: the page shows the code of each
//! fix, and a fix's files hold its own code and that of the fixes before it.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::adopt::{Page, PartKind, SolutionFile};
use crate::source::{Files, Span};

/// More fixes or folders than this are not compared.
const MAX_COMPARED: usize = 60;
/// Shorter code is found anywhere.
const LEAST: usize = 12;

/// Numbers the files of each folder below `solution/` that has no number.
pub(super) fn number_by_code(files: &Files, page: &Page, folder: &Utf8Path, solution: &mut [SolutionFile]) {
    let fixes = fixes_of(files, page);
    let mut folders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, file) in solution.iter().enumerate().filter(|(_, file)| file.fix.is_none()) {
        let path = files.path(file.file);
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<&str> = inside.components().map(|part| part.as_str()).collect();
        // `solution/<fix>/…`
        if let [_, fix, _, ..] = parts.as_slice() {
            folders.entry((*fix).to_owned()).or_default().push(at);
        }
    }
    if folders.len() > MAX_COMPARED || fixes.len() > MAX_COMPARED {
        return;
    }
    for members in folders.values() {
        let texts = members.iter().filter_map(|at| files.text(solution[*at].file).ok());
        let text: Vec<String> = texts.map(squeezed).collect();
        let shown =
            |codes: &Vec<String>| codes.iter().any(|code| text.iter().any(|text| text.contains(code)));
        let fix = fixes.iter().rev().find(|(_, codes)| shown(codes)).map(|(number, _)| *number);
        for at in members {
            solution[*at].fix = fix;
        }
    }
}

/// The code that each fix of a page ends with, by the number of the fix.
fn fixes_of(files: &Files, page: &Page) -> Vec<(u32, Vec<String>)> {
    let mut fixes: Vec<(u32, Vec<String>)> = Vec::new();
    for part in &page.parts {
        let code: Option<Span> = match &part.kind {
            PartKind::Fix(heading) => {
                let place = u32::try_from(fixes.len() + 1).unwrap_or(u32::MAX);
                fixes.push((heading.number.map_or(place, |number| number.value), Vec::new()));
                None
            }
            PartKind::Change(change) => change.after,
            PartKind::Commands { sql: true, body } => Some(*body).filter(|body| changes(files.slice(*body))),
            _ => None,
        };
        if let (Some(code), Some((_, codes))) = (code, fixes.last_mut()) {
            codes.extend(Some(squeezed(files.slice(code))).filter(|code| code.len() >= LEAST));
        }
    }
    fixes
}

/// Whether statements change anything, or only ask.
fn changes(sql: &str) -> bool {
    let first = sql.trim_start().split(char::is_whitespace).next().unwrap_or("").to_ascii_lowercase();
    ["create", "alter", "drop", "update", "insert", "delete", "set"].contains(&first.as_str())
}

/// Lines without indentation, without blank ones.
fn squeezed(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
