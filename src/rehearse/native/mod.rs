//! The native driver: the services of the rendered compose file as processes of this machine, for
//! machines without Docker and for CI.

mod account;
mod app;
mod configuration;
mod driver;
mod ground;
mod limit;
mod loopback;
mod names;
mod postgres;
mod programs;
mod running;
mod sandbox;
mod service;
mod versions;

pub use driver::Native;
pub use ground::Isolation;
pub use limit::remove_groups_of;
pub use sandbox::Sandbox;
