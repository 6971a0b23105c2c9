//! The compose driver against a stand-in of the docker CLI (`tests/docker/`): which commands it
//! gives, in which order, and that nothing is left however it ends. Each test drives a process of its
//! own, which is this program again, so that it can be stopped and killed.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use camino::{Utf8Path, Utf8PathBuf};
use scenarist::diag::Sink;
use scenarist::load::load_course;
use scenarist::rehearse::compose::{Compose, adapt};
use scenarist::rehearse::driver::{Command as Typed, Driver};
use scenarist::rehearse::fault::Fault;
use scenarist::rehearse::interrupt;
use scenarist::rehearse::plan::{Plan, StagePlan, plan_rehearsal};
use scenarist::source::{builtin_files, read_dir};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn plan() -> Plan {
    // Only loaded: what comes out and what the rules say does not matter here.
    let (mut files, _) = read_dir(root());
    builtin_files(&mut files);
    let sink = Sink::default();
    let file = files.find("content/course.yml").expect("the course");
    let course = load_course(&files, file, &sink).expect("a course");
    let scenario = course.scenarios.iter().find(|scenario| scenario.id == "diagnosing-failures");
    plan_rehearsal(&files, &course, scenario.expect("the scenario"), &sink).expect("a plan")
}

/// A stage with other packages, other containers and other settings of Prometheus.
fn everything_changed(stage: &StagePlan) -> StagePlan {
    let mut changed = stage.clone();
    let mut edit = |path: &str, old: &str, new: &str| {
        let file = changed.files.get_mut(Utf8Path::new(path)).expect("a file of the stack");
        let text = String::from_utf8(file.bytes.clone()).expect("a text");
        assert!(text.contains(old), "{path}: {text}");
        file.bytes = text.replace(old, new).into_bytes();
    };
    edit("package.json", "{", "{\n  \"description\": \"changed\",");
    edit("docker-compose.yml", "POSTGRES_PASSWORD: postgres", "POSTGRES_PASSWORD: other");
    edit("dashboard/prometheus.yml", "5s", "10s");
    changed.files.remove(Utf8Path::new("db/seed.js"));
    changed.commands = vec!["docker compose restart app".to_owned(), "sh -c 'exit 7' || npm ci".to_owned()];
    changed.sql = vec![("fix.sql".to_owned(), "SELECT 1;\n".to_owned())];
    changed
}

// What the driven process does.

/// Not a test by itself: the process that the tests below start, stop and kill.
#[test]
fn driven() {
    let Some(how) = env::var_os("DRIVEN") else { return };
    interrupt::watch();
    let program = Utf8Path::new(env!("CARGO_BIN_EXE_scenarist"));
    let result = match Compose::new("diagnosing-failures", program, "docker") {
        Ok(mut driver) => match how.to_str() {
            Some("plan") => drive_plan(&mut driver),
            Some("rounds") => drive_rounds(&mut driver),
            Some("panic") => {
                driver.start(&plan().stages[0]).expect("it starts");
                panic!("on purpose");
            }
            _ => driver.start(&plan().stages[0]).map(|()| Value::Null),
        },
        Err(fault) => Err(fault),
    };
    let outcome = match result {
        Ok(seen) => json!({ "seen": seen }),
        Err(fault) => json!({ "fault": kind(&fault), "message": fault.to_string() }),
    };
    let folder = env::var_os("DOCKER_STANDIN").map(PathBuf::from).expect("a folder");
    fs::write(folder.join("outcome.json"), outcome.to_string()).expect("a file");
}

fn kind(fault: &Fault) -> &'static str {
    match fault {
        Fault::Missing { .. } => "missing",
        Fault::Machine { .. } => "machine",
        Fault::Scenario { .. } => "scenario",
        Fault::Interrupted => "interrupted",
    }
}

fn drive_plan(driver: &mut Compose) -> Result<Value, Fault> {
    let plan = plan();
    let stages = &plan.stages;
    driver.start(&stages[0])?;
    driver.put(Utf8Path::new("scripts/extra.js"), b"// put\n")?;
    let typed = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let limit = Duration::from_secs(30);
    let failed = Typed { service: "app", words: typed(&["sh", "-c", "exit 7"]), input: None, limit };
    let ran = driver.run(&failed)?;
    let asked = Typed { service: "postgres", words: typed(&["psql", "-l"]), input: Some("\\q"), limit };
    driver.run(&asked)?;
    let on_host = driver.run_on_host("docker compose ps -a && cat package.json | wc -l", limit)?;
    let logs = [driver.log("app")?, driver.log("postgres")?];
    let (cpu, again) = (driver.cpu(), driver.cpu());
    driver.advance(&stages[0], &stages[1])?;
    driver.advance(&stages[1], &stages[2])?;
    let changed = everything_changed(&stages[2]);
    driver.advance(&stages[2], &changed)?;
    let log = driver.log("app")?;
    let versions = driver.versions();
    let folder = folders_in(&env::temp_dir()).pop().expect("the folder of the run");
    let kept = |path: &str| folder.join("app").join(path).is_file();
    let files = [kept("scripts/extra.js"), kept("db/seed.js"), kept("scripts/start.sh")];
    let modes = ["", "app", "app/scripts", "app/scripts/start.sh", "app/package.json"];
    let modes = modes.map(|path| format!("{:o}", mode(&folder.join(path))));
    driver.stop();
    driver.stop();
    Ok(json!({
        "host": on_host.map(|ran| (ran.code, ran.stdout)), "code": ran.code, "said": ran.said(), "logs": logs, "log": log, "versions": versions,
        "cpu": cpu.services, "own": cpu.own, "again": again.own, "machine": cpu.machine,
        "cores": driver.cores(), "files": files, "modes": modes,
    }))
}

/// Three rounds, the last with another lockfile.
fn drive_rounds(driver: &mut Compose) -> Result<Value, Fault> {
    let plan = plan();
    let mut stage = plan.stages[0].clone();
    let installs = || {
        let path = Path::new(&env::var_os("DOCKER_STANDIN").expect("a folder")).join("calls.jsonl");
        fs::read_to_string(path).expect("calls").matches("npm ci").count()
    };
    driver.start(&stage)?;
    let folder = folders_in(&env::temp_dir()).pop().expect("the folder of the run").join("app");
    driver.put(Utf8Path::new("scripts/start.sh"), b"# another\n")?;
    let script = mode(&folder.join("scripts/start.sh"));
    driver.put(Utf8Path::new("notes.txt"), b"gone in the next round\n")?;
    let first = installs();
    driver.start(&stage)?;
    let left: Vec<&str> = ["notes.txt"].into_iter().filter(|path| folder.join(path).exists()).collect();
    let (packages, second) = (folder.join("node_modules/.package-lock.json").is_file(), installs());
    let lockfile = stage.files.get_mut(Utf8Path::new("package-lock.json")).expect("a lockfile");
    lockfile.bytes.push(b'\n');
    driver.start(&stage)?;
    let installs = [first, second, installs()];
    Ok(json!({"script": script, "left": left, "packages": packages, "installs": installs}))
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    entries
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("scenarist-")))
        .collect()
}

// The process from outside.

/// A place for the stand-in and for temporary files.
struct Place {
    guard: TempDir,
}

/// A call of docker: what is about the project is left out of `words`.
#[derive(Debug)]
struct Call {
    words: String,
    project: Option<String>,
    input: String,
}

impl Place {
    fn new(settings: &Value) -> Option<Self> {
        if Command::new("node").arg("--version").output().is_err() {
            assert!(env::var_os("CI").is_none(), "the stand-in of docker needs node on the build server");
            eprintln!("SKIP the compose driver: `node` is not installed");
            return None;
        }
        let place = Self { guard: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(place.temporary()).expect("a folder");
        place.set(settings);
        Some(place)
    }

    fn path(&self) -> &Path {
        self.guard.path()
    }

    fn temporary(&self) -> PathBuf {
        self.path().join("tmp")
    }

    fn set(&self, settings: &Value) {
        fs::write(self.path().join("settings.json"), settings.to_string()).expect("a file");
    }

    fn start(&self, how: &str) -> Child {
        let path = format!("{}/tests/docker:{}", root(), env::var("PATH").expect("a PATH"));
        self.start_with(how, &path)
    }

    fn start_with(&self, how: &str, path: &str) -> Child {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args(["--exact", "driven", "--test-threads", "1"]);
        command.env("DRIVEN", how).env("DOCKER_STANDIN", self.path()).env("PATH", path);
        command.env("TMPDIR", self.temporary()).env("COMPOSE_FILE", "/nowhere.yml");
        // Output into a file: a pipe would stay open for as long as anything that was left behind.
        let output = fs::File::create(self.path().join("output")).expect("a file");
        command.stdin(Stdio::null()).stdout(output.try_clone().expect("a file")).stderr(output);
        command.spawn().expect("this program starts")
    }

    /// What the process found, when it has ended.
    fn outcome(&self, mut child: Child) -> Value {
        let status = child.wait().expect("a status");
        let text = fs::read_to_string(self.path().join("outcome.json")).unwrap_or_else(|_| {
            let output = fs::read_to_string(self.path().join("output")).unwrap_or_default();
            panic!("no outcome, {status}:\n{output}")
        });
        serde_json::from_str(&text).expect("JSON")
    }

    fn calls(&self) -> Vec<Call> {
        let text = fs::read_to_string(self.path().join("calls.jsonl")).unwrap_or_default();
        text.lines().map(|line| Call::read(&serde_json::from_str(line).expect("JSON"))).collect()
    }

    fn words(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.words).collect()
    }

    /// Waits until the stand-in was called with a word at which it hangs.
    fn await_hang(&self) {
        await_that("docker is called", || self.path().join("hangs").is_file());
    }

    /// The processes that stand for containers.
    fn containers(&self) -> Vec<u32> {
        let entries =
            fs::read_dir(self.path().join("containers")).into_iter().flatten().filter_map(Result::ok);
        let texts = entries.filter_map(|entry| fs::read_to_string(entry.path()).ok());
        texts.filter_map(|text| text.lines().next()?.parse().ok()).collect()
    }

    /// Nothing runs, nothing lies about.
    #[track_caller]
    fn assert_clean(&self, containers: &[u32]) {
        assert_eq!(self.containers(), [0; 0], "containers after {:#?}", self.words());
        assert!(folders_in(&self.temporary()).is_empty(), "{:?}", folders_in(&self.temporary()));
        for pid in containers {
            await_that(&format!("container {pid} has ended"), || !runs(*pid));
        }
        let hanging = fs::read_to_string(self.path().join("hangs")).ok().and_then(|pid| pid.parse().ok());
        if let Some(pid) = hanging {
            await_that("the call that hangs has ended", || !runs(pid));
        }
    }
}

impl Call {
    fn read(line: &Value) -> Self {
        let args: Vec<&str> =
            line["args"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let about = args.get(1) == Some(&"-p");
        let words = if about { &args[7..] } else { &args[..] };
        if about {
            assert_eq!((args[3], args[5]), ("--project-directory", "-f"), "{args:?}");
            assert_eq!(args[4].strip_suffix("/app"), args[6].strip_suffix("/compose.json"), "{args:?}");
        }
        let input = line["input"].as_str().unwrap_or_default().to_owned();
        Self { words: words.join(" "), project: about.then(|| args[2].to_owned()), input }
    }
}

#[track_caller]
fn await_that(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "still not so: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Whether a process runs; one that waits for its parent to fetch its status does not.
fn runs(pid: u32) -> bool {
    let ps = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().expect("ps");
    let state = String::from_utf8_lossy(&ps.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

fn signal(name: &str, pid: u32) {
    let status = Command::new("kill").args([name, &pid.to_string()]).status().expect("kill");
    assert!(status.success(), "kill {name} {pid}");
}

// What must hold.

const ASK: &str =
    r#"exec -T app sh -c [ -z "$PORT" ] || curl -s -o /dev/null -m 5 "http://127.0.0.1:$PORT/health""#;
const UP: &str = "up -d --build --remove-orphans postgres app prometheus";
const DOWN: [&str; 2] = ["exec -T app chmod -R a+rwX .", "down -v --remove-orphans --timeout 5 --rmi local"];

#[test]
fn a_whole_plan_is_these_commands() {
    let Some(place) = Place::new(&json!({})) else { return };
    let outcome = place.outcome(place.start("plan"));
    let seen = &outcome["seen"];
    assert!(seen.is_object(), "{outcome:#}");

    let calls = place.calls();
    let statement = r#"exec -T app sh -c exec psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -X -f -"#;
    let mut expected =
        vec!["compose version --short", "info --format {{.NCPU}}\t{{.KernelVersion}}\t{{.ServerVersion}}"];
    expected.extend([
        UP,
        "exec -T app test -e package.json",
        "exec -T app sh -c cd /app && npm ci",
        "exec -T app sh -c cd /app && node scripts/wait-and-seed.js",
        ASK,
    ]);
    expected.extend(["exec -T app timeout -k 5 30.000 sh -c exit 7", "exec -T postgres psql -l", "ps -a"]);
    expected.push("logs --no-color --no-log-prefix postgres");
    let clock =
        ["app", "postgres", "prometheus"].map(|id| format!("exec -T {id} cat /sys/fs/cgroup/cpu.stat"));
    expected.extend(clock.iter().chain(&clock).map(String::as_str));
    // The shared pool: nodemon notices by itself.
    expected.push(ASK);
    // The index.
    expected.extend([statement, ASK]);
    // Everything else that can change.
    expected.extend([
        "exec -T app sh -c npm ci",
        UP,
        "exec -T app sh -c cd /app && node scripts/wait-and-seed.js",
    ]);
    expected.extend([
        "restart prometheus",
        statement,
        "restart app",
        "exec -T app sh -c sh -c 'exit 7' || npm ci",
        ASK,
    ]);
    let autocannon = "exec -T app node -p require('autocannon/package.json').version";
    expected.extend(["exec -T app node --version", autocannon, "exec -T postgres postgres --version"]);
    expected.extend(DOWN);
    let mut found: Vec<&str> = calls.iter().map(|call| call.words.as_str()).collect();
    // These are asked at the same moment, in whatever order.
    let first = found.iter().position(|words| words.contains("cpu.stat")).expect("the clock was asked");
    found[first..first + 3].sort_unstable();
    found[first + 3..first + 6].sort_unstable();
    assert_eq!(found, expected);

    let project = calls[2].project.clone().expect("a project");
    assert!(project.starts_with("scenarist-diagnosing-failures-"), "{project}");
    assert!(calls[2..].iter().all(|call| call.project.as_deref() == Some(&project)), "{calls:#?}");
    let inputs: Vec<&str> =
        calls.iter().map(|call| call.input.as_str()).filter(|input| !input.is_empty()).collect();
    assert_eq!(inputs, ["\\q", "CREATE INDEX idx_posts_created_at ON posts (created_at);\n", "SELECT 1;\n"]);
    assert_seen(seen);
    place.assert_clean(&[]);
}

fn assert_seen(seen: &Value) {
    assert_eq!((&seen["code"], &seen["said"]), (&json!(7), &json!("out\nerr\n")));
    let host = seen["host"][1].as_str().unwrap_or_default();
    assert!(seen["host"][0] == 0 && host.contains("app-1   app") && !host.ends_with("\n0\n"), "{host}");
    let started = "[nodemon] 3.1.14\n[nodemon] starting `node src/server.js`\n";
    assert_eq!(seen["logs"], json!([started, "recorded log of postgres\nboth streams\n"]));
    // The first start, and once for the change of its code. It is not made again for a change of
    // PostgreSQL's container.
    let log = seen["log"].as_str().expect("a log");
    assert_eq!(log.matches("[nodemon] starting").count(), 2, "{log}");
    // Prometheus does not tell.
    assert_eq!(seen["cpu"], json!({"app": 2.5, "postgres": 2.5}));
    assert_eq!((&seen["own"], &seen["again"]), (&json!(5.0), &json!(5.0)));
    assert_eq!((&seen["machine"], &seen["cores"]), (&Value::Null, &json!(3)), "containers run elsewhere");
    let versions: BTreeMap<&str, &str> = BTreeMap::from([
        ("autocannon", "9.0.0"),
        ("compose", "2.39.1"),
        ("docker", "28.2.2"),
        ("node", "24.21.0"),
        ("postgres", "15.18"),
    ]);
    assert_eq!(seen["versions"], json!(versions));
    assert_eq!(seen["files"], json!([true, false, true]));
    assert_eq!(seen["modes"], json!(["700", "755", "755", "755", "644"]));
}

#[test]
fn each_round_begins_anew_and_keeps_the_image_and_the_packages() {
    let Some(place) = Place::new(&json!({})) else { return };
    let kept = json!({"script": 0o755, "left": [], "packages": true, "installs": [1, 1, 2]});
    assert_eq!(place.outcome(place.start("rounds")), json!({ "seen": kept }));
    let words = place.words();
    let downs: Vec<&String> = words.iter().filter(|words| words.starts_with("down")).collect();
    let down = "down -v --remove-orphans --timeout 5";
    assert_eq!(downs, [down, down, DOWN[1]]);
    assert_eq!(words.iter().filter(|words| *words == UP).count(), 3);
    place.assert_clean(&[]);
}

#[test]
fn a_failure_is_told_and_everything_taken_down() {
    let cases = [
        (
            "up -d",
            "Error: pull access denied\n",
            "scenario",
            vec!["do not start", "pull access denied", "exited (1)", "recorded log"],
        ),
        (
            "up -d",
            "write /x: no space left on device\n",
            "machine",
            vec!["no space left", "docker system prune"],
        ),
        ("npm ci", "npm error 404\n", "scenario", vec!["`cd /app && npm ci` ended with 1", "npm error 404"]),
        (
            "wait-and-seed",
            "seed: relation exists\n",
            "scenario",
            vec!["wait-and-seed.js` ended with 1", "relation exists"],
        ),
        ("test -e", "", "machine", vec!["does not see the files", "TMPDIR=<DIR>"]),
        (
            "exec -T app",
            "service \"app\" is not running\n",
            "scenario",
            vec!["do not start", "is not running", "exited (1)"],
        ),
        (
            "curl",
            "service \"app\" is not running\n",
            "scenario",
            vec!["`app` does not answer", "[nodemon] starting"],
        ),
    ];
    for (fail, stderr, kind, parts) in cases {
        let Some(place) = Place::new(&json!({"fail": fail, "stderr": stderr})) else { return };
        let outcome = place.outcome(place.start("start"));
        let message = outcome["message"].as_str().unwrap_or_default();
        assert_eq!(outcome["fault"], kind, "{fail}: {outcome:#}");
        assert!(parts.iter().all(|part| message.contains(part)), "{fail}: {message}");
        let words = place.words();
        assert_eq!(words[words.len() - 2..], DOWN, "{fail}");
        place.assert_clean(&[]);
    }
}

#[test]
fn a_machine_without_docker_hears_what_to_do() {
    let Some(place) = Place::new(&json!({})) else { return };
    let empty = place.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    let outcome = place.outcome(place.start_with("start", empty.to_str().expect("UTF-8")));
    assert_eq!(outcome["fault"], "missing", "{outcome:#}");
    let message = outcome["message"].as_str().unwrap_or_default();
    assert!(message.contains("`docker` was not found") && message.contains("get.docker.com"), "{message}");

    let cases = [
        ("compose version", "docker: unknown command: docker compose\n", "missing", "docker-compose-plugin"),
        (
            "info",
            "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?\n",
            "machine",
            "systemctl start docker",
        ),
        (
            "info",
            "permission denied while trying to connect to the socket\n",
            "machine",
            "usermod -aG docker",
        ),
        ("info", "something else\n", "machine", "docker info"),
    ];
    for (fail, stderr, kind, help) in cases {
        place.set(&json!({"fail": fail, "stderr": stderr}));
        let outcome = place.outcome(place.start("start"));
        assert_eq!(outcome["fault"], kind, "{outcome:#}");
        assert!(outcome["message"].as_str().unwrap_or_default().contains(help), "{outcome:#}");
    }
    place.assert_clean(&[]);
}

#[test]
fn a_request_to_stop_takes_everything_down() {
    for (name, hang) in [("-INT", "npm ci"), ("-TERM", "up -d"), ("-HUP", "curl")] {
        let Some(place) = Place::new(&json!({"hang": hang})) else { return };
        let child = place.start("start");
        place.await_hang();
        let containers = place.containers();
        signal(name, child.id());
        let outcome = place.outcome(child);
        assert_eq!(outcome["fault"], "interrupted", "{outcome:#}");
        let words = place.words();
        assert_eq!(words[words.len() - 2..], DOWN, "{name}");
        place.assert_clean(&containers);
    }
}

#[test]
fn a_second_request_ends_it_at_once_and_the_janitor_cleans() {
    let Some(place) = Place::new(&json!({"hang": "npm ci"})) else { return };
    let mut child = place.start("start");
    place.await_hang();
    let containers = place.containers();
    // Cleaning up hangs, too, until it is asked again.
    place.set(&json!({"hang": "chmod"}));
    fs::remove_file(place.path().join("hangs")).expect("the mark");
    signal("-INT", child.id());
    place.await_hang();
    place.set(&json!({}));
    let hanging: u32 =
        fs::read_to_string(place.path().join("hangs")).expect("the mark").parse().expect("a number");
    signal("-INT", child.id());
    let status = child.wait().expect("a status");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2));
    await_that("the janitor has cleaned", || folders_in(&place.temporary()).is_empty());
    assert_eq!(place.words().last().map(String::as_str), Some(DOWN[1]));
    // The call of ours that hung by the test's own doing.
    if runs(hanging) {
        signal("-KILL", hanging);
    }
    place.assert_clean(&containers);
}

#[test]
fn a_panic_takes_everything_down() {
    let Some(place) = Place::new(&json!({})) else { return };
    let mut child = place.start("panic");
    assert!(!child.wait().expect("a status").success());
    let words = place.words();
    assert_eq!(words[words.len() - 2..], DOWN);
    place.assert_clean(&[]);
}

#[test]
fn what_is_killed_is_cleaned_up_by_the_janitor() {
    for hang in ["up -d", "npm ci", "curl"] {
        let Some(place) = Place::new(&json!({"hang": hang})) else { return };
        let mut child = place.start("start");
        place.await_hang();
        let (containers, folder) =
            (place.containers(), folders_in(&place.temporary()).pop().expect("a folder"));
        signal("-KILL", child.id());
        child.wait().expect("a status");
        await_that("the folder is gone", || !folder.exists());
        let words = place.words();
        assert_eq!(words[words.len() - 2..], DOWN, "{hang}");
        await_that("the janitor has ended", || !runs(janitor_of(&folder)));
        place.assert_clean(&containers);
    }
}

#[test]
fn if_the_janitor_is_killed_too_the_next_run_cleans_up() {
    let Some(place) = Place::new(&json!({"hang": "npm ci"})) else { return };
    let mut child = place.start("start");
    place.await_hang();
    let (containers, folder) = (place.containers(), folders_in(&place.temporary()).pop().expect("a folder"));
    let hanging: u32 =
        fs::read_to_string(place.path().join("hangs")).expect("the mark").parse().expect("a number");
    let janitor = janitor_of(&folder);
    signal("-KILL", janitor);
    signal("-KILL", child.id());
    child.wait().expect("a status");
    await_that("the janitor has ended", || !runs(janitor));
    assert!(folder.is_dir() && containers.iter().all(|pid| runs(*pid)), "nobody is left to clean up");
    // A client of docker that nobody ends any more.
    signal("-KILL", hanging);

    place.set(&json!({}));
    assert_eq!(place.outcome(place.start("start")), json!({"seen": null}));
    place.assert_clean(&containers);
}

/// The second number in a folder's name.
fn janitor_of(folder: &Path) -> u32 {
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    name.split('-').nth(3).and_then(|pid| pid.parse().ok()).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn the_file_for_compose_is_valid_and_publishes_nothing() {
    let folder = env::var_os("SCENARIST_SCHEMAS")
        .map_or_else(|| root().join("../shared/schemas").into_std_path_buf(), PathBuf::from);
    let schema = fs::read_to_string(folder.join("compose-spec.json")).ok();
    if schema.is_none() {
        eprintln!(
            "SKIP the schema of compose files: no compose-spec.json; name its folder in SCENARIST_SCHEMAS"
        );
    }
    for stage in &plan().stages {
        let text = stage.text("docker-compose.yml").expect("a compose file");
        assert!(text.contains("ports:") && text.contains("grafana"), "the stack has changed: {text}");
        let adapted = adapt(text, "scenarist-x-1-2").expect("a compose file");
        let services = adapted.json["services"].as_object().expect("services");
        assert!(services.len() >= 4 && services.values().all(|service| service.get("ports").is_none()));
        assert_eq!(adapted.json["name"], "scenarist-x-1-2");
        if let Some(schema) = &schema {
            let schema: Value = serde_json::from_str(schema).expect("JSON");
            let validator = jsonschema::validator_for(&schema).expect("a schema");
            let faults: Vec<String> =
                validator.iter_errors(&adapted.json).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }
}

#[test]
fn the_stand_in_lies_where_the_tests_look() {
    let path: Utf8PathBuf = root().join("tests/docker/docker");
    assert_eq!(mode(path.as_std_path()) & 0o111, 0o111, "`{path}` can be run");
}
