//! Which file answers an address. Knows paths and types, not the network.

use std::borrow::Cow;

use crate::diag::render::RULES_PAGE;
use crate::emit::review::{REVIEW_FOLDER, REVIEW_MARKER};
use crate::emit::tree::{OutputFile, OutputTree};

/// Where the site lies in the output tree.
const SITE: &str = "dist/site";

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    File {
        bytes: Cow<'a, [u8]>,
        content_type: &'static str,
    },
    /// The address of a folder without its slash: relative links need the slash.
    Moved(String),
    /// The theme's page for it, if it has one.
    Missing(Option<Cow<'a, [u8]>>),
}

/// Looks up an address as it stands in a request, query included.
pub fn find_page<'a>(tree: &'a OutputTree, address: &str) -> Found<'a> {
    let site = site(tree);
    let missing = || Found::Missing(tree.get(format!("{site}/404.html")).map(OutputFile::bytes));
    let raw = address.split(['?', '#']).next().unwrap_or("");
    let Some(path) = decode_percent(raw) else { return missing() };
    let path = path.trim_start_matches('/');
    let wanted = match path {
        "" => format!("{site}/index.html"),
        folder if folder.ends_with('/') => format!("{site}/{folder}index.html"),
        file => format!("{site}/{file}"),
    };
    if let Some(file) = tree.get(&wanted) {
        return Found::File { bytes: file.bytes(), content_type: content_type(&wanted) };
    }
    if !path.ends_with('/') && tree.get(format!("{wanted}/index.html")).is_some() {
        return Found::Moved(format!("{raw}/"));
    }
    missing()
}

fn site(tree: &OutputTree) -> &'static str {
    let is_review = tree.get(format!("{REVIEW_FOLDER}/{REVIEW_MARKER}")).is_some();
    if is_review { REVIEW_FOLDER } else { SITE }
}

/// Whether the site has a page that explains the rules.
pub fn has_rules(tree: &OutputTree) -> bool {
    tree.get(format!("{}/{RULES_PAGE}index.html", site(tree))).is_some()
}

/// Differs as soon as a file does that the page shows but does not hold: a picture, a font, styles.
pub fn fingerprint(tree: &OutputTree, address: &str, page: &[u8]) -> String {
    let text = String::from_utf8_lossy(page);
    let folder =
        address.split(['?', '#']).next().unwrap_or("").rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut hasher = blake3::Hasher::new();
    for mark in [" src=\"", " href=\""] {
        for link in text.split(mark).skip(1).filter_map(|rest| rest.split('"').next()) {
            if !is_shown(content_type(link)) || link.contains(':') {
                continue;
            }
            if let Some(path) = resolve(folder, link)
                && let Found::File { bytes, .. } = find_page(tree, &path)
            {
                hasher.update(path.as_bytes()).update(&[0]).update(blake3::hash(&bytes).as_bytes());
            }
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Whether a page shows files of this type as a part of itself.
fn is_shown(content_type: &str) -> bool {
    content_type.starts_with("image/")
        || content_type.starts_with("font/")
        || content_type.starts_with("text/css")
        || content_type.starts_with("text/javascript")
}

/// The address of a relative link in a folder; `None` if it leaves the site.
fn resolve(folder: &str, link: &str) -> Option<String> {
    let from = if link.starts_with('/') { "" } else { folder };
    let mut parts = Vec::new();
    for part in from.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// `%20` and its kind; `None` when the result is not UTF-8 or an escape is broken.
fn decode_percent(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The media type by the file's name.
fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> OutputTree {
        let mut tree = OutputTree::default();
        for (path, text) in [
            ("dist/site/index.html", "home"),
            ("dist/site/404.html", "lost"),
            ("dist/site/concepts/index.html", "concepts"),
            ("dist/site/a b.css", "css"),
            ("dist/monorepo/README.md", "secret"),
        ] {
            tree.insert(path, text.as_bytes().to_vec(), None).unwrap();
        }
        tree
    }

    fn shown(address: &str) -> String {
        match find_page(&tree(), address) {
            Found::File { bytes, .. } => String::from_utf8_lossy(&bytes).into_owned(),
            Found::Moved(to) => format!("→ {to}"),
            Found::Missing(page) => format!("missing {}", String::from_utf8_lossy(&page.unwrap_or_default())),
        }
    }

    #[test]
    fn folders_have_an_index() {
        assert_eq!(shown("/"), "home");
        assert_eq!(shown("/?x=1"), "home");
        assert_eq!(shown("/concepts/"), "concepts");
        assert_eq!(shown("/concepts"), "→ /concepts/");
    }

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(shown("/a%20b.css"), "css");
        assert_eq!(shown("/a%2"), "missing lost");
        assert_eq!(shown("/%ff"), "missing lost");
    }

    #[test]
    fn a_page_is_marked_by_what_it_shows() {
        let tree_with = |picture: &str| {
            let mut tree = tree();
            // What it leads to is another file than what it shows.
            for path in ["dist/site/a/b.svg", "dist/site/a/b.md"] {
                tree.insert(path, picture.as_bytes().to_vec(), None).unwrap();
            }
            tree
        };
        let page =
            |link: &str| format!("<a href=\"../concepts/\"></a><a href=\"b.md\"></a><img src=\"{link}\">");
        let mark = |picture: &str, address: &str, link: &str| {
            fingerprint(&tree_with(picture), address, page(link).as_bytes())
        };
        let first = mark("one", "/a/", "b.svg");
        assert_eq!(first.len(), 16);
        assert_eq!(first, mark("one", "/a/index.html?x=1", "./b.svg"));
        assert_eq!(first, mark("one", "/concepts/", "../a/b.svg"));
        assert_ne!(first, mark("two", "/a/", "b.svg"));
        assert_eq!(mark("one", "/a/", "../../b.svg"), mark("two", "/a/", "https://x.org/b.svg"));
    }

    #[test]
    fn a_review_build_is_served_in_place_of_the_site() {
        let mut tree = tree();
        for (path, text) in [("review-build.txt", "mark"), ("index.html", "reviewed"), ("404.html", "gone")] {
            tree.insert(format!("dist/review/{path}"), text.as_bytes().to_vec(), None).unwrap();
        }
        let shown = |address: &str| match find_page(&tree, address) {
            Found::File { bytes, .. } | Found::Missing(Some(bytes)) => {
                String::from_utf8_lossy(&bytes).into_owned()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!((shown("/").as_str(), shown("/concepts/").as_str()), ("reviewed", "gone"));
    }

    #[test]
    fn only_the_site_is_served() {
        assert_eq!(shown("/../monorepo/README.md"), "missing lost");
        assert_eq!(shown("/%2e%2e/monorepo/README.md"), "missing lost");
        assert_eq!(shown("/no/such/page"), "missing lost");
    }
}
