//! What the operating system says of this machine and its processes. Linux says it in `/proc`;
//! elsewhere most of it is unknown.

use std::thread::available_parallelism;

/// How many ticks of a clock in `/proc` make a second. Linux has promised 100 to programs for
/// decades, whatever the kernel itself counts in.
const TICKS: f64 = 100.0;

/// CPU seconds that all cores together have worked since the machine started; `None` where nothing
/// tells. What other guests of a virtual machine's host took from it does not count.
#[must_use]
pub fn busy_seconds() -> Option<f64> {
    busy_in(&read("/proc/stat")?)
}

/// How many cores this program may use.
#[must_use]
pub fn cores() -> u32 {
    available_parallelism().ok().and_then(|cores| u32::try_from(cores.get()).ok()).unwrap_or(1)
}

/// From now on this thread, and whatever it starts, runs on so many cores of those that it was given
/// at first. Whether that could be done.
#[must_use]
pub fn use_cores(count: u32) -> bool {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    static GIVEN: std::sync::OnceLock<Option<CpuSet>> = std::sync::OnceLock::new();
    let Some(given) = GIVEN.get_or_init(|| sched_getaffinity(None).ok()) else { return false };
    let mut chosen = CpuSet::new();
    let ours = (0..CpuSet::MAX_CPU).filter(|cpu| given.is_set(*cpu)).take(count as usize);
    ours.for_each(|cpu| chosen.set(cpu));
    chosen.count() == count && sched_setaffinity(None, &chosen).is_ok()
}

/// When a process started, in ticks since the machine did. Two processes that have had the same
/// number differ in it. `None` if there is no such process, or nothing tells.
pub(super) fn started(pid: u32) -> Option<u64> {
    started_in(&read(&format!("/proc/{pid}/stat"))?)
}

/// Whether a process has ended and only its number is left, since nobody has asked how it ended. In a
/// container without an init process that stays so.
pub(super) fn has_ended(pid: u32) -> bool {
    read(&format!("/proc/{pid}/stat")).is_some_and(|stat| is_ended(&stat))
}

/// The word after the program's name.
fn is_ended(stat: &str) -> bool {
    let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().next());
    matches!(state, Some("Z" | "X"))
}

/// `cpu user nice system idle iowait irq softirq steal guest guest_nice`: guests are counted in
/// `user` and `nice` already.
fn busy_in(stat: &str) -> Option<f64> {
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let ticks: Vec<f64> = line.split_whitespace().map_while(|tick| tick.parse().ok()).collect();
    let at = |index: usize| ticks.get(index).copied().unwrap_or(0.0);
    (ticks.len() >= 4).then(|| (at(0) + at(1) + at(2) + at(5) + at(6)) / TICKS)
}

/// The 22nd word; the second is the program's name in brackets, which may contain spaces.
fn started_in(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(19)?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "the kernel's tables are no files of a project")]
fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_and_stolen_time_is_not_busy() {
        let stat = "cpu  100 20 30 4000 500 6 4 700 90 9\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n";
        assert_eq!(busy_in(stat), Some(1.6));
        assert_eq!(busy_in("intr 5\n"), None);
        assert_eq!(busy_in("cpu 1 2\n"), None);
    }

    #[test]
    fn the_start_is_found_behind_a_name_with_brackets() {
        let stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 1 0 0 0 2 3 0 0 20 0 1 0 987654 0 0";
        assert_eq!(started_in(stat), Some(987_654));
        assert_eq!(started_in("42"), None);
        assert!(!is_ended(stat) && is_ended("42 (S) ) Z 1 42"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_works_and_this_process_has_started() {
        assert!(busy_seconds().is_some_and(|seconds| seconds > 0.0));
        assert!(started(std::process::id()).is_some());
        assert!(cores() >= 1);
    }
}
