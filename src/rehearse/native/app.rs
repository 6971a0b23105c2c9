//! The learner's app: its packages, its restarts after a change, its first answer.

use std::process::Command as Program;
use std::time::{Duration, Instant};

use super::driver::Native;
use super::ground::{APP_FOLDER, Inside};
use crate::rehearse::change::Change;
use crate::rehearse::fault::Fault;
use crate::rehearse::nodemon::{CRASHED, HANDOVER, NOTICE, STARTING};
use crate::rehearse::packages::LOCKFILE;
use crate::rehearse::plan::StagePlan;
use crate::rehearse::process::run_guarded;
use crate::rehearse::stack::{Kind, Service};
use crate::rehearse::text::last_lines;

const INSTALL_LIMIT: Duration = Duration::from_secs(600);
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// How long a crash at the start is looked for. An app that answers ends the wait; one that answers
/// only after the database is filled costs this long.
const CRASH_LIMIT: Duration = Duration::from_secs(5);

/// Asks the app for any answer at all.
const ASK: &str = "fetch(`http://localhost:${process.argv[1]}/metrics`, { signal: AbortSignal.timeout(2000) })\
                   .then(() => process.exit(0), () => process.exit(1))";

impl Native {
    /// Installs the packages of the lockfile, if that has changed since. Namespaces have no way out,
    /// so npm runs outside of them, with the settings that this machine has for it.
    pub(super) fn install(&mut self) -> Result<(), Fault> {
        let lock = self.read(LOCKFILE.into());
        if lock.is_empty() || self.installed.as_deref() == Some(&lock) {
            return Ok(());
        }
        let mut npm = Program::new(self.programs.path("npm"));
        npm.args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(self.folder.app());
        npm.env_remove("NODE_ENV").env("npm_config_update_notifier", "false");
        let ran = run_guarded(&mut npm, None, INSTALL_LIMIT, &mut self.janitor, &mut |_| {})?;
        if !ran.is_ok() {
            return Err(Fault::scenario("`npm ci` fails", last_lines(&ran.said(), 20)));
        }
        self.installed = Some(lock);
        Ok(())
    }

    /// How often each process of the app was started until now.
    pub(super) fn reloads(&self) -> Vec<(String, usize)> {
        let code = self.running.iter().filter(|running| running.service.kind == Kind::Code);
        code.map(|running| (running.service.name.clone(), running.log().matches(STARTING).count())).collect()
    }

    /// Waits until the processes of the app have noticed that their code has changed.
    pub(super) fn await_reload(
        &mut self,
        from: &StagePlan,
        to: &StagePlan,
        before: &[(String, usize)],
    ) -> Result<(), Fault> {
        if !Change::between(from, to).restarts_app() {
            return Ok(());
        }
        for (name, count) in before {
            // One that was made anew has read the new code; one without nodemon does not look.
            if *count == 0 || !self.log_of(name).contains(STARTING) {
                continue;
            }
            self.until_ready(name, NOTICE, |native| {
                Ok(native.log_of(name).matches(STARTING).count() > *count)
            })?;
        }
        std::thread::sleep(HANDOVER);
        Ok(())
    }

    /// Waits until every process of the app that has a port answers.
    pub(super) fn until_apps_answer(&mut self) -> Result<(), Fault> {
        for service in self.apps_with_port() {
            self.until_app_answers(&service)?;
        }
        Ok(())
    }

    /// Whether an app ends as soon as it is started. What fills the database may wait long for an app
    /// that will never come, so this is looked at before.
    pub(super) fn look_for_crashes(&mut self) -> Result<(), Fault> {
        let deadline = Instant::now() + CRASH_LIMIT;
        while Instant::now() < deadline {
            for running in self.running.iter_mut().filter(|running| running.service.kind == Kind::Code) {
                let log = running.log();
                if running.has_ended() || is_down(&log) {
                    return Err(has_crashed(&running.service.name, &log));
                }
            }
            if self.apps_answer()? {
                break;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    fn apps_answer(&mut self) -> Result<bool, Fault> {
        for service in self.apps_with_port() {
            if !self.answers(&service)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn apps_with_port(&self) -> Vec<Service> {
        let code = self.running.iter().map(|running| &running.service);
        code.filter(|service| service.kind == Kind::Code && service.environment.contains_key("PORT"))
            .cloned()
            .collect()
    }

    fn answers(&mut self, service: &Service) -> Result<bool, Fault> {
        let words = ["node", "-e", ASK, service.variable("PORT", "3000")].map(str::to_owned);
        let inside = Inside {
            service: &service.name,
            environment: &service.environment,
            folder: APP_FOLDER,
            words: &words,
            is_user: false,
        };
        Ok(self.inside(&inside, None, Duration::from_secs(10))?.is_ok())
    }

    fn until_app_answers(&mut self, service: &Service) -> Result<(), Fault> {
        let mut asked = 0;
        self.until_ready(&service.name, ANSWER_LIMIT, |native| {
            if native.answers(service)? {
                return Ok(true);
            }
            asked += 1;
            let log = native.log_of(&service.name);
            if asked > 2 && is_down(&log) {
                return Err(has_crashed(&service.name, &log));
            }
            Ok(false)
        })
    }
}

/// nodemon starts it again only when somebody changes a file.
fn is_down(log: &str) -> bool {
    log.rfind(CRASHED) > log.rfind(STARTING)
}

fn has_crashed(name: &str, log: &str) -> Fault {
    Fault::scenario(format!("the app does not start: `{name}` has crashed"), last_lines(log, 15))
}
