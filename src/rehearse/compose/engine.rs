//! The docker CLI and the engine behind it: whether they are there, and what they are.

use std::time::Duration;

use super::project::docker;
use crate::rehearse::driver::Ran;
use crate::rehearse::fault::Fault;
use crate::rehearse::process::run_limited;
use crate::rehearse::text::{last_lines, text_of};

/// How long a question may take.
const QUESTION: Duration = Duration::from_secs(30);

/// What the machine lacks, by words in what docker says, and what to do.
const TROUBLES: [(&str, &str); 6] = [
    ("permission denied", "`sudo usermod -aG docker \"$USER\"`, then log in again"),
    (
        "Cannot connect to the Docker daemon",
        "`sudo systemctl start docker` starts it; on a Mac, Docker Desktop does",
    ),
    ("no space left on device", "`docker system prune` frees room"),
    ("toomanyrequests", "`docker login` raises the limit of downloads from Docker Hub"),
    ("dial tcp", "images come from the network: `docker pull hello-world` shows whether it is reached"),
    (
        "TLS handshake timeout",
        "images come from the network: `docker pull hello-world` shows whether it is reached",
    ),
];

/// An engine that answers.
#[derive(Clone, Debug)]
pub(super) struct Engine {
    /// Of the engine.
    pub version: String,
    /// Of the plugin `docker compose`.
    pub compose: String,
    /// Cores that containers share.
    pub cores: u32,
    /// Whether containers run on the kernel of this machine, not in a virtual one or elsewhere.
    pub is_here: bool,
}

/// Asks docker what it is.
pub(super) fn find_engine(program: &str) -> Result<Engine, Fault> {
    let compose = run_limited(docker(program).args(["compose", "version", "--short"]), None, QUESTION);
    let compose = match compose {
        Err(Fault::Machine { .. }) => {
            return Err(missing("docker", "curl -fsSL https://get.docker.com | sudo sh"));
        }
        other => other?,
    };
    if !compose.is_ok() {
        return Err(missing("docker compose", "sudo apt-get install docker-compose-plugin"));
    }
    let format = "{{.NCPU}}\t{{.KernelVersion}}\t{{.ServerVersion}}";
    let info = run_limited(docker(program).args(["info", "--format", format]), None, QUESTION)?;
    let words: Vec<&str> = info.stdout.trim().split('\t').collect();
    match words[..] {
        [cores, kernel, version] if info.is_ok() => Ok(Engine {
            version: version.to_owned(),
            compose: compose.stdout.trim().trim_start_matches('v').to_owned(),
            cores: cores.parse().unwrap_or(1),
            is_here: text_of("/proc/sys/kernel/osrelease").is_some_and(|own| own.trim() == kernel),
        }),
        _ => Err(trouble_in(&info).unwrap_or_else(|| {
            let what = format!("the docker engine does not answer: {}", last_lines(&info.said(), 1));
            Fault::machine(what, "`docker info` shows why; `--driver native` needs no containers")
        })),
    }
}

/// The fault of the machine that docker speaks of, if it does.
pub(super) fn trouble_in(ran: &Ran) -> Option<Fault> {
    let (words, help) = TROUBLES.into_iter().find(|(words, _)| ran.stderr.contains(words))?;
    let line = ran.stderr.lines().find(|line| line.contains(words))?;
    Some(Fault::machine(format!("docker says: {}", line.trim()), help))
}

fn missing(program: &str, install: &str) -> Fault {
    Fault::Missing { programs: vec![program.to_owned()], install: install.to_owned() }
}
