//! A theme: templates, words and static files of `themes/<theme>/`. What a theme lacks comes from
//! the default one, so that a theme may consist of the one file it changes.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde_json::Value as Json;
use tera::{Context, ErrorKind, ReportError, Tera};

use crate::diag::catalog::tree::{MISSING_FILE, TEMPLATE_ERROR};
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Span};
use crate::syntax::yaml::parse_yaml;

use super::page::SitePage;
use super::preview::Preview;

const DEFAULT: &str = "default";

/// The template of preview pictures.
pub(super) const PREVIEW: &str = "preview.svg";

/// The words of the interface for scripts: an object as the module's default.
const WORDS_MODULE: &str = "words.js";

/// What only a review build has: its style, and words with this beginning.
const REVIEW_STYLE: &str = "review.css";
const REVIEW_WORDS: &str = "review_";

/// A theme that is ready to render.
pub(super) struct Theme {
    tera: Tera,
    templates: BTreeMap<String, FileId>,
    words: Json,
    /// Name below `static/` and the file.
    statics: BTreeMap<String, FileId>,
    /// The words as a module for scripts.
    words_module: String,
    /// Where the static files lie, below the site; ends with `/`.
    folder: String,
}

/// Loads a theme. Faults are reported; `None` when nothing can be rendered.
pub(super) fn load_theme(files: &Files, name: &str, language: &str, sink: &Sink) -> Option<Theme> {
    let templates = find_files(files, name, "templates");
    if templates.is_empty() {
        report_missing(files, name, sink);
        return None;
    }
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html", ".svg"]);
    let sources: Vec<(&str, &str)> =
        templates.iter().filter_map(|(name, id)| Some((name.as_str(), files.text(*id).ok()?))).collect();
    if let Err(error) = tera.add_raw_templates(sources) {
        report_fault(files, &templates, error.kind(), None, sink);
        return None;
    }
    let words = load_words(files, name, language, sink)?;
    let statics = find_files(files, name, "static");
    let words_module = print_words_module(&words);
    let folder = hashed_folder(files, &statics, &words_module);
    Some(Theme { tera, templates, words, statics, words_module, folder })
}

impl Theme {
    /// The theme without what only a review build shows.
    pub(super) fn without_review(mut self, files: &Files) -> Self {
        self.statics.remove(REVIEW_STYLE);
        self.folder = hashed_folder(files, &self.statics, &self.words_module);
        self
    }

    /// A page through its template.
    pub(super) fn render(&self, files: &Files, page: &SitePage, sink: &Sink) -> Option<String> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("words", &self.words);
        self.fill(files, &format!("{}.html", page.kind), &context, sink)
    }

    /// A page's preview picture as SVG.
    pub(super) fn render_preview(&self, files: &Files, preview: &Preview, sink: &Sink) -> Option<String> {
        let mut context = Context::new();
        context.insert("preview", preview);
        self.fill(files, PREVIEW, &context, sink)
    }

    fn fill(&self, files: &Files, template: &str, context: &Context, sink: &Sink) -> Option<String> {
        match self.tera.render(template, context) {
            Ok(text) => Some(text),
            Err(error) => {
                report_fault(files, &self.templates, error.kind(), Some(template), sink);
                None
            }
        }
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
    ) -> impl Iterator<Item = (String, &'a [u8], Option<FileId>)> {
        let own = self.statics.iter().map(|(name, id)| (name.as_str(), files.bytes(*id), Some(*id)));
        own.chain([(WORDS_MODULE, self.words_module.as_bytes(), None)])
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

/// The files of a theme's folder by their name in it; those of the default theme fill the gaps.
fn find_files(files: &Files, theme: &str, folder: &str) -> BTreeMap<String, FileId> {
    let mut found = BTreeMap::new();
    for theme in [DEFAULT, theme] {
        let root = Utf8PathBuf::from(format!("themes/{theme}/{folder}"));
        for (id, path) in files.below(&root) {
            if let Ok(name) = path.strip_prefix(&root) {
                found.insert(name.to_string(), id);
            }
        }
    }
    found
}

fn report_missing(files: &Files, name: &str, sink: &Sink) {
    let span = files.find("content/course.yml").map_or_else(Span::nowhere, Span::file_start);
    let message = format!("the theme `{name}` has no templates");
    let help = format!("add `themes/{name}/templates/`, or remove the key `theme`");
    sink.push(Diagnostic::new(&MISSING_FILE, span, message).help(help));
}

/// The words in the course's language: `de-AT`, else `de`, else English. Keys are written with
/// hyphens and used with underscores, which templates can name.
fn load_words(files: &Files, theme: &str, language: &str, sink: &Sink) -> Option<Json> {
    let found = find_files(files, theme, "words");
    let short = language.split('-').next().unwrap_or_default();
    let id = [language, short, "en"].into_iter().find_map(|name| found.get(&format!("{name}.yml")))?;
    let Json::Object(entries) = parse_yaml(files, *id, sink)?.to_json() else { return None };
    Some(Json::Object(entries.into_iter().map(|(key, word)| (key.replace('-', "_"), word)).collect()))
}

/// The words that scripts can show. Those of a review build are none of them.
fn print_words_module(words: &Json) -> String {
    let mut words = words.clone();
    if let Json::Object(entries) = &mut words {
        entries.retain(|key, _| !key.starts_with(REVIEW_WORDS));
    }
    format!("export default {words};\n")
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
