//! Commands that do what belongs to the learner, told by their words.

use std::ops::Range;

use super::facts::{is_solution_path, is_source_path};
use crate::syntax::shell::{Command, Word};

pub fn is_database(command: &Command) -> bool {
    ["psql", "pgcli", "mysql", "sqlite3", "usql"].contains(&command.name())
}

pub fn is_speaker(command: &Command) -> bool {
    ["echo", "printf"].contains(&command.name()) && command.redirects.iter().all(|redirect| !redirect.writes)
}

/// `git apply`, `patch`, or taking files from another commit. Taking one's own last commit back is a
/// way to start over.
pub fn patches(command: &Command) -> Option<Range<usize>> {
    let whole = command.span.clone();
    if command.name() == "patch" {
        return Some(whole);
    }
    if command.name() != "git" {
        return None;
    }
    let mut words = command.arguments().iter().filter(|word| word.text != "-C");
    let verb = words.find(|word| !word.text.starts_with('-') && !word.text.contains('/'))?;
    let next = command.arguments().iter().skip_while(|word| word.span != verb.span).nth(1);
    let from = next
        .filter(|word| !word.text.starts_with('-') && !["HEAD", ".", "src"].contains(&word.text.as_str()));
    let takes = match verb.text.as_str() {
        "apply" | "am" | "cherry-pick" | "merge" => true,
        "checkout" => from.is_some() && command.has_argument("--"),
        "restore" => {
            command.arguments().iter().any(|word| word.text.starts_with("--source") || word.text == "-s")
        }
        "stash" => next.is_some_and(|word| ["apply", "pop"].contains(&word.text.as_str())),
        _ => false,
    };
    takes.then_some(whole)
}

/// A word that leads into `solution/`, unless the command leaves that out on purpose.
pub fn reads_solution(command: &Command) -> Option<Range<usize>> {
    if ["rm", "rmdir", "mkdir"].contains(&command.name()) {
        return None;
    }
    let left_out = |text: &str| ["ignore", "exclude", "skip"].iter().any(|word| text.contains(word));
    let reads = command.redirects.iter().map(|redirect| &redirect.target);
    let mut before = "";
    for word in command.words.iter().chain(&command.assignments).chain(reads) {
        let value = word.text.rsplit('=').next().unwrap_or("");
        if is_solution_path(value) && !left_out(&word.text) && !(before.starts_with('-') && left_out(before))
        {
            return Some(word.span.clone());
        }
        before = &word.text;
    }
    None
}

/// Copying onto, editing in place, or printing into a file of `src/`.
pub fn rewrites_source(command: &Command) -> Option<Range<usize>> {
    let printed = command.redirects.iter().find(|it| it.writes && is_source_path(&it.target.text));
    if let Some(redirect) = printed {
        return Some(redirect.target.span.clone());
    }
    let is_source = |word: &&Word| is_source_path(&word.text);
    let in_place = || {
        command.arguments().iter().any(|word| {
            word.text == "--in-place"
                || word.text.starts_with('-') && !word.text.starts_with("--") && word.text.contains('i')
        })
    };
    match command.name() {
        "cp" | "mv" | "install" | "rsync" | "ln" => {
            command.words.last().filter(|word| is_source(word) && command.words.len() > 2)
        }
        "sed" | "perl" | "awk" | "gawk" if in_place() => command.arguments().iter().find(is_source),
        "tee" | "ed" | "ex" | "truncate" => command.arguments().iter().find(is_source),
        _ => None,
    }
    .map(|word| word.span.clone())
}

pub enum Inner {
    Shell,
    Script,
}

/// The text behind `sh -c` or `node -e`.
pub fn inner_script(command: &Command) -> Option<(&Word, Inner)> {
    let kind = match command.name() {
        "sh" | "bash" | "dash" | "ash" => Inner::Shell,
        "node" => Inner::Script,
        _ => return None,
    };
    let flags: &[&str] =
        if matches!(kind, Inner::Shell) { &["-c", "-lc", "-ec"] } else { &["-e", "--eval", "-p"] };
    let at = command.words.iter().position(|word| flags.contains(&word.text.as_str()))?;
    Some((command.words.get(at + 1)?, kind))
}
