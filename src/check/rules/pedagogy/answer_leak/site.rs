//! What the site makes of a page without its author's doing: twins, descriptions, the search index.

use camino::Utf8Path;

use super::secret::Indexed;
use crate::emit::tree::OutputTree;

const SCENARIOS: &str = "dist/site/scenarios";
const SITE: &str = "dist/site";

/// A text of the site.
pub struct SiteText<'t> {
    pub path: &'t Utf8Path,
    pub text: &'t str,
    pub runs: Indexed,
    /// The exercise to whose page it belongs; `None` if it is about all of them.
    exercise: Option<&'t str>,
}

impl SiteText<'_> {
    /// Whether it holds what is said of an exercise.
    pub fn is_shown_with(&self, exercise: &str) -> bool {
        self.exercise.is_none_or(|own| own == exercise)
    }
}

/// The texts of the site that are made of pages. `run` is how many words in a row count.
pub fn site_texts(tree: &OutputTree, run: usize) -> Vec<SiteText<'_>> {
    let mut found = Vec::new();
    for (path, _) in tree.iter().filter(|(path, _)| path.starts_with(SITE)) {
        let exercise = path.strip_prefix(SCENARIOS).ok().and_then(|inside| inside.components().next());
        let exercise = exercise.map(|folder| folder.as_str());
        let is_search = path.extension() == Some("json") && path.as_str().contains("search");
        let Some(text) = tree.text(path).filter(|_| exercise.is_some() || is_search) else { continue };
        let mut add = |text| found.push(SiteText { path, text, runs: Indexed::new(text, run), exercise });
        match path.extension() {
            Some("html") => text.lines().filter(|line| is_description(line)).for_each(add),
            Some("md" | "txt" | "json") => add(text),
            _ => {}
        }
    }
    found
}

fn is_description(line: &str) -> bool {
    line.contains("<meta ") && line.contains("description")
}
