//! Pictures: whether they can be read, by everybody.

rules! {
    not_well_formed,
}
