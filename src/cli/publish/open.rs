//! What has to be decided before anything is published, and what can be typed.

use camino::{Utf8Path, Utf8PathBuf};

use super::report::{Reporter, SHOWN, counted, quoted};
use crate::cli::fix::unified_diff;
use crate::emit::monorepo::ROOT;
use crate::emit::tree::OutputFile;
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
        let (shown, more) = plan.conflicts.split_at(plan.conflicts.len().min(SHOWN));
        for conflict in shown {
            let question = Question::new(conflict, plan, built);
            self.terminal.line("");
            self.terminal.line(&self.terminal.heading(&question.heading()));
            self.terminal.line_if_any(&self.difference(&question));
            self.choices(&question, files);
        }
        if !more.is_empty() {
            self.terminal
                .line(&format!("\n{} more, whose differences are shown once these are decided:", more.len()));
        }
        for conflict in more {
            self.terminal.line(&format!("  {}", Question::new(conflict, plan, built).heading()));
        }
        let open = counted(plan.conflicts.len() + plan.obstacles.len(), "file");
        let verb = if plan.conflicts.len() + plan.obstacles.len() == 1 { "has" } else { "have" };
        self.terminal.line(&format!("\n{open} {verb} to be decided about; nothing was published"));
    }

    /// How theirs and ours differ.
    fn difference(&self, question: &Question<'_>) -> String {
        let Conflict { path, theirs, executable: (is_executable, _), .. } = question.conflict;
        let (Some(theirs), Some(ours)) = (theirs, question.ours) else { return String::new() };
        let our_bytes = ours.bytes();
        if **theirs == *our_bytes {
            return match (is_executable, ours.executable) {
                (true, false) => "  it can be run in the repository, and is not built so".to_owned(),
                (false, true) => "  it cannot be run in the repository, and is built so".to_owned(),
                _ => "  but for its place, it is what is built".to_owned(),
            };
        }
        let (Ok(their_text), Ok(our_text)) = (std::str::from_utf8(theirs), std::str::from_utf8(&our_bytes))
        else {
            let (built, found) = (our_bytes.len(), theirs.len());
            return format!("  no text: {built} bytes are built, {found} are in the repository");
        };
        let built = question.moved_to.as_ref().unwrap_or(path);
        let names = (format!("{built} (built)"), format!("{path} (in the repository)"));
        let diff = unified_diff((&names.0, our_text), (&names.1, their_text));
        let lines: Vec<&str> = diff.lines().collect();
        if lines.len() <= LINES {
            return diff;
        }
        let (first, more, theirs) = (lines[..LINES].join("\n"), lines.len() - LINES, self.to.join(path));
        let built = quoted(&Utf8Path::new(ROOT).join(built));
        format!(
            "{first}\n… and {more} more lines: `scenarist build`, then `diff {built} {}`",
            quoted(&theirs)
        )
    }

    /// What can be typed.
    fn choices(&self, question: &Question<'_>, files: &Files) {
        let conflict = question.conflict;
        let typed = quoted(&conflict.path);
        let width = "--overwrite ".len() + typed.len();
        let say = |word: Word, what: &str| {
            let typed = format!("--{word} {typed}");
            self.terminal.line(&format!("  {typed:width$}  {what}"));
        };
        let is_gone = conflict.ours.is_none();
        say(Word::Keep, if is_gone { "leave it there; it is yours then" } else { "leave it as it is" });
        say(Word::Overwrite, if is_gone { "remove it" } else { "put there what is built" });
        let (Some(output), Some(theirs)) = (question.ours, &conflict.theirs) else { return };
        if **theirs == *output.bytes() {
            return;
        }
        if let Some(edit) = plan_take(files, output, theirs).ok().filter(|_| conflict.has_edit()) {
            return say(Word::Take, &format!("write the edit into {}", edit.path));
        }
        let source = output.origin.and_then(|span| files.known(span.file));
        if let Some(source) = source.filter(|source| source.origin == Origin::Project) {
            self.terminal.line(&format!("  or make the edit in {}, from which it is made", source.path));
        }
    }
}

/// A file to decide about, with what is built in its stead.
struct Question<'a> {
    conflict: &'a Conflict,
    ours: Option<&'a OutputFile>,
    /// Where its scenario has gone.
    moved_to: Option<Utf8PathBuf>,
}

impl<'a> Question<'a> {
    fn new(conflict: &'a Conflict, plan: &Plan, built: &'a Built) -> Self {
        let gone = plan.moved.iter().filter(|_| conflict.ours.is_none());
        let mut places = gone.filter_map(|moved| {
            let inside = conflict.path.strip_prefix(&moved.from).ok()?;
            Some(Utf8Path::new(&moved.to).join(inside))
        });
        let moved_to = places.find(|path| built.get(path).is_some());
        Self { conflict, ours: built.get(moved_to.as_ref().unwrap_or(&conflict.path)), moved_to }
    }

    fn heading(&self) -> String {
        let Conflict { path, cause, .. } = self.conflict;
        match &self.moved_to {
            Some(place) => {
                format!(
                    "{path} was edited in the repository since it was published, and has moved to {place}"
                )
            }
            None => format!("{path} {}", cause_words(*cause)),
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
        Cause::Foreign => "is in the repository already, with other content",
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
