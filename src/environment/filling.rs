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
        // Of two threads that fill in the same at once, the second takes what the first made.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(done.entry(key).or_insert(filled)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::json;

    use super::*;

    /// Parts of templates: names, parts of names, names in words, and what shows everything.
    const PARTS: [&str; 12] = [
        "[= scenario.id =]\n",
        "[= scenario.folder =] [= scenario.label =]\n",
        "[= scenario[\"label\"] =]\n",
        "[% set own = scenario %][= own.label =]\n",
        "[% set scenario = scenario.label %][= scenario =]\n",
        "[% for key in scenario %][= scenario[key] =][% endfor %]\n",
        "[% if docker %][= root =][% endif %]\n",
        "[% for service in services %][= service.id =][% endfor %]\n",
        "[# the scenario's root #]\n",
        "[= debug() =]\n",
        "[% macro title(root) %][= root.folder =][% endmacro %][= title(scenario) =]\n",
        "words\n",
    ];

    fn context((id, folder, label, docker, services): (&str, &str, &str, bool, usize)) -> Context {
        let services: Vec<_> = (0..services).map(|at| json!({ "id": format!("app{at}") })).collect();
        Context::new(json!({
            "scenario": { "id": id, "folder": folder, "label": label },
            "docker": docker,
            "root": folder,
            "services": services,
        }))
    }

    proptest! {
        #[test]
        fn what_was_filled_in_before_is_what_would_be_filled_in(
            parts in prop::collection::vec(select(&PARTS[..]), 1..4),
            contexts in prop::collection::vec(
                (select(&["a", "b"][..]), select(&["c", "d"][..]), select(&["e", "f"][..]), any::<bool>(), 0..2_usize),
                1..6,
            ),
        ) {
            let mut files = Files::default();
            let template = files.add_text("devcontainers/x/a.yml.j2", &parts.concat());
            let sink = Sink::default();
            let known = Fillings::new(&files, None, &sink);
            for values in contexts {
                let text = |fillings: &Fillings<'_>| {
                    fillings.fill(template, "a.yml", &context(values), &sink).map(|filled| filled.text.clone())
                };
                prop_assert_eq!(text(&known), text(&Fillings::new(&files, None, &sink)));
            }
        }
    }
}
