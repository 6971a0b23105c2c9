//! Words of the interface with gaps: `{name}` in words/en.yml.

/// A word with its gaps filled in.
pub(super) fn fill_word(word: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(start) = rest.find('{') {
        let (before, gap) = rest.split_at(start);
        out.push_str(before);
        let value = gap[1..].split_once('}').and_then(|(name, after)| {
            let found = values.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value, after))
        });
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            // A gap that nobody knows stays as it is, so that it is seen.
            None => {
                out.push('{');
                rest = &gap[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::fill_word;

    #[test]
    fn gaps_are_filled_once_and_unknown_ones_stay() {
        assert_eq!(fill_word("{a} and {b}, {a}", &[("a", "{b}"), ("b", "2")]), "{b} and 2, {b}");
        assert_eq!(fill_word("{c} { d", &[("a", "1")]), "{c} { d");
    }
}
