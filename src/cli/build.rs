//! `scenarist build`: everything that has to exist, from what was written.

use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::arguments::{Findings, Format, Global};
use super::error::CliError;
use super::project::{compile_project, current_folder, find_root, folder_from_here, has_errors};
use super::run::Outcome;
use super::terminal::Terminal;
use crate::build::{Compiled, Options, review};
use crate::diag::Diagnostic;
use crate::diag::render::{Report, print_summary};
use crate::emit::content::Keeper;
use crate::emit::review::REVIEW_FOLDER;
use crate::emit::tree::OutputTree;
use crate::source::Seen;
use crate::write::{
    Manifest, Plan, Staging, Stamp, Written, apply_plan, load_cards, plan_write, store_cards,
};

/// How many files a list names before it is cut short.
const SHOWN: usize = 10;

const LONG_ABOUT: &str = "\
Compiles content/, devcontainers/ and themes/ into dist/: the learner monorepo (dist/monorepo), the \
course site (dist/site) and course.json.

All findings are printed in one run. If one of them is an error, nothing is written and dist/ stays \
as it was. Otherwise only files that differ are written, and only files that an earlier build made \
are removed.

With --review it writes something else: dist/review, the course site for the people who review the \
course. All findings stand beside the paragraphs that they are about, also those that somebody \
accepted; answers and hints are open; a front page shows what the questions cover, how long \
scenarios take and how hard they read. The other outputs stay as they are. It is written in spite of \
errors, except those of the group `source`, with which there is no site; the exit code is that of \
any build. Nothing of it may be published.";

const AFTER_HELP: &str = "\
Examples:
  scenarist build                  make dist/
  scenarist build --drafts         put drafts into the monorepo, too
  scenarist build --check          in CI: fail if dist/ is not up to date
  scenarist build --deny warning   fail on warnings, too
  scenarist build --no-cards       without preview pictures
  scenarist build --review         make dist/review/ for reviewers, and nothing else";

/// Compile the course into dist/
#[derive(Args, Debug)]
#[command(long_about = LONG_ABOUT, after_help = AFTER_HELP)]
pub struct Build {
    /// Put drafts into the monorepo, too
    #[arg(long)]
    drafts: bool,
    /// Write the review build to dist/review/, and nothing else: findings at their paragraphs,
    /// answers open, coverage and measures; not to be published
    #[arg(long, conflicts_with = "drafts")]
    review: bool,
    /// Leave preview pictures out: drawing them takes longer than everything else
    #[arg(long)]
    no_cards: bool,
    /// Write nothing; exit with 1 if dist/ is not what a build would make
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    findings: Findings,
}

impl Build {
    /// Compiles, prints the findings, and writes unless an error forbids it.
    pub fn run(&self, global: &Global, terminal: &Terminal) -> Result<Outcome, CliError> {
        let started = Instant::now();
        let root = find_root(global)?;
        let format = self.findings.format;
        // What a build says in other formats is more than that there was nothing to do.
        let made_by = self.made_by().filter(|_| !self.review && format == Format::Human);
        if let Some(made_by) = &made_by
            && let Some(stamp) = Stamp::if_current(&root, made_by)
        {
            self.report_unchanged(&root, &stamp, started, terminal);
            return Ok(Outcome::findings_if(false));
        }
        // Reviewers see the findings of drafts, too, as with `lint`.
        let cards = load_cards(&root)?;
        let options =
            Options { drafts: self.drafts || self.review, no_previews: self.review || self.no_cards };
        // A review build makes other files than those that are compiled.
        let staging = if self.check { Staging::only_comparing(&root) } else { Staging::new(&root) };
        let keeper = if self.review { Keeper::default() } else { staging.keeper() };
        let (mut compiled, sources) = compile_project(&root, options, &cards, keeper, terminal);
        staging.check()?;
        let tree = if self.review {
            terminal.progress("writing notes");
            make_review(&mut compiled)
        } else {
            compiled.tree.take().filter(|_| !has_errors(&compiled.findings))
        };
        let denies = |finding: &Diagnostic| self.findings.denies(finding);
        let folder = folder_from_here(&root);
        let report = Report {
            suppressed: &compiled.suppressed,
            folder: &folder,
            site: compiled.course.as_ref().and_then(|course| course.site.as_deref()),
            fails: &denies,
            ..Report::new(&compiled.findings, &compiled.files)
        };
        terminal.findings(&report, format);
        let summary = print_summary(&compiled.findings);
        let denied = compiled.findings.iter().any(denies);
        let Some(tree) = tree else {
            terminal.report(&format!("{summary}; nothing was written"), format);
            return Ok(Outcome::Findings);
        };
        let manifest = Manifest::load(&root)?.part(|path| path.starts_with(REVIEW_FOLDER) == self.review);
        terminal.progress("comparing with dist/");
        let mut plan = plan_write(&root, &tree, &manifest)?;
        if self.check {
            return Ok(report_check(&plan, &summary, denied, format, terminal));
        }
        terminal.progress("writing");
        if !self.review {
            Stamp::remove(&root)?;
        }
        let edited = std::mem::take(&mut plan.edited);
        let written = apply_plan(&root, &tree, plan, &manifest, &staging)?;
        // A build without them has used none, and the next one wants them.
        if !options.no_previews {
            store_cards(&root, &cards)?;
        }
        if let Some(made_by) = made_by.filter(|_| compiled.findings.is_empty())
            && let Some(stamp) = Stamp::of_build(&root, &made_by, sources, &tree)
        {
            stamp.save(&root)?;
        }
        report_edited(&edited, terminal);
        report_written(&written, &summary, started, format, terminal);
        report_places(&root, &tree.iter().map(|(path, _)| path).collect::<Vec<_>>(), format, terminal);
        let outcome = Outcome::findings_if(denied);
        // The program ends here, and the system takes all memory back at once: faster than piece by piece.
        std::mem::forget((compiled, tree));
        Ok(outcome)
    }

    /// What a stamp has to say of who made it: this very program, with these options. `None` where a
    /// program cannot look at itself.
    fn made_by(&self) -> Option<String> {
        let program = std::env::current_exe().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok())?;
        let Seen { size, changed, .. } = Seen::now(Utf8Path::new(""), &program)?;
        let (version, Self { drafts, no_cards, .. }) = (env!("CARGO_PKG_VERSION"), self);
        Some(format!("{version} {size} {changed} drafts={drafts} no_cards={no_cards}"))
    }

    /// What a build says that had nothing to do.
    fn report_unchanged(&self, root: &Utf8Path, stamp: &Stamp, started: Instant, terminal: &Terminal) {
        let summary = print_summary(&[]);
        if self.check {
            return terminal.report(&up_to_date(&summary), Format::Human);
        }
        let outputs: Vec<&Utf8Path> = stamp.outputs().collect();
        let written = Written { unchanged: outputs.len(), ..Written::default() };
        report_written(&written, &summary, started, Format::Human, terminal);
        report_places(root, &outputs, Format::Human, terminal);
    }
}

/// The review build, unless a blocking finding stands or the theme cannot show it.
fn make_review(compiled: &mut Compiled) -> Option<OutputTree> {
    let (tree, faults) = review(compiled)?;
    let is_whole = faults.is_empty();
    compiled.findings.extend(faults);
    is_whole.then_some(tree)
}

/// "built 412 files (2 new, 1 changed, 409 unchanged, 0 removed), no findings, 0.4 s".
fn report_written(written: &Written, summary: &str, started: Instant, format: Format, terminal: &Terminal) {
    let Written { created, updated, unchanged, deleted, .. } = written;
    let all = created + updated + unchanged;
    let files = if all == 1 { "file" } else { "files" };
    let seconds = started.elapsed().as_secs_f64();
    terminal.report(
        &format!(
            "built {all} {files} ({created} new, {updated} changed, {unchanged} unchanged, {deleted} removed), \
             {summary}, {seconds:.1} s"
        ),
        format,
    );
}

fn up_to_date(summary: &str) -> String {
    format!("dist/ is up to date, {summary}")
}

/// Names what came out, one line for each of the outputs.
fn report_places(root: &Utf8Path, outputs: &[&Utf8Path], format: Format, terminal: &Terminal) {
    const PLACES: [(&str, &str); 4] = [
        ("dist/monorepo", "the learner monorepo"),
        ("dist/site", "the course site"),
        ("dist/course.json", "the course as data"),
        (REVIEW_FOLDER, "the review build, not to be published"),
    ];
    let mut counts = [0_usize; PLACES.len()];
    for path in outputs {
        let is_there = |rest: &str| rest.is_empty() || rest.starts_with('/');
        let is_in = |(place, _): &(&str, &str)| path.as_str().strip_prefix(place).is_some_and(is_there);
        if let Some(at) = PLACES.iter().position(is_in) {
            counts[at] += 1;
        }
    }
    for ((place, what), files) in PLACES.into_iter().zip(counts) {
        if files > 0 {
            let shown = from_here(&root.join(place));
            terminal.report(
                &format!("  {shown}: {what}, {files} file{}", if files == 1 { "" } else { "s" }),
                format,
            );
        }
    }
}

/// A path as somebody in the current folder would type it.
fn from_here(path: &Utf8Path) -> Utf8PathBuf {
    let here = current_folder().unwrap_or_default();
    path.strip_prefix(&here).or_else(|_| path.strip_prefix(".")).unwrap_or(path).to_owned()
}

/// An output that somebody edited was made again: better said than found out later.
fn report_edited(edited: &[Utf8PathBuf], terminal: &Terminal) {
    for path in edited.iter().take(SHOWN) {
        terminal.note(&format!(
            "note: `{path}` had been changed by hand; edit its source instead, outputs are made again"
        ));
    }
}

fn report_check(plan: &Plan, summary: &str, denied: bool, format: Format, terminal: &Terminal) -> Outcome {
    if plan.is_empty() {
        terminal.report(&up_to_date(summary), format);
        return Outcome::findings_if(denied);
    }
    let changes = listed("missing", &plan.create)
        .chain(listed("differs", &plan.update))
        .chain(listed("no longer made", &plan.delete))
        .chain(listed("left by a run that was cut off", &plan.leftover))
        .chain(listed("a link where a folder belongs", &plan.links));
    let lines: Vec<String> = changes.collect();
    for line in lines.iter().take(SHOWN) {
        terminal.report(line, format);
    }
    if lines.len() > SHOWN {
        terminal.report(&format!("  … and {} more", lines.len() - SHOWN), format);
    }
    terminal.report(&format!("dist/ is not up to date, {summary}; nothing was written"), format);
    Outcome::Findings
}

fn listed<'a>(what: &'a str, paths: &'a [Utf8PathBuf]) -> impl Iterator<Item = String> + 'a {
    paths.iter().map(move |path| format!("  {what}: {path}"))
}
