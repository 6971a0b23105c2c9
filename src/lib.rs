//! Scenarist compiles hands-on system-design scenarios from one source tree into a learner
//! monorepo, devcontainers and a course site, and checks all of it.
//!
//! Data flows one way through the modules below; `docs/architecture.md` says what each owns.

pub mod source;

pub mod diag;

pub mod syntax;

pub mod manifest;

pub mod environment;

pub mod ir;

pub mod model;

pub mod directive;

pub mod load;

pub mod emit;

pub mod check;

pub mod write;

pub mod build;

pub mod publish;

pub mod adopt;

pub mod rehearse;

pub mod serve;

pub mod cli;
