//! `pedagogy/code-before-symptoms`: what a page says decides, not what its headings are called.

mod instruction;

use std::ops::Range;

use camino::Utf8Path;

use super::fix_code::opener;
use super::reading::{Event, Kind, exercise_pages};
use super::text::{Code, plain_text};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::model::Stage;
use crate::source::Span;
use crate::syntax::attributes::Attributes;

use instruction::find_instruction;

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/code-before-symptoms",
    severity: Severity::Error,
    what: "An exercise sends its learner into the code or the schema before the load test has shown what is wrong.",
    why: "Nobody at work opens the code first. Whoever reads it without a symptom in mind guesses, and learns to guess.",
    fix: "Move the instruction, the quotation or the query behind the first load test, into a section with the role `.understand` or `.diagnose`.",
    source: "platform-vision.md, Symptoms Before Code Principle",
    params: &[],
    bad: &[
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\nStart with something easy: «open `src/server.js`» and see what it does.\n\n::loadtest{#baseline}\n\n",
            guess!(),
            seen!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time. Before you measure anything, «have a look at the schema» of its database.\n\n",
            system_figure!(),
            concepts!(),
            observe!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\nThis is the route that people wait for:\n\n«```js {file=src/server.js region=answer}»\n```\n\n::loadtest{#baseline}\n\n",
            guess!(),
            seen!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\nThe table first:\n\n```bash\npsql postgresql://postgres:postgres@postgres:5432/feed\n```\n\n```sql {in=psql}\n«\\d posts»\n```\n\n::loadtest{#baseline}\n\n",
            guess!(),
            seen!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\n```bash {in=app}\npwd\n«cat src/server.js»\n```\n\n::loadtest{#baseline}\n\n",
            guess!(),
            seen!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
    ],
    good: &[
        page!(
            "## The page is slow {.situation}\n\nA small feed answers one visitor at a time. The app lives in `src/`, and `src/server.js` starts it. Don't open it yet: write down what you see before you read the code. In a later step you will open `src/server.js`.\n\n",
            system_figure!(),
            concepts!(),
            "## Where things are {.environment}\n\n::environment\n\nThese files matter. Leave them closed for now.\n\n::files\n\n",
            observe!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
        page!(
            situation!(),
            concepts!(),
            "## Measure it {.observe #measure}\n\nOpen Grafana from the Ports tab, look at the panels, and check which status code the app sends:\n\n```bash {in=app}\ncurl -s -o /dev/null -w '%{http_code}\\n' localhost:3000/feed\n```\n\nAs soon as you have seen the figures, open `src/server.js`.\n\n",
            "::loadtest{#baseline}\n\n",
            guess!(),
            seen!(),
            understand!(),
            fix!(),
            after_fix!()
        ),
    ],
};

/// One finding for each section: the first thing in it that opens the code.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for page in exercise_pages(checked) {
        let Some(symptom) = page.events.iter().position(|event| shows_symptom(checked, event)) else {
            continue;
        };
        let Some(sources) = page.written.stages.first().map(Sources::of) else { continue };
        let mut reported = None;
        for event in page.events[..symptom].iter().filter(|event| !event.part.hidden) {
            if reported == Some(event.section) {
                continue;
            }
            let Some((place, what)) = opens_code(checked, &sources, event) else { continue };
            reported = Some(event.section);
            let seen = opener(checked, &page.events[symptom]);
            sink.push(
                Diagnostic::new(&SPEC, place, format!("this {what} before any symptom has been seen"))
                    .also(seen, "here the learner first sees what is wrong")
                    .help("move it behind the load test, or say that the files stay closed for now"),
            );
        }
    }
}

/// Programs that send requests.
const LOAD_PROGRAMS: [&str; 8] = ["loadtest", "autocannon", "curl", "wget", "wrk", "k6", "hey", "fetch("];

fn shows_symptom(checked: &Checked<'_>, event: &Event<'_>) -> bool {
    match event.kind {
        Kind::Loadtest(_) => true,
        Kind::Fence { language: "bash" | "sh" | "console", body, .. } => {
            let text = checked.files.slice(body);
            LOAD_PROGRAMS.iter().any(|program| text.contains(program))
        }
        _ => false,
    }
}

/// Where an event opens the code, and how.
fn opens_code(
    checked: &Checked<'_>,
    sources: &Sources<'_>,
    event: &Event<'_>,
) -> Option<(Span, &'static str)> {
    match event.kind {
        Kind::Change(directive) => Some((directive.opener, "shows a change")),
        Kind::Fence { language, attributes, body } => {
            let text = checked.files.slice(body);
            let (line, what) = fence_opens(sources, language, attributes, text)?;
            let place = line.map_or_else(|| opener(checked, event), |line| body.sub(line.start, line.end));
            Some((place, what))
        }
        Kind::Prose => {
            let text = plain_text(checked.files, event.block, Code::Kept);
            let found = find_instruction(&text, &|word| sources.have(word))?;
            let typed = checked.files.slice(event.block.span);
            // The words of a piece of code begin and end with its marks.
            let start = found.start;
            let end = found.end + usize::from(typed[found.end..].starts_with('`'));
            Some((event.block.span.sub(start, end), "opens the code"))
        }
        _ => None,
    }
}

/// Programs that show a file.
const READERS: [&str; 15] = [
    "cat", "less", "more", "head", "tail", "sed", "grep", "rg", "awk", "code", "vim", "vi", "nano", "bat",
    "open",
];

/// What psql and PostgreSQL say about tables.
const CATALOGS: [&str; 7] = [
    "information_schema",
    "pg_indexes",
    "pg_class",
    "pg_catalog",
    "pg_attribute",
    "pg_constraint",
    "explain ",
];

/// The line that opens the code, unless it is the whole fence, and how.
fn fence_opens(
    sources: &Sources<'_>,
    language: &str,
    attributes: &Attributes,
    body: &str,
) -> Option<(Option<Range<usize>>, &'static str)> {
    if let Some(file) = attributes.get("file") {
        return sources.have(&file.value).then_some((None, "quotes the code"));
    }
    // A line without the space around it.
    let first = |is_meant: &dyn Fn(&str) -> bool| {
        let line = body.lines().find(|line| is_meant(line))?.trim();
        let start = line.as_ptr() as usize - body.as_ptr() as usize;
        Some(start..start + line.len())
    };
    let is_command = super::fix_code::is_command(language) && attributes.get("output").is_none();
    let is_schema = |line: &str| {
        let lower = line.trim_start().to_lowercase();
        lower.starts_with("\\d")
            || lower.contains(" '\\d")
            || lower.contains("\"\\d")
            || CATALOGS.iter().any(|name| lower.contains(name))
    };
    if let Some(line) = first(&is_schema).filter(|_| is_command) {
        return Some((Some(line), "asks for the schema"));
    }
    let reads = |line: &str| {
        let mut words =
            line.split_whitespace().map(|word| word.trim_matches(|c| matches!(c, '"' | '\'' | ';' | '|')));
        let is_reader = words.next().is_some_and(|first| READERS.contains(&first));
        is_reader && words.any(|word| sources.have(word))
    };
    let is_shell = is_command && language != "sql";
    let line =
        first(&|line| line.split(['|', '&', ';']).any(|part| reads(part.trim()))).filter(|_| is_shell)?;
    Some((Some(line), "reads the code"))
}

/// The learner's own code: what the stack renders is machinery.
struct Sources<'s> {
    broken: &'s Stage,
    /// Files of it whose paths look like words.
    bare: Vec<&'s str>,
}

impl<'s> Sources<'s> {
    fn of(broken: &'s Stage) -> Self {
        let own = broken.files.iter().filter(|(_, file)| !file.rendered);
        let bare = own.map(|(path, _)| path.as_str()).filter(|path| !path.contains(['/', '.'])).collect();
        Self { broken, bare }
    }

    /// Whether a word names some of it.
    fn have(&self, word: &str) -> bool {
        let files = &self.broken.files;
        let word = word.trim_start_matches("./");
        if let Some(folder) = word.strip_suffix('/').filter(|folder| !folder.is_empty()) {
            return files.iter().any(|(path, file)| !file.rendered && path.starts_with(folder));
        }
        // Most words are no path.
        if !word.contains(['/', '.']) {
            return self.bare.contains(&word);
        }
        let path = Utf8Path::new(word);
        if let Some(file) = files.get(path) {
            return !file.rendered;
        }
        let is_code = matches!(path.extension(), Some("js" | "mjs" | "cjs" | "ts" | "sql"));
        let same_name = |(known, file): (&camino::Utf8PathBuf, &crate::model::StageFile)| {
            known.file_name() == path.file_name() && file.rendered
        };
        is_code && !files.iter().any(same_name)
    }
}
