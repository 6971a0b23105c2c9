//! A rehearsal in this process, and what was found.

use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use camino::Utf8Path;
use scenarist::rehearse::driver::Driver;
use scenarist::rehearse::fault::Fault;
use scenarist::rehearse::judge::judge;
use scenarist::rehearse::measured::{Rehearsed, StageRun};
use scenarist::rehearse::native::{Native, Sandbox};
use scenarist::rehearse::panel_checks::check_panels;
use scenarist::rehearse::plan::vary_loadtests;
use scenarist::rehearse::session::{Effort, Session};
use scenarist::rehearse::verdict::{Check, Judgement, Verdict};

use crate::exercise::{Exercise, plan};

/// Long enough for a line to build up, three times over.
const EFFORT: Effort = Effort { rounds: 1, seconds: Some(3), warm_up: 0 };

static TURN: Mutex<()> = Mutex::new(());

/// The program, which is its own janitor.
pub fn program() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_BIN_EXE_scenarist"))
}

/// Waits until no other test measures; `None`, and says why, where nothing can be rehearsed.
pub fn turn() -> Option<MutexGuard<'static, ()>> {
    let guard = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    if !Sandbox::is_allowed() {
        eprintln!("SKIP rehearse_native: this machine does not let us open namespaces");
        return None;
    }
    let compiled = Exercise::sound().compile();
    match Native::new(&plan(&compiled).2, program()) {
        Ok(_) => Some(guard),
        Err(fault @ Fault::Missing { .. }) => {
            eprintln!("SKIP rehearse_native: {fault}");
            None
        }
        Err(fault) => panic!("{fault}"),
    }
}

/// What a rehearsal found.
pub struct Seen {
    pub rehearsed: Rehearsed,
    judgement: Judgement,
}

/// Rehearses in one round; `look` is asked before everything ends.
pub fn rehearse_and(exercise: &Exercise, look: impl FnOnce(&mut Native)) -> Result<Seen, Fault> {
    let compiled = exercise.compile();
    let (course, scenario, plan) = plan(&compiled);
    let mut native = Native::new(&plan, program())?;
    let ran = Session::new(
        &plan,
        &mut native,
        EFFORT,
        &|stage, change| vary_loadtests(&compiled.files, course, scenario, stage, change),
        &mut |_, _| {},
    )
    .run();
    look(&mut native);
    native.stop();
    let rehearsed = ran?;
    let mut judgement = judge(&plan, &rehearsed);
    judgement.checks.extend(check_panels(&plan, &rehearsed));
    Ok(Seen { rehearsed, judgement })
}

/// Rehearses in one round.
pub fn rehearse(exercise: &Exercise) -> Result<Seen, Fault> {
    rehearse_and(exercise, |_| {})
}

/// Rehearses what must be carried out to its end.
#[track_caller]
pub fn seen(exercise: &Exercise) -> Seen {
    rehearse(exercise).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Rehearses what must not even come up; what is said about it.
#[track_caller]
pub fn fault(exercise: &Exercise) -> Fault {
    match rehearse(exercise) {
        Err(fault) => fault,
        Ok(seen) => panic!("it came up:\n{}", seen.print()),
    }
}

impl Seen {
    #[track_caller]
    pub fn assert_passed(&self) {
        assert_eq!(self.judgement.verdict(), Verdict::Passed, "{}", self.print());
    }

    /// That it has not passed: for these checks, given by stage, name, and what is said when they
    /// fail, and for no others. What fails on a quiet machine is inconclusive on a busy one, and says
    /// so.
    #[track_caller]
    pub fn assert_only(&self, expected: &[(&str, &str, &str)]) {
        assert_ne!(self.judgement.verdict(), Verdict::Passed, "{}", self.print());
        for (stage, what, words) in expected {
            let found =
                self.judgement.checks.iter().find(|check| check.stage == *stage && check.what == *what);
            let Some(check) = found else { panic!("no check `{stage}: {what}`:\n{}", self.print()) };
            assert_ne!(check.verdict, Verdict::Passed, "{}: {}\n{}", check.what, check.detail, self.print());
            let is_explained = match check.verdict {
                Verdict::Failed => check.detail.contains(words),
                _ => check.detail.contains("repeat it on a quiet machine"),
            };
            assert!(is_explained, "{}: {}", check.what, check.detail);
        }
        let is_expected = |check: &&Check| {
            expected.iter().any(|(stage, what, _)| check.stage == *stage && check.what == *what)
        };
        let others: Vec<&Check> = self
            .judgement
            .checks
            .iter()
            .filter(|check| check.verdict == Verdict::Failed && !is_expected(check))
            .collect();
        assert!(others.is_empty(), "{others:#?}");
    }

    /// The last stage of the only round.
    pub fn last(&self) -> &StageRun {
        let round = self.rehearsed.rounds.first().expect("a round");
        round.stages.last().expect("a stage")
    }

    /// Everything that was found.
    pub fn print(&self) -> String {
        let mut text = String::new();
        for check in &self.judgement.checks {
            let _ = writeln!(text, "{:?} {}: {}: {}", check.verdict, check.stage, check.what, check.detail);
        }
        for stage in self.rehearsed.rounds.iter().flat_map(|round| &round.stages) {
            for test in &stage.tests {
                let _ = writeln!(
                    text,
                    "{}: {:?}\n  {:?}\n  cores {:?}, others {:.2}",
                    stage.stage, test.load.total, test.errors, test.cpu, test.foreign
                );
            }
        }
        text
    }
}
