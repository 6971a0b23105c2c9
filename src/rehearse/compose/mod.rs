//! The services of a scenario as containers, by the docker CLI. Nothing is published, so that a
//! rehearsal meets no other program's ports: commands and load tests run inside the app's container.
//! `docs/rehearsing-compose.md` says what of this was tried on what.

mod clock;
mod containers;
mod driver;
mod engine;
mod file;
mod logs;
mod project;
mod ready;
mod sweep;

pub use containers::Compose;
pub use file::{Adapted, adapt};
pub use sweep::sweep;
