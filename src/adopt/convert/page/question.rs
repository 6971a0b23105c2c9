//! Questions with the boxes for their answers, and the answers.

use super::writer::Writer;
use crate::adopt::{Answer, AnswerBox, BoxShape, Question};
use crate::model::Role;
use crate::source::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn question(&mut self, at: usize, span: Span, question: &'a Question) {
        let number = self.questions;
        self.questions += 1;
        let about = question.text.first().copied().unwrap_or(span);
        let id = self.facts.plan.ids.get(&at).and_then(|ids| ids.first()).map_or("question", String::as_str);
        let kind = self.kind(question);
        self.out.blank_line(span);
        self.out.write(format!(":::question{{#{id} kind={kind}}}\n\n"), about);
        self.runs(&question.text, "");
        self.out.blank_line(about);
        if let Some(answer_box) = &question.answer_box {
            self.answer_box(answer_box);
        }
        let folder = self.facts.folder;
        for (index, answer) in folder.answers.iter().enumerate() {
            if answer.answers == Some(number) && !self.answered[index] {
                self.answered[index] = true;
                self.answer(answer);
            }
        }
        self.out.blank_line(span);
        self.out.write(":::\n\n", span);
        self.report.converted(span, "question", format!("`:::question{{#{id}}}`"));
    }

    fn kind(&self, question: &Question) -> &'static str {
        let words: String =
            question.text.iter().map(|span| self.slice(*span)).collect::<Vec<_>>().join(" ").to_lowercase();
        let guesses =
            ["guess", "predict", "do you expect", "before you measure", "before you run", "what will happen"];
        match self.role {
            Some(Role::Reflect) => "reflection",
            _ if guesses.iter().any(|guess| words.contains(guess)) => "prediction",
            Some(Role::Observe | Role::Verify) => "observation",
            Some(Role::Fix | Role::Learned | Role::Faq) => "reflection",
            _ => "comprehension",
        }
    }

    fn answer_box(&mut self, answer_box: &'a AnswerBox) {
        let span = answer_box.span;
        match &answer_box.shape {
            BoxShape::Empty => {}
            BoxShape::Form(labels) => {
                self.out.write(":::box\n\n```text\n", span);
                for label in labels {
                    self.label(*label);
                }
                self.out.write("```\n\n:::\n\n", span);
            }
            BoxShape::Table => {
                self.out.write(":::box\n\n", span);
                self.keep(span);
                self.out.blank_line(span);
                self.out.write(":::\n\n", span);
            }
            // Nobody says which are right, so that it is no `choice`.
            BoxShape::Choice => {
                self.keep(span);
                self.out.blank_line(span);
            }
        }
    }

    /// A line of a form: "p50: ____ ms" is the label "p50 (ms):" with room behind it.
    fn label(&mut self, label: Span) {
        let text = self.slice(label);
        let gap = text.find("__").or_else(|| text.find("..")).or_else(|| text.find('…'));
        let Some(gap) = gap else {
            self.out.copy(label);
            self.out.write("\n", label);
            return;
        };
        let name = text[..gap].trim_end_matches([' ', ':', '\u{a0}']);
        let unit = text[gap..].trim_matches(['_', '.', '…', ' ', '\u{a0}', '\n']);
        self.out.copy(label.sub(0, name.len()));
        if !unit.is_empty() {
            self.out.write(format!(" ({unit})"), label);
        }
        self.out.write(":\n", label);
    }

    fn answer(&mut self, answer: &'a Answer) {
        let about = answer.text.first().copied().unwrap_or(answer.span);
        if answer.text.iter().all(|span| self.slice(*span).trim().is_empty()) {
            self.report.kept_because(answer.span, "answer", "it says nothing");
            return;
        }
        self.out.blank_line(about);
        self.out.write(":::answer\n\n", about);
        self.runs(&answer.text, "");
        self.out.blank_line(about);
        self.out.write(":::\n\n", about);
        self.report.converted(answer.span, "answer", "`:::answer`");
    }

    /// Answers that belong to no question stay readable, at the end.
    pub(super) fn left_answers(&mut self) {
        let folder = self.facts.folder;
        let left: Vec<&Answer> = folder
            .answers
            .iter()
            .zip(&self.answered)
            .filter(|(_, done)| !**done)
            .map(|(answer, _)| answer)
            .collect();
        let left: Vec<&Answer> =
            left.into_iter().filter(|answer| !self.slice(answer.span).trim().is_empty()).collect();
        let Some(first) = left.first() else { return };
        self.out.blank_line(first.span);
        self.out.write("## Answers without a question {#answers-without-a-question}\n\n", first.span);
        for answer in left {
            self.out.blank_line(answer.span);
            self.out.write(":::reveal{title=\"An answer\"}\n\n", answer.span);
            if let Some(question) = &answer.question {
                self.out.write("**", question.span);
                self.out.copy(question.span);
                self.out.write("**\n\n", question.span);
            }
            self.runs(&answer.text, "");
            self.out.blank_line(answer.span);
            self.out.write(":::\n\n", answer.span);
            self.report.unclear(answer.span, "answer", "no question of the page fits it");
        }
    }
}
