//! What a picture names outside itself, and would load if it could.

use std::ops::Range;

use super::markup::{Element, Markup};

/// What a picture names outside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// The address of an image, a font, a part of another picture.
    Address,
    /// An `@import`, or an instruction that names a style sheet.
    Sheet,
}

/// Everything that would be loaded, with its place. A link to a page loads nothing, nor does what
/// editors keep in `metadata`.
#[must_use]
pub fn outside_parts(markup: &Markup<'_>) -> Vec<(Outside, Range<usize>)> {
    let mut found = Vec::new();
    for node in markup.nodes() {
        if node.ancestors().any(|above| above.tag_name().name() == "metadata") {
            continue;
        }
        if node.is_element() {
            find_in_attributes(markup, node, &mut found);
        } else if node.pi().is_some_and(|instruction| instruction.target == "xml-stylesheet") {
            found.push((Outside::Sheet, node.range()));
        }
    }
    for sheet in markup.sheets() {
        find_in_sheet(markup, sheet, &mut found);
    }
    found
}

fn find_in_attributes(markup: &Markup<'_>, element: Element<'_>, found: &mut Vec<(Outside, Range<usize>)>) {
    for attribute in element.attributes() {
        let range = attribute.range_value();
        if matches!(attribute.name(), "href" | "src") && element.tag_name().name() != "a" {
            if !is_inside(attribute.value()) {
                found.push((Outside::Address, range));
            }
        } else if has_url(attribute.value()) {
            let value = markup.text().get(range.clone()).unwrap_or("");
            found.extend(urls(value).into_iter().map(|it| (Outside::Address, shifted(it, range.start))));
        }
    }
}

fn find_in_sheet(markup: &Markup<'_>, sheet: Range<usize>, found: &mut Vec<(Outside, Range<usize>)>) {
    let css = without_comments(markup.text().get(sheet.clone()).unwrap_or(""));
    let mut imports = Vec::new();
    for (at, _) in css.to_ascii_lowercase().match_indices("@import") {
        // An address in quotes or in `url()` may hold semicolons.
        let quoted = css[at..].find(['"', '\'']).map_or(at, |quote| at + quote + 1);
        let from = css[quoted..].find(['"', '\'']).filter(|_| quoted > at).map_or(at, |end| quoted + end);
        let end = css[from..].find(';').map_or(css.len(), |end| from + end + 1);
        imports.push(shifted(at..end, sheet.start));
    }
    found.extend(imports.iter().map(|import| (Outside::Sheet, import.clone())));
    for range in urls(&css) {
        let range = shifted(range, sheet.start);
        if !imports.iter().any(|import| import.contains(&range.start)) {
            found.push((Outside::Address, range));
        }
    }
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn has_url(value: &str) -> bool {
    value.as_bytes().windows(4).any(|mark| mark.eq_ignore_ascii_case(b"url("))
}

/// The addresses in `url(…)` that lead out of the picture.
fn urls(css: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, mark) in css.to_ascii_lowercase().match_indices("url(") {
        let start = at + mark.len();
        let Some(len) = css[start..].find(')') else { continue };
        let inside = &css[start..start + len];
        let address = inside.trim().trim_matches(['"', '\'']);
        if !is_inside(address) {
            let start = start + inside.find(address).unwrap_or(0);
            found.push(start..start + address.len());
        }
    }
    found
}

fn is_inside(address: &str) -> bool {
    let address = address.trim();
    let scheme = address.get(..5).unwrap_or("");
    address.is_empty() || address.starts_with('#') || scheme.eq_ignore_ascii_case("data:")
}

/// Comments, and the names of namespaces, become blanks, so that places stay what they are.
fn without_comments(css: &str) -> String {
    let mut out = css.to_owned();
    for (open, close) in [("/*", "*/"), ("@namespace", ";")] {
        while let Some(start) = out.find(open) {
            let inside = start + open.len();
            let end = out[inside..].find(close).map_or(out.len(), |end| inside + end + close.len());
            out.replace_range(start..end, &" ".repeat(end - start));
        }
    }
    out
}
