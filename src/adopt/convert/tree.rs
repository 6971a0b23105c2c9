//! The whole source tree: the course, then one scenario after the other.

use super::beside::{Beside, read_beside};
use super::concepts::{Concepts, collect_concepts};
use super::course::{TierPlan, plan_tiers, tier_of, write_concepts, write_course, write_track};
use super::environment::plan_environments;
use super::places::{Places, plan_places};
use super::report::Report;
use super::scenario::{Job, write_scenario};
use super::settings::Stated;

use crate::adopt::{Conversion, MadeFile, Purpose, Repository};
use crate::source::Span;

/// What holds for the whole course.
pub(super) struct Course {
    pub places: Places,
    pub tiers: Vec<TierPlan>,
    pub concepts: Concepts,
}

/// Makes a source tree of a repository.
#[must_use]
pub fn convert(repository: &Repository, purpose: Purpose) -> Conversion {
    let mut report = Report::default();
    let stated = Stated::read(repository, &mut report);
    let places = plan_places(repository);
    let concepts = collect_concepts(repository, &places);
    let course = Course { tiers: plan_tiers(repository), places, concepts };
    let github = stated.repository.as_ref().or(repository.github.as_ref());
    let name = github.and_then(|name| name.value.split('/').next_back().map(str::to_owned));
    let name = name.or_else(|| repository.curriculum.title.as_ref().map(|title| title.value.clone()));
    let environments = plan_environments(repository, name.as_deref().unwrap_or("own"));
    // Rules look at the README itself.
    let beside = match purpose {
        Purpose::Import => read_beside(repository),
        Purpose::Audit => Beside::default(),
    };
    let mut made = vec![write_course(repository, &stated, &course.places, &course.tiers, &beside)];
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
    report_readme(repository, &beside, &mut report);
    keep_first(&mut made);
    Conversion { made, report: report.finish(), ids: course.places.ids }
}

/// Two files of the repository may want the same place; the first has it.
fn keep_first(made: &mut Vec<MadeFile>) {
    let mut seen = std::collections::BTreeSet::new();
    made.retain(|file| seen.insert(file.path.clone()));
}

fn report_readme(repository: &Repository, beside: &Beside, report: &mut Report) {
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
    for step in &beside.opening {
        report.converted(*step, "step to begin", "`opening` of course.yml");
    }
    for (question, answer) in &beside.faq {
        report.converted(question.to(*answer), "question of the README", "`faq` of course.yml");
    }
    for left in &beside.left {
        let why = "course.yml has no key for it: the README that a build makes will not say it";
        report.kept_because(*left, "part of the README", why);
    }
    for file in &repository.loose {
        let why = "it is no part of a source tree; publishing leaves it alone, or asks";
        report.kept_because(Span::file_start(*file), "file beside the scenarios", why);
    }
}
