//! A local server for authors: compiles in memory, serves the pages, compiles again when a source
//! file changes and tells the browsers. Nothing here touches `dist/`, and nothing here prints: the
//! command line is told what happened through a callback.

mod error;
mod inject;
mod live;
mod marks;
mod notice;
mod page;
mod place;
mod request;
mod server;
mod state;
mod watch;

pub use error::ServeError;
pub use server::{DEFAULT_PORT, Event, Server, Settings};
