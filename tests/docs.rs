//! The documents tell the truth: the format reference and the page of rules are the generators' output, every test that
//! it names exists, architecture.md names what is there, links lead somewhere, and whoever follows
//! the authoring guide gets a clean build.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scenarist::cli::reference::{STATEMENTS, reference, rules_page};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder with this ending.
fn below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_format_reference_is_what_the_generator_makes() {
    let made = reference();
    let path = root().join("docs/format.md");
    if std::env::var_os("SCENARIST_UPDATE").is_some() {
        fs::write(&path, &made).expect("docs/format.md can be written");
    }
    let written = read("docs/format.md");
    let line = made.lines().zip(written.lines()).position(|(made, written)| made != written);
    assert!(
        made == written,
        "docs/format.md is out of date from line {}: run `./scripts/refresh`",
        line.unwrap_or_else(|| made.lines().count().min(written.lines().count())) + 1
    );
}

#[test]
fn the_page_of_rules_is_what_the_generator_makes() {
    let made = rules_page(&scenarist::check::all_specs());
    let path = root().join("docs/rules.md");
    if std::env::var_os("SCENARIST_UPDATE").is_some() {
        fs::write(&path, &made).expect("docs/rules.md can be written");
    }
    assert!(made == read("docs/rules.md"), "docs/rules.md is out of date: run `./scripts/refresh`");
}

#[test]
fn every_statement_is_held_by_a_test_that_exists() {
    let mut tests = BTreeSet::new();
    for path in below("src", "rs").into_iter().chain(below("tests", "rs")) {
        let text = read(&path);
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.trim() != "#[test]" {
                continue;
            }
            let name = lines.by_ref().find_map(|line| line.trim().strip_prefix("fn ").map(str::to_owned));
            tests.extend(name.and_then(|name| name.split_once('(').map(|(name, _)| name.to_owned())));
        }
    }
    let missing: Vec<&str> = STATEMENTS
        .iter()
        .flat_map(|section| section.iter())
        .map(|statement| statement.test)
        .filter(|test| !tests.contains(*test))
        .collect();
    assert!(missing.is_empty(), "the reference names tests that do not exist: {missing:#?}");
}

/// Text in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.starts_with("```"))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn the_architecture_names_every_module_and_only_paths_that_exist() {
    let text = read("docs/architecture.md");
    let names = quoted(&text);
    for entry in fs::read_dir(root().join("src")).expect("src").flatten() {
        let name = entry.file_name().into_string().expect("a readable name");
        if entry.path().is_dir() {
            assert!(names.contains(&format!("{name}/").as_str()), "architecture.md does not name `{name}/`");
        }
    }
    let bases = ["", "src/", "docs/"];
    for name in names {
        // A path has a slash; patterns have other characters too, and what a build makes is not there.
        let path = name.trim_end_matches('/');
        let is_path = (name.contains('/') || name.ends_with(".toml"))
            && path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        if !is_path || path.starts_with("dist") || path.starts_with(".scenarist") {
            continue;
        }
        let there = bases.iter().any(|base| root().join(base).join(path).exists());
        assert!(there, "architecture.md names `{name}`, which does not exist");
    }
}

#[test]
fn the_architecture_gives_a_reason_for_every_crate_in_use() {
    let manifest = read("Cargo.toml");
    let dependencies = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next());
    let code: String = below("src", "rs").iter().map(read).collect();
    let text = read("docs/architecture.md");
    let names = quoted(&text);
    for line in dependencies.unwrap_or_default().lines() {
        let Some((name, _)) = line.split_once(" = ") else { continue };
        let used = code.contains(&format!("{}::", name.replace('-', "_")));
        assert!(!used || names.contains(&name), "architecture.md does not say why `{name}` is used");
    }
}

#[test]
fn relative_links_lead_to_files_and_headings() {
    let documents = below("docs", "md").into_iter().chain([root().join("README.md")]);
    let mut broken = Vec::new();
    for path in documents.filter(|path| path.exists()) {
        let text = read(&path);
        for target in links(&text) {
            if target.contains("://") || target.starts_with("mailto:") || is_reference(target) {
                continue;
            }
            let (file, anchor) = target.split_once('#').map_or((target, None), |(file, at)| (file, Some(at)));
            let there = if file.is_empty() { path.clone() } else { path.with_file_name("").join(file) };
            let found = there.exists()
                && anchor.is_none_or(|anchor| there.is_dir() || anchors(&read(&there)).contains(anchor));
            if !found {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere: {broken:#?}");
}

/// References of the format itself, which documents show as examples.
fn is_reference(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scenarist::directive::reference::SCHEMES.iter().any(|(known, _)| *known == scheme)
    })
}

/// Destinations of links outside of code.
fn links(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let marks = line.trim_start();
        let length = marks.len() - marks.trim_start_matches('`').len();
        if length >= 3 {
            match fence {
                Some(open) if length >= open.len() => fence = None,
                Some(_) => {}
                None => fence = Some(&marks[..length]),
            }
            continue;
        }
        if fence.is_some() {
            continue;
        }
        for (at, part) in line.split('`').enumerate() {
            if at % 2 == 0 {
                let ends = part.match_indices("](").map(|(at, _)| &part[at + 2..]);
                found.extend(ends.filter_map(|rest| rest.split(')').next()));
            }
        }
    }
    found
}

/// The anchors that GitHub gives to a document's headings, and those that it says itself.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let own = line.strip_prefix("<a id=\"").and_then(|rest| rest.split('"').next());
        found.extend(own.filter(|_| !fenced).map(str::to_owned));
        let title = line.trim_start_matches('#');
        if fenced || title.len() == line.len() || !title.starts_with(' ') {
            continue;
        }
        let kept = title.trim().to_lowercase().replace("&lt;", "").replace("&gt;", "").replace(' ', "-");
        let anchor: String = kept.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
        let mut number = 0;
        let mut unique = anchor.clone();
        while !found.insert(unique.clone()) {
            number += 1;
            unique = format!("{anchor}-{number}");
        }
    }
    found
}

/// A fenced block: what stands after its language, and its text.
struct Block {
    info: String,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks < 3 {
            continue;
        }
        let (fence, info) = line.split_at(marks);
        let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        found.push(Block { info: info.to_owned(), text: inside.join("\n") + "\n" });
    }
    found
}

impl Block {
    fn is(&self, word: &str) -> bool {
        self.info.split(' ').any(|found| found == word)
    }

    fn value(&self, name: &str) -> Option<&str> {
        let word = self.info.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        word.map(|value| value.trim_matches('"'))
    }
}

/// Runs commands of the guide in a shell; gives the folder in which they end and what they print.
fn run(commands: &str, folder: &Path) -> (bool, PathBuf, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_scenarist"));
    let path = format!(
        "{}:{}",
        program.parent().expect("a folder").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("sh")
        .args(["-c", &format!("set -e\nexec 2>&1\n{commands}\npwd")])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = text.lines().last().map_or_else(|| folder.to_owned(), PathBuf::from);
    (output.status.success(), last, text)
}

#[test]
fn the_guide_for_rules_quotes_what_is_there() {
    let mut quoted = 0;
    for block in blocks(&read("docs/adding-a-rule.md")) {
        if let Some(path) = block.value("title") {
            quoted += 1;
            assert!(read(path).contains(&block.text), "{path} has no longer\n{}", block.text);
        }
    }
    assert!(quoted >= 4, "only {quoted} pieces are quoted");
}

/// The text with a region, markers included, replaced.
fn replace_region(text: &str, region: &str, with: &str) -> String {
    let start = text.find(&format!("// #region {region}\n")).expect("the guide names a region that is there");
    let end = "// #endregion\n";
    let end = start + text[start..].find(end).expect("the region ends") + end.len();
    format!("{}{with}{}", &text[..start], &text[end..])
}

#[test]
fn the_authoring_guide_can_be_followed_to_a_clean_build() {
    let guide = read("docs/authoring.md");
    let home = tempfile::tempdir().expect("a folder");
    let mut folder = home.path().to_owned();
    let mut finding = String::new();
    for block in blocks(&guide) {
        if block.is("run") {
            let (success, now, printed) = run(&block.text, &folder);
            assert!(success, "`{}` failed:\n{printed}", block.text);
            folder = now;
        } else if let Some(path) = block.value("title") {
            let path = folder.join(path);
            let old = fs::read_to_string(&path).unwrap_or_default();
            let new = match block.value("region") {
                Some(region) => replace_region(&old, region, &block.text),
                None if block.is("append") => old + &block.text,
                None => block.text,
            };
            fs::write(&path, new).expect("a file that can be written");
        } else if block.is("finding") {
            finding = block.text;
        }
    }
    let (success, _, printed) = run("scenarist lint --deny warning", &folder);
    assert!(success && printed.contains("no findings"), "{printed}");
    let made = folder.join("dist/monorepo/scenario-03-sixty-questions/SCENARIO.md");
    let page = fs::read_to_string(made).expect("the page that the guide promises");
    assert!(page.contains("Option C") && !page.contains(":::"), "{page}");

    let source = folder.join("content/scenarios/sixty-questions/scenario.md");
    let text = fs::read_to_string(&source).expect("the page").replace(":::hint", ":::hnt");
    fs::write(&source, text).expect("a file that can be written");
    let (success, _, printed) = run("scenarist lint", &folder);
    assert!(!success, "{printed}");
    // Numbers and the gutter's width are left out of the guide.
    let bare = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.contains("-->"))
            .map(|line| {
                line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit()).trim_end().to_owned()
            })
            .collect()
    };
    let (expected, printed) = (bare(&finding), bare(&printed));
    let there = printed.windows(expected.len()).any(|window| window == expected);
    assert!(there && !finding.is_empty(), "{printed:#?}");
}
