//! The pictures that pages show, each once, measured when the first rule asks.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use camino::Utf8Path;

use crate::model::Course;
use crate::source::{FileId, Files, Span};
use crate::syntax::svg::{Drawing, Markup, Scheme, follows_scheme, measure};

/// An SVG that a page shows.
#[derive(Debug)]
pub struct Picture<'a> {
    pub file: FileId,
    /// The file's name.
    pub name: &'a str,
    /// `None` if it is no text.
    pub text: Option<&'a str>,
    markup: Result<Markup<'a>, String>,
    light: OnceLock<Result<Drawing, String>>,
    dark: OnceLock<Result<Drawing, String>>,
}

impl<'a> Picture<'a> {
    fn new(files: &'a Files, file: FileId) -> Self {
        let text = files.text(file).ok();
        Self {
            file,
            name: files.path(file).file_name().unwrap_or(""),
            text,
            markup: Markup::parse(text.unwrap_or("")),
            light: OnceLock::new(),
            dark: OnceLock::new(),
        }
    }

    /// Its elements; `None` if it is not well-formed.
    pub fn markup(&self) -> Option<&Markup<'a>> {
        self.parsed().as_ref().ok()
    }

    fn parsed(&self) -> &Result<Markup<'a>, String> {
        &self.markup
    }

    /// What it looks like to readers in light mode.
    pub fn light(&self) -> Option<&Drawing> {
        self.drawn().as_ref().ok()
    }

    fn drawn(&self) -> &Result<Drawing, String> {
        self.light.get_or_init(|| measure(self.parsed().as_ref().map_err(Clone::clone)?, Scheme::Light))
    }

    /// What it looks like to readers in dark mode: the same, unless it says otherwise.
    pub fn dark(&self) -> Option<&Drawing> {
        if !self.follows_scheme() {
            return self.light();
        }
        let draw = || measure(self.parsed().as_ref().map_err(Clone::clone)?, Scheme::Dark);
        self.dark.get_or_init(draw).as_ref().ok()
    }

    /// Draws it in both schemes, so that rules find it measured.
    pub(super) fn measure(&self) {
        self.light();
        self.dark();
    }

    /// Whether it looks different in dark mode.
    pub fn follows_scheme(&self) -> bool {
        self.text.is_some_and(follows_scheme)
    }

    /// Why it cannot be drawn.
    pub fn fault(&self) -> Option<&str> {
        self.drawn().as_ref().err().map(String::as_str)
    }

    /// A place in it.
    pub fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.file, at.start, at.end)
    }
}

/// The pictures of every page; one that several pages show comes once.
pub fn pictures<'a>(course: &'a Course, files: &'a Files) -> Vec<Picture<'a>> {
    let of_scenarios = course.scenarios.iter().filter_map(|scenario| scenario.written.as_ref());
    let of_scenarios = of_scenarios.flat_map(|written| &written.assets);
    let of_tutorials = course.tutorials.iter().flat_map(|tutorial| &tutorial.assets);
    let shown: BTreeMap<&Utf8Path, FileId> = of_scenarios
        .chain(of_tutorials)
        .filter(|(name, _)| name.ends_with(".svg"))
        .map(|(_, file)| (files.path(*file), *file))
        .collect();
    shown.into_values().map(|file| Picture::new(files, file)).collect()
}
