//! Hand-made monorepos: read as they stand, turned into a source tree, looked at by every rule that
//! applies, and compared with what is built from them again.
//!
//! ```text
//! files of the repository → read → Repository → convert → Conversion ─┬→ import writes it
//!                                     │                               └→ audit compiles it in memory
//!                                     └→ compare: what only a hand-made repository can get wrong
//! ```
//!
//! `read/` understands, `convert/` re-expresses, and neither knows rules. [`Conversion`] remembers of every
//! byte that it made where it comes from, so that a finding in the source tree is one in the repository.

mod accept;
pub mod audit;
mod conversion;
mod convert;
mod page;
mod read;
mod repository;
pub mod verify;

pub use accept::accept;
pub use conversion::{BlockReport, Conversion, Fate, Made, MadeFile, Piece, Purpose};
pub use convert::convert;
pub use page::{
    Answer, AnswerBox, BoxShape, Change, Field, FieldKind, Figure, FixHeading, Next, Number, OptionText,
    Page, Part, PartKind, Question, SectionHeading, Step, Unclear,
};
pub use read::read_repository;
pub use repository::{Curriculum, Entry, Folder, Group, Repository, SettingsFile, SolutionFile, Twin};
