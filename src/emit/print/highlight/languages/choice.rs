//! Which names of languages have a lexer here.

use super::super::lexer::Lexer;
use super::{
    console, css, diff, dockerfile, go, javascript, json, markdown, markup, nginx, promql, python, rust,
    shell, sql, toml, yaml,
};

/// Lexes a text from where it stands to its end, and marks what has a class.
pub(in super::super) type Language = for<'l, 't, 'o> fn(&'l mut Lexer<'t, 'o>);

/// Takes the word behind the fence, in small letters; gives the lexer, if there is one.
pub(in super::super) fn language(name: &str) -> Option<Language> {
    Some(match name {
        "js" | "javascript" | "mjs" | "cjs" | "jsx" | "node" => javascript::javascript,
        "ts" | "typescript" | "mts" | "cts" => javascript::typescript,
        "tsx" => javascript::tsx,
        "sql" | "psql" | "pgsql" | "postgres" | "postgresql" | "plpgsql" => sql::sql,
        "bash" | "sh" | "shell" | "zsh" | "ksh" | "dotenv" | "env" => shell::shell,
        "console" | "shell-session" | "shellsession" | "terminal" | "session" => console::console,
        "yaml" | "yml" => yaml::yaml,
        "json" | "jsonc" | "json5" | "jsonl" | "ndjson" => json::json,
        "dockerfile" | "docker" | "containerfile" => dockerfile::dockerfile,
        "nginx" | "conf" => nginx::nginx,
        "promql" => promql::promql,
        "python" | "py" | "python3" => python::python,
        "go" | "golang" => go::go,
        "rust" | "rs" => rust::rust,
        "html" | "htm" | "xhtml" | "xml" | "svg" => markup::html,
        "css" => css::css,
        "toml" => toml::toml,
        "markdown" | "md" => markdown::markdown,
        "diff" | "patch" => diff::diff,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::language;

    /// Those that courses are made of; no grammar stands in for one of them.
    #[test]
    fn the_languages_of_a_course_have_a_lexer() {
        let names = "js javascript mjs ts tsx jsx sql bash sh shell console yaml yml json jsonc dockerfile nginx \
                     promql python go rust html svg css toml markdown md diff";
        for name in names.split_whitespace() {
            assert!(language(name).is_some(), "{name}");
        }
        for name in ["", "text", "ruby", "no-such-language"] {
            assert!(language(name).is_none(), "{name}");
        }
    }
}
