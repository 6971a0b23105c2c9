//! From an expression's text to what it says.

use std::ops::Range;
use std::time::Duration;

use promql_parser::label::Matcher as Parsed;
use promql_parser::parser::{AggregateExpr, Call, Expr, LabelModifier, VectorSelector, parse};

use super::query::{BucketQuantile, Grouping, Matcher, Query, Selector};
use super::shape::{bare, is_never_empty, keeps_le, reads};
use super::words::{outside_quotes, words_of};

/// The longest expression that is read: a person's fit on a screen.
const MAX_LEN: usize = 20_000;

/// Reads an expression. One that is too long to be a person's says nothing.
///
/// # Errors
/// What the parser says of an expression that is none.
pub fn parse_promql(text: &str) -> Result<Query, String> {
    let open = text.bytes().filter(|byte| b"([{-+".contains(byte)).count();
    if text.len() > MAX_LEN || open > 1000 {
        return Ok(Query::default());
    }
    let plain = without_variables(text);
    let tree = parse(&plain).map_err(|fault| fault.to_string())?;
    let mut reader = Reader { words: words_of(&plain), text: &plain, at: 0, query: Query::default() };
    reader.expression(&tree, None, false);
    reader.query.never_empty = is_never_empty(&tree);
    Ok(reader.query)
}

/// Grafana's variables become what they stand for, at the same length.
fn without_variables(text: &str) -> String {
    let mut out = text.to_owned();
    for (name, value) in [
        ("$__rate_interval", "1h"),
        ("${__rate_interval}", "1h"),
        ("$__interval", "1h"),
        ("${__interval}", "1h"),
        ("$__range", "1h"),
    ] {
        out = out.replace(name, &format!("{value:<width$}", width = name.len()));
    }
    out
}

struct Reader<'t> {
    text: &'t str,
    words: Vec<Range<usize>>,
    /// The next word: the tree names them in the order of the text.
    at: usize,
    query: Query,
}

impl Reader<'_> {
    fn expression(&mut self, tree: &Expr, function: Option<&str>, covered: bool) {
        match tree {
            Expr::Aggregate(found) => self.aggregate(found, covered),
            Expr::Unary(found) => self.expression(&found.expr, None, covered),
            Expr::Binary(found) => {
                let is_or = found.op.to_string() == "or";
                let left = covered || (is_or && is_never_empty(&found.rhs)) || (is_or && reads(&found.rhs));
                self.expression(&found.lhs, None, left);
                self.expression(&found.rhs, None, covered);
            }
            Expr::Paren(found) => self.expression(&found.expr, function, covered),
            Expr::Subquery(found) => self.expression(&found.expr, None, covered),
            Expr::VectorSelector(found) => self.selector(found, None, function, covered),
            Expr::MatrixSelector(found) => self.selector(&found.vs, Some(found.range), function, covered),
            Expr::Call(found) => self.call(found, covered),
            Expr::NumberLiteral(_) | Expr::StringLiteral(_) | Expr::Extension(_) => {}
        }
    }

    fn aggregate(&mut self, found: &AggregateExpr, covered: bool) {
        let first = self.query.selectors.len();
        let start = self.at;
        if let Some(param) = &found.param {
            self.expression(param, None, covered);
        }
        self.expression(&found.expr, None, covered);
        let selectors = first..self.query.selectors.len();
        if let Some(modifier) = &found.modifier {
            // It stands before or behind its expression, after `by` or `without`.
            let by = matches!(modifier, LabelModifier::Include(_));
            let keyword = if by { "by" } else { "without" };
            let words = self.words.iter().skip(start);
            let near = words.clone().find(|at| self.text[(*at).clone()] == *keyword).map_or(0, |at| at.start);
            let labels = modifier.labels().labels.iter().map(|label| {
                let place =
                    self.words.iter().find(|at| at.start > near && self.text[(*at).clone()] == **label);
                (label.clone(), place.cloned().unwrap_or(0..self.text.len()))
            });
            let labels = labels.collect();
            self.query.groupings.push(Grouping { labels, by, selectors });
        }
    }

    fn call(&mut self, found: &Call, covered: bool) {
        let name = found.func.name;
        let at = self.take(name);
        let first = self.query.selectors.len();
        for argument in &found.args.args {
            self.expression(argument, Some(name), covered);
        }
        if name == "histogram_quantile" {
            let selectors = first..self.query.selectors.len();
            let of = found.args.args.get(1).map(|of| bare(of));
            let (aggregated, sums_by_le) = match of {
                Some(Expr::Aggregate(sum)) => (true, keeps_le(sum)),
                _ => (false, false),
            };
            let q = match found.args.args.first().map(|q| bare(q)) {
                Some(Expr::NumberLiteral(number)) => Some(number.val),
                _ => None,
            };
            self.query.quantiles.push(BucketQuantile { q, at, sums_by_le, aggregated, selectors });
        }
    }

    fn selector(
        &mut self,
        found: &VectorSelector,
        window: Option<Duration>,
        function: Option<&str>,
        covered: bool,
    ) {
        let named = found.matchers.matchers.iter().find(|matcher| matcher.name == "__name__");
        let name = found.name.clone().or_else(|| named.map(|matcher| matcher.value.clone()));
        let Some(metric) = name else { return };
        let at = self.take(&metric);
        let after = at.end;
        let own = found.matchers.matchers.iter().filter(|matcher| matcher.name != "__name__");
        let matchers: Vec<Matcher> = own.map(|matcher| self.matcher(matcher, after)).collect();
        let window = window.map(|window| (window, self.window_after(after)));
        let function = function.map(str::to_owned);
        self.query.selectors.push(Selector { metric, at, matchers, window, function, covered });
    }

    fn matcher(&mut self, found: &Parsed, after: usize) -> Matcher {
        let label_at = self.take(&found.name);
        let from = label_at.end.max(after);
        let quoted = self.text[from..].find(['"', '\'', '`']).map_or(from, |at| from + at + 1);
        let value_at = if self.text[quoted..].starts_with(&found.value) {
            quoted..quoted + found.value.len()
        } else {
            // Written with escapes: to the closing quote.
            let quote = self.text[..quoted].chars().next_back().unwrap_or('"');
            quoted..self.text[quoted..].find(quote).map_or(self.text.len(), |len| quoted + len)
        };
        Matcher {
            label: found.name.clone(),
            label_at,
            value: found.value.clone(),
            value_at,
            op: found.op.clone(),
        }
    }

    /// The next place of a word; the whole text if it is written in another way.
    fn take(&mut self, word: &str) -> Range<usize> {
        let found = (self.at..self.words.len()).find(|at| self.text[self.words[*at].clone()] == *word);
        let Some(found) = found else { return 0..self.text.len() };
        self.at = found + 1;
        self.words[found].clone()
    }

    fn window_after(&self, from: usize) -> Range<usize> {
        let open = outside_quotes(self.text).find(|(at, byte)| *at >= from && *byte == b'[');
        let Some((open, _)) = open else { return 0..self.text.len() };
        let len = self.text[open + 1..].find(']').unwrap_or(0);
        open + 1..open + 1 + len
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_matchers_and_windows_have_places() {
        let text =
            "sum by (route) (rate(a_total{route=\"/a|b\",code=~'5..|4..'}[1m30s])) / sum(a_total) by (code)";
        let query = parse_promql(text).expect("an expression");
        let first = &query.selectors[0];
        assert_eq!(&text[first.at.clone()], "a_total");
        assert_eq!(first.function.as_deref(), Some("rate"));
        assert_eq!(&text[first.matchers[1].value_at.clone()], "5..|4..");
        assert_eq!(&text[first.matchers[0].label_at.clone()], "route");
        assert!(first.matchers[0].label_at.start > 20);
        let (window, at) = first.window.clone().expect("a window");
        assert_eq!((window.as_secs(), &text[at]), (90, "1m30s"));
        assert_eq!(&text[query.groupings[1].labels[0].1.clone()], "code");
        assert!(query.groupings[1].labels[0].1.start > 70);
        let choices: Vec<_> = first.matchers[1].choices().into_iter().map(|(_, at)| &text[at]).collect();
        assert_eq!(choices, ["5..", "4.."]);
        assert!(first.matchers[1].choice_accepts("5..", "503"));
    }

    #[test]
    fn quantiles_say_whether_buckets_are_summed() {
        let of = |text: &str| parse_promql(text).expect("an expression").quantiles[0].sums_by_le;
        assert!(of("histogram_quantile(0.9, sum by (le, route) (rate(a_bucket[1m])))"));
        let q = parse_promql("histogram_quantile(0.99, rate(a_bucket[1m]))").expect("an expression");
        assert_eq!(q.quantiles[0].q, Some(0.99));
        assert!(of("histogram_quantile(0.9, (sum without (route) (rate(a_bucket[1m]))))"));
        assert!(!of("histogram_quantile(0.9, sum by (route) (rate(a_bucket[1m])))"));
        assert!(!of("histogram_quantile(0.9, rate(a_bucket[$__rate_interval]))"));
    }

    #[test]
    fn what_stands_in_for_nothing_is_seen() {
        let covered = |text: &str| {
            let query = parse_promql(text).expect("an expression");
            query.never_empty || query.selectors[0].covered
        };
        assert!(covered("sum(rate(a_total[1m])) or vector(0)"));
        assert!(covered(
            "100 * (sum(rate(a_total{c=\"5\"}[1m])) or 0 * sum(rate(a_total[1m]))) / sum(a_total)"
        ));
        assert!(!covered("sum(rate(a_total{c=\"5\"}[1m])) / sum(rate(a_total[1m]))"));
        assert!(parse_promql("sum(rate(a_total[1m])").is_err());
    }
}
