//! Which number of connections proves a scenario for sure: the load is swept, on one core and on
//! two, and the number that is proposed holds at 30 % less and at 30 % more.

use std::collections::BTreeSet;

use super::driver::Driver;
use super::fault::Fault;
use super::judge::judge;
use super::measured::Rehearsed;
use super::plan::{Event, Plan};
use super::session::{Effort, Session, Show, Vary};
use super::verdict::Verdict;

/// Each number of connections is this much larger than the one before: a proposal has a neighbour at
/// 30 % less and one at 30 % more.
const FACTOR: f64 = 1.3;

/// How far around the declared number is looked: this many steps down, and up.
const STEPS: (i32, i32) = (6, 4);

/// What the sweep showed at one number of connections on one number of cores.
#[derive(Clone, Debug)]
pub struct Point {
    pub cores: u32,
    pub connections: u32,
    pub rehearsed: Rehearsed,
    /// What of the author's expectations does not hold, in words; empty where all do.
    pub faults: Vec<String>,
}

/// All points of a sweep.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    pub points: Vec<Point>,
}

impl Sweep {
    /// Sweeps the load on the cores that a driver has.
    ///
    /// # Errors
    /// [`Fault`]
    pub fn add(
        &mut self,
        plan: &Plan,
        driver: &mut dyn Driver,
        vary: &Vary<'_>,
        show: &mut Show<'_>,
    ) -> Result<(), Fault> {
        let cores = driver.cores();
        let numbers = numbers_of(plan);
        let plan = &loads_alone(plan);
        let swept = Session::new(plan, driver, Effort::SWEEP, vary, show).sweep(&numbers)?;
        for (connections, rehearsed) in numbers.into_iter().zip(swept) {
            let checks = judge(plan, &rehearsed).checks.into_iter();
            let faults = checks.filter(|check| check.verdict == Verdict::Failed);
            let faults = faults.map(|check| format!("{}: {}", check.stage, check.what)).collect();
            self.points.push(Point { cores, connections, rehearsed, faults });
        }
        Ok(())
    }

    /// The numbers of cores that were tried.
    #[must_use]
    pub fn cores(&self) -> BTreeSet<u32> {
        self.points.iter().map(|point| point.cores).collect()
    }

    /// The numbers of connections that were tried, in order.
    #[must_use]
    pub fn connections(&self) -> BTreeSet<u32> {
        self.points.iter().map(|point| point.connections).collect()
    }

    /// Whether everything holds with so many connections, on every number of cores.
    #[must_use]
    pub fn holds(&self, connections: u32) -> bool {
        let mut at = self.points.iter().filter(|point| point.connections == connections).peekable();
        at.peek().is_some() && at.all(|point| point.faults.is_empty())
    }

    /// The number of connections in the middle of the longest range in which everything holds, if
    /// that has a neighbour on either side: so it holds at 30 % less and 30 % more, too.
    #[must_use]
    pub fn proposal(&self) -> Option<u32> {
        let numbers: Vec<u32> = self.connections().into_iter().collect();
        let mut best: &[u32] = &[];
        for run in numbers.split(|number| !self.holds(*number)) {
            if run.len() > best.len() {
                best = run;
            }
        }
        (best.len() >= 3).then(|| best[best.len() / 2])
    }
}

/// A plan without the commands of the page and without controls: only loads are swept.
fn loads_alone(plan: &Plan) -> Plan {
    let mut alone = plan.clone();
    for stage in &mut alone.stages {
        stage.events.retain(|event| matches!(event, Event::LoadTest(_)));
    }
    alone.controls.clear();
    alone.expectations.retain(|entry| entry.control.is_none());
    alone
}

/// What the load tests have now, and more and fewer: in steps of 30 %.
fn numbers_of(plan: &Plan) -> Vec<u32> {
    let tests = plan.stages.iter().flat_map(|stage| &stage.loadtests);
    let declared = f64::from(tests.map(|test| test.connections.value).max().unwrap_or(50));
    let number = |step: i32| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand at most")]
        let rounded = (declared * FACTOR.powi(step)).round().clamp(1.0, 100_000.0) as u32;
        rounded
    };
    let all: BTreeSet<u32> = (-STEPS.0..=STEPS.1).map(number).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::run::Driver;

    fn sweep(points: &[(u32, u32, bool)]) -> Sweep {
        let point = |(cores, connections, holds): &(u32, u32, bool)| Point {
            cores: *cores,
            connections: *connections,
            rehearsed: Rehearsed {
                scenario: "a".to_owned(),
                driver: Driver::Native,
                cores: *cores,
                versions: Default::default(),
                rounds: Vec::new(),
            },
            faults: if *holds { Vec::new() } else { vec!["broken: success <= 50 %".to_owned()] },
        };
        Sweep { points: points.iter().map(point).collect() }
    }

    #[test]
    fn the_middle_of_what_holds_on_every_number_of_cores_is_proposed() {
        let both = |connections, one, two| [(1, connections, one), (2, connections, two)];
        let points = [
            both(59, false, false),
            both(77, true, false),
            both(100, true, true),
            both(130, true, true),
            both(169, true, true),
            both(220, true, false),
        ];
        assert_eq!(sweep(&points.concat()).proposal(), Some(130));
        // Without a neighbour on one side nothing is sure.
        assert_eq!(sweep(&points[..4].concat()).proposal(), None);
        assert_eq!(sweep(&[]).proposal(), None);
    }

    #[test]
    fn the_load_is_swept_around_what_is_declared() {
        let numbers = numbers_of(&crate::rehearse::fixture::plan(&["broken"], &["main"]));
        assert!(
            numbers.contains(&50) && numbers.first() == Some(&10) && numbers.last() == Some(&143),
            "{numbers:?}"
        );
    }
}
