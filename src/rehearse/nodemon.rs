//! nodemon, which starts the learner's code again when it changes: what it prints, and how long it takes.

use std::time::Duration;

/// What it prints when it starts a program, also the first time.
pub const STARTING: &str = "[nodemon] starting";

/// What it prints when the program has ended by a fault; then it waits for somebody to change a file.
pub const CRASHED: &str = "[nodemon] app crashed";

/// How long it may take to notice a change.
pub const NOTICE: Duration = Duration::from_secs(30);

/// The old process has let go of the port when the new one runs, not when that is announced.
pub const HANDOVER: Duration = Duration::from_secs(1);
