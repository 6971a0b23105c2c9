//! From a repository to a source tree in which every byte knows where it comes from. Nothing here judges:
//! what is wrong in the repository stays wrong, and what is not understood stays as it is and is reported.
//!
//! `places` puts scenarios in order, `concepts` collects what they teach, `plan` decides what a page
//! becomes, `solution` takes the fixes apart, `page/` writes the page, `scenario` its folder.

mod concepts;
mod course;
mod environment;
mod ids;
mod measure;
mod page;
mod pieces;
mod places;
mod plan;
mod prose;
mod report;
mod scenario;
mod settings;
mod solution;
#[cfg(test)]
mod testing;
mod yaml;

use concepts::{Concepts, collect_concepts};
use course::{TierPlan, github, plan_tiers, tier_of, write_concepts, write_course, write_track};
use environment::plan_environments;
use places::{Places, plan_places};
use report::Report;
use scenario::{Job, write_scenario};
use settings::Stated;

use super::{Conversion, MadeFile, Purpose, Repository};
use crate::source::Span;

/// What holds for the whole course.
struct Course {
    places: Places,
    tiers: Vec<TierPlan>,
    concepts: Concepts,
}

/// Makes a source tree of a repository.
#[must_use]
pub fn convert(repository: &Repository, purpose: Purpose) -> Conversion {
    let mut report = Report::default();
    let stated = Stated::read(repository);
    let places = plan_places(repository);
    let concepts = collect_concepts(repository, &places);
    let course = Course { tiers: plan_tiers(repository), places, concepts };
    let name = github(repository, &stated).value;
    let environments = plan_environments(repository, name.split('/').next_back().unwrap_or("own"));
    let mut made = vec![write_course(repository, &stated, &course.places, &course.tiers)];
    made.extend(write_concepts(repository, &stated, &course.concepts));
    for (at, track) in course.places.tracks.iter().enumerate() {
        made.push(write_track(repository, track, at + 1, &course.tiers, &course.concepts));
    }
    made.extend(environments.write_stack(repository, purpose));
    for group in course.places.tracks.iter().flat_map(|track| &track.groups) {
        for entry in &group.entries {
            let Some(index) = entry.folder else { continue };
            let listed = group.source.zip(entry.source);
            let listed = listed.map(|(group, at)| &repository.curriculum.groups[group].entries[at]);
            let tier = tier_of(repository, group, &course.tiers);
            let job = Job {
                repository,
                course: &course,
                environments: &environments,
                purpose,
                index,
                id: &entry.id,
                listed,
                tier,
            };
            made.extend(write_scenario(&job, &mut report));
        }
    }
    report_readme(repository, &mut report);
    keep_first(&mut made);
    Conversion { made, report: report.finish(), ids: course.places.ids }
}

/// Two files of the repository may want the same place; the first has it.
fn keep_first(made: &mut Vec<MadeFile>) {
    let mut seen = std::collections::BTreeSet::new();
    made.retain(|file| seen.insert(file.path.clone()));
}

fn report_readme(repository: &Repository, report: &mut Report) {
    for (at, group) in repository.curriculum.groups.iter().enumerate() {
        report.converted(group.name.span, format!("group {}", at + 1), "a group of the track");
        for entry in &group.entries {
            report.converted(entry.span, "row of the curriculum", "an entry of the track");
            for (name, text) in &entry.other {
                let why = format!("no key says what stands below “{}”", name.value);
                report.unclear(*text, "cell of the curriculum", why);
            }
        }
    }
    for rest in &repository.curriculum.rest {
        report.kept_because(
            *rest,
            "section of the README",
            "course.yml has no key for it: see what a build makes of it",
        );
    }
    for file in &repository.loose {
        report.kept_because(
            Span::file_start(*file),
            "file beside the scenarios",
            "it is no part of a source tree",
        );
    }
}
