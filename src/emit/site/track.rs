//! The pages of tracks.

use crate::emit::print::html::{Links, print_plain, track_page};
use crate::model::{Course, Track};

use super::card::track_view;
use super::frame::{Frame, frame_page};
use super::page::{Body, SitePage, TrackPage};
use super::theme::Theme;

/// The page of a track.
pub(super) fn page_of_track(course: &Course, track: &Track, theme: &Theme) -> SitePage {
    let path = track_page(&track.id);
    let links = Links::new(course, path.clone());
    let frame = Frame {
        kind: "track",
        title: track.title.clone(),
        description: print_plain(&track.summary, &links),
        trail: Vec::new(),
        under: path,
    };
    let body = TrackPage { track: track_view(track, &links) };
    frame_page(theme, &links, frame, Body::Track(Box::new(body)))
}
