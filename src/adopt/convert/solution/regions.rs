//! The versions of a file with marks around what each fix changes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use camino::Utf8Path;

use super::lines::{Line, write_line};
use super::steps::Applied;
use crate::adopt::Piece;
use crate::adopt::convert::ids::Ids;
use crate::adopt::convert::pieces::Pieces;
use crate::source::{Files, Span};
use crate::syntax::code::{CommentStyle, markers_of, scan_regions, strip_markers};

/// A version of a file, and what leads to it.
pub(super) struct Version {
    /// The fix that makes it; `None` for the app's.
    pub fix: Option<usize>,
    /// The version that it starts from: its index.
    pub base: usize,
    pub lines: Vec<Line>,
    /// The changes since the version before.
    pub applied: Vec<Applied>,
}

/// A region with the fix that changes it and the part that shows it.
pub(super) struct Marked {
    pub fix: usize,
    pub part: Option<usize>,
    pub id: String,
    pub about: Span,
}

/// A region's id and its lines in one version.
type Placed = (String, Range<usize>);

/// Puts marks into all versions of a file. Changes whose marks would cross others are left out.
pub(super) fn mark_regions(
    files: &Files,
    path: &Utf8Path,
    versions: &[Version],
    fixes: &[String],
) -> (Vec<Vec<Piece>>, Vec<Marked>) {
    let mut ids = Ids::default();
    for version in versions {
        let text: String = version.lines.iter().map(|line| line.text.as_str()).collect();
        scan_regions(path, &text).regions.iter().for_each(|region| {
            ids.reserve(&region.id);
        });
    }
    let mut placed: Vec<Vec<Placed>> = versions.iter().map(|_| Vec::new()).collect();
    let mut marked = Vec::new();
    for (at, version) in versions.iter().enumerate().skip(1) {
        let Some(fix) = version.fix else { continue };
        for change in &version.applied {
            let (old, new) = (change.before.clone(), change.after.clone());
            if !fits(&placed[version.base], &old) || !fits(&placed[at], &new) {
                continue;
            }
            let id = ids.take(&fixes[fix], "change");
            let about = about(&version.lines, &new).or_else(|| about(&versions[version.base].lines, &old));
            for (place, range) in [(version.base, old), (at, new)] {
                if !range.is_empty() {
                    placed[place].push((id.clone(), range));
                }
            }
            let about = about.unwrap_or_else(Span::nowhere);
            marked.push(Marked { fix, part: change.part, id, about });
        }
    }
    let texts: Vec<Vec<Piece>> = versions
        .iter()
        .zip(&placed)
        .map(|(version, placed)| with_marks(files, path, version, placed))
        .collect();
    let are_sound = versions
        .iter()
        .zip(&texts)
        .zip(&placed)
        .all(|((version, text), placed)| is_sound(files, path, version, text, placed));
    if are_sound {
        return (texts, marked);
    }
    (versions.iter().map(|version| with_marks(files, path, version, &[])).collect(), Vec::new())
}

fn about(lines: &[Line], range: &Range<usize>) -> Option<Span> {
    let (first, last) = (lines.get(range.start)?, lines.get(range.end.checked_sub(1)?)?);
    Some(if first.origin.file == last.origin.file { first.origin.to(last.origin) } else { first.origin })
}

/// Whether a range nests with those that are there.
fn fits(placed: &[Placed], range: &Range<usize>) -> bool {
    range.is_empty()
        || placed.iter().all(|(_, other)| {
            let apart = range.end <= other.start || other.end <= range.start;
            let inside = |a: &Range<usize>, b: &Range<usize>| b.start <= a.start && a.end <= b.end;
            apart || inside(range, other) || inside(other, range)
        })
}

fn with_marks(files: &Files, path: &Utf8Path, version: &Version, placed: &[Placed]) -> Vec<Piece> {
    let mut out = Pieces::new(files);
    let mut opens: BTreeMap<usize, Vec<&Placed>> = BTreeMap::new();
    let mut closes: BTreeMap<usize, Vec<&Placed>> = BTreeMap::new();
    for region in placed {
        opens.entry(region.1.start).or_default().push(region);
        closes.entry(region.1.end).or_default().push(region);
    }
    for list in opens.values_mut() {
        list.sort_by_key(|(_, range)| std::cmp::Reverse(range.end));
    }
    let style = markers_of(path).first().copied().unwrap_or(CommentStyle::Slash);
    for at in 0..=version.lines.len() {
        let near = version.lines.get(at).or(version.lines.last());
        let Some(near) = near else { break };
        let here = Span::new(near.origin.file, near.origin.start as usize, near.origin.start as usize);
        for _ in closes.get(&at).into_iter().flatten() {
            out.end_line(here);
            out.write(comment(style, "#endregion"), here);
        }
        for (id, _) in opens.get(&at).into_iter().flatten() {
            out.end_line(here);
            out.write(comment(style, &format!("#region {id}")), here);
        }
        if let Some(line) = version.lines.get(at) {
            out.end_line(line.origin);
            write_line(line, files, &mut out);
        }
    }
    out.finish()
}

fn comment(style: CommentStyle, text: &str) -> String {
    match style {
        CommentStyle::Slash => format!("// {text}\n"),
        CommentStyle::Hash => format!("# {text}\n"),
        CommentStyle::Dash => format!("-- {text}\n"),
        CommentStyle::Block => format!("/* {text} */\n"),
        CommentStyle::Markup => format!("<!-- {text} -->\n"),
    }
}

/// Whether the marks are read as marks, and taken out again leave what was there. In the middle of a text
/// they would not be.
fn is_sound(files: &Files, path: &Utf8Path, version: &Version, pieces: &[Piece], placed: &[Placed]) -> bool {
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Copied(span) => files.slice(*span),
            Piece::Written { text, .. } => text.as_str(),
        })
        .collect();
    let plain: String = version.lines.iter().map(|line| line.text.as_str()).collect();
    let scan = scan_regions(path, &text);
    let before = scan_regions(path, &plain);
    let found: BTreeSet<&str> = scan.regions.iter().map(|region| region.id.as_str()).collect();
    placed.iter().all(|(id, _)| found.contains(id.as_str()))
        && scan.faults.len() == before.faults.len()
        && strip_markers(path, &text) == strip_markers(path, &plain)
}
