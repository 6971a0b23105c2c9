//! What a README says beside the curriculum and course.yml has a key for: the steps to open a scenario, and
//! questions that people ask. Everything else of it is left where it is, and reported.

use super::pieces::Pieces;
use super::prose::is_plain_paragraphs;
use super::yaml::scalar;
use crate::adopt::Repository;
use crate::source::Span;

/// Words of a heading above the steps to begin.
const START: [&str; 6] = ["start", "begin", "how to open", "open a", "setup", "first steps"];

/// Words of a heading above questions.
const QUESTIONS: [&str; 4] = ["faq", "frequently asked", "common questions", "questions"];

/// What is taken over, in the README's order.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub opening: Vec<Span>,
    /// Question and answer.
    pub faq: Vec<(Span, Span)>,
    /// The pieces of `Curriculum::rest` that nothing was made of.
    pub left: Vec<Span>,
}

/// A piece of a text, by its place in the file.
#[derive(Clone, Copy)]
struct Text<'a> {
    text: &'a str,
    span: Span,
}

impl<'a> Text<'a> {
    fn sub(self, start: usize, end: usize) -> Self {
        Self { text: &self.text[start..end], span: self.span.sub(start, end) }
    }

    fn trim(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.sub(start, start + self.text.trim().len())
    }

    /// Runs of lines between blank ones.
    fn paragraphs(self) -> Vec<Self> {
        let (mut found, mut from, mut at) = (Vec::new(), 0, 0);
        for line in self.text.split_inclusive('\n') {
            if line.trim().is_empty() {
                found.push(self.sub(from, at));
                from = at + line.len();
            }
            at += line.len();
        }
        found.push(self.sub(from, at));
        found.into_iter().map(Self::trim).filter(|paragraph| !paragraph.text.is_empty()).collect()
    }

    /// The heading that it begins with, if any: level and words; and what follows.
    fn heading(self) -> Option<(usize, Self, Self)> {
        let line = self.text.find('\n').unwrap_or(self.text.len());
        let level = self.text[..line].bytes().take_while(|byte| *byte == b'#').count();
        let is_heading = (1..=6).contains(&level) && self.text[level..line].starts_with(' ');
        is_heading.then(|| (level, self.sub(level, line).trim(), self.sub(line, self.text.len())))
    }

    /// Whether it can stand in a text of course.yml: one without blocks, and without addresses that only lead
    /// somewhere from the README.
    fn is_movable(self) -> bool {
        is_plain_paragraphs(self.text) && !self.text.replace("](http", "").contains("](")
    }
}

/// Looks through what the README says beside its curriculum.
pub(super) fn read_beside(repository: &Repository) -> Beside {
    let mut found = Beside::default();
    let mut below_questions = None;
    for span in &repository.curriculum.rest {
        let section = Text { text: repository.files.slice(*span), span: *span };
        let Some((level, title, body)) = section.heading() else {
            found.left.push(*span);
            continue;
        };
        let words = title.text.to_lowercase();
        let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
        if below_questions.is_some_and(|above| level > above) {
            take_question(&mut found, section, title, body);
            continue;
        }
        below_questions = None;
        if says(&QUESTIONS) {
            below_questions = Some(level);
            take_questions(&mut found, body);
        } else if says(&START) && found.opening.is_empty() {
            take_steps(&mut found, section, body);
        } else {
            found.left.push(*span);
        }
    }
    found
}

/// A question as a heading, with its answer below.
fn take_question(found: &mut Beside, section: Text<'_>, title: Text<'_>, body: Text<'_>) {
    let answer = body.trim();
    if answer.is_movable() && title.is_movable() {
        found.faq.push((title.span, answer.span));
    } else {
        found.left.push(section.span);
    }
}

/// Questions in bold, each with its answer behind it or below.
fn take_questions(found: &mut Beside, body: Text<'_>) {
    let paragraphs = body.paragraphs();
    let starts: Vec<usize> = (0..paragraphs.len()).filter(|at| bold(paragraphs[*at]).is_some()).collect();
    let lead = starts.first().copied().unwrap_or(paragraphs.len());
    found.left.extend(paragraphs[..lead].iter().map(|paragraph| paragraph.span));
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(paragraphs.len());
        let first = paragraphs[*start];
        let last = paragraphs[end - 1];
        let Some((question, behind)) = bold(first) else { continue };
        let offset = (behind.span.start - body.span.start) as usize;
        let answer = body.sub(offset, (last.span.end - body.span.start) as usize).trim();
        if answer.is_movable() && question.is_movable() {
            found.faq.push((question.span, answer.span));
        } else {
            found.left.push(first.span.to(last.span));
        }
    }
}

/// The bold words that a paragraph begins with, and what follows.
fn bold(paragraph: Text<'_>) -> Option<(Text<'_>, Text<'_>)> {
    let inner = paragraph.text.strip_prefix("**")?;
    let end = inner.find("**")? + 2;
    let question = paragraph.sub(2, end).trim();
    (!question.text.is_empty()).then(|| (question, paragraph.sub(end + 2, paragraph.text.len())))
}

/// The numbered list of a section.
fn take_steps(found: &mut Beside, section: Text<'_>, body: Text<'_>) {
    let (mut steps, mut left) = (Vec::new(), Vec::new());
    for paragraph in body.paragraphs() {
        match steps_of(paragraph) {
            Some(more) => steps.extend(more),
            None => left.push(paragraph.span),
        }
    }
    if steps.is_empty() {
        found.left.push(section.span);
    } else {
        found.opening = steps;
        found.left.append(&mut left);
    }
}

/// The items of a paragraph that is a numbered list and nothing else.
fn steps_of(paragraph: Text<'_>) -> Option<Vec<Span>> {
    let (mut items, mut at): (Vec<(usize, usize)>, usize) = (Vec::new(), 0);
    for line in paragraph.text.split_inclusive('\n') {
        match mark_of(line) {
            Some(mark) => items.push((at + mark, at + line.len())),
            None if line.starts_with("  ") => items.last_mut()?.1 = at + line.len(),
            None => return None,
        }
        at += line.len();
    }
    let items: Vec<Text<'_>> =
        items.into_iter().map(|(start, end)| paragraph.sub(start, end).trim()).collect();
    items.iter().all(|item| item.is_movable()).then(|| items.into_iter().map(|item| item.span).collect())
}

/// The length of "1. " or "1) ".
fn mark_of(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_mark = digits > 0 && (line[digits..].starts_with(". ") || line[digits..].starts_with(") "));
    is_mark.then_some(digits + 2)
}

/// The keys of course.yml.
pub(super) fn write_beside(repository: &Repository, beside: &Beside, out: &mut Pieces<'_>) {
    let said = |span: Span| {
        let paragraphs = repository.files.slice(span).split("\n\n");
        let words = paragraphs.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        scalar(&words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n"))
    };
    for (at, step) in beside.opening.iter().enumerate() {
        let key = if at == 0 { "opening:\n" } else { "" };
        out.write(format!("{key}  - {}\n", said(*step)), *step);
    }
    for (at, (question, answer)) in beside.faq.iter().enumerate() {
        let key = if at == 0 { "faq:\n" } else { "" };
        out.write(format!("{key}  - question: {}\n", said(*question)), *question);
        out.write(format!("    answer: {}\n", said(*answer)), *answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adopt::read_repository;
    use crate::source::Files;

    fn course(readme: &str) -> (String, Vec<String>) {
        let mut files = Files::default();
        files.add_text("README.md", readme);
        let repository = read_repository(files);
        let beside = read_beside(&repository);
        let mut out = Pieces::new(&repository.files);
        write_beside(&repository, &beside, &mut out);
        let made = out.into_file("course.yml").bytes(&repository.files);
        let left = beside.left.iter().map(|span| repository.files.slice(*span).trim().to_owned());
        (String::from_utf8(made).expect("text"), left.collect())
    }

    #[test]
    fn steps_and_questions_are_taken_over_and_the_rest_is_left() {
        let (made, left) = course(
            "# Labs\n\n## How to start\n\n1. Choose a lab.\n2. Open it in a\n   Codespace.\n\nYou need Docker.\n\n\
             ## FAQ\n\n**Is it free?** Yes.\n\n**Why?**\nBecause: it is.\n\nReally.\n\n## License\n\nMIT\n",
        );
        assert_eq!(
            made,
            "opening:\n  - Choose a lab.\n  - Open it in a Codespace.\nfaq:\n  - question: \"Is it free?\"\n    \
             answer: Yes.\n  - question: \"Why?\"\n    answer: \"Because: it is.\\n\\nReally.\"\n"
        );
        assert_eq!(left, ["You need Docker.", "## License\n\nMIT"]);
    }

    #[test]
    fn questions_may_be_headings_and_an_answer_with_blocks_stays() {
        let (made, left) = course(
            "# Labs\n\n## Common questions\n\n### Is it free?\n\nYes.\n\n### What do I need?\n\n- Docker\n",
        );
        assert_eq!(made, "faq:\n  - question: \"Is it free?\"\n    answer: Yes.\n");
        assert_eq!(left, ["### What do I need?\n\n- Docker"]);
    }

    #[test]
    fn a_list_with_addresses_of_the_readme_stays_where_it_is() {
        let (made, left) = course("# Labs\n\n## Begin\n\n1. Read [this](docs/a.md).\n");
        assert_eq!(made, "");
        assert_eq!(left.len(), 1);
    }
}
