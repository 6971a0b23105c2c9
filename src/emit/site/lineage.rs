//! Which themes a theme is made of: itself, what it extends, and at the bottom the default one. What
//! one lacks comes from the next, file by file.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::catalog::manifest::BAD_VALUE;
use crate::diag::catalog::reference::UNRESOLVED_REFERENCE;
use crate::diag::catalog::tree::UNUSED_FILE;
use crate::diag::{Diagnostic, Sink};
use crate::manifest::theme::Theme;
use crate::source::{Files, Span, Spanned};
use crate::syntax::yaml::{Decode, closest, parse_yaml};

/// The theme that travels in the binary.
pub(super) const DEFAULT: &str = "default";

/// What a theme's folder is made of.
const PARTS: [&str; 5] = ["theme.yml", "templates", "words", "static", "fonts"];

/// The themes from the default one to the wanted one. Faults are reported.
pub(super) fn lineage(files: &Files, wanted: &str, place: Span, sink: &Sink) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = Some(Spanned::new(wanted.to_owned(), place));
    while let Some(name) = next.take().filter(|name| name.value != DEFAULT) {
        if names.contains(&name.value) {
            names.push(name.value.clone());
            let circle = names.join("` → `");
            let finding =
                Diagnostic::new(&BAD_VALUE, name.span, format!("a theme extends itself: `{circle}`"));
            sink.push(finding.help("remove one of the `extends`"));
            names.pop();
            break;
        }
        if !is_there(files, &name.value) {
            report_unknown(files, &name, sink);
            break;
        }
        report_strays(files, &name.value, sink);
        next = extended(files, &name.value, sink);
        names.push(name.value);
    }
    names.push(DEFAULT.to_owned());
    names.reverse();
    names
}

/// What a theme's own file says about the one below it.
fn extended(files: &Files, name: &str, sink: &Sink) -> Option<Spanned<String>> {
    let file = files.find(folder(name).join("theme.yml"))?;
    // An empty file says nothing.
    let node = parse_yaml(files, file, sink)?;
    Theme::decode(&node, sink)?.extends
}

fn folder(name: &str) -> Utf8PathBuf {
    Utf8Path::new("themes").join(name)
}

fn is_there(files: &Files, name: &str) -> bool {
    !name.contains(['/', '\\']) && files.below(&folder(name)).next().is_some()
}

fn report_unknown(files: &Files, name: &Spanned<String>, sink: &Sink) {
    let themes = files.folders_in(Utf8Path::new("themes"));
    let message = format!("there is no theme `{}`", name.value);
    let help = match closest(&name.value, themes.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("make the folder `themes/{}/`, or remove this", name.value),
    };
    sink.push(Diagnostic::new(&UNRESOLVED_REFERENCE, name.span, message).help(help));
}

/// A misspelt folder would be passed over without a word.
fn report_strays(files: &Files, name: &str, sink: &Sink) {
    let root = folder(name);
    let mut seen = BTreeSet::new();
    for (file, path) in files.below(&root) {
        let part = path.strip_prefix(&root).ok().and_then(|inside| inside.components().next());
        let Some(part) = part.map(|part| part.as_str()) else { continue };
        if PARTS.contains(&part) || part.starts_with("README") || !seen.insert(part.to_owned()) {
            continue;
        }
        let help = closest(part, PARTS).map_or_else(
            || "templates lie in `templates/`, words in `words/`, everything else in `static/`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("no theme is made of `themes/{name}/{part}`");
        sink.push(Diagnostic::new(&UNUSED_FILE, Span::file_start(file), message).help(help));
    }
}
