//! The program as a process of its own that can be stopped and killed, and whether anything is left
//! of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::exercise::{Exercise, ID};

/// Longer than anything here takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A course on disk, and a folder for what the program makes.
pub struct Place {
    guard: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// A process and when it began: another one may get its number later.
type Process = (u32, String);

/// What belongs to a run of the program.
pub struct Traces {
    program: u32,
    processes: BTreeSet<Process>,
    /// The process namespaces that it has opened.
    namespaces: BTreeSet<PathBuf>,
}

impl Place {
    pub fn new(exercise: &Exercise) -> Self {
        let place = Self { guard: tempfile::tempdir().expect("a temporary folder") };
        exercise.write_to(&place.course());
        fs::create_dir(place.temporary()).expect("a folder");
        place
    }

    pub fn course(&self) -> PathBuf {
        self.guard.path().join("course")
    }

    pub fn temporary(&self) -> PathBuf {
        self.guard.path().join("tmp")
    }

    /// The words that rehearse the exercise.
    pub fn words(&self, more: &[&str]) -> Vec<String> {
        let words = [env!("CARGO_BIN_EXE_scenarist"), "rehearse", ID, "--driver", "native", "--quick"];
        words.iter().chain(more).map(|word| (*word).to_owned()).collect()
    }

    /// Starts a program with its arguments in the course. Output goes into files: a pipe would stay
    /// open for as long as anything that was left behind.
    pub fn start(&self, words: &[String]) -> Child {
        let file = |name: &str| fs::File::create(self.guard.path().join(name)).expect("a file");
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).current_dir(self.course()).env("TMPDIR", self.temporary());
        command.stdin(Stdio::null()).stdout(file("out")).stderr(file("err"));
        command.spawn().expect("it starts")
    }

    /// Waits for its end.
    pub fn end(&self, mut child: Child) -> Ended {
        let status = child.wait().expect("a status");
        let text = |name: &str| fs::read_to_string(self.guard.path().join(name)).expect("a text");
        Ended { code: status.code(), out: text("out"), err: text("err") }
    }

    pub fn run(&self, words: &[String]) -> Ended {
        self.end(self.start(words))
    }

    /// Waits until a load test runs.
    pub fn await_load_test(&self, child: &mut Child) -> Traces {
        let begin = Instant::now();
        let measures = |process: &Process| {
            let line = fs::read(format!("/proc/{}/cmdline", process.0)).unwrap_or_default();
            String::from_utf8_lossy(&line).contains("scripts/loadtest.js")
        };
        loop {
            let traces = Traces::of(child.id());
            if traces.processes.iter().any(measures) {
                assert!(!traces.namespaces.is_empty(), "it runs outside of namespaces");
                return traces;
            }
            if let Some(status) = child.try_wait().expect("a status") {
                let err = fs::read_to_string(self.guard.path().join("err")).unwrap_or_default();
                panic!("it has ended before a load test began: {status}\n{err}");
            }
            assert!(begin.elapsed() < PATIENCE, "no load test began");
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// No process, no folder, no control group.
    #[track_caller]
    pub fn assert_nothing_left(&self, traces: &Traces) {
        let begin = Instant::now();
        loop {
            let mut left: Vec<String> = traces.running();
            left.extend(entries(&self.temporary()));
            left.extend(groups(traces.program));
            if left.is_empty() {
                return;
            }
            assert!(begin.elapsed() < Duration::from_secs(60), "left: {left:#?}");
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Traces {
    fn of(program: u32) -> Self {
        let all: Vec<(Process, u32)> = all_processes();
        let mut processes: BTreeSet<Process> = BTreeSet::new();
        let mut found: Vec<u32> = vec![program];
        while let Some(parent) = found.pop() {
            for (process, _) in all.iter().filter(|(_, of)| *of == parent) {
                found.push(process.0);
                processes.insert(process.clone());
            }
        }
        let own = namespace(std::process::id());
        let namespaces = processes.iter().filter_map(|process| namespace(process.0));
        let namespaces = namespaces.filter(|found| Some(found) != own.as_ref()).collect();
        Self { program, processes, namespaces }
    }

    /// What still runs of it, or in its namespaces.
    fn running(&self) -> Vec<String> {
        let all = all_processes().into_iter().map(|(process, _)| process);
        let is_of_it = |process: &Process| {
            self.processes.contains(process)
                || namespace(process.0).is_some_and(|found| self.namespaces.contains(&found))
        };
        all.filter(is_of_it).map(|process| format!("process {}", process.0)).collect()
    }
}

/// All processes that have not ended, with their parents.
fn all_processes() -> Vec<(Process, u32)> {
    let numbers = entries(Path::new("/proc")).into_iter().filter_map(|name| name.parse::<u32>().ok());
    let read = |id: u32| {
        let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let has_ended = fields[0] == "Z";
        (!has_ended).then(|| ((id, fields[19].to_owned()), fields[1].parse().unwrap_or(0)))
    };
    numbers.filter_map(read).collect()
}

fn namespace(process: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{process}/ns/pid")).ok()
}

fn groups(program: u32) -> Vec<String> {
    let own = format!("scenarist-rehearse-{program}-");
    let all = ["/sys/fs/cgroup", "/sys/fs/cgroup/cpu"].iter().flat_map(|parent| entries(Path::new(parent)));
    all.filter(|name| name.starts_with(&own)).collect()
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

pub fn signal(name: &str, pid: u32) {
    let status = Command::new("kill").args([name, &pid.to_string()]).status().expect("kill");
    assert!(status.success(), "kill {name} {pid}");
}
