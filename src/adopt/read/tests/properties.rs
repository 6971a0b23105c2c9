//! What holds for any text: parts cover the page, every span is sound, nothing panics.

use proptest::prelude::*;

use super::outline::{outline_page, outline_repository};
use crate::adopt::read::read_repository;
use crate::adopt::{PartKind, Repository};
use crate::source::{Files, Origin, Span};

/// Lines that mean something to some reader, whole or cut off.
const LINES: [&str; 64] = [
    "",
    "",
    "",
    "# Scenario 3: A title",
    "## Step 2 — Look",
    "### Fix 1: It",
    "##Step 3: x",
    "#### Before",
    "**Q1: Why?**",
    "**Q2:** How?",
    "> **Question 3.** What",
    "> more?",
    "**Think:** Who?",
    "```text",
    "```",
    "~~~",
    "Your answer:",
    "Your answer: ____",
    "- a: ____",
    "- [ ] b",
    "1. Why?",
    "   Your answer: ___",
    "- **A)** **Name.** text",
    "> **Option A — X.** y",
    ">",
    "**Option B: Z** w",
    "Options:",
    "Before (the problem):",
    "After:",
    "```js",
    "// before: src/x.js",
    "// after",
    "![a](b.svg)",
    "*Fig 1.2 — c*",
    "<p align=\"center\"><img src=\"a.svg\" alt=\"x\"></p>",
    "<p><em>Figure 1</em> y</p>",
    "> 💡 Hint",
    "> [!TIP]",
    "<details>",
    "<details><summary>Hint</summary>",
    "<summary>Answer",
    "</summary>",
    "</details>",
    "## Stuck?",
    "| a | b |",
    "|---|---|",
    "| x | |",
    "## Answer Key",
    "## FAQ",
    "**Why?** So.",
    "---",
    "*Next: Scenario 4 — x*",
    ":::hint",
    ":::",
    "::leaf{x}",
    "<!--",
    "-->",
    "    code",
    "[x]: y",
    "**Time:** 45 min · **Level:** é",
    "🎉 ä *b **c* `d",
    "- x\n  - y: z\n    - w",
    "\t> q",
    "***",
];

fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        8 => proptest::sample::select(&LINES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,30}",
        1 => "[*_`\\[\\]()<>!#>|: 0-9A-Qa-c—é\\-]{0,24}",
    ];
    proptest::collection::vec(line, 0..50).prop_map(|lines| lines.join("\n"))
}

fn read(text: &str, readme: &str, answers: &[u8]) -> Repository {
    let mut files = Files::default();
    files.add_text("README.md", readme);
    files.add_text("a/SCENARIO.md", text);
    files.add("a/ANSWERS.md", answers, Origin::Project, false);
    files.add_text("a/src/x.js", "x\n");
    files.add("a/solution/one/x.fixed.js", answers, Origin::Project, false);
    files.add(".devcontainer/b/devcontainer.json", answers, Origin::Project, false);
    read_repository(files)
}

/// Parts cover the page, and their own spans lie inside of them and between characters.
fn check(repository: &Repository) -> Result<(), TestCaseError> {
    let files = &repository.files;
    for folder in &repository.folders {
        let Some(page) = &folder.page else { continue };
        let text = files.text(page.file).unwrap_or("");
        let mut at = 0;
        for part in &page.parts {
            let range = part.span.range();
            prop_assert_eq!(range.start, at, "parts follow each other");
            prop_assert!(range.end > range.start, "no part is empty");
            prop_assert!(range.start == 0 || text[..range.start].ends_with('\n'), "whole lines");
            for span in spans_of(&part.kind) {
                let inner = span.range();
                prop_assert!(text.get(inner.clone()).is_some(), "between characters");
                prop_assert!(range.start <= inner.start && inner.end <= range.end, "inside of the part");
            }
            at = range.end;
        }
        prop_assert_eq!(at, text.len(), "to the end");
    }
    // Printing slices every span.
    let _ = outline_repository(repository);
    for folder in &repository.folders {
        let _ = outline_page(files, folder);
    }
    Ok(())
}

fn spans_of(kind: &PartKind) -> Vec<Span> {
    match kind {
        PartKind::Fields(fields) => {
            fields.iter().flat_map(|field| [field.name.span, field.value.span]).collect()
        }
        PartKind::Section(heading) => vec![heading.title.span],
        PartKind::Fix(fix) => vec![fix.title.span],
        PartKind::Heading { text, .. } => vec![*text],
        PartKind::Question(question) => {
            let own = question.answer_box.as_ref().map(|found| found.span);
            question.text.iter().copied().chain(own).collect()
        }
        PartKind::Options(options) => {
            options.iter().flat_map(|option| option.text.iter().copied().chain(option.name)).collect()
        }
        // The file of a change may be named above it.
        PartKind::Change(change) => {
            let bodies = change.before.into_iter().chain(change.after);
            bodies.chain(change.labels.iter().copied()).chain(change.prose.iter().copied()).collect()
        }
        PartKind::Figure(figure) => vec![figure.alt.span, figure.path.span],
        PartKind::Hint { text } => text.clone(),
        PartKind::Commands { body, .. } => vec![*body],
        PartKind::Stuck { rows } => rows.iter().flat_map(|(problem, help)| [*problem, *help]).collect(),
        PartKind::Faq { question, answer } => answer.iter().copied().chain([*question]).collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn parts_cover_any_page(text in page(), readme in page(), answers in page()) {
        check(&read(&text, &readme, answers.as_bytes()))?;
    }

    #[test]
    fn bytes_never_panic(text in "(?s).{0,300}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut files = Files::default();
        files.add("SCENARIO.md", &bytes, Origin::Project, false);
        files.add("README.md", &bytes, Origin::Project, false);
        check(&read_repository(files))?;
        check(&read(&text, &text, &bytes))?;
    }
}

#[test]
fn long_pages_take_no_longer_for_each_line() {
    for line in [
        "**Q1: Why?**\n\n",
        "<details>\n\n",
        "- a\n",
        "> **Q1** x\n",
        "**a ",
        "`a` **b\n",
        "## FAQ\n\n**a** b\n\n",
        "1. Why?\n",
        "| a | |\n",
        "[a](b) ",
        ":::hint\n",
        ":::hint\n\n",
        "> ",
        "- ",
        "[",
        "`",
        "*a_ ",
        "<p>",
        "## Step 1 — x\n\n- **A)** b\n- **B)** c\n\n",
        "Before:\n\n```js\na\n```\n\n",
        "**Q1: a?**\n",
        "#### Option A: b\n\nc\n\n",
    ] {
        let text = line.repeat(60_000 / line.len());
        let start = std::time::Instant::now();
        check(&read(&text, &text, text.as_bytes())).expect("sound");
        // Far above what it takes, and far below what a square would.
        assert!(start.elapsed().as_secs() < 20, "{line:?} took {:?}", start.elapsed());
    }
}
