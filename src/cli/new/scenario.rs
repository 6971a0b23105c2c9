//! `new scenario`.

use camino::{Utf8Path, Utf8PathBuf};

use super::template::{fill, title_of, yaml_text};
use super::track::{Place, insert};
use super::verb::Scenario;
use crate::cli::arguments::Global;
use crate::cli::disk::{is_free, read_text, write_atomically};
use crate::cli::error::CliError;
use crate::cli::project::find_root;
use crate::cli::terminal::Terminal;
use crate::syntax::yaml::{closest, is_valid_id};

/// Writes the scenario's folder and its place in the track.
pub fn create(arguments: &Scenario, global: &Global, terminal: &Terminal) -> Result<(), CliError> {
    let root = find_root(global)?;
    let Scenario { id, track, group, title } = arguments;
    if !is_valid_id(id) {
        let help = "ids are lower-case letters, digits and single hyphens, as in `slow-search`";
        return Err(CliError::Usage(format!("`{id}` is not a valid id\nhelp: {help}")));
    }
    let folder = Utf8PathBuf::from(format!("content/scenarios/{id}"));
    if !is_free(&root.join(&folder))? {
        return Err(CliError::Unusable(format!("the scenario `{id}` exists: `{folder}` is not empty")));
    }
    let track_path = Utf8PathBuf::from(format!("content/tracks/{track}.yml"));
    let Some(old) = read_text(&root.join(&track_path))? else { return Err(unknown_track(&root, track)) };
    let place = insert(&old, group, id)
        .map_err(|problem| CliError::Unusable(format!("`{track_path}`: {problem}")))?;
    let planned = match &place {
        Place::Listed { title } => title.clone(),
        Place::Added(_) => None,
    };
    let title = title.clone().or(planned).unwrap_or_else(|| title_of(id));
    let count = write_files(&root.join(&folder), id, &title)?;
    terminal.status(&format!("made the scenario “{title}” in {folder}: {count} files"));
    match place {
        Place::Added(text) => {
            write_atomically(&root.join(&track_path), text.as_bytes())?;
            terminal.status(&format!("added it to the group `{group}` in {track_path}"));
        }
        Place::Listed { title: None } => {}
        Place::Listed { .. } => terminal.status(&format!(
            "it was planned in {track_path}: move what is said there into {folder}/scenario.yml, \
             and leave `id` and `why`"
        )),
    }
    terminal.status(
        "next: fill the places marked `(to write: …)`; `scenarist serve` shows the page while you do",
    );
    Ok(())
}

fn write_files(folder: &Utf8Path, id: &str, title: &str) -> Result<usize, CliError> {
    let title_value = yaml_text(title);
    let values = [("title", title_value.as_str()), ("title-text", title), ("id", id)];
    let files: Vec<_> = fill("app", &values).into_iter().chain(fill("scenario", &values)).collect();
    for (path, text) in &files {
        write_atomically(&folder.join(path), text.as_bytes())?;
    }
    Ok(files.len())
}

fn unknown_track(root: &Utf8Path, track: &str) -> CliError {
    let (files, _) = crate::source::read_dir(root);
    let known: Vec<String> = files
        .below(Utf8Path::new("content/tracks"))
        .filter_map(|(_, path)| path.file_name()?.strip_suffix(".yml").map(str::to_owned))
        .collect();
    let help = match closest(track, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the tracks are: {}", known.join(", ")),
    };
    CliError::Usage(format!("there is no track `{track}`\nhelp: {help}"))
}
