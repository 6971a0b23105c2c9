//! What the operating system says of this machine as a whole: its cores, and how busy they are. Where
//! there is no `/proc`, the latter is unknown. What it says of processes is for `processes.rs`.

use std::thread::available_parallelism;

use super::processes::TICKS;
use super::text::text_of;

/// CPU seconds that all cores together have worked since the machine started; `None` where nothing
/// tells. What other guests of a virtual machine's host took from it does not count.
#[must_use]
pub fn busy_seconds() -> Option<f64> {
    busy_in(&text_of("/proc/stat")?)
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

/// `cpu user nice system idle iowait irq softirq steal guest guest_nice`: guests are counted in
/// `user` and `nice` already.
fn busy_in(stat: &str) -> Option<f64> {
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let ticks: Vec<f64> = line.split_whitespace().map_while(|tick| tick.parse().ok()).collect();
    let at = |index: usize| ticks.get(index).copied().unwrap_or(0.0);
    (ticks.len() >= 4).then(|| (at(0) + at(1) + at(2) + at(5) + at(6)) / TICKS)
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

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_works() {
        assert!(busy_seconds().is_some_and(|seconds| seconds > 0.0));
        assert!(cores() >= 1);
    }
}
