//! Headings, fields, changes, figures, hints, commands and questions of a FAQ.

use super::writer::{Writer, change_directive};
use crate::adopt::convert::plan::{FixPlan, level_of};
use crate::adopt::convert::prose::{heading_marks, opens};
use crate::adopt::{Change, Field, FieldKind, Figure, FixHeading, Part, SectionHeading};
use crate::model::Role;
use crate::source::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn fields(&mut self, span: Span, fields: &'a [Field]) {
        let mut into = Vec::new();
        for field in fields {
            match field.kind {
                FieldKind::Concepts(_) => into.push("`introduces` and `deepens`"),
                FieldKind::Minutes(..) => into.push("`minutes`"),
                FieldKind::Level => into.push("the group's `tier`"),
                FieldKind::BuildsOn(_) => into.push("`uses`"),
                // Nothing in scenario.yml says the same.
                FieldKind::Other => {
                    self.out.blank_line(field.name.span);
                    self.out.write("**", field.name.span);
                    self.out.copy(field.name.span);
                    self.out.write(":** ", field.name.span);
                    self.out.copy(field.value.span);
                    self.out.write("\n\n", field.value.span);
                    self.report.kept_because(
                        field.name.span,
                        "field",
                        "no key of scenario.yml says the same",
                    );
                }
            }
        }
        if !into.is_empty() {
            self.report.converted(span, "fields", into.join(", "));
        }
    }

    pub(super) fn section(&mut self, at: usize, span: Span, heading: &'a SectionHeading) {
        let plan = self.facts.plan.sections.get(&at).cloned();
        self.role = plan.as_ref().and_then(|plan| plan.role);
        let mut marks: Vec<String> = self.role.iter().map(|role| format!(".{}", role.word())).collect();
        if plan.is_some_and(|plan| plan.unnumbered) {
            marks.push(".unnumbered".to_owned());
        }
        self.heading_line("##", at, heading.title.span, marks, span);
        let into = self.role.map_or_else(
            || "a section without a role".to_owned(),
            |role| format!("a section `.{}`", role.word()),
        );
        self.report.converted(span, "section", into);
    }

    pub(super) fn fix(&mut self, at: usize, part: &'a Part, heading: &'a FixHeading) {
        let title = heading.title.span;
        let fix = self.facts.plan.fixes.iter().find(|fix| fix.part == Some(at));
        let Some(fix) = fix else {
            self.keep(part.span);
            self.report.kept_because(part.span, "heading of a fix", "its fix has no files of its own");
            return;
        };
        let level = level_of(&self.facts.repository.files, part);
        if level == 2 {
            self.role = Some(Role::Fix);
            let section = if heading.title.value.trim().is_empty() { "The fix" } else { "" };
            self.out.blank_line(title);
            self.out.write(format!("## {section}"), title);
            self.title(title);
            self.out.write(format!(" {{.fix #section-{}}}\n\n", fix.id), title);
        }
        self.out.blank_line(title);
        self.out.write("### ", title);
        if self.slice(title).trim().is_empty() {
            self.out.write("The fix", title);
        }
        self.title(title);
        self.out.write(format!(" {{#{}}}\n\n", fix.id), title);
        self.report.converted(part.span, "heading of a fix", format!("the fix `{}`", fix.id));
    }

    pub(super) fn heading(&mut self, at: usize, span: Span, level: u8, text: Span) {
        self.heading_line(&"#".repeat(usize::from(level)), at, text, Vec::new(), span);
        self.report.kept(span, "heading");
    }

    /// The words of a heading.
    fn title(&mut self, text: Span) {
        let patches = heading_marks(self.slice(text), text.start as usize);
        self.out.copy_with(text, &patches);
    }

    /// A heading with its marks, and with its id where that has to be written.
    fn heading_line(&mut self, level: &str, at: usize, text: Span, mut marks: Vec<String>, about: Span) {
        let plan = self.facts.plan;
        if let Some(id) =
            plan.ids.get(&at).and_then(|ids| ids.first()).filter(|_| plan.explicit.contains(&at))
        {
            marks.push(format!("#{id}"));
        }
        self.out.blank_line(about);
        self.out.write(format!("{level} "), text);
        self.title(text);
        let marks = if marks.is_empty() { String::new() } else { format!(" {{{}}}", marks.join(" ")) };
        self.out.write(format!("{marks}\n\n"), text);
    }

    pub(super) fn change(&mut self, at: usize, span: Span, change: &'a Change) {
        if self.facts.regions.contains_key(&at) && self.hides_solutions() {
            self.out.blank_line(span);
            self.keep(span);
            self.region(at, span);
            return;
        }
        if self.facts.regions.contains_key(&at) {
            for prose in &change.prose {
                self.out.blank_line(*prose);
                self.keep(*prose);
            }
            self.region(at, change.before.or(change.after).unwrap_or(span));
            return;
        }
        self.out.blank_line(span);
        self.keep(span);
        let why = self.facts.unmatched.get(&at).cloned();
        self.report.kept_because(
            span,
            "before and after",
            why.unwrap_or_else(|| "no file has this code".to_owned()),
        );
    }

    /// What shows the change of a part.
    pub(super) fn region(&mut self, at: usize, about: Span) {
        let Some((file, region)) = self.facts.regions.get(&at) else { return };
        self.out.blank_line(about);
        self.out.write(change_directive(file, region.as_deref()), about);
        let into = match region {
            Some(region) => format!("the region `{region}` of `{file}`"),
            None => format!("the file `{file}`"),
        };
        self.report.converted(about, "before and after", into);
    }

    pub(super) fn figure(&mut self, span: Span, figure: &'a Figure) {
        let (Some(caption), Some(path)) = (&figure.caption, self.texts.picture(&figure.path.value)) else {
            self.out.blank_line(span);
            self.keep(span);
            let why = if figure.caption.is_none() { "it has no caption" } else { "there is no such file" };
            self.report.kept_because(span, "picture", why);
            return;
        };
        self.out.blank_line(span);
        self.out.write("![", figure.alt.span);
        self.out.copy(figure.alt.span);
        self.out.write("](", figure.path.span);
        if path == self.slice(figure.path.span) {
            self.out.copy(figure.path.span);
        } else {
            self.out.write(path, figure.path.span);
        }
        self.out.write(" \"", caption.span);
        let words = self.slice(caption.span);
        if words.contains(['"', '\\', '\n']) || words.trim().is_empty() {
            let escaped = words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ");
            self.out.write(escaped, caption.span);
        } else {
            self.out.copy(caption.span);
        }
        self.out.write("\")\n\n", caption.span);
        self.report.converted(span, "figure", "an image with a title");
    }

    pub(super) fn hint(&mut self, span: Span, text: &'a [Span]) {
        self.out.blank_line(span);
        self.out.write(":::hint\n\n", span);
        self.runs(text, "");
        self.out.blank_line(span);
        self.out.write(":::\n\n", span);
        self.report.converted(span, "hint", "`:::hint`");
    }

    /// The fence as it is, with the place where it is typed in its first line.
    pub(super) fn commands(&mut self, span: Span, sql: bool) {
        let text = self.slice(span);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end();
            if let Some(marks) = opens(content) {
                let indent = content.len() - content.trim_start().len();
                let language = content[indent + marks.len()..].split_whitespace().next().unwrap_or("");
                let language = if language.is_empty() || language.starts_with('{') {
                    if sql { "sql" } else { "bash" }
                } else {
                    language
                };
                let place = if sql { "psql" } else { "app" };
                let start = span.start as usize + at;
                let range = start..start + content.len();
                let opening = format!("{}{marks}{language} {{in={place}}}", " ".repeat(indent));
                self.out.blank_line(span);
                self.out.copy_with(span, &[(range, opening)]);
                self.report.converted(span, "commands", format!("a fence with `in={place}`"));
                return;
            }
            at += line.len();
        }
        self.keep(span);
        self.report.kept(span, "commands");
    }

    pub(super) fn faq(&mut self, at: usize, span: Span, question: Span, answer: &'a [Span]) {
        self.heading_line("###", at, question, Vec::new(), span);
        self.runs(answer, "");
        self.out.blank_line(span);
        self.report.converted(span, "question of the FAQ", "a heading below the section");
    }

    /// Fixes that no heading of the page introduces, before one of these parts.
    pub(super) fn unheaded_fixes(&mut self, parts: std::ops::Range<usize>) {
        let facts = self.facts;
        let here = |fix: &&FixPlan| fix.part.is_none() && parts.contains(&fix.before);
        for fix in facts.plan.fixes.iter().filter(here) {
            self.out.blank_line(fix.about);
            if self.role != Some(Role::Fix) {
                self.out.write("## The solution {.fix .unnumbered #all-of-the-solution}\n\n", fix.about);
                self.role = Some(Role::Fix);
            }
            self.out.write(format!("### The solution as a whole {{#{}}}\n\n", fix.id), fix.about);
            let index = facts.plan.fixes.iter().position(|other| other.id == fix.id);
            self.extras_of(index);
        }
    }
}
