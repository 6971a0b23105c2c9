//! Pages: a comment alone covers the block that follows it.

use super::comment::{Suppression, suppressions};
use super::markdown::{allow, markdown_suppressions};
use crate::syntax::document::{Block, BlockKind, Document};

/// The suppressions of a page, in order. `text` is the page's.
#[must_use]
pub fn page_suppressions(document: &Document, text: &str) -> Vec<Suppression> {
    let mut found = Vec::new();
    if super::grammar::may_allow(text) {
        walk(&document.blocks, text, &mut found);
        found.sort_by_key(|suppression| suppression.comment.start);
    }
    found
}

fn walk(blocks: &[Block], text: &str, found: &mut Vec<Suppression>) {
    // From the end, so that each comment knows what follows it and the comments after it.
    let mut next: Option<&Block> = None;
    for block in blocks.iter().rev() {
        let span = block.span.range();
        match &block.kind {
            BlockKind::Comment { .. } => {
                let raw = &text[span.clone()];
                let start = span.start + (raw.len() - raw.trim_start().len());
                let comment = start..start + raw.trim().len();
                let end = next.map_or(comment.end, |next| next.span.range().end);
                let allowed = allow(text, &comment).map(|allow| (comment, allow));
                found.extend(suppressions(text, allowed.into_iter(), |_| end));
                continue;
            }
            BlockKind::Directive(directive) => walk(&directive.children, text, found),
            BlockKind::Prose { .. } | BlockKind::List(_) | BlockKind::Table(_) => {
                found.extend(markdown_suppressions(text, span));
            }
            BlockKind::Heading { .. }
            | BlockKind::Fence { .. }
            | BlockKind::Figure(_)
            | BlockKind::Definition => {}
        }
        next = Some(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::source::Files;
    use crate::syntax::document::{Body, DirectiveShape, parse_document};

    const SHAPES: &[DirectiveShape] =
        &[DirectiveShape { name: "hint", body: Body::Required, parents: &[], children: None }];

    fn covered(text: &str) -> Vec<String> {
        let mut files = Files::default();
        let file = files.add_text("a.md", text);
        let document = parse_document(&files, file, SHAPES, &Sink::default());
        let found = page_suppressions(&document, text);
        found.into_iter().map(|it| text[it.covers].replace('\n', "|")).collect()
    }

    #[test]
    fn the_next_block_is_covered() {
        let mark = "<!-- allow a/b: c -->";
        for (text, end) in [
            ("\n\npara\nmore\n\nother\n", "||para|more"),
            ("\n\n## Heading\n\nother\n", "||## Heading"),
            ("\n\n:::hint\na\n\nb\n:::\n\nother\n", "||:::hint|a||b|:::"),
            ("\n<!-- another -->\n\n- a\n- b\n", "|<!-- another -->||- a|- b"),
            ("\n", ""),
        ] {
            assert_eq!(covered(&format!("{mark}{text}")), [format!("{mark}{end}")], "{text}");
        }
    }

    #[test]
    fn inside_a_directive_it_stays_inside() {
        assert_eq!(covered(":::hint\n<!-- allow a/b: c -->\n:::\n\npara\n"), ["<!-- allow a/b: c -->"]);
        assert_eq!(covered(":::hint\n<!-- allow a/b: c -->\n\na\n:::\n"), ["<!-- allow a/b: c -->||a"]);
    }

    #[test]
    fn fences_hold_no_comments() {
        assert_eq!(covered("```html\n<!-- allow a/b: c -->\n```\n"), Vec::<String>::new());
    }
}
