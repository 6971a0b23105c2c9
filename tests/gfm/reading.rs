//! What GitHub shows of a Markdown text, and the promises about it that every page must keep.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use scenarist::emit::tree::OutputTree;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options
}

/// The text outside code, as a reader sees it.
fn visible_text(markdown: &str) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut out = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            value if value.block() => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// The headings with the anchors that GitHub would give them.
fn headings(markdown: &str) -> Vec<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut anchors = comrak::Anchorizer::new();
    let mut found = Vec::new();
    for node in root.descendants() {
        if !matches!(node.data.borrow().value, NodeValue::Heading(_)) {
            continue;
        }
        let mut text = String::new();
        for inner in node.descendants() {
            match &inner.data.borrow().value {
                NodeValue::Text(part) => text.push_str(part),
                NodeValue::Code(code) => text.push_str(&code.literal),
                _ => {}
            }
        }
        found.push(anchors.anchorize(&text));
    }
    found
}

/// The destinations of links and pictures.
fn destinations(markdown: &str) -> Vec<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    root.descendants()
        .filter_map(|node| match &node.data.borrow().value {
            NodeValue::Link(link) | NodeValue::Image(link) => Some(link.url.clone()),
            _ => None,
        })
        .collect()
}

/// Nothing of the source format may be left, and no emphasis may have failed.
pub fn assert_clean(name: &str, markdown: &str) {
    let text = visible_text(markdown);
    for left in [":::", "{#", "{.", "**", "[](", "]("] {
        assert!(!text.contains(left), "{name} shows `{left}`:\n{markdown}");
    }
    assert!(!markdown.contains("\n\n\n\n"), "{name} has a hole");
    assert!(markdown.ends_with('\n') && !markdown.ends_with("\n\n"), "{name} ends oddly");
}

/// Every link inside the monorepo leads to a file and, where it names one, to a heading.
pub fn assert_links_lead_somewhere(tree: &OutputTree, pages: &BTreeMap<Utf8PathBuf, Cow<'_, str>>) {
    let anchors: BTreeMap<&Utf8PathBuf, Vec<String>> =
        pages.iter().map(|(path, text)| (path, headings(text))).collect();
    for (path, text) in pages {
        for link in destinations(text).iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { resolve(path, file) };
            assert!(tree.get(&target).is_some(), "{path}: {link} leads to no file");
            let known = anchor.is_empty() || anchors[&target].iter().any(|known| known == anchor);
            assert!(known, "{path}: {link} leads to no heading of {:?}", anchors[&target]);
        }
    }
}

fn resolve(from: &Utf8Path, link: &str) -> Utf8PathBuf {
    let mut out = from.parent().expect("a folder").to_owned();
    for part in link.split('/') {
        if part == ".." {
            out.pop();
        } else {
            out.push(part);
        }
    }
    out
}
