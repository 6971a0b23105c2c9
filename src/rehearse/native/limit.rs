//! `cpus` of a compose file: a service gets that much CPU time and no more. By a control group where
//! this machine lets us make one, else by stopping its processes for the rest of each period, which
//! is what a control group does, too.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::process::{Signal, kill_process};

use crate::rehearse::process::pid_of;
use crate::rehearse::processes::{Processes, started};
use crate::rehearse::text::text_of;

/// Time is shared out in periods, as containers have them.
const PERIOD: Duration = Duration::from_millis(100);

/// How often is looked how much of it is used up.
const STEP: Duration = Duration::from_millis(4);

/// Begins the names of our control groups.
const PREFIX: &str = "scenarist-rehearse-";

/// A limit in force; it is lifted when it is dropped.
#[derive(Debug)]
pub enum Limit {
    Group(Utf8PathBuf),
    Throttle { stop: Arc<AtomicBool>, thread: Option<JoinHandle<()>> },
}

impl Limit {
    /// Holds a process and all that it starts to a number of cores.
    #[must_use]
    pub fn hold(service: &str, cpus: f64, root: u32) -> Self {
        group(service, cpus, root).map_or_else(|| Self::throttle(cpus, root), Self::Group)
    }

    fn throttle(cpus: f64, root: u32) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            while !asked.load(Ordering::Relaxed) {
                one_period(cpus, root);
            }
        });
        Self::Throttle { stop, thread: Some(thread) }
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        match self {
            Self::Group(path) => remove_when_empty(path),
            Self::Throttle { stop, thread } => {
                stop.store(true, Ordering::Relaxed);
                if let Some(thread) = thread.take() {
                    let _ = thread.join();
                }
            }
        }
    }
}

/// A group can be removed once the last of its processes is gone.
fn remove_when_empty(group: &Utf8Path) {
    for _ in 0..100 {
        if fs::remove_dir(group).is_ok() || !group.exists() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Groups left by runs that were killed go. Those of a run that goes on may just be empty.
pub fn sweep_groups() {
    for group in
        groups_named(PREFIX).iter().filter(|group| owner_of(group).is_none_or(|pid| started(pid).is_none()))
    {
        let _ = fs::remove_dir(group);
    }
}

/// The program that made a group, by its number.
fn owner_of(group: &Utf8Path) -> Option<u32> {
    group.file_name()?.strip_prefix(PREFIX)?.split('-').next()?.parse().ok()
}

/// The groups of a run that was killed go, as soon as its processes have ended.
pub fn remove_groups_of(pid: u32) {
    for group in groups_named(&format!("{PREFIX}{pid}-")) {
        remove_when_empty(&group);
    }
}

fn groups_named(prefix: &str) -> Vec<Utf8PathBuf> {
    let parents = ["/sys/fs/cgroup", "/sys/fs/cgroup/cpu"];
    let entries = parents.iter().filter_map(|parent| Utf8Path::new(parent).read_dir_utf8().ok());
    let entries = entries.flatten().flatten().filter(|entry| entry.file_name().starts_with(prefix));
    entries.map(camino::Utf8DirEntry::into_path).collect()
}

/// A control group of the second or first kind; `None` where neither can be made.
fn group(service: &str, cpus: f64, root: u32) -> Option<Utf8PathBuf> {
    let name = format!("{PREFIX}{}-{service}", std::process::id());
    let micros = PERIOD.as_micros();
    #[expect(clippy::cast_precision_loss, reason = "a tenth of a second")]
    let quota = format!("{:.0}", cpus * micros as f64);
    let second = Utf8Path::new("/sys/fs/cgroup");
    let controllers = text_of(second.join("cgroup.subtree_control")).unwrap_or_default();
    let has_cpu = controllers.split_whitespace().any(|word| word == "cpu");
    let (folder, settings) = if has_cpu {
        (second.join(name), vec![("cpu.max", format!("{quota} {micros}"))])
    } else {
        let settings = vec![("cpu.cfs_period_us", micros.to_string()), ("cpu.cfs_quota_us", quota)];
        (second.join("cpu").join(name), settings)
    };
    fs::create_dir(&folder).ok()?;
    let is_set = settings.into_iter().all(|(file, value)| set(&folder.join(file), &value).is_ok());
    if !is_set || !take_in(&folder, root) {
        let _ = fs::remove_dir(&folder);
        return None;
    }
    Some(folder)
}

/// Moves a process and all that it has started into a group. One that has just ended cannot be moved,
/// and one that was just started is found when it is looked again.
fn take_in(group: &Utf8Path, root: u32) -> bool {
    (0..3).all(|_| {
        let mut members = Processes::read().tree(root).into_iter();
        members.all(|id| set(&group.join("cgroup.procs"), &id.to_string()).is_ok() || id != root)
    })
}

#[expect(clippy::disallowed_methods, reason = "a setting of the kernel is no file of the project")]
fn set(file: &Utf8Path, value: &str) -> std::io::Result<()> {
    fs::write(file, value)
}

/// Lets the processes run until their share of a period is used up.
fn one_period(cpus: f64, root: u32) {
    let begin = Instant::now();
    let members = Processes::read().tree(root);
    let before = used(&members);
    let share = PERIOD.mul_f64(cpus);
    while begin.elapsed() < PERIOD {
        if used(&members).saturating_sub(before) >= share {
            signal(&members, Signal::STOP);
            thread::sleep(PERIOD.saturating_sub(begin.elapsed()));
            signal(&members, Signal::CONT);
            return;
        }
        thread::sleep(STEP);
    }
}

fn signal(members: &[u32], signal: Signal) {
    for pid in members.iter().filter_map(|id| pid_of(*id)) {
        let _ = kill_process(pid, signal);
    }
}

/// CPU time of all threads until now, as exact as the scheduler keeps it.
fn used(members: &[u32]) -> Duration {
    let threads = members.iter().flat_map(|id| {
        let folder = Utf8PathBuf::from(format!("/proc/{id}/task"));
        folder.read_dir_utf8().into_iter().flatten().flatten().map(|entry| entry.path().join("schedstat"))
    });
    let nanos = threads.filter_map(|file| text_of(&file)?.split_whitespace().next()?.parse::<u64>().ok());
    Duration::from_nanos(nanos.sum())
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command};

    use super::*;

    fn busy() -> Child {
        Command::new("sh").args(["-c", "while :; do :; done"]).spawn().expect("a shell")
    }

    /// The cores that a busy process gets under a limit.
    fn cores(child: &Child, limit: Limit) -> f64 {
        thread::sleep(Duration::from_millis(200));
        let (before, begin) = (used(&[child.id()]), Instant::now());
        thread::sleep(Duration::from_secs(2));
        let cores = (used(&[child.id()]) - before).as_secs_f64() / begin.elapsed().as_secs_f64();
        drop(limit);
        cores
    }

    #[test]
    fn a_busy_process_gets_its_share_and_no_more() {
        let mut child = busy();
        let cores = cores(&child, Limit::throttle(0.3, child.id()));
        child.kill().expect("a running child");
        child.wait().expect("a child");
        // On a machine with other work it may get less, but never more.
        assert!((0.02..0.4).contains(&cores), "{cores}");
    }

    #[test]
    fn a_control_group_does_the_same_where_it_can_be_made() {
        let mut child = busy();
        let group = group("test", 0.3, child.id());
        let cores = group.map(|path| (cores(&child, Limit::Group(path.clone())), path));
        child.kill().expect("a running child");
        child.wait().expect("a child");
        if let Some((cores, path)) = cores {
            assert!((0.02..0.4).contains(&cores), "{cores}");
            remove_when_empty(&path);
            assert!(!path.exists());
        }
    }
}
