//! Putting Markdown together block by block.

use crate::emit::print::gfm::{GfmContext, escape_text, print_inline, print_inline_line};
use crate::emit::print::html::Links;
use crate::ir::RichText;

/// What all parts of a twin are printed with, and what is printed so far.
pub(super) struct Blocks<'a> {
    pub cx: GfmContext<'a>,
    pub links: &'a Links<'a>,
    done: Vec<String>,
}

impl<'a> Blocks<'a> {
    pub fn new(links: &'a Links<'a>) -> Self {
        Self { cx: GfmContext::of_site(links), links, done: Vec::new() }
    }

    /// Adds a block; an empty one is not taken.
    pub fn push(&mut self, block: impl Into<String>) {
        let mut block = block.into();
        block.truncate(block.trim_end().len());
        if !block.is_empty() {
            self.done.push(block);
        }
    }

    /// Adds a heading in plain text.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.push(["#".repeat(level).as_str(), " ", &escape_text(text)].concat());
    }

    /// Adds a text of the course.
    pub fn rich(&mut self, text: &RichText) {
        let text = print_inline(text, &self.cx);
        self.push(text);
    }

    /// A text of the course on one line.
    pub fn line(&self, text: &RichText) -> String {
        print_inline_line(text, &self.cx)
    }

    /// A text of the course below a heading, if there is one.
    pub fn titled(&mut self, level: usize, title: &str, text: &RichText) {
        if !text.is_empty() {
            self.heading(level, title);
            self.rich(text);
        }
    }

    /// A list below a heading, if there is anything to list.
    pub fn list(&mut self, level: usize, title: &str, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self.heading(level, title);
            self.push(items.join("\n"));
        }
    }

    /// A link to a page of the site.
    pub fn link(&self, label: &str, target: &str) -> String {
        ["[", &escape_text(label), "](", &self.links.to(target), ")"].concat()
    }

    /// `**Name:** value`.
    pub fn fact(name: &str, value: &str) -> String {
        ["**", &escape_text(name), ":** ", value].concat()
    }

    pub fn finish(self) -> String {
        const BETWEEN: &str = "\n\n";
        let mut page = String::with_capacity(self.done.iter().map(|block| block.len() + BETWEEN.len()).sum());
        for block in &self.done {
            page.push_str(block);
            page.push_str(BETWEEN);
        }
        // One line end is enough at the end of a file.
        page.truncate(page.trim_end_matches('\n').len());
        page.push('\n');
        page
    }
}
