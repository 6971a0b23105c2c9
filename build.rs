//! Rebuilds when a file that is embedded into the binary is added, changed or removed:
//! `include_dir!` alone sees only the files that were there.

#![expect(clippy::disallowed_macros, reason = "cargo reads what a build script prints")]

fn main() {
    for folder in ["devcontainers", "themes", "src/cli/scaffold"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
