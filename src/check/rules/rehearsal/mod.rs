//! Whether an exercise is proven: what a rehearsal must see, and what the recorded one saw.

#[macro_use]
mod example;

mod reading;

rules! {
    ;
    blind to pages:
    not_recorded,
    nothing_expected,
    recorded_failure,
}
