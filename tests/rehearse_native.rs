//! Rehearsals for real, with the native driver: an exercise that is sound passes, and whatever is
//! done to spoil it is noticed and named. Runs of the program itself are started, interrupted and
//! killed, and leave nothing.
//!
//! The machine may be busy meanwhile. So nothing here is about milliseconds, and what fails on a
//! quiet machine may be inconclusive, but never pass.

#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

#[path = "rehearse_native/exercise.rs"]
mod exercise;
#[path = "rehearse_native/left.rs"]
mod left;
#[path = "rehearse_native/seen.rs"]
mod seen;

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{env, fs, thread};

use exercise::{Exercise, MANIFEST, SEED, SERVER, SOLUTION, STATEMENT};
use left::{Place, signal};
use scenarist::rehearse::driver::Driver as _;
use seen::{fault, rehearse_and, seen, turn};
use serde_json::Value;

/// What limited processes may use beyond their share, in cores: measuring begins and ends within a
/// period, and begins a moment before the load does.
const TOLERANCE: f64 = 0.1;

// The sound exercise.

#[test]
fn the_sound_exercise_passes() {
    let Some(_turn) = turn() else { return };
    let seen = seen(&Exercise::sound());
    seen.assert_passed();
    let [broken, fixed] = seen.rehearsed.rounds[0].stages.as_slice() else { panic!("{}", seen.print()) };
    assert_eq!((broken.tests.len(), fixed.tests.len(), fixed.commands.len()), (1, 1, 1), "{}", seen.print());
    assert_eq!(broken.tests[0].errors[0].message, "timeout exceeded when trying to connect");
}

/// Services have addresses of their own, so what the machine listens on is none of their business.
#[test]
fn it_passes_again_in_the_same_process_and_with_its_ports_taken() {
    let Some(_turn) = turn() else { return };
    // Taken by somebody else is as good.
    let taken: Vec<_> = [3000, 5432, 9090].iter().map(|port| TcpListener::bind(("0.0.0.0", *port))).collect();
    for _ in 0..2 {
        seen(&Exercise::sound()).assert_passed();
    }
    drop(taken);
}

// What does not come true.

#[test]
fn a_solution_that_fixes_nothing_fails() {
    let Some(_turn) = turn() else { return };
    let spoilt = Exercise::sound().copied(SERVER, SOLUTION).with(SOLUTION, "Intentional problem", "Solved");
    seen(&spoilt).assert_only(&[
        ("no-waiting", "success >= 99 %", "the fix does not carry this load"),
        ("no-waiting", "rps >= 5 of broken", "the fix does not gain what is declared"),
        ("no-waiting", "better than broken", "the fixes fix nothing"),
    ]);
}

#[test]
fn a_load_too_small_to_break_it_fails() {
    let Some(_turn) = turn() else { return };
    let spoilt = Exercise::sound().with(MANIFEST, "connections: 60", "connections: 3");
    seen(&spoilt).assert_only(&[
        ("broken", "success <= 50 %", "the load is too small to break it"),
        ("broken", "cause `timeout exceeded when trying to connect`", "no request failed"),
    ]);
}

#[test]
fn an_index_under_another_name_fails() {
    let Some(_turn) = turn() else { return };
    let spoilt = Exercise::sound().with(STATEMENT, "tickets_by_evening", "evening_of_tickets");
    seen(&spoilt).assert_only(&[("no-waiting", "command `plan`", "its output lacks `tickets_by_evening`")]);
}

/// With all the patience in the world nobody is sent away. Nobody is served earlier either.
#[test]
fn a_fix_that_trades_errors_for_waiting_fails() {
    let Some(_turn) = turn() else { return };
    let spoilt = Exercise::sound()
        .copied(SERVER, SOLUTION)
        .with(SOLUTION, "connectionTimeoutMillis: 1000", "connectionTimeoutMillis: 60000")
        .with(MANIFEST, r#"success: ">= 99%", rps: ">= 5 of broken""#, r#"success: ">= 99%""#);
    seen(&spoilt).assert_only(&[(
        "no-waiting",
        "no errors traded for waiting",
        "the fix trades errors for waiting",
    )]);
}

#[test]
fn a_wrong_cause_fails() {
    let Some(_turn) = turn() else { return };
    let cause = "sorry, too many clients already";
    let spoilt = Exercise::sound().with(MANIFEST, "timeout exceeded when trying to connect", cause);
    seen(&spoilt).assert_only(&[(
        "broken",
        "cause `sorry, too many clients already`",
        "timeout exceeded when trying to connect",
    )]);
}

#[test]
fn a_panel_with_a_wrong_label_fails() {
    let Some(_turn) = turn() else { return };
    let spoilt = Exercise::sound().with(MANIFEST, r#"{status_code=~"5.."}"#, r#"{status=~"5.."}"#);
    seen(&spoilt).assert_only(&[(
        "all stages",
        "the panel `Errors per second` speaks",
        "no series of `http_requests_total` has the label `status`",
    )]);
}

// What does not even come up.

#[test]
fn an_app_that_does_not_start_fails() {
    if turn().is_none() {
        return;
    }
    let (right, wrong) = ("const app = express();", "const app = = express();");
    let spoilt = Exercise::sound().with(SERVER, right, wrong).with(SOLUTION, right, wrong);
    let said = fault(&spoilt).to_string();
    assert!(said.contains("the app does not start: `app` has crashed"), "{said}");
    assert!(said.contains("SyntaxError"), "{said}");
}

#[test]
fn a_seed_that_fails_ends_the_program_with_1() {
    let Some(_turn) = turn() else { return };
    let place = Place::new(&Exercise::sound().with(SEED, "INSERT INTO tickets", "INSERT INTO vouchers"));
    let ended = place.run(&place.words(&["--format", "json"]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for words in ["box-office failed: `cd /app && node scripts/wait-and-seed.js` fails", "Seeding failed:"] {
        assert!(ended.err.contains(words), "{}", ended.err);
    }
    let scenario = &valid_report(&ended.out)["scenarios"][0];
    assert!(scenario["fault"].as_str().is_some_and(|fault| fault.contains("vouchers")), "{scenario:#}");
}

#[test]
fn a_machine_without_postgresql_ends_the_program_with_3() {
    let Some(_turn) = turn() else { return };
    let folder = "/usr/lib/postgresql";
    if !Path::new(folder).is_dir() {
        eprintln!("SKIP a machine without PostgreSQL: it does not lie in {folder}, where it could be hidden");
        return;
    }
    let place = Place::new(&Exercise::sound());
    // Hidden from this one program.
    let hidden = format!("mount -t tmpfs none {folder} && exec \"$@\"");
    let unshare = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &hidden, "sh"];
    let words = unshare.iter().map(|word| (*word).to_owned()).chain(place.words(&[])).collect::<Vec<_>>();
    let ended = place.run(&words);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("`initdb`") && ended.err.contains("`postgres`"), "{}", ended.err);
    assert!(ended.err.contains("sudo apt-get install -y postgresql"), "{}", ended.err);
}

// How it ends.

#[test]
fn killed_it_leaves_nothing_and_passes_the_next_time() {
    let Some(_turn) = turn() else { return };
    // A limit makes control groups, where they can be made.
    let limited = Exercise::sound().with(MANIFEST, "database: tickets}", "database: tickets, cpus: 1.5}");
    let place = Place::new(&limited);
    let mut child = place.start(&place.words(&[]));
    let traces = place.await_load_test(&mut child);
    signal("-KILL", child.id());
    assert_eq!(place.end(child).code, None);
    place.assert_nothing_left(&traces);

    let ended = place.run(&place.words(&["--format", "json"]));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let scenario = &valid_report(&ended.out)["scenarios"][0];
    assert_eq!((&scenario["verdict"], &scenario["fault"]), (&Value::from("passed"), &Value::Null));
    place.assert_nothing_left(&traces);
}

#[test]
fn interrupted_it_ends_with_130_and_leaves_nothing() {
    let Some(_turn) = turn() else { return };
    let limited = Exercise::sound().with(MANIFEST, "database: tickets}", "database: tickets, cpus: 1.5}");
    let place = Place::new(&limited);
    let mut child = place.start(&place.words(&[]));
    let traces = place.await_load_test(&mut child);
    signal("-INT", child.id());
    let ended = place.end(child);
    assert_eq!(ended.code, Some(130), "{ended:?}");
    place.assert_nothing_left(&traces);
}

/// Other programs keep the machine busy, and the exercise does not break: that may be their fault.
#[test]
fn on_a_busy_machine_it_is_inconclusive_which_is_4() {
    let Some(_turn) = turn() else { return };
    let place = Place::new(&Exercise::sound().with(MANIFEST, "connections: 60", "connections: 3"));
    let is_over = AtomicBool::new(false);
    let ended = thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        });
        let ended = place.run(&place.words(&[]));
        is_over.store(true, Ordering::Relaxed);
        ended
    });
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.out.contains("? broken: success <= 50 %: it was 100 %"), "{}", ended.out);
    assert!(ended.out.contains("repeat it on a quiet machine"), "{}", ended.out);
}

// Two processes of the app, limits, and who may start all this.

#[test]
fn two_processes_of_the_app_listen_on_the_same_port_and_keep_to_their_limits() {
    let Some(_turn) = turn() else { return };
    let limit = 0.35;
    let app = format!("database: tickets, copies: 2, cpus: {limit}}}\n  services: [{{id: nginx}}]");
    let twice = Exercise::sound().with(MANIFEST, "database: tickets}", &app).with(
        MANIFEST,
        "{id: main, ",
        "{id: main, target: nginx, ",
    );
    let mut logs = Vec::new();
    let seen = match rehearse_and(&twice, |native| logs.extend(["app", "app2"].map(|id| native.log(id)))) {
        Ok(seen) => seen,
        Err(error) if error.to_string().contains("`nginx`") && error.to_string().contains("not found") => {
            eprintln!("SKIP two processes of the app: {error}");
            return;
        }
        Err(fault) => panic!("{fault}"),
    };
    for log in logs {
        let log = log.expect("a log");
        assert!(log.contains("The box office is listening on port 3000"), "{log}");
    }
    let test = &seen.last().tests[0];
    assert!(test.load.total.succeeded > 0, "{}", seen.print());
    for id in ["app", "app2"] {
        let cores = test.cpu[id];
        assert!(cores > 0.02, "`{id}` gets requests:\n{}", seen.print());
        assert!(cores <= limit + TOLERANCE, "`{id}` used {cores} cores:\n{}", seen.print());
    }
}

/// This program again, as somebody without privileges.
#[test]
fn an_ordinary_user_can_rehearse() {
    let Some(_turn) = turn() else { return };
    let skip = |reason: &str| eprintln!("SKIP an ordinary user: {reason}");
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
        return skip("the other tests are run by one");
    }
    let home = tempfile::tempdir().expect("a temporary folder");
    // npm's store of packages, so that nothing is fetched again.
    let stored = Command::new("npm").args(["config", "get", "cache"]).output().expect("npm");
    let stored = String::from_utf8_lossy(&stored.stdout).trim().to_owned();
    let make =
        "mkdir \"$2/tmp\" && { [ ! -d \"$1\" ] || cp -R \"$1\" \"$2/.npm\"; } && chown -R 1000:1000 \"$2\"";
    let made = Command::new("sh").args(["-c", make, "sh", &stored]).arg(home.path()).status();
    assert!(made.is_ok_and(|status| status.success()));
    let as_user = |words: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=1000", "--regid=1000", "--clear-groups", "--"]).args(words);
        command.current_dir(home.path()).env("HOME", home.path()).env("TMPDIR", home.path().join("tmp"));
        command.env("npm_config_cache", home.path().join(".npm")).output()
    };
    let own = env::current_exe().expect("this program");
    let own = own.to_str().expect("a path in UTF-8");
    let can = |program: &str| as_user(&["test", "-x", program]).is_ok_and(|output| output.status.success());
    if !can(own) || !can(seen::program().as_str()) {
        return skip("no `setpriv`, or the programs lie where others cannot read them");
    }
    let test = "the_sound_exercise_passes";
    let output = as_user(&[own, "--exact", test, "--test-threads", "1", "--nocapture"]).expect("setpriv");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if said.contains("SKIP ") {
        return skip(&format!("it cannot be tried: {said}"));
    }
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert!(fs::read_dir(home.path().join("tmp")).is_ok_and(|mut left| left.next().is_none()));
}

/// A report that is what its schema says.
#[track_caller]
fn valid_report(text: &str) -> Value {
    let report: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let schema = Command::new(seen::program()).args(["schema", "rehearsal"]).output().expect("the program");
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = validator.iter_errors(&report).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    report
}
