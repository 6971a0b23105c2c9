//! What a page gets on top while it is served here: the scripts that keep it up to date and show
//! findings. Built sites don't have them.

/// The address of the script that a page begins with.
pub const SCRIPT_PATH: &str = "/.scenarist/live.js";

/// The address of the stream of news.
pub const EVENTS_PATH: &str = "/.scenarist/events";

/// All scripts, by address. Each imports those below it.
const SCRIPTS: [(&str, &str); 4] = [
    (SCRIPT_PATH, include_str!("live.js")),
    ("/.scenarist/patch.js", include_str!("patch.js")),
    ("/.scenarist/keep.js", include_str!("keep.js")),
    ("/.scenarist/findings.js", include_str!("findings.js")),
];

/// The script at an address.
pub fn find_script(address: &str) -> Option<&'static str> {
    SCRIPTS.iter().find(|(path, _)| *path == address).map(|(_, text)| *text)
}

/// What the script has to know of the page that it stands in.
#[derive(Clone, Debug)]
pub struct Served {
    pub version: u64,
    /// The status with which it is sent.
    pub status: u16,
    /// Tells whether the files that it shows are still the same.
    pub assets: String,
}

/// A page with the script at its beginning: it must see the page before the site's own scripts
/// change it. A page that stands in for a missing one at any depth is given the site's root for
/// its relative links.
pub fn inject(page: &[u8], served: &Served) -> Vec<u8> {
    let Served { version, status, assets } = served;
    let mut tag = format!(
        "<script type=\"module\" src=\"{SCRIPT_PATH}\" data-version=\"{version}\" data-status=\"{status}\" \
         data-assets=\"{assets}\"></script>"
    );
    if *status == 404 {
        tag.insert_str(0, "<base href=\"/\">");
    }
    let mut text = String::from_utf8_lossy(page).into_owned();
    let at = match text.find("<head>") {
        Some(at) => at + "<head>".len(),
        // A theme may do without; then it is wherever the page can be read without harm.
        None => text.rfind("</body>").unwrap_or(text.len()),
    };
    text.insert_str(at, &tag);
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(page: &[u8], status: u16) -> String {
        let served = Served { version: 3, status, assets: "0a".to_owned() };
        String::from_utf8(inject(page, &served)).unwrap()
    }

    #[test]
    fn the_script_stands_before_all_others() {
        let text = served(b"<head><script></script></head><body>x</body>", 200);
        let tag = "<head><script type=\"module\" src=\"/.scenarist/live.js\" data-version=\"3\" data-status=\"200\"";
        assert!(text.starts_with(tag) && !text.contains("<base"), "{text}");
        assert!(served(b"<p>x</p></body>", 200).ends_with("</script></body>"));
    }

    #[test]
    fn a_missing_page_finds_its_styles_at_any_depth() {
        let text = served(b"<head></head><body></body>", 404);
        assert!(text.starts_with("<head><base href=\"/\">"), "{text}");
    }

    #[test]
    fn every_script_that_one_imports_is_served() {
        for (path, text) in SCRIPTS {
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let name = line.split("'./").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
                assert!(find_script(&format!("/.scenarist/{name}")).is_some(), "{path}: {line}");
            }
        }
    }
}
