//! A fix that stays trades nothing: errors for waiting, or the work that gets done for anything.

use super::gain::{Gain, better_ratios, gain, gain_by, known};
use super::{bounds_at, check};
use crate::manifest::expectation::Measure;
use crate::rehearse::figure::{Spread, milliseconds, percent, rate, ratio};
use crate::rehearse::judge::declared::{in_test, unsure_words};
use crate::rehearse::judge::seen::busy;
use crate::rehearse::measured::TestRun;
use crate::rehearse::plan::{Plan, StagePlan};
use crate::rehearse::verdict::{Check, Verdict};

/// Points by which success rises when errors are said to have gone.
const ERRORS_GONE: f64 = 10.0;
/// The factor by which goodput rises along with it, and by which answers come noticeably later.
const MORE_WORK: f64 = 1.2;

/// A fix, and the stage that it starts from, in one load test.
pub struct Pair<'p, 'r> {
    pub plan: &'p Plan,
    pub base: &'p StagePlan,
    pub stage: &'p StagePlan,
    pub test: &'p str,
    pub before: &'r [&'r TestRun],
    pub after: &'r [&'r TestRun],
}

impl Pair<'_, '_> {
    /// Errors that vanish because requests wait instead: as many are served as before, later. In a
    /// closed loop an app that serves more gets more done; one that queues does not.
    pub fn judge_waiting(&self) -> Option<Check> {
        let success =
            (self.median(self.before, Measure::Success)?, self.median(self.after, Measure::Success)?);
        if success.1 - success.0 < ERRORS_GONE {
            return None;
        }
        let goodput = better_ratios(self.after, self.before, Measure::Rps, None)?;
        let gained = gain_by(&goodput, MORE_WORK);
        // Errors that cost nothing, and whose absence makes nobody wait, were no trade. To say that it
        // makes people wait takes more than what rounds differ by.
        let waits = better_ratios(self.before, self.after, Measure::SuccessP50, None)
            .is_some_and(|ratios| gain_by(&ratios, MORE_WORK) == Gain::Clear);
        let busy = busy(self.before.iter().chain(self.after).copied());
        let seen = format!(
            "success {} → {}, goodput {}, times {}",
            percent(success.0),
            percent(success.1),
            self.change(Measure::Rps, rate)?,
            Spread::of(&goodput)?.words(ratio)
        );
        let (verdict, detail) = match gained {
            _ if gained == Gain::Clear || !waits => (Verdict::Passed, seen),
            Gain::None if busy.is_none() => (Verdict::Failed, format!("{seen}{}", self.waiting_words()?)),
            _ => (Verdict::Inconclusive, format!("{seen}{}", unsure_words(busy))),
        };
        let what = format!("no errors traded for waiting{}", in_test(self.plan, self.test));
        Some(check(&self.stage.id, what, verdict, detail))
    }

    fn waiting_words(&self) -> Option<String> {
        Some(format!(
            ", successful answers take {}: the fix trades errors for waiting, no more people are served \
             than before; remove the bottleneck, or keep the fix as one that is tried (`kept: false`)",
            self.change(Measure::SuccessP50, milliseconds)?
        ))
    }

    /// Goodput does not fall, unless the author says by how much it may.
    pub fn judge_goodput(&self) -> Option<Check> {
        if bounds_at(self.plan, self.stage, self.test)
            .any(|bound| bound.measure == Measure::Rps && bound.request.is_none())
        {
            return None;
        }
        let goodput = better_ratios(self.after, self.before, Measure::Rps, None)?;
        let loss = better_ratios(self.before, self.after, Measure::Rps, None)?;
        let busy = busy(self.before.iter().chain(self.after).copied());
        let fell = gain(&loss) == Gain::Clear;
        let verdict = match (fell, busy) {
            (false, _) => Verdict::Passed,
            (true, None) => Verdict::Failed,
            (true, Some(_)) => Verdict::Inconclusive,
        };
        let mut detail = format!(
            "goodput {}, times {}",
            self.change(Measure::Rps, rate)?,
            Spread::of(&goodput)?.words(ratio)
        );
        match verdict {
            Verdict::Passed => {}
            Verdict::Inconclusive => detail.push_str(&unsure_words(busy)),
            Verdict::Failed => detail.push_str(&format!(
                "; the fix costs work that got done before: correct it, or declare what it may cost, \
                 such as `rps: \">= 0.7 of {}\"`",
                self.base.id
            )),
        }
        let what = format!("goodput not below {}'s{}", self.base.id, in_test(self.plan, self.test));
        Some(check(&self.stage.id, what, verdict, detail))
    }

    fn median(&self, runs: &[&TestRun], measure: Measure) -> Option<f64> {
        Some(Spread::of(&known(runs, measure, None)?)?.median)
    }

    /// `10/s → 185/s`.
    fn change(&self, measure: Measure, word: fn(f64) -> String) -> Option<String> {
        let (before, after) = (self.median(self.before, measure)?, self.median(self.after, measure)?);
        Some(format!("{} → {}", word(before), word(after)))
    }
}
