//! What is left when this program is killed: a second process, which lives a moment longer than the
//! first. It is told through a pipe what there is to clean up, and does it when the pipe closes.

use std::env;
use std::fs;
use std::io::{self, BufRead, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::process::{Signal, geteuid, getppid, kill_process, test_kill_process};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::interrupt;
use super::native::remove_groups_of;
use super::process::{pid_of, run_cleanup, signal_group};
use super::processes::{self, within};

/// The hidden verb that makes this program a janitor.
pub const VERB: &str = "rehearse-janitor";

/// What the names of our folders begin with; the numbers of the two processes follow.
const PREFIX: &str = "scenarist-rehearsal-";

/// What a rehearsal with containers keeps in its folder.
pub(in crate::rehearse) const COMPOSE_FILE: &str = "compose.json";

/// How long a command of the clean-up may take.
const COMMAND: Duration = Duration::from_mins(2);

/// How long a process has to end by itself.
const GRACE: Duration = Duration::from_secs(3);

/// One piece of clean-up, and one line of the pipe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Removes a folder that [`Janitor::make_folder`] has made.
    Remove(Utf8PathBuf),
    /// Runs a program with its arguments.
    Run(Vec<String>),
    /// Ends a process and the group that it leads.
    Kill(Process),
    /// Ends the processes that work in a folder of ours.
    Clear(Utf8PathBuf),
}

/// A process, so named that no later one with the same number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pid: u32,
    started: Option<u64>,
}

/// Takes a task back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskId(usize);

/// A line of the pipe. Tasks are counted from 0 on both sides.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Done { done: usize },
    Task(Task),
}

/// The first process's end of the pipe. Dropping it closes the pipe and waits until everything that
/// is still open has been carried out.
#[derive(Debug)]
pub struct Janitor {
    child: Child,
    tasks: usize,
    folders: u32,
}

impl Task {
    /// Ends a running process of ours and the group that it leads, if it does.
    #[must_use]
    pub fn end_group(pid: u32) -> Self {
        Self::Kill(Process { pid, started: processes::started(pid) })
    }

    fn carry_out(&self) {
        match self {
            Self::Remove(path) => drop(remove_folder(path)),
            Self::Run(words) => {
                if let Some((program, arguments)) = words.split_first() {
                    let _ = run_cleanup(Command::new(program).args(arguments), COMMAND);
                }
            }
            Self::Kill(process) => process.end(),
            Self::Clear(path) => clear_folder(path),
        }
    }
}

impl Process {
    /// Whether its number belongs to another process by now.
    fn is_another(self) -> bool {
        processes::started(self.pid).is_some_and(|now| Some(now) != self.started)
    }

    fn end(self) {
        let deadline = Instant::now() + GRACE;
        for signal in [Signal::TERM, Signal::KILL] {
            if self.is_another() {
                return;
            }
            signal_group(self.pid, signal);
            if let Some(pid) = pid_of(self.pid) {
                let _ = kill_process(pid, signal);
            }
            while is_alive(self.pid) && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

impl Janitor {
    /// Starts the second process: `program` is our own executable. Signals of the terminal do not
    /// reach it.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn start(program: &Utf8Path) -> Result<Self, Fault> {
        let mut command = Command::new(program);
        command.arg(VERB).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let child = command.spawn().map_err(|error| {
            Fault::machine(
                format!("`{program} {VERB}` cannot be started: {error}"),
                "the program must be able to run itself, to clean up if it is killed",
            )
        })?;
        Ok(Self { child, tasks: 0, folders: 0 })
    }

    /// The number of the second process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Something to be carried out if this program ends before [`Janitor::done`]; the last first.
    pub fn at_end(&mut self, task: Task) -> TaskId {
        let id = TaskId(self.tasks);
        self.tasks += 1;
        self.tell(&Line::Task(task));
        id
    }

    /// This one is no longer needed.
    pub fn done(&mut self, id: TaskId) {
        self.tell(&Line::Done { done: id.0 });
    }

    /// Makes a folder for temporary files that only this user can open, and has it removed at the
    /// end. `name` is for people who come across it.
    ///
    /// # Errors
    /// [`Fault::Machine`]
    pub fn make_folder(&mut self, name: &str) -> Result<(Utf8PathBuf, TaskId), Fault> {
        let parent = temporary()?;
        loop {
            self.folders += 1;
            let ids = format!("{}-{}-{}", std::process::id(), self.child.id(), self.folders);
            let path = parent.join(format!("{PREFIX}{ids}-{name}"));
            // Told first: whenever we are killed, the folder is known or not there.
            let id = self.at_end(Task::Remove(path.clone()));
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok((path, id)),
                Err(error) => self.not_made(id, &path, &error)?,
            }
        }
    }

    /// A path that is taken is tried again under another number.
    fn not_made(&mut self, id: TaskId, path: &Utf8Path, error: &io::Error) -> Result<(), Fault> {
        self.done(id);
        if error.kind() == io::ErrorKind::AlreadyExists {
            return Ok(());
        }
        let what = format!("`{path}` cannot be made: {error}");
        Err(Fault::machine(what, "`TMPDIR=<DIR>` names another folder for temporary files"))
    }

    /// If the other side is gone nobody can be told; then this process still cleans up itself.
    fn tell(&mut self, line: &Line) {
        if let (Some(pipe), Ok(mut text)) = (&mut self.child.stdin, serde_json::to_string(line)) {
            text.push('\n');
            let _ = pipe.write_all(text.as_bytes());
        }
    }
}

impl Drop for Janitor {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The second process: reads tasks until the input ends, then carries out what is still open, the
/// last first. Half a line, which a killed writer may leave, is none.
pub fn keep(input: impl BufRead) {
    interrupt::ignore();
    // Afterwards it is somebody else.
    let first = getppid();
    let mut open: Vec<Option<Task>> = Vec::new();
    for line in input.lines().map_while(Result::ok) {
        match serde_json::from_str(&line) {
            Ok(Line::Task(task)) => open.push(Some(task)),
            Ok(Line::Done { done }) => {
                if let Some(task) = open.get_mut(done) {
                    *task = None;
                }
            }
            Err(_) => {}
        }
    }
    open.iter().rev().flatten().for_each(Task::carry_out);
    if let Some(first) = first {
        remove_groups_of(first.as_raw_nonzero().get().unsigned_abs());
    }
}

/// Removes the folders that earlier runs have left because both of their processes were killed. Those
/// with a file for Compose stay: containers may still run, and it is needed to end them.
pub fn sweep() {
    for folder in dead_folders().iter().filter(|folder| !folder.join(COMPOSE_FILE).is_file()) {
        clear_folder(folder);
        remove_folder(folder);
    }
}

/// Folders of runs of which no process is left.
pub(in crate::rehearse) fn dead_folders() -> Vec<Utf8PathBuf> {
    let Ok(parent) = temporary() else { return Vec::new() };
    let entries = fs::read_dir(&parent).into_iter().flatten().filter_map(Result::ok);
    let paths = entries.filter_map(|entry| Utf8PathBuf::from_path_buf(entry.path()).ok());
    paths.filter(|path| is_dead(path) && is_ours(path)).collect()
}

/// Ends the processes that work in a folder of ours.
fn clear_folder(path: &Utf8Path) {
    if !is_ours(path) {
        return;
    }
    for pid in within(path).into_iter().filter_map(pid_of) {
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// Removes a folder of ours; says whether it is gone. Anything else stays: what is not directly in
/// the folder for temporary files, has another name, is a link or belongs to somebody else.
pub fn remove_folder(path: &Utf8Path) -> bool {
    for _ in 0..10 {
        if !is_ours(path) {
            break;
        }
        if fs::remove_dir_all(path).is_ok() {
            return true;
        }
        // A process that is just ending may still have put something into it.
        thread::sleep(Duration::from_millis(100));
    }
    fs::symlink_metadata(path).is_err()
}

fn is_ours(path: &Utf8Path) -> bool {
    let is_folder = fs::symlink_metadata(path)
        .is_ok_and(|meta| meta.file_type().is_dir() && meta.uid() == geteuid().as_raw());
    let parent = path.parent().and_then(|parent| parent.canonicalize_utf8().ok());
    let is_named = path.file_name().is_some_and(|name| name.starts_with(PREFIX));
    is_folder && is_named && parent.is_some() && parent == temporary().ok()
}

/// Whether a name carries two numbers of processes that are both gone.
fn is_dead(path: &Utf8Path) -> bool {
    let Some(rest) = path.file_name().and_then(|name| name.strip_prefix(PREFIX)) else { return false };
    let mut ids = rest.split('-').map(str::parse::<u32>);
    let (Some(Ok(first)), Some(Ok(second))) = (ids.next(), ids.next()) else { return false };
    !is_alive(first) && !is_alive(second)
}

/// A process of another user cannot be asked, but it is there.
fn is_alive(pid: u32) -> bool {
    let gone = |pid| matches!(test_kill_process(pid), Err(rustix::io::Errno::SRCH));
    pid_of(pid).is_some_and(|pid| !gone(pid)) && !processes::has_ended(pid)
}

/// The canonical folder for temporary files.
fn temporary() -> Result<Utf8PathBuf, Fault> {
    let folder = env::temp_dir();
    let canonical = Utf8Path::from_path(Path::new(&folder)).map(Utf8Path::canonicalize_utf8);
    canonical.and_then(Result::ok).ok_or_else(|| {
        let what = format!("there is no folder `{}` for temporary files", folder.display());
        Fault::machine(what, "`TMPDIR=<DIR>` names another")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start of a name whose run is alive: no sweep of a test beside this one takes it.
    fn living() -> String {
        format!("{PREFIX}{0}-{0}", std::process::id())
    }

    fn folder(name: &str) -> Utf8PathBuf {
        let path = temporary().expect("a temporary folder").join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("a/b")).expect("a folder");
        path
    }

    #[test]
    fn only_folders_of_ours_are_removed() {
        let ours = folder(&format!("{}-removed", living()));
        let other = folder("somebody-elses");
        let link = ours.with_file_name(format!("{}-link", living()));
        std::os::unix::fs::symlink(&other, &link).expect("a link");
        let deeper = other.join(format!("{}-deeper", living()));
        fs::create_dir(&deeper).expect("a folder");
        let around = ours.join("..").join(other.file_name().expect("a name"));
        for kept in [&other, &link, &deeper, &around, &temporary().expect("a folder")] {
            assert!(!remove_folder(kept), "{kept}");
            assert!(fs::symlink_metadata(kept).is_ok(), "{kept}");
        }
        assert!(other.join("a/b").is_dir());
        assert!(remove_folder(&ours) && !ours.exists());
        assert!(remove_folder(&ours), "gone is gone");
        fs::remove_file(&link).expect("the link");
        fs::remove_dir_all(&other).expect("the folder");
    }

    #[test]
    fn a_run_is_dead_when_both_processes_are() {
        let mut ended = Command::new("true").spawn().expect("true");
        ended.wait().expect("it ends");
        let (here, gone) = (std::process::id(), ended.id());
        let dead = |first, second| is_dead(Utf8Path::new(&format!("/tmp/{PREFIX}{first}-{second}-1-name")));
        assert!(dead(gone, gone));
        assert!(!dead(here, gone) && !dead(gone, here));
        assert!(!is_dead(Utf8Path::new("/tmp/scenarist-rehearsal-name")));
        assert!(!is_dead(Utf8Path::new("/tmp/other-1-1-1-name")));
    }

    #[test]
    fn sweeping_leaves_runs_that_live_and_containers() {
        let mut ended = Command::new("true").spawn().expect("true");
        ended.wait().expect("it ends");
        let (here, gone) = (std::process::id(), ended.id());
        let dead = folder(&format!("{PREFIX}{gone}-{gone}-1-dead"));
        let living = folder(&format!("{PREFIX}{here}-{gone}-1-living"));
        let containers = folder(&format!("{PREFIX}{gone}-{gone}-2-containers"));
        Command::new("touch").arg(containers.join(COMPOSE_FILE)).status().expect("touch");
        sweep();
        assert!(!dead.exists() && living.is_dir() && containers.join(COMPOSE_FILE).is_file());
        assert!(remove_folder(&living) && remove_folder(&containers));
    }

    #[test]
    fn what_is_open_is_carried_out_last_first() {
        let ours = folder(&format!("{}-kept", living()));
        let file = ours.join("order");
        let task = |text: &str| {
            Task::Run(["sh", "-c", &format!("echo {text} >> {file}")].map(str::to_owned).to_vec())
        };
        let tasks = [task("first"), task("second"), task("third")];
        let mut lines: Vec<String> =
            tasks.iter().map(|task| serde_json::to_string(task).expect("JSON")).collect();
        lines.push(serde_json::to_string(&Line::Done { done: 1 }).expect("JSON"));
        lines.push(lines[0][..9].to_owned());
        keep(lines.join("\n").as_bytes());
        let order = Command::new("cat").arg(&file).output().expect("cat").stdout;
        assert_eq!(String::from_utf8_lossy(&order), "third\nfirst\n");
        keep(format!("{{\"remove\":\"{ours}\"}}").as_bytes());
        assert!(!ours.exists());
    }

    #[test]
    fn a_process_is_ended_but_not_another_with_its_number() {
        let mut child =
            Command::new("sh").args(["-c", "sleep 60 & wait"]).process_group(0).spawn().expect("sh");
        let Task::Kill(process) = Task::end_group(child.id()) else { unreachable!() };
        if process.started.is_some() {
            Process { started: Some(1), ..process }.end();
            assert_eq!(child.try_wait().expect("a child"), None);
        }
        let waiter = thread::spawn(move || child.wait());
        process.end();
        assert!(!waiter.join().expect("a thread").expect("a status").success());
    }
}
