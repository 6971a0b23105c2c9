//! The cases for which rehearsals were invented, and those in which they must not cry wolf.

use super::left_out;
use crate::manifest::run::Driver;
use crate::rehearse::fixture::{find, plan, rounds, run, stage_run};
use crate::rehearse::measured::{CommandRun, Rehearsed, TestRun};
use crate::rehearse::plan::{Place, Plan};
use crate::rehearse::verdict::Verdict;

const TOO_MANY: &str = "sorry, too many clients already";

fn three(one: &TestRun) -> Vec<TestRun> {
    vec![one.clone(), one.clone(), one.clone()]
}

/// A feed that turns a crowd away, a pool that lets it wait, an index that serves it.
fn feed() -> (Plan, Rehearsed) {
    let plan = plan(&["broken", "shared-pool", "feed-index"], &["main"])
        .expecting("broken", &[("success", "<= 35%"), ("cause", TOO_MANY), ("busiest", "postgres")])
        .expecting("shared-pool", &[("success", ">= 99%")])
        .expecting("feed-index", &[("success", ">= 99%"), ("p50", "<= 0.3 of shared-pool")]);
    let broken = |success: f64, rps: f64| {
        let run = run(success, rps, 224.0).using(&[("postgres", 1.1), ("app", 0.7)]);
        run.logging(&[(TOO_MANY, 9_850), ("connection 4711 reset", 6)])
    };
    let seen = rounds(&[
        ("broken", vec![broken(1.2, 10.0), broken(0.8, 7.0), broken(2.1, 19.0)]),
        (
            "shared-pool",
            vec![run(100.0, 185.0, 1072.0), run(100.0, 180.0, 1090.0), run(100.0, 190.0, 1050.0)],
        ),
        ("feed-index", vec![run(100.0, 3090.0, 63.0), run(99.95, 2900.0, 66.0), run(100.0, 3150.0, 62.0)]),
    ]);
    (plan, seen)
}

#[test]
fn a_scenario_as_it_should_be_passes() {
    let (plan, seen) = feed();
    let judged = plan.judged(&seen);
    assert_eq!(judged.verdict(), Verdict::Passed, "{:#?}", judged.checks);
    let names: Vec<String> =
        judged.checks.iter().map(|check| format!("{}: {}", check.stage, check.what)).collect();
    assert_eq!(
        names,
        [
            "broken: success <= 35 %",
            "broken: cause `sorry, too many clients already`",
            "broken: busiest service `postgres`",
            "shared-pool: success >= 99 %",
            "feed-index: success >= 99 %",
            "feed-index: p50 <= 0.3 of shared-pool",
            "all stages: answers",
            "shared-pool: no errors traded for waiting",
            "shared-pool: goodput not below broken's",
            "feed-index: goodput not below shared-pool's",
            "feed-index: better than broken",
        ]
    );
    let ratio = find(&judged, "feed-index", "p50 <= 0.3 of shared-pool");
    assert_eq!(ratio.detail, "it was 0.059 (0.059–0.061 in 3 rounds): 63 ms against 1,072 ms");
    assert_eq!(find(&judged, "broken", "success <= 35 %").detail, "it was 1.2 % (0.8 %–2.1 % in 3 rounds)");
}

/// "Fails at 50 users": 96 to 100 % succeeded.
#[test]
fn a_load_too_small_to_break_it_fails() {
    let plan = plan(&["broken", "pool"], &["main"]).expecting("broken", &[("success", "<= 50%")]);
    let broken = vec![run(96.0, 400.0, 110.0), run(100.0, 420.0, 104.0), run(98.3, 410.0, 107.0)];
    let judged = plan.judged(&rounds(&[("broken", broken), ("pool", three(&run(100.0, 800.0, 55.0)))]));
    let check = find(&judged, "broken", "success <= 50 %");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.starts_with("it was 98.3 % (96 %–100 % in 3 rounds)"), "{}", check.detail);
    assert!(check.detail.contains("the load is too small to break it"), "{}", check.detail);
    assert!(check.detail.contains("scenarist rehearse a-feed --calibrate"), "{}", check.detail);
}

/// "A second server doubles throughput": 0.97 to 1.09 times.
#[test]
fn a_doubling_that_is_none_fails() {
    let plan = plan(&["broken", "second-app"], &["main"])
        .expecting("second-app", &[("rps", ">= 1.8 of broken"), ("success", ">= 99%")]);
    let seen = rounds(&[
        ("broken", three(&run(100.0, 100.0, 500.0))),
        ("second-app", vec![run(100.0, 97.0, 515.0), run(100.0, 109.0, 460.0), run(100.0, 103.0, 485.0)]),
    ]);
    let judged = plan.judged(&seen);
    let check = find(&judged, "second-app", "rps >= 1.8 of broken");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(
        check.detail.starts_with("it was 1.03 (0.97–1.09 in 3 rounds): 103/s against 100/s"),
        "{}",
        check.detail
    );
    let check = find(&judged, "second-app", "better than broken");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.starts_with("the fixes fix nothing: success 100 % → 100 %"), "{}", check.detail);
}

/// A limit that made 6 of 5,500 errors.
#[test]
fn a_cause_that_explains_few_errors_fails() {
    let plan = plan(&["broken"], &["main"]).expecting("broken", &[("cause", "too many clients")]);
    let messages = [("timeout exceeded when trying to connect", 5_494), (TOO_MANY, 6)];
    let judged = plan.judged(&rounds(&[("broken", vec![run(45.0, 50.0, 900.0).logging(&messages)])]));
    let check = find(&judged, "broken", "cause `too many clients`");
    assert_eq!(check.verdict, Verdict::Failed);
    assert_eq!(
        check.detail,
        "it is 6 of 5,500 errors (0.1 %); the others: 5,494 `timeout exceeded when trying to connect`"
    );
    // The only message, and yet no explanation of what failed without one.
    let silent = run(45.0, 50.0, 900.0).logging(&[(TOO_MANY, 6)]);
    let judged = plan.judged(&rounds(&[("broken", three(&silent))]));
    let check = find(&judged, "broken", "cause `too many clients`");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.contains("16,482 without a message in the log"), "{}", check.detail);
}

#[test]
fn a_cause_that_nothing_shows_fails() {
    let plan =
        plan(&["broken"], &["main"]).expecting("broken", &[("cause", TOO_MANY), ("busiest", "postgres")]);
    let seen =
        rounds(&[("broken", three(&run(100.0, 50.0, 900.0).using(&[("app", 1.0), ("postgres", 0.4)])))]);
    let judged = plan.judged(&seen);
    let check = find(&judged, "broken", &format!("cause `{TOO_MANY}`"));
    assert_eq!(
        (check.verdict, check.detail.as_str()),
        (Verdict::Failed, "no request failed and no error was logged")
    );
    let check = find(&judged, "broken", "busiest service `postgres`");
    assert_eq!(
        (check.verdict, check.detail.as_str()),
        (Verdict::Failed, "cores used: `app` 1.00, `postgres` 0.40")
    );
}

#[test]
fn the_busiest_service_must_lead_by_more_than_the_spread() {
    let plan = plan(&["broken"], &["main"]).expecting("broken", &[("busiest", "postgres")]);
    let using = |postgres, app| run(50.0, 50.0, 90.0).using(&[("app", app), ("postgres", postgres)]);
    let verdict = |runs| {
        find(&plan.judged(&rounds(&[("broken", runs)])), "broken", "busiest service `postgres`").verdict
    };
    assert_eq!(verdict(vec![using(1.2, 0.4), using(1.1, 0.4), using(1.3, 0.5)]), Verdict::Passed);
    assert_eq!(verdict(vec![using(0.9, 0.8), using(0.7, 0.9), using(1.0, 0.8)]), Verdict::Inconclusive);
    assert_eq!(verdict(three(&run(50.0, 50.0, 90.0))), Verdict::Inconclusive);
}

#[test]
fn a_solution_that_fixes_nothing_fails() {
    let (plan, mut seen) = feed();
    for round in &mut seen.rounds {
        let broken = round.stages[0].tests.clone();
        round.stages[1].tests.clone_from(&broken);
        round.stages[2].tests = broken;
    }
    let judged = plan.judged(&seen);
    assert_eq!(find(&judged, "feed-index", "better than broken").verdict, Verdict::Failed);
    assert_eq!(find(&judged, "shared-pool", "success >= 99 %").verdict, Verdict::Failed);
    assert_eq!(find(&judged, "feed-index", "p50 <= 0.3 of shared-pool").verdict, Verdict::Failed);
}

/// A pool that lets people wait is no repair, if no more of them are served.
#[test]
fn errors_traded_for_waiting_fail() {
    let plan = plan(&["broken", "patience"], &["main"])
        .expecting("broken", &[("success", "<= 50%")])
        .expecting("patience", &[("success", ">= 99%")]);
    let broken = vec![run(30.0, 180.0, 90.0), run(31.0, 184.0, 92.0), run(29.0, 178.0, 88.0)];
    let patience = vec![run(100.0, 185.0, 1072.0), run(100.0, 183.0, 1090.0), run(99.9, 186.0, 1050.0)];
    let judged = plan.judged(&rounds(&[("broken", broken), ("patience", patience)]));
    let check = find(&judged, "patience", "no errors traded for waiting");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.contains("trades errors for waiting"), "{}", check.detail);
    assert!(check.detail.contains("successful answers take 90 ms → 1,072 ms"), "{}", check.detail);
    assert_eq!(find(&judged, "patience", "success >= 99 %").verdict, Verdict::Passed);
}

#[test]
fn errors_that_go_without_anybody_waiting_are_no_trade() {
    let plan = plan(&["broken", "repaired"], &["main"]);
    let seen =
        rounds(&[("broken", three(&run(50.0, 500.0, 100.0))), ("repaired", three(&run(100.0, 505.0, 99.0)))]);
    assert_eq!(plan.judged(&seen).verdict(), Verdict::Passed);
}

#[test]
fn a_fix_that_costs_goodput_fails_unless_the_author_says_so() {
    let seen = rounds(&[
        ("broken", three(&run(60.0, 100.0, 100.0))),
        ("pool", three(&run(100.0, 400.0, 100.0))),
        ("journal", vec![run(100.0, 250.0, 160.0), run(100.0, 255.0, 158.0), run(100.0, 249.0, 161.0)]),
    ]);
    let silent = plan(&["broken", "pool", "journal"], &["main"]);
    let check_of = |plan: &Plan| plan.judged(&seen);
    let judged = check_of(&silent);
    let check = find(&judged, "journal", "goodput not below pool's");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.contains("rps: \">= 0.7 of pool\""), "{}", check.detail);
    let declared = silent.clone().expecting("journal", &[("rps", ">= 0.5 of pool")]);
    assert_eq!(check_of(&declared).verdict(), Verdict::Passed);
    // What is tried and dropped may cost what it likes.
    let mut dropped = silent;
    dropped.stages[2].kept = false;
    assert_eq!(check_of(&dropped).verdict(), Verdict::Passed);
}

#[test]
fn a_fix_may_lower_p99_alone() {
    let plan = plan(&["broken", "split"], &["main"]).expecting("split", &[("p99", "<= 0.5 of broken")]);
    let tail = |p99: f64| {
        let mut run = run(100.0, 500.0, 100.0);
        run.load.total.p99 = Some(p99);
        run
    };
    let seen =
        rounds(&[("broken", three(&tail(2_000.0))), ("split", vec![tail(400.0), tail(420.0), tail(390.0)])]);
    let judged = plan.judged(&seen);
    assert_eq!(judged.verdict(), Verdict::Passed, "{:#?}", judged.checks);
}

#[test]
fn quick_failures_are_no_gain() {
    let plan = plan(&["broken", "refuse"], &["main"]).expecting("refuse", &[("p50", "<= 0.5 of broken")]);
    let seen =
        rounds(&[("broken", three(&run(90.0, 100.0, 900.0))), ("refuse", three(&run(10.0, 100.0, 5.0)))]);
    assert_eq!(find(&plan.judged(&seen), "refuse", "better than broken").verdict, Verdict::Failed);
}

#[test]
fn noisy_rounds_are_inconclusive() {
    let plan = plan(&["broken", "index"], &["main"]).expecting("index", &[("p50", "<= 0.5 of broken")]);
    let seen = rounds(&[
        ("broken", three(&run(100.0, 100.0, 1_000.0))),
        ("index", vec![run(100.0, 240.0, 420.0), run(100.0, 160.0, 620.0), run(100.0, 230.0, 440.0)]),
    ]);
    let judged = plan.judged(&seen);
    let check = find(&judged, "index", "p50 <= 0.5 of broken");
    assert_eq!(check.verdict, Verdict::Inconclusive);
    assert!(
        check.detail.ends_with("the rounds differ by more than that: run more rounds"),
        "{}",
        check.detail
    );
    assert_eq!(judged.verdict(), Verdict::Inconclusive);
}

#[test]
fn a_busy_machine_never_fails_and_still_passes() {
    let (plan, mut seen) = feed();
    let busy = |seen: &mut Rehearsed, stage: usize| {
        for round in &mut seen.rounds {
            round.stages[stage].tests[0].foreign = 1.0;
        }
    };
    busy(&mut seen, 0);
    assert_eq!(plan.judged(&seen).verdict(), Verdict::Passed);
    for round in &mut seen.rounds {
        let broken = round.stages[0].tests.clone();
        round.stages[1].tests.clone_from(&broken);
        round.stages[2].tests = broken;
    }
    busy(&mut seen, 1);
    busy(&mut seen, 2);
    let judged = plan.judged(&seen);
    assert_eq!(judged.verdict(), Verdict::Inconclusive, "{:#?}", judged.checks);
    let check = find(&judged, "shared-pool", "success >= 99 %");
    assert!(check.detail.contains("other programs used up to 1.00 cores"), "{}", check.detail);
}

#[test]
fn one_round_is_judged_and_says_so() {
    let (plan, mut seen) = feed();
    seen.rounds.truncate(1);
    let judged = plan.judged(&seen);
    assert_eq!(judged.verdict(), Verdict::Passed, "{:#?}", judged.checks);
    let check = find(&judged, "broken", "success <= 35 %");
    assert_eq!(check.detail, "it was 1.2 % in one round; how far rounds differ is unknown");
}

#[test]
fn nothing_answered_fails() {
    let dead = || {
        let mut run = run(0.0, 0.0, 1.0);
        run.load.total.p50 = None;
        (run.load.total.refused, run.load.total.errors) = (0, 10_000);
        run
    };
    let silent = plan(&["broken", "pool"], &["main"]);
    let pool = || ("pool", three(&run(100.0, 400.0, 100.0)));
    let judged = silent.judged(&rounds(&[("broken", three(&dead())), pool()]));
    let check = find(&judged, "broken", "answers");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.contains("0 timeouts, 30,000 broken connections"), "{}", check.detail);
    // A declared hang is what the scenario is about; an app that is gone is not.
    let declared =
        silent.expecting("broken", &[("success", "<= 5%")]).expecting("pool", &[("p50", "<= 0.5 of broken")]);
    let verdict = |run: TestRun| {
        let judged = declared.judged(&rounds(&[("broken", three(&run)), pool()]));
        judged.checks.iter().find(|check| check.what == "answers").map(|check| check.verdict)
    };
    assert_eq!(verdict(dead()), Some(Verdict::Failed));
    let mut hung = dead();
    (hung.load.total.timeouts, hung.load.total.errors) = (200, 0);
    assert_eq!(verdict(hung.clone()), Some(Verdict::Passed));
    let judged = declared.judged(&rounds(&[("broken", three(&hung)), pool()]));
    let check = find(&judged, "pool", "p50 <= 0.5 of broken");
    assert!(check.detail.contains("nothing to compare with"), "{}", check.detail);
}

#[test]
fn no_rounds_pass_nothing() {
    let (plan, mut seen) = feed();
    seen.rounds.clear();
    let judged = plan.judged(&seen);
    assert!(judged.checks.iter().all(|check| check.verdict == Verdict::Failed), "{:#?}", judged.checks);
    assert!(!judged.checks.is_empty());
}

#[test]
fn controls_are_judged_by_their_own_expectations_alone() {
    let plan = plan(&["broken", "pool"], &["main"]).control(
        "broken",
        "A longer timeout alone",
        &[("success", "<= 60%"), ("rps", "<= 1.2 of broken")],
    );
    let mut seen =
        rounds(&[("broken", three(&run(30.0, 100.0, 90.0))), ("pool", three(&run(100.0, 400.0, 90.0)))]);
    for round in &mut seen.rounds {
        round.stages.push(stage_run("broken", Some(0), vec![run(45.0, 60.0, 2_000.0)]));
    }
    let judged = plan.judged(&seen);
    assert_eq!(judged.verdict(), Verdict::Passed, "{:#?}", judged.checks);
    let of_control: Vec<&str> = judged
        .checks
        .iter()
        .filter(|check| check.stage == "A longer timeout alone")
        .map(|check| check.what.as_str())
        .collect();
    assert_eq!(of_control, ["success <= 60 %", "rps <= 1.2 of broken"]);
    for round in &mut seen.rounds {
        round.stages[2].tests = vec![run(99.0, 390.0, 100.0)];
    }
    let judged = plan.judged(&seen);
    assert_eq!(find(&judged, "A longer timeout alone", "success <= 60 %").verdict, Verdict::Failed);
}

#[test]
fn commands_must_do_what_the_page_says() {
    let plan = plan(&["broken"], &["main"]).typing("broken", "explain").typing("broken", "limit");
    let mut seen = rounds(&[("broken", three(&run(50.0, 100.0, 90.0)))]);
    let command = |id: &str, fault: Option<&str>| CommandRun {
        id: id.to_owned(),
        output: String::new(),
        fault: fault.map(str::to_owned),
    };
    for (at, round) in seen.rounds.iter_mut().enumerate() {
        let sometimes = (at == 0).then_some("its output lacks `100`");
        round.stages[0].commands =
            vec![command("explain", Some("its output lacks `Seq Scan`")), command("limit", sometimes)];
    }
    let judged = plan.judged(&seen);
    let check = find(&judged, "broken", "command `explain`");
    assert_eq!((check.verdict, check.detail.as_str()), (Verdict::Failed, "its output lacks `Seq Scan`"));
    let check = find(&judged, "broken", "command `limit`");
    assert_eq!(check.verdict, Verdict::Inconclusive);
    assert_eq!(check.detail, "in 1 of 3 rounds: its output lacks `100`");
}

#[test]
fn what_is_typed_outside_of_containers_counts_only_where_there_are_some() {
    let plan = plan(&["broken"], &["main"]).typing_in(Place::Host, "broken", "ps");
    let mut seen = rounds(&[("broken", three(&run(50.0, 100.0, 90.0)))]);
    assert_eq!(left_out(&plan.stages[0], &seen), ["ps"]);
    assert!(plan.judged(&seen).checks.iter().all(|check| check.what != "command `ps`"));
    seen.driver = Driver::Compose;
    assert!(left_out(&plan.stages[0], &seen).is_empty());
    let judged = plan.judged(&seen);
    let check = find(&judged, "broken", "command `ps`");
    assert_eq!((check.verdict, check.detail.as_str()), (Verdict::Failed, "it was not run"));
}

#[test]
fn a_request_of_its_own_can_be_expected_and_be_what_is_fixed() {
    let plan =
        plan(&["broken", "index"], &["main"]).expecting("index", &[("p99@report", "<= 0.5 of broken")]);
    let with = |report: f64| run(100.0, 500.0, 50.0).with_request("report", &run(100.0, 5.0, report));
    let seen = rounds(&[("broken", three(&with(900.0))), ("index", three(&with(90.0)))]);
    let judged = plan.judged(&seen);
    assert_eq!(judged.verdict(), Verdict::Passed, "{:#?}", judged.checks);
    let unknown = plan.expecting("index", &[("p99@feed", "<= 0.5 of broken")]);
    let judged = unknown.judged(&seen);
    let check = find(&judged, "index", "p99@feed <= 0.5 of broken");
    assert_eq!(check.verdict, Verdict::Failed);
    assert!(check.detail.contains("no figures of a request `feed`"), "{}", check.detail);
}
