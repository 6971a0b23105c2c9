//! Prints the nodes of a page as HTML. Owns the elements, classes and `data-` attributes that
//! themes and scripts build on; colours, layout and the
//! interface around a page are the theme's.
//!
//! Text that stands only on the site, such as a code block's file name, sits in elements with the
//! attribute `data-site`, so that a page can be compared with SCENARIO.md.

mod blocks;
mod code;
mod escape;
mod lines;
mod links;
mod markdown;
mod note;
mod question;
mod sanitize;
mod section;
mod table;
mod text;
mod words;

pub use blocks::{label_of, print_html};
pub use escape::{escape_attribute, escape_html, escape_html_into, escape_markdown};
pub use links::{Links, concept_page, group_anchor, scenario_page, track_page, tutorial_page};
pub use markdown::{print_block_html, print_inline_html, print_plain};
pub use note::{print_listed_finding, print_top_findings};
pub use section::{Section, print_sections};
pub use text::{print_first_cells, print_words};
pub use words::question_kind;
