// The quay board: which containers lie on which ship.

// express answers HTTP requests, pg talks to PostgreSQL, prom-client keeps the numbers for Prometheus.
const express = require('express');
const { Pool } = require('pg'); // the braces take Pool out of what pg offers
const prometheus = require('prom-client');
const { slowDisk } = require('../scripts/simulate-slow-disk');

const app = express();

// ---------------------------------------------------------------------------
// METRICS
// ---------------------------------------------------------------------------

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time from the request to the end of its answer',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],
});

// Every request comes by here; next() hands it on to the routes.
// `a?.b` is undefined if there is no a, and `x ?? y` is y if there is no x.
app.use((req, res, next) => {
  const start = performance.now();
  res.on('finish', () => {
    const labels = { method: req.method, route: req.route?.path ?? req.path, status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

const db = new Pool({ connectionString: process.env.DATABASE_URL });

// ---------------------------------------------------------------------------
// ROUTES
// ---------------------------------------------------------------------------

// `await` waits for a result without holding up other requests; a function that does so is marked `async`.
app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

app.get('/ships', async (req, res) => {
  const ships = await db.query('SELECT id, name, berth FROM ships ORDER BY name');
  res.json(ships.rows);
});

// :id is a part of the address; req.params.id holds it as text.
app.get('/ships/:id/containers', async (req, res) => {
  await slowDisk(db);

  // Only the columns of the board, in the order of the bays, and no more than fit on a tablet.
  const containers = await db.query(
    'SELECT id, code, bay, weight_kg FROM containers WHERE ship_id = $1 ORDER BY bay, id LIMIT 50',
    [req.params.id],
  );
  res.json(containers.rows);
});

// ---------------------------------------------------------------------------
// START SERVER
// ---------------------------------------------------------------------------

const port = process.env.PORT || 3000;
// Between backticks, ${…} puts a value into the text.
app.listen(port, () => console.log(`The quay board listens on port ${port}`));
