//! `scenarist rehearse --calibrate`: a table of loads and cores, and what to write into scenario.yml.

use super::choice::open_driver;
use super::one::Rehearsal;
use super::watch::Watch;
use crate::cli::error::CliError;
use crate::manifest::run::Driver;
use crate::model::Scenario;
use crate::rehearse::calibrate::{Point, Sweep};
use crate::rehearse::figure::percent;
use crate::rehearse::machine::{cores, use_cores};
use crate::rehearse::plan::{Plan, vary_loadtests};

impl Rehearsal<'_> {
    /// Sweeps the load of a scenario and prints what it shows.
    pub fn calibrate(&self, scenario: &Scenario, plan: &Plan) -> Result<(), CliError> {
        let available = cores();
        let mut sweep = Sweep::default();
        for wanted in [1, 2] {
            if wanted > available {
                self.terminal.note(&format!("this machine has one core, so {wanted} are not tried"));
                continue;
            }
            if !use_cores(wanted) {
                self.terminal.note(&format!("this machine does not let us choose {wanted} of its cores"));
                continue;
            }
            let mut watch = Watch::new(self.terminal);
            let mut driver = open_driver(self.options.driver, plan)?;
            self.terminal.note(&format!(
                "{}: sweeping the load on {} of {available} cores",
                plan.id,
                driver.cores()
            ));
            let vary = |stage: usize, change: &dyn Fn(&mut _)| {
                vary_loadtests(&self.loaded.files, self.course, scenario, stage, change)
            };
            let swept =
                sweep.add(plan, driver.as_mut(), &vary, &mut |progress, left| watch.show(progress, left));
            driver.stop();
            swept?;
            // Containers are started by Docker and have all cores, whatever this program may use.
            if driver.kind() == Driver::Compose {
                break;
            }
        }
        let _ = use_cores(available);
        self.terminal.line(&print_sweep(plan, &sweep));
        Ok(())
    }
}

/// A row for each load: the success of every stage, and what does not hold.
fn print_sweep(plan: &Plan, sweep: &Sweep) -> String {
    let stages: Vec<&str> = plan.stages.iter().map(|stage| stage.id.as_str()).collect();
    let width = stages.iter().map(|stage| stage.len()).max().unwrap_or(0).max(8) + 2;
    let mut lines = vec![format!("success of {} by connections and cores", plan.id)];
    for cores in sweep.cores() {
        let head: String = stages.iter().map(|stage| format!("{stage:>width$}")).collect();
        lines.push(format!("\n  {cores} core{}\n  connections{head}", if cores == 1 { "" } else { "s" }));
        for point in sweep.points.iter().filter(|point| point.cores == cores) {
            let cells: String =
                stages.iter().map(|stage| format!("{:>width$}", success_of(point, stage))).collect();
            let verdict = if point.faults.is_empty() {
                "  holds".to_owned()
            } else {
                format!("  {}", point.faults.join("; "))
            };
            lines.push(format!("  {:>11}{cells}{verdict}", point.connections));
        }
    }
    lines.push(String::new());
    lines.push(match sweep.proposal() {
        Some(connections) => format!(
            "write `connections: {connections}`: everything holds there, at 30 % less and at 30 % more, with {} cores",
            sweep.cores().iter().map(u32::to_string).collect::<Vec<_>>().join(" and ")
        ),
        None => "there is no number of connections at which everything holds with margin: \
                 change what the app can bear, or what is expected of it"
            .to_owned(),
    });
    lines.join("\n")
}

fn success_of(point: &Point, stage: &str) -> String {
    let runs = point.rehearsed.rounds.iter().flat_map(|round| &round.stages).filter(|run| run.stage == stage);
    let test = runs.flat_map(|run| &run.tests).next();
    test.map_or_else(String::new, |test| percent(test.load.total.success))
}
