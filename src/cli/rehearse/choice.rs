//! Which scenarios are rehearsed, and by which driver.

use camino::{Utf8Path, Utf8PathBuf};

use super::DriverChoice;
use crate::cli::error::CliError;
use crate::cli::project::known;
use crate::manifest::scenario::Status;
use crate::model::{Course, Scenario};
use crate::rehearse::compose::Compose;
use crate::rehearse::driver::Driver;
use crate::rehearse::fault::Fault;
use crate::rehearse::native::Native;
use crate::rehearse::plan::Plan;

/// The docker CLI.
const DOCKER: &str = "docker";

/// The scenarios that were named, in that order; or all that are ready.
pub fn chosen<'c>(course: &'c Course, ids: &[String], all: bool) -> Result<Vec<&'c Scenario>, CliError> {
    if all {
        return Ok(course.scenarios.iter().filter(|scenario| scenario.status == Status::Ready).collect());
    }
    for id in ids {
        known("scenario", id, course.scenarios.iter().map(|scenario| scenario.id.as_str()))?;
    }
    let named = |id: &String| course.scenarios.iter().find(|scenario| scenario.id == *id);
    Ok(ids.iter().filter_map(named).collect())
}

/// The driver that was asked for.
pub fn open_driver(choice: DriverChoice, plan: &Plan) -> Result<Box<dyn Driver>, Fault> {
    let program = own_program()?;
    let containers = || Compose::new(&plan.id, &program, DOCKER);
    match choice {
        DriverChoice::Native => Ok(Box::new(Native::new(plan, &program)?)),
        DriverChoice::Compose => Ok(Box::new(containers()?)),
        // Containers are what learners have.
        DriverChoice::Auto => match containers() {
            Ok(compose) => Ok(Box::new(compose)),
            Err(Fault::Interrupted) => Err(Fault::Interrupted),
            Err(_) => Ok(Box::new(Native::new(plan, &program)?)),
        },
    }
}

/// Our own executable, which the janitor is, too.
fn own_program() -> Result<Utf8PathBuf, Fault> {
    let fault = || Fault::machine("the path of this program is not known", "start it by its full path");
    let path = std::env::current_exe().map_err(|_| fault())?;
    Utf8Path::from_path(&path).map(Utf8Path::to_owned).ok_or_else(fault)
}
