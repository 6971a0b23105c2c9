//! One folder per group, one file per rule: its code with documentation and examples, and the
//! function that looks. A new rule is a file and a line in its group's table.

/// Declares the rules of a group: one module each, and the table `RULES`. Those behind `blind to pages:`
/// look at manifests, pictures and learners' files alone; an edit of a page changes nothing for them.
macro_rules! rules {
    (
        $($name:ident),* $(,)?
        $(; blind to pages: $($blind:ident),* $(,)?)?
        $(; picture by picture: $($picture:ident),* $(,)?)?
    ) => {
        $(pub mod $name;)*
        $($(pub mod $blind;)*)?
        $($(pub mod $picture;)*)?

        /// The rules of this group.
        pub static RULES: &[$crate::check::Rule] = &[
            $($crate::check::Rule::new(&$name::SPEC, $name::check, $crate::check::Reads::Pages),)*
            $($($crate::check::Rule::new(&$blind::SPEC, $blind::check, $crate::check::Reads::Files),)*)?
            $($($crate::check::Rule::new(&$picture::SPEC, $picture::check, $crate::check::Reads::Pictures),)*)?
        ];
    };
}

#[macro_use]
mod example;

pub mod code;
pub mod compose;
pub mod curriculum;
pub mod devcontainer;
pub mod diagram;
pub mod grafana;
pub mod image;
pub mod link;
pub mod metrics;
pub mod pedagogy;
pub mod prometheus;
pub mod prose;
pub mod rehearsal;
pub mod solution;
pub mod source;

use crate::check::vocabulary::Vocabulary;
use crate::model::Course;

/// The phrases that rules look for in running text.
pub(super) fn vocabulary(course: &Course) -> Vocabulary {
    Vocabulary::new(prose::banned_phrases(course), prose::terms_to_avoid(course), curriculum::terms(course))
}
