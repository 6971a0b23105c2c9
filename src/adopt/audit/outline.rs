//! What was understood of a repository, in a sentence and page by page.

use std::fmt::Write as _;

use super::super::{BoxShape, Conversion, Fate, Folder, Page, Part, PartKind, Repository};
use crate::source::{Files, Span};

/// "3 scenarios, 5 planned, 31 questions, 8 fixes; 4 blocks not understood".
#[must_use]
pub fn print_summary(repository: &Repository, conversion: &Conversion) -> String {
    let pages = || repository.folders.iter().filter_map(|folder| folder.page.as_ref());
    let count = |is_it: fn(&PartKind) -> bool| {
        pages().flat_map(|page| &page.parts).filter(|part| is_it(&part.kind)).count()
    };
    let entries = repository.curriculum.groups.iter().flat_map(|group| &group.entries);
    let planned = entries.filter(|entry| entry.folder.is_none()).count();
    let unclear = conversion.report.iter().filter(|it| matches!(it.fate, Fate::NotUnderstood(_))).count();
    let mut out = counted(pages().count(), "scenario");
    if planned > 0 {
        let _ = write!(out, ", {planned} planned");
    }
    let questions = count(|kind| matches!(kind, PartKind::Question(_)));
    let fixes = count(|kind| matches!(kind, PartKind::Fix(_)));
    let _ = write!(out, ", {}, {}", counted(questions, "question"), fixes_of(fixes));
    if unclear > 0 {
        let _ = write!(out, "; {} not understood", counted(unclear, "block"));
    }
    out
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn fixes_of(count: usize) -> String {
    format!("{count} fix{}", if count == 1 { "" } else { "es" })
}

/// Every page with the lines of its parts, and the files of its folder.
#[must_use]
pub fn print_outline(files: &Files, repository: &Repository) -> String {
    let mut out = String::new();
    for folder in &repository.folders {
        let _ = writeln!(out, "{}", folder.path);
        print_files(files, folder, &mut out);
        if let Some(page) = &folder.page {
            print_page(files, page, &mut out);
        }
        if !folder.answers.is_empty() {
            let _ = writeln!(out, "  {} in the key", counted(folder.answers.len(), "answer"));
        }
        out.push('\n');
    }
    out
}

fn print_files(files: &Files, folder: &Folder, out: &mut String) {
    let name = |file| files.path(file).as_str().to_owned();
    let known = [
        ("compose file", folder.compose),
        ("devcontainer", folder.devcontainer),
        ("README", folder.readme),
        ("answers", folder.answers_file),
    ];
    for (what, file) in known {
        match file {
            Some(file) => drop(writeln!(out, "  {what}: {}", name(file))),
            None if what == "answers" => {}
            None => drop(writeln!(out, "  {what}: none")),
        }
    }
    let _ = writeln!(
        out,
        "  app: {}, {}",
        counted(folder.app.len(), "file"),
        counted(folder.pictures.len(), "picture")
    );
    for solution in &folder.solution {
        let stands_for = match (&solution.replaces, solution.fix) {
            (Some(path), Some(fix)) => format!(" for {path}, fix {fix}"),
            (Some(path), None) => format!(" for {path}"),
            (None, Some(fix)) => format!(" for fix {fix}"),
            (None, None) => String::new(),
        };
        let _ = writeln!(out, "  solution: {}{stands_for}", name(solution.file));
    }
    for twin in &folder.twins {
        let _ = writeln!(out, "  commented copy: {} of {}", name(twin.commented), name(twin.plain));
    }
}

fn print_page(files: &Files, page: &Page, out: &mut String) {
    let _ = writeln!(out, "  {}", files.path(page.file));
    let mut prose_from = None;
    for part in &page.parts {
        let line = files.position(page.file, part.span.start).line;
        if matches!(part.kind, PartKind::Prose) {
            prose_from.get_or_insert(line);
            continue;
        }
        if let Some(from) = prose_from.take() {
            let _ = writeln!(out, "  {from:>5}  text");
        }
        let _ = writeln!(out, "  {line:>5}  {}", describe(files, page, part));
    }
    if let Some(from) = prose_from {
        let _ = writeln!(out, "  {from:>5}  text");
    }
}

fn describe(files: &Files, page: &Page, part: &Part) -> String {
    match &part.kind {
        PartKind::Title => format!("title: {}", page.title.as_ref().map_or("", |title| &title.value)),
        PartKind::Fields(fields) => {
            let names: Vec<&str> = fields.iter().map(|field| field.name.value.as_str()).collect();
            format!("facts: {}", names.join(", "))
        }
        PartKind::Section(section) => {
            let step = section.step.map_or_else(String::new, |step| format!("step {}: ", step.number.value));
            let role = section.role.map_or_else(String::new, |role| format!(" ({role:?})").to_lowercase());
            format!("section: {step}{}{role}", section.title.value)
        }
        PartKind::Fix(fix) => {
            let number = fix.number.map_or_else(String::new, |number| format!(" {}", number.value));
            format!("fix{number}: {}", fix.title.value)
        }
        PartKind::Heading { level, text } => format!("heading {level}: {}", first_words(files, &[*text])),
        PartKind::Question(question) => {
            let number = question.number.map_or_else(String::new, |number| format!(" Q{}", number.value));
            let room = match question.answer_box.as_ref().map(|it| &it.shape) {
                None => "no room for an answer",
                Some(BoxShape::Empty) => "an empty box",
                Some(BoxShape::Form(_)) => "a form",
                Some(BoxShape::Choice) => "boxes to tick",
                Some(BoxShape::Table) => "a table",
            };
            format!("question{number}: {} ({room})", first_words(files, &question.text))
        }
        PartKind::Options(options) => {
            let letters: String = options.iter().filter_map(|it| Some(it.letter.as_ref()?.value)).collect();
            format!("{}: {letters}", counted(options.len(), "option"))
        }
        PartKind::Change(change) => {
            let file = change.file.as_ref().map_or("no file named", |file| &file.value);
            let sides = match (change.before, change.after) {
                (Some(_), Some(_)) => "before and after",
                (Some(_), None) => "before alone",
                (None, _) => "after alone",
            };
            format!("change: {sides}, {file}")
        }
        PartKind::Results => "results table".to_owned(),
        PartKind::Figure(figure) => format!("figure: {}", figure.path.value),
        PartKind::Hint { text } => format!("hint: {}", first_words(files, text)),
        PartKind::Commands { sql, .. } => format!("commands{}", if *sql { " in psql" } else { "" }),
        PartKind::Stuck { rows } => format!("stuck table: {}", counted(rows.len(), "row")),
        PartKind::AnswerKey => "answer key".to_owned(),
        PartKind::Faq { question, .. } => format!("common question: {}", first_words(files, &[*question])),
        PartKind::Next(next) => {
            format!("next: {}", next.title.as_ref().map_or("", |title| &title.value))
        }
        PartKind::Prose => "text".to_owned(),
        PartKind::Unclear(unclear) => format!("NOT UNDERSTOOD: {}", unclear.why),
    }
}

fn first_words(files: &Files, text: &[Span]) -> String {
    let whole = text.first().map_or("", |span| files.slice(*span));
    let mut words = whole.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(9).collect();
    format!("{}{}", first.join(" "), if words.next().is_some() { " …" } else { "" })
}
