//! Checks of panels whose answers a real Prometheus gave.

use std::collections::BTreeMap;

use super::*;
use crate::manifest::measure::{LoadTest, Method, Mode, Request};
use crate::manifest::run::Driver;
use crate::rehearse::measured::{Figures, Load, RequestLoad, Round};
use crate::rehearse::panels::tests::{faulty_board, recorded, social_feed};
use crate::rehearse::plan::StagePlan;
use crate::source::Spanned;
use crate::syntax::yaml::Id;

fn id(text: &str) -> Id {
    Id { text: text.to_owned(), span: Span::nowhere() }
}

fn loadtest() -> LoadTest {
    let spanned = |number| Spanned::new(number, Span::nowhere());
    let request = Request {
        id: id("feed"),
        path: Spanned::new("/feed".to_owned(), Span::nowhere()),
        method: Method::Get,
        body: None,
        weight: 1,
        span: Span::nowhere(),
    };
    LoadTest {
        id: id("main"),
        target: Spanned::new("app".to_owned(), Span::nowhere()),
        mode: Mode::Mix,
        requests: vec![request],
        connections: spanned(200),
        seconds: spanned(30),
        span: Span::nowhere(),
    }
}

fn plan_of(stages: Vec<StagePlan>) -> Plan {
    Plan {
        id: "feed".to_owned(),
        title: "Feed".to_owned(),
        stages,
        controls: Vec::new(),
        expectations: Vec::new(),
        panels: Vec::new(),
        ports: BTreeMap::new(),
        inputs: String::new(),
    }
}

fn stage_run(stage: &str, p99: f64, panels: Vec<PanelRun>) -> StageRun {
    let figures = Figures {
        p99: Some(p99),
        success_p99: Some(p99),
        ended: 5000,
        succeeded: 5000,
        ..Figures::default()
    };
    let load = Load {
        total: figures.clone(),
        requests: vec![RequestLoad { id: "feed".to_owned(), figures }],
        ..Load::default()
    };
    let test = TestRun {
        test: "main".to_owned(),
        connections: 200,
        seconds: 30,
        load,
        errors: Vec::new(),
        cpu: std::collections::BTreeMap::new(),
        foreign: 0.0,
        panels,
    };
    StageRun { stage: stage.to_owned(), control: None, tests: vec![test], commands: Vec::new() }
}

pub fn rehearsed(rounds: Vec<Vec<StageRun>>) -> Rehearsed {
    Rehearsed {
        scenario: "feed".to_owned(),
        driver: Driver::Native,
        cores: 2,
        versions: std::collections::BTreeMap::new(),
        rounds: rounds.into_iter().map(|stages| Round { stages }).collect(),
    }
}

/// Stages with the answers for their panels, the p99 of a client, and when the load test began.
const RECORDED: [(&str, &str, f64, f64); 3] = [
    ("broken", include_str!("../panels/recorded/broken.json"), 690.0, 1_795_646_902.286),
    ("shared-pool", include_str!("../panels/recorded/shared-pool.json"), 1160.0, 1_795_646_946.622),
    ("feed-index", include_str!("../panels/recorded/feed-index.json"), 93.0, 1_795_646_990.951),
];

/// The stages of the social feed, and one round of them; `change` is made to the panels.
pub fn social_feeds(change: impl Fn(&mut PanelRun)) -> (Plan, Vec<StageRun>) {
    let stage = |name: &str| StagePlan { id: name.to_owned(), loadtests: vec![loadtest()], ..social_feed() };
    let runs = RECORDED.iter().map(|(name, text, p99, begin)| {
        let (success, rps) = if *name == "broken" { (1.2, 10.0) } else { (100.0, 185.4) };
        let mut panels = recorded(&social_feed(), text, *begin);
        panels.iter_mut().for_each(&change);
        let mut run = stage_run(name, *p99, panels);
        (run.tests[0].load.total.success, run.tests[0].load.total.rps) = (success, rps);
        run
    });
    let runs = runs.collect();
    (plan_of(RECORDED.iter().map(|(name, ..)| stage(name)).collect()), runs)
}

fn found<'c>(checks: &'c [Check], title: &str) -> &'c Check {
    let what = format!("the panel `{title}` speaks");
    checks.iter().find(|check| check.what == what).unwrap_or_else(|| panic!("{checks:#?}"))
}

#[test]
fn the_panels_of_a_sound_dashboard_pass() {
    let (plan, runs) = social_feeds(|_| {});
    let checks = check_panels(&plan, &rehearsed(vec![runs]));
    assert!(checks.iter().all(|check| check.verdict == Verdict::Passed), "{checks:#?}");
    assert_eq!(found(&checks, "Errors per second").detail, "spoke at every stage");
    let p99: Vec<&Check> = checks.iter().filter(|check| check.what.contains("the p99")).collect();
    let stages: Vec<&str> = p99.iter().map(|check| check.stage.as_str()).collect();
    assert_eq!(stages, ["broken", "shared-pool", "feed-index"]);
    assert_eq!(
        p99[0].what,
        "the p99 of the panel `p99 latency` is that of the load test `main`, request `feed`"
    );
    assert_eq!(p99[0].detail, "the panel shows 680 ms, the load test 690 ms");
    assert_eq!(checks.len(), 6 + 3);
}

#[test]
fn places_are_those_of_the_panels() {
    let (plan, runs) = social_feeds(|_| {});
    let place = |title: &str| Span::nowhere().sub(0, title.len());
    let checks = check_panels_at(&plan, &rehearsed(vec![runs]), &place);
    assert!(checks.iter().all(|check| check.span != Span::nowhere()), "{checks:#?}");
}

#[test]
fn refused_expressions_wrong_names_and_wrong_labels_fail() {
    let stage = faulty_board();
    let panels = recorded(&stage, include_str!("../panels/recorded/faulty.json"), 0.0);
    let checks =
        check_panels(&plan_of(vec![stage]), &rehearsed(vec![vec![stage_run("broken", 93.0, panels)]]));
    let failed = |title: &str, part: &str| {
        let check = found(&checks, title);
        assert_eq!(check.verdict, Verdict::Failed, "{check:?}");
        assert!(check.detail.contains(part), "{}", check.detail);
    };
    failed("Unclosed", "unclosed left parenthesis");
    let labels =
        "no series of `http_requests_total` has the label `path`; it has `method`, `route`, `status_code`";
    failed("Wrong label", labels);
    failed("Wrong name", "nothing exports `http_request_total`; did you mean `http_requests_total`?");
    failed("Wrong route", "has a `route` like `/fed`; seen: `/feed`");
    assert_eq!(checks.len(), 4);
}

/// A stage whose only panel has this expression, and a run in which it drew zeros.
fn zeros(expr: &str, code: &str) -> Check {
    let (_, runs) = social_feeds(|_| {});
    let panel = serde_json::json!({"title": "Own", "type": "timeseries", "targets": [{"expr": expr}]});
    let board = serde_json::json!({"title": "x", "panels": [panel]}).to_string();
    let files = [("dashboard/grafana-dashboard.json", board.as_str()), ("src/server.js", code)];
    let stage = crate::rehearse::panels::tests::stage_with(&files);
    let mut reads = runs[2].tests[0].panels[0].reads.clone();
    reads.push(crate::rehearse::measured::MetricSeen {
        name: "refused_total".to_owned(),
        ..Default::default()
    });
    let series = crate::rehearse::measured::Series {
        expr: expr.to_owned(),
        points: vec![(0.0, 0.0), (5.0, 0.0)],
        ..Default::default()
    };
    let panel = PanelRun { title: "Own".to_owned(), series: vec![series], reads, ..PanelRun::default() };
    let run = stage_run("broken", 1.0, vec![panel]);
    check_panels(&plan_of(vec![stage]), &rehearsed(vec![vec![run]])).remove(0)
}

/// `or vector(0)` hides a wrong label from whoever only looks for empty panels.
#[test]
fn zeros_that_stand_for_nothing_are_found() {
    let wrong = zeros("sum(rate(http_requests_total{status=~\"5..\"}[30s])) or vector(0)", "");
    assert_eq!(wrong.verdict, Verdict::Failed);
    assert!(wrong.detail.contains("the label `status`"), "{}", wrong.detail);
    let grouped = zeros("sum by (path) (rate(http_requests_total[30s]))", "");
    assert!(grouped.verdict == Verdict::Failed && grouped.detail.contains("by which the panel groups"));
    // No error came, which is what the panel says.
    let healthy = zeros("sum(rate(http_requests_total{status_code=~\"5..\"}[30s])) or vector(0)", "");
    assert_eq!(healthy.verdict, Verdict::Passed);
    assert!(healthy.detail.contains("seen: `200`"), "{}", healthy.detail);
    let absent = "sum(rate(refused_total[30s])) or vector(0)";
    assert_eq!(zeros(absent, "").verdict, Verdict::Failed);
    assert_eq!(zeros(absent, "name: 'refused_total'").verdict, Verdict::Passed);
}

#[test]
fn a_panel_that_is_empty_everywhere_fails_and_one_that_spoke_once_does_not() {
    let (plan, runs) = social_feeds(|panel| panel.series.clear());
    let checks = check_panels(&plan, &rehearsed(vec![runs.clone()]));
    let empty = found(&checks, "Open database connections");
    assert_eq!(empty.verdict, Verdict::Failed);
    assert_eq!(empty.detail, "`sum(db_connections_open)` had no value at any stage");
    let (_, speaking) = social_feeds(|_| {});
    let mixed = vec![speaking[0].clone(), runs[1].clone(), runs[2].clone()];
    let checks = check_panels(&plan, &rehearsed(vec![mixed]));
    let once = found(&checks, "Open database connections");
    assert_eq!(once.verdict, Verdict::Passed);
    assert_eq!(once.detail, "spoke at `broken`, empty at `shared-pool`, `feed-index`");
}

#[test]
fn without_panels_there_is_nothing_to_check() {
    let (plan, _) = social_feeds(|_| {});
    assert_eq!(check_panels(&plan, &rehearsed(vec![vec![stage_run("broken", 1.0, Vec::new())]])), []);
}

/// The latencies of `broken` in buckets that cannot tell them, as a real Prometheus answered.
fn recorded_as(text: &str) -> (Plan, Vec<StageRun>) {
    let (plan, mut runs) = social_feeds(|_| {});
    runs.truncate(1);
    runs[0].tests[0].panels = recorded(&social_feed(), text, 0.0);
    (plan, runs)
}

fn p99_of(plan: &Plan, rounds: Vec<Vec<StageRun>>) -> Check {
    let checks = check_panels(plan, &rehearsed(rounds));
    checks.into_iter().find(|check| check.stage == "broken").expect("a p99 is compared")
}

#[test]
fn buckets_that_are_too_wide_fail_in_all_rounds_and_are_inconclusive_in_some() {
    let (plan, bad) = recorded_as(include_str!("../panels/recorded/too-wide.json"));
    let (_, good) = social_feeds(|_| {});
    let failed = p99_of(&plan, vec![bad.clone(), bad.clone()]);
    assert_eq!(failed.verdict, Verdict::Failed);
    let said = "the panel shows 9893 ms, the load test 690 ms: both lie in one bucket of \
                `http_request_duration_ms`, from 100 ms to 10000 ms; add bounds between them";
    assert_eq!(failed.detail, said);
    assert_eq!(p99_of(&plan, vec![bad, good]).verdict, Verdict::Inconclusive);
}

#[test]
fn buckets_that_end_too_early_fail() {
    let (plan, runs) = recorded_as(include_str!("../panels/recorded/ends-early.json"));
    let failed = p99_of(&plan, vec![runs]);
    assert_eq!(failed.verdict, Verdict::Failed);
    assert!(
        failed.detail.contains("the buckets of `http_request_duration_ms` end at 100 ms"),
        "{}",
        failed.detail
    );
}

#[test]
fn what_counts_other_requests_is_not_compared() {
    let few = |mut runs: Vec<StageRun>| {
        runs.iter_mut().for_each(|run| {
            run.tests[0].load.total.ended = 20;
            run.tests[0].load.requests[0].figures.ended = 20;
        });
        runs
    };
    let compared = |(plan, runs): (Plan, Vec<StageRun>)| {
        check_panels(&plan, &rehearsed(vec![runs])).iter().filter(|check| check.stage != ALL_STAGES).count()
    };
    assert_eq!(compared(social_feeds(|_| {})), 3);
    let label = |name: &'static str, value: &'static str| {
        move |panel: &mut PanelRun| {
            panel.series.iter_mut().for_each(|series| {
                series.labels.insert(name.to_owned(), value.to_owned());
            });
        }
    };
    assert_eq!(compared(social_feeds(label("status_code", "200"))), 0);
    assert_eq!(compared(social_feeds(label("route", "/health"))), 0);
    let (plan, runs) = social_feeds(|_| {});
    assert_eq!(compared((plan, few(runs))), 0);
}
