//! The pages of tracks.

use crate::emit::print::html::{Links, print_plain};
use crate::model::Course;

use super::card::track_view;
use super::frame::{Frame, frame_page};
use super::page::{Body, SitePage, TrackPage};
use super::subject::Subject;
use super::theme::Theme;

/// The page of a track.
pub(super) fn page_of_track(course: &Course, index: usize, theme: &Theme) -> SitePage {
    let track = &course.tracks[index];
    let links = Links::for_track(course, index);
    let frame = Frame {
        subject: Subject::Track(index),
        kind: "track",
        title: track.title.clone(),
        description: print_plain(&track.summary, &links),
        trail: Vec::new(),
        under: links.page.clone(),
    };
    let body = TrackPage { track: track_view(index, &links) };
    frame_page(theme, &links, frame, Body::Track(Box::new(body)))
}
