//! What is recorded, and that it reads back as it was.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{NotRecorded, print_run, record, summarise};
use crate::diag::Sink;
use crate::manifest::run::{Driver, Run};
use crate::rehearse::measured::{
    CommandRun, ErrorKind, Figures, Load, Rehearsed, RequestLoad, Round, StageRun, TestRun,
};
use crate::rehearse::plan::{Event, Place, Plan, StagePlan, TypedCommand};
use crate::rehearse::verdict::{Check, Judgement, Verdict};
use crate::source::{Files, Span};
use crate::syntax::yaml::{Decode, parse_yaml};

fn stage(id: &str) -> StagePlan {
    StagePlan {
        id: id.to_owned(),
        base: None,
        kept: true,
        files: BTreeMap::new(),
        sql: Vec::new(),
        commands: Vec::new(),
        loadtests: Vec::new(),
        events: Vec::new(),
        create: Vec::new(),
        start: Vec::new(),
    }
}

fn plan(stages: &[&str]) -> Plan {
    Plan {
        id: "first".to_owned(),
        title: "First".to_owned(),
        stages: stages.iter().map(|id| stage(id)).collect(),
        controls: Vec::new(),
        expectations: Vec::new(),
        panels: Vec::new(),
        ports: BTreeMap::new(),
        inputs: "blake3:5b106f0fe3fbc9450522a36a6f5df762".to_owned(),
    }
}

fn figures(success: f64, rps: f64, p50: f64) -> Figures {
    Figures { success, rps, p50: Some(p50), p99: Some(p50 * 2.0), ended: 1000, ..Figures::default() }
}

fn test(success: f64, rps: f64, p50: f64) -> TestRun {
    TestRun {
        test: "main".to_owned(),
        connections: 200,
        seconds: 30,
        load: Load { total: figures(success, rps, p50), ..Load::default() },
        errors: Vec::new(),
        cpu: BTreeMap::new(),
        foreign: 0.0,
        panels: Vec::new(),
    }
}

fn output(id: &str, output: &str) -> CommandRun {
    CommandRun { id: id.to_owned(), output: output.to_owned(), fault: None }
}

/// A stage of a round: its id, its load tests, its commands.
type Seen<'s> = (&'s str, Vec<TestRun>, Vec<CommandRun>);

fn rehearsed(rounds: Vec<Vec<Seen<'_>>>) -> Rehearsed {
    let stage = |(stage, tests, commands): Seen<'_>| StageRun {
        stage: stage.to_owned(),
        control: None,
        tests,
        commands,
    };
    Rehearsed {
        scenario: "first".to_owned(),
        driver: Driver::Native,
        cores: 2,
        versions: BTreeMap::from([("node".to_owned(), "20.20".to_owned())]),
        rounds: rounds
            .into_iter()
            .map(|stages| Round { stages: stages.into_iter().map(stage).collect() })
            .collect(),
    }
}

fn judged(verdict: Verdict) -> Judgement {
    let check = Check {
        stage: "broken".to_owned(),
        what: "success <= 35 %".to_owned(),
        verdict,
        detail: String::new(),
        span: Span::nowhere(),
    };
    Judgement { checks: vec![check] }
}

/// Reads a recording as a build does; it must have no findings.
fn decoded(text: &str) -> Run {
    let mut files = Files::default();
    let file = files.add_text("content/scenarios/first/recorded/run.yml", text);
    let sink = Sink::default();
    let node = parse_yaml(&files, file, &sink).unwrap_or_else(|| panic!("not YAML:\n{text}"));
    let run = Run::decode(&node, &sink).unwrap_or_else(|| panic!("not a run:\n{text}"));
    assert!(sink.into_found().is_empty(), "{text}");
    run
}

fn recorded(rehearsed: &Rehearsed, previous: Option<&Run>) -> String {
    let stages: Vec<&str> = rehearsed.rounds[0].stages.iter().map(|run| run.stage.as_str()).collect();
    record(&plan(&stages), rehearsed, &judged(Verdict::Passed), previous, "2026-11-20").unwrap()
}

#[test]
fn the_most_usual_round_is_recorded_as_a_whole_and_reads_back() {
    let mut several = [test(0.7, 9.84, 3.26), test(99.95, 184.6, 1071.7), test(1.29, 12.0, 890.2)];
    several[2].errors = vec![ErrorKind { message: "sorry: \"full\"".to_owned(), count: 7, share: 99.97 }];
    several[0].cpu.insert("app".to_owned(), 0.8);
    several[2].cpu.insert("app".to_owned(), 1.204);
    for (at, test) in several.iter_mut().enumerate() {
        let request = |id: &str| RequestLoad { id: id.to_owned(), figures: test.load.total.clone() };
        let requests = vec![request("feed"), request("post")];
        test.load.requests = requests;
        test.load.total.ended = 100 + at as u64;
    }
    let rounds =
        several.into_iter().map(|test| vec![("broken", vec![test], vec![output("limit", " 100\n\n")])]);
    let text = recorded(&rehearsed(rounds.collect()), None);
    let expected = "# yaml-language-server: $schema=../../../../docs/schemas/run.json
recorded:
  on: 2026-11-20
  driver: native
  cores: 2
  rounds: 3
  verdict: passed
  versions: {node: \"20.20\"}
inputs: blake3:5b106f0fe3fbc9450522a36a6f5df762
stages:
  broken:
    loadtests:
      main:
        connections: 200
        seconds: 30
        requests: 102
        success: 1.2
        rps: 12
        p50: 890
        p99: 1780
        errors:
          - {message: \"sorry: \\\"full\\\"\", count: 7, share: 99.9}
        cpu: {app: 1.2}
        by-request:
          feed: {success: 1.2, rps: 12, p50: 890, p99: 1780}
          post: {success: 1.2, rps: 12, p50: 890, p99: 1780}
    commands:
      limit:
        output: |2-
           100
";
    assert_eq!(text, expected);
    let run = decoded(&text);
    assert_eq!((run.recorded.rounds, run.recorded.cores), (3, 2));
    assert_eq!(run.stages.get("broken").unwrap().commands.get("limit").unwrap().output, " 100");
    assert_eq!(print_run(&run), text);
}

#[test]
fn nearly_all_is_not_all_and_small_figures_keep_a_decimal() {
    let text = recorded(&rehearsed(vec![vec![("broken", vec![test(99.999, 9.84, 0.43)], Vec::new())]]), None);
    let run = decoded(&text);
    let main = run.stages.get("broken").unwrap().loadtests.get("main").unwrap();
    assert_eq!((main.success, main.rps, main.p50), (Some(99.9), Some(9.8), Some(0.4)));
    assert_eq!(main.success_p50, None, "what was not measured is not recorded");
}

#[test]
fn only_what_passed_is_recorded() {
    let seen = rehearsed(vec![vec![("broken", Vec::new(), Vec::new())]]);
    let try_it = |stages: &[&str], seen: &Rehearsed, judgement: &Judgement| {
        record(&plan(stages), seen, judgement, None, "2026-11-20").err()
    };
    for verdict in [Verdict::Failed, Verdict::Inconclusive] {
        assert_eq!(try_it(&["broken"], &seen, &judged(verdict)), Some(NotRecorded::Verdict(verdict)));
    }
    let passed = judged(Verdict::Passed);
    assert_eq!(try_it(&["broken"], &seen, &passed), None);
    assert_eq!(try_it(&["broken"], &seen, &Judgement::default()), Some(NotRecorded::NothingChecked));
    assert_eq!(try_it(&["broken", "fast"], &seen, &passed), Some(NotRecorded::Incomplete));
    assert_eq!(try_it(&["broken"], &rehearsed(Vec::new()), &passed), Some(NotRecorded::Incomplete));
    let mut control = seen.clone();
    control.rounds[0].stages[0].control = Some(0);
    assert_eq!(try_it(&["broken"], &control, &passed), Some(NotRecorded::Incomplete));
}

#[test]
fn a_plan_is_replaced_when_its_nodes_change() {
    let scan = |time: &str| format!(" Seq Scan on posts  (cost=0.00..{time} rows=5 width=4)\n");
    let index = " Index Scan using posts_pkey on posts  (cost=0.00..8.00 rows=5 width=4)\n";
    let seen = |plan: &str| {
        let commands = vec![output("explain", plan), output("count", "3 rows")];
        rehearsed(vec![vec![("broken", Vec::new(), commands)]])
    };
    let first = recorded(&seen(&scan("9.00")), None);
    let again = recorded(&seen(&scan("77.00")), Some(&decoded(&first)));
    assert_eq!(first, again, "other costs, same nodes");
    let changed = recorded(&seen(index), Some(&decoded(&first)));
    assert!(changed.contains("Index Scan using posts_pkey"), "{changed}");
}

/// What programs print, at its worst.
#[test]
fn the_output_of_a_command_that_could_not_be_run_stays() {
    let mut plan = plan(&["broken"]);
    plan.stages[0].events.push(Event::Command(TypedCommand {
        id: "ps".to_owned(),
        place: Place::Host,
        text: "docker compose ps".to_owned(),
        expect: None,
    }));
    let seen = |commands| rehearsed(vec![vec![("broken", vec![test(1.0, 10.0, 20.0)], commands)]]);
    let write = |seen: &Rehearsed, previous: Option<&Run>| {
        record(&plan, seen, &judged(Verdict::Passed), previous, "2026-11-20").expect("a recording")
    };
    let first = write(&seen(vec![output("ps", "app  running")]), None);
    assert!(first.contains("app  running"), "{first}");
    assert_eq!(write(&seen(Vec::new()), Some(&decoded(&first))), first);
}

fn outputs() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        "[ \t]{0,4}",
        "[ -~]{0,20}[ \t]{0,2}",
        "[ \t]{0,3}[-#%&*!|>'\"{}\\[\\]:?,@`][ -~]{0,10}",
        "\\PC{0,12}",
        ".{0,12}",
        "[\u{0}-\u{1f}\u{7f}-\u{a0}\u{2028}\u{2029}\u{feff}x]{0,5}",
        "[a-z ]{200,400}",
    ];
    prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_output_reads_back(
        text in outputs(),
        message in ".{0,30}",
        version in "\\PC{0,12}",
        id in "[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}",
        success in 0.0..100.0_f64,
        rps in 0.0..1e6_f64,
    ) {
        let mut broken = test(success, rps, rps / 3.0);
        broken.errors.push(ErrorKind { message: message.clone(), count: 3, share: success });
        broken.cpu.insert(id.clone(), success / 50.0);
        let mut seen = rehearsed(vec![vec![("broken", vec![broken], vec![output(&id, &text), output("the-last-of-them-all", "1")])]]);
        seen.versions.insert("postgres".to_owned(), version.clone());
        let made = summarise(&plan(&["broken"]), &seen, None, "2026-11-20");
        let printed = print_run(&made);
        let run = decoded(&printed);
        let (stage, original) = (run.stages.get("broken").unwrap(), made.stages.get("broken").unwrap());
        prop_assert_eq!(&stage.commands.get(&id).unwrap().output, text.trim_end_matches('\n'));
        prop_assert_eq!(&stage.commands.get("the-last-of-them-all").unwrap().output, "1");
        let (main, was) = (stage.loadtests.get("main").unwrap(), original.loadtests.get("main").unwrap());
        prop_assert_eq!(&main.errors[0].message, &message);
        prop_assert_eq!((main.success, main.rps, main.p50), (was.success, was.rps, was.p50));
        prop_assert_eq!(&main.cpu, &was.cpu);
        prop_assert_eq!(&run.recorded.versions.get("postgres").unwrap().text, &version);
        prop_assert_eq!(print_run(&run), printed);
    }
}
