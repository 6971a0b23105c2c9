// The lending desk of the town library: who has a book that should be back?

const express = require('express'); // express answers HTTP requests
const { Pool } = require('pg'); // takes Pool out of pg, the package that talks to PostgreSQL
const { Counter, Histogram, register } = require('prom-client');

const app = express();

// ===== METRICS =====

const requests = new Counter({
  name: 'http_requests_total',
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

const seconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to the end of an answer, in seconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10],
});

const queries = new Counter({
  name: 'db_queries_total',
  help: 'Questions to PostgreSQL',
});

// next() passes the request on. `?.` gives undefined if there is nothing before it, `??` a value for that case.
app.use((req, res, next) => {
  const stop = seconds.startTimer();
  res.on('finish', () => {
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requests.inc(labels);
    stop(labels);
  });
  next();
});

// ===== DATABASE CONNECTION =====

const db = new Pool({ connectionString: process.env.DATABASE_URL });

// All questions go through here, so that they are counted.
function ask(sql, values) {
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
  await new Promise((resolve) => setTimeout(resolve, 150));
  const loans = await ask('SELECT id, book_id, due_on FROM loans WHERE member_id = $1', [req.params.id]);
  res.json(loans.rows);
});

// The list that the librarians print on Monday morning.
app.get('/overdue', async (req, res) => {
  // One question for one page of the list. ?page=2 in the address becomes req.query.page, as text.
  const page = Math.max(1, Number(req.query.page) || 1);
  const list = await ask(
    `SELECT loans.id, loans.due_on, books.title, books.shelf, members.name, members.phone
     FROM loans
     JOIN books ON books.id = loans.book_id
     JOIN members ON members.id = loans.member_id
     WHERE loans.returned_on IS NULL AND loans.due_on < current_date
     ORDER BY loans.due_on, loans.id
     LIMIT 25 OFFSET $1`,
    [(page - 1) * 25],
  );
  res.json(list.rows);
});

// ===== START SERVER =====

app.listen(process.env.PORT, () => console.log('The lending desk is open.'));
