//! What search engines ask for at the site's root: `sitemap.xml` and `robots.txt`.

use std::fmt::Write as _;

use super::page::SitePage;
use crate::emit::print::html::escape_html;

pub(super) const SITEMAP: &str = "sitemap.xml";
pub(super) const ROBOTS: &str = "robots.txt";

/// The list of all pages that are to be found, with the day of their last change where the course says
/// it. `None` when the course does not say where it is published: addresses in it are whole ones.
pub(super) fn sitemap(pages: &[SitePage]) -> Option<String> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut listed = pages.iter().filter(|page| page.indexed).peekable();
    listed.peek()?.canonical.as_ref()?;
    for page in listed {
        let Some(address) = &page.canonical else { continue };
        let changed = page.card.updated.as_ref().or(page.card.published.as_ref());
        let changed = changed.map(|day| format!("<lastmod>{}</lastmod>", escape_html(day)));
        let _ = writeln!(
            out,
            "<url><loc>{}</loc>{}</url>",
            escape_html(&encode(address)),
            changed.unwrap_or_default()
        );
    }
    out.push_str("</urlset>\n");
    Some(out)
}

/// Everything may be read; the sitemap is named where there is one.
pub(super) fn robots(site: Option<&str>) -> String {
    let sitemap = site.map(|site| format!("\nSitemap: {}{SITEMAP}\n", encode(site)));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}

/// An address with nothing in it but ASCII, as the protocol asks for.
fn encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter.is_ascii_graphic() {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(encode("https://example.org/größe/"), "https://example.org/gr%C3%B6%C3%9Fe/");
    }

    #[test]
    fn robots_are_told_of_the_sitemap_where_there_is_one() {
        assert_eq!(robots(None), "User-agent: *\nAllow: /\n");
        let told = "User-agent: *\nAllow: /\n\nSitemap: https://example.org/a/sitemap.xml\n";
        assert_eq!(robots(Some("https://example.org/a/")), told);
    }
}
