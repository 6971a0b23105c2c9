//! Preview pictures: what messengers and networks show for a link to a page. One each for home,
//! the tracks and the scenarios that can be worked on.

use serde::Serialize;

use super::page::SitePage;
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::Status;
use crate::model::{Course, label};

/// How many letters of the title fit a line of the picture, and how many lines there are.
const TITLE: (usize, usize) = (27, 3);
/// The same for the text below it.
const TEXT: (usize, usize) = (66, 3);

/// What the template `preview.svg` gets.
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
    /// The preview of a page, if pages of its kind have one.
    pub(super) fn of(course: &Course, page: &SitePage) -> Option<Self> {
        match page.kind {
            "home" => Some(Self::new(page, String::new(), ACCENT)),
            "track" => {
                let track = course.tracks.iter().find(|track| track.title == page.title)?;
                Some(Self::new(page, format!("Track {}", track.number), ACCENT))
            }
            "scenario" => {
                let ready = |index: &usize| course.scenarios[*index].status == Status::Ready;
                let index = (0..course.scenarios.len()).filter(ready).find(|index| {
                    page.path == crate::emit::print::html::scenario_page(&course.scenarios[*index].id)
                })?;
                let name = label(course, &course.scenarios[index], None);
                let eyebrow = name.split_once(" — ").map_or_else(String::new, |(label, _)| label.to_owned());
                let tier = course.tier_of(index);
                let eyebrow = tier.map_or(eyebrow.clone(), |tier| format!("{eyebrow} · {}", tier.name));
                Some(Self::new(page, eyebrow, tier.map_or(ACCENT, |tier| tier_color(tier.scaffolding))))
            }
            _ => None,
        }
    }

    /// The page's title and description, broken into lines.
    fn new(page: &SitePage, eyebrow: String, accent: &'static str) -> Self {
        let name = page.title.split_once(" — ").map_or(page.title.as_str(), |(_, name)| name);
        let title = lines(name, TITLE);
        let text_top = 236 + title.len() * 88 - 10;
        let room = (540_usize.saturating_sub(text_top) / 46).min(TEXT.1);
        Self {
            accent,
            eyebrow,
            text: lines(&page.description, (TEXT.0, room)),
            title,
            text_top,
            site: page.site.title.clone(),
        }
    }
}

/// The colors of the theme's light side: a picture cannot follow the viewer's scheme.
const ACCENT: &str = "#9c3d16";

fn tier_color(scaffolding: Scaffolding) -> &'static str {
    match scaffolding {
        Scaffolding::High => "#38682c",
        Scaffolding::Medium => "#1c5f80",
        Scaffolding::Low => "#855000",
        Scaffolding::None => "#96224a",
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
