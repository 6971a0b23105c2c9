//! `compose/database-name-mismatch`.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::check::{
    Checked, ComposeFile, ComposeService, Exercise, ExerciseFile, authored_span, compose_files, page_of, typed_commands,
};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::shell::Command;

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/database-name-mismatch",
    severity: Severity::Error,
    what: "Two places name the exercise's database differently.",
    why: "One of them looks for a database that does not exist, and the app or the learner's psql cannot connect.",
    fix: "Write the same name in both; it is declared as `environment.app.database` in scenario.yml.",
    source: "rules.md",
    params: &[],
    bad: &[
        compose_example![
            app!(),
            "  postgres:\n    image: postgres:15.18-bookworm\n    environment:\n      POSTGRES_PASSWORD: postgres\n      POSTGRES_DB: «feeds»\n    healthcheck:\n      test: [\"CMD\", \"pg_isready\", \"-U\", \"postgres\"]\n",
            grafana!(),
            prometheus!(),
        ],
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  exporter:\n    image: prometheuscommunity/postgres-exporter:v0.17.1\n    environment:\n      - DATA_SOURCE_NAME=postgresql://postgres:postgres@postgres:5432/«fed»?sslmode=disable\n",
        ],
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nLook at the table:\n\n```bash {in=app}\npsql postgresql://postgres:postgres@postgres:5432/«feedapp»\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nLook at the table:\n\n```bash {in=app}\npsql -h postgres -U postgres -d «feedapp» -c 'SELECT 1'\n```\n",
        )]),
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nLook at the table:\n\n```bash {in=app}\npsql \"$DATABASE_URL\" -c 'SELECT 1'\npsql postgresql://postgres:postgres@postgres:5432/feed?sslmode=disable\npsql -h postgres -U postgres postgres -l\ncurl -s -d hello=1 localhost:3000/feed\n```\n",
        )]),
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  archive:\n    image: postgres:15.18-bookworm\n    environment:\n      POSTGRES_PASSWORD: postgres\n      POSTGRES_DB: archive\n  exporter:\n    image: prometheuscommunity/postgres-exporter:v0.17.1\n    environment:\n      DATA_SOURCE_NAME: postgresql://postgres:postgres@archive:5432/archive\n",
        ],
    ],
};

/// Where a database is given its name.
enum Given<'e, 'a> {
    Declared(Span),
    /// In a file of the exercise. From there to its source is a way that only findings go.
    Written(&'e ExerciseFile<'a>, Range<usize>),
}

impl Given<'_, '_> {
    fn span(&self, checked: &Checked<'_>) -> Span {
        match self {
            Self::Declared(span) => *span,
            Self::Written(file, at) => file.span(checked.files, at.clone()),
        }
    }
}

/// The databases of an exercise: the container that holds one, its name, and where it is given.
struct Databases<'e, 'a> {
    all: Vec<(String, String, Given<'e, 'a>)>,
    /// Made by statements of the exercise, or by PostgreSQL itself.
    more: Vec<String>,
}

/// Compares every place that names a database with the database's own.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let declared = exercise.broken().stage.environment.as_ref().and_then(|it| it.app.database.as_ref());
        let databases = databases_of(checked, exercise, declared, sink);
        if databases.all.is_empty() {
            continue;
        }
        for compose in compose_files(exercise) {
            look_at_services(checked, &compose, &databases, sink);
        }
        for (_, file) in exercise.each_file().filter(|(_, file)| file.is_script()) {
            for (text, _) in &file.calls().texts {
                for found in names_in_addresses(&text.value) {
                    let at = text.part(found.at.clone());
                    let finding = |message| file.finding(checked.files, &SPEC, at, message);
                    let finding = databases.compare(checked, &found, finding);
                    finding.into_iter().for_each(|finding| sink.push(finding));
                }
            }
        }
        look_at_page(checked, exercise, &databases, sink);
    }
}

fn databases_of<'e, 'a>(
    checked: &Checked<'_>,
    exercise: &'e Exercise<'a>,
    declared: Option<&Spanned<String>>,
    sink: &Sink,
) -> Databases<'e, 'a> {
    let mut databases =
        Databases { all: Vec::new(), more: ["postgres", "template0", "template1"].map(str::to_owned).into() };
    for compose in compose_files(exercise) {
        let holders: Vec<ComposeService<'_>> = compose
            .services()
            .filter(|it| ["postgres", "postgis", "timescaledb"].contains(&it.image_name()))
            .collect();
        for holder in &holders {
            let named = holder.variable("POSTGRES_DB").or_else(|| holder.variable("POSTGRES_USER"));
            let Some(named) = named else { continue };
            let given = Given::Written(compose.file, named.at.clone());
            let own = declared.filter(|declared| holders.len() == 1 && named.value != declared.value);
            if let Some(declared) = own.filter(|_| named.name == "POSTGRES_DB") {
                let message = format!(
                    "the database is made as `{}`, and the app expects `{}`",
                    named.value, declared.value
                );
                sink.push(
                    compose
                        .file
                        .finding(checked.files, &SPEC, named.at, message)
                        .also(declared.span, "declared here")
                        .help(format!("write `POSTGRES_DB: {}`", declared.value)),
                );
            }
            let declared = own.map(|own| (own.value.clone(), Given::Declared(own.span)));
            let (name, given) = declared.unwrap_or((named.value, given));
            databases.all.push((holder.name().to_owned(), name, given));
        }
    }
    databases.more.extend(created_databases(exercise));
    databases
}

/// Names behind `CREATE DATABASE` in scripts and SQL files.
fn created_databases(exercise: &Exercise<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for (_, file) in exercise.each_file() {
        if file.is_script() || ["sql", "sh"].iter().any(|it| file.has_extension(it)) {
            let name = |at: usize| name_at(file.text[at..].trim_start_matches('"')).to_lowercase();
            names.extend(ends_of_creations(file.text).map(|at| name_at(&name(at)).to_owned()));
        }
    }
    names
}

/// The name that a text begins with.
fn name_at(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")
}

/// Where `create database ` ends, in whatever letters.
fn ends_of_creations(text: &str) -> impl Iterator<Item = usize> {
    const MARK: &[u8] = b"create database ";
    // Its rarest letter is the `b`.
    const RARE: usize = 11;
    let starts = memchr2_iter(b'b', b'B', text.as_bytes()).filter_map(|at| at.checked_sub(RARE));
    let ends = starts.map(|start| start..start + MARK.len());
    let is_mark = |at: &Range<usize>| {
        text.as_bytes().get(at.clone()).is_some_and(|found| found.eq_ignore_ascii_case(MARK))
    };
    ends.filter(is_mark).map(|at| at.end)
}

/// A database's name at some place.
struct Named {
    host: String,
    name: String,
    at: Range<usize>,
}

impl Databases<'_, '_> {
    fn compare(
        &self,
        checked: &Checked<'_>,
        found: &Named,
        finding: impl FnOnce(String) -> Diagnostic,
    ) -> Option<Diagnostic> {
        let of_host: Vec<_> = self.all.iter().filter(|(host, _, _)| *host == found.host).collect();
        let candidates: Vec<_> = if of_host.is_empty() { self.all.iter().collect() } else { of_host };
        let known =
            candidates.iter().any(|(_, name, _)| *name == found.name) || self.more.contains(&found.name);
        let (host, name, given) = candidates.first().filter(|_| !known)?;
        let message = format!("there is no database `{}`; `{host}` holds `{name}`", found.name);
        let finding = finding(message).also(given.span(checked), "its name is given here");
        Some(finding.help(format!("write `{name}`")))
    }
}

fn look_at_services(
    checked: &Checked<'_>,
    compose: &ComposeFile<'_, '_>,
    databases: &Databases<'_, '_>,
    sink: &Sink,
) {
    for variable in compose.services().flat_map(|service| service.environment()) {
        for found in names_in_addresses(&variable.value) {
            let at = variable.at.start + found.at.start..variable.at.start + found.at.end;
            let finding = |message| {
                let place = || compose.file.span(checked.files, at.clone());
                let whole = authored_span(checked, compose.exercise, compose.file, variable.at.clone());
                let raw = checked.files.slice(whole);
                let span = if let Some(start) = raw.find(&variable.value) {
                    whole.sub(start + found.at.start, start + found.at.end)
                } else if checked.files.slice(place()).contains("[=") {
                    authored_span(checked, compose.exercise, compose.file, at.clone())
                } else {
                    place()
                };
                compose.file.finding_at(&SPEC, span, at.clone(), message)
            };
            databases.compare(checked, &found, finding).into_iter().for_each(|finding| sink.push(finding));
        }
    }
}

fn look_at_page(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    databases: &Databases<'_, '_>,
    sink: &Sink,
) {
    let Some(page) = page_of(checked, exercise) else { return };
    let Ok(text) = checked.files.text(page.file) else { return };
    let push = |found: &Named, span: Span| {
        let finding = databases.compare(checked, found, |message| Diagnostic::new(&SPEC, span, message));
        finding.into_iter().for_each(|finding| sink.push(finding));
    };
    for found in names_in_addresses(text) {
        push(&found, Span::new(page.file, found.at.start, found.at.end));
    }
    for typed in typed_commands(checked.files, page) {
        for command in &typed.shell.commands {
            if let Some(found) = name_in_options(command) {
                push(&found, typed.place(found.at.clone()));
            }
        }
    }
}

/// `feed` of `psql -h postgres -U postgres -d feed`, or of `psql … feed`.
fn name_in_options(command: &Command) -> Option<Named> {
    if !["psql", "pg_dump", "pgbench", "pg_isready", "vacuumdb"].contains(&command.name()) {
        return None;
    }
    let takes_value =
        ["-h", "-p", "-U", "-c", "-f", "-o", "-v", "-t", "-T", "-j", "-P", "--host", "--port", "--username"];
    let (mut host, mut name) = (String::new(), None);
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        let text = word.text.as_str();
        if text == "-h" || text == "--host" {
            host = words.next().map_or(String::new(), |word| word.text.clone());
        } else if text == "-d" || text == "--dbname" {
            name = words.next();
        } else if takes_value.contains(&text) && command.name() != "pgbench" {
            words.next();
        } else if !text.starts_with('-') && name.is_none() && command.name() == "psql" {
            name = Some(word);
        }
    }
    let name =
        name.filter(|word| word.literal && !word.text.contains(['/', '=', '_']) | is_plain(&word.text))?;
    is_plain(&name.text).then(|| Named { host, name: name.text.clone(), at: name.span.clone() })
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The names in `postgresql://user:password@host:port/name`.
fn names_in_addresses(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for scheme in ["postgres://", "postgresql://"] {
        for (at, _) in text.match_indices(scheme) {
            let start = at + scheme.len();
            let rest = &text[start..];
            let end = rest.find(|c: char| c.is_whitespace() || "/\"'`<>)".contains(c)).unwrap_or(rest.len());
            if !rest[end..].starts_with('/') {
                continue;
            }
            let host = rest[..end].rsplit('@').next().unwrap_or("").split(':').next().unwrap_or("");
            let from = start + end + 1;
            let name = &text[from..];
            let len =
                name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(name.len());
            let filled_in = name[len..].starts_with(['$', '{', '<', '…', '.']);
            if len > 0 && !filled_in {
                found.push(Named {
                    host: host.to_owned(),
                    name: name[..len].to_owned(),
                    at: from..from + len,
                });
            }
        }
    }
    found
}
