//! Where the links of an output lead, and which of its places links can lead to. Of an output that does not
//! stay in memory this is noted when it is printed: whoever follows links need not read it again.

use std::cmp::Ordering;

use camino::Utf8Path;
use memchr::memmem;
use rustc_hash::FxHashSet;

use super::monorepo;
use crate::syntax::html::for_each_attribute;

/// The links and places of an output.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Each address once. Of a page, those of its own places are left out.
    links: Texts,
    /// Where each of them stands first, in bytes.
    at: Vec<u32>,
    /// The places of a page, in order.
    anchors: Texts,
}

impl Outline {
    /// The outline of an output; `None` if its kind has none, or it takes a parser to tell.
    #[must_use]
    pub fn of(path: &Utf8Path, content: &[u8]) -> Option<Self> {
        let text = || std::str::from_utf8(content).ok();
        match path.extension() {
            Some("html") => Some(Self::of_html(text()?)),
            Some("md") if path.starts_with(monorepo::ROOT) => Self::of_markdown(text()?),
            _ => None,
        }
    }

    /// The outline of a page.
    fn of_html(text: &str) -> Self {
        let (mut links, mut anchors) = (Vec::new(), Vec::new());
        for_each_attribute(text, |it| {
            if matches!(it.name, "href" | "src") {
                links.push((it.value(), it.at.start));
            } else if it.is_anchor() {
                anchors.push(it.value());
            }
        });
        anchors.sort_unstable();
        let mut outline = Self { anchors: Texts::of(&anchors), ..Self::default() };
        let mut seen = FxHashSet::default();
        let is_own = |address: &str| address.strip_prefix('#').is_some_and(|it| outline.anchors.find(it));
        let open = links.iter().filter(|(address, _)| seen.insert(&**address) && !is_own(address));
        let (links, at): (Vec<_>, Vec<_>) = open.map(|(address, at)| (address, short(*at))).unzip();
        (outline.links, outline.at) = (Texts::of(&links), at);
        outline
    }

    /// The addresses that stand in Markdown, also where they are no links, as in code; `None` where it takes
    /// a parser to tell. All others have a scheme.
    fn of_markdown(text: &str) -> Option<Self> {
        // Definitions stand apart from their links.
        if memmem::find(text.as_bytes(), b"]:").is_some() {
            return None;
        }
        let (mut links, mut at, mut seen) = (Vec::new(), Vec::new(), FxHashSet::default());
        for opening in memmem::find_iter(text.as_bytes(), "](") {
            let start = opening + "](".len();
            let rest = &text[start..];
            let mut depth = 0_usize;
            let end = rest.bytes().position(|byte| {
                match byte {
                    b'(' => depth += 1,
                    b')' if depth > 0 => depth -= 1,
                    _ => return byte == b')' || byte.is_ascii_whitespace() || byte.is_ascii_control(),
                }
                false
            });
            let address = &rest[..end.unwrap_or(rest.len())];
            if address.is_empty() || address.starts_with('<') || address.contains(['\\', '&']) {
                return None;
            }
            if seen.insert(address) {
                links.push(address);
                at.push(short(start));
            }
        }
        Some(Self { links: Texts::of(&links), at, anchors: Texts::default() })
    }

    /// The addresses, each with its first place in bytes.
    pub fn links(&self) -> impl Iterator<Item = (&str, usize)> {
        self.at.iter().enumerate().map(|(number, at)| (self.links.nth(number), *at as usize))
    }

    /// Whether a page has a place.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.find(anchor)
    }
}

/// Texts one behind the other, with where each ends: there are thousands of outlines.
#[derive(Debug, Default, PartialEq, Eq)]
struct Texts {
    all: Box<str>,
    ends: Vec<u32>,
}

impl Texts {
    fn of(texts: &[impl AsRef<str>]) -> Self {
        let mut all = String::with_capacity(texts.iter().map(|text| text.as_ref().len()).sum());
        let mut end = |text: &str| {
            all.push_str(text);
            short(all.len())
        };
        let ends = texts.iter().map(|text| end(text.as_ref())).collect();
        Self { all: all.into(), ends }
    }

    fn nth(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[at] as usize]
    }

    /// Whether a text is one of them, which are in order.
    fn find(&self, wanted: &str) -> bool {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.nth(middle).cmp(wanted) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return true,
                Ordering::Greater => high = middle,
            }
        }
        false
    }
}

/// Outputs are shorter than 4 GB.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_without_a_parser_where_they_are_plain() {
        let found = |text: &str| {
            let outline = Outline::of_markdown(text)?;
            let links = outline.links().map(|(address, at)| (address.to_owned(), at));
            Some(links.collect::<Vec<_>>())
        };
        let wanted = [("b", 4), ("d/e.svg", 12), ("g", 30), ("i_(j)", 38)];
        let wanted = wanted.map(|(address, at)| (address.to_owned(), at));
        assert_eq!(found("[a](b) ![c](d/e.svg \"T\") `[f](g)` [h](i_(j)) [a](b)"), Some(wanted.to_vec()));
        assert_eq!(found("no links, but https://example.org"), Some(vec![]));
        for text in
            ["[a](<b c>)", "[a]( b)", "[a](\nb)", "[a](b&amp;c)", "[a](b\\)c)", "[a]()", "[a][b]\n\n[b]: c"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn anchors_are_those_that_were_found() {
        let mut anchors = ["step-2", "a", "step", "", "ä", "a", "step-10"];
        anchors.sort_unstable();
        let outline = Outline { anchors: Texts::of(&anchors), ..Outline::default() };
        for asked in anchors.into_iter().chain(["b", "ste", "step-1", "step-100", "aa", "astep"]) {
            assert_eq!(outline.has_anchor(asked), anchors.contains(&asked), "{asked}");
        }
        assert!(!Outline::default().has_anchor(""));
    }

    #[test]
    fn a_page_keeps_what_it_alone_cannot_tell() {
        let page = "<a href=\"#a\">x</a><a href=\"#b\">x</a><img src=\"c.svg\" id=\"a\"><a href=\"c.svg\">\
                    <a href=\"../d/?e&amp;f#a\">";
        let outline = Outline::of_html(page);
        let links: Vec<_> = outline.links().collect();
        let at = |written: &str| page.find(written).expect("it stands there");
        assert_eq!(links, [("#b", at("#b")), ("c.svg", at("c.svg")), ("../d/?e&f#a", at("../d/"))]);
        assert!(outline.has_anchor("a") && !outline.has_anchor("b"));
    }

    #[test]
    fn outputs_of_other_kinds_have_none() {
        let of = |path: &str, text: &str| Outline::of(path.into(), text.as_bytes()).is_some();
        assert!(of("dist/site/a/index.html", "") && of("dist/monorepo/a/SCENARIO.md", ""));
        assert!(!of("dist/site/a/index.md", "") && !of("dist/monorepo/a/app.js", ""));
        assert!(Outline::of("dist/site/a.html".into(), &[0xFF]).is_none());
    }
}
