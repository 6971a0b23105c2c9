//! The course as it is meant: resolved, numbered, without strings that are really ids.

mod course;
mod label;
mod role;
mod scenario;
mod stage;

pub use course::{Concept, Course, Group, Tier, Track, Tutorial, TutorialPage};
pub use label::{Viewpoint, figure_label, label, plural, reference_label, short_label};
pub use role::Role;
pub use scenario::{
    Bridge, Devcontainer, FixInfo, LocalFigure, LocalOption, LocalQuestion, LocalStep, Locals, Plant,
    Scenario, Written,
};
pub use stage::{Stage, StageFile, explained_text, learner_text};
