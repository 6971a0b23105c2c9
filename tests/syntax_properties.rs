//! The syntax layer on arbitrary text: it never panics, it ends, and every span it hands out lies
//! inside its file between two characters.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use proptest::prelude::*;
use scenarist::diag::Sink;
use scenarist::source::{Files, Span};
use scenarist::syntax::attributes::{Attributes, attributes_end, parse_attributes};
use scenarist::syntax::code::{
    Explaining, dedent, region_text, rewrite_explaining, scan_regions, strip_markers,
};
use scenarist::syntax::document::{
    Block, BlockKind, Body, DirectiveShape, Link, parse_document, parse_inline_links,
};

const SHAPES: &[DirectiveShape] = &[
    DirectiveShape {
        name: "question",
        body: Body::Required,
        parents: &[],
        children: Some(&["answer", "only"]),
    },
    DirectiveShape { name: "answer", body: Body::Required, parents: &["question"], children: None },
    DirectiveShape { name: "hint", body: Body::Required, parents: &[], children: Some(&[]) },
    DirectiveShape { name: "loadtest", body: Body::None, parents: &[], children: None },
    DirectiveShape { name: "only", body: Body::Optional, parents: &[], children: None },
];

const FRAGMENTS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    ":::question{#a kind=b}\n",
    ":::answer\n",
    ":::hint\n",
    ":::\n",
    ":::/answer\n",
    ":::/question\n",
    "::loadtest{#x}\n",
    "::",
    ":::",
    "{#a .b c=\"d\"}",
    "{",
    "}",
    "\"",
    "## Heading {.fix}\n",
    "# ",
    "====\n",
    "---\n",
    "***\n",
    "- ",
    "- {#x} ",
    "- [x] ",
    "1. ",
    "> ",
    "```js {file=a}\n",
    "```\n",
    "~~~\n",
    "<!-- ",
    "-->",
    "<pre>",
    "</pre>",
    "<details>\n",
    "| a | b |\n|---|--:|\n",
    "| c\\|d | ",
    "|",
    "\\|",
    "\\",
    "[x]",
    "[",
    "]",
    "](",
    ")",
    "[](scenario:a)",
    "![a](b.svg \"t\")",
    "[x]: y\n",
    "[^1]: note\n",
    "[^1]",
    "https://e.org/x",
    "<https://e.org>",
    "&amp;",
    "`",
    "**",
    "_",
    "ä",
    "\u{1F41B}",
    "word",
    "\u{a0}",
    "\u{2028}",
];

const CODE: &[&str] = &[
    "\n",
    "\n",
    " ",
    "\t",
    "// #region a\n",
    "// #region b\n",
    "// #endregion\n",
    "// #endregion a\n",
    "//: why",
    "//::",
    "#: why",
    "--: why",
    "{/*: why */}",
    "/*",
    "*/",
    "`",
    "'",
    "\"",
    "${",
    "}",
    "{",
    "(",
    ")",
    "/",
    "let a = 1;",
    "<p>",
    "</p>",
    "# #region a\n",
    "<!-- #region a -->\n",
    "\\",
    "ä",
    "\u{2028}",
];

fn text_of(fragments: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        "[a:`#{}<>|\\[\\]()\n \t!*_\\\\-]{0,80}",
        prop::collection::vec(prop::sample::select(fragments), 0..40).prop_map(|parts| parts.concat()),
    ]
}

/// A text as the reader of files hands it out.
fn normal(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\0'], "\n")
}

fn check_span(text: &str, span: Span, within: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no slice of {text:?}");
    assert!(within.start <= span.start && span.end <= within.end, "{span:?} outside {within:?} in {text:?}");
}

fn check_attributes(text: &str, attributes: &Attributes, within: Span) {
    check_span(text, attributes.span, within);
    let words = attributes.id.iter().chain(&attributes.classes);
    let pairs = attributes.pairs.iter().flat_map(|(key, value)| [key, value]);
    words.chain(pairs).for_each(|word| check_span(text, word.span, attributes.span));
}

fn check_link(text: &str, link: &Link, within: Span) {
    check_span(text, link.span, within);
    check_span(text, link.text, link.span);
    check_span(text, link.destination.span, link.span);
}

/// Checks blocks and everything in them; they follow each other without overlapping.
fn check_blocks(text: &str, blocks: &[Block], within: Span) {
    let mut at = within.start;
    for block in blocks {
        check_span(text, block.span, within);
        assert!(at <= block.span.start, "blocks overlap in {text:?}");
        at = block.span.end;
        block.links.iter().for_each(|link| check_link(text, link, block.span));
        check_block(text, block);
    }
}

fn check_block(text: &str, block: &Block) {
    let span = block.span;
    match &block.kind {
        BlockKind::Heading { text: title, attributes, .. } => {
            check_span(text, *title, span);
            check_attributes(text, attributes, span);
        }
        BlockKind::Directive(it) => {
            check_span(text, it.opener, span);
            check_span(text, it.name.span, it.opener);
            check_attributes(text, &it.attributes, it.opener);
            assert!(text.get(it.body.range()).is_some());
            check_blocks(text, &it.children, Span::new(span.file, it.opener.range().end, span.range().end));
        }
        BlockKind::Fence { language, attributes, body } => {
            check_span(text, language.span, span);
            check_attributes(text, attributes, span);
            assert!(text.get(body.range()).is_some() && body.start >= span.start);
        }
        BlockKind::Figure(it) => {
            let spans = [it.alt, it.destination.span, it.title.span];
            spans.into_iter().for_each(|it| check_span(text, it, span));
        }
        BlockKind::Table(table) => {
            let cells = table.rows.iter().chain([&table.head]);
            for row in cells {
                assert_eq!(row.len(), table.alignments.len());
                row.iter().for_each(|cell| check_span(text, cell.span, span));
            }
        }
        BlockKind::List(list) => {
            assert!(!list.items.is_empty(), "a list without items in {text:?}");
            for item in &list.items {
                check_span(text, item.span, span);
                check_span(text, item.content, item.span);
                item.attributes.iter().for_each(|it| check_attributes(text, it, item.span));
            }
        }
        BlockKind::Comment { text: inside } => check_span(text, inside.span, span),
        BlockKind::Prose { .. } | BlockKind::Definition => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_are_parsed_whatever_they_hold(text in text_of(FRAGMENTS)) {
        let text = normal(&text);
        let mut files = Files::default();
        let file = files.add_text("a.md", &text);
        let text = files.text(file).unwrap_or("");
        let sink = Sink::default();
        let document = parse_document(&files, file, SHAPES, &sink);
        let whole = Span::new(file, 0, text.len());
        check_blocks(text, &document.blocks, whole);
        document.definitions.iter().for_each(|span| check_span(text, *span, whole));
        for finding in sink.into_sorted(&files) {
            check_span(text, finding.span, whole);
            let labels = finding.secondary.iter().map(|label| label.span);
            let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
            labels.chain(edits).for_each(|span| check_span(text, span, whole));
        }
    }

    #[test]
    fn every_line_of_text_belongs_to_a_block(text in text_of(FRAGMENTS)) {
        let text = normal(&text);
        let mut files = Files::default();
        let file = files.add_text("a.md", &text);
        let text = files.text(file).unwrap_or("");
        let document = parse_document(&files, file, SHAPES, &Sink::default());
        let mut at = 0;
        let blocks = document.blocks.iter().map(|block| block.span.range());
        for block in blocks.chain(std::iter::once(text.len()..text.len())) {
            for line in text[at..block.start].lines() {
                prop_assert!(line.trim().is_empty() || line.starts_with("::"), "{line:?} lost in {text:?}");
            }
            at = block.end;
        }
    }

    #[test]
    fn inline_links_and_attributes_are_placed(text in text_of(FRAGMENTS)) {
        let mut files = Files::default();
        let file = files.add_text("a.md", &normal(&text));
        let text = files.text(file).unwrap_or("");
        let whole = Span::new(file, 0, text.len());
        parse_inline_links(text, whole).iter().for_each(|link| check_link(text, link, whole));
        let sink = Sink::default();
        if let Some(at) = text.find('{') {
            let end = attributes_end(&text[at..]).map_or(text.len(), |len| at + len);
            let span = Span::new(file, at, end);
            check_attributes(text, &parse_attributes(&text[at..end], span, &sink), span);
        }
        for finding in sink.into_sorted(&files) {
            check_span(text, finding.span, whole);
        }
    }

    #[test]
    fn markers_and_explaining_comments_are_rewritten_once(
        text in text_of(CODE),
        path in prop::sample::select(vec!["a.js", "a.jsx", "a.ts", "a.yml", "a.sql", "a.html", "a.css", "Makefile"]),
    ) {
        let path = path.into();
        for region in &scan_regions(path, &text).regions {
            prop_assert!(text.get(region.lines.clone()).is_some());
            prop_assert_eq!(&text[region.id_span.0..region.id_span.1], &region.id);
            let _ = dedent(&region_text(&text, region));
        }
        let stripped = strip_markers(path, &text);
        prop_assert_eq!(&strip_markers(path, &stripped), &stripped);
        let once = dedent(&text);
        prop_assert_eq!(&dedent(&once), &once);
        for how in [Explaining::Plain, Explaining::Removed] {
            let once = rewrite_explaining(path, &text, how);
            prop_assert_eq!(&rewrite_explaining(path, &once, how), &once);
        }
    }
}

/// Texts made to take long or to nest deep. Each is parsed within a few seconds even unoptimised,
/// and the tree can be dropped without running out of stack.
#[test]
fn deep_and_long_pages_end() {
    let many = 20_000;
    for text in [
        "> ".repeat(many),
        "[".repeat(many),
        "- ".repeat(many) + "x",
        ":::only\n\n".repeat(many),
        ":::hint\n\n".repeat(many),
        "[a](".repeat(many),
        "![](".repeat(many),
        "| \\| [a](b) ".repeat(many / 10) + "|\n|---",
        "[x]: y\n".repeat(many) + "text",
        "`".repeat(many) + "\n::x",
        "# {".repeat(many),
        "::\n".repeat(many),
    ] {
        let mut files = Files::default();
        let file = files.add_text("a.md", &text);
        let start = std::time::Instant::now();
        let document = parse_document(&files, file, SHAPES, &Sink::default());
        drop(document);
        let shown: String = text.chars().take(12).collect();
        assert!(start.elapsed().as_secs() < 10, "{shown:?} took {:?}", start.elapsed());
    }
}
