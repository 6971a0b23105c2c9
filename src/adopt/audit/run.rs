//! The order of an audit: a source tree in memory, its rules, and the way back.

use camino::Utf8PathBuf;

use super::super::{Conversion, Purpose, Repository, convert};
use super::applies::{AS_WRITTEN, applies};
use super::compare::{compare, misnumbered};
use super::excused::is_excused;
use super::made::Places;
use super::pasted::{OURS, look, point};
use super::repeated::without_repetitions;
use super::wording::Names;
use crate::build::{Compiled, load};
use crate::check::control::{Control, Controlled, Suppressions};
use crate::check::{load_pages, run_over_pictures};
use crate::diag::{Diagnostic, Label, Sink, sort_findings};
use crate::load::report_faults;
use crate::model::{Course, Devcontainer};
use crate::source::{Files, ReadFault, Span};

/// What an audit found, and what it understood.
#[derive(Debug)]
pub struct Audited {
    /// The findings, as every verb shows them; their files are the repository's.
    pub compiled: Compiled,
    /// What was understood. Its files are in `compiled`.
    pub repository: Repository,
    pub conversion: Conversion,
}

/// Looks at a repository with every rule that means something there.
#[must_use]
pub fn audit(mut repository: Repository, faults: &[ReadFault]) -> Audited {
    let found = Sink::default();
    if let Some(settings) = &repository.settings {
        found.extend(settings.faults.clone());
    }
    compare(&repository, &found);
    look(&repository, &found);
    let conversion = convert(&repository, Purpose::Audit);
    let (of_rules, mut course) = check_conversion(&repository, &conversion);
    found.extend(of_rules);
    report_faults(&mut repository.files, faults, &found);
    let mut findings = found.into_found();
    findings.iter_mut().for_each(|finding| finding.blocks = false);
    let misnumbered = misnumbered(&repository);
    findings.iter_mut().for_each(|finding| point(finding, &repository));
    findings.retain(|finding| !is_excused(finding, &repository, &misnumbered));
    without_repetitions(&mut findings, &repository.files);
    sort_findings(&mut findings, &repository.files);
    if let Some(course) = &mut course {
        let said = repository.settings.as_ref().and_then(|settings| settings.said.as_ref());
        course.manifest.lint = said.and_then(|said| said.lint.clone());
    }
    let control = course.as_ref().map(Control::new).unwrap_or_default().without_blocks();
    let suppressions = Suppressions::of_repository(&repository.files);
    let Controlled { findings, suppressed } =
        control.apply(findings, &repository.files, &suppressions, course.is_some());
    let files = std::mem::take(&mut repository.files);
    let compiled = Compiled { files, findings, suppressed, control, ids: None, course, tree: None };
    Audited { compiled, repository, conversion }
}

/// What the rules find in the source tree, at places of the repository; and the course with the
/// repository's folders.
fn check_conversion(repository: &Repository, conversion: &Conversion) -> (Vec<Diagnostic>, Option<Course>) {
    let (files, places) = Places::new(repository, conversion);
    let loaded = load(files, &[]);
    let files = loaded.files;
    let sink = Sink::default();
    sink.extend(loaded.findings);
    let mut course = loaded.course;
    let names = course.as_ref().map(|course| Names::of(course, repository, conversion)).unwrap_or_default();
    if let Some(course) = &mut course {
        put_in_place(course, repository, conversion, &files, &places);
        let pages = load_pages(course, &files);
        run_over_pictures(course, &files, |_| {}, &sink);
        crate::check::run(course, &files, &pages, Some(&places.outputs()), &sink);
        for (scenario, folder) in scenarios_of(course, repository, conversion) {
            // Levels and drafts go by the path that a file has in the repository.
            if let Some(written) = &mut course.scenarios[scenario].written {
                written.source = repository.folders[folder].path.clone();
            }
        }
    }
    let is_ours = |finding: &Diagnostic| {
        let as_written = AS_WRITTEN.contains(&finding.spec.code);
        let (written, made) = (places.is_written_page(finding.span), places.is_made_text(finding.span));
        !(written && !as_written || made && as_written)
    };
    let found = sink
        .into_found()
        .into_iter()
        .filter(is_ours)
        .filter(|finding| applies(finding.spec.code) && !OURS.contains(&finding.spec.code));
    (found.filter_map(|finding| back(finding, &files, &places, &names)).collect(), course)
}

/// Which scenario of the course is which folder of the repository.
fn scenarios_of(course: &Course, repository: &Repository, conversion: &Conversion) -> Vec<(usize, usize)> {
    let ids = conversion.ids.iter().enumerate().take(repository.folders.len());
    ids.filter_map(|(folder, id)| Some((course.scenario_index(id)?, folder))).collect()
}

/// Gives each scenario the folder and the devcontainer that it has in the repository.
fn put_in_place(
    course: &mut Course,
    repository: &Repository,
    conversion: &Conversion,
    files: &Files,
    places: &Places<'_>,
) {
    for (scenario, folder) in scenarios_of(course, repository, conversion) {
        let folder = &repository.folders[folder];
        course.scenarios[scenario].folder = folder.path.to_string();
        let Some(written) = &mut course.scenarios[scenario].written else { continue };
        written.devcontainer = folder.devcontainer.and_then(|file| {
            let origin = Span::file_start(places.here(files, file)?);
            let path: Utf8PathBuf = repository.files.path(file).to_owned();
            let text = repository.files.text(file).ok()?.to_owned();
            Some(Devcontainer { path, text, origin })
        });
    }
}

/// A finding of the source tree as one of the repository; `None` if it is about nothing in it.
fn back(mut finding: Diagnostic, files: &Files, places: &Places<'_>, names: &Names) -> Option<Diagnostic> {
    let by_line = finding
        .emitted
        .as_ref()
        .and_then(|(path, line)| places.back_by_line(files, finding.span, path, line));
    finding.span = places.back(files, finding.span).or(by_line)?;
    let labels = std::mem::take(&mut finding.secondary).into_iter();
    let labels = labels.filter_map(|it| Some(Label { span: places.back(files, it.span)?, text: it.text }));
    finding.secondary = labels.filter(|label| label.span != finding.span).collect();
    // What a repair replaces is text of the conversion.
    finding.fix = None;
    finding.emitted = None;
    Some(names.reworded(finding))
}
