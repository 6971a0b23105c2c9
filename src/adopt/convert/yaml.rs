//! Writing YAML: any text on one line, so that reading it gives the text back.

use crate::syntax::yaml::quoted;

/// A text as a YAML value: as it is if nothing in it can be misread, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Texts as a list on one line.
pub(super) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| scalar(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A number as it is read back: without a fraction if it has none.
pub(super) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.0}") } else { format!("{value}") }
}

fn is_plain(text: &str) -> bool {
    let rest = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '_' | '\'');
    let lower = text.to_lowercase();
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&lower.as_str());
    text.starts_with(char::is_alphabetic)
        && text.chars().all(rest)
        && !is_word
        && !text.ends_with(' ')
        // Words of numbers that a reader may know: `e5`, `inf`, `nan`.
        && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diag::Sink;
    use crate::source::Files;
    use crate::syntax::yaml::parse_yaml;

    fn read_back(line: &str) -> Option<String> {
        let mut files = Files::default();
        let file = files.add_text("a.yml", line);
        let sink = Sink::default();
        let node = parse_yaml(&files, file, &sink)?;
        let text = node.get("title")?.as_text()?.to_owned();
        (!sink.has_errors()).then_some(text)
    }

    #[test]
    fn texts_that_would_be_misread_are_quoted() {
        for text in [
            "", "No", "12", "1e3", "e5", "a: b", "- x", "#x", "a #b", " a", "a ", "\"", "\\", "[x]", "it's",
            "~", "NaN",
        ] {
            assert_eq!(read_back(&format!("title: {}\n", scalar(text))).as_deref(), Some(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in any::<String>()) {
            // Files are read without carriage returns and null bytes.
            let line = format!("title: {}\nother: {}\n", scalar(&text), list([&text, "x"]));
            prop_assert_eq!(read_back(&line), Some(text));
        }
    }
}
