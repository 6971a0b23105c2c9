//! What coloring costs for one page: `cargo bench --bench highlight`.
//!
//! The page has 8 blocks of 20 lines in the languages of a course. Each round times our lexers, then
//! the same blocks through syntect's grammars without any printing, which is what it costs at least
//! where a language has no lexer here. Medians; the ratio says more than the microseconds.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark prints")]

use std::hint::black_box;
use std::time::Instant;

use scenarist::emit::print::highlight::highlight_into;
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

const ROUNDS: usize = 31;
/// Pages in one round.
const PAGES: usize = 20;

const JAVASCRIPT: &str = r#"import { Pool } from 'pg'; // shared by all requests
const pool = new Pool({ max: 20, host: process.env.DB_HOST });
const known = new Map();

export async function product(req, res) {
  const key = `product:${req.params.id}`;
  const started = Date.now(); /* for the log */
  if (known.has(key)) {
    return res.status(200).json(known.get(key));
  }
  try {
    const { rows } = await pool.query('SELECT * FROM products WHERE id = $1', [req.params.id]);
    if (rows.length === 0) return res.status(404).json({ error: 'product not found' });
    known.set(key, rows[0]);
    console.log(`product took ${Date.now() - started} ms`);
    return res.json(rows[0]);
  } catch (err) {
    return res.status(503).json({ error: err.message, retry: 3e2 });
  }
}
"#;

const SQL: &str = r#"-- orders of a month
CREATE TABLE orders (
  id          BIGSERIAL PRIMARY KEY,
  customer    TEXT NOT NULL DEFAULT 'nobody',
  total       INTEGER CHECK (total >= 10),
  created_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX CONCURRENTLY orders_customer ON orders (customer, created_at DESC);

EXPLAIN (ANALYZE, BUFFERS)
SELECT t.customer, count(*) AS n, avg(t.total) FILTER (WHERE t.total > 20)
FROM orders t
LEFT JOIN users u ON u.id = t.id
WHERE t.created_at > now() - INTERVAL '7 days'
  AND t.customer LIKE 'a%'
GROUP BY t.customer
HAVING count(*) > 10
ORDER BY n DESC
LIMIT 50;
"#;

const BASH: &str = r#"#!/usr/bin/env bash
set -euo pipefail
# a load, and what it leaves behind
export TARGET="${TARGET:-localhost}"
docker compose up -d --wait
for i in $(seq 1 20); do
  curl -sf "http://localhost:3000/posts?page=$i" > /dev/null || echo "fail $i"
done

docker compose exec -T db psql -U app -c "SELECT count(*) FROM posts;"
if [[ -f ./posts.log ]]; then
  grep -c 'timeout' ./posts.log | tee /tmp/timeouts.txt
else
  echo "no posts log yet" >&2
fi
function load() {
  local n=${1:-10}
  k6 run --vus "$n" --duration 30s loadtest.js
}
load 100
"#;

const YAML: &str = r#"# the shop
services:
  app:
    image: node:24-alpine
    command: ["node", "server.js"]
    environment:
      DB_HOST: db
      POOL_MAX: "20"
    ports: ["3000:3000"]
    depends_on:
      db: { condition: service_healthy }
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U app"]
      interval: 5s
      retries: 10
    volumes:
      - data:/var/lib/postgresql/data
volumes: { data: null }
"#;

const PAGE: [(&str, &str); 8] = [
    ("js", JAVASCRIPT),
    ("sql", SQL),
    ("bash", BASH),
    ("yaml", YAML),
    ("js", JAVASCRIPT),
    ("sql", SQL),
    ("bash", BASH),
    ("yaml", YAML),
];

fn main() {
    let grammars = SyntaxSet::load_defaults_newlines();
    let mut html = String::new();
    let (mut lexed, mut parsed) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for _ in 0..PAGES {
            html.clear();
            PAGE.iter().for_each(|(language, text)| highlight_into(&mut html, language, black_box(text)));
        }
        lexed.push(micros(start) / f64::from(u16::try_from(PAGES).expect("small")));
        let start = Instant::now();
        PAGE.iter().for_each(|(language, text)| parse(&grammars, language, black_box(text)));
        parsed.push(micros(start));
    }
    let bytes: usize = PAGE.iter().map(|(_, text)| text.len()).sum();
    let (lexed, parsed) = (median(lexed), median(parsed));
    #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
    let speed = bytes as f64 / lexed;
    println!("a page of {} blocks, {bytes} bytes; medians of {ROUNDS} rounds", PAGE.len());
    println!("  lexers    {lexed:8.1} µs   {speed:.0} MB/s, {} bytes of HTML", html.len());
    println!("  grammars  {parsed:8.1} µs   {:.0} times as long", parsed / lexed);
    assert!(lexed * 10.0 < parsed, "the lexers are not much faster than grammars");
}

fn micros(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e6
}

fn parse(grammars: &SyntaxSet, language: &str, text: &str) {
    let grammar = grammars.find_syntax_by_token(language).expect("a grammar");
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    for line in text.split_inclusive('\n') {
        for (_, change) in state.parse_line(line, grammars).expect("a sound grammar") {
            stack.apply(&change).expect("a sound stack");
        }
    }
    black_box(stack.len());
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
