//! Options before a fix.

use super::writer::Writer;
use crate::adopt::OptionText;
use crate::source::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn options(&mut self, at: usize, span: Span, options: &'a [OptionText]) {
        if self.hides_solutions() {
            self.out.blank_line(span);
            self.keep(span);
            let why = "in this tier a build leaves the options of `:::options` to the learner";
            self.report.kept_because(span, "options", why);
            return;
        }
        let ids = self.facts.plan.ids.get(&at).map(Vec::as_slice).unwrap_or_default();
        self.out.blank_line(span);
        self.out.write(":::options\n\n", span);
        for (option, id) in options.iter().zip(ids) {
            self.option(option, id, span);
        }
        self.out.write("\n:::\n\n", span);
        self.report.converted(span, format!("{} options", options.len()), "`:::options`");
    }

    fn option(&mut self, option: &'a OptionText, id: &str, part: Span) {
        let about = option.name.or(option.text.first().copied()).unwrap_or(part);
        self.out.end_line(about);
        self.out.write(format!("- {{#{id}}} "), about);
        if let Some(name) = option.name {
            self.out.write("**", name);
            self.out.copy(name);
            self.out.write("**", name);
            if !option.text.is_empty() {
                self.out.write(" ", name);
            }
        }
        self.runs(&option.text, "  ");
        self.out.end_line(about);
    }
}
