//! Preview pictures: what messengers and networks show for a link to a page. What stands in one, and
//! in which lines; colors and places are the template's.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::page::SitePage;
use super::subject::Subject;
use super::theme::Theme;
use crate::emit::print::words;
use crate::manifest::course::Scaffolding;
use crate::manifest::scenario::Kind;
use crate::model::{Course, Viewpoint, label};
use crate::syntax::svg::{missing_glyphs, text_widths};

/// How wide lines may be, in pixels.
const WIDTH: f32 = 1040.0;
/// Sizes of the title from large to small, and how many lines there may be of each.
const TITLES: [(u16, usize); 3] = [(84, 2), (72, 3), (60, 4)];
/// The size of the text below.
const TEXT: u16 = 32;
/// How many lines of text fit below one to four lines of title.
const TEXT_LINES: [usize; 4] = [4, 3, 3, 2];
/// The size of the line above.
const EYEBROW: u16 = 30;

/// What the template `preview.svg` gets.
#[derive(Debug, Serialize)]
pub(super) struct Preview {
    /// The tier's scaffolding: `high`, `medium`, `low`, `none`; empty where there is no tier.
    pub tier: &'static str,
    /// The line above the title; may be empty.
    pub eyebrow: String,
    /// The title in lines, for letters of `title_size` in bold.
    pub title: Vec<String>,
    pub title_size: u16,
    /// The description in lines, for letters of `text_size`; may be empty.
    pub text: Vec<String>,
    pub text_size: u16,
    /// The course's title; for its home page the address.
    pub site: String,
}

/// The words for pictures before they are broken into lines.
struct Draft {
    tier: &'static str,
    eyebrow: String,
    title: String,
    text: String,
}

/// The pictures of pages, one for each, in their order; `None` for pages without one: those that are
/// not to be found, and those whose title the embedded fonts cannot write.
pub(super) fn previews(course: &Course, pages: &[SitePage], theme: &Theme) -> Vec<Option<Preview>> {
    let drafts: Vec<Option<Draft>> =
        pages.iter().map(|page| page.indexed.then(|| draft(course, page, theme))).collect();
    let texts = drafts.iter().flatten().flat_map(|draft| [&draft.eyebrow, &draft.title, &draft.text]);
    let all: String = texts
        .map(String::as_str)
        .chain([course.title.as_str(), course.site.as_deref().unwrap_or_default(), "… "])
        .collect();
    let ruler = Ruler::new(&all);
    let title = ruler.drawable(&course.title);
    // The home page has the course's title above; there stands where the course is found.
    let address = course.site.as_deref().map(|site| site.trim_end_matches('/'));
    let address = address.and_then(|site| site.split_once("://")).map_or("", |(_, rest)| rest);
    let drafts = drafts.into_iter().zip(pages);
    drafts
        .map(|(draft, page)| {
            ruler.lay_out(&draft?, if page.title == course.title { address } else { &title })
        })
        .collect()
}

fn draft(course: &Course, page: &SitePage, theme: &Theme) -> Draft {
    let subject = page.subject;
    let mut title = page.title.clone();
    let mut tier = "";
    let eyebrow = match subject {
        Subject::Home => course.repository.clone(),
        Subject::Track(index) => format!("{} {}", theme.word("track"), course.tracks[index].number),
        Subject::Scenario(index) => {
            let scenario = &course.scenarios[index];
            title.clone_from(&scenario.title);
            tier = course.tier_of(index).map_or("", |tier| scaffolding(tier.scaffolding));
            scenario_eyebrow(course, index, theme)
        }
        Subject::Concept(_) => theme.word("concept"),
        Subject::Tutorial(index) => {
            let count = course.tutorials[index].pages.len();
            let pages = theme.word(if count == 1 { "page" } else { "pages" }).to_lowercase();
            format!("{} · {count} {pages}", theme.word("tutorial"))
        }
        Subject::TutorialPage(index, at) => {
            let tutorial = &course.tutorials[index];
            let of = theme.word("of");
            format!("{} · {} {of} {}", tutorial.title, at + 1, tutorial.pages.len())
        }
        Subject::Catalogue | Subject::Concepts | Subject::Tutorials | Subject::Rules | Subject::Other => {
            theme.word("overview")
        }
    };
    Draft { tier, eyebrow, title, text: page.description.clone() }
}

/// "Scenario 3 · Crawling · 45–60 minutes".
fn scenario_eyebrow(course: &Course, index: usize, theme: &Theme) -> String {
    let scenario = &course.scenarios[index];
    let full = label(course, scenario, Viewpoint::beside(scenario));
    let name = full.strip_suffix(&format!(" — {}", scenario.title)).filter(|name| !name.is_empty());
    let kind = match scenario.kind {
        Kind::Exercise => None,
        Kind::Challenge => Some("kind-challenge"),
        Kind::Failure => Some("kind-failure"),
        Kind::CaseStudy => Some("kind-case-study"),
    };
    let kind = kind.map(|kind| theme.word(kind)).filter(|kind| !name.is_some_and(|name| name.contains(kind)));
    let tier = course.tier_of(index).map(|tier| tier.name.clone());
    let tier = tier.or_else(|| course.place(index).map(|(_, group)| group.name.clone()));
    let minutes = scenario.minutes.map(words::minutes);
    let parts = [name.map(str::to_owned), kind, tier, minutes];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn scaffolding(found: Scaffolding) -> &'static str {
    match found {
        Scaffolding::High => "high",
        Scaffolding::Medium => "medium",
        Scaffolding::Low => "low",
        Scaffolding::None => "none",
    }
}

/// How far letters reach, for letters of 100 pixels.
struct Ruler {
    regular: BTreeMap<char, f32>,
    bold: BTreeMap<char, f32>,
    missing: BTreeSet<char>,
}

impl Ruler {
    /// Measures every letter of a text once.
    fn new(text: &str) -> Self {
        let missing = missing_glyphs(text);
        let letters: BTreeSet<char> = text.chars().filter(|c| !missing.contains(c)).collect();
        let letters: Vec<char> = letters.into_iter().collect();
        Self { regular: measure(&letters, 400), bold: measure(&letters, 700), missing }
    }

    /// A text without what cannot be drawn, its white space put right.
    fn drawable(&self, text: &str) -> String {
        let kept: String = text
            .chars()
            .filter(|c| !self.missing.contains(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{200d}'))
            .collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn lay_out(&self, draft: &Draft, site: &str) -> Option<Preview> {
        let title = self.drawable(&draft.title);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        if letters(&title) == 0 || letters(&title) * 3 < letters(&draft.title) * 2 {
            return None;
        }
        let (title, title_size) = self.fit_title(&title);
        let most = TEXT_LINES[title.len().clamp(1, TEXT_LINES.len()) - 1];
        let text = cut(self.lines(&self.drawable(&draft.text), TEXT, &self.regular), most);
        let eyebrow = cut(self.lines(&self.drawable(&draft.eyebrow), EYEBROW, &self.bold), 1);
        Some(Preview {
            tier: draft.tier,
            eyebrow: eyebrow.into_iter().next().unwrap_or_default(),
            title,
            title_size,
            text,
            text_size: TEXT,
            site: site.to_owned(),
        })
    }

    /// The title in the largest letters in which it fits; a very long one is cut.
    fn fit_title(&self, title: &str) -> (Vec<String>, u16) {
        let mut last = (Vec::new(), TITLES[0].0);
        for (size, most) in TITLES {
            let lines = self.lines(title, size, &self.bold);
            if lines.len() <= most {
                return (lines, size);
            }
            last = (cut(lines, most), size);
        }
        last
    }

    /// Breaks a text into lines; a word that is longer than a line is broken, too.
    fn lines(&self, text: &str, size: u16, widths: &BTreeMap<char, f32>) -> Vec<String> {
        let width = |text: &str| -> f32 {
            let all: f32 = text.chars().map(|c| widths.get(&c).copied().unwrap_or(60.0)).sum();
            all * f32::from(size) / 100.0
        };
        let mut out: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match out.last_mut() {
                Some(last) if width(last) + width(" ") + width(word) <= WIDTH => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ => out.push(String::new()),
            }
            if out.last().is_some_and(String::is_empty) {
                for letter in word.chars() {
                    if out.last().is_some_and(|last| width(last) + width(&letter.to_string()) > WIDTH) {
                        out.push(String::new());
                    }
                    if let Some(last) = out.last_mut() {
                        last.push(letter);
                    }
                }
            }
        }
        out
    }
}

/// The first lines; an ellipsis says that there is more.
fn cut(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            // Room for the ellipsis: the last word goes, and what would stand oddly before it.
            if let Some((kept, _)) = last.rsplit_once(' ') {
                *last = kept.to_owned();
            }
            *last = format!("{}…", last.trim_end_matches([',', ';', ':', '.', '–', '—', ' ']));
        }
    }
    lines
}

/// Spaces at the ends of a text are not measured, so each letter stands between two others.
fn measure(letters: &[char], weight: u32) -> BTreeMap<char, f32> {
    let mut texts = vec!["nn".to_owned()];
    texts.extend(letters.iter().map(|letter| format!("n{letter}n")));
    let widths = text_widths(&texts, 100.0, weight);
    let Some((frame, widths)) = widths.split_first().filter(|(_, rest)| rest.len() == letters.len()) else {
        return BTreeMap::new();
    };
    letters.iter().zip(widths).map(|(&letter, width)| (letter, width - frame)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_as_large_as_its_length_allows() {
        let long = "Everything that happens between a click and a row in a table, and back again ".repeat(3);
        let ruler = Ruler::new(&long);
        let (lines, size) = ruler.fit_title("A row in a table");
        assert_eq!((lines.len(), size), (1, 84));
        let (lines, size) = ruler.fit_title(long.trim());
        assert_eq!((lines.len(), size), (4, 60));
        assert!(lines[3].ends_with('…') && lines.iter().all(|line| line.chars().count() < 45), "{lines:?}");
    }

    #[test]
    fn what_the_fonts_lack_is_left_out() {
        let ruler = Ruler::new("🏎️ Sprinting 数据");
        assert_eq!(ruler.drawable("🏎️ Sprinting"), "Sprinting");
        let draft = |title: &str| Draft {
            tier: "",
            eyebrow: String::new(),
            title: title.to_owned(),
            text: String::new(),
        };
        assert!(ruler.lay_out(&draft("🏎️ Sprinting"), "x").is_some());
        assert!(ruler.lay_out(&draft("数据"), "x").is_none());
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let word = "m".repeat(80);
        let ruler = Ruler::new(&word);
        let lines = ruler.lines(&word, 60, &ruler.bold);
        assert!(lines.len() > 1 && lines.concat() == word, "{lines:?}");
    }
}
