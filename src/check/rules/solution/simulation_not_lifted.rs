//! `solution/simulation-not-lifted`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::facts::{FixStatement, fix_statements};
use crate::check::{Checked, Exercise, ExerciseFile, page_of};
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::syntax::script_calls::Text;
use crate::syntax::sql_tokens::{SqlKind, SqlToken, parse_sql};

pub static SPEC: CodeSpec = CodeSpec {
    code: "solution/simulation-not-lifted",
    severity: Severity::Warning,
    what: "The app looks in the database for a name that no fix creates.",
    why: "The slowness that it plays ends only when that name is there: learners do everything right and nothing gets better.",
    fix: "Use one name in the fix's SQL, on the page and in the code that looks for it.",
    source: "rules.md",
    params: &[],
    bad: &[
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/scripts/slow.js",
                "//: Asks PostgreSQL whether the index is there.\nasync function isSlow(db) {\n  const found = await db.query(\"SELECT 1 FROM pg_indexes WHERE tablename = 'posts' AND indexname = '«idx_posts_title»'\");\n  return found.rowCount === 0;\n}\n\nmodule.exports = { isSlow };\n"
            ),
        ),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/scripts/slow.js",
                "const INDEX = '«posts_titles»';\n\n//: to_regclass gives nothing where there is no such name.\nasync function isSlow(db) {\n  const found = await db.query('SELECT to_regclass($1) AS index', [INDEX]);\n  return found.rows[0].index === null;\n}\n\nmodule.exports = { isSlow };\n"
            ),
        ),
        typed_example!(
            "CREATE INDEX posts_title ON posts (title);",
            "CREATE INDEX posts_title ON posts (title);\n",
            (
                "content/scenarios/first/app/scripts/slow.js",
                "//: Lists the indexes of the table.\nasync function isSlow(db) {\n  const found = await db.query(\"SELECT indexname FROM pg_indexes WHERE schemaname = 'public'\");\n  return !found.rows.some((row) => row.indexname === '«idx_title»');\n}\n\nmodule.exports = { isSlow };\n"
            ),
        ),
    ],
    good: &[typed_example!(
        "CREATE INDEX posts_title ON posts (title);",
        "CREATE INDEX posts_title ON posts (title);\n",
        (
            "content/scenarios/first/app/scripts/slow.js",
            "//: Asks PostgreSQL for an index and for a table.\nasync function isSlow(db) {\n  const index = await db.query(\"SELECT 1 FROM pg_indexes WHERE schemaname = 'public' AND indexname = 'posts_title'\");\n  const table = await db.query(\"SELECT 1 FROM pg_class WHERE relname = 'posts' AND relkind = 'r'\");\n  const like = await db.query(\"SELECT 1 FROM pg_indexes WHERE indexname LIKE 'posts_%'\");\n  return index.rowCount + table.rowCount + like.rowCount < 3;\n}\n\nmodule.exports = { isSlow };\n"
        ),
    )],
};

/// A name that code looks up, and where it stands in its file.
struct Lookup<'f> {
    file: &'f ExerciseFile<'f>,
    name: String,
    at: Range<usize>,
    is_pattern: bool,
}

/// Compares names that scripts look up with those that anything creates.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let fixes = fix_statements(exercise);
        if fixes.is_empty() {
            continue;
        }
        let known = created_names(exercise, &fixes);
        let mut seen = BTreeSet::new();
        for lookup in lookups(exercise) {
            let found = known.iter().any(|name| matches(name, &lookup));
            if !found && seen.insert((lookup.file.path.clone(), lookup.name.clone())) {
                sink.push(report(checked, exercise, &fixes, &lookup));
            }
        }
    }
}

/// Which of the two names is wrong shows on the page, which learners type from.
fn report(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    fixes: &[FixStatement<'_>],
    lookup: &Lookup<'_>,
) -> Diagnostic {
    let page = page_of(checked, exercise).and_then(|page| checked.files.text(page.file).ok()).unwrap_or("");
    let code = lookup.file.span(checked.files, lookup.at.clone());
    let message = format!("`{}` looks for `{}`, and no fix creates it", lookup.file.path, lookup.name);
    let named = fixes.iter().filter_map(|fix| Some((fix, fix.created.as_ref()?.name.as_ref()?)));
    let mut candidates: Vec<(&FixStatement<'_>, &SqlToken)> = named.collect();
    candidates.sort_by_key(|(_, name)| strsim::levenshtein(&name.text, &lookup.name));
    let Some((fix, name)) = candidates.first() else {
        return lookup
            .file
            .finding(checked.files, &SPEC, lookup.at.clone(), message)
            .help("let a fix create it, or look for what the fix creates");
    };
    let created = fix.file.span(checked.files, name.span.clone());
    if page.contains(&lookup.name) && !page.contains(&name.text) {
        return Diagnostic::new(
            &SPEC,
            created,
            format!(
                "the fix creates `{}`, and `{}` looks for `{}`",
                name.text, lookup.file.path, lookup.name
            ),
        )
        .also(code, "looked for here")
        .help(format!("write `{}`, as the page does", lookup.name));
    }
    lookup
        .file
        .finding(checked.files, &SPEC, lookup.at.clone(), message)
        .also(created, format!("the fix creates `{}`", name.text))
        .help(format!("write `{}`", name.text))
}

/// Names that statements of fixes and of the app's own files create.
fn created_names(exercise: &Exercise<'_>, fixes: &[FixStatement<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |statement: &crate::syntax::sql_tokens::Statement| {
        if let Some(created) = statement.created() {
            names.extend(created.name.map(|name| name.text));
        }
        // Constraints and settings have names as well, and keys of a table get theirs from it.
        let words: Vec<&SqlToken> = statement.tokens.iter().collect();
        for pair in words.windows(2) {
            if ["constraint", "set", "trigger", "rename"].iter().any(|word| pair[0].is(word)) {
                names.push(pair[1].text.clone());
            }
        }
    };
    fixes.iter().for_each(|fix| add(fix.statement));
    for (_, file) in exercise.each_file() {
        if file.has_extension("sql") {
            file.sql().iter().for_each(&mut add);
        } else if file.is_script() {
            let texts =
                file.calls().texts.iter().filter(|(text, _)| text.value.to_lowercase().contains("create"));
            texts.for_each(|(text, _)| parse_sql(&text.value).iter().for_each(&mut add));
        }
    }
    let tables = names.clone();
    names.extend(tables.iter().flat_map(|table| [format!("{table}_pkey"), format!("{table}_id_seq")]));
    names
}

/// Columns of the catalog that hold names, and the function that looks one up.
const NAME_COLUMNS: [&str; 6] =
    ["indexname", "relname", "indexrelname", "matviewname", "viewname", "conname"];

fn lookups<'f>(exercise: &'f Exercise<'_>) -> Vec<Lookup<'f>> {
    let mut found = Vec::new();
    for (_, file) in exercise.each_file().filter(|(_, file)| file.is_script()) {
        let calls = file.calls();
        for call in &calls.calls {
            let Some(sql) = call.arguments.first().and_then(|argument| argument.text.as_ref()) else {
                continue;
            };
            let values: &[Text] = call.arguments.get(1).map_or(&[], |argument| &argument.list);
            found.extend(in_query(file, sql, values));
        }
        let asks = calls
            .texts
            .iter()
            .any(|(text, _)| text.value.contains("pg_indexes") || text.value.contains("pg_class"));
        for (property, text) in calls.comparisons.iter().filter(|_| asks) {
            if NAME_COLUMNS.contains(&property.as_str()) {
                let at = text.part(0..text.value.len());
                found.push(Lookup { file, name: text.value.clone(), at, is_pattern: false });
            }
        }
    }
    found
}

/// Names in a query: `indexname = 'x'`, `IN ('x', 'y')`, `LIKE 'x%'`, `to_regclass('x')`, `$1`.
fn in_query<'f>(file: &'f ExerciseFile<'_>, sql: &Text, values: &[Text]) -> Vec<Lookup<'f>> {
    let lower = sql.value.to_lowercase();
    if !["pg_", "to_regclass", "regclass"].iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for statement in parse_sql(&sql.value) {
        let tokens = &statement.tokens;
        for (at, token) in tokens.iter().enumerate() {
            let is_column = NAME_COLUMNS.iter().any(|column| token.is(column));
            if !is_column && !token.is("to_regclass") {
                continue;
            }
            let next = tokens.get(at + 1).map_or("", |token| token.text.as_str());
            let compares = ["=", "in", "like", "ilike", "("].contains(&next);
            let is_list = next == "in";
            let is_pattern = next == "like" || next == "ilike";
            let values_of = tokens[at + 1..]
                .iter()
                .skip(1)
                .skip_while(|token| ["(", "any"].contains(&token.text.as_str()));
            let named = values_of.take_while(|token| {
                matches!(token.kind, SqlKind::Text | SqlKind::Placeholder) || (is_list && token.text == ",")
            });
            for token in named.filter(|_| compares).filter(|token| token.text != ",") {
                found.extend(lookup_of(file, sql, token, values, is_pattern));
            }
        }
    }
    found
}

fn lookup_of<'f>(
    file: &'f ExerciseFile<'_>,
    sql: &Text,
    token: &SqlToken,
    values: &[Text],
    is_pattern: bool,
) -> Option<Lookup<'f>> {
    let plain = |name: &str| name.rsplit('.').next().unwrap_or(name).trim_matches('"').to_owned();
    if token.kind == SqlKind::Text {
        let at = sql.part(token.span.start + 1..token.span.end.saturating_sub(1).max(token.span.start + 1));
        return Some(Lookup { file, name: plain(&token.text), at, is_pattern });
    }
    let number: usize = token.text.strip_prefix('$')?.parse().ok()?;
    let value = values.get(number.checked_sub(1)?)?;
    Some(Lookup { file, name: plain(&value.value), at: value.part(0..value.value.len()), is_pattern })
}

fn matches(name: &str, lookup: &Lookup<'_>) -> bool {
    if lookup.is_pattern {
        let parts: Vec<&str> = lookup.name.split('%').filter(|part| !part.is_empty()).collect();
        return parts.iter().all(|part| {
            name.to_lowercase().contains(&part.replace('_', "").to_lowercase()) || name.contains(part)
        });
    }
    name.eq_ignore_ascii_case(&lookup.name) || lookup.name.contains("${}")
}
