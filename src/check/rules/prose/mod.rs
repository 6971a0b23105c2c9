//! The words: of pages, manifests, pictures and comments.

mod texts;

rules! {
    alert_inside_details,
    banned_phrase,
    conflict_marker,
    inconsistent_term,
    invisible_character,
    repeated_word,
}
