//! Rules over the model and the emitted tree. They read no disk, and not each other.

mod registry;

pub use registry::all_specs;
