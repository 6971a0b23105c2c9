//! Panels against answers that a real Prometheus gave to the same script.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command as Process, Stdio};

use camino::Utf8Path;
use serde_json::Value;

use super::*;
use crate::manifest;
use crate::rehearse::driver::{CpuClock, Ran};
use crate::rehearse::plan::PlannedFile;

const COMPOSE: &str = "services:\n  app: {build: .}\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      \
    - ./dashboard/prometheus.yml:/etc/prometheus/prometheus.yml:ro\n    ports: [\"9090:9090\"]\n";
const CONFIGURATION: &str = "global: {scrape_interval: 5s}\nscrape_configs: [{job_name: app}]\n";
const BOARD: &str = include_str!("recorded/dashboard.json");
/// When the recorded load test on `broken` began and ended.
const TIMES: (f64, f64) = (1_795_646_902.286, 1_795_646_932.615);

/// A stage with some files and nothing else.
pub fn stage_with(files: &[(&str, &str)]) -> StagePlan {
    let file = |(path, text): &(&str, &str)| {
        ((*path).into(), PlannedFile { bytes: text.as_bytes().to_vec(), executable: false })
    };
    StagePlan {
        id: "broken".to_owned(),
        base: None,
        kept: true,
        files: files.iter().map(file).collect(),
        sql: Vec::new(),
        commands: Vec::new(),
        loadtests: Vec::new(),
        events: Vec::new(),
        create: Vec::new(),
        start: Vec::new(),
    }
}

/// The stage that the recordings were made of.
pub fn social_feed() -> StagePlan {
    stage_with(&[
        ("docker-compose.yml", COMPOSE),
        ("dashboard/prometheus.yml", CONFIGURATION),
        (DASHBOARD, BOARD),
    ])
}

/// The panels of a recording.
pub fn recorded(stage: &StagePlan, text: &str, begin: f64) -> Vec<PanelRun> {
    answer::read_answers(&queries(stage), text, begin).expect("a sound recording")
}

/// Answers every command with the same, or runs it here.
struct Scripted {
    answer: Option<Ran>,
    words: Vec<String>,
    input: Option<String>,
}

impl Scripted {
    fn says(stdout: &str, code: i32, stderr: &str) -> Self {
        let ran = Ran { code: Some(code), stdout: stdout.to_owned(), stderr: stderr.to_owned() };
        Self { answer: Some(ran), words: Vec::new(), input: None }
    }
}

impl Driver for Scripted {
    fn kind(&self) -> manifest::run::Driver {
        manifest::run::Driver::Native
    }

    fn place(&self) -> &'static str {
        "in a script"
    }
    fn start(&mut self, _: &StagePlan) -> Result<(), Fault> {
        Ok(())
    }
    fn advance(&mut self, _: &StagePlan, _: &StagePlan) -> Result<(), Fault> {
        Ok(())
    }
    fn put(&mut self, _: &Utf8Path, _: &[u8]) -> Result<(), Fault> {
        Ok(())
    }
    fn run(&mut self, command: &Command<'_>) -> Result<Ran, Fault> {
        assert_eq!(command.service, "app");
        self.words.clone_from(&command.words);
        self.input = command.input.map(str::to_owned);
        Ok(self.answer.clone().unwrap_or_else(|| run_here(command)))
    }
    fn follow(&mut self, command: &Command<'_>, _: &mut dyn FnMut(&str)) -> Result<Ran, Fault> {
        self.run(command)
    }

    fn run_on_host(&mut self, _: &str, _: Duration) -> Result<Option<Ran>, Fault> {
        unreachable!("nothing is typed there")
    }

    fn log(&mut self, _: &str) -> Result<String, Fault> {
        Ok(String::new())
    }
    fn cpu(&mut self) -> CpuClock {
        CpuClock::default()
    }
    fn versions(&mut self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
    fn cores(&self) -> u32 {
        2
    }
    fn stop(&mut self) {}
}

fn run_here(command: &Command<'_>) -> Ran {
    let mut child = Process::new(&command.words[0])
        .args(&command.words[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node is installed where the tests run");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(command.input.unwrap_or("").as_bytes()).expect("node reads");
    drop(stdin);
    let out = child.wait_with_output().expect("node ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { code: out.status.code(), stdout: text(out.stdout), stderr: text(out.stderr) }
}

#[test]
fn every_expression_of_the_dashboard_is_a_query() {
    let found = queries(&social_feed());
    let titles: Vec<&str> = found.iter().map(|query| query.title.as_str()).collect();
    let expected = [
        "Requests per second",
        "Errors per second",
        "Success rate",
        "Open database connections",
        "p50 latency",
        "p99 latency",
    ];
    assert_eq!(titles, expected);
    assert_eq!((found[5].unit.as_deref(), found[5].legend.as_deref()), (Some("ms"), Some("p99 {{route}}")));
    assert!(found[5].read.as_ref().is_some_and(|read| read.quantiles[0].q == Some(0.99)));
    assert_eq!(found[2].kind, "stat");
    assert!(queries(&stage_with(&[])).is_empty());
}

#[test]
fn one_command_asks_for_everything() {
    let mut driver = Scripted::says(include_str!("recorded/broken.json"), 0, "");
    let panels = ask(&mut driver, &social_feed(), TIMES.0, TIMES.1).expect("answers");
    assert_eq!(driver.words[..2], ["node", "-e"]);
    let input: Value = serde_json::from_str(driver.input.as_deref().expect("input")).expect("JSON");
    assert_eq!((input["url"].as_str(), input["step"].as_u64()), (Some("http://prometheus:9090"), Some(5)));
    let start = input["start"].as_f64().expect("a time");
    assert!((start - (TIMES.1 - 30.0)).abs() < 1e-3, "the last point is the end of the load test: {start}");
    let whole = input["queries"][5]["whole"].as_str().expect("a quantile");
    assert!(whole.contains("_bucket[31s]"), "{whole}");
    assert!(input["queries"][0]["whole"].is_null());
    assert_eq!(input["metrics"].as_array().map(Vec::len), Some(3));
    assert_eq!(panels.len(), 6);
}

#[test]
fn answers_become_panels() {
    let panels = recorded(&social_feed(), include_str!("recorded/broken.json"), TIMES.0);
    let p99 = &panels[5];
    assert_eq!((p99.title.as_str(), p99.unit.as_deref()), ("p99 latency", Some("ms")));
    let [series] = p99.series.as_slice() else { panic!("{:?}", p99.series) };
    assert_eq!((series.name.as_str(), series.labels["route"].as_str()), ("p99 /feed", "/feed"));
    // Before the second scrape there is no rate, so no quantile.
    assert_eq!(series.points.len(), 6);
    let (at, value) = series.points[5];
    assert!((at - 30.329).abs() < 0.01 && (value - 680.68).abs() < 0.01, "{at} {value}");
    assert!(series.whole.is_some_and(|whole| (whole - 679.87).abs() < 0.01));
    let [reads] = p99.reads.as_slice() else { panic!("{:?}", p99.reads) };
    assert_eq!((reads.bounds.len(), reads.series.len()), (17, 2));
    assert_eq!(panels[3].series[0].name, "Open database connections");
    assert!(panels.iter().all(|panel| panel.fault.is_none()));
}

/// Values without a number: a quantile before the first request is `NaN`.
#[test]
fn points_without_a_number_are_left_out() {
    let text = r#"{"answers":[{"range":{"data":{"resultType":"matrix","result":[{"metric":{},
        "values":[[1,"NaN"],[2,"+Inf"],[3,"4.5"]]}]}},"whole":null}],"metrics":[],"names":[]}"#;
    assert_eq!(recorded(&social_feed(), text, 0.0)[0].series[0].points, [(3.0, 4.5)]);
}

/// The board that was asked for the recording `faulty.json`.
pub fn faulty_board() -> StagePlan {
    let panel = |title: &str, expr: &str| serde_json::json!({"title": title, "type": "timeseries", "targets": [{"expr": expr}]});
    let board = serde_json::json!({"title": "x", "panels": [
        panel("Unclosed", "sum(rate(http_requests_total[30s])"),
        panel("Wrong label", "sum(rate(http_requests_total{path=\"/feed\"}[30s]))"),
        panel("Wrong name", "rate(http_request_total[30s])"),
        panel("Wrong route", "histogram_quantile(0.99, sum by (le) (rate(http_request_duration_ms_bucket{route=\"/fed\"}[30s])))"),
    ]});
    stage_with(&[(DASHBOARD, &board.to_string())])
}

#[test]
fn refused_expressions_and_absent_metrics_are_kept() {
    let panels = recorded(&faulty_board(), include_str!("recorded/faulty.json"), 0.0);
    let fault = panels[0].fault.as_deref().expect("a fault");
    assert!(fault.contains("parse error: unclosed left parenthesis"), "{fault}");
    assert!(panels[1].series.is_empty() && panels[1].fault.is_none());
    assert_eq!(panels[2].reads[0].similar.as_deref(), Some("http_requests_total"));
    assert!(panels[2].reads[0].series.is_empty() && !panels[1].reads[0].series.is_empty());
}

#[test]
fn without_prometheus_there_are_no_panels() {
    let mut driver = Scripted::says("", 1, "never asked");
    let stage = stage_with(&[("docker-compose.yml", "services: {app: {build: .}}"), (DASHBOARD, BOARD)]);
    assert_eq!(ask(&mut driver, &stage, 0.0, 1.0).expect("no fault"), []);
    let fault = ask(&mut driver, &social_feed(), 0.0, 1.0).expect_err("a fault").to_string();
    assert_eq!(fault, "the panels of the dashboard could not be asked for:\nnever asked");
    driver.answer = Some(Ran { code: Some(0), stdout: "<html>".to_owned(), stderr: String::new() });
    assert!(ask(&mut driver, &social_feed(), 0.0, 1.0).is_err());
}

#[test]
fn the_script_asks_and_says_when_nobody_answers() {
    let server = tiny_http::Server::http("127.0.0.1:0").expect("a port");
    let port = server.server_addr().to_ip().expect("an address").port();
    let asked = std::thread::spawn(move || {
        let mut asked = Vec::new();
        // One board of four panels, a quantile among them; three metrics, then all names.
        for _ in 0..9 {
            let mut request = server.recv().expect("a request");
            let mut body = String::new();
            request.as_reader().read_to_string(&mut body).expect("a body");
            asked.push(format!("{} {body}", request.url()));
            let answer = match request.url() {
                "/api/v1/query_range" => {
                    r#"{"data":{"resultType":"matrix","result":[{"metric":{},"values":[[7,"1"]]}]}}"#
                }
                "/api/v1/query" => {
                    r#"{"data":{"resultType":"vector","result":[{"metric":{},"value":[7,"2"]}]}}"#
                }
                "/api/v1/series" => r#"{"data":[]}"#,
                _ => r#"{"data":["http_requests_totals"]}"#,
            };
            request.respond(tiny_http::Response::from_string(answer)).expect("it is read");
        }
        asked
    });
    let compose = format!(
        "services: {{localhost: {{image: prom/prometheus, command: [\"--web.listen-address=:{port}\"]}}}}"
    );
    let mut stage = faulty_board();
    let file = PlannedFile { bytes: compose.into_bytes(), executable: false };
    stage.files.insert("compose.yml".into(), file);
    let mut driver = Scripted { answer: None, words: Vec::new(), input: None };
    let panels = ask(&mut driver, &stage, 0.0, 7.0).expect("answers");
    assert_eq!((panels[3].series[0].points[0], panels[3].series[0].whole), ((7.0, 1.0), Some(2.0)));
    assert_eq!(panels[1].reads[0].similar.as_deref(), Some("http_requests_totals"));
    let asked = asked.join().expect("the server ends");
    assert!(
        asked[1].contains("query=sum%28rate%28http_requests_total%7Bpath%3D%22%2Ffeed%22%7D%5B30s%5D%29%29"),
        "{asked:?}"
    );
    // Nobody listens there any more.
    let fault = ask(&mut driver, &stage, 0.0, 7.0).expect_err("a fault").to_string();
    assert!(fault.contains(&format!("no answer from http://localhost:{port}: ")), "{fault}");
    let seconds = now(&mut driver).expect("a time");
    assert!(seconds > 1.6e9, "{seconds}");
}
