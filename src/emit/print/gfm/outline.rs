//! The headings of the monorepo's README: their words and the anchors by which scenarios refer to
//! tracks and groups. The README is printed from the same words (`emit::monorepo`).

use super::anchor::Anchors;
use super::context::{GfmContext, Page};
use super::escape::escape_text;
use super::reference::print_inline_line;
use crate::model::{Course, Viewpoint};

/// A heading of the README.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Title,
    Curriculum,
    /// Index of a track.
    Track(usize),
    /// Indices of a track and of a group in it.
    Group(usize, usize),
    How,
    Opening,
    Faq,
    /// Index of a question.
    Question(usize),
}

/// The words of a heading, as Markdown.
#[must_use]
pub fn readme_heading(course: &Course, section: Section) -> String {
    match section {
        Section::Title => escape_text(&course.title),
        Section::Curriculum => "Curriculum".to_owned(),
        Section::Track(index) => {
            let track = &course.tracks[index];
            format!("Track {}: {}", track.number, escape_text(&track.title))
        }
        Section::Group(track, group) => escape_text(&course.tracks[track].groups[group].name),
        Section::How => "How a scenario works".to_owned(),
        Section::Opening => "Opening a scenario by hand".to_owned(),
        Section::Faq => "Questions people ask".to_owned(),
        Section::Question(index) => {
            let cx = GfmContext::new(course, Page::Data(Viewpoint::Elsewhere), false);
            print_inline_line(&course.faq[index].0, &cx)
        }
    }
}

/// All headings, in the order in which they stand.
fn sections(course: &Course) -> Vec<Section> {
    let mut all = vec![Section::Title, Section::Curriculum];
    for (index, track) in course.tracks.iter().enumerate() {
        all.push(Section::Track(index));
        all.extend((0..track.groups.len()).map(|group| Section::Group(index, group)));
    }
    all.extend((!course.how.is_empty()).then_some(Section::How));
    all.extend((!course.opening.is_empty()).then_some(Section::Opening));
    if !course.faq.is_empty() {
        all.push(Section::Faq);
        all.extend((0..course.faq.len()).map(Section::Question));
    }
    all
}

/// The anchor of a heading of the README.
#[must_use]
pub fn readme_anchor(course: &Course, wanted: Section) -> Option<String> {
    let mut anchors = Anchors::default();
    sections(course).into_iter().find_map(|section| {
        let anchor = anchors.next(&readme_heading(course, section));
        (section == wanted).then_some(anchor)
    })
}
