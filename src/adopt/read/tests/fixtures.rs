//! The fixtures as they are understood, for people to read beside their pages.

use super::outline::{fixture, outline_page, outline_repository};

/// The outline of a fixture; its pages come one by one.
fn outlines(name: &str) {
    let repository = fixture(name);
    let shown = name.replace('/', "-");
    insta::assert_snapshot!(shown.as_str(), outline_repository(&repository));
    for folder in &repository.folders {
        let page = format!("{shown}-{}", folder.number.unwrap_or(0));
        insta::assert_snapshot!(page.as_str(), outline_page(&repository.files, folder));
    }
}

#[test]
fn harbor_is_understood() {
    outlines("harbor/clean");
}

#[test]
fn bakery_is_understood() {
    outlines("bakery/clean");
}

/// Faults change what a page says, not what its parts are.
#[test]
fn faulty_twins_are_read_with_their_faults() {
    for name in ["harbor/faulty", "bakery/faulty"] {
        let repository = fixture(name);
        assert_eq!(repository.folders.len(), 3, "{name}");
        let _ = outline_repository(&repository);
        for folder in &repository.folders {
            let _ = outline_page(&repository.files, folder);
        }
    }
}
