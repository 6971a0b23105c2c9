//! What a Codespace starts, as emitted.

rules! {}
