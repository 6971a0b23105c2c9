//! GitHub Flavored Markdown. Prose goes out exactly as its author wrote it, with references
//! resolved; everything else is laid out here. What a page says is decided before, in the nodes.

mod anchor;
mod answers;
mod block;
mod context;
mod escape;
mod markdown;
mod outline;
mod question;
mod reference;
mod scenario;

pub use anchor::{Anchors, anchors_of, heading_anchor};
pub use answers::{answered_questions, print_answers};
pub use block::{print_files, print_gfm};
pub use context::{GfmContext, Page};
pub use escape::{encode_path, escape_text};
pub use markdown::{emphasize, plain_text, strong, table};
pub use outline::{Section, readme_anchor, readme_heading};
pub use reference::{print_inline, print_inline_line};
pub use scenario::{heading_title, print_scenario, with_definitions};
