//! What services have printed since the start, also in containers that are gone.

use std::collections::BTreeMap;

/// Keeps what was read last: a container that is made again begins a new log.
#[derive(Debug, Default)]
pub(super) struct Logs {
    /// By service: what earlier containers printed, and what was read last.
    seen: BTreeMap<String, (String, String)>,
}

impl Logs {
    /// Everything, given what the present log holds.
    pub(super) fn add(&mut self, service: &str, now: String) -> String {
        let (earlier, last) = self.seen.entry(service.to_owned()).or_default();
        if !now.starts_with(last.as_str()) {
            earlier.push_str(last);
        }
        *last = now;
        format!("{earlier}{last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_begins_anew_continues_the_old_one() {
        let mut logs = Logs::default();
        assert_eq!(logs.add("app", "one\n".into()), "one\n");
        assert_eq!(logs.add("app", "one\ntwo\n".into()), "one\ntwo\n");
        assert_eq!(logs.add("app", "three\n".into()), "one\ntwo\nthree\n");
        assert_eq!(logs.add("app", "three\nfour\n".into()), "one\ntwo\nthree\nfour\n");
    }
}
