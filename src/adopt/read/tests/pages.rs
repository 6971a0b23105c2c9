//! Headings, facts, boxes and questions in the forms that people write them.

use super::outline::parts_of;

/// The outline of the one part that a snippet has below a title and a section.
fn one(snippet: &str) -> String {
    let parts = parts_of(&format!("# T\n\n## Step 1 — See\n\n{snippet}\n"));
    assert_eq!(parts.len(), 3, "{snippet}: {parts:#?}");
    parts[2].clone()
}

#[test]
fn questions_have_many_forms() {
    for (snippet, expected) in [
        ("**Q4: Why?**\n\n```text\nYour answer:\n\n```", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4. Why?**\n\n```\n```", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4** — Why?", "QUESTION 0: #4  «Why?» [no box]"),
        ("**Q4:** Why is `a*b` slow?", "QUESTION 0: #4  «Why is `a*b` slow?» [no box]"),
        ("**Question 4**\n\nWhy?\n\n~~~~\n\n~~~~", "QUESTION 0: #4  «Why?» [box]"),
        ("Q4) Why?", "QUESTION 0: #4  «Why?» [no box]"),
        ("### Q4\n\nWhy?\n\n```\n\n```", "QUESTION 0: #4  «Why?» [box]"),
        ("### Question 4: Why?", "QUESTION 0: #4  «Why?» [no box]"),
        ("❓ **Q4: Why?**", "QUESTION 0: #4  «Why?» [no box]"),
        (
            "> **Question 4.** Why\n> so slow?\n\n- a: ____\n- b: ____ ms",
            "QUESTION 0: #4  «Why» «so slow?» [form «a: ____» «b: ____ ms»]",
        ),
        ("**Q4: Why?** Say it in a sentence.", "QUESTION 0: #4  «Why?» «Say it in a sentence.» [no box]"),
        ("**Think:** Why not?\n\n```text\n\n```", "QUESTION 0: #- Think «Why not?» [box]"),
        ("**🤔 Think about it: why not?**", "QUESTION 0: #- Think about it «why not?» [no box]"),
        (
            "**Which of the two is better**\n\n```text\nYour answer:\n```",
            "QUESTION 0: #- «Which of the two is better» [box]",
        ),
        (
            "Which of the two is better?\n\n```text\nYour answer:\n```",
            "QUESTION 0: #- «Which of the two is better?» [box]",
        ),
        ("**4. Why?**\n\n```text\n```", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4: Why?**\n\n| Page | Table |\n|---|---|\n| a | |\n| b | |", "QUESTION 0: #4  «Why?» [table]"),
        ("**Q4: Why?**\n\n- [ ] a\n- [ ] b", "QUESTION 0: #4  «Why?» [choice]"),
        ("**Q4: Why?**\n\nYour answer: ______", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4: Why?**\n\n> Your answer:", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4: Why?**\n\n<!-- your answer here -->", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4: Why?**\nYour answer: ______", "QUESTION 0: #4  «Why?» [box]"),
        ("**Q4: Why?**\n\n````text\np50:\np99:\n````", "QUESTION 0: #4  «Why?» [form «p50:» «p99:»]"),
        ("- **Q4: Why?**\n\n```\n```", "QUESTION 0: #4  «Why?» [box]"),
    ] {
        assert_eq!(one(snippet).replace("  ", " "), expected.replace("  ", " "), "{snippet}");
    }
}

#[test]
fn a_list_of_questions_is_several() {
    let parts = parts_of(
        "# T\n\n## Step 1 — See\n\n### Questions\n\n1. Why?\n2. **How** so?\n   Your answer: ____\n",
    );
    assert_eq!(parts[3..], ["QUESTION 0: #1  «Why?» [no box]", "QUESTION 1: #2  «**How** so?» [box]"]);
    let parts = parts_of("# T\n\n## FAQ\n\n1. Open it.\n2. Close it.\n");
    assert!(parts[2].starts_with("prose"), "{parts:?}");
}

#[test]
fn what_only_looks_like_a_question_is_prose() {
    for snippet in [
        "**Before you change anything** look at it.",
        "Question 5 was about something else.",
        "Is that so? We will see.",
        "**Important.** Save the file.",
        "```text\nsome output\n```",
        "Look at it.\n\n```js\nx\n```",
    ] {
        let parts = parts_of(&format!("# T\n\n## Step 1 — See\n\n{snippet}\n"));
        assert!(parts[2..].iter().all(|part| part.starts_with("prose")), "{snippet}: {parts:?}");
    }
}

#[test]
fn headings_are_sections_steps_and_fixes() {
    for (heading, expected) in [
        ("## Step 2 – Look inside", "SECTION [understand] step 2 «Look inside»"),
        ("##Step 2: Look inside", "SECTION [understand] step 2 «Look inside»"),
        ("## Stage 2: Look inside", "SECTION [understand] step 2 «Look inside»"),
        ("## 🔎 2. Look inside", "SECTION [understand] step 2 «Look inside»"),
        ("### Step 2: Look inside", "SECTION [understand] step 2 «Look inside»"),
        ("## 1. The Situation", "SECTION [situation] step 1 «The Situation»"),
        ("## 💡 What You Learned", "SECTION [learned] step - «What You Learned»"),
        ("## Troubleshooting", "SECTION [stuck] step - «Troubleshooting»"),
        ("### Fix 2: Ask once", "FIX h3 #2 «Ask once»"),
        ("### Fix 2 · Ask once", "FIX h3 #2 «Ask once»"),
        ("### 🔧 Fix — Ask once", "FIX h3 #- «Ask once»"),
        ("## Fix 2: Ask once", "FIX h2 #2 «Ask once»"),
        ("### Fixtures", "heading 3 «Fixtures»"),
        ("### Something else", "heading 3 «Something else»"),
    ] {
        let parts =
            parts_of(&format!("# T\n\n## Step 1 — Measure\n\n```bash\nnpm run loadtest\n```\n\n{heading}\n"));
        assert_eq!(parts.last().map(String::as_str), Some(expected), "{heading}");
    }
}

#[test]
fn headings_below_repair_it_are_fixes_if_they_change_something() {
    let parts = parts_of(
        "# T\n\n## Step 1 — Repair it\n\n### An index\n\n- **A)** **One.** x\n- **B)** **Two.** y\n\n### Look again\n\nText.\n",
    );
    assert_eq!(parts[2], "FIX h3 #- «An index»");
    assert_eq!(parts[4], "heading 3 «Look again»");
}

#[test]
fn facts_below_the_title_have_many_forms() {
    let expected = "FIELDS Concepts=a, `b` (concepts [\"a\", \"b\"]) | Time=45–60 min (minutes 45-60)";
    for facts in [
        "**Concepts:** a, `b`  \n**Time:** 45–60 min",
        "**Concepts**: a, `b`\n\n**Time**: 45–60 min",
        "**Concepts:** a, `b` · **Time:** 45–60 min\\\n",
        "> **Concepts:** a, `b`\n> **Time:** 45–60 min",
        "| | |\n|---|---|\n| Concepts | a, `b` |\n| **Time:** | 45–60 min |",
        "| Concepts | a, `b` |\n|---|---|\n| Time | 45–60 min |",
        "| Concepts | Time |\n|---|---|\n| a, `b` | 45–60 min |",
        "- **Concepts:** a, `b`\n- **Time:** 45–60 min",
        "- Concepts: a, `b`\n- Time: 45–60 min",
        "Concepts: a, `b`\nTime: 45–60 min",
        "🎯 **Concepts:** a, `b`\n⏱️ **Time:** 45–60 min",
    ] {
        let parts = parts_of(&format!("# T\n\n{facts}\n\n## S\n"));
        assert_eq!(parts[1], expected, "{facts}");
        assert_eq!(parts.len(), 3, "{facts}: {parts:?}");
    }
}

#[test]
fn titles_lose_their_number() {
    for (heading, expected) in [
        ("# Scenario 3: The List", "#3 «The List»"),
        ("# 03 · The `List`", "#3 «The List»"),
        ("# 🚢 Exercise 3 — The List", "#3 «The List»"),
        ("# Lab #3. The List", "#3 «The List»"),
        ("Scenario 3: The List\n===", "#3 «The List»"),
        ("# The List of 3", "#- «The List of 3»"),
    ] {
        let (title, _) = super::outline::page_of(&format!("{heading}\n\nText.\n"));
        assert_eq!(title, expected, "{heading}");
    }
}

#[test]
fn roles_come_from_words_content_and_place() {
    let page = "# T\n\n## Three calls\n\nText.\n\n## Step 1 — Eight o'clock\n\n```sh\nnpm run loadtest\n```\n\n## Step 2 — Inside\n\nOpen `src/x.js`.\n\n## A word between\n\n**Q1: Why?**\n\n## Step 3 — Something\n\n### Fix 1: X\n\n## Step 4 — Look back\n\n| | a |\n|---|---|\n| x | |\n| y | |\n\n## Step 5 — At last\n\n**Q2: What?**\n\n## And then\n\nText.\n";
    let roles: Vec<String> = parts_of(page)
        .into_iter()
        .filter_map(|part| Some(part.strip_prefix("SECTION [")?.split(']').next()?.to_owned()))
        .collect();
    assert_eq!(
        roles,
        ["situation", "observe", "understand", "concepts", "fix", "verify", "reflect", "plain"]
    );
}

#[test]
fn lines_that_start_with_colons_are_no_directives() {
    let parts = parts_of("# T\n\n:::hint\n**Q1: Why?**\n:::\n\nText.\n");
    assert_eq!(parts.len(), 5, "{parts:?}");
    assert!(parts[1].starts_with("UNCLEAR") && parts[3].starts_with("UNCLEAR"));
    assert_eq!(parts[2], "QUESTION 0: #1  «Why?» [no box]");
}
