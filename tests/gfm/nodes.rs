//! Each node as Markdown, word for word.

use scenarist::emit::print::gfm::{GfmContext, Page, print_answers, print_gfm, print_scenario};
use scenarist::ir::{Block, Code, CodeUse, Node, Output};

use crate::course::{self, block, code, course, prose, question};
use crate::reading::assert_clean;

fn print(blocks: &[Block]) -> String {
    let (course, _) = course();
    let text = print_gfm(blocks, &GfmContext::new(&course, Page::Scenario(0), false));
    assert_clean("a node", &text);
    text
}

fn print_one(node: Node) -> String {
    print(&[block(node)])
}

#[test]
fn prose_is_left_as_it_was_written() {
    let text = "One line,\nand another with  two spaces.  \nA [link][x].\n\n1) odd\n2) list\n\n[x]: https://example.org\n";
    assert_eq!(print(&[prose(text)]), text);
}

#[test]
fn remarks_for_the_linter_are_not_printed() {
    let blocks = [prose("a"), prose("<!-- allow prose/repeated-word: on purpose -->"), prose("b")];
    assert_eq!(print(&blocks), "a\n\nb\n");
}

#[test]
fn references() {
    insta::assert_snapshot!(print_one(Node::Prose(course::references())));
}

#[test]
fn references_from_other_files() {
    let (course, _) = course();
    for (name, page) in [
        ("root", Page::Root { track: Some(0) }),
        ("answers", Page::Answers(0)),
        ("data", Page::Data(scenarist::model::Viewpoint::Scenario(0))),
    ] {
        let blocks = [block(Node::Prose(course::references()))];
        insta::assert_snapshot!(name, print_gfm(&blocks, &GfmContext::new(&course, page, true)));
    }
}

#[test]
fn a_figure() {
    insta::assert_snapshot!(print_one(course::figure()), @r"
    ![A request \[and\] its way](assets/architecture.svg)

    _Fig 1.1 — The system *you* are looking at_
    ");
}

#[test]
fn tables() {
    let blocks = [block(course::services()), block(course::results()), block(course::stuck())];
    insta::assert_snapshot!(print(&blocks));
}

#[test]
fn files() {
    insta::assert_snapshot!(print_one(Node::Files(course::file_rows())), @r"
    - `src/`
      - `server.js` — the app
    - `package.json` — its packages
    ");
}

#[test]
fn questions_with_every_box() {
    let blocks: Vec<Block> =
        course::questions().into_iter().map(|question| block(Node::Question(Box::new(question)))).collect();
    insta::assert_snapshot!(print(&blocks));
}

#[test]
fn a_question_that_does_not_begin_with_a_paragraph() {
    let mut asked = question(1, "a", "");
    asked.prompt = vec![
        block(Node::Code(Box::new(code("sql", "SELECT 1;\n", CodeUse::Shown)))),
        prose("What does it print?"),
    ];
    insta::assert_snapshot!(print_one(Node::Question(Box::new(asked))));
    assert!(
        print_one(Node::Question(Box::new(question(2, "b", "- a list\n\nand text"))))
            .starts_with("**Q2.**\n\n- a list\n")
    );
}

#[test]
fn options_hints_changes_and_asides() {
    let blocks = [
        block(course::options(Vec::new())),
        prose("- a list that is none of the options"),
        block(course::hint()),
        block(course::change()),
        block(course::expectation()),
        block(Node::Rubric(Box::new(course::levels()))),
    ];
    insta::assert_snapshot!(print(&blocks));
}

#[test]
fn a_fence_is_longer_than_what_it_holds() {
    let inner = Code { text: "```js\nx\n```\n".to_owned(), ..code("md", "", CodeUse::Shown) };
    assert_eq!(print_one(Node::Code(Box::new(inner))), "````md\n```js\nx\n```\n````\n");
}

#[test]
fn what_belongs_to_the_site_alone_is_left_out() {
    let only = |output, text: &str| block(Node::Only { output, body: vec![prose(text)] });
    assert_eq!(print(&[only(Output::Site, "a"), only(Output::Monorepo, "b")]), "b\n");
    assert_eq!(print_gfm(&[], &GfmContext::new(&course().0, Page::Scenario(0), false)), "");
}

#[test]
fn scenario_page() {
    let (course, _) = course();
    insta::assert_snapshot!(print_scenario(&course, 0, false));
}

#[test]
fn answer_page() {
    let (course, _) = course();
    insta::assert_snapshot!(print_answers(&course, 0, false));
}

#[test]
fn pages_of_later_scenarios() {
    let (course, _) = course();
    insta::assert_snapshot!("second", print_scenario(&course, 1, false));
    insta::assert_snapshot!("draft", print_scenario(&course, 2, true));
    assert_eq!(print_answers(&course, 1, false), "");
}
