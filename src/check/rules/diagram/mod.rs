//! Pictures: whether they can be read, by everybody.

mod wording;

pub use dark_mode_unreadable::is_faint;

rules! {
    no_alt_text,
    no_caption;
    picture by picture:
    dark_mode_unreadable,
    external_resource,
    glyph_missing,
    low_contrast,
    missing_title,
    missing_view_box,
    not_well_formed,
    script_or_foreign_object,
    text_overflows,
    text_too_small,
}
