//! What Linux says about processes, in `/proc`: who started whom and when, how much CPU time they have
//! used, whether they have ended. Elsewhere nothing is known.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::text::text_of;

/// How many ticks of a clock in `/proc` make a second. Linux has promised 100 to programs for
/// decades, whatever the kernel itself counts in.
pub(super) const TICKS: f64 = 100.0;

/// A process.
#[derive(Clone, Copy, Debug)]
struct Process {
    parent: u32,
    /// CPU seconds of its own and of children that have ended.
    seconds: f64,
}

/// All processes at one moment.
#[derive(Debug, Default)]
pub struct Processes {
    by_id: BTreeMap<u32, Process>,
}

impl Processes {
    /// Reads them all. Those that end meanwhile are missing.
    #[must_use]
    pub fn read() -> Self {
        let Ok(entries) = Utf8Path::new("/proc").read_dir_utf8() else { return Self::default() };
        let ids = entries.filter_map(|entry| entry.ok()?.file_name().parse::<u32>().ok());
        Self { by_id: ids.filter_map(|id| Some((id, process(id)?))).collect() }
    }

    /// A process and everything below it.
    #[must_use]
    pub fn tree(&self, root: u32) -> Vec<u32> {
        let mut found = vec![root];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            let children = self.by_id.iter().filter(|(_, process)| process.parent == parent);
            found.extend(children.map(|(id, _)| *id));
            at += 1;
        }
        found
    }

    /// CPU seconds used by a process and everything below it, until now.
    #[must_use]
    pub fn seconds(&self, root: u32) -> f64 {
        self.tree(root).iter().filter_map(|id| self.by_id.get(id)).map(|process| process.seconds).sum()
    }
}

/// The words of a process's `stat` behind the program's name, which stands in brackets and may itself
/// contain brackets and spaces; the first is the state. `None` if there is no such process.
fn stat(id: u32) -> Option<Vec<String>> {
    words_of(&text_of(format!("/proc/{id}/stat"))?)
}

fn words_of(stat: &str) -> Option<Vec<String>> {
    let (_, rest) = stat.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

fn process(id: u32) -> Option<Process> {
    let words = stat(id)?;
    let number = |at: usize| words.get(at)?.parse::<f64>().ok();
    let ticks = number(11)? + number(12)? + number(13)? + number(14)?;
    Some(Process { parent: words.get(1)?.parse().ok()?, seconds: ticks / TICKS })
}

/// When a process started, in ticks since the machine did. Two processes that have had the same
/// number differ in it. `None` if there is no such process, or nothing tells.
#[must_use]
pub fn started(pid: u32) -> Option<u64> {
    started_in(&stat(pid)?)
}

fn started_in(words: &[String]) -> Option<u64> {
    words.get(19)?.parse().ok()
}

/// Whether a process has ended and only its number is left, since nobody has asked how it ended. In a
/// container without an init process that stays so.
#[must_use]
pub fn has_ended(pid: u32) -> bool {
    stat(pid).is_some_and(|words| is_ended(&words))
}

fn is_ended(words: &[String]) -> bool {
    matches!(words.first().map(String::as_str), Some("Z" | "X"))
}

/// The children of a process.
#[must_use]
pub fn children(parent: u32) -> Vec<u32> {
    let all = Processes::read();
    all.by_id.iter().filter(|(_, process)| process.parent == parent).map(|(id, _)| *id).collect()
}

/// The processes whose working folder is a folder or in it, as far as we may see it; never ourselves.
#[must_use]
pub fn within(folder: &Utf8Path) -> Vec<u32> {
    let works_there = |id: &u32| {
        std::fs::read_link(format!("/proc/{id}/cwd")).is_ok_and(|working| working.starts_with(folder))
    };
    let own = std::process::id();
    Processes::read().by_id.into_keys().filter(|id| *id != own).filter(works_there).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_found_behind_a_name_with_brackets() {
        let words = |stat: &str| words_of(stat).unwrap_or_default();
        let stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 1 0 0 0 2 3 0 0 20 0 1 0 987654 0 0";
        assert_eq!(started_in(&words(stat)), Some(987_654));
        assert_eq!(started_in(&words("42")), None);
        assert!(!is_ended(&words(stat)) && is_ended(&words("42 (S) ) Z 1 42")));
        assert!(cfg!(not(target_os = "linux")) || started(std::process::id()).is_some());
    }

    #[test]
    fn a_child_counts_with_its_parent() {
        let mut child = std::process::Command::new("sh")
            .args(["-c", "n=0; while [ $n -lt 200000 ]; do n=$((n+1)); done; sleep 30"])
            .spawn()
            .expect("a shell");
        let own = std::process::id();
        let mut seconds = 0.0;
        for _ in 0..200 {
            seconds = Processes::read().seconds(child.id());
            if seconds > 0.02 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert!(seconds > 0.02, "{seconds}");
        assert!(children(own).contains(&child.id()));
        assert!(Processes::read().tree(own).contains(&child.id()));
        child.kill().expect("a running child");
        child.wait().expect("a child");
    }

    #[test]
    fn who_works_in_a_folder_is_found_and_nobody_else() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(temporary.path()).expect("a UTF-8 path").canonicalize_utf8();
        let folder = folder.expect("a folder");
        for part in ["ours/below", "ours-not"] {
            std::fs::create_dir_all(folder.join(part)).expect("a folder");
        }
        let mut children = ["ours", "ours/below", "ours-not"].map(|part| {
            let mut sleep = std::process::Command::new("sleep");
            sleep.arg("60").current_dir(folder.join(part)).spawn().expect("sleep")
        });
        let found = within(&folder.join("ours"));
        children
            .iter_mut()
            .for_each(|child| child.kill().and_then(|()| child.wait().map(|_| ())).expect("it ends"));
        let mut expected = [children[0].id(), children[1].id()];
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}
