//! What `publish` says.

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};

use super::taken::Taken;
use crate::cli::terminal::Terminal;
use crate::publish::{Dirt, MANIFEST, Plan, Recovered};

/// How many files a list names, and how many differences are shown, before the rest is counted.
pub(super) const SHOWN: usize = 10;

/// Says what happens to a checkout.
pub struct Reporter<'a> {
    pub(super) to: &'a Utf8Path,
    pub(super) terminal: &'a Terminal,
}

impl<'a> Reporter<'a> {
    pub fn new(to: &'a Utf8Path, terminal: &'a Terminal) -> Self {
        Self { to, terminal }
    }

    pub fn unfinished(&self) {
        self.terminal.line(&format!(
            "unfinished: a publish to {} was cut off, or is going on; `scenarist publish --to {}` finishes it",
            self.to,
            quoted(self.to)
        ));
    }

    /// The machine stood in the way, and why is said next.
    pub fn stopped(&self) {
        self.terminal.line(&format!(
            "stopped before everything was written: once the cause is removed, `scenarist publish --to {}` \
             finishes it",
            quoted(self.to)
        ));
    }

    /// What became of a run that was cut off.
    pub fn recovered(&self, recovered: &Recovered) {
        match recovered {
            Recovered::Nothing => {}
            Recovered::ThrownAway => {
                self.terminal.status("a publish was cut off before it changed anything: starting afresh");
            }
            Recovered::Finished { steps, left, .. } => {
                let steps = counted(*steps, "step");
                self.terminal.status(&format!("finished a publish that was cut off: {steps} had been left"));
                self.left(left);
            }
            Recovered::Abandoned => self.terminal.line(
                "a publish was cut off, and its rest does not fit the repository any more, which may be at \
                 another commit now: starting afresh",
            ),
        }
    }

    /// What will be done.
    pub fn plan(&self, plan: &Plan) {
        let mut lines = Vec::new();
        for moved in &plan.moved {
            let line = format!("  move    {} → {}; a README stays there", moved.from, moved.to);
            lines.push(line);
        }
        lines.extend(listed("create", &plan.create, |path| path.to_string()));
        lines.extend(listed("update", &plan.update, |path| path.to_string()));
        lines.extend(listed("delete", &plan.delete, |path| path.to_string()));
        lines.extend(listed("adopt", &plan.adopted, |path| format!("{path} (already as it is built)")));
        lines
            .extend(listed("leave", &plan.left, |path| format!("{path} (no longer built; it is yours now)")));
        lines.extend(listed("keep", &plan.kept, |kept| {
            let since = if kept.is_outdated { "; what is built has changed since" } else { "" };
            format!("{} (as it is in the repository{since})", kept.path)
        }));
        if plan.is_record_only() {
            lines.push(format!("  update  {MANIFEST}"));
        }
        if lines.is_empty() && !plan.is_blocked() {
            return;
        }
        let first = if plan.is_first { ", for the first time" } else { "" };
        self.terminal.status(&self.terminal.heading(&format!("plan for {}{first}", self.to)));
        for line in &lines {
            self.terminal.status(line);
        }
        self.terminal.status(&format!("  {}", counts(plan)));
    }

    pub fn up_to_date(&self, plan: &Plan, summary: &str) {
        let kept = match plan.kept.len() {
            0 => String::new(),
            count => format!(", {count} of them kept as the repository has it"),
        };
        self.terminal.status(&format!(
            "{} is up to date ({}{kept}), {summary}",
            self.to,
            counted(plan.files(), "file")
        ));
    }

    pub fn out_of_date(&self) {
        self.terminal.status(&format!("{} is not up to date; nothing was changed", self.to));
    }

    pub fn dry_run(&self, dirt: Option<&Dirt>, taken: Option<&Taken>) {
        for source in taken.iter().flat_map(|taken| taken.changes.keys()) {
            self.terminal.status(&format!("the edit would go into {source}"));
        }
        if let Some(dirt) = dirt {
            self.dirty_files(dirt);
        }
        self.terminal.status("nothing was changed (--dry-run)");
    }

    /// Why nothing is published while work is not committed.
    pub fn dirty(&self, dirt: &Dirt) {
        self.dirty_files(dirt);
        self.terminal.line(&format!(
            "nothing was published; commit them, put them aside (`git -C {} stash`), or say --dirty",
            quoted(self.to)
        ));
    }

    fn dirty_files(&self, dirt: &Dirt) {
        self.terminal.line(&format!("{} has changes that are not committed:", self.to));
        for line in shortened(&dirt.changed, |path| format!("  {path}")) {
            self.terminal.line(&line);
        }
    }

    pub fn broken_by_edits(&self) {
        self.terminal.status("the errors come with the edits that were to be taken; no source was changed");
    }

    pub fn taken(&self, taken: &Taken) {
        for source in taken.changes.keys() {
            self.terminal.status(&format!("the edit went into {source}"));
        }
    }

    pub fn published(&self, plan: &Plan, summary: &str, left: &[Utf8PathBuf]) {
        let Plan { create, update, delete, .. } = plan;
        let (created, updated, deleted) = (create.len(), update.len(), delete.len());
        self.terminal.status(&format!(
            "published to {} ({created} created, {updated} updated, {deleted} deleted), {summary}",
            self.to
        ));
        self.left(left);
    }

    fn left(&self, left: &[Utf8PathBuf]) {
        for path in left {
            self.terminal.line(&format!(
                "  {path} was changed meanwhile and stays as it is; publish again to decide about it"
            ));
        }
    }

    /// What to type next. `untracked` is what `git add -A` would add beside our files.
    pub fn next(&self, untracked: &[Utf8PathBuf]) {
        let to = quoted(self.to);
        self.terminal.status(&format!("  look at it:  git -C {to} status"));
        self.terminal.status(&format!(
            "  commit it:   git -C {to} add -A && git -C {to} commit -m \"Publish the course\""
        ));
        if !untracked.is_empty() {
            self.terminal.status("  `git add -A` also adds what is not ours:");
            for line in shortened(untracked, |path| format!("    {path}")) {
                self.terminal.status(&line);
            }
        }
    }

    /// Files that no commit would hold.
    pub fn ignored(&self, ignored: &[Utf8PathBuf]) {
        if ignored.is_empty() {
            return;
        }
        self.terminal.status(&format!(
            "  git ignores files that were published; `git -C {} add -f <PATH>` adds them:",
            quoted(self.to)
        ));
        for line in shortened(ignored, |path| format!("    {path}")) {
            self.terminal.status(&line);
        }
    }
}

/// "41 to create, 3 to update, 2 to delete, 25 unchanged".
fn counts(plan: &Plan) -> String {
    let counts = [
        (plan.create.len(), "to create"),
        (plan.update.len(), "to update"),
        (plan.delete.len(), "to delete"),
        (plan.adopted.len(), "to adopt"),
        (plan.kept.len(), "kept"),
        (plan.conflicts.len() + plan.obstacles.len(), "to be decided about"),
        (plan.unchanged, "unchanged"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    said.join(", ")
}

/// "  create  a/b", and how many more.
fn listed<T>(what: &str, all: &[T], name: impl Fn(&T) -> String) -> Vec<String> {
    shortened(all, |it| format!("  {what:6}  {}", name(it)))
        .into_iter()
        .map(|line| if line.starts_with("  …") { format!("  {what:6}{line}") } else { line })
        .collect()
}

fn shortened<T>(all: &[T], line: impl Fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<String> = all.iter().take(SHOWN).map(line).collect();
    if all.len() > SHOWN {
        lines.push(format!("  … and {} more", all.len() - SHOWN));
    }
    lines
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &Utf8Path) -> String {
    shlex::try_quote(path.as_str()).map_or_else(|_| path.to_string(), Cow::into_owned)
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
