//! Answers on the page and beside it, and the questions that they are for.

use super::outline::{answers_of, parts_of};

const QUESTIONS: &str = "# T\n\n## Step 1 — See\n\n**Q1: Why is it slow?**\n\n**Q2: What helps?**\n\n**Think:** Who pays for it in the end?\n\n";

/// The outlines of the answers of a page that ends with an answer key.
fn keyed(key: &str) -> Vec<String> {
    answers_of(&format!("{QUESTIONS}## Answer Key\n\n{key}\n"), None)
}

#[test]
fn an_answer_key_has_many_forms() {
    for key in [
        "**Q1: Why is it slow?**\n\nIt waits.\n\n**Q2: What helps?**\n\nAn index.",
        "**Q1:** It waits.\n\n**Q2:** An index.",
        "**Q1.** It waits.\n\n**Q2.** An index.",
        "### Q1\n\nIt waits.\n\n### Q2\n\nAn index.",
        "### Question 1: Why is it slow?\n\nIt waits.\n\n### Question 2\n\nAn index.",
        "1. It waits.\n2. An index.",
        "- **Q1:** It waits.\n- **Q2:** An index.",
        "<details>\n<summary>Open it</summary>\n\n**Q1: Why is it slow?**\n\nIt waits.\n\n**Q2: What helps?**\n\nAn index.\n\n</details>",
        "<details><summary>Q1</summary>\n\nIt waits.\n\n</details>\n\n<details><summary>Answer to Q2</summary>\n\nAn index.\n\n</details>",
        "Q1: It waits.\n\nQ2: An index.",
    ] {
        let found: Vec<String> = keyed(key)
            .iter()
            .map(|line| {
                format!("{}|{}", line.split(':').next().unwrap_or(""), line.rsplit('«').next().unwrap_or(""))
            })
            .map(|line| line.split_once(" to ").map(|(_, rest)| rest.to_owned()).unwrap_or(line))
            .collect();
        assert_eq!(found, ["Some(0)|It waits.»", "Some(1)|An index.»"], "{key}");
    }
}

#[test]
fn an_answer_without_number_is_matched_by_words() {
    let found = keyed(
        "**Who pays for it, in the end?**\n\nNobody.\n\n**Q7: Why is it slow?**\n\nIt waits.\n\n**Q8: Something else?**\n\nNo.",
    );
    let ends: Vec<&str> =
        found.iter().filter_map(|line| line.split(" to ").nth(1)?.split(':').next()).collect();
    assert_eq!(ends, ["Some(2)", "Some(0)", "None"], "{found:?}");
}

#[test]
fn a_file_of_answers_is_read() {
    let file = "# Answers\n\nWrite your own first.\n\n## Question 1\n\n> Why is it slow?\n\nIt\nwaits.\n\n- a\n\n## Question 2\n\n*What helps?*\n\nAn index.\n\n## Think: who pays\n\n> Who pays for it in\n> the end?\n\nNobody.\n";
    let found = answers_of(QUESTIONS, Some(file));
    let lines: Vec<&str> = found.iter().filter_map(|line| line.split(" of the file to ").nth(1)).collect();
    assert_eq!(
        lines,
        [
            "Some(0): «Why is it slow?» «It⏎waits.⏎⏎- a»",
            "Some(1): «What helps?» «An index.»",
            "Some(2): «Who pays for it in the end?» «Nobody.»"
        ]
    );
}

#[test]
fn headings_between_answers_end_them() {
    let file = "# Answers\n\n## Step 1 — See\n\n**Q1. Why is it slow?**\n\nIt waits.\n\n## Fix 1: X\n\n**Q2. What helps?**\n\nAn index.\n";
    let found = answers_of(QUESTIONS, Some(file));
    assert!(found.iter().all(|line| !line.contains("##")), "{found:?}");
    assert_eq!(found.len(), 2);
}

#[test]
fn an_answer_may_stand_below_its_question() {
    let page = "# T\n\n## Step 1 — See\n\n**Q1: Why?**\n\n> 💡 Hint.\n\n<details><summary>Answer</summary>\n\nSo.\n\n</details>\n\n**Q2: How?**\n";
    assert_eq!(parts_of(page)[4], "ANSWER KEY");
    assert_eq!(answers_of(page, None), ["answer #- line 9 to Some(0): «» «So.»"]);
}

#[test]
fn the_closing_line_is_no_answer() {
    let parts = parts_of(&format!(
        "{QUESTIONS}## Answer Key\n\n**Q1:** It waits.\n\n---\n\n*Next: Scenario 2 — X*\n"
    ));
    assert_eq!(parts[parts.len() - 2..], ["ANSWER KEY", "NEXT #2 Some(\"X\") None"]);
}
