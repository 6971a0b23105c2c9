//! Dashboards, as emitted.

rules! {}
