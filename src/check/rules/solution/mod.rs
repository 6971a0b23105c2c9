//! No magic: the learner makes the change.

rules! {}
