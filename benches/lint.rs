//! What linting costs beside emitting, in one run on one machine: `cargo bench --bench lint`.
//!
//! The corpus is this repository's course with its first scenario many times over, each under a
//! name of its own. Each phase is timed alone, rounds interleaved, and the medians are compared:
//! milliseconds differ from machine to machine, the ratio hardly does. Rules run on all cores, as
//! they do in use. Emitting is timed as a build does it, and without the preview pictures, which are
//! its larger part. The rules that take longest are named; the first to ask for a parsed file pays
//! for the others.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a benchmark reads files and prints"
)]

use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::build::{Options, emit};
use scenarist::check::{
    self,
    control::{Control, Suppressions},
};
use scenarist::diag::Sink;
use scenarist::load::load_course;
use scenarist::source::{Files, Origin, builtin_files, read_dir};

/// How many copies of the scenario there are.
const COPIES: usize = 40;
const ROUNDS: usize = 7;
const SCENARIO: &str = "content/scenarios/diagnosing-failures";

fn main() {
    let (files, _) = read_dir(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    let corpus: Vec<(Utf8PathBuf, Vec<u8>)> = corpus(&files);
    let mut times: [Vec<f64>; 4] = Default::default();
    let mut counts = (0, 0);
    for _ in 0..ROUNDS {
        let (round, files, findings) = run(&corpus);
        times.iter_mut().zip(round).for_each(|(all, one)| all.push(one));
        counts = (files, findings);
    }
    let [load, emit, pages, lint] = times.map(median);
    println!(
        "{} scenarios, {} files emitted, {} findings; medians of {ROUNDS} rounds",
        COPIES + 1,
        counts.0,
        counts.1
    );
    println!("  load  {load:7.1} ms");
    println!("  emit  {emit:7.1} ms");
    println!("        {pages:7.1} ms without preview pictures");
    println!("  lint  {lint:7.1} ms   {:.2} of emitting, {:.2} without previews", lint / emit, lint / pages);
    print_slowest(&corpus);
    assert!(lint < emit, "linting costs more than emitting");
}

/// The rules that take longest, one after the other on one core.
fn print_slowest(corpus: &[(Utf8PathBuf, Vec<u8>)]) {
    let files = read(corpus);
    let sink = Sink::default();
    let course_file = files.find("content/course.yml").expect("the course");
    let course = load_course(&files, course_file, &sink).expect("a course");
    let tree = emit(&course, &files, Options { drafts: true, no_previews: true }, &sink);
    let mut rules: Vec<(f64, &str)> =
        check::with_checked(&course, &files, Some(&tree), check::Scope::Whole, |checked| {
            check::all_rules()
                .map(|rule| (timed(|| (rule.check)(checked, &sink)).0, rule.spec.code))
                .collect()
        });
    rules.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = rules.iter().map(|(time, _)| time).sum();
    println!("  all rules on one core {all:.1} ms, of which");
    for (time, code) in rules.iter().take(12) {
        println!("    {time:7.1} ms  {code}");
    }
}

fn read(corpus: &[(Utf8PathBuf, Vec<u8>)]) -> Files {
    let mut files = Files::default();
    for (path, bytes) in corpus {
        files.add(path.clone(), bytes, Origin::Project, path.extension() == Some("sh"));
    }
    builtin_files(&mut files);
    files
}

/// Load, emit and lint once; their milliseconds, and how much came out.
fn run(corpus: &[(Utf8PathBuf, Vec<u8>)]) -> ([f64; 4], usize, usize) {
    let files = read(corpus);
    let sink = Sink::default();
    let course_file = files.find("content/course.yml").expect("the course");
    let (load, course) = timed(|| load_course(&files, course_file, &sink).expect("a course"));
    let whole = Options { drafts: true, no_previews: false };
    let (all, _) = timed(|| emit(&course, &files, whole, &sink));
    let options = Options { drafts: true, no_previews: true };
    let (pages, tree) = timed(|| emit(&course, &files, options, &sink));
    let (lint, findings) = timed(|| {
        check::run(&course, &files, &check::load_pages(&course, &files), Some(&tree), &sink);
        let suppressions = Suppressions::collect(&files);
        Control::new(&course).apply(sink.into_sorted(&files), &files, &suppressions, true).findings
    });
    ([load, all, pages, lint], tree.len(), findings.len())
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_secs_f64() * 1000.0, made)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn corpus(files: &Files) -> Vec<(Utf8PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    let own = files.iter().filter(|(_, entry)| entry.path.starts_with("content"));
    for (file, entry) in own {
        let bytes = files.bytes(file).to_vec();
        if let Ok(inside) = entry.path.strip_prefix(SCENARIO) {
            for copy in 1..=COPIES {
                let folder = Utf8PathBuf::from(format!("content/scenarios/copy-{copy}"));
                all.push((folder.join(inside), bytes.clone()));
            }
        }
        if entry.path == "content/tracks/entry-to-mid.yml" {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let ids: String = (1..=COPIES).map(|copy| format!("      - copy-{copy}\n")).collect();
            let at = text.find("      - ").expect("a list of scenarios");
            all.push((entry.path.clone(), format!("{}{ids}{}", &text[..at], &text[at..]).into_bytes()));
            continue;
        }
        all.push((entry.path.clone(), bytes));
    }
    all
}
