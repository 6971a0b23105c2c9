//! The learner's application.

rules! {}
