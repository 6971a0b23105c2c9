//! What a recorded run says of a scenario in one sentence: for learners who wonder whether it works,
//! and for people who review a change. It names no fix, for that would give the answer away.

use crate::directive::with_thousands;
use crate::manifest::run::{Driver, Figures, Run};
use crate::model::Written;

/// The recorded run of a scenario as its files are now.
#[derive(Clone, Copy, Debug)]
pub struct Rehearsed<'w> {
    run: &'w Run,
    before: Seen,
    after: Seen,
    fixes: usize,
}

/// The figures of one stage.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Percentage of the requests that were answered with success.
    pub success: f64,
    /// Such answers per second.
    pub rps: f64,
}

/// What the recorded run of a scenario showed before its fixes and after the last one that stays;
/// `None` without a run, or for a run of other files.
#[must_use]
pub fn rehearsed(written: &Written) -> Option<Rehearsed<'_>> {
    let run = written.rehearsed()?;
    let fixes = written.manifest.fixes.iter().filter(|fix| fix.kept).count();
    let last = written.stages.get(written.stage_before(written.manifest.fixes.len()))?;
    let before = seen(run, &written.stages.first()?.id)?;
    let after = seen(run, &last.id)?;
    (fixes > 0).then_some(Rehearsed { run, before, after, fixes })
}

/// The figures of a stage's first load test.
fn seen(run: &Run, stage: &str) -> Option<Seen> {
    let (_, figures): &(_, Figures) = run.stages.get(stage)?.loadtests.0.first()?;
    Some(Seen { success: figures.success?, rps: figures.rps? })
}

impl Rehearsed<'_> {
    /// The day, `2026-11-20`.
    #[must_use]
    pub fn on(&self) -> &str {
        &self.run.recorded.on.text
    }

    /// `native` or `compose`.
    #[must_use]
    pub fn driver(&self) -> &'static str {
        self.run.recorded.driver.word()
    }

    /// How many CPU cores the machine had.
    #[must_use]
    pub fn cores(&self) -> u32 {
        self.run.recorded.cores
    }

    /// Before the fixes, and after them.
    #[must_use]
    pub fn figures(&self) -> (Seen, Seen) {
        (self.before, self.after)
    }

    /// "On 2026-11-20, in containers on a machine with 2 cores, 1.2 % of the load test's requests
    /// succeeded before the fixes (10 per second) and 100 % after them (3,090 per second)."
    #[must_use]
    pub fn sentence(&self) -> String {
        let how = match self.run.recorded.driver {
            Driver::Native => "as processes of one machine",
            Driver::Compose => "in containers on a machine",
        };
        let cores = match self.cores() {
            1 => "1 core".to_owned(),
            cores => format!("{cores} cores"),
        };
        let (fix, after) = if self.fixes == 1 { ("fix", "it") } else { ("fixes", "them") };
        format!(
            "On {}, {how} with {cores}, {} % of the load test's requests succeeded before the {fix} \
             ({} per second) and {} % after {after} ({} per second).",
            self.on(),
            self.before.success,
            rate(self.before),
            self.after.success,
            rate(self.after),
        )
    }

    /// "1.2 % → 100 %, 10/s → 3,090/s (2026-11-20)": where there is room for a few words.
    #[must_use]
    pub fn summary(&self) -> String {
        let (before, after) = self.figures();
        let (slow, fast) = (rate(before), rate(after));
        format!("{} % → {} %, {slow}/s → {fast}/s ({})", before.success, after.success, self.on())
    }
}

fn rate(seen: Seen) -> String {
    let number = seen.rps.to_string();
    if seen.rps < 1000.0 { number } else { with_thousands(&number) }
}
