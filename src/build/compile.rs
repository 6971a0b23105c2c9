//! One compilation: files in, findings and an output tree out.

use camino::Utf8Path;

use crate::check::control::{Control, Controlled, Ids, Suppressions, collect_ids};
use crate::check::{Page, Picture, load_pages, run_over_pictures};
use crate::diag::catalog::tree::MISSING_FILE;
use crate::diag::{Diagnostic, Sink, Suppressed, sort_findings};
use crate::emit::asset::prepare_asset;
use crate::emit::content::Keeper;
use crate::emit::course_json::emit_course_json;
use crate::emit::monorepo::emit_monorepo;
use crate::emit::site::{Cards, emit_site_with};
use crate::emit::tree::OutputTree;
use crate::load::{ensure_file, load_with_pages, report_faults};
use crate::model::Course;
use crate::source::{Files, ReadFault, Span, builtin_files};

/// The file that makes a folder a project.
const COURSE: &str = "content/course.yml";

/// What a build is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether drafts go into the monorepo, too.
    pub drafts: bool,
    /// Whether preview pictures are left out: they cost the most, and no rule looks at them.
    pub no_previews: bool,
}

/// The result of a compilation.
#[derive(Debug)]
pub struct Compiled {
    pub files: Files,
    /// Sorted by place, at the levels of the course, without those that are accepted.
    pub findings: Vec<Diagnostic>,
    /// Findings that a comment or course.yml accepts.
    pub suppressed: Vec<Suppressed>,
    /// What the course says about findings that come later.
    pub control: Control,
    /// The ids that it declares; `None` if course.yml cannot be used, and in a [`super::Session`], which
    /// compares them with nothing.
    pub ids: Option<Ids>,
    /// `None` when a blocking finding stands.
    pub course: Option<Course>,
    /// Everything below `dist/`; `None` when a blocking finding stands.
    pub tree: Option<OutputTree>,
}

/// A course without its outputs.
#[derive(Debug)]
pub struct Loaded {
    pub files: Files,
    /// Sorted by place. Rules have not looked at it.
    pub findings: Vec<Diagnostic>,
    /// `None` when there is no course.yml that can be used. With blocking findings, parts of it may be
    /// missing.
    pub course: Option<Course>,
}

/// Loads a project that was read by [`crate::source::read_dir`], without rules and outputs: what a
/// rehearsal needs. Built-in files are added here.
#[must_use]
pub fn load(mut files: Files, faults: &[ReadFault]) -> Loaded {
    let sink = Sink::default();
    let course = read_course(&mut files, faults, &sink).map(|(course, of_pages)| {
        sink.extend(of_pages.into_iter().flatten());
        course
    });
    Loaded { findings: sink.into_sorted(&files), files, course }
}

/// A course, and what was found on the pages of its scenarios.
type CourseWithPages = (Course, Vec<Vec<Diagnostic>>);

fn read_course(files: &mut Files, faults: &[ReadFault], sink: &Sink) -> Option<CourseWithPages> {
    report_faults(files, faults, sink);
    builtin_files(files);
    let missing = files.find(COURSE).is_none();
    let course_file = ensure_file(files, Utf8Path::new(COURSE));
    if !missing {
        return load_with_pages(files, course_file, sink);
    }
    let message = format!("there is no `{COURSE}` here");
    let finding = Diagnostic::new(&MISSING_FILE, Span::file_start(course_file), message);
    sink.push(
        finding.help("run `scenarist new course .` to start a course, or name its folder with `--root`"),
    );
    None
}

/// Compiles a project that was read by [`crate::source::read_dir`]; built-in files are added here.
#[must_use]
pub fn compile(files: Files, faults: &[ReadFault], options: Options) -> Compiled {
    compile_with(files, faults, options, &Cards::default(), Keeper::default())
}

/// The same with preview pictures of earlier builds at hand, and somebody who keeps what is printed.
#[must_use]
pub fn compile_with(
    files: Files,
    faults: &[ReadFault],
    options: Options,
    cards: &Cards,
    keeper: Keeper,
) -> Compiled {
    compile_parts(files, faults, options, cards, keeper).0
}

/// What a compilation was made of, kept so that it can be brought up to date.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What loading found, but for the pages of scenarios; what emitting found.
    pub loaded: Vec<Diagnostic>,
    /// What loading found on the page of each scenario.
    pub of_pages: Vec<Vec<Diagnostic>>,
    /// What rules found.
    pub checked: Vec<Diagnostic>,
    pub pages: Vec<Page>,
    pub suppressions: Suppressions,
}

impl Parts {
    /// All findings, sorted.
    pub fn findings(&self, files: &Files) -> Vec<Diagnostic> {
        let all = self.loaded.iter().chain(self.of_pages.iter().flatten()).chain(&self.checked);
        let mut all: Vec<Diagnostic> = all.cloned().collect();
        sort_findings(&mut all, files);
        all
    }
}

/// The same, with what it was made of.
pub(super) fn compile_parts(
    mut files: Files,
    faults: &[ReadFault],
    options: Options,
    cards: &Cards,
    keeper: Keeper,
) -> (Compiled, Parts) {
    let (sink, rules) = (Sink::default(), Sink::default());
    let (course, of_pages) = read_course(&mut files, faults, &sink).unzip();
    let of_pages = of_pages.unwrap_or_default();
    let blocked = sink.is_blocked() || of_pages.iter().flatten().any(Diagnostic::is_blocking);
    if let Some(course) = &course {
        // Each is taken apart once, for the rules and for the outputs.
        let prepare = |picture: &Picture<'_>| {
            if let Some(markup) = picture.markup() {
                prepare_asset(&files, picture.file, markup);
            }
        };
        run_over_pictures(course, &files, prepare, &rules);
    }
    let sound = course.as_ref().filter(|_| !blocked);
    // Rules also look at a course that cannot be emitted: one run reports everything.
    let pages = || course.as_ref().map(|course| load_pages(course, &files)).unwrap_or_default();
    let (mut tree, pages) = match sound {
        Some(course) => {
            let (tree, pages) = emit_with(course, &files, options, cards, keeper, &sink, pages);
            (Some(tree), pages)
        }
        None => (None, pages()),
    };
    let check = || {
        if let Some(course) = &course {
            crate::check::run(course, &files, &pages, tree.as_ref(), &rules);
        }
    };
    let ids = || course.as_ref().map(|course| collect_ids(course, &files));
    let ((), (suppressions, ids)) = rayon::join(check, || (Suppressions::collect(&files), ids()));
    let control = course.as_ref().map(Control::new).unwrap_or_default();
    let course = course.filter(|_| !blocked && !sink.is_blocked() && !rules.is_blocked());
    if course.is_none() {
        tree = None;
    }
    let is_complete = course.is_some();
    let (loaded, checked) = (sink.into_found(), rules.into_found());
    let parts = Parts { loaded, of_pages, checked, pages, suppressions };
    let Controlled { findings, suppressed } =
        control.apply(parts.findings(&files), &files, &parts.suppressions, is_complete);
    (Compiled { files, findings, suppressed, control, ids, course, tree }, parts)
}

/// Everything below `dist/` for a course without blocking findings.
#[must_use]
pub fn emit(course: &Course, files: &Files, options: Options, sink: &Sink) -> OutputTree {
    emit_with(course, files, options, &Cards::default(), Keeper::default(), sink, || ()).0
}

/// The same, and what is made while trees are put together, which takes one core.
fn emit_with<T: Send>(
    course: &Course,
    files: &Files,
    options: Options,
    cards: &Cards,
    keeper: Keeper,
    sink: &Sink,
    meanwhile: impl FnOnce() -> T + Send,
) -> (OutputTree, T) {
    let cards = (!options.no_previews).then_some(cards);
    let rules = crate::check::all_specs();
    let made = |emit: &(dyn Fn(&mut OutputTree) + Sync)| {
        let mut tree = OutputTree::kept_by(keeper.clone());
        emit(&mut tree);
        tree
    };
    let monorepo = || made(&|tree| emit_monorepo(course, files, options.drafts, tree, sink));
    let site = || made(&|tree| emit_site_with(course, files, cards, &rules, tree, sink));
    let data = || made(&|tree| emit_course_json(course, tree, sink));
    let (mut tree, (site, data)) = rayon::join(monorepo, || rayon::join(site, data));
    let put_together = || {
        tree.append(site);
        tree.append(data);
        tree
    };
    rayon::join(put_together, meanwhile)
}
