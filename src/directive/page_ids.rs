//! Ids that come from a page's words and files, where the author gives none.

use crate::syntax::attributes::Attributes;

/// The anchor of a heading: its id, or one made from its words.
#[must_use]
pub fn heading_id(text: &str, attributes: &Attributes) -> String {
    if let Some(id) = &attributes.id {
        return id.value.clone();
    }
    let lower = text.to_lowercase();
    let mut id = String::with_capacity(lower.len());
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    if id.is_empty() { "section".to_owned() } else { id }
}

/// A figure's id: the stem of its file.
#[must_use]
pub fn figure_id(destination: &str) -> String {
    let name = destination.rsplit('/').next().unwrap_or(destination);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
