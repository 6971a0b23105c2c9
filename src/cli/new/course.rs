//! `new course`.

use camino::Utf8Path;

use super::template::{fill, title_of, yaml_text};
use super::verb::Course;
use crate::cli::disk::{is_free, write_atomically};
use crate::cli::error::CliError;
use crate::cli::project::current_folder;
use crate::cli::schema::{SCHEMAS, print_schema};
use crate::cli::terminal::Terminal;

/// The scenario that a new course comes with; its app and its fix are those of any new scenario.
const SCENARIO: &str = "content/scenarios/everything-at-once";

/// Writes the course.
pub fn create(arguments: &Course, terminal: &Terminal) -> Result<(), CliError> {
    let dir = &arguments.dir;
    if !is_free(dir)? {
        let message = format!("`{dir}` is not empty\nhelp: name a folder that is empty or not there yet");
        return Err(CliError::Unusable(message));
    }
    let name = folder_name(dir)?;
    let title = arguments.title.clone().unwrap_or_else(|| title_of(&name));
    let repository =
        arguments.repository.clone().unwrap_or_else(|| format!("your-name/{}", repository_name(&name)));
    check_repository(&repository)?;
    let title_value = yaml_text(&title);
    let repository_value = yaml_text(&repository);
    let values = [("title", title_value.as_str()), ("title-text", &title), ("repository", &repository_value)];
    let mut count = 0;
    let mut put = |path: &Utf8Path, text: &str| {
        count += 1;
        write_atomically(&dir.join(path), text.as_bytes())
    };
    for (path, text) in fill("course", &values) {
        put(&path, &text)?;
    }
    for (path, text) in fill("app", &values) {
        put(&Utf8Path::new(SCENARIO).join(path), &text)?;
    }
    for schema in SCHEMAS {
        put(&Utf8Path::new("docs/schemas").join(format!("{}.json", schema.name)), &print_schema(schema))?;
    }
    terminal.status(&format!("made the course “{title}” in {dir}: {count} files"));
    terminal.status(&format!("next:\n  cd {dir}\n  scenarist serve"));
    Ok(())
}

/// The name of the folder, also when it was given as `.`.
fn folder_name(dir: &Utf8Path) -> Result<String, CliError> {
    let whole = current_folder()?.join(dir);
    let name = whole.components().rev().map(|part| part.as_str()).find(|part| *part != "." && *part != "..");
    Ok(name.unwrap_or("course").trim_start_matches('/').to_owned())
}

/// A name that GitHub accepts.
fn repository_name(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    if name.trim_matches(['-', '.']).is_empty() { "course".to_owned() } else { name }
}

fn check_repository(repository: &str) -> Result<(), CliError> {
    let good = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    match repository.split_once('/') {
        Some((owner, name)) if good(owner) && good(name) => Ok(()),
        _ => Err(CliError::Usage(format!("`{repository}` is not a repository\nhelp: write `owner/name`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_has_an_owner_and_a_name() {
        assert!(check_repository("octo-org/db.course").is_ok());
        for bad in ["octo", "octo/", "/x", "a/b/c", "a b/c", "https://github.com/a/b"] {
            assert!(check_repository(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn any_folder_gives_a_repository_name() {
        assert_eq!(repository_name("my-course"), "my-course");
        assert_eq!(repository_name("Mein Kurs"), "Mein-Kurs");
        assert_eq!(repository_name("…"), "course");
        assert!(check_repository(&format!("your-name/{}", repository_name("Größe"))).is_ok());
    }
}
