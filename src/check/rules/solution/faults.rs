//! What a command or a script does that belongs to the learner: it creates an index, rewrites
//! `src/`, reads a solution, or applies a patch.

use std::ops::Range;

use super::commands::{
    Inner, inner_script, is_database, is_speaker, patches, reads_solution, rewrites_source,
};
use super::facts::{FixStatement, changes_something, is_solution_path, is_source_path};
use crate::check::StageFolder;
use crate::syntax::script_calls::{Call, ScriptCalls, Text, parse_script_calls};
use crate::syntax::shell::{Command, Shell, Word, parse_shell};
use crate::syntax::sql_tokens::{Statement, parse_sql};

/// One such act, and where it stands in the text that was looked at.
pub struct Fault {
    pub at: Range<usize>,
    /// What it does, to be put behind the name of the file.
    pub what: String,
    /// The statement of a fix that it carries out, by its place in [`Look::fixes`].
    pub fix: Option<usize>,
}

/// What acts are compared with.
pub struct Look<'l, 'e, 'a> {
    pub stage: &'l StageFolder<'a>,
    pub fixes: &'l [FixStatement<'e>],
    /// Files that set the starting state up may create what no fix creates.
    pub may_create: bool,
}

impl Look<'_, '_, '_> {
    /// Acts of a shell text.
    pub fn shell(&self, shell: &Shell) -> Vec<Fault> {
        let mut found = Vec::new();
        for (index, command) in shell.commands.iter().enumerate() {
            // What is only printed is done by nobody, unless a database reads it.
            let reader = command.pipes_into.and_then(|at| shell.commands.get(at));
            let is_fed = reader.is_some_and(is_database) || is_database(command);
            if !is_speaker(command) || is_fed {
                found.extend(self.command(command, is_fed));
            }
            let fed_by_file = shell.commands.iter().any(|other| other.pipes_into == Some(index));
            if is_database(command) && !fed_by_file {
                found.extend(self.files_of(command));
            }
        }
        found
    }

    fn command(&self, command: &Command, is_fed: bool) -> Vec<Fault> {
        let mut found = Vec::new();
        found.extend(patches(command).map(|at| Fault { at, what: "applies a patch".to_owned(), fix: None }));
        found.extend(reads_solution(command).map(|at| Fault {
            at,
            what: "uses `solution/`".to_owned(),
            fix: None,
        }));
        found.extend(rewrites_source(command).map(|at| Fault {
            at,
            what: "rewrites `src/`".to_owned(),
            fix: None,
        }));
        if is_fed {
            let texts = command.words.iter().chain(&command.heredoc);
            for word in texts {
                found.extend(
                    self.statements(&word.text)
                        .into_iter()
                        .map(|fault| Fault { at: word.span.clone(), ..fault }),
                );
            }
            if command.pipes_into.is_some() {
                found.extend(self.files_of(command));
            }
        }
        if let Some(inner) = inner_script(command) {
            let faults = match inner.1 {
                Inner::Shell => self.shell(&parse_shell(&inner.0.text)),
                Inner::Script => self.script(&parse_script_calls("inline.js".into(), &inner.0.text)),
            };
            found.extend(faults.into_iter().map(|fault| Fault { at: inner.0.span.clone(), ..fault }));
        }
        found
    }

    /// SQL files that a command hands to the database.
    fn files_of(&self, command: &Command) -> Vec<Fault> {
        let reads =
            command.redirects.iter().filter(|redirect| !redirect.writes).map(|redirect| &redirect.target);
        let mut found = Vec::new();
        for word in command.words.iter().chain(reads) {
            found.extend(self.file(&word.text).map(|fault| Fault { at: word.span.clone(), ..fault }));
        }
        found
    }

    /// What running a file of the exercise does.
    fn file(&self, path: &str) -> Option<Fault> {
        let name = path.rsplit('=').next().unwrap_or(path);
        let name = name.trim_start_matches("./").rsplit("../").next().unwrap_or(name);
        let file = self.stage.file(name).filter(|file| file.has_extension("sql"))?;
        let fault = self.of_statements(file.sql()).into_iter().next()?;
        Some(Fault { what: format!("runs `{name}`, which {}", fault.what), ..fault })
    }

    /// Acts of a script.
    pub fn script(&self, calls: &ScriptCalls) -> Vec<Fault> {
        let mut found = Vec::new();
        for call in &calls.calls {
            found.extend(self.call(call, calls));
        }
        // Texts that are put together stand nowhere as a whole but in the call that takes them.
        for call in calls.calls.iter().filter(|call| !is_printed(&call.callee)) {
            for text in call.arguments.iter().filter_map(|it| it.text.as_ref()).filter(|text| !text.verbatim)
            {
                let faults = self.statements(&text.value).into_iter();
                found.extend(faults.map(|fault| Fault { at: text.part(fault.at.clone()), ..fault }));
            }
        }
        for (text, callee) in &calls.texts {
            if !is_printed(callee.as_deref().unwrap_or("")) {
                for fault in self.statements(&text.value) {
                    found.push(Fault { at: text.part(fault.at.clone()), ..fault });
                }
            }
        }
        found
    }

    fn call(&self, call: &Call, calls: &ScriptCalls) -> Vec<Fault> {
        let owner = call.callee.rsplit_once('.').map_or("", |(owner, _)| owner);
        let runs = ["", "child_process", "cp", "childProcess", "shell", "execa"].contains(&owner);
        let texts = || call.arguments.iter().filter_map(|argument| argument.text.as_ref());
        let first = call.arguments.first();
        let mut found = Vec::new();
        match call.name() {
            "exec" | "execSync" | "execaCommand" | "$" if runs => {
                if let Some(text) = first.and_then(|it| it.text.as_ref()) {
                    let faults = self.shell(&parse_shell(&text.value));
                    found.extend(faults.into_iter().map(|fault| Fault { at: text.span.clone(), ..fault }));
                }
            }
            "spawn" | "spawnSync" | "execFile" | "execFileSync" | "execa" if runs => {
                let command = command_of(call);
                let faults = self.shell(&Shell { commands: vec![command], functions: Vec::new() });
                found.extend(faults);
            }
            "createIndex" | "addIndex" | "createIndexes" if !self.may_create => {
                found.push(Fault { at: call.span.clone(), what: "creates an index".to_owned(), fix: None });
            }
            name if READS.contains(&name) => {
                let text = texts().find(|text| is_solution_path(&text.value));
                found.extend(text.map(|text| Fault {
                    at: text.span.clone(),
                    what: "uses `solution/`".to_owned(),
                    fix: None,
                }));
                let sql = texts().find_map(|text| Some((text, self.file(&text.value)?)));
                found.extend(sql.map(|(text, fault)| Fault { at: text.span.clone(), ..fault }));
            }
            _ => {}
        }
        found.extend(writes_source(call, calls).map(|at| Fault {
            at,
            what: "rewrites `src/`".to_owned(),
            fix: None,
        }));
        found
    }

    /// Statements that create what learners should, with their places in the text.
    pub fn statements(&self, text: &str) -> Vec<Fault> {
        let lower = text.to_ascii_lowercase();
        if !["create", "alter", "drop", "reindex", "cluster"].iter().any(|word| lower.contains(word)) {
            return Vec::new();
        }
        self.of_statements(&parse_sql(text))
    }

    pub fn of_statements(&self, statements: &[Statement]) -> Vec<Fault> {
        let mut found = Vec::new();
        for statement in statements.iter().filter(|statement| changes_something(statement)) {
            let fix = self.fixes.iter().position(|fix| fix.is_done_by(statement));
            let created = statement.created();
            let is_index =
                created.as_ref().is_some_and(|created| created.kind == "index" && created.table.is_some());
            if fix.is_none() && (self.may_create || !is_index) {
                continue;
            }
            let name = created.and_then(|created| Some((created.kind, created.name?.text)));
            let what = match name {
                Some((kind, name)) => format!("creates the {kind} `{name}`"),
                None if is_index => "creates an index".to_owned(),
                None => "carries out a statement of a fix".to_owned(),
            };
            found.push(Fault { at: statement.span(), what, fix });
        }
        found
    }
}

/// Calls that take something out of a file.
const READS: [&str; 24] = [
    "readFile",
    "readFileSync",
    "createReadStream",
    "copyFile",
    "copyFileSync",
    "cp",
    "cpSync",
    "copy",
    "copySync",
    "rename",
    "renameSync",
    "symlink",
    "symlinkSync",
    "link",
    "linkSync",
    "readdir",
    "readdirSync",
    "opendirSync",
    "require",
    "import",
    "join",
    "resolve",
    "fork",
    "move",
];

/// Calls that write the file that their argument with this number names.
const WRITES: [(&str, usize); 17] = [
    ("writeFile", 0),
    ("writeFileSync", 0),
    ("appendFile", 0),
    ("appendFileSync", 0),
    ("createWriteStream", 0),
    ("outputFile", 0),
    ("outputFileSync", 0),
    ("copyFile", 1),
    ("copyFileSync", 1),
    ("cp", 1),
    ("cpSync", 1),
    ("copy", 1),
    ("copySync", 1),
    ("rename", 1),
    ("renameSync", 1),
    ("move", 1),
    ("symlinkSync", 1),
];

/// A call that writes into `src/`. Where its target is computed, a script that names a file of
/// `src/` is taken to mean that one.
fn writes_source(call: &Call, calls: &ScriptCalls) -> Option<Range<usize>> {
    let name = call.name();
    let (_, index) = WRITES.iter().find(|(known, _)| *known == name)?;
    let target = call.arguments.get(*index)?;
    if let Some(text) = &target.text {
        return is_source_path(&text.value).then(|| target.span.clone());
    }
    let named = |text: &Text| text.value.contains('/') && is_source_path(&text.value);
    let names_source = calls.texts.iter().any(|(text, _)| named(text))
        || calls.calls.iter().any(|call| {
            ["join", "resolve"].contains(&call.name())
                && call.arguments.iter().any(|it| it.text.as_ref().is_some_and(|text| text.value == "src"))
        });
    (names_source && name.starts_with("write")).then(|| target.span.clone())
}

/// Calls whose text is for people.
fn is_printed(callee: &str) -> bool {
    let speaks = ["console.", "process.stdout", "process.stderr", "logger."];
    let last = callee.rsplit('.').next().unwrap_or("");
    speaks.iter().any(|start| callee.starts_with(start))
        || ["Error", "log", "warn", "info", "print"].contains(&last)
}

/// `spawn('psql', ['-f', 'x.sql'])` as a command.
fn command_of(call: &Call) -> Command {
    let mut words = Vec::new();
    let name = call.arguments.first().and_then(|argument| argument.text.as_ref());
    for text in name.into_iter().chain(call.arguments.iter().skip(1).flat_map(|argument| &argument.list)) {
        words.push(Word { text: text.value.clone(), span: text.span.clone(), literal: true });
    }
    Command { words, span: call.span.clone(), ..Command::default() }
}
