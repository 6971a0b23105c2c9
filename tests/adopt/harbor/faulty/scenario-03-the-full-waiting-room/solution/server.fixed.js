// The front desk: who has an appointment, and who pays for it?

// express takes HTTP requests and finds the route for them.
const express = require('express');
// pg speaks to PostgreSQL. The braces take Pool out of it.
const { Pool } = require('pg');
// prom-client keeps numbers until Prometheus asks for them.
const metrics = require('prom-client');

const app = express();

// -----------------------------------------------------------------------------
// METRICS
// -----------------------------------------------------------------------------

const requestsTotal = new metrics.Counter({
  name: 'http_requests_total',
  help: 'Requests that got an answer, good or bad',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new metrics.Histogram({
  name: 'http_request_duration_ms',
  help: 'How long a visitor waits for the whole answer',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],
});

const clientsOpen = new metrics.Gauge({
  name: 'db_clients_open',
  help: 'Database clients that a request holds at this moment',
});

// next() hands over to the route. `a?.b` is undefined if a is, and `a ?? b` is b if there is no a.
app.use((req, res, next) => {
  const start = performance.now();
  res.on('finish', () => {
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// -----------------------------------------------------------------------------
// DATABASE CONNECTION
// -----------------------------------------------------------------------------

// `await` waits without stopping the other requests; only a function marked `async` may use it.
// Ten clients are opened once and lent out. Whoever finds none free waits for the next.
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

async function withClient(work) {
  const client = await pool.connect();
  clientsOpen.inc();
  try {
    return await work(client);
  } finally {
    clientsOpen.dec();
    client.release();
  }
}

// -----------------------------------------------------------------------------
// ROUTES
// -----------------------------------------------------------------------------

app.get('/metrics', async (req, res) => {
  res.set('Content-Type', metrics.register.contentType);
  res.send(metrics.register.metrics());
});

// Asks the registry whether somebody is insured. Between backticks, ${…} puts a value into the text.
async function askRegistry(insuranceNo) {
  const answer = await fetch(`${process.env.REGISTRY_URL}/insured/${insuranceNo}`);
  return answer.json();
}

const APPOINTMENT = `
  SELECT appointments.id, appointments.starts_at, appointments.room, patients.name, patients.insurance_no
  FROM appointments JOIN patients ON patients.id = appointments.patient_id
  WHERE appointments.id = $1`;

// The nurse scans the letter of a patient. req.params.id is the number on it.
app.get('/appointments/:id', async (req, res) => {
  // The client goes back before the registry is asked.
  const found = await withClient((client) => client.query(APPOINTMENT, [req.params.id]));
  if (found.rowCount === 0) return res.status(404).json({ error: 'no such appointment' });
  const insured = await askRegistry(found.rows[0].insurance_no);
  res.json({ ...found.rows[0], insured: insured.valid });
});

// Express comes here when a route throws.
app.use((error, req, res, next) => {
  console.error(error.message);
  res.status(500).json({ error: error.message });
});

// -----------------------------------------------------------------------------
// START SERVER
// -----------------------------------------------------------------------------

app.listen(process.env.PORT || 3000, () => console.log('The front desk is open.'));
