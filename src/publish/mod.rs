//! From what was built to a checkout of the repository that learners open. [`plan_publish`] compares
//! three states of each file: as it was published, as it is in the checkout, as it is built now; and
//! tells from that what is ours to change and what somebody else has decided. [`publish`] carries a
//! plan out so that it can be cut off anywhere; [`recover`] finishes it then.

#![deny(clippy::print_stdout, clippy::print_stderr)]

mod apply;
mod built;
mod checkout;
mod conflict;
mod dirt;
mod ending;
mod error;
mod journal;
mod manifest;
mod plan;
mod planner;
mod pointer;
mod state;
mod take;
mod writer;

pub use apply::{Left, Recovered, publish, recover};
pub use built::{Built, Home};
pub use checkout::{Checkout, Claim};
pub use conflict::{Cause, Conflict, Obstacle, Word, Words};
pub use dirt::Dirt;
pub use ending::{Ending, How, ending_schema, print_ending};
pub use error::PublishError;
pub use manifest::{MANIFEST, Published};
pub use plan::{Kept, Plan, plan_publish};
pub use pointer::Moved;
pub use take::{SourceEdit, TakeRefused, plan_take};
pub use writer::{Before, Change};
