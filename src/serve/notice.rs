//! What a page says about the course's findings: a box on top of a page, or a page of its own when
//! there are no pages yet.

use serde_json::{Value, json};

use crate::diag::render::{print_human, print_summary};
use crate::diag::{Diagnostic, Severity};
use crate::source::Files;

/// More findings than this are counted, not listed: the box must stay readable.
const SHOWN: usize = 50;

/// The findings as pages need them.
#[derive(Clone, Debug)]
pub struct Notice {
    pub summary: String,
    pub errors: usize,
    pub items: Vec<Value>,
    /// All findings as a terminal would show them.
    text: String,
}

impl Notice {
    /// Prepares findings for showing.
    pub fn new(findings: &[Diagnostic], files: &Files) -> Self {
        let items = findings.iter().take(SHOWN).map(|finding| item(finding, files)).collect();
        let text = findings.iter().map(|finding| print_human(finding, files, false) + "\n").collect();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        Self { summary: print_summary(findings), errors, items, text }
    }

    /// After a bug of ours: the course may be fine, we cannot tell.
    pub fn of_bug(message: &str) -> Self {
        let summary = "scenarist has a bug; the terminal says more".to_owned();
        let item =
            json!({ "severity": "error", "code": "bug", "message": message, "place": "", "help": null });
        Self {
            summary: summary.clone(),
            errors: 1,
            items: vec![item],
            text: format!("{summary}: {message}\n"),
        }
    }

    /// As the browser's script reads it.
    pub fn to_json(&self, version: u64) -> Value {
        json!({ "version": version, "summary": self.summary, "errors": self.errors, "items": self.items })
    }

    /// A page for the time when nothing can be shown.
    pub fn page(&self) -> String {
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>The course cannot be shown yet</title>\n\
             <style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
             color-scheme:light dark}}pre{{overflow-x:auto;padding:1rem;border:1px solid;border-radius:.5rem;\
             font:14px/1.45 ui-monospace,monospace}}</style>\n</head>\n<body>\n<main>\n\
             <h1>The course cannot be shown yet</h1>\n\
             <p>{}. This page changes by itself once the course compiles.</p>\n<pre>{}</pre>\n</main>\n</body>\n</html>\n",
            escape(&self.summary),
            escape(&self.text)
        )
    }
}

fn item(finding: &Diagnostic, files: &Files) -> Value {
    let at = files.position(finding.span.file, finding.span.start);
    let place = format!("{}:{}:{}", files.path(finding.span.file), at.line, at.column);
    json!({
        "severity": finding.severity.word(),
        "code": finding.spec.code,
        "message": finding.message,
        "place": place,
        "help": finding.help,
    })
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

    fn notice() -> Notice {
        let mut files = Files::default();
        let id = files.add_text("content/a.md", "one\n<two>\n");
        let finding = Diagnostic::new(&MISSING_FILE, Span::new(id, 4, 9), "`<b>` is missing");
        Notice::new(&[finding], &files)
    }

    #[test]
    fn a_finding_names_its_place() {
        let data = notice().to_json(7);
        assert_eq!(data["items"][0]["place"], "content/a.md:2:1");
        assert_eq!(data["version"], 7);
        assert_eq!(data["errors"], 1);
    }

    #[test]
    fn nothing_of_the_authors_text_becomes_markup() {
        let page = notice().page();
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>") && !page.contains("<two>"), "{page}");
    }
}
