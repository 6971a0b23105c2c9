//! How findings of this group name what they are about.

/// How much of a text is quoted.
const QUOTED: usize = 40;

/// Words of a picture, for a message.
pub(super) fn quote(words: &str) -> String {
    let words = words.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= QUOTED {
        return format!("`{words}`");
    }
    let start: String = words.chars().take(QUOTED).collect();
    format!("`{}…`", start.trim_end())
}

/// "and 2 more texts"; nothing for none.
pub(super) fn and_more(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " and one more text".to_owned(),
        count => format!(" and {count} more texts"),
    }
}
