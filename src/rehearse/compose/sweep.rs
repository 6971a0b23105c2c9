//! What runs have left of which both processes were killed: their containers, then their folders.

use std::time::Duration;

use serde_json::Value;

use super::project::{Project, docker};
use crate::rehearse::janitor::{COMPOSE_FILE, dead_folders, remove_folder};
use crate::rehearse::process::run_cleanup;
use crate::rehearse::text::text_of;

/// How long docker may take to end a project.
pub(super) const DOWN: Duration = Duration::from_mins(2);

/// Ends the projects of dead runs and removes their folders. Those that docker does not end stay for
/// the next time.
pub fn sweep(program: &str) {
    for folder in dead_folders().into_iter().filter(|folder| folder.join(COMPOSE_FILE).is_file()) {
        let file = text_of(folder.join(COMPOSE_FILE)).unwrap_or_default();
        let name = serde_json::from_str(&file)
            .ok()
            .and_then(|file: Value| Some(file.get("name")?.as_str()?.to_owned()));
        // Without a name nothing was started yet.
        let ended = name.is_none_or(|name| end_project(&Project::new(program, &name, folder.clone()), true));
        if ended {
            remove_folder(&folder);
        }
    }
}

/// Ends a project, however far it came; says whether docker did.
pub(super) fn end_project(project: &Project, images: bool) -> bool {
    let run = |words: Vec<String>| run_cleanup(docker(&words[0]).args(&words[1..]), DOWN);
    // Fails where the app's container is not there, and then there is nothing to be opened either.
    let _ = run(project.open_up());
    run(project.down(images)).is_ok_and(|ran| ran.is_ok())
}
