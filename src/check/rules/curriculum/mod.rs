//! The order of things.

rules! {}
