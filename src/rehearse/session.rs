//! A rehearsal from its first stage to its last: which stage follows which, what is run at each, and
//! what is written down meanwhile.

mod loadtest;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use super::driver::{Command, Driver, PSQL, Ran};
use super::fault::Fault;
use super::interrupt;
use super::judge::judge;
use super::measured::{CommandRun, Load, Rehearsed, Round, StageRun};
use super::panel_checks::check_panels;
use super::plan::{Event, Place, Plan, StagePlan, TypedCommand};
use super::stack::terminal_of;
use super::verdict::Verdict;
use crate::manifest::measure::{LoadTest, Method};

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// How often all stages are gone through, at most.
    pub rounds: u32,
    /// How long each load test runs, in seconds; `None`: as long as learners measure.
    pub seconds: Option<u32>,
    /// How long each stage is warmed up before a load test, in seconds.
    pub warm_up: u32,
}

impl Effort {
    /// For releases: as learners measure, often enough to know the spread.
    pub const FULL: Self = Self { rounds: 3, seconds: None, warm_up: 3 };
    /// For editing.
    pub const QUICK: Self = Self { rounds: 2, seconds: Some(6), warm_up: 2 };
    /// For looking at many loads, each for a moment.
    pub const SWEEP: Self = Self { rounds: 1, seconds: Some(4), warm_up: 0 };

    /// Whether a round in which everything came true is the last. Short load tests say whether it
    /// holds; how far rounds differ is for those that measure as learners do. A second round could not
    /// make a bound that held in the first fail: the two would differ by more than their mean misses it.
    fn ends_when_passed(self) -> bool {
        self.seconds.is_some()
    }

    /// How many rounds there will be, as far as is known in one of them.
    fn rounds_at(self, round: u32) -> u32 {
        if self.ends_when_passed() { round } else { self.rounds }
    }
}

/// What is going on, for whoever watches.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// A stage begins; rounds count from 1.
    Stage { round: u32, rounds: u32, stage: String },
    /// A load test begins.
    Test { test: String, seconds: u32 },
    /// A load test goes on: answers with any status in the last second.
    Rate { test: String, answers: u64 },
    /// A load test has ended.
    Measured { test: String, load: Load },
    /// A command of the page runs.
    Command { id: String },
}

/// Makes the load test's script for another length, or another number of connections.
pub type Vary<'v> = dyn Fn(usize, &dyn Fn(&mut LoadTest)) -> Vec<(Utf8PathBuf, Vec<u8>)> + 'v;

const COMMAND_LIMIT: Duration = Duration::from_secs(120);

/// Shows what is going on, and how long it will go on.
pub type Show<'w> = dyn FnMut(&Progress, Duration) + 'w;

/// One rehearsal.
pub struct Session<'s> {
    plan: &'s Plan,
    driver: &'s mut dyn Driver,
    effort: Effort,
    vary: &'s Vary<'s>,
    show: &'s mut Show<'s>,
    begin: Instant,
    /// Seconds that everything should take, and that what is done should have taken.
    expected: f64,
    done: f64,
}

impl<'s> Session<'s> {
    /// A rehearsal of a plan by a driver, which stays its owner's to stop.
    pub fn new(
        plan: &'s Plan,
        driver: &'s mut dyn Driver,
        effort: Effort,
        vary: &'s Vary<'s>,
        show: &'s mut Show<'s>,
    ) -> Self {
        let expected = f64::from(effort.rounds_at(1)) * round_seconds(plan, effort);
        Self { plan, driver, effort, vary, show, begin: Instant::now(), expected, done: 0.0 }
    }

    /// Goes through all rounds, or through as many as it takes.
    ///
    /// # Errors
    /// [`Fault`]; what was started is ended by whoever owns the driver.
    pub fn run(&mut self) -> Result<Rehearsed, Fault> {
        let mut rehearsed = Rehearsed {
            scenario: self.plan.id.clone(),
            driver: self.driver.kind(),
            cores: self.driver.cores(),
            versions: BTreeMap::new(),
            rounds: Vec::new(),
        };
        for number in 1..=self.effort.rounds {
            if number > self.effort.rounds_at(1) {
                self.expected += round_seconds(self.plan, self.effort);
            }
            rehearsed.rounds.push(self.round(number)?);
            if rehearsed.versions.is_empty() {
                rehearsed.versions = self.driver.versions();
            }
            if self.effort.ends_when_passed() && has_passed(self.plan, &rehearsed) {
                break;
            }
        }
        Ok(rehearsed)
    }

    /// Goes through the stages once and measures each under several loads. Gives a rehearsal of one
    /// round for each number of connections.
    ///
    /// # Errors
    /// [`Fault`]; what was started is ended by whoever owns the driver.
    pub fn sweep(&mut self, connections: &[u32]) -> Result<Vec<Rehearsed>, Fault> {
        let plan = self.plan;
        #[expect(clippy::cast_precision_loss, reason = "a dozen loads")]
        let loads = connections.len() as f64;
        self.expected *= loads;
        let mut swept: Vec<Round> = vec![Round::default(); connections.len()];
        let mut at = None;
        for (index, stage) in plan.stages.iter().enumerate() {
            self.announce(1, &stage.id);
            self.go_to(index, &mut at)?;
            for (round, connections) in swept.iter_mut().zip(connections) {
                let mut run = StageRun {
                    stage: stage.id.clone(),
                    control: None,
                    tests: Vec::new(),
                    commands: Vec::new(),
                };
                for test in stage.tests() {
                    let mut test = test.clone();
                    super::plan::set_connections(&mut test, *connections);
                    run.tests.push(self.test(index, stage, &test)?);
                }
                round.stages.push(run);
            }
        }
        let rehearsed = |round| Rehearsed {
            scenario: plan.id.clone(),
            driver: self.driver.kind(),
            cores: self.driver.cores(),
            versions: BTreeMap::new(),
            rounds: vec![round],
        };
        Ok(swept.into_iter().map(rehearsed).collect())
    }

    fn tell(&mut self, progress: &Progress) {
        // What is still to be done takes as much longer than expected as what is done took.
        let elapsed = self.begin.elapsed().as_secs_f64();
        let slower = if self.done > 0.0 { (elapsed / self.done).clamp(0.5, 5.0) } else { 1.0 };
        let left = (self.expected - self.done).max(0.0) * slower;
        (self.show)(progress, Duration::from_secs_f64(left));
    }

    fn round(&mut self, number: u32) -> Result<Round, Fault> {
        let plan = self.plan;
        let mut round = Round::default();
        let mut at = None;
        for (index, stage) in plan.stages.iter().enumerate() {
            self.announce(number, &stage.id);
            self.go_to(index, &mut at)?;
            self.done += STAGE_SECONDS;
            if index == 0 {
                self.visit(stage)?;
            }
            round.stages.push(self.stage(index, stage, None)?);
            for (control, planned) in
                plan.controls.iter().enumerate().filter(|(_, planned)| planned.stage == index)
            {
                self.announce(number, &planned.title);
                self.driver.advance(stage, &planned.varied)?;
                round.stages.push(self.stage(index, &planned.varied, Some(control))?);
                self.driver.advance(
                    &planned.varied,
                    &StagePlan { sql: Vec::new(), commands: Vec::new(), ..stage.clone() },
                )?;
            }
        }
        Ok(round)
    }

    fn announce(&mut self, round: u32, stage: &str) {
        let rounds = self.effort.rounds_at(round);
        self.tell(&Progress::Stage { round, rounds, stage: stage.to_owned() });
    }

    /// Brings the services to a stage: on from the one that it starts from, or all over again.
    fn go_to(&mut self, index: usize, at: &mut Option<usize>) -> Result<(), Fault> {
        let stages = &self.plan.stages;
        let stage = &stages[index];
        let Some(base) = stage.base else {
            *at = Some(index);
            return self.driver.start(stage);
        };
        // After a fix that is dropped, the data are no longer those of the stage before it.
        if *at != Some(base) {
            *at = None;
            self.go_to(base, at)?;
        }
        self.driver.advance(&stages[base], stage)?;
        *at = Some(index);
        Ok(())
    }

    fn stage(&mut self, index: usize, stage: &StagePlan, control: Option<usize>) -> Result<StageRun, Fault> {
        let mut run = StageRun { stage: stage.id.clone(), control, tests: Vec::new(), commands: Vec::new() };
        for (at, event) in stage.events.iter().enumerate() {
            if interrupt::is_asked() {
                return Err(Fault::Interrupted);
            }
            // A crowd leaves connections behind, which are closed while a learner reads the figures.
            let is_after_test =
                at.checked_sub(1).is_some_and(|before| matches!(stage.events[before], Event::LoadTest(_)));
            if is_after_test && matches!(event, Event::Command(_)) {
                std::thread::sleep(READING);
            }
            match event {
                Event::LoadTest(id) => {
                    if let Some(test) = stage.loadtest(id) {
                        run.tests.push(self.test(index, stage, test)?);
                    }
                }
                Event::Command(command) => run.commands.extend(self.command(stage, command)?),
            }
        }
        Ok(run)
    }

    /// Scenarios break under load. One visitor must be served, or there is nothing to find out.
    fn visit(&mut self, stage: &StagePlan) -> Result<(), Fault> {
        let requests =
            stage.loadtests.iter().flat_map(|test| test.requests.iter().map(move |request| (test, request)));
        for (test, request) in requests.filter(|(_, request)| request.method == Method::Get) {
            let words = ["node", "-e", VISIT, &self.url_of(test), &request.path.value].map(str::to_owned);
            let ran = self.run_in_app(stage, words.to_vec(), None, COMMAND_LIMIT)?;
            if !ran.is_ok() {
                let what = format!("a single visitor is not served: `{}`", request.path.value);
                return Err(Fault::scenario(what, ran.said()));
            }
        }
        Ok(())
    }

    /// `None` for what is typed outside of the containers where there are none.
    fn command(&mut self, stage: &StagePlan, command: &TypedCommand) -> Result<Option<CommandRun>, Fault> {
        self.tell(&Progress::Command { id: command.id.clone() });
        let shell = |line: &str| vec!["sh".to_owned(), "-c".to_owned(), line.to_owned()];
        let ran = match command.place {
            Place::Host => match self.driver.run_on_host(&command.text, COMMAND_LIMIT)? {
                Some(ran) => ran,
                None => return Ok(None),
            },
            Place::App => self.run_in_app(stage, shell(&command.text), None, COMMAND_LIMIT)?,
            Place::Psql => self.run_in_app(stage, shell(PSQL), Some(&command.text), COMMAND_LIMIT)?,
        };
        let output = ran.stdout.trim_end().to_owned();
        let lacks = command.expect.as_ref().filter(|expected| !output.contains(expected.as_str()));
        let fault = match (lacks, ran.code) {
            (Some(expected), _) => {
                Some(format!("its output lacks `{expected}`; it printed: {}", ran.said().trim()))
            }
            (None, Some(0)) => None,
            (None, Some(code)) => Some(format!("it ended with {code}: {}", ran.said().trim())),
            (None, None) => Some(format!("it did not end within {} seconds", COMMAND_LIMIT.as_secs())),
        };
        Ok(Some(CommandRun { id: command.id.clone(), output, fault }))
    }

    fn run_in_app(
        &mut self,
        stage: &StagePlan,
        words: Vec<String>,
        input: Option<&str>,
        limit: Duration,
    ) -> Result<Ran, Fault> {
        let service = terminal_of(stage)?;
        self.driver.run(&Command { service: &service, words, input, limit })
    }

    /// Where a load test sends its requests, from the app's container.
    fn url_of(&self, test: &LoadTest) -> String {
        let port = self.plan.ports.get(&test.target.value).copied().unwrap_or(80);
        format!("http://{}:{port}", test.target.value)
    }
}

/// Whether everything that was declared has come true so far, and whatever holds for all scenarios.
fn has_passed(plan: &Plan, rehearsed: &Rehearsed) -> bool {
    let panels = check_panels(plan, rehearsed);
    judge(plan, rehearsed).verdict() == Verdict::Passed
        && panels.iter().all(|check| check.verdict == Verdict::Passed)
}

/// A learner reads what a load test has printed before the next command. Idle connections of `pg` are
/// closed after ten seconds.
const READING: Duration = Duration::from_secs(12);

/// Fetches one page and fails unless it is served.
const VISIT: &str = "fetch(new URL(process.argv[2], process.argv[1]), { signal: AbortSignal.timeout(15000) })\
    .then(async (answer) => { if (!answer.ok) { console.log(answer.status, (await answer.text()).slice(0, 300)); process.exit(1); } },\
    (error) => { console.log(error.cause?.message || error.message); process.exit(1); })";

/// What it takes to bring the services to a stage, in seconds: only for saying how long it will take.
const STAGE_SECONDS: f64 = 8.0;

fn round_seconds(plan: &Plan, effort: Effort) -> f64 {
    let stages = plan.stages.iter().chain(plan.controls.iter().map(|control| &control.varied));
    let seconds =
        stages.map(|stage| STAGE_SECONDS + stage.tests().map(|test| test_seconds(test, effort)).sum::<f64>());
    seconds.sum()
}

fn test_seconds(test: &LoadTest, effort: Effort) -> f64 {
    f64::from(effort.seconds.unwrap_or(test.seconds.value) + effort.warm_up) + 3.0
}
