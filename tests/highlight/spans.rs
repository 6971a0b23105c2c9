//! From HTML with spans back to what it says about the text.

use scenarist::emit::print::highlight::highlight;

pub const CLASSES: [&str; 12] = [
    "plain",
    "keyword",
    "string",
    "number",
    "comment",
    "function",
    "type",
    "attribute",
    "variable",
    "punctuation",
    "inserted",
    "deleted",
];

/// The text without tags, still escaped, and the class of each of its bytes once it is not.
pub fn read_spans(html: &str) -> (String, Vec<&'static str>) {
    let mut text = String::new();
    let mut classes = Vec::new();
    let mut class = "plain";
    let mut rest = html;
    while let Some(letter) = rest.chars().next() {
        if let Some(tag) = rest.strip_prefix("<span class=\"hl-") {
            assert_eq!(class, "plain", "a span in a span: {html}");
            let (name, behind) = tag.split_once("\">").expect("a closed tag");
            class = CLASSES.iter().find(|known| **known == name).expect("a known class");
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("</span>") {
            assert_ne!(class, "plain", "a span too few: {html}");
            class = "plain";
            rest = behind;
        } else {
            let escaped =
                ["&amp;", "&lt;", "&gt;", "&quot;"].into_iter().find(|known| rest.starts_with(known));
            let (len, bytes) =
                escaped.map_or((letter.len_utf8(), letter.len_utf8()), |known| (known.len(), 1));
            text.push_str(&rest[..len]);
            classes.extend(std::iter::repeat_n(class, bytes));
            rest = &rest[len..];
        }
    }
    assert_eq!(class, "plain", "a span is left open: {html}");
    (text, classes)
}

/// The class of each byte of a text.
pub fn classes(language: &str, text: &str) -> Vec<&'static str> {
    let (_, classes) = read_spans(&highlight(language, text));
    assert_eq!(classes.len(), text.len());
    classes
}

/// A text with what has a class in brackets: `⟨keyword const⟩ x`.
pub fn marked(language: &str, text: &str) -> String {
    let classes = classes(language, text);
    let mut out = String::new();
    let mut open = "plain";
    for (at, letter) in text.char_indices() {
        if classes[at] != open {
            if open != "plain" {
                out.push('⟩');
            }
            open = classes[at];
            if open != "plain" {
                out.push('⟨');
                out.push_str(open);
                out.push(' ');
            }
        }
        out.push(letter);
    }
    if open != "plain" {
        out.push('⟩');
    }
    out
}
