//! The fixtures as they are understood, for people to read beside their pages.

use super::outline::{fixture, outline_page, outline_repository};

#[test]
fn print_outlines() {
    let Ok(target) = std::env::var("OUTLINES") else { return };
    for name in std::env::var("FIXTURES").unwrap_or_default().split(',') {
        let repository = fixture(name);
        let mut out = outline_repository(&repository);
        for folder in &repository.folders {
            out.push_str(&format!("\n=== {}\n", folder.path));
            out.push_str(&outline_page(&repository.files, folder));
        }
        let file = format!("{target}/{}.txt", name.trim_matches(['.', '/']).replace('/', "-"));
        #[expect(clippy::disallowed_methods, reason = "a test for people")]
        std::fs::write(file, out).expect("an outline");
    }
}
