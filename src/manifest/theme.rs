//! `themes/<theme>/theme.yml`.

use crate::source::Spanned;
use crate::syntax::yaml::record;

record! {
    /// A theme of the site. A theme without this file builds on the default one.
    pub struct Theme as "a theme" {
        /// The theme that gives what this one lacks: a folder of `themes/`.
        extends: Option<Spanned<String>>,
    }
}
