//! What the README says about the course: its title, and scenarios in order, in tables or lists below
//! headings. Which folder an entry is about is decided in `repository`.

use super::curriculum_list::list_groups;
use super::curriculum_table::table_entries;
use super::facts::tier_in;
use super::marks::{unmarked, words};
use super::page::{PageBlock, Shape, blocks_of};
use super::run::Run;
use crate::adopt::{Curriculum, Entry, Group};
use crate::source::{FileId, Files, Span, Spanned};

/// Headings that say no more than that scenarios follow.
const GENERIC: [&str; 14] = [
    "curriculum",
    "the curriculum",
    "scenarios",
    "the scenarios",
    "exercises",
    "the exercises",
    "contents",
    "labs",
    "table of contents",
    "overview",
    "course",
    "the course",
    "modules",
    "learning path",
];

/// The README as read so far.
pub(super) struct Readme<'a> {
    pub files: &'a Files,
    pub blocks: Vec<PageBlock>,
    /// Whether an address as written leads into a scenario's folder.
    pub is_scenario: &'a dyn Fn(&str) -> bool,
}

impl<'a> Readme<'a> {
    pub fn run(&self, span: Span) -> Run<'a> {
        Run::of(self.files, span)
    }

    fn heading(&self, at: usize) -> Option<(u8, Run<'a>)> {
        match self.blocks[at].shape {
            Shape::Heading { level, text } => Some((level, self.run(text))),
            _ => None,
        }
    }

    fn span_of(&self, from: usize, to: usize) -> Span {
        self.blocks[from].span.to(self.blocks[to - 1].span)
    }
}

/// Reads the curriculum of a README.
pub(super) fn read_curriculum(files: &Files, file: FileId, is_scenario: &dyn Fn(&str) -> bool) -> Curriculum {
    let readme = Readme { files, blocks: blocks_of(files, file), is_scenario };
    let mut curriculum = Curriculum::default();
    let mut above: Vec<(u8, Run<'_>)> = Vec::new();
    let mut at = 0;
    while at < readme.blocks.len() {
        let end = (at + 1..readme.blocks.len())
            .find(|at| readme.heading(*at).is_some())
            .unwrap_or(readme.blocks.len());
        if let Some((level, text)) = readme.heading(at) {
            above.retain(|(known, _)| *known < level);
            above.push((level, text));
        }
        read_section(&readme, at..end, &above, &mut curriculum);
        at = end;
    }
    curriculum
}

/// A heading and the blocks to the next one.
fn read_section(
    readme: &Readme<'_>,
    section: std::ops::Range<usize>,
    above: &[(u8, Run<'_>)],
    curriculum: &mut Curriculum,
) {
    let heading = readme.heading(section.start);
    let body = section.start + usize::from(heading.is_some());
    let mut found = Vec::new();
    let mut text_from = body;
    for at in body..section.end {
        let groups = groups_at(readme, at, above);
        if groups.is_empty() {
            continue;
        }
        let text = (text_from < at).then(|| readme.span_of(text_from, at));
        join(&mut found, groups, text, &mut curriculum.rest);
        text_from = at + 1;
    }
    if !found.is_empty() {
        curriculum.groups.append(&mut found);
        curriculum.rest.extend((text_from < section.end).then(|| readme.span_of(text_from, section.end)));
        return;
    }
    let is_title = heading.is_some_and(|(level, _)| level == 1) && curriculum.title.is_none();
    if is_title {
        curriculum.title = heading.map(|(_, text)| Spanned::new(unmarked(text.text), text.span));
        curriculum.about.extend(readme.blocks[body..section.end].iter().map(|block| block.span));
    } else if !section.is_empty() {
        curriculum.rest.push(readme.span_of(section.start, section.end));
    }
}

/// Text above the first entries is the goal of their group; more entries below one heading join it.
fn join(found: &mut Vec<Group>, groups: Vec<Group>, text: Option<Span>, rest: &mut Vec<Span>) {
    for (at, mut group) in groups.into_iter().enumerate() {
        let text = text.filter(|_| at == 0);
        match found.last_mut().filter(|last| last.name.span == group.name.span) {
            Some(last) => {
                last.entries.append(&mut group.entries);
                rest.extend(text);
            }
            None => {
                match group.goal {
                    None => group.goal = text,
                    Some(_) => rest.extend(text),
                }
                found.push(group);
            }
        }
    }
}

fn groups_at(readme: &Readme<'_>, at: usize, above: &[(u8, Run<'_>)]) -> Vec<Group> {
    match &readme.blocks[at].shape {
        Shape::Table(table) => match table_entries(readme, at, table) {
            entries if entries.is_empty() => Vec::new(),
            entries => vec![group_of(readme, at, above, entries)],
        },
        Shape::List(_) => {
            let (groups, flat) = list_groups(readme, at);
            let mut all: Vec<Group> =
                (!flat.is_empty()).then(|| group_of(readme, at, above, flat)).into_iter().collect();
            let part_of = above.last().and_then(|(level, text)| named(*level, *text));
            all.extend(groups.into_iter().map(|group| Group { part_of: part_of.clone(), ..group }));
            all
        }
        _ => Vec::new(),
    }
}

/// A group that is named by the heading above.
fn group_of(readme: &Readme<'_>, at: usize, above: &[(u8, Run<'_>)], entries: Vec<Entry>) -> Group {
    let (name, tier) = match above.last() {
        Some((_, text)) => (Spanned::new(unmarked(text.text), text.span), tier_in(*text)),
        None => (Spanned::new(String::new(), readme.run(readme.blocks[at].span).to(0).span), None),
    };
    let part_of = above.iter().rev().skip(1).find_map(|(level, text)| named(*level, *text));
    Group { name, part_of, tier, goal: None, entries }
}

/// A heading that gathers groups: not the title, and not one that says nothing.
fn named(level: u8, text: Run<'_>) -> Option<Spanned<String>> {
    let is_named = level > 1 && !GENERIC.contains(&words(text.text).as_str());
    is_named.then(|| Spanned::new(unmarked(text.text), text.span))
}
