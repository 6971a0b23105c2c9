//! Patterns of paths, as the linter's settings name them.

use camino::Utf8Path;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde_json::{Value as Json, json};

use super::decode::Decode;
use super::node::Node;
use super::schema::Defs;
use crate::diag::catalog::manifest;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// A path, or a pattern of paths, relative to the project. `*` stays in its folder, `**` does not;
/// what names a folder means everything below it.
#[derive(Clone, Debug)]
pub struct PathPattern {
    pub text: String,
    pub span: Span,
    set: GlobSet,
}

impl PathPattern {
    /// Whether a path fits.
    #[must_use]
    pub fn matches(&self, path: &Utf8Path) -> bool {
        self.set.is_match(path.as_std_path())
    }
}

fn compile(text: &str) -> Result<GlobSet, globset::Error> {
    let plain = text.trim_start_matches("./").trim_end_matches('/');
    let mut set = GlobSetBuilder::new();
    for pattern in [plain.to_owned(), format!("{plain}/**")] {
        set.add(GlobBuilder::new(&pattern).literal_separator(true).build()?);
    }
    set.build()
}

impl Decode for PathPattern {
    fn decode(node: &Node, sink: &Sink) -> Option<Self> {
        let text = String::decode(node, sink)?;
        match compile(&text) {
            Ok(set) => Some(Self { text, span: node.span, set }),
            Err(error) => {
                let message = format!("`{text}` is not a pattern of paths: {}", error.kind());
                let help =
                    "write a path such as `content/tutorials`, or a pattern such as `content/**/*.svg`";
                sink.push(Diagnostic::new(&manifest::BAD_VALUE, node.span, message).help(help));
                None
            }
        }
    }

    fn schema(_: &mut Defs) -> Json {
        json!({ "type": "string" })
    }

    fn expects() -> String {
        "a path or pattern".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        compile(pattern).expect("a pattern").is_match(path)
    }

    #[test]
    fn a_folder_means_what_is_in_it() {
        assert!(matches("content/tutorials", "content/tutorials/a/b.md"));
        assert!(matches("./content/tutorials/", "content/tutorials/a/b.md"));
        assert!(matches("content/tutorials/**", "content/tutorials/a.md"));
        assert!(matches("content/course.yml", "content/course.yml"));
        assert!(!matches("content/tutorials", "content/tutorials-old/a.md"));
    }

    #[test]
    fn a_star_stays_in_its_folder() {
        assert!(matches("content/*/a.md", "content/x/a.md"));
        assert!(!matches("content/*.md", "content/x/a.md"));
        assert!(matches("**/*.svg", "content/x/y/a.svg"));
        assert!(compile("content/{a").is_err());
    }
}
