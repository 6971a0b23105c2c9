//! The stacks, the theme and the scaffolds that travel inside the binary, so that it works from
//! any directory.

use include_dir::{Dir, include_dir};

use super::files::{Files, Origin};

static DEVCONTAINERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/devcontainers");
static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/scaffold");

/// Adds the built-in stacks and themes below the files a project brings: a path the project has
/// keeps its own content.
pub fn builtin_files(files: &mut Files) {
    add(files, "devcontainers", &DEVCONTAINERS);
    add(files, "themes", &THEMES);
}

/// The text of a scaffold file (`course/content/course.yml`, …), used by `scenarist new`.
#[must_use]
pub fn builtin_template() -> &'static Dir<'static> {
    &TEMPLATES
}

fn add(files: &mut Files, prefix: &str, dir: &Dir<'_>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.add(format!("{prefix}/{path}"), file.contents(), Origin::BuiltIn, false);
        }
    }
    for child in dir.dirs() {
        add(files, prefix, child);
    }
}
