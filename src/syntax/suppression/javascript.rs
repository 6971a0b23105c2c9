//! JavaScript. The parser says what is a comment, and which statement or property follows it.

use std::collections::HashMap;
use std::ops::Range;

use camino::Utf8Path;
use oxc_ast::AstKind;
use oxc_ast::ast::Program;
use oxc_ast_visit::Visit;
use oxc_span::GetSpan;

use super::comment::{Suppression, line_around, suppressions};
use super::grammar::parse_allow;
use crate::syntax::code::with_program;

/// The suppressions of a script; `None` if it cannot be parsed.
pub(super) fn javascript_suppressions(path: &Utf8Path, text: &str) -> Option<Vec<Suppression>> {
    with_program(path, text, |program| find(program, text))
}

fn find(program: &Program<'_>, text: &str) -> Vec<Suppression> {
    let all: Vec<Range<usize>> = program
        .comments
        .iter()
        .map(|comment| comment.span.start as usize..comment.span.end as usize)
        .filter(|range| text.get(range.clone()).is_some())
        .collect();
    let after = next_code(&all, text);
    let mut nodes = Nodes { ends: after.iter().map(|at| (*at, *at)).collect() };
    nodes.visit_program(program);
    let reach: HashMap<usize, usize> =
        all.iter().zip(&after).map(|(comment, at)| (comment.start, nodes.end(*at, text))).collect();
    let allowed = all.iter().filter_map(|comment| {
        let inside = inside(text, comment);
        let allow = parse_allow(&text[inside.clone()], inside.start)?;
        Some((in_braces(text, comment), allow))
    });
    let own = |braced: &Range<usize>| {
        let comment = if text[braced.clone()].starts_with('{') {
            braced.start + text[braced.clone()].find("/*").unwrap_or(0)
        } else {
            braced.start
        };
        reach.get(&comment).copied().unwrap_or(braced.end)
    };
    suppressions(text, allowed, own)
}

/// What stands between a comment's marks.
fn inside(text: &str, comment: &Range<usize>) -> Range<usize> {
    let block = text[comment.clone()].starts_with("/*");
    let end = if block { comment.end - 2 } else { comment.end };
    let start = (comment.start + 2).min(comment.end);
    start..end.max(start)
}

/// A comment alone between braces, as JSX needs it, with them.
fn in_braces(text: &str, comment: &Range<usize>) -> Range<usize> {
    let before = text[..comment.start].trim_end_matches([' ', '\t']);
    let after = text[comment.end..].trim_start_matches([' ', '\t']);
    let braced = before.ends_with('{') && after.starts_with('}');
    let end = text.len() - after.len() + 1;
    if braced && line_around(text, comment.start).contains(&(before.len() - 1)) {
        before.len() - 1..end
    } else {
        comment.clone()
    }
}

/// For each comment the offset of the first code after it and after the comments that follow.
fn next_code(comments: &[Range<usize>], text: &str) -> Vec<usize> {
    let mut after = vec![text.len(); comments.len()];
    for at in (0..comments.len()).rev() {
        let end = in_braces(text, &comments[at]).end;
        let code = text.len() - text[end..].trim_start().len();
        let follows = comments.get(at + 1).is_some_and(|next| in_braces(text, next).start == code);
        after[at] = if follows { after[at + 1] } else { code };
    }
    after
}

/// Where the largest node ends that begins at an offset.
struct Nodes {
    ends: HashMap<usize, usize>,
}

impl Nodes {
    fn end(&self, at: usize, text: &str) -> usize {
        let end = self.ends.get(&at).copied().unwrap_or(at);
        // Where no node begins, as before a closing bracket, the line has to do.
        if end > at { end } else { line_around(text, at).end }
    }
}

impl<'a> Visit<'a> for Nodes {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        if matches!(kind, AstKind::Program(_)) {
            return;
        }
        let span = kind.span();
        if let Some(end) = self.ends.get_mut(&(span.start as usize)) {
            *end = (*end).max(span.end as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<String> {
        let found = javascript_suppressions("a.jsx".into(), text).expect("a script");
        found.into_iter().map(|it| text[it.comment.end..it.covers.end].trim().replace('\n', "|")).collect()
    }

    #[test]
    fn the_next_statement_or_property_is_covered() {
        for (text, rest) in [
            (
                "// allow a/b: c\napp.get('/x', () => {\n  y();\n});\nz();\n",
                "app.get('/x', () => {|  y();|});",
            ),
            ("f({\n  // allow a/b: c\n  max: [\n    1,\n  ],\n  min: 2,\n});\n", "max: [|    1,|  ]"),
            (
                "// allow a/b: c\n// why\n\nif (a) {\n  b();\n} else {\n  c();\n}\n",
                "// why||if (a) {|  b();|} else {|  c();|}",
            ),
            ("/* allow a/b: c */\nconst { a } = b;\nd();\n", "const { a } = b;"),
            ("f(() => {\n  a();\n  // allow a/b: c\n});\n", "});"),
            ("const x = <p>\n  {/* allow a/b: c */}\n  <b>y</b>\n  <i/>\n</p>;\n", "<b>y</b>"),
        ] {
            assert_eq!(covered(text), [rest], "{text}");
        }
    }

    #[test]
    fn at_the_end_of_a_line_it_covers_the_line() {
        let text = "a();\nb(); // allow a/b: c\nd();\n";
        let found = javascript_suppressions("a.js".into(), text).expect("a script");
        assert_eq!(&text[found[0].covers.clone()], "b(); // allow a/b: c");
        assert_eq!(&text[found[0].removal.clone()], " // allow a/b: c");
    }

    #[test]
    fn strings_and_templates_are_no_comments() {
        for text in ["const a = '// allow a/b: c';\n", "const a = `\n// allow a/b: c\n`;\n"] {
            assert_eq!(covered(text), Vec::<String>::new());
        }
        assert!(javascript_suppressions("a.js".into(), "const = (\n// allow a/b: c\n").is_none());
    }
}
