//! The roles of a scenario's sections (format.md, "scenario.md").

use crate::syntax::yaml::choice;

choice! {
    /// What a section is for. `observe` to `reflect` are steps and are numbered.
    pub enum Role {
        /// Drops the learner into the system.
        Situation = "situation",
        /// What to know from before.
        Recap = "recap",
        /// Concepts in plain words.
        Concepts = "concepts",
        /// What runs where, and how to open it.
        Environment = "environment",
        /// See the symptoms.
        Observe = "observe",
        /// Read the system.
        Understand = "understand",
        /// Find evidence.
        Diagnose = "diagnose",
        /// Change it.
        Fix = "fix",
        /// Measure again.
        Verify = "verify",
        /// Think about it.
        Reflect = "reflect",
        /// What stays.
        Learned = "learned",
        /// Common questions.
        Faq = "faq",
        /// What to do when nothing works.
        Stuck = "stuck",
    }
}

impl Role {
    /// Whether sections of this role are numbered steps.
    #[must_use]
    pub fn is_step(self) -> bool {
        (Self::Observe..=Self::Reflect).contains(&self)
    }
}
