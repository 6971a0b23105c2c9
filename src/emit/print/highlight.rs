//! Colours for code: text in, HTML with a dozen stable classes out. Owns the choice of grammars
//! and what their scopes mean; the colours themselves are the theme's.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use syntect::parsing::{
    ParseState, Scope, ScopeStack, SyntaxDefinition, SyntaxReference, SyntaxSet, SyntaxSetBuilder,
};

use super::html::escape_html;

/// Longer lines are printed without colours: grammars are regular expressions, and some of them
/// take time that grows with the square of a line's length.
const MAX_LINE: usize = 1000;

/// Longer texts are printed without colours.
const MAX_TEXT: usize = 200_000;

/// The grammars that come with the highlighter.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Ours, for languages that the others lack.
static OWN_GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(|| {
    let mut builder = SyntaxSetBuilder::new();
    for source in [DOCKERFILE, NGINX] {
        if let Ok(grammar) = SyntaxDefinition::load_from_str(source, true, None) {
            builder.add(grammar);
        }
    }
    builder.build()
});

/// What was printed already. The key is a hash over language and text, so one entry serves every
/// page that quotes the same lines.
static PRINTED: LazyLock<Mutex<HashMap<blake3::Hash, String>>> = LazyLock::new(Mutex::default);

/// The code as HTML: escaped, with `<span class="hl-…">` where a word has a meaning. An unknown
/// language, `text`, and what cannot be coloured in reasonable time come back escaped and plain.
#[must_use]
pub fn highlight(language: &str, text: &str) -> String {
    let Some((grammars, grammar)) = find_grammar(language) else { return escape_html(text) };
    if text.len() > MAX_TEXT || text.lines().any(|line| line.len() > MAX_LINE) {
        return escape_html(text);
    }
    let key = blake3::hash(format!("{language}\0{text}").as_bytes());
    if let Some(known) = PRINTED.lock().ok().and_then(|printed| printed.get(&key).cloned()) {
        return known;
    }
    let html = print_spans(grammars, grammar, text).unwrap_or_else(|| escape_html(text));
    if let Ok(mut printed) = PRINTED.lock() {
        printed.insert(key, html.clone());
    }
    html
}

fn find_grammar(language: &str) -> Option<(&'static SyntaxSet, &'static SyntaxReference)> {
    let token = match language.to_ascii_lowercase().as_str() {
        "" | "text" | "txt" | "plain" | "console" => return None,
        "javascript" | "mjs" | "cjs" | "node" => "js".to_owned(),
        "shell" | "zsh" => "sh".to_owned(),
        "yml" => "yaml".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        "golang" => "go".to_owned(),
        other => other.to_owned(),
    };
    [&*OWN_GRAMMARS, &*GRAMMARS]
        .into_iter()
        .find_map(|set| set.find_syntax_by_token(&token).map(|grammar| (set, grammar)))
}

/// `None` when the grammar gives up.
fn print_spans(grammars: &SyntaxSet, grammar: &SyntaxReference, text: &str) -> Option<String> {
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut out = Spans::default();
    for line in text.split_inclusive('\n') {
        let mut at = 0;
        for (offset, change) in state.parse_line(line, grammars).ok()? {
            out.push(line.get(at..offset)?, class_of(&stack));
            at = offset;
            stack.apply(&change).ok()?;
        }
        out.push(line.get(at..)?, class_of(&stack));
    }
    Some(out.finish())
}

/// Text with classes; neighbours of one class are joined.
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
        // White space has no colour; leaving the span open over it keeps the page small.
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
    ("punctuation.section.interpolation", "punctuation"),
    ("punctuation.definition.variable", "variable"),
    ("punctuation.definition.inserted", "inserted"),
    ("punctuation.definition.deleted", "deleted"),
    ("punctuation", "punctuation"),
    ("meta.brace", "punctuation"),
    ("string.unquoted", ""),
    ("string.quoted", "string"),
    ("string", "string"),
    ("constant.character", "string"),
    ("constant.numeric", "number"),
    ("constant.language", "number"),
    ("constant", "number"),
    ("keyword.operator.word", "keyword"),
    ("keyword.operator.logical.python", "keyword"),
    ("keyword.operator", "operator"),
    ("keyword", "keyword"),
    ("storage.type.function.arrow", "operator"),
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

const DOCKERFILE: &str = r##"%YAML 1.2
---
name: Dockerfile
file_extensions: [dockerfile, docker]
scope: source.dockerfile
contexts:
  main:
    - match: '^\s*#.*$'
      scope: comment.line.dockerfile
    - match: '(?i)^\s*(FROM|AS|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)\b'
      scope: keyword.control.dockerfile
    - match: '(?i)\sAS\s'
      scope: keyword.control.dockerfile
    - match: '"(?:[^"\\]|\\.)*"'
      scope: string.quoted.double.dockerfile
    - match: "'[^']*'"
      scope: string.quoted.single.dockerfile
    - match: '\$\{?\w+\}?'
      scope: variable.parameter.dockerfile
    - match: '\s(--[\w-]+)'
      captures:
        1: entity.other.attribute-name.dockerfile
    - match: '&&|\|\||\\$'
      scope: keyword.operator.dockerfile
"##;

const NGINX: &str = r##"%YAML 1.2
---
name: nginx
file_extensions: [nginx, conf]
scope: source.nginx
contexts:
  main:
    - match: '#.*$'
      scope: comment.line.nginx
    - match: '\$\w+'
      scope: variable.parameter.nginx
    - match: '^\s*([a-z_]+)\b'
      captures:
        1: keyword.control.nginx
    - match: '"[^"]*"'
      scope: string.quoted.double.nginx
    - match: '\b\d+[smhdkKmMgG]?\b'
      scope: constant.numeric.nginx
    - match: '[{};]'
      scope: punctuation.terminator.nginx
"##;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_classes_and_plain_text_none() {
        let html = highlight("js", "const pool = new Pool({ max: 10 }); // shared\n");
        for part in ["hl-keyword\">const", "hl-number\">10", "hl-comment\">// shared"] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(highlight("text", "a < b"), "a &lt; b");
        assert_eq!(highlight("no-such-language", "a & b"), "a &amp; b");
    }

    #[test]
    fn every_language_of_the_format_has_a_grammar() {
        for language in [
            "js",
            "javascript",
            "sql",
            "bash",
            "sh",
            "yaml",
            "yml",
            "json",
            "dockerfile",
            "nginx",
            "html",
            "css",
            "python",
            "go",
            "rust",
            "diff",
        ] {
            assert!(find_grammar(language).is_some(), "{language}");
        }
    }

    #[test]
    fn the_text_is_kept_whole() {
        let source = "FROM node:24 AS base\nRUN npm ci && \\\n  echo \"<done>\"\n# end\n";
        for language in ["dockerfile", "nginx", "yaml", "sql", "bash", "diff", "rust"] {
            let html = highlight(language, source);
            let mut text = String::new();
            let mut inside = false;
            for letter in html.chars() {
                match letter {
                    '<' => inside = true,
                    '>' if inside => inside = false,
                    letter if !inside => text.push(letter),
                    _ => {}
                }
            }
            let text =
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            assert_eq!(text, source, "{language}");
        }
    }

    #[test]
    fn a_very_long_line_stays_plain() {
        let line = format!("const a = \"{}\";", "x".repeat(2000));
        assert!(!highlight("js", &line).contains("<span"));
    }
}
