// The box office of a cinema.

// express answers HTTP requests.
const express = require('express');
// prom-client keeps the numbers that Prometheus collects.
const prometheus = require('prom-client');
// pg talks to PostgreSQL; the braces take Pool out of it.
const { Pool } = require('pg');

const app = express();

// Turns the JSON of a request into the object req.body.
app.use(express.json());

// ------------------------------------------------------------
// METRICS
// ------------------------------------------------------------

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time to the end of an answer',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 500, 1000, 2000],
});

const ticketsTotal = new prometheus.Counter({
  name: 'tickets_sold_total',
  help: 'Tickets that the box office has sold',
});

// Hands each request on with next(), and counts it when its answer is complete.
app.use((req, res, next) => {
  const start = performance.now();
  res.on('finish', () => {
    const labels = {
      method: req.method,
      // `?.` and `??`: if no route fits, the label says so.
      route: req.route?.path ?? 'unmatched',
      status_code: res.statusCode,
    };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ------------------------------------------------------------
// DATABASE CONNECTION
// ------------------------------------------------------------

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

// ------------------------------------------------------------
// ROUTES
// ------------------------------------------------------------

// `await` waits for a result, and the other requests go on meanwhile. A
// function in which it stands is marked `async`.
app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.end(await prometheus.register.metrics());
});

// /shows/1/seats fits this pattern, and req.params.id is then '1'.
app.get('/shows/:id/seats', async (req, res) => {
  const seats = await pool.query('SELECT label, customer FROM seats WHERE show_id = $1', [req.params.id]);
  res.json(seats.rows);
});

app.get('/shows/:id/check', async (req, res) => {
  const found = await pool.query(
    'SELECT coalesce(sum(many), 0)::int AS tickets, count(*) FILTER (WHERE many > 1)::int AS "soldTwice" ' +
      'FROM (SELECT count(*) AS many FROM tickets WHERE show_id = $1 GROUP BY label) AS by_seat',
    [req.params.id],
  );
  res.json(found.rows[0]);
});

// Stands for the payment service, which takes this long to say yes. It is not
// part of the exercise.
const pay = () => new Promise((resolve) => setTimeout(resolve, 50));

app.post('/shows/:id/seats/:label', async (req, res) => {
  const { id, label } = req.params;
  const { customer } = req.body;

  // Intentional problem: who else may be in here while this request waits?
  const seat = await pool.query('SELECT customer FROM seats WHERE show_id = $1 AND label = $2', [id, label]);
  if (seat.rowCount === 0 || seat.rows[0].customer !== null) return res.sendStatus(409);

  // Stands for the payment service.
  await pay();

  await pool.query('UPDATE seats SET customer = $1 WHERE show_id = $2 AND label = $3', [customer, id, label]);
  await pool.query('INSERT INTO tickets (show_id, label, customer) VALUES ($1, $2, $3)', [id, label, customer]);

  ticketsTotal.inc();
  res.sendStatus(201);
});

// ------------------------------------------------------------
// START SERVER
// ------------------------------------------------------------

app.listen(Number(process.env.PORT), () => console.log('The box office is open.'));
