//! A stage: the learner's tree as it is before any fix, or after one.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::manifest::course::Comments;
use crate::manifest::environment::Environment;
use crate::manifest::measure::LoadTest;
use crate::source::Span;
use crate::syntax::code::{Explaining, ExplainingComments, rewrite_explaining, strip_markers};
use crate::syntax::suppression::strip_suppressions;
use crate::syntax::yaml::{Entries, Node};

/// The learner's folder at one point of the exercise.
#[derive(Clone, Debug)]
pub struct Stage {
    /// `broken`, or the id of the fix that made it.
    pub id: String,
    /// Everything in the folder: app, and files rendered from the stack.
    pub files: BTreeMap<Utf8PathBuf, StageFile>,
    pub environment: Option<Arc<Environment>>,
    /// The environment as declared, with the patches of the fixes until here.
    pub declared: Option<Arc<Node>>,
    /// npm packages that the fixes until here add.
    pub packages: Entries<String>,
    pub loadtests: Vec<LoadTest>,
}

/// A file of a stage. Stages that have it alike share its text.
#[derive(Clone, Debug)]
pub struct StageFile {
    /// As the author wrote it, with region markers and explaining comments. Empty for binaries.
    pub annotated: Arc<str>,
    /// As learners get it.
    pub bytes: Arc<[u8]>,
    /// What runs: without comments that explain, comments for the linter and region markers. Empty for
    /// binaries.
    pub code: Arc<str>,
    pub executable: bool,
    /// Whether the stack rendered it.
    pub rendered: bool,
    pub origin: Span,
}

impl StageFile {
    /// A text file of an author in all its forms; what they have alike is held once.
    #[must_use]
    pub fn written(path: &Utf8Path, annotated: &Arc<str>, comments: Comments, origin: Span) -> Self {
        let text = strip_suppressions(path, annotated);
        let explaining = ExplainingComments::of(path, &text);
        let form = |how| strip_markers(path, &explaining.rewrite(how));
        let shared = |form: String, other: &Arc<str>| match form == **other {
            true => Arc::clone(other),
            false => form.into(),
        };
        let code = shared(form(Explaining::Removed), annotated);
        let learned = shared(form(explained(comments)), &code);
        let (annotated, bytes) = (Arc::clone(annotated), learned.into());
        Self { annotated, bytes, code, executable: false, rendered: false, origin }
    }

    /// A file that the stack made: nothing in it is explained.
    #[must_use]
    pub fn rendered(text: &Arc<str>, executable: bool, origin: Span) -> Self {
        let (annotated, bytes, code) = (Arc::clone(text), Arc::clone(text).into(), Arc::clone(text));
        Self { annotated, bytes, code, executable, rendered: true, origin }
    }

    /// A file that is no text.
    #[must_use]
    pub fn binary(bytes: Arc<[u8]>, origin: Span) -> Self {
        let nothing: Arc<str> = "".into();
        let (annotated, code) = (Arc::clone(&nothing), nothing);
        Self { annotated, bytes, code, executable: false, rendered: false, origin }
    }
}

impl Stage {
    /// The text of a file as learners get it.
    #[must_use]
    pub fn text(&self, path: &Utf8Path) -> Option<&str> {
        self.files.get(path).and_then(|file| std::str::from_utf8(&file.bytes).ok())
    }
}

/// A file with its explaining comments as the course wants them, and without comments for the
/// linter; region markers stay.
#[must_use]
pub fn explained_text(path: &Utf8Path, annotated: &str, comments: Comments) -> String {
    rewrite_explaining(path, &strip_suppressions(path, annotated), explained(comments))
}

/// What becomes of comments that explain where a course wants them so.
fn explained(comments: Comments) -> Explaining {
    match comments {
        Comments::Inline => Explaining::Plain,
        Comments::Twin => Explaining::Removed,
    }
}

/// A file as learners get it.
#[must_use]
pub fn learner_text(path: &Utf8Path, annotated: &str, comments: Comments) -> String {
    strip_markers(path, &explained_text(path, annotated, comments))
}
