//! The numbers that a scenario's files give: how many rows a seed makes, how many ask at once and for how
//! long, how often Prometheus asks, how long a service takes.

use std::collections::BTreeSet;

use camino::Utf8Path;

use crate::adopt::{Folder, Repository};
use crate::check::rules::code::prose_disagrees_with_code::numbers_of;
use crate::diag::Sink;
use crate::source::{FileId, Files, Span};
use crate::syntax::code::comments_of;
use crate::syntax::script::{Script, Value, is_script, parse_script};
use crate::syntax::yaml::{Node, parse_yaml};

/// A number with its place.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    pub value: u64,
    pub span: Span,
}

/// What a scenario's files say.
#[derive(Debug, Default)]
pub struct Quantities {
    /// Every number of every file but lockfiles, pictures and dashboards.
    pub all: BTreeSet<u64>,
    /// Those of the load test, the app and the compose file.
    pub in_play: BTreeSet<u64>,
    pub connections: Vec<Quantity>,
    pub seconds: Vec<Quantity>,
    /// Numbers of what fills the database.
    pub in_seed: BTreeSet<u64>,
    /// What is counted, in the plural as a rule, and how many there are.
    pub counts: Vec<(String, Quantity)>,
    /// A part of the system, and how many milliseconds it takes.
    pub delays: Vec<(String, Quantity)>,
    /// How often Prometheus collects, in seconds.
    pub scrapes: Vec<Quantity>,
}

/// Reads the files of a scenario.
pub fn quantities_of(repository: &Repository, folder: &Folder) -> Quantities {
    let files = &repository.files;
    let mut found = Quantities::default();
    let solution = folder.solution.iter().map(|solution| solution.file);
    let compose = folder.compose.into_iter().chain(folder.devcontainer);
    for file in folder.app.iter().copied().chain(solution).chain(compose) {
        let path = files.path(file);
        let Ok(text) = files.text(file) else { continue };
        if is_passed_over(path) {
            continue;
        }
        let is_in_play = Some(file) == folder.compose || is_in_play(path);
        let mut numbers: BTreeSet<u64> = numbers_in(text).collect();
        if is_script(path) {
            let script = parse_script(path, text);
            numbers.extend(script.numbers.iter().filter_map(|(number, _)| whole(*number)));
            read_script(file, path, &script, folder, &mut found);
        }
        if matches!(path.extension(), Some("js" | "mjs" | "cjs" | "sql")) {
            read_inserts(file, text, &mut found);
        }
        if path.file_name().is_some_and(|name| name.contains("prometheus")) {
            read_scrapes(files, file, &mut found);
        }
        read_command_line(file, text, &mut found);
        if is_seed(path) {
            read_comments(file, path, text, &mut found);
            found.in_seed.extend(&numbers);
        }
        if is_in_play {
            found.in_play.extend(&numbers);
        }
        found.all.extend(numbers);
    }
    found
}

fn is_seed(path: &Utf8Path) -> bool {
    path.extension() == Some("sql")
        || path.as_str().contains("seed")
        || path.components().any(|part| part.as_str() == "db")
}

/// "300 seats for each show", in a comment of what makes them.
fn read_comments(file: FileId, path: &Utf8Path, text: &str, found: &mut Quantities) {
    for comment in comments_of(path, text) {
        for number in numbers_of(&text[comment.clone()]) {
            let at = comment.start + number.at.start;
            let span = Span::new(file, at, at + number.at.len());
            if number.value < 100 || number.noun.len() < 4 || !number.noun.chars().all(char::is_alphabetic) {
                continue;
            }
            found.counts.push((number.noun, Quantity { value: number.value, span }));
        }
    }
}

/// What fills a database or waits for one says nothing about who asks the app.
fn is_in_play(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or("");
    name.contains("load")
        || (path.extension() == Some("js") && !["seed", "wait"].iter().any(|word| name.contains(word)))
}

fn is_passed_over(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or("");
    matches!(path.extension(), Some("svg" | "json" | "md")) && name != "package.json"
}

/// Runs of digits, with `_` and `,` between groups of three.
fn numbers_in(text: &str) -> impl Iterator<Item = u64> + '_ {
    let tokens = text.split(|c: char| !c.is_ascii_digit() && c != '_');
    tokens.filter_map(|token| token.replace('_', "").parse().ok())
}

fn read_script(file: FileId, path: &Utf8Path, script: &Script, folder: &Folder, found: &mut Quantities) {
    let quantity = |value: &Value| {
        let number = whole(script.resolved(value).as_number()?)?;
        Some(Quantity { value: number, span: Span::new(file, value.at.start, value.at.end) })
    };
    for (name, values) in &script.variables {
        let Some(number) = values.first().filter(|_| values.len() == 1).and_then(quantity) else { continue };
        let words = words_of(name);
        match words.last().map(String::as_str) {
            Some("ms" | "millis" | "milliseconds") => {
                let inside = path.strip_prefix(&folder.path).unwrap_or(path);
                let place = inside.components().next().map_or("", |part| part.as_str());
                found.delays.push((place.to_owned(), number));
            }
            _ => {
                if let Some(noun) = noun_of(&words) {
                    found.counts.push((noun, number));
                }
            }
        }
    }
    for call in script.calls.iter().filter(|call| call.method() == "setTimeout") {
        let waits = call.arguments.get(1).and_then(quantity);
        let name = script.around(call.function).find_map(|function| function.name.clone());
        if let (Some(waits), Some(name)) = (waits, name) {
            found.delays.push((name.to_lowercase(), waits));
        }
    }
    for call in script.calls.iter().filter(|call| call.callee.ends_with("autocannon")) {
        let Some(options) = call.arguments.first().map(|options| script.resolved(options)) else { continue };
        let option = |name: &str| quantity(&options.get(name)?.value);
        found.connections.extend(option("connections"));
        found.seconds.extend(option("duration"));
    }
}

/// `autocannon -c 100 -d 20`, also in package.json.
fn read_command_line(file: FileId, text: &str, found: &mut Quantities) {
    for (start, _) in text.match_indices("autocannon ") {
        let line = text[start..].lines().next().unwrap_or("");
        let mut words = line.split([' ', '"', '\'']).filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            let list = match word {
                "-c" | "--connections" => &mut found.connections,
                "-d" | "--duration" => &mut found.seconds,
                _ => continue,
            };
            let Some(value) = words.next() else { break };
            let at = value.as_ptr() as usize - text.as_ptr() as usize;
            if let Ok(number) = value.parse() {
                list.push(Quantity { value: number, span: Span::new(file, at, at + value.len()) });
            }
        }
    }
}

/// `INSERT INTO books … generate_series(1, 5000)`.
fn read_inserts(file: FileId, text: &str, found: &mut Quantities) {
    let lower = text.to_ascii_lowercase();
    for (start, mark) in lower.match_indices("insert into ") {
        let rest = &lower[start + mark.len()..];
        let table = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
        let end = rest.find(';').into_iter().chain(rest.find("insert into ")).min().unwrap_or(rest.len());
        let series: Vec<usize> = rest[..end].match_indices("generate_series(").map(|(at, _)| at).collect();
        // Two series multiply; only one says how many rows there are.
        let [series] = series[..] else { continue };
        let arguments = &rest[series + "generate_series(".len()..end];
        let Some(last) = arguments.split(')').next().and_then(|list| list.split(',').nth(1)) else {
            continue;
        };
        let digits = last.trim();
        let digits =
            &digits[..digits.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(digits.len())];
        if let Ok(number) = digits.replace('_', "").parse() {
            let at = digits.as_ptr() as usize - lower.as_ptr() as usize;
            let span = Span::new(file, at, at + digits.len());
            found.counts.push((table.to_owned(), Quantity { value: number, span }));
        }
    }
}

fn read_scrapes(files: &Files, file: FileId, found: &mut Quantities) {
    let Some(root) = parse_yaml(files, file, &Sink::default()) else { return };
    let global = root.get("global").into_iter();
    let jobs = root.get("scrape_configs").map_or(&[][..], Node::items);
    for node in global.chain(jobs).filter_map(|node| node.get("scrape_interval")) {
        let seconds = node.as_text().and_then(|text| text.strip_suffix('s')?.parse().ok());
        found.scrapes.extend(seconds.map(|value| Quantity { value, span: node.span }));
    }
}

/// `BOOK_COUNT`, `bookCount` → book, count.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let is_upper = name.chars().all(|c| !c.is_lowercase());
    for letter in name.chars() {
        let starts = letter == '_' || (letter.is_uppercase() && !is_upper);
        if starts && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if letter != '_' && letter != '$' {
            words.last_mut().expect("there is always a last word").extend(letter.to_lowercase());
        }
    }
    words
}

/// Words of a name that say only that it counts.
const COUNTING: [&str; 8] = ["count", "number", "num", "total", "rows", "size", "how", "many"];

fn noun_of(words: &[String]) -> Option<String> {
    let mut rest = words.iter().filter(|word| !COUNTING.contains(&word.as_str()));
    let noun = rest.next()?;
    (rest.next().is_none() && noun.len() > 2).then(|| noun.clone())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
fn whole(number: f64) -> Option<u64> {
    ((0.0..1e12).contains(&number) && number.fract() == 0.0).then_some(number as u64)
}

/// Whether two words are one noun: `book` and `books`, `city` and `cities`.
pub fn is_noun(one: &str, other: &str) -> bool {
    fn stem(word: &str) -> &str {
        let word = word.strip_suffix("ies").or_else(|| word.strip_suffix('y')).unwrap_or(word);
        word.strip_suffix("es").or_else(|| word.strip_suffix('s')).unwrap_or(word)
    }
    one == other || stem(one) == stem(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_inserts_say_what_is_counted() {
        assert_eq!(noun_of(&words_of("BOOK_COUNT")).as_deref(), Some("book"));
        assert_eq!(noun_of(&words_of("numberOfBooks")), None);
        assert_eq!(noun_of(&words_of("PATIENTS")).as_deref(), Some("patients"));
        let mut files = Files::default();
        let text = "INSERT INTO loans SELECT n FROM generate_series(1, 60000) AS n;";
        let file = files.add_text("seed.sql", text);
        let mut found = Quantities::default();
        read_inserts(file, text, &mut found);
        let (noun, quantity) = &found.counts[0];
        assert_eq!((noun.as_str(), quantity.value, files.slice(quantity.span)), ("loans", 60_000, "60000"));
    }

    #[test]
    fn nouns_compare_in_singular_and_plural() {
        assert!(is_noun("book", "books") && is_noun("cities", "city") && is_noun("boxes", "box"));
        assert!(!is_noun("loans", "books"));
    }
}
