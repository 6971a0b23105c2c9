//! What a page gets on top while it is served here: the script that reloads it and shows findings.
//! Built sites don't have it.

/// The address of the script.
pub const SCRIPT_PATH: &str = "/.scenarist/live.js";

/// The address of the stream of news.
pub const EVENTS_PATH: &str = "/.scenarist/events";

/// The script.
pub const SCRIPT: &str = include_str!("live.js");

/// A page with the script before its end. `at_root` makes relative links start at the site's root,
/// for the page that stands in for a missing one at any depth.
pub fn inject(page: &[u8], version: u64, at_root: bool) -> Vec<u8> {
    let tag = format!("<script src=\"{SCRIPT_PATH}\" data-version=\"{version}\" defer></script>");
    let mut text = String::from_utf8_lossy(page).into_owned();
    match text.rfind("</body>") {
        Some(at) => text.insert_str(at, &tag),
        None => text.push_str(&tag),
    }
    if at_root && let Some(at) = text.find("<head>") {
        text.insert_str(at + "<head>".len(), "<base href=\"/\">");
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let page = inject(b"<head></head><body>x</body>", 3, false);
        let text = String::from_utf8(page).unwrap();
        assert!(text.contains("data-version=\"3\" defer></script></body>"), "{text}");
        assert!(!text.contains("<base"), "{text}");
    }

    #[test]
    fn a_missing_page_finds_its_styles_at_any_depth() {
        let text = String::from_utf8(inject(b"<head></head><body></body>", 3, true)).unwrap();
        assert!(text.starts_with("<head><base href=\"/\">"), "{text}");
    }
}
