//! How a text is cut into the words by which it is found. `static/search/terms.js` of the default
//! theme cuts what a reader types in the same way; `tests/browser/terms.json` holds both to it.

/// The words of a text, in its order: letters and digits in lower case.
pub(super) fn terms(text: &str) -> impl Iterator<Item = String> {
    let is_separator = |letter: char| !(letter.is_alphabetic() || letter.is_numeric());
    text.split(is_separator).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::terms;

    #[test]
    fn texts_are_cut_as_the_browser_cuts_them() {
        let cases: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../../../tests/browser/terms.json"))
                .expect("a list of texts with their words");
        assert!(cases.len() > 10);
        for (text, wanted) in cases {
            assert_eq!(terms(&text).collect::<Vec<_>>(), wanted, "{text}");
        }
    }
}
