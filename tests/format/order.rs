//! Ids, numbers, folders and names.

use crate::course::{
    COURSE, COURSE_YML, PAGE, SCENARIO_YML, TRACK, TRACK_YML, load, load_manifest, load_page, page,
};
use scenarist::model::{Viewpoint, short_label};

#[test]
fn the_small_course_is_clean() {
    load(&[]).clean();
}

#[test]
fn an_id_is_lower_case_words_with_hyphens() {
    let text = load(&[(TRACK, &TRACK_YML.replace("id: later", "id: Later_On"))]);
    assert_eq!(
        text.only(&["invalid-id"]),
        "`Later_On` is not a valid id | write `later-on`: lower-case letters, digits and single hyphens"
    );
}

#[test]
fn numbers_come_from_the_order_alone() {
    let before = load(&[]).clean();
    assert_eq!((before.scenario("first").number, before.scenario("later").number), (Some(1), Some(2)));
    let moved = TRACK_YML
        .replace("      - {id: first, why: Because it comes first.}\n", "")
        .replace("introduces: []}\n", "introduces: []}\n      - first\n");
    let after = load(&[(TRACK, &moved)]).clean();
    assert_eq!((after.scenario("first").number, after.scenario("later").number), (Some(2), Some(1)));
    assert_eq!(after.scenario("first").folder, "scenario-02-first");
}

#[test]
fn each_track_counts_from_one_in_folders_of_its_own() {
    let loaded = load(&[]).clean();
    assert_eq!(loaded.scenario("elsewhere").number, Some(1));
    assert_eq!(loaded.scenario("elsewhere").folder, "second-01-elsewhere");
    let same = crate::course::SECOND_YML.replace("second-{number:02}-{id}", "scenario-{number:02}");
    let text = load(&[("content/tracks/second.yml", &same), (TRACK, &TRACK_YML.replace("-{id}'", "'"))]);
    assert!(text.codes().contains(&"output-path-collision"), "{:?}", text.lines());
}

#[test]
fn bonus_groups_are_not_counted() {
    let loaded = load(&[]).clean();
    assert_eq!(loaded.scenario("more").number, None);
    assert_eq!(loaded.scenario("more").folder, "bonus-more");
}

#[test]
fn a_folder_pattern_gives_one_level() {
    let text = load(&[(TRACK, &TRACK_YML.replace("scenario-{number:02}-{id}", "a/{id}"))]);
    assert!(text.only(&["bad-value"]).contains("one level deep"));
}

#[test]
fn a_bonus_folder_is_held_to_the_same() {
    let text = load(&[(TRACK, &format!("{TRACK_YML}bonus-folder: 'a/{{id}}'\n"))]);
    assert!(text.only(&["bad-value"]).contains("one level deep"));
}

#[test]
fn a_track_stands_once() {
    let twice = COURSE_YML.replace("[main, second]", "[main, second, main]");
    assert!(load(&[(crate::course::COURSE, &twice)]).only(&["duplicate-id"]).contains("listed twice"));
    let text = load(&[("content/tracks/main.yaml", TRACK_YML)]);
    assert!(text.only(&["duplicate-id"]).contains("has two files"));
}

#[test]
fn an_id_stands_once() {
    let twice = TRACK_YML.replace("id: more,", "id: later,");
    assert!(load(&[(TRACK, &twice)]).only(&["duplicate-id"]).contains("listed twice"));
    let text = load_page(":::hint\nOne.\n:::\n\n## Again {#see}\n\nMore.\n");
    assert!(text.only(&["duplicate-id"]).contains("`see` stands twice on this page"));
}

#[test]
fn a_scenario_that_no_track_lists_is_found() {
    let unlisted = TRACK_YML.replace("      - {id: first, why: Because it comes first.}\n", "");
    assert!(load(&[(TRACK, &unlisted)]).only(&["unused-file"]).contains("no track lists"));
}

#[test]
fn tracks_are_the_files_that_the_course_lists() {
    let fewer = COURSE_YML.replace("[main, second]", "[main]");
    assert!(load(&[(crate::course::COURSE, &fewer)]).only(&["unused-file"]).contains("does not list"));
    let more = COURSE_YML.replace("[main, second]", "[main, second, thrid]");
    assert!(load(&[(crate::course::COURSE, &more)]).only(&["missing-file"]).contains("thrid"));
}

#[test]
fn a_written_scenario_says_its_title_in_its_own_file() {
    let twice = TRACK_YML.replace("{id: first,", "{id: first, title: Twice,");
    assert!(load(&[(TRACK, &twice)]).only(&["bad-value"]).contains("every fact stands once"));
}

#[test]
fn a_renamed_id_is_known_by_its_old_name() {
    let renamed = TRACK_YML.replace("{id: later,", "{id: later, was: [sooner],");
    let text = load(&[(TRACK, &renamed), (PAGE, &page("See [](scenario:sooner).\n"))]);
    assert!(text.only(&["unresolved-reference"]).contains("is now called `later`"));
}

#[test]
fn names_of_another_track_say_so() {
    let text = load_page("See [](scenario:elsewhere), [](scenario:later) and [](scenario:more).\n").clean();
    assert!(text.prose().contains("Track 2 · Scenario 1 — Elsewhere"), "{}", text.prose());
    assert!(text.prose().contains("Scenario 2 — Later on and Bonus — Something more"), "{}", text.prose());
}

#[test]
fn what_lies_around_the_reader_goes_unnamed() {
    let loaded = load_page("Text.\n").clean();
    let course = loaded.course();
    let at = |id: &str| course.scenarios.iter().position(|scenario| scenario.id == id).expect(id);
    let name = |from| short_label(course, &course.scenarios[at("elsewhere")], from);
    assert_eq!(name(Viewpoint::Scenario(at("elsewhere"))), "Scenario 1");
    assert_eq!(name(Viewpoint::Track(1)), "Scenario 1");
    assert_eq!(name(Viewpoint::beside(&course.scenarios[at("elsewhere")])), "Scenario 1");
    assert_eq!(name(Viewpoint::Scenario(at("first"))), "Track 2 · Scenario 1");
    assert_eq!(name(Viewpoint::Track(0)), "Track 2 · Scenario 1");
    assert_eq!(name(Viewpoint::Elsewhere), "Track 2 · Scenario 1");
}

#[test]
fn a_heading_without_an_id_gets_one_from_its_words() {
    let text = load_page("## What you know {.learned}\n\nSee [](step:what-you-know).\n").clean();
    assert!(text.prose().contains("See What you know."));
}

#[test]
fn bridges_join_a_planted_question_with_the_scenario_that_takes_it_up() {
    let takes = TRACK_YML.replace("introduces: []}", "bridge: {takes-up: [what-next]}}");
    let loaded = load(&[(TRACK, &takes)]).clean();
    assert_eq!(loaded.scenario("later").bridge.takes_up.len(), 1);
    let wrong = TRACK_YML.replace("introduces: []}", "bridge: {takes-up: [what-nxt]}}");
    assert!(load(&[(TRACK, &wrong)]).only(&["unresolved-reference"]).contains("`what-next`"));
    // Who cannot be read may plant anything.
    let unreadable = load(&[(TRACK, &takes), (crate::course::MANIFEST, "title: [\n")]);
    unreadable.only(&["invalid-yaml"]);
    let page = ":::question{#open kind=reflection planted=what-next}\nWhat waits next?\n:::\n";
    load_page(page).clean();
    let text = load_page(&page.replace("planted=what-next", "planted=nothing"));
    assert!(text.only(&["unresolved-reference"]).contains("bridge.plants"));
}

#[test]
fn concepts_are_those_of_the_registry() {
    let loaded = load(&[]).clean();
    assert_eq!(loaded.course().concepts[0].introduced_in, [0]);
    let text = load(&[(crate::course::MANIFEST, &SCENARIO_YML.replace("[waiting]", "[wating]"))]);
    assert!(text.only(&["unknown-concept"]).contains("did you mean `waiting`?"));
}

#[test]
fn files_of_a_scenario_have_a_use() {
    let text = load(&[("content/scenarios/first/diagrams/unused.svg", "<svg/>")]);
    assert!(text.only(&["unused-file"]).contains("nothing uses `diagrams/unused.svg`"));
    let text = load(&[("content/scenarios/first/notes.txt", "hm")]);
    assert!(text.only(&["unused-file"]).contains("nothing uses `notes.txt`"));
}

#[test]
fn each_kind_needs_its_own_keys() {
    for (kind, key) in [("failure", "metrics"), ("case-study", "teaches")] {
        let path = "content/scenarios/other/scenario.yml";
        let track = TRACK_YML
            .replace("{id: later, title: Later on, summary: Something breaks., introduces: []}", "other");
        let text = load(&[
            (path, &format!("title: Other\nkind: {kind}\n")),
            ("content/scenarios/other/scenario.md", "## About {.situation}\n\nText.\n"),
            (TRACK, &track),
        ]);
        assert!(
            text.only(&["missing-key"]).contains(&format!("needs the key `{key}`")),
            "{:?}",
            text.lines()
        );
    }
    let text = load(&[(crate::course::MANIFEST, &SCENARIO_YML.replace("minutes: 10\n", ""))]);
    assert!(
        text.only(&["missing-key"]).contains("an exercise needs") || text.lines()[0].contains("exercise")
    );
}

#[test]
fn a_planned_scenario_lives_in_its_track() {
    let loaded = load(&[]).clean();
    assert!(loaded.scenario("later").written.is_none());
    let untitled = TRACK_YML.replace("title: Later on, ", "");
    assert!(load(&[(TRACK, &untitled)]).only(&["missing-key"]).contains("needs the key `title`"));
}

#[test]
fn tutorials_have_pages_with_the_same_directives() {
    let yml = "title: How to wait\nstatus: ready\npages: [{id: start, title: Start}]\n";
    let path = "content/tutorials/waiting/tutorial.yml";
    let body = "## First {#first}\n\nWait.\n\n:::expect\nNothing happens.\n:::\n";
    let loaded = load(&[(path, yml), ("content/tutorials/waiting/start.md", body)]).clean();
    assert!(!loaded.course().tutorials[0].pages[0].blocks.is_empty());
    assert!(load(&[(path, yml)]).only(&["missing-file"]).contains("start.md"));
}

#[test]
fn facts_stand_in_the_file_that_they_name() {
    let text = load(&[(crate::course::MANIFEST, &SCENARIO_YML.replace("value: 5000", "value: 6000"))]);
    assert!(text.only(&["stale-fact"]).contains("does not say `6000`"));
}

#[test]
fn tutorials_come_in_the_order_of_the_course() {
    let named = |list: &str| {
        let course = format!("{COURSE_YML}tutorials: [{list}]\n");
        let yml = |id: &str| {
            (format!("content/tutorials/{id}/tutorial.yml"), format!("title: {id}\nstatus: planned\n"))
        };
        let files = ["alpha", "beta", "gamma"].map(yml);
        let mut laid: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        laid.push((COURSE, &course));
        load(&laid)
    };
    let loaded = named("gamma").clean();
    let ids: Vec<&str> = loaded.course().tutorials.iter().map(|tutorial| tutorial.id.as_str()).collect();
    assert_eq!(ids, ["gamma", "alpha", "beta"]);
    assert!(named("gama").only(&["missing-file"]).contains("did you mean `gamma`?"));
    assert!(named("beta, beta").only(&["duplicate-id"]).contains("listed twice"));
}

#[test]
fn default_panels_come_from_the_metrics() {
    assert!(!load(&[]).clean().scenario("first").panels.is_empty());
    let own = "dashboard: [{id: mine, title: Mine, unit: reqps, help: Help., series: [{rate: http_requests_total}]}]\n";
    let loaded = load_manifest(own).clean();
    assert_eq!(loaded.scenario("first").panels.len(), 1);
}

#[test]
fn a_misspelt_folder_of_content_is_found() {
    let text = load(&[("content/trackz/extra.yml", "title: Extra\n"), ("content/README.md", "About.\n")]);
    assert!(text.only(&["unused-file"]).contains("did you mean `content/tracks`?"));
}
