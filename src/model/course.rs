//! Course, tracks, groups, tiers, concepts, tutorials.

use std::collections::{BTreeSet, HashMap};

use super::scenario::Scenario;
use crate::ir::{Block, RichText, Target};
use crate::manifest;
use crate::manifest::course::{Comments, Scaffolding};
use crate::manifest::scenario::{Kind, Status};
use crate::source::{FileId, Span};

/// The whole course. Everything refers to everything else by index.
#[derive(Debug)]
pub struct Course {
    pub title: String,
    pub tagline: RichText,
    pub about: RichText,
    /// `owner/name` on GitHub.
    pub repository: String,
    pub branch: String,
    /// Where the site is published; ends with `/`.
    pub site: Option<String>,
    pub language: String,
    pub theme: String,
    pub comments: Comments,
    pub tiers: Vec<Tier>,
    pub tracks: Vec<Track>,
    /// All scenarios in course order: track by track, group by group; then those in no track.
    pub scenarios: Vec<Scenario>,
    /// Which of them has an id; see [`Course::index_of`].
    pub by_id: HashMap<String, usize>,
    pub concepts: Vec<Concept>,
    pub tutorials: Vec<Tutorial>,
    pub opening: Vec<RichText>,
    /// Title and text.
    pub how: Vec<(RichText, RichText)>,
    /// Question and answer.
    pub faq: Vec<(RichText, RichText)>,
    /// Scenarios whose scenario.yml could not be used: names of theirs are not reported as missing.
    pub broken: BTreeSet<String>,
    /// A track could not be used: nobody knows which scenarios it describes.
    pub lost_tracks: bool,
    /// course.yml as written.
    pub manifest: manifest::course::Course,
}

/// A tier.
#[derive(Debug)]
pub struct Tier {
    pub id: String,
    pub name: String,
    pub emoji: Option<String>,
    pub scaffolding: Scaffolding,
    pub summary: RichText,
}

/// A track.
#[derive(Debug)]
pub struct Track {
    pub id: String,
    pub title: String,
    /// 1-based.
    pub number: u32,
    /// "Scenario", "Case study", ….
    pub noun: String,
    pub summary: RichText,
    pub audience: RichText,
    pub before: RichText,
    pub change: RichText,
    pub groups: Vec<Group>,
    pub was: Vec<String>,
}

/// A group of a track.
#[derive(Debug)]
pub struct Group {
    pub id: String,
    pub name: String,
    /// Index into `Course::tiers`.
    pub tier: Option<usize>,
    pub goal: RichText,
    pub why: RichText,
    pub guidance: RichText,
    pub bonus: bool,
    /// Indices into `Course::scenarios`, in order.
    pub scenarios: Vec<usize>,
}

/// A concept.
#[derive(Debug)]
pub struct Concept {
    pub id: String,
    pub name: String,
    pub summary: RichText,
    pub terms: Vec<String>,
    /// Indices into `Course::concepts`.
    pub requires: Vec<usize>,
    /// Scenarios that introduce, deepen and use it, in course order.
    pub introduced_in: Vec<usize>,
    pub deepened_in: Vec<usize>,
    pub used_in: Vec<usize>,
    pub was: Vec<String>,
    pub span: Span,
}

/// A tutorial.
#[derive(Debug)]
pub struct Tutorial {
    pub id: String,
    pub title: String,
    pub status: Status,
    pub summary: RichText,
    pub objectives: Vec<RichText>,
    pub prerequisites: Vec<RichText>,
    /// Indices into `Course::concepts`.
    pub uses: Vec<usize>,
    pub pages: Vec<TutorialPage>,
    pub further: Vec<RichText>,
    pub was: Vec<String>,
    /// Pictures of all pages: name below `assets/`, and the file.
    pub assets: Vec<(String, FileId)>,
}

/// A page of a tutorial.
#[derive(Debug)]
pub struct TutorialPage {
    pub id: String,
    pub title: String,
    pub summary: RichText,
    /// Empty while the page is planned.
    pub blocks: Vec<Block>,
    /// Its link and footnote definitions as written: they hold for the whole page.
    pub definitions: Vec<String>,
}

impl Course {
    /// The address that opens a Codespace with the devcontainer of a scenario's folder
    /// (format.md, "Codespaces facts").
    #[must_use]
    pub fn codespaces_link(&self, folder: &str) -> String {
        format!(
            "https://codespaces.new/{}?devcontainer_path=.devcontainer%2F{folder}%2Fdevcontainer.json",
            self.repository
        )
    }

    /// The index of the scenario with this id.
    #[must_use]
    pub fn scenario_index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Which of these scenarios has an id; of two that share one, the first.
    #[must_use]
    pub fn index_of(scenarios: &[Scenario]) -> HashMap<String, usize> {
        let last_first = scenarios.iter().enumerate().rev();
        last_first.map(|(index, scenario)| (scenario.id.clone(), index)).collect()
    }

    /// The track and group of a scenario, if it is in one.
    #[must_use]
    pub fn place(&self, scenario: usize) -> Option<(&Track, &Group)> {
        let place = self.scenarios[scenario].place?;
        let track = &self.tracks[place.0];
        Some((track, &track.groups[place.1]))
    }

    /// The tier of a scenario, if its group has one.
    #[must_use]
    pub fn tier_of(&self, scenario: usize) -> Option<&Tier> {
        let (_, group) = self.place(scenario)?;
        group.tier.map(|tier| &self.tiers[tier])
    }

    /// The counted scenarios of the track that come before one: what its learners have done. Failures
    /// need no order, so nothing comes before them.
    #[must_use]
    pub fn earlier(&self, scenario: usize) -> Option<Target> {
        let entry = self.scenarios.get(scenario).filter(|entry| entry.kind != Kind::Failure)?;
        entry.number.filter(|&number| number > 1)?;
        let track = &self.tracks[entry.place?.0];
        let first =
            track.groups.iter().flat_map(|group| &group.scenarios).find(|at| self.is_counted(**at))?;
        let last = self.before(scenario)?.find(|&at| self.is_counted(at))?;
        Some(if *first == last { Target::Scenario(last) } else { Target::Scenarios(*first, last) })
    }

    /// The scenario that follows another in its track: the next counted one, then the first that
    /// is extra. After the last of a track there is none.
    #[must_use]
    pub fn next_scenario(&self, scenario: usize) -> Option<usize> {
        let mut after = self.after(scenario)?;
        let first = after.next()?;
        if !self.is_counted(scenario) || self.is_counted(first) {
            return Some(first);
        }
        Some(after.find(|&other| self.is_counted(other)).unwrap_or(first))
    }

    /// The first scenario that this one follows.
    #[must_use]
    pub fn previous_scenario(&self, scenario: usize) -> Option<usize> {
        let beside = self.before(scenario)?.next()?;
        if self.is_counted(scenario) {
            return self.before(scenario)?.find(|&other| self.is_counted(other)).or(Some(beside));
        }
        (self.next_scenario(beside) == Some(scenario)).then_some(beside)
    }

    fn is_counted(&self, scenario: usize) -> bool {
        self.scenarios[scenario].number.is_some()
    }

    /// The scenarios of its track behind a scenario, the nearest first.
    fn after(&self, scenario: usize) -> Option<impl Iterator<Item = usize>> {
        let (groups, group, at) = self.position(scenario)?;
        let beside = groups[group].scenarios[at + 1..].iter();
        Some(beside.chain(groups[group + 1..].iter().flat_map(|group| &group.scenarios)).copied())
    }

    /// The same before it.
    fn before(&self, scenario: usize) -> Option<impl Iterator<Item = usize>> {
        let (groups, group, at) = self.position(scenario)?;
        let beside = groups[group].scenarios[..at].iter().rev();
        let above = groups[..group].iter().rev().flat_map(|group| group.scenarios.iter().rev());
        Some(beside.chain(above).copied())
    }

    /// The groups of a scenario's track, which of them is its own, and where it stands in that.
    fn position(&self, scenario: usize) -> Option<(&[Group], usize, usize)> {
        let (track, group) = self.scenarios[scenario].place?;
        let groups = &self.tracks[track].groups;
        let at = groups[group].scenarios.iter().position(|&other| other == scenario)?;
        Some((groups, group, at))
    }
}
