//! Scaffold files: finding them in the binary and filling in names.

use camino::Utf8PathBuf;
use include_dir::Dir;

use crate::source::builtin_template;

/// What stands in for a value in a scaffold file: `@@title@@`. The second element of each pair is
/// the value.
pub type Values<'a> = [(&'static str, &'a str)];

/// The files of a scaffold folder: paths below it, and contents with the values filled in.
///
/// # Panics
/// When the folder is not in the binary: a bug of ours.
pub fn fill(folder: &str, values: &Values<'_>) -> Vec<(Utf8PathBuf, String)> {
    let dir = builtin_template().get_dir(folder).expect("the scaffolds are embedded");
    let mut files = Vec::new();
    collect(dir, folder, values, &mut files);
    files.sort();
    files
}

fn collect(dir: &Dir<'_>, top: &str, values: &Values<'_>, files: &mut Vec<(Utf8PathBuf, String)>) {
    for file in dir.files() {
        let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) else { continue };
        let path = path.strip_prefix(top).unwrap_or(path).trim_start_matches('/');
        files.push((real_name(path).into(), replace(text, values)));
    }
    for child in dir.dirs() {
        collect(child, top, values, files);
    }
}

/// A file called `.gitignore` would be obeyed in our own repository, so it has another name there.
fn real_name(path: &str) -> String {
    if path == "gitignore" { ".gitignore".to_owned() } else { path.to_owned() }
}

fn replace(text: &str, values: &Values<'_>) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("@@{name}@@"), value))
}

/// `slow-search` → "Slow search".
pub fn title_of(id: &str) -> String {
    let words = id.replace(['-', '_', '.'], " ");
    let words = words.trim();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text as a YAML value on one line: as it is if that is safe, else in double quotes.
pub fn yaml_text(text: &str) -> String {
    let safe_start = text.starts_with(|c: char| c.is_alphabetic());
    let safe_rest =
        text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')'));
    let word =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if safe_start && safe_rest && !word && !text.ends_with(' ') {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scaffold_file_is_left_with_an_unknown_name() {
        let values = [("title", "T"), ("id", "i"), ("repository", "o/r"), ("title-text", "T"), ("name", "n")];
        for folder in ["course", "scenario", "app"] {
            let files = fill(folder, &values);
            assert!(!files.is_empty(), "{folder}");
            for (path, text) in files {
                assert!(!text.contains("@@"), "{folder}/{path}");
            }
        }
    }

    #[test]
    fn titles_are_made_from_ids() {
        assert_eq!(title_of("slow-search"), "Slow search");
        assert_eq!(title_of("élan-vital"), "Élan vital");
        assert_eq!(title_of(""), "");
    }

    #[test]
    fn texts_that_yaml_would_misread_are_quoted() {
        assert_eq!(yaml_text("Slow search"), "Slow search");
        assert_eq!(yaml_text("Caches: when?"), "\"Caches: when?\"");
        assert_eq!(yaml_text("No"), "\"No\"");
        assert_eq!(yaml_text("say \"hi\""), "\"say \\\"hi\\\"\"");
        assert_eq!(yaml_text("2 queues"), "\"2 queues\"");
        assert_eq!(yaml_text(""), "\"\"");
    }
}
