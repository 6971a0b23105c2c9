//! What the site makes of a page without its author's doing: twins, descriptions, the search index.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::Utf8Path;
use memchr::{memmem, memrchr};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::secret::{Indexed, Wanted};
use crate::emit::site::search_texts;
use crate::emit::tree::OutputTree;
use crate::model::Course;

const SCENARIOS: &str = "dist/site/scenarios";
const SEARCH: &str = "dist/site/search";
const SITE: &str = "dist/site";

/// A text of the site.
pub struct SiteText<'t> {
    pub path: &'t Utf8Path,
    pub text: Cow<'t, str>,
    pub runs: Indexed,
    /// The exercise to whose page it belongs; `None` if it is about all of them.
    exercise: Option<String>,
}

impl SiteText<'_> {
    /// Whether it holds what is said of an exercise.
    pub fn is_shown_with(&self, exercise: &str) -> bool {
        self.exercise.as_ref().is_none_or(|own| own == exercise)
    }
}

/// The texts of the site that are made of pages.
pub fn site_texts<'t>(tree: &'t OutputTree, wanted: &Wanted) -> Vec<SiteText<'t>> {
    texts_below(SITE, tree, wanted)
}

/// Those that are made of the page of one scenario, and what the search shows beside it. The index itself
/// is that of an earlier state of the page.
pub fn scenario_texts<'t>(
    course: &Course,
    scenario: usize,
    tree: &'t OutputTree,
    wanted: &Wanted,
) -> Vec<SiteText<'t>> {
    let id = &course.scenarios[scenario].id;
    let mut found = texts_below(&format!("{SCENARIOS}/{id}"), tree, wanted);
    let [own, others] = search_texts(course, scenario);
    for (text, exercise) in [(own, Some(id.clone())), (others, None)] {
        let runs = Indexed::new(&text, wanted);
        found.push(SiteText { path: Utf8Path::new(SEARCH), text: Cow::Owned(text), runs, exercise });
    }
    found
}

fn texts_below<'t>(folder: &str, tree: &'t OutputTree, wanted: &Wanted) -> Vec<SiteText<'t>> {
    let mut found = Vec::new();
    for (path, _) in tree.below(folder) {
        let exercise = path.strip_prefix(SCENARIOS).ok().and_then(|inside| inside.components().next());
        let exercise = exercise.map(|folder| folder.as_str().to_owned());
        let is_search = path.starts_with(SEARCH);
        let Some(text) = tree.text(path).filter(|_| exercise.is_some() || is_search) else { continue };
        let mut add = |text: Cow<'t, str>, exercise| {
            let runs = Indexed::new(&text, wanted);
            found.push(SiteText { path, text, runs, exercise });
        };
        match path.extension() {
            _ if is_search => match indexed_texts(&text) {
                Some(texts) => texts.into_iter().for_each(|(of, text)| add(Cow::Owned(text), of)),
                None => add(text, None),
            },
            Some("html") => {
                descriptions(&text).for_each(|line| add(Cow::Owned(line.to_owned()), exercise.clone()));
            }
            Some("md" | "txt" | "json") => add(text, exercise),
            _ => {}
        }
    }
    found
}

/// The lines of a page that describe it.
fn descriptions(html: &str) -> impl Iterator<Item = &str> {
    let mut end = 0;
    let lines = memmem::find_iter(html.as_bytes(), "<meta ").filter_map(move |at| {
        let start = memrchr(b'\n', &html.as_bytes()[..at]).map_or(0, |newline| newline + 1);
        // Two of them may stand on one line.
        let line = (at >= end).then(|| html[start..].lines().next()).flatten()?;
        end = start + line.len();
        Some(line)
    });
    lines.filter(|line| line.contains("description"))
}

/// Of a part of the index, what results of the search show: the rest is passed over.
#[derive(Deserialize)]
struct Part {
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(flatten)]
    fields: Map<String, Value>,
}

/// What results of the search show, by the exercise that they lead to: a recap may say what the
/// exercise before it asks. `None` for a file that is no part of an index and so counts as a whole.
fn indexed_texts(json: &str) -> Option<Vec<(Option<String>, String)>> {
    let part = serde_json::from_str::<Part>(json).ok()?;
    let mut found: BTreeMap<Option<&str>, String> = BTreeMap::new();
    for Document { id, fields } in &part.documents {
        let exercise = id.strip_prefix("scenarios/").and_then(|inside| inside.split('/').next());
        for text in fields.values().filter_map(Value::as_str) {
            let all = found.entry(exercise).or_default();
            all.push_str(text);
            all.push('\n');
        }
    }
    Some(found.into_iter().map(|(exercise, text)| (exercise.map(str::to_owned), text)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Wanted, site_texts};
    use crate::emit::tree::OutputTree;

    fn texts(path: &str, content: &str) -> Vec<(String, bool, bool)> {
        let mut tree = OutputTree::default();
        tree.insert(path, content.as_bytes(), None).expect("a path");
        let found = site_texts(&tree, &Wanted::of(std::iter::empty(), 8));
        found
            .into_iter()
            .map(|text| (text.text.to_string(), text.is_shown_with("first"), text.is_shown_with("second")))
            .collect()
    }

    #[test]
    fn the_search_index_is_read_exercise_by_exercise() {
        let index = r#"{"first":0,"documents":[{"id":"concepts/pool/","lengths":[],"kind":"concept","text":"one set of lines"},
            {"id":"scenarios/first/#read","lengths":[null,2],"text":"what it is \"for\""}],"words":[]}"#;
        assert_eq!(
            texts("dist/site/search/0a1b/start.json", index),
            [
                ("concept\none set of lines\n".to_owned(), true, true),
                ("what it is \"for\"\n".to_owned(), true, false),
            ]
        );
    }

    #[test]
    fn another_index_is_read_as_a_whole() {
        let other = "{\"pages\":[\"some words\"]}";
        assert_eq!(texts("dist/site/search/index.json", other), [(other.to_owned(), true, true)]);
        assert_eq!(texts("dist/site/theme/0a/words.js", other), []);
    }
}
