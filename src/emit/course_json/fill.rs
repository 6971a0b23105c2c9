//! From the model to the shape of course.json.

use rayon::prelude::*;

use super::VERSION;
use super::course::{
    AnswerData, ConceptData, CourseData, GroupData, TierData, TrackData, TutorialData, TutorialPageData,
};
use super::measure::{loadtest_data, metric_data, panel_data, parameter_data, run_data};
use super::questions::{answer_data, each_question, figures_of, options_of, question_data};
use super::scenario::{
    ConceptsData, ExtendsData, FixData, MinutesData, PlantData, ScenarioData, ServiceData, StepData,
    TakenUpData,
};
use crate::emit::print::gfm::{GfmContext, Page, print_inline};
use crate::ir::{Block, RichText, heading_with_id};
use crate::manifest::scenario::Status;
use crate::model::{Course, Group, Scenario, Track, Tutorial, Viewpoint, Written, label};

pub(super) fn course_data(course: &Course) -> CourseData {
    let cx = context(course, Viewpoint::Elsewhere);
    CourseData {
        version: VERSION,
        title: course.title.clone(),
        tagline: print_inline(&course.tagline, &cx),
        about: print_inline(&course.about, &cx),
        language: course.language.clone(),
        repository: course.repository.clone(),
        branch: course.branch.clone(),
        site: course.site.clone(),
        tiers: tiers(course, &cx),
        tracks: course.tracks.iter().map(|track| track_data(course, track, &cx)).collect(),
        scenarios: (0..course.scenarios.len())
            .into_par_iter()
            .map(|index| scenario_data(course, index))
            .collect(),
        concepts: concepts(course, &cx),
        tutorials: course.tutorials.iter().map(|tutorial| tutorial_data(course, tutorial, &cx)).collect(),
        answers: answers(course),
    }
}

fn context(course: &Course, from: Viewpoint) -> GfmContext<'_> {
    GfmContext::new(course, Page::Data(from), true)
}

fn texts(texts: &[RichText], cx: &GfmContext<'_>) -> Vec<String> {
    texts.iter().map(|text| print_inline(text, cx)).collect()
}

fn scenario_ids(course: &Course, indices: &[usize]) -> Vec<String> {
    indices.iter().map(|&index| course.scenarios[index].id.clone()).collect()
}

fn concept_ids(course: &Course, indices: &[usize]) -> Vec<String> {
    indices.iter().map(|&index| course.concepts[index].id.clone()).collect()
}

fn tiers(course: &Course, cx: &GfmContext<'_>) -> Vec<TierData> {
    let tier = |tier: &crate::model::Tier| TierData {
        id: tier.id.clone(),
        name: tier.name.clone(),
        emoji: tier.emoji.clone(),
        scaffolding: tier.scaffolding.word().to_owned(),
        summary: print_inline(&tier.summary, cx),
    };
    course.tiers.iter().map(tier).collect()
}

fn track_data(course: &Course, track: &Track, cx: &GfmContext<'_>) -> TrackData {
    TrackData {
        id: track.id.clone(),
        number: track.number,
        title: track.title.clone(),
        url: format!("tracks/{}/", track.id),
        noun: track.noun.clone(),
        summary: print_inline(&track.summary, cx),
        audience: print_inline(&track.audience, cx),
        before: print_inline(&track.before, cx),
        change: print_inline(&track.change, cx),
        groups: track.groups.iter().map(|group| group_data(course, group, cx)).collect(),
    }
}

fn group_data(course: &Course, group: &Group, cx: &GfmContext<'_>) -> GroupData {
    GroupData {
        id: group.id.clone(),
        name: group.name.clone(),
        tier: group.tier.map(|tier| course.tiers[tier].id.clone()),
        goal: print_inline(&group.goal, cx),
        why: print_inline(&group.why, cx),
        guidance: print_inline(&group.guidance, cx),
        bonus: group.bonus,
        scenarios: scenario_ids(course, &group.scenarios),
    }
}

fn concepts(course: &Course, cx: &GfmContext<'_>) -> Vec<ConceptData> {
    let concept = |concept: &crate::model::Concept| ConceptData {
        id: concept.id.clone(),
        name: concept.name.clone(),
        url: format!("concepts/{}/", concept.id),
        summary: print_inline(&concept.summary, cx),
        requires: concept_ids(course, &concept.requires),
        introduced_in: scenario_ids(course, &concept.introduced_in),
        deepened_in: scenario_ids(course, &concept.deepened_in),
        used_in: scenario_ids(course, &concept.used_in),
    };
    course.concepts.iter().map(concept).collect()
}

fn tutorial_data(course: &Course, tutorial: &Tutorial, cx: &GfmContext<'_>) -> TutorialData {
    let url = format!("tutorials/{}/", tutorial.id);
    let page = |page: &crate::model::TutorialPage| {
        let mut questions = Vec::new();
        each_question(&page.blocks, &mut |question| questions.push(question_data(question, None, cx)));
        TutorialPageData {
            id: page.id.clone(),
            title: page.title.clone(),
            url: format!("{url}{}/", page.id),
            summary: print_inline(&page.summary, cx),
            questions,
        }
    };
    TutorialData {
        id: tutorial.id.clone(),
        title: tutorial.title.clone(),
        status: tutorial.status.word().to_owned(),
        summary: print_inline(&tutorial.summary, cx),
        objectives: texts(&tutorial.objectives, cx),
        prerequisites: texts(&tutorial.prerequisites, cx),
        uses: concept_ids(course, &tutorial.uses),
        pages: tutorial.pages.iter().map(page).collect(),
        further: texts(&tutorial.further, cx),
        url,
    }
}

fn scenario_data(course: &Course, index: usize) -> ScenarioData {
    let scenario = &course.scenarios[index];
    let cx = context(course, Viewpoint::Scenario(index));
    let place = course.place(index);
    let written = scenario.written.as_ref();
    let blocks: &[Block] = written.map_or(&[], |written| &written.blocks);
    let url = format!("scenarios/{}/", scenario.id);
    let mut questions = Vec::new();
    each_question(blocks, &mut |question| {
        let found = scenario.locals.questions.iter().find(|local| local.id == question.id);
        questions.push(question_data(question, found.map(|local| local.section.clone()), &cx));
    });
    ScenarioData {
        id: scenario.id.clone(),
        number: scenario.number,
        label: label(course, scenario, Viewpoint::beside(scenario)),
        title: scenario.title.clone(),
        track: place.map(|(track, _)| track.id.clone()),
        group: place.map(|(_, group)| group.id.clone()),
        tier: course.tier_of(index).map(|tier| tier.id.clone()),
        kind: scenario.kind.word().to_owned(),
        status: scenario.status.word().to_owned(),
        folder: scenario.folder.clone(),
        codespace: codespace(course, scenario),
        published: scenario.published.clone(),
        updated: scenario.updated.clone(),
        minutes: scenario.minutes.map(|minutes| MinutesData { from: minutes.from, to: minutes.to }),
        about: print_inline(&scenario.about, &cx),
        summary: print_inline(&scenario.summary, &cx),
        why: print_inline(&scenario.why, &cx),
        app_why: print_inline(&scenario.app_why, &cx),
        teaches: texts(&scenario.teaches, &cx),
        concepts: ConceptsData {
            introduces: concept_ids(course, &scenario.introduces),
            deepens: concept_ids(course, &scenario.deepens),
            uses: concept_ids(course, &scenario.uses),
        },
        takes_up: taken_up(course, scenario),
        plants: plants(scenario, &cx),
        extends: scenario.extends.as_ref().map(|(base, stage)| ExtendsData {
            scenario: course.scenarios[*base].id.clone(),
            stage: stage.clone(),
        }),
        realized_by: scenario.realized_by.map(|other| course.scenarios[other].id.clone()),
        goals: texts(&scenario.goals, &cx),
        steps: steps(scenario, &cx),
        questions,
        options: options_of(blocks, &cx),
        figures: figures_of(blocks, &format!("{url}assets/"), &cx),
        fixes: written.map(|written| fixes(written, &cx)).unwrap_or_default(),
        services: written.map(services).unwrap_or_default(),
        metrics: scenario.metrics.iter().map(metric_data).collect(),
        panels: scenario.panels.iter().map(panel_data).collect(),
        parameters: scenario.parameters.iter().map(parameter_data).collect(),
        loadtests: written
            .map(|written| written.loadtests.iter().map(loadtest_data).collect())
            .unwrap_or_default(),
        inputs: written.map(|written| written.inputs.clone()).filter(|inputs| !inputs.is_empty()),
        recorded: written.and_then(|written| written.recorded.as_ref()).map(run_data),
        was: scenario.was.clone(),
        url,
    }
}

/// The link that opens a scenario, for those that learners find in the monorepo.
fn codespace(course: &Course, scenario: &Scenario) -> Option<String> {
    let opens = scenario.status == Status::Ready
        && scenario.written.as_ref().is_some_and(|written| written.devcontainer.is_some());
    opens.then(|| course.codespaces_link(&scenario.folder))
}

fn taken_up(course: &Course, scenario: &Scenario) -> Vec<TakenUpData> {
    let taken = |(from, id): &(usize, String)| TakenUpData {
        scenario: course.scenarios[*from].id.clone(),
        id: id.clone(),
    };
    scenario.bridge.takes_up.iter().map(taken).collect()
}

fn plants(scenario: &Scenario, cx: &GfmContext<'_>) -> Vec<PlantData> {
    let plant =
        |plant: &crate::model::Plant| PlantData { id: plant.id.clone(), asks: print_inline(&plant.asks, cx) };
    scenario.bridge.plants.iter().map(plant).collect()
}

fn steps(scenario: &Scenario, cx: &GfmContext<'_>) -> Vec<StepData> {
    let blocks: &[Block] = scenario.written.as_ref().map_or(&[], |written| &written.blocks);
    let step = |step: &crate::model::LocalStep| StepData {
        id: step.id.clone(),
        number: step.number,
        title: heading(blocks, &step.id, &step.title, cx),
        role: step.role.map(|role| role.word().to_owned()),
        was: step.was.clone(),
    };
    scenario.locals.steps.iter().map(step).collect()
}

/// The words of a heading that is written like this. With references in them they are those of the page.
fn heading(blocks: &[Block], id: &str, written: &str, cx: &GfmContext<'_>) -> String {
    let found = if written.contains("](") { heading_with_id(blocks, id) } else { None };
    found.map_or_else(|| written.to_owned(), |heading| print_inline(&heading.text, cx))
}

fn fixes(written: &Written, cx: &GfmContext<'_>) -> Vec<FixData> {
    let fix = |fix: &crate::model::FixInfo| FixData {
        id: fix.id.clone(),
        label: fix.label.clone(),
        title: heading(&written.blocks, &fix.id, &fix.title, cx),
        kept: fix.kept,
    };
    written.fixes.iter().map(fix).collect()
}

fn services(written: &Written) -> Vec<ServiceData> {
    let service = |service: &crate::environment::ServiceInfo| ServiceData {
        id: service.id.clone(),
        title: service.title.clone(),
        port: service.port,
    };
    written.services.iter().map(service).collect()
}

/// All model answers: scenario by scenario, then tutorial by tutorial.
fn answers(course: &Course) -> Vec<AnswerData> {
    let mut found = Vec::new();
    for (index, scenario) in course.scenarios.iter().enumerate() {
        let Some(written) = &scenario.written else { continue };
        let cx = context(course, Viewpoint::Scenario(index));
        each_question(&written.blocks, &mut |question| {
            found.extend(
                answer_data(question, &cx)
                    .map(|answer| AnswerData { scenario: Some(scenario.id.clone()), ..answer }),
            );
        });
    }
    let cx = context(course, Viewpoint::Elsewhere);
    for tutorial in &course.tutorials {
        for page in &tutorial.pages {
            let place = || (Some(tutorial.id.clone()), Some(page.id.clone()));
            each_question(&page.blocks, &mut |question| {
                found.extend(answer_data(question, &cx).map(|answer| {
                    let (tutorial, page) = place();
                    AnswerData { tutorial, page, ..answer }
                }));
            });
        }
    }
    found
}
