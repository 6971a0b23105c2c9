//! The order of it all: read, load, emit, check, and what the result is. Writing is asked for by
//! the verbs, so that `lint` and `serve` share this.

mod compile;
mod edit;
mod interface;
mod reached;
mod refresh;
mod repair;
mod review;
mod session;

pub use compile::{Compiled, Loaded, Options, compile, compile_with, emit, load};
pub use refresh::{recording_path, refresh_recorded};
pub use repair::{Change, Fixed, Repaired, repair};
pub use review::review;
pub use session::{Finished, Session, Unfinished};
