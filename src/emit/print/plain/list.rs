//! Lists of which each item is a paragraph of words.

use super::{Inline, cut_line_of_paragraph};

/// A list without blank lines between its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<'t> {
    /// The first number, if items are numbered.
    pub start: Option<&'t str>,
    /// Between two lines of an item stands a text of one line end.
    pub items: Vec<Vec<Inline<'t>>>,
    /// What stands before the items, but for numbers: another sign begins another list.
    sign: u8,
    /// How far the lines of the last item are indented.
    indent: usize,
}

impl<'t> List<'t> {
    /// The list that a line begins; `None` if there is none, or it takes a parser to tell.
    pub(super) fn open(line: &'t str, tags: &[String]) -> Option<Self> {
        let mark = Mark::of(line)?;
        let mut list = Self { start: mark.number, items: Vec::new(), sign: mark.sign, indent: 0 };
        list.add_item(&mark, line, tags).then_some(list)
    }

    /// Takes in the next line. `false` if it could be anything else than a part of the list.
    pub(super) fn add(&mut self, line: &'t str, tags: &[String]) -> bool {
        if let Some(mark) = Mark::of(line) {
            let goes_on = mark.sign == self.sign && mark.number.is_some() == self.start.is_some();
            return goes_on && self.add_item(&mark, line, tags);
        }
        let Some(item) = self.items.last_mut() else { return false };
        let is_inside = line.len() > self.indent && line.bytes().take(self.indent).all(|byte| byte == b' ');
        item.push(Inline::Text("\n"));
        is_inside && cut_line_of_paragraph(&line[self.indent..], tags, item)
    }

    fn add_item(&mut self, mark: &Mark<'t>, line: &'t str, tags: &[String]) -> bool {
        let mut item = Vec::new();
        let is_simple = cut_line_of_paragraph(&line[mark.len..], tags, &mut item);
        self.items.push(item);
        self.indent = mark.len;
        is_simple
    }
}

/// What begins an item.
struct Mark<'t> {
    number: Option<&'t str>,
    sign: u8,
    /// With the space behind it.
    len: usize,
}

impl<'t> Mark<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let bytes = line.as_bytes().get(digits..digits + 2)?;
        let is_number = (1..=9).contains(&digits) && (digits == 1 || !line.starts_with('0'));
        let number = Some(&line[..digits]).filter(|_| is_number);
        let is_mark = match bytes[0] {
            b'-' | b'*' | b'+' => digits == 0,
            b'.' | b')' => is_number,
            _ => false,
        };
        (is_mark && bytes[1] == b' ').then_some(Self { number, sign: bytes[0], len: digits + 2 })
    }
}

/// Whether a line behind a blank one may belong to the list before.
pub(super) fn may_go_on(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit() || c.is_whitespace() || "-*+".contains(c))
}
