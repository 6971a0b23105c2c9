//! A readable outline of a repository: one line for each entry, file and part.

use std::fmt::Write;

use camino::Utf8Path;

use crate::adopt::read::read_repository;
use crate::adopt::{
    Answer, AnswerBox, BoxShape, Entry, Field, FieldKind, Folder, Number, Page, Part, PartKind, Repository,
};
use crate::source::{FileId, Files, Span, read_repository_dir};

/// A fixture, read.
pub(super) fn fixture(path: &str) -> Repository {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/adopt").join(path);
    let (files, faults) = read_repository_dir(&root);
    assert_eq!(faults, [], "{root}");
    read_repository(files)
}

/// A repository of one page, with files that the page may name.
fn one_page(text: &str, answers: Option<&str>) -> Repository {
    let mut files = Files::default();
    files.add_text("a/SCENARIO.md", text);
    files.add_text("a/src/server.js", "a\n");
    files.add_text("a/docker-compose.yml", "");
    if let Some(answers) = answers {
        files.add_text("a/ANSWERS.md", answers);
    }
    read_repository(files)
}

/// The title of a page, and one line for each of its parts.
pub(super) fn page_of(text: &str) -> (String, Vec<String>) {
    let repository = one_page(text, None);
    let page = repository.folders[0].page.as_ref().expect("a page");
    let title = page.title.as_ref().map_or("", |title| title.as_str());
    let mut questions = 0;
    let parts = page.parts.iter().map(|part| outline_part(&repository.files, part, &mut questions));
    (format!("{} «{title}»", number(page.number)), parts.collect())
}

/// One line for each part of a page.
pub(super) fn parts_of(text: &str) -> Vec<String> {
    page_of(text).1
}

/// One line for each answer of a page.
pub(super) fn answers_of(text: &str, file: Option<&str>) -> Vec<String> {
    let repository = one_page(text, file);
    let folder = &repository.folders[0];
    let page = folder.page.as_ref().expect("a page");
    folder.answers.iter().map(|answer| outline_answer(&repository.files, page, answer)).collect()
}

/// The outline of a repository with this README and pages of no content.
pub(super) fn readme_of(text: &str, pages: &[&str]) -> String {
    let mut files = Files::default();
    files.add_text("README.md", text);
    for page in pages {
        files.add_text(*page, "# Page\n");
    }
    outline_repository(&read_repository(files))
}

pub(super) fn outline_repository(repository: &Repository) -> String {
    let files = &repository.files;
    let mut out = String::new();
    let curriculum = &repository.curriculum;
    let title = curriculum.title.as_ref().map_or("none", |title| title.as_str());
    let _ = writeln!(out, "title: {title}\ngithub: {:?}", repository.github.as_ref().map(|it| it.as_str()));
    for span in &curriculum.about {
        let _ = writeln!(out, "about: {}", short(files, *span));
    }
    for group in &curriculum.groups {
        let part_of = group.part_of.as_ref().map(|it| it.as_str());
        let tier = group.tier.as_ref().map(|it| it.as_str());
        let _ = writeln!(out, "group: {} | part of {part_of:?} | tier {tier:?}", group.name.as_str());
        let _ = writeln!(out, "  goal: {}", group.goal.map_or(String::new(), |goal| short(files, goal)));
        for entry in &group.entries {
            let _ = writeln!(out, "  {}", outline_entry(repository, entry));
        }
    }
    for span in &curriculum.rest {
        let _ = writeln!(out, "rest: {}", short(files, *span));
    }
    for folder in &repository.folders {
        out.push_str(&outline_folder(files, folder));
    }
    let _ = writeln!(out, "loose: {}", names(files, &repository.loose));
    out
}

fn outline_entry(repository: &Repository, entry: &Entry) -> String {
    let files = &repository.files;
    let folder = entry.folder.map(|at| repository.folders[at].path.as_str());
    let list = |items: &[crate::source::Spanned<String>]| {
        items.iter().map(|item| item.as_str()).collect::<Vec<_>>().join("; ")
    };
    let other: Vec<String> = entry
        .other
        .iter()
        .map(|(name, value)| format!("{}={}", name.as_str(), short(files, *value)))
        .collect();
    format!(
        "{} «{}» {:?} -> {folder:?} | {} | needs {} | {:?} | {} | app {} | {}",
        number(entry.number),
        entry.title.as_str(),
        entry.status.as_ref().map(|status| status.value),
        list(&entry.concepts),
        list(&entry.builds_on),
        entry.minutes.as_ref().map(|minutes| minutes.value),
        entry.summary.map_or(String::new(), |summary| short(files, summary)),
        entry.app.map_or(String::new(), |app| short(files, app)),
        other.join(", "),
    )
}

fn outline_folder(files: &Files, folder: &Folder) -> String {
    let path = |file: Option<FileId>| file.map_or("none", |file| files.path(file).as_str());
    let mut out = format!("folder: {} (number {:?})\n", folder.path, folder.number);
    let _ = writeln!(out, "  page: {}", path(folder.page.as_ref().map(|page| page.file)));
    let _ = writeln!(out, "  readme: {}\n  answers: {}", path(folder.readme), path(folder.answers_file));
    let _ =
        writeln!(out, "  devcontainer: {}\n  compose: {}", path(folder.devcontainer), path(folder.compose));
    let _ =
        writeln!(out, "  app: {}\n  pictures: {}", names(files, &folder.app), names(files, &folder.pictures));
    for solution in &folder.solution {
        let replaces = solution.replaces.as_ref().map_or("typed", |path| path.as_str());
        let _ =
            writeln!(out, "  solution: {} for {replaces}, fix {:?}", files.path(solution.file), solution.fix);
    }
    for twin in &folder.twins {
        let _ = writeln!(out, "  twin: {} of {}", files.path(twin.commented), files.path(twin.plain));
    }
    out
}

/// A page and its answers.
pub(super) fn outline_page(files: &Files, folder: &Folder) -> String {
    let Some(page) = &folder.page else { return "no page\n".to_owned() };
    let mut out =
        format!("{} «{}»\n", number(page.number), page.title.as_ref().map_or("", |title| title.as_str()));
    let mut questions = 0;
    for part in &page.parts {
        let _ = writeln!(out, "{:>4} {}", line(files, part.span), outline_part(files, part, &mut questions));
    }
    for answer in &folder.answers {
        let _ = writeln!(out, "{}", outline_answer(files, page, answer));
    }
    out
}

fn outline_answer(files: &Files, page: &Page, answer: &Answer) -> String {
    let of_page = answer.span.file == page.file;
    format!(
        "answer {} line {}{} to {:?}: «{}» {}",
        number(answer.number),
        line(files, answer.span),
        if of_page { "" } else { " of the file" },
        answer.answers,
        answer
            .question
            .as_ref()
            .map_or("", |question| question.as_str())
            .chars()
            .take(40)
            .collect::<String>(),
        texts(files, &answer.text),
    )
}

fn outline_part(files: &Files, part: &Part, questions: &mut usize) -> String {
    match &part.kind {
        PartKind::Title => "TITLE".to_owned(),
        PartKind::Fields(fields) => {
            format!("FIELDS {}", fields.iter().map(outline_field).collect::<Vec<_>>().join(" | "))
        }
        PartKind::Section(heading) => {
            let step = heading.step.map_or("-".to_owned(), |step| step.number.value.to_string());
            let role = heading.role.map_or("plain", |role| role.word());
            format!("SECTION [{role}] step {step} «{}»", heading.title.as_str())
        }
        PartKind::Fix(fix) => format!("FIX h{} {} «{}»", fix.level, number(fix.number), fix.title.as_str()),
        PartKind::Heading { level, text } => format!("heading {level} «{}»", short(files, *text)),
        PartKind::Question(question) => {
            *questions += 1;
            let label = question.label.as_ref().map_or("", |label| label.as_str());
            format!(
                "QUESTION {}: {} {label} {} [{}]",
                *questions - 1,
                number(question.number),
                texts(files, &question.text),
                outline_box(files, question.answer_box.as_ref()),
            )
        }
        PartKind::Options(options) => {
            let options: Vec<String> = options
                .iter()
                .map(|option| {
                    let letter = option.letter.as_ref().map_or('?', |letter| letter.value);
                    let name = option.name.map_or(String::new(), |name| short(files, name));
                    format!("{letter} «{name}» {}", texts(files, &option.text))
                })
                .collect();
            format!("OPTIONS {}", options.join(" / "))
        }
        PartKind::Change(change) => format!(
            "CHANGE {:?} {} before {} after {} labels {} prose {}",
            change.file.as_ref().map(|file| file.as_str()),
            change.language,
            change.before.map_or("none".to_owned(), |span| short(files, span)),
            change.after.map_or("none".to_owned(), |span| short(files, span)),
            texts(files, &change.labels),
            texts(files, &change.prose),
        ),
        PartKind::Results => format!("RESULTS {}", short(files, part.span)),
        PartKind::Figure(figure) => format!(
            "FIGURE {} {} alt «{}» caption «{}»",
            number(figure.number),
            figure.path.as_str(),
            figure.alt.chars().take(30).collect::<String>(),
            figure.caption.as_ref().map_or("", |caption| caption.as_str()),
        ),
        PartKind::Hint { text } => format!("HINT {}", texts(files, text)),
        PartKind::Commands { sql, body } => {
            format!("COMMANDS {} {}", if *sql { "sql" } else { "shell" }, short(files, *body))
        }
        PartKind::Stuck { rows } => format!(
            "STUCK {} rows: {}",
            rows.len(),
            rows.iter()
                .map(|(problem, help)| format!("{} => {}", short(files, *problem), short(files, *help)))
                .collect::<Vec<_>>()
                .join(" / ")
        ),
        PartKind::AnswerKey => "ANSWER KEY".to_owned(),
        PartKind::Faq { question, answer } => {
            format!("FAQ {} {}", short(files, *question), texts(files, answer))
        }
        PartKind::Next(next) => format!(
            "NEXT {} {:?} {:?}",
            number(next.number),
            next.title.as_ref().map(|title| title.as_str()),
            next.link.as_ref().map(|link| link.as_str())
        ),
        PartKind::Prose => format!("prose {}", short(files, part.span)),
        PartKind::Unclear(unclear) => format!("UNCLEAR {}: {}", unclear.why, short(files, part.span)),
    }
}

fn outline_field(field: &Field) -> String {
    let kind = match &field.kind {
        FieldKind::Concepts(concepts) => {
            format!("concepts {:?}", concepts.iter().map(|it| it.as_str()).collect::<Vec<_>>())
        }
        FieldKind::Minutes(from, to) => format!("minutes {from}-{to}"),
        FieldKind::Level => "level".to_owned(),
        FieldKind::BuildsOn(needs) => {
            format!("needs {:?}", needs.iter().map(|it| it.as_str()).collect::<Vec<_>>())
        }
        FieldKind::Other => "other".to_owned(),
    };
    format!("{}={} ({kind})", field.name.as_str(), field.value.as_str())
}

fn outline_box(files: &Files, found: Option<&AnswerBox>) -> String {
    match found.map(|found| &found.shape) {
        None => "no box".to_owned(),
        Some(BoxShape::Empty) => "box".to_owned(),
        Some(BoxShape::Form(lines)) => format!("form {}", texts(files, lines)),
        Some(BoxShape::Choice) => "choice".to_owned(),
        Some(BoxShape::Table) => "table".to_owned(),
    }
}

fn texts(files: &Files, spans: &[Span]) -> String {
    spans.iter().map(|span| format!("«{}»", short(files, *span))).collect::<Vec<_>>().join(" ")
}

fn number(number: Option<Number>) -> String {
    match number {
        None => "#-".to_owned(),
        Some(Number { value, minor: None, .. }) => format!("#{value}"),
        Some(Number { value, minor: Some(minor), .. }) => format!("#{value}.{minor}"),
    }
}

fn line(files: &Files, span: Span) -> u32 {
    files.position(span.file, span.start).line
}

fn names(files: &Files, list: &[FileId]) -> String {
    list.iter().map(|file| files.path(*file).as_str()).collect::<Vec<_>>().join(", ")
}

/// The beginning and the end of a text, on one line.
fn short(files: &Files, span: Span) -> String {
    let text = files.slice(span).replace('\n', "⏎");
    let count = text.chars().count();
    if count <= 50 {
        return text;
    }
    let (start, end): (String, String) =
        (text.chars().take(28).collect(), text.chars().skip(count - 18).collect());
    format!("{start}…{end}")
}
