//! Whether both outputs of a page say the same (architecture.md, "One directive, two outputs, no
//! drift"): the page on the site, and SCENARIO.md with ANSWERS.md.

use scenarist::emit::tree::OutputTree;

/// How the lines begin that only the files have: their titles, and what they say of each other.
/// The page has its own head, navigation and way to open an answer.
const MONOREPO_ONLY: [&str; 6] = [
    "Scenario ",
    "Level: ",
    "Next: ",
    "Answers to Scenario ",
    "Write your own answers first. ",
    "Written down what you think? ",
];

/// How the lines begin that only the page has: words of its fields and buttons.
const PAGE_ONLY: [&str; 1] = ["How to judge your answer"];

/// Compares the visible texts of a page with those of the files in a scenario's folder.
///
/// # Panics
/// With the texts that only one of them has.
pub fn check(tree: &OutputTree, page: &str, folder: &str) {
    let page = text_of(tree, page);
    let page = page.split("<div class=\"prose\">").nth(1).expect("the page has a body");
    let page = page.split("</article>").next().unwrap_or(page);
    let answers = tree.text(format!("{folder}/ANSWERS.md")).unwrap_or_default();
    let markdown = format!("{}\n\n{answers}", text_of(tree, &format!("{folder}/SCENARIO.md")));
    let (site, monorepo) = (segments(page), segments(&github(&markdown)));
    // What the files say about themselves and about each other has no place on the page.
    let lost = missing(&monorepo, &site, &MONOREPO_ONLY);
    assert!(lost.is_empty(), "SCENARIO.md or ANSWERS.md say what the page does not:\n{}", lost.join("\n"));
    let added = missing(&site, &monorepo, &PAGE_ONLY);
    assert!(added.is_empty(), "the page says what SCENARIO.md and ANSWERS.md do not:\n{}", added.join("\n"));
}

/// The texts of `from` that `whole` does not have.
fn missing(from: &[String], whole: &[String], apart: &[&str]) -> Vec<String> {
    let whole = format!(" {} ", whole.iter().map(|text| tokens(text)).collect::<Vec<_>>().join(" "));
    let unknown = |text: &&String| {
        let words = tokens(without_number(text));
        words.split(' ').count() > 2
            && !apart.iter().any(|start| text.starts_with(start))
            && !whole.contains(&format!(" {words} "))
    };
    from.iter().filter(unknown).cloned().collect()
}

fn text_of(tree: &OutputTree, path: &str) -> String {
    tree.text(path).unwrap_or_else(|| panic!("`{path}` is emitted")).into_owned()
}

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

/// Markdown as GitHub shows it.
pub fn github(markdown: &str) -> String {
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
pub fn segments(html: &str) -> Vec<String> {
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
