//! A course that is kept up to date is the course that a whole compilation makes: byte for byte what is
//! emitted, and finding for finding. Edits are those of the rules' own examples, and random ones.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read their fixtures")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use scenarist::build::{Compiled, Options, Session, compile, compile_with};
use scenarist::check::{Checked, Reads, Rule, Scope, Settings, Shared, all_rules, all_specs, with_checked};
use scenarist::diag::{Diagnostic, Example, Sink};
use scenarist::emit::content::Keeper;
use scenarist::emit::site::Cards;
use scenarist::source::{Files, Origin, read_dir};
use support::{base_text, overlaid};

const OPTIONS: Options = Options { drafts: true, no_previews: true };
const PAGE: &str = "content/scenarios/first/scenario.md";

/// What differs between two compilations; empty if nothing does.
fn difference(kept: &Compiled, whole: &Compiled) -> String {
    let trees = [kept, whole].map(|it| {
        let files = it.tree.iter().flat_map(|tree| tree.iter());
        files.map(|(path, file)| (path.to_owned(), file.clone())).collect::<BTreeMap<_, _>>()
    });
    let [ours, theirs] = &trees;
    let mut out = String::new();
    for path in ours.keys().chain(theirs.keys()).collect::<std::collections::BTreeSet<_>>() {
        match (ours.get(path), theirs.get(path)) {
            (Some(a), Some(b)) if a == b => {}
            (a, b) => {
                out += &format!(
                    "{path}: kept {:?}, whole {:?}\n",
                    a.map(|a| a.bytes().len()),
                    b.map(|b| b.bytes().len())
                )
            }
        }
    }
    out += &lines("findings", &kept.findings, &whole.findings);
    out += &lines("suppressed", &kept.suppressed, &whole.suppressed);
    out
}

fn lines<T: Debug>(what: &str, kept: &[T], whole: &[T]) -> String {
    let [kept, whole] = [kept, whole].map(|all| all.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>());
    let only =
        |a: &[String], b: &[String]| a.iter().filter(|it| !b.contains(it)).cloned().collect::<Vec<_>>();
    if kept == whole {
        return String::new();
    }
    format!("{what}\n  only kept: {:#?}\n  only whole: {:#?}\n", only(&kept, &whole), only(&whole, &kept))
}

/// Edits a page and finishes; compiles everything where that is not possible. Whether it was.
fn edit(session: Session, path: &Utf8Path, text: &str, whole: Files) -> (Session, bool) {
    let mut session = session;
    let done = is_brought_in(&mut session, path, text, &Cards::default());
    if done { (session, true) } else { (session.renew(whole, &[], &Cards::default()), false) }
}

/// Edits a file and finishes. Whether that is possible without compiling everything.
fn is_brought_in(session: &mut Session, path: &Utf8Path, text: &str, cards: &Cards) -> bool {
    let mut done = session.edit_file(path, text.as_bytes()).is_some();
    while done && session.is_unfinished() {
        done = session.finish(cards, &|| true).is_ok();
    }
    done
}

fn session(files: Files) -> Session {
    Session::new(files, &[], OPTIONS, &Cards::default())
}

/// The files of an example without the marks of its place.
fn plain(example: &Example) -> Vec<(String, String)> {
    let files = example.files.iter();
    files.map(|(path, text)| ((*path).to_owned(), text.replace(['«', '»'], ""))).collect()
}

/// The text of the page once the files are laid over the small course.
fn overlaid_text(files: &[(String, String)]) -> Option<String> {
    let page: Vec<(&str, &str)> = files
        .iter()
        .filter(|(path, _)| path == PAGE)
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let files = overlaid(&page);
    files.text(files.find(PAGE)?).ok().map(str::to_owned)
}

/// The page as every example of every rule has it, out of the page as it is in the small course and back.
#[test]
fn pages_of_all_examples_are_brought_in_as_a_whole_compilation_does() {
    let alone = AtomicUsize::new(0);
    let specs = all_specs();
    let examples: Vec<(&str, &Example)> = specs
        .iter()
        .flat_map(|spec| spec.bad.iter().chain(spec.good).map(|example| (spec.code, example)))
        .filter(|(_, example)| example.files.iter().any(|(path, _)| *path == PAGE))
        .collect();
    assert!(examples.len() > 100, "{} examples have a page", examples.len());
    let faults: Vec<String> = examples
        .par_iter()
        .enumerate()
        .filter_map(|(number, (code, example))| {
            let files = plain(example);
            let page = overlaid_text(&files)?;
            let state = |page: &str| {
                let others = files.iter().filter(|(path, _)| path != PAGE);
                let others = others.map(|(path, text)| (path.as_str(), text.as_str()));
                overlaid(&others.chain([(PAGE, page)]).collect::<Vec<_>>())
            };
            let mut kept = session(state(base_text(PAGE)));
            // The way back is the same for all of them.
            let texts = [page.as_str(), base_text(PAGE), page.as_str()];
            for text in &texts[..if number % 10 == 0 { 3 } else { 1 }] {
                let files = || state(text);
                let (next, done) = edit(kept, PAGE.into(), text, files());
                kept = next;
                alone.fetch_add(usize::from(done), Ordering::Relaxed);
                let difference = difference(kept.compiled(), &compile(files(), &[], OPTIONS));
                if !difference.is_empty() {
                    return Some(format!("{code}: {difference}"));
                }
            }
            None
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let alone = alone.into_inner();
    assert!(alone > 100, "only {alone} edits were brought in alone");
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).expect("few sides")).expect("small")
    }
}

/// Lines that say something, hold a fault, define something, or accept a finding.
const LINES: [&str; 14] = [
    "The request waits for the next one, and nobody is told.",
    "This is simply the best way, obviously.",
    "See [here](nowhere.md) and [there](#nowhere).",
    "Read http://example.org/ first.",
    "## Another section",
    "### A part {#part}",
    "<div>",
    "It is the the same.",
    ":::note\nSomebody else waits.\n:::",
    ":::question{#extra kind=comprehension}\nWho waits?\n\n:::answer\nEverybody waits for the slowest of all requests.\n:::\n:::",
    "<!-- scenarist: allow prose/banned-phrase: it is a quotation -->",
    "![A picture](diagrams/nothing.svg \"Nothing\")",
    "```sql\nSELECT 1;\n```",
    "TODO",
];

fn edited(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let at = dice.roll(lines.len());
    match dice.roll(5) {
        0 if !lines.is_empty() => {
            lines.remove(at);
        }
        1 if !lines.is_empty() => lines.insert(at, lines[at]),
        2 if at + 1 < lines.len() => lines.swap(at, at + 1),
        3 => {
            lines.insert(at, "");
            lines.insert(at, LINES[dice.roll(LINES.len())]);
            lines.insert(at, "");
        }
        _ => {
            let words = ["word ", "another ", "`code` ", "**bold** ", "1,000 "];
            let changed =
                format!("{} {}", lines.get(at).unwrap_or(&""), words[dice.roll(words.len())].trim());
            let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            if let Some(line) = all.get_mut(at) {
                *line = changed;
            }
            return all.join("\n") + "\n";
        }
    }
    lines.join("\n") + "\n"
}

/// The files with some of them changed; `None` removes one.
fn with(files: &Files, changed: &Changed) -> Files {
    let own = files.iter().filter(|(_, entry)| entry.origin == Origin::Project);
    let mut all: BTreeMap<&Utf8Path, (&[u8], bool)> =
        own.map(|(file, entry)| (entry.path.as_path(), (files.original(file), entry.executable))).collect();
    for (path, bytes) in changed {
        match bytes {
            Some(bytes) => all.entry(path).or_default().0 = bytes,
            None => drop(all.remove(path.as_path())),
        }
    }
    let mut next = Files::default();
    for (path, (bytes, executable)) in all {
        next.add(path, bytes, Origin::Project, executable);
    }
    next
}

type Changed = BTreeMap<Utf8PathBuf, Option<Vec<u8>>>;

/// An edit of something other than a page: a line of a file, a file that goes, comes or moves, a theme.
fn other_edit(changed: &mut Changed, others: &[(Utf8PathBuf, String)], dice: &mut Dice) {
    let (path, text) = &others[dice.roll(others.len())];
    let old = text.clone().into_bytes();
    let renamed = || path.with_file_name(format!("other-{}", path.file_name().unwrap_or("file")));
    match dice.roll(6) {
        0 => drop(changed.insert(path.clone(), None)),
        1 => drop(changed.insert(renamed(), Some(old))),
        2 => {
            changed.insert(renamed(), Some(old));
            changed.insert(path.clone(), None);
        }
        3 => {
            let css = format!("/* {} */\n", dice.roll(100)).into_bytes();
            changed.insert("themes/default/static/extra.css".into(), Some(css));
        }
        4 => {
            let words = format!("catalogue: All of it {}\n", dice.roll(100)).into_bytes();
            changed.insert("themes/default/words/en.yml".into(), Some(words));
        }
        _ => drop(changed.insert(path.clone(), Some(edited(text, dice).into_bytes()))),
    }
}

/// Sequences of edits of pages and, now and then, of anything else.
#[test]
fn random_edits_leave_what_a_whole_compilation_makes() {
    let alone = AtomicUsize::new(0);
    let faults: Vec<String> =
        (1..=12_u64).into_par_iter().filter_map(|seed| fault_of_sequence(seed, &alone)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let alone = alone.into_inner();
    assert!(alone > 20, "only {alone} edits were brought in alone");
}

fn fault_of_sequence(seed: u64, alone: &AtomicUsize) -> Option<String> {
    let base = course_of_kinds();
    let texts = base.iter().filter(|(_, entry)| entry.path.starts_with("content"));
    let texts =
        texts.filter_map(|(file, entry)| Some((entry.path.clone(), base.text(file).ok()?.to_owned())));
    let (pages, others): (Vec<_>, Vec<_>) =
        texts.partition(|(path, _)| path.file_name() == Some("scenario.md"));
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut changed = Changed::new();
    let mut kept = session(with(&base, &changed));
    for step in 0..12 {
        let (path, first) = &pages[dice.roll(pages.len())];
        if dice.roll(6) == 0 {
            other_edit(&mut changed, &others, &mut dice);
            kept = kept.renew(with(&base, &changed), &[], &Cards::default());
        } else {
            let files = &kept.compiled().files;
            let before = files.find(path).and_then(|file| files.text(file).ok()).unwrap_or(first);
            let text = if dice.roll(4) == 0 { first.clone() } else { edited(before, &mut dice) };
            changed.insert(path.clone(), Some(text.clone().into_bytes()));
            let (next, done) = edit(kept, path, &text, with(&base, &changed));
            kept = next;
            alone.fetch_add(usize::from(done), Ordering::Relaxed);
        }
        let difference = difference(kept.compiled(), &compile(with(&base, &changed), &[], OPTIONS));
        if !difference.is_empty() {
            return Some(format!("seed {seed}, step {step}, {path}: {difference}"));
        }
    }
    None
}

/// The course of every kind.
fn course_of_kinds() -> Files {
    let root = format!("{}/tests/course_kinds", env!("CARGO_MANIFEST_DIR"));
    read_dir(Utf8Path::new(&root)).0
}

/// The same, but each scenario names all others.
fn course_of_references() -> Files {
    let base = course_of_kinds();
    let mut changed = Changed::new();
    let ids = base.folders_in("content/scenarios".into());
    for id in &ids {
        let others = ids.iter().filter(|other| *other != id);
        let links: Vec<String> = others.map(|other| format!("[](scenario:{other})")).collect();
        // Its anchor follows a title.
        let heading =
            if id == "chat" { format!("### After {}\n\nAnd then?\n", links[0]) } else { String::new() };
        for (name, end) in [
            (
                "scenario.md",
                format!(
                    "\n## Compare it {{#compare-it}}\n\nHold it beside {}.\n\n{heading}",
                    links.join(", ")
                ),
            ),
            ("scenario.yml", format!("goals: [\"Tell it from {}.\"]\n", links[0])),
        ] {
            let path = Utf8PathBuf::from(format!("content/scenarios/{id}/{name}"));
            let Some(file) = base.find(&path) else { continue };
            let text = base.text(file).expect("a text").to_owned() + &end;
            changed.insert(path, Some(text.into_bytes()));
        }
    }
    with(&base, &changed)
}

/// Another title, summary, heading, …: what other pages show of a scenario.
fn renamed(path: &Utf8Path, text: &str, dice: &mut Dice) -> String {
    let is_manifest = path.extension() == Some("yml");
    let keys = ["title:", "summary:", "about:", "minutes:"];
    let is_one = |line: &str| {
        if is_manifest { keys.iter().any(|key| line.starts_with(key)) } else { line.starts_with("##") }
    };
    let lines: Vec<&str> = text.lines().collect();
    let found: Vec<usize> = (0..lines.len()).filter(|&at| is_one(lines[at])).collect();
    let Some(&at) = found.get(dice.roll(found.len())) else { return text.to_owned() };
    let words = ["A new name", "The *other* one & more", "Größe 4", "A simply new name"];
    let words = words[dice.roll(words.len())];
    let line = match lines[at].split_once(": ") {
        Some(("minutes", _)) => format!("minutes: {}", 10 + dice.roll(80)),
        Some((key, _)) if is_manifest => format!("{key}: \"{words}\""),
        _ => {
            let attributes = lines[at].find('{').map(|from| &lines[at][from..]).unwrap_or_default();
            format!("{} {words} {attributes}", lines[at].split(' ').next().expect("marks"))
                .trim_end()
                .to_owned()
        }
    };
    let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    all[at] = line;
    all.join("\n") + "\n"
}

/// What others show of a scenario changes on their pages, in lists, in findings, and on preview pictures.
#[test]
fn other_titles_and_headings_are_brought_in_as_a_whole_compilation_does() {
    let (alone, cards) = (AtomicUsize::new(0), Cards::default());
    let faults: Vec<String> =
        (1..=8_u64).into_par_iter().filter_map(|seed| fault_of_names(seed, &cards, &alone)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let alone = alone.into_inner();
    assert!(alone > 60, "only {alone} edits were brought in alone");
}

fn fault_of_names(seed: u64, cards: &Cards, alone: &AtomicUsize) -> Option<String> {
    let options = Options { drafts: true, no_previews: seed != 1 };
    let base = if seed.is_multiple_of(2) { course_of_kinds() } else { course_of_references() };
    let own = base
        .iter()
        .filter(|(_, entry)| matches!(entry.path.file_name(), Some("scenario.md" | "scenario.yml")));
    let paths: Vec<Utf8PathBuf> = own.map(|(_, entry)| entry.path.clone()).collect();
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut changed = Changed::new();
    let mut kept = Session::new(with(&base, &changed), &[], options, cards);
    for step in 0..12 {
        let path = &paths[dice.roll(paths.len())];
        let files = &kept.compiled().files;
        let text = renamed(path, files.text(files.find(path)?).ok()?, &mut dice);
        changed.insert(path.clone(), Some(text.clone().into_bytes()));
        let done = is_brought_in(&mut kept, path, &text, cards);
        alone.fetch_add(usize::from(done), Ordering::Relaxed);
        if !done {
            kept = kept.renew(with(&base, &changed), &[], cards);
        }
        let whole = compile_with(with(&base, &changed), &[], options, cards, Keeper::default());
        let difference = difference(kept.compiled(), &whole);
        if !difference.is_empty() {
            return Some(format!("seed {seed}, step {step}, {path}: {difference}"));
        }
    }
    None
}

/// How many threads there are changes nothing.
#[test]
fn one_thread_makes_what_four_make() {
    let root = format!("{}/tests/course_kinds", env!("CARGO_MANIFEST_DIR"));
    let [one, four] = [1, 4].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let (files, faults) = read_dir(Utf8Path::new(&root));
            compile(files, &faults, Options { drafts: true, no_previews: false })
        })
    });
    assert_eq!(difference(&one, &four), "");
}

/// A rule finds in a scenario alone what it finds there in the whole course; one that is said to be blind to
/// pages finds the same without them.
#[test]
fn rules_look_at_what_they_are_said_to_look_at() {
    let specs = all_specs();
    let examples: Vec<&Example> = specs.iter().flat_map(|spec| spec.bad.iter().chain(spec.good)).collect();
    let faults: Vec<String> = examples
        .par_iter()
        .flat_map_iter(|example| {
            let files = plain(example);
            let all: Vec<(&str, &str)> =
                files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let compiled = compile(overlaid(&all), &[], OPTIONS);
            [faults_of_scopes(&compiled), rules_that_are_not_blind(&compiled)].concat()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn found_by(rule: &Rule, checked: &Checked<'_>) -> Vec<Diagnostic> {
    let sink = Sink::default();
    (rule.check)(checked, &sink);
    sink.into_sorted(checked.files)
}

fn rules_that_are_not_blind(compiled: &Compiled) -> Vec<String> {
    let Some(course) = &compiled.course else { return Vec::new() };
    let blind: Vec<&Rule> = all_rules().filter(|rule| rule.reads != Reads::Pages).collect();
    assert!(blind.len() > 50);
    with_checked(course, &compiled.files, compiled.tree.as_ref(), Scope::Whole, |checked| {
        let without = Checked {
            pages: &[],
            all_pages: &[],
            tree: None,
            settings: Settings::new(course),
            shared: Shared::default(),
            vocabulary: std::sync::OnceLock::new(),
            ..*checked
        };
        let found = |rule: &Rule, checked: &Checked<'_>| format!("{:?}", found_by(rule, checked));
        let differs = |rule: &&&Rule| found(rule, checked) != found(rule, &without);
        blind.iter().filter(differs).map(|rule| format!("{} is not blind", rule.spec.code)).collect()
    })
}

/// Findings in a stack's files may be because of any exercise that has it, so those are not compared.
fn faults_of_scopes(compiled: &Compiled) -> Vec<String> {
    let Some(course) = &compiled.course else { return Vec::new() };
    let files = &compiled.files;
    let found = |scope| {
        with_checked(course, files, compiled.tree.as_ref(), scope, |checked| {
            all_rules().map(|rule| found_by(rule, checked)).collect::<Vec<_>>()
        })
    };
    let whole = found(Scope::Whole);
    let mut faults = Vec::new();
    for (index, scenario) in course.scenarios.iter().enumerate() {
        let Some(written) = &scenario.written else { continue };
        let is_there = |it: &&Diagnostic| files.path(it.span.file).starts_with(&written.source);
        for ((rule, own), whole) in all_rules().zip(found(Scope::Scenario(index))).zip(&whole) {
            let text = |it: &Diagnostic| format!("{:?} {} {:?}", it.span, it.message, it.secondary);
            let expected: Vec<String> = whole.iter().filter(is_there).map(text).collect();
            // What concerns the whole course is found whatever is looked at.
            let is_looked_at = |it: &&Diagnostic| {
                let path = files.path(it.span.file);
                path.starts_with("content") && (rule.reads == Reads::Pages || is_there(it))
            };
            let own: Vec<String> = own.iter().filter(is_looked_at).map(text).collect();
            if own != expected {
                let code = rule.spec.code;
                faults.push(format!("{code}, {}: alone {own:#?}, among all {expected:#?}", scenario.id));
            }
        }
    }
    faults
}
