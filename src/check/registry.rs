//! The table of groups, the list of all codes, and the run over a course.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::beginnings::Beginnings;
use super::control::check_settings;
use super::exercise::{Exercise, exercises};
use super::file::Parsed;
use super::page::{Page, load_pages};
use super::picture::{Picture, open_pictures, picture_files};
use super::prose::Prose;
use super::rules;
use super::scope::Scope;
use super::settings::Settings;
use super::shared::Shared;
use super::vocabulary::Vocabulary;
use crate::diag::catalog;
use crate::diag::{CodeSpec, Sink};
use crate::emit::tree::OutputTree;
use crate::model::Course;
use crate::source::{FileId, Files};

/// What rules look at.
pub struct Checked<'a> {
    /// What of it all is looked at; `course`, `files`, `all_pages` and `tree` are always whole.
    pub scope: Scope,
    pub course: &'a Course,
    pub files: &'a Files,
    /// The pages to look at, parsed.
    pub pages: &'a [Page],
    /// Every page of the project: snippets are taken up by others.
    pub all_pages: &'a [Page],
    /// The exercises to look at, as learners get them.
    pub exercises: &'a [Exercise<'a>],
    /// The pictures that the pages show.
    pub picture_files: &'a [FileId],
    /// Some of them, taken apart: for rules that look at one after the other.
    pub pictures: &'a [Picture<'a>],
    /// Everything that would be written; `None` when a blocking finding stands.
    pub tree: Option<&'a OutputTree>,
    /// The numbers that rules go by.
    pub settings: Settings<'a>,
    /// What several rules work out alike.
    pub shared: Shared,
    /// Made when the first rule asks for [`Checked::vocabulary`].
    pub vocabulary: OnceLock<Vocabulary>,
}

impl<'a> Checked<'a> {
    /// The page of a scenario, if it is one to look at.
    #[must_use]
    pub fn page_of(&self, scenario: usize) -> Option<&'a Page> {
        let owned = |(at, page): (usize, &Page)| Some((page.scenario()?, at));
        let known = self.shared.get(|| PageOf(self.pages.iter().enumerate().filter_map(owned).collect()));
        self.pages.get(*known.0.get(&scenario)?)
    }
}

impl Checked<'_> {
    /// The phrases that rules look for.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| rules::vocabulary(self.course))
    }

    /// What the words of a text may begin that any rule looks for.
    pub fn beginnings<'p>(&self, prose: &'p Prose) -> &'p Beginnings {
        prose.beginnings(self.files, &self.vocabulary().openings)
    }
}

/// Where the page of each scenario stands among those to look at.
struct PageOf(HashMap<usize, usize>);

/// A rule: what it finds, and how.
#[derive(Clone, Copy)]
pub struct Rule {
    pub spec: &'static CodeSpec,
    pub check: fn(&Checked<'_>, &Sink),
    pub reads: Reads,
}

/// What a rule looks at: an edit of anything else changes nothing for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// The text of pages, and whatever else it needs.
    Pages,
    /// Manifests, code, and what is made of them, but no page.
    Files,
    /// Nothing but pictures, each by itself: they are looked at before there are outputs, without pages and
    /// exercises.
    Pictures,
}

impl Rule {
    /// A rule of a group's table.
    pub(super) const fn new(spec: &'static CodeSpec, check: fn(&Checked<'_>, &Sink), reads: Reads) -> Self {
        Self { spec, check, reads }
    }
}

/// The rules of every group. A new group is a folder in `rules/` and a line here.
static GROUPS: &[&[Rule]] = &[
    rules::source::RULES,
    rules::curriculum::RULES,
    rules::pedagogy::RULES,
    rules::solution::RULES,
    rules::grafana::RULES,
    rules::prometheus::RULES,
    rules::metrics::RULES,
    rules::devcontainer::RULES,
    rules::compose::RULES,
    rules::image::RULES,
    rules::code::RULES,
    rules::diagram::RULES,
    rules::link::RULES,
    rules::prose::RULES,
    rules::rehearsal::RULES,
];

/// Every rule, group by group.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.iter())
}

/// Every code there is, those of reading and resolving and those of rules, by name.
#[must_use]
pub fn all_specs() -> Vec<&'static CodeSpec> {
    let mut specs = catalog::all();
    specs.extend(all_rules().map(|rule| rule.spec));
    specs.sort_by_key(|spec| spec.code);
    specs
}

const PICTURES_AT_ONCE: usize = 4;

/// Takes the pictures of a course apart, runs the rules over them that look at pictures, and shows each to
/// `visit`. This is done some at a time: all of them, taken apart, take more memory than the files of the course.
pub fn run_over_pictures(course: &Course, files: &Files, visit: impl Fn(&Picture<'_>) + Sync, sink: &Sink) {
    let rules: Vec<&Rule> = all_rules().filter(|rule| rule.reads == Reads::Pictures).collect();
    let (settings, picture_files) = (Settings::new(course), picture_files(course, files, Scope::Whole));
    picture_files.par_chunks(PICTURES_AT_ONCE).with_max_len(1).for_each(|some| {
        let pictures = open_pictures(files, settings, some);
        let checked = Checked {
            scope: Scope::Whole,
            course,
            files,
            pages: &[],
            all_pages: &[],
            exercises: &[],
            picture_files: some,
            pictures: &pictures,
            tree: None,
            settings,
            shared: Shared::default(),
            vocabulary: OnceLock::new(),
        };
        rules.iter().for_each(|rule| (rule.check)(&checked, sink));
        pictures.iter().for_each(&visit);
    });
}

/// Runs all other rules over a course and what would be written of it. `pages` are those of [`load_pages`].
pub fn run(course: &Course, files: &Files, pages: &[Page], tree: Option<&OutputTree>, sink: &Sink) {
    if let Some(lint) = &course.manifest.lint {
        check_settings(lint, sink);
    }
    // Those that go over all pages take the longest: none of them should be left for the end.
    let mut rules: Vec<&Rule> = all_rules().filter(|rule| rule.reads != Reads::Pictures).collect();
    rules.sort_by_key(|rule| rule.reads != Reads::Pages);
    with_scope(course, files, pages, tree, Scope::Whole, |checked| {
        prepare(checked);
        run_rules(&rules, checked, sink);
    });
}

/// Makes what rules share and what takes all cores. A rule that waited for other cores while it makes something
/// could be handed another rule meanwhile, which waits for the same thing.
fn prepare(checked: &Checked<'_>) {
    rules::prose::prepare(checked);
    rules::link::prepare(checked);
}

fn run_rules(rules: &[&Rule], checked: &Checked<'_>, sink: &Sink) {
    rules.par_iter().with_max_len(1).for_each(|rule| (rule.check)(checked, sink));
}

/// Runs the rules that read one of some things over one scenario. What they find in its folder is what
/// [`run`] finds there.
pub fn run_scenario(
    course: &Course,
    files: &Files,
    pages: &[Page],
    tree: &OutputTree,
    scenario: usize,
    reads: &[Reads],
    sink: &Sink,
) {
    let rules: Vec<&Rule> = all_rules().filter(|rule| reads.contains(&rule.reads)).collect();
    let scope = Scope::Scenario(scenario);
    with_scope(course, files, pages, Some(tree), scope, |checked| {
        prepare(checked);
        run_rules(&rules, checked, sink);
    });
}

/// Gathers what rules look at in a part of a course, and calls `work` with it.
pub fn with_checked<T>(
    course: &Course,
    files: &Files,
    tree: Option<&OutputTree>,
    scope: Scope,
    work: impl FnOnce(&Checked<'_>) -> T,
) -> T {
    with_scope(course, files, &load_pages(course, files), tree, scope, |checked| {
        let pictures = open_pictures(files, checked.settings, checked.picture_files);
        let (shared, vocabulary) = (Shared::default(), OnceLock::new());
        work(&Checked { pictures: &pictures, shared, vocabulary, ..*checked })
    })
}

fn with_scope<T>(
    course: &Course,
    files: &Files,
    all_pages: &[Page],
    tree: Option<&OutputTree>,
    scope: Scope,
    work: impl FnOnce(&Checked<'_>) -> T,
) -> T {
    let (exercises, picture_files) = (exercises(course, files, scope), picture_files(course, files, scope));
    let own: Vec<Page>;
    let pages = match scope {
        Scope::Whole => all_pages,
        Scope::Scenario(index) => {
            own = all_pages.iter().filter(|page| page.scenario() == Some(index)).cloned().collect();
            &own
        }
    };
    let checked = Checked {
        scope,
        course,
        files,
        pages,
        all_pages,
        exercises: &exercises,
        picture_files: &picture_files,
        pictures: &[],
        tree,
        settings: Settings::new(course),
        shared: Shared::default(),
        vocabulary: OnceLock::new(),
    };
    let done = work(&checked);
    // What rules share, and what files of exercises were parsed into, is many small pieces. They take long to be
    // given back, and nobody needs to wait for that.
    let shared = checked.shared;
    let parsed: Vec<Arc<Parsed>> = exercises.iter().flat_map(Exercise::parsed).collect();
    drop(exercises);
    rayon::spawn(move || drop((shared, parsed)));
    done
}
