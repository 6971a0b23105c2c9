//! Which container listens on which port: what `localhost` means depends on where one is.

use crate::check::{Exercise, compose_files};

/// From where `localhost` is seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// The learner's terminal, in the app's container.
    Terminal,
    /// A script: in the app's container or in that of another process of its code.
    Code,
}

/// The containers of an exercise over all its stages.
pub struct Containers {
    all: Vec<Container>,
}

struct Container {
    name: String,
    ports: Vec<u32>,
    runs_code: bool,
}

impl Containers {
    /// Those of an exercise.
    pub fn of(exercise: &Exercise<'_>) -> Self {
        let mut all: Vec<Container> = Vec::new();
        for compose in compose_files(exercise) {
            for service in compose.services() {
                // A container that shares another's network answers on that one's `localhost`.
                if service.node.get("network_mode").is_some() {
                    continue;
                }
                let mut ports = service.listens_on();
                let known = exercise.written.services.iter().find(|info| info.id == service.name());
                ports.extend(known.and_then(|info| info.port));
                let name = service.name().to_owned();
                all.push(Container { name, ports, runs_code: service.runs_code() });
            }
        }
        Self { all }
    }

    /// The other container that listens on a port, if nobody here does.
    pub fn other(&self, port: u32, here: Here) -> Option<&str> {
        let is_here = |container: &Container| match here {
            Here::Terminal => container.name == "app",
            Here::Code => container.runs_code,
        };
        let listens = |container: &&Container| container.ports.contains(&port);
        if self.all.iter().filter(listens).any(is_here) {
            return None;
        }
        self.all.iter().find(|it| listens(it) && !is_here(it)).map(|it| it.name.as_str())
    }
}
