//! SQL as statements of tokens with their places, and the names that a statement creates. Tokens
//! rather than a parsed statement: what learners type includes psql's own commands, and a statement
//! with a fault still says what it is about.

use std::ops::Range;

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Token, Tokenizer};

/// A statement; its end mark is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    pub tokens: Vec<SqlToken>,
}

/// A token without space and comments. The range is a byte range of the parsed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlToken {
    pub kind: SqlKind,
    /// Words in lower case unless they are quoted; strings without their quotes.
    pub text: String,
    pub span: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlKind {
    Keyword,
    Word,
    Text,
    Number,
    /// `$1`
    Placeholder,
    Mark,
}

/// What a statement creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// `index`, `table`, `view`, ….
    pub kind: &'static str,
    pub name: Option<SqlToken>,
    /// Of an index.
    pub table: Option<String>,
    /// What an index is on, as written, without space.
    pub columns: String,
}

/// Longer texts are data, not statements.
const MAX_BYTES: usize = 1024 * 1024;

/// Cuts a text into statements. Where it cannot be read, what stands before is kept.
#[must_use]
pub fn parse_sql(text: &str) -> Vec<Statement> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let mut tokens = Vec::new();
    let dialect = PostgreSqlDialect {};
    let _ = Tokenizer::new(&dialect, text).tokenize_with_location_into_buf(&mut tokens);
    let places = Places::new(text);
    let mut statements = vec![Statement::default()];
    for found in &tokens {
        let span = places.offset(found.span.start)..places.offset(found.span.end);
        match &found.token {
            Token::SemiColon => statements.push(Statement::default()),
            Token::Whitespace(_) | Token::EOF => {}
            token => {
                let (kind, value) = read(token);
                if let Some(last) = statements.last_mut() {
                    last.tokens.push(SqlToken { kind, text: value, span });
                }
            }
        }
    }
    statements.retain(|statement| !statement.tokens.is_empty());
    statements
}

fn read(token: &Token) -> (SqlKind, String) {
    match token {
        Token::Word(word) if word.quote_style.is_some() => (SqlKind::Word, word.value.clone()),
        Token::Word(word) if word.keyword == Keyword::NoKeyword => (SqlKind::Word, word.value.to_lowercase()),
        Token::Word(word) => (SqlKind::Keyword, word.value.to_lowercase()),
        Token::SingleQuotedString(text)
        | Token::EscapedStringLiteral(text)
        | Token::NationalStringLiteral(text) => (SqlKind::Text, text.clone()),
        Token::DollarQuotedString(text) => (SqlKind::Text, text.value.clone()),
        Token::Number(number, _) => (SqlKind::Number, number.clone()),
        Token::Placeholder(name) => (SqlKind::Placeholder, name.clone()),
        other => (SqlKind::Mark, other.to_string()),
    }
}

impl Statement {
    /// Whether it begins with these words.
    #[must_use]
    pub fn starts_with(&self, words: &[&str]) -> bool {
        self.tokens.len() >= words.len() && self.tokens.iter().zip(words).all(|(token, word)| token.is(word))
    }

    /// From its first token to its last.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        let start = self.tokens.first().map_or(0, |token| token.span.start);
        start..self.tokens.last().map_or(start, |token| token.span.end)
    }

    /// The statement in one form: the same for two that differ in space, case, or `if not exists`.
    #[must_use]
    pub fn normalized(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        for token in &self.tokens {
            match token.kind {
                SqlKind::Text => words.push(format!("'{}'", token.text)),
                _ => words.push(token.text.clone()),
            }
        }
        let text = words.join(" ");
        text.replace(" if not exists", "").replace(" if exists", "").replace(" concurrently", "")
    }

    /// What it creates, if it is a `CREATE`.
    #[must_use]
    pub fn created(&self) -> Option<Created> {
        let mut rest = self.tokens.as_slice();
        if !rest.first()?.is("create") {
            return None;
        }
        rest = &rest[1..];
        let skipped = ["or", "replace", "unique", "materialized", "temp", "temporary", "unlogged", "global"];
        while rest.first().is_some_and(|token| skipped.iter().any(|word| token.is(word))) {
            rest = &rest[1..];
        }
        let kinds =
            ["index", "table", "view", "schema", "extension", "sequence", "function", "type", "database"];
        let kind = kinds.into_iter().find(|kind| rest.first().is_some_and(|token| token.is(kind)))?;
        rest = &rest[1..];
        while rest
            .first()
            .is_some_and(|token| ["concurrently", "if", "not", "exists"].iter().any(|word| token.is(word)))
        {
            rest = &rest[1..];
        }
        let has_name = rest.first().is_some_and(|token| token.is_name() && !token.is("on"));
        let name = if has_name { last_of_path(rest) } else { None };
        let on = rest.iter().position(|token| token.is("on")).filter(|_| kind == "index");
        let after = on.map_or(&[][..], |on| &rest[on + 1..]);
        let after = if after.first().is_some_and(|token| token.is("only")) { &after[1..] } else { after };
        let columns = after.iter().skip_while(|token| token.text != "(").map(|token| token.text.as_str());
        Some(Created {
            kind,
            name,
            table: last_of_path(after).map(|token| token.text),
            columns: columns.collect::<Vec<_>>().join(" "),
        })
    }
}

/// `posts` of `public.posts`.
fn last_of_path(tokens: &[SqlToken]) -> Option<SqlToken> {
    let mut last = tokens.first().filter(|token| token.is_name())?;
    let mut rest = &tokens[1..];
    while let [dot, name, after @ ..] = rest
        && dot.text == "."
        && name.is_name()
    {
        (last, rest) = (name, after);
    }
    Some(last.clone())
}

impl SqlToken {
    /// Whether it is this word.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        matches!(self.kind, SqlKind::Keyword | SqlKind::Word) && self.text == word
    }

    fn is_name(&self) -> bool {
        matches!(self.kind, SqlKind::Keyword | SqlKind::Word)
    }
}

/// Lines of a text, to turn the tokenizer's places into offsets.
struct Places<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The tokenizer counts lines and characters from 1.
    fn offset(&self, place: Location) -> usize {
        let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(&start) = self.starts.get(index(place.line)) else { return self.text.len() };
        let line = self.text[start..].split('\n').next().unwrap_or("");
        let column = index(place.column);
        if line.is_ascii() {
            return start + column.min(line.len());
        }
        line.char_indices().nth(column).map_or(start + line.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_know_their_places() {
        let text = "-- größe; no\nSELECT 'ä; b' AS größe, n FROM \"T\";\nCREATE INDEX a ON b (c DESC)";
        let found = parse_sql(text);
        assert_eq!(found.len(), 2);
        assert_eq!(&text[found[1].span()], "CREATE INDEX a ON b (c DESC)");
        let n = found[0].tokens.iter().find(|token| token.text == "n").expect("a word");
        assert_eq!(&text[n.span.clone()], "n");
    }

    #[test]
    fn what_is_created_has_a_name() {
        let created = |text: &str| parse_sql(text)[0].created();
        for text in [
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS public.idx ON ONLY app.posts USING btree (a, b DESC)",
            "create index idx on posts (a, b desc)",
        ] {
            let index = created(text).expect("an index");
            assert_eq!(index.name.map(|name| name.text).as_deref(), Some("idx"), "{text}");
            assert_eq!(index.table.as_deref(), Some("posts"));
            assert_eq!(index.columns, "( a , b desc )");
        }
        let index = created("CREATE INDEX ON posts (a)").expect("an index");
        assert_eq!((index.name, index.table.as_deref()), (None, Some("posts")));
        assert_eq!(created("CREATE TABLE IF NOT EXISTS t (a int)").expect("a table").kind, "table");
        assert_eq!(created("SELECT 1"), None);
        for text in ["", "CREATE", "CREATE INDEX", "CREATE INDEX ON", "\\d posts", "'", "$$"] {
            let _ = parse_sql(text).iter().map(Statement::created).collect::<Vec<_>>();
        }
    }

    #[test]
    fn one_form_for_what_means_the_same() {
        let form = |text: &str| parse_sql(text)[0].normalized();
        assert_eq!(form("CREATE INDEX  IF NOT EXISTS A\n ON b(c);"), form("create index a on b (c)"));
        assert_ne!(form("SELECT 'A'"), form("SELECT 'a'"));
    }
}
