//! Languages without a lexer of our own: the grammars of `syntect`, and what their scopes mean.
//! They are regular expressions, some of which take very long on some texts, so they are bounded, and
//! what they made is kept.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::super::html::escape_html;

/// Longer lines are printed without colors: some grammars take time that grows with the square of a
/// line's length.
const MAX_LINE: usize = 1000;

/// Longer texts are printed without colors.
const MAX_TEXT: usize = 200_000;

/// The grammars that come with the crate.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What was printed already. The key is a hash over language and text, so one entry serves every
/// page that quotes the same lines.
static PRINTED: LazyLock<Mutex<HashMap<blake3::Hash, String>>> = LazyLock::new(Mutex::default);

/// Takes a language's name in small letters and a text; gives the text as HTML, plain where no
/// grammar has that name or the text is beyond the bounds.
pub(super) fn print_by_grammar(language: &str, text: &str) -> String {
    if text.len() > MAX_TEXT || text.lines().any(|line| line.len() > MAX_LINE) {
        return escape_html(text);
    }
    let Some(grammar) = GRAMMARS.find_syntax_by_token(language) else { return escape_html(text) };
    let key = blake3::hash(format!("{language}\0{text}").as_bytes());
    if let Some(known) = PRINTED.lock().ok().and_then(|printed| printed.get(&key).cloned()) {
        return known;
    }
    let html = print_spans(grammar, text).unwrap_or_else(|| escape_html(text));
    if let Ok(mut printed) = PRINTED.lock() {
        printed.insert(key, html.clone());
    }
    html
}

/// `None` when the grammar gives up.
fn print_spans(grammar: &SyntaxReference, text: &str) -> Option<String> {
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut out = Spans::default();
    for line in text.split_inclusive('\n') {
        let mut at = 0;
        for (offset, change) in state.parse_line(line, &GRAMMARS).ok()? {
            out.push(line.get(at..offset)?, class_of(&stack));
            at = offset;
            stack.apply(&change).ok()?;
        }
        out.push(line.get(at..)?, class_of(&stack));
    }
    Some(out.finish())
}
/// Text with classes; neighbors of one class are joined.
#[derive(Default)]
struct Spans {
    html: String,
    open: Option<&'static str>,
}

impl Spans {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        // White space has no color; leaving the span open over it keeps the page small.
        let class = if text.trim().is_empty() { self.open } else { class };
        if class != self.open {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.open = class;
        }
        self.html.push_str(&escape_html(text));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

/// The class of the innermost scope that means something.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| {
            SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
        })
        .filter(|class| !class.is_empty())
}

/// Scope prefix and class; the first that fits wins, so the more exact ones come first. An empty
/// class stops the search: plain text.
static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    SCOPE_CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
});

const SCOPE_CLASSES: [(&str, &str); 39] = [
    ("comment", "comment"),
    ("punctuation.definition.comment", "comment"),
    ("punctuation.definition.string", "string"),
    ("punctuation.section.interpolation", ""),
    ("punctuation.definition.variable", "variable"),
    ("punctuation.definition.inserted", "inserted"),
    ("punctuation.definition.deleted", "deleted"),
    ("punctuation", ""),
    ("meta.brace", ""),
    ("string.unquoted", ""),
    ("string.quoted", "string"),
    ("string", "string"),
    ("constant.character", "string"),
    ("constant.numeric", "number"),
    ("constant.language", "number"),
    ("constant", "number"),
    ("keyword.operator.word", "keyword"),
    ("keyword.operator.logical.python", "keyword"),
    ("keyword.operator", ""),
    ("keyword", "keyword"),
    ("storage.type.function.arrow", ""),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("entity.name.tag", "keyword"),
    ("entity.other.attribute-name", "attribute"),
    ("entity.name.type", "type"),
    ("entity.name.class", "type"),
    ("entity.name", "function"),
    ("support.function", "function"),
    ("variable.function", "function"),
    ("support.type.property-name", "attribute"),
    ("support.class", "type"),
    ("support.type", "type"),
    ("variable.language", "keyword"),
    ("variable.other.readwrite.shell", "variable"),
    ("variable.parameter", "variable"),
    ("markup.inserted", "inserted"),
    ("markup.deleted", "deleted"),
    ("meta.diff", "comment"),
];
