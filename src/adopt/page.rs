//! A SCENARIO.md as it was understood: a row of parts that cover the whole file. What is not understood is
//! a part as well, so that nothing can get lost between reading and writing.

use crate::model::Role;
use crate::source::{FileId, Span, Spanned};

/// A page. Each byte of the file lies in exactly one of its parts, in order; blank lines between two parts
/// belong to the first.
#[derive(Debug)]
pub struct Page {
    pub file: FileId,
    /// The scenario's title without its number.
    pub title: Option<Spanned<String>>,
    /// The number in the title.
    pub number: Option<Number>,
    pub parts: Vec<Part>,
}

/// A number that was typed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub value: u32,
    /// The second number of "1.2"; figures have one.
    pub minor: Option<u32>,
    /// The digits.
    pub span: Span,
}

/// Whole lines of a page.
#[derive(Debug)]
pub struct Part {
    /// With the blank lines after it.
    pub span: Span,
    pub kind: PartKind,
}

/// What a part is.
#[derive(Debug)]
pub enum PartKind {
    /// `# Scenario 3: …`.
    Title,
    /// Concepts, time, difficulty: bold lines, a table without a head, a list.
    Fields(Vec<Field>),
    /// A heading of level 2.
    Section(SectionHeading),
    /// A heading that names a fix; one of level 2 is a section as well.
    Fix(FixHeading),
    /// Any other heading, level 3 to 6.
    Heading {
        level: u8,
        text: Span,
    },
    Question(Question),
    /// Options to choose from: a quote or a list.
    Options(Vec<OptionText>),
    /// Code before and after a fix, with the words that introduce each.
    Change(Change),
    /// A table, or a list with room, that is to be filled in with measurements.
    Results,
    /// A picture and its caption.
    Figure(Figure),
    /// A hint: a 💡 quote, a `[!TIP]` alert, a `<details>` that says "Hint".
    Hint {
        /// The words of it, each a whole run of bytes without the marks of the quote.
        text: Vec<Span>,
    },
    /// A fence with commands that learners type.
    Commands {
        /// In psql, not in a shell.
        sql: bool,
        body: Span,
    },
    /// The table below "Stuck?": rows of problem and help.
    Stuck {
        rows: Vec<(Span, Span)>,
    },
    /// The answers at the end of the page, with heading, `<details>` and all. They are in `Folder::answers`.
    AnswerKey,
    /// A question of the FAQ: bold words or a heading, and the text after it up to the next.
    Faq {
        question: Span,
        answer: Vec<Span>,
    },
    /// "Next: Scenario 4 — …".
    Next(Next),
    /// Text, lists, tables, quotes, code that is shown: kept as it is.
    Prose,
    /// Nobody knows; kept as it is and reported.
    Unclear(Unclear),
}

/// Why a part was not understood.
#[derive(Debug)]
pub struct Unclear {
    /// In a phrase, for the report: "options without a heading that they belong to".
    pub why: String,
}

/// The name and the value of one of the facts below the title.
#[derive(Debug)]
pub struct Field {
    pub kind: FieldKind,
    pub name: Spanned<String>,
    pub value: Spanned<String>,
}

/// What a fact says.
#[derive(Debug)]
pub enum FieldKind {
    /// Each as written, without marks.
    Concepts(Vec<Spanned<String>>),
    /// In minutes, least and most.
    Minutes(u32, u32),
    /// The word for the level.
    Level,
    /// Concepts or scenarios that come before.
    BuildsOn(Vec<Spanned<String>>),
    Other,
}

/// A heading of level 2.
#[derive(Debug)]
pub struct SectionHeading {
    /// Its text without mark, number and the word before it ("Step 2 –").
    pub title: Spanned<String>,
    /// What it is for; `None` for a plain section.
    pub role: Option<Role>,
    /// The number of its step.
    pub step: Option<Step>,
}

/// "Step 2".
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub number: Number,
}

/// The heading of a fix.
#[derive(Debug)]
pub struct FixHeading {
    /// 3, or 2 where each fix is a section of its own.
    pub level: u8,
    pub number: Option<Number>,
    /// Without "Fix 1:".
    pub title: Spanned<String>,
}

/// A question, with the box for its answer if it has one.
#[derive(Debug)]
pub struct Question {
    /// `None` for one that is not numbered.
    pub number: Option<Number>,
    /// Its words without "Q4:", marks of a quote and bold: each a whole run of bytes.
    pub text: Vec<Span>,
    /// The word before it, where that is not a number: "Think".
    pub label: Option<Spanned<String>>,
    pub answer_box: Option<AnswerBox>,
}

/// The room for an answer.
#[derive(Debug)]
pub struct AnswerBox {
    /// Whole lines, the marks of a fence included.
    pub span: Span,
    pub shape: BoxShape,
}

/// What a box looks like.
#[derive(Debug)]
pub enum BoxShape {
    /// Nothing but "Your answer:", or not even that.
    Empty,
    /// Names with room after each, as in `p50: ____ ms`: each a whole line without marks.
    Form(Vec<Span>),
    /// A list with empty boxes to tick.
    Choice,
    /// A table with empty cells.
    Table,
}

/// "Option A — …".
#[derive(Debug)]
pub struct OptionText {
    pub letter: Option<Spanned<char>>,
    /// Its name, without the letter and without marks.
    pub name: Option<Span>,
    /// Its text after the name: each a whole run of bytes without the marks of a quote or list.
    pub text: Vec<Span>,
}

/// Code before and after a fix.
#[derive(Debug)]
pub struct Change {
    /// The file that the words around it name (`src/server.js`).
    pub file: Option<Spanned<String>>,
    pub language: String,
    /// The body of each fence, without marks of before and after in it. `None`: nothing was there.
    pub before: Option<Span>,
    pub after: Option<Span>,
    /// Lines that only say "Before (the problem)" and the like, fences apart.
    pub labels: Vec<Span>,
    /// Text between the two that says more than that, and is kept.
    pub prose: Vec<Span>,
}

/// A picture with its caption.
#[derive(Debug)]
pub struct Figure {
    pub number: Option<Number>,
    pub alt: Spanned<String>,
    /// As written.
    pub path: Spanned<String>,
    /// Its words without "Fig 1.2 —" and marks.
    pub caption: Option<Spanned<String>>,
}

/// Where the page says what comes next.
#[derive(Debug)]
pub struct Next {
    pub number: Option<Number>,
    pub title: Option<Spanned<String>>,
    /// Where its link leads, as written.
    pub link: Option<Spanned<String>>,
}

/// An answer of an answer key.
#[derive(Debug)]
pub struct Answer {
    /// Heading, repeated question and text.
    pub span: Span,
    pub number: Option<Number>,
    /// The question as it is repeated, without number and marks.
    pub question: Option<Spanned<String>>,
    /// The words of the answer: whole runs of bytes.
    pub text: Vec<Span>,
    /// The question of the page that it answers: its place among `PartKind::Question`s, from 0. By number
    /// first, then by words; `None` if there is none.
    pub answers: Option<usize>,
}
