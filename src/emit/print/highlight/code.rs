//! The loop for languages that are made of words, numbers, strings, comments and punctuation: a
//! table says which byte begins what, and a language adds what is its own by two or three functions.

use super::class::Class;
use super::lexer::{Lexer, prev};
use super::words::Words;

/// A string between two equal bytes.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    pub byte: u8,
    pub class: Class,
    /// A backslash takes the byte behind it.
    pub escapes: bool,
    /// Two of them stand for one.
    pub doubles: bool,
    /// It may go over several lines.
    pub spans: bool,
}

impl Quote {
    /// A string on one line, with backslashes.
    pub(super) const fn line(byte: u8) -> Self {
        Self { byte, class: Class::String, escapes: true, doubles: false, spans: false }
    }
}

/// A comment with an end.
#[derive(Clone, Copy)]
pub(super) struct Block {
    pub open: &'static [u8],
    pub close: &'static [u8],
    /// Comments stand in comments.
    pub nests: bool,
}

type Special = fn(&mut Lexer<'_, '_>) -> bool;
type Word = fn(&mut Lexer<'_, '_>, &Code, usize, usize) -> Class;
type Line = fn(&mut Lexer<'_, '_>);

/// A language's tables.
pub(super) struct Code {
    pub words: &'static Words,
    kinds: [u8; 256],
    comments: &'static [&'static [u8]],
    block: Option<Block>,
    quotes: &'static [Quote],
    special: Special,
    word: Word,
    line: Option<Line>,
}

const KIND: u8 = 0x0f;
const PUNCTUATION: u8 = 0;
const SPACE: u8 = 1;
const WORD: u8 = 2;
const DIGIT: u8 = 3;
const QUOTE: u8 = 4;
const COMMENT: u8 = 5;
const NEWLINE: u8 = 6;
/// The byte may go on a word.
const MORE: u8 = 0x40;
/// The language is asked first.
const SPECIAL: u8 = 0x80;

impl Code {
    /// Letters, `_` and everything beyond ASCII make words.
    pub(super) const fn new(words: &'static Words) -> Self {
        let mut kinds = [PUNCTUATION; 256];
        let mut byte = 0;
        while byte < 256 {
            #[allow(clippy::cast_possible_truncation, reason = "below 256")]
            let letter = byte as u8;
            kinds[byte] = match letter {
                b'\n' => NEWLINE,
                b' ' | b'\t' | b'\r' => SPACE,
                b'0'..=b'9' => DIGIT | MORE,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => WORD | MORE,
                _ => PUNCTUATION,
            };
            byte += 1;
        }
        Self {
            words,
            kinds,
            comments: &[],
            block: None,
            quotes: &[],
            special: |_| false,
            word: class_of_word,
            line: None,
        }
    }

    /// What opens a comment to the end of the line.
    pub(super) const fn comments(mut self, comments: &'static [&'static [u8]]) -> Self {
        let mut at = 0;
        while at < comments.len() {
            self.set(comments[at][0], COMMENT);
            at += 1;
        }
        self.comments = comments;
        self
    }

    pub(super) const fn block(mut self, block: Block) -> Self {
        self.set(block.open[0], COMMENT);
        self.block = Some(block);
        self
    }

    pub(super) const fn quotes(mut self, quotes: &'static [Quote]) -> Self {
        let mut at = 0;
        while at < quotes.len() {
            self.set(quotes[at].byte, QUOTE);
            at += 1;
        }
        self.quotes = quotes;
        self
    }

    /// Bytes at which the language is asked first. It lexes what begins there, or says no.
    pub(super) const fn special(mut self, bytes: &[u8], special: Special) -> Self {
        let mut at = 0;
        while at < bytes.len() {
            self.kinds[bytes[at] as usize] |= SPECIAL;
            at += 1;
        }
        self.special = special;
        self
    }

    /// Further bytes of which words are made: `first` may begin one, `more` may not.
    pub(super) const fn letters(mut self, first: &[u8], more: &[u8]) -> Self {
        let mut at = 0;
        while at < first.len() {
            self.set(first[at], WORD | MORE);
            at += 1;
        }
        at = 0;
        while at < more.len() {
            self.kinds[more[at] as usize] |= MORE;
            at += 1;
        }
        self
    }

    /// What a word is; without this, what the table and the letters around it say.
    pub(super) const fn word(mut self, word: Word) -> Self {
        self.word = word;
        self
    }

    /// Runs at the beginning of every line that does not begin inside something.
    pub(super) const fn line(mut self, line: Line) -> Self {
        self.line = Some(line);
        self
    }

    const fn set(&mut self, byte: u8, kind: u8) {
        let at = byte as usize;
        self.kinds[at] = (self.kinds[at] & SPECIAL) | kind;
    }
}

/// Lexes until the end, or until the bracket `stop` closes what was open before; 0 for none. The
/// bracket is left for the caller.
pub(super) fn lex_code(lexer: &mut Lexer<'_, '_>, code: &Code, stop: u8) {
    let mut open = 0_usize;
    if stop == 0 {
        begin_line(lexer, code);
    }
    while lexer.more() {
        let byte = lexer.peek(0);
        let kind = code.kinds[usize::from(byte)];
        if kind & SPECIAL != 0 && (code.special)(lexer) {
            continue;
        }
        match kind & KIND {
            SPACE => lexer.bump(),
            NEWLINE => {
                lexer.bump();
                begin_line(lexer, code);
            }
            WORD => lex_word(lexer, code),
            DIGIT => lex_number(lexer),
            QUOTE => {
                if let Some(quote) = code.quotes.iter().find(|quote| quote.byte == byte) {
                    lex_quote(lexer, quote);
                }
            }
            COMMENT if lex_comment(lexer, code) => {}
            _ if closes(byte, stop, &mut open) => return,
            _ if byte == b'.' && begins_fraction(lexer) => lex_number(lexer),
            _ => {
                // `...` stands before a value, `.` before a name.
                let dots = byte == b'.' && lexer.byte_before(lexer.at) == b'.';
                lexer.prev = if dots { 0 } else { byte };
                lexer.bump();
            }
        }
    }
}

fn begin_line(lexer: &mut Lexer<'_, '_>, code: &Code) {
    if let Some(line) = code.line {
        line(lexer);
    }
}

/// Whether `byte` is the bracket `stop` that closes what was open before. Those of its kind that open
/// and close in between are counted.
fn closes(byte: u8, stop: u8, open: &mut usize) -> bool {
    match (byte, stop) {
        (_, 0) => false,
        (b'{', b'}') | (b'(', b')') => {
            *open += 1;
            false
        }
        (byte, stop) if byte == stop => {
            let last = *open == 0;
            *open = open.saturating_sub(1);
            last
        }
        _ => false,
    }
}

/// `.5`, but not the end of `0..5`.
fn begins_fraction(lexer: &Lexer<'_, '_>) -> bool {
    lexer.peek(1).is_ascii_digit() && lexer.prev != b'.' && !prev::is_value(lexer.prev)
}

fn lex_number(lexer: &mut Lexer<'_, '_>) {
    let end = number_end(lexer);
    lexer.take(Class::Number, end);
    lexer.prev = prev::NUMBER;
}

fn lex_word(lexer: &mut Lexer<'_, '_>, code: &Code) {
    let start = lexer.at;
    lexer.bump();
    lexer.skip_while(|byte| code.kinds[usize::from(byte)] & MORE != 0);
    let class = (code.word)(lexer, code, start, lexer.at);
    lexer.mark(class, start, lexer.at);
    lexer.prev = if class == Class::Keyword { prev::KEYWORD } else { prev::NAME };
}

/// What the table says; else a function where a parenthesis follows, or a type by its letters.
pub(super) fn class_of_word(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    code.words.class_of(lexer.slice(start, end)).unwrap_or_else(|| class_of_name(lexer, start, end))
}

/// A function where a parenthesis follows, or a type by its letters.
pub(super) fn class_of_name(lexer: &Lexer<'_, '_>, start: usize, end: usize) -> Class {
    let word = lexer.slice(start, end);
    if is_type_name(word) {
        Class::Type
    } else if lexer.byte_at(end) == b'(' {
        Class::Function
    } else {
        Class::Plain
    }
}

/// `Pool`, but not `MAX` and not `pool`.
pub(super) fn is_type_name(word: &[u8]) -> bool {
    word.first().is_some_and(u8::is_ascii_uppercase) && word.iter().any(u8::is_ascii_lowercase)
}

pub(super) fn lex_quote(lexer: &mut Lexer<'_, '_>, quote: &Quote) {
    let end = quote_end(lexer, quote, lexer.at + 1);
    lexer.take(quote.class, end);
    lexer.prev = prev::STRING;
}

/// Behind the quote that closes a string whose text begins at `from`; the end of the line, or of
/// the text, if there is none.
pub(super) fn quote_end(lexer: &mut Lexer<'_, '_>, quote: &Quote, from: usize) -> usize {
    let mut at = from;
    loop {
        at = lexer.find(at, |byte| {
            byte == quote.byte || byte == b'\\' && quote.escapes || byte == b'\n' && !quote.spans
        });
        match lexer.byte_at(at) {
            byte if byte == quote.byte => {
                if !quote.doubles || lexer.byte_at(at + 1) != byte {
                    return at + 1;
                }
                at += 2;
            }
            b'\\' => at += 2,
            _ => return at,
        }
    }
}

/// A number with its sign of the exponent, separators and unit.
pub(super) fn number_end(lexer: &mut Lexer<'_, '_>) -> usize {
    let mut at = lexer.at + 1;
    let hex = lexer.peek(0) == b'0' && matches!(lexer.peek(1), b'x' | b'X');
    let mut dotted = false;
    loop {
        at = lexer.find(at, |byte| !byte.is_ascii_alphanumeric() && byte != b'_');
        let next = lexer.byte_at(at + 1);
        let digit_next = next.is_ascii_digit();
        match lexer.byte_at(at) {
            // `4.`, but not the dot of a range or of a method.
            b'.' if !dotted
                && (digit_next || !(next.is_ascii_alphabetic() || matches!(next, b'.' | b'_'))) =>
            {
                dotted = true;
            }
            b'+' | b'-' if !hex && digit_next && matches!(lexer.byte_before(at), b'e' | b'E') => {}
            _ => return at,
        }
        at += 1;
    }
}

/// False if no comment begins here.
fn lex_comment(lexer: &mut Lexer<'_, '_>, code: &Code) -> bool {
    if code.comments.iter().any(|open| lexer.starts_with(open)) {
        lexer.take_line(Class::Comment);
        return true;
    }
    match code.block {
        Some(block) if lexer.starts_with(block.open) => {
            let end = block_end(lexer, &block);
            lexer.take(Class::Comment, end);
            true
        }
        _ => false,
    }
}

fn block_end(lexer: &mut Lexer<'_, '_>, block: &Block) -> usize {
    let from = lexer.at + block.open.len();
    if !block.nests {
        return lexer.behind(from, block.close);
    }
    let (mut at, mut open) = (from, 1_usize);
    loop {
        at = lexer.find(at, |byte| byte == block.open[0] || byte == block.close[0]);
        if at >= lexer.end {
            return at;
        }
        let rest = lexer.slice(at, at + 2);
        if rest == block.close {
            open -= 1;
            at += 2;
            if open == 0 {
                return at;
            }
        } else if rest == block.open {
            open += 1;
            at += 2;
        } else {
            at += 1;
        }
    }
}
