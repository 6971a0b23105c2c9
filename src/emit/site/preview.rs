//! Preview pictures: what messengers and networks show for a link to a page. One each for home,
//! the tracks and the scenarios that can be worked on.

use serde::Serialize;

use super::page::SitePage;

/// How many letters of the title fit a line of the picture, and how many lines there are.
const TITLE: (usize, usize) = (27, 3);
/// The same for the text below it.
const TEXT: (usize, usize) = (66, 3);

/// What the template `card.svg` gets.
#[derive(Debug, Serialize)]
pub(super) struct Preview {
    /// The tier's color.
    pub accent: &'static str,
    /// The line above the title.
    pub eyebrow: String,
    /// The title in lines.
    pub title: Vec<String>,
    /// The description in lines.
    pub text: Vec<String>,
    /// Where the first line of the description stands, from the top.
    pub text_top: usize,
    /// The course's title.
    pub site: String,
}

impl Preview {
    /// The preview of a page: its title and description, broken into lines.
    pub(super) fn of(page: &SitePage, eyebrow: String, accent: &'static str) -> Self {
        let name = page.title.split_once(" — ").map_or(page.title.as_str(), |(_, name)| name);
        let title = lines(name, TITLE);
        let text_top = 236 + title.len() * 88 - 10;
        let room = (540_usize.saturating_sub(text_top) / 46).min(TEXT.1);
        Self { accent, eyebrow, text: lines(&page.description, (TEXT.0, room)), title, text_top, site: page.site.title.clone() }
    }
}

/// Breaks a text into lines of about `width` letters; what does not fit is cut with an ellipsis.
fn lines(text: &str, (width, most): (usize, usize)) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= width => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    if out.len() > most {
        out.truncate(most);
        if let Some(last) = out.last_mut() {
            last.push('…');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_long_text_is_broken_and_cut() {
        assert_eq!(lines("one two three", (7, 3)), ["one two", "three"]);
        assert_eq!(lines("one two three four", (7, 1)), ["one two…"]);
        assert!(lines("one", (7, 0)).is_empty());
    }
}
