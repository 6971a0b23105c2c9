// The map of a bicycle rental: which station has bikes?

// express answers HTTP requests.
const express = require('express');
// pg talks to PostgreSQL. The braces take Pool out of the package.
const { Pool } = require('pg');
// prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');

const app = express();

// ---- METRICS ----

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time to the end of an answer in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [1, 2, 5, 10, 25, 50, 100, 200, 300, 450, 600, 800, 1000, 1500, 2500, 5000],
});

const countsTotal = new prometheus.Counter({
  name: 'station_counts_total',
  help: 'How often the bikes of all stations were counted',
});

// next() hands a request on to the routes; 'finish' comes when it is answered.
app.use((req, res, next) => {
  const start = performance.now();
  res.on('finish', () => {
    // `?.` is for requests that fit no route, and `??` gives them a name.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ---- DATABASE CONNECTION ----

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 8 });

// `await` waits for a result and lets other requests go on; a function with an
// `await` in it is marked `async`.
async function countBikes() {
  countsTotal.inc();
  const stations = await pool.query(
    'SELECT s.id, s.name, s.docks, count(b.id) FILTER (WHERE b.rented_by IS NULL)::int AS free ' +
      'FROM stations AS s LEFT JOIN bikes AS b ON b.station_id = s.id GROUP BY s.id ORDER BY s.id',
  );
  return stations.rows;
}

// ---- ROUTES ----

app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

// What was counted last, and until when it is good enough.
const KEEP_MS = 5000;
let kept = null;
let keptUntil = 0;
let counting = null;

app.get('/stations', async (req, res) => {
  if (Date.now() > keptUntil) {
    // `??=` starts a count only if there is none; all others wait for the same one.
    counting ??= countBikes().finally(() => { counting = null; });
    kept = await counting;
    keptUntil = Date.now() + KEEP_MS;
  }
  res.json(kept);
});

// /bikes/7/rent fits this pattern; req.params.id is then the text '7'.
app.post('/bikes/:id/rent', async (req, res) => {
  const taken = await pool.query("UPDATE bikes SET rented_by = 'you' WHERE id = $1 AND rented_by IS NULL", [
    req.params.id,
  ]);
  res.sendStatus(taken.rowCount === 1 ? 200 : 409);
});

// ---- START SERVER ----

app.listen(Number(process.env.PORT), () => console.log('The map is open'));
