//! Which comments a file can hold, told by its name.

use camino::Utf8Path;

/// How a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentStyle {
    /// `// …`
    Slash,
    /// `# …`
    Hash,
    /// `-- …`
    Dash,
    /// `/* … */`
    Block,
    /// `<!-- … -->`
    Markup,
}

use CommentStyle::{Block, Dash, Hash, Markup, Slash};

/// The styles of a file, by its extension or name; all of them if neither is known.
#[must_use]
pub fn markers_of(path: &Utf8Path) -> &'static [CommentStyle] {
    let name = path.file_name().unwrap_or("").to_ascii_lowercase();
    if name.starts_with("dockerfile") || name.starts_with(".env") || name.ends_with("ignore") {
        return &[Hash];
    }
    match extension(&name) {
        "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "json" | "jsonc" | "json5" => {
            &[Slash, Block]
        }
        "yml" | "yaml" | "sh" | "bash" | "conf" | "toml" | "py" | "properties" | "dockerfile" => &[Hash],
        "sql" => &[Dash, Block],
        "html" | "htm" | "svg" | "xml" | "md" => &[Markup],
        "css" => &[Block],
        _ => &[Slash, Hash, Dash, Block, Markup],
    }
}

/// What a one-line comment says.
pub(in crate::syntax) fn comment_text(line: &str, style: CommentStyle) -> Option<&str> {
    match style {
        CommentStyle::Slash => line.strip_prefix("//"),
        CommentStyle::Dash => line.strip_prefix("--"),
        // `#region` alone is a comment of this style already.
        CommentStyle::Hash if line.starts_with("#region") || line.starts_with("#endregion") => Some(line),
        CommentStyle::Hash => line.strip_prefix('#'),
        CommentStyle::Block => {
            let line = line.strip_prefix('{').and_then(|line| line.strip_suffix('}')).unwrap_or(line).trim();
            line.strip_prefix("/*")?.strip_suffix("*/")
        }
        CommentStyle::Markup => line.strip_prefix("<!--")?.strip_suffix("-->"),
    }
}

/// Whether the JavaScript parser can read a file of this name.
pub(in crate::syntax) fn is_javascript(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or("").to_ascii_lowercase();
    matches!(extension(&name), "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx")
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The lines of a text with their line ends, each with the offset where it starts.
pub(in crate::syntax) fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_extensions_tell_the_style() {
        for (path, styles) in [
            ("src/server.js", &[Slash, Block][..]),
            ("Dockerfile", &[Hash]),
            ("Dockerfile.dev", &[Hash]),
            ("docker-compose.yml", &[Hash]),
            ("nginx/nginx.conf", &[Hash]),
            (".env.example", &[Hash]),
            ("db/schema.SQL", &[Dash, Block]),
            ("a.svg", &[Markup]),
            ("a.css", &[Block]),
            ("Makefile", &[Slash, Hash, Dash, Block, Markup]),
        ] {
            assert_eq!(markers_of(path.into()), styles, "{path}");
        }
    }
}
