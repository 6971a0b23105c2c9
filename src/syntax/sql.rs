//! SQL of PostgreSQL: only what is certainly wrong. The parser does not know every statement of
//! PostgreSQL, so its word counts for the common ones alone; lines for psql are passed over.

use std::ops::Range;

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlFault {
    pub at: Range<usize>,
    pub message: String,
}

/// How a statement of PostgreSQL can begin.
const BEGINNINGS: [&str; 51] = [
    "ABORT",
    "ALTER",
    "ANALYZE",
    "BEGIN",
    "CALL",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMENT",
    "COMMIT",
    "COPY",
    "CREATE",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DISCARD",
    "DO",
    "DROP",
    "END",
    "EXECUTE",
    "EXPLAIN",
    "FETCH",
    "GRANT",
    "IMPORT",
    "INSERT",
    "LISTEN",
    "LOAD",
    "LOCK",
    "MERGE",
    "MOVE",
    "NOTIFY",
    "PREPARE",
    "REASSIGN",
    "REFRESH",
    "REINDEX",
    "RELEASE",
    "RESET",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SECURITY",
    "SELECT",
    "SET",
    "SHOW",
    "START",
    "TABLE",
    "TRUNCATE",
    "UNLISTEN",
    "UPDATE",
    "VACUUM",
    "VALUES",
];

/// More text than this is a dump, not a lesson.
const MAX_LEN: usize = 200_000;

/// The certain faults of a text.
#[must_use]
pub fn sql_faults(text: &str) -> Vec<SqlFault> {
    if text.len() > MAX_LEN {
        return Vec::new();
    }
    let plain = without_psql(text);
    let dialect = PostgreSqlDialect {};
    let lines = Lines::new(&plain);
    let tokens = match Tokenizer::new(&dialect, &plain).tokenize_with_location() {
        Ok(tokens) => tokens,
        Err(fault) => {
            let at = lines.offset(fault.location);
            return vec![SqlFault { at: at..at, message: fault.message }];
        }
    };
    let statements = tokens.split(|token| token.token == Token::SemiColon);
    statements.filter_map(|statement| statement_fault(statement, &lines)).collect()
}

fn statement_fault(tokens: &[TokenWithSpan], lines: &Lines<'_>) -> Option<SqlFault> {
    let words: Vec<&TokenWithSpan> =
        tokens.iter().filter(|token| !matches!(token.token, Token::Whitespace(_))).collect();
    let word = |at: usize| match words.get(at).map(|token| &token.token) {
        Some(Token::Word(word)) => word.value.to_uppercase(),
        _ => String::new(),
    };
    let first = word(0);
    let opening = words.first()?;
    if !first.is_empty() && first != "WITH" && !BEGINNINGS.contains(&first.as_str()) {
        let at = lines.range(opening);
        return Some(SqlFault { at, message: format!("no statement begins with `{first}`") });
    }
    if !is_well_known(&first, &word(1), tokens) {
        return None;
    }
    let parsed =
        Parser::new(&PostgreSqlDialect {}).with_tokens_with_locations(tokens.to_vec()).parse_statements();
    match parsed {
        Ok(_) | Err(ParserError::RecursionLimitExceeded) => None,
        Err(ParserError::TokenizerError(message) | ParserError::ParserError(message)) => {
            Some(located(&message, &words, lines))
        }
    }
}

/// Statements that the parser knows in full.
fn is_well_known(first: &str, second: &str, tokens: &[TokenWithSpan]) -> bool {
    let quotes_code = tokens.iter().any(|token| matches!(token.token, Token::DollarQuotedString(_)));
    let is_known = match first {
        "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "WITH" | "EXPLAIN" => true,
        "CREATE" => ["TABLE", "INDEX", "UNIQUE"].contains(&second),
        "DROP" => ["TABLE", "INDEX"].contains(&second),
        _ => false,
    };
    is_known && !quotes_code
}

/// Keywords that follow a table's name, where a misspelt one is taken for another name of the table.
const FOLLOWING: [&str; 11] =
    ["ORDER", "WHERE", "GROUP", "LIMIT", "JOIN", "HAVING", "FROM", "VALUES", "SET", "RETURNING", "OFFSET"];

/// The parser's words without the place, which they end with.
fn located(message: &str, words: &[&TokenWithSpan], lines: &Lines<'_>) -> SqlFault {
    let (text, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
    let mut numbers = place.split(", Column: ").filter_map(|number| number.trim().parse().ok());
    let message = text.trim().to_owned();
    // Without a place it is the end of the statement: its last word.
    let (Some(line), Some(column)) = (numbers.next(), numbers.next()) else {
        return SqlFault { at: words.last().map_or(0..0, |token| lines.range(token)), message };
    };
    let start = Location { line, column };
    let Some(found) = words.iter().position(|token| token.span.start == start) else {
        return SqlFault { at: lines.offset(start)..lines.offset(start), message };
    };
    let before = found.checked_sub(1).map(|before| words[before]);
    if let Some((token, keyword)) = before.and_then(|token| Some((token, misspelt(token)?))) {
        let message = format!("`{}` is no keyword; did you mean `{keyword}`?", token.token);
        return SqlFault { at: lines.range(token), message: message.trim_end_matches('?').to_owned() };
    }
    SqlFault { at: lines.range(words[found]), message }
}

/// The keyword that a word is meant to be.
fn misspelt(token: &TokenWithSpan) -> Option<&'static str> {
    let Token::Word(word) = &token.token else { return None };
    let upper = word.value.to_uppercase();
    let near = FOLLOWING.iter().find(|keyword| strsim::damerau_levenshtein(&upper, keyword) <= 2)?;
    (upper.len() > 3 && upper != *near).then_some(*near)
}

/// Commands of psql become spaces, so that places stay.
fn without_psql(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        let cut = if content.starts_with('\\') {
            Some(line.len() - content.len())
        } else {
            // `SELECT …; \watch` or `SELECT … \gx`
            line.rfind(" \\")
                .filter(|at| !line[at + 2..].contains(['\'', '"']) && !line[..*at].contains("--"))
        };
        match cut {
            Some(cut) => {
                out.push_str(&line[..cut]);
                let hidden = line[cut..].trim_end_matches('\n');
                // `\gx` ends a statement, as a semicolon does.
                out.extend(
                    std::iter::once(';').chain(std::iter::repeat_n(' ', hidden.len().saturating_sub(1))),
                );
                out.push_str(&line[cut + hidden.len()..]);
            }
            None => out.push_str(line),
        }
    }
    out
}

struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The byte offset of a place in lines and characters, both from 1.
    fn offset(&self, place: Location) -> usize {
        let line = usize::try_from(place.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let column = usize::try_from(place.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let rest = &self.text[start..];
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    }

    fn range(&self, token: &TokenWithSpan) -> Range<usize> {
        self.offset(token.span.start)..self.offset(token.span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(String, String)> {
        sql_faults(text).into_iter().map(|fault| (text[fault.at].to_owned(), fault.message)).collect()
    }

    #[test]
    fn only_certain_faults_are_found() {
        assert_eq!(faults("SELECT 1;\nSELEC 2;\n")[0].0, "SELEC");
        assert_eq!(faults("-- ü\nSELECT a FORM posts WHERE b = 1;")[0].0, "FORM");
        assert_eq!(faults("CREATE INDEX idx posts (a);")[0].0, "posts");
        assert_eq!(faults("SELECT 'open;").len(), 1);
        for good in [
            "\\dt\n\\x on\nSELECT 1 \\gx\nSELECT 2;",
            "DO $$ BEGIN PERFORM 1; END $$;",
            "VACUUM ANALYZE users, posts",
            "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM a JOIN LATERAL (SELECT 1) b ON true",
            "INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET b = excluded.b RETURNING id",
            "WITH next AS (SELECT id FROM jobs ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) UPDATE jobs SET done = true FROM next WHERE jobs.id = next.id",
            "INSERT INTO posts (title) SELECT 'Post ' || n FROM generate_series(1, $1) AS n",
            "",
            "-- nothing\n",
        ] {
            assert_eq!(faults(good), Vec::new(), "{good}");
        }
    }
}
