//! What a page says about the course's findings: a box on top of a page, or a page of its own when
//! there are no pages yet.

use std::cmp::Reverse;
use std::fmt::Write;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::place::editor_address;
use crate::diag::render::{print_human, print_summary, rule_address};
use crate::diag::{Diagnostic, Severity};
use crate::source::{Files, Origin, Position};

/// More findings than this are counted, not listed: the box must stay readable.
const SHOWN: usize = 50;

/// The findings as pages need them.
#[derive(Clone, Debug)]
pub struct Notice {
    summary: String,
    errors: usize,
    items: Vec<Item>,
    /// How many more there are.
    left_out: usize,
    /// All findings as a terminal would show them.
    text: String,
}

#[derive(Clone, Debug)]
struct Item {
    severity: Severity,
    /// `None` for a bug of ours.
    code: Option<&'static str>,
    message: String,
    help: Option<String>,
    place: Option<Place>,
}

#[derive(Clone, Debug)]
struct Place {
    path: Utf8PathBuf,
    at: Position,
    /// Whether there is a file to open: parts of the program are none.
    is_file: bool,
}

/// What the addresses in a notice depend on.
#[derive(Clone, Copy, Debug)]
pub struct Links<'a> {
    /// The project's folder.
    pub root: &'a Utf8Path,
    /// Whether the site has a page that explains rules.
    pub rules: bool,
}

impl Notice {
    /// Prepares findings for showing, the gravest first.
    pub fn new(findings: &[Diagnostic], files: &Files) -> Self {
        let mut sorted: Vec<_> = findings.iter().collect();
        sorted.sort_by_key(|finding| Reverse(finding.severity));
        Self {
            summary: print_summary(findings),
            errors: findings.iter().filter(|finding| finding.severity == Severity::Error).count(),
            items: sorted.iter().take(SHOWN).map(|finding| item(finding, files)).collect(),
            left_out: findings.len().saturating_sub(SHOWN),
            text: findings.iter().map(|finding| print_human(finding, files, false) + "\n").collect(),
        }
    }

    /// After a bug of ours: the course may be fine, we cannot tell.
    pub fn of_bug(message: &str) -> Self {
        let summary = "scenarist has a bug; the terminal says more".to_owned();
        let item = Item {
            severity: Severity::Error,
            code: None,
            message: message.to_owned(),
            help: None,
            place: None,
        };
        Self { text: format!("{summary}: {message}\n"), summary, errors: 1, items: vec![item], left_out: 0 }
    }

    /// As the browser's script reads it. `stale` says that the pages are older than the findings.
    pub fn to_json(&self, version: u64, stale: bool, links: Links<'_>) -> Value {
        let items: Vec<_> = self.items.iter().map(|item| item.to_json(links)).collect();
        json!({
            "version": version,
            "summary": self.summary,
            "errors": self.errors,
            "stale": stale,
            "items": items,
            "left_out": self.left_out,
        })
    }

    /// A page for the time when nothing can be shown.
    pub fn page(&self, links: Links<'_>) -> String {
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>The course cannot be shown yet</title>\n\
             <style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
             color-scheme:light dark}}a,code{{overflow-wrap:anywhere}}pre{{overflow-x:auto;padding:1rem;border:1px solid;\
             border-radius:.5rem;font:14px/1.45 ui-monospace,monospace}}</style>\n</head>\n<body>\n<main>\n\
             <h1>The course cannot be shown yet</h1>\n\
             <p>{}. This page changes by itself once the course compiles.</p>\n{}\
             <pre tabindex=\"0\">{}</pre>\n</main>\n</body>\n</html>\n",
            escape(&self.summary),
            self.places(links),
            escape(&self.text)
        )
    }

    /// Where the findings are, as links to the editor.
    fn places(&self, links: Links<'_>) -> String {
        let mut list = String::new();
        for item in &self.items {
            let Some(place) = &item.place else { continue };
            let name = escape(&place.name());
            let shown = match place.address(links.root) {
                Some(address) => format!("<a href=\"{}\">{name}</a>", escape(&address)),
                None => format!("<code>{name}</code>"),
            };
            let _ = writeln!(list, "<li>{shown} {}</li>", escape(&item.message));
        }
        if list.is_empty() { list } else { format!("<ul>\n{list}</ul>\n") }
    }
}

impl Item {
    fn to_json(&self, links: Links<'_>) -> Value {
        json!({
            "severity": self.severity.word(),
            "code": self.code,
            "rule": self.code.filter(|_| links.rules).map(|code| rule_address("/", code)),
            "message": self.message,
            "help": self.help,
            "place": self.place.as_ref().map(Place::name),
            "editor": self.place.as_ref().and_then(|place| place.address(links.root)),
        })
    }
}

impl Place {
    fn name(&self) -> String {
        format!("{}:{}:{}", self.path, self.at.line, self.at.column)
    }

    fn address(&self, root: &Utf8Path) -> Option<String> {
        self.is_file.then(|| editor_address(root, &self.path, self.at))
    }
}

fn item(finding: &Diagnostic, files: &Files) -> Item {
    let file = finding.span.file;
    let place = Place {
        path: files.path(file).to_owned(),
        at: files.position(file, finding.span.start),
        is_file: files.entry(file).origin == Origin::Project,
    };
    Item {
        severity: finding.severity,
        code: Some(finding.spec.code),
        message: finding.message.clone(),
        help: finding.help.clone(),
        place: Some(place),
    }
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::catalog::tree::MISSING_FILE;
    use crate::source::Span;

    fn finding(files: &mut Files, origin: Origin) -> Diagnostic {
        let id = files.add("content/a.md", b"one\n<two>\n", origin, false);
        Diagnostic::new(&MISSING_FILE, Span::new(id, 4, 9), "`<b>` is missing")
    }

    fn notice(origin: Origin) -> Notice {
        let mut files = Files::default();
        let finding = finding(&mut files, origin);
        Notice::new(&[finding], &files)
    }

    #[test]
    fn a_finding_names_its_place_and_leads_to_it() {
        let links = Links { root: Utf8Path::new("/my course"), rules: true };
        let data = notice(Origin::Project).to_json(7, false, links);
        assert_eq!((data["version"].as_u64(), data["errors"].as_u64()), (Some(7), Some(1)));
        let item = &data["items"][0];
        assert_eq!(item["place"], "content/a.md:2:1");
        assert_eq!(item["editor"], "vscode://file/my%20course/content/a.md:2:1");
        assert_eq!(item["rule"], format!("/rules/#{}", MISSING_FILE.code.replace('/', "-")));
    }

    #[test]
    fn what_is_not_there_has_no_link() {
        let links = Links { root: Utf8Path::new("/course"), rules: false };
        let data = notice(Origin::BuiltIn).to_json(7, false, links);
        assert_eq!((&data["items"][0]["editor"], &data["items"][0]["rule"]), (&Value::Null, &Value::Null));
        assert!(!notice(Origin::BuiltIn).page(links).contains("vscode:"));
        let bug = Notice::of_bug("stopped").to_json(7, true, links);
        assert_eq!((&bug["items"][0]["place"], &bug["stale"]), (&Value::Null, &Value::Bool(true)));
    }

    #[test]
    fn the_gravest_findings_are_always_listed() {
        let mut files = Files::default();
        let error = finding(&mut files, Origin::Project);
        let mut findings: Vec<_> =
            (0..SHOWN).map(|_| Diagnostic { severity: Severity::Info, ..error.clone() }).collect();
        findings.push(error);
        let data =
            Notice::new(&findings, &files).to_json(1, false, Links { root: Utf8Path::new("/"), rules: true });
        assert_eq!((&data["items"][0]["severity"], &data["left_out"]), (&json!("error"), &json!(1)));
        assert_eq!(data["items"].as_array().map(Vec::len), Some(SHOWN));
    }

    #[test]
    fn nothing_of_the_authors_text_becomes_markup() {
        let page = notice(Origin::Project).page(Links { root: Utf8Path::new("/\"c"), rules: true });
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>") && !page.contains("<two>"), "{page}");
        assert!(page.contains("href=\"vscode://file/%22c/content/a.md:2:1\""), "{page}");
    }
}
