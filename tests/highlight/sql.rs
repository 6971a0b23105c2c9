//! SQL against the tokens of sqlparser.

use std::ops::Range;

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Token, Tokenizer, Whitespace};

use crate::agreement::{Agreement, texts};
use crate::spans::classes;

const NAMES: &[&str] = &["plain", "function", "type", "keyword", "number"];

const QUERIES: &str = r#"
-- newest first
WITH recent AS (SELECT * FROM orders WHERE created_at > now() - INTERVAL '7 days')
SELECT o.id, count(*) AS n, sum(o.total)::numeric(10, 2), "Order"."from", 'it''s -- no comment'
FROM recent o LEFT JOIN users u ON u.id = o.user_id AND u.name ILIKE '%a%' /* a note */
WHERE o.id BETWEEN 1 AND 2.5e3 OR o.tags IS NULL GROUP BY o.id HAVING count(*) > 10 ORDER BY n DESC NULLS LAST;
INSERT INTO posts (id, body) VALUES (1, E'a\'b'), ($1, $$it's "raw"$$) ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body RETURNING id;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS posts_body ON posts USING gin (to_tsvector('english', body)) WHERE NOT hidden;
"#;

#[test]
fn tokens_have_the_classes_that_sqlparser_gives_them() {
    let mut agreement = Agreement::default();
    compare(&mut agreement, QUERIES);
    for (_, text) in texts(&["sql"]) {
        compare(&mut agreement, &text);
    }
    agreement.assert_at_least(0.998, 300);
}

fn compare(agreement: &mut Agreement, text: &str) {
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, text)
        .with_unescape(false)
        .tokenize_with_location()
        .expect("sound SQL");
    let classes = classes("sql", text);
    for token in tokens {
        let range = range_of(text, token.span.start, token.span.end);
        let wanted: &[&str] = match &token.token {
            Token::SingleQuotedString(_) | Token::EscapedStringLiteral(_) | Token::DollarQuotedString(_) => {
                &["string"]
            }
            Token::Number(..) => &["number"],
            Token::Placeholder(_) => &["variable"],
            Token::Whitespace(Whitespace::SingleLineComment { .. } | Whitespace::MultiLineComment(_)) => {
                &["comment"]
            }
            Token::Word(word) if word.quote_style.is_some() => &["plain"],
            Token::Word(word) => match word.keyword {
                Keyword::NoKeyword => &["plain", "function"],
                Keyword::TRUE | Keyword::FALSE => &["number"],
                // Reserved in PostgreSQL, so never a name.
                Keyword::SELECT
                | Keyword::FROM
                | Keyword::WHERE
                | Keyword::AND
                | Keyword::OR
                | Keyword::NOT
                | Keyword::AS
                | Keyword::ON
                | Keyword::JOIN
                | Keyword::LEFT
                | Keyword::GROUP
                | Keyword::ORDER
                | Keyword::HAVING
                | Keyword::LIMIT
                | Keyword::CREATE
                | Keyword::TABLE
                | Keyword::UNIQUE
                | Keyword::INTO
                | Keyword::WITH
                | Keyword::USING
                | Keyword::IN
                | Keyword::IS
                | Keyword::DEFAULT
                | Keyword::PRIMARY
                | Keyword::REFERENCES
                | Keyword::DESC
                | Keyword::RETURNING
                | Keyword::DO
                | Keyword::NULL => &["keyword"],
                _ => NAMES,
            },
            Token::EOF | Token::Whitespace(_) => continue,
            _ => &["plain"],
        };
        agreement.look(text, &classes, range, wanted);
    }
}

/// From lines and columns, both from 1, in characters.
fn range_of(text: &str, start: Location, end: Location) -> Range<usize> {
    let at = |location: Location| {
        let (mut line, mut column) = (1, 1);
        for (at, letter) in text.char_indices() {
            if (line, column) == (location.line, location.column) {
                return at;
            }
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        text.len()
    };
    at(start)..at(end)
}
