//! What a parsed page is made of. Every node knows its bytes; nothing here is resolved.

use crate::source::{FileId, Span, Spanned};
use crate::syntax::attributes::Attributes;

/// Whether a directive has content between an opening line and `:::`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Only `::name{…}`.
    None,
    /// Either form.
    Optional,
    /// Only `:::name{…}` … `:::`.
    Required,
}

/// What the scanner must know of a directive. The table is handed in; the specs live in
/// `directive/`.
#[derive(Clone, Copy, Debug)]
pub struct DirectiveShape {
    pub name: &'static str,
    pub body: Body,
    /// The directives it may stand in; empty: anywhere.
    pub parents: &'static [&'static str],
    /// The directives that may stand in it; `None`: any whose own parents allow it.
    pub children: Option<&'static [&'static str]>,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Document {
    pub file: FileId,
    pub blocks: Vec<Block>,
    /// Link and footnote definitions; they hold for the whole page, wherever they stand.
    pub definitions: Vec<Span>,
}

/// A top-level block of Markdown, or a directive. Its span covers whole lines, without the last
/// line end, so that the bytes can be printed as they are.
#[derive(Clone, Debug)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
    /// All links and images inside, in order. Empty for directives: their children hold them.
    pub links: Vec<Link>,
}

/// What a block is. What is large lies outside: most blocks are prose, and a course has many.
#[derive(Clone, Debug)]
pub enum BlockKind {
    Heading {
        level: u8,
        /// Without `#` signs and attributes.
        text: Span,
        attributes: Box<Attributes>,
    },
    Directive(Box<Directive>),
    /// A fenced block; indented code stays [`BlockKind::Prose`].
    Fence {
        /// May be empty.
        language: Spanned<String>,
        attributes: Box<Attributes>,
        /// The content's lines with the last line end; an empty span if there are none.
        body: Span,
    },
    /// An image with a title, alone in its paragraph.
    Figure(Box<Figure>),
    Table(Box<Table>),
    List(List),
    /// An HTML comment alone, its text trimmed: suppressions live here.
    Comment {
        text: Spanned<String>,
    },
    /// Anything else: paragraphs, quotes, alerts, raw HTML, indented code, thematic breaks.
    Prose {
        paragraph: bool,
    },
    /// Link definitions or a footnote definition.
    Definition,
}

impl BlockKind {
    /// Whether it is Markdown to be printed together with such neighbors, as one piece; whatever has a
    /// meaning of its own ends the piece.
    #[must_use]
    pub fn is_text(&self) -> bool {
        match self {
            Self::Prose { .. } | Self::List(_) | Self::Table(_) | Self::Definition => true,
            Self::Fence { attributes, .. } => attributes.is_empty(),
            Self::Heading { .. } | Self::Directive(_) | Self::Figure(_) | Self::Comment { .. } => false,
        }
    }
}

/// The parts of a figure.
#[derive(Clone, Debug)]
pub struct Figure {
    pub alt: Span,
    pub destination: Spanned<String>,
    pub title: Spanned<String>,
}

/// A directive of any name, known or not; `container` says which form was written.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Empty when the opening line names none (which was reported).
    pub name: Spanned<String>,
    pub attributes: Attributes,
    /// The opening line, without its line end.
    pub opener: Span,
    pub container: bool,
    pub children: Vec<Block>,
    /// From after the opening line to before the closing one; empty for `::name`.
    pub body: Span,
}

/// A table of GitHub Flavored Markdown. Each row has as many cells as the head.
#[derive(Clone, Debug)]
pub struct Table {
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    pub alignments: Vec<Alignment>,
}

/// A cell; the span is its trimmed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub span: Span,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    None,
    Left,
    Center,
    Right,
}

/// A list; nested lists belong to the content of their item.
#[derive(Clone, Debug)]
pub struct List {
    pub ordered: bool,
    pub items: Vec<Item>,
}

/// One item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// From the marker to the end of the item's last line.
    pub span: Span,
    /// The text after marker, task box and attributes, trimmed; it may run over several lines.
    pub content: Span,
    /// `[x]`, `[ ]`, or no box.
    pub checked: Option<bool>,
    /// Leading `{#id …}`.
    pub attributes: Option<Box<Attributes>>,
}

/// A link or an image.
#[derive(Clone, Debug)]
pub struct Link {
    /// From `[` (or `!`) to the end; for `<https://…>` and bare addresses all of it.
    pub span: Span,
    /// Between the brackets.
    pub text: Span,
    /// Unescaped. For `[text][label]` the span is the whole link: the address stands elsewhere.
    pub destination: Spanned<String>,
    pub title: Option<String>,
    pub image: bool,
}
