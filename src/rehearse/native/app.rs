//! The learner's app: its packages, its restarts after a change, its first answer.

use std::process::Command as Program;
use std::time::Duration;

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

    /// The version of an installed package.
    pub(super) fn package_version(&self, name: &str) -> Option<String> {
        let text = self.read(format!("node_modules/{name}/package.json").as_str().into());
        let json: serde_json::Value = serde_json::from_str(&text).ok()?;
        Some(json.get("version")?.as_str()?.to_owned())
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
        let code = self.running.iter().map(|running| &running.service);
        let with_port =
            code.filter(|service| service.kind == Kind::Code && service.environment.contains_key("PORT"));
        for service in with_port.cloned().collect::<Vec<_>>() {
            self.until_app_answers(&service)?;
        }
        Ok(())
    }

    fn until_app_answers(&mut self, service: &Service) -> Result<(), Fault> {
        let mut asked = 0;
        let words = ["node", "-e", ASK, service.variable("PORT", "3000")].map(str::to_owned);
        self.until_ready(&service.name, ANSWER_LIMIT, |native| {
            let inside = Inside {
                service: &service.name,
                environment: &service.environment,
                folder: APP_FOLDER,
                words: &words,
                is_user: false,
            };
            if native.inside(&inside, None, Duration::from_secs(10))?.is_ok() {
                return Ok(true);
            }
            asked += 1;
            let log = native.log_of(&service.name);
            // nodemon starts it again only when somebody changes a file.
            let is_down = log.rfind(CRASHED) > log.rfind(STARTING);
            if is_down && asked > 2 {
                let what = format!("the app does not start: `{}` has crashed", service.name);
                return Err(Fault::scenario(what, last_lines(&log, 15)));
            }
            Ok(false)
        })
    }
}
