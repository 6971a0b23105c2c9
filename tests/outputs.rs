//! What the real course looks like in its outputs: no source notation is left, and both outputs
//! of a page say the same (architecture.md, "One directive, two outputs, no drift").

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use scenarist::build::{Compiled, Options, compile};
use scenarist::emit::tree::OutputTree;
use scenarist::source::read_dir;

const PAGE: &str = "dist/site/scenarios/diagnosing-failures/index.html";
const FOLDER: &str = "dist/monorepo/scenario-01-diagnosing-failures";

fn compiled() -> Compiled {
    let (files, faults) = read_dir(env!("CARGO_MANIFEST_DIR").into());
    compile(files, &faults, Options::default())
}

#[test]
fn the_course_of_this_repository_is_clean() {
    let compiled = compiled();
    let shown: String = compiled
        .findings
        .iter()
        .map(|finding| scenarist::diag::render::print_human(finding, &compiled.files, false))
        .collect();
    assert!(compiled.findings.is_empty(), "{shown}");
}

#[test]
fn no_source_notation_is_left_in_any_output() {
    let tree = compiled().tree.expect("the course compiles");
    let mut left = Vec::new();
    for (path, file) in tree.iter() {
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        let prose = matches!(path.extension(), Some("md" | "html"));
        for (number, line) in text.lines().enumerate() {
            let marker = line.contains("#region")
                || line.contains("#endregion")
                || line.trim_start().starts_with("//:");
            let schemes = scenarist::directive::reference::SCHEMES.iter().any(|(scheme, _)| {
                line.contains(&format!("]({scheme}:")) || line.contains(&format!("href=\"{scheme}:"))
            });
            if marker
                || (prose
                    && (line.starts_with(":::") || line.starts_with("::") || line.contains("{#") || schemes))
            {
                left.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn the_monorepo_shows_no_markup_as_text_on_github() {
    let tree = compiled().tree.expect("the course compiles");
    let mut stray = Vec::new();
    for (path, file) in tree.iter().filter(|(path, _)| path.extension() == Some("md")) {
        let text = std::str::from_utf8(&file.bytes).expect("Markdown is text");
        for segment in segments(&github(text)) {
            if ["**", ":::", "](", "| |", "{#", "```"].iter().any(|mark| segment.contains(mark)) {
                stray.push(format!("{path}: {segment}"));
            }
        }
    }
    assert!(stray.is_empty(), "{}", stray.join("\n"));
}

#[test]
fn the_page_says_what_scenario_md_and_answers_md_say() {
    let tree = compiled().tree.expect("the course compiles");
    let page = text_of(&tree, PAGE);
    let page = page.split("<div class=\"prose\">").nth(1).expect("the page has a body");
    let page = page.split("</article>").next().unwrap_or(page);
    let markdown = format!(
        "{}\n\n{}",
        text_of(&tree, &format!("{FOLDER}/SCENARIO.md")),
        text_of(&tree, &format!("{FOLDER}/ANSWERS.md"))
    );
    let (site, monorepo) = (segments(page), segments(&github(&markdown)));
    let missing = |from: &[String], whole: &[String], apart: &[&str]| -> Vec<String> {
        let whole = format!(" {} ", whole.iter().map(|text| tokens(text)).collect::<Vec<_>>().join(" "));
        let unknown = |text: &&String| {
            let words = tokens(without_number(text));
            words.split(' ').count() > 2
                && !apart.iter().any(|start| text.starts_with(start))
                && !whole.contains(&format!(" {words} "))
        };
        from.iter().filter(unknown).cloned().collect()
    };
    // What the files say about themselves and about each other has no place on the page.
    let lost = missing(&monorepo, &site, &MONOREPO_ONLY);
    assert!(lost.is_empty(), "SCENARIO.md or ANSWERS.md say what the page does not:\n{}", lost.join("\n"));
    let added = missing(&site, &monorepo, &PAGE_ONLY);
    assert!(added.is_empty(), "the page says what SCENARIO.md and ANSWERS.md do not:\n{}", added.join("\n"));
}

/// How the lines begin that only the files have: their titles, and what they say of each other.
/// The page has its own head, navigation and way to open an answer.
const MONOREPO_ONLY: [&str; 6] = [
    "Scenario 1: ",
    "Level: ",
    "Next: ",
    "Answers to Scenario 1: ",
    "Write your own answers first. ",
    "Written down what you think? ",
];

/// How the lines begin that only the page has: words of its fields and buttons.
const PAGE_ONLY: [&str; 0] = [];

/// A question's text without "Q7. ": the page sets the number apart.
fn without_number(text: &str) -> &str {
    match text.split_once(". ") {
        Some((number, rest))
            if number.strip_prefix('Q').is_some_and(|digits| digits.parse::<u32>().is_ok()) =>
        {
            rest
        }
        _ => text,
    }
}

fn text_of(tree: &OutputTree, path: &str) -> String {
    tree.text(path).unwrap_or_else(|| panic!("`{path}` is emitted")).to_owned()
}

/// Markdown as GitHub shows it.
fn github(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.alerts = true;
    options.extension.footnotes = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

/// The visible texts of HTML, one for each block.
fn segments(html: &str) -> Vec<String> {
    const INLINE: [&str; 14] =
        ["label", "a", "strong", "em", "code", "span", "del", "abbr", "b", "i", "kbd", "sup", "sub", "small"];
    let mut found = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    let mut skip: Option<String> = None;
    while let Some(open) = rest.find('<') {
        if skip.is_none() {
            text.push_str(&rest[..open]);
        }
        let Some(close) = rest[open..].find('>') else { break };
        let tag = &rest[open + 1..open + close];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        if let Some(waited) = &skip {
            if tag.starts_with('/') && name == *waited {
                skip = None;
            }
        } else if ["script", "style", "textarea", "button", "svg"].contains(&name.as_str())
            && !tag.starts_with('/')
        {
            skip = Some(name.clone());
        }
        if !INLINE.contains(&name.as_str()) {
            let done = std::mem::take(&mut text);
            let done = unescape(done.trim());
            if !done.is_empty() {
                found.push(done);
            }
        }
        rest = &rest[open + close + 1..];
    }
    found
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

fn tokens(text: &str) -> String {
    let words: Vec<String> = unescape(text)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.join(" ")
}
