//! A theme: templates, words and static files of `themes/<theme>/`. What a theme lacks comes from
//! the one that it extends, so that a theme may consist of the one file it changes.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;
use tera::{Context, ErrorKind, ReportError, Tera, Value};

use crate::diag::catalog::manifest::BAD_VALUE;
use crate::diag::catalog::tree::TEMPLATE_ERROR;
use crate::diag::{Diagnostic, Sink};
use crate::model::Course;
use crate::source::{FileId, Files, Span};
use crate::syntax::yaml::parse_yaml;

use super::escape::escape;
use super::lineage::lineage;
use super::page::SitePage;
use super::preview::Preview;
use super::script::{lean_script, words_of_scripts};

/// The template of preview pictures.
pub(super) const PREVIEW: &str = "preview.svg";

/// The words of the interface for scripts: an object as the module's default.
const WORDS_MODULE: &str = "words.js";

/// What only a review build has: its style, and words with this beginning.
const REVIEW_STYLE: &str = "review.css";

/// A theme that is ready to render.
pub(super) struct Theme {
    tera: Tera,
    templates: BTreeMap<String, FileId>,
    words: Json,
    /// The same as templates have them.
    template_words: Value,
    /// Name below `static/` and the file.
    statics: BTreeMap<String, FileId>,
    /// The words as a module for scripts.
    words_module: String,
    /// Where the static files lie, below the site; ends with `/`.
    folder: String,
}

/// Why a template could not be filled in.
pub(super) struct RenderFault {
    template: String,
    error: tera::Error,
}

/// Loads the theme of a course. Faults are reported; `None` when nothing can be rendered.
pub(super) fn load_theme(files: &Files, course: &Course, sink: &Sink) -> Option<Theme> {
    let place = course.manifest.theme.as_ref().map(|theme| theme.span);
    let place = place.or_else(|| files.find("content/course.yml").map(Span::file_start));
    let themes = lineage(files, &course.theme, place.unwrap_or_else(Span::nowhere), sink);
    let templates = find_templates(files, &themes);
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".svg"]);
    tera.set_escape_fn(escape);
    let sources: Vec<(&str, &str)> =
        templates.iter().filter_map(|(name, id)| Some((name.as_str(), files.text(*id).ok()?))).collect();
    if let Err(error) = tera.add_raw_templates(sources) {
        report_fault(files, &templates, error.kind(), None, sink);
        return None;
    }
    let words = load_words(files, &themes, &course.language, sink);
    let statics = find_files(files, &themes, "static");
    let scripts = statics.iter().filter(|(name, _)| is_script(name));
    let scripts = scripts.filter_map(|(_, id)| files.text(*id).ok());
    let words_module = format!("export default {};\n", words_of_scripts(&words, scripts));
    let folder = hashed_folder(files, &statics, &words_module);
    let template_words = Value::from_serializable(&words);
    Some(Theme { tera, templates, words, template_words, statics, words_module, folder })
}

impl Theme {
    /// The theme without what only a review build shows.
    pub(super) fn without_review(mut self, files: &Files) -> Self {
        self.statics.remove(REVIEW_STYLE);
        self.folder = hashed_folder(files, &self.statics, &self.words_module);
        self
    }

    /// A page through its template, in UTF-8. `room` is about how many bytes it takes.
    ///
    /// # Errors
    /// A fault of the template, for [`Theme::report`]: the same template fails in the same way on
    /// other pages.
    pub(super) fn render(&self, page: &SitePage, room: usize) -> Result<Vec<u8>, RenderFault> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert_value("words", self.template_words.clone());
        let template = format!("{}.html", page.kind);
        let mut html = Vec::with_capacity(room);
        match self.tera.render_to(&template, &context, &mut html) {
            Ok(()) => Ok(html),
            Err(error) => Err(RenderFault { template, error }),
        }
    }

    /// A page's preview picture as SVG.
    ///
    /// # Errors
    /// As [`Theme::render`].
    pub(super) fn render_preview(&self, preview: &Preview) -> Result<String, RenderFault> {
        let mut context = Context::new();
        context.insert("preview", preview);
        let fault = |error| RenderFault { template: PREVIEW.to_owned(), error };
        self.tera.render(PREVIEW, &context).map_err(fault)
    }

    /// Reports what kept a template from being filled in, at its line.
    pub(super) fn report(&self, files: &Files, fault: &RenderFault, sink: &Sink) {
        report_fault(files, &self.templates, fault.error.kind(), Some(&fault.template), sink);
    }

    /// A word of the interface; its key where the theme has none.
    pub(super) fn word(&self, key: &str) -> String {
        self.words.get(key.replace('-', "_")).and_then(Json::as_str).unwrap_or(key).to_owned()
    }

    /// Where the static files lie, relative to the site's root; ends with `/`.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// Static files: path below the site, content, and the file it was made from.
    pub(super) fn statics<'a>(
        &'a self,
        files: &'a Files,
    ) -> impl Iterator<Item = (String, Vec<u8>, Option<FileId>)> {
        let own = self.statics.iter().map(|(name, id)| {
            let script = files.text(*id).ok().filter(|_| is_script(name)).map(lean_script);
            let bytes = script.map_or_else(|| files.bytes(*id).to_vec(), String::into_bytes);
            (name.as_str(), bytes, Some(*id))
        });
        own.chain([(WORDS_MODULE, self.words_module.clone().into_bytes(), None)])
            .map(|(name, bytes, id)| (format!("{}{name}", self.folder), bytes, id))
    }

    /// The template of preview pictures: where a finding about one points.
    pub(super) fn preview_origin(&self) -> Option<Span> {
        self.templates.get(PREVIEW).map(|id| Span::file_start(*id))
    }

    /// The template of a page: what an author can edit to change it.
    pub(super) fn origin(&self, kind: &str) -> Option<Span> {
        self.templates.get(&format!("{kind}.html")).map(|id| Span::file_start(*id))
    }
}

/// The files of a folder of the themes by their name in it; a later theme's file stands in for an
/// earlier one's.
fn find_files(files: &Files, themes: &[String], folder: &str) -> BTreeMap<String, FileId> {
    let mut found = BTreeMap::new();
    for theme in themes {
        let root = Utf8PathBuf::from(format!("themes/{theme}/{folder}"));
        for (id, path) in files.below(&root) {
            if let Ok(name) = path.strip_prefix(&root) {
                found.insert(name.to_string(), id);
            }
        }
    }
    found
}

/// The templates. One that stands in for another theme's can still name it, with the theme before its
/// own name: `{% extends "default/base.html" %}`.
fn find_templates(files: &Files, themes: &[String]) -> BTreeMap<String, FileId> {
    let mut found = find_files(files, themes, "templates");
    let mut named = BTreeMap::new();
    for theme in themes {
        for (name, id) in find_files(files, std::slice::from_ref(theme), "templates") {
            let full = format!("{theme}/{name}");
            let quoted = [format!("\"{full}\""), format!("'{full}'")];
            let names_it = |other: &FileId| {
                files.text(*other).is_ok_and(|text| quoted.iter().any(|it| text.contains(it)))
            };
            if found.get(&name) != Some(&id) && found.values().any(names_it) {
                named.insert(full, id);
            }
        }
    }
    found.extend(named);
    found
}

/// The words in the course's language, one by one: of `de-AT`, else of `de`, else the English ones;
/// in each language the later theme's. Keys are written with hyphens and used with underscores,
/// which templates can name.
fn load_words(files: &Files, themes: &[String], language: &str, sink: &Sink) -> Json {
    let short = language.split('-').next().unwrap_or_default();
    let mut languages = vec!["en", short, language];
    languages.dedup();
    let mut words = serde_json::Map::new();
    for language in languages {
        for theme in themes {
            let file = files.find(format!("themes/{theme}/words/{language}.yml"));
            let Some(node) = file.and_then(|file| parse_yaml(files, file, sink)) else { continue };
            for (key, word) in node.entries() {
                match word.to_json() {
                    Json::String(text) => drop(words.insert(key.text.replace('-', "_"), Json::String(text))),
                    _ => sink.push(
                        Diagnostic::new(&BAD_VALUE, word.span, format!("the word `{}` is no text", key.text))
                            .help("write it in quotes"),
                    ),
                }
            }
        }
    }
    Json::Object(words)
}

fn is_script(name: &str) -> bool {
    Utf8Path::new(name).extension() == Some("js")
}

/// The folder's name holds a hash of everything in it, so that a browser never combines a new page
/// with an old style, and files of the folder can name each other as they stand.
fn hashed_folder(files: &Files, statics: &BTreeMap<String, FileId>, words: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, id) in statics {
        hasher.update(name.as_bytes()).update(&[0]).update(blake3::hash(files.bytes(*id)).as_bytes());
    }
    hasher.update(words.as_bytes());
    format!("theme/{}/", &hasher.finalize().to_hex()[..8])
}

/// Turns a template fault into a finding at the template's line.
fn report_fault(
    files: &Files,
    templates: &BTreeMap<String, FileId>,
    fault: &ErrorKind,
    rendered: Option<&str>,
    sink: &Sink,
) {
    let (name, range, message) = match fault {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => place_of(report),
        ErrorKind::MissingParent { current: name, .. }
        | ErrorKind::CircularExtend { tpl: name, .. }
        | ErrorKind::CircularInclude { tpl: name, .. } => (name.clone(), (0, 0), fault.to_string()),
        other => place_in_text(&other.to_string(), files, templates),
    };
    let id = templates.get(&name).or_else(|| templates.get(rendered?)).or_else(|| templates.values().next());
    let span = id.map_or_else(Span::nowhere, |id| Span::new(*id, range.0, range.1));
    sink.push(Diagnostic::new(&TEMPLATE_ERROR, span, in_house_style(&message)));
}

fn place_of(report: &ReportError) -> (String, (usize, usize), String) {
    let range = &report.span().range;
    (report.filename().to_owned(), (range.start, range.end), report.message().to_owned())
}

/// Unknown filters and missing templates come as a text of the form
/// `error: message` / ` --> name:line:column`, without a span.
fn place_in_text(
    text: &str,
    files: &Files,
    templates: &BTreeMap<String, FileId>,
) -> (String, (usize, usize), String) {
    let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let mut parts = place.unwrap_or_default().rsplitn(3, ':');
    let column: usize = parts.next().and_then(|part| part.trim().parse().ok()).unwrap_or(1);
    let line: usize = parts.next().and_then(|part| part.parse().ok()).unwrap_or(1);
    let name = parts.next().unwrap_or_default().to_owned();
    let start = templates.get(&name).map_or(0, |id| files.line_start(*id, line) + column - 1);
    (name, (start, start), message)
}

fn in_house_style(message: &str) -> String {
    let mut letters = message.trim().trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
