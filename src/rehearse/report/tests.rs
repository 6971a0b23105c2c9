//! What people read at the end, and what programs read.

use unicode_width::UnicodeWidthStr;

use super::{Ending, Reported, report_json, report_schema, table};
use crate::rehearse::fixture::{plan, rounds, rounds_of, run, stage_run};
use crate::rehearse::measured::{CommandRun, Rehearsed, TestRun};
use crate::rehearse::plan::{Place, Plan};
use crate::source::{Files, Span};

const TOO_MANY: &str = "sorry, too many clients already";

fn feed() -> (Plan, Rehearsed) {
    let plan = plan(&["broken", "feed-index"], &["main"])
        .expecting("broken", &[("success", "<= 35%"), ("cause", TOO_MANY)])
        .expecting("feed-index", &[("success", ">= 99%"), ("p50", "<= 0.1 of broken")])
        .control("broken", "Längere Wartezeit 索引 alone does not help anybody", &[("success", "<= 50%")]);
    let broken = |success| {
        run(success, 10.0, 224.0).using(&[("postgres", 1.1), ("app", 0.7)]).logging(&[(TOO_MANY, 9_850)])
    };
    let fixed = run(99.95, 3090.0, 63.0).using(&[("app", 1.25)]);
    let mut seen =
        rounds(&[("broken", vec![broken(1.2), broken(0.8)]), ("feed-index", vec![fixed.clone(), fixed])]);
    for round in &mut seen.rounds {
        round.stages.push(stage_run("broken", Some(0), vec![run(40.0, 12.0, 4_000.0)]));
    }
    (plan, seen)
}

#[test]
fn the_table_shows_figures_checks_and_verdict() {
    let (plan, seen) = feed();
    let text = table(&plan, &seen, &plan.judged(&seen));
    let expected = "\
load test main: 50 connections for 30 s, medians of 2 rounds
stage                     success  goodput       p50       p99  main error             busiest
broken                        1 %     10/s    224 ms    448 ms  99.4 % sorry, too ma…  postgres 1.10
feed-index                 99.9 %  3,090/s     63 ms    126 ms  100 % (no message)     app 1.25
control: Längere Wartez…     40 %     12/s  4,000 ms  8,000 ms  100 % (no message)

✓ broken: success <= 35 %: it was 1 % (0.8 %–1.2 % in 2 rounds)
✓ broken: cause `sorry, too many clients already`: it is 19,700 of 19,800 errors (99.4 %)
✓ feed-index: success >= 99 %: it was 99.9 % in each of 2 rounds
✗ feed-index: p50 <= 0.1 of broken: it was 0.28 in each of 2 rounds: 63 ms against 224 ms; the fix
    does not gain what is declared: correct the fix, or the number and the text
✓ Längere Wartezeit 索引 alone does not help anybody: success <= 50 %: it was 40 % in each of 2
    rounds
✓ all stages: answers: 2 load tests, 2 rounds of each
✓ feed-index: no errors traded for waiting: success 1 % → 99.9 %, goodput 10/s → 3,090/s, times 309
    in each of 2 rounds
✓ feed-index: goodput not below broken's: goodput 10/s → 3,090/s, times 309 in each of 2 rounds
✓ feed-index: better than broken: success 1 % → 99.9 %, goodput 10/s → 3,090/s, times 309 in each of
    2 rounds

A slow feed failed: 1 of 9 checks
";
    assert_eq!(text, expected);
}

#[test]
fn several_tests_and_requests_have_rows_of_their_own() {
    let plan = plan(&["broken", "index"], &["main", "night"]).expecting_in(
        "index",
        "night",
        &[("rps", ">= 2 of broken")],
    );
    let main = |p50| {
        let part = |p50| run(100.0, 50.0, p50);
        run(100.0, 100.0, p50).with_request("feed", &part(p50)).with_request("report", &part(p50 * 9.0))
    };
    let night = |rps| run(100.0, rps, 10.0).of("night");
    let round = |p50, rps| vec![main(p50), night(rps)];
    let seen = rounds_of(&[("broken", vec![round(90.0, 100.0)]), ("index", vec![round(9.0, 300.0)])]);
    let text = table(&plan, &seen, &plan.judged(&seen));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "load test main: 50 connections for 30 s, medians of one round");
    assert_eq!(lines[1], "stage     success  goodput     p50       p99");
    assert_eq!(lines[4], "  report    100 %     50/s  810 ms  1,620 ms");
    assert_eq!(lines[9], "load test night: 50 connections for 30 s, medians of one round");
    assert!(text.contains("✓ index: rps >= 2 of broken in `night`: it was 3.00 in one round"), "{text}");
    assert!(text.ends_with("A slow feed passed: 4 checks\n"), "{text}");
}

#[test]
fn no_line_is_wider_than_a_hundred_columns() {
    let long = "索引".repeat(60);
    let plan =
        plan(&["broken", &long], &["main"]).expecting(&long, &[("success", ">= 99%"), ("cause", &long)]);
    let seen = rounds(&[
        ("broken", vec![run(1.0, 123_456.0, 123_456.0)]),
        (&long, vec![run(50.0, 1.0, 1.0).logging(&[("a\u{1b}[2Jb\tc", 7)]).using(&[(&long, 1.0)])]),
    ]);
    let text = table(&plan, &seen, &plan.judged(&seen));
    for line in text.lines() {
        assert!(line.width() <= 100, "{} columns: {line}", line.width());
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\t'), "{text}");
}

#[test]
fn the_document_holds_its_schema_and_names_places() {
    let (mut plan, mut seen) = feed();
    let mut files = Files::default();
    let file = files.add_text("content/scenarios/a-feed/scenario.yml", "title: A slow feed\nrehearsal: x\n");
    plan.expectations[0].expect.0[0].1.span = Span::new(file, 19, 28);
    for (at, round) in seen.rounds.iter_mut().enumerate() {
        let fault = (at == 1).then(|| "it ended with 1".to_owned());
        round.stages[0].commands = vec![CommandRun { id: "limit".to_owned(), output: String::new(), fault }];
    }
    let judgement = plan.judged(&seen);
    let ended = Reported { plan: &plan, ending: Ending::Fault("stopped") };
    let judged = Reported { plan: &plan, ending: Ending::Judged { rehearsed: &seen, judgement: &judgement } };
    let text = report_json(&files, &[judged, ended]);
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let schema = jsonschema::validator_for(&report_schema()).expect("a schema");
    let faults: Vec<String> = schema.iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(document["version"], 1);
    let [first, second] = [0, 1].map(|at| &document["scenarios"][at]);
    assert_eq!(first["verdict"], "failed");
    assert_eq!(first["run"]["rounds"], 2);
    assert_eq!(first["stages"][1]["loadtests"][0]["rps"]["median"], 3090.0);
    assert_eq!(first["stages"][0]["loadtests"][0]["errors"][0]["count"], 19_700);
    assert_eq!(first["stages"][0]["commands"][0]["fault"], "it ended with 1");
    assert_eq!(first["controls"][0]["loadtests"][0]["success"]["max"], 40.0);
    assert_eq!(first["checks"][0]["at"]["path"], "content/scenarios/a-feed/scenario.yml");
    assert_eq!(first["checks"][0]["at"]["line"], 2);
    assert_eq!(first["checks"][1]["at"], serde_json::Value::Null);
    assert_eq!((&second["verdict"], &second["fault"]), (&"failed".into(), &"stopped".into()));
}

#[test]
fn a_command_that_was_left_out_is_named() {
    let plan = plan(&["broken"], &["main"]).typing_in(Place::Host, "broken", "ps");
    let seen = rounds(&[("broken", vec![run(1.0, 10.0, 20.0)])]);
    let judgement = plan.judged(&seen);
    let text = table(&plan, &seen, &judgement);
    assert!(text.contains("\n– broken: command `ps`: left out: it is typed on the machine"), "{text}");
    let judged = Reported { plan: &plan, ending: Ending::Judged { rehearsed: &seen, judgement: &judgement } };
    let document: serde_json::Value =
        serde_json::from_str(&report_json(&Files::default(), &[judged])).expect("JSON");
    let commands = &document["scenarios"][0]["stages"][0]["commands"];
    assert_eq!(commands, &serde_json::json!([{"id": "ps", "fault": null, "left-out": true}]));
}

#[test]
fn a_test_without_answers_has_dashes() {
    let mut silent: TestRun = run(0.0, 0.0, 1.0);
    (silent.load.total.p50, silent.load.total.p99) = (None, None);
    let plan = plan(&["broken"], &["main"]);
    let seen = rounds(&[("broken", vec![silent])]);
    let text = table(&plan, &seen, &plan.judged(&seen));
    assert!(
        text.lines().any(|line| line == "broken      0 %      0/s    –    –  100 % (no message)"),
        "{text}"
    );
}
