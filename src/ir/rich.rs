//! Markdown text with resolved references in it.

use std::borrow::Cow;

use camino::Utf8PathBuf;

use crate::source::Excerpt;

/// Index of a scenario in `Course::scenarios`.
pub type ScenarioIx = usize;

/// Markdown (inline or whole blocks, as its place says), cut at its references.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RichText {
    pub pieces: Vec<Piece>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Markdown as the author wrote it.
    Markdown(Excerpt),
    /// A reference that the printer turns into a link.
    Reference(Box<Reference>),
}

/// A reference to something of the course.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub target: Target,
    /// The author's own words, if any; else the target's label is printed.
    pub text: Option<String>,
}

/// What a reference means.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Scenario(ScenarioIx),
    /// From the first to the second, both of one track.
    Scenarios(ScenarioIx, ScenarioIx),
    /// Index of a track.
    Track(usize),
    /// Index of a tier.
    Tier(usize),
    /// Indices of a track and of a group in it.
    Group(usize, usize),
    /// Index of a concept.
    Concept(usize),
    /// Index of a tutorial.
    Tutorial(usize),
    /// Something inside a scenario.
    Local {
        scenario: ScenarioIx,
        kind: LocalKind,
        id: String,
    },
    /// A file of the learner's folder.
    File {
        scenario: ScenarioIx,
        path: Utf8PathBuf,
    },
    /// A file of a solution; the path is relative to the scenario's `solution/`.
    Solution {
        scenario: ScenarioIx,
        path: Utf8PathBuf,
    },
}

/// What inside a scenario a reference can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocalKind {
    Step,
    Fix,
    Question,
    Option,
    Figure,
    Panel,
    Service,
}

impl RichText {
    /// Text without references.
    #[must_use]
    pub fn plain(text: impl Into<Excerpt>) -> Self {
        Self { pieces: vec![Piece::Markdown(text.into())] }
    }

    /// A reference alone.
    #[must_use]
    pub fn reference(target: Target, text: Option<String>) -> Self {
        Self { pieces: vec![Piece::Reference(Box::new(Reference { target, text }))] }
    }

    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Markdown(text) if text.trim().is_empty()))
    }

    /// About how many bytes it has once each reference is a link.
    #[must_use]
    pub fn size(&self) -> usize {
        let sizes = self.pieces.iter().map(|piece| match piece {
            Piece::Markdown(text) => text.len(),
            Piece::Reference(_) => 64,
        });
        sizes.sum()
    }

    /// Adds Markdown to the end.
    pub fn push_text(&mut self, text: impl Into<Excerpt>) {
        let text = text.into();
        match self.pieces.last_mut() {
            Some(Piece::Markdown(last)) if last.is_empty() => *last = text,
            Some(Piece::Markdown(last)) if !text.is_empty() => *last = [&**last, &*text].concat().into(),
            Some(_) if text.is_empty() => {}
            _ => self.push_piece(Piece::Markdown(text)),
        }
    }

    /// Adds another text to the end.
    pub fn push(&mut self, other: RichText) {
        for piece in other.pieces {
            match piece {
                Piece::Markdown(text) => self.push_text(text),
                reference @ Piece::Reference(_) => self.push_piece(reference),
            }
        }
    }

    /// Most texts have one piece, and a course has many texts.
    fn push_piece(&mut self, piece: Piece) {
        if self.pieces.is_empty() {
            self.pieces.reserve_exact(1);
        }
        self.pieces.push(piece);
    }

    /// The Markdown that results when each reference is replaced by what `print` makes of it. Most texts
    /// have none.
    #[must_use]
    pub fn resolve(&self, mut print: impl FnMut(&Reference) -> String) -> Cow<'_, str> {
        if let [Piece::Markdown(text)] = self.pieces.as_slice() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(self.size());
        for piece in &self.pieces {
            match piece {
                Piece::Markdown(text) => out.push_str(text),
                Piece::Reference(reference) => out.push_str(&print(reference)),
            }
        }
        Cow::Owned(out)
    }
}
