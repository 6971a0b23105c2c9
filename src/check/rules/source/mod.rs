//! The format itself.

rules! {
    duplicate_heading,
    empty_section,
    hand_numbered,
    skipped_heading_level,
    unfinished,
    untagged_code_fence,
    unused_region,
}
