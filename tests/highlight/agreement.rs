//! Counting where our classes and those of a parser are the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::Path;

/// How many tokens were looked at, and which had another class.
#[derive(Default)]
pub struct Agreement {
    tokens: usize,
    /// From what should be and what is, to how often and an example.
    differ: BTreeMap<(String, String), (usize, String)>,
}

impl Agreement {
    /// Looks at one token: its visible bytes should have one of the classes `wanted`, of which the
    /// first names it.
    pub fn look(&mut self, text: &str, classes: &[&str], range: Range<usize>, wanted: &[&str]) {
        let visible = range.clone().filter(|at| !text.as_bytes()[*at].is_ascii_whitespace());
        let other = visible.map(|at| classes[at]).find(|class| !wanted.contains(class));
        self.tokens += 1;
        if let Some(other) = other {
            let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let line = text[line..].lines().next().unwrap_or_default();
            let token: String = text[range].chars().take(40).collect();
            let entry = self.differ.entry((wanted[0].to_owned(), other.to_owned())).or_default();
            entry.0 += 1;
            if entry.0 <= 4 {
                let _ = write!(entry.1, "\n      {token:?} in {:?}", line.trim());
            }
        }
    }

    /// The share that agrees, and a list of what does not.
    pub fn report(&self) -> (f64, String) {
        let differ: usize = self.differ.values().map(|(count, _)| count).sum();
        #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
        let share = 1.0 - differ as f64 / self.tokens.max(1) as f64;
        let mut list = format!("{:.2} % of {} tokens agree", share * 100.0, self.tokens);
        for ((wanted, made), (count, examples)) in &self.differ {
            let _ = write!(list, "\n  {count} × {wanted}, but here {made}:{examples}");
        }
        (share, list)
    }

    /// Fails below `share`, and if there was little to look at.
    pub fn assert_at_least(&self, share: f64, tokens: usize) {
        let (found, list) = self.report();
        println!("{list}");
        assert!(self.tokens >= tokens, "only {} tokens were looked at", self.tokens);
        assert!(found >= share, "{list}");
    }
}

/// The texts of a kind in this repository: sources of the course, of its theme and of the tests.
pub fn texts(endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["content", "devcontainers", "tests", "themes", "src/cli/scaffold"] {
        let files = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
        let files = files.filter_entry(|entry| entry.file_name() != "node_modules").filter_map(Result::ok);
        for file in files {
            let ending = file.path().extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if endings.contains(&ending)
                && let Ok(text) = fs::read_to_string(file.path())
            {
                found.push((file.path().display().to_string(), text));
            }
        }
    }
    found
}
