//! Which scenarios show something of another one: its neighbors on the way through the course, and all
//! that name it.

use std::collections::BTreeSet;

use camino::Utf8Path;
use memchr::memmem::Finder;
use rayon::prelude::*;

use crate::ir::{Node, Piece, Target, each_block};
use crate::model::{Course, Scenario};
use crate::source::{FileId, Files, Origin};

/// Where scenarios lie.
const SCENARIOS: &str = "content/scenarios/";

/// The scenario in whose folder a file lies.
pub fn scenario_at(course: &Course, path: &Utf8Path) -> Option<usize> {
    let (id, _) = path.as_str().strip_prefix(SCENARIOS)?.split_once('/')?;
    course.scenario_index(id)
}

/// The scenarios whose pages show the title or the summary of another one because of where they stand
/// in the course, whatever their texts say.
pub fn beside(course: &Course, scenario: usize) -> BTreeSet<usize> {
    let own = &course.scenarios[scenario];
    let mut found: BTreeSet<usize> = own.bridge.takes_up.iter().map(|(by, _)| *by).collect();
    found.extend(neighbors(course, scenario));
    let shows = |other: &Scenario| {
        other.extends.as_ref().is_some_and(|(from, _)| *from == scenario)
            || other.realized_by == Some(scenario)
            || other.bridge.takes_up.iter().any(|(by, _)| *by == scenario)
    };
    found.extend((0..course.scenarios.len()).filter(|&index| shows(&course.scenarios[index])));
    found
}

/// Those that come before and after it in its track: the next ones, and the next that are counted, because
/// extra ones are passed over.
fn neighbors(course: &Course, scenario: usize) -> Vec<usize> {
    let Some((track, _)) = course.scenarios[scenario].place else { return Vec::new() };
    let groups = course.tracks[track].groups.iter();
    let order: Vec<usize> = groups.flat_map(|group| group.scenarios.iter().copied()).collect();
    let Some(at) = order.iter().position(|&other| other == scenario) else { return Vec::new() };
    let is_counted = |&&other: &&usize| course.scenarios[other].number.is_some();
    let (before, after) = (&order[..at], &order[at + 1..]);
    let all = [before.last(), before.iter().rfind(is_counted), after.first(), after.iter().find(is_counted)];
    all.into_iter().flatten().copied().collect()
}

/// Whether a heading of a page shows what another scenario, or something in it, is called: the heading's
/// anchor follows that, and so may whoever leads there.
pub fn has_heading_about(page: &Scenario, scenario: usize) -> bool {
    let is_about = |piece: &Piece| match piece {
        Piece::Markdown(_) => false,
        Piece::Reference(reference) => match reference.target {
            Target::Scenario(of)
            | Target::Local { scenario: of, .. }
            | Target::File { scenario: of, .. }
            | Target::Solution { scenario: of, .. } => of == scenario,
            Target::Scenarios(first, last) => (first..=last).contains(&scenario),
            Target::Track(_)
            | Target::Tier(_)
            | Target::Group(..)
            | Target::Concept(_)
            | Target::Tutorial(_) => false,
        },
    };
    let blocks = page.written.as_ref().map(|written| written.blocks.as_slice()).unwrap_or_default();
    let mut found = false;
    each_block(blocks, &mut |block| {
        if let Node::Heading(heading) = &block.node {
            found |= heading.text.pieces.iter().any(is_about);
        }
    });
    found
}

/// Who names a scenario.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Scenarios on whose page or in whose scenario.yml it is named.
    pub scenarios: BTreeSet<usize>,
    /// It is named in the scenario.yml of another exercise, whose dashboard may show that.
    pub in_dashboards: bool,
    /// Something else than a scenario leads to a place in it, or into its folder.
    pub from_elsewhere: bool,
    /// A piece of pages names it.
    pub in_snippets: bool,
}

/// How a text names a scenario.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// `scenario:id`: by its label.
    Label,
    /// `question:id/which`, `../id/`: something in it.
    Inside,
}

/// Looks through the texts of a course, but for those of the scenario itself. What only looks like a name
/// counts, too.
pub fn mentions(course: &Course, files: &Files, scenario: usize) -> Mentions {
    let own = &course.scenarios[scenario];
    let names = Names::of(own);
    let texts: Vec<(FileId, &Utf8Path)> = files
        .below("content".into())
        .filter(|(file, path)| {
            let is_text = matches!(path.extension(), Some("md" | "yml" | "yaml"));
            is_text && files.entry(*file).origin == Origin::Project
        })
        .collect();
    let named = texts.par_iter().filter_map(|(file, path)| {
        let text = files.text(*file).ok()?;
        let naming = names.find_in(text.as_bytes());
        (!naming.is_empty()).then_some((*file, *path, naming))
    });
    let mut found = Mentions::default();
    for (file, path, naming) in named.collect::<Vec<_>>() {
        match scenario_at(course, path) {
            Some(other) if other == scenario => {}
            Some(other) => {
                found.scenarios.insert(other);
                let written = course.scenarios[other].written.as_ref();
                found.in_dashboards |= written.is_some_and(|it| it.file == file && !it.services.is_empty());
            }
            None => {
                found.from_elsewhere |= naming.contains(&Naming::Inside);
                found.in_snippets |= path.starts_with("content/snippets");
            }
        }
    }
    found
}

/// What a scenario is called by in texts.
struct Names<'a> {
    id: Finder<'a>,
    /// Its folder, and what stands in that before its id.
    folder: Finder<'a>,
    prefix: Option<&'a str>,
}

impl<'a> Names<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        Self {
            id: Finder::new(scenario.id.as_str()),
            folder: Finder::new(scenario.folder.as_str()),
            prefix: scenario.folder.strip_suffix(scenario.id.as_str()),
        }
    }

    fn find_in(&self, text: &[u8]) -> Vec<Naming> {
        let length = self.id.needle().len();
        let ids = self.id.find_iter(text).filter_map(|at| {
            let (before, after) = (&text[..at], &text[at + length..]);
            match before.last() {
                Some(b':') if after.first() != Some(&b'/') => Some(Naming::Label),
                Some(b':' | b'/') => Some(Naming::Inside),
                // The end of a range.
                Some(b'.') => Some(Naming::Label),
                _ => {
                    let prefix = self.prefix.filter(|prefix| !prefix.is_empty())?;
                    before.ends_with(prefix.as_bytes()).then_some(Naming::Inside)
                }
            }
        });
        let folders = self.prefix.is_none().then(|| self.folder.find_iter(text));
        ids.chain(folders.into_iter().flatten().map(|_| Naming::Inside)).collect()
    }
}
