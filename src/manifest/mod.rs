//! The YAML files of the source format, one typed record each. What is written here is the
//! specification: decoding, messages, JSON Schema and the reference page are made from it.

pub mod concepts;
pub mod course;
pub mod environment;
pub mod expectation;
pub mod measure;
pub mod repository;
pub mod run;
pub mod scenario;
pub mod stack;
pub mod theme;
pub mod track;
pub mod tutorial;
