// The order book of a bakery: customers look up what they have ordered.

// express answers HTTP requests.
const express = require('express');
// pg talks to PostgreSQL. The braces take Pool out of the package.
const { Pool } = require('pg');
// prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');
const { readFromDisk } = require('./old-disk');

const app = express();

// ===== METRICS =====

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time until an answer was complete, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [2, 5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2500],
});

const queriesTotal = new prometheus.Counter({
  name: 'db_queries_total',
  help: 'Queries that the routes sent to PostgreSQL',
});

// Every request comes by here. next() hands it on to the routes below.
app.use((req, res, next) => {
  const start = performance.now();
  res.on('finished', () => {
    // `?.` gives undefined if no route fitted; `??` then takes 'unmatched'.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ===== DATABASE CONNECTION =====

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

// `await` waits for a result without stopping the other requests. A function
// that waits like this is marked `async`.
async function query(sql, values) {
  queriesTotal.inc();
  return await pool.query(sql, values);
}

// ===== ROUTES =====

app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

// /customers/7/orders fits this pattern; req.params.id is then the text '7'.
app.get('/customers/:id/orders', async (req, res) => {
  await readFromDisk(pool);
  const orders = await query(
    'SELECT id, placed_at, status FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 10',
    [req.params.id],
  );

  // Intentional problem: what does this page cost when it is full?
  for (const order of orders.rows) {
    const items = await query('SELECT product, pieces FROM order_items WHERE order_id = $1', [order.id]);
    order.items = items.rows;
  }

  res.json(orders.rows);
});

// ===== START SERVER =====

const port = Number(process.env.PORT);
app.listen(port, () => {
  console.log('The order book is open on port', port);
});
