//! What a top-level block is, and its parts. Their places come from the source; the parser only
//! says of what kind they are.

use std::ops::Range;

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};

use super::fence::parse_fence;
use super::heading::parse_heading;
use super::inline::{collect_links, node_range, title_range};
use super::lines::Lines;
use super::list::parse_item;
use super::table::parse_table;
use super::tree::{Alignment, BlockKind, Figure, Item, List};
use crate::diag::Sink;
use crate::source::{FileId, Span, Spanned};

/// Reads the blocks of one page.
pub(super) struct BlockReader<'a> {
    pub lines: &'a Lines<'a>,
    pub file: FileId,
    pub sink: &'a Sink,
    /// Added to the parser's line numbers inside the block.
    pub shift: usize,
}

impl BlockReader<'_> {
    /// The kind of the block on these lines, and whether it is a fence or comment that nothing
    /// closes.
    pub fn kind_of<'n>(&self, node: &'n AstNode<'n>, at: &Range<usize>) -> (BlockKind, bool) {
        let (text, file, sink) = (self.lines.text, self.file, self.sink);
        let bytes = self.lines.ranges(at);
        let data = node.data.borrow();
        let kind = match &data.value {
            NodeValue::Heading(heading) => {
                let (text, attributes) = parse_heading(text, file, bytes, heading.setext, sink);
                BlockKind::Heading { level: heading.level, text, attributes: Box::new(attributes) }
            }
            NodeValue::CodeBlock(code) if code.fenced => {
                return (parse_fence(self.lines, file, at, code.closed, sink), !code.closed);
            }
            NodeValue::HtmlBlock(html) if html.block_type == 2 => {
                return self.comment(bytes);
            }
            NodeValue::Table(table) => {
                let alignments = table.alignments.iter().copied().map(alignment).collect();
                BlockKind::Table(Box::new(parse_table(self.lines, file, at, alignments)))
            }
            NodeValue::List(list) => {
                let ordered = list.list_type == ListType::Ordered;
                BlockKind::List(List { ordered, items: self.items(node, &bytes) })
            }
            NodeValue::FootnoteDefinition(_) => BlockKind::Definition,
            NodeValue::Paragraph => self.figure(node, &bytes).unwrap_or(BlockKind::Prose { paragraph: true }),
            _ => BlockKind::Prose { paragraph: false },
        };
        (kind, false)
    }

    /// A comment alone; with text after it, it is raw HTML.
    fn comment(&self, bytes: Range<usize>) -> (BlockKind, bool) {
        let raw = &self.lines.text[bytes.clone()];
        let unclosed = !raw.contains("-->");
        let inside = raw.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let Some(inside) = inside.filter(|inside| !inside.contains("-->")) else {
            return (BlockKind::Prose { paragraph: false }, unclosed);
        };
        let text = inside.trim();
        let lead = raw.len() - raw.trim_start().len() + 4 + (inside.len() - inside.trim_start().len());
        let start = (bytes.start + lead).min(bytes.end - 3);
        let span = Span::new(self.file, start, start + text.len());
        (BlockKind::Comment { text: Spanned::new(text.to_owned(), span) }, unclosed)
    }

    fn items<'n>(&self, list: &'n AstNode<'n>, bytes: &Range<usize>) -> Vec<Item> {
        let starts: Vec<usize> = list
            .children()
            .filter_map(|item| {
                let at = item.data.borrow().sourcepos.start;
                self.lines.offset(at.line, at.column)
            })
            .filter(|start| bytes.contains(start))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([bytes.end]);
        let ranges = starts.iter().copied().zip(ends).filter(|(start, end)| start < end);
        let mut items: Vec<Item> = ranges
            .map(|(start, end)| parse_item(self.lines.text, self.file, start..end, self.sink))
            .collect();
        items.shrink_to_fit();
        items
    }

    /// An image with a title, alone in its paragraph.
    fn figure<'n>(&self, paragraph: &'n AstNode<'n>, bytes: &Range<usize>) -> Option<BlockKind> {
        let image = paragraph.first_child()?;
        if image.next_sibling().is_some() {
            return None;
        }
        let data = image.data.borrow();
        let NodeValue::Image(target) = &data.value else { return None };
        if target.title.is_empty() {
            return None;
        }
        let link =
            collect_links(image, self.lines, self.file, bytes.clone(), self.shift).into_iter().next()?;
        let title = node_range(self.lines, &data, self.shift)
            .and_then(|range| {
                let title = title_range(&self.lines.text[range.clone()], true, target)?;
                Some(Span::new(self.file, range.start + title.start, range.start + title.end))
            })
            .unwrap_or(link.span);
        Some(BlockKind::Figure(Box::new(Figure {
            alt: link.text,
            destination: link.destination,
            title: Spanned::new(target.title.clone(), title),
        })))
    }
}

fn alignment(alignment: TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::None => Alignment::None,
        TableAlignment::Left => Alignment::Left,
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::document::testing::Page;

    #[test]
    fn fences_know_language_attributes_and_body() {
        let page = Page::parse(
            "~~~~ js {file=src/server.js region=pool}\na\n\nb\n~~~~\n\n```\n```\n\n```sql\n```\n",
        );
        let fences: Vec<(&str, &str, &str)> = page
            .document
            .blocks
            .iter()
            .map(|block| {
                let BlockKind::Fence { language, attributes, body } = &block.kind else { panic!("a fence") };
                let region = attributes.get("region").map_or("", |value| value.as_str());
                (language.as_str(), region, page.files.slice(*body))
            })
            .collect();
        assert_eq!(fences, [("js", "pool", "a\n\nb\n"), ("", "", ""), ("sql", "", "")]);
        let page = Page::parse("```js title\nx\n```\n");
        assert_eq!(page.faults(), ["malformed-directive: title"]);
    }

    #[test]
    fn figures_are_alone_and_titled() {
        let page = Page::parse("![An *alt*](d/a.svg \"A \\\"title\\\"\")\n");
        let BlockKind::Figure(figure) = &page.document.blocks[0].kind else { panic!("a figure") };
        let Figure { alt, destination, title } = figure.as_ref();
        assert_eq!(page.files.slice(*alt), "An *alt*");
        assert_eq!((destination.as_str(), page.files.slice(destination.span)), ("d/a.svg", "d/a.svg"));
        assert_eq!((title.as_str(), page.files.slice(title.span)), ("A \"title\"", "A \\\"title\\\""));
        assert_eq!(Page::parse("![a](b.svg)\n\n![a](b.svg \"t\") x\n").outline(), "p p");
    }

    #[test]
    fn tables_and_lists_know_their_parts() {
        let page = Page::parse(
            "| a | b |\n|:--|--:|\n| `x\\|y` | [](port:a) |\n| only |\n\n- {#x} **A.** t\n- [x] b\n",
        );
        let BlockKind::Table(table) = &page.document.blocks[0].kind else { panic!("a table") };
        assert_eq!(table.alignments, [Alignment::Left, Alignment::Right]);
        let row: Vec<&str> = table.rows[0].iter().map(|cell| page.files.slice(cell.span)).collect();
        assert_eq!(row, ["`x\\|y`", "[](port:a)"]);
        assert_eq!(table.rows[1].len(), 2);
        let BlockKind::List(list) = &page.document.blocks[1].kind else { panic!("a list") };
        assert!(!list.ordered && list.items[0].attributes.is_some());
        assert_eq!((list.items[0].checked, list.items[1].checked), (None, Some(true)));
        assert_eq!(page.files.slice(list.items[0].span), "- {#x} **A.** t");
    }

    #[test]
    fn comments_are_read_trimmed() {
        let page = Page::parse("<!-- allow a/b:\nc -->\n\n<!-- x --> y\n\n<!---->\n");
        assert_eq!(page.outline(), "comment other comment");
        let BlockKind::Comment { text } = &page.document.blocks[0].kind else { panic!("a comment") };
        assert_eq!((text.as_str(), page.files.slice(text.span)), ("allow a/b:\nc", "allow a/b:\nc"));
    }
}
