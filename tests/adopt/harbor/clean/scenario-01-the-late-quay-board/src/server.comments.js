// The quay board: which containers lie on which ship.
//
// This is server.js with more comments, for people who come from another language.
// The app runs server.js; change that file, not this one.

// express answers HTTP requests, pg talks to PostgreSQL, prom-client keeps the numbers for Prometheus.
const express = require('express');
const { Pool } = require('pg'); // the braces take Pool out of what pg offers
const prometheus = require('prom-client');
// A helper of this scenario. It plays a disk as slow as the harbor's own; leave it as it is.
const { slowDisk } = require('../scripts/simulate-slow-disk');

// The app: routes and helpers are added to it below.
const app = express();

// ---------------------------------------------------------------------------
// METRICS
// ---------------------------------------------------------------------------

// A counter only goes up. Prometheus turns it into a rate, such as requests per second.
const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered',
  labelNames: ['method', 'route', 'status_code'],
});

// A histogram counts how many requests took at most 5 ms, at most 10 ms, and so on.
// From these counts Grafana works out the p50 and the p99.
const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time from the request to the end of its answer',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],
});

// Every request comes by here; next() hands it on to the routes.
// `a?.b` is undefined if there is no a, and `x ?? y` is y if there is no x.
app.use((req, res, next) => {
  // Milliseconds since the program started, with fractions.
  const start = performance.now();
  // 'finish' comes when the last byte of the answer is on its way.
  res.on('finish', () => {
    // The route as it is written below, not the address: /ships/:id/containers, not /ships/7/containers.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ---------------------------------------------------------------------------
// DATABASE CONNECTION
// ---------------------------------------------------------------------------

// Keeps a few connections open and lends them to the routes.
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
  const ships = await db.query('SELECT id, name, berth FROM ships ORDER BY berth');
  // rows is an array with an object for each row.
  res.json(ships.rows);
});

// :id is a part of the address; req.params.id holds it as text.
app.get('/ships/:id/containers', async (req, res) => {
  await slowDisk(db);

  // How much does PostgreSQL read to find these rows, and how much of it does the board show?
  // $1 stands for the first value of the array behind the text. Values never go into the text itself.
  const containers = await db.query('SELECT * FROM containers WHERE ship_id = $1', [req.params.id]);
  res.json(containers.rows);
});

// ---------------------------------------------------------------------------
// START SERVER
// ---------------------------------------------------------------------------

// The environment may name a port; 3000 is what the compose file uses.
const port = process.env.PORT || 3000;
// Between backticks, ${…} puts a value into the text.
app.listen(port, () => console.log(`The quay board listens on port ${port}`));
