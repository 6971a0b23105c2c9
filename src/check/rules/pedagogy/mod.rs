//! How an exercise teaches.

rules! {}
