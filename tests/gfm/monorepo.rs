//! The monorepo as a tree of files.

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::diag::Sink;
use scenarist::emit::monorepo::{emit_monorepo, print_course_readme, print_scenario_readme};
use scenarist::emit::site::emit_site;
use scenarist::emit::tree::OutputTree;
use scenarist::manifest::course::Comments;
use scenarist::model::Course;
use scenarist::source::{Files, builtin_files};

use crate::course::course;
use crate::reading::{assert_clean, assert_links_lead_somewhere};

fn emit(course: &Course, files: &Files, drafts: bool) -> OutputTree {
    let mut tree = OutputTree::default();
    let sink = Sink::default();
    emit_monorepo(course, files, drafts, &mut tree, &sink);
    assert!(sink.into_sorted(files).is_empty());
    tree
}

fn paths(tree: &OutputTree) -> Vec<&str> {
    tree.iter().map(|(path, _)| path.as_str().strip_prefix("dist/monorepo/").expect("in its place")).collect()
}

#[test]
fn every_file_is_in_its_place() {
    let (course, files) = course();
    insta::assert_snapshot!(paths(&emit(&course, &files, false)).join("\n"));
}

#[test]
fn drafts_come_when_asked_for() {
    let (course, files) = course();
    let with = emit(&course, &files, true);
    assert!(with.get("dist/monorepo/scenario-03-pooling/SCENARIO.md").is_some());
    assert!(emit(&course, &files, false).get("dist/monorepo/scenario-03-pooling/SCENARIO.md").is_none());
}

#[test]
fn readmes() {
    let (course, _) = course();
    insta::assert_snapshot!("course_readme", print_course_readme(&course, false));
    insta::assert_snapshot!("scenario_readme", print_scenario_readme(&course, 0, false));
}

#[test]
fn a_solution_holds_what_its_fix_changes() {
    let (course, files) = course();
    let tree = emit(&course, &files, false);
    let text =
        |path: &str| tree.text(format!("dist/monorepo/scenario-01-diagnosing-failures/solution/{path}"));
    assert_eq!(text("shared-pool/src/server.js").as_deref(), Some("// explained\npool()\n"));
    assert_eq!(text("shared-pool/docker-compose.yml"), None);
    let compose = text("bigger-pool/docker-compose.yml").expect("a dropped fix is there, too");
    assert!(compose.contains("--project-directory . -f solution/bigger-pool/docker-compose.yml"));
    assert!(compose.ends_with("services: {db: {}}\n"));
    // The fix after a dropped one starts from what was kept.
    assert_eq!(text("feed-index/docker-compose.yml"), None);
    assert_eq!(text("feed-index/src/server.js"), None);
    let sql = "-- an index is a sorted copy\nCREATE INDEX i ON posts (created_at);\n";
    assert_eq!(text("feed-index/fix.sql").as_deref(), Some(sql));
}

#[test]
fn explaining_comments_can_have_a_twin() {
    let (mut course, files) = course();
    course.comments = Comments::Twin;
    let tree = emit(&course, &files, false);
    let folder = Utf8Path::new("dist/monorepo/scenario-01-diagnosing-failures");
    let twin = tree.text(folder.join("src/server.comments.js"));
    assert_eq!(twin.as_deref(), Some("// explained\nconnect()\n"));
    assert!(tree.get(folder.join("solution/shared-pool/src/server.comments.js")).is_some());
    assert!(tree.get(folder.join("docker-compose.comments.yml")).is_none());
}

#[test]
fn scripts_stay_executable() {
    let (course, files) = course();
    let tree = emit(&course, &files, false);
    let is_executable = |path: &str| {
        tree.get(format!("dist/monorepo/scenario-01-diagnosing-failures/{path}")).expect("a file").executable
    };
    assert!(is_executable("start.sh") && !is_executable("src/server.js"));
}

#[test]
fn a_path_that_is_taken_is_reported() {
    let (mut course, files) = course();
    course.scenarios[1].folder = "Scenario-01-Diagnosing-Failures".to_owned();
    let (mut tree, sink) = (OutputTree::default(), Sink::default());
    emit_monorepo(&course, &files, false, &mut tree, &sink);
    let found = sink.into_sorted(&files);
    assert!(
        !found.is_empty() && found.iter().all(|finding| finding.spec.code == "source/output-path-collision")
    );
}

#[test]
fn pages_are_clean_and_their_links_lead_somewhere() {
    let (course, files) = course();
    for drafts in [false, true] {
        let tree = emit(&course, &files, drafts);
        let pages: BTreeMap<Utf8PathBuf, Cow<'_, str>> = tree
            .iter()
            .filter(|(path, _)| path.extension() == Some("md"))
            .map(|(path, _)| (path.to_owned(), tree.text(path).expect("text")))
            .collect();
        for (path, text) in &pages {
            assert_clean(path.as_str(), text);
        }
        assert_links_lead_somewhere(&tree, &pages);
    }
}

#[test]
fn two_emissions_are_equal() {
    let (course, files) = course();
    let tree = |()| {
        emit(&course, &files, true)
            .iter()
            .map(|(path, file)| (path.to_owned(), file.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(tree(()), tree(()));
}

#[test]
fn only_a_run_of_these_files_counts_as_a_rehearsal() {
    let (mut course, mut files) = course();
    builtin_files(&mut files);
    let told = |course: &Course| {
        let mut tree = emit(course, &files, false);
        emit_site(course, &files, false, &[], &mut tree, &Sink::default());
        let page =
            tree.text("dist/site/scenarios/diagnosing-failures/index.html").expect("a page").into_owned();
        [print_course_readme(course, false), print_scenario_readme(course, 0, false), page]
    };
    for text in told(&course) {
        assert!(text.contains("Rehearsed") && text.contains("2026-11-20"), "{text}");
    }
    course.scenarios[0].written.as_mut().expect("a folder").inputs = "other files".to_owned();
    for text in told(&course) {
        assert!(!text.contains("ehearsed") && !text.contains("2026-11-20"), "{text}");
    }
}
