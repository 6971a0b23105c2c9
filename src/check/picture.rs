//! The pictures that pages show, each once, taken apart and measured for rules.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use camino::Utf8Path;

use super::rules::diagram::is_faint;
use super::scope::Scope;
use super::settings::Settings;
use crate::model::Course;
use crate::source::{FileId, Files, Span};
use crate::syntax::svg::{Drawing, Markup, Scheme, follows_scheme, measure, measure_both};

/// An SVG that a page shows.
#[derive(Debug)]
pub struct Picture<'a> {
    pub file: FileId,
    /// The file's name.
    pub name: &'a str,
    /// `None` if it is no text.
    pub text: Option<&'a str>,
    markup: Result<Markup<'a>, String>,
    drawn: OnceLock<Drawn>,
    settings: Settings<'a>,
}

#[derive(Debug)]
struct Drawn {
    light: Result<Drawing, String>,
    /// `None` if it looks the same as in light mode.
    dark: Option<Result<Drawing, String>>,
}

impl<'a> Picture<'a> {
    fn new(files: &'a Files, file: FileId, settings: Settings<'a>) -> Self {
        let text = files.text(file).ok();
        Self {
            file,
            name: files.path(file).file_name().unwrap_or(""),
            text,
            markup: Markup::parse(text.unwrap_or("")),
            drawn: OnceLock::new(),
            settings,
        }
    }

    /// Its elements; `None` if it is not well-formed.
    pub fn markup(&self) -> Option<&Markup<'a>> {
        self.markup.as_ref().ok()
    }

    /// What it looks like to readers in light mode.
    pub fn light(&self) -> Option<&Drawing> {
        self.drawn().light.as_ref().ok()
    }

    /// What it looks like to readers in dark mode: the same, unless it says otherwise.
    pub fn dark(&self) -> Option<&Drawing> {
        let Drawn { light, dark } = self.drawn();
        dark.as_ref().unwrap_or(light).as_ref().ok()
    }

    fn drawn(&self) -> &Drawn {
        let draw = |markup| {
            let doubtful = is_faint(&self.settings);
            if self.follows_scheme() {
                let [light, dark] = measure_both(markup, &doubtful);
                return Drawn { light, dark: Some(dark) };
            }
            Drawn { light: measure(markup, Scheme::Light, &doubtful), dark: None }
        };
        self.drawn.get_or_init(|| match &self.markup {
            Err(fault) => Drawn { light: Err(fault.clone()), dark: None },
            Ok(markup) => draw(markup),
        })
    }

    /// Whether it looks different in dark mode.
    pub fn follows_scheme(&self) -> bool {
        self.text.is_some_and(follows_scheme)
    }

    /// Why it cannot be drawn.
    pub fn fault(&self) -> Option<&str> {
        self.drawn().light.as_ref().err().map(String::as_str)
    }

    /// A place in it.
    pub fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.file, at.start, at.end)
    }
}

/// The pictures of every page of a part of the course; one that several pages show comes once.
pub fn picture_files(course: &Course, files: &Files, scope: Scope) -> Vec<FileId> {
    let scenarios = course.scenarios.iter().enumerate().filter(|(index, _)| scope.has(*index));
    let of_scenarios = scenarios.filter_map(|(_, scenario)| scenario.written.as_ref());
    let of_scenarios = of_scenarios.flat_map(|written| &written.assets);
    let tutorials = course.tutorials.iter().filter(|_| scope == Scope::Whole);
    let of_tutorials = tutorials.flat_map(|tutorial| &tutorial.assets);
    let shown: BTreeMap<&Utf8Path, FileId> = of_scenarios
        .chain(of_tutorials)
        .filter(|(name, _)| name.ends_with(".svg"))
        .map(|(_, file)| (files.path(*file), *file))
        .collect();
    shown.into_values().collect()
}

/// Takes pictures apart.
pub fn open_pictures<'a>(files: &'a Files, settings: Settings<'a>, pictures: &[FileId]) -> Vec<Picture<'a>> {
    pictures.iter().map(|file| Picture::new(files, *file, settings)).collect()
}
