//! How a text is cut into the words by which it is found. `static/search/terms.js` of the default
//! theme cuts what a reader types in the same way; `tests/browser/terms.json` holds both to it.

/// Adds the words of a text to another, one behind the other without anything between them, and says
/// where each ends: letters and digits in lower case.
pub(super) fn add_terms(text: &str, out: &mut String, ends: &mut Vec<usize>) {
    let is_separator = |letter: char| !(letter.is_alphabetic() || letter.is_numeric());
    for word in text.split(is_separator).filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            let start = out.len();
            out.push_str(word);
            out[start..].make_ascii_lowercase();
        } else {
            out.push_str(&word.to_lowercase());
        }
        ends.push(out.len());
    }
}

#[cfg(test)]
mod tests {
    use super::add_terms;

    fn terms(text: &str) -> Vec<String> {
        let (mut all, mut ends) = (String::new(), Vec::new());
        add_terms(text, &mut all, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| all[start..*end].to_owned()).collect()
    }

    #[test]
    fn texts_are_cut_as_the_browser_cuts_them() {
        let cases: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../../../tests/browser/terms.json"))
                .expect("a list of texts with their words");
        assert!(cases.len() > 10);
        for (text, wanted) in cases {
            assert_eq!(terms(&text), wanted, "{text}");
        }
    }
}
