//! What the reference says in sentences, each with the name of the test that holds it.

/// A sentence of the reference.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    pub text: &'static str,
    /// The test, by the name of its function.
    pub test: &'static str,
}

const fn held(text: &'static str, test: &'static str) -> Statement {
    Statement { text, test }
}

/// Every section's statements.
pub static ALL: &[&[Statement]] = &[LAYOUT, IDS, PAGE, DIRECTIVES, CODE, REFERENCES, STAGES, FILES];

pub static LAYOUT: &[Statement] = &[
    held(
        "The stacks and themes that come with `scenarist` need no files of yours. A file of yours with the same path stands in for the built-in one.",
        "a_file_of_the_project_stands_in_for_the_built_in_one",
    ),
    held(
        "A track is a file of `content/tracks/` that `tracks` in course.yml lists; its id is the file's name.",
        "tracks_are_the_files_that_the_course_lists",
    ),
    held(
        "A tutorial is a folder of `content/tutorials/`. Those that `tutorials` in course.yml names come first, in that order; the others follow by name.",
        "tutorials_come_in_the_order_of_the_course",
    ),
    held(
        "A scenario is a folder of `content/scenarios/`; its id is the folder's name. A folder that no track lists is reported.",
        "a_scenario_that_no_track_lists_is_found",
    ),
    held(
        "A planned scenario needs no folder: it is described in its track, with a title at least.",
        "a_planned_scenario_lives_in_its_track",
    ),
    held(
        "Once a scenario has a folder, its title stands in scenario.yml and nowhere else.",
        "a_written_scenario_says_its_title_in_its_own_file",
    ),
    held("A file of a scenario's folder that nothing uses is reported.", "files_of_a_scenario_have_a_use"),
    held(
        "Text is UTF-8. A byte order mark and Windows line ends are accepted; what comes out has neither.",
        "byte_order_mark_and_carriage_returns_are_removed",
    ),
    held(
        "A file that is not UTF-8 is copied if it belongs to an app, and refused where text is meant.",
        "bytes_that_are_no_text_are_kept_and_refused_as_text",
    ),
    held("A path that leaves its folder (`..`, or absolute) is refused.", "paths_stay_inside"),
];

pub static IDS: &[Statement] = &[
    held(
        "An id is lower-case letters and digits, in words joined by single hyphens: `shared-pool`.",
        "an_id_is_lower_case_words_with_hyphens",
    ),
    held(
        "Scenario ids are unique in the course. Ids of sections, questions, results, load tests and commands are unique on their page, where they are anchors.",
        "an_id_stands_once",
    ),
    held(
        "Numbers are never written by hand. They come from the order of scenarios in tracks and of steps, questions, figures and fixes on a page; moving a scenario renumbers everything.",
        "numbers_come_from_the_order_alone",
    ),
    held(
        "Each track counts from 1. Its `folder` pattern (`{number}`, `{number:02}`, `{id}`) keeps its folders apart from those of other tracks.",
        "each_track_counts_from_one_in_folders_of_its_own",
    ),
    held(
        "A folder pattern gives one level: Codespaces looks for devcontainers one level deep.",
        "a_folder_pattern_gives_one_level",
    ),
    held(
        "Scenarios of a group with `bonus: true` are not counted; their folder comes from `bonus-folder`.",
        "bonus_groups_are_not_counted",
    ),
    held(
        "A reference into another track names the track: \"Track 2 · Scenario 1 — …\".",
        "names_of_another_track_say_so",
    ),
    held(
        "`was: [old-id]` remembers an id's old name (`was=old-id` on headings and questions).",
        "a_renamed_id_is_known_by_its_old_name",
    ),
];

pub static PAGE: &[Statement] = &[
    held(
        "A section is an H2, and its role is a class behind it: `## Look closer {.observe #look}`. A class that is no role is reported with the nearest one.",
        "a_class_that_is_no_role_is_found",
    ),
    held(
        "Sections from `observe` to `reflect` are steps and are numbered. Roles may repeat. `.unnumbered` leaves one out of the count.",
        "observe_to_reflect_are_numbered_steps",
    ),
    held("The first `observe` stands before the first `understand`.", "symptoms_come_before_code"),
    held("The page has no H1: the title comes from scenario.yml.", "the_title_is_not_in_the_page"),
    held(
        "A heading without an id gets one from its words.",
        "a_heading_without_an_id_gets_one_from_its_words",
    ),
    held(
        "An H3 below `.fix` whose id is listed under `fixes` is that fix. Every fix has its heading, in the same order as in scenario.yml.",
        "fixes_stand_in_order_under_their_headings",
    ),
    held("A scenario's only fix is called \"The fix\".", "a_lone_fix_is_the_fix"),
    held(
        "An image with a title, alone in its paragraph, is a figure: its id is the file's name without ending, the title is its caption, and it is numbered.",
        "a_figure_is_an_image_with_a_title_alone_in_its_paragraph",
    ),
    held(
        "A table with two columns in a `.stuck` section ends with the rows that the stack adds.",
        "stuck_tables_end_with_the_rows_of_the_stack",
    ),
    held(
        "All other Markdown reaches learners letter by letter as you wrote it.",
        "prose_is_taken_from_the_source_as_it_stands",
    ),
];

pub static DIRECTIVES: &[Statement] = &[
    held(
        "Outside code fences, HTML comments and `<pre>`, every line that begins with `::` is a directive or a closer; anything else there is reported. `\\::` prints colons.",
        "every_line_that_begins_with_two_colons_is_a_directive",
    ),
    held(
        "`:::` closes the innermost open directive. More than three colons mean the same as three.",
        "a_bare_closer_closes_the_innermost",
    ),
    held("`:::/name` closes too, and the name is checked.", "a_named_closer_is_checked"),
    held(
        "A directive that is never closed is reported where it opens. An H1 to H3 closes everything that is open.",
        "a_missing_closer_is_reported_at_its_opener",
    ),
    held("A closer with nothing to close is reported.", "a_closer_that_closes_nothing_is_found"),
    held(
        "Blank lines stand before and after each directive line; `scenarist lint --fix` adds them.",
        "directives_stand_between_blank_lines",
    ),
    held(
        "Directives start in the first column, never in a list or a quote.",
        "directives_start_in_the_first_column",
    ),
    held(
        "Attributes are `{#id .class key=value key=\"two words\"}`. A second id, or a key twice, is reported.",
        "a_second_id_or_key_is_one_finding_and_the_first_stays",
    ),
    held(
        "Unknown directives, attributes and values are reported with the nearest name that exists; required attributes are asked for.",
        "unknown_names_and_attributes_come_with_a_suggestion",
    ),
    held(
        "A directive that belongs into another one is reported elsewhere.",
        "an_answer_stands_in_a_question",
    ),
    held(
        "`::name` is a directive without content, `:::name` one with content; the wrong form is reported.",
        "leaves_have_no_content_and_containers_have_some",
    ),
    held("Questions are numbered through the page.", "questions_are_numbered_through_the_page"),
    held(
        "A `choice` question holds a task list with at least one `[x]`; learners see no marks.",
        "a_choice_is_a_task_list",
    ),
    held("A `design` question has a rubric and no answer.", "a_design_question_has_a_rubric_and_no_answer"),
    held(
        "`planted` names an open question of `bridge.plants`; the scenario that answers it lists it under `takes-up`.",
        "bridges_join_a_planted_question_with_the_scenario_that_takes_it_up",
    ),
    held("Options get letters in the order of the page.", "options_are_lettered"),
    held("Hints are counted by section: \"Hint 1 of 2\".", "hints_are_counted_by_section"),
    held(
        "What a learner types into a table of results is kept by load test, stage and measure, so that two tables share it.",
        "a_result_is_kept_by_test_stage_and_measure",
    ),
    held(
        "A snippet is looked for in `content/snippets/`, then in the stack.",
        "snippets_are_the_courses_or_the_stacks",
    ),
    held(
        "Tiers with less scaffolding than `high` print no code of fixes.",
        "less_scaffolding_shows_no_code_of_fixes",
    ),
    held(
        "Every example below is compiled as a part of a page, without a finding.",
        "every_directive_example_lowers_without_findings",
    ),
];

pub static CODE: &[Statement] = &[
    held(
        "A fence with `file` shows that file of the learner's tree, or one region of it. Files that the stack makes count too.",
        "a_fence_shows_a_file_of_the_learners_tree",
    ),
    held(
        "The stage is the one at this place of the page: broken before the fixes, then each fix below its heading. `stage` names another.",
        "the_stage_of_a_fence_is_the_one_at_its_place",
    ),
    held(
        "The fence may be empty, and is filled in; or it holds the code, which is then compared with the file and refreshed by `scenarist lint --fix`.",
        "code_that_stands_in_the_page_is_compared_with_the_file",
    ),
    held(
        "A command with an id can have an `output` fence. An empty one shows what the recorded run printed; a filled one is compared with it.",
        "an_empty_output_fence_shows_what_the_run_recorded",
    ),
    held(
        "A region is the whole lines between `#region id` and `#endregion` (or `#endregion id`), each in a comment of the file's language: `//`, `#`, `--`, `/* */`, `<!-- -->`.",
        "regions_are_found_in_every_comment_style",
    ),
    held("A marker is a comment line of its own.", "a_marker_is_a_whole_comment_line"),
    held(
        "Regions nest and never cross; an id stands once in a file; every region is closed.",
        "each_fault_is_named",
    ),
    held("Regions that don't pair up are reported where they stand.", "regions_pair_up"),
    held(
        "Comments that start with `//:`, `#:`, `--:` or `{/*:` explain code to people who don't know its language. Learners get them as ordinary comments, and no markers.",
        "learners_get_no_markers_and_ordinary_comments",
    ),
    held(
        "They stand on lines of their own; in JavaScript also at the end of a line.",
        "trailing_ones_count_in_javascript",
    ),
    held(
        "Strings and templates are never mistaken for comments.",
        "strings_templates_and_other_comments_are_left_alone",
    ),
    held(
        "With `comments: twin` in course.yml the file itself has no explaining comments.",
        "with_twins_the_file_has_no_explaining_comments",
    ),
    held(
        "A comment `allow group/name: reason` accepts a finding of the linter: on a page in `<!-- -->`, for the next block with all that is in it (of a heading, the line); in a file in its language's comments, for the next entry, statement or element.",
        "a_comment_on_a_page_accepts_what_the_next_block_has",
    ),
    held(
        "Learners never see such a comment, and a recorded run stays valid when one is added.",
        "learners_never_see_comments_for_the_linter",
    ),
];

pub static REFERENCES: &[Statement] = &[
    held(
        "A name with empty text, `[](scenario:indexes)`, is filled in with what it names: \"Scenario 2 — Indexes and slow queries\", \"Q3\", \"Option B\".",
        "every_scheme_resolves_and_reads_as_its_target",
    ),
    held("Text that is given is kept: `[the next one](scenario:indexes)`.", "text_that_is_given_is_kept"),
    held(
        "What does not resolve is an error, with the nearest name as a suggestion.",
        "what_does_not_resolve_comes_with_a_suggestion",
    ),
    held(
        "Inside its scenario a thing is named by its id, elsewhere by `scenario-id/its-id`.",
        "things_of_another_scenario_are_named_with_it",
    ),
    held(
        "A value is written with its text, `[200](loadtest:connections)`, and the text must say the value. `scenarist lint --fix` refreshes it.",
        "a_value_in_prose_says_what_is_declared",
    ),
    held(
        "Digits and commas of the text decide how the value is rounded and grouped: `12 %` and `12.3 %` both say 12.31.",
        "a_text_that_says_the_value_is_left_alone",
    ),
    held("A value without text is reported: GitHub would show nothing.", "a_value_is_never_empty"),
    held(
        "Texts in YAML files that learners read are inline Markdown with references.",
        "texts_of_yaml_files_hold_references",
    ),
    held("References don't work in code fences.", "references_do_not_work_in_fences"),
    held("A fact's value must stand in the file that it names.", "facts_stand_in_the_file_that_they_name"),
];

pub static STAGES: &[Statement] = &[
    held(
        "The first stage, `broken`, is `app/` with the files that the stack makes. Each fix lays its folder `solution/<fix>/` over the stage before and makes the next.",
        "each_fix_is_an_overlay_that_makes_a_stage",
    ),
    held(
        "Stages differ only in what a `change` of that fix shows. A difference elsewhere is reported at its line.",
        "stages_differ_only_where_a_change_shows_it",
    ),
    held(
        "A `change` whose code is the same before and after is reported.",
        "a_change_that_changes_nothing_is_found",
    ),
    held("A `change` stands below the heading of its fix.", "a_change_stands_under_its_fix"),
    held(
        "A `change` says \"Create\" for a new file, \"Add\" for a new region, \"Remove\" for one that is gone.",
        "a_change_says_create_add_or_remove",
    ),
    held(
        "Files listed under `sql` of a fix are typed by the learner and are not laid over the app.",
        "sql_of_a_fix_is_typed_and_no_overlay",
    ),
    held(
        "A fix can patch the environment and the load tests; the stack's files are made again from the result.",
        "a_fix_can_patch_environment_and_load_tests",
    ),
    held(
        "A fix with `kept: false` has a stage, and the next fix starts from the one before it.",
        "a_fix_that_is_dropped_is_no_base_for_the_next",
    ),
    held("A folder of `solution/` belongs to a fix.", "a_solution_folder_belongs_to_a_fix"),
    held(
        "A file that both the app and the stack have is an error unless `environment.replaces` lists it; then the app's counts.",
        "a_file_of_app_and_stack_needs_replaces",
    ),
    held(
        "A `devcontainer.json` beside scenario.yml stands in for the stack's template and stays as it was written, comments and all; `devcontainer.json.j2` is a template with the marks of the stack. A stack needs none if all of its scenarios have their own.",
        "a_devcontainer_beside_the_scenario_stands_in_for_the_stacks",
    ),
    held(
        "`extends` starts a scenario from a stage of another one, its last if none is named.",
        "a_scenario_can_start_from_a_stage_of_another",
    ),
    held(
        "The hash of a recorded run covers stages, load tests and environment, and neither prose nor the scenario's place.",
        "the_hash_of_a_run_ignores_prose_and_position",
    ),
];

pub static FILES: &[Statement] = &[
    held(
        "All faults of a file are reported in one run: unknown keys and words with the nearest one that exists, missing keys, wrong types.",
        "every_fault_of_a_file_is_reported_in_one_run",
    ),
    held("A key stands once in a mapping.", "a_key_stands_once"),
    held(
        "The tables below are the JSON Schemas that `scenarist schema` prints. A key is required there exactly when reading asks for it.",
        "required_keys_are_those_that_decoding_asks_for",
    ),
    held("The files of this repository fit these schemas.", "shipped_content_fits_its_schemas"),
    held(
        "What a scenario needs depends on its kind: an exercise an environment, load tests and minutes; a challenge minutes; a failure metrics; a case study what it teaches.",
        "each_kind_needs_its_own_keys",
    ),
    held("Concepts are named by their ids in concepts.yml.", "concepts_are_those_of_the_registry"),
    held(
        "Without `dashboard`, the panels are made from the metrics.",
        "default_panels_come_from_the_metrics",
    ),
    held(
        "A tutorial's pages are `<page>.md` beside tutorial.yml, with the same directives as scenario.md.",
        "tutorials_have_pages_with_the_same_directives",
    ),
    held(
        "A stack that extends another takes over what it does not have itself, file by file and entry by entry.",
        "a_stack_can_extend_another_and_change_one_file",
    ),
];
