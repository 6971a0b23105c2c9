//! What the real course looks like in its outputs: no source notation is left, and both outputs
//! of a page say the same (architecture.md, "One directive, two outputs, no drift").

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

#[path = "support/parity.rs"]
mod parity;

use scenarist::build::{Compiled, Options, compile};
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
    // The page of rules, and its twin, are about the source format.
    for (path, file) in tree.iter().filter(|(path, _)| !path.starts_with("dist/site/rules")) {
        let bytes = file.bytes();
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
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
    let pages = tree.iter().filter(|(path, _)| path.extension() == Some("md"));
    for (path, file) in pages.filter(|(path, _)| !path.starts_with("dist/site/rules")) {
        let bytes = file.bytes();
        let text = std::str::from_utf8(&bytes).expect("Markdown is text");
        for segment in parity::segments(&parity::github(text)) {
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
    parity::check(&tree, PAGE, FOLDER);
}
