//! One file per rule: its code with documentation and examples, and the function that looks.

pub mod duplicate_heading;
pub mod empty_section;
pub mod hand_numbered;
pub mod not_well_formed;
pub mod skipped_heading_level;
pub mod unfinished;
pub mod untagged_code_fence;
pub mod unused_region;
