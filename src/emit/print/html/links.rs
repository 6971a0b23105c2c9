//! Where things are on the site, and what a reference becomes on one of its pages.

use std::collections::BTreeMap;

use crate::emit::review::Notes;
use crate::ir::{LocalKind, Reference, Target};
use crate::manifest::scenario::Status;
use crate::model::{Course, Scenario, Viewpoint, reference_label};

use super::escape::{escape_attribute, escape_markdown};

/// A page and what links on it are relative to.
#[derive(Clone, Debug)]
pub struct Links<'a> {
    pub course: &'a Course,
    /// Where its reader stands: what they are in goes unnamed.
    pub from: Viewpoint,
    /// The page's address below the site: empty for the home page, else it ends with `/`.
    pub page: String,
    /// Leads from the page to the site's root: `../../`. Empty on the home page; absolute on a page
    /// that is shown at any address.
    pub root: String,
    /// The folder of the page's pictures, relative to the site's root, ending with `/`.
    pub assets: String,
    /// Width and height of pictures by name, as far as they say it: a page that knows them does not
    /// jump while they load.
    pub sizes: BTreeMap<String, (u32, u32)>,
    /// The page's link and footnote definitions: each piece of Markdown is converted with them.
    pub definitions: String,
    /// What a review build says on the page. Without it nothing of a review is printed.
    pub review: Option<Notes<'a>>,
}

/// The page of a scenario, relative to the site's root.
#[must_use]
pub fn scenario_page(id: &str) -> String {
    ["scenarios/", id, "/"].concat()
}

/// The page of a track.
#[must_use]
pub fn track_page(id: &str) -> String {
    ["tracks/", id, "/"].concat()
}

/// The page of a concept.
#[must_use]
pub fn concept_page(id: &str) -> String {
    ["concepts/", id, "/"].concat()
}

/// The page of a tutorial.
#[must_use]
pub fn tutorial_page(id: &str) -> String {
    ["tutorials/", id, "/"].concat()
}

/// The anchor of a group on its track's page.
#[must_use]
pub fn group_anchor(id: &str) -> String {
    format!("group-{id}")
}

impl<'a> Links<'a> {
    /// A page at an address below the site's root.
    #[must_use]
    pub fn new(course: &'a Course, page: impl Into<String>) -> Self {
        let page = page.into();
        let root = "../".repeat(page.matches('/').count());
        let assets = [&page, "assets/"].concat();
        Self {
            course,
            from: Viewpoint::Elsewhere,
            page,
            root,
            assets,
            sizes: BTreeMap::new(),
            definitions: String::new(),
            review: None,
        }
    }

    /// The page of a scenario.
    #[must_use]
    pub fn for_scenario(course: &'a Course, scenario: usize) -> Self {
        let page = course.scenarios.get(scenario).map(|found| scenario_page(&found.id)).unwrap_or_default();
        Self { from: Viewpoint::Scenario(scenario), ..Self::new(course, page) }
    }

    /// The page of a track.
    #[must_use]
    pub fn for_track(course: &'a Course, track: usize) -> Self {
        let page = course.tracks.get(track).map(|found| track_page(&found.id)).unwrap_or_default();
        Self::new(course, page).inside(track)
    }

    /// The same page where it tells of a track: what is in that track goes without its name.
    #[must_use]
    pub fn inside(self, track: usize) -> Self {
        Self { from: Viewpoint::Track(track), ..self }
    }

    /// The address of a page or file of the site, seen from this page.
    #[must_use]
    pub fn to(&self, target: &str) -> String {
        let (page, anchor) =
            target.split_once('#').map_or((target, None), |(page, anchor)| (page, Some(anchor)));
        match anchor {
            Some(anchor) if page == self.page => ["#", anchor].concat(),
            _ if target.len() > self.page.len()
                && self.page.ends_with('/')
                && target.starts_with(&self.page) =>
            {
                target[self.page.len()..].to_owned()
            }
            _ if page.is_empty() && self.root.is_empty() => format!("./{target}"),
            _ => [&self.root, target].concat(),
        }
    }

    /// The address that a reference leads to; `None` when it only names something.
    #[must_use]
    pub fn href(&self, target: &Target) -> Option<String> {
        let course = self.course;
        match target {
            Target::Scenario(index) | Target::Scenarios(index, _) => {
                Some(self.to(&scenario_page(&course.scenarios.get(*index)?.id)))
            }
            Target::Track(index) => Some(self.to(&track_page(&course.tracks.get(*index)?.id))),
            Target::Tier(_) => None,
            Target::Group(track, group) => {
                let track = course.tracks.get(*track)?;
                let anchor = group_anchor(&track.groups.get(*group)?.id);
                Some(self.to(&format!("{}#{anchor}", track_page(&track.id))))
            }
            Target::Concept(index) => Some(self.to(&concept_page(&course.concepts.get(*index)?.id))),
            Target::Tutorial(index) => Some(self.to(&tutorial_page(&course.tutorials.get(*index)?.id))),
            Target::Local { scenario, kind, id } => {
                let anchor = local_anchor(*kind, id)?;
                let page = scenario_page(&course.scenarios.get(*scenario)?.id);
                Some(self.to(&[&page, "#", &anchor].concat()))
            }
            Target::File { scenario, path } => self.repository_file(*scenario, path.as_str()),
            Target::Solution { scenario, path } => {
                self.repository_file(*scenario, &format!("solution/{path}"))
            }
        }
    }

    /// The address of a file of a scenario's folder on GitHub; `None` while the scenario is not in
    /// the published repository.
    #[must_use]
    pub fn repository_file(&self, scenario: usize, path: &str) -> Option<String> {
        let scenario = self.course.scenarios.get(scenario).filter(|found| is_published(found))?;
        let Course { repository, branch, .. } = self.course;
        Some(format!("https://github.com/{repository}/blob/{branch}/{}/{path}", scenario.folder))
    }

    /// A reference as HTML around Markdown: raw HTML passes through Markdown unchanged, and the
    /// author's own words may hold Markdown.
    #[must_use]
    pub fn print_reference(&self, reference: &Reference) -> String {
        let label = reference_label(self.course, reference, self.from);
        let is_markdown = reference.text.is_some()
            || matches!(reference.target, Target::File { .. } | Target::Solution { .. });
        let label = if is_markdown { label } else { escape_markdown(&label) };
        let Some(href) = self.href(&reference.target) else { return label };
        let href = escape_attribute(&href);
        let concept = match &reference.target {
            Target::Concept(index) => self.course.concepts.get(*index),
            _ => None,
        };
        match concept.map(|concept| escape_attribute(&concept.id)) {
            Some(id) => {
                ["<a class=\"concept\" data-concept=\"", &id, "\" href=\"", &href, "\">", &label, "</a>"]
                    .concat()
            }
            None => ["<a href=\"", &href, "\">", &label, "</a>"].concat(),
        }
    }
}

fn is_published(scenario: &Scenario) -> bool {
    scenario.status == Status::Ready && scenario.written.is_some()
}

/// The anchor under which something inside a scenario's page can be reached. Headings have the
/// plain id; the rest has a prefix, because a question and a step may share an id.
fn local_anchor(kind: LocalKind, id: &str) -> Option<String> {
    match kind {
        LocalKind::Step | LocalKind::Fix => Some(id.to_owned()),
        LocalKind::Question => Some(format!("question-{id}")),
        LocalKind::Option => Some(format!("option-{id}")),
        LocalKind::Figure => Some(format!("figure-{id}")),
        LocalKind::Panel | LocalKind::Service => None,
    }
}
