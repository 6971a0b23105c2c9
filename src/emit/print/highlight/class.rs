//! The classes that a theme colors, and the tags that say them. There are a dozen; a language that
//! needs another one is told in these.

/// What a piece of code is. `Plain` gets no tag: names, white space, operators and punctuation are
/// most of a text, and tags around them would be most of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Plain,
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Type,
    Attribute,
    Variable,
    /// Prompts and marks of Markdown: there, but not what is read.
    Punctuation,
    Inserted,
    Deleted,
    /// A word that is a keyword in some places only. It stands in tables alone; the language decides.
    Maybe,
}

impl Class {
    /// The opening tag; none for what stays plain.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Plain | Self::Maybe => "",
            Self::Keyword => "<span class=\"hl-keyword\">",
            Self::String => "<span class=\"hl-string\">",
            Self::Number => "<span class=\"hl-number\">",
            Self::Comment => "<span class=\"hl-comment\">",
            Self::Function => "<span class=\"hl-function\">",
            Self::Type => "<span class=\"hl-type\">",
            Self::Attribute => "<span class=\"hl-attribute\">",
            Self::Variable => "<span class=\"hl-variable\">",
            Self::Punctuation => "<span class=\"hl-punctuation\">",
            Self::Inserted => "<span class=\"hl-inserted\">",
            Self::Deleted => "<span class=\"hl-deleted\">",
        }
    }
}
