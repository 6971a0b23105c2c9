//! What has to be decided before anything is published, and what can be typed.

use super::report::{Reporter, SHOWN, counted, quoted};
use crate::cli::fix::unified_diff;
use crate::publish::{Built, Cause, Conflict, Obstacle, Plan, Word, plan_take};
use crate::source::{Files, Origin};

/// How many lines of a difference are shown.
const LINES: usize = 40;

impl Reporter<'_> {
    /// What has to be decided, and how.
    pub fn open(&self, plan: &Plan, built: &Built, files: &Files) {
        for obstacle in &plan.obstacles {
            self.terminal.line("");
            self.terminal.line(&obstacle_words(obstacle));
        }
        for (at, conflict) in plan.conflicts.iter().enumerate() {
            if at < SHOWN {
                self.terminal.line("");
            }
            self.terminal.line(&self.terminal.heading(&format!(
                "{} {}",
                conflict.path,
                cause_words(conflict.cause)
            )));
            if at < SHOWN {
                self.terminal.line_if_any(&self.difference(conflict));
                self.choices(conflict, built, files);
            }
        }
        let open = counted(plan.conflicts.len() + plan.obstacles.len(), "file");
        let verb = if plan.conflicts.len() + plan.obstacles.len() == 1 { "has" } else { "have" };
        self.terminal.line(&format!("\n{open} {verb} to be decided about; nothing was published"));
    }

    /// How theirs and ours differ.
    fn difference(&self, conflict: &Conflict) -> String {
        let Conflict { path, theirs, ours, .. } = conflict;
        let (Some(theirs), Some(ours)) = (theirs, ours) else { return String::new() };
        if theirs == ours {
            let (theirs, _) = conflict.executable;
            let can =
                if theirs { "can be run, and is not built so" } else { "cannot be run, and is built so" };
            return format!("  the file in the repository {can}");
        }
        let (Ok(their_text), Ok(our_text)) = (std::str::from_utf8(theirs), std::str::from_utf8(ours)) else {
            return format!(
                "  no text: {} bytes are built, {} are in the repository",
                ours.len(),
                theirs.len()
            );
        };
        let names = (format!("{path} (built)"), format!("{path} (in the repository)"));
        let diff = unified_diff((&names.0, our_text), (&names.1, their_text));
        let lines: Vec<&str> = diff.lines().collect();
        if lines.len() <= LINES {
            return diff;
        }
        let to = self.to.join(path);
        format!(
            "{}\n… and {} more lines; `scenarist build`, then `diff dist/monorepo/{path} {to}` shows them all",
            lines[..LINES].join("\n"),
            lines.len() - LINES
        )
    }

    /// What can be typed.
    fn choices(&self, conflict: &Conflict, built: &Built, files: &Files) {
        let path = &conflict.path;
        let quoted = quoted(path);
        let width = "--overwrite ".len() + quoted.len();
        let say = |word: Word, what: &str| {
            let typed = format!("--{word} {quoted}");
            self.terminal.line(&format!("  {typed:width$}  {what}"));
        };
        let is_gone = conflict.ours.is_none();
        say(
            Word::Keep,
            if is_gone { "leave it there; it is no longer ours then" } else { "leave it as it is" },
        );
        say(Word::Overwrite, if is_gone { "remove it" } else { "put there what is built" });
        let output = built.get(path).filter(|_| conflict.has_edit());
        let (Some(output), Some(theirs)) = (output, &conflict.theirs) else { return };
        if let Ok(edit) = plan_take(files, output, theirs) {
            return say(Word::Take, &format!("write the edit into {}", edit.path));
        }
        let source = output.origin.and_then(|span| files.known(span.file));
        if let Some(source) = source.filter(|source| source.origin == Origin::Project) {
            self.terminal.line(&format!("  or make the edit in {}, from which it is made", source.path));
        }
    }
}

fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Edited => "was edited in the repository since it was published",
        Cause::BothChanged => {
            "was edited in the repository since it was published, and its source has changed"
        }
        Cause::EditedAndGone => "was edited in the repository since it was published, and is no longer built",
        Cause::Removed => "was removed from the repository since it was published",
        Cause::Foreign => "is in the repository already, and not by us",
        Cause::Link => "is a symbolic link in the repository",
        Cause::Odd => "is no plain file in the repository",
    }
}

fn obstacle_words(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::NoFolder { path, is_link } => {
            let what = if *is_link { "a symbolic link" } else { "a file that is not ours" };
            format!("{path} has to be a folder, and is {what}: move it away")
        }
        Obstacle::Folder { path, foreign } => {
            format!(
                "{path} has to be a file, and is a folder with {foreign} in it, which is not ours: move it away"
            )
        }
    }
}
