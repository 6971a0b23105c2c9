//! Links and addresses.

rules! {}
