//: express hands each request to the route that its path belongs to. require() loads a package.
const express = require('express');
//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).
const { Pool } = require('pg');
//: prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');

const app = express();

// ----------------------------------------------------------------------------
// METRICS
// ----------------------------------------------------------------------------

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered HTTP requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time from the arrival of a request to the end of its answer, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000],
});

//: Middleware: a function that sees every request first. next() hands the request on.
app.use((req, res, next) => {
  // Prometheus asking for the numbers is not traffic.
  if (req.path === '/metrics') return next();

  const start = performance.now();
  //: 'finish' fires once the whole answer has been sent.
  res.on('finish', () => {
    //: `?.` and `??`: if no route matched, use 'unmatched'.
    const route = req.route?.path ?? 'unmatched';
    const labels = { method: req.method, route, status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

//: process.env holds the environment variables; docker-compose.yml sets DATABASE_URL.
const db = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

app.get('/health', (req, res) => {
  res.json({ status: 'ok' });
});

//: `await` waits for a result without stopping the other requests; such a function is marked `async`.
app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

// #region list-route
app.get('/notices', async (req, res) => {
  try {
    // How many notices does one visitor get? How many of them will they read?
    const result = await db.query('SELECT id, author, body FROM notices ORDER BY id DESC LIMIT 20');
    res.json(result.rows);
  } catch (error) {
    //: Between backticks, ${…} puts a value into the text.
    console.error(`${req.method} ${req.path} failed: ${error.message}`);
    res.status(500).json({ error: 'Something went wrong' });
  }
});
// #endregion

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Notice board API is listening on port ${port}`));
