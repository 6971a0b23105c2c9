//! The home page.

use crate::emit::print::html::{Links, print_block_html, print_inline_html, print_plain};
use crate::model::Course;

use super::card::{beside, card, is_open, tier_view, track_view};
use super::catalogue::CATALOGUE;
use super::frame::{Frame, frame_page};
use super::page::{Body, Faq, HomePage, SitePage, TitledText};
use super::subject::Subject;
use super::theme::Theme;
use super::tutorial::tutorial_link;

/// The home page.
pub(super) fn home_page(course: &Course, theme: &Theme) -> SitePage {
    let links = Links::new(course, "");
    let inline = |text| print_inline_html(text, &links);
    let start = course.scenarios.iter().position(is_open);
    let body = HomePage {
        tagline: inline(&course.tagline),
        about: print_block_html(&course.about, &links),
        start: start.map(|index| card(index, &beside(index, &links))),
        catalogue: if course.scenarios.is_empty() { String::new() } else { links.to(CATALOGUE) },
        tracks: (0..course.tracks.len()).map(|index| track_view(index, &links)).collect(),
        tiers: course.tiers.iter().map(|tier| tier_view(tier, &links)).collect(),
        how: course
            .how
            .iter()
            .map(|(title, text)| TitledText { title: inline(title), text: inline(text) })
            .collect(),
        opening: course.opening.iter().map(inline).collect(),
        faq: course
            .faq
            .iter()
            .map(|(question, answer)| Faq {
                question: inline(question),
                answer: print_block_html(answer, &links),
            })
            .collect(),
        tutorials: course.tutorials.iter().map(|tutorial| tutorial_link(tutorial, &links)).collect(),
    };
    let frame = Frame {
        subject: Subject::Home,
        kind: "home",
        title: course.title.clone(),
        description: print_plain(&course.tagline, &links),
        trail: Vec::new(),
        under: String::new(),
    };
    frame_page(theme, &links, frame, Body::Home(Box::new(body)))
}

/// What is shown at addresses that don't exist. It can be shown at any depth, so its links start
/// at the site's own address where that is known.
pub(super) fn not_found_page(course: &Course, theme: &Theme) -> SitePage {
    let mut links = Links::new(course, "404.html");
    links.root = course.site.as_deref().map(path_of).unwrap_or_default();
    let frame = Frame {
        subject: Subject::Other,
        kind: "404",
        title: theme.word("not-found-title"),
        description: theme.word("not-found-text"),
        trail: Vec::new(),
        under: String::new(),
    };
    let mut page = frame_page(theme, &links, frame, Body::NotFound {});
    page.canonical = None;
    page
}

/// The path of an address: `/course/` of `https://example.org/course/`.
fn path_of(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::path_of;

    #[test]
    fn the_path_of_an_address_is_what_follows_the_host() {
        assert_eq!(path_of("https://example.org/course/"), "/course/");
        assert_eq!(path_of("https://example.org/"), "/");
    }
}
