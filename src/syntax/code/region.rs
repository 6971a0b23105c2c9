//! Regions: the whole lines between `#region id` and `#endregion` in comments. Pages quote them,
//! and the marker lines are taken out of what learners get.

use std::collections::HashMap;
use std::ops::Range;

use camino::Utf8Path;

use super::comment::{CommentStyle, comment_text, lines_of, markers_of};
use crate::syntax::attributes::is_id;

/// A region of a file. All ranges are byte offsets; line ranges include the line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub id: String,
    pub id_span: (usize, usize),
    /// The whole lines between the markers.
    pub lines: Range<usize>,
    pub marker_open: Range<usize>,
    pub marker_close: Range<usize>,
}

/// What a file's markers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionScan {
    /// In the order in which they open.
    pub regions: Vec<Region>,
    pub faults: Vec<RegionFault>,
}

/// A marker that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionFault {
    pub kind: RegionFaultKind,
    /// The marker, without indentation and line end.
    pub range: Range<usize>,
    /// The marker that it clashes with.
    pub other: Option<Range<usize>>,
}

/// What is wrong with a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionFaultKind {
    /// `#region` without `#endregion`.
    Unclosed { id: String },
    /// `#endregion` without `#region`.
    StrayEnd,
    /// `#endregion id` of a region that is open, but not the innermost.
    Crossing { id: String, innermost: String },
    /// An id a second time.
    DuplicateId { id: String },
    /// `#endregion id` where that region is not open.
    EndNamesAnother { named: String, open: String },
    /// `#region` without an id, or with one that is not of the form of an id.
    BadId { written: String },
}

/// Finds the regions of a file. What is faulty is reported and left out.
#[must_use]
pub fn scan_regions(path: &Utf8Path, text: &str) -> RegionScan {
    let mut scanner = Scanner::default();
    for marker in markers(path, text) {
        match marker.kind {
            MarkerKind::Open => scanner.open(marker),
            MarkerKind::Close => scanner.close(&marker),
        }
    }
    for open in std::mem::take(&mut scanner.open) {
        let kind = RegionFaultKind::Unclosed { id: open.id };
        scanner.fault(kind, open.range, None);
    }
    scanner.scan.regions.sort_by_key(|region| region.marker_open.start);
    scanner.scan.faults.sort_by_key(|fault| fault.range.start);
    scanner.scan
}

/// The text without its marker lines.
#[must_use]
pub fn strip_markers(path: &Utf8Path, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for marker in markers(path, text) {
        out.push_str(&text[at..marker.line.start]);
        at = marker.line.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The lines of a region without the markers of regions inside it. Indentation stays.
#[must_use]
pub fn region_text(text: &str, region: &Region) -> String {
    let Some(inside) = text.get(region.lines.clone()) else { return String::new() };
    let style = text.get(region.marker_open.clone()).and_then(style_of).unwrap_or(CommentStyle::Slash);
    let kept = lines_of(inside).filter(|(_, line)| read_marker(line, &[style]).is_none());
    kept.map(|(_, line)| line).collect()
}

/// The text without the indentation that all its lines share. Blank lines don't count and end up
/// empty.
#[must_use]
pub fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut shared: Option<&str> = None;
    for (_, line) in lines_of(text).filter(|(_, line)| !line.trim().is_empty()) {
        let own = &line[..indent(line)];
        let common = shared.map_or(own.len(), |known| common_prefix(known, own));
        shared = Some(&own[..common]);
    }
    let cut = shared.map_or(0, str::len);
    let mut out = String::with_capacity(text.len());
    for (_, line) in lines_of(text) {
        if line.trim().is_empty() {
            out.push_str(if line.ends_with('\n') { "\n" } else { "" });
        } else {
            out.push_str(&line[cut..]);
        }
    }
    out
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[derive(Debug)]
enum MarkerKind {
    Open,
    Close,
}

#[derive(Debug)]
struct Marker {
    kind: MarkerKind,
    id: String,
    id_at: usize,
    /// The whole line with its line end.
    line: Range<usize>,
    /// Without indentation and line end.
    range: Range<usize>,
}

fn markers<'a>(path: &Utf8Path, text: &'a str) -> impl Iterator<Item = Marker> + use<'a> {
    let styles = markers_of(path);
    lines_of(text).filter_map(move |(start, line)| {
        let (kind, id, id_at) = read_marker(line, styles)?;
        let indent = start + (line.len() - line.trim_start().len());
        let range = indent..indent + line.trim().len();
        Some(Marker { kind, id: id.to_owned(), id_at: start + id_at, line: start..start + line.len(), range })
    })
}

/// Reads a line as a marker: its kind, what stands in the place of the id, and where.
fn read_marker<'a>(line: &'a str, styles: &[CommentStyle]) -> Option<(MarkerKind, &'a str, usize)> {
    let trimmed = line.trim();
    let inside = styles.iter().find_map(|style| comment_text(trimmed, *style))?.trim();
    let (kind, rest) = if let Some(rest) = inside.strip_prefix("#region") {
        (MarkerKind::Open, rest)
    } else {
        (MarkerKind::Close, inside.strip_prefix("#endregion")?)
    };
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let id = rest.trim();
    // Nothing before the word in a marker can hold it.
    let word = line.find("region")? + "region".len();
    let id_at = line.len() - line[word..].trim_start().len();
    Some((kind, id, id_at))
}

/// The style of a marker line.
fn style_of(line: &str) -> Option<CommentStyle> {
    use CommentStyle::{Block, Dash, Hash, Markup, Slash};
    [Slash, Hash, Dash, Block, Markup].into_iter().find(|style| comment_text(line.trim(), *style).is_some())
}

#[derive(Default)]
struct Scanner {
    scan: RegionScan,
    open: Vec<Marker>,
    seen: HashMap<String, Range<usize>>,
}

impl Scanner {
    fn fault(&mut self, kind: RegionFaultKind, range: Range<usize>, other: Option<Range<usize>>) {
        self.scan.faults.push(RegionFault { kind, range, other });
    }

    /// A faulty opener opens all the same, so that its end is not reported as well.
    fn open(&mut self, marker: Marker) {
        if !is_id(&marker.id) {
            let kind = RegionFaultKind::BadId { written: marker.id.clone() };
            self.fault(kind, marker.range.clone(), None);
        } else if let Some(first) = self.seen.get(&marker.id).cloned() {
            let kind = RegionFaultKind::DuplicateId { id: marker.id.clone() };
            self.fault(kind, marker.range.clone(), Some(first));
        } else {
            self.seen.insert(marker.id.clone(), marker.range.clone());
        }
        self.open.push(marker);
    }

    fn close(&mut self, marker: &Marker) {
        let Some(innermost) = self.open.last() else {
            self.fault(RegionFaultKind::StrayEnd, marker.range.clone(), None);
            return;
        };
        if marker.id.is_empty() || marker.id == innermost.id {
            self.finish(self.open.len() - 1, marker);
            return;
        }
        let (other, innermost) = (innermost.range.clone(), innermost.id.clone());
        let named = marker.id.clone();
        if let Some(at) = self.open.iter().rposition(|open| open.id == named) {
            let kind = RegionFaultKind::Crossing { id: named, innermost };
            self.fault(kind, marker.range.clone(), Some(other));
            self.finish(at, marker);
        } else {
            let kind = RegionFaultKind::EndNamesAnother { named, open: innermost };
            self.fault(kind, marker.range.clone(), Some(other));
            self.finish(self.open.len() - 1, marker);
        }
    }

    fn finish(&mut self, at: usize, close: &Marker) {
        let open = self.open.remove(at);
        let is_first = self.seen.get(&open.id) == Some(&open.range);
        if !is_first {
            return;
        }
        self.scan.regions.push(Region {
            id_span: (open.id_at, open.id_at + open.id.len()),
            id: open.id,
            lines: open.line.end..close.line.start,
            marker_open: open.line,
            marker_close: close.line.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<RegionFaultKind> {
        scan_regions("a.js".into(), text).faults.into_iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn regions_are_found_in_every_comment_style() {
        for (path, open, close) in [
            ("a.js", "  // #region pool", "// #endregion"),
            ("a.js", "//#region pool", "//#endregion pool"),
            ("a.jsx", "{/* #region pool */}", "{/* #endregion */}"),
            ("a.yml", "# #region pool", "# #endregion pool"),
            ("a.yml", "#region pool", "#endregion"),
            ("a.sql", "-- #region pool", "-- #endregion"),
            ("a.css", "/* #region pool */", "/* #endregion */"),
            ("a.html", "<!-- #region pool -->", "<!-- #endregion -->"),
            ("Makefile", "# #region pool", "# #endregion"),
        ] {
            let text = format!("before\n{open}\n  inside\n{close}\nafter\n");
            let scan = scan_regions(path.into(), &text);
            assert_eq!(scan.faults, [], "{text}");
            let region = &scan.regions[0];
            assert_eq!((region.id.as_str(), &text[region.lines.clone()]), ("pool", "  inside\n"));
            assert_eq!(&text[region.id_span.0..region.id_span.1], "pool");
            assert_eq!(strip_markers(path.into(), &text), "before\n  inside\nafter\n");
        }
    }

    #[test]
    fn nested_markers_are_not_part_of_the_text() {
        let text = "// #region a\none\n// #region b\ntwo\n// #endregion b\n// #endregion a";
        let scan = scan_regions("a.js".into(), text);
        assert_eq!(scan.regions.iter().map(|region| region.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(region_text(text, &scan.regions[0]), "one\ntwo\n");
        assert_eq!(region_text(text, &scan.regions[1]), "two\n");
    }

    #[test]
    fn each_fault_is_named() {
        use RegionFaultKind as Kind;
        let a = || "a".to_owned();
        let b = || "b".to_owned();
        assert_eq!(faults("// #region a\n"), [Kind::Unclosed { id: a() }]);
        assert_eq!(faults("// #endregion\n"), [Kind::StrayEnd]);
        assert_eq!(
            faults("// #region a\n// #region b\n// #endregion a\n// #endregion b\n"),
            [Kind::Crossing { id: a(), innermost: b() }]
        );
        assert_eq!(
            faults("// #region a\n// #endregion\n// #region a\n// #endregion\n"),
            [Kind::DuplicateId { id: a() }]
        );
        assert_eq!(
            faults("// #region a\n// #endregion b\n"),
            [Kind::EndNamesAnother { named: b(), open: a() }]
        );
        assert_eq!(faults("// #region\n// #endregion\n"), [Kind::BadId { written: String::new() }]);
        assert_eq!(
            faults("// #region Two words\n// #endregion\n"),
            [Kind::BadId { written: "Two words".into() }]
        );
    }

    #[test]
    fn a_marker_is_a_whole_comment_line() {
        assert_eq!(scan_regions("a.js".into(), "let a; // #region a\n// #regional\n"), RegionScan::default());
        assert_eq!(scan_regions("a.js".into(), "# #region a\n"), RegionScan::default());
    }

    #[test]
    fn shared_indentation_is_removed() {
        assert_eq!(dedent("    a\n\n      b\n  \n    c"), "a\n\n  b\n\nc");
        assert_eq!(dedent("\ta\n  b\n"), "\ta\n  b\n");
        assert_eq!(dedent(""), "");
    }
}
