//! Options, changes, figures, hints, help, FAQ and the closing line in the forms that people write them.

use super::outline::parts_of;

/// The outlines of the parts of a snippet that stands in a fix.
fn in_fix(snippet: &str) -> Vec<String> {
    parts_of(&format!("# T\n\n## Step 1 — Repair it\n\n### Fix 1: X\n\n{snippet}\n")).split_off(3)
}

#[test]
fn options_have_many_forms() {
    let expected = "OPTIONS A «One.» «Text a.» / B «Two.» «Text b.»";
    for snippet in [
        "> **Option A — One.** Text a.\n>\n> **Option B — Two.** Text b.",
        "> **Option A: One.** Text a.\n\n> **Option B: Two.** Text b.",
        "- **A)** **One.** Text a.\n- **B)** **Two.** Text b.",
        "- **Option A — One.** Text a.\n- **Option B — Two.** Text b.",
        "1. **A: One.** Text a.\n2. **B: Two.** Text b.",
        "**Option A — One.** Text a.\n\n**Option B — Two.** Text b.",
        "#### Option A: One.\n\nText a.\n\n#### Option B: Two.\n\nText b.",
        "**Before you change anything — what could you do?**\n\n- **Option A — One.** Text a.\n- **Option B — Two.** Text b.",
    ] {
        assert_eq!(in_fix(snippet), [expected], "{snippet}");
    }
    let numbered = in_fix("Your options:\n\n1. **One.** Text a.\n2. **Two.** Text b.");
    assert_eq!(numbered[1], "OPTIONS ? «One.» «Text a.» / ? «Two.» «Text b.»");
    assert!(in_fix("- **One.** Text a.\n- **Two.** Text b.")[0].starts_with("prose"));
    assert!(in_fix("- A car\n- B car")[0].starts_with("prose"));
}

#[test]
fn options_outside_of_a_fix_are_not_understood() {
    let parts = parts_of("# T\n\n## The Situation\n\n- **A)** **One.** a\n- **B)** **Two.** b\n");
    assert!(parts[2].starts_with("UNCLEAR options without a fix"), "{parts:?}");
    let parts = parts_of("# T\n\n## Options\n\nSome options:\n\n- **one** a\n- **two** b\n");
    assert!(parts[3].starts_with("prose"), "{parts:?}");
}

#[test]
fn changes_have_many_forms() {
    for (snippet, labels) in [
        (
            "Before (the problem):\n\n```js\na\n```\n\nAfter (the fix):\n\n```js\nb\n```",
            "«Before (the problem):» «After (the fix):»",
        ),
        (
            "**Before (the problem)**\n\n```js\na\n```\n\n**After (the fix)**\n\n```js\nb\n```",
            "«**Before (the problem)**» «**After (the fix)**»",
        ),
        (
            "In `src/server.js`, before:\n\n```js\na\n```\n\nafter:\n\n```js\nb\n```",
            "«In `src/server.js`, before:» «after:»",
        ),
        ("#### Before\n\n```js\na\n```\n\n#### After\n\n```js\nb\n```", "«#### Before» «#### After»"),
        ("```js\n// before: src/server.js\na\n```\n\n```js\n// after: src/server.js\nb\n```", ""),
        ("```js\n// Before\na\n```\n\nNow:\n\n```js\n// After (the fix)\nb\n```", ""),
        (
            "Replace this in `src/server.js`:\n\n```js\na\n```\n\nwith this:\n\n```js\nb\n```",
            "«Replace this in `src/server.js`:» «with this:»",
        ),
        ("❌ Before:\n\n```js\na\n```\n\n✅ After:\n\n```js\nb\n```", "«❌ Before:» «✅ After:»"),
    ] {
        let parts = in_fix(snippet);
        assert_eq!(parts.len(), 1, "{snippet}: {parts:?}");
        let found = &parts[0];
        assert!(
            found.starts_with("CHANGE ") && found.contains(" js before a⏎ after b⏎ "),
            "{snippet}: {found}"
        );
        assert!(found.contains(&format!("labels {labels} prose")), "{snippet}: {found}");
    }
}

#[test]
fn words_between_the_sides_of_a_change_are_kept() {
    let parts =
        in_fix("**Before:** a pool for each.\n\n```js\na\n```\n\nOne is enough.\n\nAfter:\n\n```js\nb\n```");
    assert!(
        parts[0].ends_with("labels «After:» prose «**Before:** a pool for each.» «One is enough.»"),
        "{parts:?}"
    );
}

#[test]
fn one_side_of_a_change_is_not_understood() {
    let parts = in_fix("Before:\n\n```js\na\n```\n\nText.");
    assert!(parts[0].starts_with("UNCLEAR code before a change"), "{parts:?}");
    assert!(parts[1].starts_with("prose"), "{parts:?}");
    let parts = in_fix("After (the fix):\n\n```js\na\n```");
    assert!(parts[0].starts_with("UNCLEAR code after a change"), "{parts:?}");
    assert!(in_fix("becomes\n\n```js\na\n```").iter().all(|part| part.starts_with("prose")));
    assert!(in_fix("Replace `a` with `b`:\n\n```js\na\n```").iter().all(|part| part.starts_with("prose")));
}

#[test]
fn the_file_of_a_change_is_named_around_it() {
    let file =
        |text: &str| in_fix(text).last().map(|part| part.split(" js ").next().unwrap_or("").to_owned());
    let change = "Before:\n\n```js\na\n```\n\nAfter:\n\n```js\nb\n```";
    assert_eq!(
        file(&format!("At the top of `src/server.js`:\n\n{change}")).as_deref(),
        Some("CHANGE Some(\"src/server.js\")")
    );
    assert_eq!(
        file(&format!("Open `server.js`.\n\n{change}")).as_deref(),
        Some("CHANGE Some(\"src/server.js\")")
    );
    assert_eq!(file(&format!("Look at `pool.max`.\n\n{change}")).as_deref(), Some("CHANGE None"));
}

#[test]
fn figures_have_many_forms() {
    for snippet in [
        "![An alt](assets/a.svg)\n\n*Fig 1.2 — Words.*",
        "![An alt](assets/a.svg)\n*Fig 1.2 — Words.*",
        "![An alt](assets/a.svg)\n\n_Figure 1.2: Words._",
        "![An alt](assets/a.svg)\n\n**Fig 1.2** Words.",
        "![An alt](assets/a.svg \"Fig 1.2 — Words.\")",
        "<p align=\"center\">\n  <img src=\"assets/a.svg\" alt=\"An alt\">\n</p>\n<p align=\"center\"><em>Fig 1.2</em> Words.</p>",
        "<p align=\"center\"><img src=\"assets/a.svg\" alt=\"An alt\"></p>\n\n<p align=\"center\"><em>Fig 1.2. Words.</em></p>",
        "<figure><img src=\"assets/a.svg\" alt=\"An alt\"/><figcaption>Fig 1.2: Words.</figcaption></figure>",
    ] {
        let parts = in_fix(snippet);
        assert_eq!(parts, ["FIGURE #1.2 assets/a.svg alt «An alt» caption «Words.»"], "{snippet}");
    }
    assert_eq!(in_fix("![An alt](assets/a.svg)")[0], "FIGURE #- assets/a.svg alt «An alt» caption «»");
    assert!(in_fix("![badge](https://e.org/a.svg)")[0].starts_with("prose"));
    assert!(in_fix("![a](b.svg) and ![c](d.svg)")[0].starts_with("prose"));
}

#[test]
fn hints_have_many_forms() {
    for snippet in [
        "> 💡 Look there.",
        "> 💡 **Hint:** Look there.",
        "> **💡 Tip:** Look there.",
        "> **Hint 2:** Look there.",
        "> [!TIP]\n> Look there.",
        "💡 Look there.",
        "**Tip:** Look there.",
        "<details>\n<summary>Hint 1 of 2</summary>\n\nLook there.\n\n</details>",
        "<details><summary>💡 <b>Need a hint?</b></summary>\n\nLook there.\n</details>",
        "<details><summary>Hint</summary>Look there.</details>",
    ] {
        assert_eq!(in_fix(snippet), ["HINT «Look there.»"], "{snippet}");
    }
    assert!(in_fix("> [!NOTE]\n> Look there.")[0].starts_with("prose"));
    assert!(in_fix("<details><summary>Hint</summary>\n\nnever closed")[0].starts_with("prose"));
}

#[test]
fn help_is_a_table_or_a_list() {
    let parts = parts_of("# T\n\n## Stuck?\n\n| Problem | Help |\n|---|---|\n| a | b |\n| c | |\n");
    assert_eq!(parts[2], "STUCK 2 rows: a => b / c => ");
    let parts = parts_of("# T\n\n## 🆘 Troubleshooting\n\n- **a** — b\n- **c:** d\n");
    assert_eq!(parts[2], "STUCK 2 rows: a => b / c: => d");
    let parts = parts_of("# T\n\n## Help!\n\n**a**: b\n\n**c**\n\nd\n");
    assert_eq!(parts[2..], ["STUCK 2 rows: a => b / c => d"]);
    let parts = parts_of("# T\n\n## Stuck?\n\n| P | C | H |\n|---|---|---|\n| a | b | c |\n");
    assert!(parts[2].starts_with("UNCLEAR a table of 3 columns"), "{parts:?}");
}

#[test]
fn common_questions_have_many_forms() {
    for snippet in [
        "**Why?** So.\n\nMore.",
        "### Why?\n\nSo.\n\nMore.",
        "<details><summary>Why?</summary>\n\nSo.\n\nMore.\n</details>",
        "- **Why?** So.\n\n  More.",
        "**Q:** Why? **A:** So.\n\nMore.",
    ] {
        let parts = parts_of(&format!("# T\n\n## FAQ\n\n{snippet}\n"));
        assert_eq!(parts.len(), 3, "{snippet}: {parts:?}");
        let plain = parts[2].replace(['«', '»', '⏎', ' '], "");
        assert_eq!(plain, "FAQWhy?So.More.", "{snippet}");
    }
    let parts = parts_of(
        "# T\n\n## Common Questions\n\nSome.\n\n**Why?** So.\n\n**How?** Thus.\n\n---\n\n*Next: X*\n",
    );
    assert_eq!(
        parts[2..],
        ["prose Some.⏎⏎", "FAQ Why? «So.»", "FAQ How? «Thus.»", "NEXT #- Some(\"X\") None"]
    );
}

#[test]
fn the_closing_line_has_many_forms() {
    for (line, expected) in [
        ("*Next: Scenario 4 — The List*", "NEXT #4 Some(\"The List\") None"),
        (
            "---\n\n**Next:** [04 · The List](../04/SCENARIO.md)",
            "NEXT #4 Some(\"The List\") Some(\"../04/SCENARIO.md\")",
        ),
        ("Next up → Scenario 4: The List", "NEXT #4 Some(\"The List\") None"),
        ("[Next: The List](../04/)", "NEXT #- Some(\"The List\") Some(\"../04/\")"),
        ("➡️ Next scenario: [The List](../04/)", "NEXT #- Some(\"The List\") Some(\"../04/\")"),
    ] {
        let parts = parts_of(&format!("# T\n\nText.\n\n{line}\n"));
        assert_eq!(parts[2..], [expected], "{line}");
    }
    assert_eq!(parts_of("# T\n\nNext, open the file.\n").len(), 2);
    let parts = parts_of("# T\n\n**Next:** look at it.\n\nText.\n");
    assert!(parts[1].starts_with("prose"), "{parts:?}");
}

#[test]
fn commands_are_told_from_code() {
    for (snippet, expected) in [
        ("```bash\nnpm start\n```", "COMMANDS shell npm start⏎"),
        ("```console\n$ npm start\n```", "COMMANDS shell $ npm start⏎"),
        ("```\n$ npm start\n```", "COMMANDS shell $ npm start⏎"),
        ("```sql\nSELECT 1;\n```", "COMMANDS sql SELECT 1;⏎"),
    ] {
        assert_eq!(in_fix(snippet), [expected], "{snippet}");
    }
    assert!(in_fix("```js\nx\n```")[0].starts_with("prose"));
}
