//! What the app exports.

rules! {}
