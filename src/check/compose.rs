//! Compose files as rules read them: those of an exercise, with the stage that they belong to.

use super::exercise::{Exercise, StageFolder};
use super::file::ExerciseFile;
use crate::syntax::compose::{ComposeService, services_in};
use crate::syntax::yaml::Node;

/// A compose file of a stage. A file that several stages share comes once, with the first of them.
pub struct ComposeFile<'e, 'a> {
    pub exercise: &'e Exercise<'a>,
    pub stage: &'e StageFolder<'a>,
    pub file: &'e ExerciseFile<'a>,
    pub root: &'e Node,
}

/// Every compose file of an exercise.
pub fn compose_files<'e, 'a>(exercise: &'e Exercise<'a>) -> impl Iterator<Item = ComposeFile<'e, 'a>> {
    exercise.each_file().filter_map(move |(stage, file)| {
        let yaml = file.has_extension("yml") || file.has_extension("yaml");
        let stem = file.path.file_stem().unwrap_or("");
        let named = ["docker-compose", "compose"]
            .iter()
            .any(|name| stem.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
        let root = file.yaml().filter(|_| yaml && named)?;
        Some(ComposeFile { exercise, stage, file: file.as_ref(), root })
    })
}

impl<'e> ComposeFile<'e, '_> {
    /// Its services in order.
    pub fn services(&self) -> impl Iterator<Item = ComposeService<'e>> {
        services_in(self.file.text, self.root)
    }

    /// The service of this name.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<ComposeService<'e>> {
        self.services().find(|service| service.key.text == name)
    }
}

/// Whether a file is a Dockerfile by its name.
#[must_use]
pub fn is_dockerfile(file: &ExerciseFile<'_>) -> bool {
    let name = file.name();
    name == "Dockerfile" || name.starts_with("Dockerfile.") || name.ends_with(".dockerfile")
}
