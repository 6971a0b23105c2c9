//! Who colors a text.

use super::fallback::print_by_grammar;
use super::languages::language as lexer_of;
use super::lexer::Lexer;
use crate::emit::print::html::escape_html_into;

/// The code as HTML: escaped, with `<span class="hl-…">` where a word has a meaning.
///
/// Takes the word behind the fence, in any letters, and the text, which may be a piece cut out of
/// something longer. An unknown language, `text`, and what a grammar cannot color in reasonable time
/// come back escaped and plain. Without its tags the result is the escaped text, always.
#[must_use]
pub fn highlight(language: &str, text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    highlight_into(&mut html, language, text);
    html
}

/// The same, written behind what `html` holds.
pub fn highlight_into(html: &mut String, language: &str, text: &str) {
    let folded;
    let name = if language.bytes().any(|byte| byte.is_ascii_uppercase()) {
        folded = language.to_ascii_lowercase();
        &folded
    } else {
        language
    };
    match (lexer_of(name), name) {
        (Some(lex), _) => {
            let mut lexer = Lexer::new(text, html);
            lex(&mut lexer);
            lexer.finish();
        }
        (None, "" | "text" | "txt" | "plain") => escape_html_into(text, html),
        (None, name) => html.push_str(&print_by_grammar(name, text)),
    }
}
