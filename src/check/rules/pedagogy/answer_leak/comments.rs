//! The comments of a file, or its code, with everything else blanked out so that places stay.

use camino::Utf8Path;

use crate::syntax::code::{CommentStyle, markers_of};

/// The text of a file's comments. Marks within strings count as well: what they say is read, too.
pub fn comments_of(path: &Utf8Path, text: &str) -> String {
    split(path, text).0
}

/// The text of a file without its comments.
pub fn code_of(path: &Utf8Path, text: &str) -> String {
    split(path, text).1
}

/// Comments and code, each with blanks for the other.
fn split(path: &Utf8Path, text: &str) -> (String, String) {
    let styles = markers_of(path);
    if styles.contains(&CommentStyle::Markup) && styles.len() == 1 {
        return (text.to_owned(), String::new());
    }
    let mut comments = String::with_capacity(text.len());
    let mut code = String::with_capacity(text.len());
    let mut in_block = false;
    for line in text.split_inclusive('\n') {
        let start = if in_block { Some(0) } else { comment_start(line, styles, &mut in_block) };
        if in_block && line.contains("*/") {
            in_block = false;
        }
        let from = start.unwrap_or(line.len());
        blank_into(&mut comments, &line[..from]);
        comments.push_str(&line[from..]);
        code.push_str(&line[..from]);
        blank_into(&mut code, &line[from..]);
    }
    (comments, code)
}

fn comment_start(line: &str, styles: &[CommentStyle], in_block: &mut bool) -> Option<usize> {
    let of_style = |style: &CommentStyle| {
        let mark = match style {
            CommentStyle::Slash => "//",
            CommentStyle::Hash => "#",
            CommentStyle::Dash => "--",
            CommentStyle::Block => "/*",
            CommentStyle::Markup => "<!--",
        };
        // An address holds slashes and a command hyphens: a mark stands alone.
        let starts = line.match_indices(mark).map(|(at, _)| at);
        let found = { starts }.find(|at| line[..*at].ends_with(char::is_whitespace) || line[..*at].is_empty());
        found.map(|at| (at, *style))
    };
    let (at, style) = styles.iter().filter_map(of_style).min_by_key(|(at, _)| *at)?;
    *in_block = style == CommentStyle::Block && !line[at..].contains("*/");
    Some(at)
}

fn blank_into(out: &mut String, text: &str) {
    out.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_blanked_and_comments_stay() {
        let text = "const a = 1; // one\n/* two\n three */\ncall('http://x');\n";
        let found = comments_of("a.js".into(), text);
        assert_eq!(found.len(), text.len());
        assert_eq!(found.split_whitespace().collect::<Vec<_>>(), ["//", "one", "/*", "two", "three", "*/"]);
        assert_eq!(comments_of("a.sql".into(), "SELECT 1; -- x\n").trim(), "-- x");
    }
}
