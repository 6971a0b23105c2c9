//! One project of Compose: its name, its folders, and the commands about it.

use std::env;
use std::process::Command;

use camino::Utf8PathBuf;

use super::file::Adapted;
use crate::rehearse::fault::Fault;
use crate::rehearse::folder::{LEARNERS, overwrite, refused};
use crate::rehearse::janitor::COMPOSE_FILE;

/// The service in which learners work.
pub(super) const APP: &str = "app";

/// A project.
#[derive(Clone, Debug)]
pub(super) struct Project {
    docker: String,
    name: String,
    folder: Utf8PathBuf,
}

impl Project {
    pub(super) fn new(docker: &str, name: &str, folder: Utf8PathBuf) -> Self {
        Self { docker: docker.to_owned(), name: name.to_owned(), folder }
    }

    /// What Compose reads, beside the scenario's folder so that learners' commands do not see it.
    pub(super) fn file(&self) -> Utf8PathBuf {
        self.folder.join(COMPOSE_FILE)
    }

    /// The learner's folder, which containers mount.
    pub(super) fn scenario(&self) -> Utf8PathBuf {
        self.folder.join(LEARNERS)
    }

    pub(super) fn write_compose(&self, adapted: &Adapted) -> Result<(), Fault> {
        let (file, text) = (self.file(), format!("{:#}\n", adapted.json));
        overwrite(&file, text.as_bytes(), None).map_err(|error| refused("write", &file, &error))
    }

    /// A command of Compose with everything that says which project it is about.
    pub(super) fn words<'w>(&self, rest: impl IntoIterator<Item = &'w str>) -> Vec<String> {
        let (scenario, file) = (self.scenario(), self.file());
        let about = [
            &self.docker,
            "compose",
            "-p",
            &self.name,
            "--project-directory",
            scenario.as_str(),
            "-f",
            file.as_str(),
        ];
        about.map(str::to_owned).into_iter().chain(rest.into_iter().map(str::to_owned)).collect()
    }

    pub(super) fn command<'w>(&self, rest: impl IntoIterator<Item = &'w str>) -> Command {
        let mut command = docker(&self.docker);
        command.args(&self.words(rest)[1..]);
        command
    }

    /// A command inside a service, without a terminal.
    pub(super) fn exec<'w>(&self, service: &'w str, words: impl IntoIterator<Item = &'w str>) -> Command {
        self.command(["exec", "-T", service].into_iter().chain(words))
    }

    /// What a service has printed, both streams as they came. Apart they could not be told which came
    /// first, and a log that grows in two places cannot be continued.
    pub(super) fn log(&self, service: &str) -> Command {
        let mut command = Command::new("sh");
        let words = self.words(["logs", "--no-color", "--no-log-prefix", service]);
        command.args(["-c", "exec \"$@\" 2>&1", "sh"]).args(words);
        clean(&mut command);
        command
    }

    /// A command as typed on the machine itself, where `docker compose` means this project. Scripts
    /// that it starts know the project by its name alone: they can look at its containers.
    pub(super) fn host(&self, text: &str) -> Command {
        let quoted: Vec<String> =
            self.words([]).iter().map(|word| format!("'{}'", word.replace('\'', "'\\''"))).collect();
        let (own, compose) = (&quoted[0], quoted.join(" "));
        let function = format!(
            "docker() {{ if [ \"$1\" = compose ]; then shift; command {compose} \"$@\"; else command {own} \"$@\"; fi; }}"
        );
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{function}\n{text}")]).current_dir(self.scenario());
        clean(&mut command);
        command.env("COMPOSE_PROJECT_NAME", &self.name);
        command
    }

    /// Lets us remove what the containers have written into the scenario's folder: on Linux it
    /// belongs to root, who they run as. Nobody else gets in, since the folder around it is ours.
    pub(super) fn open_up(&self) -> Vec<String> {
        self.words(["exec", "-T", APP, "chmod", "-R", "a+rwX", "."])
    }

    /// Ends everything and removes containers, networks and volumes, at the end also the images that
    /// were built. Those that were pulled stay, as after any other use of them.
    pub(super) fn down(&self, images: bool) -> Vec<String> {
        let rest = ["down", "-v", "--remove-orphans", "--timeout", "5"];
        self.words(rest.into_iter().chain(if images { &["--rmi", "local"][..] } else { &[] }.iter().copied()))
    }
}

/// The docker CLI without variables that would make a command mean something else.
pub(super) fn docker(program: &str) -> Command {
    let mut command = Command::new(program);
    clean(&mut command);
    command
}

fn clean(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("COMPOSE_") || text == "SCENARIO_DIR" {
            command.env_remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_host_docker_compose_means_the_project() {
        // `printf` stands for docker: it prints its arguments.
        let folder = Utf8PathBuf::from_path_buf(env::temp_dir()).expect("UTF-8").join("it's here");
        let project = Project::new("echo", "name", folder.clone());
        let mut command = project.host("docker compose ps -a; docker version; printenv COMPOSE_PROJECT_NAME");
        let ran = command.current_dir(env::temp_dir()).output().expect("sh");
        let expected = format!(
            "compose -p name --project-directory {folder}/app -f {folder}/compose.json ps -a\nversion\nname\n"
        );
        assert_eq!(String::from_utf8_lossy(&ran.stdout), expected);
    }
}
