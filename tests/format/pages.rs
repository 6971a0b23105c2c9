//! Roles, directives and their closing rules, figures, questions.

use scenarist::directive;
use scenarist::ir::{AnswerBox, Node, Table, TableUse};

use crate::course::{COURSE, COURSE_YML, MANIFEST, PAGE, SCENARIO_YML, TOP, load, load_page, page};
use crate::parity;
use scenarist::diag::Sink;
use scenarist::emit::monorepo::emit_monorepo;
use scenarist::emit::site::emit_site;
use scenarist::emit::tree::OutputTree;

const QUESTION: &str = ":::question{#why kind=comprehension}\nWhy?\n\n:::answer\nBecause.\n:::\n:::\n";

#[test]
fn every_directive_example_lowers_without_findings() {
    for spec in directive::ALL {
        let loaded = load_page(spec.example);
        assert_eq!(loaded.lines(), Vec::<String>::new(), "`{}`", spec.shape.name);
        assert!(loaded.written().blocks.len() > 2, "`{}` leaves nothing on the page", spec.shape.name);
    }
}

#[test]
fn every_directive_example_says_the_same_in_both_outputs() {
    // `only` is the one exception that there is.
    for spec in directive::ALL.iter().filter(|spec| spec.shape.name != "only") {
        let loaded = load_page(spec.example);
        let (course, sink) = (loaded.course(), Sink::default());
        let mut tree = OutputTree::default();
        emit_monorepo(course, &loaded.files, true, &mut tree, &sink);
        emit_site(course, &loaded.files, true, &[], &mut tree, &sink);
        let folder = format!("dist/monorepo/{}", loaded.scenario("first").folder);
        parity::check(&tree, "dist/site/scenarios/first/index.html", &folder);
    }
}

#[test]
fn definitions_hold_for_the_whole_page() {
    let body = "Read [the manual][man] and mind this.[^note]\n\n:::question{#why kind=comprehension}\nWhy?\n\n:::answer\nSee [the manual][man].\n:::\n:::\n\nThe end.\n\n[man]: https://example.org/manual\n\n[^note]: It is long.\n";
    let loaded = load_page(body).clean();
    let (course, sink) = (loaded.course(), Sink::default());
    let mut tree = OutputTree::default();
    emit_monorepo(course, &loaded.files, true, &mut tree, &sink);
    emit_site(course, &loaded.files, true, &[], &mut tree, &sink);
    let page = tree.text("dist/site/scenarios/first/index.html").expect("a page");
    assert_eq!(page.matches("href=\"https://example.org/manual\"").count(), 2, "{page}");
    assert!(page.contains("It is long.") && !page.contains("[^note]"), "{page}");
    let folder = format!("dist/monorepo/{}", loaded.scenario("first").folder);
    let answers = tree.text(format!("{folder}/ANSWERS.md")).expect("answers");
    assert!(answers.contains("[man]: https://example.org/manual"), "{answers}");
    assert!(!answers.contains("[^note]:"), "{answers}");
}

#[test]
fn observe_to_reflect_are_numbered_steps() {
    let loaded =
        load_page("## Read {.understand}\n\nRead.\n\n## Aside {.observe .unnumbered}\n\nLook.\n").clean();
    let numbers: Vec<Option<u32>> =
        loaded.scenario("first").locals.steps.iter().map(|it| it.number).collect();
    assert_eq!(numbers, [None, Some(1), Some(2), None, Some(3)]);
}

#[test]
fn a_class_that_is_no_role_is_found() {
    let text = load_page("## Look closer {.obsrve}\n\nLook.\n");
    assert!(text.only(&["unknown-role"]).contains("did you mean `.observe`?"));
    assert_eq!(text.place(), "obsrve");
}

#[test]
fn the_title_is_not_in_the_page() {
    assert!(load_page("# The slow answer\n").only(&["misplaced-heading"]).contains("start at `##`"));
}

#[test]
fn symptoms_come_before_code() {
    let text = load(&[(PAGE, &format!("## Read {{.understand}}\n\nRead.\n\n{}", page("")))]);
    assert!(text.only(&["page-structure"]).contains("before the symptoms are seen"));
}

#[test]
fn a_figure_is_an_image_with_a_title_alone_in_its_paragraph() {
    let picture = ("content/scenarios/first/diagrams/loop.svg", "<svg/>");
    let shown = page("![A loop](diagrams/loop.svg \"Round and round\")\n\nSee [](figure:loop).\n");
    let loaded = load(&[(PAGE, &shown), picture]).clean();
    assert!(loaded.prose().contains("See Fig 1.1."), "{}", loaded.prose());
    assert!(loaded.nodes().iter().any(|node| matches!(node, Node::Figure(it) if it.asset == "loop.svg")));
    let untitled = page("![A loop](diagrams/loop.svg)\n");
    let loaded = load(&[(PAGE, &untitled), picture]).clean();
    assert!(!loaded.nodes().iter().any(|node| matches!(node, Node::Figure(_))));
    assert!(load_page("![A loop](diagrams/lop.svg \"Round\")\n").codes().contains(&"missing-file"));
}

#[test]
fn questions_are_numbered_through_the_page() {
    let loaded = load_page(&format!(
        "{QUESTION}\n{}\nSee [](question:second).\n",
        QUESTION.replace("#why", "#second")
    ))
    .clean();
    assert!(loaded.prose().contains("See Q2."));
}

#[test]
fn a_choice_is_a_task_list() {
    let choice =
        ":::question{#pick kind=choice}\nWhich?\n\n- [x] this\n- [ ] that\n\n:::answer\nThis.\n:::\n:::\n";
    let loaded = load_page(choice).clean();
    let right = loaded.nodes().iter().find_map(|node| match node {
        Node::Question(question) => match &question.answer_box {
            AnswerBox::Choices { items } => Some(items.iter().map(|item| item.right).collect::<Vec<_>>()),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(right, Some(vec![true, false]));
    assert!(load_page(&choice.replace("[x]", "[ ]")).only(&["page-structure"]).contains("marked as right"));
}

#[test]
fn a_design_question_has_a_rubric_and_no_answer() {
    let text = load_page(&QUESTION.replace("comprehension", "design"));
    assert!(text.only(&["page-structure"]).contains("replace the answer by a `rubric`"));
}

#[test]
fn options_are_lettered() {
    let loaded = load_page(
        ":::options\n- {#one} **One.** Fast.\n- {#two} **Two.** Slow.\n:::\n\nTake [](option:two).\n",
    );
    assert!(loaded.clean().prose().contains("Take Option B."));
}

#[test]
fn hints_are_counted_by_section() {
    let loaded = load_page(":::hint\nFirst.\n:::\n\n:::hint\nSecond.\n:::\n").clean();
    let titles: Vec<&str> = loaded
        .nodes()
        .iter()
        .filter_map(
            |node| if let Node::Disclosure(closed) = node { Some(closed.summary.as_str()) } else { None },
        )
        .collect();
    assert_eq!(titles, ["Hint 1 of 2", "Hint 2 of 2"]);
}

#[test]
fn stuck_tables_end_with_the_rows_of_the_stack() {
    let loaded =
        load_page("## Stuck? {.stuck}\n\n| Problem | What to do |\n|---|---|\n| Mine | Wait |\n").clean();
    let rows = loaded.nodes().iter().find_map(|node| match node {
        Node::Table(table) if table.use_ == scenarist::ir::TableUse::Stuck => Some(table.rows.len()),
        _ => None,
    });
    assert!(rows.is_some_and(|rows| rows > 3));
}

#[test]
fn a_bare_closer_closes_the_innermost() {
    let loaded = load_page(QUESTION).clean();
    assert_eq!(loaded.scenario("first").locals.questions.len(), 1);
    let more_colons = QUESTION.replace(":::answer", "::::::answer");
    load_page(&more_colons).clean();
}

#[test]
fn a_named_closer_is_checked() {
    load_page(&QUESTION.replace(":::\n:::\n", ":::/answer\n:::/question\n")).clean();
    let text = load_page(&QUESTION.replace(":::\n:::\n", ":::/answer\n:::/hint\n:::\n"));
    assert!(text.codes().contains(&"stray-closer"), "{:?}", text.lines());
}

#[test]
fn a_missing_closer_is_reported_at_its_opener() {
    let text = load_page(":::hint\nFirst.\n");
    text.only(&["unclosed-directive"]);
    assert!(text.place().starts_with(":::hint"));
}

#[test]
fn a_closer_that_closes_nothing_is_found() {
    load_page("Text.\n\n:::\n").only(&["stray-closer"]);
}

#[test]
fn unknown_names_and_attributes_come_with_a_suggestion() {
    let text = load_page(":::hnt\nFirst.\n:::\n");
    assert!(text.only(&["unknown-directive"]).contains("`hint`"));
    let text = load_page(&QUESTION.replace("kind=", "kidn=comprehension kind="));
    assert!(text.only(&["unknown-attribute"]).contains("did you mean `kind`?"));
    let text = load_page(&QUESTION.replace("comprehension", "comprehnsion"));
    assert!(text.only(&["bad-attribute-value"]).contains("did you mean `comprehension`?"));
    let text = load_page(&QUESTION.replace(" kind=comprehension", ""));
    assert!(text.only(&["missing-attribute"]).contains("needs `kind`"));
}

#[test]
fn every_line_that_begins_with_two_colons_is_a_directive() {
    load_page(":: not one\n").only(&["malformed-directive"]);
    load_page("\\:: printed as it stands\n").clean();
    load_page("```text\n:::in a fence\n```\n").clean();
    load_page("<!-- a remark\n:::in a comment\n-->\n").clean();
    load_page("<pre>\n:::in pre\n</pre>\n").clean();
}

#[test]
fn directives_stand_between_blank_lines() {
    let text = load_page("Text.\n::environment\n");
    text.only(&["missing-blank-line"]);
    assert!(text.findings[0].fix.is_some());
}

#[test]
fn directives_start_in_the_first_column() {
    let hint = "- an item\n\n  :::hint\n  Inside.\n  :::\n";
    for body in [hint, "- an item\n\n  ::loadtest{#again}\n", "> ::loadtest{#again}\n"] {
        let text = load_page(body);
        assert_eq!(text.codes(), ["directive-in-list"], "{body}: {:?}", text.lines());
    }
}

#[test]
fn an_answer_stands_in_a_question() {
    let text = load_page(":::answer\nBecause.\n:::\n");
    assert!(text.only(&["misplaced-directive"]).contains("question"));
}

#[test]
fn leaves_have_no_content_and_containers_have_some() {
    load_page(":::environment\nText.\n:::\n").only(&["unexpected-body"]);
    load_page("::hint\n").only(&["missing-body"]);
}

#[test]
fn a_result_is_kept_by_test_stage_and_measure() {
    let loaded = load_page(
        "::loadtest{#baseline}\n\n::results{#compare stages=\"broken fast\" measures=\"success\"}\n",
    )
    .clean();
    let mut keys: Vec<&str> = Vec::new();
    for node in loaded.nodes() {
        if let Node::Table(table) = node {
            for cell in table.rows.iter().flatten() {
                if let scenarist::ir::Cell::Input { key } = cell {
                    keys.push(key);
                }
            }
        }
    }
    assert_eq!(keys.iter().filter(|key| **key == "main/broken/success").count(), 2);
    assert!(keys.contains(&"main/fast/success"));
}

#[test]
fn requests_that_are_tried_in_turn_have_a_row_each() {
    let requests = "[{id: page, path: /}]";
    let two = "[{id: page, path: /}, {id: about, path: /about}]";
    let rows = |yaml: String| {
        let loaded = load(&[(MANIFEST, &yaml), (PAGE, &page("::loadtest{#baseline}\n"))]);
        let is_asked_for =
            |table: &&Table| matches!(&table.use_, TableUse::Results { id } if id == "baseline");
        let mut tables = loaded.nodes().into_iter().filter_map(|node| match node {
            Node::Table(table) => Some(table.as_ref()),
            _ => None,
        });
        tables.find(is_asked_for).map_or(0, |table| table.rows.len())
    };
    let mode = |mode: &str| {
        SCENARIO_YML
            .replace(requests, two)
            .replace("connections: 20", &format!("mode: {mode}, connections: 20"))
    };
    assert_eq!((rows(mode("mix")), rows(mode("each"))), (1, 2));
}

#[test]
fn snippets_are_the_courses_or_the_stacks() {
    load_page("::include{snippet=open-grafana}\n").clean();
    let own = ("content/snippets/mine.md", "A sentence of ours.\n");
    let loaded = load(&[(PAGE, &page("::include{snippet=mine}\n")), own]).clean();
    assert!(loaded.prose().contains("A sentence of ours."));
    assert!(
        load_page("::include{snippet=open-grafna}\n")
            .only(&["unresolved-reference"])
            .contains("open-grafana")
    );
}

#[test]
fn prose_is_taken_from_the_source_as_it_stands() {
    let odd = "*  an   item\n*  another\n\nA line\\\nand `a | b` in one.\n";
    assert!(
        load_page(odd).clean().prose().contains("*  an   item\n*  another\n\nA line\\\nand `a | b` in one.")
    );
}

#[test]
fn less_scaffolding_shows_no_code_of_fixes() {
    let shown =
        |loaded: &crate::course::Loaded| loaded.nodes().iter().any(|node| matches!(node, Node::Change(_)));
    assert!(shown(&load(&[])));
    let walking =
        COURSE_YML.replace("name: Crawling, scaffolding: high", "name: Crawling, scaffolding: medium");
    assert!(!shown(&load(&[(COURSE, &walking)])));
}

#[test]
fn a_lone_fix_is_the_fix() {
    let loaded = load(&[]).clean();
    assert_eq!(loaded.written().fixes[0].label, "The fix");
    assert!(load(&[(PAGE, TOP)]).codes().contains(&"page-structure"));
}
