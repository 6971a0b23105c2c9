//! Every code of the group `adopt` is proven by its own examples: files laid over the small repository in
//! `adopt/small/`. Each bad one gives exactly its finding, at the place marked with `«…»`, and no other of
//! the group; each good one gives none.

use std::collections::BTreeMap;
use std::ops::Range;

use scenarist::adopt::audit::compare::compare;
use scenarist::adopt::read_repository;
use scenarist::diag::catalog::adopt;
use scenarist::diag::render::print_human;
use scenarist::diag::{CodeSpec, Diagnostic, Example, Sink};
use scenarist::source::Files;

macro_rules! small {
    ($($path:literal),* $(,)?) => { [$(($path, include_str!(concat!("adopt/small/", $path)))),*] };
}

const BASE: [(&str, &str); 5] = small![
    "README.md",
    "scenario-01-the-slow-list/README.md",
    "scenario-01-the-slow-list/SCENARIO.md",
    "scenario-02-the-full-pool/README.md",
    "scenario-02-the-full-pool/SCENARIO.md",
];

fn look(overlay: &[(&str, String)]) -> (Files, Vec<Diagnostic>) {
    let mut texts: BTreeMap<&str, String> =
        BASE.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    texts.extend(overlay.iter().cloned());
    let mut files = Files::default();
    for (path, text) in texts {
        files.add_text(path, &text);
    }
    let repository = read_repository(files);
    let sink = Sink::default();
    compare(&repository, &sink);
    let found = sink.into_sorted(&repository.files);
    (repository.files, found)
}

/// A path, and a place in the file.
type Place = (String, Range<usize>);

/// The files of an example without marks, and the place that was marked.
fn read(example: &'static Example) -> (Vec<(&'static str, String)>, Option<Place>) {
    let mut place = None;
    let files = example.files.iter().map(|(path, text)| {
        if let (Some(start), Some(end)) = (text.find('«'), text.find('»')) {
            place = Some(((*path).to_owned(), start..end - '«'.len_utf8()));
        }
        (*path, text.replace(['«', '»'], ""))
    });
    (files.collect(), place)
}

fn print(files: &Files, found: &[Diagnostic]) -> String {
    found.iter().map(|finding| print_human(finding, files, false)).collect()
}

#[test]
fn the_small_repository_is_clean() {
    let (files, found) = look(&[]);
    assert!(found.is_empty(), "{}", print(&files, &found));
}

fn check_bad(spec: &CodeSpec, example: &'static Example) -> Result<(), String> {
    let (overlay, place) = read(example);
    let (files, found) = look(&overlay);
    let [finding] = found.as_slice() else {
        return Err(format!("{} findings\n{}", found.len(), print(&files, &found)));
    };
    let at = (files.path(finding.span.file).to_string(), finding.span.range());
    if finding.spec.code != spec.code || Some(&at) != place.as_ref() {
        return Err(format!("marked at {place:?}, found at {at:?}\n{}", print(&files, &found)));
    }
    let help = finding.help.as_deref().unwrap_or("");
    let is_usual = |text: &str| !text.starts_with(char::is_uppercase) && !text.ends_with('.');
    if help.is_empty() || !is_usual(help) || !is_usual(&finding.message) {
        return Err(format!("not of the usual form: {} ({help})", finding.message));
    }
    Ok(())
}

#[test]
fn bad_examples_give_exactly_their_finding() {
    let mut faults = String::new();
    for spec in adopt::ALL {
        for (at, example) in spec.bad.iter().enumerate() {
            if let Err(fault) = check_bad(spec, example) {
                faults.push_str(&format!("── {} example {}: {fault}\n", spec.code, at + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn good_examples_give_none() {
    let mut faults = String::new();
    for spec in adopt::ALL {
        for (at, example) in spec.good.iter().enumerate() {
            let (files, found) = look(&read(example).0);
            if !found.is_empty() {
                faults.push_str(&format!("── {} example {}: {}\n", spec.code, at + 1, print(&files, &found)));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
