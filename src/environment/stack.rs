//! Loading a stack: its own folder, then the folders of the stacks it extends.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::catalog::reference;
use crate::diag::{Diagnostic, Sink};
use crate::manifest;
use crate::source::{FileId, Files, Span};
use crate::syntax::yaml::{Entries, Id, closest, parse_record};

/// Where stacks lie in a project.
const STACKS: &str = "devcontainers";

/// A stack with everything it inherits.
#[derive(Clone, Debug)]
pub struct Stack {
    pub id: String,
    /// Its folder, then those of the stacks it extends, nearest first.
    pub folders: Vec<Utf8PathBuf>,
    /// Merged along `extends`: what a stack says itself wins, entry by entry.
    pub manifest: Arc<manifest::stack::Stack>,
    /// Its own stack.yml.
    pub file: FileId,
}

impl Stack {
    /// A file of the stack, from the nearest folder that has it.
    #[must_use]
    pub fn find(&self, files: &Files, path: &Utf8Path) -> Option<FileId> {
        self.folders.iter().find_map(|folder| files.find(folder.join(path)))
    }
}

/// The ids of all stacks that there are.
#[must_use]
pub fn stack_ids(files: &Files) -> Vec<String> {
    let mut ids = files.folders_in(Utf8Path::new(STACKS));
    ids.retain(|id| files.find(format!("{STACKS}/{id}/stack.yml")).is_some());
    ids
}

/// Loads `devcontainers/<id>/stack.yml` and what it extends. Faults are reported.
#[must_use]
pub fn load_stack(files: &Files, id: &Id, sink: &Sink) -> Option<Stack> {
    let mut chain: Vec<(Id, FileId, Arc<manifest::stack::Stack>)> = Vec::new();
    let mut next = Some(id.clone());
    while let Some(wanted) = next {
        if let Some((_, _, first)) = chain.iter().find(|(known, _, _)| known.text == wanted.text) {
            let message = format!("`{}` extends itself, by way of {}", wanted.text, names(&chain));
            sink.push(
                Diagnostic::new(&reference::CYCLIC_REFERENCE, wanted.span, message)
                    .also(Span::file_start(first.span.file), "the same stack")
                    .help("remove `extends` from one of them"),
            );
            break;
        }
        let Some(file) = find_manifest(files, &wanted, sink) else { break };
        let manifest = parse_record::<manifest::stack::Stack>(files, file, sink)?;
        next = manifest.extends.clone();
        chain.push((wanted, file, manifest));
    }
    let file = chain.first()?.1;
    let folders = chain.iter().map(|(id, _, _)| Utf8PathBuf::from(format!("{STACKS}/{}", id.text))).collect();
    let manifest = chain
        .into_iter()
        .map(|(_, _, manifest)| manifest)
        .reduce(|own, base| Arc::new(merge(&own, &base)))?;
    Some(Stack { id: id.text.clone(), folders, manifest, file })
}

fn find_manifest(files: &Files, id: &Id, sink: &Sink) -> Option<FileId> {
    let path = format!("{STACKS}/{}/stack.yml", id.text);
    let found = files.find(&path);
    if found.is_none() {
        let known = stack_ids(files);
        let help = match closest(&id.text, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("create `{path}`, or use one of: {}", known.join(", ")),
        };
        let message = format!("there is no stack `{}`", id.text);
        sink.push(Diagnostic::new(&reference::UNRESOLVED_REFERENCE, id.span, message).help(help));
    }
    found
}

fn names(chain: &[(Id, FileId, Arc<manifest::stack::Stack>)]) -> String {
    chain.iter().map(|(id, _, _)| format!("`{}`", id.text)).collect::<Vec<_>>().join(", ")
}

/// Lays a stack over the one it extends.
fn merge(own: &manifest::stack::Stack, base: &manifest::stack::Stack) -> manifest::stack::Stack {
    let (own, base) = (own.clone(), base.clone());
    let values = match (own.values, base.values) {
        (Some(own), Some(base)) => Some(base.merged(&own)),
        (own, base) => own.or(base),
    };
    manifest::stack::Stack {
        title: own.title,
        summary: own.summary.or(base.summary),
        extends: own.extends,
        delimiters: own.delimiters.or(base.delimiters),
        images: merge_entries(own.images, base.images),
        tools: merge_list(own.tools, base.tools, |tool| tool.value.clone()),
        services: merge_list(own.services, base.services, |service| service.id.text.clone()),
        packages: merge_entries(own.packages, base.packages),
        dev_packages: merge_entries(own.dev_packages, base.dev_packages),
        scripts: merge_entries(own.scripts, base.scripts),
        commands: merge_entries(own.commands, base.commands),
        parameters: merge_entries(own.parameters, base.parameters),
        files: merge_list(own.files, base.files, |file| file.path.path.to_string()),
        devcontainer: own.devcontainer.or(base.devcontainer),
        stuck: merge_list(own.stuck, base.stuck, |row| row.problem.value.clone()),
        values,
        span: own.span,
    }
}

/// The base's order; own entries replace those of the same name and new ones follow.
fn merge_entries<T>(own: Entries<T>, base: Entries<T>) -> Entries<T> {
    Entries(merge_list(own.0, base.0, |(name, _)| name.value.clone()))
}

fn merge_list<T>(own: Vec<T>, mut merged: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
    for entry in own {
        match merged.iter().position(|known| key(known) == key(&entry)) {
            Some(at) => merged[at] = entry,
            None => merged.push(entry),
        }
    }
    merged
}
