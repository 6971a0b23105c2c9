//! The format itself.

rules! {
    duplicate_heading,
    empty_section,
    hand_numbered,
    html_not_closed,
    skipped_heading_level,
    unfinished,
    unsafe_html,
    untagged_code_fence,
    unused_region,
}
