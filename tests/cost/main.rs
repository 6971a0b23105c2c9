//! What a build costs, in counts that hardly differ from machine to machine and from run to run: how
//! often it asks for memory, for how much in all, and how much it holds at once. Each is compared with
//! the figures in `limits.yml`, and with itself for more pages.
//!
//! Whoever changes the cost on purpose renews the figures, looks at the difference and commits it:
//! `SCENARIST_RENEW=1 cargo nextest run -E 'binary(cost)'`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read and renew their own files and say what they saw"
)]

mod course;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use allocation_counter::{AllocationInfo, measure};
use course::course;
use rayon::ThreadPoolBuilder;
use scenarist::build::{Options, compile};
use scenarist::diag::Sink;
use scenarist::diag::render::print_human;
use scenarist::source::Files;
use scenarist::syntax::yaml::parse_yaml;

/// Courses that are compared with the figures on record.
const RECORDED: [usize; 2] = [8, 32];
/// A larger one, whose pages must not cost more than those of the others.
const MANY: usize = 96;
/// By how much a figure may differ from the one on record: releases of the compiler and of crates move
/// them a little. Less is told, too, or the next step back would go unnoticed.
const MARGIN: f64 = 0.03;
/// By how much a page among many may cost more than one among few: lists of what lies beside it are a
/// little longer.
const GROWTH: f64 = 0.03;
const RENEW: &str = "SCENARIST_RENEW=1 cargo nextest run -E 'binary(cost)'";

/// What a build of some pages cost, for each of them.
#[derive(Clone, Copy, Debug)]
struct Cost {
    pages: usize,
    /// How often it asked for memory.
    allocations: f64,
    /// For how much, in kilobytes.
    allocated: f64,
    /// How much it held at once, in kilobytes.
    held: f64,
}

impl Cost {
    const NAMES: [&'static str; 3] = ["allocations", "kilobytes", "kilobytes held at once"];

    fn of(pages: usize, info: &AllocationInfo) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let per_page = |count: u64, unit: f64| count as f64 / unit / pages as f64;
        Self {
            pages,
            allocations: per_page(info.count_total, 1.0),
            allocated: per_page(info.bytes_total, 1000.0),
            held: per_page(info.bytes_max, 1000.0),
        }
    }

    fn figures(self) -> [f64; 3] {
        [self.allocations, self.allocated, self.held]
    }

    /// What each page costs beyond those of a smaller course: without what every build costs once.
    fn beyond(self, smaller: Self) -> [f64; 3] {
        #[expect(clippy::cast_precision_loss, reason = "a few pages")]
        let (all, fewer) = (self.pages as f64, smaller.pages as f64);
        let (own, others) = (self.figures(), smaller.figures());
        [0, 1, 2].map(|at| (own[at] * all - others[at] * fewer) / (all - fewer))
    }

    fn line(self) -> String {
        let [allocations, allocated, held] = self.figures();
        format!(
            "{{pages: {}, allocations: {allocations:.0}, kilobytes: {allocated:.0}, held: {held:.0}}}",
            self.pages
        )
    }
}

#[test]
fn a_page_costs_what_is_on_record_also_among_many() {
    // One thread, whose work is counted and not disturbed by that of others.
    let pool = ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let cost = |pages: usize| pool.install(|| cost_of(pages));
    // What is made once and kept, such as the syntaxes of languages, is nobody's page.
    cost(2);
    let [few, more] = RECORDED.map(cost);
    let many = cost(MANY);
    for cost in [few, more, many] {
        println!("{}", cost.line());
    }
    if env::var_os("SCENARIST_RENEW").is_some() {
        fs::write(limits_path(), limits_text(&[few, more])).expect("the figures on record");
    }
    let mut faults = String::new();
    for (cost, limit) in [few, more].into_iter().zip(limits()) {
        compare(cost, limit, &mut faults);
    }
    let (first, last) = (more.beyond(few), many.beyond(more));
    for (at, name) in Cost::NAMES.iter().enumerate() {
        if last[at] > first[at] * (1.0 + GROWTH) {
            let _ = writeln!(
                faults,
                "Each page from the {}th on costs {:.0} {name}, and each from the {}rd on {:.0}: something \
                 grows faster than the course.",
                few.pages + 1,
                first[at],
                more.pages + 1,
                last[at]
            );
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Compiles a course and counts.
fn cost_of(pages: usize) -> Cost {
    let files = course(pages);
    let mut compiled = None;
    let info = measure(|| compiled = Some(compile(files, &[], Options { drafts: true, no_previews: true })));
    let compiled = compiled.expect("a result");
    let found: String = compiled
        .findings
        .iter()
        .take(20)
        .map(|finding| print_human(finding, &compiled.files, false))
        .collect();
    assert!(found.is_empty() && compiled.tree.is_some(), "the course is not clean:\n{found}");
    Cost::of(pages, &info)
}

fn compare(cost: Cost, limit: Cost, faults: &mut String) {
    assert_eq!(cost.pages, limit.pages, "limits.yml is about other courses: {RENEW}");
    for ((name, own), recorded) in Cost::NAMES.iter().zip(cost.figures()).zip(limit.figures()) {
        let change = own / recorded - 1.0;
        if change.abs() <= MARGIN {
            continue;
        }
        let advice = if change > 0.0 { "If that is meant" } else { "So that it stays so" };
        let _ = writeln!(
            faults,
            "A page of {} costs {own:.0} {name}; {recorded:.0} are on record, which is {:+.1} %. {advice}: {RENEW}",
            cost.pages,
            change * 100.0
        );
    }
}

/// The figures on record.
fn limits() -> Vec<Cost> {
    let mut files = Files::default();
    let file =
        files.add_text("limits.yml", &fs::read_to_string(limits_path()).expect("the figures on record"));
    let sink = Sink::default();
    let list = parse_yaml(&files, file, &sink).expect("a list").to_json();
    assert!(sink.into_found().is_empty(), "limits.yml is not YAML");
    let number = |entry: &serde_json::Value, key: &str| {
        entry[key].as_u64().unwrap_or_else(|| panic!("limits.yml has no `{key}` in {entry}"))
    };
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let cost = |entry: &serde_json::Value| Cost {
        pages: usize::try_from(number(entry, "pages")).expect("few pages"),
        allocations: number(entry, "allocations") as f64,
        allocated: number(entry, "kilobytes") as f64,
        held: number(entry, "held") as f64,
    };
    list.as_array().expect("a list").iter().map(cost).collect()
}

fn limits_text(costs: &[Cost]) -> String {
    let lines: Vec<String> = costs.iter().map(|cost| format!("- {}\n", cost.line())).collect();
    format!(
        "# What a build of a course of so many exercises costs for each of them: how often it asks for memory,\n\
         # for how many kilobytes in all, and how many it holds at once. Renewed on purpose only:\n\
         #   {RENEW}\n{}",
        lines.concat()
    )
}

fn limits_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cost/limits.yml")
}
