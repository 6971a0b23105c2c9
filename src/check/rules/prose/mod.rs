//! The words.

rules! {}
