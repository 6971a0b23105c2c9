//! The words: of pages, manifests, pictures and comments.

mod texts;

pub(in crate::check) use banned_phrase::banned_phrases;
pub(in crate::check) use inconsistent_term::terms_to_avoid;
pub(in crate::check) use texts::prepare;

rules! {
    alert_inside_details,
    banned_phrase,
    conflict_marker,
    inconsistent_term,
    invisible_character,
    repeated_word,
}
