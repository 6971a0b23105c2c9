//! From a request to files.

use camino::Utf8PathBuf;
use serde_json::Value;

use super::context::build_context;
use super::dashboard::build_dashboard;
use super::json::print_json;
use super::package::{lockfile, package_json};
use super::request::{Rendered, RenderedFile, Request};
use super::service::{Made as ServiceMade, Service, resolve_services};
use super::template::Engine;
use super::verify::check_rendered;
use crate::diag::catalog::{manifest as codes, tree};
use crate::diag::{Diagnostic, Sink};
use crate::manifest::stack::{Made, StackFile};
use crate::source::{FileId, Files, Span};
use crate::syntax::json::{Dialect, parse_json};
use crate::syntax::suppression::strip_suppressions;
use crate::syntax::yaml::RelPath;

/// Renders an environment: every file of the stack for this stage of this scenario. Faults are
/// reported and the file concerned is left out, so that one run finds them all.
#[must_use]
pub fn render_environment(files: &Files, request: &Request, sink: &Sink) -> Rendered {
    let services = resolve_services(request, sink);
    let context = build_context(request, &services, sink);
    let stack = &request.stack.manifest;
    let renderer = Renderer {
        files,
        request,
        engine: Engine::new(files, stack.delimiters.as_ref(), sink),
        context,
        package: package_json(request),
        sink,
    };
    let wanted = stack.files.iter().filter(|file| is_wanted(file, &services, request));
    let mut made: Vec<RenderedFile> = wanted.filter_map(|file| renderer.render(file)).collect();
    made.sort_by(|a, b| a.path.cmp(&b.path));
    let devcontainer = renderer.devcontainer();
    made.iter().for_each(|file| check_rendered(files, file, sink));
    let commands = stack.commands.iter().filter_map(|(name, command)| {
        let text = renderer.engine.render_text(command, name.span, &renderer.context, sink)?;
        Some((name.value.clone(), text))
    });
    Rendered {
        commands: commands.collect(),
        files: made,
        devcontainer,
        services: services.iter().map(Service::info).collect(),
        tools: stack.tools.iter().map(|tool| tool.value.clone()).collect(),
    }
}

/// A file that stands in for the stack's is the scenario's business; one that belongs to a service
/// that is not there has no purpose.
fn is_wanted(file: &StackFile, services: &[Service], request: &Request) -> bool {
    let replaced = request.environment.replaces.iter().any(|path| path.path == file.path.path);
    let present = |id: &str| services.iter().any(|service| service.made == ServiceMade::Stack(id.to_owned()));
    !replaced && file.when.as_deref().is_none_or(present)
}

struct Renderer<'a> {
    files: &'a Files,
    request: &'a Request<'a>,
    engine: Engine<'a>,
    context: Value,
    package: String,
    sink: &'a Sink,
}

impl Renderer<'_> {
    fn render(&self, file: &StackFile) -> Option<RenderedFile> {
        let (text, origin) = match (&file.from, file.make) {
            (Some(from), None) => {
                let template = self.find(from)?;
                (self.fill(template, file.path.path.as_str())?, Span::file_start(template))
            }
            (None, Some(Made::Package)) => (self.package.clone(), self.request.origin),
            (None, Some(Made::Lockfile)) => {
                let (text, source) = lockfile(self.files, self.request, &self.package, self.sink)?;
                (text, Span::file_start(source))
            }
            (None, Some(Made::Dashboard)) => {
                (print_json(&build_dashboard(self.request, self.sink)), self.request.origin)
            }
            (Some(_), Some(_)) | (None, None) => {
                let message = format!("`{}` needs either `from` or `make`", file.path.path);
                self.sink.push(Diagnostic::new(&codes::BAD_VALUE, file.span, message));
                return None;
            }
        };
        let path = file.path.path.clone();
        Some(RenderedFile { path, text, executable: file.executable, about: file.about.clone(), origin })
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
        let text = self.fill(template, "devcontainer.json")?;
        let path = Utf8PathBuf::from("devcontainer.json");
        let origin = Span::file_start(template);
        let mut file = RenderedFile { path, text, executable: false, about: None, origin };
        // What an author wrote by hand stays as it is, comments and all, unless something is laid over it.
        let patch = self.request.environment.devcontainer.as_ref();
        if dialect == Dialect::WithComments {
            if let Some(patch) = patch {
                let (node, _) = parse_json(&file.text, template, dialect);
                let mut filled = node.map_or(Value::Null, |node| node.to_json());
                merge_patch(&mut filled, patch.to_json());
                file.text = print_json(&filled);
            }
            return Some(file);
        }
        check_rendered(self.files, &file, self.sink);
        if let Ok(mut filled) = serde_json::from_str::<Value>(&file.text) {
            if let Some(patch) = patch {
                merge_patch(&mut filled, patch.to_json());
            }
            file.text = print_json(&filled);
        }
        Some(file)
    }

    /// Fills in a template; a file that does not end in `.j2` is taken as it is. Comments for the
    /// linter stay behind.
    fn fill(&self, template: FileId, path: &str) -> Option<String> {
        let text = if self.files.path(template).extension() == Some("j2") {
            self.engine.render(template, path, &self.context, self.sink)
        } else {
            self.files.text(template).ok().map(str::to_owned)
        }?;
        Some(strip_suppressions(path.into(), &text).into_owned())
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
