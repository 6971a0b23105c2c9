//! SQL as PostgreSQL has it, sessions of psql, and query plans. In a session only what was typed has
//! colors; what psql answered is plain, but for plans.

use super::super::class::Class;
use super::super::code::{Block, Code, Quote, lex_code, quote_end};
use super::super::lexer::{Lexer, prev};
use super::super::words::Words;
use super::plan::{is_plan_line, lex_plan_line};
use super::prompt::psql_prompt;

const KEYWORDS: &str = "select from where and or not in is as on by group order having limit offset insert into \
    values update set delete create table index view materialized drop alter add column constraint primary key \
    foreign references unique check default cascade restrict join inner left right full outer cross lateral \
    natural using union all except intersect distinct case when then else end exists between like ilike similar \
    asc desc nulls first last with recursive returning conflict do nothing begin commit rollback savepoint \
    release transaction start isolation level explain analyze buffers verbose costs vacuum reindex cluster \
    grant revoke to role user database schema extension if function procedure returns language trigger before \
    after each row execute for show reset copy prepare deallocate declare fetch lock share nowait skip locked \
    temporary temp unlogged sequence owned generated always identity stored concurrently tablespace over \
    partition window rows range preceding following unbounded current filter within any some cast collate \
    truncate rename comment type enum only partitions of include storage statistics listen notify unlisten \
    security definer immutable stable volatile strict parallel safe called raise notice exception loop while \
    exit return perform language plpgsql local global session work read write serializable repeatable \
    committed uncommitted interval array policy enable disable force null";

const TYPES: &str = "int int2 int4 int8 integer bigint smallint serial bigserial smallserial numeric decimal real \
    double precision float text varchar char character varying boolean bool date time timestamp timestamptz \
    timetz json jsonb uuid bytea inet cidr tsvector tsquery regclass oid money xml point void record";

static WORDS: Words =
    Words::new(&[(Class::Keyword, KEYWORDS), (Class::Type, TYPES), (Class::Number, "true false")], true);

const STRING: Quote = Quote { byte: b'\'', class: Class::String, escapes: false, doubles: true, spans: true };
const NAME: Quote = Quote { byte: b'"', class: Class::Plain, escapes: false, doubles: true, spans: false };

static SQL: Code = Code::new(&WORDS)
    .comments(&[b"--"])
    .block(Block { open: b"/*", close: b"*/", nests: true })
    .quotes(&[STRING, NAME])
    .letters(b"", b"$")
    .special(b"$:eEbBxXuU", lex_special)
    .word(class_of)
    .line(begin_line);

/// A part of a line, without prompts and plans.
static SQL_PART: Code =
    Code::new(&WORDS).comments(&[b"--"]).quotes(&[Quote { spans: false, ..STRING }, NAME]).word(class_of);

/// The text has prompts.
const SESSION: u8 = 1;
/// A statement is being typed.
const TYPED: u8 = 2;
/// The last line was one of a plan.
const PLAN: u8 = 4;

pub(in super::super) fn sql(lexer: &mut Lexer<'_, '_>) {
    let (start, mut first) = (lexer.at, true);
    while lexer.more() && lexer.state & SESSION == 0 {
        let prompt = psql_prompt(lexer);
        // `days=> 10` may stand in a statement; nothing there looks like `course=#`.
        if prompt > 0 && (first || lexer.peek(prompt - 1) == b'#') {
            lexer.state |= SESSION;
        }
        let end = lexer.line_end();
        first &= lexer.at == end;
        lexer.at = end;
        lexer.bump();
    }
    lexer.at = start;
    lex_code(lexer, &SQL, 0);
}

/// SQL up to the end of the range, as it stands in a plan.
pub(super) fn sql_part(lexer: &mut Lexer<'_, '_>) {
    lex_code(lexer, &SQL_PART, 0);
}

/// Takes what is no SQL at the beginning of a line: prompts, commands of psql, its output, plans.
fn begin_line(lexer: &mut Lexer<'_, '_>) {
    loop {
        let prompt = if lexer.state & SESSION == 0 { 0 } else { psql_prompt(lexer) };
        if prompt > 0 {
            lexer.state = SESSION | TYPED;
            let end = lexer.at + prompt;
            lexer.take(Class::Punctuation, end);
            lexer.skip_spaces();
            lexer.prev = 0;
        } else if lexer.state & SESSION != 0 && lexer.prev == b';' {
            lexer.state &= !TYPED;
        }
        let end = lexer.line_end();
        if is_plan_line(lexer, end, lexer.state & PLAN != 0) {
            lexer.state |= PLAN;
            lexer.within(end, lex_plan_line);
        } else {
            lexer.state &= !PLAN;
            let command = lexer.peek(0) == b'\\' && lexer.peek(1).is_ascii_graphic();
            if command {
                let word = lexer.find(lexer.at, |byte| byte.is_ascii_whitespace() || byte == b';');
                lexer.take(Class::Keyword, word);
                lexer.at = end;
                lexer.prev = b';';
            } else if lexer.state & (SESSION | TYPED) == SESSION {
                lexer.at = end;
            } else {
                return;
            }
        }
        if !lexer.more() {
            return;
        }
        lexer.bump();
    }
}

fn lex_special(lexer: &mut Lexer<'_, '_>) -> bool {
    match (lexer.peek(0), lexer.peek(1)) {
        (b'$', next) if next.is_ascii_digit() => {
            let end = lexer.find(lexer.at + 1, |byte| !byte.is_ascii_digit());
            lexer.take(Class::Variable, end);
            lexer.prev = prev::NAME;
        }
        (b'$', _) => return lex_dollar_quote(lexer),
        // `::` casts, `:name` is filled in by psql.
        (b':', b':') => lexer.skip(2),
        (b':', next) if next.is_ascii_alphabetic() || matches!(next, b'\'' | b'"') => {
            let end = lexer.find(lexer.at + 2, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
            let end = if matches!(lexer.byte_at(end), b'\'' | b'"') { end + 1 } else { end };
            lexer.take(Class::Variable, end);
            lexer.prev = prev::NAME;
        }
        (letter, b'\'') if letter.is_ascii_alphabetic() => {
            let quote = Quote { escapes: matches!(letter, b'e' | b'E'), ..STRING };
            let end = quote_end(lexer, &quote, lexer.at + 2);
            lexer.take(Class::String, end);
            lexer.prev = prev::STRING;
        }
        _ => return false,
    }
    true
}

/// `$$ … $$` and `$body$ … $body$`.
fn lex_dollar_quote(lexer: &mut Lexer<'_, '_>) -> bool {
    let tag_end = lexer.find(lexer.at + 1, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
    if lexer.byte_at(tag_end) != b'$' {
        return false;
    }
    let tag = lexer.slice(lexer.at, tag_end + 1);
    // Every dollar is looked at once: a tag that does not fit begins the next one at its end.
    let mut at = tag_end + 1;
    let end = loop {
        at = lexer.find(at, |byte| byte == b'$');
        if at >= lexer.end {
            break at;
        }
        let next = lexer.find(at + 1, |byte| !(byte.is_ascii_alphanumeric() || byte == b'_'));
        if lexer.slice(at, next + 1) == tag {
            break next + 1;
        }
        at = next;
    };
    lexer.take(Class::String, end);
    lexer.prev = prev::STRING;
    true
}

fn class_of(lexer: &mut Lexer<'_, '_>, code: &Code, start: usize, end: usize) -> Class {
    if lexer.prev == b'.' {
        return if lexer.byte_at(end) == b'(' { Class::Function } else { Class::Plain };
    }
    match code.words.class_of(lexer.slice(start, end)) {
        Some(class) => class,
        None if lexer.byte_at(end) == b'(' => Class::Function,
        None => Class::Plain,
    }
}
