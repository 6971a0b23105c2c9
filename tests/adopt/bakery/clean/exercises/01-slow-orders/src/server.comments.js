// The order book of a bakery: customers look up what they have ordered.
//
// This is server.js with more comments. The app runs server.js.

// express answers HTTP requests.
const express = require('express');
// pg talks to PostgreSQL. The braces take Pool out of the package.
const { Pool } = require('pg');
// prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');
const { readFromDisk } = require('./old-disk');

// The app itself: routes are added to it one after the other, and the order
// in which they are added is the order in which they are tried.
const app = express();

// ===== METRICS =====

// A counter only goes up. Prometheus works out the speed from how fast it rises.
const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered',
  labelNames: ['method', 'route', 'status_code'],
});

// A histogram counts answers by how long they took: up to 2 ms, up to 5 ms, and
// so on. From these counts Grafana guesses p50 and p99.
const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time until an answer was complete, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [2, 5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2500],
});

// One page of orders may need several queries. This counter shows how many.
const queriesTotal = new prometheus.Counter({
  name: 'db_queries_total',
  help: 'Queries that the routes sent to PostgreSQL',
});

// Every request comes by here. next() hands it on to the routes below.
app.use((req, res, next) => {
  // performance.now() is a clock in milliseconds that never jumps.
  const start = performance.now();
  // 'finish' comes when the answer has left the app. Only then is its status known.
  res.on('finish', () => {
    // `?.` gives undefined if no route fitted; `??` then takes 'unmatched'.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ===== DATABASE CONNECTION =====

// A pool keeps up to ten connections open and lends them to whoever asks.
// If all ten are lent out, the next one waits in line.
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
  // Plays the disk of the old computer, see old-disk.js.
  await readFromDisk(pool);
  const orders = await query(
    'SELECT id, placed_at, status FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 10',
    [req.params.id],
  );

  // Intentional problem: what does this page cost when it is full?
  // for ... of goes through the orders one by one. The next one starts when the
  // `await` inside is done.
  for (const order of orders.rows) {
    const items = await query('SELECT product, pieces FROM order_items WHERE order_id = $1', [order.id]);
    order.items = items.rows;
  }

  res.json(orders.rows);
});

// ===== START SERVER =====

// Environment variables are texts; Number() makes a number of one.
const port = Number(process.env.PORT);
app.listen(port, () => {
  console.log('The order book is open on port', port);
});
