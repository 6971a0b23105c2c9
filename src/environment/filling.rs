//! A stack's templates filled in, each once for every context that it can tell apart: stages, and
//! scenarios, hardly differ in what their environments are made of.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::context::Context;
use super::template::Engine;
use crate::diag::Sink;
use crate::manifest::stack::Delimiters;
use crate::source::{FileId, Files};
use crate::syntax::suppression::strip_suppressions;

/// A template that was filled in.
#[derive(Debug)]
pub struct Filled {
    pub text: Arc<str>,
    /// Set when the text was read back and nothing is wrong with it.
    pub sound: OnceLock<()>,
}

/// What a filled template depends on: the file, the output's path, and what it prints of the context.
type Key = (FileId, String, Option<blake3::Hash>);

/// The templates of one stack.
pub struct Fillings<'a> {
    files: &'a Files,
    pub engine: Engine<'a>,
    /// Without those that have faults: they are filled in, and reported, each time.
    done: Mutex<HashMap<Key, Arc<Filled>>>,
}

impl<'a> Fillings<'a> {
    /// A fault in the delimiters is reported.
    pub fn new(files: &'a Files, delimiters: Option<&Delimiters>, sink: &Sink) -> Self {
        Self { files, engine: Engine::new(files, delimiters, sink), done: Mutex::default() }
    }

    /// Fills in a template; a file that does not end in `.j2` is taken as it is. Comments for the
    /// linter stay behind.
    pub fn fill(&self, template: FileId, path: &str, context: &Context, sink: &Sink) -> Option<Arc<Filled>> {
        let is_template = self.files.path(template).extension() == Some("j2");
        let seen = is_template.then(|| context.hash_for(self.files.text(template).unwrap_or_default()));
        let key = (template, path.to_owned(), seen);
        if let Some(known) = self.done.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(known));
        }
        let text = if is_template {
            self.engine.render(template, path, context, sink)
        } else {
            self.files.text(template).ok().map(str::to_owned)
        }?;
        let text = strip_suppressions(path.into(), &text).into();
        let filled = Arc::new(Filled { text, sound: OnceLock::new() });
        self.done.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&filled));
        Some(filled)
    }
}
