//! JavaScript and TypeScript: words whose meaning depends on what stands beside them, regular
//! expressions, template literals. JSX is next door.

use super::super::class::Class;
use super::super::code::{Block, Code, Quote, class_of_name, is_type_name, lex_code};
use super::super::lexer::{Lexer, prev};
use super::super::words::Words;
use super::jsx;

const KEYWORDS: &str = "break case catch class const continue debugger default delete do else export extends \
    finally for function if import in instanceof let new return super switch this throw try typeof var void \
    while with yield await";

/// Keywords where a name or a value could not stand.
const MAYBE: &str = "async of from as get set static type interface enum declare namespace module abstract \
    readonly private public protected override implements is keyof infer satisfies asserts accessor";

const CONSTANTS: &str = "true false null undefined NaN Infinity";

static WORDS: Words =
    Words::new(&[(Class::Keyword, KEYWORDS), (Class::Maybe, MAYBE), (Class::Number, CONSTANTS)], false);

/// Types in small letters. They are names in JavaScript.
static TYPES: Words = Words::new(
    &[(Class::Type, "string number boolean any unknown never void object bigint symbol undefined null")],
    false,
);

const QUOTES: &[Quote] = &[Quote::line(b'"'), Quote::line(b'\'')];
const COMMENT: Block = Block { open: b"/*", close: b"*/", nests: false };

const fn base() -> Code {
    Code::new(&WORDS)
        .comments(&[b"//"])
        .block(COMMENT)
        .quotes(QUOTES)
        .letters(b"$", b"")
        .word(class_of)
        .line(begin_line)
}

static SCRIPT: Code = base().special(b"`/<#", lex_script);
static TYPED: Code = base().special(b"`/#", lex_typed).word(class_of_typed);
static TYPED_MARKUP: Code = base().special(b"`/<#", lex_typed_markup).word(class_of_typed);

/// The search for the end of a regular expression failed on this line.
const NO_REGEX: u8 = 1;

/// JavaScript, with JSX.
pub(in super::super) fn javascript(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &SCRIPT, 0);
}

/// TypeScript, in which `<` opens types and never elements.
pub(in super::super) fn typescript(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &TYPED, 0);
}

/// TypeScript with JSX.
pub(in super::super) fn tsx(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &TYPED_MARKUP, 0);
}

fn lex_script(lexer: &mut Lexer<'_, '_>) -> bool {
    lex_special(lexer, &SCRIPT)
}

fn lex_typed(lexer: &mut Lexer<'_, '_>) -> bool {
    lex_special(lexer, &TYPED)
}

fn lex_typed_markup(lexer: &mut Lexer<'_, '_>) -> bool {
    lex_special(lexer, &TYPED_MARKUP)
}

fn lex_special(lexer: &mut Lexer<'_, '_>, code: &'static Code) -> bool {
    match (lexer.peek(0), lexer.peek(1)) {
        (b'`', _) => lex_template(lexer, code),
        (b'/', b'/' | b'*') => return false,
        (b'/', _) => return lex_regex(lexer),
        (b'<', _) => return !prev::is_value(lexer.prev) && jsx::lex_element(lexer, code),
        (b'#', b'!') if lexer.at == 0 => lexer.take_line(Class::Comment),
        _ => return false,
    }
    true
}

/// Text in backticks, with code in `${…}`, which may hold such text again.
fn lex_template(lexer: &mut Lexer<'_, '_>, code: &'static Code) {
    let mut start = lexer.at;
    lexer.bump();
    loop {
        let at = lexer.find(lexer.at, |byte| matches!(byte, b'`' | b'\\' | b'$'));
        lexer.at = at;
        match (lexer.peek(0), lexer.peek(1)) {
            (b'`', _) => {
                lexer.bump();
                break;
            }
            (b'$', b'{') => {
                lexer.mark(Class::String, start, at);
                let entered = lexer.deeper(|lexer| {
                    lexer.skip(2);
                    lexer.prev = b'{';
                    lex_code(lexer, code, b'}');
                    lexer.bump();
                });
                start = lexer.at;
                if !entered {
                    start = at;
                    lexer.skip(2);
                }
            }
            (b'\\', _) => lexer.skip(2),
            _ if !lexer.more() => break,
            _ => lexer.bump(),
        }
    }
    lexer.mark(Class::String, start, lexer.at);
    lexer.prev = prev::STRING;
}

/// Where a value cannot begin, `/` divides. It does too when its line has no second one.
fn lex_regex(lexer: &mut Lexer<'_, '_>) -> bool {
    if prev::is_value(lexer.prev) || lexer.failed & NO_REGEX != 0 {
        return false;
    }
    let (mut at, mut in_class) = (lexer.at + 1, false);
    loop {
        at = lexer.find(at, |byte| matches!(byte, b'/' | b'\\' | b'[' | b']' | b'\n'));
        match lexer.byte_at(at) {
            b'/' if !in_class => break,
            b'\\' if lexer.byte_at(at + 1) != b'\n' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' => {}
            _ => {
                lexer.failed |= NO_REGEX;
                return false;
            }
        }
        at += 1;
    }
    let end = lexer.find(at + 1, |byte| !byte.is_ascii_alphabetic());
    lexer.take(Class::String, end);
    lexer.prev = prev::STRING;
    true
}

fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    if lexer.prev == b'.' {
        return if lexer.byte_at(end) == b'(' { Class::Function } else { Class::Plain };
    }
    match code.words.class_of(lexer.slice(start, end)) {
        Some(Class::Keyword) if is_key(lexer, end) => Class::Plain,
        Some(Class::Maybe) if is_keyword_here(lexer, start, end) => Class::Keyword,
        Some(Class::Maybe) | None => class_of_name(lexer, start, end),
        Some(class) => class,
    }
}

fn class_of_typed(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    let word = lexer.slice(start, end);
    if matches!(lexer.prev, b':' | b'<' | b'|' | b'&' | b',' | prev::KEYWORD)
        && matches!(lexer.byte_at(end), b' ' | b',' | b';' | b')' | b'>' | b'[' | b'\n' | b'|' | b'}' | 0)
        && let Some(class) = TYPES.class_of(word)
    {
        return class;
    }
    if word.len() == 1 && word[0].is_ascii_uppercase()
        || is_type_name(word) && lexer.prev != b'.' && WORDS.class_of(word).is_none()
    {
        return Class::Type;
    }
    class_of(lexer, code, start, end)
}

/// The name of a property: `{ default: 1 }`.
fn is_key(lexer: &mut Lexer<'_, '_>, end: usize) -> bool {
    matches!(lexer.prev, b'{' | b',') && lexer.next_visible(end) == b':'
}

fn is_keyword_here(lexer: &mut Lexer<'_, '_>, start: usize, end: usize) -> bool {
    let next = lexer.next_visible(end);
    let name_next = next.is_ascii_alphanumeric()
        || matches!(next, b'_' | b'$' | b'#' | b'[' | b'{' | b'*' | b'"' | b'\'');
    match lexer.slice(start, end) {
        b"from" => matches!(next, b'"' | b'\'' | b'`') && (prev::is_value(lexer.prev) || lexer.prev == b'*'),
        b"of" | b"as" | b"is" | b"satisfies" | b"implements" => {
            (prev::is_value(lexer.prev) || lexer.prev == b'*') && (name_next || next == b'(')
        }
        b"keyof" | b"infer" | b"asserts" => name_next,
        b"async" => {
            let begins = !prev::is_value(lexer.prev) || lexer.prev == b'}';
            begins && (name_next || matches!(next, b'(' | b'<'))
        }
        b"module" => name_next && prev::KEYWORD == lexer.prev,
        _ => {
            name_next && !matches!(next, b'"' | b'\'') && lexer.prev != b'.'
                || next == b'{' && lexer.prev != b':'
        }
    }
}

/// A line's end ends what is known of the line.
fn begin_line(lexer: &mut Lexer<'_, '_>) {
    lexer.failed &= !NO_REGEX;
}
