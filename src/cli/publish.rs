//! `scenarist publish`: what was built, into a checkout of the repository that learners open.

mod open;
mod paths;
mod report;
mod taken;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::arguments::{Format, Global};
use super::error::CliError;
use super::fix::write_repairs;
use super::project::{compile_project, find_root, folder_from_here, has_errors};
use super::rehearse::ResultFormat;
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::{Compiled, Options};
use crate::diag::render::{Report, print_summary};
use crate::emit::content::Keeper;
use crate::emit::site::Cards;
use crate::publish::{
    Built, Checkout, Claim, Ending, How, Left, Plan, PublishError, Published, Recovered, Word, Words,
    plan_publish, print_ending, publish, recover,
};
use paths::in_repository;
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
    /// How the result is printed: for people, or as JSON (`scenarist schema publish`)
    #[arg(long, value_enum, default_value_t = ResultFormat::Human)]
    format: ResultFormat,
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
    /// Brings the checkout up to date, and says how it went.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let is_json = self.format == ResultFormat::Json;
        let people = if is_json { terminal.aside() } else { terminal.clone() };
        let ending = self.bring_up_to_date(global, &people)?;
        if is_json {
            terminal.line_if_any(&print_ending(&self.to, &ending));
        }
        Ok(Outcome::findings_if(!ending.is_good()))
    }

    /// Compiles, plans, and carries the plan out unless something stands in its way.
    fn bring_up_to_date(&self, global: &Global, terminal: &Terminal) -> Result<Ending, CliError> {
        let root = find_root(global)?;
        let checkout = Checkout::open(&self.to)?;
        if root.canonicalize_utf8().ok() == self.to.canonicalize_utf8().ok() {
            return Err(PublishError::CourseItself(self.to.clone()).into());
        }
        let reporter = Reporter::new(&self.to, terminal);
        let mut words = self.words(&checkout)?;
        let only_looks = self.check || self.dry_run;
        if only_looks && checkout.is_unfinished()? {
            reporter.unfinished();
            return Ok(Ending::early(How::Unfinished));
        }
        terminal.progress("waiting until nobody else publishes");
        let claim = (!only_looks).then(|| checkout.claim()).transpose()?;
        if let Some(claim) = &claim {
            let recovered = recover(claim, &|_| Ok(()))?;
            reporter.recovered(&recovered);
            if let Recovered::Finished { settled, .. } = recovered {
                words.excuse(settled);
            }
        }
        let Some(ready) = self.prepare(&root, &checkout, words, &reporter)? else {
            return Ok(Ending::early(How::Errors));
        };
        let (how, left) = self.finish(&root, &checkout, claim.as_ref(), &ready, &reporter)?;
        Ok(Ending { how, plan: Some(ready.plan), left })
    }

    /// Compiles and plans; `None` if the course has errors. Says what is planned, and asks what is open.
    fn prepare(
        &self,
        root: &Utf8Path,
        checkout: &Checkout,
        words: Words,
        reporter: &Reporter<'_>,
    ) -> Result<Option<Ready>, CliError> {
        let compiled =
            compile_project(root, self.options(), &Cards::default(), Keeper::default(), reporter.terminal).0;
        let Some(built) = what_is_built(&compiled)? else {
            self.report_errors(root, &compiled, reporter.terminal);
            return Ok(None);
        };
        reporter.terminal.progress("comparing with the repository");
        let before = Published::load(checkout)?;
        let plan = plan_publish(checkout, &built, before.as_ref(), &words)?;
        let summary = print_summary(&compiled.findings);
        let mut ready = Ready { plan, summary, before, taken: None };
        if words.with(Word::Take).next().is_some() {
            let taken = Taken::plan(&words, &ready.plan, &built, &compiled.files)?;
            let compiled = taken.try_out(root, self.options(), reporter.terminal);
            let Some(built) = what_is_built(&compiled)? else {
                self.report_errors(root, &compiled, reporter.terminal);
                reporter.broken_by_edits();
                return Ok(None);
            };
            let words = words.without(Word::Take);
            ready.plan = plan_publish(checkout, &built, ready.before.as_ref(), &words)?;
            taken.check(&ready.plan)?;
            ready.taken = Some(taken);
        }
        reporter.plan(&ready.plan);
        if ready.plan.is_blocked() {
            reporter.open(&ready.plan, &built, &compiled.files);
        }
        Ok(Some(ready))
    }

    fn options(&self) -> Options {
        Options { drafts: self.drafts, no_previews: true }
    }

    /// Carries out what is planned, unless that was not asked for or something stands in the way.
    fn finish(
        &self,
        root: &Utf8Path,
        checkout: &Checkout,
        claim: Option<&Claim<'_>>,
        ready: &Ready,
        reporter: &Reporter<'_>,
    ) -> Result<(How, Left), CliError> {
        let Ready { plan, summary, before, taken } = ready;
        let early = |how| Ok((how, Left::new()));
        if plan.is_blocked() {
            return early(How::Undecided);
        }
        if plan.is_up_to_date() && taken.is_none() {
            reporter.up_to_date(plan, summary);
            return early(How::UpToDate);
        }
        if self.check {
            reporter.out_of_date();
            return early(How::OutOfDate);
        }
        let dirt = checkout.dirt(before.as_ref())?;
        let is_in_the_way = !dirt.changed.is_empty() && !self.dirty;
        let Some(claim) = claim else {
            reporter.dry_run(is_in_the_way.then_some(&dirt), taken.as_ref());
            return early(How::Planned);
        };
        if is_in_the_way {
            reporter.dirty(&dirt);
            return early(How::Uncommitted);
        }
        if let Some(taken) = taken {
            write_repairs(root, &taken.changes)?;
            reporter.taken(taken);
        }
        let done = publish(claim, plan, &|_| Ok(()));
        if done.is_err() && checkout.is_unfinished()? {
            reporter.stopped();
        }
        let left = done?;
        reporter.published(plan, summary, &left);
        reporter.next(&dirt.untracked);
        reporter.ignored(&checkout.ignored(&plan.create)?);
        Ok((How::Published, left))
    }

    fn report_errors(&self, root: &Utf8Path, compiled: &Compiled, terminal: &Terminal) {
        let summary = print_summary(&compiled.findings);
        if self.format == ResultFormat::Json {
            return terminal
                .status(&format!("{summary}, which `scenarist lint` shows; nothing was published"));
        }
        let folder = folder_from_here(root);
        let report = Report { folder: &folder, ..Report::new(&compiled.findings, &compiled.files) };
        terminal.findings(&report, Format::Human);
        terminal.status(&format!("{summary}; nothing was published"));
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
fn what_is_built(compiled: &Compiled) -> Result<Option<Built>, PublishError> {
    let (Some(course), Some(tree)) = (&compiled.course, &compiled.tree) else { return Ok(None) };
    if has_errors(&compiled.findings) {
        return Ok(None);
    }
    Built::of_tree(course, tree).map(Some)
}
