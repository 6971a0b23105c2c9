//! A scenario's folder: scenario.yml, the page, the app, the solution, pictures and the devcontainer.

use super::concepts::Uses;
use super::course::{TierPlan, top};
use super::environment::{Environments, write_devcontainer};
use super::measure::write_measures;
use super::page::{Facts, Pictures, write_page};
use super::pieces::Pieces;
use super::plan::{PagePlan, plan_page};
use super::report::Report;
use super::solution::{Place, Solution, plan_solution};
use super::tree::Course;
use super::yaml::{list, scalar};
use crate::adopt::{Entry, FieldKind, Folder, Made, MadeFile, PartKind, Purpose, Repository};
use crate::manifest::scenario::Status;
use crate::source::{Span, Spanned};

/// One folder and its place in the course.
pub(super) struct Job<'a> {
    pub repository: &'a Repository,
    pub course: &'a Course,
    pub environments: &'a Environments,
    pub purpose: Purpose,
    pub index: usize,
    pub id: &'a str,
    /// Its row in the README.
    pub listed: Option<&'a Entry>,
    pub tier: Option<&'a TierPlan>,
}

/// Everything below `content/scenarios/<id>/`.
pub(super) fn write_scenario(job: &Job<'_>, report: &mut Report) -> Vec<MadeFile> {
    let folder = job.folder();
    let scenario = format!("content/scenarios/{}", job.id);
    let uses = job.course.concepts.of_scenarios.get(job.id).cloned().unwrap_or_default();
    let files = &job.repository.files;
    let page = folder.page.as_ref();
    let mut plan = page.map_or_else(PagePlan::default, |page| {
        plan_page(files, page, &job.course.concepts, &uses.introduces, job.purpose)
    });
    let shows_solutions = job.tier.is_none_or(|tier| tier.scaffolding == "high");
    let place =
        Place { repository: job.repository, folder, page, scenario: scenario.clone(), purpose: job.purpose };
    let solution = if job.is_written() && job.runs() {
        plan_solution(&place, &mut plan, report)
    } else {
        Solution::default()
    };
    let mut made = vec![job.write_manifest(&scenario, &uses, &plan, &solution, report)];
    let mut pictures = Pictures::default();
    let Solution { files: overlays, app, regions, unmatched, extras, moved, .. } = solution;
    if let Some(page) = page {
        pictures = Pictures::of(job.repository, folder, page);
        let facts = Facts {
            repository: job.repository,
            folder,
            plan: &plan,
            purpose: job.purpose,
            shows_solutions,
            regions,
            unmatched,
            extras,
            ids: &job.course.places.ids,
            moved,
        };
        made.push(write_page(&facts, page, &pictures, job.id, report));
    }
    made.extend(job.write_app(&scenario, &pictures, &app, report));
    made.extend(overlays);
    made.extend(pictures.files(&scenario));
    if let Some(devcontainer) = write_devcontainer(job.repository, folder, &scenario, job.purpose) {
        report.converted(
            Span::file_start(folder.devcontainer.unwrap_or_else(|| folder.app[0])),
            "devcontainer",
            format!("`{}`", devcontainer.path),
        );
        made.push(devcontainer);
    }
    job.report_left(report);
    made
}

impl<'a> Job<'a> {
    fn folder(&self) -> &'a Folder {
        &self.repository.folders[self.index]
    }

    /// Whether there is a page; without one it is planned.
    fn is_written(&self) -> bool {
        self.folder().page.is_some()
    }

    /// Whether anything runs in it. A page with pictures alone is a challenge.
    fn runs(&self) -> bool {
        let folder = self.folder();
        let is_picture = |file: &crate::source::FileId| {
            let extension = self.repository.files.path(*file).extension().unwrap_or("").to_lowercase();
            folder.pictures.contains(file)
                || ["svg", "png", "jpg", "jpeg", "gif", "webp"].contains(&extension.as_str())
        };
        folder.compose.is_some() || folder.app.iter().any(|file| !is_picture(file))
    }

    fn place(&self) -> Span {
        let page = self.folder().page.as_ref();
        let title = page
            .map(|page| page.title.as_ref().map_or_else(|| Span::file_start(page.file), |title| title.span));
        title.or_else(|| self.listed.map(|listed| listed.span)).unwrap_or_else(|| top(self.repository))
    }

    fn write_manifest(
        &self,
        scenario: &str,
        uses: &Uses,
        plan: &PagePlan,
        solution: &Solution,
        report: &mut Report,
    ) -> MadeFile {
        let mut out = Pieces::new(&self.repository.files);
        let place = self.place();
        let title = super::places::title_of(self.folder(), self.repository, self.index);
        let kind = if self.runs() || !self.is_written() { "exercise" } else { "challenge" };
        out.write(format!("title: {}\nkind: {kind}\n", scalar(&title)), place);
        let status = self.status();
        out.write(format!("status: {}\n", status.value.word()), status.span);
        self.write_minutes(&mut out, report);
        let texts = [
            ("about", self.listed.and_then(|listed| listed.app)),
            ("summary", self.listed.and_then(|listed| listed.summary)),
        ];
        for (key, span) in texts.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            let text = self.repository.files.slice(span).trim();
            if !text.is_empty() {
                out.write(format!("{key}: {}\n", scalar(text)), span);
            }
        }
        for (key, ids) in [("introduces", &uses.introduces), ("deepens", &uses.deepens), ("uses", &uses.uses)]
        {
            if !ids.is_empty() {
                out.write(format!("{key}: {}\n", list(ids)), self.concepts_place());
            }
        }
        if self.is_written() && self.runs() {
            self.environments.write_environment(self.repository, self.index, &title, &mut out);
            write_measures(self.repository, self.folder(), &mut out, report);
        }
        write_fixes(plan, solution, &mut out);
        out.into_file(format!("{scenario}/scenario.yml"))
    }

    fn status(&self) -> Spanned<Status> {
        if !self.is_written() {
            return Spanned::new(Status::Planned, self.place());
        }
        let said = self.listed.and_then(|listed| listed.status);
        let said = said.filter(|said| said.value != Status::Planned);
        // What learners can open already is ready, unless somebody says otherwise.
        said.unwrap_or_else(|| Spanned::new(Status::Ready, self.place()))
    }

    fn write_minutes(&self, out: &mut Pieces<'_>, report: &mut Report) {
        let fields =
            self.folder().page.iter().flat_map(|page| &page.parts).filter_map(|part| match &part.kind {
                PartKind::Fields(fields) => Some(fields),
                _ => None,
            });
        let of_page = fields.flatten().find_map(|field| match field.kind {
            FieldKind::Minutes(from, to) => Some(Spanned::new((from, to), field.value.span)),
            _ => None,
        });
        let known = of_page.or_else(|| self.listed.and_then(|listed| listed.minutes));
        let Some(minutes) = known.filter(|minutes| minutes.value.0 > 0) else {
            if self.is_written() {
                report.kept_because(
                    self.place(),
                    "time",
                    "nobody says how long it takes: `minutes: 60` is a guess",
                );
                out.write("minutes: 60\n", self.place());
            }
            return;
        };
        let (from, to) = (minutes.value.0.min(minutes.value.1), minutes.value.0.max(minutes.value.1));
        let text = if from == to || from == 0 { to.to_string() } else { format!("[{from}, {to}]") };
        out.write(format!("minutes: {text}\n"), minutes.span);
    }

    fn concepts_place(&self) -> Span {
        let fields =
            self.folder().page.iter().flat_map(|page| &page.parts).find_map(|part| match &part.kind {
                PartKind::Fields(fields) => fields
                    .iter()
                    .find(|field| matches!(field.kind, FieldKind::Concepts(_)))
                    .map(|field| field.value.span),
                _ => None,
            });
        let listed = || self.listed.and_then(|listed| listed.concepts.first()).map(|name| name.span);
        fields.or_else(listed).unwrap_or_else(|| self.place())
    }

    fn write_app(
        &self,
        scenario: &str,
        pictures: &Pictures,
        changed: &std::collections::BTreeMap<crate::source::FileId, Made>,
        report: &mut Report,
    ) -> Vec<MadeFile> {
        let files = &self.repository.files;
        let folder = self.folder();
        let twins = folder.twins.iter().map(|twin| twin.commented);
        let mut seen = std::collections::BTreeSet::new();
        let mut made = Vec::new();
        for file in folder.app.iter().copied().chain(twins) {
            if !seen.insert(file) {
                continue;
            }
            let about = Span::file_start(file);
            if pictures.has(file) {
                report.converted(about, "picture", "`diagrams/`");
                continue;
            }
            let Ok(inside) = files.path(file).strip_prefix(&folder.path) else {
                report.unclear(about, "file", "it lies outside the scenario's folder");
                continue;
            };
            let content = match changed.get(&file) {
                Some(Made::Text(pieces)) => Made::Text(pieces.iter().map(super::pieces::again).collect()),
                _ => Made::Copy(file),
            };
            report.kept(about, "file of the app");
            let executable = files.entry(file).executable;
            made.push(MadeFile {
                path: format!("{scenario}/app/{inside}").into(),
                executable,
                made: content,
            });
        }
        made
    }

    fn report_left(&self, report: &mut Report) {
        let folder = self.folder();
        if let Some(readme) = folder.readme {
            report.generated(Span::file_start(readme), "README of the folder", "a build makes one");
        }
        if let Some(answers) = folder.answers_file {
            report.generated(
                Span::file_start(answers),
                "file of answers",
                "ANSWERS.md is made from the questions",
            );
        }
    }
}

fn write_fixes(plan: &PagePlan, solution: &Solution, out: &mut Pieces<'_>) {
    let Some(first) = plan.fixes.first() else { return };
    out.write("fixes:\n", first.about);
    for (at, fix) in plan.fixes.iter().enumerate() {
        let sql = solution.sql.get(at).filter(|sql| !sql.is_empty());
        let sql = sql.map(|sql| format!(", sql: {}", list(sql))).unwrap_or_default();
        let kept = if solution.dropped.contains(&at) { ", kept: false" } else { "" };
        out.write(format!("  - {{id: {}{sql}{kept}}}\n", fix.id), fix.about);
    }
}
