//! What Prometheus reads, as emitted.

rules! {}
