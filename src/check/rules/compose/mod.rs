//! The containers, as emitted.

rules! {}
