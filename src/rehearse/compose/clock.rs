//! CPU time of containers: what their control groups have counted.

use std::collections::BTreeMap;
use std::thread;

use super::containers::QUESTION;
use super::project::Project;
use crate::rehearse::process::run_limited;

/// Adds up counters that begin anew when a container is made again.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// By service: seconds of earlier containers, and what the counter showed last.
    seen: BTreeMap<String, (f64, f64)>,
}

impl Clock {
    /// What a service has used, all its containers together.
    pub(super) fn add(&mut self, service: &str, counter: f64) -> f64 {
        let (earlier, last) = self.seen.entry(service.to_owned()).or_default();
        if counter < *last {
            *earlier += *last;
        }
        *last = counter;
        *earlier + counter
    }
}

/// What the counters of services show. All are asked at once, so that they speak of the same moment.
pub(super) fn counters_of(project: &Project, services: Vec<String>) -> Vec<(String, f64)> {
    let ask = |service: String| {
        let mut command = project.exec(&service, ["cat", "/sys/fs/cgroup/cpu.stat"]);
        let said = run_limited(&mut command, None, QUESTION).ok()?.stdout;
        Some((service, usage_in(&said)?))
    };
    thread::scope(|scope| {
        let asked: Vec<_> = services.into_iter().map(|service| scope.spawn(|| ask(service))).collect();
        asked.into_iter().filter_map(|thread| thread.join().ok().flatten()).collect()
    })
}

/// Seconds in `cpu.stat` of a control group, version 2; the older version has no such file.
pub(super) fn usage_in(stat: &str) -> Option<f64> {
    let micros = stat.lines().find_map(|line| line.strip_prefix("usage_usec "))?;
    micros.trim().parse::<f64>().ok().map(|micros| micros / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_container_goes_on_where_the_old_one_ended() {
        let mut clock = Clock::default();
        let shown = [1.0, 4.0, 0.5, 2.0, 0.25].map(|counter| clock.add("app", counter));
        assert_eq!(shown, [1.0, 4.0, 4.5, 6.0, 6.25]);
        assert_eq!(clock.add("postgres", 1.5), 1.5);
    }

    #[test]
    fn usage_is_in_microseconds() {
        assert_eq!(usage_in("usage_usec 1500000\nuser_usec 1\n"), Some(1.5));
        assert_eq!(usage_in("cat: /sys/fs/cgroup/cpu.stat: No such file"), None);
    }
}
