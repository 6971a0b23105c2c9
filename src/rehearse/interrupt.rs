//! Whether somebody has asked the program to stop: Ctrl-C, a terminal that closes, `kill`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// The signals by which people and machines ask a program to end.
const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

static ASKED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on the first request to stop is only noted, so that a rehearsal can clean up; the second
/// ends the program at once, and what is left then is for the janitor.
pub fn watch() {
    ASKED.get_or_init(|| {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            // In this order: the second sees what the first has set. Registering fails only for
            // signals that nobody may catch.
            let _ = flag::register_conditional_default(signal, Arc::clone(&asked));
            let _ = flag::register(signal, Arc::clone(&asked));
        }
        asked
    });
}

/// Whether a stop has been asked for since [`watch`]; without it, never.
#[must_use]
pub fn is_asked() -> bool {
    ASKED.get().is_some_and(|asked| asked.load(Ordering::SeqCst))
}

/// No request to stop has an effect from now on: for the janitor, which ends by itself.
pub fn ignore() {
    for signal in SIGNALS {
        let _ = flag::register(signal, Arc::new(AtomicBool::new(false)));
    }
}
