//! The rehearsal of one scenario, from its services to what is written down.

use camino::{Utf8Path, Utf8PathBuf};
use time::OffsetDateTime;

use super::choice::open_driver;
use super::watch::Watch;
use super::{Rehearse, ResultFormat};
use crate::build::{Loaded, Options, recording_path, refresh_recorded};
use crate::cli::disk::write_atomically;
use crate::cli::error::CliError;
use crate::cli::fix::write_repairs;
use crate::cli::terminal::Terminal;
use crate::model::{Course, Scenario};
use crate::rehearse::fault::Fault;
use crate::rehearse::gallery::{gallery, to_png};
use crate::rehearse::judge::judge;
use crate::rehearse::measured::Rehearsed;
use crate::rehearse::panel_checks::check_panels_at;
use crate::rehearse::plan::{Plan, vary_loadtests};
use crate::rehearse::record::record;
use crate::rehearse::report::table;
use crate::rehearse::session::{Effort, Session};
use crate::rehearse::verdict::{Judgement, Verdict};
use crate::source::{Span, read_dir};

/// What all rehearsals of a run share.
pub struct Rehearsal<'r> {
    pub options: &'r Rehearse,
    pub root: &'r Utf8Path,
    pub loaded: &'r Loaded,
    pub course: &'r Course,
    pub terminal: &'r Terminal,
}

/// How one rehearsal ended.
pub enum Seen {
    Judged {
        rehearsed: Rehearsed,
        judgement: Judgement,
    },
    /// It could not be carried out, because the scenario does not work: why.
    Fault(String),
}

impl Seen {
    /// A scenario that does not come up has failed.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Judged { judgement, .. } => judgement.verdict(),
            Self::Fault(_) => Verdict::Failed,
        }
    }
}

impl Rehearsal<'_> {
    /// Runs a scenario, judges it, prints what was seen, and writes what was asked for.
    pub fn run(&self, scenario: &Scenario, plan: &Plan) -> Result<Seen, CliError> {
        let rehearsed = self.measure(scenario, plan)?;
        let mut judgement = judge(plan, &rehearsed);
        judgement.checks.extend(check_panels_at(plan, &rehearsed, &|title| place_of_panel(plan, title)));
        if self.options.format == ResultFormat::Human {
            self.terminal.line(table(plan, &rehearsed, &judgement).trim_end());
        }
        if let Some(folder) = &self.options.gallery {
            self.draw(plan, &rehearsed, folder)?;
        }
        if self.options.record {
            self.record(scenario, plan, &rehearsed, &judgement)?;
        }
        Ok(Seen::Judged { rehearsed, judgement })
    }

    /// A scenario that does not come up: says why.
    pub fn report_fault(&self, plan: &Plan, fault: &Fault) -> Seen {
        let words = fault.to_string();
        self.terminal.complain(&format!("{} failed: {words}", plan.id));
        Seen::Fault(words)
    }

    fn measure(&self, scenario: &Scenario, plan: &Plan) -> Result<Rehearsed, CliError> {
        let effort = if self.options.quick { Effort::QUICK } else { Effort::FULL };
        let files = &self.loaded.files;
        let mut watch = Watch::new(self.terminal);
        let mut driver = open_driver(self.options.driver, plan)?;
        self.terminal.note(&format!("rehearsing {} {}", plan.id, driver.place()));
        let ran = Session::new(
            plan,
            driver.as_mut(),
            effort,
            &|stage, change| vary_loadtests(files, self.course, scenario, stage, change),
            &mut |progress, left| watch.show(progress, left),
        )
        .run();
        driver.stop();
        Ok(ran?)
    }

    fn draw(&self, plan: &Plan, rehearsed: &Rehearsed, folder: &Utf8Path) -> Result<(), CliError> {
        let mut count = 0;
        for picture in gallery(plan, rehearsed) {
            let path = folder.join(&picture.path);
            write_atomically(&path, picture.svg.as_bytes())?;
            let png = to_png(&picture.svg).map_err(CliError::Unusable)?;
            write_atomically(&path.with_extension("png"), &png)?;
            count += 1;
        }
        self.terminal.note(&format!("drew {count} pictures into {folder}"));
        Ok(())
    }

    fn record(
        &self,
        scenario: &Scenario,
        plan: &Plan,
        rehearsed: &Rehearsed,
        judgement: &Judgement,
    ) -> Result<(), CliError> {
        let previous = scenario.written.as_ref().and_then(|written| written.recorded.as_ref());
        let text = match record(plan, rehearsed, judgement, previous, &today()) {
            Ok(text) => text,
            Err(reason) => {
                self.terminal.complain(&format!("not recorded: {reason}"));
                return Ok(());
            }
        };
        // What somebody has changed meanwhile is read again.
        let (files, faults) = read_dir(self.root);
        let options = Options { drafts: true, no_previews: true };
        let refreshed = refresh_recorded(&files, &faults, options, &plan.id, &text);
        let path: Utf8PathBuf = recording_path(&plan.id);
        write_atomically(&self.root.join(&path), text.as_bytes())?;
        write_repairs(self.root, &refreshed.changes)?;
        self.terminal.note(&format!("recorded {path}"));
        for changed in refreshed.changes.keys() {
            self.terminal.note(&format!("brought {changed} up to date"));
        }
        Ok(())
    }
}

fn place_of_panel(plan: &Plan, title: &str) -> Span {
    let declared = plan.panels.iter().find(|(declared, _)| declared == title);
    declared.map_or_else(Span::nowhere, |(_, span)| *span)
}

/// The day in UTC: a recording does not say where it was made.
fn today() -> String {
    date_of(OffsetDateTime::now_utc())
}

/// `2026-11-20`
fn date_of(time: OffsetDateTime) -> String {
    format!("{:04}-{:02}-{:02}", time.year(), u8::from(time.month()), time.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        let dates = [(0, "1970-01-01"), (19_782, "2024-02-29"), (20_782, "2026-11-25"), (-1, "1969-12-31")];
        for (days, date) in dates {
            let time = OffsetDateTime::from_unix_timestamp(days * 86_400).expect("a time");
            assert_eq!(date_of(time), date, "{days}");
        }
    }
}
