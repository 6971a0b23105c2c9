//! Languages that only a grammar knows, and those that nobody knows.

use scenarist::emit::print::highlight::highlight;
use scenarist::emit::print::html::escape_html;

use crate::spans::read_spans;

#[test]
fn other_languages_are_colored_by_their_grammar() {
    let html = highlight("ruby", "def name # a note\n  \"x\"\nend\n");
    for part in ["hl-keyword\">def", "hl-comment\"># a note", "hl-string\">&quot;x&quot;"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(highlight("ruby", "def name # a note\n  \"x\"\nend\n"), html, "what is kept is the same");
    for language in ["java", "c", "php", "haskell", "make"] {
        let text = "int main() { return \"<a>\"; } // x\n";
        assert_eq!(read_spans(&highlight(language, text)).0, escape_html(text), "{language}");
    }
}

#[test]
fn what_nobody_knows_stays_plain() {
    assert_eq!(highlight("text", "a < b"), "a &lt; b");
    assert_eq!(highlight("", "const a"), "const a");
    assert_eq!(highlight("no-such-language", "a & b"), "a &amp; b");
}

#[test]
fn a_grammar_gets_no_very_long_line_and_no_very_long_text() {
    let line = format!("a = \"{}\"", "x".repeat(2000));
    assert!(!highlight("ruby", &line).contains("<span"));
    assert!(!highlight("ruby", &"a = \"x\"\n".repeat(40_000)).contains("<span"));
    // A lexer of ours takes both.
    assert!(highlight("js", &line).contains("<span"));
}
