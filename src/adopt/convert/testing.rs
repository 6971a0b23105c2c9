//! Repositories made by hand, for tests.

use crate::adopt::{Curriculum, Folder, Repository};
use crate::source::Files;

/// A repository without anything.
pub(super) fn repository() -> Repository {
    Repository {
        files: Files::default(),
        settings: None,
        readme: None,
        curriculum: Curriculum::default(),
        folders: Vec::new(),
        github: None,
        loose: Vec::new(),
    }
}

/// A folder without files.
pub(super) fn folder(path: &str, number: Option<u32>) -> Folder {
    Folder {
        path: path.into(),
        number,
        page: None,
        answers_file: None,
        answers: Vec::new(),
        readme: None,
        devcontainer: None,
        compose: None,
        app: Vec::new(),
        pictures: Vec::new(),
        solution: Vec::new(),
        twins: Vec::new(),
    }
}
