//! The other languages against the grammars of syntect, as far as both mean the same: comments,
//! strings and numbers, byte by byte.

use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

use crate::agreement::texts;
use crate::spans::classes;

const ALL: &[&str] = &["comment", "string", "number"];

/// How many bytes both or one of them put into a class, and how many only one.
#[derive(Default, Debug)]
struct Count {
    either: usize,
    both: usize,
    examples: Vec<String>,
}

fn compare(grammars: &SyntaxSet, (language, compared): (&str, &[&str]), text: &str, count: &mut Count) {
    let grammar = grammars.find_syntax_by_token(language).expect("a grammar");
    let ours = classes(language, text);
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let changes = state.parse_line(line, grammars).expect("a sound grammar");
        let mut changes = changes.into_iter().peekable();
        let mut differs = false;
        for at in 0..line.len() {
            while let Some((_, change)) = changes.next_if(|(offset, _)| *offset <= at) {
                stack.apply(&change).expect("a sound stack");
            }
            if line.as_bytes()[at].is_ascii_whitespace() {
                continue;
            }
            let theirs = class_of(&stack);
            let our = ours[start + at];
            let [theirs, our] =
                [theirs, our].map(|class| if compared.contains(&class) { class } else { "other" });
            if theirs != "other" || our != "other" {
                count.either += 1;
                count.both += usize::from(theirs == our);
                differs |= theirs != our;
            }
        }
        for (_, change) in changes {
            stack.apply(&change).expect("a sound stack");
        }
        if differs && count.examples.len() < 12 {
            count.examples.push(line.trim().to_owned());
        }
        start += line.len();
    }
}

fn class_of(stack: &ScopeStack) -> &'static str {
    for scope in stack.as_slice().iter().rev() {
        let name = scope.build_string();
        for (prefix, class) in [
            // The text that opens a function of Python is a string to everybody else.
            ("comment.block.documentation.python", "string"),
            ("meta.group.expansion", "other"),
            ("variable", "other"),
            ("comment", "comment"),
            ("meta.interpolation", "other"),
            ("meta.template.expression", "other"),
            ("source.css.embedded", "other"),
            ("string.unquoted.heredoc", "string"),
            ("string.unquoted.html", "string"),
            ("string.unquoted", "other"),
            ("meta.attribute-with-value", "other"),
            ("string", "string"),
            ("constant.numeric", "number"),
            ("constant.language", "number"),
        ] {
            if name.starts_with(prefix) {
                return class;
            }
        }
    }
    "other"
}

/// What is wrong about a language, if less than `share` agrees: of its sample, and of the files with
/// these endings.
fn check_agreement(
    language: &str,
    compared: &[&str],
    endings: &[&str],
    share: f64,
    least: usize,
) -> Option<String> {
    let grammars = SyntaxSet::load_defaults_newlines();
    let mut count = Count::default();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/highlight/samples/");
    let sample = std::fs::read_to_string(format!("{samples}{language}.txt")).expect("a sample");
    let (text, _) = sample.split_once("\n=>\n").expect("a line `=>`");
    compare(&grammars, (language, compared), text, &mut count);
    for (_, text) in texts(endings) {
        compare(&grammars, (language, compared), &text, &mut count);
    }
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let found = count.both as f64 / count.either.max(1) as f64;
    let said =
        format!("{language}: {:.2} % of {} bytes, not in {:#?}", found * 100.0, count.either, count.examples);
    println!("{said}");
    (found < share || count.either < least).then_some(said)
}

#[test]
fn rust_agrees() {
    let grammars = SyntaxSet::load_defaults_newlines();
    let mut count = Count::default();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emit");
    for file in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok) {
        if file.path().extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(file.path()).expect("a source");
            compare(&grammars, ("rust", ALL), &text, &mut count);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let share = count.both as f64 / count.either as f64;
    println!("rust: {:.2} % of {} bytes, not {:#?}", share * 100.0, count.either, count.examples);
    assert!(count.either > 20_000 && share >= 0.985, "{share}: {:#?}", count.examples);
}

#[test]
fn other_languages_agree() {
    let faults = [
        // Its numbers are those of an older CSS: none in `min()` and `light-dark()`.
        check_agreement("css", &["comment", "string"], &["css"], 0.93, 300),
        // What stands for a letter is a number here.
        check_agreement("html", &["comment", "string"], &[], 0.98, 30),
        // An argument is no number there.
        check_agreement("bash", &["comment", "string"], &["sh"], 0.95, 100),
        check_agreement("python", ALL, &[], 0.92, 50),
        check_agreement("go", ALL, &[], 0.98, 30),
        // A key is a string there.
        check_agreement("json", &["comment", "number"], &["json"], 0.98, 20),
    ];
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
