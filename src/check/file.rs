//! A file of an exercise as rules see it: its text, parsed at most once, and the way from a place
//! in it to what an author can edit.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::{CodeSpec, Diagnostic, Sink};
use crate::environment::{line_at, locate_rendered};
use crate::manifest::course::Comments;
use crate::model::learner_text;
use crate::source::{FileId, Files, Span};
use crate::syntax::grafana::{Dashboard, Queries, may_be_dashboard, read_dashboard};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::script::{Script, is_script, parse_script};
use crate::syntax::script_calls::{ScriptCalls, parse_script_calls};
use crate::syntax::shell::{Shell, parse_shell};
use crate::syntax::sql_tokens::{Statement, parse_sql};
use crate::syntax::yaml::{Node, parse_yaml};

/// A file of a learner's folder. Offsets in it, and in what it is parsed into, are bytes of
/// [`ExerciseFile::text`]; [`ExerciseFile::span`] leads from there to the source.
#[derive(Debug)]
pub struct ExerciseFile<'a> {
    /// Relative to the exercise's folder.
    pub path: Utf8PathBuf,
    /// With region markers and explaining comments, as its author wrote it; or as rendered.
    pub text: &'a str,
    /// Whether the stack rendered it.
    pub rendered: bool,
    origin: Span,
    parsed: Arc<Parsed>,
}

/// What a text is parsed into.
#[derive(Debug, Default)]
pub struct Parsed {
    code: OnceLock<Arc<str>>,
    yaml: OnceLock<Option<Arc<Node>>>,
    json: OnceLock<Option<Node>>,
    calls: OnceLock<ScriptCalls>,
    shell: OnceLock<Shell>,
    sql: OnceLock<Vec<Statement>>,
    script: OnceLock<Option<Script>>,
    dashboard: OnceLock<Option<Dashboard>>,
    queries: Arc<Queries>,
}

impl Parsed {
    /// Nothing yet; expressions of panels will be those that were read before.
    #[must_use]
    pub fn with_queries(queries: Arc<Queries>) -> Self {
        Self { queries, ..Self::default() }
    }
}

impl<'a> ExerciseFile<'a> {
    /// A file; `origin` is the file itself, or what it was rendered from.
    #[must_use]
    pub fn new(path: impl Into<Utf8PathBuf>, text: &'a str, rendered: bool, origin: Span) -> Self {
        Self { path: path.into(), text, rendered, origin, parsed: Arc::default() }
    }

    /// The same for a file that others have alike: with what they parsed it into.
    #[must_use]
    pub fn with_parsed(self, parsed: Arc<Parsed>) -> Self {
        Self { parsed, ..self }
    }

    /// What it was parsed into.
    #[must_use]
    pub fn parsed(&self) -> Arc<Parsed> {
        Arc::clone(&self.parsed)
    }

    /// The same for a file of which is known what runs.
    #[must_use]
    pub fn with_code(self, code: Arc<str>) -> Self {
        let parsed = Parsed { code: OnceLock::from(code), ..Parsed::default() };
        self.with_parsed(Arc::new(parsed))
    }

    /// What runs: without comments that explain, comments for the linter and region markers.
    #[must_use]
    pub fn code(&self) -> &str {
        self.parsed.code.get_or_init(|| learner_text(&self.path, self.text, Comments::Twin).into())
    }

    /// Whether it is the same file as another: same text from the same source.
    #[must_use]
    pub fn is_same(&self, text: &str, origin: Span) -> bool {
        self.origin == origin && self.text == text
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.file_name().unwrap_or("")
    }

    /// Whether the path has this ending, without the dot.
    #[must_use]
    pub fn has_extension(&self, extension: &str) -> bool {
        self.path.extension() == Some(extension)
    }

    /// The file in the source that an author edits: itself, its template, or scenario.yml.
    #[must_use]
    pub fn source(&self) -> FileId {
        self.origin.file
    }

    /// The file as YAML; `None` if it cannot be read as such, which loading reports.
    pub fn yaml(&self) -> Option<&Node> {
        let parse = || {
            let mut read = Files::default();
            let file = read.add_text(self.path.as_str(), self.text);
            parse_yaml(&read, file, &Sink::default())
        };
        self.parsed.yaml.get_or_init(parse).as_deref()
    }

    /// The file as JSON with comments; `None` if it cannot be read as such, which loading reports.
    pub fn json(&self) -> Option<&Node> {
        let parse = || parse_json(self.text, Span::nowhere().file, Dialect::WithComments).0;
        self.parsed.json.get_or_init(parse).as_ref()
    }

    /// What the file calls, read as JavaScript.
    pub fn calls(&self) -> &ScriptCalls {
        self.parsed.calls.get_or_init(|| parse_script_calls(&self.path, self.text))
    }

    /// The file's commands, read as a shell script.
    pub fn shell(&self) -> &Shell {
        self.parsed.shell.get_or_init(|| parse_shell(self.text))
    }

    /// The file's statements, read as SQL.
    pub fn sql(&self) -> &[Statement] {
        self.parsed.sql.get_or_init(|| parse_sql(self.text))
    }

    /// Whether the file is JavaScript by its name.
    #[must_use]
    pub fn is_script(&self) -> bool {
        ["js", "mjs", "cjs"].iter().any(|extension| self.has_extension(extension))
    }

    /// What the file says as JavaScript; `None` if it is none.
    pub fn script(&self) -> Option<&Script> {
        let parse = || is_script(&self.path).then(|| parse_script(&self.path, self.text));
        self.parsed.script.get_or_init(parse).as_ref()
    }

    /// The file as a dashboard of Grafana; `None` if it is none.
    pub fn dashboard(&self) -> Option<&Dashboard> {
        let read = || {
            let may_be = self.has_extension("json") && may_be_dashboard(self.text);
            may_be.then(|| read_dashboard(self.json()?, &self.parsed.queries)).flatten()
        };
        self.parsed.dashboard.get_or_init(read).as_ref()
    }

    /// Where a place of the text stands in the source.
    #[must_use]
    pub fn span(&self, files: &Files, at: Range<usize>) -> Span {
        if self.rendered {
            locate_rendered(files, self.origin, self.text, at)
        } else {
            Span::new(self.origin.file, at.start, at.end)
        }
    }

    /// A finding at a place of the text. If the file was rendered, it points at what an author can
    /// edit and shows the line as emitted.
    #[must_use]
    pub fn finding(
        &self,
        files: &Files,
        spec: &'static CodeSpec,
        at: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let span = self.span(files, at.clone());
        self.finding_at(spec, span, at, message)
    }

    /// [`ExerciseFile::finding`] where the rule knows better than the template what an author would
    /// edit, such as a value of scenario.yml.
    #[must_use]
    pub fn finding_at(
        &self,
        spec: &'static CodeSpec,
        span: Span,
        at: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let finding = Diagnostic::new(spec, span, message);
        if !self.rendered {
            return finding;
        }
        let start = self.text[..at.start.min(self.text.len())].rfind('\n').map_or(0, |newline| newline + 1);
        finding.emitted(self.path.as_str(), line_at(self.text, start))
    }
}

/// Whether a path lies in a folder of this name at its top.
#[must_use]
pub fn is_in_folder(path: &Utf8Path, folder: &str) -> bool {
    path.components().next().is_some_and(|part| part.as_str() == folder)
}
