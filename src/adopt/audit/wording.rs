//! Findings in the words of a hand-made repository: its author has no scenario.yml, no directives and no
//! ids.

use super::super::{Conversion, Repository};
use crate::diag::Diagnostic;
use crate::model::Course;

/// The help of codes whose own speaks of the source format.
const HELP: &[(&str, &str)] = &[
    ("code/prose-disagrees-with-code", "write the number that the files have, or change the files"),
    ("code/unexplained-javascript", "say in a comment above this line what it is or does"),
    (
        "curriculum/concept-named-before-introduced",
        "say it in plain words, or say which scenario explains it",
    ),
    (
        "curriculum/concept-introduced-twice",
        "let the later scenario build on it, and list it there as something that is known",
    ),
    ("curriculum/concept-never-questioned", "ask a question about it, and name it there"),
    ("curriculum/concept-without-diagram", "add a picture with a caption below this heading"),
    (
        "curriculum/concept-used-before-introduced",
        "move the scenario behind the one that explains it, or explain it here",
    ),
    (
        "curriculum/explain-analyze-progression",
        "bring the help of the scenarios into the order of the curriculum",
    ),
    ("curriculum/introduces-nothing", "list what is new in it in the curriculum"),
    ("curriculum/missing-recap", "add a short section that recalls what it builds on"),
    ("curriculum/planned-without-summary", "say in its row what breaks and what the learner does"),
    ("curriculum/shared-app", "choose another app"),
    ("curriculum/tier-out-of-order", "move one of the two parts, or correct its level"),
    (
        "image/node-version-mismatch",
        "take an image of the version that package.json asks for, or change `engines`",
    ),
    ("link/dead-anchor", "write the anchor of a heading that is there"),
    ("link/dead-link", "correct the address"),
    ("pedagogy/length-out-of-range", "write a time around that, or change how long the page is"),
    (
        "pedagogy/missing-results-table",
        "add a table with a row for each figure and a column for each measurement",
    ),
    (
        "pedagogy/missing-stuck-table",
        "add a section with a table: what may go wrong, and what to do about it",
    ),
    ("pedagogy/no-observation-question", "ask after the load test what learners see in a panel or a figure"),
    ("pedagogy/no-reflection-question", "ask at the end what they would do, and why"),
    ("pedagogy/observation-without-observable", "name a panel, a figure or a command"),
    ("pedagogy/question-without-answer", "add it to the answer key"),
    (
        "pedagogy/scaffolding-too-low",
        "add a tip above its code: where to look, then what to change, never the line itself",
    ),
    (
        "pedagogy/untyped-fix",
        "show what to type: the lines before and after, or the statement in a `sql` fence",
    ),
    ("prose/invisible-character", "take it away"),
    ("source/html-not-closed", "write the closing tag where it ends"),
    ("source/unfinished", "write it, or call the scenario a draft in the curriculum"),
];

/// Words of the source format. A help that has one of them is of no use here.
const OF_SOURCE: [&str; 27] = [
    ":::",
    "{#",
    "{.",
    "scenario.yml",
    "course.yml",
    "stack.yml",
    "concepts.yml",
    "track.yml",
    "](scenario:",
    "](file:",
    "](fact:",
    "](loadtest:",
    "](panel:",
    "](solution:",
    "](fix:",
    "](fig:",
    "](q:",
    "lint --fix",
    "directive",
    "region",
    "content/",
    "snippet",
    "`docker: true`",
    "`introduces",
    "`deepens`",
    "`uses`",
    "`extends",
];

/// What ids stand for.
#[derive(Debug, Default)]
pub struct Names {
    /// An id between backticks, and the words in its place.
    known: Vec<(String, String)>,
}

impl Names {
    /// The ids that the conversion gave to what has none.
    #[must_use]
    pub fn of(course: &Course, repository: &Repository, conversion: &Conversion) -> Self {
        let mut known = Vec::new();
        let mut add = |id: &str, words: String| known.push((format!("`{id}`"), words));
        for scenario in &course.scenarios {
            for fix in scenario.written.iter().flat_map(|written| &written.fixes) {
                add(&fix.id, format!("\"{}\"", fix.title));
            }
            add(&scenario.id, format!("\"{}\"", scenario.title));
        }
        for concept in &course.concepts {
            add(&concept.id, format!("`{}`", concept.name));
        }
        for group in course.tracks.iter().flat_map(|track| &track.groups) {
            add(&group.id, format!("\"{}\"", group.name));
        }
        // Where each fix has a folder of its own here, files are called as in the repository.
        for (id, folder) in conversion.ids.iter().zip(&repository.folders) {
            let fixes = course.scenario_index(id).and_then(|index| course.scenarios[index].written.as_ref());
            for fix in fixes.iter().flat_map(|written| &written.fixes) {
                for solution in &folder.solution {
                    let path = repository.files.path(solution.file);
                    let (Some(name), Ok(inside)) = (path.file_name(), path.strip_prefix(&folder.path)) else {
                        continue;
                    };
                    known.push((format!("`solution/{}/{name}`", fix.id), format!("`{inside}`")));
                }
            }
        }
        known.sort_by_key(|(id, _)| std::cmp::Reverse(id.len()));
        Self { known }
    }

    fn replaced(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (id, words) in self.known.iter().filter(|(id, words)| id != words) {
            if text.contains(id.as_str()) {
                text = text.replace(id.as_str(), words);
            }
        }
        text
    }

    /// A finding without ids and without words of the source format.
    #[must_use]
    pub fn reworded(&self, mut finding: Diagnostic) -> Diagnostic {
        finding.message = self.replaced(&finding.message).replace(" in the monorepo", "");
        for label in &mut finding.secondary {
            label.text = self.replaced(&label.text);
        }
        finding.label = finding.label.map(|label| self.replaced(&label));
        let own =
            HELP.iter().find(|(code, _)| *code == finding.spec.code).map(|(_, help)| (*help).to_owned());
        let theirs = || finding.help.as_ref().map(|help| without_stack(&self.replaced(help)));
        finding.help = own.or_else(|| without_source(&theirs()?));
        finding
    }
}

/// Whether a text speaks of the source format.
#[must_use]
pub fn is_of_source(text: &str) -> bool {
    OF_SOURCE.iter().any(|word| text.contains(word))
}

/// A help without those of its ways that only the source format has.
fn without_source(help: &str) -> Option<String> {
    let ways: Vec<&str> = help.split(", or ").filter(|way| !is_of_source(way)).collect();
    (!ways.is_empty()).then(|| ways.join(", or "))
}

/// "install `jq` in the Dockerfile and add `jq` to `tools` in stack.yml, or use another program"
fn without_stack(help: &str) -> String {
    let (start, end) = (help.find(" and add `"), help.find(" in stack.yml"));
    match (start, end) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &help[..start], &help[end + " in stack.yml".len()..])
        }
        _ => help.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::all_specs;

    #[test]
    fn every_help_is_one_of_a_code_and_of_the_usual_form() {
        for (code, help) in HELP {
            assert!(all_specs().iter().any(|spec| spec.code == *code), "{code}");
            assert!(!help.ends_with('.') && help.starts_with(|c: char| c.is_lowercase()), "{help}");
            assert!(!is_of_source(help), "{help}");
        }
    }

    #[test]
    fn ways_of_the_source_format_are_left_out() {
        let docker = "write `docker: true` under `environment`, or let learners do it without Docker";
        assert_eq!(without_source(docker).as_deref(), Some("let learners do it without Docker"));
        assert_eq!(without_source("add a `:::hint`"), None);
        assert_eq!(without_source("take it away").as_deref(), Some("take it away"));
    }

    #[test]
    fn what_a_stack_needs_is_left_out() {
        let help =
            "install `jq` in the Dockerfile and add `jq` to `tools` in stack.yml, or use another program";
        assert_eq!(without_stack(help), "install `jq` in the Dockerfile, or use another program");
    }
}
