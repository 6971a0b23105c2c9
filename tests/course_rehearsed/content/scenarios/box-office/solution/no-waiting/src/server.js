//: require() loads a package that npm has installed.
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
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

//: Middleware: a function that sees every request first. next() hands the request on.
app.use((req, res, next) => {
  // Prometheus asking for the numbers is not traffic.
  if (req.path === '/metrics') return next();

  //: 'finish' fires once the whole answer has been sent.
  res.on('finish', () => {
    //: `?.` and `??`: if no route matched, use 'unmatched'.
    requestsTotal.inc({ method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode });
  });
  next();
});

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

// #region query
//: Whoever has waited a second for a connection is sent away.
const db = new Pool({ connectionString: process.env.DATABASE_URL, max: 1, connectionTimeoutMillis: 1000 });

function ticketsOf(evening) {
  return db.query('SELECT id, seat FROM tickets WHERE evening = $1 ORDER BY id LIMIT 20', [evening]);
}
// #endregion

// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

//: `await` waits for a result without stopping the other requests; a function that does so is marked `async`.
app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

app.get('/tickets', async (req, res) => {
  try {
    const tickets = await ticketsOf(7);
    res.json(tickets.rows);
  } catch (error) {
    //: Between backticks, ${…} puts a value into the text.
    console.error(`${req.method} ${req.path} failed: ${error.message}`);
    res.status(500).json({ error: 'Something went wrong' });
  }
});

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`The box office is listening on port ${port}`));
