//! Text that is not copied where it stands in a source as it is.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A piece of a text, which is shared with all others that hold it.
#[derive(Clone, Default)]
pub struct Excerpt {
    whole: Arc<str>,
    start: u32,
    end: u32,
}

impl Excerpt {
    /// The piece of a text at a range; empty if the text has none there.
    pub(super) fn of(whole: &Arc<str>, range: Range<usize>) -> Self {
        match (whole.get(range.clone()), u32::try_from(range.start), u32::try_from(range.end)) {
            (Some(_), Ok(start), Ok(end)) => Self { whole: Arc::clone(whole), start, end },
            _ => Self::default(),
        }
    }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl From<&str> for Excerpt {
    fn from(text: &str) -> Self {
        let whole = Arc::from(text);
        Self::of(&whole, 0..text.len())
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for Excerpt {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Excerpt {}

#[cfg(test)]
mod tests {
    use super::super::Files;
    use super::super::span::Span;
    use super::Excerpt;

    #[test]
    fn an_excerpt_is_the_text_under_a_span() {
        let mut files = Files::default();
        let file = files.add_text("a.md", "one zwölf");
        let bytes = files.add("a.png", b"\xFF", super::super::Origin::Project, false);
        for (span, text) in [
            (Span::new(file, 4, 10), "zwölf"),
            (Span::new(file, 0, 0), ""),
            // Inside a letter, behind the end, in what is no text.
            (Span::new(file, 0, 7), ""),
            (Span::new(file, 4, 99), ""),
            (Span::new(bytes, 0, 1), ""),
        ] {
            assert_eq!((&*files.excerpt(span), files.slice(span)), (text, text));
        }
        assert_eq!(files.excerpt(Span::new(file, 0, 3)), Excerpt::from("one"));
    }
}
