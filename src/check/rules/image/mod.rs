//! The image of the app and of the learner's terminal.

rules! {}
