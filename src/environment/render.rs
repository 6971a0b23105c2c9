//! From a request to files.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use camino::Utf8PathBuf;
use serde_json::{Map, Value};

use super::context::Context;
use super::dashboard::{build_dashboard, retitled};
use super::filling::Fillings;
use super::json::print_json;
use super::lockfile::lockfile;
use super::package::{package, print_package};
use super::request::{MadeFrom, Rendered, RenderedFile, Request};
use super::service::{Made as ServiceMade, Service, resolve_services};
use super::stack::Stack;
use super::verify::check_rendered;
use crate::diag::catalog::{manifest as codes, tree};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::stack::{Made, StackFile};
use crate::source::{FileId, Files, Span};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::yaml::RelPath;

/// Renders environments. What several of them have alike is filled in, and read back, once.
pub struct Renderer<'a> {
    files: &'a Files,
    /// By the stack's manifest.
    stacks: Mutex<HashMap<FileId, Arc<Fillings<'a>>>>,
}

impl<'a> Renderer<'a> {
    #[must_use]
    pub fn new(files: &'a Files) -> Self {
        Self { files, stacks: Mutex::default() }
    }

    /// The files that stacks are made of.
    #[must_use]
    pub fn files(&self) -> &'a Files {
        self.files
    }

    /// Renders an environment: every file of the stack for this stage of this scenario. Faults are
    /// reported and the file concerned is left out, so that one run finds them all.
    #[must_use]
    pub fn render(&self, request: &Request, sink: &Sink) -> Rendered {
        let services = resolve_services(request, sink);
        let stack = &request.stack.manifest;
        let rendering = Rendering {
            files: self.files,
            request,
            fillings: self.fillings(request.stack, sink),
            context: Context::build(request, &services, sink),
            package: package(request),
            sink,
        };
        let wanted = stack.files.iter().filter(|file| is_wanted(file, &services, request));
        let mut made: Vec<RenderedFile> = wanted.filter_map(|file| rendering.render(file)).collect();
        made.sort_by(|a, b| a.path.cmp(&b.path));
        let commands = stack.commands.iter().filter_map(|(name, command)| {
            let engine = &rendering.fillings.engine;
            Some((name.value.clone(), engine.render_text(command, name.span, &rendering.context, sink)?))
        });
        Rendered {
            commands: commands.collect(),
            files: made,
            devcontainer: rendering.devcontainer(),
            services: services.iter().map(Service::info).collect(),
            tools: stack.tools.iter().map(|tool| tool.value.clone()).collect(),
        }
    }

    /// The files of an environment that was rendered before, for a request that differs in the scenario's
    /// title, label and folder alone. Faults were reported when it was rendered.
    #[must_use]
    pub fn rename(&self, request: &Request, rendered: &Rendered) -> Vec<(Utf8PathBuf, Arc<str>)> {
        let quiet = Sink::default();
        let context = Context::build(request, &resolve_services(request, &quiet), &quiet);
        let fillings = self.fillings(request.stack, &quiet);
        let files = rendered.files.iter().filter_map(|file| {
            let text = match file.made_from {
                MadeFrom::Template(template) => {
                    fillings.fill(template, file.path.as_str(), &context, &quiet)?.text.clone()
                }
                MadeFrom::Panels => retitled(&file.text, request.scenario.title).into(),
                MadeFrom::Packages => file.text.clone(),
            };
            Some((file.path.clone(), text))
        });
        files.collect()
    }

    fn fillings(&self, stack: &Stack, sink: &Sink) -> Arc<Fillings<'a>> {
        let mut stacks = self.stacks.lock().unwrap_or_else(PoisonError::into_inner);
        let delimiters = stack.manifest.delimiters.as_ref();
        let new = || Arc::new(Fillings::new(self.files, delimiters, sink));
        Arc::clone(stacks.entry(stack.file).or_insert_with(new))
    }
}

/// A file that stands in for the stack's is the scenario's business; one that belongs to a service
/// that is not there has no purpose.
fn is_wanted(file: &StackFile, services: &[Service], request: &Request) -> bool {
    let replaced = request.environment.replaces.iter().any(|path| path.path == file.path.path);
    let present = |id: &str| services.iter().any(|service| service.made == ServiceMade::Stack(id.to_owned()));
    !replaced && file.when.as_deref().is_none_or(present)
}

struct Rendering<'a> {
    files: &'a Files,
    request: &'a Request<'a>,
    fillings: Arc<Fillings<'a>>,
    context: Context,
    package: Map<String, Value>,
    sink: &'a Sink,
}

impl Rendering<'_> {
    fn render(&self, file: &StackFile) -> Option<RenderedFile> {
        let (text, origin, made_from): (Arc<str>, Span, MadeFrom) = match (&file.from, file.make) {
            (Some(from), None) => return self.filled(file, self.find(from)?),
            (None, Some(Made::Package)) => {
                (print_package(&self.package).into(), self.request.origin, MadeFrom::Packages)
            }
            (None, Some(Made::Lockfile)) => {
                let (text, source) = lockfile(self.files, self.request, &self.package, self.sink)?;
                (text, Span::file_start(source), MadeFrom::Packages)
            }
            (None, Some(Made::Dashboard)) => {
                let board = build_dashboard(self.request, self.sink);
                (print_json(&board).into(), self.request.origin, MadeFrom::Panels)
            }
            (Some(_), Some(_)) | (None, None) => {
                let message = format!("`{}` needs either `from` or `make`", file.path.path);
                self.sink.push(Diagnostic::new(&codes::BAD_VALUE, file.span, message));
                return None;
            }
        };
        let made = rendered_file(file, text, origin, made_from);
        // What was printed as JSON is JSON; a stack can give it another ending.
        if made.path.extension() != Some("json") {
            check_rendered(self.files, &made, self.sink);
        }
        Some(made)
    }

    fn filled(&self, file: &StackFile, template: FileId) -> Option<RenderedFile> {
        let filled = self.fillings.fill(template, file.path.path.as_str(), &self.context, self.sink)?;
        let (origin, made_from) = (Span::file_start(template), MadeFrom::Template(template));
        let made = rendered_file(file, filled.text.clone(), origin, made_from);
        if filled.sound.get().is_none() && check_rendered(self.files, &made, self.sink) {
            filled.sound.get_or_init(|| ());
        }
        Some(made)
    }

    /// The scenario's own file, or else the stack's template.
    fn devcontainer(&self) -> Option<RenderedFile> {
        if let Some(own) = self.request.devcontainer {
            return self.devcontainer_from(own, Dialect::WithComments);
        }
        let Some(template) = &self.request.stack.manifest.devcontainer else {
            let message = "the stack needs the key `devcontainer`";
            let help = "name the template of devcontainer.json, extend a stack that has one, or put a \
                        `devcontainer.json` beside scenario.yml";
            let at = Span::file_start(self.request.stack.file);
            self.sink.push(Diagnostic::new(&codes::MISSING_KEY, at, message).help(help));
            return None;
        };
        self.devcontainer_from(self.find(template)?, Dialect::Strict)
    }

    /// The filled template with the scenario's own settings laid over it. What is filled in is
    /// checked before: reading it for the merge keeps one of two equal keys, and its lines are the
    /// template's only as long as it is not printed anew.
    fn devcontainer_from(&self, template: FileId, dialect: Dialect) -> Option<RenderedFile> {
        let path = Utf8PathBuf::from("devcontainer.json");
        let text = self.fillings.fill(template, path.as_str(), &self.context, self.sink)?.text.clone();
        let origin = Span::file_start(template);
        let made_from = MadeFrom::Template(template);
        let mut file = RenderedFile { path, text, executable: false, about: None, origin, made_from };
        // What an author wrote by hand stays as it is, comments and all, unless something is laid over it.
        let patch = self.request.environment.devcontainer.as_ref();
        if dialect == Dialect::WithComments {
            if let Some(patch) = patch {
                let (node, _) = parse_json(&file.text, template, dialect);
                let mut filled = node.map_or(Value::Null, |node| node.to_json());
                merge_patch(&mut filled, patch.to_json());
                file.text = print_json(&filled).into();
            }
            return Some(file);
        }
        check_rendered(self.files, &file, self.sink);
        if let Ok(mut filled) = serde_json::from_str::<Value>(&file.text) {
            if let Some(patch) = patch {
                merge_patch(&mut filled, patch.to_json());
            }
            file.text = print_json(&filled).into();
        }
        Some(file)
    }

    fn find(&self, from: &RelPath) -> Option<FileId> {
        let found = self.request.stack.find(self.files, &from.path);
        if found.is_none() {
            let message = format!("the stack has no file `{}`", from.path);
            let folder = &self.request.stack.folders[0];
            let help = format!("create `{}`", folder.join(&from.path));
            self.sink.push(Diagnostic::new(&tree::MISSING_FILE, from.span, message).help(help));
        }
        found
    }
}

fn rendered_file(file: &StackFile, text: Arc<str>, origin: Span, made_from: MadeFrom) -> RenderedFile {
    let (path, about) = (file.path.path.clone(), file.about.clone());
    RenderedFile { path, text, executable: file.executable, about, origin, made_from }
}

/// RFC 7396.
fn merge_patch(value: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *value = patch;
        return;
    };
    if !value.is_object() {
        *value = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(entries) = value {
        for (key, change) in changes {
            if change.is_null() {
                entries.shift_remove(&key);
            } else {
                merge_patch(entries.entry(key).or_insert(Value::Null), change);
            }
        }
    }
}
