// server.js with more comments. The app does not use this file.

// The lending desk of the town library: who has a book that should be back?

const express = require('express'); // express answers HTTP requests
const { Pool } = require('pg'); // takes Pool out of pg, the package that talks to PostgreSQL
const { Counter, Histogram, register } = require('prom-client'); // prom-client counts and measures

const app = express();

// ===== METRICS =====

// Counts every answer, by verb, route and status.
const requests = new Counter({
  name: 'http_requests_total',
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

// Sorts every answer into a bucket by how long it took. Grafana makes the p50 and p99 of it.
const seconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to the end of an answer, in seconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10],
});

// Counts questions to the database. Divided by the requests, this is the number of questions for one page.
const queries = new Counter({
  name: 'db_queries_total',
  help: 'Questions to PostgreSQL',
});

// next() passes the request on. `?.` gives undefined if there is nothing before it, `??` a value for that case.
app.use((req, res, next) => {
  // startTimer() returns a function; calling it ends the measurement.
  const stop = seconds.startTimer();
  // 'finish' is when the answer is complete, and its status known.
  res.on('finish', () => {
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requests.inc(labels);
    stop(labels);
  });
  next();
});

// ===== DATABASE CONNECTION =====

// Connections are opened when they are needed, and kept for the next question.
const db = new Pool({ connectionString: process.env.DATABASE_URL });

// All questions go through here, so that they are counted.
// Gives back a promise: something that will hold the result later.
function ask(sql, values) {
  queries.inc();
  return db.query(sql, values);
}

// ===== ROUTES =====

// `await` waits for a result and lets other requests go on; `async` marks a function that does so.
app.get('/metrics', async (req, res) => {
  res.type(register.contentType);
  res.send(await register.metrics());
});

// req.params.id is what stands in place of :id in the address.
app.get('/members/:id/loans', async (req, res) => {
  const loans = await ask('SELECT id, book_id, due_on FROM loans WHERE member_id = $1', [req.params.id]);
  res.json(loans.rows);
});

// The list that the librarians print on Monday morning.
app.get('/overdue', async (req, res) => {
  const loans = await ask(
    'SELECT id, book_id, member_id, due_on FROM loans WHERE returned_on IS NULL AND due_on < current_date ORDER BY due_on, id',
  );
  // An empty array, which is filled below.
  const list = [];
  for (const loan of loans.rows) {
    // Count along: how often does the app wait for the database before the list is complete?
    const book = await ask('SELECT title, shelf FROM books WHERE id = $1', [loan.book_id]);
    const member = await ask('SELECT name, phone FROM members WHERE id = $1', [loan.member_id]);
    // `...book.rows[0]` copies all fields of the row into the new object.
    list.push({ id: loan.id, due_on: loan.due_on, ...book.rows[0], ...member.rows[0] });
  }
  res.json(list);
});

// ===== START SERVER =====

// PORT comes from the compose file.
app.listen(process.env.PORT, () => console.log('The lending desk is open.'));
