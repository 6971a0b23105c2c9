//! `source/unused-file`: a picture that nothing shows.

use crate::adopt::Repository;
use crate::diag::catalog::tree::UNUSED_FILE;
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// Files that may show one.
const NAMING: [&str; 6] = ["md", "html", "js", "mjs", "css", "json"];

/// Looks for the name of each picture of a scenario in every text of the repository.
pub fn check(repository: &Repository, sink: &Sink) {
    let files = &repository.files;
    let texts: Vec<&str> = files
        .iter()
        .filter(|(_, entry)| entry.path.extension().is_some_and(|ending| NAMING.contains(&ending)))
        .filter_map(|(file, _)| files.text(file).ok())
        .collect();
    for folder in &repository.folders {
        for (file, path) in files.below(&folder.path) {
            let is_picture = path.extension().is_some_and(|ending| PICTURES.contains(&ending));
            let Some(name) = path.file_name().filter(|_| is_picture) else { continue };
            if texts.iter().any(|text| text.contains(name)) {
                continue;
            }
            let message = format!("nothing shows the picture `{name}`");
            let line = files.text(file).map_or(0, |text| text.find('\n').unwrap_or(text.len()));
            let finding = Diagnostic::new(&UNUSED_FILE, Span::new(file, 0, line), message);
            sink.push(finding.help("show it on a page, or remove it"));
        }
    }
}
