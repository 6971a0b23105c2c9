//! The native driver where a machine allows no namespaces, on the real content with the real
//! programs. Each test drives a process of its own, which is this program again, so that it can be
//! killed and so that its temporary files are its own.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::diag::Sink;
use scenarist::load::load_course;
use scenarist::rehearse::driver::{Command as Typed, Driver, Ran};
use scenarist::rehearse::fault::Fault;
use scenarist::rehearse::interrupt;
use scenarist::rehearse::judge::judge;
use scenarist::rehearse::native::{Isolation, Native};
use scenarist::rehearse::plan::{Plan, PlannedFile, StagePlan, plan_rehearsal, vary_loadtests};
use scenarist::rehearse::session::{Effort, Progress, Session};
use scenarist::source::{builtin_files, read_dir};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

const SCENARIO: &str = "diagnosing-failures";

/// One at a time: they want the same ports, and the whole machine.
static TURN: Mutex<()> = Mutex::new(());

fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}

// What the driven process does.

/// Not a test by itself: the process that the tests below start and kill.
#[test]
fn driven() {
    let Some(how) = env::var_os("DRIVEN") else { return };
    interrupt::watch();
    let how = how.to_str().expect("a word");
    let outcome = match drive(how) {
        Ok(seen) => json!({ "seen": seen }),
        Err(Fault::Missing { programs, .. }) => json!({ "missing": programs }),
        Err(fault @ Fault::Machine { .. }) => json!({ "machine": fault.to_string() }),
        Err(fault) => json!({ "fault": fault.to_string() }),
    };
    fs::write(folder().join("outcome.json"), outcome.to_string()).expect("a file");
}

fn folder() -> PathBuf {
    env::var_os("DRIVEN_FOLDER").map(PathBuf::from).expect("a folder")
}

fn drive(how: &str) -> Result<Value, Fault> {
    // Only loaded: what comes out and what the rules say does not matter here.
    let (mut files, _) = read_dir(root());
    builtin_files(&mut files);
    let sink = Sink::default();
    let file = files.find("content/course.yml").expect("the course");
    let course = load_course(&files, file, &sink).expect("a course");
    let scenario = course.scenarios.iter().find(|scenario| scenario.id == SCENARIO).expect("it");
    let mut plan = plan_rehearsal(&files, &course, scenario, &sink).expect("a plan");
    match how {
        "surroundings" => with_two_apps(&mut plan),
        "mount" => with_mount(&mut plan),
        _ => {}
    }
    let program = Utf8Path::new(env!("CARGO_BIN_EXE_scenarist"));
    let mut native = Native::isolated(Isolation::Loopback, &plan, program)?;
    if how != "rehearsal" {
        native.start(&plan.stages[0])?;
        return if how == "surroundings" { surroundings(&mut native) } else { Ok(Value::Null) };
    }
    let effort = Effort { rounds: 1, seconds: Some(3), warm_up: 0 };
    let mut show = |progress: &Progress, _| {
        if matches!(progress, Progress::Rate { .. }) {
            fs::write(folder().join("under-load"), "").expect("a file");
        }
    };
    let vary =
        |stage: usize, change: &dyn Fn(&mut _)| vary_loadtests(&files, &course, scenario, stage, change);
    let rehearsed = Session::new(&plan, &mut native, effort, &vary, &mut show).run()?;
    native.stop();
    let judgement = judge(&plan, &rehearsed);
    let checks: Vec<String> = judgement
        .checks
        .iter()
        .map(|check| format!("{:?}: {} {}: {}", check.verdict, check.stage, check.what, check.detail))
        .collect();
    let tests = rehearsed.rounds.iter().flat_map(|round| &round.stages).flat_map(|stage| &stage.tests);
    let requests: Vec<_> = tests.clone().map(|test| test.load.total.ended).collect();
    let cpu: Vec<BTreeMap<String, f64>> = tests.map(|test| test.cpu.clone()).collect();
    let verdict = format!("{:?}", judgement.verdict());
    Ok(json!({ "verdict": verdict, "checks": checks, "requests": requests, "cpu": cpu }))
}

fn edit(plan: &mut Plan, path: &str, change: impl Fn(&str) -> String) {
    for stage in &mut plan.stages {
        let file = stage.files.get_mut(Utf8Path::new(path)).expect("a file of the stage");
        file.bytes = change(std::str::from_utf8(&file.bytes).expect("a text")).into_bytes();
    }
}

fn put(stage: &mut StagePlan, path: &str, text: &str) {
    let file = PlannedFile { bytes: text.as_bytes().to_vec(), executable: false };
    stage.files.insert(Utf8PathBuf::from(path), file);
}

/// The app twice on the same port, behind nginx; the second copy is node without nodemon.
fn with_two_apps(plan: &mut Plan) {
    edit(plan, "docker-compose.yml", |text| {
        let url = "postgres://postgres:postgres@postgres:5432/feedapp";
        let copy = format!(
            "services:\n  app2:\n    build: .\n    command: [node, src/server.js]\n    volumes: [\"./:/app\"]\n    \
             environment: {{PORT: \"3000\", DATABASE_URL: \"{url}\"}}\n    depends_on: [app]\n  \
             nginx:\n    image: nginx:1.28.0\n    volumes: [\"./config/nginx.conf:/etc/nginx/nginx.conf:ro\"]\n    \
             depends_on: [app2]\n"
        );
        text.replacen("services:\n", &copy, 1)
    });
    let nginx = "events { worker_connections 64; }\nhttp {\n  upstream app { server app:3000; server app2:3000; }\n  \
                 server { listen 8080; location / { proxy_pass http://app; } }\n}\n";
    plan.stages.iter_mut().for_each(|stage| put(stage, "config/nginx.conf", nginx));
}

fn with_mount(plan: &mut Plan) {
    edit(plan, "docker-compose.yml", |text| text.replacen("/app\n", "/app\n      - ./db:/srv/data\n", 1));
}

/// What a terminal in the app's container shows.
fn surroundings(native: &mut Native) -> Result<Value, Fault> {
    let node = |url: &str| format!("node -e 'fetch(\"{url}\").then((a) => a.text()).then(console.log)'");
    let lines = [
        ("own", node("http://localhost:3000/health")),
        ("other", node("http://app2:3000/health")),
        ("lookup", "node -e 'require(\"dns\").lookup(\"app2\", (e, a) => console.log(a))'".to_owned()),
        ("nginx", node("http://nginx:8080/health")),
        (
            "outside",
            node("http://elsewhere.invalid/")
                .replace(".then(console.log)", ".catch((e) => console.log(e.cause.code))"),
        ),
        (
            "curl",
            "curl -s http://app2:3000/health && curl -s localhost:3000/health && curl -s nginx:8080/health"
                .to_owned(),
        ),
        ("psql", "psql -X -A -t -c 'SELECT count(*) FROM posts' \"$DATABASE_URL\"".to_owned()),
        (
            "host",
            "PGPASSWORD=postgres psql -X -A -t -h postgres -U postgres -c 'SELECT 1' feedapp".to_owned(),
        ),
        ("folder", "cd /app && test -f package.json && echo kept >/tmp/note && cat /tmp/note".to_owned()),
        ("ids", "ps -o user= -C postgres | sort -u; id -un".to_owned()),
        ("sockets", "ss -Hltn 'sport = :3000 or sport = :5432 or sport = :8080 or sport = :9090'".to_owned()),
        ("metrics", node("http://prometheus:9090/api/v1/targets")),
    ];
    let mut seen = serde_json::Map::new();
    for (name, line) in lines {
        let words = vec!["sh".to_owned(), "-c".to_owned(), line];
        let typed = Typed { service: "app", words, input: None, limit: PATIENCE };
        let mut ran: Ran = native.run(&typed)?;
        // Prometheus asks every five seconds, and the first time when it likes.
        let deadline = Instant::now() + PATIENCE;
        while name == "metrics" && !ran.said().contains("\"up\"") && Instant::now() < deadline {
            thread::sleep(Duration::from_secs(1));
            ran = native.run(&typed)?;
        }
        seen.insert(name.to_owned(), Value::String(ran.said().trim().to_owned()));
    }
    Ok(Value::Object(seen))
}

// What the tests start it with.

struct Driven {
    folder: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Driven {
    fn new() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().expect("a folder");
        // The account that PostgreSQL gets must come through.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
        fs::create_dir(folder.path().join("temporary")).expect("a folder");
        Self { folder, _turn: turn }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn start(&self, how: &str) -> Child {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args(["--exact", "driven", "--test-threads", "1"]);
        command
            .env("DRIVEN", how)
            .env("DRIVEN_FOLDER", self.path())
            .env("TMPDIR", self.path().join("temporary"));
        // Output into a file: a pipe would stay open for as long as anything that was left behind.
        let output = fs::File::create(self.path().join("output")).expect("a file");
        command.stdin(Stdio::null()).stdout(output.try_clone().expect("a file")).stderr(output);
        command.spawn().expect("this program starts")
    }

    /// What the process found, when it has ended; `None` without the programs that it takes.
    fn outcome(&self, test: &str, how: &str) -> Option<Value> {
        let status = self.start(how).wait().expect("a status");
        let text = fs::read_to_string(self.path().join("outcome.json")).unwrap_or_else(|_| {
            let output = fs::read_to_string(self.path().join("output")).unwrap_or_default();
            panic!("no outcome, {status}:\n{output}")
        });
        let outcome: Value = serde_json::from_str(&text).expect("JSON");
        self.assert_clean();
        if let Some(programs) = outcome.get("missing") {
            println!("SKIP {test}: {programs} not found");
            return None;
        }
        Some(outcome)
    }

    /// Nothing runs, nothing lies about.
    #[track_caller]
    fn assert_clean(&self) {
        let left = fs::read_dir(self.path().join("temporary")).expect("a folder").flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(processes_of(self.path()), Vec::<String>::new());
    }
}

/// Command lines of processes that work in a folder, or name it.
fn processes_of(folder: &Path) -> Vec<String> {
    let name = folder.to_str().expect("a UTF-8 path");
    let entries = fs::read_dir("/proc").expect("/proc").flatten();
    let found = entries.filter_map(|entry| {
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        let works_there = fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder));
        (works_there || line.contains(name)).then_some(line)
    });
    found.collect()
}

#[track_caller]
fn await_that(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE * 2;
    while !is_so() {
        assert!(Instant::now() < deadline, "still not so: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

// What must hold.

#[test]
fn the_real_content_does_not_fail() {
    let driven = Driven::new();
    let Some(outcome) = driven.outcome("the_real_content_does_not_fail", "rehearsal") else { return };
    let seen = &outcome["seen"];
    assert!(seen["verdict"] == "Passed" || seen["verdict"] == "Inconclusive", "{outcome:#}");
    let requests = seen["requests"].as_array().expect("load tests");
    assert!(requests.len() >= 3 && requests.iter().all(|count| count.as_f64() > Some(0.0)), "{outcome:#}");
    for cpu in seen["cpu"].as_array().expect("load tests") {
        assert!(cpu["app"].as_f64() > Some(0.0) && cpu["postgres"].as_f64() > Some(0.0), "{cpu}");
    }
}

#[test]
fn every_service_has_a_network_of_its_own() {
    let driven = Driven::new();
    let Some(outcome) = driven.outcome("every_service_has_a_network_of_its_own", "surroundings") else {
        return;
    };
    let seen = |name: &str| outcome["seen"][name].as_str().unwrap_or_default();
    let ok = r#"{"status":"ok"}"#;
    for name in ["own", "other", "nginx"] {
        assert_eq!(seen(name), ok, "{name} {outcome:#}");
    }
    assert_eq!(seen("curl"), ok.repeat(3));
    assert!(seen("lookup").starts_with("127.77.0."), "{outcome:#}");
    assert!(seen("outside").starts_with("EAI_AGAIN") || seen("outside") == "ENOTFOUND", "{outcome:#}");
    assert_eq!((seen("psql"), seen("host"), seen("folder")), ("50000", "1", "kept"), "{outcome:#}");
    assert!(!seen("ids").lines().next().unwrap_or("root").contains("root"), "{outcome:#}");
    // Two on port 3000, and nothing that the network could reach. Others may listen on this machine.
    let ours: Vec<&str> = seen("sockets").lines().filter(|line| line.contains("127.77.0.")).collect();
    let on = |port: &str| ours.iter().filter(|line| line.contains(&format!(":{port} "))).count();
    assert_eq!([on("3000"), on("5432"), on("8080"), on("9090")], [2, 1, 1, 1], "{outcome:#}");
    let targets: Value = serde_json::from_str(seen("metrics")).expect("JSON");
    let target = &targets["data"]["activeTargets"][0];
    assert_eq!(
        (&target["labels"]["instance"], &target["health"]),
        (&json!("app:3000"), &json!("up")),
        "{target:#}"
    );
}

#[test]
fn nothing_stays_when_it_is_killed() {
    let driven = Driven::new();
    let mut child = driven.start("rehearsal");
    let outcome = driven.path().join("outcome.json");
    await_that("it is under load", || driven.path().join("under-load").is_file() || outcome.is_file());
    if let Ok(text) = fs::read_to_string(&outcome) {
        child.wait().expect("a status");
        assert!(text.contains("missing"), "{text}");
        println!("SKIP nothing_stays_when_it_is_killed: {text}");
        return;
    }
    let before = processes_of(driven.path());
    assert!(before.iter().any(|line| line.contains("postgres")), "{before:?}");
    child.kill().expect("a running child");
    child.wait().expect("a status");
    let temporary = driven.path().join("temporary");
    await_that("the folder is gone", || fs::read_dir(&temporary).expect("a folder").count() == 0);
    await_that("the processes are gone", || processes_of(driven.path()).is_empty());
    // And it can be started again at once.
    if let Some(again) = driven.outcome("nothing_stays_when_it_is_killed", "start") {
        assert_eq!(again, json!({ "seen": null }));
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let driven = Driven::new();
    let Ok(_taken) = TcpListener::bind(("0.0.0.0", 5432)) else {
        println!("SKIP a_port_that_is_taken_is_named: something else listens on port 5432");
        return;
    };
    let Some(outcome) = driven.outcome("a_port_that_is_taken_is_named", "start") else { return };
    let said = outcome["machine"].as_str().unwrap_or_default();
    assert!(said.contains("`postgres` cannot listen at `127.77.0."), "{outcome:#}");
    assert!(said.contains(":5432`") && said.contains("ss -ltnp 'sport = :5432'"), "{outcome:#}");
}

#[test]
fn what_takes_namespaces_is_refused() {
    let driven = Driven::new();
    let Some(outcome) = driven.outcome("what_takes_namespaces_is_refused", "mount") else { return };
    let said = outcome["machine"].as_str().unwrap_or_default();
    assert!(said.contains("`app` must see `db` as `/srv/data`"), "{outcome:#}");
    assert!(said.contains("--driver compose"), "{outcome:#}");
}
