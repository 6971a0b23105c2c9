//! Numbers that were typed by hand, and paths of the solution: what each of them means, as a reference.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::Utf8Path;

use super::writer::Facts;
use crate::adopt::convert::prose::{Patch, closes, opens};
use crate::adopt::{Page, Part, PartKind};

/// What a number or a path on a page means, as the address of a reference.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By kind and number: "Step 2" is `(Kind::Step, 2)`.
    numbers: BTreeMap<(Kind, u32), String>,
    /// Figures by both of their numbers; those with one number stand above.
    figures: BTreeMap<(u32, u32), String>,
    /// By what is written on the page: `solution/server.fixed.js`.
    paths: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Scenario,
    Step,
    Question,
    Fix,
    Figure,
}

/// Words in front of a number. A `Q` may touch it.
const WORDS: [(&str, Kind); 9] = [
    ("scenario", Kind::Scenario),
    ("exercise", Kind::Scenario),
    ("lesson", Kind::Scenario),
    ("step", Kind::Step),
    ("question", Kind::Question),
    ("q", Kind::Question),
    ("fix", Kind::Fix),
    ("figure", Kind::Figure),
    ("fig", Kind::Figure),
];

impl Names {
    pub(super) fn of(facts: &Facts<'_>, page: &Page, has_picture: impl Fn(&str) -> bool) -> Self {
        let mut names = Self::default();
        for (index, folder) in facts.repository.folders.iter().enumerate() {
            let number = folder.page.as_ref().and_then(|page| page.number).map(|number| number.value);
            let id = facts.ids.get(index).filter(|id| !id.is_empty());
            if let (Some(number), Some(id)) = (number.or(folder.number), id) {
                names.numbers.entry((Kind::Scenario, number)).or_insert_with(|| format!("scenario:{id}"));
            }
        }
        for (at, part) in page.parts.iter().enumerate() {
            let id = facts.plan.ids.get(&at).and_then(|ids| ids.first());
            match (&part.kind, id) {
                (PartKind::Section(heading), Some(id)) => {
                    let numbered = facts.plan.sections.get(&at).is_some_and(|section| {
                        section.role.is_some_and(crate::model::Role::is_step) && !section.unnumbered
                    });
                    if let Some(step) = heading.step.filter(|_| numbered) {
                        names
                            .numbers
                            .entry((Kind::Step, step.number.value))
                            .or_insert_with(|| format!("step:{id}"));
                    }
                }
                (PartKind::Question(question), Some(id)) => {
                    if let Some(number) = question.number {
                        names
                            .numbers
                            .entry((Kind::Question, number.value))
                            .or_insert_with(|| format!("question:{id}"));
                    }
                }
                (PartKind::Figure(figure), _) if has_picture(&figure.path.value) => names.add_figure(figure),
                _ => {}
            }
            names.add_anchor(facts, at, part);
        }
        // A scenario's only fix is "The fix", without a number.
        for fix in facts.plan.fixes.iter().filter(|fix| fix.part.is_some() && facts.plan.fixes.len() > 1) {
            if let Some(number) = fix.number {
                names.numbers.entry((Kind::Fix, number)).or_insert_with(|| format!("fix:{}", fix.id));
            }
        }
        for (file, target) in &facts.moved {
            if let Ok(inside) = facts.repository.files.path(*file).strip_prefix(&facts.folder.path) {
                names.paths.insert(inside.to_string(), format!("solution:{target}"));
            }
        }
        names
    }

    /// The anchor that GitHub gives a heading, by its words as they are written with their number.
    fn add_anchor(&mut self, facts: &Facts<'_>, at: usize, part: &Part) {
        let target = match (&part.kind, facts.plan.ids.get(&at).and_then(|ids| ids.first())) {
            (PartKind::Section(_), Some(id)) => format!("step:{id}"),
            (PartKind::Fix(_), _) => match facts.plan.fixes.iter().find(|fix| fix.part == Some(at)) {
                Some(fix) => format!("fix:{}", fix.id),
                None => return,
            },
            _ => return,
        };
        let heading = facts.repository.files.slice(part.span).lines().next().unwrap_or("");
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        self.paths.entry(format!("#{anchor}")).or_insert(target);
    }

    fn add_figure(&mut self, figure: &crate::adopt::Figure) {
        let (Some(number), Some(_)) = (figure.number, &figure.caption) else { return };
        let stem = Utf8Path::new(&figure.path.value).file_stem().unwrap_or_default();
        let target = format!("figure:{stem}");
        match number.minor {
            Some(minor) => self.figures.entry((number.value, minor)).or_insert(target),
            None => self.numbers.entry((Kind::Figure, number.value)).or_insert(target),
        };
    }

    /// The address of a path of the solution, as a link or a code span has it.
    pub(super) fn path(&self, path: &str) -> Option<&str> {
        self.paths.get(path.trim_start_matches("./")).map(String::as_str)
    }

    /// References for what a text says in numbers and paths, outside of code and of the ranges given.
    pub(super) fn patches(&self, text: &str, base: usize, taken: &[Range<usize>]) -> Vec<Patch> {
        let mut patches = Vec::new();
        let mut fence: Option<String> = None;
        let mut at = base;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches('\n');
            match &fence {
                Some(open) if closes(content, open) => fence = None,
                Some(_) => {}
                None => match opens(content) {
                    Some(open) => fence = Some(open),
                    None if content.starts_with("    ") || content.trim_start().starts_with('#') => {}
                    None => self.line(content, at, &mut patches),
                },
            }
            at += line.len();
        }
        let is_free = |range: &Range<usize>| {
            taken.iter().all(|other| range.end <= other.start || other.end <= range.start)
        };
        patches.retain(|(range, _)| is_free(range));
        patches
    }

    fn line(&self, line: &str, base: usize, patches: &mut Vec<Patch>) {
        let mut at = 0;
        while at < line.len() {
            let rest = &line[at..];
            if rest.starts_with('`') {
                let marks = rest.len() - rest.trim_start_matches('`').len();
                let Some(length) = rest[marks..].find(&rest[..marks]) else { return };
                let end = at + marks + length + marks;
                if let Some(target) = self.path(rest[marks..marks + length].trim()) {
                    patches.push((base + at..base + end, format!("[]({target})")));
                }
                at = end;
                continue;
            }
            let begins = line[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            if let Some((length, target)) = begins.then(|| self.number(rest)).flatten() {
                patches.push((base + at..base + at + length, format!("[]({target})")));
                at += length;
                continue;
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }

    /// A number with its word at the start of a text: how long it is, and what it means.
    fn number(&self, text: &str) -> Option<(usize, &str)> {
        let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let word = text[..letters].to_ascii_lowercase();
        let kind = WORDS.iter().find(|(known, _)| *known == word)?.1;
        let rest = &text[letters..];
        let gap = rest.len() - rest.trim_start_matches(['.', ' ', '\u{a0}']).len();
        let is_close = gap == 0 && word == "q"
            || gap == 1 && !rest.starts_with('.')
            || gap == 2 && rest.starts_with('.');
        if !is_close {
            return None;
        }
        let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let first = digits(&rest[gap..]);
        let number: u32 = rest[gap..gap + first].parse().ok()?;
        let end = gap + first;
        let after = &rest[end..];
        if let Some(second) =
            after.strip_prefix('.').filter(|_| kind == Kind::Figure).map(digits).filter(|it| *it > 0)
        {
            let minor: u32 = after[1..1 + second].parse().ok()?;
            return self
                .figures
                .get(&(number, minor))
                .map(|target| (letters + end + 1 + second, target.as_str()));
        }
        // "Q1–Q3", "step 2 to 4" and "Scenario 2: …" of a title say something else.
        let goes_on = after
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '–' | '%' | '/' | '-' | ':'))
            || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if goes_on {
            return None;
        }
        self.numbers.get(&(kind, number)).map(|target| (letters + end, target.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for (key, target) in [
            ((Kind::Scenario, 2), "scenario:list"),
            ((Kind::Step, 2), "step:look"),
            ((Kind::Question, 1), "question:guess"),
            ((Kind::Fix, 1), "fix:index"),
        ] {
            names.numbers.insert(key, target.to_owned());
        }
        names.figures.insert((3, 4), "figure:pipe".to_owned());
        names.paths.insert("solution/server.fixed.js".to_owned(), "solution:index/src/server.js".to_owned());
        names
    }

    fn patched(text: &str) -> String {
        let mut out = text.to_owned();
        for (range, new) in names().patches(text, 0, &[]).into_iter().rev() {
            out.replace_range(range, &new);
        }
        out
    }

    #[test]
    fn numbers_become_references_where_their_target_is_known() {
        for (text, expected) in [
            (
                "Look back at Q1, as in Scenario 2.",
                "Look back at [](question:guess), as in [](scenario:list).",
            ),
            ("the table of Step 2 and Fig 3.4", "the table of [](step:look) and [](figure:pipe)"),
            ("after fix 1; question 1", "after [](fix:index); [](question:guess)"),
            ("Step 7, Q12, Fig 3.5", "Step 7, Q12, Fig 3.5"),
            ("Steps 2 to 4, Q1–Q3, step 2.5, prefix 1", "Steps 2 to 4, Q1–Q3, step 2.5, prefix 1"),
            ("`Q1` and\n```\nQ1\n```\n", "`Q1` and\n```\nQ1\n```\n"),
            ("# Step 2\n", "# Step 2\n"),
            ("see `solution/server.fixed.js`", "see [](solution:index/src/server.js)"),
        ] {
            assert_eq!(patched(text), expected);
        }
    }

    #[test]
    fn what_is_taken_stays() {
        assert_eq!(names().patches("[Q1](x)", 0, std::slice::from_ref(&(0..7))), Vec::new());
    }
}
