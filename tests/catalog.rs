//! Every code is proven by its own examples: each bad one gives exactly its finding, at the place
//! marked with `«…»`, and no other error; each good one gives none of it. Repairs that call
//! themselves safe take their finding away and bring no new one.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

mod support;

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;
use scenarist::check::all_specs;
use scenarist::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, group_of};
use support::{Loaded, load_overlaid, overlaid};

/// Codes about the disk, about another revision or about a baseline, which no text can show: the
/// test of `bad_input.rs` or `lint_control.rs` that does.
const SHOWN_ELSEWHERE: [(&str, &str); 7] = [
    ("lint/stale-baseline-entry", "entries_of_a_baseline_that_know_too_much_are_stale"),
    ("source/changed-id", "an_id_that_vanished_since_a_revision_is_an_error"),
    ("source/not-utf8", "text_that_is_not_utf8_is_an_error_with_its_byte"),
    ("source/text-too-large", "text_over_five_megabytes_is_refused"),
    ("source/link-leaves-tree", "links_out_of_the_project_are_refused"),
    ("source/broken-link", "links_that_lead_nowhere_or_in_circles_are_errors"),
    ("source/unreadable-file", "a_file_that_cannot_be_read_is_an_error"),
];

/// Codes whose good example depends on computed values: the test of `bad_input.rs` that shows it.
const GOOD_ELSEWHERE: [(&str, &str); 1] =
    [("source/stale-recording", "a_recording_with_the_right_inputs_is_fresh")];

#[test]
fn the_small_course_is_clean() {
    let loaded = load_overlaid(&[]);
    assert!(loaded.findings.is_empty(), "{}", loaded.print());
}

#[test]
fn every_code_has_examples_or_a_test_of_its_own() {
    let tests = concat!(include_str!("bad_input.rs"), include_str!("lint_control.rs"));
    for (code, test) in SHOWN_ELSEWHERE.iter().chain(&GOOD_ELSEWHERE) {
        assert!(
            tests.contains(&format!("fn {test}(")),
            "`{code}` names the test `{test}`, which is not there"
        );
    }
    let elsewhere =
        |table: &[(&str, &str)], spec: &CodeSpec| table.iter().any(|(code, _)| *code == spec.code);
    for spec in all_specs() {
        let has_bad = !spec.bad.is_empty() || elsewhere(&SHOWN_ELSEWHERE, spec);
        let has_good =
            !spec.good.is_empty() || elsewhere(&SHOWN_ELSEWHERE, spec) || elsewhere(&GOOD_ELSEWHERE, spec);
        assert!(has_bad, "`{}` has no bad example", spec.code);
        assert!(has_good, "`{}` has no good example", spec.code);
    }
}

/// A bad example gives exactly its finding, at its place, in the usual form; a safe repair takes it
/// away and brings no new one. Which codes have a repair stands in `src/diag/repairs.txt`.
#[test]
fn bad_examples_give_exactly_their_finding() {
    let repairs = Mutex::new(BTreeMap::new());
    let faults = for_each(
        |spec| spec.bad,
        |spec, example| {
            let marked = Marked::read(example)?;
            let loaded = load_overlaid(&marked.overlay());
            check_finding(spec, &marked, &loaded)?;
            let fix = loaded.of(spec.code)[0].fix.as_ref();
            let Some(applicability) = fix.map(|fix| fix.applicability) else { return Ok(()) };
            let word = if applicability == Applicability::Safe { "safe" } else { "unsafe" };
            // Of several, the safest counts, which is also the first in the alphabet.
            let mut repairs = repairs.lock().expect("no test panicked");
            let known = repairs.entry(spec.code).or_insert(word);
            *known = (*known).min(word);
            drop(repairs);
            check_repair(spec, &marked, &loaded)
        },
    );
    assert!(faults.is_empty(), "{faults}");
    check_list(&repairs.into_inner().expect("no test panicked"));
}

fn check_finding(spec: &CodeSpec, marked: &Marked, loaded: &Loaded) -> Result<(), String> {
    loaded.check_places();
    let found = loaded.of(spec.code);
    let [finding] = found.as_slice() else {
        return Err(format!("{} findings of this code\n{}", found.len(), loaded.print()));
    };
    let place = (loaded.files.path(finding.span.file).to_string(), finding.span.range());
    if place != marked.place {
        return Err(format!("found at {place:?}, marked at {:?}\n{}", marked.place, loaded.print()));
    }
    if others(loaded, spec) > 0 {
        return Err(format!("other findings\n{}", loaded.print()));
    }
    // What learners and authors read of findings is short, plain and complete.
    let starts_lower = |text: &str| !text.starts_with(|c: char| c.is_uppercase());
    let (message, help) = (&finding.message, finding.help.as_deref().unwrap_or(""));
    if !starts_lower(message) || message.ends_with('.') || message.contains('\n') {
        return Err(format!("the message is not of the usual form: {message}"));
    }
    if help.is_empty() || !starts_lower(help) || help.ends_with('.') {
        return Err(format!("the help is not of the usual form: {help:?} ({message})"));
    }
    Ok(())
}

fn check_repair(spec: &CodeSpec, marked: &Marked, before: &Loaded) -> Result<(), String> {
    let Some((path, text)) = apply(before.of(spec.code)[0], before) else { return Ok(()) };
    let mut overlay = marked.overlay();
    overlay.retain(|(known, _)| *known != path);
    overlay.push((&path, &text));
    let after = load_overlaid(&overlay);
    if !after.of(spec.code).is_empty() || after.findings.len() + 1 > before.findings.len() {
        return Err(format!("after the repair\n{text}\n{}", after.print()));
    }
    Ok(())
}

/// The list that programs and documents read is what the examples show.
fn check_list(repairs: &BTreeMap<&str, &str>) {
    let made: String = repairs.iter().map(|(code, word)| format!("{code} {word}\n")).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diag/repairs.txt");
    if std::env::var_os("SCENARIST_UPDATE").is_some() {
        std::fs::write(path, &made).expect("repairs.txt can be written");
    }
    let written = std::fs::read_to_string(path).expect("repairs.txt");
    assert!(
        made == written,
        "src/diag/repairs.txt is out of date: run `./scripts/refresh`; it should be\n{made}"
    );
}

#[test]
fn good_examples_give_no_finding_of_their_code() {
    let faults = for_each(
        |spec| spec.good,
        |spec, example| {
            let loaded = load_overlaid(example.files);
            if others(&loaded, spec) > 0 || !loaded.of(spec.code).is_empty() {
                return Err(format!("not clean\n{}", loaded.print()));
            }
            Ok(())
        },
    );
    assert!(faults.is_empty(), "{faults}");
}

/// How many findings an example has beside its own. Examples of the group `source` replace whole
/// pages and manifests by a few words, which teach nothing: there, faults of reading count alone.
fn others(loaded: &Loaded, spec: &CodeSpec) -> usize {
    let is_other = |finding: &&Diagnostic| {
        let group = group_of(finding.spec.code);
        let blocks = group == "source" && finding.severity == Severity::Error;
        let counts = group_of(spec.code) != "source" && finding.severity != Severity::Info;
        finding.spec.code != spec.code && (blocks || counts)
    };
    loaded.findings.iter().filter(is_other).count()
}

/// Tries every example, on all cores; what went wrong, in the order of the codes.
fn for_each(
    examples: fn(&'static CodeSpec) -> &'static [Example],
    test: impl Fn(&'static CodeSpec, &'static Example) -> Result<(), String> + Sync,
) -> String {
    let mut specs = all_specs();
    // Those are about repositories that are edited by hand: `adopt_codes.rs`.
    specs.retain(|spec| group_of(spec.code) != "adopt");
    let all: Vec<_> =
        specs.iter().flat_map(|spec| examples(spec).iter().enumerate().map(move |it| (*spec, it))).collect();
    let tried = all.par_iter().map(|(spec, (at, example))| {
        let fault = test(spec, example).err()?;
        Some(format!("── {} example {}: {fault}\n", spec.code, at + 1))
    });
    tried.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// An example's files without marks, and the place that was marked.
struct Marked {
    files: Vec<(&'static str, String)>,
    place: (String, std::ops::Range<usize>),
}

impl Marked {
    fn read(example: &'static Example) -> Result<Self, String> {
        let mut place = None;
        let mut files = Vec::new();
        for (path, text) in example.files {
            if let (Some(start), Some(end)) = (text.find('«'), text.find('»')) {
                // What stands before an added piece shifts its places.
                let shift = text.strip_prefix("…\n").map_or(0, |_| base_len(path));
                let cut = if shift == 0 { 0 } else { "…\n".len() };
                let range = start - cut + shift..end - '«'.len_utf8() - cut + shift;
                place = place.or(Some(((*path).to_owned(), range)));
            }
            files.push((*path, text.replace(['«', '»'], "")));
        }
        let place = place.ok_or("the example marks no place")?;
        Ok(Self { files, place })
    }

    fn overlay(&self) -> Vec<(&str, &str)> {
        self.files.iter().map(|(path, text)| (*path, text.as_str())).collect()
    }
}

fn base_len(path: &str) -> usize {
    support::base_text(path).len()
}

/// The file that a safe repair changes, and its text afterwards.
fn apply(finding: &Diagnostic, loaded: &Loaded) -> Option<(String, String)> {
    let fix = finding.fix.as_ref().filter(|fix| fix.applicability == Applicability::Safe)?;
    let file = fix.edits.first()?.span.file;
    let mut text = loaded.files.text(file).ok()?.to_owned();
    for edit in fix.edits.iter().rev() {
        assert_eq!(edit.span.file, file, "the edits of a repair sit in one file");
        text.replace_range(edit.span.range(), &edit.text);
    }
    Some((loaded.files.path(file).to_string(), text))
}

#[test]
fn an_overlay_replaces_adds_and_removes() {
    let files = overlaid(&[(support::TRACK, ""), (support::PAGE, "…\nMore.\n"), ("content/x.txt", "x")]);
    assert!(files.find(support::TRACK).is_none());
    let page = files.find(support::PAGE).expect("the page is there");
    assert!(files.text(page).expect("text").ends_with("|\nMore.\n"));
    assert!(files.find("content/x.txt").is_some());
}
