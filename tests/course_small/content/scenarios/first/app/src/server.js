//: require() loads a package that npm has installed.
const express = require('express');
//: prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');
const app = express();

// ----------------------------------------------------------------------------
// METRICS
// ----------------------------------------------------------------------------

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time to the end of an answer, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],
});

//: Middleware: a function that sees every request first. next() hands the request on.
app.use((req, res, next) => {
  const start = performance.now();
  //: 'finish' fires once the whole answer has been sent.
  res.on('finish', () => {
    //: `?.` and `??`: if no route matched, use 'unmatched'.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).
const { Pool } = require('pg');
const db = new Pool({ connectionString: process.env.DATABASE_URL });

// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

//: `await` waits for a result without stopping the other requests; a function that does so is marked `async`.
app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

app.get('/feed', async (req, res) => {
  const posts = await db.query('SELECT id, title FROM posts ORDER BY id LIMIT 20');
  // #region answer
  // Intentional problem: who waits while this line runs?
  for (let i = 0; i < 1e9; i++);
  res.json(posts.rows);
  // #endregion
});

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

app.listen(3000);
