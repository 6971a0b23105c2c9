//! What is printed without the parser is what the parser would make of it.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{INLINE_START, INLINE_START_PRINTED, convert, parse, print_inline_html};
use crate::diag::Sink;
use crate::emit::print::html::Links;
use crate::emit::print::html::text::{Words, in_one_line, words_of};
use crate::ir::RichText;
use crate::load::load_with_pages;
use crate::model::Course;
use crate::source::Files;

/// Pieces of lines that mean something to Markdown, and some that do not.
const PIECES: [&str; 61] = [
    "a",
    "word",
    "Two words",
    " ",
    " ",
    " ",
    "  ",
    ".",
    ", ",
    ": ",
    ":",
    "(",
    ")",
    "\"",
    "'",
    "-",
    "/",
    "%",
    "!",
    "?",
    "é",
    "\u{a0}",
    "\u{200b}",
    "*",
    "**",
    "***",
    "*a*",
    "**a**",
    "**a b.** ",
    " *a* ",
    "_",
    "_a_",
    "__a__",
    "`",
    "``",
    "`a`",
    "`a b`",
    "` a `",
    "`*`",
    "`<b>`",
    "`a\\`",
    "```",
    "~~a~~",
    "[",
    "]",
    "[a](b)",
    "[a][x]",
    "![a](b.svg)",
    "<a href=\"x\">b</a>",
    "<b>",
    "&amp;",
    "&",
    "<",
    ">",
    "\\",
    "\\*",
    "www.e.org",
    "https://e.org",
    "a@e.org",
    "|",
    "#",
];

/// Lines that open and close blocks.
const LINES: [&str; 58] = [
    "",
    "",
    "",
    "",
    "  ",
    "\t",
    "```",
    "```js",
    "``` js {x}",
    "~~~",
    "````",
    "  ```",
    "code < 1 & 2",
    "    four",
    "- item",
    "- item",
    "- `an` *item*",
    "-  item",
    "* item",
    "+ item",
    "1. item",
    "1. item",
    "2. item",
    "3) item",
    "007. item",
    "10. item",
    "- a",
    "- - item",
    "   more",
    "    more",
    " more",
    "More",
    "-",
    "  more",
    "> quote",
    "---",
    "===",
    "# Heading",
    "| a | b |",
    "| a | b |",
    "|---|---|",
    "|:--|--:|",
    "| :-: | - |",
    "|  | **1** ms|",
    "| `a` | <a href=\"x\">b</a> |",
    "| c |",
    "|---|",
    "||",
    "| a \\| b |",
    "a | b",
    "--- | ---",
    "[x]: y",
    "[^1]: note",
    "a[^1]",
    "<details>",
    "</details>",
    "<!-- c -->",
    "\u{a0}",
];

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => prop::collection::vec(prop::sample::select(&PIECES[..]), 1..8).prop_map(|pieces| pieces.concat()),
        1 => prop::collection::vec(prop::sample::select(&PIECES[..]), 1..6).prop_map(|pieces| format!("Word {}", pieces.concat())),
        2 => prop::sample::select(&LINES[..]).prop_map(str::to_owned),
    ]
}

fn page() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 1..10).prop_map(|lines| lines.join("\n"))
}

/// `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let given = ProptestConfig::default();
    ProptestConfig { cases: given.cases.max(2_000), failure_persistence: None, ..given }
}

static COURSE: LazyLock<Course> = LazyLock::new(|| {
    let mut files = Files::default();
    let course = files.add_text(
        "content/course.yml",
        "title: T\nrepository: a/b\ntiers:\n  - {id: one, name: One, scaffolding: high}\ntracks: []\n",
    );
    load_with_pages(&files, course, &Sink::default()).expect("a course").0
});

proptest! {
    #![proptest_config(config())]

    #[test]
    fn parts_are_printed_as_the_parser_prints_them(markdown in page()) {
        let own = ["<a href=\"x\">".to_owned()];
        let links = Links::new(&COURSE, "");
        // HTML that could be an author's is made harmless, which writes quotation marks in its own way.
        let quoted = |html: String| html.replace("&quot;", "\"");
        let printed = convert(&markdown, &own, &links, &[]);
        prop_assert_eq!(quoted(printed), quoted(parse(&markdown, &own, &links, &[])));
        let mut all = Words::default();
        all.collect_markdown(&markdown, &links);
        prop_assert_eq!(words_of(&markdown, &links), in_one_line(&all.text));
    }

    #[test]
    fn lines_are_printed_as_the_parser_prints_them(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..8)) {
        let (line, links) = (pieces.concat(), Links::new(&COURSE, ""));
        let parsed = parse(&format!("{INLINE_START}{}", line.trim()), &[], &links, &[]);
        let parsed = parsed.trim().replacen(INLINE_START_PRINTED, "", 1);
        let printed = print_inline_html(&RichText::plain(&line), &links);
        if let Some(inner) = parsed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) && !line.trim().is_empty() {
            prop_assert_eq!(printed, inner);
        }
    }
}
