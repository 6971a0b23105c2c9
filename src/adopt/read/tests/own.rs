//! The dialect that Scenarist itself prints: what a course was made of is understood again.

use camino::Utf8Path;

use super::outline::{outline_page, outline_repository};
use crate::adopt::read::read_repository;
use crate::adopt::{Folder, PartKind, Repository};
use crate::build::{Compiled, Options, compile};
use crate::model::{Course, Role, Scenario};
use crate::source::{Files, Origin, read_dir};

/// The monorepo of a course, read.
fn read_back(project: &str) -> (Course, Repository) {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(project);
    let (files, faults) = read_dir(&root);
    let Compiled { course, tree, .. } = compile(files, &faults, Options { drafts: true, no_previews: true });
    let mut files = Files::default();
    for (path, file) in tree.expect("a tree").iter() {
        if let Ok(path) = path.strip_prefix("dist/monorepo") {
            files.add(path, &file.bytes(), Origin::Project, file.executable);
        }
    }
    (course.expect("a course"), read_repository(files))
}

fn of_folder<'a>(course: &'a Course, folder: &Folder) -> &'a Scenario {
    let found = course.scenarios.iter().find(|scenario| scenario.folder == folder.path.as_str());
    found.unwrap_or_else(|| panic!("{} is no scenario", folder.path))
}

/// The sections of a page: title, number of the step, role.
type Sections = Vec<(String, Option<u32>, Option<Role>)>;

fn sections_of(folder: &Folder) -> Sections {
    let parts = folder.page.iter().flat_map(|page| &page.parts);
    parts
        .filter_map(|part| match &part.kind {
            PartKind::Section(heading) => {
                let number = heading.step.map(|step| step.number.value);
                Some((heading.title.value.clone(), number, heading.role))
            }
            _ => None,
        })
        .collect()
}

fn count(folder: &Folder, is_one: impl Fn(&PartKind) -> bool) -> usize {
    folder.page.iter().flat_map(|page| &page.parts).filter(|part| is_one(&part.kind)).count()
}

#[test]
fn the_course_of_this_repository_is_understood_again() {
    let (course, repository) = read_back("");
    assert!(repository.folders.len() >= 4);
    let (mut same, mut all) = (0, 0);
    for folder in &repository.folders {
        let scenario = of_folder(&course, folder);
        let name = folder.path.as_str();
        assert_eq!(
            folder.page.as_ref().and_then(|page| page.title.clone()).map(|it| it.value).as_deref(),
            Some(scenario.title.as_str())
        );
        let steps = &scenario.locals.steps;
        let sections = sections_of(folder);
        let titles = |found: &Sections| {
            found.iter().map(|(title, number, _)| (title.clone(), *number)).collect::<Vec<_>>()
        };
        let expected: Sections =
            steps.iter().map(|step| (step.title.clone(), step.number, step.role)).collect();
        assert_eq!(titles(&sections), titles(&expected), "{name}");
        // Where nothing is repaired, what a section is for cannot be told from what it holds.
        if steps.iter().any(|step| step.role == Some(Role::Fix)) {
            all += expected.len();
            same += sections.iter().zip(&expected).filter(|(found, expected)| found.2 == expected.2).count();
        }
        let questions = count(folder, |kind| matches!(kind, PartKind::Question(_)));
        assert_eq!(questions, scenario.locals.questions.len(), "questions of {name}");
        let answered = folder.answers.iter().filter(|answer| answer.answers.is_some()).count();
        assert_eq!((folder.answers.len(), answered), (questions, questions), "answers of {name}");
        let figures =
            count(folder, |kind| matches!(kind, PartKind::Figure(figure) if figure.number.is_some()));
        assert_eq!(figures, scenario.locals.figures.len(), "figures of {name}");
        let parts = folder.page.iter().flat_map(|page| &page.parts);
        let options: usize = parts
            .map(|part| if let PartKind::Options(options) = &part.kind { options.len() } else { 0 })
            .sum();
        assert_eq!(options, scenario.locals.options.len(), "options of {name}");
        let fixes = scenario.written.as_ref().map_or(0, |written| written.fixes.len());
        assert_eq!(count(folder, |kind| matches!(kind, PartKind::Fix(_))), fixes, "fixes of {name}");
        assert_eq!(count(folder, |kind| matches!(kind, PartKind::Unclear(_))), 0, "{name}");
    }
    assert!(same * 100 >= all * 95, "{same} of {all} sections have the role that they were given");
}

#[test]
fn a_small_course_is_understood_again() {
    let (_, repository) = read_back("tests/course_small");
    insta::assert_snapshot!("small", outline_repository(&repository));
    insta::assert_snapshot!("small-1", outline_page(&repository.files, &repository.folders[0]));
}
