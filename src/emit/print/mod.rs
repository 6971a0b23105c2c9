//! From the nodes of a page to text: GitHub Markdown for the monorepo, HTML for the site. Both
//! match the nodes exhaustively and take their own words from `words`, so that they say the same.

pub mod gfm;
pub mod highlight;
pub mod html;
mod inline;
mod plain;
pub mod words;
