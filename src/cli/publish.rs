//! `scenarist publish`: what was built, into a checkout of the repository that learners open.

mod open;
mod report;
mod taken;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::arguments::{Format, Global};
use super::error::CliError;
use super::fix::write_repairs;
use super::project::{compile_project, current_folder, find_root, folder_from_here, has_errors};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::{Compiled, Options};
use crate::diag::render::{Report, print_summary};
use crate::emit::site::Cards;
use crate::publish::{
    Built, Checkout, Claim, Plan, PublishError, Published, Recovered, Word, Words, plan_publish, publish,
    recover,
};
use report::Reporter;
use taken::Taken;

const LONG_ABOUT: &str = "\
Compiles the course and brings a checkout of the repository that learners open up to date with it. \
dist/ is neither needed nor written. What would change is printed first; nothing is committed.

The repository holds a record of what was published, .scenarist-published.json. Only files that it \
lists are changed or removed. If one of them was edited by hand since, or a file that somebody else \
made stands where one of ours has to go, nothing is published: the difference is shown, and you \
decide, file by file, with --keep, --overwrite or --take.

A scenario that has moved leaves a README in its old folder that leads to the new one. A run that \
was cut off is finished by the next one.";

const AFTER_HELP: &str = "\
Examples:
  scenarist publish --to ../learners              bring it up to date
  scenarist publish --to ../learners --dry-run    show what would be done, and any hand edits
  scenarist publish --to ../learners --check      in CI: fail if it is not up to date
  scenarist publish --to ../learners --keep README.md --overwrite scenario-01-a/README.md
                                                  decide about files that were edited by hand
  scenarist publish --to ../learners --take scenario-01-a/src/server.js
                                                  take an edit into the sources

Exit codes:
  0  up to date, or brought up to date
  1  errors in the course, files to decide about, uncommitted work; with --check: not up to date
  2  wrong usage
  3  the environment: no checkout, a file that cannot be written, git is missing";

/// Bring a checkout of the learners' repository up to date
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Publish {
    /// The top folder of the checkout
    #[arg(long, value_name = "DIR")]
    to: Utf8PathBuf,
    /// Publish drafts, too
    #[arg(long)]
    drafts: bool,
    /// Show what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Change nothing; exit with 1 if the checkout is not what would be published
    #[arg(long, conflicts_with_all = ["dry_run", "keep", "overwrite", "take", "dirty"])]
    check: bool,
    /// Publish although there are changes that are not committed
    #[arg(long)]
    dirty: bool,
    /// Leave these files as they are in the repository, now and later
    #[arg(long, value_name = "PATH", num_args = 1..)]
    keep: Vec<Utf8PathBuf>,
    /// Replace these files by what is built
    #[arg(long, value_name = "PATH", num_args = 1..)]
    overwrite: Vec<Utf8PathBuf>,
    /// Write the edits of these files into the sources that they are copies of
    #[arg(long, value_name = "PATH", num_args = 1..)]
    take: Vec<Utf8PathBuf>,
}

/// What is known before the plan is printed.
struct Ready {
    plan: Plan,
    /// Of the findings.
    summary: String,
    before: Option<Published>,
    /// Edits of the sources that the plan takes for granted.
    taken: Option<Taken>,
}

impl Publish {
    /// Compiles, plans, and carries the plan out unless something stands in its way.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let root = find_root(global)?;
        let checkout = Checkout::open(&self.to)?;
        if root.canonicalize_utf8().ok() == self.to.canonicalize_utf8().ok() {
            return Err(PublishError::CourseItself(self.to.clone()).into());
        }
        let reporter = Reporter::new(&self.to, terminal);
        let claim = match self.check || self.dry_run {
            true if checkout.is_unfinished()? => {
                reporter.unfinished();
                return Ok(Outcome::Findings);
            }
            true => None,
            false => {
                terminal.progress("waiting until nobody else publishes");
                Some(checkout.claim()?)
            }
        };
        let mut words = self.words(&checkout)?;
        if let Some(claim) = &claim {
            let recovered = recover(claim, &|_| Ok(()))?;
            reporter.recovered(&recovered);
            if let Recovered::Finished { settled, .. } = recovered {
                words.excuse(settled);
            }
        }
        let compiled = compile_project(&root, self.options(), &Cards::default(), terminal);
        let Some(built) = built(&compiled)? else {
            report_errors(&root, &compiled, terminal);
            return Ok(Outcome::Findings);
        };
        terminal.progress("comparing with the repository");
        let before = Published::load(&checkout)?;
        let plan = plan_publish(&checkout, &built, before.as_ref(), &words)?;
        let summary = print_summary(&compiled.findings);
        let ready = if words.with(Word::Take).next().is_none() {
            Ready { plan, summary, before, taken: None }
        } else {
            let taken = Taken::plan(&words, &plan, &built, &compiled.files)?;
            let Some(built) = taken.try_out(&root, self.options(), terminal)? else {
                return Ok(Outcome::Findings);
            };
            let plan = plan_publish(&checkout, &built, before.as_ref(), &words.without(Word::Take))?;
            taken.check(&plan)?;
            Ready { plan, summary, before, taken: Some(taken) }
        };
        reporter.plan(&ready.plan);
        if ready.plan.is_blocked() {
            reporter.open(&ready.plan, &built, &compiled.files);
            return Ok(Outcome::Findings);
        }
        self.finish(&root, &checkout, claim.as_ref(), &ready, &reporter)
    }

    fn options(&self) -> Options {
        Options { drafts: self.drafts, no_previews: true }
    }

    /// Everything is decided: does it, unless that was not asked for.
    fn finish(
        &self,
        root: &Utf8Path,
        checkout: &Checkout,
        claim: Option<&Claim<'_>>,
        ready: &Ready,
        reporter: &Reporter<'_>,
    ) -> Result<Outcome, CliError> {
        let Ready { plan, summary, before, taken } = ready;
        if plan.is_up_to_date() && taken.is_none() {
            reporter.up_to_date(plan, summary);
            return Ok(Outcome::Clean);
        }
        if self.check {
            reporter.out_of_date();
            return Ok(Outcome::Findings);
        }
        let dirt = checkout.dirt(before.as_ref())?;
        let is_in_the_way = !dirt.changed.is_empty() && !self.dirty;
        let Some(claim) = claim else {
            reporter.dry_run(is_in_the_way.then_some(&dirt), taken.as_ref());
            return Ok(Outcome::Clean);
        };
        if is_in_the_way {
            reporter.dirty(&dirt);
            return Ok(Outcome::Findings);
        }
        if let Some(taken) = taken {
            write_repairs(root, &taken.changes)?;
            reporter.taken(taken);
        }
        let left = publish(claim, plan, &|_| Ok(()))?;
        reporter.published(plan, summary, &left);
        reporter.next(&dirt.untracked);
        reporter.ignored(&checkout.ignored(&plan.create)?);
        Ok(Outcome::findings_if(!left.is_empty()))
    }

    fn words(&self, checkout: &Checkout) -> Result<Words, CliError> {
        let mut words = Words::default();
        let named = [(Word::Keep, &self.keep), (Word::Overwrite, &self.overwrite), (Word::Take, &self.take)];
        for (word, paths) in named {
            for path in paths {
                words.say(in_repository(path, checkout.root())?, word)?;
            }
        }
        Ok(words)
    }
}

/// What can be published of a compilation; `None` if an error stands.
fn built(compiled: &Compiled) -> Result<Option<Built>, PublishError> {
    let (Some(course), Some(tree)) = (&compiled.course, &compiled.tree) else { return Ok(None) };
    if has_errors(&compiled.findings) {
        return Ok(None);
    }
    Built::of_tree(course, tree).map(Some)
}

fn report_errors(root: &Utf8Path, compiled: &Compiled, terminal: &Terminal) {
    let folder = folder_from_here(root);
    let report = Report { folder: &folder, ..Report::new(&compiled.findings, &compiled.files) };
    terminal.findings(&report, Format::Human);
    terminal.status(&format!("{}; nothing was published", print_summary(&compiled.findings)));
}

/// A path as people type it: relative to the repository, as it is printed, or to the current folder, as a
/// shell completes it.
fn in_repository(path: &Utf8Path, checkout: &Utf8Path) -> Result<Utf8PathBuf, CliError> {
    let here = current_folder()?;
    let (path, top) = (Utf8PathBuf::from(path.as_str().replace('\\', "/")), straight(&here.join(checkout)));
    let from_here = straight(&here.join(&path));
    match from_here.strip_prefix(&top) {
        Ok(inside) if !inside.as_str().is_empty() => Ok(inside.to_owned()),
        _ => Ok(straight(&path)),
    }
}

/// Without `.` and, as far as that is possible, without `..`.
fn straight(path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for part in path.components() {
        match part.as_str() {
            "." => {}
            ".." if out.file_name().is_some_and(|name| name != "..") => drop(out.pop()),
            _ => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_understood_as_printed_and_as_completed() {
        let here = current_folder().expect("a folder");
        let read =
            |path: &str, to: &str| in_repository(path.into(), to.into()).expect("a folder").to_string();
        assert_eq!(read("a/README.md", "../learners"), "a/README.md");
        assert_eq!(read("./a/../b", "../learners"), "b");
        assert_eq!(read("../learners/a/README.md", "../learners/"), "a/README.md");
        assert_eq!(read(here.join("x/a").as_str(), "x"), "a");
        assert_eq!(read("a", "."), "a");
    }
}
