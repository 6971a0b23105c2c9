//! The nodes of a page.

use camino::Utf8PathBuf;

use super::rich::RichText;
use crate::source::Span;

/// A node with the place in the source that made it.
#[derive(Clone, Debug)]
pub struct Block {
    pub span: Span,
    pub node: Node,
}

/// Everything a page can hold. What is large lies outside: most nodes are prose, and a course has many.
#[derive(Clone, Debug)]
pub enum Node {
    Heading(Box<Heading>),
    /// One or more Markdown blocks, exactly as written.
    Prose(RichText),
    Figure(Box<Figure>),
    Code(Box<Code>),
    Question(Box<Question>),
    Options(Box<Options>),
    Disclosure(Box<Disclosure>),
    Change(Box<Change>),
    Table(Box<Table>),
    /// The learner's files with a remark each.
    Files(Vec<FileRow>),
    /// What a reader should have seen or what a reviewer would ask: set apart, with a title.
    Quote(Box<Quote>),
    /// A rubric that stands alone (challenges).
    Rubric(Box<Rubric>),
    /// Printed in one output only.
    Only {
        output: Output,
        body: Vec<Block>,
    },
}

/// The two outputs that show pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Site,
    Monorepo,
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 2 to 6; the page's title is not among the nodes.
    pub level: u8,
    /// The anchor on the site; also the id under which progress is kept.
    pub id: String,
    /// "Step 1 — " or "Fix 2: ", else empty.
    pub prefix: String,
    pub text: RichText,
    /// The role's word (`observe`), if it has one.
    pub role: Option<&'static str>,
    /// Ids it had before.
    pub was: Vec<String>,
}

/// A picture with a caption.
#[derive(Clone, Debug)]
pub struct Figure {
    pub id: String,
    /// "Fig 1.2".
    pub label: String,
    pub alt: String,
    pub caption: RichText,
    /// File name below `assets/` in the monorepo and below the page's assets on the site.
    pub asset: String,
}

/// What a code block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeUse {
    /// Shown to be read.
    Shown,
    /// A command of the terminal; can be copied.
    Command,
    /// Part of a fix: the learner types it.
    Typed,
    /// What a command printed.
    Printed,
}

/// A code block.
#[derive(Clone, Debug)]
pub struct Code {
    pub id: Option<String>,
    pub language: String,
    /// Ends with a newline unless empty.
    pub text: String,
    pub use_: CodeUse,
    /// The file it was taken from.
    pub file: Option<Utf8PathBuf>,
    /// Where it is typed: `app`, `psql` or `host`.
    pub place: Option<&'static str>,
    /// The stage at which it is typed, if it is.
    pub stage: Option<String>,
    /// What its output must contain when it is rehearsed.
    pub expect: Option<String>,
    /// The load test that it runs.
    pub test: Option<String>,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    pub id: String,
    pub was: Vec<String>,
    /// Its number in the scenario.
    pub number: u32,
    /// The kind's word: `prediction`, `comprehension`, ….
    pub kind: &'static str,
    pub prompt: Vec<Block>,
    pub answer_box: AnswerBox,
    pub answer: Vec<Block>,
    /// Whether the answer follows openly.
    pub answer_inline: bool,
    pub rubric: Option<Rubric>,
    /// The open question of the scenario's bridge that this one plants.
    pub planted: Option<String>,
    /// Headings above it, for the answer file: the section's prefix and text.
    pub section: Option<(String, RichText)>,
}

/// Where the learner writes.
#[derive(Clone, Debug)]
pub enum AnswerBox {
    /// An empty field under a label ("Your guess:").
    Free { label: String },
    /// A table whose empty cells are filled in.
    Table { head: Vec<RichText>, alignments: Vec<&'static str>, rows: Vec<Vec<RichText>> },
    /// An empty list.
    List { items: usize, ordered: bool },
    /// Lines that begin with a label.
    Lines { labels: Vec<String> },
    /// Choices to tick.
    Choices { items: Vec<Choice> },
}

/// One choice of a question.
#[derive(Clone, Debug)]
pub struct Choice {
    pub text: RichText,
    pub right: bool,
}

/// How an answer is judged.
#[derive(Clone, Debug)]
pub enum Rubric {
    /// What a good answer does.
    Criteria(Vec<RichText>),
    /// Criterion, then levels from low to high.
    Levels { head: Vec<RichText>, rows: Vec<Vec<RichText>> },
}

/// Options before a fix.
#[derive(Clone, Debug)]
pub struct Options {
    /// "Before you change anything — what could you do?"
    pub title: String,
    pub items: Vec<OptionItem>,
    pub body: Vec<Block>,
}

/// An option.
#[derive(Clone, Debug)]
pub struct OptionItem {
    pub id: String,
    /// "Option A"
    pub label: String,
    pub text: RichText,
}

/// Something closed until asked for.
#[derive(Clone, Debug)]
pub struct Disclosure {
    pub kind: DisclosureKind,
    /// "Hint 1 of 2"
    pub summary: String,
    pub body: Vec<Block>,
}

/// What is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisclosureKind {
    Hint,
    Reveal,
}

/// What a fix changes in a file.
#[derive(Clone, Debug)]
pub struct Change {
    pub file: Utf8PathBuf,
    /// The words above the first block ("In `src/server.js`, before:").
    pub lead: String,
    pub before: Option<Code>,
    /// The words between the blocks ("after:").
    pub between: String,
    pub after: Option<Code>,
    /// Explains the block after.
    pub body: Vec<Block>,
}

/// What a made table is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableUse {
    /// Results that learners fill in.
    Results { id: String },
    /// The environment's services.
    Services,
    /// Problems and what to do.
    Stuck,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    pub use_: TableUse,
    pub head: Vec<RichText>,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a made table.
#[derive(Clone, Debug)]
pub enum Cell {
    Text(RichText),
    /// Filled in by the learner; tables share what was typed under the same key
    /// (`test/stage/measure`).
    Input {
        key: String,
    },
}

/// A line of the file list.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// How many folders it lies in.
    pub depth: usize,
    /// Its name; folders end with `/`.
    pub name: String,
    pub remark: RichText,
}

/// A titled aside.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Where it came from: the directive's name, or `goals` of scenario.yml.
    pub kind: &'static str,
    pub title: String,
    pub body: Vec<Block>,
}
